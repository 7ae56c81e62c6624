# Third parties, each its own target, from the .deps/ folder that scripts/setup fills. Nothing is downloaded here.

set(deps "${PROJECT_SOURCE_DIR}/.deps")
if(NOT EXISTS "${deps}/include/nlohmann/json.hpp" OR NOT EXISTS "${deps}/imgui/imgui.h"
   OR NOT EXISTS "${deps}/xlsxwriter/include/xlsxwriter.h" OR NOT EXISTS "${deps}/qrcodegen/c/qrcodegen.h"
   OR NOT EXISTS "${deps}/mbedtls/include/mbedtls/gcm.h" OR NOT EXISTS "${deps}/expat/expat/lib/expat.h")
  message(FATAL_ERROR "Third-party sources are missing: run scripts/setup first.")
endif()

# Header-only: nlohmann/json, tl::expected, CLI11, doctest. One include folder, but a target each, so that a layer
# says what it uses.
foreach(library IN ITEMS nlohmann_json tl_expected cli11 doctest)
  add_library(${library} INTERFACE)
  target_include_directories(${library} SYSTEM INTERFACE "${deps}/include")
endforeach()

# Dear ImGui itself, for both targets; the backends only for the web.
add_library(
  imgui STATIC "${deps}/imgui/imgui.cpp" "${deps}/imgui/imgui_draw.cpp" "${deps}/imgui/imgui_widgets.cpp"
               "${CMAKE_CURRENT_LIST_DIR}/stubs/imgui_no_font_files.cpp" "${CMAKE_CURRENT_LIST_DIR}/stubs/imgui_no_tables.cpp")
target_include_directories(imgui SYSTEM PUBLIC "${deps}/imgui" "${deps}/imgui/misc/cpp")
target_compile_features(imgui PUBLIC cxx_std_20)
target_compile_options(imgui PRIVATE -w)
target_compile_definitions(
  imgui
  PUBLIC IMGUI_USE_WCHAR32 # hanzi outside the basic plane
         IMGUI_DISABLE_OBSOLETE_FUNCTIONS
         IMGUI_DISABLE_DEFAULT_FONT # glyphs come from the browser,
         IMGUI_ENABLE_FREETYPE # so not from font files either: see stubs/imgui_no_font_files.cpp
         IMGUI_DISABLE_DEMO_WINDOWS
         IMGUI_DISABLE_FILE_FUNCTIONS
         IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS
         IMGUI_DISABLE_DEBUG_TOOLS
         $<$<BOOL:${DUIBIAO_MIRROR_CHECK}>:IMGUI_ENABLE_TEST_ENGINE>)
target_link_libraries(imgui PUBLIC duibiao_target_options)

include(Office)
include(QrCode)
include(Mbedtls)

if(EMSCRIPTEN)
  include(Sdl2)

  add_library(imgui_backends STATIC "${deps}/imgui/backends/imgui_impl_sdl2.cpp")
  target_include_directories(imgui_backends SYSTEM PUBLIC "${deps}/imgui/backends")
  # Emscripten 3.1.6: imgui_impl_sdl2.cpp uses EM_JS without including its header.
  target_compile_options(imgui_backends PRIVATE -w "SHELL:-include emscripten.h")
  target_link_libraries(imgui_backends PUBLIC imgui sdl2)
endif()
