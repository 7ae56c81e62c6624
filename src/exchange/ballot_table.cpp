#include "exchange/ballot_table.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "core/appraisal.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

using Errors = std::vector<Error>;

constexpr std::string_view abstained = "弃权";

struct BallotHead {
    std::optional<std::size_t> name;
    std::optional<std::size_t> branch;
    std::vector<std::size_t> raters;   ///< their columns
    std::vector<std::size_t> unnamed;  ///< under which nothing may stand
    std::size_t count = 0;
};

std::string expected_columns(const Instrument& form) {
    const auto& columns = form.table.columns;
    std::string names = columns[form.appraisal.name].label;
    if (form.appraisal.branch) names += "," + columns[*form.appraisal.branch].label;
    return names + ",…";
}

Result<BallotHead> read_ballot_head(const Instrument& form, const CsvRow& row) {
    BallotHead head;
    head.count = named_columns(row);
    for (std::size_t i = 0; i < head.count; ++i) {
        const std::string name = plain_text(row.cells[i]);
        const auto column = form.table.find_named_column(name);
        if (name.empty()) {
            head.unnamed.push_back(i);
        } else if (column && (*column == form.appraisal.name || column == form.appraisal.branch)) {
            auto& place = *column == form.appraisal.name ? head.name : head.branch;
            if (place) return fail("column-doubled", {}, {{"column", name}});
            place = i;
        } else if (column) {
            return fail("column-unknown", {}, {{"column", name}});
        } else if (!is_row_number(name)) {
            head.raters.push_back(i);
        }
    }
    if (!head.name) return fail("column-missing", {}, {{"column", form.table.columns[form.appraisal.name].label}});
    if (head.raters.empty()) return fail("raters-none");
    return head;
}

/// Reads line by line into a copy of the box.
class Reading {
public:
    Reading(const Document& document, const BallotBox& box)
        : form_(*document.instrument), members_(document), table_{box, {}} {}

    void read_raters(const CsvRow& row, const BallotHead& head) {
        line_ = row.line;
        for (const std::size_t column : head.raters) {
            const auto rater = table_.box.add_rater(row.cells[column]);
            if (!rater) refuse(rater.error().code, rater.error().params);
            raters_.push_back(rater.value_or(0));
        }
    }

    void read_line(const CsvRow& row, const BallotHead& head) {
        if (is_empty_row(row)) return;
        line_ = row.line;
        if (!fits(row, head)) return;
        const auto cell = [&row](std::size_t at) {
            return at < row.cells.size() ? trim(row.cells[at]) : std::string_view{};
        };
        const auto member = find_member(cell(*head.name), head.branch ? cell(*head.branch) : std::string_view{});
        if (!member) return;
        for (std::size_t i = 0; i < head.raters.size(); ++i) {
            const std::string_view text = cell(head.raters[i]);
            if (looks_empty(text) || plain_text(text) == abstained) continue;
            const auto score = read_number(text, "分");
            const Done given = score ? table_.box.set_score(raters_[i], *member, *score) : fail(score.error().code);
            if (!given) refuse_ballot(table_.box.label(raters_[i]), text);
        }
    }

    tl::expected<BallotTable, Errors> finish() && {
        if (!errors_.empty()) return tl::unexpected(std::move(errors_));
        return std::move(table_);
    }

    [[nodiscard]] bool good() const { return errors_.empty(); }

private:
    void refuse(std::string code, Params params) {
        errors_.push_back({std::move(code), line_place(line_), std::move(params)});
    }

    void refuse_ballot(const std::string& rater, std::string_view text) {
        refuse("ballot-refused", {{"rater", rater},
                                  {"text", shown(text)},
                                  {"max", form_.points.to_string()},
                                  {"step", form_.score_step.to_string()}});
    }

    /// No cell too many, and none under an empty head.
    bool fits(const CsvRow& row, const BallotHead& head) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (is_empty_cell(row.cells[i])) continue;
            if (i >= head.count) {
                refuse("csv-columns", {{"count", static_cast<std::int64_t>(row.cells.size())},
                                       {"expected", static_cast<std::int64_t>(head.count)}});
                return false;
            }
            if (std::find(head.unnamed.begin(), head.unnamed.end(), i) == head.unnamed.end()) continue;
            refuse("column-unnamed", {{"text", shown(trim(row.cells[i]))}});
            return false;
        }
        return true;
    }

    /// The id of the member's row.
    std::optional<std::string_view> find_member(std::string_view name, std::string_view branch) {
        if (!is_utf8(name) || !is_utf8(branch)) {
            refuse("text-encoding", {});
            return std::nullopt;
        }
        if (looks_empty(name)) {
            refuse("cell-missing", {{"column", form_.table.columns[form_.appraisal.name].label}});
            return std::nullopt;
        }
        const auto member = members_.find(name, branch);
        if (!member) {
            refuse(member.error().code, member.error().params);
            return std::nullopt;
        }
        if (*member == nullptr) {
            refuse("member-unknown", {{"name", shown(name)}});
            return std::nullopt;
        }
        const auto [first, is_new] = lines_.emplace((*member)->row, line_);
        if (!is_new) {
            refuse("member-doubled", {{"name", shown(name)}, {"first", static_cast<std::int64_t>(first->second)}});
            return std::nullopt;
        }
        table_.rows.push_back((*member)->row);
        return (*member)->row;
    }

    const Instrument& form_;
    MemberIndex members_;
    BallotTable table_;
    std::vector<std::size_t> raters_;                ///< in the box, by the order of the head
    std::map<std::string_view, std::size_t> lines_;  ///< where a member's row was met first
    std::size_t line_ = 0;
    Errors errors_;
};

}  // namespace

tl::expected<BallotTable, Errors> read_ballots(const Document& document, const BallotBox& box,
                                               std::span<const CsvRow> rows) {
    const auto head = read_ballot_head(*document.instrument, rows.front());
    if (!head) {
        Error error = head.error();
        error.place = line_place(rows.front().line);
        error.params.emplace("expected", expected_columns(*document.instrument));
        return tl::unexpected(Errors{std::move(error)});
    }
    Reading reading(document, box);
    reading.read_raters(rows.front(), *head);
    if (reading.good()) {  // else the scores have no rater
        for (const CsvRow& row : rows.subspan(1)) reading.read_line(row, *head);
    }
    return std::move(reading).finish();
}

tl::expected<BallotBox, Errors> add_ballots_from_csv(const Document& document, const BallotBox& box,
                                                     std::string_view csv) {
    const auto rows = parse_csv(csv);
    if (!rows) return tl::unexpected(Errors{rows.error()});
    auto table = read_ballots(document, box, *rows);
    if (!table) return tl::unexpected(std::move(table.error()));
    return std::move(table->box);
}

bool is_ballot_head(const Instrument& form, const CsvRow& head) {
    bool has_name = false;
    bool has_others = false;
    for (const std::string& cell : head.cells) {
        const std::string name = plain_text(cell);
        if (name.empty() || is_row_number(name)) continue;
        const auto column = form.table.find_named_column(name);
        const bool of_member = column && (*column == form.appraisal.name || column == form.appraisal.branch);
        const bool of_form =
            (column && !of_member) || name == form.appraisal.total_label || name == form.appraisal.grade_label;
        if (of_form) return false;
        has_name = has_name || column == form.appraisal.name;
        has_others = has_others || !column;
    }
    return has_name && has_others;
}

}  // namespace duibiao
