// Checklists, tasks and measures: sections and groups in merged cells at the left, what is asked, and a column for each
// answer.
#include <algorithm>

#include "core/text.hpp"
#include "exchange/evidence/evidence_table.hpp"
#include "exchange/item_fields.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

class ItemsLayout {
public:
    explicit ItemsLayout(const Document& document);

    [[nodiscard]] Layout make() const;

private:
    [[nodiscard]] std::vector<LayoutWidth> find_widths() const;
    [[nodiscard]] std::vector<LayoutCell> head() const;
    [[nodiscard]] LayoutSection section(const Section& section) const;
    [[nodiscard]] LayoutRow item_row(const Criterion& item, bool beside_group) const;
    [[nodiscard]] LayoutCell answer_cell(const Criterion& item, const AnswerField& column) const;
    void add_remarks(LayoutCell& cell, const Criterion& item) const;

    /// A checklist's paper has no column for notes; they stand below the answer.
    [[nodiscard]] bool is_checklist() const { return form_.kind == InstrumentKind::checklist; }
    [[nodiscard]] bool is_long(const Criterion& item) const;
    [[nodiscard]] std::string_view answer_text(const Criterion& item, std::string_view field) const {
        return document_.text(Layer::self, item.id, field);
    }

    const Document& document_;
    const Instrument& form_;
    Language language_;
    std::vector<const AnswerField*> fields_;
    std::vector<Evidence> evidence_;
    bool has_groups_ = false;
    bool has_due_ = false;
};

ItemsLayout::ItemsLayout(const Document& document)
    : document_(document),
      form_(*document.instrument),
      language_(language_of(form_)),
      fields_(item_fields(form_)),
      evidence_(evidence_of(document)) {
    for (const Section& section : form_.sections) {
        for (const Group& group : section.groups) has_groups_ = has_groups_ || !group.title.empty();
    }
    for (const Instrument::Place& place : form_.order) has_due_ = has_due_ || !form_.criterion(place).due_label.empty();
}

Layout ItemsLayout::make() const {
    Layout layout = lay_out_frame(document_);
    split_head(layout, document_);
    layout.shape = Layout::Shape::items;
    layout.portrait = is_checklist();
    LayoutTable table;
    table.widths = find_widths();
    table.name_columns = has_groups_ ? 2 : 1;
    table.head.push_back(head());
    for (const Section& part : form_.sections) table.sections.push_back(section(part));
    layout.tables.push_back(std::move(table));
    if (form_.has_rows()) layout.tables.push_back(lay_out_rows(document_));
    if (!evidence_.empty()) layout.tables.push_back(lay_out_evidence(document_, evidence_));
    return layout;
}

// --- Head ---------------------------------------------------------------------------------------------------------

std::vector<LayoutWidth> ItemsLayout::find_widths() const {
    const LayoutWidth answer = is_checklist() ? widths::checklist_answer : widths::answer;
    std::vector<LayoutWidth> all(has_groups_ ? 2 : 1, widths::name);
    all.push_back(widths::rest);
    if (has_due_) all.push_back(widths::date);
    for (const AnswerField* field : fields_) {
        const bool wide = is_checklist() || field->type == AnswerField::Type::text;
        all.push_back(wide ? answer : widths::date);
    }
    if (!is_checklist()) all.push_back(answer);
    return all;
}

std::vector<LayoutCell> ItemsLayout::head() const {
    const Columns& names = form_.columns;
    std::vector<LayoutCell> cells;
    if (names.section == names.criterion) {
        cells.push_back(heading_cell(names.section, has_groups_ ? 3 : 2));
    } else {
        cells.push_back(heading_cell(names.section, has_groups_ ? 2 : 1));
        cells.push_back(heading_cell(names.criterion));
    }
    if (has_due_) cells.push_back(heading_cell(translate(language_, "print.due")));
    for (const AnswerField* field : fields_) cells.push_back(heading_cell(field->label));
    if (!is_checklist()) cells.push_back(heading_cell(names.note));
    return cells;
}

// --- Items --------------------------------------------------------------------------------------------------------

LayoutSection ItemsLayout::section(const Section& section) const {
    LayoutSection out{section.title, {}};
    for (const Group& group : section.groups) {
        out.groups.push_back({group.title, {}});
        for (const Criterion& item : group.criteria)
            out.groups.back().rows.push_back(item_row(item, !group.title.empty()));
    }
    return out;
}

LayoutRow ItemsLayout::item_row(const Criterion& item, bool beside_group) const {
    LayoutRow row;
    row.may_break = is_long(item);
    row.cells.push_back(text_cell(item.number.empty() ? item.text : item.number + "." + item.text));
    row.cells.back().columns = has_groups_ && !beside_group ? 2 : 1;
    if (has_due_) row.cells.push_back(text_cell(item.due_label, LayoutCell::Kind::middle));
    for (const AnswerField* field : fields_) row.cells.push_back(answer_cell(item, *field));
    if (is_checklist()) return row;
    LayoutCell note;
    add_remarks(note, item);
    row.cells.push_back(std::move(note));
    return row;
}

LayoutCell ItemsLayout::answer_cell(const Criterion& item, const AnswerField& column) const {
    LayoutCell cell;
    if (const AnswerField* field = item.find_field(column.id))
        cell = value_cell(language_, *field, document_.answer(TargetRef{Layer::self, item.id, field->id}));
    for (LayoutParagraph& paragraph : cell.paragraphs) paragraph.kind = LayoutParagraph::Kind::paragraph;
    if (is_checklist() && &column == fields_.back()) add_remarks(cell, item);
    return cell;
}

void ItemsLayout::add_remarks(LayoutCell& cell, const Criterion& item) const {
    const std::string_view note = answer_text(item, "note");
    if (is_checklist()) {
        add_named(cell, language_, form_.columns.note, note);
    } else {
        add_paragraph(cell, std::string(note));
    }
    add_named(cell, language_, translate(language_, "print.explanation"), answer_text(item, "explanation"));
    add_named(cell, language_, translate(language_, "evidence.at"), evidence_numbers(evidence_, item.id));
}

bool ItemsLayout::is_long(const Criterion& item) const {
    std::size_t characters =
        count_characters(answer_text(item, "note")) + count_characters(answer_text(item, "explanation"));
    for (const AnswerField& field : item.fields) characters += count_characters(answer_text(item, field.id));
    return std::max(characters, count_characters(item.text)) > most_uncut_characters;
}

}  // namespace

Layout lay_out_items(const Document& document) { return ItemsLayout(document).make(); }

}  // namespace duibiao
