// Tables whose rows are filled in one by one.
#include <algorithm>
#include <set>
#include <utility>

#include "core/authoring/recognise.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {
namespace {

bool is_example_row(const Frame& frame, std::size_t row) {
    return is_any(squeeze(frame.table->at(row, 0).text), {"例", "示例", "例如", "样例"});
}

bool is_empty_but_number(const Frame& frame, std::size_t row) {
    const auto cells = frame.table->seen(row);
    return std::all_of(cells.begin(), cells.end(), [](const GivenCell* cell) {
        return cell->is_blank() || cell->column == 0 || cell->text == "…" || cell->text == "……";
    });
}

std::string type_of_label(std::string_view label) {
    const std::string core = squeeze(label);
    if (has_any(core, {"时限", "期限"})) return "deadline";
    if (has_any(core, {"日期"}) || ends_with_any(core, {"时间", "年月日"})) return "date";
    if (ends_with_any(core, {"年月"})) return "month";
    if (has_any(core, {"(元)", "金额", "(万元)", "党费", "工资", "收入"})) return "amount";
    if (has_any(core, {"比例", "执行标准", "占比"})) return "rate";
    if (ends_with_any(core, {"人数", "次数", "个数", "数量", "件数", "年龄"})) return "count";
    return "text";
}

std::string plain_id(std::size_t position) { return "c" + std::to_string(position + 1); }

/// 整改状态填“完成”“未完成”, 党员类别分在职、离退休: the words that a note gives for a column.
std::vector<std::string> options_in(const std::vector<std::string>& notes, std::string_view label) {
    for (const std::string& note : notes) {
        const std::size_t at = note.find(label);
        if (at == std::string::npos) continue;
        std::vector<std::string> options;
        const std::size_t end = std::min(note.find("。", at), note.size());
        constexpr std::string_view open = "“";
        constexpr std::string_view close = "”";
        for (std::size_t begin = note.find(open, at); begin < end; begin = note.find(open, begin + 1)) {
            const std::size_t stop = note.find(close, begin);
            if (stop == std::string::npos || stop > end) break;
            options.push_back(note.substr(begin + open.size(), stop - begin - open.size()));
        }
        if (options.size() >= 2) return options;
    }
    return {};
}

/// 在职/离退休 printed in the head or a cell with boxes.
std::vector<std::string> options_in_cells(const Frame& frame, const DraftColumn& column) {
    std::vector<std::string> options;
    for (std::size_t row = frame.body; row < frame.end && options.empty(); ++row) {
        const GivenCell& cell = frame.at(row, column);
        if (frame.table->lone(row) != nullptr || cell.text.find("□") == std::string::npos) continue;
        for (const DraftBlank& blank : read_blanks_of(cell.text).blanks) {
            if (blank.type != DraftBlank::Type::tick) continue;
            if (!blank.yes.empty())
                options = {blank.yes, blank.no};
            else
                options.push_back(blank.name);
        }
    }
    return options;
}

/// 3000元以下（含3000元）的0.5%; 3000元以上至5000元（含5000元）的1%; 10000元以上的2%; 每月0.2元. Nothing where an end
/// is not said to belong to its band, or where it is another sentence.
std::optional<DraftRate> read_rate(std::string_view clause) {
    DraftRate rate;
    const std::size_t share = clause.rfind('%');
    constexpr std::string_view monthly = "每月";
    if (share == std::string_view::npos) {
        const std::size_t at = clause.find(monthly);
        const auto amount = at == std::string_view::npos ? std::nullopt : figure_at(clause, at + monthly.size());
        if (!amount || clause.substr(amount->end) != "元") return std::nullopt;
        rate.rate = amount->value.to_string() + "元";
        return rate;
    }
    std::size_t begin = share;
    while (begin > 0 && (is_digit(clause[begin - 1]) || clause[begin - 1] == '.')) --begin;
    const auto percent = figure_at(clause, begin);
    if (!percent || share + 1 != clause.size()) return std::nullopt;
    rate.rate = percent->value.to_string() + "%";
    constexpr std::string_view included = "(含";
    const std::size_t in = clause.find(included);
    if (in != std::string_view::npos) {
        const auto end = figure_at(clause, in + included.size());
        if (!end) return std::nullopt;
        rate.up_to = end->value;
        return rate;
    }
    return has_any(clause, {"以上的"}) && !has_any(clause, {"以下"}) ? std::optional(rate) : std::nullopt;
}

/// All rates that a note gives for one kind; empty unless every one of its clauses with a figure is a rate.
std::vector<DraftRate> rates_of(std::string_view note) {
    std::vector<DraftRate> rates;
    const std::string plain = squeeze(note);
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= plain.size();) {
        const std::size_t here = at;
        const bool is_end = at == plain.size();
        const char32_t sign = is_end ? U'。' : take_character(plain, at);
        if (is_end) ++at;
        if (sign != U';' && sign != U'。') continue;
        const std::string_view clause = std::string_view(plain).substr(begin, here - begin);
        begin = at;
        if (clause.empty()) continue;
        auto rate = read_rate(clause);
        if (!rate) return {};
        rates.push_back(*std::move(rate));
    }
    return rates;
}

std::string label_without_unit(std::string_view label) {
    std::string plain = squeeze(label);
    plain.resize(std::min(plain.find('('), plain.size()));
    return plain;
}

class LedgerReading {
public:
    LedgerReading(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure)
        : frame_(frame), draft_(draft), unsure_(unsure) {}

    void read() {
        read_columns();
        read_rows();
        read_kinds_of_notes();
        read_formulas();
        for (std::size_t i = 0; i < draft_.notes.size(); ++i) {
            const std::string plain = squeeze(draft_.notes[i]);
            const bool has_rule = has_any(plain, {"%", "以下", "为准", "×", "四舍五入", "要写明", "元"});
            if (has_rule && !used_.contains(i)) say("note-rule", {{"text", one_line(draft_.notes[i])}});
        }
    }

private:
    void read_columns();
    void read_rows();
    void read_kinds_of_notes();
    void read_formulas();
    void read_products();
    void say(std::string_view code, Params params, std::string chosen = {}) {
        unsure_.push_back({{frame_.table->number, 0}, std::string(code), std::move(params), std::move(chosen), {}});
    }
    void take_line(const std::string& text);
    /// The workbook itself says which cells add up.
    [[nodiscard]] bool has_formula(std::size_t row) const {
        const auto cells = frame_.table->seen(row);
        return std::any_of(cells.begin(), cells.end(), [](const GivenCell* cell) { return cell->is_sum; });
    }

    const Frame& frame_;
    Draft& draft_;
    std::vector<Unsure>& unsure_;
    std::vector<const DraftColumn*> sources_;  ///< of draft_.fields
    std::set<std::size_t> used_;               ///< notes that became formulas
};

void LedgerReading::read_columns() {
    for (const DraftColumn& column : frame_.columns) {
        if (column.role == Role::number) continue;
        DraftLedgerField field;
        field.label = column.parent.empty() ? column.label : column.parent + column.label;
        if (field.label.empty()) continue;
        field.id = plain_id(draft_.fields.size());
        field.type = type_of_label(column.label);
        if (!is_any(field.type, {"deadline", "date", "month"})) field.options = options_in(draft_.notes, column.label);
        if (field.options.empty()) field.options = options_in_cells(frame_, column);
        if (!field.options.empty()) field.type = "choice";
        field.source = {frame_.table->number, static_cast<std::size_t>(&column - frame_.columns.data()) + 1};
        if (frame_.decisions != nullptr) decide_field(*frame_.decisions, field);
        const std::string core = squeeze(field.label);
        if (field.type == "deadline" || !ends_with_any(core, {"时限", "期限"}))
            field.is_person = has_any(core, {"姓名", "责任人", "责任领导", "负责人", "联系人"});
        if (field.type == "amount" && core.find("(元)") != std::string::npos) field.unit = "元";
        draft_.fields.push_back(std::move(field));
        sources_.push_back(&column);
    }
}

void LedgerReading::read_rows() {
    std::vector<std::string> groups;
    for (std::size_t row = frame_.body; row < frame_.end; ++row) {
        if (frame_.is_head_again(row) || frame_.table->is_bare(row)) continue;
        const GivenCell* lone = frame_.table->lone(row);
        const std::string first = squeeze(frame_.table->at(row, 0).text);
        if (is_example_row(frame_, row)) {
            for (std::size_t i = 0; i < draft_.fields.size(); ++i)
                draft_.fields[i].example = frame_.at(row, *sources_[i]).text;
        } else if (is_sum_text(first)) {
            draft_.foot_label = first.substr(0, std::min(first.find(':'), first.size()));
            if (lone != nullptr && has_places(lone->text)) take_line(lone->text);
            for (std::size_t i = 0;
                 i < draft_.fields.size() && (lone == nullptr || lone->columns < frame_.table->columns()); ++i) {
                const GivenCell& cell = frame_.at(row, *sources_[i]);
                const bool can_add = is_any(draft_.fields[i].type, {"amount", "count"}) &&
                                     !has_any(draft_.fields[i].label, {"收入", "工资", "单价"});
                const bool is_own = cell.column == sources_[i]->begin || cell.columns == 1;
                draft_.fields[i].is_summed = has_formula(row) ? cell.is_sum : can_add && is_own && cell.is_blank();
            }
        } else if (lone != nullptr && has_places(lone->text)) {
            take_line(lone->text);
        } else if (lone != nullptr && lone->columns > 1) {
            groups.push_back(one_line(lone->text));
        } else if (!is_empty_but_number(frame_, row)) {
            unsure_.push_back({frame_.place(row),
                               "row-filled",
                               {{"row", static_cast<std::int64_t>(frame_.table->row(row).number)}},
                               {},
                               {}});
        }
    }
    if (groups.size() < 2) return;
    DraftLedgerField category;
    category.id = "category";
    category.label = "类别";
    category.type = "choice";
    category.options = std::move(groups);
    category.is_off_paper = true;
    draft_.fields.insert(draft_.fields.begin(), std::move(category));
}

/// 合计：问题  个，其中完成  个；完成率  %.
void LedgerReading::take_line(const std::string& text) {
    const FilledText filled = read_blanks_of(text);
    const auto states = std::find_if(draft_.fields.begin(), draft_.fields.end(), [](const DraftLedgerField& field) {
        return field.type == "choice" && !field.is_off_paper;
    });
    std::string line = filled.result;
    std::size_t known = 0;
    bool has_total = false;
    for (std::size_t i = 0; i < filled.blanks.size(); ++i) {
        const DraftBlank& blank = filled.blanks[i];
        const std::string id = "f" + std::to_string(i + 1);
        const std::string mark = "{" + blank.name + "}";
        const std::size_t at = line.find(mark);
        if (at == std::string::npos) continue;
        const auto is_state = [&blank](const std::string& option) {
            return blank.name == option || blank.name.ends_with(option);
        };
        std::string state;
        if (states != draft_.fields.end()) {
            for (const std::string& option : states->options) {
                if (blank.name == option || (is_state(option) && option.size() > state.size())) state = option;
            }
        }
        const bool is_share = blank.unit == "%";
        if (is_share && states != draft_.fields.end() && !draft_.foot_counts.empty()) {
            line.replace(at, mark.size(), "{rate}");
            for (const auto& [count, counted] : draft_.foot_counts) {
                if (!counted.empty() && blank.name.find(counted) != std::string::npos && draft_.foot_share.empty())
                    draft_.foot_share = counted;
            }
            if (draft_.foot_share.empty()) continue;
        } else if (!state.empty()) {
            line.replace(at, mark.size(), "{" + id + "}" + blank.unit);
            draft_.foot_counts.emplace_back(id, state);
        } else if (!is_share && !has_total) {
            line.replace(at, mark.size(), "{total}" + blank.unit);
            draft_.foot_counts.emplace_back("total", std::string());
            has_total = true;
        } else {
            continue;
        }
        ++known;
    }
    if (known == filled.blanks.size() && known > 0) {
        draft_.foot_line = line;
    } else {
        draft_.foot_counts.clear();
        draft_.foot_share.clear();
        unsure_.push_back({{frame_.table->number, 0}, "row-left-out", {{"text", one_line(text)}}, {}, {}});
    }
}

/// Rates by band that the notes tell of, and what follows from them.
void LedgerReading::read_formulas() {
    const auto find = [this](std::string_view type, std::initializer_list<std::string_view> words) {
        return std::find_if(draft_.fields.begin(), draft_.fields.end(), [&](const DraftLedgerField& field) {
            return field.type == type && !field.is_off_paper && (words.size() == 0 || has_any(field.label, words));
        });
    };
    const auto kind = find("choice", {});
    const auto income = find("amount", {"收入", "工资"});
    const auto rate = find("rate", {});
    if (kind != draft_.fields.end() && income != draft_.fields.end() && rate != draft_.fields.end()) {
        for (std::size_t i = 0; i < draft_.notes.size(); ++i) {
            const auto rates = rates_of(draft_.notes[i]);
            const auto option = std::find_if(kind->options.begin(), kind->options.end(), [&](const std::string& one) {
                return draft_.notes[i].find(one) != std::string::npos;
            });
            if (rates.empty() || option == kind->options.end()) continue;
            for (DraftRate one : rates) {
                one.kind = *option;
                rate->rates.push_back(std::move(one));
            }
            used_.insert(i);
        }
        rate->rate_kind = kind->id;
        rate->rate_of = income->id;
        const auto dues = rate + 1;
        if (!rate->rates.empty() && dues != draft_.fields.end() && dues->type == "amount")
            dues->product = {income->id, rate->id};
        if (!rate->rates.empty()) say("formula", {{"column", rate->label}});
    }
    read_products();
}

/// 全年应缴党费＝月应缴党费×12.
void LedgerReading::read_products() {
    for (std::size_t i = 0; i < draft_.notes.size(); ++i) {
        const std::string plain = squeeze(draft_.notes[i]);
        for (DraftLedgerField& field : draft_.fields) {
            for (const DraftLedgerField& of : draft_.fields) {
                if (&of >= &field || field.type != "amount" || of.type != "amount") continue;
                const std::string wanted = label_without_unit(field.label) + "=" + label_without_unit(of.label) + "×";
                const std::size_t at = plain.find(wanted);
                const auto times = at == std::string::npos ? std::nullopt : figure_at(plain, at + wanted.size());
                if (!times) continue;
                field.product = {of.id};
                field.times = times->value;
                say("formula", {{"column", field.label}});
            }
        }
    }
}

/// 党员类别: options that notes tell of without listing them.
void LedgerReading::read_kinds_of_notes() {
    for (DraftLedgerField& field : draft_.fields) {
        const std::string core = squeeze(field.label);
        if (field.is_decided || field.type != "text" || !ends_with_any(core, {"类别", "类型", "状态", "性质"}))
            continue;
        const std::string noun = has_any(core, {"党员"}) ? "党员" : std::string();
        for (const std::string& note : draft_.notes) {
            if (noun.empty()) break;
            const std::string plain = squeeze(note);
            for (std::size_t at = plain.find(noun); at != std::string::npos; at = plain.find(noun, at + 1)) {
                std::size_t begin = at;
                while (begin > 0 && static_cast<unsigned char>(plain[begin - 1]) >= 0x80 &&
                       !ends_with_any(std::string_view(plain).substr(0, begin), {"”", "、", "，", "：", "。"}))
                    --begin;
                const std::string option = plain.substr(begin, at - begin);
                const bool known = std::find(field.options.begin(), field.options.end(), option) != field.options.end();
                if (!option.empty() && option.size() <= 12 && !known) field.options.push_back(option);
            }
        }
        if (field.options.size() >= 2) {
            field.type = "choice";
            std::string all;
            for (const std::string& option : field.options) all += (all.empty() ? "" : "、") + option;
            unsure_.push_back({{frame_.table->number, 0}, "options", {{"column", field.label}}, all, {}});
        } else {
            field.options.clear();
            unsure_.push_back({{frame_.table->number, 0}, "no-options", {{"column", field.label}}, "text", {"choice"}});
        }
    }
}

}  // namespace

bool is_ledger(const Frame& frame) {
    if (!frame.has_head) return false;
    std::size_t rows = 0;
    std::size_t empty = 0;
    for (std::size_t row = frame.body; row < frame.end; ++row) {
        const std::string first = squeeze(frame.table->at(row, 0).text);
        if (frame.table->lone(row) != nullptr && !first.empty() && frame.table->lone(row)->columns > 1) continue;
        if (frame.is_head_again(row) || is_sum_text(first) || is_example_row(frame, row)) continue;
        ++rows;
        if (is_empty_but_number(frame, row)) ++empty;
    }
    return rows > 0 && 2 * empty > rows;
}

void read_ledger(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure) {
    LedgerReading(frame, draft, unsure).read();
}

}  // namespace duibiao::authoring
