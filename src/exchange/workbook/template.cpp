#include "exchange/workbook/template.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <memory_files.hpp>
#include "core/limits.hpp"
#include "exchange/export.hpp"
#include "exchange/item_fields.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/messages.hpp"

namespace duibiao {
namespace {

constexpr lxw_col_t first_list_column = 8;  ///< of the notes, to the right of what is read
constexpr double widest_template_column = 60;
constexpr double narrowest_template_column = 10;
constexpr double text_width = 50;
constexpr double line_height = 15;
constexpr std::time_t template_time = 1'767'225'600;  ///< 2026-01-01: the same form gives the same bytes
constexpr lxw_color_t head_shade = 0xE7E6E6;
constexpr lxw_color_t required_shade = 0xFFF2CC;

/// The words that may be chosen in a column; none where others may stand there, too, or several.
std::vector<std::string> words_to_choose(const Instrument& form, const AnswerField& field) {
    using Type = AnswerField::Type;
    if (field.type == Type::choice) return field.options;
    if (field.type == Type::yesno) return {"是", "否"};
    std::vector<std::string> kinds;
    if (field.type != Type::kind && field.type != Type::kinds) return kinds;
    for (const ActivityKind& kind : form.activity_kinds) kinds.push_back(kind.name);
    return kinds;
}

class TemplateBook {
public:
    explicit TemplateBook(const Instrument& form) : form_(form), language_(language_of(form)), book_(workbook_new("")) {
        lxw_doc_properties properties{};
        properties.created = template_time;
        workbook_set_properties(book_, &properties);
        // Each name once, whatever the form is called.
        sheet_ = workbook_add_worksheet(book_, words("template.sheet").c_str());
        notes_ = workbook_add_worksheet(book_, words("template.notes").c_str());
        head_ = head_format(head_shade);
        required_head_ = head_format(required_shade);
        told_ = wrapped_format();
    }
    TemplateBook(const TemplateBook&) = delete;
    TemplateBook& operator=(const TemplateBook&) = delete;
    ~TemplateBook() {
        if (book_ != nullptr) lxw_workbook_free(book_);
    }

    void write_rows();
    void write_items(const Document& document);
    [[nodiscard]] Result<std::string> take();

private:
    struct ItemLine {
        std::string id;
        std::string text;
        std::string points;
        const Criterion* criterion = nullptr;
    };

    [[nodiscard]] std::string words(std::string_view key, const Params& params = {}) const {
        return translate(language_, key, params);
    }
    lxw_format* head_format(lxw_color_t shade);
    lxw_format* wrapped_format();
    lxw_format* cell_format(const AnswerField& field);
    void write_head(lxw_col_t column, const std::string& label, double width, bool is_required, lxw_format* cells);
    void begin_notes();
    void write_note(const AnswerField& field);
    [[nodiscard]] std::string how_to(const AnswerField& field) const;
    void offer(const AnswerField& field, lxw_row_t first, lxw_row_t last, lxw_col_t column);
    [[nodiscard]] std::vector<ItemLine> item_lines() const;

    const Instrument& form_;
    Language language_;
    lxw_workbook* book_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_worksheet* notes_ = nullptr;
    lxw_format* head_ = nullptr;
    lxw_format* required_head_ = nullptr;
    lxw_format* told_ = nullptr;
    std::map<std::string, lxw_format*> formats_;               ///< by number format
    std::map<std::vector<std::string>, std::string> offered_;  ///< where each list of words stands
    lxw_row_t note_ = 0;
};

lxw_format* TemplateBook::head_format(lxw_color_t shade) {
    lxw_format* format = workbook_add_format(book_);
    format_set_bold(format);
    format_set_bg_color(format, shade);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_CENTER);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    return format;
}

lxw_format* TemplateBook::wrapped_format() {
    lxw_format* format = workbook_add_format(book_);
    format_set_text_wrap(format);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

/// Numbers of persons and telephones stay what they are in cells of text.
lxw_format* TemplateBook::cell_format(const AnswerField& field) {
    using Type = AnswerField::Type;
    std::string code = "@";
    if (field.type == Type::date) code = "yyyy-mm-dd";
    if (field.type == Type::month) code = "yyyy-mm";
    if (field.type == Type::count || field.type == Type::score || field.type == Type::cadence) code = "General";
    lxw_format*& format = formats_[code];
    if (format == nullptr) {
        format = wrapped_format();
        format_set_num_format(format, code.c_str());
    }
    return format;
}

void TemplateBook::write_head(lxw_col_t column, const std::string& label, double width, bool is_required,
                              lxw_format* cells) {
    const auto letters = static_cast<double>(half_characters(label)) + 2;
    worksheet_set_column(sheet_, column, column,
                         std::clamp(std::max(width, letters), narrowest_template_column, widest_template_column),
                         cells);
    worksheet_write_string(sheet_, 0, column, file_text(label).c_str(), is_required ? required_head_ : head_);
}

std::string TemplateBook::how_to(const AnswerField& field) const {
    using Type = AnswerField::Type;
    const std::string unit = field.unit.empty() ? std::string() : words("template.unit", {{"unit", field.unit}});
    const Params options{{"options", field.options}};
    switch (field.type) {
        case Type::date:
            return words("template.date");
        case Type::month:
            return words("template.month");
        case Type::count:
            return words("template.count") + unit;
        case Type::yesno:
            return words("template.yesno");
        case Type::choice:
            return words("template.choice", options);
        case Type::flags:
            return words("template.flags", options);
        case Type::cadence:
            return words("template.cadence") + unit;
        case Type::kind:
        case Type::kinds:
            return words("template.choice", {{"options", words_to_choose(form_, field)}});
        case Type::names:
            return words("template.names");
        case Type::numbered:
            return words("template.numbered");
        case Type::score:
            return words("template.score-range", {{"most", field.most.to_string()}});
        case Type::amount:
            return words("template.amount");
        case Type::rate:
            return words("template.rate");
        case Type::deadline:
            return words("template.deadline");
        case Type::text:
            return words("template.text");
    }
    return {};
}

void TemplateBook::begin_notes() {
    worksheet_set_column(notes_, 0, 0, 24, told_);
    worksheet_set_column(notes_, 1, 1, 10, told_);
    worksheet_set_column(notes_, 2, 2, 80, told_);
    worksheet_write_string(notes_, note_++, 0, words("template.how").c_str(), nullptr);
    note_++;
    for (const auto& [column, key] :
         {std::pair(0, "template.column"), std::pair(1, "template.required"), std::pair(2, "template.content")}) {
        worksheet_write_string(notes_, note_, static_cast<lxw_col_t>(column), words(key).c_str(), head_);
    }
    ++note_;
}

void TemplateBook::write_note(const AnswerField& field) {
    worksheet_write_string(notes_, note_, 0, file_text(field.label).c_str(), told_);
    if (field.required) worksheet_write_string(notes_, note_, 1, words("template.yes").c_str(), told_);
    worksheet_write_string(notes_, note_++, 2, file_text(how_to(field)).c_str(), told_);
}

/// A list to choose from, where there is one. Other spellings may be typed: the reader knows them.
void TemplateBook::offer(const AnswerField& field, lxw_row_t first, lxw_row_t last, lxw_col_t column) {
    const auto options = words_to_choose(form_, field);
    if (options.empty()) return;
    std::string& place = offered_[options];
    if (place.empty()) {
        const auto at = static_cast<lxw_col_t>(first_list_column + offered_.size() - 1);
        for (std::size_t i = 0; i < options.size(); ++i)
            worksheet_write_string(notes_, static_cast<lxw_row_t>(i), at, file_text(options[i]).c_str(), nullptr);
        lxw_row_col_options unseen{};
        unseen.hidden = 1;
        worksheet_set_column_opt(notes_, at, at, LXW_DEF_COL_WIDTH, nullptr, &unseen);
        char range[LXW_MAX_FORMULA_RANGE_LENGTH] = {};
        lxw_rowcol_to_formula_abs(range, words("template.notes").c_str(), 0, at,
                                  static_cast<lxw_row_t>(options.size() - 1), at);
        place = std::string("=") + range;
    }
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    validation.value_formula = place.data();
    validation.show_error = LXW_VALIDATION_OFF;
    worksheet_data_validation_range(sheet_, first, column, last, column, &validation);
}

void TemplateBook::write_rows() {
    begin_notes();
    lxw_col_t column = 0;
    for (const AnswerField& field : form_.table.columns) {
        if (field.computed != AnswerField::Computed::none) continue;
        constexpr double usual = 14;
        constexpr double of_names = 28;
        write_head(column, field.label, field.type == AnswerField::Type::names ? of_names : usual, field.required,
                   cell_format(field));
        offer(field, 1, static_cast<lxw_row_t>(limits::rows), column++);
        write_note(field);
    }
    worksheet_freeze_panes(sheet_, 1, 1);
}

std::vector<TemplateBook::ItemLine> TemplateBook::item_lines() const {
    std::vector<ItemLine> lines;
    for (const Instrument::Place& place : form_.order) {
        const Criterion& criterion = form_.criterion(place);
        const std::string number = criterion.number.empty() ? std::string() : criterion.number + " ";
        lines.push_back({criterion.id, number + criterion.text, criterion.points.to_string(), &criterion});
    }
    for (const Instrument::Place& place : form_.order) {
        for (const Measure& measure : form_.criterion(place).measures)
            lines.push_back({measure.id, measure.name + (measure.unit.empty() ? "" : "（" + measure.unit + "）"), {}});
    }
    for (const VetoCondition& condition : form_.veto.conditions)
        lines.push_back({condition.id, condition.number + " " + condition.text, {}});
    for (const HeaderField& field : form_.header) {
        if (field.type != HeaderField::Type::computed && field.id != "unit")
            lines.push_back({"header." + field.id, field.label, {}});
    }
    return lines;
}

void TemplateBook::write_items(const Document& document) {
    begin_notes();
    const auto fields = form_.is_scored() ? std::vector<const AnswerField*>() : item_fields(*document.instrument);
    const AnswerField text{};
    lxw_format* plain = cell_format(text);
    lxw_col_t column = 0;
    write_head(column++, words("csv.item"), narrowest_template_column, true, plain);
    write_head(column++, form_.columns.criterion, text_width, false, told_);
    if (form_.is_scored()) write_head(column++, words("csv.points"), narrowest_template_column, false, told_);
    const lxw_col_t first_answer = column;
    if (form_.is_scored()) write_head(column++, words("template.score"), narrowest_template_column, false, nullptr);
    for (const AnswerField* field : fields) {
        write_head(column++, field->label, narrowest_template_column, false, plain);
        write_note(*field);
    }
    write_head(column++, form_.columns.note, text_width, false, plain);
    write_head(column, words("csv.explanation"), text_width / 2, false, plain);
    lxw_row_t row = 0;
    for (const ItemLine& line : item_lines()) {
        const double lines = std::ceil(static_cast<double>(half_characters(line.text)) / (text_width - 2));
        worksheet_set_row(sheet_, ++row, line_height * std::max(lines, 1.0), nullptr);
        worksheet_write_string(sheet_, row, 0, line.id.c_str(), plain);
        worksheet_write_string(sheet_, row, 1, file_text(line.text).c_str(), told_);
        if (form_.is_scored()) worksheet_write_string(sheet_, row, 2, line.points.c_str(), told_);
        for (std::size_t i = 0; line.criterion != nullptr && i < fields.size(); ++i) {
            const AnswerField* own = line.criterion->find_field(fields[i]->id);
            if (own != nullptr) offer(*own, row, row, static_cast<lxw_col_t>(first_answer + i));
        }
    }
    worksheet_freeze_panes(sheet_, 1, 2);
}

Result<std::string> TemplateBook::take() {
    lxw_workbook* book = std::exchange(book_, nullptr);
    const bool done = workbook_close(book) == LXW_NO_ERROR;
    std::string bytes = take_closed_zip();
    if (!done) return fail("xlsx-failed");
    return bytes;
}

}  // namespace

Result<std::string> write_template(const Document& document) {
    TemplateBook book(*document.instrument);
    if (document.instrument->has_items())
        book.write_items(document);
    else
        book.write_rows();
    return book.take();
}

std::string template_file_name(const Document& document) {
    constexpr std::string_view extension = ".xlsx";
    std::string name = suggest_file_name(document, extension.substr(1));
    if (name.ends_with(extension)) name.resize(name.size() - extension.size());
    return name + "-" + translate(language_of(*document.instrument), "template.name") + std::string(extension);
}

}  // namespace duibiao
