#include "app/clock.hpp"

#include "core/date.hpp"

namespace duibiao::app {

std::string last_known_instant(const State& state) {
    std::string newest(earliest_credible);
    const auto take = [&newest](const std::string& instant) {
        if (instant > newest && is_credible(instant)) newest = instant;
    };
    if (state.opened && !state.opened->document.log.empty()) take(state.opened->document.log.back().at);
    for (const DocumentCard& card : state.cards) take(card.updated);
    take(state.settings.last_backup);
    return newest;
}

std::string CredibleClock::now() const {
    std::string instant = clock_.now();
    return is_credible(instant) ? instant : last_known_instant(state_);
}

Date CredibleClock::today() const {
    if (is_credible(clock_.now())) return clock_.today();
    const auto day = parse_date(clock_.local_time(last_known_instant(state_)).substr(0, 10));
    return day ? *day : clock_.today();
}

}  // namespace duibiao::app
