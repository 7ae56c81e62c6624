// What a list tells the ledgers of its unit, on the home page.
#include <algorithm>

#include "app/handlers.hpp"

namespace duibiao::app {

void tell_ledgers(State& state, const Ports& ports) {
    const OpenedDocument& opened = *state.opened;
    const auto today = parse_date(state.today);
    if (!today || opened.document.instrument->table.activities.empty()) return;
    std::vector<const Document*> documents{&opened.document};
    for (const Document& document : opened.related) documents.push_back(&document);
    for (const Document& ledger : opened.related) {
        if (ledger.instrument->kind != InstrumentKind::ledger || year_of(ledger) != year_of(opened.document)) continue;
        const auto card = std::find_if(state.cards.begin(), state.cards.end(),
                                       [&ledger](const DocumentCard& known) { return known.id == ledger.id; });
        if (card == state.cards.end()) continue;
        const std::string before = write_card(*card);
        card->todo = todo_of_duties(duty_matrix(read_ledger(ledger, documents), *today));
        std::string after = write_card(*card);
        if (after != before) ports.storage.put_card(card->id, after, begin_save(state));
    }
}

}  // namespace duibiao::app
