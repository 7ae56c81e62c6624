// Checklists, tasks and measures as their paper looks: sections and groups in merged cells at the left, what is asked,
// and a column for each answer. To every program that reads the file it is one table; print.css lays each section out
// as a table of its own, whose head, the row with the name, Chromium repeats on every page that the section reaches.
#include <algorithm>

#include "core/text.hpp"
#include "exchange/item_fields.hpp"
#include "exchange/paper.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_uncut_characters = 500;  ///< a row with longer texts may go on overleaf

class ItemsPaper : public Paper {
public:
    ItemsPaper(const Document& document, Language language);

private:
    [[nodiscard]] std::string classes() const override {
        return is_checklist() ? "paper-portrait paper-items" : "paper-items";
    }
    void write_content() override;

    void write_head();
    void write_section(const Section& section);
    void write_section_name(std::string_view name);
    void write_group_name(std::string_view name, std::size_t rows);
    void write_item(const Criterion& item, bool beside_group);
    void write_text_cell(const Criterion& item, std::size_t columns);
    void write_answer(const Criterion& item, const AnswerField& column);
    void write_remarks(const Criterion& item);

    /// A checklist's paper has no column for notes; they stand below the answer.
    [[nodiscard]] bool is_checklist() const { return form().kind == InstrumentKind::checklist; }
    [[nodiscard]] std::size_t name_columns() const { return has_groups_ ? 2 : 1; }
    [[nodiscard]] std::size_t column_count() const { return widths_.size(); }
    [[nodiscard]] std::vector<std::string_view> find_widths() const;
    [[nodiscard]] bool is_long(const Criterion& item) const;
    [[nodiscard]] std::string_view answer_text(const Criterion& item, std::string_view field) const {
        return document().text(Layer::self, item.id, field);
    }

    std::vector<const AnswerField*> fields_;
    std::vector<std::string_view> widths_;  ///< classes of print.css, one a column; what is asked takes what is left
    bool has_groups_ = false;
    bool has_due_ = false;
};

ItemsPaper::ItemsPaper(const Document& document, Language language)
    : Paper(document, language), fields_(item_fields(*document.instrument)) {
    for (const Section& section : form().sections) {
        for (const Group& group : section.groups) has_groups_ = has_groups_ || !group.title.empty();
    }
    for (const Instrument::Place& place : form().order) {
        has_due_ = has_due_ || !form().criterion(place).due_label.empty();
    }
    widths_ = find_widths();
}

void ItemsPaper::write_content() {
    html().markup("<table class=\"paper-frame\">\n");
    write_head();
    for (const Section& section : form().sections) write_section(section);
    html().markup("<tbody class=\"paper-foot\">\n");
    write_foot_rows(column_count());
    html().markup("</tbody>\n");
    html().markup("</table>\n");
    if (form().has_rows()) write_rows(html(), document(), language());
}

// --- Head ---------------------------------------------------------------------------------------------------------

std::vector<std::string_view> ItemsPaper::find_widths() const {
    std::vector<std::string_view> classes(name_columns(), "paper-name-column");
    classes.emplace_back();
    if (has_due_) classes.emplace_back("paper-cell-date");
    for (const AnswerField* field : fields_) {
        const bool wide = is_checklist() || field->type == AnswerField::Type::text;
        classes.emplace_back(wide ? "paper-answer-column" : "paper-cell-date");
    }
    if (!is_checklist()) classes.emplace_back("paper-answer-column");
    return classes;
}

void ItemsPaper::write_head() {
    html().markup("<thead>\n");
    write_head_fields(column_count());
    html().markup("<tr class=\"paper-columns\">");
    const Columns& names = form().columns;
    std::size_t at = name_columns() + 1;
    if (names.section == names.criterion) {
        write_heading_cell(names.section, {}, at);
    } else {
        write_heading_cell(names.section, widths_[0]);
        if (has_groups_) write_heading_cell(words("print.group"), widths_[1]);
        write_heading_cell(names.criterion);
    }
    if (has_due_) write_heading_cell(words("print.due"), widths_[at++]);
    for (const AnswerField* field : fields_) write_heading_cell(field->label, widths_[at++]);
    if (!is_checklist()) write_heading_cell(names.note, widths_[at]);
    html().markup("</tr>\n</thead>\n");
}

// --- Items --------------------------------------------------------------------------------------------------------

void ItemsPaper::write_section(const Section& section) {
    html().markup("<tbody").attribute("class", "paper-section paper-rows " + name_class(section.title)).markup(">\n");
    write_section_name(section.title);
    for (const Group& group : section.groups) {
        bool named = group.title.empty();
        for (const Criterion& item : group.criteria) {
            html().markup(is_long(item) ? "<tr class=\"paper-flow\">" : "<tr>");
            html().markup("<td class=\"paper-under-name\"></td>");
            if (!named) write_group_name(group.title, group.criteria.size());
            write_item(item, !group.title.empty());
            html().markup("</tr>\n");
            named = true;
        }
    }
    html().markup("</tbody>\n");
}

/// A row without height: the name lies over the column below it.
void ItemsPaper::write_section_name(std::string_view name) {
    html().markup("<tr class=\"paper-name\">");
    html().markup("<th scope=\"rowgroup\"").attribute("class", widths_[0]).markup("><div>").text(name);
    html().markup("</div></th>");
    for (std::size_t i = 1; i < widths_.size(); ++i) {
        html().markup("<td");
        if (!widths_[i].empty()) html().attribute("class", widths_[i]);
        html().markup("></td>");
    }
    html().markup("</tr>\n");
}

void ItemsPaper::write_group_name(std::string_view name, std::size_t rows) {
    html().markup("<th scope=\"rowgroup\"");
    if (rows > 1) html().attribute("rowspan", std::to_string(rows));
    html().markup(">").text(name).markup("</th>");
}

void ItemsPaper::write_item(const Criterion& item, bool beside_group) {
    write_text_cell(item, has_groups_ && !beside_group ? 2 : 1);
    if (has_due_) html().markup("<td class=\"paper-middle\">").text(item.due_label).markup("</td>");
    for (const AnswerField* field : fields_) write_answer(item, *field);
    if (is_checklist()) return;
    html().markup("<td>");
    write_remarks(item);
    html().markup("</td>");
}

void ItemsPaper::write_text_cell(const Criterion& item, std::size_t columns) {
    html().markup("<td");
    if (columns > 1) html().attribute("colspan", std::to_string(columns));
    html().markup(">");
    if (!item.number.empty()) html().text(item.number).markup(".");
    html().text(item.text).markup("</td>");
}

void ItemsPaper::write_answer(const Criterion& item, const AnswerField& column) {
    const AnswerField* field = item.find_field(column.id);
    html().markup("<td>");
    if (field != nullptr) {
        const std::string answer =
            cell_words(language(), *field, document().answer(TargetRef{Layer::self, item.id, field->id}));
        if (!answer.empty()) html().markup("<p>").lines(answer).markup("</p>");
    }
    if (is_checklist() && &column == fields_.back()) write_remarks(item);
    html().markup("</td>");
}

void ItemsPaper::write_remarks(const Criterion& item) {
    const std::string_view note = answer_text(item, "note");
    if (is_checklist()) {
        write_named_paragraph(form().columns.note, note);
    } else if (!note.empty()) {
        html().markup("<p>").lines(note).markup("</p>");
    }
    write_named_paragraph(words("print.explanation"), answer_text(item, "explanation"));
}

bool ItemsPaper::is_long(const Criterion& item) const {
    std::size_t characters =
        count_characters(answer_text(item, "note")) + count_characters(answer_text(item, "explanation"));
    for (const AnswerField& field : item.fields) characters += count_characters(answer_text(item, field.id));
    return std::max(characters, count_characters(item.text)) > most_uncut_characters;
}

}  // namespace

std::unique_ptr<Paper> make_items_paper(const Document& document, Language language) {
    return std::make_unique<ItemsPaper>(document, language);
}

}  // namespace duibiao
