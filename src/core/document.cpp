#include "core/document.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "core/appraisal.hpp"
#include "core/cell.hpp"
#include "core/custody.hpp"
#include "core/date.hpp"
#include "core/evaluate/derive.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::size_t longest_id = 200;  ///< bytes of edit ids and batches

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
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20; };
    return text.size() <= longest_id && std::none_of(text.begin(), text.end(), is_control) && is_clean_text(text);
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
    // Rows mostly come in their order.
    const bool is_last = !answers.empty() && answers.rbegin()->first < TargetRef(target);
    const auto place = is_last ? answers.end() : answers.lower_bound(target);
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
    derive_item(document, edit.target);
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

}  // namespace

const Value& Document::answer(const TargetRef& target) const {
    static const Value nothing;
    const auto found = answers.find(target);
    return found == answers.end() ? nothing : found->second;
}

std::optional<Points> Document::score(Layer layer, std::string_view criterion_id) const {
    const TargetRef target{layer, criterion_id, "score"};
    if (const auto* score = std::get_if<Points>(&answer(target))) return *score;
    if (derived.empty()) return std::nullopt;
    const auto found = derived.find(target);
    return found == derived.end() ? std::nullopt : std::optional(found->second);
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
    derive_all(document);
    return document;
}

std::string next_edit_id(const Document& document, const Author& author, std::size_t ahead) {
    return author.session + "-" + std::to_string(document.log.size() + 1 + ahead);
}

std::string next_instant(const Document& document, const Author& author) {
    if (document.log.empty()) return author.at;
    const Edit& last = document.log.back();
    const bool own = std::string_view(last.id).substr(0, last.id.rfind('-')) == author.session;
    if (last.at < author.at || (own && last.at == author.at) || !check_instant(author.at)) return author.at;
    return own ? last.at : second_after(last.at);
}

namespace {

/// What is typed where names are listed, with blanks that part them; any other value as it is.
Value with_parted_names(const Instrument& instrument, const Target& target, const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr || !is_utf8(*text)) return value;
    using Type = AnswerField::Type;
    if (target.field != "cells" || !is_row_id(target.item)) return value;
    const auto& columns = instrument.table.columns;
    const auto count = static_cast<std::size_t>(std::count(text->begin(), text->end(), '\t')) + 1;
    const bool names = std::any_of(columns.begin(), columns.end(),
                                   [](const AnswerField& column) { return column.type == Type::names; });
    if (!names || count > columns.size()) return value;
    std::vector<std::string> cells;
    for (const std::string_view cell : split_row(*text, columns.size())) {
        const bool parted = columns[cells.size()].type == Type::names;
        cells.push_back(parted ? with_plain_blanks(cell) : std::string(cell));
    }
    return join_row(cells);
}

}  // namespace

Result<Edit> make_edit(const Document& document, const Author& author, const Target& target, const Value& value,
                       std::string batch, std::size_t ahead) {
    const Instrument& instrument = *document.instrument;
    auto checked = check_value(instrument, target, with_parted_names(instrument, target, value));
    if (!checked) return tl::unexpected<Error>(checked.error());
    if (target.item != "document") {
        if (auto open = check_custody(document, target.layer); !open) return tl::unexpected<Error>(open.error());
    }
    if (auto open = check_open(document, target, *checked); !open) return tl::unexpected<Error>(open.error());
    Edit edit;
    edit.id = next_edit_id(document, author, ahead);
    edit.at = next_instant(document, author);
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
    derive_item(document, last.target);
    return document.log.size() - 1;
}

}  // namespace duibiao
