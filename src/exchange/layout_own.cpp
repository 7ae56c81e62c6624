// A bureau's own scored form (format 2): its columns in the paper's order, what was filled into the blanks of a row in
// its place, the sums and the grade below.
#include <algorithm>

#include "core/evaluate/definition.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/text.hpp"
#include "exchange/layout_parts.hpp"
#include "exchange/why.hpp"

namespace duibiao {
namespace {

using Role = PaperColumn::Role;

constexpr std::string_view empty_blank = "____";

class OwnLayout {
public:
    explicit OwnLayout(const Document& document);
    [[nodiscard]] Layout make() const;

private:
    [[nodiscard]] LayoutSection section(std::size_t at) const;
    [[nodiscard]] LayoutRow row(const Instrument::Place& place, std::size_t order, bool is_first) const;
    [[nodiscard]] LayoutCell cell(const PaperColumn& column, const Instrument::Place& place, std::size_t order,
                                  bool is_first) const;
    [[nodiscard]] LayoutCell sum_cell(const PaperColumn& column, std::size_t section) const;
    [[nodiscard]] LayoutRow totals() const;
    [[nodiscard]] LayoutRow across(const std::string& text) const;
    void add_foot(LayoutTable& table) const;
    [[nodiscard]] std::string filled(const ItemScoring& scoring, const std::string& item) const;
    [[nodiscard]] std::string blank_text(const Blank& blank, const std::string& item) const;
    [[nodiscard]] LayoutCell tiers_cell(const ItemScoring& scoring, const std::string& item) const;
    [[nodiscard]] LayoutCell figure(const Fraction& value) const;
    [[nodiscard]] Layer layer_of(const PaperColumn& column) const;
    [[nodiscard]] const ScorerResult& result_of(const PaperColumn& column) const {
        return evaluation_.scorers[index_of(layer_of(column))];
    }

    const Document& document_;
    const Instrument& form_;
    const ScoredForm& scored_;
    Language language_;
    Evaluation evaluation_;
    std::vector<const PaperColumn*> columns_;  ///< without those of sections and groups
    bool has_groups_ = false;
    std::string section_label_;
    std::string group_label_;
};

OwnLayout::OwnLayout(const Document& document)
    : document_(document),
      form_(*document.instrument),
      scored_(*form_.scored),
      language_(language_of(form_)),
      evaluation_(evaluate(document)),
      section_label_(form_.columns.section) {
    for (const PaperColumn& column : scored_.columns) {
        if (column.role == Role::section) section_label_ = column.label;
        if (column.role == Role::group) group_label_ = column.label;
        if (column.role != Role::section && column.role != Role::group) columns_.push_back(&column);
    }
    for (const Section& section : form_.sections) {
        for (const Group& group : section.groups) has_groups_ = has_groups_ || !group.title.empty();
    }
}

/// Texts share what is left.
LayoutWidth width_of(Role role) {
    switch (role) {
        case Role::number:
            return widths::mark;
        case Role::points:
            return widths::count;
        case Role::score:
        case Role::gained:
        case Role::deducted:
        case Role::sum:
            return widths::score;
        default:
            return widths::rest;
    }
}

Layout OwnLayout::make() const {
    Layout layout = lay_out_frame(document_);
    layout.shape = Layout::Shape::items;
    layout.portrait = form_.portrait;
    LayoutTable table;
    table.name_columns = has_groups_ ? 2 : 1;
    table.widths.assign(table.name_columns, widths::name);
    std::vector<LayoutCell> head;
    const bool has_own_group = has_groups_ && !group_label_.empty();
    head.push_back(heading_cell(section_label_, has_own_group ? 1 : table.name_columns));
    if (has_own_group) head.push_back(heading_cell(group_label_));
    for (const PaperColumn* column : columns_) {
        table.widths.push_back(width_of(column->role));
        head.push_back(heading_cell(column->label));
    }
    table.head.push_back(std::move(head));
    for (std::size_t at = 0; at < form_.sections.size(); ++at) table.sections.push_back(section(at));
    add_foot(table);
    layout.tables.push_back(std::move(table));
    return layout;
}

Layer OwnLayout::layer_of(const PaperColumn& column) const {
    const auto layers = layers_of(form_);
    return layers[std::min(column.scorer.value_or(evaluation_.deciding), layers.size() - 1)];
}

LayoutSection OwnLayout::section(std::size_t at) const {
    const Section& from = form_.sections[at];
    LayoutSection out{from.title, {}};
    bool is_first = true;
    for (std::size_t order = 0; order < form_.order.size(); ++order) {
        const Instrument::Place& place = form_.order[order];
        if (place.section != at) continue;
        if (out.groups.size() <= place.group) out.groups.push_back({from.groups[place.group].title, {}});
        out.groups[place.group].rows.push_back(row(place, order, is_first));
        is_first = false;
    }
    return out;
}

LayoutRow OwnLayout::row(const Instrument::Place& place, std::size_t order, bool is_first) const {
    LayoutRow out;
    std::size_t characters = 0;
    for (const PaperColumn* column : columns_) {
        out.cells.push_back(cell(*column, place, order, is_first));
        characters = std::max(characters, count_characters(out.cells.back().text()));
    }
    const bool is_beside_group = !form_.sections[place.section].groups[place.group].title.empty();
    if (has_groups_ && !is_beside_group && !out.cells.empty()) out.cells.front().columns = 2;
    out.may_break = characters > most_uncut_characters;
    return out;
}

LayoutCell OwnLayout::figure(const Fraction& value) const {
    return text_cell(value.to_string(scored_.decimals), LayoutCell::Kind::score);
}

LayoutCell OwnLayout::cell(const PaperColumn& column, const Instrument::Place& place, std::size_t order,
                           bool is_first) const {
    const Criterion& item = form_.criterion(place);
    const ItemScoring& scoring = *item.scoring;
    const Layer layer = layer_of(column);
    if (column.cell)
        return text_cell(*column.cell < scoring.cells.size() ? scoring.cells[*column.cell] : std::string());
    switch (column.role) {
        case Role::number:
            return text_cell(item.number, LayoutCell::Kind::middle);
        case Role::criterion:
            return text_cell(item.text);
        case Role::points:
            return scoring.points ? number_cell(scoring.points, LayoutCell::Kind::middle) : text_cell({});
        case Role::blanks:
            return scoring.tiers.empty() ? text_cell(filled(scoring, item.id)) : tiers_cell(scoring, item.id);
        case Role::score:
            if (!scored_.has_points)
                return text_cell(level_words(document_, layer, item, result_of(column).items[order]),
                                 LayoutCell::Kind::score);
            return number_cell(document_.score(layer, item.id), LayoutCell::Kind::score);
        case Role::gained:
        case Role::deducted: {
            const ItemResult& result = result_of(column).items[order];
            const Fraction& value = column.role == Role::gained ? result.gained : result.deducted;
            return result.is_scored() && !(value == Fraction{}) ? figure(value) : text_cell({});
        }
        case Role::sum:
            return is_first ? sum_cell(column, place.section) : text_cell({});
        case Role::note:
            return text_cell(std::string(document_.text(layer, item.id, "note")));
        default:
            return text_cell({});
    }
}

LayoutCell OwnLayout::sum_cell(const PaperColumn& column, std::size_t section) const {
    const ScorerResult& result = result_of(column);
    const ScoredSum& sum = result.sections[section];
    return sum.scored > 0 ? figure(sum.score) : text_cell({});
}

/// "应报12次，实报____次"; "有■ 无□".
std::string OwnLayout::blank_text(const Blank& blank, const std::string& item) const {
    const Layer layer = layers_of(form_)[evaluation_.deciding];
    const Value& value = document_.answer(TargetRef{layer, item, (blank.is_tick() ? "tick:" : "blank:") + blank.name});
    if (!blank.is_tick()) {
        const std::string text = show_value(value);
        return text.empty() ? std::string(empty_blank) : text;
    }
    const auto* yes = std::get_if<bool>(&value);
    const std::string yes_word = blank.yes.empty() ? translate(language_, "print.yes") : blank.yes;
    const std::string no_word = blank.no.empty() ? translate(language_, "print.no") : blank.no;
    return yes_word + (yes != nullptr && *yes ? "■" : "□") + no_word + (yes != nullptr && !*yes ? "■" : "□");
}

std::string OwnLayout::filled(const ItemScoring& scoring, const std::string& item) const {
    std::string text = scoring.result;
    for (const Blank& blank : scoring.blanks) {
        const std::string mark = "{" + blank.name + "}";
        const std::size_t at = text.find(mark);
        if (at != std::string::npos) text.replace(at, mark.size(), blank_text(blank, item));
    }
    return text;
}

/// One line a point: "【C】■有制度".
LayoutCell OwnLayout::tiers_cell(const ItemScoring& scoring, const std::string& item) const {
    LayoutCell out;
    const Layer layer = layers_of(form_)[evaluation_.deciding];
    for (const Tier& tier : scoring.tiers) {
        for (std::size_t i = 0; i < tier.points.size(); ++i) {
            const Blank& blank = scoring.blanks[tier.first + i];
            const bool is_met = document_.flag(layer, item, "tick:" + blank.name);
            add_paragraph(out, "【" + tier.label + "】" + (is_met ? "■" : "□") + tier.points[i]);
            out.paragraphs.back().kind = LayoutParagraph::Kind::paragraph;
        }
    }
    return out;
}

// --- The foot -----------------------------------------------------------------------------------------------------

LayoutRow OwnLayout::across(const std::string& text) const {
    LayoutCell cell = text_cell(text, LayoutCell::Kind::statement);
    cell.columns = columns_.size() + (has_groups_ ? 2 : 1);
    return {LayoutRow::Kind::sum, {std::move(cell)}};
}

/// 合计 under the columns of points and scores.
LayoutRow OwnLayout::totals() const {
    std::vector<LayoutCell> cells;
    std::size_t label = has_groups_ ? 2 : 1;
    for (const PaperColumn* column : columns_) {
        const bool counts = column->role == Role::points || column->role == Role::score || column->role == Role::sum ||
                            column->role == Role::gained || column->role == Role::deducted;
        if (!counts && cells.empty()) {
            ++label;
            continue;
        }
        const ScorerResult& result = result_of(*column);
        LayoutCell cell = text_cell({});
        if (column->role == Role::points && scored_.printed)
            cell = number_cell(scored_.printed, LayoutCell::Kind::middle);
        if (column->role == Role::points && !scored_.printed && form_.points > Points{})
            cell = number_cell(form_.points, LayoutCell::Kind::middle);
        if ((column->role == Role::score || column->role == Role::sum) && result.any && result.total)
            cell = figure(*result.total);
        if (column->role == Role::gained && result.any) cell = figure(result.sum.gained);
        if (column->role == Role::deducted && result.any) cell = figure(result.sum.deducted);
        cells.push_back(std::move(cell));
    }
    LayoutCell name = text_cell(translate(language_, "print.total"), LayoutCell::Kind::name);
    name.columns = label;
    cells.insert(cells.begin(), std::move(name));
    return {LayoutRow::Kind::sum, std::move(cells)};
}

void OwnLayout::add_foot(LayoutTable& table) const {
    if (scored_.has_points) table.foot.push_back(totals());
    for (const Blank& blank : scored_.foot_blanks)
        table.foot.push_back(across(blank.name + "：" + blank_text(blank, "foot")));
    const std::string grade =
        scored_.grades.bands.empty() ? std::string() : why_grade(language_, document_, evaluation_);
    if (!grade.empty() && evaluation_.total) table.foot.push_back(across(grade));
    for (const FigureResult& one : evaluation_.figures) {
        if (one.value)
            table.foot.push_back(across(one.definition->name + "：" + one.value->to_string(one.definition->decimals)));
    }
    for (const Layer layer : layers_of(form_)) {
        for (const FootRemark& remark : scored_.remarks) {
            const std::string_view text = document_.text(layer, "foot", remark.id);
            if (!text.empty()) table.foot.push_back(across(remark.label + "：" + std::string(text)));
        }
    }
}

}  // namespace

Layout lay_out_own(const Document& document) { return OwnLayout(document).make(); }

}  // namespace duibiao
