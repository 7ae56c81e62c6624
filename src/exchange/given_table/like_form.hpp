// Next year's version of a form that was made from the same file: what is the same stays as its author had it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace duibiao {

/// What differs between two versions of a form.
struct FormChange {
    std::string code;  ///< "added", "removed", "moved", "points", "rule"
    std::string item;  ///< its id in the new form; of a removed one in the old
    std::string text;
    std::string was;
    std::string now;
};

struct LikeForm {
    std::string text;  ///< of the new form's file
    std::vector<FormChange> changes;
};

/// Whether items that are the same become the older one's, with what was put right there by hand.
enum class KeptItems : std::uint8_t { whole, none };

/// Takes over from the older form: its id, the next version, the ids of scorers, columns and fields of the same names,
/// and whole items whose texts and points are the same, with whatever their author had put right by hand. Notes that
/// are the same keep the grades. Both are scored forms of format 2. Errors: "import-like" (the older form is none).
[[nodiscard]] Result<LikeForm> make_like(std::string_view made, std::string_view older,
                                         KeptItems kept = KeptItems::whole);

}  // namespace duibiao
