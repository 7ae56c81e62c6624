#include "exchange/csv.hpp"

#include <algorithm>
#include <array>

#include "core/limits.hpp"
#include "core/plain_text.hpp"
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

constexpr std::string_view stated_separator = "sep=";

/// A line that tells Excel the separator.
bool states_separator(std::string_view line) {
    return line.size() > stated_separator.size() &&
           std::equal(stated_separator.begin(), stated_separator.end(), line.begin(),
                      [](char known, char c) { return known == (c | 0x20) || known == c; });
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view tab = "\t";

/// Reads one row after the other.
class CsvReader {
public:
    CsvReader(std::string_view text, std::string_view separator, Quoting quoting, std::size_t line = 1)
        : text_(text),
          separator_(separator),
          is_copied_(quoting == Quoting::copied && separator == tab),
          is_sheet_(quoting == Quoting::sheet),
          has_carriage_returns_(text.ends_with("\r\n")),
          line_(line) {}

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
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

    Result<std::string> read_cell() {
        const std::size_t quote = rest().starts_with("=\"") ? 1 : 0;
        if (!rest().substr(quote).starts_with('"')) return read_plain();
        std::string cell;
        if (const std::size_t end = find_quoted(at_ + quote, cell); end != std::string_view::npos) {
            line_ += static_cast<std::size_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                                         text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
            at_ = end;
            if (is_sheet_) std::replace(cell.begin(), cell.end(), '\r', '\n');
            return as_text(std::move(cell));
        }
        const bool is_closed = text_.find('"', at_ + quote + 1) != std::string_view::npos;
        if (separator_ != tab && !is_closed) return fail("csv-quote", line_place(line_));
        return read_plain();
    }

    std::string read_plain() {
        const std::size_t start = at_;
        while (!at_end() && !ends_cell(at_)) ++at_;
        return std::string(text_.substr(start, at_ - start));
    }

    [[nodiscard]] bool ends_cell(std::size_t at) const {
        return text_[at] == '\n' || text_[at] == '\r' || text_.substr(at).starts_with(separator_);
    }

    /// The cell between the quote at `at` and the one that ends it: where the next cell's separator stands, or npos
    /// when this is no quoted cell.
    std::size_t find_quoted(std::size_t at, std::string& cell) const {
        for (++at; at < text_.size(); ++at) {
            if (text_[at] != '"') {
                cell += text_[at];
            } else if (text_.substr(at).starts_with("\"\"")) {
                cell += text_[at++];
            } else {
                break;
            }
        }
        if (at >= text_.size()) return std::string_view::npos;
        std::size_t end = at + 1;
        while (end < text_.size() && text_[end] == ' ') ++end;
        const bool is_whole = end >= text_.size() || ends_cell(end);
        return is_whole && may_be_quoted(cell) ? end : std::string_view::npos;
    }

    /// Excel puts no quotes around anything else, and ends rows with CR LF, but lines within a cell with LF.
    [[nodiscard]] bool may_be_quoted(std::string_view cell) const {
        if (!is_copied_) return true;
        const bool spans_rows = has_carriage_returns_ && cell.find("\r\n") != std::string_view::npos;
        return cell.find_first_of("\t\n\r") != std::string_view::npos && !spans_rows;
    }

    /// ="001", as systems write a text that Excel shall not take for a number.
    static std::string as_text(std::string cell) {
        const bool is_text = cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"') &&
                             std::count(cell.begin(), cell.end(), '"') == 2;
        return is_text ? cell.substr(2, cell.size() - 3) : cell;
    }

    bool take(std::string_view word) {
        if (at_end() || !rest().starts_with(word)) return false;
        at_ += word.size();
        return true;
    }

    void take_line_end() {
        const bool carriage_return = take("\r");
        const bool line_feed = take("\n");
        if (carriage_return || line_feed) ++line_;
    }

    std::string_view text_;
    std::string_view separator_;
    bool is_copied_;
    bool is_sheet_;
    bool has_carriage_returns_;
    std::size_t at_ = 0;
    std::size_t line_;
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

// ---- Separators ----

/// How often a separator stands in a line outside quotes.
struct SeparatorCounts {
    std::size_t tabs = 0;  ///< that separate: none in front of another separator or of the line's end
    std::size_t commas = 0;
    std::size_t semicolons = 0;
    std::size_t wide_commas = 0;
    friend bool operator==(const SeparatorCounts&, const SeparatorCounts&) = default;
};

constexpr std::string_view wide_comma = "，";

/// Length of a quoted cell at the start, 0 where it is none: where nothing ends it, or it goes on behind the quote.
std::size_t quoted_length(std::string_view text) {
    constexpr std::size_t longest = 100'000;
    text = text.substr(0, longest);
    std::size_t at = text.find('"', 1);
    while (at != std::string_view::npos && text.substr(at + 1).starts_with('"')) at = text.find('"', at + 2);
    if (at == std::string_view::npos) return 0;
    const std::string_view behind = text.substr(at + 1);
    const bool ends = behind.empty() || std::string_view(",;\t\r\n ").find(behind.front()) != std::string_view::npos ||
                      behind.starts_with(wide_comma);
    return ends ? at + 1 : 0;
}

/// Takes a line off the front; line ends within quoted cells are none.
SeparatorCounts take_counted_line(std::string_view& text) {
    SeparatorCounts counts;
    std::size_t at = 0;
    bool begins = true;  // a cell
    while (at < text.size() && text[at] != '\n') {
        const std::string_view rest = text.substr(at);
        if (const std::size_t quoted = begins && rest.starts_with('"') ? quoted_length(rest) : 0; quoted > 0) {
            at += quoted;
            begins = false;
            continue;
        }
        const char next = rest.size() > 1 ? rest[1] : '\n';
        const bool pads = next == ',' || next == ';' || next == '\n' || next == '\r';
        const bool is_wide = rest.starts_with(wide_comma);
        if (rest.front() == '\t' && !pads) ++counts.tabs;
        if (rest.front() == ',') ++counts.commas;
        if (rest.front() == ';') ++counts.semicolons;
        if (is_wide) ++counts.wide_commas;
        begins = is_wide || rest.front() == '\t' || rest.front() == ',' || rest.front() == ';';
        at += is_wide ? wide_comma.size() : 1;
    }
    text.remove_prefix(std::min(at + 1, text.size()));
    return counts;
}

std::string_view find_separator(std::string_view text) {
    constexpr std::size_t most_lines = 10;
    constexpr SeparatorCounts none;
    std::vector<SeparatorCounts> lines;
    std::size_t with_tabs = 0;
    std::size_t with_commas = 0;
    bool is_whole = true;  // no line without a separator below the first that has one
    while (!text.empty() && lines.size() < most_lines) {
        const std::string_view before = text;
        const SeparatorCounts counts = take_counted_line(text);
        if (counts == none) {  // a title above the head
            const bool is_empty = looks_empty(before.substr(0, before.size() - text.size()));
            is_whole = is_whole && (lines.empty() || is_empty);
            continue;
        }
        if (counts.tabs > 0) ++with_tabs;
        if (counts.commas > 0) ++with_commas;
        lines.push_back(counts);
    }
    if (with_tabs > 0 && with_tabs >= with_commas) return tab;
    if (lines.empty() || with_commas > 0 || with_tabs > 0 || !is_whole) return ",";
    // What else could stand within a text separates only when every line has it as often.
    const auto same = [&lines](std::size_t SeparatorCounts::*count) {
        return lines.front().*count > 0 && std::all_of(lines.begin(), lines.end(), [&](const SeparatorCounts& line) {
                   return line.*count == lines.front().*count;
               });
    };
    if (same(&SeparatorCounts::semicolons)) return ";";
    return same(&SeparatorCounts::wide_commas) ? wide_comma : ",";
}

/// What a first line "sep=;" says, which is taken off; nothing without one.
std::string_view take_stated_separator(std::string_view& text) {
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    if (!states_separator(line)) return {};
    const std::string_view separator = line.substr(stated_separator.size());
    // An export may put its own commas behind: "sep=;,,".
    const std::size_t length = separator.starts_with(wide_comma) ? wide_comma.size() : 1;
    if (separator.empty() || separator.front() == '"') return {};
    text.remove_prefix(line.size());
    if (text.starts_with('\r')) text.remove_prefix(1);
    if (text.starts_with('\n')) text.remove_prefix(1);
    return separator.substr(0, length);
}

/// Without a byte order mark in front and the Ctrl-Z that ends files of old systems.
std::string_view bare_text(std::string_view text) {
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    const std::size_t end = text.find_last_not_of("\x1A\r\n \t");
    const std::size_t tail = end == std::string_view::npos ? 0 : end + 1;
    return text.find('\x1A', tail) == std::string_view::npos ? text : text.substr(0, text.find('\x1A', tail));
}

void append_cell(std::string& out, std::string_view cell, char separator) {
    const bool formula = looks_like_formula(cell);
    // At the beginning of a file a byte order mark and "sep=;" would be taken for the file's own, at its end a Ctrl-Z.
    const bool quote = (separator == ',' && (cell.starts_with(byte_order_mark) || states_separator(cell))) ||
                       cell.find_first_of(separator == ',' ? "\",\r\n\t\x1A" : "\r\n\t") != std::string_view::npos;
    if (quote) out += '"';
    if (formula) out += '\'';
    for (const char c : cell) {
        if (quote && c == '"') out += '"';
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

Result<std::vector<CsvRow>> parse_csv(std::string_view text, Quoting quoting) {
    if (text.size() > limits::report_bytes) {
        return fail("file-large", {}, {{"limit", std::to_string(limits::report_bytes >> 20U) + " MiB"}});
    }
    if (const std::size_t line = find_bad_line(text); line > 0) return fail("text-encoding", line_place(line));
    if (quoting != Quoting::sheet) text = bare_text(text);
    const std::string_view stated = quoting == Quoting::sheet ? tab : take_stated_separator(text);
    const bool has_stated_line = !stated.empty() && quoting != Quoting::sheet;
    CsvReader reader(text, stated.empty() ? find_separator(text) : stated, quoting, has_stated_line ? 2 : 1);
    std::vector<CsvRow> rows;
    while (!reader.at_end()) {
        auto row = reader.read_row();
        if (!row) return tl::unexpected(std::move(row.error()));
        const bool empty = row->cells.size() == 1 && is_empty_cell(row->cells.front());
        if (!empty) rows.push_back(*std::move(row));
    }
    if (rows.empty()) return fail("csv-empty", line_place(1));
    return rows;
}

bool is_empty_cell(const std::string& cell) { return looks_empty(cell); }

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

CellBlock parse_block(std::string_view text) {
    CsvReader reader(text, tab, Quoting::copied);
    CellBlock block;
    while (!reader.at_end()) {
        auto row = reader.read_row();
        if (!row) break;  // between tabs nothing is refused
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
