#include "exchange/weak/weak_list.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/rows.hpp"
#include "core/sha256.hpp"
#include "core/text.hpp"
#include "core/weak/check_weak.hpp"
#include "exchange/messages.hpp"

namespace duibiao {
namespace {

/// Between the problems, and the grounds, of one organisation in its cell.
constexpr std::string_view between = "；";
constexpr std::size_t mark_length = 12;

std::string without(std::string text, std::string_view part, std::string_view instead) {
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + instead.size()))
        text.replace(at, part.size(), instead);
    return text;
}

void append_part(std::string& cell, const std::string& part) {
    const std::string own = without(without(part, between, "，"), "\n", " ");
    if (!cell.empty()) cell += between;
    cell += own;
}

std::vector<std::string> parts_of(std::string_view cell) {
    std::vector<std::string> parts;
    while (!cell.empty()) {
        const std::size_t at = std::min(cell.find(between), cell.size());
        if (const auto part = trim(cell.substr(0, at)); !part.empty()) parts.emplace_back(part);
        cell.remove_prefix(std::min(at + between.size(), cell.size()));
    }
    return parts;
}

/// A row being written, by the ids of its columns; those that the form has not are left out.
class RowWriter {
public:
    RowWriter(const Document& document, std::string_view cells) : table_(document.instrument->table) {
        for (const std::string_view cell : split_row(cells, table_.columns.size())) cells_.emplace_back(cell);
    }
    void put(std::string_view column, std::string text) {
        if (const auto at = table_.find_column(column)) cells_[*at] = std::move(text);
    }
    [[nodiscard]] std::string take() const { return join_row(cells_); }

private:
    const Table& table_;
    std::vector<std::string> cells_;
};

Done check_columns(const Document& document, std::initializer_list<std::string_view> needed) {
    std::vector<std::string> missing;
    for (const std::string_view column : needed) {
        if (!document.instrument->table.find_column(column)) missing.emplace_back(column);
    }
    if (missing.empty()) return {};
    return fail("weak-list-form", document.instrument->title, {{"columns", missing}});
}

/// The same evidence, the same mark, whatever revision of a report says it.
std::string mark_of_evidence(const Candidate& unit, const Doors& doors) {
    std::string text;
    for (const DoorEvidence& evidence : unit.evidence) {
        for (const std::string& part :
             {doors.doors[evidence.door].id, evidence.form, evidence.document, evidence.item, evidence.answer})
            text += part + "\n";
    }
    return to_hex(sha256(text)).substr(0, mark_length);
}

bool opens(const Candidate& unit, const DoorEvidence& evidence) {
    return std::find(unit.doors.begin(), unit.doors.end(), evidence.door) != unit.doors.end();
}

class ListUpdating {
public:
    ListUpdating(const Document& list, const Doors& doors, const Author& author)
        : list_(list), doors_(doors), author_(author), language_(language_of(*list.instrument)) {}

    [[nodiscard]] Result<WeakListUpdate> run(const Candidates& found);

private:
    [[nodiscard]] std::string source_of(const DoorEvidence& evidence) const;
    [[nodiscard]] std::string grounds_of(const Candidate& unit) const;
    [[nodiscard]] std::string problems_of(const Candidate& unit) const;
    [[nodiscard]] std::string note_of(const Candidate& unit) const;
    [[nodiscard]] std::string change_of(const Candidate& unit, std::string_view name) const;
    [[nodiscard]] const RowView* row_of(const Candidate& unit) const;
    [[nodiscard]] Done add(const Candidate& unit);
    [[nodiscard]] Done compare(const Candidate& unit, const RowView& row);
    [[nodiscard]] Done write(std::string row, std::string cells);
    [[nodiscard]] std::string words(std::string_view key, const Params& params = {}) const {
        return translate(language_, "weak." + std::string(key), params);
    }

    const Document& list_;
    const Doors& doors_;
    const Author& author_;
    Language language_;
    std::vector<RowView> rows_;
    std::vector<Edit> edits_;
    std::size_t new_rows_ = 0;
    std::string batch_;
    WeakListUpdate update_;
};

/// Who says it: the unit in the form that surveys stand beside, the survey, or else the form by its title.
std::string ListUpdating::source_of(const DoorEvidence& evidence) const {
    if (evidence.is_survey) return words("by.survey");
    const bool is_surveyed = std::any_of(doors_.surveys.begin(), doors_.surveys.end(),
                                         [&](const SurveyForm& survey) { return survey.of == evidence.form; });
    return is_surveyed ? words("by.self") : words("by.form", {{"form", evidence.form_title}});
}

/// Door by door and report by report: "阵地建设不到位：自查1.1.1“否”（R 一(二)1）".
std::string ListUpdating::grounds_of(const Candidate& unit) const {
    std::map<std::tuple<std::size_t, bool, std::string>, std::pair<std::vector<std::string>, std::vector<std::string>>>
        parts;
    const auto add_once = [](std::vector<std::string>& list, std::string text) {
        if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
    };
    for (const DoorEvidence& evidence : unit.evidence) {
        if (!opens(unit, evidence)) continue;
        auto& [answers, clauses] = parts[{evidence.door, evidence.is_survey, source_of(evidence)}];
        add_once(answers, evidence.text.empty()
                              ? evidence.words
                              : words("answer", {{"item", evidence.item}, {"answer", evidence.answer}}));
        add_once(clauses, evidence.clause);
    }
    std::string cell;
    for (const auto& [place, part] : parts)
        append_part(cell, words("ground", {{"door", doors_.doors[std::get<0>(place)].title},
                                           {"source", std::get<2>(place)},
                                           {"answers", part.first},
                                           {"clauses", part.second}}));
    return cell;
}

/// What the unit says and what was found on site may be one problem: it is named once.
std::string ListUpdating::problems_of(const Candidate& unit) const {
    std::string cell;
    std::vector<std::string> seen;
    for (const DoorEvidence& evidence : unit.evidence) {
        if (!opens(unit, evidence) || std::find(seen.begin(), seen.end(), evidence.words) != seen.end()) continue;
        seen.push_back(evidence.words);
        append_part(cell, evidence.words);
    }
    return cell;
}

std::string ListUpdating::note_of(const Candidate& unit) const {
    std::string cell;
    if (!unit.is_listed)
        append_part(
            cell, unit.perhaps.empty() ? words("remark.unlisted") : words("remark.perhaps", {{"units", unit.perhaps}}));
    if (!unit.other_names.empty()) append_part(cell, words("remark.renamed", {{"names", unit.other_names}}));
    if (!unit.doubled.empty())
        append_part(cell, words("remark.doubled", {{"count", static_cast<std::int64_t>(unit.doubled.size())}}));
    if (!unit.differences.empty())
        append_part(cell, words("remark.differences", {{"count", static_cast<std::int64_t>(unit.differences.size())}}));
    return cell;
}

std::string ListUpdating::change_of(const Candidate& unit, std::string_view name) const {
    std::string cell;
    if (organisation_key(name) != organisation_key(unit.name))
        append_part(cell, words("changed.renamed", {{"name", unit.name}}));
    if (unit.is_candidate()) {
        append_part(cell, words("changed.now", {{"grounds", without(grounds_of(unit), between, "，")}}));
    } else if (unit.replaced.empty()) {
        append_part(cell, words("changed.gone"));
    }
    for (const ReplacedEvidence& one : unit.replaced)
        append_part(cell, words("changed.replaced", {{"words", one.evidence.words},
                                                     {"edits", std::int64_t{one.evidence.edits}},
                                                     {"by", std::int64_t{one.by_edits}}}));
    return cell;
}

const RowView* ListUpdating::row_of(const Candidate& unit) const {
    std::vector<std::string> names{unit.name};
    names.insert(names.end(), unit.other_names.begin(), unit.other_names.end());
    for (const std::string& name : names) {
        const auto at = std::find_if(rows_.begin(), rows_.end(), [&](const RowView& row) {
            return organisation_key(NamedCells(list_, row.cells)["name"]) == organisation_key(name);
        });
        if (at != rows_.end()) return &*at;
    }
    return nullptr;
}

Done ListUpdating::write(std::string row, std::string cells) {
    auto edit = make_edit(list_, author_, {Layer::self, std::move(row), "cells"}, Value{std::move(cells)}, batch_,
                          edits_.size());
    if (!edit) return tl::unexpected(edit.error());
    edits_.push_back(*std::move(edit));
    return {};
}

Done ListUpdating::add(const Candidate& unit) {
    RowWriter row(list_, {});
    row.put("district", unit.district);
    row.put("name", unit.name);
    row.put("class", unit.class_name);
    row.put("grounds", grounds_of(unit));
    row.put("problems", problems_of(unit));
    row.put("note", note_of(unit));
    row.put("status", std::string(weak_candidate));
    row.put("evidence", mark_of_evidence(unit, doors_));
    update_.added.push_back(unit.name);
    return write(next_row_id(list_, author_, new_rows_++), row.take());
}

Done ListUpdating::compare(const Candidate& unit, const RowView& row) {
    const NamedCells cells(list_, row.cells);
    const std::string mark = unit.is_candidate() ? mark_of_evidence(unit, doors_) : std::string{};
    if (cells["evidence"] == mark) return {};
    RowWriter writer(list_, row.cells);
    writer.put("evidence", mark);
    writer.put("changed", change_of(unit, cells["name"]));
    update_.changed.emplace_back(cells["name"]);
    return write(std::string(row.id), writer.take());
}

Result<WeakListUpdate> ListUpdating::run(const Candidates& found) {
    if (Done known = check_columns(list_, {"name", "status", "evidence", "changed"}); !known)
        return tl::unexpected(known.error());
    rows_ = rows_of(list_);
    batch_ = next_edit_id(list_, author_);
    std::map<std::string_view, bool> met;  // rows by id
    for (const Candidate& unit : found.units) {
        const RowView* row = row_of(unit);
        if (row == nullptr && !unit.is_candidate()) continue;
        if (row != nullptr) met[row->id] = true;
        if (const Done done = row == nullptr ? add(unit) : compare(unit, *row); !done)
            return tl::unexpected(done.error());
    }
    // Whose evidence is gone altogether: nothing is left to say of the unit.
    for (const RowView& row : rows_) {
        const NamedCells cells(list_, row.cells);
        if (met.contains(row.id) || cells["evidence"].empty()) continue;
        Candidate gone;
        gone.name = gone.unit = std::string(cells["name"]);
        if (const Done done = compare(gone, row); !done) return tl::unexpected(done.error());
    }
    update_.document = list_;
    if (Done applied = apply_all(update_.document, std::move(edits_)); !applied) return tl::unexpected(applied.error());
    return std::move(update_);
}

// ---- The plan ----

/// The list's cell for one of `of` problems: its own part where there are as many, else the whole.
std::string part_for(std::string_view cell, std::size_t at, std::size_t of) {
    const auto parts = parts_of(cell);
    return parts.size() == of ? parts[at] : std::string(cell);
}

std::string limit_of(const Document& list, const NamedCells& row, const Doors& doors) {
    if (!row["limit"].empty()) return std::string(row["limit"]);
    const auto end = period_end(list.period());
    if (!end) return {};
    const Date last = std::chrono::sys_days(*end) - std::chrono::days(1);
    return to_string(Date(last.year(), doors.plan_limit.month(), doors.plan_limit.day()));
}

std::string plan_row(const Document& plan, const NamedCells& row, const std::vector<std::string>& problems,
                     std::size_t at, const std::string& limit) {
    RowWriter writer(plan, {});
    writer.put("problem", problems[at]);
    writer.put("measure", part_for(row["measures"], at, problems.size()));
    writer.put("owner", part_for(row["owner"], at, problems.size()));
    writer.put("limit", limit);
    writer.put("confirmed", std::string(row["decided"]));
    return writer.take();
}

Done put_head(Document& plan, const Author& author, std::string_view field, std::string_view text) {
    if (text.empty() || plan.instrument->find_header(field) == nullptr) return {};
    auto edit = make_edit(plan, author, {Layer::self, "header", std::string(field)}, Value{std::string(text)},
                          std::string(creation_batch));
    if (!edit) return tl::unexpected(edit.error());
    return apply(plan, *std::move(edit));
}

Result<Document> write_plan(const Document& list, const NamedCells& row, const Doors& doors, InstrumentPtr plan_form,
                            std::string id, const Author& author) {
    auto plan = new_document(std::move(plan_form), std::move(id), row["name"], list.period(), author);
    if (!plan) return plan;
    if (Done known = check_columns(*plan, {"problem", "measure", "owner", "limit"}); !known)
        return tl::unexpected(known.error());
    for (const auto& [field, text] : {std::pair<std::string_view, std::string_view>{"office", list.unit()},
                                      {"grounds", row["grounds"]},
                                      {"cause", row["cause"]},
                                      {"leader", row["leader"]},
                                      {"pair", row["pair"]}}) {
        if (const Done put = put_head(*plan, author, field, text); !put) return tl::unexpected(put.error());
    }
    std::vector<std::string> problems = parts_of(row["problems"]);
    if (problems.empty()) problems = parts_of(row["grounds"]);
    if (problems.empty()) return fail("weak-no-problems", {}, {{"unit", std::string(row["name"])}});
    const std::string limit = limit_of(list, row, doors);
    for (std::size_t at = 0; at < problems.size(); ++at) {
        auto edit = make_edit(*plan, author, {Layer::self, next_row_id(*plan, author), "cells"},
                              Value{plan_row(*plan, row, problems, at, limit)}, std::string(creation_batch));
        if (!edit) return tl::unexpected(edit.error());
        if (const Done applied = apply(*plan, *std::move(edit)); !applied) return tl::unexpected(applied.error());
    }
    return plan;
}

}  // namespace

Result<WeakListUpdate> update_weak_list(const Document& list, const Candidates& found, const Doors& doors,
                                        const Author& author) {
    return ListUpdating(list, doors, author).run(found);
}

Result<Document> make_weak_plan(const Document& list, const Doors& doors, std::string_view unit,
                                InstrumentPtr plan_form, std::string id, const Author& author) {
    if (Done known = check_columns(list, {"name", "status", "problems"}); !known) return tl::unexpected(known.error());
    std::vector<std::string> names;
    for (const RowView& view : rows_of(list)) {
        const NamedCells row(list, view.cells);
        names.emplace_back(row["name"]);
        if (organisation_key(row["name"]) != organisation_key(unit)) continue;
        if (row["status"] != weak_confirmed)
            return fail("weak-unconfirmed", {},
                        {{"unit", std::string(row["name"])}, {"status", std::string(row["status"])}});
        return write_plan(list, row, doors, std::move(plan_form), std::move(id), author);
    }
    return fail("weak-unit-unknown", {}, {{"unit", std::string(unit)}, {"known", names}});
}

}  // namespace duibiao
