// A bureau's own form as CSV: the paper's columns and rows, each cell's text where a program looks for it.
#include <algorithm>

#include "core/report.hpp"
#include "exchange/csv.hpp"
#include "exchange/export.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

using Cells = std::vector<std::string>;

/// The item, then the columns by their names; one below a common heading has both.
Cells own_head(const LayoutTable& table, Language language) {
    Cells cells(table.widths.size() + 1);
    cells.front() = label(language, "csv.item");
    const std::vector<PlacedRow> rows = head_rows(table);
    for (const PlacedRow& row : rows) {
        for (const PlacedCell& placed : row.cells) {
            if (placed.is_below) continue;
            for (std::size_t i = placed.column; i < placed.column + placed.cell.columns; ++i) {
                std::string& name = cells[i + 1];
                name += (name.empty() ? "" : " ") + placed.cell.text();
            }
        }
    }
    return cells;
}

/// "total" and "total.3" of sums, as other forms have them; ids of items as they are.
std::string own_id(const LayoutRow& row) {
    constexpr std::string_view sum = "sum.";
    if (!row.id.starts_with(sum)) return row.id;
    return row.id.ends_with(".all") ? "total" : "total." + row.id.substr(sum.size());
}

/// Names over several rows stand in each of them; figures and answers once.
class OwnRows {
public:
    explicit OwnRows(const LayoutTable& table) : table_(table), last_(table.widths.size()) {}

    Cells cells_of(const LayoutRow& row) {
        Cells cells(table_.widths.size() + 1);
        const std::string id = own_id(row);
        if (!id.empty()) id_ = id;
        const bool is_title = row.cells.size() == 1 && row.cells.front().columns == table_.widths.size();
        cells.front() = is_title ? std::string() : id_;
        std::size_t at = 0;
        for (const LayoutCell& cell : row.cells) {
            using Use = LayoutTable::Use;
            const bool is_name = table_.uses[at] == Use::label || table_.uses[at] == Use::context;
            if (!cell.continues) last_[at] = cell.text();
            if (!cell.continues || is_name) cells[at + 1] = last_[at];
            at += cell.columns;
        }
        return cells;
    }

private:
    const LayoutTable& table_;
    Cells last_;
    std::string id_;
};

}  // namespace

std::string write_own_table(const Document& document) {
    const Instrument& form = *document.instrument;
    const Language language = language_of(form);
    const Layout layout = lay_out_own(document);
    const LayoutTable& table = layout.tables.front();
    std::string out;
    append_csv_row(out, own_head(table, language));
    OwnRows rows(table);
    for (const LayoutRow& row : table.sections.front().groups.front().rows) append_csv_row(out, rows.cells_of(row));
    const auto append = [&](std::string item, std::string name, std::string value) {
        Cells cells{std::move(item), std::move(name), std::move(value)};
        cells.resize(std::max(cells.size(), table.widths.size() + 1));
        append_csv_row(out, cells);
    };
    for (const HeaderField& field : form.header) {
        if (field.type == HeaderField::Type::computed) continue;
        append("header." + field.id, field.label, std::string(document.text(Layer::self, "header", field.id)));
    }
    append("header.period", std::string(label(language, "csv.period")), std::string(document.period()));
    append("code", std::string(label(language, "csv.code")), short_code(document));
    return out;
}

}  // namespace duibiao
