// Below the rows of a scored form of format 2: sums, the form's total, veto, what else the paper says, remarks.
#include <algorithm>

#include "core/evaluate/definition.hpp"
#include "core/tally.hpp"
#include "exchange/layout_own_class.hpp"
#include "exchange/why.hpp"

namespace duibiao {

LayoutRow OwnLayout::across(const std::string& text, bool bold) const {
    LayoutCell cell = text_cell(text, LayoutCell::Kind::statement);
    for (LayoutParagraph& paragraph : cell.paragraphs) {
        for (LayoutRun& run : paragraph.runs) run.bold = bold;
    }
    cell.columns = columns_.size();
    LayoutRow row{LayoutRow::Kind::sum, {std::move(cell)}};
    row.keeps_next = bold;
    return row;
}

/// Bonus and penalty of their own sections are these sections' scores; of all sections the scorer's total.
LayoutCell OwnLayout::sum_under(const OwnColumn& column, std::size_t first, std::size_t last, bool is_whole) const {
    const ScorerResult& result = result_of(column);
    Points points;
    Fraction score;
    bool any = false;
    for (std::size_t s = first; s < last; ++s) {
        const ScoredSum& sum = result.sections[s];
        points += scored_.sections[s].printed.value_or(form_.sections[s].points);
        score += sum.of > 0 ? sum.score : sum.bonus - sum.penalty;
        any = any || sum.scored > 0 || (sum.of == 0 && result.any);
    }
    if (column.role == ColumnRole::points) {
        if (is_whole) points = scored_.printed.value_or(form_.points);
        return points > Points{} ? number_cell(points, LayoutCell::Kind::middle) : text_cell({});
    }
    if (column.role == ColumnRole::gained || column.role == ColumnRole::deducted) {
        Fraction all;
        for (std::size_t at = 0; at < form_.order.size(); ++at) {
            if (form_.order[at].section >= first && form_.order[at].section < last) all += moved(column, at);
        }
        return any ? figure(all) : text_cell({});
    }
    if (is_whole) return result.any && result.total ? figure(*result.total) : text_cell({});
    return any ? figure(score) : text_cell({}, LayoutCell::Kind::score);
}

namespace {

/// "综合得分：{total}分" without what stands in braces.
std::string without_places(std::string_view pattern) {
    std::string out;
    while (!pattern.empty()) {
        const std::size_t open = std::min(pattern.find('{'), pattern.size());
        out += pattern.substr(0, open);
        const std::size_t close = pattern.find('}', open);
        pattern.remove_prefix(close == std::string_view::npos ? pattern.size() : close + 1);
    }
    return out;
}

}  // namespace

LayoutRow OwnLayout::sums(const std::string& name, std::size_t first, std::size_t last, bool is_whole) const {
    std::vector<LayoutCell> cells;
    std::size_t label = 0;
    for (const OwnColumn& column : columns_) {
        const bool counts = column.role == ColumnRole::points || column.role == ColumnRole::score ||
                            column.role == ColumnRole::sum || column.role == ColumnRole::gained ||
                            column.role == ColumnRole::deducted;
        if (!counts && cells.empty()) {
            ++label;
        } else {
            cells.push_back(counts ? sum_under(column, first, last, is_whole) : text_cell({}));
        }
    }
    LayoutRow row{LayoutRow::Kind::sum, {}};
    row.id = "sum." + std::to_string(last) + (is_whole ? ".all" : "");
    row.name = without_places(name);
    if (label == 0) {
        row.cells = std::move(cells);
        return row;
    }
    const bool says_more = name.find('{') != std::string::npos;
    LayoutCell head = text_cell(words_.line(name), says_more ? LayoutCell::Kind::statement : LayoutCell::Kind::middle);
    head.columns = label;
    cells.insert(cells.begin(), std::move(head));
    row.cells = std::move(cells);
    return row;
}

void OwnLayout::add_joint_total(std::vector<LayoutRow>& rows) const {
    const bool is_weighted = scored_.total_by == TotalBy::weighted;
    const bool is_mean = is_joint(scored_);
    if (!scored_.has_points || !evaluation_.total || (!is_mean && !has_deciders(scored_))) return;
    std::vector<std::string> weights;
    for (const Scorer& scorer : scored_.scorers) {
        if (is_weighted) weights.push_back(scorer.short_label + " " + scorer.weight.to_string() + "%");
    }
    const char* key = is_weighted ? "print.total.weighted" : is_mean ? "print.total.mean" : "print.total.decided";
    std::string text = translate(language_, key, {{"score", words_.total()}, {"weights", weights}});
    if (evaluation_.counted < evaluation_.expected)
        text +=
            translate(language_, "print.total.so_far", {{"counted", static_cast<std::int64_t>(evaluation_.counted)}});
    rows.push_back(across(text, true));
    rows.back().keeps_next = false;
}

void OwnLayout::add_foot(std::vector<LayoutRow>& rows) const {
    const std::string total = scored_.words.total.value_or(translate(language_, "print.total"));
    if (scored_.has_points && !total.empty()) rows.push_back(sums(total, 0, form_.sections.size(), true));
    const std::string_view colon = language_ == Language::chinese ? "：" : ": ";
    if (scored_.words.lines) {
        for (const std::string& line : *scored_.words.lines) rows.push_back(across(words_.line(line)));
    } else {
        for (const Blank& blank : scored_.foot_blanks)
            rows.push_back(across(blank.name + std::string(colon) + words_.blank(blank, "foot")));
        const std::string grade =
            scored_.grades.bands.empty() ? std::string() : why_grade(language_, document_, evaluation_);
        if (!grade.empty() && evaluation_.total) rows.push_back(across(grade));
        for (const FigureResult& one : evaluation_.figures) {
            if (!one.value) continue;
            rows.push_back(
                across(one.definition->name + std::string(colon) + one.value->to_string(one.definition->decimals)));
        }
    }
    if (!scored_.words.lines) add_joint_total(rows);
    if (!form_.veto.conditions.empty()) {
        const Tally sums = tally(document_);
        LayoutRow veto{LayoutRow::Kind::plain, {veto_cell(document_, sums.veto ? sums.verdict : std::string_view())}};
        veto.cells.front().columns = columns_.size();
        rows.push_back(std::move(veto));
    }
    for (const FootRemark& remark : scored_.remarks) add_remark(rows, remark);
}

/// Each scorer's; with none the place for one.
void OwnLayout::add_remark(std::vector<LayoutRow>& rows, const FootRemark& remark) const {
    const std::string name = remark.label + (language_ == Language::chinese ? "：" : ": ");
    bool any = false;
    for (const Layer layer : layers_of(form_)) {
        const std::string_view text = document_.text(layer, "foot", remark.id);
        if (text.empty()) continue;
        rows.push_back(across(name + std::string(text)));
        any = true;
    }
    if (!any) rows.push_back(across(name));
}

}  // namespace duibiao
