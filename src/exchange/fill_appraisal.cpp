#include "exchange/fill_appraisal.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/appraisal.hpp"
#include "core/cell.hpp"
#include "core/limits.hpp"
#include "core/name_key.hpp"
#include "core/number.hpp"
#include "core/plain_text.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "core/value.hpp"
#include "exchange/ballot_table.hpp"

namespace duibiao {
namespace {

using Errors = std::vector<Error>;

// --- Members ------------------------------------------------------------------------------------------------------

/// Where the columns of the table stand, and the two that CSV files have beside them.
struct MemberHead {
    std::vector<std::optional<std::size_t>> columns;  ///< by the form's column
    std::optional<std::size_t> total;
    std::optional<std::size_t> grade;
    std::vector<std::size_t> unnamed;
    std::size_t count = 0;
};

/// Where a name of the head belongs; null where the form has no such column.
std::optional<std::size_t>* place_of(const Instrument& form, MemberHead& head, std::string_view name) {
    if (name == form.appraisal.total_label) return &head.total;
    if (name == form.appraisal.grade_label) return &head.grade;
    const auto column = form.table.find_named_column(name);
    return column ? &head.columns[*column] : nullptr;
}

Result<MemberHead> read_member_head(const Instrument& form, const CsvRow& row) {
    MemberHead head;
    head.count = named_columns(row);
    head.columns.resize(form.table.columns.size());
    for (std::size_t i = 0; i < head.count; ++i) {
        const std::string name = plain_text(row.cells[i]);
        if (name.empty()) head.unnamed.push_back(i);
        if (name.empty() || is_row_number(name)) continue;
        auto* place = place_of(form, head, name);
        if (place == nullptr) return fail("column-unknown", {}, {{"column", name}});
        if (*place) return fail("column-doubled", {}, {{"column", name}});
        *place = i;
    }
    if (head.columns[form.appraisal.name]) return head;
    return fail("column-missing", {}, {{"column", form.table.columns[form.appraisal.name].label}});
}

/// Adds members, and changes the cells given of those who are there.
class MemberFilling {
public:
    MemberFilling(const Document& document, Layer layer, const Author& author)
        : document_(document),
          form_(*document.instrument),
          layer_(layer),
          author_(author),
          members_(document),
          standings_(appraise(document)) {
        for (const Standing& standing : standings_) by_row_.emplace(standing.row, &standing);
    }

    void fill_line(const CsvRow& row, const MemberHead& head) {
        if (is_empty_row(row)) return;
        line_ = row.line;
        if (!fits(row, head)) return;
        const std::string name = plain_name(cell(row, head.columns[form_.appraisal.name]));
        const std::string_view branch =
            form_.appraisal.branch ? cell(row, head.columns[*form_.appraisal.branch]) : std::string_view{};
        const auto known = members_.find(name, branch);
        if (!known) return refuse(known.error().code, known.error().params);
        const Standing* standing = *known == nullptr ? nullptr : by_row_.at((*known)->row);
        if (!is_first(name, branch, standing) || !check_results(row, head, standing)) return;
        write(row, head, name, standing);
    }

    FillResult finish() && {
        if (!errors_.empty()) return tl::unexpected(std::move(errors_));
        Filled filled{document_, static_cast<int>(edits_.size())};
        if (auto done = apply_all(filled.document, std::move(edits_)); !done) {
            return tl::unexpected(Errors{std::move(done.error())});
        }
        return filled;
    }

private:
    static std::string_view cell(const CsvRow& row, std::optional<std::size_t> at) {
        return at && *at < row.cells.size() ? trim(row.cells[*at]) : std::string_view{};
    }

    void refuse(std::string code, Params params) {
        params.insert_or_assign("item", std::string{});  // rows are known by their line
        errors_.push_back({std::move(code), line_place(line_), std::move(params)});
    }

    bool fits(const CsvRow& row, const MemberHead& head) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (is_empty_cell(row.cells[i])) continue;
            const bool unnamed = std::find(head.unnamed.begin(), head.unnamed.end(), i) != head.unnamed.end();
            if (i < head.count && !unnamed && is_utf8(row.cells[i])) continue;
            if (i >= head.count) {
                refuse("csv-columns", {{"count", static_cast<std::int64_t>(row.cells.size())},
                                       {"expected", static_cast<std::int64_t>(head.count)}});
            } else if (unnamed) {
                refuse("column-unnamed", {{"text", shown(trim(row.cells[i]))}});
            } else {
                refuse("text-encoding", {});
            }
            return false;
        }
        if (!looks_empty(cell(row, head.columns[form_.appraisal.name]))) return true;
        refuse("cell-missing", {{"column", form_.table.columns[form_.appraisal.name].label}});
        return false;
    }

    /// Each member has one line.
    bool is_first(const std::string& name, std::string_view branch, const Standing* standing) {
        auto key = standing == nullptr ? std::pair(person_key(name), organisation_key(branch))
                                       : std::pair(std::string(standing->row), std::string{});
        const auto [first, is_new] = lines_.emplace(std::move(key), line_);
        if (is_new) return true;
        refuse("member-doubled", {{"name", shown(name)}, {"first", static_cast<std::int64_t>(first->second)}});
        return false;
    }

    /// What is computed may stand in the table as it is, not otherwise.
    bool check_results(const CsvRow& row, const MemberHead& head, const Standing* standing) {
        const bool graded = standing != nullptr && standing->total;
        const auto refused = [&](std::string_view text, const std::string& expected, const std::string& label) {
            if (text.empty() || text == expected) return false;
            refuse("column-computed", {{"column", label}});
            return true;
        };
        const auto known =
            split_row(standing == nullptr ? std::string_view{} : document_.text(Layer::self, standing->row, "cells"),
                      head.columns.size());
        for (std::size_t i = 0; i < head.columns.size(); ++i) {
            const AnswerField& column = form_.table.columns[i];
            if (column.computed == AnswerField::Computed::none) continue;
            const auto given = read_number(cell(row, head.columns[i]), "分");
            const std::string text = given ? given->to_string() : std::string(cell(row, head.columns[i]));
            if (refused(text, std::string(known[i]), column.label)) return false;
        }
        return !refused(cell(row, head.total), graded ? standing->total->to_string() : std::string{},
                        form_.appraisal.total_label) &&
               !refused(cell(row, head.grade), graded ? standing->grade->title : std::string{},
                        form_.appraisal.grade_label);
    }

    void write(const CsvRow& row, const MemberHead& head, const std::string& name, const Standing* standing) {
        const std::string item =
            standing == nullptr ? next_row_id(document_, author_, added_) : std::string(standing->row);
        const Target target{layer_, item, "cells"};
        const auto before = split_row(document_.text(Layer::self, item, "cells"), head.columns.size());
        std::vector<std::string> cells(before.begin(), before.end());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string_view text = cell(row, head.columns[i]);
            if (text.empty()) continue;
            cells[i] = text;
            std::replace(cells[i].begin(), cells[i].end(), '\t', ' ');
        }
        if (standing == nullptr) cells[form_.appraisal.name] = name;
        if (standing != nullptr) cells[form_.appraisal.name] = standing->name;
        auto edit = make_edit(document_, author_, target, join_row(cells), "fill-" + author_.session, edits_.size());
        if (!edit) return refuse(edit.error().code, edit.error().params);
        if (edit->before == edit->after) return;
        if (standing == nullptr && standings_.size() + ++added_ > limits::rows) {
            return refuse("rows-many", {{"limit", static_cast<std::int64_t>(limits::rows)}});
        }
        edits_.push_back(*std::move(edit));
    }

    const Document& document_;
    const Instrument& form_;
    Layer layer_;
    const Author& author_;
    MemberIndex members_;
    std::vector<Standing> standings_;
    std::map<std::string_view, const Standing*> by_row_;
    std::map<std::pair<std::string, std::string>, std::size_t> lines_;  ///< where a member was met first
    std::vector<Edit> edits_;
    std::size_t added_ = 0;
    std::size_t line_ = 0;
    Errors errors_;
};

std::string member_columns_of(const Table& table) {
    std::string names;
    for (const AnswerField& column : table.columns) names += (names.empty() ? "" : ",") + column.label;
    return names;
}

}  // namespace

FillResult fill_members(const Document& document, Layer layer, std::span<const CsvRow> rows, const Author& author) {
    const auto head = read_member_head(*document.instrument, rows.front());
    if (!head) {
        Error error = head.error();
        error.place = line_place(rows.front().line);
        error.params.emplace("expected", member_columns_of(document.instrument->table));
        return tl::unexpected(Errors{std::move(error)});
    }
    MemberFilling filling(document, layer, author);
    for (const CsvRow& row : rows.subspan(1)) filling.fill_line(row, *head);
    return std::move(filling).finish();
}

// --- Ballots ------------------------------------------------------------------------------------------------------

namespace {

std::vector<std::string> names_without(const std::vector<Standing>& standings,
                                       const std::vector<std::string_view>& rows) {
    const std::set<std::string_view> known(rows.begin(), rows.end());
    std::vector<std::string> names;
    for (const Standing& standing : standings) {
        if (!known.contains(standing.row)) names.emplace_back(standing.name);
    }
    return names;
}

Error with_members(std::string code, std::vector<std::string> members, Params params = {}) {
    params.emplace("count", static_cast<std::int64_t>(members.size()));
    params.emplace("members", std::move(members));
    return {std::move(code), {}, std::move(params)};
}

/// What closing for good in the same breath asks for beyond close_step: raters enough for a mean, a line for everybody,
/// and nothing left out in the steps before (where it is, steps.ID closes them by hand).
std::optional<Error> find_gap(const Document& document, const BallotTable& table) {
    const Appraisal& appraisal = document.instrument->appraisal;
    const auto standings = appraise(document);
    if (static_cast<std::int64_t>(table.box.size()) < appraisal.fewest_raters) {
        return Error{"raters-few",
                     {},
                     {{"count", static_cast<std::int64_t>(table.box.size())}, {"fewest", appraisal.fewest_raters}}};
    }
    if (auto names = names_without(standings, table.rows); !names.empty()) {
        return with_members("members-left-out", std::move(names));
    }
    for (const AppraisalStep& step : appraisal.steps) {
        if (&step == appraisal.ballot_step()) break;
        if (is_closed(document, step.id)) continue;
        std::vector<std::string> names;
        for (const Standing* standing : lacking(appraisal, standings, step)) {
            if (trim(standing->reason).empty()) names.emplace_back(standing->name);
        }
        if (!names.empty()) return with_members("scores-missing", std::move(names), {{"step", step.title}});
    }
    return std::nullopt;
}

/// Closes a step of what is filled.
Done close(Filled& filled, const AppraisalStep& step, const BallotBox* ballots, const Author& author) {
    auto edits = close_step(filled.document, step.id, ballots, author);
    if (!edits) return tl::unexpected<Error>(edits.error());
    filled.changed += static_cast<int>(edits->size());
    filled.closed.push_back(step.title);
    return apply_all(filled.document, *std::move(edits));
}

FillResult fill_ballots(const Document& document, Layer layer, std::span<const CsvRow> rows, const Author& author) {
    const Appraisal& appraisal = document.instrument->appraisal;
    const auto refused = [&rows](Error error) -> FillResult {
        error.place = line_place(rows.front().line);
        return tl::unexpected(Errors{std::move(error)});
    };
    if (layer != Layer::self) return refused({"layer-unknown", {}, {{"layer", std::string(to_string(layer))}}});
    const AppraisalStep* wanted = appraisal.ballot_step();
    if (wanted == nullptr) return refused({"ballots-unasked", {}, {}});
    if (is_closed(document, wanted->id)) return refused({"step-closed", {}, {{"step", wanted->title}}});
    const auto table = read_ballots(document, BallotBox(*document.instrument), rows);
    if (!table) return tl::unexpected(table.error());
    if (auto gap = find_gap(document, *table)) return refused(*std::move(gap));
    Filled filled{document, 0};
    for (const AppraisalStep& step : appraisal.steps) {
        if (!is_closed(filled.document, step.id)) {
            if (auto done = close(filled, step, &table->box, author); !done) return refused(done.error());
        }
        if (&step == wanted) break;
    }
    return filled;
}

}  // namespace

FillResult fill_appraisal(const Document& document, Layer layer, std::span<const CsvRow> rows, const Author& author) {
    const bool of_ballots = is_ballot_head(*document.instrument, rows.front());
    return of_ballots ? fill_ballots(document, layer, rows, author) : fill_members(document, layer, rows, author);
}

FillResult close_steps(Filled filled, std::span<const StepLine> lines, const Author& author) {
    for (const StepLine& line : lines) {
        const AppraisalStep& step = *filled.document.instrument->appraisal.find_step(line.step);
        Done done;
        if (line.closed) {
            done = close(filled, step, nullptr, author);
        } else if (is_closed(filled.document, step.id)) {
            done = fail("step-closed", {}, {{"step", step.title}});
        }
        if (done) continue;
        Error error = done.error();
        error.place = line_place(line.line);
        return tl::unexpected(Errors{std::move(error)});
    }
    return filled;
}

}  // namespace duibiao
