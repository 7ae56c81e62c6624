// The form's side of a match: what has labels, and what is written where they are found.
#include <algorithm>
#include <array>

#include "core/evaluate/evaluate.hpp"
#include "core/tally.hpp"
#include "core/text.hpp"
#include "exchange/docx_plan.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_digits = 3;

void add_label(std::vector<Label>& labels, std::string_view text) {
    Label label(text);
    if (!label.is_empty() && std::find(labels.begin(), labels.end(), label) == labels.end())
        labels.push_back(std::move(label));
}

class FormSideReader {
public:
    FormSideReader(const Document& document, const Layout& layout)
        : document_(document), form_(*document.instrument), layout_(layout), tally_(tally(document)) {}

    FormSide read();

private:
    void read_heads();
    void read_table(const LayoutTable& table);
    void read_columns(const LayoutTable& table, FormTable& out) const;
    void read_lines(const LayoutTable& table, FormTable& out) const;
    void read_own_columns(const LayoutTable& table, FormTable& out) const;
    void read_own_lines(const LayoutTable& table, FormTable& out) const;
    void add_own_heads();
    void add_sums(const LayoutTable& table, std::string_view key, std::string_view context, const PerLayer<Sum>& sums,
                  FormTable& out) const;
    void read_rows(const LayoutTable& table, FormTable& out) const;
    [[nodiscard]] FormLine line_of(const LayoutTable& table, const LayoutRow& row, std::string_view context) const;
    [[nodiscard]] std::string id(std::string_view kind, std::size_t at) const {
        return std::string(kind) + "." + std::to_string(side_.tables.size() + 1) + "." + std::to_string(at + 1);
    }

    const Document& document_;
    const Instrument& form_;
    const Layout& layout_;
    Tally tally_;
    FormSide side_;
};

FormSide FormSideReader::read() {
    read_heads();
    if (form_.scored != nullptr) add_own_heads();
    for (const LayoutTable& table : layout_.tables) read_table(table);
    return std::move(side_);
}

void FormSideReader::read_heads() {
    const auto shown = [this](std::string_view name) {
        const auto found = std::find_if(layout_.head_line.begin(), layout_.head_line.end(),
                                        [name](const Labelled& field) { return field.name == name; });
        return found == layout_.head_line.end() ? std::string() : found->value;
    };
    for (const HeaderField& field : form_.header) {
        FormHead head{"head." + field.id, field.label, {}, {}, {}, field.type == HeaderField::Type::date};
        add_label(head.labels, field.label);
        head.value = field.type == HeaderField::Type::computed
                         ? shown(field.label)
                         : std::string(document_.text(Layer::self, "header", field.id));
        if (const auto date = parse_date(head.value); date && head.is_date) {
            head.date = *date;
            head.value = date_words(layout_.language, head.value);
        }
        side_.heads.push_back(std::move(head));
    }
}

void FormSideReader::read_table(const LayoutTable& table) {
    FormTable out;
    out.is_list = table.kind == LayoutTable::Kind::list;
    if (!table.uses.empty()) {
        read_own_columns(table, out);
        read_own_lines(table, out);
    } else if (table.kind != LayoutTable::Kind::matrix && !table.head.empty()) {
        read_columns(table, out);
        out.is_list ? read_rows(table, out) : read_lines(table, out);
    }
    side_.tables.push_back(std::move(out));
}

/// Of items those of answers; of a list all.
void FormSideReader::read_columns(const LayoutTable& table, FormTable& out) const {
    const std::size_t labels = out.is_list ? 0 : table.name_columns + 1;
    std::size_t at = 0;
    for (const LayoutCell& cell : table.head.back()) {
        FormColumn column{id("column", at), cell.text(), {}, at, out.is_list && is_row_number(cell.text())};
        add_label(column.labels, column.name);
        if (const auto known = form_.table.find_named_column(column.name); known && out.is_list) {
            add_label(column.labels, form_.table.columns[*known].label);
            for (const std::string& alias : form_.table.columns[*known].aliases) add_label(column.labels, alias);
        }
        for (const LayerLabel& layer : form_.layers) {
            if (layer.label == column.name) add_label(column.labels, layer.short_label);
        }
        if (at >= labels) out.columns.push_back(std::move(column));
        at += cell.columns;
    }
}

FormLine FormSideReader::line_of(const LayoutTable& table, const LayoutRow& row, std::string_view context) const {
    FormLine line;
    line.name = row.cells.front().text();
    std::string_view text = line.name;
    line.number = take_number(text);
    line.text = Label(text);
    line.context = Label(context);
    line.answers.resize(table.widths.size());
    std::size_t at = table.widths.size() - std::min(row.columns(), table.widths.size());
    for (const LayoutCell& cell : row.cells) {
        if (&cell != &row.cells.front() && at < line.answers.size()) line.answers[at] = cell.text();
        at += cell.columns;
    }
    return line;
}

void FormSideReader::read_lines(const LayoutTable& table, FormTable& out) const {
    std::size_t item = 0;
    for (std::size_t i = 0; i < table.sections.size(); ++i) {
        const LayoutSection& section = table.sections[i];
        for (const LayoutGroup& group : section.groups) {
            for (const LayoutRow& row : group.rows) {
                FormLine line = line_of(table, row, group.name.empty() ? section.name : group.name);
                if (item >= form_.order.size()) return;
                line.id = "item." + form_.criterion(form_.order[item++]).id;
                out.lines.push_back(std::move(line));
            }
        }
        if (form_.is_scored()) add_sums(table, "print.section_total", section.name, tally_.sections[i].layers, out);
    }
    if (form_.is_scored()) add_sums(table, "print.total", {}, tally_.layers, out);
}

/// Grade, and remarks at the foot: labels with a blank behind them, as those of the head line.
void FormSideReader::add_own_heads() {
    const ScoredForm& scored = *form_.scored;
    const Evaluation evaluation = evaluate(document_);
    const auto& band = evaluation.grade.band;
    if (band) {
        FormHead head{"foot.grade", scored.grades.bands[*band].label, {}, {}, {}, false};
        for (const std::string_view label : {"评定等级", "评定等次", "等级", "等次", "星级", "评定结果", "Grade"})
            add_label(head.labels, label);
        head.value = scored.grades.bands[*band].label;
        side_.heads.push_back(std::move(head));
    }
    for (const FootRemark& remark : scored.remarks) {
        FormHead head{"foot." + remark.id, remark.label, {}, {}, {}, false};
        add_label(head.labels, remark.label);
        for (const Layer layer : layers_of(form_)) {
            const std::string_view text = document_.text(layer, "foot", remark.id);
            if (!text.empty()) head.value = text;
        }
        if (!head.value.empty()) side_.heads.push_back(std::move(head));
    }
}

void FormSideReader::read_own_columns(const LayoutTable& table, FormTable& out) const {
    const std::vector<PlacedRow> rows = head_rows(table);
    for (const PlacedCell& placed : rows.back().cells) {
        const LayoutTable::Use use = table.uses[placed.column];
        if (use == LayoutTable::Use::label || use == LayoutTable::Use::context) continue;
        std::string name = placed.cell.text();
        for (const PlacedCell& above : rows.front().cells) {
            if (name.empty() && above.column == placed.column) name = above.cell.text();
        }
        FormColumn column{id("column", placed.column), name, {}, placed.column, false};
        column.is_figure = use == LayoutTable::Use::figure;
        add_label(column.labels, name);
        for (const LayerLabel& layer : form_.layers) {
            if (layer.label == name) add_label(column.labels, layer.short_label);
        }
        out.columns.push_back(std::move(column));
    }
}

/// Items by their first rows, and the sums. What a cell over several rows holds stands at its first one.
void FormSideReader::read_own_lines(const LayoutTable& table, FormTable& out) const {
    std::vector<std::string> contexts(table.widths.size());
    for (const LayoutRow& row : table.sections.front().groups.front().rows) {
        FormLine line;
        line.answers.resize(table.widths.size());
        line.is_shared.resize(table.widths.size());
        std::size_t at = 0;
        std::string number;
        std::string context;
        for (const LayoutCell& cell : row.cells) {
            const LayoutTable::Use use = table.uses[at];
            const bool is_context = use == LayoutTable::Use::context;
            if (is_context && !cell.continues) contexts[at] = cell.text();
            if (is_context && !contexts[at].empty() && !row.id.starts_with("sum.")) context = contexts[at];
            const bool is_answer = use == LayoutTable::Use::figure || use == LayoutTable::Use::text;
            if (is_answer && cell.columns == 1) line.answers[at] = cell.text();
            line.is_shared[at] = cell.rows > 1;
            at += cell.columns;
        }
        if (row.id.empty()) continue;
        line.name = row.name;
        std::string_view text = line.name;
        line.number = take_number(text);
        const auto place = form_.find_place(row.id);
        if (line.number.empty() && place) line.number = form_.criterion(*place).number;
        line.text = Label(text);
        line.context = Label(context);
        line.id = place ? "item." + row.id : row.id;
        out.lines.push_back(std::move(line));
    }
}

/// Our own paper has no rows for sums, but the bureau's may. A sum over part of the scores is none yet.
void FormSideReader::add_sums(const LayoutTable& table, std::string_view key, std::string_view context,
                              const PerLayer<Sum>& sums, FormTable& out) const {
    const std::string points = translate(layout_.language, "print.points", {{"points", sums[0].points.to_string()}});
    LayoutRow row{LayoutRow::Kind::plain, {text_cell(translate(layout_.language, key) + points)}};
    row.cells.front().columns = table.widths.size() - form_.layers.size();
    for (const LayerLabel& layer : form_.layers) {
        const Sum& sum = sums[index_of(layer.layer)];
        if (sum.scored > 0 && sum.scored < sum.of) return;
        const auto score = sum.scored > 0 ? std::optional(sum.score) : std::nullopt;
        row.cells.push_back(number_cell(score, LayoutCell::Kind::score));
    }
    FormLine line = line_of(table, row, context);
    line.id = id("sum", out.lines.size());
    out.lines.push_back(std::move(line));
}

void FormSideReader::read_rows(const LayoutTable& table, FormTable& out) const {
    for (const LayoutSection& section : table.sections) {
        for (const LayoutGroup& group : section.groups) {
            for (const LayoutRow& row : group.rows) {
                std::vector<std::string> cells;
                for (const LayoutCell& cell : row.cells) cells.push_back(cell.text());
                const bool is_blank =
                    std::all_of(cells.begin(), cells.end(), [](const std::string& text) { return text.empty(); });
                if (!is_blank) out.rows.push_back(std::move(cells));
            }
        }
    }
}

}  // namespace

std::string take_number(std::string_view& text) {
    const std::string_view trimmed = trim(text);
    const std::size_t digits = std::min(trimmed.find_first_not_of("0123456789"), trimmed.size());
    if (digits == 0 || digits > most_digits) return {};
    for (const std::string_view mark : {std::string_view("."), std::string_view("．"), std::string_view("、")}) {
        if (trimmed.substr(digits, mark.size()) != mark) continue;
        text = trimmed.substr(digits + mark.size());
        return std::string(trimmed.substr(0, digits));
    }
    return {};
}

FormSide read_form_side(const Document& document, const Layout& layout) {
    return FormSideReader(document, layout).read();
}

}  // namespace duibiao
