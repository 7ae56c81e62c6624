// A clock that never shows what cannot be. Private to src/app.
#pragma once

#include "app/state.hpp"

namespace duibiao::app {

/// The newest credible instant of what is known here: edits, cards, the last backup; 2020-01-01 where nothing is.
[[nodiscard]] std::string last_known_instant(const State& state);

/// The computer's clock. Where an empty battery or a slip of the hand has set it to what cannot be, the last instant
/// known stands for it, so that whatever is typed can still be dated.
class CredibleClock final : public Clock {
public:
    CredibleClock(const Clock& clock, const State& state) : clock_(clock), state_(state) {}
    [[nodiscard]] std::string now() const override;
    [[nodiscard]] Date today() const override;
    [[nodiscard]] std::string local_time(std::string_view instant) const override { return clock_.local_time(instant); }
    [[nodiscard]] std::int64_t ticks_ms() const override { return clock_.ticks_ms(); }
    [[nodiscard]] bool is_wrong() const override { return clock_.is_wrong() || !is_credible(clock_.now()); }

private:
    const Clock& clock_;
    const State& state_;
};

}  // namespace duibiao::app
