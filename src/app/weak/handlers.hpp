// What the page does with weak organisations. Private to src/app.
#pragma once

#include "app/handlers.hpp"
#include "app/weak/weak.hpp"

namespace duibiao::app {

/// Its list is open.
DUIBIAO_APART void open_weak(State&, const Ports&);
/// After every command: reads what has changed, asks the worker again, and works out how far everything is.
DUIBIAO_APART void follow_weak(State&, const Ports&);
/// A document that follow_weak() asked for. False: it did not.
DUIBIAO_APART bool take_weak(State&, const command::DocumentLoaded&);
/// A report that was asked for as evidence. False: it was not.
DUIBIAO_APART bool take_evidence(State&, const Ports&, const command::DeskReport&);
/// The plan whose item is checked is read.
DUIBIAO_APART void check_weak_item(State&, const Ports&, const command::AllLoaded& here);
/// The list as it is here: null where there is none, or it was not read yet.
[[nodiscard]] const Document* weak_list(const State&);
/// A file of 认定条件: the campaign that is open asks these from now on, and keeps them.
DUIBIAO_APART void take_doors(State&, const Ports&, const command::FileArrived&);
/// Works out how far everything is.
void work_out_weak(State&);
/// A new document of the office's, as its first edit's author.
[[nodiscard]] Author weak_author(State&, const Ports&);

}  // namespace duibiao::app
