#include "core/authoring/wording.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {

Folded::Folded(std::string_view source) : source_(source) {
    for (std::size_t at = 0; at < source.size();) {
        const auto begin = static_cast<std::uint32_t>(at);
        const char32_t character = ordinary_form(take_character(source, at));
        if (character != U'\n' && is_invisible(character)) continue;
        const std::size_t before = text.size();
        if (character == U'\n') {
            text += '\n';
        } else {
            append_character(text, duibiao::is_blank(character) ? U' ' : character);
        }
        at_.insert(at_.end(), text.size() - before, begin);
    }
    at_.push_back(static_cast<std::uint32_t>(source.size()));
}

std::string Folded::original(std::size_t begin, std::size_t end) const {
    const std::size_t last = at_.size() - 1;
    const std::size_t from = at_[std::min(begin, last)];
    const std::size_t to = at_[std::min(end, last)];
    return to > from ? source_.substr(from, to - from) : std::string();
}

std::string squeeze(std::string_view text) {
    std::string plain = Folded(text).text;
    std::erase_if(plain, [](char c) { return c == ' ' || c == '\n'; });
    return plain;
}

std::string compact(std::string_view text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t character = take_character(text, at);
        if (!duibiao::is_blank(character) && !is_invisible(character)) kept += text.substr(begin, at - begin);
    }
    return kept;
}

std::string one_line(std::string_view text) {
    std::string line;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '\n') {
            line += text[at];
            continue;
        }
        const bool between_letters = !line.empty() && static_cast<unsigned char>(line.back()) < 0x80 &&
                                     line.back() != ' ' && at + 1 < text.size() &&
                                     static_cast<unsigned char>(text[at + 1]) < 0x80;
        if (between_letters) line += ' ';
    }
    return std::string(trim(line));
}

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}
bool is_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}
bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return text.starts_with(word); });
}
bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return text.ends_with(word); });
}

std::optional<Figure> figure_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == at || end - at > 7) return std::nullopt;
    if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
        ++end;
        while (end < text.size() && is_digit(text[end])) ++end;
    }
    const auto value = Points::parse(text.substr(at, end - at));
    return value ? std::optional(Figure{*value, end}) : std::nullopt;
}

std::optional<Figure> count_at(std::string_view text, std::size_t at) {
    if (auto figure = figure_at(text, at)) return figure;
    constexpr std::array<std::string_view, 11> digits{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    constexpr std::size_t bytes = 3;
    const auto digit_at = [&](std::size_t place) -> std::optional<std::int64_t> {
        const std::string_view one = text.substr(std::min(place, text.size()), bytes);
        if (one == "两") return 2;
        const auto found = position_in(digits, one);
        return found ? std::optional(static_cast<std::int64_t>(*found)) : std::nullopt;
    };
    const auto first = digit_at(at);
    if (!first) return std::nullopt;
    std::int64_t value = *first;
    at += bytes;
    if (const auto ten = digit_at(at); ten == 10 && value < 10) {
        value *= 10;
        at += bytes;
    }
    if (value >= 10) {
        if (const auto ones = digit_at(at); ones && *ones < 10) {
            value += *ones;
            at += bytes;
        }
    }
    return Figure{Points::from_whole(value), at};
}

std::size_t measure_at(std::string_view text, std::size_t at) {
    constexpr std::array<std::string_view, 53> words{
        "个百分点", "百分点", "人次", "户次", "例次", "项次", "车次", "课时", "学时", "小时", "个工作日",
        "工作日",   "次",     "人",   "名",   "项",   "个",   "件",   "条",   "例",   "份",   "起",
        "天",       "日",     "处",   "类",   "种",   "户",   "家",   "篇",   "期",   "本",   "页",
        "场",       "台",     "张",   "支",   "节",   "月",   "周",   "年",   "位",   "门",   "册",
        "间",       "套",     "批",   "宗",   "步",   "级",   "%",    "票",   "元"};
    const std::string_view rest = text.substr(std::min(at, text.size()));
    for (const std::string_view word : words) {
        if (rest.starts_with(word)) return word.size();
    }
    return 0;
}

namespace {

/// "1.1.1" with at least one dot between numbers.
std::size_t dotted_end(std::string_view text, int& dots) {
    std::size_t end = 0;
    dots = 0;
    while (end < text.size() && is_digit(text[end])) {
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) {
            ++dots;
            ++end;
        } else {
            break;
        }
    }
    return end;
}

std::optional<LeadingNumber> number_of_depth(const Folded& folded, std::string_view text) {
    constexpr std::size_t most_dots = 5;
    constexpr int dotted = 8;
    const auto give = [&folded](std::size_t begin, std::size_t end, std::size_t behind, int depth) {
        return LeadingNumber{folded.original(begin, end), depth, behind};
    };
    int dots = 0;
    const std::size_t end = dotted_end(text, dots);
    if (dots > 0 && dots <= static_cast<int>(most_dots)) {
        const bool is_number =
            end == text.size() || !starts_with_any(text.substr(end), {"分", "%", "次", "个", "人", "倍"});
        if (is_number) return give(0, end, end, dotted + 2 * dots);
    }
    if (dots == 0 && end > 0 && end <= 3) {
        for (const std::string_view sign : {".", "、", ")"}) {
            if (text.substr(end).starts_with(sign)) return give(0, end, end + sign.size(), 4);
        }
    }
    for (const std::string_view open : {"第", "("}) {
        if (!text.starts_with(open)) continue;
        const auto count = count_at(text, open.size());
        if (!count) continue;
        const std::string_view rest = text.substr(count->end);
        if (open == "(" && rest.starts_with(")"))
            return give(0, count->end + 1, count->end + 1, is_digit(text[open.size()]) ? 5 : 3);
        for (const std::string_view word : {"部分", "章", "项", "类", "条"}) {
            if (open == "第" && rest.starts_with(word))
                return give(0, count->end + word.size(), count->end + word.size(), 1);
        }
    }
    if (!text.empty() && !is_digit(text.front())) {
        const auto count = count_at(text, 0);
        constexpr std::string_view comma = "、";
        if (count && text.substr(count->end).starts_with(comma))
            return give(0, count->end, count->end + comma.size(), 2);
    }
    std::size_t at = 0;
    const char32_t first = text.empty() ? U'\0' : take_character(text, at);
    if (first >= U'①' && first <= U'⑳') return give(0, at, at, 5);
    return std::nullopt;
}

}  // namespace

std::optional<LeadingNumber> leading_number(std::string_view text) {
    const Folded folded(text);
    auto found = number_of_depth(folded, folded.text);
    if (!found) return found;
    std::size_t end = found->end;
    while (end < folded.text.size() && (folded.text[end] == ' ' || folded.text[end] == '\n')) ++end;
    found->end = folded.original(0, end).size();
    return found;
}

namespace {

constexpr std::string_view empty_box = "□";

bool is_gap(char c) { return c == ' ' || c == '_'; }

/// Walks over a row's text, and takes its places one by one.
class BlankReading {
public:
    explicit BlankReading(std::string_view source) : folded_(source), text_(folded_.text) {}

    FilledText read(std::set<std::string> doubled) {
        doubled_ = std::move(doubled);
        while (at_ < text_.size()) {
            if (text_.compare(at_, empty_box.size(), empty_box) == 0) {
                take_boxes();
            } else if (gap_end(at_) > at_ + 1) {
                take_gap();
            } else {
                step();
            }
        }
        keep(text_.size());
        return std::move(filled_);
    }

    /// Names that more than one place would have.
    [[nodiscard]] std::set<std::string> doubled() const {
        std::set<std::string> found;
        for (const auto& [name, count] : counts_) {
            if (count > 1) found.insert(name);
        }
        return found;
    }

private:
    [[nodiscard]] std::size_t gap_end(std::size_t at) const {
        while (at < text_.size() && is_gap(text_[at])) ++at;
        return at;
    }
    void step() {
        const std::size_t begin = at_;
        (void)take_character(text_, at_);
        const std::string_view one = std::string_view(text_).substr(begin, at_ - begin);
        if (one == ":") context_ = {label_, begin};
        if (is_any(one, {";", "。", "\n"})) context_ = {at_, at_};
        if (is_any(one, {";", "。", "\n", ",", "、", "(", ")", ":"})) label_ = at_;
    }
    /// What was not yet taken over, up to a place.
    void keep(std::size_t end) {
        if (end > kept_) filled_.result += folded_.original(kept_, end);
        kept_ = std::max(kept_, end);
    }
    [[nodiscard]] std::string words(std::size_t begin, std::size_t end) const {
        std::string found = squeeze(folded_.original(begin, end));
        if (found.starts_with("其中")) found.erase(0, std::string_view("其中").size());
        for (bool goes_on = true; goes_on;) {
            goes_on = false;
            for (const std::string_view sign : {":", "(", ",", "、", ")"}) {
                if (!found.ends_with(sign)) continue;
                found.resize(found.size() - sign.size());
                goes_on = true;
            }
        }
        return found;
    }
    /// A name of its own: with the words in front of the colon where it would stand twice or is very short.
    [[nodiscard]] std::string name_of(std::string name) {
        const std::string context = words(context_.first, context_.second);
        if (name.empty()) name = context.empty() ? "空" : context;
        ++counts_[name];
        if (doubled_.contains(name) && !context.empty() && context != name) name = context + name;
        std::string unique = name;
        for (int i = 2; names_.contains(unique); ++i) unique = name + std::to_string(i);
        names_.insert(unique);
        return unique;
    }
    /// What a tick is called stands in front of its first option: 公示：有□、无□, 卫生镇（是□、否□）.
    [[nodiscard]] std::size_t name_begin() const {
        std::size_t begin = label_;
        while (begin > 0 && is_any(text_.substr(begin - 1, 1), {":", "(", " "})) --begin;
        while (begin > 0) {
            const std::string_view before = std::string_view(text_).substr(0, begin);
            if (ends_with_any(before, {";", "。", "\n", ",", "、", "(", ")", ":", "}"})) break;
            --begin;
        }
        return begin;
    }
    void add(DraftBlank blank) {
        filled_.result += "{" + blank.name + "}";
        filled_.blanks.push_back(std::move(blank));
    }
    void take_gap();
    void take_boxes();

    Folded folded_;
    const std::string& text_;
    std::size_t at_ = 0;
    std::size_t kept_ = 0;                               ///< what is in the result
    std::size_t label_ = 0;                              ///< where the words in front of a place begin
    std::pair<std::size_t, std::size_t> context_{0, 0};  ///< those in front of the last colon
    std::set<std::string> names_;
    std::map<std::string, int> counts_;  ///< of names without the words in front of a colon
    std::set<std::string> doubled_;
    FilledText filled_;
};

void BlankReading::take_gap() {
    const std::size_t end = gap_end(at_);
    DraftBlank blank;
    const std::size_t unit = measure_at(text_, end);
    blank.name = name_of(words(label_, at_));
    blank.type = unit > 0 ? DraftBlank::Type::number : DraftBlank::Type::text;
    blank.unit = text_.substr(end, unit);
    keep(at_);
    add(std::move(blank));
    at_ = kept_ = label_ = end + unit;
}

/// "有□、无□" is one tick; of more than two boxes each is its own.
void BlankReading::take_boxes() {
    const std::string_view all = text_;
    std::vector<std::string> options{words(label_, at_)};
    std::size_t end = at_ + empty_box.size();
    while (true) {
        std::size_t next = end;
        while (next < all.size() && (is_gap(all[next]) || all.substr(next).starts_with("、") || all[next] == '/'))
            (void)take_character(all, next);
        const std::size_t box = all.find(empty_box, next);
        constexpr std::size_t longest_option = 24;
        if (box == std::string_view::npos || box - next > longest_option || box == next ||
            all.substr(next, box - next).find_first_of(";,:\n()") != std::string_view::npos)
            break;
        options.push_back(words(next, box));
        end = box + empty_box.size();
    }
    if (options.size() == 2) {
        const std::string name = name_of(words(name_begin(), label_));
        keep(label_);
        add({name, DraftBlank::Type::tick, {}, options[0], options[1]});
    } else {
        keep(label_);
        for (const std::string& option : options) {
            filled_.result += option;
            add({name_of(option), DraftBlank::Type::tick, {}, {}, {}});
        }
    }
    at_ = kept_ = label_ = end;
}

}  // namespace

FilledText read_blanks_of(std::string_view text) {
    BlankReading names(text);
    (void)names.read({});
    return BlankReading(text).read(names.doubled());
}

bool has_places(std::string_view text) {
    const std::string plain = Folded(text).text;
    return plain.find(empty_box) != std::string::npos || plain.find("  ") != std::string::npos ||
           plain.find("__") != std::string::npos;
}

std::vector<LineField> fields_of_line(std::string_view line) {
    const Folded folded(line);
    const std::string& text = folded.text;
    std::vector<LineField> fields;
    std::vector<std::pair<std::size_t, std::size_t>> labels;  // begin, colon
    for (std::size_t colon = text.find(':'); colon != std::string::npos; colon = text.find(':', colon + 1)) {
        std::size_t begin = colon;
        while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '_' && text[begin - 1] != '\n') --begin;
        if (begin < colon) labels.emplace_back(begin, colon);
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::size_t end = i + 1 < labels.size() ? labels[i + 1].first : text.size();
        fields.push_back({folded.original(labels[i].first, labels[i].second),
                          std::string(trim(folded.original(labels[i].second + 1, end)))});
    }
    return fields;
}

}  // namespace duibiao::authoring
