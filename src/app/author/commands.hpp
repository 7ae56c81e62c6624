// What the author of a form does. Part of app/command.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace duibiao::command {

/// The draft of a form from the mailed file that was read last (State::pending_draft).
struct BeginDraft {
    bool is_next = false;  ///< as the next version of the draft that is open
};
/// What the author decides of the draft that is open (core/authoring/decisions.hpp); a decision without a value goes.
struct DecideForm {
    struct Decision {
        std::string key;
        std::optional<std::string> value;
    };
    std::vector<Decision> decisions;
    std::string batch = {};  ///< groups keystrokes of one visit to a field; empty: an action of its own
};
/// A sample of the draft's form is filled in; nothing of it is stored.
struct TryForm {};
/// Back from the sample to the draft.
struct EndTrial {};
/// The draft's form is known here from now on, and goes to the units.
struct GiveOutForm {
    /// "file", "page" (the whole page with the form in it), "link", "use" (it is filled in here); "print": the empty
    /// form on paper, before it is given out.
    std::string how;
};

}  // namespace duibiao::command
