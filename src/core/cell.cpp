#include "core/cell.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "core/date.hpp"
#include "core/date_text.hpp"
#include "core/deadline.hpp"
#include "core/limits.hpp"
#include "core/name_key.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/row_formula.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using Type = AnswerField::Type;

constexpr std::string_view none_chosen = "无";

std::string join_parts(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty()) text += part_separator;
        text += part;
    }
    return text;
}

/// The option that `text` names, with or without a leading 有. Nothing is guessed: part of 未开始 is no answer.
const std::string* find_option(const std::vector<std::string>& options, std::string_view text) {
    constexpr std::string_view has = "有";
    const auto bare = [has](std::string_view option) {
        return option.starts_with(has) ? option.substr(has.size()) : option;
    };
    const auto exact = std::find_if(options.begin(), options.end(), [&](const std::string& option) {
        return option == text || bare(option) == bare(text);
    });
    if (exact != options.end()) return &*exact;
    const std::string key = label_key(bare(trim(text)));
    const auto alike = std::find_if(options.begin(), options.end(),
                                    [&](const std::string& option) { return label_key(bare(option)) == key; });
    return alike == options.end() || key.empty() ? nullptr : &*alike;
}

/// An option of a list that is open to others: one word, no longer than a name.
bool is_free_option(const AnswerField& field, std::string_view part) {
    return field.open && count_characters(part) <= limits::name_characters;
}

Result<std::string> normalise_flags(const AnswerField& field, std::string_view typed) {
    const std::string text = plain_text(typed);
    if (text == none_chosen || text == "否" || text == "×") return std::string(none_chosen);
    if (text == "全部" || text == "齐全" || text == "是" || text == "√") return join_parts(field.options);
    std::vector<bool> chosen(field.options.size());
    std::vector<std::string> others;
    for (std::string& part : split_parts(text)) {
        const std::string* option = find_option(field.options, part);
        if (option != nullptr) {
            chosen[static_cast<std::size_t>(option - field.options.data())] = true;
        } else if (is_free_option(field, part)) {
            others.push_back(std::move(part));
        } else {
            return fail("choice-unknown", {}, {{"text", shown(part)}, {"options", field.options}});
        }
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i]) parts.push_back(field.options[i]);
    }
    std::move(others.begin(), others.end(), std::back_inserter(parts));
    return join_parts(parts);
}

/// "主题党日、党课": every kind by its own name, each once, in the order they were written.
Result<std::string> normalise_kinds(const Instrument& instrument, std::string_view text) {
    // Some names have a 、 in them.
    const std::string_view whole = instrument.find_activity_kind(text);
    if (!whole.empty()) return std::string(whole);
    std::vector<std::string> kinds;
    for (const std::string& part : split_parts(text)) {
        const std::string_view kind = instrument.find_activity_kind(part);
        if (kind.empty()) return fail("kind-unknown", {}, {{"text", shown(part)}});
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.emplace_back(kind);
    }
    return join_parts(kinds);
}

constexpr std::array<std::string_view, 11> chinese_numbers{"",   "一", "二", "三", "四", "五",
                                                           "六", "七", "八", "九", "十"};

/// "4", "第4条", "第四条", "④", "4.title" or the title: the option's position, from 1; 0 when it is none.
std::size_t number_of_option(const std::vector<std::string>& options, std::string_view text) {
    if (const std::string* option = find_option(options, text))
        return static_cast<std::size_t>(option - options.data()) + 1;
    constexpr std::string_view first_circled = "①";
    constexpr std::string_view ordinal = "第";
    constexpr std::array<std::string_view, 4> counters{"条", "项", "款", "种"};
    if (text.size() == first_circled.size() && text.starts_with(first_circled.substr(0, 2))) {
        const auto at = static_cast<unsigned char>(text.back()) - static_cast<unsigned char>(first_circled.back());
        return at >= 0 && at < 20 && static_cast<std::size_t>(at) < options.size() ? static_cast<std::size_t>(at) + 1
                                                                                   : 0;
    }
    if (text.starts_with(ordinal)) text.remove_prefix(ordinal.size());
    for (const std::string_view counter : counters) {
        if (text.ends_with(counter)) text.remove_suffix(counter.size());
    }
    if (const auto chinese = position_in(chinese_numbers, text)) return *chinese <= options.size() ? *chinese : 0;
    std::size_t number = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9'; ++digits)
        number = number * 10 + static_cast<std::size_t>(text[digits] - '0');
    const std::string_view rest = text.substr(digits);
    const bool ends = rest.empty() || (rest.front() == '.' && options.size() >= number && number > 0 &&
                                       (rest.size() == 1 || trim(rest.substr(1)) == options[number - 1]));
    return digits > 0 && ends && number <= options.size() ? number : 0;
}

Result<std::string> normalise_numbered(const AnswerField& field, std::string_view typed) {
    const std::string text = plain_text(typed);
    if (says_nothing(text)) return std::string(none_chosen);
    std::vector<bool> chosen(field.options.size());
    for (const std::string& part : split_parts(text)) {
        const std::size_t number = number_of_option(field.options, part);
        if (number == 0) {
            const auto most = static_cast<std::int64_t>(field.options.size());
            return fail("number-unknown", {}, {{"text", shown(part)}, {"most", most}});
        }
        chosen[number - 1] = true;
    }
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i]) parts.push_back(std::to_string(i + 1));
    }
    return join_parts(parts);
}

/// A day in any spelling; in a column of dates a spreadsheet's number is one, too.
Result<Date> read_day(std::string_view text) {
    auto date = parse_date(text);
    if (date) return date;
    if (const auto serial = serial_date(text)) return *serial;
    return date;
}

/// Texts of a type that is written one way only.
Result<std::string> normalise_text(const Instrument& instrument, const AnswerField& field, std::string_view text) {
    switch (field.type) {
        case Type::date: {
            const auto date = read_day(text);
            if (!date) return fail(date.error().code, {}, {{"text", shown(text)}});
            return to_string(*date);
        }
        case Type::month: {
            if (const auto date = read_day(text)) return to_string(*date);
            const auto month = parse_month(text);
            if (!month) return fail(month.error().code, {}, {{"text", shown(text)}});
            return to_string(*month);
        }
        case Type::choice: {
            const std::string* option = find_option(field.options, text);
            if (option != nullptr) return *option;
            if (is_free_option(field, text)) return std::string(text);
            return fail("choice-unknown", {}, {{"text", shown(text)}, {"options", field.options}});
        }
        case Type::kind: {
            const std::string_view kind = instrument.find_activity_kind(text);
            if (kind.empty()) return fail("kind-unknown", {}, {{"text", shown(text)}});
            return std::string(kind);
        }
        case Type::kinds:
            return normalise_kinds(instrument, text);
        case Type::flags:
            return normalise_flags(field, text);
        case Type::names:
            return join_parts(split_names(text));
        case Type::numbered:
            return normalise_numbered(field, text);
        case Type::deadline:
            return normalise_deadline(text);
        case Type::rate: {
            const auto rate = parse_rate(text);
            if (!rate) return tl::unexpected<Error>(rate.error());
            return to_string(*rate);
        }
        default:
            return std::string(text);
    }
}

Done normalise_words(const Instrument& instrument, const AnswerField& field, Value& value) {
    auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return fail("value-type");
    if (auto cleaned = clean_in_place(*text, limits::text_characters); !cleaned) return cleaned;
    if (field.type != Type::text) {
        const std::string_view trimmed = trim(*text);
        if (trimmed.empty()) {
            value = Value{};
            return {};
        }
        auto written = normalise_text(instrument, field, trimmed);
        if (!written) return tl::unexpected<Error>(written.error());
        *text = std::move(*written);
    }
    if (text->empty()) value = Value{};
    return {};
}

bool is_number_type(Type type) {
    return type == Type::count || type == Type::cadence || type == Type::score || type == Type::amount;
}

/// The step binds what people give; a mean falls between the steps.
Done check_number(const Instrument& instrument, const AnswerField& field, Points number) {
    if (field.type != Type::score) return check_quantity(number);
    const bool computed = field.computed != AnswerField::Computed::none;
    return check_score(number, field.most, computed ? Points{} : instrument.score_step);
}

// ---- Parts ----

struct Word {
    std::string_view text;
    std::size_t blanks = 0;  ///< in front of it; none when anything else stands there too
};

constexpr std::array<std::string_view, 3> blank_characters{" ", "　", "\u00A0"};
constexpr std::array<std::string_view, 8> separating_marks{"、", "，", ",", "；", ";", "/", "\t", "\n"};

template <std::size_t Count>
std::size_t leading_length(std::string_view text, const std::array<std::string_view, Count>& starts) {
    const auto found =
        std::find_if(starts.begin(), starts.end(), [text](std::string_view start) { return text.starts_with(start); });
    return found == starts.end() ? 0 : found->size();
}

/// Takes what separates words off the front of `text`: how many blanks, none when there are other marks too.
std::size_t take_gap(std::string_view& text) {
    std::size_t count = 0;
    bool only_blanks = true;
    while (!text.empty()) {
        const std::size_t blank = leading_length(text, blank_characters);
        const std::size_t length = blank > 0 ? blank : leading_length(text, separating_marks);
        if (length == 0) break;
        ++count;
        only_blanks = only_blanks && blank > 0;
        text.remove_prefix(length);
    }
    return only_blanks ? count : 0;
}

/// A copy in which no blank stands beside the dot within a name: 买某 · 吐某. Dots at the beginning of a name are those
/// of a list and stay as they are.
std::string with_joined_dots(std::string_view text) {
    constexpr std::array<std::string_view, 7> dots{"·", "•", "・", "･", "‧", "∙", "⋅"};
    std::string joined;
    while (!text.empty()) {
        std::string_view next = text;
        while (const std::size_t blank = leading_length(next, blank_characters)) next.remove_prefix(blank);
        const std::size_t dot = leading_length(next, dots);
        const bool within = dot > 0 && !joined.empty() && trim(joined).size() == joined.size() &&
                            std::none_of(separating_marks.begin(), separating_marks.end(),
                                         [&joined](std::string_view mark) { return joined.ends_with(mark); });
        if (!within) {
            const std::size_t length = next.size() < text.size() ? text.size() - next.size() : 1;
            joined += text.substr(0, length);
            text.remove_prefix(length);
            continue;
        }
        joined += next.substr(0, dot);
        text = next.substr(dot);
        while (const std::size_t blank = leading_length(text, blank_characters)) text.remove_prefix(blank);
    }
    return joined;
}

std::vector<Word> words_of(std::string_view text) {
    std::vector<Word> words;
    while (!text.empty()) {
        const std::size_t gap = take_gap(text);
        std::size_t length = 0;
        while (length < text.size() && leading_length(text.substr(length), blank_characters) == 0 &&
               leading_length(text.substr(length), separating_marks) == 0)
            ++length;
        if (length > 0) words.push_back({text.substr(0, length), gap});
        text.remove_prefix(length);
    }
    return words;
}

bool is_one_hanzi(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> ranges{
        {{"\u3400", "\u4DBF"}, {"\u4E00", "\u9FFF"}, {"\uF900", "\uFAFF"}, {"\U00020000", "\U0003FFFF"}}};
    // UTF-8 sorts as the characters do.
    return count_characters(word) == 1 && std::any_of(ranges.begin(), ranges.end(), [word](const auto& range) {
               return range.first <= word && word <= range.second;
           });
}

/// How many single characters stand one after the other from a word on, with one or two blanks between them.
std::size_t padded_length(const std::vector<Word>& words, std::size_t at) {
    constexpr std::size_t most_blanks = 2;
    std::size_t length = 0;
    for (; at < words.size() && is_one_hanzi(words[at].text); ++at, ++length) {
        const std::size_t gap = words[at].blanks;
        if (length > 0 && (gap == 0 || gap > most_blanks)) break;
    }
    return length;
}

void add_part(std::vector<std::string>& parts, std::string part) {
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
}

// ---- Rows ----

bool is_one_word(std::string_view text) {
    const auto absent = [text](std::string_view mark) { return text.find(mark) == std::string_view::npos; };
    return std::all_of(blank_characters.begin(), blank_characters.end(), absent) &&
           std::all_of(separating_marks.begin(), separating_marks.end(), absent);
}

/// True for what can be seen at a glance to be written the one way already. Logs have rows by the hundred thousand, and
/// this program wrote nearly all of them.
bool is_written(const Instrument& instrument, const AnswerField& column, std::string_view text) {
    if (text.empty()) return !column.required;
    if (text.size() > limits::text_characters || trim(text).size() != text.size()) return false;
    switch (column.type) {
        case Type::text:
            return true;
        case Type::date:
            return is_written_date(text);
        case Type::month:
            return is_written_date(text) || is_written_month(text);
        case Type::kind:
        case Type::kinds:
            return instrument.find_activity_kind(text) == text;
        case Type::names:
            return is_one_word(text);
        default:
            return false;
    }
}

/// The cell as it stands in a row. `text` is clean and one line.
Result<std::string> normalise_row_cell(const Instrument& instrument, const AnswerField& column, std::string_view text) {
    auto value = parse_cell(instrument, column, text);
    if (!value) return tl::unexpected<Error>(value.error());
    const auto* number = std::get_if<Points>(&*value);
    std::string written = number != nullptr && column.type == Type::amount ? money(*number) : show_value(*value);
    if (column.type == Type::text) written = std::string(trim(written));
    if (written.empty() && column.required) return fail("cell-missing");
    return written;
}

Done check_attendance(const Table& table, const std::vector<std::string_view>& cells) {
    const auto expected_at = table.find_column("expected");
    const auto actual_at = table.find_column("actual");
    if (!expected_at || !actual_at) return {};
    const auto expected = Points::parse(cells[*expected_at]);
    const auto actual = Points::parse(cells[*actual_at]);
    if (!expected || !actual || *actual <= *expected) return {};
    return fail("attendance-over", {},
                {{"column", table.columns[*actual_at].label},
                 {"expected", expected->to_string()},
                 {"actual", actual->to_string()}});
}

/// Fewer ballots than the form asks for show nothing but their number.
Done check_ballots(const Instrument& instrument, const std::vector<std::string_view>& cells) {
    const Appraisal& appraisal = instrument.appraisal;
    if (appraisal.ballot_step() == nullptr) return {};
    const auto figure = [&](std::size_t which) { return Points::parse(cells[appraisal.ballots[which]]); };
    const auto raters = figure(0);
    const auto mean = figure(1);
    const auto lowest = figure(2);
    const auto highest = figure(3);
    if (!mean && !lowest && !highest) return {};
    if (!raters || *raters < Points::from_whole(appraisal.fewest_raters)) {
        return fail("ballots-few", {}, {{"fewest", appraisal.fewest_raters}});
    }
    if (mean && lowest && highest && *lowest <= *mean && *mean <= *highest) return {};
    return fail("ballots-range", {}, {{"column", instrument.table.columns[appraisal.ballots[1]].label}});
}

}  // namespace

bool says_nothing(std::string_view cell) {
    constexpr std::array<std::string_view, 12> words{"",  "无", "无。", "没有", "否", "×",
                                                     "/", "／", "-",    "－",   "—",  "——"};
    constexpr std::size_t longest = std::string_view("——").size();
    const std::string_view word = trim(cell);
    if (word.size() <= longest && position_in(words, word)) return true;
    return looks_empty(word);
}

Done check_score(Points score, Points most, Points step) {
    if (score < Points{}) return fail("score-under");
    if (score > most) return fail("score-over", {}, {{"max", most.to_string()}});
    if (step > Points{} && !score.is_multiple_of(step)) return fail("score-step", {}, {{"step", step.to_string()}});
    return {};
}

std::vector<std::string> split_parts(std::string_view text) {
    std::vector<std::string> parts;
    for (const Word& word : words_of(text)) add_part(parts, std::string(word.text));
    return parts;
}

std::vector<std::string> split_names(std::string_view text) {
    const std::string joined = with_joined_dots(text);
    const std::vector<Word> words = words_of(joined);
    std::vector<std::string> names;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t length = padded_length(words, at);
        const bool padded = length > 0 && length % 2 == 0;
        for (const std::size_t end = at + std::max(length, std::size_t{1}); at < end; at += padded ? 2 : 1) {
            std::string name(words[at].text);
            if (padded) name += words[at + 1].text;
            add_part(names, std::move(name));
        }
    }
    return names;
}

std::string with_plain_blanks(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t start = at;
        const char32_t character = take_character(text, at);
        if (is_invisible(character)) continue;
        const bool wide = character > 0x20 && is_blank(character);
        plain += wide ? std::string_view(" ") : text.substr(start, at - start);
    }
    return plain;
}

Done normalise_cell(const Instrument& instrument, const AnswerField& field, Value& value) {
    if (std::holds_alternative<std::monostate>(value)) return {};
    if (field.type == Type::yesno || field.type == Type::cadence) {
        if (std::holds_alternative<bool>(value)) return {};
        if (field.type == Type::yesno) return fail("value-type");
    }
    if (is_number_type(field.type)) {
        const auto* count = std::get_if<Points>(&value);
        return count == nullptr ? Done(fail("value-type")) : check_number(instrument, field, *count);
    }
    return normalise_words(instrument, field, value);
}

Result<Value> parse_cell(const Instrument& instrument, const AnswerField& field, std::string_view text) {
    if (!is_utf8(text)) return fail("text-encoding");
    const std::string_view trimmed = trim(text);
    if (looks_empty(text)) return Value{};
    Value value{std::string(text)};
    if (is_number_type(field.type)) {
        // "1" is one meeting, not "met".
        const auto number = read_number(trimmed, field.unit);
        const auto word = yes_or_no(trimmed);
        if (number) {
            value = *number;
        } else if (field.type == Type::cadence && word && *word) {
            value = true;
        } else {
            return fail(number.error().code, {}, {{"text", shown(trimmed)}});
        }
    } else if (field.type == Type::yesno) {
        const auto word = yes_or_no(trimmed);
        if (!word) return fail("value-type", {}, {{"text", shown(trimmed)}});
        value = *word;
    }
    if (auto fits = normalise_cell(instrument, field, value); !fits) return tl::unexpected<Error>(fits.error());
    return value;
}

std::vector<std::string_view> split_row(std::string_view row, std::size_t columns) {
    std::vector<std::string_view> cells(columns);
    for (std::size_t i = 0; i < columns; ++i) {
        const std::size_t tab = row.find('\t');
        cells[i] = row.substr(0, tab);
        if (tab == std::string_view::npos) break;
        row.remove_prefix(tab + 1);
    }
    return cells;
}

std::string join_row(const std::vector<std::string>& cells) {
    std::size_t count = cells.size();
    while (count > 0 && cells[count - 1].empty()) --count;
    std::string row;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) row += '\t';
        row += cells[i];
    }
    return row;
}

Result<std::string> normalise_row(const Instrument& instrument, std::string row) {
    if (auto cleaned = clean_in_place(row, limits::row_characters); !cleaned)
        return tl::unexpected<Error>(cleaned.error());
    if (row.empty()) return row;
    std::replace(row.begin(), row.end(), '\n', ' ');
    const Table& table = instrument.table;
    const auto count = static_cast<std::size_t>(std::count(row.begin(), row.end(), '\t')) + 1;
    if (count > table.columns.size()) {
        return fail("row-columns", {},
                    {{"count", static_cast<std::int64_t>(count)},
                     {"expected", static_cast<std::int64_t>(table.columns.size())}});
    }
    auto cells = split_row(row, table.columns.size());
    std::vector<std::string> rewritten;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const AnswerField& column = table.columns[i];
        if (is_written(instrument, column, cells[i])) continue;
        auto cell = normalise_row_cell(instrument, column, cells[i]);
        if (!cell) {
            cell.error().params.insert_or_assign("column", column.label);
            return cell;
        }
        rewritten.reserve(cells.size());  // once: the cells view them
        cells[i] = rewritten.emplace_back(std::move(*cell));
    }
    if (auto attendance = check_attendance(table, cells); !attendance) {
        return tl::unexpected<Error>(attendance.error());
    }
    if (auto ballots = check_ballots(instrument, cells); !ballots) return tl::unexpected<Error>(ballots.error());
    if (!table.formulas.empty()) {
        std::vector<std::string> own(cells.begin(), cells.end());
        work_out_all(table, own);
        return join_row(own);
    }
    if (!rewritten.empty()) return join_row({cells.begin(), cells.end()});
    while (row.ends_with('\t')) row.pop_back();
    return row;
}

}  // namespace duibiao
