// form import: a form made from the file that an office mails.
#include <algorithm>
#include <utility>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/form_outline.hpp"
#include "cli/reports.hpp"
#include "core/authoring/recognise.hpp"
#include "core/limits.hpp"
#include "exchange/form_mistakes.hpp"
#include "exchange/given_table/made_form.hpp"
#include "exchange/given_table/read_given.hpp"

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

std::string what_of(Language language, const Unsure& unsure) {
    return translate(language, "form.unsure." + unsure.code, unsure.params);
}

/// What the form's own rules refused, and printed sums that are off, are to be looked at as well.
void add_report(Language language, const MadeForm& made, OrderedJson& unsure) {
    const auto add = [&](const Error& error, std::string chosen, OrderedJson instead) {
        unsure.push_back({{"place", form_place(language, made.text, error.place)},
                          {"what", describe(language, error)},
                          {"chosen", std::move(chosen)},
                          {"instead", std::move(instead)}});
    };
    const auto figure = [](const Error& error, const char* name) {
        const auto found = error.params.find(name);
        const auto* text = found == error.params.end() ? nullptr : std::get_if<std::string>(&found->second);
        return text == nullptr ? std::string() : *text;
    };
    for (const Error& error : made.left_out) add(error, {}, OrderedJson::array());
    for (const Error& error : made.report.warnings) {
        const std::string printed = figure(error, "printed");
        add(error, figure(error, "sum"), printed.empty() ? OrderedJson::array() : OrderedJson::array({printed}));
    }
}

OrderedJson import_json(Language language, const Recognised& found, const MadeForm& made) {
    OrderedJson json = form_outline(*made.report.form);
    OrderedJson& criteria = json["criteria"];
    for (std::size_t i = 0; i < criteria.size() && i < found.places.size(); ++i)
        criteria[i]["place"] = place_of(found.places[i]);
    for (const Unsure& unsure : found.unsure) {
        json["unsure"].push_back({{"place", place_of(unsure.place)},
                                  {"what", what_of(language, unsure)},
                                  {"chosen", unsure.chosen},
                                  {"instead", unsure.instead}});
    }
    add_report(language, made, json["unsure"]);
    return json;
}

std::string unsure_words(Language language, const Recognised& found, const MadeForm& made) {
    std::string lines;
    std::int64_t count = 0;
    for (const Unsure& unsure : found.unsure) {
        std::string line = place_words_of(language, unsure.place) +
                           translate(language, "form.unsure", {{"what", what_of(language, unsure)}});
        if (!unsure.chosen.empty()) line += translate(language, "form.unsure.chosen", {{"chosen", unsure.chosen}});
        if (!unsure.instead.empty()) line += translate(language, "form.unsure.instead", {{"instead", unsure.instead}});
        lines += "  " + printable(line) + "\n";
        ++count;
    }
    for (const auto* list : {&made.left_out, &made.report.warnings}) {
        for (const Error& error : *list) {
            lines += "  " +
                     printable(form_place(language, made.text, error.place) +
                               translate(language, "form.unsure", {{"what", describe(language, error)}})) +
                     "\n";
            ++count;
        }
    }
    if (count == 0) return "\n" + std::string(label(language, "form.unsure.none")) + "\n";
    return "\n" + translate(language, "form.unsure.count", {{"count", count}}) + "\n" + lines;
}

/// The name of a file without its folder and its ending.
std::string bare_name(const std::string& path) {
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
    const MadeForm made = make_form(found->draft);
    if (made.report.form == nullptr) {
        print_mistakes(language, path, made.text, made.report);
        return refuse(path, {"import-nothing", {}, {}});
    }
    if (!arguments.output.empty()) {
        if (const Done done = write_output(arguments.output, made.text); !done)
            return refuse(arguments.output, done.error());
    }
    if (arguments.output == standard_stream) return Exit::done;
    if (arguments.format == "json") return deliver(language, import_json(language, *found, made));
    std::string words = form_outline_words(language, *made.report.form) + unsure_words(language, *found, made);
    if (!arguments.output.empty())
        words += translate(language, "cli.form.written", {{"file", printable(arguments.output)}}) + "\n";
    return deliver(language, {}, words);
}

}  // namespace duibiao::cli
