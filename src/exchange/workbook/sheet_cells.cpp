#include "exchange/workbook/sheet_cells.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/limits.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/workbook/xml_events.hpp"

namespace duibiao {
namespace {

constexpr std::size_t last_sheet_row = 1'048'576;
constexpr std::size_t last_sheet_column = 16'384;
constexpr std::size_t most_sheet_cells = 4'000'000;
constexpr std::size_t most_covered_cells = 10'000'000;        ///< by merged cells, in all
constexpr std::size_t most_refused_cells = 8;                 ///< that are named
constexpr std::size_t most_known_widths = 256;                ///< of columns
constexpr std::size_t usual_width = 843;                      ///< of a column, in hundredths of a digit
constexpr std::size_t most_filled_rows = limits::rows + 100;  ///< with titles and heads

std::optional<CellPlace> read_place(std::string_view text) {
    constexpr std::size_t letters = 26;
    CellPlace place;
    while (!text.empty() && text.front() >= 'A' && text.front() <= 'Z' && place.column <= last_sheet_column) {
        place.column = place.column * letters + static_cast<std::size_t>(text.front() - 'A' + 1);
        text.remove_prefix(1);
    }
    const auto read = std::from_chars(text.data(), text.data() + text.size(), place.row);
    const bool is_whole = read.ec == std::errc{} && read.ptr == text.data() + text.size();
    const bool is_inside =
        place.column >= 1 && place.column <= last_sheet_column && place.row >= 1 && place.row <= last_sheet_row;
    return is_whole && is_inside ? std::optional(place) : std::nullopt;
}

std::string place_name(CellPlace place) {
    constexpr std::size_t letters = 26;
    std::string name;
    for (std::size_t column = place.column; column > 0; column = (column - 1) / letters)
        name.insert(name.begin(), static_cast<char>('A' + (column - 1) % letters));
    return name + std::to_string(place.row);
}

std::optional<std::size_t> read_count(std::string_view text) {
    std::size_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} && read.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

bool is_bare(const SheetRow& row) { return row.cells.empty(); }

/// Takes the events of a sheet's part.
class SheetReading {
public:
    SheetReading(const WorkbookParts& parts, std::size_t most, Sheet& sheet)
        : parts_(parts), most_(most), room_(most), sheet_(sheet) {}

    void start(std::string_view name, const XmlAttributes& attributes);
    void end(std::string_view name);
    void text(std::string_view more) {
        if (is_in_text_ && above_ == 0) value_ += more;
        if (is_in_formula_ && formula_.size() < longest_formula_start) formula_ += more;
    }

    /// The rows as a table's text.
    void write();
    /// The cells, before they are written.
    [[nodiscard]] SheetGrid grid() const {
        SheetGrid grid{rows_, merged_, sums_, widths_};
        if (!grid.rows.empty() && grid.rows.back().cells.empty()) grid.rows.pop_back();
        return grid;
    }
    [[nodiscard]] bool is_broken() const { return is_broken_; }
    [[nodiscard]] bool is_large() const { return is_large_; }

private:
    void start_row(const XmlAttributes& attributes);
    void start_cell(const XmlAttributes& attributes);
    void start_merged(const XmlAttributes& attributes);
    void start_widths(const XmlAttributes& attributes);
    void end_cell();
    [[nodiscard]] std::string shown_number();
    void refuse(std::string_view code);
    void cover();
    void cover_rows(CellPlace first, std::size_t last_row);
    [[nodiscard]] bool takes_room(std::size_t bytes);
    [[nodiscard]] std::string line_of(const SheetRow& row) const;

    const WorkbookParts& parts_;
    std::size_t most_;  ///< bytes of text
    std::size_t room_;  ///< of them for more cells
    Sheet& sheet_;
    std::vector<SheetRow> rows_;
    static constexpr std::size_t longest_formula_start = 16;

    std::vector<std::pair<CellPlace, CellPlace>> merged_;
    std::vector<CellPlace> sums_;
    std::vector<std::size_t> widths_;
    CellPlace place_;
    std::string formula_;  ///< its first letters
    std::string type_;
    std::string value_;
    std::size_t style_ = 0;
    std::size_t cells_ = 0;
    std::size_t filled_rows_ = 0;
    std::size_t covered_ = 0;
    std::size_t above_ = 0;  ///< elements around that say how characters are spoken
    bool has_formula_ = false;
    bool has_value_ = false;
    bool is_in_text_ = false;
    bool is_in_formula_ = false;
    bool is_broken_ = false;
    bool is_large_ = false;
};

void SheetReading::start(std::string_view name, const XmlAttributes& attributes) {
    if (is_broken_) return;
    if (name == "row") start_row(attributes);
    if (name == "c") start_cell(attributes);
    if (name == "f") has_formula_ = is_in_formula_ = true;
    if (name == "col") start_widths(attributes);
    if (name == "rPh") ++above_;
    if (name == "v" || name == "t") has_value_ = is_in_text_ = true;
    if (name == "mergeCell") start_merged(attributes);
}

void SheetReading::end(std::string_view name) {
    if (is_broken_) return;
    if (name == "v" || name == "t") is_in_text_ = false;
    if (name == "f") is_in_formula_ = false;
    if (name == "rPh") --above_;
    if (name == "c") end_cell();
}

/// One element for columns that are alike.
void SheetReading::start_widths(const XmlAttributes& attributes) {
    const std::size_t last = std::min(read_count(attributes["max"]).value_or(0), most_known_widths);
    const std::string_view text = attributes["width"];
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::size_t whole = read_count(text.substr(0, point)).value_or(0);
    if (whole > 1'000) return;
    const std::string_view decimals = text.substr(std::min(point + 1, text.size()));
    const std::size_t tenths = decimals.empty() ? 0 : read_count(decimals.substr(0, 1)).value_or(0);
    const std::size_t first = read_count(attributes["min"]).value_or(1);
    if (first > 1 && widths_.size() + 1 < first) widths_.resize(std::min(first - 1, most_known_widths), usual_width);
    if (widths_.size() < last) widths_.resize(last, 100 * whole + 10 * tenths);
}

void SheetReading::start_row(const XmlAttributes& attributes) {
    const std::string_view number = attributes["r"];
    const auto given = number.empty() ? std::optional(place_.row + 1) : read_count(number);
    is_broken_ = !given || *given <= place_.row || *given > last_sheet_row;
    if (is_broken_) return;
    place_ = {*given, 0};
    if (rows_.empty() || !is_bare(rows_.back())) rows_.emplace_back();
    rows_.back().number = place_.row;
    rows_.back().is_hidden = attributes.is_on("hidden");
}

void SheetReading::start_cell(const XmlAttributes& attributes) {
    const std::string_view reference = attributes["r"];
    const auto place =
        reference.empty() ? std::optional(CellPlace{place_.row, place_.column + 1}) : read_place(reference);
    is_broken_ = !place || place->row != place_.row || place->column <= place_.column ||
                 place->column > last_sheet_column || rows_.empty();
    if (is_broken_) return;
    place_ = *place;
    type_ = attributes["t"];
    style_ = read_count(attributes["s"]).value_or(0);
    value_.clear();
    formula_.clear();
    has_formula_ = has_value_ = is_in_text_ = false;
}

void SheetReading::start_merged(const XmlAttributes& attributes) {
    const std::string_view range = attributes["ref"];
    const std::size_t colon = std::min(range.find(':'), range.size());
    const auto first = read_place(range.substr(0, colon));
    const auto last = read_place(range.substr(std::min(colon + 1, range.size())));
    if (first && last && last->row >= first->row && last->column >= first->column) merged_.emplace_back(*first, *last);
}

/// What the cell shows, if anything.
void SheetReading::end_cell() {
    const bool is_counted = type_ == "str" ? has_value_ : !value_.empty();  // a text may have none
    if (has_formula_ && formula_.starts_with("SUM(")) sums_.push_back(place_);
    if (has_formula_ && !is_counted) return refuse("cells-uncounted");
    if (type_ == "e") return refuse("cells-wrong");
    std::string shown;
    if (type_ == "s") {
        const auto index = read_count(value_);
        is_broken_ = !index || *index >= parts_.texts.size();
        if (!is_broken_) shown = parts_.texts[*index];
    } else if (type_ == "b") {
        shown = value_ == "1" || value_ == "true" ? "TRUE" : "FALSE";
    } else if (type_ == "str" || type_ == "inlineStr" || type_ == "d") {
        shown = unescaped_text(value_);
    } else {
        shown = shown_number();
    }
    if (looks_empty(shown)) return;
    std::vector<SheetCell>& cells = rows_.back().cells;
    if (cells.empty() && ++filled_rows_ > most_filled_rows) {
        if (filled_rows_ == most_filled_rows + 1) refuse("rows-many");
        return;  // the row stays bare, and the next takes its place
    }
    is_large_ = is_large_ || !takes_room(shown.size() + 1) || ++cells_ > most_sheet_cells;
    if (is_large_) is_broken_ = true;
    if (!is_broken_) cells.push_back({place_.column, std::move(shown)});
}

std::string SheetReading::shown_number() {
    if (looks_empty(value_)) return {};
    const NumberFormat format = style_ < parts_.formats.size() ? parts_.formats[style_] : NumberFormat{};
    auto shown = format.show(value_, parts_.dates);
    if (!shown) refuse("cells-digits");
    return shown.value_or(std::string{});
}

void SheetReading::refuse(std::string_view code) {
    auto known = std::find_if(sheet_.refusals.begin(), sheet_.refusals.end(),
                              [code](const SheetRefusal& one) { return one.code == code; });
    if (known == sheet_.refusals.end()) known = sheet_.refusals.insert(known, {std::string(code), {}, 0});
    ++known->count;
    if (known->cells.size() < most_refused_cells) known->cells.push_back(place_name(place_));
}

bool SheetReading::takes_room(std::size_t bytes) {
    if (bytes > room_) return false;
    room_ -= bytes;
    return true;
}

/// Each row that a merged cell covers is a line of the table: its text stands there, too.
void SheetReading::cover() {
    for (const auto& [first, last] : merged_) {
        if (last.row > first.row) cover_rows(first, last.row);
    }
}

void SheetReading::cover_rows(CellPlace first, std::size_t last_row) {
    const auto before = [](const SheetRow& row, std::size_t number) { return row.number < number; };
    auto row = std::lower_bound(rows_.begin(), rows_.end(), first.row, before);
    if (row == rows_.end() || row->number != first.row) return;
    const auto at = [&first](SheetRow& one) {
        return std::lower_bound(one.cells.begin(), one.cells.end(), first.column,
                                [](const SheetCell& cell, std::size_t column) { return cell.column < column; });
    };
    const auto source = at(*row);
    if (source == row->cells.end() || source->column != first.column) return;
    const std::string text = source->text;
    for (++row; row != rows_.end() && row->number <= last_row && !is_large_; ++row) {
        const auto place = at(*row);
        is_large_ = ++covered_ > most_covered_cells;
        if (is_bare(*row) || (place != row->cells.end() && place->column == first.column)) continue;
        is_large_ = is_large_ || !takes_room(text.size() + 1);
        row->cells.insert(place, {first.column, text});
    }
}

std::string SheetReading::line_of(const SheetRow& row) const {
    std::string line;
    std::size_t column = 1;
    for (const SheetCell& cell : row.cells) {
        line.append(cell.column - column, '\t');
        column = cell.column;
        const bool is_quoted = cell.text.find_first_of("\t\r\n") != std::string::npos || cell.text.starts_with('"');
        if (is_quoted) line += '"';
        for (const char c : cell.text) {
            if (c == '"' && is_quoted) line += '"';
            line += c == '\n' ? '\r' : c;  // so that a line of the text is a row of the sheet
        }
        if (is_quoted) line += '"';
    }
    return line;
}

void SheetReading::write() {
    if (!rows_.empty() && is_bare(rows_.back())) rows_.pop_back();
    cover();
    std::size_t line = 1;
    for (const SheetRow& row : rows_) {
        if (is_large_) return;
        if (row.is_hidden) ++sheet_.hidden_rows;
        sheet_.text.append(row.number - line, '\n');
        line = row.number;
        sheet_.text += line_of(row);
        is_large_ = sheet_.text.size() > most_;
    }
    if (!rows_.empty()) sheet_.text += '\n';
}

}  // namespace

std::string unescaped_text(std::string_view text) {
    constexpr std::size_t length = 7;  // _xHHHH_
    constexpr int base = 16;
    std::string plain;
    if (text.find("_x") == std::string_view::npos) return clean_text(text);
    while (!text.empty()) {
        const std::string_view start = text.substr(0, length);
        unsigned unit = 0;
        const bool is_framed = start.size() == length && start.starts_with("_x") && start.ends_with('_');
        const auto read = is_framed ? std::from_chars(start.data() + 2, start.data() + length - 1, unit, base)
                                    : std::from_chars_result{start.data(), std::errc::invalid_argument};
        const bool is_whole = read.ec == std::errc{} && read.ptr == start.data() + length - 1;
        const bool is_character = is_whole && unit != 0 && (unit < 0xD800U || unit > 0xDFFFU);
        if (is_character) append_character(plain, unit);
        if (!is_character) plain += text.front();
        text.remove_prefix(is_character ? length : 1);
    }
    return clean_text(plain);
}

namespace {

bool read_cells_of(std::string_view xml, SheetReading& reading) {
    return read_xml(
        xml, {[&reading](std::string_view name, const XmlAttributes& attributes) { reading.start(name, attributes); },
              [&reading](std::string_view name) { reading.end(name); },
              [&reading](std::string_view text) { reading.text(text); }});
}

}  // namespace

bool read_sheet(std::string_view xml, const WorkbookParts& parts, std::size_t most, Sheet& sheet, bool& is_large) {
    SheetReading reading(parts, most, sheet);
    const bool is_xml = read_cells_of(xml, reading);
    if (is_xml && !reading.is_broken()) reading.write();
    is_large = reading.is_large();
    return is_xml && !reading.is_broken() && !is_large;
}

bool read_sheet(std::string_view xml, const WorkbookParts& parts, std::size_t most, Sheet& sheet, bool& is_large,
                SheetGrid& grid) {
    SheetReading reading(parts, most, sheet);
    const bool is_xml = read_cells_of(xml, reading);
    if (is_xml && !reading.is_broken()) grid = reading.grid();
    is_large = reading.is_large();
    return is_xml && !reading.is_broken() && !is_large;
}

}  // namespace duibiao
