#include "exchange/weak/found_weak.hpp"

#include <map>
#include <set>
#include <utility>

#include "core/limits.hpp"
#include "core/sha256.hpp"
#include "exchange/weak/read_candidates.hpp"
#include "exchange/weak/shipped_doors.hpp"
#include "exchange/weak/write_candidates.hpp"

namespace duibiao {
namespace {

std::set<std::string> forms_told(const Candidates& found, const Doors& doors) {
    std::set<std::string> forms;
    for (const Candidate& unit : found.units) {
        for (const DoorEvidence& evidence : unit.evidence) forms.insert(evidence.form);
        for (const ReplacedEvidence& one : unit.replaced) forms.insert(one.evidence.form);
    }
    for (const SurveyForm& survey : doors.surveys) {
        forms.insert(survey.form);
        forms.insert(survey.of);
    }
    return forms;
}

/// Of each document the revision with most edits.
std::map<std::string, WeakFile> files_of(const Collection& collection, const Candidates& found, const Doors& doors,
                                         const std::function<std::string(const std::string&)>& kept_under) {
    const std::set<std::string> forms = forms_told(found, doors);
    std::map<std::string, WeakFile> files;
    for (const CollectedReport& report : collection.reports()) {
        const Subject& subject = collection.subjects()[report.subject];
        if (subject.period != found.period || !forms.contains(subject.instrument)) continue;
        const ReportDigest digest = collection.digest(report);
        WeakFile& file = files[digest.document];
        if (!file.document.empty() && file.edits > report.edits) continue;
        file = {subject.instrument, digest.unit, digest.document, kept_under(digest.key), report.edits};
    }
    return files;
}

}  // namespace

Result<Doors> doors_in(std::string_view text) {
    if (text.empty()) return shipped_doors();
    // What its names stand for was proved when it was taken in.
    DoorsReport report = load_doors(text, [](std::string_view) { return nullptr; });
    if (!report.doors) return tl::unexpected<Error>(report.mistakes.front());
    return *std::move(report.doors);
}

Result<Doors> doors_of(const Campaign* campaign) {
    if (campaign == nullptr) return shipped_doors();
    Result<Doors> read = doors_in(campaign->doors_file);
    if (!read) return read;
    Doors& doors = *read;
    if (Done chosen = choose_doors(doors, campaign->doors); !chosen) return tl::unexpected(chosen.error());
    return read;
}

Result<std::string> write_found_weak(const Collection& collection, const Campaign* campaign,
                                     const std::function<std::string(const std::string&)>& kept_under, Date as_of) {
    const Result<Doors> doors = doors_of(campaign);
    if (!doors) return tl::unexpected(doors.error());
    const Candidates found = find_candidates(collection, campaign, *doors, as_of);
    Json files = Json::array();
    for (const auto& [document, file] : files_of(collection, found, *doors, kept_under))
        files.push_back({{"form", file.form},
                         {"unit", file.unit},
                         {"document", document},
                         {"key", file.key},
                         {"edits", file.edits}});
    return R"({"candidates":)" + write_candidates_json({found, *doors, campaign, as_of}) + R"(,"files":)" +
           files.dump(-1, ' ', false, Json::error_handler_t::replace) + R"(,"doors_file":)" +
           Json(campaign == nullptr ? std::string() : campaign->doors_file)
               .dump(-1, ' ', false, Json::error_handler_t::replace) +
           "}";
}

Result<FoundWeak> read_found_weak(std::string_view text) {
    const Result<Json> json = parse_json(text, limits::backup_bytes);
    if (!json) return tl::unexpected(json.error());
    FoundWeak found;
    Result<Doors> doors = doors_in(text_member(*json, "doors_file"));
    if (!doors) return tl::unexpected(doors.error());
    found.doors = *std::move(doors);
    const Json& candidates = member_of(*json, "candidates");
    std::set<std::string> on;
    for (const Json& door : list_member(member_of(candidates, "doors"), "on")) on.insert(text_member(door, "id"));
    for (Door& door : found.doors.doors) door.is_on = on.contains(door.id);
    found.candidates = read_candidates(candidates, found.doors);
    for (const Json& file : list_member(*json, "files"))
        found.files.push_back({text_member(file, "form"), text_member(file, "unit"), text_member(file, "document"),
                               text_member(file, "key"), size_member(file, "edits")});
    return found;
}

}  // namespace duibiao
