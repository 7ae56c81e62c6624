// How the paper of a scored form of format 2 is put together. For layout_own*.cpp alone.
#pragma once

#include <string>
#include <vector>

#include "core/evaluate/evaluate.hpp"
#include "exchange/layout_own.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {

using ColumnRole = PaperColumn::Role;

/// One row of the paper: an item, or one point of it.
struct OwnRow {
    std::size_t item = 0;   ///< in Instrument::order
    std::size_t shown = 0;  ///< of items for different kinds of unit in one row: the one that applies
    std::size_t block = 0;  ///< the first of these items
    std::size_t tier = 0;
    std::size_t point = 0;
};

class OwnLayout {
public:
    explicit OwnLayout(const Document& document);
    [[nodiscard]] Layout make() const;

private:
    void find_rows();
    [[nodiscard]] bool is_in(const Instrument::Place& place, std::size_t at) const;
    [[nodiscard]] bool are_pairs(const std::vector<std::size_t>& block) const;
    [[nodiscard]] std::size_t applying(const std::vector<std::size_t>& items) const;

    void add_row(std::vector<LayoutRow>& rows, const OwnRow& row) const;
    void add_titles(std::vector<LayoutRow>& rows, std::size_t at) const;
    void add_result(std::vector<LayoutRow>& rows, std::size_t at) const;
    void add_foot(std::vector<LayoutRow>& rows) const;
    void add_remark(std::vector<LayoutRow>& rows, const FootRemark& remark) const;
    /// Where the form's total is no single column's: what it is, and of what.
    void add_joint_total(std::vector<LayoutRow>& rows) const;

    [[nodiscard]] LayoutCell cell(const OwnColumn& column, const OwnRow& row) const;
    [[nodiscard]] LayoutCell section_cell(const OwnColumn& column, const OwnRow& row) const;
    [[nodiscard]] LayoutCell score_cell(const OwnColumn& column, std::size_t item) const;
    [[nodiscard]] LayoutCell note_cell(const OwnColumn& column, std::size_t at) const;
    /// What an item gave or took, in a column of the one or the other.
    [[nodiscard]] Fraction moved(const OwnColumn& column, std::size_t at) const;
    [[nodiscard]] LayoutCell point_cell(const OwnColumn& column, const OwnRow& row) const;
    [[nodiscard]] std::vector<Layer> voting_layers() const;
    [[nodiscard]] std::string ballots_of(const Criterion& own, std::string_view name) const;
    [[nodiscard]] std::string criterion_text(const Criterion& item) const;
    [[nodiscard]] std::string number_text(const OwnRow& row) const;
    [[nodiscard]] LayoutCell tiers_cell(const Criterion& item) const;
    [[nodiscard]] LayoutCell figure(const Fraction& value) const;
    /// What a row's cell shares with the one above it: cells of one column with the same key are one.
    [[nodiscard]] std::size_t key_of(const OwnColumn& column, const OwnRow& row) const;

    [[nodiscard]] LayoutRow across(const std::string& text, bool bold = false) const;
    /// Sums of the sections [first, last) under the columns of points and scores.
    [[nodiscard]] LayoutRow sums(const std::string& name, std::size_t first, std::size_t last, bool is_whole) const;
    [[nodiscard]] LayoutCell sum_under(const OwnColumn& column, std::size_t first, std::size_t last,
                                       bool is_whole) const;

    [[nodiscard]] bool has(ColumnRole role) const {
        return std::any_of(columns_.begin(), columns_.end(),
                           [role](const auto& column) { return column.role == role; });
    }
    [[nodiscard]] const Criterion& item(std::size_t at) const { return form_.criterion(form_.order[at]); }
    [[nodiscard]] Layer layer_of(const OwnColumn& column) const;
    [[nodiscard]] const ScorerResult& result_of(const OwnColumn& column) const {
        return evaluation_.scorers[index_of(layer_of(column))];
    }

    const Document& document_;
    const Instrument& form_;
    const ScoredForm& scored_;
    Language language_;
    Evaluation evaluation_;
    OwnWords words_;
    std::vector<OwnColumn> columns_;
    std::vector<OwnRow> rows_;
};

}  // namespace duibiao
