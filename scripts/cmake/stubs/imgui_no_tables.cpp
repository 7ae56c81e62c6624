// Dear ImGui's own tables and columns: none. The page lays its tables out itself, but recovery from errors and the
// windows' settings would keep much of imgui_tables.cpp in the program. This is what they refer to.
#include <imgui.h>
#include <imgui_internal.h>

void ImGui::EndTable() {}
void ImGui::TableEndRow(ImGuiTable* /*table*/) {}
void ImGui::TableEndCell(ImGuiTable* /*table*/) {}
void ImGui::TablePushColumnChannel(int /*column*/) {}
void ImGui::TablePopColumnChannel() {}
void ImGui::TablePushBackgroundChannel() {}
void ImGui::TablePopBackgroundChannel() {}
void ImGui::TableGcCompactTransientBuffers(ImGuiTable* /*table*/) {}
void ImGui::TableGcCompactTransientBuffers(ImGuiTableTempData* /*data*/) {}
void ImGui::TableGcCompactSettings() {}
void ImGui::TableSettingsAddSettingsHandler() {}
void ImGui::EndColumns() {}
void ImGui::PushColumnsBackground() {}
void ImGui::PopColumnsBackground() {}
