// What happens to weak organisations (后进整顿). Part of app/command.hpp.
#pragma once

#include <string>
#include <vector>

namespace duibiao::command {

/// What the doors find in the reports of the campaign that is open.
struct OpenWeak {};
/// One of 认定条件 is asked for, or no longer.
struct SwitchDoor {
    std::string door;
    bool on = true;
};
/// The campaign that is open asks the program's 认定条件 again, not a file of its own.
struct UseShippedDoors {};
/// The file of 认定条件 that is asked, to be changed by another program.
struct SaveDoors {};
/// The list gets the candidates that it has not, and what has changed in the evidence of the others; where there is
/// none it is begun.
struct UpdateWeakList {};
/// Cells of one row of the list that is open, by the ids of their columns; the day and the office of a decision are
/// filled in.
struct WriteWeak {
    struct Cell {
        std::string column;
        std::string text;
    };
    std::string row;
    std::vector<Cell> cells;
    std::string batch = {};  ///< empty: an action of its own
    std::string done = {};   ///< said when it is done, may be empty
};
/// The plan of a confirmed organisation, made from the list, and opened.
struct MakeWeakPlan {
    std::string row;
};
/// The survey or the review of an organisation, begun where there is none, and opened.
struct OpenWeakForm {
    std::string unit;
    bool is_review = false;
    bool again = false;  ///< another review, after a verdict that did not close it
};
/// The answer of a report that some evidence is.
struct OpenEvidence {
    std::string document;
    std::string item;
};
/// A problem of a plan is closed (销号), or returned with a reason.
struct CheckWeakItem {
    std::string plan;
    std::string row;
    bool is_closed = true;
    std::string reason = {};
};

/// What the doors find, as JSON (exchange/weak/found_weak.hpp), or what is wrong, in words.
struct WeakFound {
    std::string campaign;
    bool is_done = false;
    std::string content;
};

}  // namespace duibiao::command
