// What the superior's desk does. Private to src/app.
#pragma once

#include "app/desk/desk.hpp"
#include "app/handlers.hpp"

namespace duibiao::app {

/// A campaign is open: its desk is, too. Or a report is, maybe one that is gone through from it.
DUIBIAO_APART void open_desk(State&, const Ports&);
/// The worker begins with a campaign, which need not be the document that is open.
void begin_desk(State&, const Ports&, const Document& campaign);
/// The worker is told of what has changed in the campaign that is open.
DUIBIAO_APART void tell_desk(State&, const Ports&);
/// A report of the desk is as it is now: what was changed in it counts.
DUIBIAO_APART void revise_opened(State&, const Ports&);
/// The reports here that are further than what the worker has.
DUIBIAO_APART void compare_desk(State&, const Ports&, const command::AllLoaded& here);
/// A report that is gone through was accepted or returned: the next one comes.
DUIBIAO_APART void go_on_after(State&, const Ports&);

}  // namespace duibiao::app
