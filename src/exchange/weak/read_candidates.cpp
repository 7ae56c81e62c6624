#include "exchange/weak/read_candidates.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace duibiao {
namespace {

const Json& list_in(const Json& object, const char* key) {
    static const Json nothing = Json::array();
    const auto member = object.is_object() ? object.find(key) : object.end();
    return member != object.end() && member->is_array() ? *member : nothing;
}

std::uint64_t count_in(const Json& object, const char* key) {
    const auto member = object.find(key);
    return member != object.end() && member->is_number_unsigned() ? member->get<std::uint64_t>() : 0;
}

bool says_yes(const Json& object, const char* key) {
    const auto member = object.find(key);
    return member != object.end() && member->is_boolean() && member->get<bool>();
}

std::vector<std::string> names_in(const Json& object, const char* key) {
    std::vector<std::string> names;
    for (const Json& name : list_in(object, key)) {
        if (name.is_string()) names.push_back(name.get<std::string>());
    }
    return names;
}

class CandidatesReader {
public:
    explicit CandidatesReader(const Doors& doors) : doors_(doors) {}
    [[nodiscard]] Candidate unit_in(const Json& json) const;

private:
    [[nodiscard]] std::optional<std::size_t> door_of(const std::string& id) const {
        const auto at =
            std::find_if(doors_.doors.begin(), doors_.doors.end(), [&id](const Door& door) { return door.id == id; });
        if (at == doors_.doors.end()) return std::nullopt;
        return static_cast<std::size_t>(at - doors_.doors.begin());
    }
    [[nodiscard]] std::optional<DoorEvidence> evidence_in(const Json& json) const;

    const Doors& doors_;
};

std::optional<DoorEvidence> CandidatesReader::evidence_in(const Json& json) const {
    const auto door = door_of(text_member(json, "door"));
    if (!door) return std::nullopt;
    DoorEvidence evidence;
    evidence.door = *door;
    evidence.form = text_member(json, "form");
    evidence.form_title = text_member(json, "title");
    evidence.document = text_member(json, "document");
    evidence.edits = static_cast<std::uint32_t>(count_in(json, "edits"));
    evidence.item = text_member(json, "item");
    evidence.text = text_member(json, "text");
    evidence.answer = text_member(json, "answer");
    evidence.words = text_member(json, "words");
    evidence.clause = text_member(json, "clause");
    evidence.is_survey = says_yes(json, "survey");
    evidence.is_tied = says_yes(json, "tied");
    return evidence;
}

Candidate CandidatesReader::unit_in(const Json& json) const {
    Candidate unit;
    unit.name = text_member(json, "name");
    unit.unit = text_member(json, "unit");
    unit.district = text_member(json, "district");
    unit.class_name = text_member(json, "class");
    unit.is_listed = says_yes(json, "listed");
    unit.perhaps = names_in(json, "perhaps");
    unit.other_names = names_in(json, "other_names");
    unit.doubled = names_in(json, "doubled");
    for (const std::string& id : names_in(json, "doors")) {
        if (const auto door = door_of(id)) unit.doors.push_back(*door);
    }
    for (const Json& one : list_in(json, "evidence")) {
        if (auto evidence = evidence_in(one)) unit.evidence.push_back(*std::move(evidence));
    }
    for (const Json& one : list_in(json, "replaced")) {
        if (auto evidence = evidence_in(one))
            unit.replaced.push_back({*std::move(evidence), static_cast<std::uint32_t>(count_in(one, "by_edits"))});
    }
    for (const Json& one : list_in(json, "differences"))
        unit.differences.push_back(
            {text_member(one, "item"), text_member(one, "text"), text_member(one, "unit"), text_member(one, "survey")});
    for (const Json& one : list_in(json, "unanswered")) {
        if (const auto door = door_of(text_member(one, "door")))
            unit.unanswered.push_back(
                {*door, text_member(one, "form"), text_member(one, "item"), text_member(one, "text")});
    }
    return unit;
}

}  // namespace

Candidates read_candidates(const Json& json, const Doors& doors) {
    Candidates found;
    found.period = text_member(json, "period");
    found.received = count_in(json, "received");
    found.counted = count_in(json, "counted");
    found.superseded = count_in(json, "superseded");
    found.doubled = count_in(json, "doubled");
    found.unlisted = count_in(json, "unlisted");
    found.aside = count_in(json, "aside");
    found.rejected = count_in(json, "rejected");
    found.silent = names_in(json, "silent");
    const CandidatesReader reader(doors);
    for (const Json& unit : list_in(json, "units")) found.units.push_back(reader.unit_in(unit));
    return found;
}

}  // namespace duibiao
