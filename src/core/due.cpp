#include "core/due.hpp"

#include <iterator>
#include <utility>

#include "core/cell.hpp"
#include "core/row_due.hpp"
#include "core/text.hpp"

namespace duibiao {

namespace {

std::optional<Date> last_day(const Document& document, const Criterion& item) {
    if (const auto own = parse_date(document.text(Layer::self, item.id, "due"))) return *own;
    const int year = year_of(document);
    if (!item.due || year == 0) return std::nullopt;
    return day_of_year(year, *item.due);
}

bool is_done(const Document& document, const Criterion& item, std::string_view field) {
    const std::string_view answer = document.text(Layer::self, item.id, field);
    if (!document.instrument->done_field.empty()) return !trim(answer).empty();
    const auto* status = item.find_field(field);
    return status != nullptr && !status->options.empty() && answer == status->options.back();
}

/// The branches or groups that still have to, once some of them did; of few also while none did.
std::string who_lacks(const DutyRow& row, std::size_t cell) {
    constexpr int few = 3;
    const DutyCell& whole = row.cells[cell];
    if (whole.done == 0 && (whole.needed > few || whole.state == DutyState::pending)) return {};
    std::string names;
    for (const DutyPart& part : row.parts) {
        const DutyState state = part.cells[cell].state;
        if (state != DutyState::missing && state != DutyState::pending) continue;
        if (!names.empty()) names += part_separator;
        names += part.name;
    }
    return names;
}

}  // namespace

std::string DueItem::key() const {
    std::string key = item;
    if (is_of_rows()) key += "/" + field;
    if (turn > 0) key += "/" + std::to_string(turn + 1);
    return period.empty() ? key : key + "-" + period;
}

std::vector<DueItem> due_items(const Document& document) {
    const Instrument& form = *document.instrument;
    const std::string field = form.done_field.empty() ? "status" : form.done_field;
    std::vector<DueItem> items;
    for (const Instrument::Place& place : form.order) {
        const Criterion& item = form.criterion(place);
        const auto due = last_day(document, item);
        if (!due) continue;
        DueItem& entry = items.emplace_back();
        entry.item = item.id;
        entry.field = field;
        entry.text = item.text;
        entry.citation = item.citation;
        entry.owner = document.text(Layer::self, item.id, "owner");
        entry.due = *due;
        entry.done = is_done(document, item, field);
        if (const auto day = parse_date(document.text(Layer::self, item.id, field))) entry.done_on = *day;
    }
    return items;
}

std::vector<DueItem> all_due(const Document& document) {
    std::vector<DueItem> items = due_items(document);
    std::vector<DueItem> rows = due_rows(document);
    std::move(rows.begin(), rows.end(), std::back_inserter(items));
    return items;
}

bool has_due_days(const Instrument& form) {
    return form.kind == InstrumentKind::ledger || form.kind == InstrumentKind::tasks ||
           form.kind == InstrumentKind::measures || asks_for_days(form.table);
}

std::vector<DueItem> due_duties(const std::vector<DutyRow>& duties) {
    std::vector<DueItem> items;
    for (const DutyRow& row : duties) {
        for (const DutyCell& cell : row.cells) {
            if (cell.state == DutyState::outside) continue;
            DueItem& entry = items.emplace_back();
            entry.item = row.duty->id;
            entry.text = row.duty->title;
            entry.citation = row.citation();
            entry.period = cell.period;
            entry.due = cell.due;
            entry.done = cell.state == DutyState::met;
            if (!entry.done) entry.owner = who_lacks(row, static_cast<std::size_t>(&cell - row.cells.data()));
        }
    }
    return items;
}

std::int64_t days_between(Date from, Date to) {
    return (std::chrono::sys_days(to) - std::chrono::sys_days(from)).count();
}

}  // namespace duibiao
