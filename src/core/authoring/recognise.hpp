// Recognises a form in the tables of a mailed file. Pure: what it reads are cells and lines, what it gives is a draft
// of the form, with the place of each item and whatever could be read otherwise.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/authoring/decisions.hpp"
#include "core/authoring/draft.hpp"
#include "core/given_table.hpp"

namespace duibiao::authoring {

/// What a recognition is asked for.
struct Request {
    std::string id;         ///< of the form; empty: one is made
    std::size_t table = 0;  ///< number of the table; 0: the one that looks most like a form
    std::string file_name;  ///< without folder and ending, for a form without a title
    Decisions decisions = {};
};

/// The table's frame: lines around, head rows, and the rows that may be items. The parts of recognise() share it.
struct Frame {
    const GivenTable* table = nullptr;
    std::size_t head = 0;  ///< first row of the head
    std::size_t body = 0;  ///< first row behind the head
    std::size_t end = 0;   ///< behind the last row of the body
    bool has_head = false;
    std::vector<std::string> above;
    std::vector<std::string> below;
    std::vector<DraftColumn> columns;
    const Decisions* decisions = nullptr;  ///< null: none

    /// What was decided of a row; null: nothing.
    [[nodiscard]] const std::string* decided_of(std::string_view what, std::size_t row) const {
        return decisions == nullptr ? nullptr : decided(*decisions, what, place(row));
    }
    /// The column of that role; nothing where there is none.
    [[nodiscard]] const DraftColumn* find(Role role) const;
    [[nodiscard]] const GivenCell& at(std::size_t row, const DraftColumn& column) const {
        return table->at(row, column.begin);
    }
    [[nodiscard]] bool is_head_again(std::size_t row) const;
    [[nodiscard]] Place place(std::size_t row) const { return {table->number, table->row(row).number}; }
};

struct Recognised {
    Draft draft;
    std::vector<Place> places;  ///< of the items, in the form's order
    std::vector<Unsure> unsure;
    std::vector<Frame> frames;  ///< of the tables that were read; they look into the file
};

/// Errors: "import-no-table" (no table has two columns and a row), "import-table" {number, count}, "import-nothing" (no
/// row of the table says what is to be scored or listed).
[[nodiscard]] Result<Recognised> recognise(const GivenFile& file, const Request& request);

/// Finds head, notes and roles of the columns.
[[nodiscard]] Frame frame_of(const GivenTable& table, std::vector<Unsure>& unsure);
/// Head, end and roles as the author decided; the decisions have to outlive the frame.
void decide_frame(const Decisions& decisions, Frame& frame);
/// Whether the rows are filled in by whoever gets the table.
[[nodiscard]] bool is_ledger(const Frame& frame);

/// Title, fields of the head, notes, signatures, and what the notes say of grades.
void read_lines(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure);
/// The rows of one table; a form in several tables has several frames.
void read_rows(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure);
/// What is known only when all rows are: points and rules, roles of sections, weights, the step.
void finish_rows(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure);
/// A table of C, B and A: the paper's columns are those of its upper head row.
void join_tier_columns(Frame& frame);
/// Columns of texts get ids; those that nothing is printed of are marked.
void name_columns(std::vector<DraftColumn>& columns);
/// Who scores, by the columns that are filled in.
void name_scorers(Draft& draft);
void read_ledger(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure);

/// A row that adds up: 合计, 总分, 小计, 综合得分.
[[nodiscard]] bool is_sum_text(std::string_view text);
/// 90分以上为优秀，80—89分为良好 …, from the best.
[[nodiscard]] std::vector<DraftBand> read_bands(const std::vector<std::string>& lines);

}  // namespace duibiao::authoring
