// The title block of a form, and the typed cells of its items.
#include <algorithm>

#include "core/cell.hpp"
#include "ui/forms.hpp"
#include "ui/from_ledger.hpp"
#include "ui/score_layout.hpp"

namespace duibiao::ui {

namespace {

using Cell = AnswerField;

constexpr float field_height_at_15 = 36;

/// A cell of an item and where its answer stands.
struct Place {
    const Criterion& item;
    const Cell& cell;
    Box box;
    std::string id;  ///< of its control
    Target target;
};

const Value& answer_of(const Ui& ui, const Target& target) { return ui.state.opened->document.answer(target); }

bool is_writer(const Ui& ui) { return ui.state.opened->is_open(); }

void set_answer(Ui& ui, const Target& target, std::string text) {
    if (is_writer(ui)) ui.send(command::SetAnswer{target, std::move(text), {}});
}

std::string name_of(const Place& place) { return place.item.id + " " + place.cell.label; }

/// The answer as it stands, or the ledger's where there is none.
const Value& shown_value(const Ui& ui, const Place& place) {
    const Value& own = answer_of(ui, place.target);
    const Computed* computed = from_ledger(ui, place.item.id, place.cell.id);
    return std::holds_alternative<std::monostate>(own) && computed != nullptr ? computed->value : own;
}

float draw_choice(Ui& ui, const Place& place, const std::vector<std::string>& labels,
                  const std::vector<std::string>& answers, std::size_t selected, bool paint) {
    const float height = ui.px(34);
    if (!paint) return height;
    const float widest = ui.px(92) * static_cast<float>(labels.size());
    const Box box{place.box.x, place.box.y, std::min(place.box.width, widest), height};
    const auto chosen = segments(ui, box, place.id, name_of(place), labels, selected);
    if (chosen) set_answer(ui, place.target, answers[*chosen]);
    return height;
}

float draw_yesno(Ui& ui, const Place& place, bool paint) {
    const auto* flag = std::get_if<bool>(&shown_value(ui, place));
    const std::size_t selected = flag == nullptr ? 2 : *flag ? 0 : 1;
    return draw_choice(ui, place, {ui.say("ui.yes"), ui.say("ui.no"), ui.say("ui.unset")}, {"是", "否", ""}, selected,
                       paint);
}

float draw_options(Ui& ui, const Place& place, bool paint) {
    const std::string chosen = show_value(answer_of(ui, place.target));
    std::vector<std::string> labels = place.cell.options;
    std::vector<std::string> answers = place.cell.options;
    labels.push_back(ui.say("ui.unset"));
    answers.emplace_back();
    const auto at = std::find(answers.begin(), answers.end(), chosen);
    return draw_choice(ui, place, labels, answers, static_cast<std::size_t>(at - answers.begin()), paint);
}

/// The options chosen, with one of them the other way.
std::string toggle(const std::vector<std::string>& options, const std::vector<std::string>& chosen,
                   const std::string& option, bool on) {
    std::string text;
    for (const std::string& one : options) {
        const bool was = std::find(chosen.begin(), chosen.end(), one) != chosen.end();
        if (!(one == option ? on : was)) continue;
        if (!text.empty()) text += part_separator;
        text += one;
    }
    return text.empty() ? "无" : text;
}

float draw_flags(Ui& ui, const Place& place, bool paint) {
    const std::vector<std::string> chosen = split_parts(show_value(shown_value(ui, place)));
    const float row = ui.px(28);
    float x = place.box.x;
    float y = place.box.y + ui.px(3);
    for (std::size_t i = 0; i < place.cell.options.size(); ++i) {
        const std::string& option = place.cell.options[i];
        const float width = ui.text.measure(option, style::body) + ui.px(46);
        if (x > place.box.x && x + width > place.box.right()) {
            x = place.box.x;
            y += row;
        }
        if (paint) {
            const bool on = std::find(chosen.begin(), chosen.end(), option) != chosen.end();
            const auto now =
                checkbox(ui, {x, y, width, ui.px(24)}, place.id + "/" + std::to_string(i), option, on, is_writer(ui));
            if (now) set_answer(ui, place.target, toggle(place.cell.options, chosen, option, *now));
        }
        x += width;
    }
    return y + row - place.box.y;
}

FieldSpec field_of(Ui& ui, const Place& place) {
    FieldSpec spec;
    spec.id = place.id;
    spec.name = name_of(place);
    spec.text = show_value(answer_of(ui, place.target));
    const Computed* computed = from_ledger(ui, place.item.id, place.cell.id);
    if (computed != nullptr) spec.placeholder = value_text(ui, computed->value, place.cell.unit);
    return spec;
}

float draw_number(Ui& ui, const Place& place, bool paint) {
    const float height = ui.px(field_height_at_15);
    if (!paint) return height;
    FieldSpec spec = field_of(ui, place);
    spec.role = Role::number;
    spec.max_length = 12;
    const float width = std::min(place.box.width, ui.px(110));
    answer_field(ui, {place.box.x, place.box.y, width, height}, std::move(spec), place.target);
    write_in(ui, {place.box.x + width + ui.px(8), place.box.y, place.box.width - width, height}, place.cell.unit,
             style::small);
    return height;
}

/// "Met", or how often so far.
float draw_cadence(Ui& ui, const Place& place, bool paint) {
    const float height = ui.px(field_height_at_15);
    if (!paint) return height;
    const Value& shown = shown_value(ui, place);
    const auto* met = std::get_if<bool>(&shown);
    const std::string label = ui.say("ui.cadence.met");
    const float width = ui.text.measure(label, style::body) + ui.px(50);
    const auto now = checkbox(ui, {place.box.x, place.box.y + ui.px(6), width, ui.px(24)}, place.id + "/met", label,
                              met != nullptr && *met, is_writer(ui));
    if (now) set_answer(ui, place.target, *now ? "是" : "");
    const float x = place.box.x + width + ui.px(8);
    const std::string so_far = ui.say("ui.cadence.so-far");
    const float words = ui.text.measure(so_far, style::small) + ui.px(8);
    write_in(ui, {x, place.box.y, words, height}, so_far, style::small);
    FieldSpec spec = field_of(ui, place);
    if (std::holds_alternative<bool>(answer_of(ui, place.target))) spec.text.clear();
    if (met != nullptr) spec.placeholder.clear();
    spec.role = Role::number;
    spec.max_length = 12;
    answer_field(ui, {x + words, place.box.y, std::min(ui.px(80), place.box.right() - x - words), height},
                 std::move(spec), place.target);
    return height;
}

float draw_text(Ui& ui, const Place& place, bool paint) {
    FieldSpec spec = field_of(ui, place);
    const bool long_text = place.cell.type == Cell::Type::text;
    const bool dated = place.cell.type == Cell::Type::date || place.cell.type == Cell::Type::month;
    const float minimum = ui.px(field_height_at_15);
    const float height =
        long_text ? field_height(ui, place.box.width, spec.text, spec.id, spec.style, minimum) : minimum;
    if (!paint) return height;
    if (long_text) spec.role = Role::multiline;
    spec.dated = dated;
    if (dated && spec.placeholder.empty()) spec.placeholder = ui.say("ui.header.date.placeholder");
    const float width = dated ? std::min(place.box.width, ui.px(160)) : place.box.width;
    answer_field(ui, {place.box.x, place.box.y, width, height}, std::move(spec), place.target);
    return height;
}

float draw_control(Ui& ui, const Place& place, bool paint) {
    switch (place.cell.type) {
        case Cell::Type::yesno:
            return draw_yesno(ui, place, paint);
        case Cell::Type::choice:
            return draw_options(ui, place, paint);
        case Cell::Type::flags:
            return draw_flags(ui, place, paint);
        case Cell::Type::count:
            return draw_number(ui, place, paint);
        case Cell::Type::cadence:
            return draw_cadence(ui, place, paint);
        default:
            return draw_text(ui, place, paint);
    }
}

float draw_from(Ui& ui, const Place& place, float y, bool paint) {
    const Computed* computed = from_ledger(ui, place.item.id, place.cell.id);
    if (computed == nullptr) return 0;
    const bool met = place.cell.type == Cell::Type::cadence && std::holds_alternative<bool>(computed->value);
    const std::string value = met ? ui.say("ui.cadence.met") : value_text(ui, computed->value, place.cell.unit);
    const bool own = !std::holds_alternative<std::monostate>(answer_of(ui, place.target));
    return from_ledger_chip(ui, place.id, computed, value, own, {place.box.x, y}, paint);
}

// ---- Title block ----

float draw_header_cell(Ui& ui, const HeaderField& header, const Box& box, bool paint) {
    const float height = ui.px(22 + 34);
    if (!paint) return height;
    write_in(ui, {box.x, box.y, box.width, ui.px(20)}, header.label, style::small);
    FieldSpec spec;
    spec.id = "header/" + header.id;
    spec.name = header.label;
    spec.text = ui.state.opened->document.text(Layer::self, "header", header.id);
    spec.placeholder =
        ui.say(header.type == HeaderField::Type::date ? "ui.header.date.placeholder" : "ui.header.placeholder");
    spec.dated = header.type == HeaderField::Type::date;
    spec.max_length = 200;
    answer_field(ui, {box.x, box.y + ui.px(22), box.width, ui.px(34)}, std::move(spec),
                 {Layer::self, "header", header.id});
    return height;
}

}  // namespace

std::string value_text(const Ui& ui, const Value& value, const std::string& unit) {
    if (const auto* flag = std::get_if<bool>(&value)) return ui.say(*flag ? "ui.yes" : "ui.no");
    const std::string text = show_value(value);
    return std::holds_alternative<Points>(value) && !unit.empty() ? text + " " + unit : text;
}

float form_head(Ui& ui, const Box& column, float y, bool paint) {
    const Instrument& instrument = *ui.state.opened->document.instrument;
    const float x = column.x + ui.px(20);
    const float width = column.width - ui.px(40);
    const float text_height =
        wrapped_height(ui, width, instrument.title, style::title) +
        (instrument.heading.empty() ? 0 : wrapped_height(ui, width, instrument.heading, style::small));
    const int columns = width > ui.px(900) && instrument.header.size() == 4 ? 4
                        : width > ui.px(640)                                ? 3
                        : width > ui.px(420)                                ? 2
                                                                            : 1;
    const auto rows = (static_cast<int>(instrument.header.size()) + columns - 1) / columns;
    const float height = ui.px(14) + text_height + ui.px(12) + static_cast<float>(rows) * ui.px(66) + ui.px(8);
    if (!paint) return height;
    sheet({column.x, y, column.width, height});
    const Container group(ui,
                          make_node(ui, "head", Role::group, instrument.title, {column.x, y, column.width, height}));
    float top = y + ui.px(14);
    if (!instrument.heading.empty()) top += write_wrapped(ui, x, top, width, instrument.heading, style::small);
    const float title_height = write_wrapped(ui, x, top, width, instrument.title, style::title);
    emit_heading(ui, "title", instrument.title, 2, {x, top, width, title_height});
    top += title_height + ui.px(12);
    const float gap = ui.px(16);
    const float part = (width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    int index = 0;
    for (const HeaderField& header : instrument.header) {
        if (header.is_hidden) continue;
        const int row = index / columns;
        const Box box{x + static_cast<float>(index % columns) * (part + gap), top + static_cast<float>(row) * ui.px(66),
                      part, ui.px(56)};
        draw_header_cell(ui, header, box, true);
        ++index;
    }
    return height;
}

float item_cell(Ui& ui, const Criterion& item, const Cell& cell, const Box& box, bool labelled, bool paint) {
    float y = box.y;
    if (labelled) {
        if (paint) write_in(ui, {box.x, y, box.width, ui.px(20)}, cell.label, style::small);
        y += ui.px(22);
    }
    const Place place{
        item, cell, {box.x, y, box.width, 0}, field_id(cell.id, Layer::self, item.id), {Layer::self, item.id, cell.id}};
    y += draw_control(ui, place, paint);
    y += draw_from(ui, place, y, paint);
    return y - box.y;
}

float item_note(Ui& ui, const Criterion& item, const Box& box, bool paint) {
    const Document& document = ui.state.opened->document;
    const bool explains = contradicts_ledger(ui, item) || !document.text(Layer::self, item.id, "explanation").empty();
    const Target target{Layer::self, item.id, explains ? "explanation" : "note"};
    FieldSpec spec;
    spec.id = field_id(target.field, Layer::self, item.id);
    const std::string& note = document.instrument->columns.note;
    spec.name = item.id + " " + (explains || note.empty() ? ui.say("ui.explanation.short") : note);
    spec.text = document.text(Layer::self, item.id, target.field);
    spec.placeholder = explains ? ui.say("ui.ledger.explain") : note;
    spec.role = Role::multiline;
    spec.flat = !explains;
    const float height = field_height(ui, box.width, spec.text, spec.id, spec.style, ui.px(34));
    if (paint) answer_field(ui, {box.x, box.y, box.width, height}, std::move(spec), target);
    return height;
}

}  // namespace duibiao::ui
