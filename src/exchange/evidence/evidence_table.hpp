// Evidence as tables that people copy, send and keep: core/evidence.hpp says what it is.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/evidence.hpp"
#include "exchange/csv.hpp"
#include "exchange/fill.hpp"
#include "exchange/layout.hpp"

namespace duibiao {

/// Does a table's head name evidence (材料名称) and the item that each line is for (编号)?
[[nodiscard]] bool is_evidence_head(const CsvRow& head);

/// A head as is_evidence_head, and lines below it: each becomes one piece after those already there. A line that is
/// there already, cell for cell, is passed over. All or nothing. Errors for the head: "column-unknown",
/// "column-doubled" {column, expected}; for a line "csv-columns" {expected, count}, and those of normalise_evidence.
[[nodiscard]] tl::expected<Filled, std::vector<Error>> fill_evidence(const Document& document,
                                                                     std::span<const CsvRow> rows,
                                                                     const Author& author);

/// The same as people paste it for one item: below a head that names some of 材料名称, 文号, 日期, 存放处, or without
/// one in that order. Errors also: those of parse_csv, "column-missing" (no 材料名称).
[[nodiscard]] tl::expected<Filled, std::vector<Error>> add_evidence_from_csv(const Document& document,
                                                                             std::string_view item,
                                                                             std::string_view csv, const Author& author,
                                                                             Quoting quoting);

/// The table as fill_evidence reads it, below an empty line; nothing where there is no evidence.
void append_evidence(std::string& csv, const Document& document);

/// The annex: 序号, 对应条目, 材料名称, 文号, 日期, 存放处.
[[nodiscard]] LayoutTable lay_out_evidence(const Document& document, const std::vector<Evidence>& evidence);

}  // namespace duibiao
