// What one report says for sums: made once when it arrives, about 1 KB, and all that a roll-up needs of it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/check.hpp"
#include "core/document.hpp"
#include "core/evaluate/fraction.hpp"
#include "core/json.hpp"
#include "core/report.hpp"

namespace duibiao {

/// What a form of format 2 says about its figures, as far as a roll-up needs it.
struct ScoredOutline {
    struct Scorer {
        std::string id;
        std::string label;
        friend bool operator==(const Scorer&, const Scorer&) = default;
    };
    std::vector<Scorer> scorers;     ///< in the form's order: by index_of(Layer)
    bool chained = true;             ///< each reads the one before
    int decimals = 2;                ///< of totals, as they are shown
    bool graded_on_shown = false;    ///< grades are decided on the total as it is shown
    std::vector<std::string> bands;  ///< labels of the grades, best first
    std::vector<Quota> quotas;
    std::vector<std::optional<Points>> caps;  ///< of the sections' points; empty: none has one
    friend bool operator==(const ScoredOutline&, const ScoredOutline&) = default;
};

/// What a roll-up needs of a form, so that a superior who has not got the form itself can still read the figures.
struct FormOutline {
    struct Part {
        std::string id;
        std::string name;  ///< a section's or duty's title; of an item its text, in forms that are not scored
        Points points;
        friend bool operator==(const Part&, const Part&) = default;
    };
    std::string hash;  ///< the form's (Instrument::hash)
    std::string id;
    std::string version;
    std::string title;
    std::string kind;
    std::vector<Part> sections;
    std::vector<Part> items;           ///< in the form's order
    std::vector<std::string> columns;  ///< of a roster: its columns' labels
    std::vector<std::string> masks;    ///< how each column is masked: "", "name", "date", "number", "text"
    std::vector<Part> duties;
    std::optional<ScoredOutline> scored;  ///< of format 2
    friend bool operator==(const FormOutline&, const FormOutline&) = default;
};
using FormOutlinePtr = std::shared_ptr<const FormOutline>;
/// Finds an outline by the form's hash; null when unknown.
using OutlineFinder = std::function<FormOutlinePtr(std::string_view hash)>;

[[nodiscard]] FormOutlinePtr outline_of(const Instrument& instrument);
/// Position of the section that item `item` belongs to: item ids are positions.
[[nodiscard]] std::optional<std::size_t> section_of(const FormOutline& form, std::size_t item);

/// How many layers reports of the form have: its scorers, or the three of format 1; `form` may be null.
[[nodiscard]] std::size_t layer_count(const FormOutline* form);
/// The scorer's id, or "self", "acceptance", "rating".
[[nodiscard]] std::string_view layer_id(const FormOutline* form, std::size_t layer);

/// Does each layer read the one before it?
[[nodiscard]] bool is_chained(const FormOutline& form);

/// What one scorer's scores come to by the arithmetic of a form of format 2: caps, weights, what is not applicable.
/// Figures are rounded half up to the form's decimals, and to hundredths at the finest, as they are shown.
struct ScorerSums {
    std::optional<Points> total;                  ///< with bonus and penalty; none while nothing is scored
    std::vector<std::optional<Points>> sections;  ///< in the order of form->sections; none: nothing scored there
    std::vector<std::size_t> open;                ///< sections in which something is missing
    bool final = false;                           ///< nothing is missing
    std::vector<std::string> levels;              ///< labels in the order of form->items; empty: the form has none
    friend bool operator==(const ScorerSums&, const ScorerSums&) = default;
};

/// What the whole document comes to by the form: of the last scorer, of one, or of all.
struct ReportResult {
    std::optional<Fraction> total;  ///< exact
    bool final = false;
    std::optional<std::size_t> by_points;  ///< band that the total gives
    std::optional<std::size_t> band;       ///< band that stands: facts may lower it
    bool limited = false;                  ///< a fact limits or lowers it
    std::optional<Fraction> graded;        ///< what the grade is decided on, where that is a figure beside the total
    /// Where the total lies between two bands: the better and the worse one.
    std::optional<std::size_t> above_gap;
    std::optional<std::size_t> below_gap;
};

struct ReportDigest {
    std::string key;   ///< SHA-256 (hex) of the file's bytes: the same file is the same report wherever it is met
    std::string file;  ///< the name it was met under; of several the first in the order of bytes
    FormOutlinePtr form;
    std::string document;
    std::string unit;
    std::string subject;  ///< whom the sheet is about, of a form with a sheet a person; else empty
    std::string period;
    std::string code;
    std::string version;  ///< of the form, as the report states it
    std::string at;       ///< instant of the last edit
    std::string handed;   ///< instant at which the unit handed it over last; empty: never
    std::size_t edits = 0;
    PerLayer<std::string> states;                              ///< by layer; empty: draft
    PerLayer<std::vector<std::optional<Points>>> scores;       ///< by layer, in the order of form->items; empty: none
    std::optional<PerLayer<ScorerSums>> sums;                  ///< of format 2: by layer
    ReportResult result;                                       ///< of format 2
    std::vector<std::string> veto;                             ///< conditions that are set
    std::map<std::string, std::pair<Severity, int>> findings;  ///< by code: how many
    std::map<std::string, int> duties;                         ///< by id: periods in which it was missed
    std::map<std::string, int> grades;                         ///< of an appraisal: members by grade
    std::vector<std::string> answers;                          ///< of a checklist: shown, in the order of form->items
    std::vector<std::string> rows;                             ///< of a roster: cells with tabs between them
    bool none = false;                                         ///< a roster reported as having nothing in it

    [[nodiscard]] bool has_errors() const;
    /// Sum over one layer, of format 2 by the form's arithmetic; nothing when it has no score.
    [[nodiscard]] std::optional<Points> total(Layer layer) const;
    [[nodiscard]] std::optional<Points> section_total(Layer layer, std::size_t section) const;
    /// Does anything of the section, or of the whole, lack a score in this layer?
    [[nodiscard]] bool is_open(Layer layer, std::size_t section) const;
    [[nodiscard]] bool is_open(Layer layer) const;
    /// The document's total as it is shown; nothing of format 1, and while there is none.
    [[nodiscard]] std::optional<Points> shown_result() const;
};

/// A file that cannot be used, and why.
struct RejectedFile {
    std::string key;  ///< SHA-256 (hex) of its bytes; of a file that could not be read: of its name
    std::string file;
    Error error;
};

/// The digest of a document without key and file. The rules are asked as of the day of its last edit, or of the
/// period's last day where that is earlier: a digest says the same whenever and wherever it is made.
[[nodiscard]] ReportDigest make_digest(const Document& document, std::string code, std::string version,
                                       FormOutlinePtr form);

/// Keeps the outlines of forms, so that each is made once.
class Outlines {
public:
    [[nodiscard]] FormOutlinePtr of(const InstrumentPtr& instrument);

private:
    std::map<std::string, FormOutlinePtr, std::less<>> known_;  ///< by the form's hash
};

/// Reads a report as far as its digest needs: everything is checked as read_report() does, and what does not fit is an
/// error here, since no sum may rest on it. Errors: those of read_report, and "total-mismatch", "layer-altered",
/// "code-mismatch" with their params and place. Not for several threads at once with one `outlines`.
[[nodiscard]] Result<ReportDigest> digest_report(std::string_view text, const InstrumentFinder& find_instrument,
                                                 Outlines& outlines);

}  // namespace duibiao
