// The default font loader of this build: none, in the place where a build with FreeType has its own. Glyphs come from
// the loader that the platform sets, so the TrueType reader inside Dear ImGui is left out (11 KB of gzip).
#include <imgui.h>
#include <imgui_internal.h>
#include <misc/freetype/imgui_freetype.h>

const ImFontLoader* ImGuiFreeType::GetFontLoader() {
    static const ImFontLoader no_loader;
    return &no_loader;
}
