// A document that goes on with another version of its form.
#pragma once

#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// What a document would be as another version of its form.
struct TakeOver {
    Document document;                  ///< the same id; the edits of its log that have a place in the other version
    std::vector<Target> lost;           ///< answers that stand and have none there
    std::vector<Target> changed;        ///< answers that stand and are written otherwise there
    std::vector<std::string> added;     ///< labels of what the other version asks and this one does not
    std::vector<std::string> removed;   ///< labels of what only this one asks
    std::vector<std::string> reworded;  ///< ids of items that both have, with other words or another last day
};

/// Nothing is written: the caller shows what would change, and puts the document in the old one's place if the user
/// wants it. Taken over the other way, a document of which nothing was lost is byte for byte what it was. A layer that
/// was handed over keeps its version, as its hash and the code on its paper belong to it. Errors: "form-other" {ours,
/// theirs} (ids differ), "layer-locked" {layer, by, at}.
[[nodiscard]] Result<TakeOver> take_over(const Document& document, const InstrumentPtr& form);

/// The document as that version of its form tells it, whatever was handed over: the edits of its log that have a place
/// there. For comparing, never to go on with. Errors: "form-other", those of replay().
[[nodiscard]] Result<Document> as_version(const Document& document, const InstrumentPtr& form);

}  // namespace duibiao
