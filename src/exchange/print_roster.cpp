// Rosters (名册式排查表) as their paper looks: one table whose head, the unit's line and the column names, Chromium
// repeats on every page.
#include <algorithm>

#include "core/cell.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "exchange/paper.hpp"

namespace duibiao {
namespace {

constexpr std::size_t fewest_rows = 6;              ///< the paper has so many, empty ones for writing by hand
constexpr std::size_t most_uncut_characters = 200;  ///< a row with a longer text may go on overleaf

class RosterPaper : public Paper {
public:
    RosterPaper(const Document& document, Language language);

private:
    [[nodiscard]] std::string classes() const override { return "paper-roster"; }
    void write_content() override;

    void write_widths();
    void write_head();
    void write_rows();
    void write_row(std::string_view row, std::size_t number);
    void write_hand_row(std::string_view first = {});

    [[nodiscard]] const AnswerField& column(std::size_t at) const { return form().table.columns[at]; }
    /// The number's and the paper's.
    [[nodiscard]] std::size_t column_count() const { return columns_.size() + 1; }

    std::vector<std::size_t> columns_;  ///< of the table, those that the paper has
};

RosterPaper::RosterPaper(const Document& document, Language language) : Paper(document, language) {
    for (std::size_t i = 0; i < form().table.columns.size(); ++i) {
        if (column(i).on_paper) columns_.push_back(i);
    }
}

void RosterPaper::write_content() {
    html().markup("<table class=\"paper-grid\">\n");
    write_widths();
    write_head();
    write_rows();
    write_foot_rows(column_count());
    html().markup("</tbody>\n");
    html().markup("</table>\n");
}

// --- Head ---------------------------------------------------------------------------------------------------------

/// Class of print.css; what people write shares what is left.
std::string_view width_class(const AnswerField& column) {
    switch (column.type) {
        case AnswerField::Type::month:
        case AnswerField::Type::date:
            return "paper-roster-date";
        case AnswerField::Type::choice:
        case AnswerField::Type::numbered:
            return "paper-roster-choice";
        case AnswerField::Type::yesno:
        case AnswerField::Type::count:
            return "paper-roster-short";
        default:
            return {};
    }
}

void RosterPaper::write_widths() {
    html().markup("<colgroup><col class=\"paper-roster-number\">");
    for (const std::size_t at : columns_) {
        html().markup("<col");
        if (const std::string_view name = width_class(column(at)); !name.empty()) html().attribute("class", name);
        html().markup(">");
    }
    html().markup("</colgroup>\n");
}

void RosterPaper::write_head() {
    html().markup("<thead>\n");
    write_head_fields(column_count());
    html().markup("<tr class=\"paper-columns\">");
    write_heading_cell(words("csv.number"));
    for (const std::size_t at : columns_)
        write_heading_cell(column(at).paper_label.empty() ? column(at).label : column(at).paper_label);
    html().markup("</tr>\n</thead>\n");
}

// --- Rows ---------------------------------------------------------------------------------------------------------

/// The last one begins the foot, which goes overleaf as one: there is no page with a head alone. (Chromium does not
/// heed break-before: avoid here.)
void RosterPaper::write_rows() {
    const auto rows = rows_of(document());
    const bool is_none = rows.empty() && document().flag(Layer::self, "table", "none");
    const std::size_t count = std::max(rows.size(), fewest_rows);
    html().markup("<tbody>\n");
    for (std::size_t i = 0; i < count; ++i) {
        if (i + 1 == count) html().markup("</tbody>\n<tbody class=\"paper-foot\">\n");
        if (i < rows.size())
            write_row(rows[i].cells, i + 1);
        else
            write_hand_row(i == 0 && is_none ? words("print.roster.none") : std::string());
    }
}

void RosterPaper::write_row(std::string_view row, std::size_t number) {
    const auto cells = split_row(row, form().table.columns.size());
    const bool is_long = std::any_of(columns_.begin(), columns_.end(), [&cells](std::size_t at) {
        return count_characters(cells[at]) > most_uncut_characters;
    });
    html().markup(is_long ? "<tr class=\"paper-flow\"><td>" : "<tr><td>").text(std::to_string(number)).markup("</td>");
    for (const std::size_t at : columns_) {
        html().markup("<td>").text(cell_words(language(), form(), column(at), cells[at])).markup("</td>");
    }
    html().markup("</tr>\n");
}

/// Empty, but for what may stand in the first of the paper's columns.
void RosterPaper::write_hand_row(std::string_view first) {
    html().markup("<tr><td></td>");
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        html().markup("<td>").text(i == 0 ? first : std::string_view{}).markup("</td>");
    }
    html().markup("</tr>\n");
}

}  // namespace

std::unique_ptr<Paper> make_roster_paper(const Document& document, Language language) {
    return std::make_unique<RosterPaper>(document, language);
}

}  // namespace duibiao
