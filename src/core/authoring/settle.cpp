// What is known only when all rows are: points and rules, who scores, weights, the step.
#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <utility>

#include "core/authoring/arrange.hpp"
#include "core/authoring/item_text.hpp"
#include "core/authoring/recognise.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"

namespace duibiao::authoring {
namespace {

template <typename Use>
void for_each_item(Draft& draft, Use use) {
    for (DraftSection& section : draft.sections) {
        for (DraftGroup& group : section.groups) {
            for (DraftItem& item : group.items) use(section, item);
        }
    }
}

Points greatest_step(const Draft& draft) {
    std::int64_t divisor = 0;
    const auto take = [&divisor](const std::optional<Points>& points) {
        if (points) divisor = std::gcd(divisor, points->hundredths());
    };
    for (const DraftSection& section : draft.sections) {
        for (const DraftGroup& group : section.groups) {
            for (const DraftItem& item : group.items) {
                take(item.points);
                for (const DraftRule& rule : item.rules) take(rule.each);
                for (const DraftLevel& level : item.levels) take(level.points);
            }
        }
    }
    for (const std::int64_t step : {100, 50, 10, 5}) {
        if (divisor % step == 0) return Points::from_hundredths(step);
    }
    return Points::from_hundredths(1);
}

/// Words that two names have in common, as many bytes as the longest.
std::size_t common_words(std::string_view a, std::string_view b) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) {
            std::size_t length = 0;
            while (i + length < a.size() && j + length < b.size() && a[i + length] == b[j + length]) ++length;
            best = std::max(best, length);
        }
    }
    return best;
}

void share_parts(Draft& draft) {
    if (draft.parts.empty()) return;
    constexpr std::size_t two_letters = 6;
    for (DraftSection& section : draft.sections) {
        std::size_t best = 0;
        std::size_t most = 0;
        for (std::size_t i = 0; i < draft.parts.size(); ++i) {
            const std::size_t common = common_words(squeeze(section.title), draft.parts[i].name);
            if (common >= two_letters && common > most) {
                most = common;
                best = i;
            }
        }
        section.part = draft.parts[best].id;
    }
}

Points sum_of(const DraftSection& section) {
    Points sum;
    for (const DraftGroup& group : section.groups) {
        for (const DraftItem& item : group.items) sum += item.points.value_or(Points{});
    }
    return sum;
}

/// （占40%） of every section; each has 100 points of its own.
void weigh_sections(Draft& draft) {
    if (!draft.parts.empty() || draft.sections.size() < 2) return;
    std::vector<DraftPart> parts;
    Points sum;
    for (const DraftSection& section : draft.sections) {
        if (!section.weight || sum_of(section) != Points::from_whole(100)) return;
        parts.push_back({"part" + std::to_string(parts.size() + 1), section.title, *section.weight});
        sum += *section.weight;
    }
    if (sum != Points::from_whole(100)) return;
    draft.parts = std::move(parts);
    for (std::size_t i = 0; i < draft.sections.size(); ++i) draft.sections[i].part = draft.parts[i].id;
}

bool has_only(const DraftItem& item, std::initializer_list<Effect> effects) {
    return !item.rules.empty() && std::all_of(item.rules.begin(), item.rules.end(), [&](const DraftRule& rule) {
        return std::find(effects.begin(), effects.end(), rule.effect) != effects.end();
    });
}

/// Items without points: they take away, give beyond the full mark, or have no limit.
void settle_item(const DraftSection& section, bool form_has_points, DraftItem& item, std::vector<Unsure>& unsure) {
    if (section.role != Part::points && !item.is_decided) item.role = section.role;
    const auto change = [&item](Effect from, Effect to) {
        for (DraftRule& rule : item.rules) {
            if (rule.effect == from) rule.effect = to;
        }
    };
    if (!item.tiers.empty() || !item.votes.empty() || !item.levels.empty()) return;
    if (item.role == Part::points && !item.points && !item.is_unlimited) {
        if (item.is_decided)
            item.is_unlimited = true;
        else if (form_has_points && has_only(item, {Effect::deduct, Effect::zero}))
            item.role = Part::penalty;
        else if (form_has_points && has_only(item, {Effect::gain, Effect::bonus}))
            item.role = Part::bonus;
        else
            item.is_unlimited = true;
        const bool is_guess = item.role == Part::bonus && section.role == Part::points &&
                              std::any_of(item.rules.begin(), item.rules.end(),
                                          [](const DraftRule& rule) { return rule.effect == Effect::gain; });
        if (is_guess) unsure.push_back({item.place, "role", {{"text", one_line(item.text)}}, "bonus", {"points"}});
        if (form_has_points && item.is_unlimited && !item.is_decided)
            unsure.push_back({item.place, "role", {{"text", one_line(item.text)}}, "unlimited", {"points"}});
    }
    if (item.role == Part::bonus) change(Effect::gain, Effect::bonus);
    const bool is_free_bonus = item.role == Part::bonus && item.rules.size() == 1 && !item.rules.front().each;
    if (is_free_bonus && !item.rules.front().cap) item.rules.front().cap = item.points;
    if (item.role == Part::penalty && item.points) {
        if (item.rules.size() == 1 && !item.rules.front().cap) item.rules.front().cap = item.points;
        item.points.reset();
    }
    if (item.is_unlimited) {
        change(Effect::bonus, Effect::gain);
        item.points.reset();
    }
    if (item.role == Part::penalty && item.rules.empty()) {
        DraftRule rule;
        rule.text = "扣分";
        item.rules.push_back(std::move(rule));
    }
    if (item.role == Part::bonus && item.rules.empty()) {
        DraftRule rule;
        rule.text = "加分";
        rule.effect = Effect::bonus;
        rule.cap = item.points;
        item.rules.push_back(std::move(rule));
    }
}

/// 环境卫生（10分） over rows that only take away: the points are those of all its rows together.
void join_shared_points(DraftSection& section, std::vector<Unsure>& unsure) {
    if (section.role != Part::points || !section.printed || section.groups.size() != 1) return;
    std::vector<DraftItem>& items = section.groups.front().items;
    const bool is_alone = items.size() == 1 && items.front().role == Part::points && !items.front().points &&
                          items.front().levels.empty() && items.front().votes.empty() && items.front().tiers.empty();
    if (is_alone) {
        items.front().points = section.printed;
        std::erase_if(unsure, [&place = items.front().place](const Unsure& one) {
            return one.code == "no-points" && one.place.table == place.table && one.place.row == place.row;
        });
        return;
    }
    const bool fits = items.size() > 1 && std::all_of(items.begin(), items.end(), [](const DraftItem& item) {
                          return !item.points && !item.is_decided && item.blanks.empty() && item.levels.empty() &&
                                 has_only(item, {Effect::deduct, Effect::zero});
                      });
    if (!fits) return;
    DraftItem whole = items.front();
    whole.points = section.printed;
    for (std::size_t i = 1; i < items.size(); ++i) {
        whole.text += "\n" + items[i].text;
        whole.rules.insert(whole.rules.end(), items[i].rules.begin(), items[i].rules.end());
        for (const auto& [id, text] : items[i].texts) {
            const auto known = std::find_if(whole.texts.begin(), whole.texts.end(),
                                            [&id = id](const auto& one) { return one.first == id; });
            if (known == whole.texts.end())
                whole.texts.emplace_back(id, text);
            else
                known->second += "\n" + text;
        }
    }
    unsure.push_back({whole.place, "shared", {{"text", section.title}}, whole.points->to_string(), {}});
    items = {std::move(whole)};
}

/// Kinds are known by names that stand in front of several items.
void settle_kinds(Draft& draft) {
    std::vector<std::string> kinds;
    for_each_item(draft, [&kinds](const DraftSection&, const DraftItem& item) {
        for (const std::string& kind : item.kinds) {
            if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
        }
    });
    const bool is_known = kinds.size() >= 2 && kinds.size() <= 8;
    if (is_known) draft.kinds = kinds;
    std::string last;
    char letter = 'a';
    for_each_item(draft, [&](const DraftSection&, DraftItem& item) {
        if (!is_known) item.kinds.clear();
        if (item.kinds.empty() || item.number.empty()) return;
        letter = item.number == last ? static_cast<char>(letter + 1) : 'a';
        last = item.number;
        item.number += letter;
    });
}

std::string rule_text_of(const Frame& frame, const DraftItem& item) {
    std::string text;
    for (const DraftColumn& column : frame.columns) {
        if (column.role != Role::rule) continue;
        for (const auto& [id, words] : item.texts) {
            if (id == column.id) text += (text.empty() ? "" : "\n") + words;
        }
    }
    return text;
}

void drop_empty(Draft& draft) {
    for (DraftSection& section : draft.sections)
        std::erase_if(section.groups, [](const DraftGroup& group) { return group.items.empty(); });
    std::erase_if(draft.sections, [](const DraftSection& section) { return section.groups.empty(); });
}

std::string short_of(std::string_view label, std::string_view title) {
    std::string name = squeeze(label);
    name.resize(std::min(name.find('('), name.size()));
    constexpr std::size_t one_letter = 3;
    for (const std::string_view end : {"得分", "评分", "打分", "分数", "分"}) {
        if (name.size() > end.size() + one_letter && name.ends_with(end)) {
            name.resize(name.size() - end.size());
            break;
        }
    }
    if (!is_any(name, {"得分", "评分", "打分", "实得", "考核", "分数", "得分合计", "合计", "总分", "评定", "得", "实际",
                       "最终", "评"}))
        return name;
    if (has_any(title, {"自评", "自查"})) return "自评";
    return has_any(title, {"评定"}) ? "评定人" : has_any(title, {"评审"}) ? "评审组" : "考核组";
}

std::string id_of_scorer(std::string_view name, std::size_t position) {
    const std::string number = position == 0 ? "" : std::to_string(position + 1);
    if (has_any(name, {"自评", "自查"})) return "self" + number;
    if (has_any(name, {"党员"})) return "members" + number;
    if (has_any(name, {"群众", "职工"})) return "staff" + number;
    if (has_any(name, {"复核", "复查", "核准", "审核", "核定"})) return "reviewer" + number;
    if (has_any(name, {"上级", "主管", "党委"})) return "superior" + number;
    return "examiner" + number;
}

std::string_view usual_label(Role role) {
    switch (role) {
        case Role::section:
            return "项目";
        case Role::group:
            return "分项";
        case Role::number:
            return "序号";
        case Role::criterion:
            return "考核内容";
        case Role::points:
            return "分值";
        case Role::rule:
            return "评分标准";
        case Role::note:
            return "说明";
        case Role::score:
            return "得分";
        default:
            return "其他";
    }
}

/// Columns without a name get the usual one; there is always one for the score.
void name_bare_columns(std::vector<DraftColumn>& columns) {
    const bool has_answer = std::any_of(columns.begin(), columns.end(), [](const DraftColumn& column) {
        return column.role == Role::score || column.role == Role::gained || column.role == Role::deducted ||
               column.role == Role::sum;
    });
    if (!has_answer) {
        columns.emplace_back();
        columns.back().role = Role::score;
    }
    for (DraftColumn& column : columns) {
        if (column.label.empty()) column.label = usual_label(column.role);
    }
}

/// 一票否决: facts that are no items.
void take_vetoes(Draft& draft) {
    for (DraftSection& section : draft.sections) {
        if (squeeze(section.title).find("否决") == std::string::npos) continue;
        draft.veto_title = section.title;
        for (DraftGroup& group : section.groups) {
            for (const DraftItem& item : group.items) draft.vetoes.push_back(one_line(item.text));
            group.items.clear();
        }
    }
    drop_empty(draft);
}

/// A form without any points says so once.
void say_once_that_no_points(const Frame& frame, std::vector<Unsure>& unsure, std::size_t items) {
    const auto is_it = [](const Unsure& one) { return one.code == "no-points"; };
    if (items < 2 || static_cast<std::size_t>(std::count_if(unsure.begin(), unsure.end(), is_it)) < items) return;
    std::erase_if(unsure, is_it);
    unsure.push_back({{frame.table->number, 0}, "no-points-at-all", {}, {}, {}});
}

}  // namespace

namespace {

/// What no form can hold is taken out, and said.
void keep_within_limits(Draft& draft, std::vector<Unsure>& unsure) {
    constexpr Points most = Points::from_whole(1000);
    for (DraftSection& section : draft.sections) {
        if (looks_empty(section.title)) section.title = "项目";
        for (DraftGroup& group : section.groups)
            std::erase_if(group.items, [](const DraftItem& item) { return looks_empty(item.text); });
    }
    for_each_item(draft, [&](const DraftSection&, DraftItem& item) {
        if (item.points && *item.points > most) {
            unsure.push_back({item.place, "points", {{"text", item.points->to_string()}}, {}, {}});
            item.points.reset();
        }
        for (DraftRule& rule : item.rules) {
            if (looks_empty(rule.text)) rule.text = rule.effect == Effect::deduct ? "扣分" : "得分";
        }
        std::erase_if(item.tiers, [](const DraftTier& tier) { return tier.points.empty(); });
    });
    std::erase_if(draft.vetoes, [](const std::string& fact) { return looks_empty(fact); });
    drop_empty(draft);
}

/// The last row of sums is the form's, unless it is one of a part.
void name_total(Draft& draft) {
    if (draft.sections.empty() || draft.sections.back().sums.empty()) return;
    std::vector<std::string>& sums = draft.sections.back().sums;
    if (squeeze(sums.back()).find("小计") != std::string::npos) return;
    draft.total = sums.back();
    sums.pop_back();
}

}  // namespace

void finish_rows(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure) {
    const DraftColumn* rules = frame.find(Role::rule);
    if (frame.decisions != nullptr)
        arrange_items(*frame.decisions, rules == nullptr ? std::string_view() : rules->id, draft);
    drop_empty(draft);
    take_vetoes(draft);
    for_each_item(draft, [&](const DraftSection& section, DraftItem& item) {
        if (section.role != Part::points) item.role = section.role;
        if (frame.decisions != nullptr)
            decide_texts(*frame.decisions, rules == nullptr ? std::string_view() : rules->id, item);
        read_item_text(rule_text_of(frame, item), draft, item, unsure);
    });
    for (DraftSection& section : draft.sections) join_shared_points(section, unsure);
    if (frame.decisions != nullptr) {
        for_each_item(draft, [&](const DraftSection&, DraftItem& item) { decide_figures(*frame.decisions, item); });
    }
    keep_within_limits(draft, unsure);
    bool has_points = false;
    for_each_item(draft, [&has_points](const DraftSection& section, const DraftItem& item) {
        has_points = has_points || (section.role == Part::points && item.points);
    });
    for_each_item(
        draft, [&](const DraftSection& section, DraftItem& item) { settle_item(section, has_points, item, unsure); });
    if (draft.is_scaled) {
        for_each_item(draft, [](const DraftSection&, DraftItem& item) {
            if (item.role == Part::points && item.points && item.not_applicable.empty()) item.not_applicable = "scaled";
        });
    }
    std::size_t items = 0;
    for_each_item(draft, [&items](const DraftSection&, const DraftItem&) { ++items; });
    say_once_that_no_points(frame, unsure, items);
    settle_kinds(draft);
    weigh_sections(draft);
    share_parts(draft);
    draft.step = greatest_step(draft);
    name_total(draft);
}

void join_tier_columns(Frame& frame) {
    const DraftColumn* found = frame.find(Role::tier);
    if (found == nullptr) return;
    const auto tier = static_cast<std::size_t>(found - frame.columns.data());
    if (tier == 0 || tier + 1 >= frame.columns.size()) return;
    frame.columns[tier - 1].role = Role::criterion;
    DraftColumn& points = frame.columns[tier + 1];
    points.role = Role::blanks;
    if (!points.parent.empty()) points.label = points.parent;
    points.width += frame.columns[tier].width;
    std::size_t score = 0;
    for (std::size_t i = tier + 2; i < frame.columns.size(); ++i) {
        DraftColumn& column = frame.columns[i];
        if (column.parent.empty() || column.parent == column.label) continue;
        if (score > 0 && frame.columns[score].parent == column.parent) {
            frame.columns[score].width += column.width;  // 达到 and 未达到 are one answer
            column.role = Role::unknown;
        } else if (score == 0) {
            score = i;
            column.role = Role::score;
            column.label = column.parent;
        }
    }
}

void name_columns(std::vector<DraftColumn>& columns) {
    std::array<std::size_t, 18> numbers{};
    const auto is_text = [](Role role) {
        return role == Role::rule || role == Role::method || role == Role::evidence || role == Role::text;
    };
    for (DraftColumn& column : columns) {
        if (column.role == Role::unknown || column.role == Role::headings) column.role = Role::text;
        if (!is_text(column.role) || column.is_off_paper) continue;
        const std::size_t number = ++numbers[static_cast<std::size_t>(column.role)];
        column.id = std::string(to_string(column.role)) + (number == 1 ? "" : std::to_string(number));
    }
}

void name_scorers(Draft& draft) {
    std::vector<DraftColumn>& columns = draft.columns;
    name_bare_columns(columns);
    const auto is_score = [](const DraftColumn& column) { return column.role == Role::score; };
    const bool has_score = std::any_of(columns.begin(), columns.end(), is_score);
    const bool has_halves = std::any_of(columns.begin(), columns.end(), [](const DraftColumn& column) {
        return column.role == Role::gained || column.role == Role::deducted;
    });
    std::set<std::string> ids;
    const auto add = [&](DraftColumn& column) {
        const std::string& label =
            column.parent.empty() || column.label == column.parent ? column.label : column.parent;
        DraftScorer scorer{{}, label, short_of(label, draft.title)};
        scorer.id = id_of_scorer(scorer.short_name, 0);
        for (std::size_t i = 1; !ids.insert(scorer.id).second; ++i) scorer.id = id_of_scorer(scorer.short_name, i);
        column.scorer = draft.scorers.size();
        draft.scorers.push_back(std::move(scorer));
    };
    for (DraftColumn& column : columns) {
        if (is_score(column) && draft.scorers.size() < 8) add(column);
    }
    if (!has_score) {
        const auto sum = std::find_if(columns.begin(), columns.end(),
                                      [](const DraftColumn& column) { return column.role == Role::sum; });
        if (sum != columns.end() && !has_halves) {
            sum->role = Role::score;
            add(*sum);
        } else if (sum != columns.end()) {
            add(*sum);
        } else {
            draft.scorers.push_back({"examiner", "得分", short_of("得分", draft.title)});
        }
    }
    std::size_t last = draft.scorers.size() - 1;
    std::optional<std::size_t> before;
    std::set<std::size_t> noted;
    for (DraftColumn& column : columns) {
        if (column.role == Role::score) before = column.scorer;
        if (column.role == Role::gained || column.role == Role::deducted || column.role == Role::sum)
            column.scorer = before.value_or(last);
        if (column.role != Role::note) continue;
        const std::size_t scorer = before.value_or(last);
        if (noted.insert(scorer).second)
            column.scorer = scorer;
        else
            column.role = Role::text;
    }
}

std::string_view to_string(Role role) {
    constexpr std::array<std::string_view, 18> names{"section",  "group",    "number", "criterion", "points", "rule",
                                                     "method",   "evidence", "text",   "blanks",    "score",  "gained",
                                                     "deducted", "sum",      "note",   "text",      "text",   "text"};
    return names[static_cast<std::size_t>(role)];
}

}  // namespace duibiao::authoring
