// Handing over and taking back: the dialogs "send", "unlock", "code" and "compare".
#include <algorithm>

#include "core/text.hpp"
#include "ui/send_options.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t most_explained = send_draft::most_explained;
constexpr std::size_t first_explanation = send_draft::explanations;

std::vector<const Finding*> errors_of(const Ui& ui) {
    std::vector<const Finding*> errors;
    for (const Finding& finding : opened(ui).findings) {
        if (finding.severity == Severity::error) errors.push_back(&finding);
    }
    return errors;
}

void begin_draft(Ui& ui) {
    begin_send_options(ui);
    ui.view.draft[0] = ui.state.settings.signer;
    ui.view.draft[1] = ui.state.settings.office;
}

std::string named(Language language, const Finding& finding) {
    const std::string title = describe(language, finding).title;
    const std::string place = finding_place(language, finding);
    return place.empty() ? title : place + " " + title;
}

// --- send -------------------------------------------------------------------------------------------------------

void draw_summary(Ui& ui, Flow& flow) {
    const Sum& sum = opened(ui).tally.layers[index_of(opened(ui).layer)];
    const FindingCount counts = count(opened(ui).findings);
    const Params figures{{"score", sum.score.to_string()},        {"points", sum.points.to_string()},
                         {"scored", std::int64_t{sum.scored}},    {"of", std::int64_t{sum.of}},
                         {"errors", std::int64_t{counts.errors}}, {"warnings", std::int64_t{counts.warnings}}};
    const bool is_scored = opened(ui).document.instrument->is_scored();
    paragraph(ui, flow, "send/summary", ui.say(is_scored ? "ui.send.summary" : "ui.send.summary.plain", figures));
}

/// One field an error, for 出错说明. Of many errors nothing can be sent.
void draw_errors(Ui& ui, Flow& flow, const std::vector<const Finding*>& errors) {
    if (errors.empty()) return;
    const Params figures{{"errors", static_cast<std::int64_t>(errors.size())},
                         {"most", static_cast<std::int64_t>(most_explained)}};
    const bool many = errors.size() > most_explained;
    paragraph(ui, flow, "send/errors", ui.say(many ? "ui.send.errors.many" : "ui.send.errors", figures),
              with_colour(style::body, colour::accent));
    if (many) return;
    for (std::size_t i = 0; i < errors.size(); ++i)
        labelled_field(ui, flow, "send/explain/" + std::to_string(i), named(ui.state.settings.language, *errors[i]),
                       ui.say("ui.send.explain"), ui.view.draft[first_explanation + i], 500);
}

bool is_explained(const Ui& ui, std::size_t errors) {
    if (errors > most_explained) return false;
    const auto first = ui.view.draft.begin() + first_explanation;
    return std::none_of(first, first + static_cast<std::ptrdiff_t>(errors),
                        [](const std::string& text) { return trim(text).empty(); });
}

/// As it stands in the report: in the form's language.
std::string explanation(const Ui& ui, const std::vector<const Finding*>& errors) {
    const Language language = language_of(*opened(ui).document.instrument);
    std::string text;
    if (unanswered(ui) > 0) {
        const bool is_scored = opened(ui).document.instrument->is_scored();
        text = translate(language, is_scored ? "ui.send.left.kept" : "ui.send.left.plain.kept",
                         {{"count", std::int64_t{unanswered(ui)}}});
        if (!errors.empty()) text += "\n";
    }
    for (std::size_t i = 0; i < errors.size(); ++i)
        text += (i > 0 ? "\n" : "") +
                translate(language, "ui.send.explained",
                          {{"what", named(language, *errors[i])}, {"why", ui.view.draft[first_explanation + i]}});
    return text;
}

/// What is still missing gets the focus; nothing is sent without it.
bool is_signed(Ui& ui, const std::vector<const Finding*>& errors) {
    if (!is_explained(ui, errors.size())) {
        ui.send(command::Notify{ui.say("ui.send.unexplained")});
        if (errors.size() <= most_explained) ui.mirror.request_focus("send/explain/0");
        return false;
    }
    if (!trim(ui.view.draft[0]).empty()) return true;
    ui.send(command::Notify{ui.say("ui.send.unsigned")});
    ui.mirror.request_focus("send/name");
    return false;
}

void hand_over(Ui& ui, LayerState to, std::string text, std::optional<command::ExportOffice> mail = {}) {
    ui.send(command::HandOver{to, std::move(text), std::string(trim(ui.view.draft[0])),
                              std::string(trim(ui.view.draft[1])), std::move(mail)});
}

void draw_signature(Ui& ui, Flow& flow) {
    labelled_field(ui, flow, "send/name", ui.say("ui.send.name"), ui.say("ui.send.name.placeholder"), ui.view.draft[0],
                   60);
    labelled_field(ui, flow, "send/office", ui.say("ui.send.office"), ui.say("ui.send.office.placeholder"),
                   ui.view.draft[1], 60);
}

bool has_upper_scores(const Ui& ui) {
    return opened(ui).tally.layers[1].scored > 0 || opened(ui).tally.layers[2].scored > 0;
}

/// Handing over is asked of who fills it in; a ledger, and what was handed over, only go out as they are.
bool is_handed_over_here(const Ui& ui) { return has_custody(*opened(ui).document.instrument) && opened(ui).is_open(); }

}  // namespace

bool decides_here(const Ui& ui) {
    return ui.state.opened && is_handed_over_here(ui) && opened(ui).layer != Layer::self;
}

namespace {

/// What is missing, and who signs.
void draw_handing(Ui& ui, Flow& flow) {
    draw_incomplete(ui, flow);
    if (!ui.state.opened || ui.view.draft.empty()) return;
    draw_errors(ui, flow, errors_of(ui));
    draw_signature(ui, flow);
}

/// For a layer above also why it is returned.
void draw_report(Ui& ui, Flow& flow) {
    if (is_handed_over_here(ui)) {
        draw_handing(ui, flow);
        if (!ui.state.opened || ui.view.draft.empty()) return;
        if (opened(ui).layer != Layer::self)
            labelled_field(ui, flow, "send/reason", ui.say("ui.send.reason"), ui.say("ui.send.reason.placeholder"),
                           ui.view.draft[2], 2000);
    } else {
        const bool living = !has_custody(*opened(ui).document.instrument);
        paragraph(ui, flow, "send/report/text", ui.say(living ? "ui.send.report.text" : "ui.send.again.text"));
    }
    const bool comparable = has_upper_scores(ui) || opened(ui).custody[index_of(opened(ui).layer)].revision > 1;
    if (comparable && choice(ui, flow, "send/compare", ui.say("ui.compare"), ui.say("ui.compare.text")))
        ui.send(command::ShowDialog{"compare", {}});
}

void send_report(Ui& ui) {
    if (!is_handed_over_here(ui)) {
        if (protect_next(ui, false)) ui.send(command::ExportReport{});
        return;
    }
    const auto errors = errors_of(ui);
    const bool is_own = opened(ui).layer == Layer::self;
    if (is_complete(ui) && is_signed(ui, errors) && protect_next(ui, false))
        hand_over(ui, is_own ? LayerState::submitted : LayerState::accepted, explanation(ui, errors));
}

void return_report(Ui& ui) {
    if (is_signed(ui, {}) && protect_next(ui, false)) hand_over(ui, LayerState::returned, ui.view.draft[2]);
}

/// A draft of an e-mail takes the report with it, so what is open is handed over for it.
void write_mail(Ui& ui) {
    const OpenedDocument& document = opened(ui);
    const bool hands_over = is_handed_over_here(ui);
    const auto errors = hands_over ? errors_of(ui) : std::vector<const Finding*>();
    if (hands_over && (!is_complete(ui) || !is_signed(ui, errors))) return;
    auto mail = wanted_mail(ui);
    if (!mail) return;
    if (!hands_over) return ui.send(*std::move(mail));
    hand_over(ui, document.layer == Layer::self ? LayerState::submitted : LayerState::accepted, explanation(ui, errors),
              std::move(mail));
}

/// Files for other programs. The single file is without the program that writes those of an office.
void draw_files(Ui& ui, Flow& flow) {
    const auto offered = [&](const std::string& format) {
        const std::string key = "ui.send." + format;
        return choice(ui, flow, "send/" + format, ui.say(key), ui.say(key + ".text"));
    };
    const bool has_office = ui.state.offline != Offline::file;
    for (const char* format : {"docx", "xlsx"}) {
        if (has_office && offered(format) && protect_next(ui, true)) ui.send(command::ExportOffice{format});
    }
    if (has_office && choice(ui, flow, "send/given", ui.say("ui.given"), ui.say("ui.given.text")))
        ui.send(command::Pick{});
    if (offered("csv") && protect_next(ui, true)) ui.send(command::ExportCsv{});
    if (offered("html") && protect_next(ui, true)) ui.send(command::ExportHtml{});
    const Instrument& form = *opened(ui).document.instrument;
    if (form.kind != InstrumentKind::ledger && has_due_days(form) && offered("ics")) ui.send(command::ExportCalendar{});
    if (has_office && offered("template")) ui.send(command::GiveTemplate{});
    if (!has_office) paragraph(ui, flow, "send/office-file", ui.say("ui.send.office.file"), style::small);
}

void draw_papers(Ui& ui, Flow& flow) {
    draw_files(ui, flow);
    if (choice(ui, flow, "send/code", ui.say("ui.code"), ui.say("ui.code.text")))
        ui.send(command::ShowDialog{"code", {}});
    if (choice(ui, flow, "send/signatures", ui.say("ui.signatures"), ui.say("ui.signatures.text")))
        ui.send(command::ShowDialog{"signatures", {}});
}

void draw_mail(Ui& ui, Flow& flow) {
    if (ui.state.offline != Offline::file) {
        if (is_handed_over_here(ui)) draw_handing(ui, flow);  // a draft of a mail takes the report with it
        if (!ui.state.opened || ui.view.draft.empty()) return;
        draw_mail_options(ui, flow);
    }
    draw_mail_without_files(ui, flow);
}

enum class SendPart : std::uint8_t { report, papers, mail };

/// What the tab is for, as its one main button.
std::vector<ButtonSpec> feet_of(const Ui& ui, SendPart part) {
    const int errors = count(opened(ui).findings).errors;
    std::vector<ButtonSpec> feet{{"send/close", ui.say(errors > 0 ? "ui.send.back" : "ui.close")}};
    const auto add = [&](const char* id, const char* key, ButtonKind kind) {
        feet.push_back({id, ui.say(key), {}, kind, true});
    };
    const bool has_office = ui.state.offline != Offline::file;
    if (part == SendPart::papers) add("send/print", "ui.send.print", ButtonKind::primary);
    if (part == SendPart::mail && has_office) add("send/eml", "ui.send.eml", ButtonKind::primary);
    if (part != SendPart::report) return feet;
    const bool is_upper = decides_here(ui);
    if (is_upper) add("send/return", "ui.send.return", ButtonKind::plain);
    const bool is_again = has_custody(*opened(ui).document.instrument) && !opened(ui).is_open();
    if (is_upper)
        add("send/accept", "ui.send.accept", ButtonKind::primary);
    else
        add("send/report", is_again ? "ui.send.again" : "ui.send.report", ButtonKind::primary);
    return feet;
}

void press_foot(Ui& ui, const std::string& id) {
    if (id == "send/report" || id == "send/accept") return send_report(ui);
    if (id == "send/return") return return_report(ui);
    if (id == "send/print") return ui.send(command::Print{});
    if (id == "send/eml") return write_mail(ui);
    const bool has_errors = count(opened(ui).findings).errors > 0;
    close_dialog(ui);
    if (has_errors && ui.is_medium()) ui.view.show_right = true;
}

/// The three ways in which something leaves.
SendPart draw_parts(Ui& ui, Flow& flow) {
    const std::vector<std::string> labels{ui.say("ui.send.part.report"), ui.say("ui.send.part.papers"),
                                          ui.say("ui.send.part.mail")};
    const auto chosen = segments(ui, {flow.x, flow.y, flow.width, ui.px(36)}, "send/part", ui.say("ui.send.part"),
                                 labels, ui.view.send_part);
    if (chosen) ui.view.send_part = *chosen;
    flow.y += ui.px(50);
    return static_cast<SendPart>(ui.view.send_part);
}

/// A password is seldom wanted.
void draw_more(Ui& ui, Flow& flow) {
    if (ui.state.offline == Offline::file) return;
    const std::string label = ui.say(ui.view.send_more ? "ui.send.more.hide" : "ui.send.more");
    if (button(ui, {flow.x - ui.px(14), flow.y, button_width(ui, label), ui.px(32)},
               {"send/more", label, {}, ButtonKind::quiet}))
        ui.view.send_more = !ui.view.send_more;
    flow.y += ui.px(40);
    if (ui.view.send_more) draw_locking(ui, flow);
}

}  // namespace

void body_send(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    if (ui.view.draft.empty()) {
        begin_draft(ui);
        ui.view.send_part = 0;
        ui.view.send_more = false;
        ui.mirror.request_focus(is_handed_over_here(ui) && !ui.touch ? "send/name" : "send/report");
    }
    draw_summary(ui, flow);
    const SendPart part = draw_parts(ui, flow);
    if (part == SendPart::report) draw_report(ui, flow);
    if (!ui.state.opened || ui.view.draft.empty()) return;
    if (part != SendPart::report) draw_masking(ui, flow);
    if (part == SendPart::papers) draw_papers(ui, flow);
    if (part == SendPart::mail) draw_mail(ui, flow);
    if (!ui.state.opened || ui.view.draft.empty()) return;
    draw_more(ui, flow);
    const std::vector<ButtonSpec> feet = feet_of(ui, part);
    const int pressed = buttons(ui, flow, feet);
    if (pressed >= 0) press_foot(ui, feet[static_cast<std::size_t>(pressed)].id);
}

// --- unlock -----------------------------------------------------------------------------------------------------

void body_unlock(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    if (ui.view.draft.empty()) {
        begin_draft(ui);
        ui.mirror.request_focus("unlock/reason");
    }
    paragraph(ui, flow, "unlock/text", ui.say("ui.unlock.text"));
    labelled_field(ui, flow, "unlock/reason", ui.say("ui.unlock.reason"), ui.say("ui.unlock.reason.placeholder"),
                   ui.view.draft[2], 500);
    draw_signature(ui, flow);
    const bool ready = !trim(ui.view.draft[2]).empty() && !trim(ui.view.draft[0]).empty();
    const int pressed = buttons(ui, flow,
                                {{"unlock/cancel", ui.say("ui.cancel")},
                                 {"unlock/confirm", ui.say("ui.unlock"), {}, ButtonKind::primary, ready}});
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1) hand_over(ui, LayerState::draft, ui.view.draft[2]);
}

// --- code -------------------------------------------------------------------------------------------------------

void body_code(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    if (ui.view.draft.empty()) {
        ui.view.draft.assign(1, ui.state.dialog.argument);
        ui.mirror.request_focus("code/text");
    }
    paragraph(ui, flow, "code/how", ui.say("ui.code.how"), style::small);
    labelled_field(ui, flow, "code/text", ui.say("ui.code.field"), "ABCD-EFGH-2345-6767", ui.view.draft[0], 200);
    for (std::size_t i = 0; i < ui.state.dialog.lines.size(); ++i)
        paragraph(ui, flow, "code/" + std::to_string(i), ui.state.dialog.lines[i],
                  i == 0 ? style::body_strong : style::body);
    const bool ready = !trim(ui.view.draft[0]).empty();
    const int pressed = buttons(
        ui, flow,
        {{"code/close", ui.say("ui.close")}, {"code/check", ui.say("ui.code.check"), {}, ButtonKind::primary, ready}});
    const bool entered = ready && ui.mirror.pressed("Enter", "code/text");
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1 || entered) ui.send(command::CheckCode{ui.view.draft[0]});
}

// --- compare ----------------------------------------------------------------------------------------------------

namespace {

std::string scores_of(const Ui& ui, const PerLayer<std::optional<Points>>& scores) {
    std::string words;
    for (const Layer layer : layers_of(*opened(ui).document.instrument)) {
        const auto& score = scores[index_of(layer)];
        if (!score) continue;
        const auto* known = opened(ui).document.instrument->find_layer(layer);
        words += (words.empty() ? "" : " → ") + (known == nullptr ? std::string() : known->short_label) + " " +
                 score->to_string();
    }
    return words;
}

std::string compared_words(const Ui& ui, const std::string& name, const ComparedItem& item) {
    return name + "　" + scores_of(ui, item.scores) + "　" +
           ui.say("ui.compare.change", {{"change", item.change.to_string()}});
}

std::string section_title(const Ui& ui, const std::string& id) {
    for (const SectionTally& section : opened(ui).tally.sections) {
        if (section.id == id) return section.title;
    }
    return id;
}

/// What the open layer's office changed since it handed over before.
void draw_changes(Ui& ui, Flow& flow) {
    const auto& changes = ui.state.dialog.changes;
    if (changes.empty()) return;
    subtitle(ui, flow, "compare/since",
             ui.say("ui.compare.since", {{"count", static_cast<std::int64_t>(changes.size())}}));
    constexpr std::size_t most = 60;
    for (std::size_t i = 0; i < changes.size() && i < most; ++i) {
        const auto shown = [&ui](const std::string& text) { return text.empty() ? ui.say("history.empty") : text; };
        paragraph(ui, flow, "compare/since/" + std::to_string(i),
                  changes[i].what + "　" + shown(changes[i].before) + " → " + shown(changes[i].after), style::small);
    }
}

}  // namespace

void body_compare(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    const LayerComparison comparison = compare_layers(opened(ui).document);
    paragraph(ui, flow, "compare/total", ui.say("ui.compare.total", {{"scores", scores_of(ui, comparison.total)}}),
              style::body_strong);
    if (comparison.items.empty()) paragraph(ui, flow, "compare/none", ui.say("ui.compare.none"));
    for (const ComparedItem& section : comparison.sections)
        paragraph(ui, flow, "compare/section/" + section.item,
                  compared_words(ui, section_title(ui, section.item), section), style::small);
    for (const ComparedItem& item : comparison.items) {
        if (!choice(ui, flow, "compare/" + item.item, compared_words(ui, item.item, item), item.reason)) continue;
        close_dialog(ui);
        ui.send(command::Reveal{item.item, "score", opened(ui).layer});
    }
    draw_changes(ui, flow);
    const int pressed = buttons(ui, flow,
                                {{"compare/close", ui.say("ui.close")},
                                 {"compare/print", ui.say("ui.compare.print"), {}, ButtonKind::primary}});
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1) ui.send(command::PrintComparison{});
}

}  // namespace duibiao::ui
