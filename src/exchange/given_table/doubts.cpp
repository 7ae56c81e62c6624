#include "exchange/given_table/doubts.hpp"

#include <charconv>
#include <optional>
#include <utility>

namespace duibiao {

namespace {

using authoring::Place;
using authoring::Recognised;
using authoring::Unsure;

std::string place_words_of(Language language, const Place& place) {
    if (place.table == 0) return translate(language, "form.given.file");
    const Params params{{"table", static_cast<std::int64_t>(place.table)},
                        {"row", static_cast<std::int64_t>(place.row)}};
    return translate(language, place.row > 0 ? "form.given.row" : "form.given.table", params);
}

/// The number in a pointer behind a step: 2 of "/sections/2/items/0" for "/sections/".
std::optional<std::size_t> step_behind(std::string_view pointer, std::string_view step) {
    const std::size_t at = pointer.find(step);
    if (at == std::string_view::npos) return std::nullopt;
    std::size_t number = 0;
    const std::string_view rest = pointer.substr(at + step.size());
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

/// Where in the given file a place of the form's file comes from.
Place source_of(const Recognised& found, std::string_view pointer) {
    const Place whole{found.places.empty() ? 1 : found.places.front().table, 0};
    const auto section = step_behind(pointer, "/sections/");
    if (!section) return whole;
    const auto group = step_behind(pointer, "/groups/");
    const auto item = step_behind(pointer, "/items/");
    std::size_t at = 0;
    const auto& sections = found.draft.sections;
    for (std::size_t s = 0; s < sections.size(); ++s) {
        for (std::size_t g = 0; g < sections[s].groups.size(); ++g) {
            const bool is_here = s == *section && (!group || g == *group);
            if (is_here)
                return at + item.value_or(0) < found.places.size() ? found.places[at + item.value_or(0)] : whole;
            at += sections[s].groups[g].items.size();
        }
    }
    return whole;
}

}  // namespace

std::vector<FormDoubt> doubts_of(Language language, const Recognised& found, const MadeForm& made) {
    std::vector<FormDoubt> doubts;
    for (const Unsure& unsure : found.unsure)
        doubts.push_back({unsure.place, translate(language, "form.unsure." + unsure.code, unsure.params), unsure.chosen,
                          unsure.instead});
    const auto figure = [](const Error& error, const char* name) {
        const auto known = error.params.find(name);
        const auto* text = known == error.params.end() ? nullptr : std::get_if<std::string>(&known->second);
        return text == nullptr ? std::string() : *text;
    };
    for (const auto* list : {&made.left_out, &made.report.warnings}) {
        for (const Error& error : *list) {
            FormDoubt doubt{source_of(found, error.place), describe(language, error), figure(error, "sum"), {}};
            if (const std::string printed = figure(error, "printed"); !printed.empty())
                doubt.instead.push_back(printed);
            doubts.push_back(std::move(doubt));
        }
    }
    return doubts;
}

std::string doubt_words(Language language, const FormDoubt& doubt) {
    std::string line =
        place_words_of(language, doubt.place) + translate(language, "form.unsure", {{"what", doubt.what}});
    if (!doubt.chosen.empty()) line += translate(language, "form.unsure.chosen", {{"chosen", doubt.chosen}});
    if (!doubt.instead.empty()) line += translate(language, "form.unsure.instead", {{"instead", doubt.instead}});
    return line;
}

}  // namespace duibiao
