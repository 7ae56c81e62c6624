#include "exchange/fill.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "core/answer.hpp"
#include "core/cell.hpp"
#include "core/date_text.hpp"
#include "core/limits.hpp"
#include "core/name_key.hpp"
#include "core/plain_text.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "core/value.hpp"
#include "exchange/ballot_table.hpp"
#include "exchange/csv.hpp"
#include "exchange/evidence/evidence_table.hpp"
#include "exchange/fill_appraisal.hpp"
#include "exchange/fill_long.hpp"
#include "exchange/keyed_rows.hpp"
#include "exchange/messages.hpp"

namespace duibiao {
namespace {

using Errors = std::vector<Error>;

// --- The head -----------------------------------------------------------------------------------------------------

enum class Column : std::uint8_t { item, score, value, note, explanation };

struct ColumnName {
    Column column;
    std::string_view name;
    std::string_view chinese;
};
constexpr std::array<ColumnName, 5> column_names{{{Column::item, "item", "编号"},
                                                  {Column::score, "score", "得分"},
                                                  {Column::value, "value", "情况记录"},
                                                  {Column::note, "note", "落实情况"},
                                                  {Column::explanation, "explanation", "说明"}}};

/// Which cell of a row holds what. Forms that are not scored have fields of their own, under their ids or labels.
struct Head {
    std::map<Column, std::size_t> cells;
    std::map<std::string, std::size_t> fields;  ///< by id
    std::size_t count = 0;
};

/// Id of the field of any item that has this id or label.
std::string find_item_field(const Instrument& instrument, std::string_view name) {
    if (instrument.is_scored()) return {};
    for (const Instrument::Place& place : instrument.order) {
        for (const AnswerField& field : instrument.criterion(place).fields) {
            if (field.id == name || label_key(field.label) == name) return field.id;
        }
    }
    return {};
}

/// Columns in which a table, such as a template, only tells what the form asks.
bool tells_item(const Instrument& instrument, std::string_view name) {
    const Language language = language_of(instrument);
    const std::array<std::string_view, 4> told{instrument.columns.section, instrument.columns.criterion,
                                               label(language, "csv.points"), label(language, "csv.group")};
    return !name.empty() &&
           std::any_of(told.begin(), told.end(), [name](std::string_view one) { return head_key(one) == name; });
}

std::optional<Head> read_head(const Instrument& instrument, const CsvRow& row) {
    // The form's own name for the column, 备注.
    const std::string note = label_key(instrument.columns.note);
    const auto is_note = [&note](const ColumnName& name, std::string_view cell) {
        return name.column == Column::note && !cell.empty() && cell == note;
    };
    Head head;
    head.count = named_columns(row);
    for (std::size_t i = 0; i < head.count; ++i) {
        const std::string cell = head_key(row.cells[i]);
        const auto known = std::find_if(std::begin(column_names), std::end(column_names), [&](const ColumnName& name) {
            return cell == name.name || cell == name.chinese || is_note(name, cell);
        });
        const std::string field = find_item_field(instrument, cell);
        if (field.empty() && known == std::end(column_names) && tells_item(instrument, cell)) continue;
        const bool taken = field.empty()
                               ? known != std::end(column_names) && head.cells.emplace(known->column, i).second
                               : head.fields.emplace(field, i).second;
        if (!taken) return std::nullopt;
    }
    const bool has_answers = head.cells.size() + head.fields.size() > 1;
    return head.cells.contains(Column::item) && has_answers ? std::optional(head) : std::nullopt;
}

std::string_view cell_of(const CsvRow& row, const Head& head, Column column) {
    const auto at = head.cells.find(column);
    return at == head.cells.end() ? std::string_view() : trim(row.cells[at->second]);
}

/// An item's id as the form has it: "1.1.1、" and "'1.1.1" and "1。1。1" are 1.1.1.
std::string plain_id(std::string_view text) {
    constexpr std::array<std::string_view, 4> ends{".", "、", ":", ","};
    constexpr std::string_view full_stop = "。";
    std::string id = plain_text(text);
    if (id.starts_with('\'')) id.erase(0, 1);
    for (std::size_t at = id.find(full_stop); at != std::string::npos; at = id.find(full_stop))
        id.replace(at, full_stop.size(), ".");
    for (const std::string_view end : ends) {
        if (id.ends_with(end)) id.resize(id.size() - end.size());
    }
    return id;
}

/// Where the columns of the form's table stand.
struct TableHead {
    std::vector<std::optional<std::size_t>> columns;  ///< by the form's column; none where the head does not name it
    std::vector<std::size_t> unnamed;                 ///< under which nothing may stand
    std::optional<std::size_t> number;                ///< 序号
    std::size_t count = 0;
};

// --- What a row answers -------------------------------------------------------------------------------------------

struct Answer {
    Target target;
    std::string_view text;
};

struct Cells {
    std::string_view item;
    std::string_view score;
    std::string_view note;
    std::string_view explanation;
};

/// Answers that belong to no item: "header.date", "duties.SET", "steps.STEP". Their value stands in the note, else in
/// the score.
constexpr std::array<std::string_view, 3> parts_beside{"header", "duties", steps_item};

std::optional<Target> target_beside(std::string_view item, Layer layer) {
    for (const std::string_view part : parts_beside) {
        if (item.starts_with(part) && item.substr(part.size()).starts_with('.')) {
            return Target{layer, std::string(part), std::string(item.substr(part.size() + 1))};
        }
    }
    return std::nullopt;
}

bool is_serial_date(const AnswerField& column, std::string_view cell) {
    using Type = AnswerField::Type;
    return (column.type == Type::date || column.type == Type::month) && serial_date(cell).has_value();
}

/// Answers of one row, empty ones too. What does not belong to the item is refused later, by check_value.
std::vector<Answer> answers_of(const Instrument& instrument, const Cells& cells, Layer layer) {
    if (auto target = target_beside(cells.item, layer)) {
        return {{*std::move(target), cells.note.empty() ? cells.score : cells.note}};
    }
    const std::string item(cells.item);
    std::string_view figure = "score";
    if (instrument.find_measure(item) != nullptr || !instrument.is_scored()) figure = "value";
    if (instrument.find_veto(item) != nullptr) figure = "set";
    return {{{layer, item, std::string(figure)}, cells.score},
            {{layer, item, "note"}, cells.note},
            {{layer, item, "explanation"}, cells.explanation}};
}

bool is_known(const Instrument& instrument, std::string_view item) {
    if (target_beside(item, Layer::self)) return true;
    return instrument.find_criterion(item) != nullptr || instrument.find_measure(item) != nullptr ||
           instrument.find_veto(item) != nullptr;
}

// --- Filling ------------------------------------------------------------------------------------------------------

class Filling {
public:
    Filling(const Document& document, Layer layer, const Author& author)
        : document_(document), keyed_(document), layer_(layer), author_(author), batch_("fill-" + author.session) {}

    void fill_row(const CsvRow& row, const Head& head) {
        if (is_empty_row(row)) return;
        line_ = row.line;
        if (!fits(row, head.count)) return;
        const bool has_score = head.cells.contains(Column::score);
        const std::string item = plain_id(cell_of(row, head, Column::item));
        Cells cells{item, cell_of(row, head, has_score ? Column::score : Column::value),
                    cell_of(row, head, Column::note), cell_of(row, head, Column::explanation)};
        const bool beside = target_beside(cells.item, layer_).has_value();
        const auto value = head.fields.find("value");
        if (beside && value != head.fields.end()) cells.score = trim(row.cells[value->second]);
        if (!is_known(instrument(), cells.item)) return refuse("item-unknown", {{"item", item}});
        const auto [first, is_new] = lines_.emplace(cells.item, row.line);
        if (!is_new) {
            return refuse("item-doubled", {{"item", item}, {"first", static_cast<std::int64_t>(first->second)}});
        }
        for (const Answer& answer : answers_of(instrument(), cells, layer_)) {
            if (!answer.text.empty()) write(answer);
        }
        if (beside) return;
        for (const auto& [field, at] : head.fields) {
            const std::string_view text = trim(row.cells[at]);
            if (!text.empty()) write({{layer_, std::string(cells.item), field}, text});
        }
    }

    /// One line of a table becomes one row after the others, or the new cells of the row with the same key.
    void add_row(const CsvRow& row, const TableHead& head) {
        if (is_empty_row(row)) return;
        line_ = row.line;
        // Fewer cells are empty ones; a cell too many is a comma too many, and what follows it stands one too far.
        if (row.cells.size() > head.count && !fits(row, head.count)) return;
        if (is_beside_data(row, head)) return;
        for (const std::size_t at : head.unnamed) {
            if (at >= row.cells.size() || is_empty_cell(row.cells[at])) continue;
            return refuse("column-unnamed", {{"text", shown(trim(row.cells[at]))}});
        }
        std::vector<std::string> cells;
        for (const auto& at : head.columns) {
            std::string cell = at && *at < row.cells.size() ? row.cells[*at] : std::string{};
            std::replace(cell.begin(), cell.end(), '\t', ' ');
            if (is_serial_date(instrument().table.columns[cells.size()], cell)) ++serial_dates_;
            cells.push_back(std::move(cell));
        }
        const auto& grouped = instrument().table.grouped;
        if (grouped && is_empty_cell(cells[*grouped])) cells[*grouped] = group_;
        const RowView* known = keyed_.find(cells);
        if (known != nullptr && !take_line(std::string(known->id))) return;
        if (known != nullptr && !keyed_.complete(cells, *known)) return;
        const std::string id =
            known == nullptr ? next_row_id(document_, author_, edits_.size()) : std::string(known->id);
        const Target target{layer_, id, "cells"};
        auto edit = make_edit(document_, author_, target, join_row(cells), batch_, edits_.size());
        if (!edit) return refuse(without_item(edit.error()), target);
        edits_.push_back(*std::move(edit));
    }

    tl::expected<Filled, Errors> finish() && {
        if (!errors_.empty()) return tl::unexpected(std::move(errors_));
        Filled filled{document_, static_cast<int>(edits_.size())};
        filled.serial_dates = serial_dates_;
        if (auto done = apply_all(filled.document, std::move(edits_)); !done) {
            return tl::unexpected(Errors{std::move(done.error())});
        }
        return close_steps(std::move(filled), steps_, author_);
    }

private:
    [[nodiscard]] const Instrument& instrument() const { return *document_.instrument; }

    /// One line speaks of one row that was there.
    bool take_line(const std::string& row) {
        const auto [first, is_new] = lines_.emplace(row, line_);
        if (!is_new) refuse("line-doubled", {{"first", static_cast<std::int64_t>(first->second)}});
        return is_new;
    }

    /// What a printed table of such a form has besides its rows: headings of groups, the example, sums, numbered rows
    /// with nothing in them.
    bool is_beside_data(const CsvRow& row, const TableHead& head) {
        const Table& table = instrument().table;
        if (!table.grouped && table.example.empty() && table.foot.figures.empty()) return false;
        const std::string number =
            head.number && *head.number < row.cells.size() ? plain_text(row.cells[*head.number]) : std::string();
        std::string only;  // the one text of the row, perhaps over all its cells
        bool is_one = true;
        bool has_more = false;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (is_empty_cell(row.cells[i])) continue;
            const std::string text = plain_text(row.cells[i]);
            is_one = is_one && (only.empty() || only == text);
            if (only.empty()) only = text;
            has_more = has_more || i != head.number;
        }
        // A row that says more than 合计 and figures is data, whatever its text begins with.
        const auto is_sum = [&](std::string_view word) {
            return !word.empty() && (only == word || (is_one && only.starts_with(word)));
        };
        if (number == "例" || is_sum("合计") || is_sum("总计") || is_sum(table.foot.label)) return true;
        if (!has_more && !number.empty() && std::all_of(number.begin(), number.end(), is_digit)) return true;
        if (!table.grouped || !is_one) return false;
        for (const std::string& group : table.columns[*table.grouped].options) {
            if (plain_text(group) != only) continue;
            group_ = group;
            return true;
        }
        return false;
    }

    void refuse(std::string code, Params params) {
        errors_.push_back({std::move(code), line_place(line_), std::move(params)});
    }

    /// Rows are known by their line.
    static Error without_item(Error error) {
        error.params.insert_or_assign("item", std::string{});
        return error;
    }

    void refuse(Error error, const Target& target) {
        error.place = line_place(line_);
        error.params.try_emplace("item", target.item);
        errors_.push_back(std::move(error));
    }

    /// As many cells as the head; spreadsheets may add empty ones.
    bool fits(const CsvRow& row, std::size_t columns) {
        if (row.cells.size() >= columns &&
            std::all_of(row.cells.begin() + static_cast<std::ptrdiff_t>(columns), row.cells.end(), is_empty_cell))
            return true;
        refuse("csv-columns", {{"expected", static_cast<std::int64_t>(columns)},
                               {"count", static_cast<std::int64_t>(row.cells.size())}});
        return false;
    }

    void write(const Answer& answer) {
        const auto value = parse_value(instrument(), answer.target, answer.text);
        if (!value) return refuse(value.error(), answer.target);
        if (answer.target.item == steps_item) {
            steps_.push_back({line_, answer.target.field, *value == Value{true}});
            return;
        }
        if (*value == document_.answer(answer.target)) return;
        auto edit = make_edit(document_, author_, answer.target, *value, batch_, edits_.size());
        if (!edit) return refuse(edit.error(), answer.target);
        edits_.push_back(*std::move(edit));
    }

    const Document& document_;
    KeyedRows keyed_;
    std::vector<Edit> edits_;      ///< applied when all is read: every target stands in the table once
    std::vector<StepLine> steps_;  ///< closed after that
    Layer layer_;
    const Author& author_;
    std::string batch_;
    Errors errors_;
    std::size_t line_ = 0;
    std::string group_;  ///< whose rows are being read
    int serial_dates_ = 0;
    std::map<std::string, std::size_t, std::less<>> lines_;  ///< where an item was met first
};

/// Which column is unknown, doubled or missing otherwise.
Result<TableHead> read_table_head(const Table& table, const CsvRow& row) {
    TableHead head;
    head.count = named_columns(row);
    head.columns.resize(table.columns.size());
    for (std::size_t i = 0; i < head.count; ++i) {
        const std::string name = plain_text(row.cells[i]);
        if (name.empty()) head.unnamed.push_back(i);
        if (is_row_number(name)) head.number = i;
        if (name.empty() || is_row_number(name)) continue;
        const auto known = table.find_named_column(name);
        if (!known) return fail("column-unknown", {}, {{"column", name}});
        auto& at = head.columns[*known];
        if (at) return fail("column-doubled", {}, {{"column", name}});
        at = i;
    }
    for (std::size_t i = 0; i < head.columns.size(); ++i) {
        if (table.columns[i].required && !head.columns[i]) {
            return fail("column-missing", {}, {{"column", table.columns[i].label}});
        }
    }
    return head;
}

std::string column_names_of(const Table& table) {
    std::string names;
    for (const AnswerField& column : table.columns) names += (names.empty() ? "" : ",") + column.label;
    return names;
}

/// The first row of a table that a document with `count` rows has no room for.
const CsvRow* find_row_over(std::size_t count, std::span<const CsvRow> rows) {
    const auto over = std::find_if(
        rows.begin(), rows.end(), [&count](const CsvRow& row) { return !is_empty_row(row) && ++count > limits::rows; });
    return over == rows.end() ? nullptr : &*over;
}

tl::expected<Filled, Errors> add_rows(const Document& document, Layer layer, std::span<const CsvRow> rows,
                                      const TableHead& head, const Author& author) {
    if (const CsvRow* over = find_row_over(rows_of(document).size(), rows)) {
        const Params params{{"limit", static_cast<std::int64_t>(limits::rows)}};
        return tl::unexpected(Errors{{"rows-many", line_place(over->line), params}});
    }
    Filling filling(document, layer, author);
    for (const CsvRow& row : rows) filling.add_row(row, head);
    return std::move(filling).finish();
}

/// "无" in a table of nothing else: a valid report, and no row.
bool says_none(std::span<const CsvRow> rows) {
    std::size_t filled = 0;
    for (const CsvRow& row : rows) {
        for (const std::string& cell : row.cells) {
            if (is_empty_cell(cell)) continue;
            ++filled;
            if (plain_text(cell) != "无") return false;
        }
    }
    return filled > 0;
}

tl::expected<Filled, Errors> report_none(const Document& document, const Author& author) {
    const Target target{Layer::self, "table", "none"};
    Filled filled{document, 0};
    if (document.flag(target.layer, target.item, target.field)) return filled;
    auto edit = make_edit(document, author, target, true, "fill-" + author.session);
    const Done done = edit ? apply(filled.document, std::move(*edit)) : tl::unexpected(edit.error());
    if (!done) return tl::unexpected(Errors{done.error()});
    filled.changed = 1;
    return filled;
}

tl::expected<Filled, Errors> add_rows_below_head(const Document& document, Layer layer, std::span<const CsvRow> rows,
                                                 const Author& author) {
    const Table& table = document.instrument->table;
    if (document.instrument->kind == InstrumentKind::roster && says_none(rows.subspan(1)))
        return report_none(document, author);
    const auto head = read_table_head(table, rows.front());
    if (head) return add_rows(document, layer, rows.subspan(1), *head, author);
    Error error = head.error();
    error.place = line_place(rows.front().line);
    error.params.emplace("expected", column_names_of(table));
    return tl::unexpected(Errors{std::move(error)});
}

/// Does this head name the columns of the form's table?
bool is_table_head(const Instrument& instrument, const CsvRow& head) {
    if (!instrument.has_rows()) return false;
    const auto names = [&head](auto fits) { return std::any_of(head.cells.begin(), head.cells.end(), fits); };
    if (names([&](const std::string& cell) { return instrument.table.find_named_column(cell) == 0; })) return true;
    const bool by_item = names([](const std::string& cell) {
        const std::string name = head_key(cell);
        return name == "item" || name == "编号";
    });
    return !instrument.has_items() && !by_item;
}

constexpr std::size_t most_lines_above = 6;  ///< a head, as exports and printed tables have them

/// The row that names the columns: the first, or one below the lines that stand over a printed table.
std::optional<std::size_t> find_table_head(const Table& table, std::span<const CsvRow> rows) {
    const std::string first = plain_text(rows.front().cells.front());
    if (is_row_number(first) || table.find_named_column(first)) return 0;
    for (std::size_t i = 0; i < rows.size() && i <= most_lines_above; ++i) {
        const std::size_t named = table.count_named(rows[i].cells);
        if (named >= std::min<std::size_t>(3, table.columns.size())) return i;
        // Of a few columns half will do: the others are named in the answer.
        if (named >= 2 && 2 * named >= named_columns(rows[i])) return i;
    }
    return std::nullopt;
}

/// The table of an appraisal from its head on.
std::span<const CsvRow> below_title(const Instrument& form, std::span<const CsvRow> rows) {
    return rows.subspan(find_table_head(form.table, rows).value_or(0));
}

/// A sheet has no rows that are too short: behind the last cell with a text stand empty ones.
Result<std::vector<CsvRow>> parse_table(std::string_view text, Quoting quoting) {
    constexpr std::size_t most_added = 20'000'000;
    auto rows = parse_csv(text, quoting);
    if (!rows || quoting != Quoting::sheet) return rows;
    std::size_t width = 0;
    for (std::size_t i = 0; i < rows->size() && i <= most_lines_above; ++i)
        width = std::max(width, named_columns((*rows)[i]));
    if (width * rows->size() > most_added) return rows;
    for (CsvRow& row : *rows) row.cells.resize(std::max(row.cells.size(), width));
    return rows;
}

}  // namespace

tl::expected<Filled, Errors> add_rows_from_csv(const Document& document, Layer layer, std::string_view csv,
                                               const Author& author, Quoting quoting) {
    const auto rows = parse_table(csv, quoting);
    if (!rows) return tl::unexpected(Errors{rows.error()});
    const Table& table = document.instrument->table;
    if (const auto head = find_table_head(table, *rows)) {
        const auto below = std::span(*rows).subspan(*head);
        return document.instrument->is_appraisal() ? fill_members(document, layer, below, author)
                                                   : add_rows_below_head(document, layer, below, author);
    }
    TableHead head{.columns = {}, .unnamed = {}, .count = table.columns.size()};
    for (std::size_t i = 0; i < head.count; ++i) head.columns.emplace_back(i);
    return add_rows(document, layer, *rows, head, author);
}

bool holds_ballots(const Document& document, std::string_view csv, Quoting quoting) {
    if (!document.instrument->is_appraisal()) return false;
    const auto rows = parse_csv(csv, quoting);
    return rows && is_ballot_head(*document.instrument, below_title(*document.instrument, *rows).front());
}

bool has_heads_of(const Document& document, std::string_view csv, Quoting quoting) {
    constexpr std::size_t enough = 64;  // lines: title lines, with empty ones between them
    std::size_t end = 0;
    for (std::size_t i = 0; i < enough && end != std::string_view::npos; ++i) end = csv.find('\n', end + 1);
    const auto parsed = parse_csv(csv.substr(0, end), quoting);
    if (!parsed) return false;
    const auto rows = std::span(*parsed).first(std::min(parsed->size(), most_lines_above + 1));
    const Instrument& form = *document.instrument;
    if (form.has_items() && std::any_of(rows.begin(), rows.end(), is_evidence_head)) return true;
    const auto heads = [&form](const CsvRow& row) { return read_head(form, row).has_value(); };
    if (!form.is_appraisal() && std::any_of(rows.begin(), rows.end(), heads)) return true;
    if (!form.has_rows()) return false;
    const std::size_t fewest = std::min<std::size_t>(2, form.table.columns.size());
    const auto head = find_table_head(form.table, rows);
    return head && (form.table.count_named(rows[*head].cells) >= fewest ||
                    (form.is_appraisal() && is_ballot_head(form, rows[*head])));
}

namespace {

tl::expected<Filled, Errors> fill_answers(const Document& document, Layer layer, std::span<const CsvRow> rows,
                                          const Author& author) {
    const Instrument& instrument = *document.instrument;
    if (instrument.is_appraisal() && is_table_head(instrument, rows.front())) {
        return fill_appraisal(document, layer, below_title(instrument, rows), author);
    }
    if (const auto head = instrument.has_items() ? std::nullopt : find_table_head(instrument.table, rows))
        return add_rows_below_head(document, layer, rows.subspan(*head), author);
    if (is_table_head(instrument, rows.front())) return add_rows_below_head(document, layer, rows, author);
    std::size_t at = 0;
    auto head = read_head(instrument, rows.front());
    while (!head && at < most_lines_above && at + 1 < rows.size()) head = read_head(instrument, rows[++at]);
    if (!head) {
        const std::string expected = instrument.is_scored() ? "item,score,note" : "item,value,note";
        return tl::unexpected(Errors{{"csv-header", line_place(rows.front().line), {{"expected", expected}}}});
    }
    Filling filling(document, layer, author);
    for (const CsvRow& row : rows.subspan(at + 1)) filling.fill_row(row, *head);
    return std::move(filling).finish();
}

}  // namespace

tl::expected<Filled, Errors> fill_from_csv(const Document& document, Layer layer, std::string_view csv,
                                           const Author& author, Quoting quoting) {
    const auto rows = parse_table(csv, quoting);
    if (!rows) return tl::unexpected(Errors{rows.error()});
    const Instrument& instrument = *document.instrument;
    if (instrument.scored != nullptr && is_long_head(rows->front())) return fill_long(document, layer, *rows, author);
    // A form may call a field of its own so: then the head is that of its answers.
    const auto heads_evidence = [&instrument](const CsvRow& row) {
        return instrument.has_items() && is_evidence_head(row) && !read_head(instrument, row);
    };
    const auto evidence = std::find_if(rows->begin(), rows->end(), heads_evidence);
    if (evidence == rows->end()) return fill_answers(document, layer, *rows, author);
    const std::span all(*rows);
    const auto above = static_cast<std::size_t>(evidence - rows->begin());
    if (above <= most_lines_above && !read_head(instrument, rows->front()))
        return fill_evidence(document, all.subspan(above), author);  // what stands above it is a title
    auto filled = fill_answers(document, layer, all.first(above), author);
    if (!filled) return filled;
    auto both = fill_evidence(filled->document, all.subspan(above), author);
    if (both) both->changed += filled->changed;
    return both;
}

}  // namespace duibiao
