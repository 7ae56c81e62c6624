#include "core/document.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/cell.hpp"
#include "core/date.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::string_view creation_batch = "new";
constexpr std::size_t longest_id = 200;  ///< bytes of edit ids and batches
constexpr std::string_view cut_mark = "…";

// ---- What may stand where ----

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
    cell,
    row
};

struct Field {
    FieldType type = FieldType::note;
    const Criterion* criterion = nullptr;  ///< of a score
    const FieldSpec* cell = nullptr;       ///< of a cell
};

tl::unexpected<Error> field_unknown(const TargetRef& target) {
    return fail("field-unknown", std::string(target.item), {{"field", std::string(target.field)}});
}

Result<Field> header_field(const Instrument& instrument, const TargetRef& target) {
    if (target.layer != Layer::self) return field_unknown(target);
    if (target.field == "unit") return Field{FieldType::name};
    if (target.field == "period") return Field{FieldType::period};
    const HeaderField* header = instrument.find_header(target.field);
    // Computed fields are shown, never answered.
    if (header == nullptr || header->type == HeaderField::Type::computed) return field_unknown(target);
    return Field{header->type == HeaderField::Type::date ? FieldType::date : FieldType::note};
}

Result<Field> criterion_field(const Instrument& instrument, const Criterion& criterion, const TargetRef& target) {
    if (target.field == "score" && instrument.is_scored()) return Field{FieldType::score, &criterion};
    if (target.layer == Layer::self) {
        if (const FieldSpec* cell = criterion.find_field(target.field)) return Field{FieldType::cell, nullptr, cell};
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

/// Which sets bind the unit: yes or no; nothing is yes.
Result<Field> duty_set_field(const Instrument& instrument, const TargetRef& target) {
    const auto known = std::any_of(instrument.duty_sets.begin(), instrument.duty_sets.end(),
                                   [&target](const DutySet& set) { return set.id == target.field; });
    if (!known || target.layer != Layer::self) return field_unknown(target);
    return Field{FieldType::flag};
}

Result<Field> find_field(const Instrument& instrument, const TargetRef& target) {
    if (target.layer != Layer::self && instrument.find_layer(target.layer) == nullptr) {
        return fail("layer-unknown", std::string(target.item), {{"layer", std::string(to_string(target.layer))}});
    }
    if (const Criterion* criterion = instrument.find_criterion(target.item))
        return criterion_field(instrument, *criterion, target);
    if (const Measure* measure = instrument.find_measure(target.item)) return measure_field(*measure, target);
    if (target.item == "header") return header_field(instrument, target);
    if (target.item == "document" && target.field == "state") return Field{FieldType::state};
    if (target.item == "document") return field_unknown(target);
    if (target.item == "duties") return duty_set_field(instrument, target);
    if (instrument.has_rows() && is_row_id(target.item)) {
        if (target.field != "cells" || target.layer != Layer::self) return field_unknown(target);
        return Field{FieldType::row};
    }
    if (instrument.find_veto(target.item) != nullptr) return veto_field(target);
    return fail("item-unknown", std::string(target.item), {{"item", std::string(target.item)}});
}

Done check_score(Points score, Points most, Points step) {
    if (score < Points{}) return fail("score-under");
    if (score > most) return fail("score-over", {}, {{"max", most.to_string()}});
    if (!score.is_multiple_of(step)) return fail("score-step", {}, {{"step", step.to_string()}});
    return {};
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
    } else if (type == FieldType::state && text != "draft" && text != "submitted") {
        return fail("value-type");
    }
    return {};
}

Done normalise_cells(const Instrument& instrument, Value& value) {
    auto* row = std::get_if<std::string>(&value);
    if (row == nullptr) return fail("value-type");
    if (auto cleaned = clean_in_place(*row, limits::row_characters); !cleaned) return cleaned;
    if (row->empty()) {
        value = std::monostate{};
        return {};
    }
    auto written = normalise_row(instrument, *row);
    if (!written) return tl::unexpected<Error>(written.error());
    *row = std::move(*written);
    if (row->empty()) value = std::monostate{};
    return {};
}

/// Checks and normalises `value` where it stands, so that replaying a log copies no texts.
Done normalise_value(const Instrument& instrument, const TargetRef& target, Value& value) {
    const auto field = find_field(instrument, target);
    if (!field) return tl::unexpected<Error>(field.error());
    if (std::holds_alternative<std::monostate>(value)) return {};
    Done fits = fail("value-type");
    switch (field->type) {
        case FieldType::score:
            if (const auto* score = std::get_if<Points>(&value)) {
                fits = check_score(*score, field->criterion->points, instrument.score_step);
            }
            break;
        case FieldType::measure_number:
            if (const auto* quantity = std::get_if<Points>(&value)) fits = check_quantity(*quantity);
            break;
        case FieldType::measure_yesno:
        case FieldType::flag:
            if (std::holds_alternative<bool>(value)) fits = {};
            break;
        case FieldType::cell:
            fits = normalise_cell(instrument, *field->cell, value);
            break;
        case FieldType::row:
            fits = normalise_cells(instrument, value);
            break;
        default:
            if (auto* text = std::get_if<std::string>(&value)) {
                fits = normalise_text(*text, field->type);
                if (fits && text->empty()) value = std::monostate{};
            }
    }
    if (!fits) fits.error().place = std::string(target.item);
    return fits;
}

// ---- Edits ----

/// An error of an edit with the member at fault as place ("after"); who calls knows the edit's own place.
Done at_member(std::string_view member, Done done) {
    if (!done) done.error().place = std::string(member);
    return done;
}

/// The member that makes a value's target wrong, else `member`.
std::string_view member_at_fault(const Error& error, std::string_view member) {
    if (error.code == "item-unknown") return "item";
    if (error.code == "field-unknown") return "field";
    if (error.code == "layer-unknown") return "layer";
    return member;
}

Done normalise_side(const Instrument& instrument, const Target& target, Value& value, std::string_view member) {
    auto done = normalise_value(instrument, target, value);
    if (!done) done.error().place = std::string(member_at_fault(done.error(), member));
    return done;
}

bool fits_as_id(std::string_view text) {
    return text.size() <= longest_id && is_clean_text(text) && text.find_first_of("\n\t") == std::string_view::npos;
}

/// Everything about an edit that does not depend on the rest of the log. Error places are members.
Done normalise_edit(const Instrument& instrument, Edit& edit) {
    if (edit.id.empty() || !fits_as_id(edit.id)) return fail("edit-id", "id");
    if (!fits_as_id(edit.batch)) return fail("edit-id", "batch");
    const bool reverts_something = edit.kind != EditKind::change;
    if (!fits_as_id(edit.reverts) || reverts_something == edit.reverts.empty()) return fail("edit-id", "reverts");
    if (auto instant = at_member("at", check_instant(edit.at)); !instant) return instant;
    if (auto by = at_member("by", clean_in_place(edit.by, limits::name_characters)); !by) return by;
    if (auto after = normalise_side(instrument, edit.target, edit.after, "after"); !after) return after;
    if (std::holds_alternative<std::monostate>(edit.before)) return {};
    return normalise_side(instrument, edit.target, edit.before, "before");
}

void set_answer(Answers& answers, const Target& target, const Value& value) {
    const auto place = answers.lower_bound(target);
    const bool known = place != answers.end() && place->first == target;
    if (std::holds_alternative<std::monostate>(value)) {
        if (known) answers.erase(place);
    } else if (known) {
        place->second = value;
    } else {
        answers.emplace_hint(place, target, value);
    }
}

void append(Document& document, Edit edit) {
    set_answer(document.answers, edit.target, edit.after);
    document.log.push_back(std::move(edit));
}

Done refuse_long_log(std::size_t edits) {
    if (edits <= limits::log_edits) return {};
    return fail("log-long", "", {{"limit", static_cast<std::int64_t>(limits::log_edits)}});
}

/// Index of the first edit whose id an earlier one has.
std::optional<std::size_t> find_doubled(const std::vector<Edit>& log) {
    std::unordered_set<std::string_view> ids;
    ids.reserve(log.size());
    const auto doubled =
        std::find_if(log.begin(), log.end(), [&ids](const Edit& edit) { return !ids.insert(edit.id).second; });
    if (doubled == log.end()) return std::nullopt;
    return static_cast<std::size_t>(doubled - log.begin());
}

/// The log only grows, and every edit of a session got the log's next number: so the number is free.
std::string next_id(const Document& document, const Author& author, std::size_t ahead = 0) {
    return author.session + "-" + std::to_string(document.log.size() + 1 + ahead);
}

// ---- Undo and redo ----

/// The user action an edit belongs to. An edit without a batch is an action of its own.
std::string_view action_of(const Edit& edit) {
    if (edit.kind != EditKind::change) return edit.reverts;
    return edit.batch.empty() ? std::string_view(edit.id) : std::string_view(edit.batch);
}

/// The newest action not taken back: walking backwards, an action's state is what the log says of it last.
std::optional<std::string_view> newest_done(const std::vector<Edit>& log) {
    std::set<std::string_view> taken_back;
    for (auto edit = log.rbegin(); edit != log.rend(); ++edit) {
        const std::string_view action = action_of(*edit);
        if (action == creation_batch || taken_back.contains(action)) continue;
        if (edit->kind != EditKind::undo) return action;
        taken_back.insert(action);
    }
    return std::nullopt;
}

/// The newest action taken back and not done again; none once something was changed after it.
std::optional<std::string_view> newest_taken_back(const std::vector<Edit>& log) {
    std::set<std::string_view> done_again;
    for (auto edit = log.rbegin(); edit != log.rend() && edit->kind != EditKind::change; ++edit) {
        const std::string_view action = action_of(*edit);
        if (done_again.contains(action)) continue;
        if (edit->kind == EditKind::undo) return action;
        done_again.insert(action);
    }
    return std::nullopt;
}

/// The changes of an action, newest first. An action that went on after it was taken back starts anew there: what was
/// taken back before and not done again is no longer part of it.
std::vector<const Edit*> changes_of(const std::vector<Edit>& log, std::string_view action) {
    std::vector<const Edit*> changes;
    bool reverts_allowed = true;  // undos seen from here on belong to a state that came after the changes looked for
    for (auto edit = log.rbegin(); edit != log.rend(); ++edit) {
        if (action_of(*edit) != action) continue;
        if (edit->kind == EditKind::undo && !reverts_allowed) break;
        if (edit->kind == EditKind::change) changes.push_back(&*edit);
        reverts_allowed = edit->kind != EditKind::change;
    }
    return changes;
}

/// One edit a change, setting `after` to what `wanted` picks from it.
std::vector<Edit> revert(const Document& document, const Author& author, EditKind kind, std::string_view action,
                         const std::vector<const Edit*>& changes, Value Edit::*wanted) {
    std::vector<Edit> edits;
    edits.reserve(changes.size());
    std::map<Target, Value, TargetLess> current;  // what the edits made so far will have set
    for (const Edit* change : changes) {
        Edit edit;
        edit.id = next_id(document, author, edits.size());
        edit.at = author.at;
        edit.by = author.by;
        edit.kind = kind;
        edit.batch = next_id(document, author);
        edit.reverts = std::string(action);
        edit.target = change->target;
        const auto set = current.find(change->target);
        edit.before = set == current.end() ? document.answer(change->target) : set->second;
        edit.after = change->*wanted;
        current.insert_or_assign(edit.target, edit.after);
        edits.push_back(std::move(edit));
    }
    return edits;
}

// ---- Merging ----

/// Order of ids within one instant: by session, then by number, so that "s-9" comes before "s-10".
auto id_key(std::string_view id) {
    const std::size_t dash = id.rfind('-');
    const std::string_view number = dash == std::string_view::npos ? std::string_view{} : id.substr(dash + 1);
    const std::string_view session = id.substr(0, dash);
    return std::make_tuple(session, number.size(), number);
}

bool earlier(const Edit& a, const Edit& b) {
    if (a.at != b.at) return a.at < b.at;
    return id_key(a.id) < id_key(b.id);
}

/// Of one edit in two states the one that stands. Every member decides, so that both sides choose alike.
const Edit& later_state(const Edit& a, const Edit& b) {
    const auto key = [](const Edit& edit) {
        return std::tie(edit.at, edit.after, edit.before, edit.by, edit.kind, edit.batch, edit.reverts,
                        edit.target.layer, edit.target.item, edit.target.field);
    };
    return key(a) < key(b) ? b : a;
}

/// One side's edits after the shared prefix.
struct Side {
    std::vector<const Edit*> edits;
    std::unordered_map<std::string_view, const Edit*> by_id;

    Side(const std::vector<Edit>& log, std::size_t prefix) {
        for (std::size_t i = prefix; i < log.size(); ++i) {
            edits.push_back(&log[i]);
            by_id.emplace(log[i].id, &log[i]);
        }
    }
    [[nodiscard]] const Edit* find(std::string_view id) const {
        const auto found = by_id.find(id);
        return found == by_id.end() ? nullptr : found->second;
    }
};

std::size_t shared_prefix(const std::vector<Edit>& a, const std::vector<Edit>& b) {
    const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    return static_cast<std::size_t>(end - a.begin());
}

/// The side's edits, each in the state that stands.
std::vector<Edit> standing(const Side& side, const Side& other) {
    std::vector<Edit> edits;
    edits.reserve(side.edits.size());
    for (const Edit* edit : side.edits) {
        const Edit* twin = other.find(edit->id);
        edits.push_back(twin == nullptr ? *edit : later_state(*edit, *twin));
    }
    return edits;
}

bool same_order(const Side& a, const Side& b) {
    return std::equal(a.edits.begin(), a.edits.end(), b.edits.begin(), b.edits.end(),
                      [](const Edit* x, const Edit* y) { return x->id == y->id; });
}

std::size_t count_own(const Side& side, const Side& other) {
    return static_cast<std::size_t>(std::count_if(
        side.edits.begin(), side.edits.end(), [&other](const Edit* edit) { return other.find(edit->id) == nullptr; }));
}

std::vector<Edit> unite(const Side& ours, const Side& theirs) {
    const std::size_t ours_own = count_own(ours, theirs);
    const std::size_t theirs_own = count_own(theirs, ours);
    if (theirs_own == 0 && (ours_own > 0 || same_order(ours, theirs))) return standing(ours, theirs);
    if (ours_own == 0 && theirs_own > 0) return standing(theirs, ours);
    std::vector<Edit> united = standing(ours, theirs);
    for (const Edit* edit : theirs.edits) {
        if (ours.find(edit->id) == nullptr) united.push_back(*edit);
    }
    std::sort(united.begin(), united.end(), earlier);
    return united;
}

std::set<TargetRef> changed_by(const Side& side, const Side& other) {
    std::set<TargetRef> targets;
    for (const Edit* edit : side.edits) {
        if (other.find(edit->id) == nullptr) targets.insert(edit->target);
    }
    return targets;
}

std::vector<MergeConflict> find_conflicts(const Document& ours, const Document& theirs, const Side& our_side,
                                          const Side& their_side) {
    const std::set<TargetRef> theirs_changed = changed_by(their_side, our_side);
    std::vector<MergeConflict> conflicts;
    for (const TargetRef& target : changed_by(our_side, their_side)) {
        const Value& ours_value = ours.answer(target);
        const Value& theirs_value = theirs.answer(target);
        if (!theirs_changed.contains(target) || ours_value == theirs_value) continue;
        const Target owned{target.layer, std::string(target.item), std::string(target.field)};
        conflicts.push_back({owned, ours_value, theirs_value});
    }
    return conflicts;
}

}  // namespace

bool operator<(const TargetRef& a, const TargetRef& b) {
    if (a.layer != b.layer) return a.layer < b.layer;
    if (const int order = a.item.compare(b.item); order != 0) return order < 0;
    return a.field < b.field;
}

const Value& Document::answer(const TargetRef& target) const {
    static const Value nothing;
    const auto found = answers.find(target);
    return found == answers.end() ? nothing : found->second;
}

std::optional<Points> Document::score(Layer layer, std::string_view criterion_id) const {
    const auto* score = std::get_if<Points>(&answer({layer, criterion_id, "score"}));
    return score == nullptr ? std::nullopt : std::optional(*score);
}

std::string_view Document::text(Layer layer, std::string_view item, std::string_view field) const {
    const auto* text = std::get_if<std::string>(&answer({layer, item, field}));
    return text == nullptr ? std::string_view{} : std::string_view(*text);
}

bool Document::flag(Layer layer, std::string_view item, std::string_view field) const {
    const auto* flag = std::get_if<bool>(&answer({layer, item, field}));
    return flag != nullptr && *flag;
}

Result<Document> new_document(InstrumentPtr instrument, std::string id, std::string_view unit, std::string_view period,
                              const Author& author) {
    if (trim(unit).empty()) return fail("unit-empty", "header", {{"field", "unit"}});
    if (trim(period).empty()) return fail("period-format", "header", {{"text", ""}});
    Document document;
    document.id = std::move(id);
    document.instrument = std::move(instrument);
    const std::array<std::pair<std::string_view, std::string_view>, 2> fields{{{"unit", unit}, {"period", period}}};
    for (const auto& [field, text] : fields) {
        auto edit = make_edit(document, author, Target{Layer::self, "header", std::string(field)}, std::string(text),
                              std::string(creation_batch));
        if (!edit) return tl::unexpected<Error>(edit.error());
        if (auto done = apply(document, std::move(*edit)); !done) return tl::unexpected<Error>(done.error());
    }
    return document;
}

Result<Document> replay(InstrumentPtr instrument, std::string id, std::vector<Edit> log) {
    if (auto fits = refuse_long_log(log.size()); !fits) {
        fits.error().place = "/log";
        return tl::unexpected<Error>(fits.error());
    }
    if (const auto doubled = find_doubled(log)) {
        return fail("edit-doubled", json_pointer("/log", *doubled) + "/id", {{"id", log[*doubled].id}});
    }
    Document document;
    document.id = std::move(id);
    document.instrument = std::move(instrument);
    document.log = std::move(log);
    for (std::size_t i = 0; i < document.log.size(); ++i) {
        Edit& edit = document.log[i];
        if (auto fits = normalise_edit(*document.instrument, edit); !fits) {
            fits.error().place = json_pointer(json_pointer("/log", i), fits.error().place);
            return tl::unexpected<Error>(fits.error());
        }
        set_answer(document.answers, edit.target, edit.after);
    }
    return document;
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
    if (trimmed.empty()) return Value{};
    switch (field->type) {
        case FieldType::cell: {
            auto value = parse_cell(instrument, *field->cell, text);
            if (!value) value.error().place = target.item;
            return value;
        }
        case FieldType::score:
        case FieldType::measure_number: {
            const auto number = Points::parse(trimmed);
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

Result<Edit> make_edit(const Document& document, const Author& author, const Target& target, const Value& value,
                       std::string batch, std::size_t ahead) {
    auto checked = check_value(*document.instrument, target, value);
    if (!checked) return tl::unexpected<Error>(checked.error());
    Edit edit;
    edit.id = next_id(document, author, ahead);
    edit.at = author.at;
    edit.by = author.by;
    edit.batch = std::move(batch);
    edit.target = target;
    edit.before = document.answer(target);
    edit.after = std::move(*checked);
    return edit;
}

Done apply(Document& document, Edit edit) {
    if (auto fits = refuse_long_log(document.log.size() + 1); !fits) return fits;
    if (auto fits = normalise_edit(*document.instrument, edit); !fits) {
        fits.error().place = edit.target.item;
        return fits;
    }
    const auto twin = std::find_if(document.log.rbegin(), document.log.rend(),
                                   [&edit](const Edit& known) { return known.id == edit.id; });
    if (twin != document.log.rend()) return fail("edit-doubled", edit.target.item, {{"id", edit.id}});
    append(document, std::move(edit));
    return {};
}

Done apply_all(Document& document, std::vector<Edit> edits) {
    if (auto fits = refuse_long_log(document.log.size() + edits.size()); !fits) return fits;
    std::unordered_set<std::string_view> ids;
    ids.reserve(document.log.size() + edits.size());
    for (const Edit& known : document.log) ids.insert(known.id);
    for (Edit& edit : edits) {
        if (auto fits = normalise_edit(*document.instrument, edit); !fits) {
            fits.error().place = edit.target.item;
            return fits;
        }
        if (!ids.insert(edit.id).second) return fail("edit-doubled", edit.target.item, {{"id", edit.id}});
    }
    for (Edit& edit : edits) append(document, std::move(edit));
    return {};
}

Result<std::size_t> apply_typing(Document& document, Edit edit) {
    const bool goes_on = !document.log.empty() && !edit.batch.empty() && edit.kind == EditKind::change &&
                         document.log.back().kind == EditKind::change && document.log.back().batch == edit.batch &&
                         document.log.back().target == edit.target;
    if (!goes_on) {
        if (auto done = apply(document, std::move(edit)); !done) return tl::unexpected<Error>(done.error());
        return document.log.size() - 1;
    }
    if (auto fits = normalise_edit(*document.instrument, edit); !fits) {
        fits.error().place = edit.target.item;
        return tl::unexpected<Error>(fits.error());
    }
    Edit& last = document.log.back();
    last.after = std::move(edit.after);
    last.at = std::move(edit.at);
    set_answer(document.answers, last.target, last.after);
    return document.log.size() - 1;
}

std::vector<Edit> make_undo(const Document& document, const Author& author) {
    const auto action = newest_done(document.log);
    if (!action) return {};
    return revert(document, author, EditKind::undo, *action, changes_of(document.log, *action), &Edit::before);
}

std::vector<Edit> make_redo(const Document& document, const Author& author) {
    const auto action = newest_taken_back(document.log);
    if (!action) return {};
    auto changes = changes_of(document.log, *action);
    std::reverse(changes.begin(), changes.end());
    return revert(document, author, EditKind::redo, *action, changes, &Edit::after);
}

bool can_undo(const Document& document) { return newest_done(document.log).has_value(); }

bool can_redo(const Document& document) { return newest_taken_back(document.log).has_value(); }

Result<Merge> merge(const Document& ours, const Document& theirs) {
    if (ours.id != theirs.id || ours.instrument->id != theirs.instrument->id) {
        return fail("merge-other-document", {}, {{"ours", ours.id}, {"theirs", theirs.id}});
    }
    const std::size_t prefix = shared_prefix(ours.log, theirs.log);
    const Side our_side(ours.log, prefix);
    const Side their_side(theirs.log, prefix);
    std::vector<Edit> log(ours.log.begin(), ours.log.begin() + static_cast<std::ptrdiff_t>(prefix));
    std::vector<Edit> rest = unite(our_side, their_side);
    log.insert(log.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
    auto document = replay(ours.instrument, ours.id, std::move(log));
    if (!document) return tl::unexpected<Error>(document.error());
    return Merge{std::move(*document), find_conflicts(ours, theirs, our_side, their_side)};
}

}  // namespace duibiao
