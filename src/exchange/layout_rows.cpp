// Tables of rows: rosters (名册式排查表) as their paper looks, and the list below another form.
#include <algorithm>

#include "core/cell.hpp"
#include "core/ledger.hpp"
#include "core/row_due.hpp"
#include "core/row_formula.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

constexpr std::size_t fewest_rows = 6;               ///< a roster's paper has so many, empty ones for writing by hand
constexpr std::size_t most_uncut_in_row = 200;       ///< a roster's row with a longer text may go on overleaf
constexpr std::size_t most_uncut_where_narrow = 40;  ///< the same where a form sets its columns' widths
constexpr std::size_t most_wide_columns = 8;         ///< a roster with more has narrow ones

/// Of a list; what people write takes what is left.
LayoutWidth list_width(const AnswerField& column) {
    switch (column.type) {
        case AnswerField::Type::date:
        case AnswerField::Type::month:
        case AnswerField::Type::kind:
        case AnswerField::Type::kinds:
        case AnswerField::Type::choice:
        case AnswerField::Type::deadline:
            return widths::date;
        case AnswerField::Type::amount:
            return widths::date;
        case AnswerField::Type::rate:
        case AnswerField::Type::count:
        case AnswerField::Type::cadence:
        case AnswerField::Type::score:
            return widths::count;
        case AnswerField::Type::yesno:
            return widths::mark;
        case AnswerField::Type::flags:
        case AnswerField::Type::names:
        case AnswerField::Type::numbered:
            return widths::list;
        case AnswerField::Type::text:
            break;
    }
    return widths::rest;
}

LayoutWidth roster_width(const AnswerField& column) {
    switch (column.type) {
        case AnswerField::Type::month:
        case AnswerField::Type::date:
        case AnswerField::Type::deadline:
        case AnswerField::Type::amount:
            return widths::roster_date;
        case AnswerField::Type::choice:
        case AnswerField::Type::numbered:
            return widths::roster_choice;
        case AnswerField::Type::yesno:
        case AnswerField::Type::count:
        case AnswerField::Type::rate:
            return widths::roster_short;
        default:
            return widths::rest;
    }
}

/// As the form says, else by what stands in the column.
LayoutWidth paper_width(const AnswerField& column, bool is_narrow) {
    using Width = AnswerField::PaperWidth;
    switch (column.paper_width) {
        case Width::tiny:
            return widths::mark;
        case Width::narrow:
            return widths::count;
        case Width::medium:
            return widths::date;
        case Width::wide:
            return widths::list;
        case Width::rest:
            return widths::rest;
        case Width::by_type:
            break;
    }
    return is_narrow ? list_width(column) : roster_width(column);
}

/// As the log holds it; yes and no in words.
LayoutCell list_cell(const Instrument& form, Language language, const AnswerField& column, std::string_view cell) {
    if (column.type == AnswerField::Type::yesno) return value_cell(language, form, column, cell);
    LayoutCell out = text_cell(std::string(cell));
    if (cell.empty()) return out;
    if (column.type == AnswerField::Type::date) {
        if (const auto date = parse_date(cell)) out.value = LayoutDate{*date, LayoutDate::Shown::plain};
    } else if (column.type == AnswerField::Type::count || column.type == AnswerField::Type::score ||
               column.type == AnswerField::Type::amount) {
        if (const auto number = Points::parse(cell)) out.value = LayoutNumber{*number, {}};
    }
    return out;
}

LayoutCell row_number(std::size_t number, LayoutCell::Kind kind) {
    LayoutCell cell = text_cell(std::to_string(number), kind);
    cell.value = LayoutNumber{Points::from_whole(static_cast<std::int64_t>(number)), {}};
    return cell;
}

// --- Rosters ------------------------------------------------------------------------------------------------------

class RosterLayout {
public:
    explicit RosterLayout(const Document& document)
        : document_(document), form_(*document.instrument), language_(language_of(form_)) {
        for (std::size_t i = 0; i < form_.table.columns.size(); ++i) {
            if (column(i).on_paper) columns_.push_back(i);
        }
    }

    [[nodiscard]] LayoutTable table() const;

private:
    [[nodiscard]] std::vector<LayoutRow> rows() const;
    [[nodiscard]] bool is_printed(const RowView& view) const;
    [[nodiscard]] LayoutRow row(std::string_view cells, std::size_t number) const;
    [[nodiscard]] LayoutRow hand_row(const std::string& first) const;
    [[nodiscard]] LayoutRow across(const std::string& text) const;
    [[nodiscard]] std::vector<LayoutRow> grouped_rows(const std::vector<RowView>& given) const;
    [[nodiscard]] std::vector<LayoutRow> foot() const;
    [[nodiscard]] LayoutRow sums(const std::vector<FootFigure>& figures) const;
    [[nodiscard]] std::string head_text(const AnswerField& column) const;
    [[nodiscard]] const AnswerField& column(std::size_t at) const { return form_.table.columns[at]; }

    const Document& document_;
    const Instrument& form_;
    Language language_;
    std::vector<std::size_t> columns_;  ///< of the table, those that the paper has
};

LayoutTable RosterLayout::table() const {
    LayoutTable table;
    table.kind = LayoutTable::Kind::list;
    table.widths.push_back(widths::roster_number);
    std::vector<LayoutCell> head{heading_cell(translate(language_, "csv.number"))};
    const bool is_wide = columns_.size() > most_wide_columns;
    for (const std::size_t at : columns_) {
        table.widths.push_back(paper_width(column(at), is_wide));
        head.push_back(heading_cell(head_text(column(at))));
    }
    table.head.push_back(std::move(head));
    table.sections.push_back({{}, {{{}, rows()}}});
    table.foot = foot();
    return table;
}

/// {year_before} stands for the year before the document's: last year's result is asked for.
std::string RosterLayout::head_text(const AnswerField& column) const {
    std::string text = column.paper_label.empty() ? column.label : column.paper_label;
    constexpr std::string_view mark = "{year_before}";
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return text;
    const int year = year_of(document_);
    return text.replace(at, mark.size(), year == 0 ? std::string("    ") : std::to_string(year - 1));
}

std::vector<LayoutRow> RosterLayout::rows() const {
    auto given = rows_of(document_);
    const std::size_t all = given.size();
    std::erase_if(given, [this](const RowView& view) { return !is_printed(view); });
    const bool is_none = all == 0 && document_.flag(Layer::self, "table", "none");
    if (form_.table.grouped) return grouped_rows(given);
    std::vector<LayoutRow> rows;
    rows.reserve(std::max(given.size(), fewest_rows));
    for (const RowView& view : given) rows.push_back(row(view.cells, rows.size() + 1));
    while (rows.size() < fewest_rows) {
        const bool says_none = is_none && rows.empty();
        rows.push_back(hand_row(says_none ? translate(language_, "print.roster.none") : std::string()));
    }
    if (all > given.size()) {
        const Params count{{"count", static_cast<std::int64_t>(all - given.size())}};
        rows.push_back(across(translate(language_, "print.roster.left_out", count)));
    }
    return rows;
}

bool RosterLayout::is_printed(const RowView& view) const {
    const auto cells = split_row(view.cells, form_.table.columns.size());
    const auto& conditions = form_.table.printed_when;
    return std::all_of(conditions.begin(), conditions.end(),
                       [&cells](const RowCondition& condition) { return holds(condition, cells); });
}

/// The form's example first, then each group below its own heading; rows without one come last. Numbers run on.
std::vector<LayoutRow> RosterLayout::grouped_rows(const std::vector<RowView>& given) const {
    constexpr std::size_t fewest_in_group = 2;
    const Table& table = form_.table;
    std::vector<LayoutRow> rows;
    if (!table.example.empty()) {
        LayoutRow& example = rows.emplace_back(row(join_row(table.example), 1));
        example.cells.front() = text_cell(translate(language_, "print.roster.example"), LayoutCell::Kind::text);
    }
    std::size_t number = 0;
    const auto add_group = [&](const std::string& group) {
        std::size_t count = 0;
        for (const RowView& view : given) {
            const std::string_view own = split_row(view.cells, table.columns.size())[*table.grouped];
            const auto& options = table.columns[*table.grouped].options;
            const bool is_known = std::find(options.begin(), options.end(), own) != options.end();
            if (group.empty() ? is_known : own != group) continue;
            rows.push_back(row(view.cells, ++number));
            ++count;
        }
        return count;
    };
    for (const std::string& group : table.columns[*table.grouped].options) {
        rows.push_back(across(group));
        for (std::size_t count = add_group(group); count < fewest_in_group; ++count) rows.push_back(hand_row({}));
    }
    add_group({});
    return rows;
}

LayoutRow RosterLayout::across(const std::string& text) const {
    LayoutCell cell = text_cell(text, LayoutCell::Kind::name);
    cell.columns = columns_.size() + 1;
    return {LayoutRow::Kind::plain, {std::move(cell)}};
}

/// Sums under their columns, and the form's line about all rows.
std::vector<LayoutRow> RosterLayout::foot() const {
    const Table& table = form_.table;
    if (table.foot.figures.empty()) return {};
    const auto figures = foot_figures(document_);
    std::vector<LayoutRow> rows;
    const bool has_sums = std::any_of(figures.begin(), figures.end(), [](const FootFigure& one) {
        return one.figure->kind == TableFoot::Figure::Kind::sum;
    });
    if (has_sums) rows.push_back(sums(figures));
    if (!table.foot.line.empty()) rows.push_back(across(foot_line(table, figures)));
    return rows;
}

/// The label takes the columns in front of the first sum.
LayoutRow RosterLayout::sums(const std::vector<FootFigure>& figures) const {
    std::vector<LayoutCell> cells;
    std::size_t label = 1;
    for (const std::size_t at : columns_) {
        const auto sum = std::find_if(figures.begin(), figures.end(), [at](const FootFigure& one) {
            return one.figure->kind == TableFoot::Figure::Kind::sum && one.figure->column == at;
        });
        if (sum == figures.end() && cells.empty()) {
            ++label;
            continue;
        }
        LayoutCell& cell = cells.emplace_back(text_cell(sum == figures.end() ? std::string() : sum->text));
        if (sum == figures.end()) continue;
        if (const auto value = Points::parse(sum->text)) cell.value = LayoutNumber{*value, {}};
    }
    LayoutCell name = text_cell(form_.table.foot.label, LayoutCell::Kind::name);
    name.columns = label;
    cells.insert(cells.begin(), std::move(name));
    return {LayoutRow::Kind::plain, std::move(cells)};
}

LayoutRow RosterLayout::row(std::string_view text, std::size_t number) const {
    const auto cells = split_row(text, form_.table.columns.size());
    LayoutRow row{LayoutRow::Kind::plain, {row_number(number, LayoutCell::Kind::text)}};
    const auto is_set = [this](std::size_t at) { return column(at).paper_width != AnswerField::PaperWidth::by_type; };
    const std::size_t most =
        std::any_of(columns_.begin(), columns_.end(), is_set) ? most_uncut_where_narrow : most_uncut_in_row;
    row.may_break = std::any_of(columns_.begin(), columns_.end(),
                                [&](std::size_t at) { return count_characters(cells[at]) > most; });
    for (const std::size_t at : columns_) row.cells.push_back(value_cell(language_, form_, column(at), cells[at]));
    return row;
}

/// Empty, but for what may stand in the first of the paper's columns.
LayoutRow RosterLayout::hand_row(const std::string& first) const {
    LayoutRow row{LayoutRow::Kind::plain, {text_cell({})}};
    for (std::size_t i = 0; i < columns_.size(); ++i) row.cells.push_back(text_cell(i == 0 ? first : std::string()));
    return row;
}

}  // namespace

Layout lay_out_roster(const Document& document) {
    Layout layout = lay_out_frame(document);
    split_head(layout, document);
    layout.shape = Layout::Shape::roster;
    layout.tables.push_back(RosterLayout(document).table());
    return layout;
}

namespace {

/// The columns that the paper has, and those in which something is written.
std::vector<std::size_t> columns_of_list(const Table& table, const std::vector<RowView>& rows) {
    std::vector<bool> shown;
    for (const AnswerField& column : table.columns) shown.push_back(column.on_paper);
    for (const RowView& view : rows) {
        const auto cells = split_row(view.cells, table.columns.size());
        for (std::size_t i = 0; i < cells.size(); ++i) shown[i] = shown[i] || !cells[i].empty();
    }
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < shown.size(); ++i) {
        if (shown[i]) columns.push_back(i);
    }
    return columns;
}

}  // namespace

LayoutTable lay_out_rows(const Document& document) {
    const Instrument& form = *document.instrument;
    const Language language = language_of(form);
    const auto given = rows_of(document);
    const auto columns = columns_of_list(form.table, given);
    LayoutTable table;
    table.title = form.table.title;
    table.kind = LayoutTable::Kind::list;
    table.widths.push_back(widths::mark);
    std::vector<LayoutCell> head{heading_cell(translate(language, "csv.number"))};
    for (const std::size_t at : columns) {
        table.widths.push_back(list_width(form.table.columns[at]));
        head.push_back(heading_cell(form.table.columns[at].label));
    }
    table.head.push_back(std::move(head));
    std::vector<LayoutRow> rows;
    for (const RowView& view : given) {
        LayoutRow row{LayoutRow::Kind::plain, {row_number(rows.size() + 1, LayoutCell::Kind::middle)}};
        const auto cells = split_row(view.cells, form.table.columns.size());
        for (const std::size_t at : columns)
            row.cells.push_back(list_cell(form, language, form.table.columns[at], cells[at]));
        rows.push_back(std::move(row));
    }
    table.sections.push_back({{}, {{{}, std::move(rows)}}});
    return table;
}

}  // namespace duibiao
