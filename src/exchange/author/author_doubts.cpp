#include "exchange/author/author_doubts.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "exchange/given_table/doubts.hpp"

namespace duibiao {

namespace {

using authoring::Decisions;
using authoring::Place;
using authoring::Recognised;
using authoring::Unsure;

/// An answer to a doubt: what the row is.
struct Answer {
    std::string_view code;  ///< of the doubt
    std::string_view kind;
};
constexpr std::array<Answer, 12> answers{{{"role", "item"},
                                          {"role", "bonus"},
                                          {"role", "penalty"},
                                          {"joined", "item"},
                                          {"row-without-text", "item"},
                                          {"row-left-out", "item"},
                                          {"row-left-out", "note"},
                                          {"example", "item"},
                                          {"no-points", "section"},
                                          {"no-points", "note"},
                                          {"shared", "item"},
                                          {"parts", "item"}}};

/// Doubts about points end when the author gives them.
bool is_answered(const Unsure& unsure, const Decisions& decisions) {
    constexpr std::array<std::string_view, 4> about_points{"points", "no-points", "levels", "role"};
    const bool is_about =
        std::find(about_points.begin(), about_points.end(), std::string_view(unsure.code)) != about_points.end();
    return is_about && authoring::decided(decisions, "points", unsure.place) != nullptr;
}

Json options_of(Language language, const Unsure& unsure) {
    Json options = Json::array();
    if (unsure.code == "other-tables") {
        for (const std::string& other : unsure.instead) {
            const std::string number = other.substr(0, other.find(' '));
            options.push_back({{"label", translate(language, "ui.author.take-table", {{"table", other}})},
                               {"key", "table"},
                               {"value", number}});
        }
    }
    for (const Answer& answer : answers) {
        if (answer.code != unsure.code || answer.kind == unsure.chosen || unsure.place.row == 0) continue;
        options.push_back({{"label", translate(language, "ui.author.as." + std::string(answer.kind))},
                           {"key", authoring::key_of("kind", unsure.place)},
                           {"value", std::string(answer.kind)}});
    }
    return options;
}

Json doubt_json(const Place& place, const std::string& code, const FormDoubt& doubt, const Decisions& decisions,
                std::map<std::string, int>& seen) {
    std::string key = authoring::key_of("accept/" + code, place);
    const int again = ++seen[key];
    if (again > 1) key += "/" + std::to_string(again);
    return {{"key", key},
            {"t", place.table},
            {"r", place.row},
            {"what", doubt.what},
            {"chosen", doubt.chosen},
            {"instead", doubt.instead},
            {"accepted", decisions.contains(key)},
            {"options", Json::array()}};
}

}  // namespace

Json author_doubts(Language language, const Recognised& found, const MadeForm& made, const Decisions& decisions) {
    Json list = Json::array();
    std::map<std::string, int> seen;
    const std::vector<FormDoubt> doubts = doubts_of(language, found, made);
    for (std::size_t i = 0; i < found.unsure.size() && i < doubts.size(); ++i) {
        const Unsure& unsure = found.unsure[i];
        if (is_answered(unsure, decisions) || (unsure.code == "no-title" && decisions.contains("title"))) continue;
        Json one = doubt_json(unsure.place, unsure.code, doubts[i], decisions, seen);
        const bool has_words = unsure.code == "role" || unsure.code == "scaled";
        if (has_words) one["chosen"] = translate(language, "ui.author.as." + unsure.chosen);
        if (has_words || unsure.code == "other-tables") one["instead"] = Json::array();
        one["options"] = options_of(language, unsure);
        list.push_back(std::move(one));
    }
    for (std::size_t i = found.unsure.size(); i < found.unsure.size() + made.left_out.size(); ++i)
        list.push_back(doubt_json(doubts[i].place, "left-out", doubts[i], decisions, seen));
    for (std::size_t i = 0; i < made.report.warnings.size(); ++i) {
        if (made.report.warnings[i].params.contains("printed")) continue;
        list.push_back(doubt_json(doubts[found.unsure.size() + made.left_out.size() + i].place, "warning",
                                  doubts[found.unsure.size() + made.left_out.size() + i], decisions, seen));
    }
    return list;
}

Json author_sums(Language language, const Recognised& found, const MadeForm& made) {
    Json list = Json::array();
    const std::vector<FormDoubt> doubts = doubts_of(language, found, made);
    const std::size_t first = found.unsure.size() + made.left_out.size();
    for (std::size_t i = 0; i < made.report.warnings.size() && first + i < doubts.size(); ++i) {
        if (!made.report.warnings[i].params.contains("printed")) continue;
        const FormDoubt& doubt = doubts[first + i];
        list.push_back({{"t", doubt.place.table}, {"r", doubt.place.row}, {"words", doubt.what}});
    }
    return list;
}

}  // namespace duibiao
