#include "core/evaluate/answers.hpp"

#include <algorithm>
#include <string>

#include "core/cell.hpp"
#include "core/limits.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using Kind = ItemField::Kind;

/// Of items without an upper limit.
constexpr Points most_without_limit = Points::from_whole(100'000);

Done check_number_between(Points value, Points least, Points most) {
    if (value >= least && value <= most) return {};
    return fail("score-between", {}, {{"least", least.to_string()}, {"most", most.to_string()}});
}

Done check_item_score(const Instrument& form, const ItemScoring& scoring, Points score) {
    if (scoring.role == ScoreRole::points && scoring.points && scoring.floor == Points{})
        return check_score(score, *scoring.points, form.score_step);
    const bool goes_below = scoring.role == ScoreRole::penalty || !scoring.floor;
    const Points most = scoring.points.value_or(most_without_limit);
    const Points least = goes_below ? Points{} - most_without_limit : *scoring.floor;
    if (auto fits = check_number_between(score, least, most); !fits) return fits;
    if (!score.is_multiple_of(form.score_step)) return fail("score-step", {}, {{"step", form.score_step.to_string()}});
    return {};
}

Done check_count(const ScoreRule& rule, Points count) {
    if (auto fits = check_quantity(count); !fits) return fits;
    if (rule.once && count != Points{} && count != Points::from_whole(1)) return fail("count-once");
    return {};
}

Done check_amount(const ScoreRule& rule, Points amount) {
    if (amount == Points{}) return {};  // not applied
    const Points least = rule.least.value_or(Points{});
    return check_number_between(amount, least, rule.most.value_or(most_without_limit));
}

Done clean(Value& value, std::size_t most) {
    auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return fail("value-type");
    auto cleaned = clean_in_place(*text, most);
    if (cleaned && trim(*text).empty()) value = std::monostate{};
    return cleaned;
}

std::vector<std::string> labels_of(const ItemScoring& scoring) {
    std::vector<std::string> labels;
    for (const ScoreLevel& level : scoring.levels) labels.push_back(level.label);
    for (const Tier& tier : scoring.tiers) labels.push_back(tier.label);
    if (!scoring.tiers.empty()) labels.push_back(scoring.no_tier);
    return labels;
}

/// The label as the form writes it, whatever its width and blanks.
Done choose(std::string& text, const std::vector<std::string>& labels) {
    const std::string wanted = plain_text(text);
    const auto found = std::find_if(labels.begin(), labels.end(),
                                    [&wanted](const std::string& label) { return plain_text(label) == wanted; });
    if (found == labels.end()) {
        return fail("level-unknown", {}, {{"text", shown(text)}, {"expected", labels}});
    }
    text = *found;
    return {};
}

/// The reason, or yes where none is given yet.
Done normalise_absence(Value& value) {
    if (const auto* flag = std::get_if<bool>(&value)) {
        if (!*flag) value = std::monostate{};
        return {};
    }
    return clean(value, limits::text_characters);
}

const Points* number_in(const Value& value) { return std::get_if<Points>(&value); }

}  // namespace

Done normalise_item_answer(const Instrument& form, const Criterion& item, const ItemField& field, Value& value) {
    const ItemScoring& scoring = *item.scoring;
    const Points* number = number_in(value);
    switch (field.kind) {
        case Kind::score:
            return number == nullptr ? fail("value-type") : check_item_score(form, scoring, *number);
        case Kind::note:
            return clean(value, limits::text_characters);
        case Kind::absent:
            return normalise_absence(value);
        case Kind::level: {
            auto* text = std::get_if<std::string>(&value);
            return text == nullptr ? fail("value-type") : choose(*text, labels_of(scoring));
        }
        case Kind::count:
            return number == nullptr ? fail("value-type") : check_count(scoring.rules[field.index], *number);
        case Kind::amount:
            return number == nullptr ? fail("value-type") : check_amount(scoring.rules[field.index], *number);
        case Kind::blank:
        case Kind::tick:
            return normalise_blank(scoring.blanks[field.index], value);
        case Kind::votes:
        case Kind::ballots:
            if (number == nullptr) return fail("value-type");
            if (!number->is_multiple_of(Points::from_whole(1)))
                return fail("score-step", {}, {{"step", std::string("1")}});
            return check_quantity(*number);
    }
    return fail("value-type");
}

namespace {

Result<Value> parse_number(std::string_view text, std::string_view unit) {
    const auto number = read_number(text, unit);
    if (!number) return fail(number.error().code, {}, {{"text", shown(text)}});
    return Value{*number};
}

/// 是 marks it without a reason, 否 takes the mark away; 无 and 没有 tell why, if not much.
Value parse_absence(std::string_view text) {
    const std::string word = plain_text(trim(text));
    const auto flag = yes_or_no(word);
    if (flag && word != "无" && word != "没有") return Value{*flag};
    return Value{std::string(text)};
}

Result<Value> parse_flag(std::string_view text) {
    const auto flag = yes_or_no(text);
    if (!flag) return fail("value-type", {}, {{"text", shown(text)}});
    return Value{*flag};
}

}  // namespace

Result<Value> parse_item_answer(const Criterion& item, const ItemField& field, std::string_view text) {
    const ItemScoring& scoring = *item.scoring;
    const std::string_view trimmed = trim(text);
    switch (field.kind) {
        case Kind::score:
        case Kind::amount:
            return parse_number(trimmed, "分");
        case Kind::count: {
            const ScoreRule& rule = scoring.rules[field.index];
            if (rule.once) {
                if (const auto flag = yes_or_no(trimmed)) return Value{Points::from_whole(*flag ? 1 : 0)};
            }
            return parse_number(trimmed, rule.per);
        }
        case Kind::votes:
        case Kind::ballots:
            return parse_number(trimmed, "票");
        case Kind::blank:
        case Kind::tick:
            return parse_blank(scoring.blanks[field.index], text);
        case Kind::absent:
            return parse_absence(text);
        case Kind::level:
        case Kind::note:
            return Value{std::string(text)};
    }
    return fail("value-type");
}

std::optional<const Blank*> find_foot_field(const ScoredForm& form, std::string_view field) {
    for (const FootRemark& remark : form.remarks) {
        if (remark.id == field) return nullptr;
    }
    for (const Blank& blank : form.foot_blanks) {
        const std::string_view prefix = blank.is_tick() ? "tick:" : "blank:";
        if (field.starts_with(prefix) && field.substr(prefix.size()) == blank.name) return &blank;
    }
    return std::nullopt;
}

Done normalise_blank(const Blank& blank, Value& value) {
    switch (blank.type) {
        case Blank::Type::number: {
            const Points* number = number_in(value);
            return number == nullptr ? fail("value-type") : check_quantity(*number);
        }
        case Blank::Type::tick:
            return std::holds_alternative<bool>(value) ? Done{} : fail("value-type");
        case Blank::Type::text:
            return clean(value, limits::text_characters);
    }
    return fail("value-type");
}

Result<Value> parse_blank(const Blank& blank, std::string_view text) {
    const std::string_view trimmed = trim(text);
    if (blank.type == Blank::Type::number) return parse_number(trimmed, blank.unit);
    if (blank.type == Blank::Type::text) return Value{std::string(text)};
    const std::string word = plain_text(trimmed);
    if (!blank.yes.empty() && word == plain_text(blank.yes)) return Value{true};
    if (!blank.no.empty() && word == plain_text(blank.no)) return Value{false};
    return parse_flag(trimmed);
}

Done normalise_kind(const ScoredForm& form, std::string& kind) { return choose(kind, form.kinds); }

}  // namespace duibiao
