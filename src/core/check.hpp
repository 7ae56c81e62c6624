// What the rules say about the answers.
#pragma once

#include <string>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"

namespace duibiao {

struct Finding {
    std::string code;  ///< "unscored", "note-required", "above-measure", …: rule kinds with '-'; and of loading:
                       ///< "total-mismatch", "layer-altered"
    Severity severity = Severity::notice;
    std::string document;  ///< document id, or the file's name on the command line
    std::string item;      ///< criterion, section, "header", "veto.1"
    std::string field;     ///< the field that a click should open, may be empty
    Layer layer = Layer::self;
    std::string citation;
    Params params;  ///< figures for the sentences `finding.<code>.title`, `.message` and `.remedy`
};
using Findings = std::vector<Finding>;

/// Rule findings of one document in the form's order, errors first within an item. `as_of` stands for today.
/// Rules of kind `unscored` and `layer-order` speak only of layers that have at least one score, except self.
[[nodiscard]] Findings check(const Document& document, Date as_of);

struct FindingCount {
    int errors = 0;
    int warnings = 0;
    int notices = 0;
};
[[nodiscard]] FindingCount count(const Findings& findings);

}  // namespace duibiao
