// XLSX: each table of the layout is a sheet, with the paper's head above it and its foot below.
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include <memory_files.hpp>
#include "core/text.hpp"
#include "core/value.hpp"
#include "exchange/export.hpp"
#include "exchange/layout_grid.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_cell_units = 32767;  ///< of UTF-16: Excel's limit
constexpr std::size_t most_sheet_name = 31;
constexpr double pixels_per_millimetre = 96 / 25.4;
constexpr double points_per_millimetre = 72 / 25.4;
constexpr double inches_per_millimetre = 1 / 25.4;
constexpr double row_points = 9 * points_per_millimetre;
constexpr double line_points = 14;
constexpr double seal_points = 24 * points_per_millimetre;
constexpr double half_character_millimetres = 1.9;  ///< at 10 points

enum class Border : std::uint8_t { none, all, top, sides, bottom };

/// A cell's look; cells that look alike share a format of the file.
struct Style {
    double size = 10;
    bool bold = false;
    bool grey = false;
    bool shaded = false;
    lxw_format_alignments across = LXW_ALIGN_LEFT;
    lxw_format_alignments down = LXW_ALIGN_VERTICAL_CENTER;
    Border border = Border::all;
    std::string number = {};

    friend bool operator<(const Style& a, const Style& b) {
        const auto all = [](const Style& s) {
            return std::tie(s.size, s.bold, s.grey, s.shaded, s.across, s.down, s.border, s.number);
        };
        return all(a) < all(b);
    }
};

std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
    }
    return units;
}

/// Text as a cell holds it: what would be read as an escaped character ("_x000A_") is escaped itself.
std::string cell_text(std::string_view text) {
    constexpr std::size_t escape_length = 7;
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    };
    std::string out;
    const std::string clean = file_text(text);
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const std::string_view rest = std::string_view(clean).substr(i, escape_length);
        const bool escaped = rest.size() == escape_length && rest.starts_with("_x") && rest.back() == '_' &&
                             std::all_of(rest.begin() + 2, rest.end() - 1, is_hex);
        out += escaped ? "_x005F_" : std::string(1, clean[i]);
    }
    return out;
}

/// Seconds since 1970 of the last edit ("2026-11-21T06:03:34Z"), so that the same report gives the same file.
std::time_t seconds_of(const Document& document) {
    constexpr std::size_t instant_length = 20;
    constexpr std::array<std::pair<std::size_t, int>, 3> parts{{{11, 3600}, {14, 60}, {17, 1}}};
    if (document.log.empty() || document.log.back().at.size() != instant_length) return 0;
    const std::string& at = document.log.back().at;
    const auto days = std::chrono::sys_days(last_day_of(document)).time_since_epoch();
    auto seconds = static_cast<std::time_t>(std::chrono::duration_cast<std::chrono::seconds>(days).count());
    for (const auto& [from, unit] : parts) seconds += ((at[from] - '0') * 10 + (at[from + 1] - '0')) * unit;
    return seconds;
}

// --- The file -----------------------------------------------------------------------------------------------------

class Book {
public:
    explicit Book(const Layout& layout) : layout_(layout), book_(workbook_new("")) {}
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;
    ~Book() {
        if (book_ != nullptr) lxw_workbook_free(book_);
    }

    void set_properties(std::time_t created);
    [[nodiscard]] lxw_worksheet* add_sheet(const std::string& title);
    [[nodiscard]] lxw_format* format(const Style& style);
    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] std::string take();

private:
    const Layout& layout_;
    lxw_workbook* book_;
    std::map<Style, lxw_format*> formats_;
    std::set<std::string> names_;
};

void Book::set_properties(std::time_t created) {
    lxw_doc_properties properties{};
    std::string title = file_text(layout_.title).substr(0, 255);
    title.resize(utf8_prefix(title));
    properties.title = title.data();
    properties.created = created;
    workbook_set_properties(book_, &properties);
}

/// A name that Excel takes: at most 31 characters, none of []:*?/\, no apostrophe at its ends, once.
std::string sheet_name(std::string_view title) {
    std::string name;
    std::size_t units = 0;
    for (std::size_t i = 0; i < title.size();) {
        std::size_t end = i + 1;
        while (end < title.size() && (static_cast<unsigned char>(title[end]) & 0xC0U) == 0x80U) ++end;
        const std::string_view character = title.substr(i, end - i);
        i = end;
        if (std::string_view("[]:*?/\\'\n\t").find(character) != std::string_view::npos) continue;
        units += utf16_units(character);
        if (units > most_sheet_name) break;
        name += character;
    }
    return name;
}

lxw_worksheet* Book::add_sheet(const std::string& title) {
    std::string name = sheet_name(file_text(title));
    if (name.empty() || !names_.insert(name).second) name = "Sheet" + std::to_string(names_.size() + 1);
    names_.insert(name);
    return workbook_add_worksheet(book_, name.c_str());
}

void set_border(lxw_format* format, Border border) {
    if (border == Border::none) return;
    if (border == Border::all) return format_set_border(format, LXW_BORDER_THIN);
    format_set_left(format, LXW_BORDER_THIN);
    format_set_right(format, LXW_BORDER_THIN);
    if (border == Border::top) format_set_top(format, LXW_BORDER_THIN);
    if (border == Border::bottom) format_set_bottom(format, LXW_BORDER_THIN);
}

lxw_format* Book::format(const Style& style) {
    const auto known = formats_.find(style);
    if (known != formats_.end()) return known->second;
    constexpr lxw_color_t grey = 0x666666;
    constexpr lxw_color_t shade = 0xEEEEEE;
    lxw_format* format = workbook_add_format(book_);
    format_set_font_name(format, "宋体");
    format_set_font_size(format, style.size);
    format_set_text_wrap(format);
    format_set_align(format, static_cast<std::uint8_t>(style.across));
    format_set_align(format, static_cast<std::uint8_t>(style.down));
    set_border(format, style.border);
    if (style.bold) format_set_bold(format);
    if (style.grey) format_set_font_color(format, grey);
    if (style.shaded) format_set_bg_color(format, shade);
    if (!style.number.empty()) format_set_num_format(format, style.number.c_str());
    return formats_.emplace(style, format).first->second;
}

std::string Book::take() {
    lxw_workbook* book = std::exchange(book_, nullptr);
    if (workbook_close(book) != LXW_NO_ERROR) return {};
    return take_closed_zip();
}

// --- A sheet ------------------------------------------------------------------------------------------------------

class PaperSheet {
public:
    PaperSheet(Book& book, const LayoutTable& table)
        : book_(book),
          layout_(book.layout()),
          table_(table),
          sheet_(book.add_sheet(table.title.empty() ? layout_.title : table.title)),
          widths_(column_widths(layout_, table)) {}

    [[nodiscard]] Done write(bool with_foot);

private:
    void set_page();
    void write_title();
    void write_heads();
    void write_body();
    void write_foot();
    void write_blocks();
    void write_row(const PlacedRow& row, bool heading);
    void write_cell(const PlacedCell& placed, bool heading);
    [[nodiscard]] bool write_typed(const PlacedCell& placed, Style style);
    void set_height(const PlacedRow& row);
    [[nodiscard]] Style style_of(const PlacedCell& placed, bool heading) const;

    /// A text over all columns in a row of its own.
    void write_line(const std::string& text, const Style& style, double points);
    /// Texts beside each other.
    void write_parts(const LineParts& parts);
    void write_range(const ColumnRange& range, const std::string& text, const Style& style);
    void write_text(std::size_t column, const std::string& text, const Style& style);
    void merge(std::size_t rows, std::size_t first, std::size_t last, const Style& style);
    /// Lines that a text takes in so many millimetres.
    [[nodiscard]] static double lines_of(std::string_view text, double millimetres);
    [[nodiscard]] double width_of(std::size_t first, std::size_t columns) const;
    [[nodiscard]] lxw_col_t last_column() const { return static_cast<lxw_col_t>(widths_.size() - 1); }

    Book& book_;
    const Layout& layout_;
    const LayoutTable& table_;
    lxw_worksheet* sheet_;
    std::vector<double> widths_;
    lxw_row_t row_ = 0;
    lxw_row_t heads_end_ = 0;
    std::optional<Error> error_;
};

Done PaperSheet::write(bool with_foot) {
    set_page();
    write_title();
    write_heads();
    write_body();
    if (with_foot) write_foot();
    worksheet_print_area(sheet_, 0, 0, row_ - 1, last_column());
    if (error_) return tl::unexpected(*error_);
    return {};
}

void PaperSheet::set_page() {
    constexpr std::uint8_t a4 = 9;
    constexpr double margin = 12 * inches_per_millimetre;
    constexpr double foot_margin = 15 * inches_per_millimetre;
    worksheet_set_paper(sheet_, a4);
    layout_.portrait ? worksheet_set_portrait(sheet_) : worksheet_set_landscape(sheet_);
    worksheet_set_margins(sheet_, margin, margin, margin, foot_margin);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_center_horizontally(sheet_);
    const auto words = [this](std::string_view key) { return translate(layout_.language, key); };
    const std::string footer = "&C" + words("print.page_before") + "&P" + words("print.page_between") + "&N" +
                               words("print.page_after") + "&R" + layout_.code;
    worksheet_set_footer(sheet_, footer.c_str());
    for (std::size_t i = 0; i < widths_.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        const auto pixels = static_cast<std::uint32_t>(widths_[i] * pixels_per_millimetre);
        worksheet_set_column_pixels(sheet_, column, column, pixels, nullptr);
    }
}

void PaperSheet::write_title() {
    const Style centre{.size = 13, .across = LXW_ALIGN_CENTER, .border = Border::none};
    constexpr double heading_points = 20;
    constexpr double title_points = 32;
    constexpr double title_size = 20;
    constexpr double period_size = 11;
    if (!layout_.heading.empty()) write_line(layout_.heading, centre, heading_points);
    Style title = centre;
    title.size = title_size;
    title.bold = true;
    write_line(layout_.title, title, title_points * std::max(1.0, lines_of(layout_.title, page_width(layout_) / 2)));
    Style period = centre;
    period.size = period_size;
    if (!layout_.period.empty()) write_line(layout_.period, period, heading_points);
    period.across = LXW_ALIGN_LEFT;
    period.bold = true;
    if (!table_.title.empty()) write_line(table_.title, period, heading_points);
}

/// The head line and the columns' names stay in sight, and stand on every page.
void PaperSheet::write_heads() {
    const lxw_row_t first = row_;
    write_parts(line_parts(layout_, layout_.head_line, true));
    for (const PlacedRow& row : head_rows(table_)) write_row(row, true);
    heads_end_ = row_;
    worksheet_repeat_rows(sheet_, first, heads_end_ - 1);
    worksheet_freeze_panes(sheet_, heads_end_, 0);
}

void PaperSheet::write_body() {
    for (const PlacedRow& row : body_rows(table_)) write_row(row, false);
    if (table_.kind == LayoutTable::Kind::list && row_ > heads_end_)
        worksheet_autofilter(sheet_, heads_end_ - 1, 0, row_ - 1, last_column());
}

// --- Cells --------------------------------------------------------------------------------------------------------

Style PaperSheet::style_of(const PlacedCell& placed, bool heading) const {
    Style style;
    const LayoutCell::Kind kind = placed.cell.kind;
    const bool centred = heading || placed.is_name || layout_.shape == Layout::Shape::roster ||
                         (kind != LayoutCell::Kind::text && kind != LayoutCell::Kind::statement);
    const bool duty = table_.kind == LayoutTable::Kind::matrix && kind == LayoutCell::Kind::name;
    if (centred && !duty) style.across = LXW_ALIGN_CENTER;
    // A page may end anywhere in the rows that a name is merged over, and would cut what stands in their middle.
    if (placed.is_name && placed.cell.rows > 1) style.down = LXW_ALIGN_VERTICAL_TOP;
    style.bold = heading || kind == LayoutCell::Kind::missing;
    style.grey = kind == LayoutCell::Kind::pending;
    style.shaded = kind == LayoutCell::Kind::outside;
    return style;
}

void PaperSheet::write_row(const PlacedRow& row, bool heading) {
    for (const PlacedCell& placed : row.cells) {
        write_cell(placed, heading);
        if (error_) return;
    }
    set_height(row);
    ++row_;
}

void PaperSheet::write_cell(const PlacedCell& placed, bool heading) {
    if (placed.is_below) return;
    const LayoutCell& cell = placed.cell;
    const Style style = style_of(placed, heading);
    merge(cell.rows, placed.column, placed.column + cell.columns - 1, style);
    if (!write_typed(placed, style)) write_text(placed.column, cell.text(), style);
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : file_text(text)) {
        if (c != '"') out += c == '\n' ? ' ' : c;
    }
    return out + "\"";
}

std::string date_format(Language language, LayoutDate::Shown shown) {
    if (shown == LayoutDate::Shown::plain) return "yyyy-mm-dd";
    const bool is_month = shown == LayoutDate::Shown::month;
    if (language == Language::english) return is_month ? "yyyy-m" : "yyyy-m-d";
    return is_month ? "yyyy\"年\"m\"月\"" : "yyyy\"年\"m\"月\"d\"日\"";
}

/// A number or a date as one, shown as on paper.
bool PaperSheet::write_typed(const PlacedCell& placed, Style style) {
    const LayoutCell& cell = placed.cell;
    const auto column = static_cast<lxw_col_t>(placed.column);
    if (cell.paragraphs.size() != 1) return false;
    if (const auto* date = std::get_if<LayoutDate>(&cell.value)) {
        lxw_datetime day{};
        day.year = static_cast<int>(date->date.year());
        day.month = static_cast<int>(static_cast<unsigned>(date->date.month()));
        day.day = static_cast<int>(static_cast<unsigned>(date->date.day()));
        style.number = date_format(layout_.language, date->shown);
        return worksheet_write_datetime(sheet_, row_, column, &day, book_.format(style)) == LXW_NO_ERROR;
    }
    const auto* number = std::get_if<LayoutNumber>(&cell.value);
    if (number == nullptr) return false;
    if (!number->unit.empty()) style.number = "General" + in_quotes(number->unit);
    const double value = static_cast<double>(number->value.hundredths()) / 100.0;
    return worksheet_write_number(sheet_, row_, column, value, book_.format(style)) == LXW_NO_ERROR;
}

/// Always a text: never a formula, whatever it begins with.
void PaperSheet::write_text(std::size_t column, const std::string& text, const Style& style) {
    const std::string shown_text = cell_text(text);
    if (utf16_units(shown_text) > most_cell_units) {
        error_ = Error{"xlsx-cell-long", shown(text, "…"), {{"limit", static_cast<std::int64_t>(most_cell_units)}}};
        return;
    }
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), shown_text.c_str(), book_.format(style));
}

void PaperSheet::merge(std::size_t rows, std::size_t first, std::size_t last, const Style& style) {
    if (rows == 1 && first == last) return;
    worksheet_merge_range(sheet_, row_, static_cast<lxw_col_t>(first), row_ + static_cast<lxw_row_t>(rows) - 1,
                          static_cast<lxw_col_t>(last), "", book_.format(style));
}

double PaperSheet::width_of(std::size_t first, std::size_t columns) const {
    double width = 0;
    for (std::size_t i = first; i < first + columns; ++i) width += widths_[i];
    return width;
}

double PaperSheet::lines_of(std::string_view text, double millimetres) {
    const auto fit = static_cast<std::size_t>(std::max(1.0, millimetres / half_character_millimetres));
    std::size_t lines = 0;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        lines += std::max(std::size_t{1}, (half_characters(text.substr(from, end - from)) + fit - 1) / fit);
        from = end + 1;
    }
    return static_cast<double>(lines);
}

/// As high as on paper, or as the texts probably need: not every program looks for itself, and none at merged cells.
void PaperSheet::set_height(const PlacedRow& row) {
    constexpr double most_points = 409;  // Excel's limit; the text is whole all the same
    constexpr double padding_points = 3;
    double lines = 1;
    for (const PlacedCell& placed : row.cells) {
        if (placed.is_below || placed.cell.rows > 1) continue;
        lines = std::max(lines, lines_of(placed.cell.text(), width_of(placed.column, placed.cell.columns)));
    }
    const double points = std::max(row_points, lines * line_points + padding_points);
    worksheet_set_row(sheet_, row_, std::min(most_points, points), nullptr);
}

// --- Lines --------------------------------------------------------------------------------------------------------

void PaperSheet::write_line(const std::string& text, const Style& style, double points) {
    write_range({0, widths_.size() - 1}, text, style);
    worksheet_set_row(sheet_, row_++, points, nullptr);
}

void PaperSheet::write_range(const ColumnRange& range, const std::string& text, const Style& style) {
    merge(1, range.first, range.last, style);
    write_text(range.first, text, style);
}

void PaperSheet::write_parts(const LineParts& parts) {
    const auto ranges = partition(widths_, parts.shares);
    double lines = 1;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        Style style{.size = 10.5, .border = Border::none};
        std::string text = parts.texts[i];
        for (std::size_t j = ranges.size(); i + 1 == ranges.size() && j < parts.texts.size(); ++j)
            text += "\n" + parts.texts[j];
        if (parts.ends_right && i > 0 && i + 1 == ranges.size()) style.across = LXW_ALIGN_RIGHT;
        lines = std::max(lines, lines_of(text, width_of(ranges[i].first, ranges[i].last - ranges[i].first + 1)));
        write_range(ranges[i], text, style);
    }
    worksheet_set_row(sheet_, row_++, std::max(row_points, lines * line_points), nullptr);
}

void PaperSheet::write_foot() {
    const Style small{.size = 9, .border = Border::none};
    const auto write_small = [&](const std::string& text) {
        write_line(text, small, line_points * lines_of(text, page_width(layout_)));
    };
    const auto write_notes = [&] {
        for (const std::string& note : layout_.notes) write_small(note);
    };
    for (const std::string& rule : layout_.rules) write_small(rule);
    if (layout_.notes_first) write_notes();
    if (!layout_.contact.empty()) write_parts(line_parts(layout_, layout_.contact, false));
    write_blocks();
    if (!layout_.notes_first) write_notes();
}

/// The parties beside each other: name, the place for the seal, lines to sign on.
void PaperSheet::write_blocks() {
    if (layout_.blocks.empty()) return;
    const std::vector<double> shares(layout_.blocks.size(), 1.0);
    const auto ranges = partition(widths_, shares);
    std::size_t lines = 0;
    for (const LayoutBlock& block : layout_.blocks) lines = std::max(lines, block.lines.size());
    const auto write_all = [&](const Style& style, double points, const auto& text_of) {
        for (std::size_t i = 0; i < ranges.size(); ++i) write_range(ranges[i], text_of(layout_.blocks[i]), style);
        worksheet_set_row(sheet_, row_++, points, nullptr);
    };
    write_all({.bold = true, .border = Border::top}, row_points, [](const LayoutBlock& block) { return block.party; });
    write_all(
        {.size = 9, .grey = true, .across = LXW_ALIGN_CENTER, .border = lines == 0 ? Border::bottom : Border::sides},
        seal_points, [this](const LayoutBlock&) { return layout_.seal; });
    for (std::size_t line = 0; line < lines; ++line) {
        write_all(
            {.border = line + 1 == lines ? Border::bottom : Border::sides}, row_points,
            [line](const LayoutBlock& block) { return line < block.lines.size() ? block.lines[line] : std::string(); });
    }
}

}  // namespace

Result<std::string> write_xlsx(const Document& document, Date as_of, Privacy privacy) {
    const Layout layout = lay_out(document, as_of, privacy);
    Book book(layout);
    book.set_properties(seconds_of(document));
    for (std::size_t i = 0; i < layout.tables.size(); ++i) {
        if (const Done done = PaperSheet(book, layout.tables[i]).write(i == layout.foot_table()); !done)
            return tl::unexpected(done.error());
    }
    return book.take();
}

}  // namespace duibiao
