// Parts that the forms of items and the ledger share: the title block, and typed cells.
#pragma once

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// Beside a form's cards.
[[nodiscard]] inline float form_margin(const Ui& ui) { return ui.px(ui.is_narrow() ? 12 : 20); }

/// Title, and the header's fields in as many columns as fit. Returns its height; draws only when `paint`.
float form_head(Ui& ui, const Box& column, float y, bool paint);

/// One cell of an item, with its label above when `labelled`, and what the ledger says below. Returns its height.
float item_cell(Ui& ui, const Criterion& item, const AnswerField& cell, const Box& place, bool labelled, bool paint);

/// The item's 备注 or, against the ledger, its 说明. Returns its height.
float item_note(Ui& ui, const Criterion& item, const Box& place, bool paint);

/// The table's rows under the items, one card a row. Returns its height.
float row_cards(Ui& ui, const Box& column, float y, bool paint);

/// How a value reads on the page: 达到, 3 次, 是, …
[[nodiscard]] std::string value_text(const Ui& ui, const Value& value, const std::string& unit);

}  // namespace duibiao::ui
