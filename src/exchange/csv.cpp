#include "exchange/csv.hpp"

#include <algorithm>
#include <array>

#include "core/limits.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

/// A plain number such as -3.5 is not a formula.
bool is_plain_number(std::string_view cell) {
    if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
    const std::size_t point = std::min(cell.find('.'), cell.size());
    const std::string_view whole = cell.substr(0, point);
    const std::string_view decimals = cell.substr(std::min(point + 1, cell.size()));
    const auto digits = [](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    return digits(whole) && (point == cell.size() || digits(decimals));
}

/// Apostrophes in front do not count: the guard of a guarded cell is one more.
bool looks_like_formula(std::string_view cell) {
    cell.remove_prefix(std::min(cell.find_first_not_of('\''), cell.size()));
    constexpr std::array<std::string_view, 10> starts{"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    const auto starts_cell = [cell](std::string_view start) { return cell.starts_with(start); };
    return std::any_of(starts.begin(), starts.end(), starts_cell) && !is_plain_number(cell);
}

/// Without the apostrophe that append_cell put in front of a formula.
std::string without_guard(std::string cell) {
    if (cell.starts_with('\'') && looks_like_formula(cell)) cell.erase(0, 1);
    return cell;
}

/// Reads one row after the other.
class CsvReader {
public:
    CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }

    Result<CsvRow> read_row() {
        CsvRow row;
        row.line = line_;
        do {
            auto cell = read_cell();
            if (!cell) return tl::unexpected(std::move(cell.error()));
            row.cells.push_back(without_guard(*std::move(cell)));
        } while (take(separator_));
        take_line_end();
        return row;
    }

private:
    Result<std::string> read_cell() { return !at_end() && text_[at_] == '"' ? read_quoted() : read_plain(); }

    Result<std::string> read_plain() {
        const std::size_t start = at_;
        while (!at_end() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
        return std::string(text_.substr(start, at_ - start));
    }

    /// What stands between the closing quote and the next separator is kept, as spreadsheets do.
    Result<std::string> read_quoted() {
        const std::size_t start_line = line_;
        std::string cell;
        for (++at_; !at_end(); ++at_) {
            const char c = text_[at_];
            if (c == '\n') ++line_;
            if (c != '"') {
                cell += c;
            } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
                cell += c;
                ++at_;
            } else {
                ++at_;
                return cell + *read_plain();
            }
        }
        return fail("csv-quote", "line " + std::to_string(start_line));
    }

    bool take(char c) {
        if (at_end() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    void take_line_end() {
        const bool carriage_return = take('\r');
        const bool line_feed = take('\n');
        if (carriage_return || line_feed) ++line_;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

/// Number of the first line that is not UTF-8; 0 when all are.
std::size_t find_bad_line(std::string_view text) {
    if (is_utf8(text)) return 0;
    std::size_t line = 1;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n'), ++line) {
        if (!is_utf8(text.substr(0, end))) return line;
        text.remove_prefix(end + 1);
    }
    return line;
}

/// The tab when the first row has one outside quotes, else the comma.
char find_separator(std::string_view text) {
    bool quoted = false;
    for (const char c : text) {
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '\t') return '\t';
        if (c == '\n' || c == '\r') break;
    }
    return ',';
}

std::string_view without_bom(std::string_view text) {
    constexpr std::string_view bom = "\xEF\xBB\xBF";
    return text.starts_with(bom) ? text.substr(bom.size()) : text;
}

void append_cell(std::string& out, std::string_view cell, char separator) {
    const bool formula = looks_like_formula(cell);
    // At the beginning of a file a byte order mark would be taken for the file's own.
    const bool quote = cell.starts_with("\xEF\xBB\xBF") ||
                       cell.find_first_of(separator == ',' ? "\",\r\n\t" : "\"\r\n\t") != std::string_view::npos;
    if (quote) out += '"';
    if (formula) out += '\'';
    for (const char c : cell) {
        if (c == '"') out += '"';
        out += c;
    }
    if (quote) out += '"';
}

void append_row(std::string& out, const std::vector<std::string>& cells, char separator) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += separator;
        append_cell(out, cells[i], separator);
    }
}

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text) {
    if (text.size() > limits::report_bytes) {
        return fail("file-large", {}, {{"limit", std::to_string(limits::report_bytes >> 20U) + " MiB"}});
    }
    if (const std::size_t line = find_bad_line(text); line > 0) {
        return fail("text-encoding", "line " + std::to_string(line));
    }
    text = without_bom(text);
    CsvReader reader(text, find_separator(text));
    std::vector<CsvRow> rows;
    while (!reader.at_end()) {
        auto row = reader.read_row();
        if (!row) return tl::unexpected(std::move(row.error()));
        const bool empty = row->cells.size() == 1 && trim(row->cells.front()).empty();
        if (!empty) rows.push_back(*std::move(row));
    }
    if (rows.empty()) return fail("csv-empty", "line 1");
    return rows;
}

bool is_empty_cell(const std::string& cell) { return trim(cell).empty(); }

bool is_empty_row(const CsvRow& row) { return std::all_of(row.cells.begin(), row.cells.end(), is_empty_cell); }

std::size_t named_columns(const CsvRow& head) {
    std::size_t count = head.cells.size();
    while (count > 0 && is_empty_cell(head.cells[count - 1])) --count;
    return count;
}

std::string line_place(std::size_t line) { return "line " + std::to_string(line); }

void append_csv_row(std::string& out, const std::vector<std::string>& cells) {
    append_row(out, cells, ',');
    out += "\r\n";
}

Result<CellBlock> parse_block(std::string_view text) {
    CsvReader reader(text, '\t');
    CellBlock block;
    while (!reader.at_end()) {
        auto row = reader.read_row();
        if (!row) return tl::unexpected(std::move(row.error()));
        block.push_back(std::move(row->cells));
    }
    return block;
}

std::string write_block(const CellBlock& block) {
    std::string text;
    for (const auto& row : block) {
        append_row(text, row, '\t');
        if (block.size() > 1) text += '\n';
    }
    return text;
}

}  // namespace duibiao
