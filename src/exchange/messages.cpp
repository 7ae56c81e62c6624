#include "exchange/messages.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <vector>

#include "exchange/library.hpp"

namespace duibiao {
namespace {

struct Entry {
    std::string_view key;
    std::string_view text;
};
using Table = std::vector<Entry>;

/// The text up to the next zero byte, which scripts/embed_assets.py puts behind each.
std::string_view take_text(std::string_view& texts) {
    const std::string_view text = texts.substr(0, texts.find('\0'));
    texts.remove_prefix(text.size() + 1);
    return text;
}

/// In the order of the keys. What a language has no words for is empty, and left out.
Table load_table(std::string_view folder, Language language) {
    Table table;
    const std::string path(folder);
    std::string_view keys = asset(path + "keys");
    std::string_view texts = asset(path + (language == Language::chinese ? "zh-CN" : "en"));
    while (!keys.empty() && !texts.empty()) {
        const Entry entry{take_text(keys), take_text(texts)};
        if (!entry.text.empty()) table.push_back(entry);
    }
    return table;
}

/// What home says; what it does not, in the page's second part; what only a superior reads, in its third.
constexpr std::array<const char*, 3> folders{"i18n/", "i18n/later/", "i18n/desk/"};

/// Made once, at the first word of it.
template <Language language, std::size_t folder>
const Table& words() {
    static const Table table = load_table(folders[folder], language);
    return table;
}

template <Language language>
const Table& table_of(std::size_t folder) {
    return folder == 0 ? words<language, 0>() : folder == 1 ? words<language, 1>() : words<language, 2>();
}

/// The page's parts follow each other; until one is here there are zeros in its place.
bool is_here(std::size_t folder) {
    static const std::array<std::string_view, folders.size()> keys{asset("i18n/keys"), asset("i18n/later/keys"),
                                                                   asset("i18n/desk/keys")};
    return !keys[folder].empty() && keys[folder].front() != '\0';
}

const std::string_view* find_in(const Table& table, std::string_view key) {
    const auto at =
        std::lower_bound(table.begin(), table.end(), key, [](const Entry& e, std::string_view k) { return e.key < k; });
    return at != table.end() && at->key == key ? &at->text : nullptr;
}

const std::string_view* find_in(Language language, std::string_view key) {
    for (std::size_t folder = 0; folder < folders.size(); ++folder) {
        if (!is_here(folder)) continue;
        const Table& table =
            language == Language::chinese ? table_of<Language::chinese>(folder) : table_of<Language::english>(folder);
        if (const std::string_view* text = find_in(table, key)) return text;
    }
    return nullptr;
}

const std::string_view* find_text(Language language, std::string_view key) {
    const std::string_view* text = find_in(language, key);
    return text == nullptr && language != Language::chinese ? find_in(Language::chinese, key) : text;
}

/// Keys without a text live here, so that label() may hand out views of them.
std::string_view keep(std::string_view key) {
    static std::set<std::string, std::less<>> kept;
    const auto at = kept.find(key);
    return at != kept.end() ? *at : *kept.emplace(key).first;
}

std::string join(Language language, const std::vector<std::string>& words) {
    std::string joined;
    for (const std::string& word : words) {
        if (!joined.empty()) joined += language == Language::chinese ? "、" : ", ";
        joined += word;
    }
    return joined;
}

/// The cells of a row, which have tabs between them: those that say something.
std::string cells_in_words(Language language, std::string_view row) {
    std::vector<std::string> cells;
    while (true) {
        const std::size_t end = std::min(row.find('\t'), row.size());
        if (end > 0) cells.emplace_back(row.substr(0, end));
        if (end == row.size()) break;
        row.remove_prefix(end + 1);
    }
    return join(language, cells);
}

std::string to_words(Language language, const Param& param) {
    if (const auto* text = std::get_if<std::string>(&param))
        return text->find('\t') == std::string::npos ? *text : cells_in_words(language, *text);
    if (const auto* number = std::get_if<std::int64_t>(&param)) return std::to_string(*number);
    return join(language, std::get<std::vector<std::string>>(param));
}

/// Layers travel by their id and are read by their name.
void name_layer(Language language, Params& params, Layer layer) {
    auto& name = params.try_emplace("layer", std::string(to_string(layer))).first->second;
    if (const auto* id = std::get_if<std::string>(&name); id != nullptr && layer_from_string(*id)) {
        name = std::string(label(language, "print.layer." + *id));
    }
}

/// So do a duty's periods, where they have a name of their own.
void name_periods(Language language, Params& params) {
    if (language != Language::chinese) return;
    const auto missing = params.find("missing");
    auto* periods = missing == params.end() ? nullptr : std::get_if<std::vector<std::string>>(&missing->second);
    if (periods == nullptr) return;
    for (std::string& period : *periods) period = period_words(language, period);
}

/// "第 3 行"; of a row that is no longer there only that it is one.
std::string row_words(Language language, const Finding& finding) {
    if (!finding.row) return translate(language, "row.unnumbered");
    return translate(language, "row.number", {{"row", std::int64_t{*finding.row}}});
}

/// The item as people call it: the head has an id, and is no item of the form's.
std::string item_words(Language language, const Finding& finding) {
    if (is_row_id(finding.item)) return row_words(language, finding);
    return finding.item == "header" ? std::string(label(language, "place.header")) : finding.item;
}

/// Takes `name` and the number behind it from the front of `text`.
std::optional<std::string> take_number(std::string_view& text, std::string_view name) {
    if (!text.starts_with(name)) return std::nullopt;
    const std::string_view rest = text.substr(name.size());
    const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    if (digits == 0) return std::nullopt;
    text = rest.substr(digits);
    return std::string(rest.substr(0, digits));
}

/// What is wrong in a cell names its column.
std::string sentence_of(Language language, const Error& error) {
    const std::string sentence(label(language, "error." + error.code));
    const bool names_column = !error.params.contains("column") || sentence.find("{column}") != std::string::npos;
    return names_column ? sentence : std::string(label(language, "cell.in-column")) + sentence;
}

}  // namespace

std::string fill_in(Language language, std::string_view text, const Params& params) {
    std::string filled;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
        filled += text.substr(0, close == std::string_view::npos ? text.size() : open);
        if (close == std::string_view::npos) break;
        const auto param = params.find(std::string(text.substr(open + 1, close - open - 1)));
        if (param != params.end()) filled += to_words(language, param->second);
        text.remove_prefix(close + 1);
    }
    return filled;
}

Language language_of(const Instrument& form) {
    return form.language.empty() || form.language.starts_with("zh") ? Language::chinese : Language::english;
}

std::string period_words(Language language, std::string_view period) {
    constexpr std::size_t year_digits = 4;
    if (period.size() == year_digits) return translate(language, "period.year");
    const std::string part(period.substr(std::min(period.size(), year_digits + 1)));
    if (part.starts_with('Q')) return translate(language, "period.quarter." + part.substr(1));
    if (part.starts_with('H')) return translate(language, "period.half." + part.substr(1));
    if (part.size() != 2) return std::string(period);
    return translate(language, "period.month", {{"month", part.starts_with('0') ? part.substr(1) : part}});
}

std::string period_title(Language language, std::string_view period) {
    constexpr std::size_t year_digits = 4;
    if (period.size() <= year_digits) return translate(language, "period.title.year", {{"year", std::string(period)}});
    return translate(language, "period.title.part",
                     {{"year", std::string(period.substr(0, year_digits))}, {"part", period_words(language, period)}});
}

std::string translate(Language language, std::string_view key, const Params& params) {
    const std::string_view* text = find_text(language, key);
    return text == nullptr ? std::string(key) : fill_in(language, *text, params);
}

std::string translate(Language language, std::string_view key) { return translate(language, key, {}); }

std::string_view label(Language language, std::string_view key) {
    const std::string_view* text = find_text(language, key);
    return text == nullptr ? keep(key) : *text;
}

ErrorText describe_parts(Language language, const Error& error) {
    const std::string_view separator = language == Language::chinese ? "；" : "; ";
    const std::string sentence = sentence_of(language, error);
    const std::size_t at = sentence.find(separator);
    if (at == std::string_view::npos) return {fill_in(language, sentence, error.params), {}};
    return {fill_in(language, sentence.substr(0, at), error.params),
            fill_in(language, sentence.substr(at + separator.size()), error.params)};
}

std::string place_words(Language language, std::string_view place) {
    if (is_row_id(place)) return translate(language, "row.unnumbered");
    std::string_view rest = place;
    const auto line = take_number(rest, "line ");
    if (line && rest.empty()) return translate(language, "place.line", {{"line", *line}});
    if (rest.starts_with("sheet ")) return translate(language, "place.sheet", {{"sheet", std::string(rest.substr(6))}});
    const auto column = line ? take_number(rest, ", column ") : std::nullopt;
    if (!column || !rest.empty()) return std::string(place);
    return translate(language, "place.column", {{"line", *line}, {"column", *column}});
}

std::string describe(Language language, const Error& error) {
    return fill_in(language, sentence_of(language, error), error.params);
}

FindingText describe(Language language, const Finding& finding) {
    Params params = finding.params;
    params.try_emplace("item", item_words(language, finding));
    params.try_emplace("field", finding.field);
    if (finding.row) params.try_emplace("row", std::int64_t{*finding.row});
    name_layer(language, params, finding.layer);
    name_periods(language, params);
    const std::string key = "finding." + finding.code;
    // What is wrong with the whole and what with one of its answers may need different words.
    const bool of_item = !finding.item.empty() && find_text(language, key + ".message_item") != nullptr;
    return {translate(language, key + ".title", params),
            translate(language, key + (of_item ? ".message_item" : ".message"), params),
            translate(language, key + ".remedy", params)};
}

std::string finding_place(Language language, const Finding& finding) {
    if (finding.row || is_row_id(finding.item)) return row_words(language, finding);
    if (const auto number = finding.params.find("number"); number != finding.params.end())
        return to_words(language, number->second);
    if (finding.item == "header") return item_words(language, finding);
    const bool is_position = !finding.item.empty() && finding.item[0] >= '0' && finding.item[0] <= '9';
    return is_position ? finding.item : std::string();
}

}  // namespace duibiao
