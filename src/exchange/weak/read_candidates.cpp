#include "exchange/weak/read_candidates.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace duibiao {
namespace {

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
    evidence.edits = static_cast<std::uint32_t>(size_member(json, "edits"));
    evidence.item = text_member(json, "item");
    evidence.text = text_member(json, "text");
    evidence.answer = text_member(json, "answer");
    evidence.words = text_member(json, "words");
    evidence.clause = text_member(json, "clause");
    evidence.is_survey = flag_member(json, "survey");
    evidence.is_tied = flag_member(json, "tied");
    return evidence;
}

Candidate CandidatesReader::unit_in(const Json& json) const {
    Candidate unit;
    unit.name = text_member(json, "name");
    unit.unit = text_member(json, "unit");
    unit.district = text_member(json, "district");
    unit.class_name = text_member(json, "class");
    unit.is_listed = flag_member(json, "listed");
    unit.perhaps = texts_in(list_member(json, "perhaps"));
    unit.other_names = texts_in(list_member(json, "other_names"));
    unit.doubled = texts_in(list_member(json, "doubled"));
    for (const std::string& id : texts_in(list_member(json, "doors"))) {
        if (const auto door = door_of(id)) unit.doors.push_back(*door);
    }
    for (const Json& one : list_member(json, "evidence")) {
        if (auto evidence = evidence_in(one)) unit.evidence.push_back(*std::move(evidence));
    }
    for (const Json& one : list_member(json, "replaced")) {
        if (auto evidence = evidence_in(one))
            unit.replaced.push_back({*std::move(evidence), static_cast<std::uint32_t>(size_member(one, "by_edits"))});
    }
    for (const Json& one : list_member(json, "differences"))
        unit.differences.push_back(
            {text_member(one, "item"), text_member(one, "text"), text_member(one, "unit"), text_member(one, "survey")});
    for (const Json& one : list_member(json, "unanswered")) {
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
    found.received = size_member(json, "received");
    found.counted = size_member(json, "counted");
    found.superseded = size_member(json, "superseded");
    found.doubled = size_member(json, "doubled");
    found.unlisted = size_member(json, "unlisted");
    found.aside = size_member(json, "aside");
    found.rejected = size_member(json, "rejected");
    found.silent = texts_in(list_member(json, "silent"));
    const CandidatesReader reader(doors);
    for (const Json& unit : list_member(json, "units")) found.units.push_back(reader.unit_in(unit));
    return found;
}

}  // namespace duibiao
