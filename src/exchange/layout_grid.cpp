#include "exchange/layout_grid.hpp"

#include <algorithm>
#include <numeric>

#include "core/text.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

constexpr double landscape_millimetres = 273;
constexpr double portrait_millimetres = 186;
constexpr double least_millimetres = 12;
constexpr std::size_t least_half_characters = 16;  ///< of a field's share of its line
constexpr std::size_t most_half_characters = 90;

PlacedCell name_cell(const std::string& name, std::size_t column, std::size_t columns, std::size_t rows, bool below) {
    PlacedCell placed{text_cell(below ? std::string() : name, LayoutCell::Kind::name), column, true, below};
    placed.cell.columns = columns;
    placed.cell.rows = rows;
    return placed;
}

PlacedRow place(const LayoutRow& row, std::size_t column) {
    PlacedRow placed{{}, row.kind, row.may_break, row.keeps_next, false};
    for (const LayoutCell& cell : row.cells) {
        placed.cells.push_back({cell, column, false, cell.continues});
        column += cell.columns;
    }
    return placed;
}

/// One section's rows; its name, and in it each group's, in the columns that the rows leave free.
class SectionRows {
public:
    SectionRows(const LayoutTable& table, const LayoutSection& section) : table_(table), section_(section) {
        for (const LayoutGroup& group : section.groups) {
            count_ += group.rows.size();
            has_groups_ = has_groups_ || !group.name.empty();
            for (const LayoutRow& row : group.rows) name_columns_ = std::min(name_columns_, start_of(row));
        }
        if (has_groups_) name_columns_ = std::min(name_columns_, std::size_t{1});
    }

    void append(std::vector<PlacedRow>& rows) {
        for (const LayoutGroup& group : section_.groups) {
            for (std::size_t i = 0; i < group.rows.size(); ++i)
                append(rows, group.rows[i], group.name, i, group.rows.size());
        }
    }

private:
    [[nodiscard]] std::size_t start_of(const LayoutRow& row) const { return table_.widths.size() - row.columns(); }

    void append(std::vector<PlacedRow>& rows, const LayoutRow& row, const std::string& group, std::size_t at,
                std::size_t of) {
        PlacedRow placed = place(row, start_of(row));
        if (start_of(row) > name_columns_) {
            const std::size_t columns = start_of(row) - name_columns_;
            placed.cells.insert(placed.cells.begin(), name_cell(group, name_columns_, columns, of, at > 0));
        }
        if (name_columns_ > 0) {
            placed.cells.insert(placed.cells.begin(), name_cell(section_.name, 0, name_columns_, count_, written_ > 0));
        }
        ++written_;
        rows.push_back(std::move(placed));
    }

    const LayoutTable& table_;
    const LayoutSection& section_;
    std::size_t name_columns_ = SIZE_MAX;
    std::size_t count_ = 0;
    std::size_t written_ = 0;
    bool has_groups_ = false;
};

}  // namespace

namespace {

/// The heading over two rows that covers a column of the second.
const PlacedCell* heading_above(const std::vector<PlacedRow>& rows, std::size_t column) {
    if (rows.size() < 2) return nullptr;
    for (const PlacedCell& placed : rows.front().cells) {
        if (placed.column == column && placed.cell.rows > 1) return &placed;
    }
    return nullptr;
}

}  // namespace

std::vector<PlacedRow> head_rows(const LayoutTable& table) {
    std::vector<PlacedRow> rows;
    for (const auto& head : table.head) {
        if (head.empty()) continue;  // nothing is divided
        rows.emplace_back();
        auto next = head.begin();
        for (std::size_t column = 0; column < table.widths.size(); column += rows.back().cells.back().cell.columns) {
            if (const PlacedCell* above = heading_above(rows, column)) {
                const LayoutCell below = heading_cell({}, above->cell.columns, above->cell.rows);
                rows.back().cells.push_back({below, column, false, true});
            } else {
                rows.back().cells.push_back({*next++, column, false, false});
            }
        }
    }
    if (rows.size() > 1) return rows;
    for (PlacedCell& placed : rows.front().cells) placed.cell.rows = 1;
    return rows;
}

std::vector<PlacedRow> body_rows(const LayoutTable& table) {
    std::vector<PlacedRow> rows;
    for (const LayoutSection& section : table.sections) SectionRows(table, section).append(rows);
    for (const LayoutRow& row : table.foot) {
        rows.push_back(place(row, table.widths.size() - row.columns()));
        rows.back().is_foot = true;
    }
    return rows;
}

// --- Widths -------------------------------------------------------------------------------------------------------

double page_width(const Layout& layout) { return layout.portrait ? portrait_millimetres : landscape_millimetres; }

std::vector<double> column_widths(const Layout& layout, const LayoutTable& table) {
    double left = page_width(layout);
    int sharing = 0;
    for (const LayoutWidth& width : table.widths) {
        left -= width.millimetres;
        sharing += width.millimetres == 0 ? 1 : 0;
    }
    const double share = sharing == 0 ? 0 : std::max(least_millimetres, left / sharing);
    const double stretch = sharing == 0 && left > 0 ? page_width(layout) / (page_width(layout) - left) : 1;
    std::vector<double> widths;
    for (const LayoutWidth& width : table.widths)
        widths.push_back(width.millimetres == 0 ? share : width.millimetres * stretch);
    return widths;
}

std::vector<ColumnRange> partition(std::span<const double> widths, std::span<const double> shares) {
    const double width = std::accumulate(widths.begin(), widths.end(), 0.0);
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    const std::size_t parts = std::min(widths.size(), shares.size());
    std::vector<ColumnRange> ranges;
    std::size_t column = 0;
    double reached = 0;
    double wanted = 0;
    for (std::size_t part = 0; part < parts; ++part) {
        wanted += shares[part] / all * width;
        const std::size_t first = column;
        const std::size_t most = widths.size() - (parts - part - 1);  // the parts to come need a column each
        do reached += widths[column++];
        while (column < most && (part + 1 == parts || reached + widths[column] / 2 <= wanted));
        ranges.push_back({first, column - 1});
    }
    return ranges;
}

LineParts line_parts(const Layout& layout, const std::vector<Labelled>& fields, bool ends_right) {
    LineParts parts;
    const auto add = [&parts](std::string text) {
        const std::size_t width = std::clamp(half_characters(text), least_half_characters, most_half_characters);
        parts.shares.push_back(static_cast<double>(width));
        parts.texts.push_back(std::move(text));
    };
    for (const Labelled& field : fields)
        add(field.name + (layout.language == Language::chinese ? "：" : ": ") + field.value);
    parts.ends_right = ends_right;
    return parts;
}

// --- Text ---------------------------------------------------------------------------------------------------------

std::size_t half_characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U) count += byte < 0x80U ? 1 : 2;
    }
    return count;
}

std::string file_text(std::string_view text) {
    const std::string clean = clean_text(text);
    std::string out;
    for (std::size_t i = 0; i < clean.size(); ++i) {
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        const bool is_no_character = clean.compare(i, 2, "\xEF\xBF") == 0 && i + 2 < clean.size() &&
                                     static_cast<unsigned char>(clean[i + 2]) >= 0xBEU;
        if (is_no_character) {
            i += 2;
        } else {
            out += clean[i];
        }
    }
    return out;
}

}  // namespace duibiao
