// The one place where state changes.
#pragma once

#include "app/state.hpp"

namespace duibiao {

/// A fresh state with the shipped forms.
[[nodiscard]] State make_state();

/// Carries out one command. Whatever has to be written, downloaded or announced goes through the ports.
void update(State& state, const Ports& ports, const Command& command);

}  // namespace duibiao
