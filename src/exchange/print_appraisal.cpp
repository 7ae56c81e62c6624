// The appraisal: the working sheet with every score, and the sheet that is published.
#include "core/appraisal.hpp"

#include "exchange/paper.hpp"

namespace duibiao {
namespace {

using Gives = AppraisalStep::Gives;

class AppraisalPaper : public Paper {
public:
    AppraisalPaper(const Document& document, Language language)
        : Paper(document, language),
          appraisal_(form().appraisal),
          standings_(appraise(document)),
          published_(open_step(document) == nullptr) {}

private:
    [[nodiscard]] std::string classes() const override { return "paper-rows-form"; }
    void write_content() override;

    void write_fields();
    void write_part_title();
    void write_widths();
    void write_head();
    void write_second_head();
    void write_member(const Standing& standing);
    void write_part(const Standing& standing, const StandingPart& part);
    void write_foot();
    void write_rules();

    void write_width(std::string_view name, std::size_t columns = 1);
    void write_tall_heading(std::string_view name);
    void write_number(const std::optional<Points>& number);

    /// Columns of a step: one for each dimension and their sum; once published the sum alone; four of ballots.
    [[nodiscard]] std::size_t columns_of(const AppraisalStep& step) const;
    [[nodiscard]] std::string formula() const;
    [[nodiscard]] std::vector<std::string> grades() const;
    [[nodiscard]] const std::string& column_label(std::size_t column) const {
        return form().table.columns[column].label;
    }

    const Appraisal& appraisal_;
    std::vector<Standing> standings_;
    bool published_;
};

void AppraisalPaper::write_content() {
    write_fields();
    write_part_title();
    html().markup("<table class=\"paper-grid paper-list\">\n");
    write_widths();
    write_head();
    html().markup("<tbody>\n");
    for (const Standing& standing : standings_) write_member(standing);
    html().markup("</tbody></table>\n");
    write_foot();
}

void AppraisalPaper::write_fields() {
    std::vector<Labelled> fields;
    for (const HeaderField& field : form().header) fields.push_back({field.label, header_text(field)});
    html().markup("<table>\n<tbody>");
    write_head_line(1, fields);
    html().markup("</tbody></table>\n");
}

/// What is published bears the last step's name; a working sheet says which steps are closed.
void AppraisalPaper::write_part_title() {
    html().markup("<h2 class=\"paper-part\">");
    if (published_) {
        html().text(appraisal_.steps.back().title);
    } else {
        std::vector<std::string> states;
        for (const AppraisalStep& step : appraisal_.steps) {
            const bool closed = is_closed(document(), step.id);
            const std::string_view key = closed ? "print.appraisal.closed" : "print.appraisal.open";
            states.push_back(words(key, {{"step", step.title}}));
        }
        html().text(words("print.appraisal.working", {{"steps", states}}));
    }
    html().markup("</h2>\n");
}

// --- The table ----------------------------------------------------------------------------------------------------

std::size_t AppraisalPaper::columns_of(const AppraisalStep& step) const {
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

void AppraisalPaper::write_width(std::string_view name, std::size_t columns) {
    for (std::size_t i = 0; i < columns; ++i) {
        html().markup("<col");
        if (!name.empty()) html().attribute("class", name);
        html().markup(">");
    }
}

void AppraisalPaper::write_widths() {
    html().markup("<colgroup>");
    write_width("paper-cell-mark");
    write_width("paper-cell-date");
    if (appraisal_.branch) write_width(published_ ? "" : "paper-cell-date");
    for (const AppraisalStep& step : appraisal_.steps) {
        const std::string_view narrow = step.gives == Gives::ballots ? "paper-cell-count" : "paper-cell-mark";
        write_width(published_ ? "paper-cell-date" : narrow, columns_of(step));
    }
    write_width(published_ ? "paper-cell-date" : "paper-cell-count", 2);
    if (!published_ && appraisal_.reason) write_width("");
    html().markup("</colgroup>\n");
}

void AppraisalPaper::write_tall_heading(std::string_view name) {
    html().markup("<th scope=\"col\" rowspan=\"2\">").text(name).markup("</th>");
}

void AppraisalPaper::write_head() {
    html().markup("<thead><tr class=\"paper-columns\">");
    write_tall_heading(words("csv.number"));
    write_tall_heading(column_label(appraisal_.name));
    if (appraisal_.branch) write_tall_heading(column_label(*appraisal_.branch));
    for (const AppraisalStep& step : appraisal_.steps) {
        const std::size_t columns = columns_of(step);
        if (columns == 1) write_tall_heading(step.title);
        if (columns > 1) write_heading_cell(step.title, {}, columns);
    }
    write_tall_heading(appraisal_.total_label);
    write_tall_heading(appraisal_.grade_label);
    if (!published_ && appraisal_.reason) write_tall_heading(column_label(*appraisal_.reason));
    html().markup("</tr>\n<tr class=\"paper-columns\">");
    write_second_head();
    html().markup("</tr></thead>\n");
}

void AppraisalPaper::write_second_head() {
    for (const AppraisalStep& step : appraisal_.steps) {
        if (step.gives == Gives::ballots) {
            for (const std::size_t column : appraisal_.ballots) write_heading_cell(column_label(column));
        } else if (columns_of(step) > 1) {
            for (const Dimension& dimension : appraisal_.dimensions) write_heading_cell(dimension.title);
            write_heading_cell(words("print.section_total"));
        }
    }
}

void AppraisalPaper::write_number(const std::optional<Points>& number) {
    html().markup("<td class=\"paper-middle\">").text(number ? number->to_string() : std::string{}).markup("</td>");
}

void AppraisalPaper::write_part(const Standing& standing, const StandingPart& part) {
    if (part.step->gives == Gives::ballots) {
        write_number(standing.raters);
        write_number(part.score);
        write_number(standing.lowest);
        write_number(standing.highest);
        return;
    }
    if (!published_) {
        for (const auto& score : part.dimensions) write_number(score);
    }
    write_number(part.score);
}

void AppraisalPaper::write_member(const Standing& standing) {
    html().markup("<tr><td class=\"paper-middle\">").text(std::to_string(standing.number)).markup("</td><td>");
    html().text(standing.name).markup("</td>");
    if (appraisal_.branch) html().markup("<td>").text(standing.branch).markup("</td>");
    for (const StandingPart& part : standing.parts) write_part(standing, part);
    write_number(standing.total);
    html().markup("<td class=\"paper-middle\">");
    html().text(standing.grade == nullptr ? std::string_view("—") : std::string_view(standing.grade->title));
    html().markup("</td>");
    if (!published_ && appraisal_.reason) html().markup("<td>").text(standing.reason).markup("</td>");
    html().markup("</tr>\n");
}

// --- What the sheet says of itself --------------------------------------------------------------------------------

/// "个人自评×20%＋民主评议×40%＋支部考评×40%".
std::string AppraisalPaper::formula() const {
    std::string text;
    for (const AppraisalStep& step : appraisal_.steps) {
        if (step.weight == Points{}) continue;
        text += (text.empty() ? "" : "＋") + step.title + "×" + step.weight.to_string() + "%";
    }
    return text;
}

std::vector<std::string> AppraisalPaper::grades() const {
    std::vector<std::string> texts;
    for (const GradeBand& band : appraisal_.bands) {
        texts.push_back(
            words("print.appraisal.grade", {{"grade", band.title}, {"at_least", band.at_least.to_string()}}));
    }
    return texts;
}

void AppraisalPaper::write_rules() {
    const std::array<std::string, 4> rules{
        words("print.appraisal.total", {{"formula", formula()}}),
        words("print.appraisal.grades", {{"grades", grades()}}),
        words("print.appraisal.ballots", {{"max", form().points.to_string()}, {"fewest", appraisal_.fewest_raters}}),
        words("print.appraisal.ties")};
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (i == 2 && appraisal_.ballot_step() == nullptr) continue;
        html().markup("<p class=\"paper-small\">").text(rules[i]).markup("</p>\n");
    }
}

/// Together on one page.
void AppraisalPaper::write_foot() {
    html().markup("<table><tbody class=\"paper-foot\">\n<tr><td class=\"paper-signing\">");
    write_rules();
    html().markup("</td></tr>\n");
    write_signatures(1);
    html().markup("</tbody>\n");
    write_table_end(1);
}

}  // namespace

std::unique_ptr<Paper> make_appraisal_paper(const Document& document, Language language) {
    return std::make_unique<AppraisalPaper>(document, language);
}

}  // namespace duibiao
