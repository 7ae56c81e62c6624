#include "core/campaign/expected.hpp"

#include <algorithm>

#include "core/cell.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

std::optional<Date> date_in(std::string_view text) {
    const auto date = parse_date(text);
    return date ? std::optional(*date) : std::nullopt;
}

/// Cells by the ids of their columns.
class Cells {
public:
    Cells(const Table& table, std::string_view row) : table_(table), cells_(split_row(row, table.columns.size())) {}
    [[nodiscard]] std::string of(std::string_view column) const {
        const auto at = table_.find_column(column);
        return at ? std::string(trim(cells_[*at])) : std::string{};
    }

private:
    const Table& table_;
    std::vector<std::string_view> cells_;
};

ExpectedUnit read_unit(const Cells& cells) {
    return {cells.of("unit"),     cells.of("district"), cells.of("class"), date_in(cells.of("due")),
            cells.of("document"), cells.of("contact"),  cells.of("email"), cells.of("reminded")};
}

}  // namespace

Result<Campaign> read_campaign(const Document& document) {
    if (document.instrument->id != campaign_form) return fail("campaign-kind");
    Campaign campaign;
    campaign.unit = document.unit();
    campaign.period = document.period();
    campaign.instruments = split_parts(document.text(Layer::self, "header", "forms"));
    campaign.due = date_in(document.text(Layer::self, "header", "due"));
    campaign.doors = split_parts(document.text(Layer::self, "header", "doors"));
    campaign.doors_file = document.text(Layer::self, "header", "doors_file");
    for (const RowView& row : rows_of(document)) {
        ExpectedUnit unit = read_unit(Cells(document.instrument->table, row.cells));
        if (!unit.name.empty()) campaign.expected.push_back(std::move(unit));
    }
    return campaign;
}

}  // namespace duibiao
