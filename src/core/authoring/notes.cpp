// Lines above and below the table: title, fields, notes, signatures; grades that the notes tell of.
#include <algorithm>
#include <utility>

#include "core/authoring/recognise.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

bool is_annex(std::string_view plain) { return plain.size() <= 24 && starts_with_any(plain, {"附件", "附表", "附录"}); }
bool is_year_line(std::string_view plain) {
    return plain.starts_with("(") && has_any(plain, {"年"}) && plain.size() <= 40;
}
bool is_signature_word(std::string_view plain) {
    return has_any(plain, {"签字", "签名", "盖章", "签章", "填表人", "填报人", "审核人", "考核人", "评定人", "检查人"});
}

/// Whoever the form is about has its place in every document already, and so has its period.
bool is_own_field(std::string_view plain) {
    return ends_with_any(plain,
                         {"单位", "单位名称", "机构名称", "支部名称", "党支部", "医院名称", "医院", "科室", "科室名称",
                          "部门", "党组织", "党委", "县(区)委", "年度", "考核年度", "考核时间段", "季度", "月份"}) &&
           !has_any(plain, {"隶属", "上级", "主管"});
}

class LineReading {
public:
    explicit LineReading(Draft& draft) : draft_(draft) {}

    void read_above(const std::vector<std::string>& lines) {
        std::vector<std::string> titles;
        for (const std::string& line : lines) {
            const std::string plain = squeeze(line);
            if (is_year_line(plain) && draft_.period_line.empty()) take_period_line(plain);
            if (plain.empty() || is_year_line(plain)) continue;
            if (is_annex(plain)) {
                draft_.heading = one_line(line);
            } else if (plain.find(':') != std::string::npos || has_places(line)) {
                read_fields(line);
            } else {
                titles.push_back(one_line(line));
            }
        }
        choose_title(titles);
    }

    void read_below(const std::vector<std::string>& lines) {
        for (const std::string& whole : lines) {
            std::size_t begin = 0;
            while (begin <= whole.size()) {
                const std::size_t end = std::min(whole.find('\n', begin), whole.size());
                read_line_below(whole.substr(begin, end - begin));
                begin = end + 1;
            }
        }
    }

private:
    /// "（____年度）"
    void take_period_line(std::string plain) {
        std::erase(plain, '_');
        if (plain == "(年度)") draft_.period_line = "（{period}年度）";
        if (plain == "(年)") draft_.period_line = "（{period}年）";
    }

    void choose_title(const std::vector<std::string>& titles) {
        if (titles.empty()) return;
        const auto is_title = [](const std::string& line) {
            return ends_with_any(squeeze(line),
                                 {"表", "台账", "细则", "标准", "清单", "办法", "名册", "登记册", "评分细则"}) ||
                   has_any(line, {"考核", "评分", "台账"});
        };
        const auto found = std::find_if(titles.begin(), titles.end(), is_title);
        draft_.title = found == titles.end() ? titles.back() : *found;
        std::string plain = Folded(draft_.title).text;
        const std::size_t gap = plain.find("  ");
        if (gap != std::string::npos) draft_.title = std::string(trim(draft_.title));
    }

    void read_fields(const std::string& line) {
        for (const LineField& field : fields_of_line(line)) {
            std::string label = squeeze(field.label);
            if (label.ends_with("(盖章)")) label.resize(label.size() - std::string_view("(盖章)").size());
            const bool is_skipped = label.empty() || label.size() > 60 || is_own_field(label) ||
                                    is_signature_word(label) || has_any(label, {"得分", "总分", "类别"}) ||
                                    label == "单位";
            if (label == "单位") continue;  // 单位：元
            if (is_own_field(label) && !has_any(label, {"年度", "季度", "月份"})) {
                const bool known = std::any_of(draft_.header.begin(), draft_.header.end(),
                                               [](const DraftField& one) { return one.id == "unit"; });
                const std::string own = draft_.is_roster ? label : std::string(trim(field.label));
                if (draft_.is_roster || !known) draft_.header.push_back({"unit", own, false});
                continue;
            }
            if (is_skipped) continue;
            const bool is_date = has_any(label, {"日期", "时间"}) || has_any(squeeze(field.value), {"年月日"});
            const std::string id = is_date ? "date" : "field";
            const auto same = std::count_if(draft_.header.begin(), draft_.header.end(),
                                            [&](const DraftField& one) { return one.id.starts_with(id); });
            draft_.header.push_back(
                {same == 0 ? id : id + std::to_string(same + 1), std::string(trim(field.label)), is_date});
        }
        std::string plain = squeeze(line);
        std::erase(plain, '_');
        const bool has_day = plain.find("年月日") != std::string::npos;
        const bool known =
            std::any_of(draft_.header.begin(), draft_.header.end(), [](const DraftField& one) { return one.is_date; });
        if (has_day && !known) draft_.header.push_back({"date", "日期", true});
    }

    void read_line_below(const std::string& line) {
        const std::string plain = squeeze(line);
        if (plain.empty() || is_annex(plain)) return;
        const bool is_note = starts_with_any(plain, {"注", "说明", "备注", "填表说明", "填报说明"}) ||
                             leading_number(trim(line)).has_value();
        if (is_note || (!is_signature_word(plain) && plain.find(':') == std::string::npos)) {
            draft_.notes.push_back(line);
        } else if (has_any(plain, {"意见"})) {
            const auto fields = fields_of_line(line);
            draft_.remarks.push_back(fields.empty() ? one_line(line) : fields.front().label);
        } else {
            read_signatures(line);
        }
    }

    void read_signatures(const std::string& line) {
        for (const LineField& field : fields_of_line(line)) {
            const std::string plain = squeeze(field.label);
            if (plain.empty() || has_any(plain, {"等级", "总分", "得分", "日期"})) continue;
            draft_.signatures.push_back(std::string(trim(field.label)) + "：");
        }
    }

    Draft& draft_;
};

// --- Grades -------------------------------------------------------------------------------------------------------

/// One clause: 80分以上不满90分评四星级, ≥90分为规范级, 优秀（90分以上）.
std::optional<DraftBand> read_band(std::string_view clause) {
    DraftBand band;
    std::size_t first = std::string_view::npos;
    std::size_t last = 0;
    for (std::size_t at = 0; at < clause.size(); ++at) {
        const auto figure = figure_at(clause, at);
        if (!figure) continue;
        const std::string_view before = clause.substr(0, at);
        std::size_t end = figure->end;
        if (clause.substr(end).starts_with("分")) end += std::string_view("分").size();
        std::string_view behind = clause.substr(end);
        if (behind.starts_with("(含)")) {
            end += std::string_view("(含)").size();
            behind = clause.substr(end);
        }
        const auto skip = [&](std::string_view word) {
            if (!behind.starts_with(word)) return false;
            end += word.size();
            return true;
        };
        std::size_t begin = at;
        const auto sign = [&](std::string_view word) {
            if (!before.ends_with(word)) return false;
            begin = at - word.size();
            return true;
        };
        if (clause.substr(figure->end).starts_with("%")) return std::nullopt;
        if (before.ends_with("(含") || before.ends_with("(不含")) {  // 60分以下（含60分）
            const bool is_in = before.ends_with("(含");
            if (is_in && band.below == figure->value) std::swap(band.to, band.below);
            if (!is_in && band.from == figure->value) std::swap(band.above, band.from);
            if (!is_in && band.to == figure->value) std::swap(band.below, band.to);
            last = end + (clause.substr(end).starts_with(")") ? 1 : 0);
            at = end - 1;
            continue;
        }
        if (sign("≥") || sign(">=") || sign("不低于") || sign("大于等于") || sign("达到"))
            band.from = figure->value;
        else if (sign("不满") || sign("低于") || sign("不足") || sign("<") || sign("小于") || sign("未达到"))
            band.below = figure->value;
        else if (sign("≤") || sign("<=") || sign("不高于") || sign("不超过"))
            band.to = figure->value;
        else if (sign(">") || sign("高于") || sign("大于") || sign("超过"))
            band.above = figure->value;
        else if (skip("及以上") || skip("(含)以上") || skip("以上(含") || skip("以上"))
            band.from = figure->value;
        else if (skip("以下(含") || skip("及以下"))
            band.to = figure->value;
        else if (skip("以下"))
            band.below = figure->value;
        else if (!band.from && (skip("-") || skip("~") || skip("—") || skip("–") || skip("至") || skip("到")))
            band.from = figure->value;
        else if (band.from)
            band.to = figure->value;
        else
            return std::nullopt;
        first = std::min(first, begin);
        last = end;
        at = end - 1;
    }
    if (first == std::string_view::npos) return std::nullopt;
    std::string_view label = clause.substr(last);
    for (const std::string_view skip :
         {"(不含", ")",      "分)",  "的,", "的", ",",    "者", "可", "应", "评定为", "确定为",
          "评为",  "认定为", "定为", "评",  "为", "属于", "是", ":",  "“",  "\""}) {
        if (label.starts_with(skip)) label.remove_prefix(skip.size());
    }
    std::string_view front = clause.substr(0, first);
    if (label.empty() || label == ")") {
        for (const std::string_view skip : {"(", ":", "为", "得分", "“", "”", "总分"}) {
            if (front.ends_with(skip)) front.remove_suffix(skip.size());
        }
        label = front;
    }
    for (const std::string_view tail : {"等次", "”", "\"", ")"}) {
        if (label.ends_with(tail)) label.remove_suffix(tail.size());
    }
    if (const std::size_t colon = label.rfind(':'); colon != std::string_view::npos) label.remove_prefix(colon + 1);
    if (const auto number = leading_number(label)) label.remove_prefix(number->end);
    constexpr std::size_t longest_label = 24;
    if (label.empty() || label.size() > longest_label || std::any_of(label.begin(), label.end(), is_digit))
        return std::nullopt;
    if (has_any(label, {"扣", "加分", "得分", "不得", "奖励", "通报", "保留", "小数"})) return std::nullopt;
    band.label = std::string(label);
    return band;
}

std::optional<Points> lowest(const DraftBand& band) { return band.from ? band.from : band.above; }

/// What follows from the band above needs not be said.
void tidy_bands(std::vector<DraftBand>& bands) {
    std::stable_sort(bands.begin(), bands.end(), [](const DraftBand& a, const DraftBand& b) {
        return lowest(a).value_or(Points::from_whole(-1)) > lowest(b).value_or(Points::from_whole(-1));
    });
    for (std::size_t i = 0; i < bands.size(); ++i) {
        DraftBand& band = bands[i];
        if (i == 0) {
            band.to.reset();
            band.below.reset();
            continue;
        }
        const bool follows = bands[i - 1].from && band.below == bands[i - 1].from;
        if (follows) band.below.reset();
    }
}

std::vector<std::string> clauses_of(std::string_view text) {
    std::vector<std::string> clauses(1);
    std::string plain = squeeze(text);
    for (const std::string_view start : {"注:", "说明:", "备注:", "注"}) {
        if (plain.starts_with(start)) plain.erase(0, start.size());
    }
    if (const auto number = leading_number(plain); number && number->depth <= 5) plain.erase(0, number->end);
    int depth = 0;
    for (std::size_t at = 0; at < plain.size();) {
        const std::size_t begin = at;
        const char32_t sign = take_character(plain, at);
        if (sign == U'(') ++depth;
        if (sign == U')') depth = std::max(depth - 1, 0);
        const bool is_border = sign == U';' || sign == U'。' || (depth == 0 && (sign == U',' || sign == U'、'));
        if (is_border)
            clauses.emplace_back();
        else
            clauses.back() += plain.substr(begin, at - begin);
    }
    return clauses;
}

}  // namespace

std::vector<DraftBand> read_bands(const std::vector<std::string>& lines) {
    std::vector<DraftBand> bands;
    for (const std::string& line : lines) {
        std::vector<DraftBand> found;
        const auto clauses = clauses_of(line);
        for (std::size_t i = 0; i < clauses.size(); ++i) {
            auto band = read_band(clauses[i]);
            if (!band && i + 1 < clauses.size() && ends_with_any(clauses[i], {"分", "上", "下", "的", ")", "者"}))
                band = read_band(clauses[i] + clauses[i + 1]);
            const bool known = band && std::any_of(found.begin(), found.end(),
                                                   [&band](const DraftBand& one) { return one.label == band->label; });
            if (band && !known) found.push_back(*std::move(band));
        }
        bands.insert(bands.end(), found.begin(), found.end());
    }
    if (bands.size() < 2) bands.clear();
    tidy_bands(bands);
    return bands;
}

namespace {

/// 被列为……的，最高评二星级; ……的，不得评五星级.
void read_ceilings(std::string_view note, Draft& draft) {
    const auto position = [&draft](std::string_view text) {
        for (std::size_t i = 0; i < draft.bands.size(); ++i) {
            if (text.find(draft.bands[i].label) != std::string_view::npos) return i;
        }
        return draft.bands.size();
    };
    std::string before;
    for (const std::string& clause : clauses_of(note)) {
        const bool is_most = starts_with_any(clause, {"最高评", "最高定", "最高不超过", "不高于", "只能评"});
        const bool is_not = starts_with_any(clause, {"不得评", "不能评", "不得定", "取消"});
        std::size_t band = position(clause);
        if ((is_most || is_not) && band < draft.bands.size() && !before.empty()) {
            if (is_not) band = std::min(band + 1, draft.bands.size() - 1);
            std::string fact = before;
            for (const std::string_view start : {"凡", "被列为", "有"}) {
                if (fact.starts_with(start)) fact.erase(0, start.size());
            }
            if (fact.ends_with("的")) fact.resize(fact.size() - std::string_view("的").size());
            draft.ceilings.push_back({fact, fact, draft.bands[band].label, 0});
        }
        before = clause;
    }
}

/// 五星级党支部不超过参评党支部总数的30%.
void read_quotas(std::string_view note, Draft& draft) {
    for (const std::string& clause : clauses_of(note)) {
        const std::size_t share = clause.find('%');
        if (share == std::string::npos || !has_any(clause, {"不超过", "控制在", "不得超过", "以内"}) ||
            !has_any(clause, {"总数", "参评", "比例", "数量"}))
            continue;
        std::size_t begin = share;
        while (begin > 0 && (is_digit(clause[begin - 1]) || clause[begin - 1] == '.')) --begin;
        const auto figure = figure_at(clause, begin);
        for (const DraftBand& band : draft.bands) {
            if (figure && clause.find(band.label) != std::string::npos) {
                draft.quotas.push_back({band.label, figure->value});
                break;
            }
        }
    }
}

/// 没有书面材料的该项不得分 holds for every item.
void read_item_rules(std::string_view note, Draft& draft) {
    for (std::string clause : clauses_of(note)) {
        for (const std::string_view end : {"该项不得分", "本项不得分", "此项不得分", "不得分", "该项不给分"}) {
            if (!clause.ends_with(end) || clause.size() == end.size()) continue;
            clause.resize(clause.size() - end.size());
            if (clause.ends_with("的")) clause.resize(clause.size() - std::string_view("的").size());
            if (const auto number = leading_number(clause)) clause.erase(0, number->end);
            DraftRule rule;
            rule.text = clause;
            rule.effect = Effect::zero;
            rule.once = rule.reason = true;
            draft.item_rules.push_back(std::move(rule));
            break;
        }
    }
}

void read_printed_totals(std::string_view plain, Draft& draft) {
    const auto after = [&plain](std::string_view word) -> std::optional<Points> {
        const std::size_t at = plain.find(word);
        if (at == std::string_view::npos) return std::nullopt;
        const auto figure = figure_at(plain, at + word.size());
        return figure ? std::optional(figure->value) : std::nullopt;
    };
    for (const std::string_view word : {"应得分", "满分为", "满分", "基本分", "基础分"}) {
        if (const auto points = after(word); points && !draft.printed) draft.printed = points;
    }
    for (const std::string_view word : {"奖励分", "加分最高", "附加分", "奖分"}) {
        if (const auto points = after(word); points && !draft.printed_bonus) draft.printed_bonus = points;
    }
}

/// What the lines above say that the form is filled in for.
std::string period_of(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
        const std::string plain = squeeze(line);
        if (has_any(plain, {"季度"})) return "quarter";
        if (has_any(plain, {"半年"})) return "half";
        if (has_any(plain, {"月度", "年月)", "月份", "每月考"})) return "month";
    }
    return "year";
}

}  // namespace

void read_lines(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure) {
    const Place place{frame.table->number, 0};
    draft.is_roster = is_ledger(frame);
    draft.period = period_of(frame.above);
    LineReading reading(draft);
    reading.read_above(frame.above);
    reading.read_below(frame.below);
    if (draft.is_roster) return;
    draft.bands = read_bands(draft.notes);
    for (const std::string& note : draft.notes) {
        const std::string plain = squeeze(note);
        if (!draft.bands.empty()) {
            read_ceilings(note, draft);
            read_quotas(note, draft);
        }
        read_item_rules(note, draft);
        read_printed_totals(plain, draft);
        if (has_any(plain, {"缺项"}) && has_any(plain, {"标化", "×100", "*100", "折算"})) {
            draft.is_scaled = true;
            unsure.push_back({place, "scaled", {{"text", one_line(note)}}, "scaled", {"no", "out", "full"}});
        }
        if (has_any(plain, {"总分保留", "总分以保留"}) && has_any(plain, {"小数"})) draft.is_decided_shown = true;
    }
}

}  // namespace duibiao::authoring
