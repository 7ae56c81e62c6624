#include "exchange/form_mistakes.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/limits.hpp"
#include "core/scored_form/check_form.hpp"
#include "core/text.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

/// Lists of a form whose elements people count.
constexpr std::array<std::string_view, 14> counted{"sections", "groups",  "items",  "rules", "columns",
                                                   "scorers",  "header",  "levels", "tiers", "bands",
                                                   "ceilings", "figures", "parts",  "blanks"};

std::string name_of(const Json& element) {
    constexpr std::array<const char*, 4> names{"text", "title", "label", "name"};
    for (const char* name : names) {
        const std::string text = text_member(element, name);
        if (!text.empty()) return text;
    }
    return {};
}

/// "line 3, column 5", as places in a text are named that is no JSON.
std::optional<std::string> line_place(Language language, std::string_view place) {
    constexpr std::string_view line_word = "line ";
    constexpr std::string_view column_word = ", column ";
    const std::size_t at = place.find(column_word);
    if (!place.starts_with(line_word) || at == std::string_view::npos) return std::nullopt;
    return translate(language, "form.place.line_column",
                     {{"line", std::string(place.substr(line_word.size(), at - line_word.size()))},
                      {"column", std::string(place.substr(at + column_word.size()))}});
}

}  // namespace

std::string form_place(Language language, std::string_view json_text, std::string_view pointer) {
    if (const auto place = line_place(language, pointer)) return *place;
    const auto json = parse_json(json_text, limits::instrument_bytes);
    if (!json || (!pointer.empty() && !pointer.starts_with('/'))) return std::string(pointer);
    std::string words =
        translate(language, "form.place.line", {{"line", static_cast<std::int64_t>(line_of(json_text, pointer))}});
    const Json* value = &*json;
    std::string_view list;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string_view step = pointer.substr(0, std::min(pointer.find('/'), pointer.size()));
        pointer.remove_prefix(step.size());
        if (value->is_array() && !step.empty() && std::all_of(step.begin(), step.end(), is_digit)) {
            const auto at = static_cast<std::size_t>(std::stoul(std::string(step)));
            if (at >= value->size()) break;
            value = &(*value)[at];
            if (std::find(counted.begin(), counted.end(), list) == counted.end()) continue;
            const std::string name = value->is_object() ? name_of(*value) : std::string{};
            words += translate(language, "form.place." + std::string(list), {{"n", static_cast<std::int64_t>(at + 1)}});
            if (!name.empty()) words += translate(language, "form.place.name", {{"name", shown(name, "…")}});
            continue;
        }
        list = step;
        const auto* object = value->get_ptr<const Json::object_t*>();
        const auto found = object == nullptr ? Json::object_t::const_iterator{} : object->find(std::string(step));
        if (object == nullptr || found == object->end()) break;
        value = &found->second;
    }
    return words;
}

}  // namespace duibiao
