// What stands around the rows of a bureau's own form: its columns, their heads, and the lines above and below the
// table.
#pragma once

#include <vector>

#include "exchange/layout.hpp"
#include "exchange/own_words.hpp"

namespace duibiao {

/// A column, and one for groups beside the sections' where only the form's titles tell of groups.
struct OwnColumn {
    const PaperColumn* paper = nullptr;
    PaperColumn::Role role = PaperColumn::Role::group;
};

/// In the paper's order.
[[nodiscard]] std::vector<OwnColumn> own_columns(const Instrument& form);
/// Widths, uses and heads; no rows yet.
[[nodiscard]] LayoutTable own_table(const std::vector<OwnColumn>& columns);
/// Unit, kind of unit and subject stand in the head line of every paper, also where the form names no field for them;
/// notes stand before those who sign.
void fill_own_frame(Layout& layout, const Document& document, const OwnWords& words);

}  // namespace duibiao
