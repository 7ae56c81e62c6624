// What Word, Excel and e-mail are written from: a layout's grid, and text that is not ASCII in a message.
#include <doctest/doctest.h>

#include "core/text.hpp"
#include "exchange/export.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/library.hpp"
#include "exchange/mail_encoding.hpp"

using namespace duibiao;

namespace {

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}};

Document blank(const InstrumentPtr& form) {
    const std::string period = form->period == "half" ? "2026-H1" : "2026";
    return *new_document(form, "doc", "某院党委", period, {.session = "t", .by = {}, .at = "2026-11-21T06:03:34Z"});
}

/// Every row's cells fill the table's columns, one after the other.
void check_rows(const std::vector<PlacedRow>& rows, std::size_t columns) {
    for (const PlacedRow& row : rows) {
        std::size_t next = 0;
        for (const PlacedCell& placed : row.cells) {
            CHECK(placed.column == next);
            next += placed.cell.columns;
        }
        CHECK(next == columns);
    }
}

}  // namespace

TEST_CASE("a grid: every form's rows are full, and merged cells stand in each row that they cover") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    for (const InstrumentPtr& form : library.all()) {
        const Document document = blank(form);
        const Layout layout = lay_out(document, today);
        for (const LayoutTable& table : layout.tables) {
            const auto heads = head_rows(table);
            const auto body = body_rows(table);
            check_rows(heads, table.widths.size());
            check_rows(body, table.widths.size());
            double width = 0;
            for (const double column : column_widths(layout, table)) width += column;
            CHECK(width >= page_width(layout) - 0.01);
            for (std::size_t i = 0; i < body.size(); ++i) {
                for (const PlacedCell& placed : body[i].cells) {
                    if (placed.is_below) CHECK(placed.cell.text().empty());
                    if (!placed.is_below && placed.cell.rows > 1) CHECK(i + placed.cell.rows <= body.size());
                }
            }
        }
    }
}

TEST_CASE("columns are shared out as near to the shares as they can be") {
    const auto ranges = [](std::vector<double> widths, std::vector<double> shares) {
        std::string text;
        for (const ColumnRange& range : partition(widths, shares))
            text += std::to_string(range.first) + "-" + std::to_string(range.last) + " ";
        return text;
    };
    CHECK(ranges({10, 10, 10, 10}, {1, 1}) == "0-1 2-3 ");
    CHECK(ranges({10, 10, 80}, {1, 1}) == "0-1 2-2 ");
    CHECK(ranges({80, 10, 10}, {1, 9}) == "0-0 1-2 ");
    CHECK(ranges({10, 10}, {1, 1, 1}) == "0-0 1-1 ");
    CHECK(ranges({10, 10, 10}, {100, 1, 1}) == "0-0 1-1 2-2 ");
    CHECK(ranges({10}, {5}) == "0-0 ");
}

TEST_CASE("text for a file: no controls, no characters that XML has not") {
    CHECK(file_text("a\x01\x1b\r\nb\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD") == "a\nb\xEF\xBF\xBD");
    CHECK(half_characters("ab䶮𬭩") == 6);
}

TEST_CASE("a header is one line whatever it holds") {
    CHECK(header_line("Subject", "报送") == "Subject: =?UTF-8?B?5oql6YCB?=\r\n");
    CHECK(header_line("Subject", "a\r\nBcc: b") == header_line("Subject", "a Bcc: b"));
    CHECK(header_line("Subject", "") == "Subject:\r\n");
    const std::string text(200, 'x');
    for (const std::string& line :
         {header_line("Subject", text), header_line("Subject", std::string(66, 'y') + "字")}) {
        std::size_t from = 0;
        for (std::size_t end = line.find("\r\n"); end != std::string::npos; end = line.find("\r\n", from)) {
            CHECK(end - from <= 76);
            from = end + 2;
        }
    }
    CHECK(parameter("filename", "报 a\".json") == ";\r\n filename*0*=UTF-8''%E6%8A%A5%20a%22.json");
    CHECK(parameter("filename", std::string(20, 'a')) ==
          ";\r\n filename*0*=UTF-8''aaaaaaaaaaaaaaaaaa;\r\n filename*1*=aa");
    CHECK(base64_lines("ab") == "YWI=\r\n");
    CHECK(base64_lines(std::string(58, 'a')).find("\r\n") == 76);
}

TEST_CASE("the same document gives the same bytes, and unknown formats are refused") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    for (const InstrumentPtr& form : library.all()) {
        const Document document = blank(form);
        for (const std::string_view format : {"xlsx", "docx"}) {
            const auto first = write_format(document, today, format);
            REQUIRE(first.has_value());
            CHECK(first->starts_with("PK"));
            CHECK(*write_format(document, today, format) == *first);
        }
        const auto draft = write_draft(document, today, "{}", {});
        CHECK((draft && draft->starts_with("X-Unsent: 1\r\nDate: Sat, 21 Nov 2026 06:03:34 +0000\r\n")));
    }
    CHECK(write_format(blank(library.all().front()), today, "pdf").error().code == "format-unknown");
}
