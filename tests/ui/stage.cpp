#include "stage.hpp"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <utility>

namespace duibiao::ui {

namespace {

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar codepoint) { return codepoint >= 0x20; }

bool init_baked(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
    baked->Ascent = baked->Size * 0.8F;
    baked->Descent = baked->Ascent - baked->Size;
    return true;
}

bool load(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*, ImWchar codepoint, ImFontGlyph* glyph,
          float* advance_only) {
    const float advance = baked->Size * (codepoint < 0x2E80 ? 0.5F : 1.0F);
    if (advance_only != nullptr) {
        *advance_only = advance;
        return true;
    }
    glyph->Codepoint = codepoint;
    glyph->AdvanceX = advance;
    return true;
}

ImFont* add_font() {
    static const ImFontLoader loader = [] {
        ImFontLoader made;
        made.Name = "widths";
        made.FontSrcContainsGlyph = contains;
        made.FontBakedInit = init_baked;
        made.FontBakedLoadGlyph = load;
        return made;
    }();
    ImFontConfig config;
    config.FontLoader = &loader;
    config.SizePixels = 15;
    return ImGui::GetIO().Fonts->AddFont(&config);
}

/// There is nobody who draws them; ImGui only has to believe so.
void take_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        const bool is_wanted = texture->Status != ImTextureStatus_WantDestroy;
        texture->SetTexID(is_wanted ? 1 : ImTextureID_Invalid);
        texture->SetStatus(is_wanted ? ImTextureStatus_OK : ImTextureStatus_Destroyed);
    }
}

bool is_field(const MirrorNode& node) {
    return node.role == Role::text || node.role == Role::multiline || node.role == Role::number;
}

bool takes_focus(const MirrorNode& node) {
    if (node.disabled || node.skipped) return false;
    switch (node.role) {
        case Role::button:
        case Role::link:
        case Role::checkbox:
        case Role::radio:
        case Role::tab:
        case Role::menuitem:
        case Role::select:
            return true;
        default:
            return is_field(node);
    }
}

bool has_key(std::string_view keys, std::string_view name) {
    for (std::size_t from = 0; from < keys.size();) {
        const std::size_t end = std::min(keys.find(' ', from), keys.size());
        if (keys.substr(from, end - from) == name) return true;
        from = end + 1;
    }
    return false;
}

}  // namespace

Stage::Stage(ImVec2 size) : size_(size) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DisplaySize = size;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures | ImGuiBackendFlags_RendererHasVtxOffset;
    for (ImFont*& font : theme_.fonts) font = add_font();
    settle();
}

Stage::~Stage() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
    ImGui::DestroyContext();
}

void Stage::frame() {
    page.tab.clock.advance_ms(17);
    update(page.state, page.tab.ports(), command::Tick{});
    page.settle();
    ImGui::GetIO().DeltaTime = 0.017F;
    ImGui::NewFrame();
    theme_.scale = static_cast<float>(page.state.settings.text_size) / 15.0F;
    text_.begin_frame(theme_, 1);
    mirror_.begin_frame(take_frame(events_));
    std::vector<Command> commands;
    view.wants_frame = false;
    Ui ui{page.state, view, mirror_, text_, theme_, commands, size_, {}};
    draw(ui);
    ImGui::Render();
    take_textures();
    nodes_ = mirror_.nodes();
    for (const Command& command : commands) update(page.state, page.tab.ports(), command);
    page.settle();
    if (const MirrorNode* here = find(focused_); here != nullptr) {
        if (here->serial != serial_ || here->waiting) typed_ = here->waiting ? std::string{} : here->value;
        serial_ = here->serial;
    }
    wants_frame_ = !commands.empty() || !events_.empty() || view.wants_frame;
    const std::string wish = mirror_.take_focus_request();
    if (!wish.empty() && find(wish) != nullptr) move_focus(wish);
    if (!focused_.empty() && find(focused_) == nullptr) focused_.clear();
}

Stage& Stage::settle() {
    constexpr int enough = 4;  // what ImGui itself settles later
    constexpr int most = 60;
    for (int frames = 0, quiet = 0; quiet < enough && frames < most; ++frames) {
        frame();
        quiet = wants_frame_ || !events_.empty() ? 0 : quiet + 1;
    }
    return *this;
}

Stage& Stage::send(Command command) {
    page.send(std::move(command));
    return settle();
}

Stage& Stage::bring_form(std::string_view definition) {
    return send(command::FileArrived{"form.json", std::string(definition), false});
}

Stage& Stage::create(std::string form, std::string unit, std::string period) {
    return send(command::CreateDocument{std::move(form), std::move(unit), std::move(period)});
}

void Stage::event(DomEvent::Kind kind, std::string_view id, std::string text, std::string key) {
    DomEvent made;
    made.kind = kind;
    made.id = id;
    made.text = std::move(text);
    made.key = std::move(key);
    events_.push_back(std::move(made));
}

Stage& Stage::click(std::string_view id) {
    REQUIRE_MESSAGE(find(id) != nullptr, "no node " << id);
    event(DomEvent::Kind::click, id);
    return settle();
}

Stage& Stage::press(std::string_view id) {
    ImGuiIO& io = ImGui::GetIO();
    const float lowest = size_.y - 100;  // above what stands at the page's foot
    for (int turn = 0; turn < 50 && node(id).rect.y + node(id).rect.height / 2 > lowest; ++turn) {
        io.AddMousePosEvent(size_.x / 2, size_.y / 2);
        io.AddMouseWheelEvent(0, -1);
        settle();
    }
    const Rect place = node(id).rect;
    io.AddMousePosEvent(place.x + place.width / 2, place.y + place.height / 2);
    settle();
    io.AddMouseButtonEvent(0, true);
    frame();
    io.AddMouseButtonEvent(0, false);
    return settle();
}

void Stage::move_focus(std::string_view id) {
    if (focused_ == id) return;
    if (!focused_.empty()) event(DomEvent::Kind::blur, focused_, typed_);
    focused_ = id;
    const MirrorNode& now = node(id);
    typed_ = is_field(now) ? now.value : std::string{};
    selected_ = now.role == Role::number;
    event(DomEvent::Kind::focus, id);
}

Stage& Stage::focus(std::string_view id) {
    REQUIRE_MESSAGE(find(id) != nullptr, "no node " << id);
    move_focus(id);
    return settle();
}

void Stage::tab(int step) {
    std::vector<std::string> stops;
    for (const MirrorNode& each : nodes_) {
        if (takes_focus(each) || each.id == focused_) stops.push_back(each.id);
    }
    if (stops.empty()) return;
    const auto here = std::find(stops.begin(), stops.end(), focused_);
    const auto count = static_cast<std::ptrdiff_t>(stops.size());
    const std::ptrdiff_t at = here == stops.end() ? (step > 0 ? -1 : count) : here - stops.begin();
    const std::ptrdiff_t next = at + step;
    if (next >= 0 && next < count) move_focus(stops[static_cast<std::size_t>(next)]);
}

Stage& Stage::key(std::string_view name) {
    const MirrorNode* here = focused_.empty() ? nullptr : find(focused_);
    const bool is_grid = here != nullptr && !here->waiting_keys.empty();
    if (here != nullptr && has_key(is_grid && here->waiting ? here->waiting_keys : here->keys, name)) {
        event(DomEvent::Kind::key, focused_, {}, std::string(name));
    } else if (name == "Tab" || name == "Shift+Tab") {
        tab(name == "Tab" ? 1 : -1);
    } else if (here != nullptr && !is_field(*here) && (name == "Enter" || name == "Space")) {
        event(DomEvent::Kind::click, focused_);
    } else {
        event(DomEvent::Kind::key, {}, {}, std::string(name));
    }
    return settle();
}

Stage& Stage::type(std::string_view text) {
    REQUIRE_FALSE(focused_.empty());
    typed_ = std::exchange(selected_, false) ? std::string(text) : typed_ + std::string(text);
    event(DomEvent::Kind::input, focused_, typed_);
    return settle();
}

Stage& Stage::fill(std::string_view id, std::string_view text) {
    focus(id);
    selected_ = true;
    return type(text);
}

const MirrorNode* Stage::find(std::string_view id) const {
    const auto found =
        std::find_if(nodes_.begin(), nodes_.end(), [&](const MirrorNode& each) { return each.id == id; });
    return found == nodes_.end() ? nullptr : &*found;
}

const MirrorNode& Stage::node(std::string_view id) const {
    const MirrorNode* found = find(id);
    REQUIRE_MESSAGE(found != nullptr, "no node " << id);
    return *found;
}

std::vector<std::string> Stage::ids(std::string_view beginning) const {
    std::vector<std::string> found;
    for (const MirrorNode& each : nodes_) {
        if (each.id.starts_with(beginning)) found.push_back(each.id);
    }
    return found;
}

}  // namespace duibiao::ui
