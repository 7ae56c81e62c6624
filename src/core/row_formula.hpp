// Cells that follow from others of their row, and what stands below a whole table.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// A share of an amount ("0.5%"), or a fixed amount in its place ("0.2元").
struct Rate {
    std::int64_t parts = 0;  ///< ten-thousandths of a per cent
    std::optional<Points> fixed;
};
/// Reads 0.5%, ０．５％, 百分之1, 0.2元, 每月0.2元. Errors (place empty): "rate-format" {text}.
[[nodiscard]] Result<Rate> parse_rate(std::string_view text);
/// "0.5%", "0.2元".
[[nodiscard]] std::string to_string(const Rate& rate);
/// An amount as it is written: "15.00".
[[nodiscard]] std::string money(Points amount);

/// What a column's formula makes of a row's cells; empty while something that it needs is.
[[nodiscard]] std::string work_out(const Table& table, std::size_t column, const std::vector<std::string_view>& cells);

/// Writes every cell that follows from others: always where it cannot be typed, and where it can only into an empty
/// one. Whether any has changed. `cells` are those of normalised rows.
bool work_out_all(const Table& table, std::vector<std::string>& cells);

/// Empties the cells that may be typed and follow from this one, so that they are worked out anew.
void forget_what_follows(const Table& table, std::size_t column, std::vector<std::string>& cells);

/// A figure below the table.
struct FootFigure {
    const TableFoot::Figure* figure = nullptr;
    std::int64_t count = 0;
    std::string text;  ///< "50.0%", "765.14", "8"; empty where nothing can be counted
};
/// In the form's order; rows as rows_of() gives them.
[[nodiscard]] std::vector<FootFigure> foot_figures(const Table& table,
                                                   const std::vector<std::vector<std::string_view>>& rows);
/// The same of a document's rows.
[[nodiscard]] std::vector<FootFigure> foot_figures(const Document& document);
/// Sums and the line in one: what stands below the table on a screen; empty where the form has neither.
[[nodiscard]] std::string foot_words(const Document& document);
/// The form's line below the table with its figures in it; empty where the form has none.
[[nodiscard]] std::string foot_line(const Table& table, const std::vector<FootFigure>& figures);

}  // namespace duibiao
