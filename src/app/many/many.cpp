// What is done to several documents of the home page at once.
#include <algorithm>

#include "app/handlers.hpp"
#include "exchange/export.hpp"

namespace duibiao::app {

void on(State& state, const Ports& ports, const command::DeleteDocuments& request) {
    std::vector<DocumentCard> gone;
    for (const std::string& id : request.documents) {
        const auto card = std::find_if(state.cards.begin(), state.cards.end(),
                                       [&id](const DocumentCard& known) { return known.id == id; });
        if (card == state.cards.end()) continue;
        ports.storage.remove(id, begin_save(state));
        gone.push_back(std::move(*card));
        state.cards.erase(card);
    }
    if (gone.empty()) return;
    const auto count = static_cast<std::int64_t>(gone.size());
    state.deleted = std::move(gone);
    show_toast(state, ports, say(state, "ui.many.deleted", {{"count", count}}), say(state, "ui.undo"),
               command::UndoDelete{});
}

void on(State& state, const Ports& ports, const command::GiveDocuments& request) {
    if (request.documents.empty()) return;
    state.giving = request;
    gather_for(state, ports, request.as_reports ? Gathering::reports : Gathering::backup);
}

void give_reports(State& state, const Ports& ports, const command::AllLoaded& here) {
    const auto request = std::exchange(state.giving, std::nullopt);
    if (!request) return;
    std::int64_t given = 0;
    for (const std::string& id : request->documents) {
        const std::optional<OpenedDocument> one = document_here(state, here, id);
        if (!one) continue;
        ports.files.download(suggest_report_name(one->document), "application/json", write_report(one->document));
        const auto card = std::find_if(state.cards.begin(), state.cards.end(),
                                       [&id](const DocumentCard& known) { return known.id == id; });
        ++given;
        if (card == state.cards.end()) continue;
        card->edits_out = one->document.log.size();
        ports.storage.put_card(id, write_card(*card), begin_save(state));
    }
    show_toast(state, ports, say(state, "ui.many.given", {{"count", given}}));
}

}  // namespace duibiao::app
