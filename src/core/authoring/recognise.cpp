#include "core/authoring/recognise.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/authoring/arrange.hpp"
#include "core/authoring/item_text.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"

namespace duibiao::authoring {
namespace {

// --- Which table --------------------------------------------------------------------------------------------------

bool can_be_form(const GivenTable& table) { return table.columns() >= 2 && table.rows() >= 2; }

std::string head_of(const Frame& frame) {
    std::string head;
    for (const DraftColumn& column : frame.columns) head += column.parent + "/" + column.label + "|";
    return head;
}

/// Tables with the same head are one form, cut in two.
struct Candidate {
    std::vector<Frame> frames;
    std::vector<Unsure> unsure;
    std::size_t items = 0;  ///< rows that may be items
    [[nodiscard]] const GivenTable& table() const { return *frames.front().table; }
};

std::size_t rows_of_text(const Frame& frame) {
    const DraftColumn* criterion = frame.find(Role::criterion);
    std::size_t rows = 0;
    for (std::size_t row = frame.body; row < frame.end; ++row) {
        if (criterion != nullptr && !frame.at(row, *criterion).is_blank()) ++rows;
    }
    return rows;
}

/// A table without a head right behind one with as many columns is the rest of it.
bool is_rest_of(const std::vector<Candidate>& candidates, const Frame& frame) {
    if (candidates.empty() || frame.has_head || !candidates.back().frames.front().has_head) return false;
    const GivenTable& before = *candidates.back().frames.back().table;
    return before.columns() == frame.table->columns() && frame.above.empty() &&
           !is_ledger(candidates.back().frames.front());
}

Frame rest_frame(const Frame& before, const GivenTable& table, const Decisions& decisions) {
    std::vector<Unsure> said;
    Frame frame = frame_of(table, said);
    decide_frame(decisions, frame);
    frame.columns = before.columns;
    return frame;
}

std::vector<Candidate> candidates_of(const GivenFile& file, const Decisions& decisions) {
    std::vector<Candidate> candidates;
    for (const GivenTable& table : file.tables) {
        if (!can_be_form(table)) continue;
        std::vector<Unsure> unsure;
        Frame frame = frame_of(table, unsure);
        decide_frame(decisions, frame);
        const bool goes_on = !candidates.empty() && frame.has_head && candidates.back().frames.front().has_head &&
                             head_of(frame) == head_of(candidates.back().frames.front()) && !is_ledger(frame);
        const bool is_rest = !goes_on && is_rest_of(candidates, frame);
        if (is_rest) {
            frame = rest_frame(candidates.back().frames.back(), table, decisions);
            unsure = {{{table.number, 0}, "joined-table", {}, {}, {}}};
            candidates.back().items += rows_of_text(frame);
            candidates.back().frames.push_back(std::move(frame));
            candidates.back().unsure.insert(candidates.back().unsure.end(), unsure.begin(), unsure.end());
            continue;
        }
        if (!goes_on) candidates.emplace_back();
        Candidate& candidate = candidates.back();
        if (goes_on) {
            // Roles are the first part's: the second may be too short to show them.
            for (std::size_t i = 0; i < frame.columns.size(); ++i)
                frame.columns[i].role = candidate.frames.front().columns[i].role;
        }
        candidate.items += rows_of_text(frame);
        candidate.frames.push_back(std::move(frame));
        candidate.unsure.insert(candidate.unsure.end(), unsure.begin(), unsure.end());
    }
    return candidates;
}

std::string name_of(const Candidate& candidate) {
    Draft draft;
    std::vector<Unsure> unsure;
    read_lines(candidate.frames.front(), draft, unsure);
    const std::string& name = draft.title.empty() ? candidate.table().name : draft.title;
    return std::to_string(candidate.table().number) + (name.empty() ? "" : " " + name);
}

std::size_t table_of(const Request& request) {
    const auto found = request.decisions.find("table");
    const auto number = found == request.decisions.end() ? std::nullopt : count_at(found->second, 0);
    return number && number->value > Points{} ? static_cast<std::size_t>(number->value.hundredths() / 100)
                                              : request.table;
}

Result<std::size_t> choose(const std::vector<Candidate>& candidates, const GivenFile& file, const Request& request,
                           std::vector<Unsure>& unsure) {
    if (candidates.empty()) return fail("import-no-table");
    if (const std::size_t table = table_of(request); table > 0) {
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            for (const Frame& frame : candidates[i].frames) {
                if (frame.table->number == table) return i;
            }
        }
        return fail(
            "import-table", {},
            {{"number", static_cast<std::int64_t>(table)}, {"count", static_cast<std::int64_t>(file.tables.size())}});
    }
    std::size_t best = 0;
    for (std::size_t i = 1; i < candidates.size(); ++i) {
        const bool is_seen = !candidates[i].table().is_hidden || candidates[best].table().is_hidden;
        const bool was_hidden = candidates[best].table().is_hidden && !candidates[i].table().is_hidden;
        if (was_hidden || (is_seen && candidates[i].items > candidates[best].items)) best = i;
    }
    if (candidates.size() > 1) {
        std::vector<std::string> others;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (i != best) others.push_back(name_of(candidates[i]));
        }
        unsure.push_back({{candidates[best].table().number, 0},
                          "other-tables",
                          {{"count", static_cast<std::int64_t>(candidates.size())}},
                          name_of(candidates[best]),
                          others});
    }
    return best;
}

void say_notices(const GivenFile& file, const Candidate& candidate, std::vector<Unsure>& unsure) {
    for (const GivenNotice& notice : file.notices) {
        const bool is_ours = notice.table == 0 ||
                             std::any_of(candidate.frames.begin(), candidate.frames.end(),
                                         [&notice](const Frame& frame) { return frame.table->number == notice.table; });
        if (is_ours) unsure.push_back({{notice.table, notice.row}, notice.code, notice.params, {}, {}});
    }
}

void recognise_scored(Candidate& candidate, Draft& draft, std::vector<Unsure>& unsure) {
    for (Frame& frame : candidate.frames) {
        join_tier_columns(frame);
        const bool has_tiers = frame.find(Role::tier) != nullptr;
        for (DraftColumn& column : frame.columns)
            column.is_off_paper = column.role == Role::tier || (has_tiers && column.role == Role::unknown) ||
                                  column.role == Role::headings;
        name_columns(frame.columns);
        // The names of columns are the first part's.
        for (std::size_t i = 0; i < frame.columns.size(); ++i)
            frame.columns[i].id = candidate.frames.front().columns[i].id;
        read_rows(frame, draft, unsure);
    }
    draft.columns = candidate.frames.front().columns;
    finish_rows(candidate.frames.front(), draft, unsure);
    std::erase_if(draft.columns, [](const DraftColumn& column) { return column.is_off_paper; });
    name_scorers(draft);
}

std::string made_id(const Request& request) {
    std::string id;
    for (const char c : request.file_name) {
        const bool is_plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (is_plain)
            id += c;
        else if (!id.empty() && id.back() != '-' && static_cast<unsigned char>(c) < 0x80)
            id += '-';
    }
    while (!id.empty() && id.back() == '-') id.pop_back();
    constexpr std::size_t longest = 64;
    return id.empty() ? "form" : id.substr(0, longest);
}

}  // namespace

Result<Recognised> recognise(const GivenFile& file, const Request& request) {
    std::vector<Candidate> candidates = candidates_of(file, request.decisions);
    Recognised found;
    const auto chosen = choose(candidates, file, request, found.unsure);
    if (!chosen) return tl::unexpected(chosen.error());
    Candidate& candidate = candidates[*chosen];
    say_notices(file, candidate, found.unsure);
    found.unsure.insert(found.unsure.end(), candidate.unsure.begin(), candidate.unsure.end());
    Draft& draft = found.draft;
    draft.id = request.id.empty() ? made_id(request) : request.id;
    if (const auto id = request.decisions.find("id"); id != request.decisions.end()) draft.id = id->second;
    // Lines above are the first part's, lines below the last's.
    Frame lines = candidate.frames.front();
    if (candidate.frames.size() > 1) {
        for (std::size_t i = 1; i < candidate.frames.size(); ++i)
            lines.below.insert(lines.below.end(), candidate.frames[i].below.begin(), candidate.frames[i].below.end());
    }
    read_lines(lines, draft, found.unsure);
    if (draft.title.empty()) {
        draft.title = lines.table->name.empty() ? request.file_name : lines.table->name;
        if (draft.title.empty()) draft.title = "考评表";
        found.unsure.push_back({{lines.table->number, 0}, "no-title", {}, draft.title, {}});
    }
    if (const auto title = request.decisions.find("title");
        title != request.decisions.end() && !looks_empty(title->second))
        draft.title = title->second;
    draft.is_roster = is_ledger(lines);
    if (draft.is_roster) {
        read_ledger(lines, draft, found.unsure);
    } else {
        recognise_scored(candidate, draft, found.unsure);
        if (draft.sections.empty()) return fail("import-nothing");
        for (const DraftSection& section : draft.sections) {
            for (const DraftGroup& group : section.groups) {
                for (const DraftItem& item : group.items) found.places.push_back(item.place);
            }
        }
    }
    decide_lines(request.decisions, draft);
    found.frames = std::move(candidate.frames);
    return found;
}

}  // namespace duibiao::authoring
