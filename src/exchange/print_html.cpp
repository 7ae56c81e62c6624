// The form as its paper looks. Chromium repeats the head of a table on every page that the table reaches, nested
// tables too; a merged cell's text it prints only once. So each section, and in it each group, is a table of its own
// whose head has no height and holds the name, laid over the column that the paper merges: wherever a section or group
// continues, its name stands at the top of the page. The upright lines are the background of the section's cell
// (web/print.css), which reaches to the foot of the page even where the next row did not fit.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/report.hpp"
#include "core/tally.hpp"
#include "core/text.hpp"
#include "exchange/export.hpp"
#include "exchange/html.hpp"
#include "exchange/library.hpp"

namespace duibiao {
namespace {

constexpr std::size_t characters_per_name_line = 7;  ///< what fits beside each other in a name column of print.css
constexpr std::size_t most_uncut_characters = 500;   ///< a row with longer notes may go on overleaf
constexpr std::size_t most_name_lines = 6;           ///< print.css knows so many; longer names take the room they need

class Paper {
public:
    Paper(const Document& document, Language language)
        : document_(document), form_(*document.instrument), language_(language), tally_(tally(document)) {}

    std::string file() &&;
    std::string body() &&;

private:
    // Pieces of the page, in their order.
    void write_article();
    void write_title();
    void write_table();
    void write_head();
    void write_head_line();
    void write_section(const Section& section, const SectionTally& sums);
    void write_group(const Group& group);
    void write_criterion(const Criterion& criterion);
    void write_note_cell(const Criterion& criterion);
    void write_measure(const MeasureState& state);
    void write_section_total(const SectionTally& sums, std::size_t name_columns);
    void write_total();
    void write_veto();
    void write_veto_condition(const VetoCondition& condition);
    void write_signatures();

    // Small parts.
    void write_columns();
    void write_paragraph(std::string_view label_key, std::string_view text);
    void write_named_paragraph(std::string_view name, std::string_view text);
    void write_sums(const std::array<Sum, 3>& sums);
    void write_page_variables();

    [[nodiscard]] std::string words(std::string_view key, const Params& params = {}) const {
        return translate(language_, key, params);
    }
    [[nodiscard]] bool is_long(const Criterion& criterion) const;
    [[nodiscard]] std::string points_words(Points points) const {
        return words("print.points", {{"points", points.to_string()}});
    }
    [[nodiscard]] std::string code_words() const { return words("print.code", {{"code", short_code(document_)}}); }
    [[nodiscard]] std::array<std::pair<std::string_view, std::string>, 4> page_words() const;
    [[nodiscard]] std::string header_words(const HeaderField& field) const;
    [[nodiscard]] std::string date_words(std::string_view text) const;
    [[nodiscard]] std::string total_words() const;
    [[nodiscard]] std::size_t column_count() const { return 4 + form_.layers.size(); }
    [[nodiscard]] std::string span(std::size_t columns) const { return std::to_string(columns); }

    const Document& document_;
    const Instrument& form_;
    Language language_;
    Tally tally_;
    Html html_;
};

// --- File and article ---------------------------------------------------------------------------------------------

std::string Paper::file() && {
    html_.markup("<!doctype html>\n<html").attribute("lang", language_ == Language::chinese ? "zh-CN" : "en");
    write_page_variables();
    html_.markup(">\n<head>\n<meta charset=\"utf-8\">\n")
        .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .markup("style-src 'unsafe-inline'\">\n")
        .markup("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .text(document_.unit())
        .markup(" ")
        .text(form_.title)
        .markup(" ")
        .text(document_.period())
        .markup("</title>\n<style>\n")
        .markup(asset("print.css"))
        .markup("</style>\n</head>\n<body>\n");
    write_article();
    html_.markup("</body>\n</html>\n");
    return std::move(html_).take();
}

std::string Paper::body() && {
    write_article();
    return std::move(html_).take();
}

/// The words of the page's margins, as print.css names them.
std::array<std::pair<std::string_view, std::string>, 4> Paper::page_words() const {
    return {{{"print-code", code_words()},
             {"print-page-before", words("print.page_before")},
             {"print-page-between", words("print.page_between")},
             {"print-page-after", words("print.page_after")}}};
}

/// @page reads its variables from the root element.
void Paper::write_page_variables() {
    std::string style;
    for (const auto& [name, text] : page_words()) style += "--" + std::string(name) + ":\"" + text + "\";";
    html_.attribute("style", style);
}

void Paper::write_article() {
    html_.markup("<article").attribute("class", "paper paper-layers-" + span(form_.layers.size()));
    for (const auto& [name, text] : page_words()) html_.attribute("data-" + std::string(name), text);
    html_.markup(">\n");
    write_title();
    write_table();
    html_.markup("</article>\n");
}

void Paper::write_title() {
    html_.markup("<header class=\"paper-title\">\n");
    if (!form_.heading.empty()) html_.markup("<p>").text(form_.heading).markup("</p>\n");
    html_.markup("<h1>")
        .text(form_.title)
        .markup("</h1>\n<p class=\"paper-period\">")
        .text(words("print.period", {{"period", std::string(document_.period())}}))
        .markup("</p>\n</header>\n");
}

// --- The table ----------------------------------------------------------------------------------------------------

void Paper::write_table() {
    html_.markup("<table class=\"paper-frame\">\n");
    write_columns();
    write_head();
    html_.markup("<tbody>\n");
    for (std::size_t i = 0; i < form_.sections.size(); ++i) write_section(form_.sections[i], tally_.sections[i]);
    html_.markup("</tbody>\n<tbody class=\"paper-foot\">\n");
    write_total();
    write_veto();
    write_signatures();
    html_.markup("</tbody>\n<tfoot><tr><td")
        .attribute("colspan", span(column_count()))
        .markup("></td></tr></tfoot>\n</table>\n");
}

void Paper::write_columns() {
    html_.markup("<colgroup><col class=\"paper-name-column\"><col class=\"paper-name-column\"><col>")
        .markup("<col class=\"paper-note-column\">");
    for (std::size_t i = 0; i < form_.layers.size(); ++i) html_.markup("<col class=\"paper-score-column\">");
    html_.markup("</colgroup>\n");
}

void Paper::write_head() {
    html_.markup("<thead>\n");
    write_head_line();
    html_.markup("<tr class=\"paper-columns\">");
    const auto write_cell = [this](std::string_view name) {
        html_.markup("<th scope=\"col\">").text(name).markup("</th>");
    };
    write_cell(form_.columns.section);
    write_cell(words("print.group"));
    write_cell(form_.columns.criterion);
    write_cell(form_.columns.note);
    for (const LayerLabel& layer : form_.layers) write_cell(layer.label);
    html_.markup("</tr>\n</thead>\n");
}

void Paper::write_head_line() {
    html_.markup("<tr class=\"paper-line\"><td").attribute("colspan", span(column_count())).markup("><div>");
    const auto write_field = [this](std::string_view name, std::string_view value) {
        html_.markup("<span>").text(name).markup(language_ == Language::chinese ? "：" : ": ");
        html_.markup("<b>").text(value).markup("</b></span>");
    };
    for (const HeaderField& field : form_.header) write_field(field.label, header_words(field));
    html_.markup("<span class=\"paper-code\">").text(code_words()).markup("</span></div></td></tr>\n");
}

std::string Paper::header_words(const HeaderField& field) const {
    if (field.type == HeaderField::Type::computed) return total_words();
    const std::string_view text = document_.text(Layer::self, "header", field.id);
    return field.type == HeaderField::Type::date ? date_words(text) : std::string(text);
}

std::string Paper::date_words(std::string_view text) const {
    const auto date = parse_date(text);
    if (!date) return words("print.date_empty");
    return words("print.date", {{"year", static_cast<std::int64_t>(static_cast<int>(date->year()))},
                                {"month", static_cast<std::int64_t>(static_cast<unsigned>(date->month()))},
                                {"day", static_cast<std::int64_t>(static_cast<unsigned>(date->day()))}});
}

/// The newest layer that scored everything speaks, else self so far; a verdict stands beside the points.
std::string Paper::total_words() const {
    std::string total;
    for (const LayerLabel& layer : form_.layers) {
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

/// Class of the rows beside a name: high enough for it, so that a single row on a page holds it.
std::string name_class(std::string_view name) {
    const std::size_t lines = (count_characters(name) + characters_per_name_line - 1) / characters_per_name_line;
    return "paper-lines-" + std::to_string(std::clamp(lines, std::size_t{1}, most_name_lines));
}

void Paper::write_section(const Section& section, const SectionTally& sums) {
    const bool ungrouped = is_ungrouped(section);
    const std::string name = section.title + points_words(section.points);
    html_.markup("<tr class=\"paper-flow\"><td")
        .attribute("class", (ungrouped ? "paper-section paper-ungrouped " : "paper-section ") + name_class(name))
        .attribute("colspan", span(column_count()))
        .markup("><table>\n");
    write_columns();
    html_.markup("<thead><tr class=\"paper-name\"><th scope=\"rowgroup\"")
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
    html_.markup("</td></tr></tbody></table></td></tr>\n");
}

void Paper::write_group(const Group& group) {
    html_.markup("<table").attribute("class", name_class(group.title)).markup(">\n");
    write_columns();
    if (!group.title.empty()) {
        html_.markup("<thead><tr class=\"paper-name\"><td></td><th scope=\"rowgroup\"><div>")
            .text(group.title)
            .markup("</div></th><td")
            .attribute("colspan", span(column_count() - 2))
            .markup("></td></tr></thead>\n");
    }
    html_.markup("<tbody class=\"paper-rows\">\n");
    for (const Criterion& criterion : group.criteria) write_criterion(criterion);
    html_.markup("</tbody></table>\n");
}

void Paper::write_criterion(const Criterion& criterion) {
    html_.markup(is_long(criterion) ? "<tr class=\"paper-flow\">" : "<tr>")
        .markup("<td class=\"paper-under-name\" colspan=\"2\"></td><td>")
        .text(criterion.number)
        .markup(".")
        .text(criterion.text)
        .markup("<span class=\"paper-points\">")
        .text(points_words(criterion.points))
        .markup("</span></td><td>");
    write_note_cell(criterion);
    html_.markup("</td>");
    for (const LayerLabel& layer : form_.layers) {
        const auto score = document_.score(layer.layer, criterion.id);
        html_.markup("<td class=\"paper-score\">").text(score ? score->to_string() : "").markup("</td>");
    }
    html_.markup("</tr>\n");
}

bool Paper::is_long(const Criterion& criterion) const {
    std::size_t characters = 0;
    for (const LayerLabel& layer : form_.layers) {
        characters += count_characters(document_.text(layer.layer, criterion.id, "note"));
    }
    characters += count_characters(document_.text(Layer::self, criterion.id, "explanation"));
    return characters > most_uncut_characters;
}

/// What the unit did, what it counted, why it scored above that, and what the others found.
void Paper::write_note_cell(const Criterion& criterion) {
    const std::string_view note = document_.text(Layer::self, criterion.id, "note");
    if (!note.empty()) html_.markup("<p>").lines(note).markup("</p>");
    const Proposal proposal = propose(document_, criterion);
    for (const MeasureState& state : proposal.measures) {
        if (state.value) write_measure(state);
    }
    write_paragraph("print.explanation", document_.text(Layer::self, criterion.id, "explanation"));
    for (const LayerLabel& layer : form_.layers) {
        if (layer.layer == Layer::self) continue;
        write_named_paragraph(layer.short_label, document_.text(layer.layer, criterion.id, "note"));
    }
}

void Paper::write_measure(const MeasureState& state) {
    const Measure& measure = *state.measure;
    std::string value = state.value->to_string() + measure.unit;
    if (measure.type == Measure::Type::yesno) {
        value = words(*state.value == Points() ? "print.no" : "print.yes");
    }
    write_named_paragraph(measure.name, value);
}

void Paper::write_paragraph(std::string_view label_key, std::string_view text) {
    write_named_paragraph(words(label_key), text);
}

void Paper::write_named_paragraph(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    html_.markup("<p class=\"paper-small\">")
        .text(name)
        .markup(language_ == Language::chinese ? "：" : ": ")
        .lines(text)
        .markup("</p>");
}

// --- Sums, veto, signatures ---------------------------------------------------------------------------------------

/// A sum over nothing is left blank: unscored is neither zero nor full.
void Paper::write_sums(const std::array<Sum, 3>& sums) {
    for (const LayerLabel& layer : form_.layers) {
        const Sum& sum = sums[index_of(layer.layer)];
        html_.markup("<td class=\"paper-score\">");
        if (sum.scored > 0) html_.text(sum.score.to_string());
        if (sum.scored > 0 && sum.scored < sum.of) {
            html_.markup("<br><small>")
                .text(words("print.so_far", {{"scored", static_cast<std::int64_t>(sum.scored)},
                                             {"of", static_cast<std::int64_t>(sum.of)}}))
                .markup("</small>");
        }
        html_.markup("</td>");
    }
}

void Paper::write_section_total(const SectionTally& sums, std::size_t name_columns) {
    html_.markup("<table class=\"paper-section-total\">\n");
    write_columns();
    html_.markup("<tbody><tr><td class=\"paper-under-name\"")
        .attribute("colspan", span(name_columns))
        .markup("></td><td")
        .attribute("colspan", span(4 - name_columns))
        .markup(">")
        .text(words("print.section_total"))
        .text(points_words(sums.layers[0].points))
        .markup("</td>");
    write_sums(sums.layers);
    html_.markup("</tr></tbody></table>\n");
}

void Paper::write_total() {
    html_.markup("<tr class=\"paper-total\"><th scope=\"row\" colspan=\"4\">")
        .text(words("print.total"))
        .text(points_words(form_.points))
        .markup("</th>");
    write_sums(tally_.layers);
    html_.markup("</tr>\n");
    if (!tally_.veto) return;
    html_.markup("<tr class=\"paper-total\"><th scope=\"row\" colspan=\"4\">")
        .text(words("print.verdict"))
        .markup("</th><td class=\"paper-score\"")
        .attribute("colspan", span(form_.layers.size()))
        .markup("><b>")
        .text(tally_.verdict)
        .markup("</b></td></tr>\n");
}

void Paper::write_veto() {
    if (form_.veto.conditions.empty()) return;
    html_.markup("<tr><th scope=\"row\">")
        .text(words("print.remark"))
        .markup("</th><td class=\"paper-veto\"")
        .attribute("colspan", span(column_count() - 1))
        .markup("><p><b>")
        .text(form_.veto.title)
        .markup("</b>")
        .markup(language_ == Language::chinese ? "　" : " ")
        .text(form_.veto.text)
        .markup("</p>");
    for (const VetoCondition& condition : form_.veto.conditions) write_veto_condition(condition);
    html_.markup("</td></tr>\n");
}

void Paper::write_veto_condition(const VetoCondition& condition) {
    std::vector<std::string> set_by;
    for (const LayerLabel& layer : form_.layers) {
        if (document_.flag(layer.layer, condition.id, "set")) set_by.push_back(layer.short_label);
    }
    html_.markup("<p>").markup(set_by.empty() ? "□ " : "■ ").text(condition.number).text(condition.text);
    if (!set_by.empty()) html_.markup(" <b>").text(words("print.veto_set", {{"layers", set_by}})).markup("</b>");
    html_.markup("</p>");
    for (const LayerLabel& layer : form_.layers) {
        write_named_paragraph(layer.short_label, document_.text(layer.layer, condition.id, "note"));
    }
}

/// A row of the table, so that a page with nothing else still has the head line.
void Paper::write_signatures() {
    if (form_.print_blocks.empty()) return;
    html_.markup("<tr><td class=\"paper-signing\"")
        .attribute("colspan", span(column_count()))
        .markup("><div class=\"paper-signatures\">\n");
    for (const PrintBlock& block : form_.print_blocks) {
        html_.markup("<section><h2>").text(block.party).markup("</h2>");
        html_.markup("<div class=\"paper-seal\">").text(words("print.seal")).markup("</div>");
        for (const std::string& line : block.lines) html_.markup("<p>").text(line).markup("</p>");
        html_.markup("</section>\n");
    }
    html_.markup("</div></td></tr>\n");
}

}  // namespace

std::string write_html(const Document& document, Language language) { return Paper(document, language).file(); }

std::string write_print_body(const Document& document, Language language) { return Paper(document, language).body(); }

}  // namespace duibiao
