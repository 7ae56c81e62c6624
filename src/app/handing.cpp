// Handing layers over: 传出, 通过, 退回, 解锁; and whether a stamped paper belongs to a document.
#include <utility>

#include "app/desk/handlers.hpp"
#include "app/handlers.hpp"
#include "exchange/export.hpp"

namespace duibiao::app {

namespace {

constexpr std::string_view json_mime = "application/json";

/// Who signs: 姓名 · 单位. Kept for the next time, on this machine.
void remember_signer(State& state, const Ports& ports, const command::HandOver& request) {
    if (request.name != state.settings.signer) on(state, ports, command::SetSetting{"signer", request.name});
    if (request.office != state.settings.office) on(state, ports, command::SetSetting{"office", request.office});
}

bool write_states(State& state, const Ports& ports, LayerState to, std::string_view text) {
    const Signer own = signer(state, ports);
    OpenedDocument& opened = *state.opened;
    Result<std::vector<Edit>> edits = hand_over(opened.document, author(state, ports), opened.layer, to, text, &own);
    const std::size_t first = opened.document.log.size();
    const Done done = edits ? apply_all(opened.document, *std::move(edits)) : Done(tl::unexpected(edits.error()));
    if (!done) {
        show_toast(state, ports, describe(state.settings.language, done.error()));
        return false;
    }
    save_edits(state, ports, first);
    return true;
}

void download_report(State& state, const Ports& ports) {
    const Document& document = state.opened->document;
    const bool is_out = give(state, ports, "json", suggest_report_name(document), json_mime, write_report(document));
    if (is_out) show_report_given(state, ports);
}

/// To whom the file goes next: up, back, or on.
std::string_view what_next(const OpenedDocument& opened) {
    const Custody& own = opened.custody[index_of(opened.layer)];
    if (own.state == LayerState::returned) return "ui.export.done.returned";
    if (opened.layer == Layer::acceptance) return "ui.export.done.accepted";
    if (opened.layer == Layer::rating) return "ui.export.done.rated";
    return "ui.export.done";
}

}  // namespace

void show_report_given(State& state, const Ports& ports) {
    mark_as_out(state, ports);
    state.dialog = {};
    const std::string_view key = what_next(*state.opened);
    show_toast(state, ports, say(state, key, {{"code", paper_code(state.opened->document)}}));
}

void mark_as_out(State& state, const Ports& ports) {
    if (state.opened->is_sample) return;
    state.opened->edits_out = state.opened->document.log.size();
    refresh(state);
    ports.storage.put_card(state.opened->document.id, write_card(make_card(*state.opened)), begin_save(state));
}

void on(State& state, const Ports& ports, const command::HandOver& request) {
    if (!state.opened || !state.opened->writer || keeps_sample(state, ports)) return;
    remember_signer(state, ports, request);
    if (!write_states(state, ports, request.to, request.text)) return;
    const bool goes_on = request.to == LayerState::accepted || request.to == LayerState::returned;
    if (request.mail)
        on(state, ports, *request.mail);
    else if (request.to != LayerState::draft)
        download_report(state, ports);
    if (goes_on && state.desk) go_on_after(state, ports);
    if (request.mail || request.to != LayerState::draft) return;
    state.dialog = {};
    show_toast(state, ports, say(state, "ui.unlock.done"));
}

/// The file once more, as the document stands. Living records are never locked, so this is how they go out.
void on(State& state, const Ports& ports, const command::ExportReport&) {
    if (!state.opened || keeps_sample(state, ports)) return;
    const bool living = !has_custody(*state.opened->document.instrument);
    if (living && state.opened->writer && state.opened->state == LayerState::draft &&
        !write_states(state, ports, LayerState::submitted, {}))
        return;
    download_report(state, ports);
}

void on(State& state, const Ports&, const command::CheckCode& request) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    const Finding finding = check_code(document, request.code, earlier_versions(document.instrument->id));
    const FindingText text = describe(state.settings.language, finding);
    state.dialog = Dialog{"code", request.code, {text.title, text.message, text.remedy}};
}

}  // namespace duibiao::app
