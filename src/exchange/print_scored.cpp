// The score table as its paper looks. Chromium repeats the head of a table on every page that the table reaches, nested
// tables too; a merged cell's text it prints only once. So each section, and in it each group, is a table of its own
// whose head has no height and holds the name, laid over the column that the paper merges: wherever a section or group
// continues, its name stands at the top of the page. The upright lines are the background of the section's cell
// (web/print.css), which reaches to the foot of the page even where the next row did not fit.
#include <algorithm>
#include <array>
#include <vector>

#include "core/tally.hpp"
#include "core/text.hpp"
#include "exchange/paper.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_uncut_characters = 500;  ///< a row with longer notes may go on overleaf

class ScoredPaper : public Paper {
public:
    ScoredPaper(const Document& document, Language language) : Paper(document, language), tally_(tally(document)) {}

private:
    [[nodiscard]] std::string classes() const override { return "paper-layers-" + span(form().layers.size()); }
    void write_content() override;

    // Pieces of the page, in their order.
    void write_head();
    void write_section(const Section& section, const SectionTally& sums);
    void write_group(const Group& group);
    void write_criterion(const Criterion& criterion);
    void write_note_cell(const Criterion& criterion);
    void write_measure(const MeasureState& state);
    void write_section_total(const SectionTally& sums, std::size_t name_columns);
    void write_total();
    void write_veto();
    void write_veto_condition(const VetoCondition& condition);

    // Small parts.
    void write_columns();
    void write_sums(const std::array<Sum, 3>& sums);

    [[nodiscard]] bool is_long(const Criterion& criterion) const;
    [[nodiscard]] std::string points_words(Points points) const {
        return words("print.points", {{"points", points.to_string()}});
    }
    [[nodiscard]] std::string total_words() const;
    [[nodiscard]] std::size_t column_count() const { return 4 + form().layers.size(); }
    [[nodiscard]] static std::string span(std::size_t columns) { return std::to_string(columns); }

    Tally tally_;
};

// --- The table ----------------------------------------------------------------------------------------------------

void ScoredPaper::write_content() {
    html().markup("<table class=\"paper-frame\">\n");
    write_columns();
    write_head();
    html().markup("<tbody>\n");
    for (std::size_t i = 0; i < form().sections.size(); ++i) write_section(form().sections[i], tally_.sections[i]);
    html().markup("</tbody>\n<tbody class=\"paper-foot\">\n");
    write_total();
    write_veto();
    write_signatures(column_count());
    html().markup("</tbody>\n");
    write_table_end(column_count());
}

void ScoredPaper::write_columns() {
    html()
        .markup("<colgroup><col class=\"paper-name-column\"><col class=\"paper-name-column\"><col>")
        .markup("<col class=\"paper-note-column\">");
    for (std::size_t i = 0; i < form().layers.size(); ++i) html().markup("<col class=\"paper-score-column\">");
    html().markup("</colgroup>\n");
}

void ScoredPaper::write_head() {
    html().markup("<thead>\n");
    std::vector<Labelled> fields;
    for (const HeaderField& field : form().header) {
        const bool is_total = field.type == HeaderField::Type::computed;
        fields.push_back({field.label, is_total ? total_words() : header_text(field)});
    }
    write_head_line(column_count(), fields);
    html().markup("<tr class=\"paper-columns\">");
    write_heading_cell(form().columns.section);
    write_heading_cell(words("print.group"));
    write_heading_cell(form().columns.criterion);
    write_heading_cell(form().columns.note);
    for (const LayerLabel& layer : form().layers) write_heading_cell(layer.label);
    html().markup("</tr>\n</thead>\n");
}

/// The newest layer that scored everything speaks, else self so far; a verdict stands beside the points.
std::string ScoredPaper::total_words() const {
    std::string total;
    for (const LayerLabel& layer : form().layers) {
        const Sum& sum = tally_.layers[index_of(layer.layer)];
        const bool complete = sum.scored == sum.of;
        if (sum.scored == 0 || (!complete && layer.layer != Layer::self)) continue;
        const Params params{{"score", sum.score.to_string()},
                            {"layer", layer.short_label},
                            {"scored", static_cast<std::int64_t>(sum.scored)},
                            {"of", static_cast<std::int64_t>(sum.of)}};
        total = words(complete ? "print.total_of_layer" : "print.total_so_far", params);
    }
    if (tally_.veto) total += (total.empty() ? "" : " ") + tally_.verdict;
    return total;
}

// --- Sections and groups ------------------------------------------------------------------------------------------

bool is_ungrouped(const Section& section) { return section.groups.size() == 1 && section.groups[0].title.empty(); }

void ScoredPaper::write_section(const Section& section, const SectionTally& sums) {
    const bool ungrouped = is_ungrouped(section);
    const std::string name = section.title + points_words(section.points);
    html()
        .markup("<tr class=\"paper-flow\"><td")
        .attribute("class", (ungrouped ? "paper-section paper-ungrouped " : "paper-section ") + name_class(name))
        .attribute("colspan", span(column_count()))
        .markup("><table>\n");
    write_columns();
    html()
        .markup("<thead><tr class=\"paper-name\"><th scope=\"rowgroup\"")
        .attribute("colspan", ungrouped ? "2" : "1")
        .markup("><div>")
        .text(name)
        .markup("</div></th><td")
        .attribute("colspan", span(column_count() - (ungrouped ? 2 : 1)))
        .markup("></td></tr></thead>\n<tbody><tr class=\"paper-flow\"><td")
        .attribute("colspan", span(column_count()))
        .markup(">\n");
    for (const Group& group : section.groups) write_group(group);
    write_section_total(sums, ungrouped ? 2 : 1);
    html().markup("</td></tr></tbody></table></td></tr>\n");
}

void ScoredPaper::write_group(const Group& group) {
    html().markup("<table").attribute("class", name_class(group.title)).markup(">\n");
    write_columns();
    if (!group.title.empty()) {
        html()
            .markup("<thead><tr class=\"paper-name\"><td></td><th scope=\"rowgroup\"><div>")
            .text(group.title)
            .markup("</div></th><td")
            .attribute("colspan", span(column_count() - 2))
            .markup("></td></tr></thead>\n");
    }
    html().markup("<tbody class=\"paper-rows\">\n");
    for (const Criterion& criterion : group.criteria) write_criterion(criterion);
    html().markup("</tbody></table>\n");
}

void ScoredPaper::write_criterion(const Criterion& criterion) {
    html()
        .markup(is_long(criterion) ? "<tr class=\"paper-flow\">" : "<tr>")
        .markup("<td class=\"paper-under-name\" colspan=\"2\"></td><td>")
        .text(criterion.number)
        .markup(".")
        .text(criterion.text)
        .markup("<span class=\"paper-points\">")
        .text(points_words(criterion.points))
        .markup("</span></td><td>");
    write_note_cell(criterion);
    html().markup("</td>");
    for (const LayerLabel& layer : form().layers) {
        const auto score = document().score(layer.layer, criterion.id);
        html().markup("<td class=\"paper-score\">").text(score ? score->to_string() : "").markup("</td>");
    }
    html().markup("</tr>\n");
}

bool ScoredPaper::is_long(const Criterion& criterion) const {
    std::size_t characters = 0;
    for (const LayerLabel& layer : form().layers) {
        characters += count_characters(document().text(layer.layer, criterion.id, "note"));
    }
    characters += count_characters(document().text(Layer::self, criterion.id, "explanation"));
    return characters > most_uncut_characters;
}

/// What the unit did, what it counted, why it scored above that, and what the others found.
void ScoredPaper::write_note_cell(const Criterion& criterion) {
    const std::string_view note = document().text(Layer::self, criterion.id, "note");
    if (!note.empty()) html().markup("<p>").lines(note).markup("</p>");
    const Proposal proposal = propose(document(), criterion);
    for (const MeasureState& state : proposal.measures) {
        if (state.value) write_measure(state);
    }
    write_named_paragraph(words("print.explanation"), document().text(Layer::self, criterion.id, "explanation"));
    for (const LayerLabel& layer : form().layers) {
        if (layer.layer == Layer::self) continue;
        write_named_paragraph(layer.short_label, document().text(layer.layer, criterion.id, "note"));
    }
}

void ScoredPaper::write_measure(const MeasureState& state) {
    const Measure& measure = *state.measure;
    std::string value = state.value->to_string() + measure.unit;
    if (measure.type == Measure::Type::yesno) {
        value = words(*state.value == Points() ? "print.no" : "print.yes");
    }
    write_named_paragraph(measure.name, value);
}

// --- Sums, veto, signatures ---------------------------------------------------------------------------------------

/// A sum over nothing is left blank: unscored is neither zero nor full.
void ScoredPaper::write_sums(const std::array<Sum, 3>& sums) {
    for (const LayerLabel& layer : form().layers) {
        const Sum& sum = sums[index_of(layer.layer)];
        html().markup("<td class=\"paper-score\">");
        if (sum.scored > 0) html().text(sum.score.to_string());
        if (sum.scored > 0 && sum.scored < sum.of) {
            html()
                .markup("<br><small>")
                .text(words("print.so_far", {{"scored", static_cast<std::int64_t>(sum.scored)},
                                             {"of", static_cast<std::int64_t>(sum.of)}}))
                .markup("</small>");
        }
        html().markup("</td>");
    }
}

void ScoredPaper::write_section_total(const SectionTally& sums, std::size_t name_columns) {
    html().markup("<table class=\"paper-section-total\">\n");
    write_columns();
    html()
        .markup("<tbody><tr><td class=\"paper-under-name\"")
        .attribute("colspan", span(name_columns))
        .markup("></td><td")
        .attribute("colspan", span(4 - name_columns))
        .markup(">")
        .text(words("print.section_total"))
        .text(points_words(sums.layers[0].points))
        .markup("</td>");
    write_sums(sums.layers);
    html().markup("</tr></tbody></table>\n");
}

void ScoredPaper::write_total() {
    html()
        .markup("<tr class=\"paper-total\"><th scope=\"row\" colspan=\"4\">")
        .text(words("print.total"))
        .text(points_words(form().points))
        .markup("</th>");
    write_sums(tally_.layers);
    html().markup("</tr>\n");
    if (!tally_.veto) return;
    html()
        .markup("<tr class=\"paper-total\"><th scope=\"row\" colspan=\"4\">")
        .text(words("print.verdict"))
        .markup("</th><td class=\"paper-score\"")
        .attribute("colspan", span(form().layers.size()))
        .markup("><b>")
        .text(tally_.verdict)
        .markup("</b></td></tr>\n");
}

void ScoredPaper::write_veto() {
    if (form().veto.conditions.empty()) return;
    html()
        .markup("<tr><th scope=\"row\">")
        .text(words("print.remark"))
        .markup("</th><td class=\"paper-veto\"")
        .attribute("colspan", span(column_count() - 1))
        .markup("><p><b>")
        .text(form().veto.title)
        .markup("</b>")
        .markup(language() == Language::chinese ? "　" : " ")
        .text(form().veto.text)
        .markup("</p>");
    for (const VetoCondition& condition : form().veto.conditions) write_veto_condition(condition);
    html().markup("</td></tr>\n");
}

void ScoredPaper::write_veto_condition(const VetoCondition& condition) {
    std::vector<std::string> set_by;
    for (const LayerLabel& layer : form().layers) {
        if (document().flag(layer.layer, condition.id, "set")) set_by.push_back(layer.short_label);
    }
    html().markup("<p>").markup(set_by.empty() ? "□ " : "■ ").text(condition.number).text(condition.text);
    if (!set_by.empty()) html().markup(" <b>").text(words("print.veto_set", {{"layers", set_by}})).markup("</b>");
    html().markup("</p>");
    for (const LayerLabel& layer : form().layers) {
        write_named_paragraph(layer.short_label, document().text(layer.layer, condition.id, "note"));
    }
}

}  // namespace

std::unique_ptr<Paper> make_scored_paper(const Document& document, Language language) {
    return std::make_unique<ScoredPaper>(document, language);
}

}  // namespace duibiao
