// A campaign as an Excel workbook.
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>

#include <memory_files.hpp>
#include "core/text.hpp"
#include "exchange/campaign/campaign_tables.hpp"
#include "exchange/layout_grid.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_campaign_cell = 32'767;  ///< not above what Excel takes in UTF-16 units
constexpr double narrow_column = 10;
constexpr double wide_column = 28;

/// The formats that a workbook's cells share.
struct Looks {
    lxw_format* title;
    lxw_format* head;
    lxw_format* text;
    lxw_format* number;
};

Looks make_looks(lxw_workbook* book) {
    const auto make = [book](bool is_bold) {
        lxw_format* format = workbook_add_format(book);
        format_set_font_name(format, "宋体");
        if (is_bold) format_set_bold(format);
        return format;
    };
    Looks looks{make(true), make(true), make(false), make(false)};
    format_set_font_size(looks.title, 16);
    for (lxw_format* format : {looks.head, looks.text, looks.number}) {
        format_set_border(format, LXW_BORDER_THIN);
        format_set_font_size(format, 10);
    }
    format_set_bg_color(looks.head, 0xF1ECE6);
    format_set_text_wrap(looks.head);
    format_set_align(looks.number, LXW_ALIGN_RIGHT);
    return looks;
}

void write_campaign_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const CampaignCell& cell,
                         const Looks& looks) {
    if (cell.is_number) {
        worksheet_write_number(sheet, row, column, std::strtod(cell.text.c_str(), nullptr), looks.number);
        return;
    }
    if (cell.text.empty()) {
        worksheet_write_blank(sheet, row, column, looks.text);
        return;
    }
    worksheet_write_string(sheet, row, column, file_text(cell.text).c_str(), looks.text);
}

/// Title and head lines stand on the first sheet alone.
void write_campaign_sheet(lxw_worksheet* sheet, const CampaignBook& book, const CampaignTable& table, bool is_first,
                          const Looks& looks) {
    lxw_row_t row = 0;
    if (is_first) {
        worksheet_write_string(sheet, row++, 0, book.title.c_str(), looks.title);
        for (const std::string& line : book.head)
            worksheet_write_string(sheet, row++, 0, file_text(line).c_str(), nullptr);
    }
    const lxw_row_t head = row++;
    for (std::size_t i = 0; i < table.heads.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        worksheet_write_string(sheet, head, column, file_text(table.heads[i]).c_str(), looks.head);
        const bool is_number = std::any_of(table.rows.begin(), table.rows.end(),
                                           [i](const auto& cells) { return i < cells.size() && cells[i].is_number; });
        worksheet_set_column(sheet, column, column, is_number ? narrow_column : wide_column, nullptr);
    }
    for (const auto& cells : table.rows) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            write_campaign_cell(sheet, row, static_cast<lxw_col_t>(i), cells[i], looks);
        ++row;
    }
    worksheet_freeze_panes(sheet, head + 1, 1);
    worksheet_repeat_rows(sheet, head, head);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_autofilter(sheet, head, 0, row - 1, static_cast<lxw_col_t>(table.heads.size() - 1));
}

bool fits_excel(const CampaignBook& book) {
    for (const CampaignTable& table : book.tables) {
        for (const auto& row : table.rows) {
            const auto is_long = [](const CampaignCell& cell) { return cell.text.size() > most_campaign_cell; };
            if (std::any_of(row.begin(), row.end(), is_long)) return false;
        }
    }
    return true;
}

}  // namespace

Result<std::string> write_campaign_xlsx(const CampaignBook& book) {
    if (!fits_excel(book))
        return fail("xlsx-cell-long", {}, {{"limit", static_cast<std::int64_t>(most_campaign_cell)}});
    lxw_workbook* file = workbook_new("");
    lxw_doc_properties properties{};
    std::string title = book.title;
    properties.title = title.data();
    properties.created = 315532800;  // 1980, as all that has no instant of its own
    workbook_set_properties(file, &properties);
    const Looks looks = make_looks(file);
    bool is_first = true;
    for (const CampaignTable& table : book.tables) {
        lxw_worksheet* sheet = workbook_add_worksheet(file, table.title.c_str());
        write_campaign_sheet(sheet, book, table, std::exchange(is_first, false), looks);
    }
    if (is_first) {
        lxw_worksheet* sheet = workbook_add_worksheet(file, nullptr);
        lxw_row_t row = 0;
        worksheet_write_string(sheet, row++, 0, book.title.c_str(), looks.title);
        for (const std::string& line : book.head)
            worksheet_write_string(sheet, row++, 0, file_text(line).c_str(), nullptr);
    }
    if (workbook_close(file) != LXW_NO_ERROR) return fail("file-unwritable", {}, {{"reason", "xlsx"}});
    return take_closed_zip();
}

}  // namespace duibiao
