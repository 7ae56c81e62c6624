#include "core/authoring/item_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

constexpr std::string_view point_word = "分";

/// What a word in front of a figure does with it.
enum class Verb : std::uint8_t { deduct, gain, bonus, cap };

struct VerbWord {
    std::string_view word;
    Verb verb;
};
/// Longer words first. A verb counts only where a figure and 分 follow it.
constexpr std::array<VerbWord, 44> verbs{
    {{"最高不超过", Verb::cap}, {"最多不超过", Verb::cap}, {"累计不超过", Verb::cap}, {"加分不超过", Verb::cap},
     {"扣分不超过", Verb::cap}, {"累计最高扣", Verb::cap}, {"累计最多扣", Verb::cap}, {"最高可加", Verb::cap},
     {"最多可加", Verb::cap},   {"最高加分", Verb::cap},   {"最高扣分", Verb::cap},   {"最高扣", Verb::cap},
     {"最多扣", Verb::cap},     {"至多扣", Verb::cap},     {"最高减", Verb::cap},     {"最多减", Verb::cap},
     {"最高加", Verb::cap},     {"最多加", Verb::cap},     {"最高奖", Verb::cap},     {"最多奖", Verb::cap},
     {"最高得", Verb::cap},     {"最多得", Verb::cap},     {"最高计", Verb::cap},     {"最多计", Verb::cap},
     {"最高", Verb::cap},       {"最多", Verb::cap},       {"不超过", Verb::cap},     {"上限为", Verb::cap},
     {"上限", Verb::cap},       {"封顶", Verb::cap},       {"扣满", Verb::cap},       {"扣完", Verb::cap},
     {"扣减", Verb::deduct},    {"扣除", Verb::deduct},    {"扣分", Verb::deduct},    {"扣", Verb::deduct},
     {"减", Verb::deduct},      {"奖励", Verb::bonus},     {"奖", Verb::bonus},       {"加", Verb::bonus},
     {"得", Verb::gain},        {"记", Verb::gain},        {"计", Verb::gain},        {"给", Verb::gain}}};

struct Amount {
    std::optional<Points> from;
    Points to;
    std::size_t end = 0;  ///< behind 分
};

/// "0.5分", "6-10分", "1到3分".
std::optional<Amount> amount_at(std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == ' ') ++at;
    const auto first = figure_at(text, at);
    if (!first) return std::nullopt;
    std::size_t end = first->end;
    Amount amount{std::nullopt, first->value, 0};
    std::size_t dash_at = end;
    if (text.substr(dash_at).starts_with(point_word)) dash_at += point_word.size();
    for (const std::string_view dash : {"-", "~", "—", "–", "―", "至", "到"}) {
        if (!text.substr(dash_at).starts_with(dash)) continue;
        std::size_t next = dash_at + dash.size();
        if (dash == "—" && text.substr(next).starts_with(dash)) next += dash.size();
        const auto second = figure_at(text, next);
        if (!second || !text.substr(second->end).starts_with(point_word)) break;
        amount.from = first->value;
        amount.to = second->value;
        end = second->end;
        break;
    }
    while (end < text.size() && text[end] == ' ') ++end;
    if (!text.substr(end).starts_with(point_word)) return std::nullopt;
    amount.end = end + point_word.size();
    return amount;
}

/// How often a rule holds.
struct Per {
    std::string words;
    std::optional<Points> every;
    std::size_t at = std::string::npos;  ///< where 每 stands
};

bool is_share(std::string_view measure) { return is_any(measure, {"%", "个百分点", "百分点"}); }

Per per_of(Points count, std::string_view measure, std::size_t at) {
    Per per{std::string(measure), std::nullopt, at};
    const bool is_one = count == Points::from_whole(1);
    if (is_share(measure)) per.words = is_one ? "个百分点" : count.to_string() + "个百分点";
    if (!is_one) per.every = count;
    if (!is_one && !is_share(measure)) per.words = count.to_string() + per.words;
    return per;
}

/// A number and a word that counts, the first in a text from a place on.
std::optional<Per> counted_from(std::string_view text, std::size_t from, std::size_t at) {
    for (std::size_t place = from; place < text.size(); (void)take_character(text, place)) {
        const auto count = count_at(text, place);
        if (!count) continue;
        const std::size_t length = measure_at(text, count->end);
        const bool is_line =
            text.substr(0, place).ends_with("于") && text.substr(count->end).starts_with("%");  // 每低于90%一个百分点
        if (length == 0 || count->value == Points{} || is_line) {
            place = count->end - 1;
            continue;
        }
        return per_of(count->value, text.substr(count->end, length), at);
    }
    return std::nullopt;
}

/// 每少1次, 每人, 每个科目, 每下降2%. What is only a period (每季度) is none.
std::optional<Per> per_after_each(std::string_view lead) {
    constexpr std::string_view each = "每";
    for (std::size_t at = lead.rfind(each); at != std::string_view::npos;
         at = at == 0 ? std::string_view::npos : lead.rfind(each, at - 1)) {
        const std::size_t next = at + each.size();
        const bool is_period = starts_with_any(lead.substr(next), {"季", "月", "年", "周", "半年", "学期", "天", "日"});
        if (!is_period) {
            if (const std::size_t length = measure_at(lead, next); length > 0)
                return per_of(Points::from_whole(1), lead.substr(next, length), at);
        }
        if (!is_period) {
            if (auto per = counted_from(lead, next, at)) return per;
        }
        const bool is_bare_period =
            is_period && ends_with_any(lead.substr(next), {"月", "年", "周", "天", "日", "季度"});
        if (is_bare_period) return Per{std::string(lead.substr(next)), std::nullopt, at};
    }
    return std::nullopt;
}

std::string_view without_tail(std::string_view lead) {
    bool goes_on = true;
    while (goes_on) {
        goes_on = false;
        for (const std::string_view word :
             {"的", ",", " ", "、", "各", "均", "再", "应", ":", "就", "并", "可", "给予", "予以", "一次性"}) {
            if (lead.ends_with(word)) {
                lead.remove_suffix(word.size());
                goes_on = true;
            }
        }
    }
    return lead;
}

/// 缺一项, 漏报一次 at its end; 一处不合格, 发现一例 at its beginning.
std::optional<Per> per_without_each(std::string_view lead) {
    std::string_view core = without_tail(lead);
    while (starts_with_any(core, {",", " ", ";"})) core.remove_prefix(1);
    for (std::size_t at = 0; at < core.size(); (void)take_character(core, at)) {
        const auto count = count_at(core, at);
        if (!count) continue;
        const std::size_t length = measure_at(core, count->end);
        const std::string_view before = core.substr(0, at);
        const bool is_bound = ends_with_any(before, {"于", "足", "超过", "达", "达到", "满", "第", "共", "计", "前"});
        const bool is_end = length > 0 && count->end + length == core.size();
        const bool is_short =
            starts_with_any(before, {"少", "缺", "漏", "迟", "晚"}) && before.size() <= 12;  // 少开展1次考评
        const bool is_begin =
            at == 0 || (is_short && !is_bound) || is_any(before, {"有", "发现", "查出", "每有", "凡有"});
        const bool is_one = count->value == Points::from_whole(1);
        const std::string_view measure = core.substr(count->end, length);
        if (length > 0 && is_one && (is_begin || (is_end && !is_bound)) &&
            !is_any(measure, {"年", "级", "月", "日", "步"}))
            return per_of(count->value, measure, std::string::npos);
        if (is_end && !is_bound && ends_with_any(before, {"缺", "少", "漏", "漏报", "迟报", "缺少"}))
            return per_of(count->value, measure, std::string::npos);
        at = count->end - 1;
    }
    const std::string_view bare = lead.ends_with(" ") ? lead.substr(0, lead.size() - 1) : lead;
    if (bare.ends_with("各")) return Per{"项", std::nullopt, std::string::npos};
    return std::nullopt;
}

/// Reads one sentence after another.
class RuleReading {
public:
    explicit RuleReading(std::string_view source) : folded_(source), text_(folded_.text) {}
    RuleText read();

private:
    void read_sentence(std::size_t begin, std::size_t end);
    /// What stands at a place; true when it was taken, and `at` lies behind it.
    bool take_figure(std::size_t& at, std::size_t end);
    bool take_word(std::size_t& at, std::size_t end);
    bool take_free(std::size_t& at, std::size_t end);
    bool take_points(std::size_t& at, std::size_t end);
    bool take_each(std::size_t& at, std::size_t end);
    void add_cap(Points most, std::string_view verb);
    [[nodiscard]] bool is_next_step(const DraftRule& rule) const;
    void add_rule(DraftRule rule, std::size_t verb_at, std::size_t end);
    [[nodiscard]] std::string words_between(std::size_t begin, std::size_t end, const std::optional<Per>& per) const;
    [[nodiscard]] std::string_view lead_to(std::size_t at) const {
        return std::string_view(text_).substr(lead_, at - lead_);
    }

    Folded folded_;
    const std::string& text_;
    std::size_t lead_ = 0;      ///< where the words of the next rule begin
    std::size_t sentence_ = 0;  ///< how many rules there were when the sentence began
    RuleText found_;
};

std::string RuleReading::words_between(std::size_t begin, std::size_t end, const std::optional<Per>& per) const {
    std::string_view lead = std::string_view(text_).substr(begin, end - begin);
    std::size_t from = begin;
    const auto skip = [&](std::size_t bytes) {
        from += bytes;
        lead.remove_prefix(bytes);
    };
    // 扣1分（新成立的可以没有），……: what stands in brackets behind a figure is no name of the next rule.
    if (const std::size_t close = lead.find(')'); begin > 0 && lead.starts_with("(") && close != std::string_view::npos)
        skip(close + 1);
    bool goes_on = true;
    while (goes_on) {
        goes_on = false;
        for (const std::string_view word : {",", "、", " ", "\n", ";", ":", "(", ")", "的,", "其中"}) {
            if (!lead.starts_with(word)) continue;
            skip(word.size());
            goes_on = true;
        }
    }
    if (const auto number = leading_number(lead); number && number->depth >= 4 && number->depth < 8) {
        skip(std::min(number->end, lead.size()));
    }
    // "受到处罚的，每次" is called 受到处罚.
    if (per && per->at != std::string::npos && per->at > from - lead_) {
        const std::string_view before = without_tail(text_.substr(from, lead_ + per->at - from));
        const std::string_view behind =
            without_tail(std::string_view(text_).substr(lead_ + per->at, end - lead_ - per->at));
        const bool is_plain = behind.size() <= std::string_view("每个百分点").size() &&
                              measure_at(behind, std::string_view("每").size()) > 0;
        if (before.size() >= 6 && is_plain) return folded_.original(from, from + before.size());
    }
    const std::string_view core = without_tail(lead);
    return folded_.original(from, from + core.size());
}

void RuleReading::add_rule(DraftRule rule, std::size_t verb_at, std::size_t end) {
    const std::string_view lead = lead_to(verb_at);
    std::optional<Per> per;
    if (rule.effect != Effect::zero) {
        per = per_after_each(lead);
        if (!per) per = per_without_each(lead);
    }
    const std::string_view behind = std::string_view(text_).substr(end);
    if (!per && behind.starts_with("/")) {
        std::size_t begin = 1;
        if (const auto count = count_at(behind, begin)) begin = count->end;
        if (const std::size_t length = measure_at(behind, begin); length > 0) {
            per = Per{std::string(behind.substr(begin, length)), std::nullopt, std::string::npos};
            end += begin + length;
        }
    }
    if (per) {
        rule.per = per->words;
        rule.every = per->every;
    } else if (rule.each || rule.effect == Effect::zero) {
        rule.once = true;
    }
    if (is_next_step(rule)) {
        lead_ = end;
        return;
    }
    rule.text = words_between(lead_, verb_at, per);
    if (rule.text.empty()) rule.text = folded_.original(verb_at, end);
    found_.rules.push_back(std::move(rule));
    lead_ = end;
}

/// 少1项扣1分，少2项扣2分: the second is the first once more.
bool RuleReading::is_next_step(const DraftRule& rule) const {
    if (found_.rules.size() <= sentence_ || !rule.every || !rule.each) return false;
    const DraftRule& before = found_.rules.back();
    const std::int64_t steps = rule.every->hundredths() / Points::from_whole(1).hundredths();
    return before.effect == rule.effect && before.each && !before.per.empty() && rule.per.ends_with(before.per) &&
           !before.every && before.each->hundredths() * steps == rule.each->hundredths();
}

void RuleReading::add_cap(Points most, std::string_view verb) {
    const bool gives = has_any(verb, {"加", "奖", "得", "计"});
    const auto fits = [&](const DraftRule& rule) {
        const bool deducts = rule.effect == Effect::deduct;
        return rule.effect != Effect::zero && (has_any(verb, {"扣", "减"}) ? deducts : !gives || !deducts);
    };
    if (found_.rules.size() > sentence_ && fits(found_.rules.back())) {
        found_.rules.back().cap = most;
        return;
    }
    const auto count = std::count_if(found_.rules.begin(), found_.rules.end(), fits);
    const auto first = std::find_if(found_.rules.begin(), found_.rules.end(), fits);
    if (count == 1 && !first->cap) {
        first->cap = most;
    } else {
        found_.cap = most;
    }
}

bool RuleReading::take_figure(std::size_t& at, std::size_t end) {
    const std::string_view rest = std::string_view(text_).substr(at, end - at);
    for (const VerbWord& known : verbs) {
        if (!rest.starts_with(known.word)) continue;
        auto amount = amount_at(text_, at + known.word.size());
        if (!amount || amount->end > end) continue;
        if (known.word == "减" && std::string_view(text_).substr(0, at).ends_with("标准")) continue;
        if (known.verb == Verb::cap) {
            add_cap(amount->to, known.word);
            at = lead_ = amount->end;
            if (std::string_view(text_).substr(at).starts_with("为止"))
                at = lead_ = at + std::string_view("为止").size();
            return true;
        }
        DraftRule rule;
        rule.effect = known.verb == Verb::deduct ? Effect::deduct
                      : known.verb == Verb::gain ? Effect::gain
                                                 : Effect::bonus;
        if (amount->to == Points{}) rule.effect = Effect::zero;
        if (amount->from || lead_to(at).ends_with("酌情")) {
            rule.from = amount->from;
            rule.to = amount->to;
        } else {
            rule.each = amount->to;
        }
        add_rule(std::move(rule), at, amount->end);
        at = lead_;
        return true;
    }
    return false;
}

/// 酌情扣分, 视情加分: without a figure.
bool RuleReading::take_free(std::size_t& at, std::size_t end) {
    const std::string_view rest = std::string_view(text_).substr(at, end - at);
    for (const std::string_view start : {"酌情", "视情况", "视情节", "视情", "适当", "视完成情况"}) {
        if (!rest.starts_with(start)) continue;
        constexpr std::array<VerbWord, 10> free{{{"扣减", Verb::deduct},
                                                 {"扣分", Verb::deduct},
                                                 {"减分", Verb::deduct},
                                                 {"奖分", Verb::bonus},
                                                 {"加分", Verb::bonus},
                                                 {"奖励", Verb::bonus},
                                                 {"给分", Verb::gain},
                                                 {"赋分", Verb::gain},
                                                 {"得分", Verb::gain},
                                                 {"计分", Verb::gain}}};
        std::string_view behind = rest.substr(start.size());
        std::size_t skipped = start.size();
        for (const std::string_view between : {"给予", "予以", "酌情", "进行"}) {
            if (!behind.starts_with(between)) continue;
            behind.remove_prefix(between.size());
            skipped += between.size();
        }
        for (const VerbWord& known : free) {
            if (!behind.starts_with(known.word)) continue;
            const std::size_t close = at + skipped + known.word.size();
            if (figure_at(text_, close)) continue;
            DraftRule rule;
            rule.effect = known.verb == Verb::deduct ? Effect::deduct
                          : known.verb == Verb::gain ? Effect::gain
                                                     : Effect::bonus;
            add_rule(std::move(rule), at, close);
            at = lead_;
            return true;
        }
    }
    return false;
}

/// Words without a figure of their own.
bool RuleReading::take_word(std::size_t& at, std::size_t end) {
    const std::string_view rest = std::string_view(text_).substr(at, end - at);
    const auto skip = [&](std::string_view word) {
        at += word.size();
        lead_ = at;
        return true;
    };
    for (const std::string_view word :
         {"扣完为止", "扣完该项分为止", "扣完本项分为止", "扣完为零", "不计负分", "也不奖分", "不再扣分"}) {
        if (rest.starts_with(word)) return skip(word);
    }
    for (const std::string_view word : {"不扣分", "得满分", "按满分计"}) {
        if (!rest.starts_with(word)) continue;
        found_.is_full_when_absent = found_.is_full_when_absent ||
                                     has_any(lead_to(at), {"没有", "无", "未发生", "不涉及", "缺项", "未开展", "免"});
        return skip(word);
    }
    for (const std::string_view word : {"不计入", "不参与评分", "不参加评分", "不纳入"}) {
        if (!rest.starts_with(word)) continue;
        found_.is_out_when_absent =
            found_.is_out_when_absent || has_any(lead_to(at), {"没有", "无此", "不涉及", "缺项", "不适用"});
        return skip(word);
    }
    for (const std::string_view word : {"不得分", "不给分", "为0分", "为零分", "不予得分", "不计分", "不予计分", "全扣",
                                        "扣全分", "扣除全部分值", "分值全部扣除", "计零分", "得零分"}) {
        if (!rest.starts_with(word) || figure_at(rest, word.size())) continue;  // 不健全扣1分
        DraftRule rule;
        rule.effect = Effect::zero;
        std::size_t verb = at;
        for (const std::string_view before : {"该项", "本项", "此项", "该条", "本条"}) {
            if (lead_to(verb).ends_with(before)) verb -= before.size();
        }
        add_rule(std::move(rule), verb, at + word.size());
        at = lead_;
        return true;
    }
    if (rest.starts_with("一票否决")) {
        found_.is_veto = true;
        return skip("一票否决");
    }
    if (rest.starts_with("降")) {
        const auto count = count_at(rest, std::string_view("降").size());
        const std::size_t behind = count ? count->end : std::string_view("降").size();
        for (const std::string_view word : {"个等级", "个等次", "个档次", "级评定", "等次"}) {
            if (!count || !rest.substr(behind).starts_with(word)) continue;
            found_.facts.push_back(
                {words_between(lead_, at, std::nullopt), static_cast<std::size_t>(count->value.hundredths() / 100)});
            at += behind + word.size();
            lead_ = at;
            return true;
        }
    }
    return false;
}

/// 满分10分，…: the item's own points, in front of its rules. -1分/处: a deduction.
bool RuleReading::take_points(std::size_t& at, std::size_t end) {
    if (text_[at] == '(') {  // 宣传阵地建设（5分）：…
        const auto inside = amount_at(text_, at + 1);
        if (!inside || inside->from || inside->end >= end || text_[inside->end] != ')') return false;
        at = lead_ = inside->end + 1;
        return true;
    }
    const std::string_view lead = lead_to(at);
    const bool is_minus = text_[at] == '-' && !lead.empty() && !is_digit(lead.back());
    const auto amount = amount_at(text_, is_minus ? at + 1 : at);
    if (!amount || amount->end > end) return false;
    if (is_minus && !amount->from) {
        DraftRule rule;
        rule.each = amount->to;
        add_rule(std::move(rule), at, amount->end);
        at = lead_;
        return true;
    }
    const bool is_first =
        !is_minus && is_any(without_tail(lead), {"", "满分", "满分为", "本项", "本项满分", "分值", "共"});
    const bool is_whole =
        amount->end == end || starts_with_any(std::string_view(text_).substr(amount->end), {",", ":", ")"});
    if (!is_first || !is_whole || amount->from) return false;
    at = lead_ = amount->end;
    return true;
}

/// 参加活动的，一次3分: given for each, without a verb; 少一次1分 is taken.
bool RuleReading::take_each(std::size_t& at, std::size_t end) {
    const bool is_each = std::string_view(text_).substr(at).starts_with("每");
    const auto one = is_each ? std::optional(Figure{Points::from_whole(1), at + std::string_view("每").size()})
                             : count_at(text_, at);
    if (!one || one->value != Points::from_whole(1)) return false;
    const std::size_t length = measure_at(text_, one->end);
    const auto amount = length > 0 ? amount_at(text_, one->end + length) : std::nullopt;
    if (!amount || amount->from || amount->end > end || amount->to == Points{}) return false;
    DraftRule rule;
    rule.each = amount->to;
    rule.per = text_.substr(one->end, length);
    const std::string_view lead = lead_to(at);
    const bool is_lack = has_any(lead, {"少", "缺", "漏", "迟", "未", "不符", "违"}) && !has_any(lead, {"不少于"});
    rule.effect = is_lack ? Effect::deduct : Effect::gain;
    rule.text = words_between(lead_, at, std::nullopt);
    if (rule.text.empty()) rule.text = folded_.original(at, one->end + length);
    found_.rules.push_back(std::move(rule));
    at = lead_ = amount->end;
    return true;
}

void RuleReading::read_sentence(std::size_t begin, std::size_t end) {
    lead_ = begin;
    sentence_ = found_.rules.size();
    for (std::size_t at = begin; at < end;) {
        if (take_word(at, end) || take_free(at, end) || take_figure(at, end) || take_each(at, end) ||
            take_points(at, end))
            continue;
        (void)take_character(text_, at);
    }
}

RuleText RuleReading::read() {
    found_.levels = levels_in(text_);
    if (!found_.levels.empty()) return std::move(found_);
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text_.size();) {
        const std::size_t here = at;
        const char32_t sign = take_character(text_, at);
        if (sign != U';' && sign != U'。' && sign != U'\n') continue;
        read_sentence(begin, here);
        begin = at;
    }
    read_sentence(begin, text_.size());
    return std::move(found_);
}

}  // namespace

RuleText read_rule_text(std::string_view text) { return RuleReading(text).read(); }

}  // namespace duibiao::authoring
