// Blanks that say how many of what a rule counts.
#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "core/authoring/item_text.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"

namespace duibiao::authoring {
namespace {

/// 应报__ and 实报__: what should be, and what is.
std::vector<std::pair<const DraftBlank*, const DraftBlank*>> due_and_done(const DraftItem& item) {
    constexpr std::string_view due_word = "应";
    constexpr std::string_view done_word = "实";
    std::vector<std::pair<const DraftBlank*, const DraftBlank*>> pairs;
    for (const DraftBlank& due : item.blanks) {
        const std::size_t at = due.name.find(due_word);
        if (due.type != DraftBlank::Type::number || at == std::string::npos) continue;
        std::string wanted = due.name;
        wanted.replace(at, due_word.size(), done_word);
        for (const DraftBlank& done : item.blanks) {
            if (done.name == wanted && done.unit == due.unit) pairs.emplace_back(&due, &done);
        }
    }
    return pairs;
}

bool is_counted(const DraftRule& rule) {
    return rule.each && !rule.per.empty() && rule.count_kind.empty() && !rule.every;
}

/// One pair of blanks and one rule of the same unit about what is short of.
void link_short(DraftItem& item) {
    const auto pairs = due_and_done(item);
    for (DraftRule& rule : item.rules) {
        const auto fits = [](const DraftRule& one) {
            return is_counted(one) && one.effect == Effect::deduct && has_any(one.text, {"少", "缺", "漏", "未"}) &&
                   !has_any(one.text, {"迟", "瞒"});
        };
        if (!fits(rule)) continue;
        const auto alike = std::count_if(item.rules.begin(), item.rules.end(),
                                         [&](const DraftRule& one) { return fits(one) && one.per == rule.per; });
        const DraftBlank* due = nullptr;
        const DraftBlank* done = nullptr;
        std::size_t found = 0;
        for (const auto& [first, second] : pairs) {
            if (first->unit != rule.per) continue;
            ++found;
            due = first;
            done = second;
        }
        if (found != 1 || alike != 1) continue;
        rule.count_kind = "short";
        rule.due = due->name;
        rule.counted = {done->name};
    }
}

/// The blank is named as the rule is: 违规使用__次 and 每发现1次违规使用.
void link_named(DraftItem& item) {
    constexpr std::size_t two_letters = 6;
    for (DraftRule& rule : item.rules) {
        for (const DraftBlank& blank : item.blanks) {
            if (!rule.count_kind.empty() || blank.name.size() < two_letters) continue;
            std::string name = blank.name;
            if (name.ends_with("的")) name.resize(name.size() - std::string_view("的").size());
            const bool is_named = rule.text.find(name) != std::string::npos;
            if (is_named && is_counted(rule) && blank.type == DraftBlank::Type::number && blank.unit == rule.per &&
                !has_any(rule.text, {"少", "缺"})) {
                rule.count_kind = "blank";
                rule.counted = {blank.name};
            }
        }
    }
}

/// 缺一项 of several blanks; 未公示 beside 公示：有□无□.
void link_lacking(DraftItem& item) {
    const auto is_tick = [](const DraftBlank& blank) { return blank.type == DraftBlank::Type::tick; };
    const auto ticks = std::count_if(item.blanks.begin(), item.blanks.end(), is_tick);
    for (DraftRule& rule : item.rules) {
        if (!rule.count_kind.empty() || !rule.each || rule.effect != Effect::deduct || rule.every) continue;
        const bool is_each = rule.per == "项" && starts_with_any(rule.text, {"缺", "每缺", "少"}) &&
                             item.blanks.size() > 1 && item.rules.size() == 1;
        const bool is_only = rule.per.empty() && starts_with_any(rule.text, {"未", "没有", "无"}) &&
                             item.rules.size() == 1 && item.blanks.size() == 1 && ticks == 1;
        if (!is_each && !is_only) continue;
        rule.count_kind = "lacking";
        for (const DraftBlank& blank : item.blanks) rule.counted.push_back(blank.name);
        if (is_only) rule.once = false;
    }
}

/// 不少于4次的，加2分；每增加1次，再加1分: a blank says how often.
void link_beyond(DraftItem& item) {
    if (!item.blanks.empty() || item.rules.size() != 2 || !is_counted(item.rules[1])) return;
    DraftRule& first = item.rules[0];
    DraftRule& second = item.rules[1];
    constexpr std::string_view least = "不少于";
    const Folded folded(first.text);
    const std::size_t at = folded.text.rfind(least);
    const bool goes_on = starts_with_any(second.text, {"每增加", "每多", "每超"}) && second.effect == first.effect &&
                         first.each && first.per.empty();
    if (!goes_on || at == std::string::npos) return;
    const auto due = count_at(folded.text, at + least.size());
    const std::size_t unit = due ? measure_at(folded.text, due->end) : 0;
    if (unit == 0 || folded.text.substr(due->end, unit) != second.per) return;
    const std::string name = second.per + "数";
    item.blanks.push_back({name, DraftBlank::Type::number, second.per, {}, {}});
    first.count_kind = "reached";
    second.count_kind = "beyond";
    first.once = false;
    for (DraftRule* rule : {&first, &second}) {
        rule->due = due->value.to_string();
        rule->counted = {name};
    }
}

/// How often in a year: 每季度1次, 每月2次, 全年不少于4次.
struct Cadence {
    Points times;
    std::string subject;  ///< the words in front, back to the last sign
    std::size_t at = 0;
};

/// The cadence that begins at a place, when 次 is what is counted.
std::optional<Points> times_a_year(std::string_view text) {
    struct Period {
        std::string_view word;
        std::int64_t a_year;
    };
    constexpr std::array<Period, 12> periods{{{"每半年", 2},
                                              {"每季度", 4},
                                              {"每季", 4},
                                              {"每个月", 12},
                                              {"每月", 12},
                                              {"每周", 52},
                                              {"每年", 1},
                                              {"全年", 1},
                                              {"一年", 1},
                                              {"年度", 1},
                                              {"每年度", 1},
                                              {"年内", 1}}};
    for (const Period& period : periods) {
        if (!text.starts_with(period.word)) continue;
        std::size_t at = period.word.size();
        for (const std::string_view word :
             {"至少", "不少于", "不低于", "召开", "开展", "组织", "集中学习", "学习", "举办", "研究", "活动"}) {
            if (text.substr(at).starts_with(word)) at += word.size();
        }
        for (const std::string_view word : {"至少", "不少于", "不低于"}) {
            if (text.substr(at).starts_with(word)) at += word.size();
        }
        const auto count = count_at(text, at);
        if (!count || !text.substr(count->end).starts_with("次") || count->value == Points{}) return std::nullopt;
        return Points::from_hundredths(count->value.hundredths() * period.a_year);
    }
    return std::nullopt;
}

std::vector<Cadence> cadences_of(std::string_view text) {
    const Folded folded(text);
    const std::string_view plain = folded.text;
    std::vector<Cadence> found;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < plain.size();) {
        if (const auto times = times_a_year(plain.substr(at))) {
            std::size_t end = at;
            if (plain.substr(0, end).ends_with(",")) --end;
            std::size_t first = begin == at ? found.empty() ? 0 : at : begin;
            if (end < at) {  // 组织志愿服务，每年不少于4次: the words in front of the comma
                first = plain.substr(0, end).find_last_of(",;");
                first = first == std::string_view::npos ? 0 : first + 1;
            }
            found.push_back({*times, squeeze(plain.substr(first, end > first ? end - first : 0)), at});
        }
        const char32_t sign = take_character(plain, at);
        if (sign == U',' || sign == U';' || sign == U'。' || sign == U'\n' || sign == U'、') begin = at;
    }
    return found;
}

/// 党员大会每季度1次 beside 党员大会每少1次扣1分: a blank takes how often, and 4 less that is what is short of.
void link_cadence(DraftItem& item, std::string_view rule_text) {
    if (!item.blanks.empty()) return;
    std::vector<Cadence> cadences = cadences_of(item.text);
    if (cadences.empty()) cadences = cadences_of(rule_text);
    std::set<std::string> names;
    for (DraftRule& rule : item.rules) {
        const std::size_t each = rule.text.find("每少");
        const std::size_t lack = each == std::string::npos ? rule.text.find("每缺") : each;
        const bool fits =
            is_counted(rule) && rule.effect == Effect::deduct && rule.per == "次" && lack != std::string::npos;
        if (!fits) continue;
        const std::string subject = squeeze(rule.text.substr(0, lack));
        const auto is_about = [&subject](const Cadence& one) {
            return !subject.empty() && (one.subject.ends_with(subject) || subject.ends_with(one.subject)) &&
                   !one.subject.empty();
        };
        const auto found = std::find_if(cadences.begin(), cadences.end(), is_about);
        const Cadence* cadence = found != cadences.end()                                             ? &*found
                                 : cadences.size() == 1 && item.rules.size() <= 2 && subject.empty() ? &cadences.front()
                                                                                                     : nullptr;
        if (cadence == nullptr) continue;
        constexpr std::size_t longest_name = 36;
        std::string name = subject.empty() ? cadence->subject : subject;
        if (name.empty() || name.size() > longest_name) name = "次数";
        if (!names.insert(name).second) continue;
        item.blanks.push_back({name, DraftBlank::Type::number, "次", {}, {}});
        rule.count_kind = "short";
        rule.due = cadence->times.to_string();
        rule.counted = {name};
    }
}

}  // namespace

void link_blanks(DraftItem& item, std::string_view rule_text) {
    if (!item.blanks.empty()) {
        link_short(item);
        link_named(item);
        link_lacking(item);
    }
    link_beyond(item);
    link_cadence(item, rule_text);
}

}  // namespace duibiao::authoring
