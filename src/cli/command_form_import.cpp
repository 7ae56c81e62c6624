// form import: a form made from the file that an office mails.
#include <algorithm>
#include <utility>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/form_outline.hpp"
#include "cli/reports.hpp"
#include "core/authoring/recognise.hpp"
#include "core/limits.hpp"
#include "exchange/given_table/doubts.hpp"
#include "exchange/given_table/like_form.hpp"
#include "exchange/given_table/made_form.hpp"
#include "exchange/given_table/read_given.hpp"
#include "exchange/given_table/write_draft.hpp"

namespace duibiao::cli {
namespace {

using authoring::Place;
using authoring::Recognised;

/// "table 1, row 5", the contract's words.
std::string place_of(const Place& place) {
    if (place.table == 0) return "file";
    std::string words = "table " + std::to_string(place.table);
    if (place.row > 0) words += ", row " + std::to_string(place.row);
    return words;
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
    for (const FormDoubt& doubt : doubts_of(language, found, made)) {
        json["unsure"].push_back({{"place", place_of(doubt.place)},
                                  {"what", doubt.what},
                                  {"chosen", doubt.chosen},
                                  {"instead", doubt.instead}});
    }
    return json;
}

std::string unsure_words(Language language, const Recognised& found, const MadeForm& made) {
    const std::vector<FormDoubt> doubts = doubts_of(language, found, made);
    if (doubts.empty()) return "\n" + std::string(label(language, "form.unsure.none")) + "\n";
    std::string lines =
        "\n" + translate(language, "form.unsure.count", {{"count", static_cast<std::int64_t>(doubts.size())}}) + "\n";
    for (const FormDoubt& doubt : doubts) {
        lines += "  " + printable(doubt_words(language, doubt)) + "\n";
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
