// What the others call of the author's desk.
#pragma once

#include "app/command.hpp"
#include "app/ports.hpp"
#include "app/state.hpp"
#include "core/apart.hpp"

namespace duibiao::app {

/// From the file that was read last.
DUIBIAO_APART void begin_draft(State&, const Ports&);
/// The same as the next version of the draft that is open, whose decisions go over.
DUIBIAO_APART void begin_next_draft(State&, const Ports&);
DUIBIAO_APART void take_next_draft(State&, const Ports&, const command::OfficeWritten& answer);
/// The draft that is open is shown on its desk.
DUIBIAO_APART void open_author(State&, const Ports&);
/// What the desk shows is worked out anew where a decision has changed.
DUIBIAO_APART void tell_author(State&, const Ports&);
/// The second program's answer.
DUIBIAO_APART void take_author_view(State&, const command::OfficeWritten& answer);

}  // namespace duibiao::app
