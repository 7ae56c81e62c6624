// The appraisal: the working sheet with every score, and the sheet that is published.
#include <array>

#include "core/appraisal.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

using Gives = AppraisalStep::Gives;

class AppraisalLayout {
public:
    explicit AppraisalLayout(const Document& document)
        : document_(document),
          form_(*document.instrument),
          appraisal_(form_.appraisal),
          language_(language_of(form_)),
          published_(open_step(document) == nullptr) {}

    [[nodiscard]] Layout make() const;

private:
    [[nodiscard]] std::string title() const;
    [[nodiscard]] std::vector<LayoutWidth> find_widths() const;
    [[nodiscard]] std::vector<LayoutCell> head() const;
    [[nodiscard]] std::vector<LayoutCell> second_head() const;
    [[nodiscard]] LayoutRow member_row(const Standing& standing) const;
    void add_part(LayoutRow& row, const Standing& standing, const StandingPart& part) const;
    [[nodiscard]] std::vector<std::string> rules() const;

    /// Columns of a step: one for each dimension and their sum; once published the sum alone; four of ballots.
    [[nodiscard]] std::size_t columns_of(const AppraisalStep& step) const;
    [[nodiscard]] std::string formula() const;
    [[nodiscard]] std::vector<std::string> grades() const;
    [[nodiscard]] bool has_reason() const { return !published_ && appraisal_.reason.has_value(); }
    [[nodiscard]] const std::string& column_label(std::size_t column) const {
        return form_.table.columns[column].label;
    }
    [[nodiscard]] std::string words(std::string_view key) const { return translate(language_, key); }
    [[nodiscard]] std::string words(std::string_view key, const Params& params) const {
        return translate(language_, key, params);
    }

    const Document& document_;
    const Instrument& form_;
    const Appraisal& appraisal_;
    Language language_;
    bool published_;
};

Layout AppraisalLayout::make() const {
    Layout layout = lay_out_frame(document_);
    LayoutTable table;
    table.kind = LayoutTable::Kind::list;
    table.title = title();
    table.widths = find_widths();
    table.head = {head(), second_head()};
    std::vector<LayoutRow> rows;
    for (const Standing& standing : appraise(document_)) rows.push_back(member_row(standing));
    table.sections.push_back({{}, {{{}, std::move(rows)}}});
    layout.tables.push_back(std::move(table));
    layout.rules = rules();
    return layout;
}

/// What is published bears the last step's name; a working sheet says which steps are closed.
std::string AppraisalLayout::title() const {
    if (published_) return appraisal_.steps.back().title;
    std::vector<std::string> states;
    for (const AppraisalStep& step : appraisal_.steps) {
        const bool closed = is_closed(document_, step.id);
        const std::string_view key = closed ? "print.appraisal.closed" : "print.appraisal.open";
        states.push_back(words(key, {{"step", step.title}}));
    }
    return words("print.appraisal.working", {{"steps", states}});
}

// --- The table ----------------------------------------------------------------------------------------------------

std::size_t AppraisalLayout::columns_of(const AppraisalStep& step) const {
    switch (step.gives) {
        case Gives::ballots:
            return appraisal_.ballots.size();
        case Gives::scores:
            return published_ ? 1 : appraisal_.dimensions.size() + 1;
        case Gives::publication:
            break;
    }
    return 0;
}

std::vector<LayoutWidth> AppraisalLayout::find_widths() const {
    std::vector<LayoutWidth> all{widths::mark, widths::date};
    if (appraisal_.branch) all.push_back(published_ ? widths::rest : widths::date);
    for (const AppraisalStep& step : appraisal_.steps) {
        const LayoutWidth narrow = step.gives == Gives::ballots ? widths::count : widths::mark;
        all.insert(all.end(), columns_of(step), published_ ? widths::date : narrow);
    }
    all.insert(all.end(), 2, published_ ? widths::date : widths::count);
    if (has_reason()) all.push_back(widths::rest);
    return all;
}

std::vector<LayoutCell> AppraisalLayout::head() const {
    std::vector<LayoutCell> cells{heading_cell(words("csv.number"), 1, 2),
                                  heading_cell(column_label(appraisal_.name), 1, 2)};
    if (appraisal_.branch) cells.push_back(heading_cell(column_label(*appraisal_.branch), 1, 2));
    for (const AppraisalStep& step : appraisal_.steps) {
        const std::size_t columns = columns_of(step);
        if (columns > 0) cells.push_back(heading_cell(step.title, columns, columns == 1 ? 2 : 1));
    }
    cells.push_back(heading_cell(appraisal_.total_label, 1, 2));
    cells.push_back(heading_cell(appraisal_.grade_label, 1, 2));
    if (has_reason()) cells.push_back(heading_cell(column_label(*appraisal_.reason), 1, 2));
    return cells;
}

std::vector<LayoutCell> AppraisalLayout::second_head() const {
    std::vector<LayoutCell> cells;
    for (const AppraisalStep& step : appraisal_.steps) {
        if (step.gives == Gives::ballots) {
            for (const std::size_t column : appraisal_.ballots) cells.push_back(heading_cell(column_label(column)));
        } else if (columns_of(step) > 1) {
            for (const Dimension& dimension : appraisal_.dimensions) cells.push_back(heading_cell(dimension.title));
            cells.push_back(heading_cell(words("print.section_total")));
        }
    }
    return cells;
}

void AppraisalLayout::add_part(LayoutRow& row, const Standing& standing, const StandingPart& part) const {
    const auto add = [&row](const std::optional<Points>& number) {
        row.cells.push_back(number_cell(number, LayoutCell::Kind::middle));
    };
    if (part.step->gives == Gives::ballots) {
        for (const auto& number : {standing.raters, part.score, standing.lowest, standing.highest}) add(number);
        return;
    }
    if (!published_) {
        for (const auto& score : part.dimensions) add(score);
    }
    add(part.score);
}

LayoutRow AppraisalLayout::member_row(const Standing& standing) const {
    LayoutRow row;
    row.cells.push_back(
        number_cell(Points::from_whole(static_cast<std::int64_t>(standing.number)), LayoutCell::Kind::middle));
    row.cells.push_back(text_cell(std::string(standing.name)));
    if (appraisal_.branch) row.cells.push_back(text_cell(std::string(standing.branch)));
    for (const StandingPart& part : standing.parts) add_part(row, standing, part);
    row.cells.push_back(number_cell(standing.total, LayoutCell::Kind::middle));
    row.cells.push_back(
        text_cell(standing.grade == nullptr ? std::string("—") : standing.grade->title, LayoutCell::Kind::middle));
    if (has_reason()) row.cells.push_back(text_cell(std::string(standing.reason)));
    return row;
}

// --- What the sheet says of itself --------------------------------------------------------------------------------

/// "个人自评×20%＋民主评议×40%＋支部考评×40%".
std::string AppraisalLayout::formula() const {
    std::string text;
    for (const AppraisalStep& step : appraisal_.steps) {
        if (step.weight == Points{}) continue;
        text += (text.empty() ? "" : "＋") + step.title + "×" + step.weight.to_string() + "%";
    }
    return text;
}

std::vector<std::string> AppraisalLayout::grades() const {
    std::vector<std::string> texts;
    for (const GradeBand& band : appraisal_.bands) {
        texts.push_back(
            words("print.appraisal.grade", {{"grade", band.title}, {"at_least", band.at_least.to_string()}}));
    }
    return texts;
}

std::vector<std::string> AppraisalLayout::rules() const {
    std::vector<std::string> texts{words("print.appraisal.total", {{"formula", formula()}}),
                                   words("print.appraisal.grades", {{"grades", grades()}})};
    if (appraisal_.ballot_step() != nullptr) {
        texts.push_back(words("print.appraisal.ballots",
                              {{"max", form_.points.to_string()}, {"fewest", appraisal_.fewest_raters}}));
    }
    texts.push_back(words("print.appraisal.ties"));
    return texts;
}

}  // namespace

Layout lay_out_appraisal(const Document& document) { return AppraisalLayout(document).make(); }

}  // namespace duibiao
