// Filling a scored form of format 2 from long rows: item,field,value,note.
#pragma once

#include <span>

#include "exchange/fill.hpp"

namespace duibiao {

/// Does the row name these columns? In any order, `note` may be missing: item/编号, field/栏目, value/内容, note/说明.
[[nodiscard]] bool is_long_head(const CsvRow& row);

/// One answer a row: the fields of an item of format 2 (answer.hpp), with the item's id or its number as printed, where
/// only one item has it; "header" (the first layer's) and "foot". A note becomes the item's note. All or nothing, as
/// fill_from_csv. Errors per line also: "row-doubled" {item, field, first}, "note-doubled" {item, first}.
[[nodiscard]] tl::expected<Filled, std::vector<Error>> fill_long(const Document& document, Layer layer,
                                                                 std::span<const CsvRow> rows, const Author& author);

}  // namespace duibiao
