// Reading the rows of one table: private to rows.cpp and row_kinds.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/authoring/recognise.hpp"

namespace duibiao::authoring {

/// Rows of one table, from the first to the last.
class RowReading {
public:
    RowReading(const Frame& frame, Draft& draft, std::vector<Unsure>& unsure);
    void read();

private:
    void find_depths();
    [[nodiscard]] bool find_section_points() const;
    void take_lone(std::size_t row, const GivenCell& cell);
    bool take_figures(std::string_view text);
    void take_sum(std::size_t row);
    bool take_remark(std::size_t row);
    void take_heading(std::size_t row, std::string_view text);
    void take_row(std::size_t row);
    void take_item(std::size_t row, bool is_kind);
    bool take_decided(std::size_t row);
    void join_row(std::size_t row);
    [[nodiscard]] std::string whole_text(std::size_t row) const;
    void take_tier(std::size_t row);
    bool take_votes(std::size_t row);
    void enter_levels(std::size_t row);
    [[nodiscard]] int heading_depth(std::size_t row) const;
    void take_row_heading(std::size_t row);
    void open_section(std::size_t row, std::string_view text);
    void open_group(std::size_t row, std::string_view text);
    DraftItem& add_item(std::size_t row);
    void add_texts(std::size_t row, DraftItem& item);
    void say(std::size_t row, std::string_view code, Params params = {}, std::string chosen = {},
             std::vector<std::string> instead = {}) {
        unsure_.push_back(
            {frame_.place(row), std::string(code), std::move(params), std::move(chosen), std::move(instead)});
    }
    [[nodiscard]] std::string text_at(std::size_t row, Role role) const {
        const DraftColumn* column = frame_.find(role);
        return column == nullptr ? std::string() : frame_.at(row, *column).text;
    }
    [[nodiscard]] const GivenCell* sum_cell(std::size_t row) const;
    /// One number over several criteria is the section's.
    [[nodiscard]] bool is_number_of_several(std::size_t row) const {
        const DraftColumn* number = frame_.find(Role::number);
        const DraftColumn* criterion = frame_.find(Role::criterion);
        return number != nullptr && criterion != nullptr &&
               frame_.at(row, *number).rows > frame_.at(row, *criterion).rows;
    }
    /// The criterion belongs to the item above: its cell is the same, or says nothing more.
    [[nodiscard]] bool goes_on(std::size_t row) const;

    const Frame& frame_;
    const GivenTable& table_;
    Draft& draft_;
    std::vector<Unsure>& unsure_;
    std::vector<int> depths_;  ///< of headings across the table, outermost first
    std::vector<std::string> pending_;
    const GivenCell* section_ = nullptr;
    const GivenCell* group_ = nullptr;
    const GivenCell* points_ = nullptr;     ///< of the last item
    const GivenCell* criterion_ = nullptr;  ///< of the last item
    DraftItem* item_ = nullptr;             ///< the last one; not when another section began
    bool has_row_headings_ = false;         ///< rows of the table's own columns are headings of those below
    bool has_section_points_ = false;       ///< the column of points has those of sections
    bool has_wide_section_ = false;
    bool has_wide_group_ = false;
};

}  // namespace duibiao::authoring
