// A draft as the file of a form.
#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include <nlohmann/json.hpp>

#include "core/json.hpp"
#include "exchange/given_table/write_draft.hpp"

namespace duibiao {
namespace {

using namespace authoring;

using Member = nlohmann::ordered_json;

Member number_of(Points points) { return Member(to_json(points)); }

void put(Member& object, const char* key, const std::string& text) {
    if (!text.empty()) object[key] = text;
}
void put(Member& object, const char* key, const std::optional<Points>& points) {
    if (points) object[key] = number_of(*points);
}
void put(Member& object, const char* key, const std::vector<std::string>& texts) {
    if (!texts.empty()) object[key] = texts;
}

/// How many, as the row's blanks say it.
void put_count(const DraftRule& rule, Member& json) {
    if (rule.counted.empty()) return;
    if (rule.count_kind == "blank") {
        json["count"] = rule.counted.front();
    } else if (rule.count_kind == "lacking") {
        json["count"] = {{"lacking", rule.counted}};
    } else {
        const auto due = Points::parse(rule.due);
        json["count"][rule.count_kind] = {{"due", due ? number_of(*due) : Member(rule.due)},
                                          {"done", rule.counted.front()}};
    }
}

Member rule_json(const DraftRule& rule) {
    constexpr std::array<const char*, 5> effects{"deduct", "gain", "bonus", "zero", "times"};
    const char* effect = effects[static_cast<std::size_t>(rule.effect)];
    Member json{{"text", rule.text}};
    if (rule.effect == Effect::zero) {
        json[effect] = true;
    } else if (rule.each) {
        json[effect] = number_of(*rule.each);
    } else if (rule.from || rule.to) {
        put(json[effect], "from", rule.from);
        put(json[effect], "to", rule.to);
    } else {
        json[effect] = "free";
    }
    put(json, "per", rule.per);
    put(json, "every", rule.every);
    put(json, "cap", rule.cap);
    if (rule.part)
        json["part"] = true;
    else if (rule.once)
        json["once"] = true;
    if (rule.reason) json["reason"] = true;
    put_count(rule, json);
    return json;
}

Member rules_json_of(const std::vector<DraftRule>& rules) {
    Member list = Member::array();
    for (const DraftRule& rule : rules) list.push_back(rule_json(rule));
    return list;
}

Member blank_json(const DraftBlank& blank) {
    if (blank.type == DraftBlank::Type::number && blank.unit.empty()) return blank.name;
    Member json{{"name", blank.name}};
    if (blank.type == DraftBlank::Type::text) json["type"] = "text";
    if (blank.type == DraftBlank::Type::tick) json["type"] = "tick";
    put(json, "unit", blank.unit);
    put(json, "yes", blank.yes);
    put(json, "no", blank.no);
    return json;
}

const char* role_word(Part role) { return role == Part::bonus ? "bonus" : "penalty"; }

/// What is entered for an item, and how it is scored.
void put_scoring(const DraftItem& item, Member& json) {
    for (const DraftBlank& blank : item.blanks) json["blanks"].push_back(blank_json(blank));
    if (!item.blanks.empty()) put(json, "result", item.result);
    if (!item.rules.empty()) json["rules"] = rules_json_of(item.rules);
    for (const DraftLevel& level : item.levels)
        json["levels"].push_back({{"label", level.label}, {"points", number_of(level.points.value_or(Points{}))}});
    for (const DraftTier& tier : item.tiers) json["tiers"].push_back({{"label", tier.label}, {"points", tier.points}});
    if (!item.tiers.empty()) json["no_tier"] = item.no_tier.empty() ? "D" : item.no_tier;
    put(json, "at_least", item.at_least);
    if (item.votes.empty()) return;
    put(json["votes"], "ballots", item.ballots);
    for (const DraftLevel& option : item.votes) {
        Member one{{"label", option.label}};
        put(one, "weight", option.points);
        json["votes"]["options"].push_back(std::move(one));
    }
}

Member item_json(const DraftItem& item, Part section_role) {
    Member json = Member::object();
    put(json, "number", item.number);
    json["text"] = item.text;
    put(json, "headings", item.headings);
    for (const auto& [id, text] : item.texts) json["texts"][id] = text;
    if (item.is_unlimited)
        json["points"] = "unlimited";
    else
        put(json, "points", item.points);
    if (item.role != section_role) json["role"] = item.role == Part::points ? "points" : role_word(item.role);
    put(json, "bonus_cap", item.bonus_cap);
    put(json, "not_applicable", item.not_applicable);
    put(json, "kinds", item.kinds);
    put_scoring(item, json);
    return json;
}

Member items_json(const std::vector<DraftItem>& items, Part role) {
    Member list = Member::array();
    for (const DraftItem& item : items) list.push_back(item_json(item, role));
    return list;
}

Member section_json(const DraftSection& section) {
    Member json{{"title", section.title}};
    put(json, "headings", section.headings);
    if (section.role != Part::points) json["role"] = role_word(section.role);
    put(json, "part", section.part);
    put(json, "cap", section.cap);
    put(json, "printed", section.printed);
    put(json, "printed_bonus", section.printed_bonus);
    if (!section.sums.empty()) json["subtotal"] = section.sums.front();
    const bool is_flat = section.groups.size() == 1 && section.groups.front().title.empty();
    if (is_flat) {
        json["items"] = items_json(section.groups.front().items, section.role);
        return json;
    }
    for (const DraftGroup& group : section.groups) {
        Member one = Member::object();
        put(one, "title", group.title);
        put(one, "printed", group.printed);
        one["items"] = items_json(group.items, section.role);
        json["groups"].push_back(std::move(one));
    }
    return json;
}

Member columns_json_of(const Draft& draft) {
    const bool has_widths = std::all_of(draft.columns.begin(), draft.columns.end(),
                                        [](const DraftColumn& column) { return column.width > 0; });
    const std::size_t whole =
        std::accumulate(draft.columns.begin(), draft.columns.end(), std::size_t{0},
                        [](std::size_t sum, const DraftColumn& column) { return sum + column.width; });
    constexpr std::size_t paper = 2400;  // hundredths of a centimetre, about
    Member list = Member::array();
    for (const DraftColumn& column : draft.columns) {
        Member json{{"role", std::string(to_string(column.role))}};
        put(json, "id", column.id);
        if (column.scorer && *column.scorer < draft.scorers.size()) json["scorer"] = draft.scorers[*column.scorer].id;
        json["label"] = column.label.empty() ? std::string(to_string(column.role)) : column.label;
        if (has_widths)
            json["width"] = number_of(Points::from_hundredths(
                static_cast<std::int64_t>(std::max<std::size_t>(paper * column.width / whole, 50))));
        list.push_back(std::move(json));
    }
    return list;
}

Member grades_json(const Draft& draft) {
    Member json = Member::object();
    for (const DraftBand& band : draft.bands) {
        Member one{{"label", band.label}};
        put(one, "from", band.from);
        put(one, "above", band.above);
        put(one, "to", band.to);
        put(one, "below", band.below);
        json["bands"].push_back(std::move(one));
    }
    if (draft.is_decided_shown) json["decided"] = "shown";
    for (const DraftCeiling& ceiling : draft.ceilings) {
        Member one{{"text", ceiling.text}, {"when", Member::array({{{"blank", ceiling.blank}}})}};
        if (ceiling.not_above.empty())
            one["down"] = std::max<std::size_t>(ceiling.down, 1);
        else
            one["not_above"] = ceiling.not_above;
        json["ceilings"].push_back(std::move(one));
    }
    for (const DraftQuota& quota : draft.quotas)
        json["quotas"].push_back({{"grade", quota.grade}, {"share", number_of(quota.share)}});
    return json;
}

void put_foot(const Draft& draft, Member& form) {
    for (std::size_t i = 0; i < draft.remarks.size(); ++i)
        form["foot"]["remarks"].push_back({{"id", "remark" + std::to_string(i + 1)}, {"label", draft.remarks[i]}});
    if (draft.bands.empty()) return;
    std::set<std::string> known;
    for (const DraftCeiling& ceiling : draft.ceilings) {
        if (!known.insert(ceiling.blank).second) continue;
        form["foot"]["blanks"].push_back({{"name", ceiling.blank}, {"type", "tick"}, {"yes", "是"}, {"no", "否"}});
    }
}

void put_print(const Draft& draft, Member& form) {
    if (!draft.is_roster) {
        put(form["print"], "period", draft.period_line);
        put(form["print"], "total", draft.total);
    }
    put(form["print"], "notes", draft.notes);
    for (const std::string& party : draft.signatures) form["print"]["signatures"].push_back({{"party", party}});
    if (form["print"].is_null()) form.erase("print");
}

void put_header(const Draft& draft, Member& form) {
    for (const DraftField& field : draft.header)
        form["header"].push_back({{"id", field.id}, {"label", field.label}, {"type", field.is_date ? "date" : "text"}});
}

void put_veto(const Draft& draft, Member& form) {
    form["source"] = {{"key", "K"}, {"title", draft.title}};
    Member veto{{"title", draft.veto_title.empty() ? "一票否决" : draft.veto_title},
                {"text", "有下列情形之一的，一票否决："},
                {"verdict", "一票否决"},
                {"citation", "K 1"}};
    std::size_t number = 0;
    for (const std::string& fact : draft.vetoes) {
        const std::string position = std::to_string(++number);
        veto["conditions"].push_back(
            {{"id", "veto." + position}, {"number", position}, {"text", fact}, {"citation", "K 1"}});
    }
    form["veto"] = std::move(veto);
}

Member scored_json(const Draft& draft) {
    Member form{{"format", "duibiao-instrument"},
                {"format_version", 2},
                {"id", draft.id},
                {"version", "1"},
                {"kind", "scored"},
                {"title", draft.title},
                {"language", "zh-CN"},
                {"period", draft.period},
                {"score_step", number_of(draft.step)}};
    for (const DraftScorer& scorer : draft.scorers)
        form["scorers"].push_back({{"id", scorer.id}, {"label", scorer.label}, {"short", scorer.short_name}});
    put(form, "heading", draft.heading);
    put(form, "printed", draft.printed);
    put(form, "printed_bonus", draft.printed_bonus);
    put(form, "kinds", draft.kinds);
    if (draft.is_scaled) form["scaled_decimals"] = 2;
    form["columns"] = columns_json_of(draft);
    put_header(draft, form);
    for (const DraftPart& part : draft.parts)
        form["parts"].push_back({{"id", part.id}, {"name", part.name}, {"weight", number_of(part.weight)}});
    if (!draft.item_rules.empty()) form["item_rules"] = rules_json_of(draft.item_rules);
    form["sections"] = Member::array();
    for (const DraftSection& section : draft.sections) form["sections"].push_back(section_json(section));
    put_foot(draft, form);
    for (const DraftFigure& figure : draft.figures) {
        Member json{{"name", figure.name}, {"kind", figure.kind}};
        put(json, "labels", figure.labels);
        json["decimals"] = figure.kind == "level_share" ? 1 : 0;
        form["figures"].push_back(std::move(json));
    }
    if (!draft.bands.empty()) form["grades"] = grades_json(draft);
    put_print(draft, form);
    if (!draft.vetoes.empty()) put_veto(draft, form);
    return form;
}

Member formula_json(const DraftLedgerField& field) {
    Member formula = Member::object();
    for (const DraftRate& rate : field.rates) {
        Member band = Member::object();
        if (!rate.kind.empty())
            band["when"] =
                Member::array({{{"columns", Member::array({field.rate_kind})}, {"is", Member::array({rate.kind})}}});
        if (rate.rate.ends_with("%")) band["of"] = field.rate_of;
        put(band, "up_to", rate.up_to);
        band["rate"] = rate.rate;
        formula["bands"].push_back(std::move(band));
    }
    put(formula, "product", field.product);
    put(formula, "times", field.times);
    return formula;
}

Member field_json(const DraftLedgerField& field) {
    Member json{{"id", field.id}, {"label", field.label}, {"type", field.type}};
    put(json, "options", field.options);
    if (field.type == "choice" && !field.is_off_paper) json["open"] = true;
    put(json, "unit", field.unit);
    if (field.is_person) json["personal"] = "name";
    if (field.is_off_paper) json["on_paper"] = false;
    if (!field.rates.empty()) json["open"] = true;
    if (const Member formula = formula_json(field); !formula.empty()) json["formula"] = formula;
    return json;
}

Member foot_json(const Draft& draft) {
    Member foot = Member::object();
    if (!draft.foot_line.empty())
        foot["line"] = draft.foot_line;
    else
        put(foot, "label", draft.foot_label);
    foot["figures"] = Member::array();
    for (const DraftLedgerField& field : draft.fields) {
        if (field.is_summed && draft.foot_line.empty())
            foot["figures"].push_back({{"id", field.id},
                                       {"label", field.label + "合计"},
                                       {"kind", "sum"},
                                       {"columns", Member::array({field.id})}});
    }
    const auto states = std::find_if(draft.fields.begin(), draft.fields.end(), [](const DraftLedgerField& field) {
        return field.type == "choice" && !field.is_off_paper;
    });
    std::string part;
    for (const auto& [id, state] : draft.foot_counts) {
        Member figure{{"id", id}, {"label", state.empty() ? "合计" : state}, {"kind", "count"}};
        if (!state.empty() && states != draft.fields.end())
            figure["when"] =
                Member::array({{{"columns", Member::array({states->id})}, {"is", Member::array({state})}}});
        if (state == draft.foot_share && !state.empty()) part = id;
        foot["figures"].push_back(std::move(figure));
    }
    if (!part.empty())
        foot["figures"].push_back({{"id", "rate"},
                                   {"label", draft.foot_share + "率"},
                                   {"kind", "share"},
                                   {"part", part},
                                   {"whole", "total"}});
    return foot;
}

Member roster_json(const Draft& draft) {
    Member form{{"format", "duibiao-instrument"},
                {"format_version", 2},
                {"id", draft.id},
                {"version", "1"},
                {"kind", "roster"},
                {"language", "zh-CN"},
                {"title", draft.title}};
    put(form, "heading", draft.heading);
    form["source"] = {{"key", "K"}, {"title", draft.title}};
    form["period"] = draft.period;
    form["columns"] = {{"section", "部分"}, {"criterion", "内容"}, {"note", "备注"}};
    put_header(draft, form);
    Member table{{"title", draft.title}};
    const bool is_grouped = !draft.fields.empty() && draft.fields.front().is_off_paper;
    if (is_grouped) table["groups"] = draft.fields.front().id;
    table["columns"] = Member::array();
    for (const DraftLedgerField& field : draft.fields) {
        table["columns"].push_back(field_json(field));
        if (!field.example.empty()) table["example"][field.id] = field.example;
    }
    table["rules"] = Member::array();
    const Member foot = foot_json(draft);
    if (!foot["figures"].empty()) table["foot"] = foot;
    form["table"] = std::move(table);
    put_print(draft, form);
    return form;
}

}  // namespace

std::string write_draft(const Draft& draft) {
    constexpr int indent = 2;
    return (draft.is_roster ? roster_json(draft) : scored_json(draft)).dump(indent) + "\n";
}

}  // namespace duibiao
