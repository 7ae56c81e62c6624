// All reports of a campaign in one: what became of each, and every figure.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "core/campaign/collection.hpp"
#include "core/campaign/expected.hpp"
#include "core/campaign/figures.hpp"

namespace duibiao {

/// What became of a report.
enum class Fate : std::uint8_t {
    counted,     ///< 计入
    superseded,  ///< 被替代: a later revision of the same document is there
    doubled,     ///< 重复: another document of the same unit counts
    foreign      ///< 名册外: of a unit that is not on the list, of another form or another period
};
/// "counted", …
[[nodiscard]] std::string_view to_string(Fate fate);

/// One layer's scores at one place (a criterion, a section, the whole).
struct LayerFigures {
    Figures figures;         ///< of the reports that have this layer's score there
    std::uint64_t full = 0;  ///< full points; a section or the whole: nothing lost
    std::uint64_t zero = 0;
    std::uint64_t incomplete = 0;                 ///< of a section or the whole: not every criterion of it has a score
    std::int64_t lost = 0;                        ///< hundredths below full points, of what is scored
    std::uint64_t changed = 0;                    ///< differ from the layer before, both scored
    std::int64_t change = 0;                      ///< hundredths by which they do, in all
    std::map<std::string, std::uint64_t> levels;  ///< of a criterion with levels: how many have each
};
using ByLayer = PerLayer<LayerFigures>;  ///< as many as layer_count() says of RollUp::form

struct PlaceFigures {
    FormOutline::Part place;
    ByLayer layers;
};

/// Reports that have something in common.
struct GroupFigures {
    std::string by;    ///< "district", "class", "version"
    std::string name;  ///< empty: it has none
    std::uint64_t n = 0;
    ByLayer layers;
    std::vector<ByLayer> sections;  ///< as RollUp::sections
    LayerFigures result;            ///< as RollUp::result
};

/// The lowest or highest total of a layer, and who has it.
struct Extreme {
    std::optional<Points> total;
    std::uint64_t n = 0;          ///< units that have it
    std::set<std::string> units;  ///< the first `most_named` of their names in the order of bytes
};
inline constexpr std::size_t most_named = 5;

struct FindingFigures {
    Severity severity = Severity::notice;
    std::uint64_t units = 0;  ///< reports that have it
    std::uint64_t n = 0;      ///< how often in all
};

struct DutyFigures {
    std::string title;
    std::uint64_t units = 0;    ///< that missed it
    std::uint64_t periods = 0;  ///< in which it was missed, in all
};

inline constexpr std::size_t most_perhaps = 5;

/// A report that does not count, by name.
struct Uncounted {
    Fate fate = Fate::foreign;
    std::string file;
    std::string unit;
    std::string document;
    /// Of a report that is in no list for its unit's name alone: units without a report whose names are like it, in the
    /// list's order. Perhaps it is of one of them: a person decides, and writes the document's id into that unit's row.
    std::vector<std::string> perhaps;
    friend bool operator<(const Uncounted& a, const Uncounted& b) {
        return std::tie(a.fate, a.file, a.unit, a.document) < std::tie(b.fate, b.file, b.unit, b.document);
    }
};

struct RollUp {
    Subject subject;
    FormOutlinePtr form;  ///< of most of the counted reports; null: nothing counted
    std::uint64_t received = 0;
    std::array<std::uint64_t, 4> fates{};  ///< by Fate
    std::vector<RejectedFile> rejected;    ///< by file
    std::vector<Uncounted> uncounted;      ///< by fate, then file
    std::optional<std::uint64_t> expected;
    std::vector<std::string> missing;  ///< units without a counted report, in the list's order
    std::uint64_t late = 0;            ///< counted, handed over after the unit's due date
    std::uint64_t accepted = 0;        ///< counted, with a layer that is accepted
    std::uint64_t returned = 0;        ///< counted, with a layer that is returned
    ByLayer layers;
    std::vector<PlaceFigures> sections;
    std::vector<PlaceFigures> criteria;
    std::vector<GroupFigures> groups;  ///< districts, classes, versions; each by name
    PerLayer<Extreme> lowest;
    PerLayer<Extreme> highest;
    LayerFigures result;  ///< of format 2: what the documents come to by the form, of one scorer or of all
    std::uint64_t veto = 0;
    std::uint64_t with_errors = 0;  ///< counted, with findings of error kind
    std::map<std::string, FindingFigures> findings;
    std::map<std::string, DutyFigures> duties;
    std::map<std::string, std::uint64_t> grades;

    [[nodiscard]] std::uint64_t count(Fate fate) const { return fates[static_cast<std::size_t>(fate)]; }
};

/// What the reports are rolled up for, and what became of each: decided once, before any figure.
///
/// Without a campaign the subject is the form and period of most reports. Of one document the revision with the most
/// edits counts, then the one edited last; of several documents of one unit the one the campaign decided on, else the
/// one edited last: instants may be wrong, numbers of edits are not, and every choice is the same in any order.
struct Sorted {
    Subject subject;
    std::vector<Fate> fates;             ///< as Collection::reports()
    std::vector<std::int32_t> expected;  ///< position in the campaign's list; −1: none
};
[[nodiscard]] Sorted sort_reports(const Collection& collection, const Campaign* campaign,
                                  const std::optional<Subject>& subject = std::nullopt);

[[nodiscard]] RollUp roll_up(const Collection& collection, const Campaign* campaign, const Sorted& sorted);

/// One counted report with its place in the list, null where there is none.
using CountedUse = std::function<void(const ReportDigest&, const ExpectedUnit*)>;
/// Every counted report in the order of the list, then of their units' names and keys.
void for_each_counted(const Collection& collection, const Campaign* campaign, const Sorted& sorted,
                      const CountedUse& use);

}  // namespace duibiao
