// What the dialog "send" asks about how an output leaves: masked, locked, by e-mail; and the dialogs "locked" and
// "backup", which want a password too.
#include "ui/send_options.hpp"
#include "core/text.hpp"
#include "exchange/lock.hpp"

namespace duibiao::ui {

namespace {

constexpr std::string_view on = "1";
constexpr const char* attachments[] = {"json", "docx", "xlsx", "html"};

bool is_on(const Ui& ui, std::size_t at) { return ui.view.draft[at] == on; }

void toggle(Ui& ui, Flow& flow, const std::string& id, const std::string& label, std::size_t at) {
    const float height = std::max(ui.px(24), wrapped_height(ui, flow.width - ui.px(30), label, style::body));
    const auto now = checkbox(ui, {flow.x, flow.y, flow.width, height}, id, label, is_on(ui, at));
    if (now) ui.view.draft[at] = *now ? on : "";
    flow.y += height + ui.px(8);
}

void password_field(Ui& ui, Flow& flow, const std::string& id, const std::string& label, std::string& value) {
    write_in(ui, {flow.x, flow.y, flow.width, ui.px(22)}, label, style::small);
    FieldSpec spec;
    spec.id = id;
    spec.name = label;
    spec.secret = true;
    spec.max_length = 200;
    draft_field(ui, {flow.x, flow.y + ui.px(24), flow.width, ui.px(38)}, std::move(spec), value);
    flow.y += ui.px(72);
}

/// A new password, twice.
void password_fields(Ui& ui, Flow& flow, const std::string& id, std::string& password, std::string& again) {
    password_field(ui, flow, id + "/password", ui.say("ui.lock.password"), password);
    password_field(ui, flow, id + "/again", ui.say("ui.lock.again"), again);
    paragraph(ui, flow, id + "/hint", ui.say("ui.lock.hint"), style::small);
}

/// Says what is wrong with it, and goes there.
bool is_new_password(Ui& ui, const std::string& id, const std::string& password, const std::string& again) {
    const Done done = check_new_password(password);
    if (done && password == again) return true;
    const Error error = done ? Error{"password-differs", {}, {}} : done.error();
    ui.send(command::Notify{describe(ui.state.settings.language, error)});
    ui.mirror.request_focus(id + (done ? "/again" : "/password"));
    return false;
}

}  // namespace

// --- How the outputs leave ----------------------------------------------------------------------------------------

void begin_send_options(Ui& ui) {
    ui.view.draft.resize(send_draft::size);
    ui.view.draft[send_draft::recipients] = ui.state.settings.recipients;
    ui.view.draft[send_draft::attachments] = on;      // the report
    ui.view.draft[send_draft::attachments + 1] = on;  // Word
}

void draw_masking(Ui& ui, Flow& flow) {
    const auto& columns = ui.state.dialog.lines;
    if (columns.empty()) return;
    paragraph(ui, flow, "send/personal", ui.say("ui.send.personal", {{"columns", columns}}));
    toggle(ui, flow, "send/mask", ui.say("ui.send.mask"), send_draft::masked);
}

void draw_locking(Ui& ui, Flow& flow) {
    toggle(ui, flow, "send/lock", ui.say("ui.send.lock"), send_draft::locked);
    if (is_on(ui, send_draft::locked))
        password_fields(ui, flow, "send", ui.view.draft[send_draft::password], ui.view.draft[send_draft::again]);
    flow.y += ui.px(6);
}

bool protect_next(Ui& ui, bool maskable) {
    std::string password;
    if (is_on(ui, send_draft::locked)) {
        password = ui.view.draft[send_draft::password];
        if (!is_new_password(ui, "send", password, ui.view.draft[send_draft::again])) return false;
    }
    ui.send(command::Protect{std::move(password), maskable && is_on(ui, send_draft::masked)});
    return true;
}

// --- What is left ------------------------------------------------------------------------------------------------

int unanswered(const Ui& ui) {
    const Sum& sum = opened(ui).tally.layers[index_of(opened(ui).layer)];
    return sum.of - sum.scored;
}

void draw_incomplete(Ui& ui, Flow& flow) {
    const int left = unanswered(ui);
    if (left <= 0) return;
    const bool is_scored = opened(ui).document.instrument->is_scored();
    const std::string key = is_scored ? "ui.send.left" : "ui.send.left.plain";
    const Params count{{"count", std::int64_t{left}}};
    paragraph(ui, flow, "send/left", ui.say(key, count), with_colour(style::body, colour::accent));
    if (is_scored) {
        const std::string text = ui.say("ui.send.left.go");
        if (button(ui, {flow.x, flow.y, button_width(ui, text), ui.px(32)},
                   {"send/left/go", text, {}, ButtonKind::plain})) {
            const Layer layer = opened(ui).layer;
            const std::string first = explain(opened(ui).document, layer).missing.front();
            close_dialog(ui);
            ui.send(command::Reveal{first, "score", layer});
            return;
        }
        flow.y += ui.px(42);
    }
    toggle(ui, flow, "send/incomplete", ui.say(key + ".tick", count), send_draft::incomplete);
}

bool is_complete(Ui& ui) {
    if (unanswered(ui) <= 0 || is_on(ui, send_draft::incomplete)) return true;
    ui.send(command::Notify{ui.say("ui.send.left.first")});
    ui.mirror.request_focus("send/incomplete");
    return false;
}

// --- E-mail -------------------------------------------------------------------------------------------------------

void draw_mail_options(Ui& ui, Flow& flow) {
    subtitle(ui, flow, "send/mail", ui.say("ui.send.mail"));
    const bool is_masked = is_on(ui, send_draft::masked);
    for (std::size_t i = 0; i < std::size(attachments); ++i) {
        if (i == 0 && is_masked) continue;  // a report is whole or it is none
        const std::string format = attachments[i];
        toggle(ui, flow, "send/attach/" + format, ui.say("ui.send.attach." + format), send_draft::attachments + i);
    }
    if (is_masked) paragraph(ui, flow, "send/attach/none", ui.say("ui.send.attach.masked"), style::small);
    labelled_field(ui, flow, "send/to", ui.say("ui.send.to"), ui.say("ui.send.to.placeholder"),
                   ui.view.draft[send_draft::recipients], 2000);
}

std::optional<command::ExportOffice> wanted_mail(Ui& ui) {
    std::string formats;
    for (std::size_t i = is_on(ui, send_draft::masked) ? 1 : 0; i < std::size(attachments); ++i) {
        if (is_on(ui, send_draft::attachments + i))
            formats += (formats.empty() ? "" : ",") + std::string(attachments[i]);
    }
    const std::string& to = ui.view.draft[send_draft::recipients];
    if (formats.empty()) {
        ui.send(command::Notify{ui.say("ui.send.attach.nothing")});
        return std::nullopt;
    }
    if (const auto list = address_list(to); !list) {
        ui.send(command::Notify{describe(ui.state.settings.language, list.error())});
        ui.mirror.request_focus("send/to");
        return std::nullopt;
    }
    if (!protect_next(ui, true)) return std::nullopt;
    return command::ExportOffice{"eml", formats, to};
}

void draw_mail_without_files(Ui& ui, Flow& flow) {
    if (ui.state.can_share && choice(ui, flow, "send/share", ui.say("ui.send.share"), ui.say("ui.send.share.text"))) {
        ui.send(command::Protect{{}, is_on(ui, send_draft::masked)});
        ui.send(command::Share{});
    }
    if (choice(ui, flow, "send/mailto", ui.say("ui.send.mailto"), ui.say("ui.send.mailto.text")))
        ui.send(command::WriteMail{ui.view.draft[send_draft::recipients]});
}

// --- Other dialogs that want a password ---------------------------------------------------------------------------

/// While it is opened: how far that is, and a way out.
void body_opening(Ui& ui, Flow& flow, int percent) {
    ui.view.draft.resize(2);  // the field comes back when it is over
    paragraph(ui, flow, "locked/working", ui.say("ui.locked.working", {{"percent", std::int64_t{percent}}}));
    if (buttons(ui, flow, {{"locked/stop", ui.say("ui.locked.stop")}}) == 0) ui.send(command::StopOpening{});
}

void body_locked(Ui& ui, Flow& flow) {
    if (!ui.state.locked) return;
    if (const auto percent = ui.state.locked->percent) {
        paragraph(ui, flow, "locked/name", ui.state.locked->name, style::body_strong);
        return body_opening(ui, flow, *percent);
    }
    if (ui.view.draft.size() != 1) {
        ui.view.draft.resize(1);
        ui.mirror.request_focus("locked/password");
    }
    paragraph(ui, flow, "locked/name", ui.state.locked->name, style::body_strong);
    const bool has_office = ui.state.offline != Offline::file;
    paragraph(ui, flow, "locked/text", ui.say(has_office ? "ui.locked.text" : "ui.locked.file"));
    if (has_office) password_field(ui, flow, "locked/password", ui.say("ui.lock.password"), ui.view.draft[0]);
    for (const std::string& line : ui.state.dialog.lines)
        paragraph(ui, flow, "locked/problem", line, with_colour(style::body, colour::accent));
    const bool ready = has_office && !ui.view.draft[0].empty();
    const int pressed = buttons(ui, flow,
                                {{"locked/cancel", ui.say("ui.cancel")},
                                 {"locked/open", ui.say("ui.locked.open"), {}, ButtonKind::primary, ready}});
    const bool entered = ready && ui.mirror.pressed("Enter", "locked/password");
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1 || entered) ui.send(command::OpenLocked{ui.view.draft[0]});
}

void body_backup(Ui& ui, Flow& flow) {
    if (ui.view.draft.empty()) {
        ui.view.draft.assign(2, {});
        ui.mirror.request_focus("backup/password");
    }
    paragraph(ui, flow, "backup/text", ui.say("ui.backup.locked.dialog"));
    password_fields(ui, flow, "backup", ui.view.draft[0], ui.view.draft[1]);
    const int pressed = buttons(
        ui, flow,
        {{"backup/cancel", ui.say("ui.cancel")}, {"backup/save", ui.say("ui.backup.now"), {}, ButtonKind::primary}});
    if (pressed == 0) close_dialog(ui);
    if (pressed != 1 || !is_new_password(ui, "backup", ui.view.draft[0], ui.view.draft[1])) return;
    const std::string password = ui.view.draft[0];
    close_dialog(ui);
    ui.send(command::Protect{password, false});
    ui.send(command::Backup{});
}

}  // namespace duibiao::ui
