// Workbooks from anywhere: no archive, no XML and no number format may crash the reader, and a sheet's text is read as
// the rows and cells that it was written of.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "exchange/csv.hpp"
#include "exchange/library.hpp"
#include "exchange/workbook/number_format.hpp"
#include "exchange/workbook/sheet_cells.hpp"
#include "exchange/workbook/workbook.hpp"

using namespace duibiao;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_table(const Sheet& sheet, const Document& document) {
    require(is_utf8(sheet.text));
    const auto rows = parse_csv(sheet.text, Quoting::sheet);
    require(rows.has_value() || sheet.text.empty());
    static_cast<void>(choose_sheet(read_sheets(write_sheets({sheet})), document));
}

}  // namespace

/// The first byte says whether the rest is a workbook, a sheet's part, or a format and a number.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const InstrumentLibrary library = InstrumentLibrary::shipped();
    static const Document document =
        *new_document(library.find("ledger"), "doc-1", "市第一医院", "2026", {"fuzz", "", "2026-11-21T06:03:34Z"});
    if (size == 0) return 0;
    const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    if (data[0] % 3 == 0) {
        const auto sheets = read_workbook(rest);
        for (std::size_t i = 0; sheets && i < sheets->size(); ++i) read_table((*sheets)[i], document);
    } else if (data[0] % 3 == 1) {
        WorkbookParts parts{
            {"甲", "a\nb", "\"c\""}, {NumberFormat{}, NumberFormat::built_in(14)}, DateSystem::since_1900};
        Sheet sheet{"表", {}};
        bool is_large = false;
        if (read_sheet(rest, parts, 1'000'000, sheet, is_large)) read_table(sheet, document);
    } else {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        const NumberFormat format = NumberFormat::of(rest.substr(0, end));
        static_cast<void>(format.show(rest.substr(std::min(end + 1, rest.size())), DateSystem::since_1904));
        static_cast<void>(format.show("46086.123", DateSystem::since_1900));
    }
    return 0;
}
