// The page's frame, on one screen: gather, update, draw, mirror, present.
#include "app/update.hpp"
#include "platform/web/web.hpp"
#include "ui/mirror_check.hpp"
#include "ui/ui.hpp"

namespace {

using namespace duibiao;
using web::Platform;

/// Everything that lives as long as the page.
struct Page {
    State state = make_state();
    ui::View view;
    ui::Mirror mirror;
    ui::TextLayout text;
    ui::Theme theme;
    std::string language;
};

Page& page() {
    static Page instance;
    return instance;
}

void set_theme(Page& p) {
    const web::Fonts fonts = Platform::fonts();
    p.theme.fonts[0] = fonts.regular;
    p.theme.fonts[1] = fonts.semibold;
    p.theme.fonts[2] = fonts.bold;
    p.theme.scale = static_cast<float>(p.state.settings.text_size) / 15.0F;
    p.theme.compact = p.state.settings.compact;
    p.theme.contrast = Platform::has_system_colours();
    p.text.begin_frame(p.theme, ImGui::GetIO().DisplayFramebufferScale.x);
}

bool is_settled(const State& state) {
    if (!state.storage_open && state.saving.state != SaveState::failed) return false;
    return state.screen == Screen::home || (state.screen == Screen::document && state.opened);
}

void tell_browser(Page& p) {
    const char* save[] = {"saved", "saving", "failed"};
    const bool is_typing = p.state.saving.state == SaveState::saved && ui::is_typing(p.view, p.mirror);
    Platform::set_save_state(save[static_cast<int>(is_typing ? SaveState::saving : p.state.saving.state)]);
    const std::string language = p.state.settings.language == Language::english ? "en" : "zh-CN";
    if (language != p.language) Platform::set_language(p.language = language);
    if (is_settled(p.state)) Platform::set_ready();
    if (p.state.opened && p.state.opened->checked != p.state.opened->serial) Platform::request_frame_in(310);
    if (p.state.toast.until_ms != 0)
        Platform::request_frame_in(static_cast<int>(p.state.toast.until_ms - Platform::ports().clock.ticks_ms()) + 20);
}

void take(Page& p, const std::vector<Command>& commands) {
    for (const Command& command : commands) update(p.state, Platform::ports(), command);
}

void frame() {
    Page& p = page();
    const double began = Platform::now_ms();
    const Ports& ports = Platform::ports();
    web::Inbox inbox = Platform::take_inbox();
    update(p.state, ports, command::Tick{});
    // What was typed belongs to the page as it stands; only then may a route or a lost lock change it.
    const bool typed_first = !inbox.events.empty();
    if (!typed_first) take(p, inbox.commands);

    Platform::begin_frame();
    set_theme(p);
    p.mirror.begin_frame(std::move(inbox.events));
    std::vector<Command> commands;
    p.view.wants_frame = false;
    ui::Ui ui{p.state, p.view, p.mirror, p.text, p.theme, commands, ImGui::GetIO().DisplaySize, {}};
    ui.touch = Platform::has_coarse_pointer();
    ui::draw(ui);
#ifdef DUIBIAO_MIRROR_CHECK
    for (const std::string& item : ui::take_items_without_node(p.mirror)) Platform::complain("no mirror node: " + item);
#endif
    Platform::mirror(p.mirror);
    Platform::present(ui::colour::desk);

    take(p, commands);
    if (typed_first) take(p, inbox.commands);
    if (!commands.empty() || (typed_first && !inbox.commands.empty()) || p.view.wants_frame) Platform::request_frame();
    tell_browser(p);
    Platform::record_frame(Platform::now_ms() - began);
}

}  // namespace

int main() {
    if (!Platform::start()) return 1;
    page().state.has_desk_part = false;
    Platform::on_frame(frame);
    Platform::ports().storage.open();
    Platform::request_frame();
    return 0;
}
