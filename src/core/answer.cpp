#include "core/answer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/cell.hpp"
#include "core/date.hpp"
#include "core/evaluate/answers.hpp"
#include "core/evidence.hpp"
#include "core/limits.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::string_view cut_mark = "…";

constexpr std::array<std::string_view, 4> layer_states{"draft", "submitted", "accepted", "returned"};

enum class FieldType : std::uint8_t {
    score,
    note,
    measure_number,
    measure_yesno,
    flag,
    name,
    period,
    date,
    state,
    hex,
    cell,
    row,
    order,
    item_answer,  ///< of format 2
    blank,        ///< at the foot
    unit_kind,
    evidence
};

struct Field {
    FieldType type = FieldType::note;
    const Criterion* criterion = nullptr;  ///< of a score
    const AnswerField* cell = nullptr;     ///< of a cell
    ItemField item{};                      ///< of an item's answer in format 2
    const Blank* blank = nullptr;
};

tl::unexpected<Error> field_unknown(const TargetRef& target) {
    return fail("field-unknown", std::string(target.item), {{"field", std::string(target.field)}});
}

Result<Field> header_field(const Instrument& instrument, const TargetRef& target) {
    if (target.layer != Layer::self) return field_unknown(target);
    if (target.field == "unit") return Field{FieldType::name};
    if (target.field == "period") return Field{FieldType::period};
    if (instrument.scored != nullptr) {
        if (target.field == "subject") return Field{FieldType::name};
        if (target.field == "kind" && !instrument.scored->kinds.empty()) return Field{FieldType::unit_kind};
    }
    const HeaderField* header = instrument.find_header(target.field);
    // Computed fields are shown, never answered.
    if (header == nullptr || header->type == HeaderField::Type::computed) return field_unknown(target);
    return Field{header->type == HeaderField::Type::date ? FieldType::date : FieldType::note};
}

Result<Field> criterion_field(const Instrument& instrument, const Criterion& criterion, const TargetRef& target) {
    if (criterion.scoring != nullptr) {
        const auto known = find_item_field(*criterion.scoring, target.field);
        if (!known) return field_unknown(target);
        return Field{FieldType::item_answer, &criterion, nullptr, *known};
    }
    if (target.field == "score" && instrument.is_scored()) return Field{FieldType::score, &criterion};
    if (target.layer == Layer::self) {
        if (const AnswerField* cell = criterion.find_field(target.field)) return Field{FieldType::cell, nullptr, cell};
    }
    if (target.field == "note") return Field{FieldType::note};
    if (target.field == "explanation" && target.layer == Layer::self) return Field{FieldType::note};
    return field_unknown(target);
}

Result<Field> measure_field(const Measure& measure, const TargetRef& target) {
    if (target.field != "value" || target.layer != Layer::self) return field_unknown(target);
    return Field{measure.type == Measure::Type::yesno ? FieldType::measure_yesno : FieldType::measure_number};
}

Result<Field> veto_field(const TargetRef& target) {
    if (target.field == "set") return Field{FieldType::flag};
    if (target.field == "note") return Field{FieldType::note};
    return field_unknown(target);
}

/// Which sets bind the unit: yes or no; nothing is yes. And from which day on.
Result<Field> duty_set_field(const Instrument& instrument, const TargetRef& target) {
    const auto known = std::any_of(instrument.duty_sets.begin(), instrument.duty_sets.end(),
                                   [&target](const DutySet& set) { return set.id == target.field; });
    const bool is_from = target.field == "from" && !instrument.duty_sets.empty();
    if ((!known && !is_from) || target.layer != Layer::self) return field_unknown(target);
    return Field{is_from ? FieldType::date : FieldType::flag};
}

Result<Field> row_field(const TargetRef& target) {
    if (target.layer != Layer::self) return field_unknown(target);
    if (target.field == "cells") return Field{FieldType::row};
    if (target.field == "order") return Field{FieldType::order};
    return field_unknown(target);
}

/// Which steps of an appraisal are closed: yes.
Result<Field> step_field(const Instrument& instrument, const TargetRef& target) {
    if (instrument.appraisal.find_step(target.field) == nullptr || target.layer != Layer::self) {
        return field_unknown(target);
    }
    return Field{FieldType::flag};
}

/// What is said when a layer is handed over: see custody.hpp.
Result<Field> document_field(const TargetRef& target) {
    if (target.field == "state") return Field{FieldType::state};
    if (target.field == "explanation" || target.field == "reason" || target.field == "altered")
        return Field{FieldType::note};
    if (target.field == "key" || target.field == "signature") return Field{FieldType::hex};
    return field_unknown(target);
}

/// What stands below the table of a form of format 2.
Result<Field> foot_field(const ScoredForm& form, const TargetRef& target) {
    const auto known = find_foot_field(form, target.field);
    if (!known) return field_unknown(target);
    if (*known == nullptr) return Field{FieldType::note};
    return Field{FieldType::blank, nullptr, nullptr, {}, *known};
}

Result<Field> find_field(const Instrument& instrument, const TargetRef& target) {
    if (target.layer != Layer::self && instrument.find_layer(target.layer) == nullptr) {
        return fail("layer-unknown", std::string(target.item), {{"layer", std::string(to_string(target.layer))}});
    }
    if (const Criterion* criterion = instrument.find_criterion(target.item))
        return criterion_field(instrument, *criterion, target);
    if (const Measure* measure = instrument.find_measure(target.item)) return measure_field(*measure, target);
    if (target.item == "header") return header_field(instrument, target);
    if (target.item == "document") return document_field(target);
    if (target.item == "foot" && instrument.scored != nullptr) return foot_field(*instrument.scored, target);
    if (target.item == "duties") return duty_set_field(instrument, target);
    if (target.item == steps_item) return step_field(instrument, target);
    if (instrument.has_rows() && is_row_id(target.item)) return row_field(target);
    if (instrument.has_items() && is_evidence_id(target.item)) {
        if (target.field != "cells" || target.layer != Layer::self) return field_unknown(target);
        return Field{FieldType::evidence};
    }
    if (instrument.has_rows() && target.item == "table") {
        if (target.field != "none" || target.layer != Layer::self) return field_unknown(target);
        return Field{FieldType::flag};
    }
    if (instrument.find_veto(target.item) != nullptr) return veto_field(target);
    return fail("item-unknown", std::string(target.item), {{"item", std::string(target.item)}});
}

/// Two numbers of 256 bits.
bool is_hex_pair(std::string_view text) {
    constexpr std::size_t digits = 128;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Dates and periods are kept in the one way files write them.
Done normalise_text(std::string& text, FieldType type) {
    const bool short_text = type == FieldType::name || type == FieldType::period || type == FieldType::date;
    auto cleaned = clean_in_place(text, short_text ? limits::name_characters : limits::text_characters);
    if (!cleaned) return cleaned;
    if (short_text) text = std::string(trim(text));
    if (text.empty()) return {};
    if (type == FieldType::period) {
        auto period = normalise_period(text);
        if (!period) return tl::unexpected<Error>(period.error());
        text = std::move(*period);
    } else if (type == FieldType::date) {
        const auto date = parse_date(text);
        if (!date) return tl::unexpected<Error>(date.error());
        text = to_string(*date);
    } else if (type == FieldType::hex && !is_hex_pair(text)) {
        return fail("value-type");
    } else if (type == FieldType::state && !position_in(layer_states, text)) {
        return fail("value-type");
    }
    return {};
}

Done normalise_cells(const Instrument& instrument, Value& value) {
    auto* row = std::get_if<std::string>(&value);
    if (row == nullptr) return fail("value-type");
    auto written = normalise_row(instrument, std::move(*row));
    if (!written) return tl::unexpected<Error>(written.error());
    *row = std::move(*written);
    if (row->empty()) value = std::monostate{};
    return {};
}

Done normalise_evidence_line(const Instrument& instrument, Value& value) {
    const auto* line = std::get_if<std::string>(&value);
    if (line == nullptr) return fail("value-type");
    auto written = normalise_evidence(instrument, *line);
    if (!written) return tl::unexpected<Error>(written.error());
    value = written->empty() ? Value{} : Value{*std::move(written)};
    return {};
}

Done normalise_order(Value& value) {
    const auto* order = std::get_if<std::string>(&value);
    if (order == nullptr || (!order->empty() && !is_row_key(*order))) return fail("value-type");
    if (order->empty()) value = std::monostate{};
    return {};
}

}  // namespace

bool operator<(const TargetRef& a, const TargetRef& b) {
    if (a.layer != b.layer) return a.layer < b.layer;
    if (const int order = a.item.compare(b.item); order != 0) return order < 0;
    return a.field < b.field;
}

bool is_row_id(std::string_view item) {
    return item.starts_with(row_prefix) && is_row_key(item.substr(row_prefix.size()));
}

bool is_row_key(std::string_view key) {
    return !key.empty() && key.size() <= longest_key && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
    });
}

namespace {

Done normalise_at(const Instrument& instrument, const Field& field, Value& value) {
    switch (field.type) {
        case FieldType::score: {
            const auto* score = std::get_if<Points>(&value);
            if (score == nullptr) break;
            return check_score(*score, field.criterion->points, instrument.score_step);
        }
        case FieldType::measure_number: {
            const auto* quantity = std::get_if<Points>(&value);
            if (quantity == nullptr) break;
            return check_quantity(*quantity);
        }
        case FieldType::measure_yesno:
        case FieldType::flag:
            if (!std::holds_alternative<bool>(value)) break;
            return {};
        case FieldType::cell:
            return normalise_cell(instrument, *field.cell, value);
        case FieldType::row:
            return normalise_cells(instrument, value);
        case FieldType::order:
            return normalise_order(value);
        case FieldType::item_answer:
            return normalise_item_answer(instrument, *field.criterion, field.item, value);
        case FieldType::blank:
            return normalise_blank(*field.blank, value);
        case FieldType::unit_kind: {
            auto* text = std::get_if<std::string>(&value);
            if (text == nullptr) break;
            return normalise_kind(*instrument.scored, *text);
        }
        case FieldType::evidence:
            return normalise_evidence_line(instrument, value);
        default: {
            auto* text = std::get_if<std::string>(&value);
            if (text == nullptr) break;
            auto fits = normalise_text(*text, field.type);
            if (fits && text->empty()) value = std::monostate{};
            return fits;
        }
    }
    return fail("value-type");
}

}  // namespace

Done normalise_value(const Instrument& instrument, const TargetRef& target, Value& value) {
    const auto field = find_field(instrument, target);
    if (!field) return tl::unexpected<Error>(field.error());
    if (std::holds_alternative<std::monostate>(value)) return {};
    auto fits = normalise_at(instrument, *field, value);
    if (!fits) fits.error().place = std::string(target.item);
    return fits;
}

Result<Value> check_value(const Instrument& instrument, const Target& target, const Value& value) {
    Value checked = value;
    if (auto fits = normalise_value(instrument, target, checked); !fits) return tl::unexpected<Error>(fits.error());
    return checked;
}

Result<Value> parse_value(const Instrument& instrument, const Target& target, std::string_view text) {
    const auto field = find_field(instrument, target);
    if (!field) return tl::unexpected<Error>(field.error());
    if (!is_utf8(text)) return fail("text-encoding", target.item);
    const std::string_view trimmed = trim(text);
    if (looks_empty(text)) return Value{};
    switch (field->type) {
        case FieldType::cell: {
            auto value = parse_cell(instrument, *field->cell, text);
            if (!value) value.error().place = target.item;
            return value;
        }
        case FieldType::item_answer:
        case FieldType::blank: {
            auto value = field->type == FieldType::blank ? parse_blank(*field->blank, text)
                                                         : parse_item_answer(*field->criterion, field->item, text);
            if (value) return check_value(instrument, target, *value);
            value.error().place = target.item;
            return value;
        }
        case FieldType::score:
        case FieldType::measure_number: {
            const Measure* measure = instrument.find_measure(target.item);
            const auto number = read_number(trimmed, measure == nullptr ? "分" : std::string_view(measure->unit));
            if (!number) return fail(number.error().code, target.item, {{"text", shown(trimmed, cut_mark)}});
            return check_value(instrument, target, *number);
        }
        case FieldType::measure_yesno:
        case FieldType::flag: {
            const auto flag = yes_or_no(trimmed);
            if (!flag) return fail("value-type", target.item, {{"text", shown(trimmed, cut_mark)}});
            return Value{*flag};
        }
        default:
            return check_value(instrument, target, std::string(text));
    }
}

}  // namespace duibiao
