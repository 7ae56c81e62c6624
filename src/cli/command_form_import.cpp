// form import: a form made from the file that an office mails.
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/form_outline.hpp"
#include "cli/reports.hpp"
#include "core/authoring/recognise.hpp"
#include "core/limits.hpp"
#include "exchange/given_table/like_form.hpp"
#include "exchange/given_table/made_form.hpp"
#include "exchange/given_table/read_given.hpp"
#include "exchange/given_table/write_draft.hpp"

namespace duibiao::cli {
namespace {

using authoring::Place;
using authoring::Recognised;
using authoring::Unsure;

/// "table 1, row 5", the contract's words.
std::string place_of(const Place& place) {
    if (place.table == 0) return "file";
    std::string words = "table " + std::to_string(place.table);
    if (place.row > 0) words += ", row " + std::to_string(place.row);
    return words;
}

std::string place_words_of(Language language, const Place& place) {
    if (place.table == 0) return std::string(label(language, "form.given.file"));
    const Params params{{"table", static_cast<std::int64_t>(place.table)},
                        {"row", static_cast<std::int64_t>(place.row)}};
    return translate(language, place.row > 0 ? "form.given.row" : "form.given.table", params);
}

/// Something to be looked at, in words.
struct Doubt {
    Place place;
    std::string what;
    std::string chosen;
    std::vector<std::string> instead;
};

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

/// What the form's own rules refused, and printed sums that are off, are to be looked at as well.
std::vector<Doubt> doubts_of(Language language, const Recognised& found, const MadeForm& made) {
    std::vector<Doubt> doubts;
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
            Doubt doubt{source_of(found, error.place), describe(language, error), figure(error, "sum"), {}};
            if (const std::string printed = figure(error, "printed"); !printed.empty())
                doubt.instead.push_back(printed);
            doubts.push_back(std::move(doubt));
        }
    }
    return doubts;
}

OrderedJson changes_json(const std::vector<FormChange>& changes) {
    OrderedJson list = OrderedJson::array();
    for (const FormChange& change : changes) {
        list.push_back({{"change", change.code},
                        {"id", change.item},
                        {"text", change.text},
                        {"was", change.was},
                        {"now", change.now}});
    }
    return list;
}

std::string change_words(Language language, const std::vector<FormChange>& changes) {
    std::string lines =
        "\n" + translate(language, "form.change.count", {{"count", static_cast<std::int64_t>(changes.size())}}) + "\n";
    for (const FormChange& change : changes) {
        const Params params{{"item", change.item}, {"text", change.text}, {"was", change.was}, {"now", change.now}};
        lines += "  " + printable(translate(language, "form.change." + change.code, params)) + "\n";
    }
    return lines;
}

OrderedJson import_json(Language language, const Recognised& found, const MadeForm& made) {
    OrderedJson json = form_outline(*made.report.form);
    OrderedJson& criteria = json["criteria"];
    for (std::size_t i = 0; i < criteria.size() && i < found.places.size(); ++i)
        criteria[i]["place"] = place_of(found.places[i]);
    for (const Doubt& doubt : doubts_of(language, found, made)) {
        json["unsure"].push_back({{"place", place_of(doubt.place)},
                                  {"what", doubt.what},
                                  {"chosen", doubt.chosen},
                                  {"instead", doubt.instead}});
    }
    return json;
}

std::string unsure_words(Language language, const Recognised& found, const MadeForm& made) {
    const std::vector<Doubt> doubts = doubts_of(language, found, made);
    if (doubts.empty()) return "\n" + std::string(label(language, "form.unsure.none")) + "\n";
    std::string lines =
        "\n" + translate(language, "form.unsure.count", {{"count", static_cast<std::int64_t>(doubts.size())}}) + "\n";
    for (const Doubt& doubt : doubts) {
        std::string line =
            place_words_of(language, doubt.place) + translate(language, "form.unsure", {{"what", doubt.what}});
        if (!doubt.chosen.empty()) line += translate(language, "form.unsure.chosen", {{"chosen", doubt.chosen}});
        if (!doubt.instead.empty()) line += translate(language, "form.unsure.instead", {{"instead", doubt.instead}});
        lines += "  " + printable(line) + "\n";
    }
    return lines;
}

/// The name of a file without its folder and its ending.
std::string bare_name(const std::string& path) {
    if (path == standard_stream) return {};
    const std::size_t slash = path.rfind('/');
    std::string name = path.substr(slash == std::string::npos ? 0 : slash + 1);
    if (const std::size_t dot = name.rfind('.'); dot != std::string::npos && dot > 0) name.resize(dot);
    return name;
}

Result<Recognised> read_form(const FormArguments& arguments) {
    auto bytes = read_input(arguments.files.front(), limits::report_bytes);
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    const auto given = read_given(arguments.files.front(), *std::move(bytes));
    if (!given) return tl::unexpected(given.error());
    authoring::Request request;
    request.id = arguments.id;
    if (request.id.empty() && !arguments.output.empty())
        request.id = is_plain_id(bare_name(arguments.output)) ? bare_name(arguments.output) : std::string();
    request.table = arguments.table;
    request.file_name = bare_name(arguments.files.front());
    return authoring::recognise(*given, request);
}

}  // namespace

Exit import_form(Language language, const FormArguments& arguments) {
    const std::string& path = arguments.files.front();
    const auto refuse = [&](const std::string& what, Error error) {
        print_error(language, what, error);
        return Exit::unusable;
    };
    if (arguments.files.size() > 1) return refuse(arguments.files[1], {"argument-unknown", {}, {}});
    if (!arguments.id.empty() && !is_plain_id(arguments.id))
        return refuse("--id", {"import-id", {}, {{"id", printable(arguments.id)}}});
    const auto found = read_form(arguments);
    if (!found) return refuse(path, found.error());
    std::string text = write_draft(found->draft);
    std::vector<FormChange> changes;
    if (!arguments.like.empty()) {
        const auto older = read_input(arguments.like, limits::instrument_bytes);
        if (!older) return refuse(arguments.like, older.error());
        auto like = make_like(text, *older);
        if (!like) return refuse(arguments.like, like.error());
        text = std::move(like->text);
        changes = std::move(like->changes);
    }
    const MadeForm made = make_form(std::move(text));
    if (made.report.form == nullptr) {
        print_mistakes(language, path, made.text, made.report);
        return refuse(path, {"import-nothing", {}, {}});
    }
    if (!arguments.output.empty()) {
        if (const Done done = write_output(arguments.output, made.text); !done)
            return refuse(arguments.output, done.error());
    }
    if (arguments.output == standard_stream) return Exit::done;
    if (arguments.format == "json") {
        OrderedJson json = import_json(language, *found, made);
        if (!arguments.like.empty()) json["changes"] = changes_json(changes);
        return deliver(language, json);
    }
    std::string words = form_outline_words(language, *made.report.form) + unsure_words(language, *found, made);
    if (!arguments.like.empty()) words += change_words(language, changes);
    if (!arguments.output.empty())
        words += translate(language, "cli.form.written", {{"file", printable(arguments.output)}}) + "\n";
    return deliver(language, {}, words);
}

}  // namespace duibiao::cli
