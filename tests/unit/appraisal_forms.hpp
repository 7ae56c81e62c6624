// An appraisal's members, ballots and steps in short.
#pragma once

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/appraisal.hpp"
#include "core/cell.hpp"
#include "core/rows.hpp"
#include "exchange/library.hpp"
#include "small_form.hpp"
#include "small_forms.hpp"

namespace appraisal_forms {

using namespace duibiao;
using small_form::author;
using small_form::day;
using small_form::points;
using small_forms::put;

inline constexpr std::size_t columns = 17;

inline Json definition() {
    return *parse_json(asset("instruments/shaoxing-2017-appraisal.json"), limits::instrument_bytes);
}

inline InstrumentPtr form() {
    static const InstrumentPtr shipped = InstrumentLibrary::on_demand().find("shaoxing-2017-appraisal");
    REQUIRE(shipped != nullptr);
    return shipped;
}

inline Document sheet(const InstrumentPtr& of = form()) {
    auto made = new_document(of, "doc-1", "第一支部", "2026-H1", author());
    REQUIRE(made.has_value());
    return *std::move(made);
}

/// A score of `total` in five dimensions of 20, as cells.
inline std::vector<std::string> spread(int total) {
    std::vector<std::string> cells;
    for (int i = 0; i < 5; ++i) {
        const int here = std::min(20, total);
        cells.push_back(std::to_string(here));
        total -= here;
    }
    return cells;
}

inline std::string member_cells(std::string name, std::string branch, int self) {
    std::vector<std::string> cells{std::move(name), std::move(branch)};
    if (self < 0) return join_row(cells);
    for (std::string& score : spread(self)) cells.push_back(std::move(score));
    return join_row(cells);
}

/// Adds a member who gave himself `self` points (none: -1); the row's id.
inline std::string add_member(Document& document, std::string name, int self = -1, std::string branch = {}) {
    std::string row = next_row_id(document, author());
    put(document, row, "cells", member_cells(std::move(name), std::move(branch), self));
    return row;
}

inline std::vector<std::string> cells_of(const Document& document, std::string_view row) {
    const auto cells = split_row(document.text(Layer::self, row, "cells"), columns);
    return {cells.begin(), cells.end()};
}

/// Changes a member's cells from `first` on.
inline Result<Edit> change(const Document& document, const std::string& row, std::size_t first,
                           const std::vector<std::string>& texts) {
    auto cells = cells_of(document, row);
    for (std::size_t i = 0; i < texts.size(); ++i) cells[first + i] = texts[i];
    return make_edit(document, author(), {Layer::self, row, "cells"}, join_row(cells),
                     "change-" + std::to_string(document.log.size()));
}

inline constexpr std::size_t at_branch_scores = 11;
inline constexpr std::size_t at_reason = 16;

inline void write(Document& document, const std::string& row, std::size_t first,
                  const std::vector<std::string>& texts) {
    auto edit = change(document, row, first, texts);
    REQUIRE(edit.has_value());
    REQUIRE(apply(document, *std::move(edit)).has_value());
}

inline void close(Document& document, std::string_view step, const BallotBox* ballots = nullptr) {
    auto edits = close_step(document, step, ballots, author());
    if (!edits) MESSAGE(edits.error().code);
    REQUIRE(edits.has_value());
    REQUIRE(apply_all(document, *std::move(edits)).has_value());
}

inline std::string refusal(const Document& document, std::string_view step, const BallotBox* ballots = nullptr) {
    const auto edits = close_step(document, step, ballots, author());
    return edits ? "closed" : edits.error().code;
}

/// A box with these scores for one member; negative ones are abstentions.
inline BallotBox box_of(const std::string& row, const std::vector<double>& scores) {
    BallotBox box(*form());
    for (const double score : scores) {
        const auto rater = box.add_rater("评议人" + std::to_string(box.size() + 1));
        REQUIRE(rater.has_value());
        if (score >= 0) REQUIRE(box.set_score(*rater, row, points(score)).has_value());
    }
    return box;
}

inline std::string text(const std::optional<Points>& score) { return score ? score->to_string() : "–"; }

inline const Finding* find(const Findings& findings, std::string_view code) {
    for (const Finding& finding : findings) {
        if (finding.code == code) return &finding;
    }
    return nullptr;
}

}  // namespace appraisal_forms
