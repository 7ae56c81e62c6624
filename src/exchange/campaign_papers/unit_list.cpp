// The table of units as it stands on the screen: filtered, ordered, grouped.
#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/name_key.hpp"
#include "core/sort.hpp"
#include "exchange/campaign_papers/paper_facts.hpp"

namespace duibiao {
namespace {

using papers::PaperPart;
using papers::PaperSentences;

constexpr std::array<std::string_view, 5> unit_states{"missing", "returned", "pending", "accepted", "late"};
constexpr std::array<std::string_view, 2> unit_groups{"district", "class"};

/// A unit of the list, or one of a report that is in no list.
struct ListedUnit {
    std::string name;
    std::string district = {};
    std::string class_name = {};
    std::string contact = {};
    std::optional<Date> due = {};
    std::string state = "missing";
    bool is_late = false;
    std::string handed = {};
    std::string grade = {};
    std::vector<std::optional<Points>> totals = {};  ///< by the layers shown
    std::optional<Points> difference = {};           ///< the last later layer that it has, less the first
    std::optional<std::uint64_t> errors = {};
    std::optional<std::uint64_t> warnings = {};
};

ListedUnit listed_unit(const CampaignSource& source, const ExpectedUnit& unit) {
    return {unit.name, unit.district, unit.class_name, unit.contact,
            unit.due ? unit.due : papers::campaign_due(source)};
}

std::uint64_t count_findings(const ReportDigest& digest, Severity severity) {
    std::uint64_t count = 0;
    for (const auto& [code, found] : digest.findings) {
        if (found.first == severity) count += static_cast<std::uint64_t>(found.second);
    }
    return count;
}

void take_report(ListedUnit& unit, const ReportDigest& digest, const std::vector<Layer>& layers) {
    constexpr std::size_t day_length = 10;
    unit.state = papers::state_of(digest);
    unit.is_late = papers::is_late(digest, unit.due);
    unit.handed = digest.handed.substr(0, day_length);
    unit.grade = papers::grade_of(digest);
    for (const Layer layer : layers) unit.totals.push_back(digest.total(layer));
    std::optional<Points> last;
    for (std::size_t i = 1; i < unit.totals.size(); ++i) last = unit.totals[i] ? unit.totals[i] : last;
    if (last && unit.totals.front()) unit.difference = *last - *unit.totals.front();
    unit.errors = count_findings(digest, Severity::error);
    unit.warnings = count_findings(digest, Severity::warning);
}

/// The list's units in its order, then reports of units that are in no list.
std::vector<ListedUnit> listed_units(const CampaignSource& source, const std::vector<Layer>& layers) {
    std::vector<ListedUnit> units;
    const ExpectedUnit* first = nullptr;
    if (source.campaign != nullptr && !source.campaign->expected.empty()) {
        first = source.campaign->expected.data();
        for (const ExpectedUnit& unit : source.campaign->expected) units.push_back(listed_unit(source, unit));
    }
    for_each_counted(
        source.collection, source.campaign, source.sorted, [&](const ReportDigest& digest, const ExpectedUnit* unit) {
            if (unit == nullptr) {
                units.push_back({digest.unit});
                units.back().due = papers::campaign_due(source);
            }
            take_report(unit == nullptr ? units.back() : units[static_cast<std::size_t>(unit - first)], digest, layers);
        });
    for (ListedUnit& unit : units) unit.totals.resize(layers.size());
    return units;
}

bool admits(const UnitFilter& filter, const ListedUnit& unit) {
    const auto is_same = [](const std::string& wanted, const std::string& own) {
        return wanted.empty() || organisation_key(wanted) == organisation_key(own);
    };
    const auto holds = [key = organisation_key(filter.text)](const std::string& text) {
        return organisation_key(text).find(key) != std::string::npos;
    };
    const bool has_state = filter.state.empty() || (filter.state == "late" ? unit.is_late : unit.state == filter.state);
    const bool has_text = filter.text.empty() || holds(unit.name) || holds(unit.district) || holds(unit.class_name) ||
                          holds(unit.contact);
    return has_state && has_text && is_same(filter.district, unit.district) &&
           is_same(filter.class_name, unit.class_name);
}

/// What a column compares: numbers where it has them, else texts. Nothing: the cell is empty.
struct SortValue {
    std::optional<std::int64_t> number;
    std::string text;
    [[nodiscard]] bool is_empty() const { return !number && text.empty(); }
};

std::int64_t place_of_state(const ListedUnit& unit) {
    return std::find(unit_states.begin(), unit_states.end(), unit.state) - unit_states.begin();
}

/// Columns of the table, and what stands in them.
class UnitColumns {
public:
    UnitColumns(const RollUp& all, const PaperSentences& words)
        : layers_(papers::scored_layers(all)), ids_(unit_columns(all)), words_(words) {}

    [[nodiscard]] const std::vector<Layer>& layers() const { return layers_; }
    [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
    [[nodiscard]] std::string head(std::string_view column) const {
        const auto layer = layer_from_string(column);
        return layer ? words_.layer(*layer) : words_("head." + std::string(column));
    }
    [[nodiscard]] CampaignCell cell(const ListedUnit& unit, std::string_view column) const;
    [[nodiscard]] SortValue value(const ListedUnit& unit, std::string_view column) const;

private:
    std::vector<Layer> layers_;
    std::vector<std::string> ids_;
    const PaperSentences& words_;
};

CampaignCell UnitColumns::cell(const ListedUnit& unit, std::string_view column) const {
    const auto count = [](const std::optional<std::uint64_t>& n) {
        return n ? papers::counted_cell(*n) : CampaignCell{};
    };
    if (column == "state")
        return {words_("state." + unit.state) + (unit.is_late ? words_("state.and_late") : std::string{})};
    if (column == "unit") return {unit.name};
    if (column == "district") return {unit.district};
    if (column == "class") return {unit.class_name};
    if (column == "difference") return papers::points_cell(unit.difference);
    if (column == "grade") return {unit.grade};
    if (column == "errors") return count(unit.errors);
    if (column == "warnings") return count(unit.warnings);
    if (column == "handed") return {unit.handed};
    if (column == "due") return {unit.due ? to_string(*unit.due) : std::string{}};
    if (column == "contact") return {unit.contact};
    for (std::size_t i = 0; i < layers_.size(); ++i) {
        if (column == to_string(layers_[i])) return papers::points_cell(unit.totals[i]);
    }
    return {};
}

SortValue UnitColumns::value(const ListedUnit& unit, std::string_view column) const {
    if (column == "state") return {place_of_state(unit), {}};
    const CampaignCell shown = cell(unit, column);
    if (!shown.is_number) return {std::nullopt, shown.text};
    const auto points = Points::parse(shown.text);
    return {points ? points->hundredths() : 0, {}};
}

/// Those that a screen lists, in its order.
std::vector<ListedUnit> arrange_as(std::vector<ListedUnit> units, const std::vector<std::string>& names) {
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < names.size(); ++i) places.emplace(names[i], i);
    std::erase_if(units, [&](const ListedUnit& unit) { return !places.contains(unit.name); });
    sort_stably(units, [&](const ListedUnit& a, const ListedUnit& b) { return places.at(a.name) < places.at(b.name); });
    return units;
}

/// The units to be shown, in their order.
std::vector<ListedUnit> arrange(std::vector<ListedUnit> units, const UnitFilter& filter, const UnitOrder& order,
                                const UnitColumns& columns) {
    std::erase_if(units, [&](const ListedUnit& unit) { return !admits(filter, unit); });
    const auto sort_by = [&](std::string_view column, bool is_descending) {
        std::vector<std::pair<SortValue, ListedUnit>> keyed;
        keyed.reserve(units.size());
        for (ListedUnit& unit : units) {
            SortValue value = columns.value(unit, column);
            keyed.emplace_back(std::move(value), std::move(unit));
        }
        sort_stably(keyed, [is_descending](const auto& a, const auto& b) {
            if (a.first.is_empty() || b.first.is_empty()) return !a.first.is_empty() && b.first.is_empty();
            const auto& [low, high] = is_descending ? std::pair(&b.first, &a.first) : std::pair(&a.first, &b.first);
            return std::tie(low->number, low->text) < std::tie(high->number, high->text);
        });
        for (std::size_t i = 0; i < units.size(); ++i) units[i] = std::move(keyed[i].second);
    };
    if (order.column.empty()) {
        sort_stably(units, [](const ListedUnit& a, const ListedUnit& b) {
            return a.state == "missing" && b.state != "missing";
        });
    } else {
        sort_by(order.column, order.is_descending);
    }
    if (!order.group.empty()) sort_by(order.group, false);
    return units;
}

/// Three rows below a group, or below all: how many have a total, mean and median of each layer.
void append_subtotals(CampaignTable& table, const std::string& name, const std::vector<const ListedUnit*>& units,
                      const UnitColumns& columns, const PaperSentences& words) {
    const auto missing =
        std::count_if(units.begin(), units.end(), [](const ListedUnit* unit) { return unit->state == "missing"; });
    std::vector<Figures> figures(columns.layers().size());
    for (const ListedUnit* unit : units) {
        for (std::size_t i = 0; i < figures.size(); ++i) {
            if (unit->totals[i]) figures[i].add(*unit->totals[i]);
        }
    }
    for (const std::string_view figure : {"n", "mean", "median"}) {
        std::vector<CampaignCell> row(columns.ids().size());
        row[1].text =
            words("units.subtotal." + std::string(figure),
                  {{"group", name}, {"units", std::to_string(units.size())}, {"missing", std::to_string(missing)}});
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const auto at = std::find(columns.ids().begin(), columns.ids().end(), to_string(columns.layers()[i]));
            CampaignCell& cell = row[static_cast<std::size_t>(at - columns.ids().begin())];
            const std::uint64_t n = figures[i].n();
            if (figure == "n") cell = papers::counted_cell(n);
            if (figure == "mean" && n > 0) cell = {figures[i].mean(), true};
            if (figure == "median" && n > 0) cell = {figures[i].median(), true};
        }
        table.rows.push_back(std::move(row));
    }
}

CampaignTable listed_table(const std::vector<ListedUnit>& units, const UnitOrder& order, const UnitColumns& columns,
                           const PaperSentences& words) {
    CampaignTable table{words("units.table"), {}, {}};
    for (const std::string& column : columns.ids()) table.heads.push_back(columns.head(column));
    std::vector<const ListedUnit*> all;
    std::vector<const ListedUnit*> group;
    const auto group_of = [&](const ListedUnit& unit) {
        return order.group == "class" ? unit.class_name : unit.district;
    };
    for (std::size_t i = 0; i < units.size(); ++i) {
        std::vector<CampaignCell> row;
        for (const std::string& column : columns.ids()) row.push_back(columns.cell(units[i], column));
        table.rows.push_back(std::move(row));
        all.push_back(&units[i]);
        group.push_back(&units[i]);
        const bool ends = i + 1 == units.size() || group_of(units[i + 1]) != group_of(units[i]);
        if (order.group.empty() || !ends) continue;
        const std::string name = group_of(units[i]);
        append_subtotals(table, name.empty() ? words("units.no_group") : name, group, columns, words);
        group.clear();
    }
    if (!order.group.empty()) append_subtotals(table, words("units.all"), all, columns, words);
    return table;
}

std::string filter_words(const UnitFilter& filter, const PaperSentences& words) {
    std::vector<std::string> parts;
    const auto add = [&](std::string_view key, const std::string& value) {
        if (!value.empty()) parts.push_back(words("units.filter.part", {{"what", words(key)}, {"value", value}}));
    };
    add("head.state", filter.state.empty() ? std::string{} : words("state." + filter.state));
    add("head.district", filter.district);
    add("head.class", filter.class_name);
    add("units.text", filter.text);
    return parts.empty() ? words("units.filter.none") : words("units.filter", {{"parts", parts}});
}

std::string order_words(const UnitOrder& order, const UnitColumns& columns, const PaperSentences& words) {
    std::string text = order.column.empty() ? words("units.order.none")
                                            : words(order.is_descending ? "units.order.down" : "units.order.up",
                                                    {{"column", columns.head(order.column)}});
    if (!order.group.empty()) text += words("units.order.group", {{"column", columns.head(order.group)}});
    return text;
}

Done check_choice(std::string_view code, const std::string& given, const std::vector<std::string>& choices) {
    if (given.empty() || std::find(choices.begin(), choices.end(), given) != choices.end()) return {};
    return fail(code, given, {{"choices", choices}});
}

Done check_listing(const UnitFilter& filter, const UnitOrder& order, const UnitColumns& columns) {
    const auto texts = [](const auto& views) { return std::vector<std::string>(views.begin(), views.end()); };
    if (Done known = check_choice("unit-state", filter.state, texts(unit_states)); !known) return known;
    if (Done known = check_choice("unit-column", order.column, columns.ids()); !known) return known;
    return check_choice("unit-group", order.group, texts(unit_groups));
}

}  // namespace

std::vector<std::string> unit_columns(const RollUp& all) {
    const std::vector<Layer> layers = papers::scored_layers(all);
    std::vector<std::string> columns{"state", "unit", "district", "class"};
    for (const Layer layer : layers) columns.emplace_back(to_string(layer));
    if (layers.size() > 1) columns.emplace_back("difference");
    if (all.form != nullptr && all.form->kind == to_string(InstrumentKind::scored) && !all.grades.empty())
        columns.emplace_back("grade");
    for (const std::string_view column : {"errors", "warnings", "handed", "due", "contact"})
        columns.emplace_back(column);
    return columns;
}

Result<std::string> write_unit_table(const CampaignSource& source, const UnitFilter& filter, const UnitOrder& order,
                                     const PaperMaking& making, std::string_view format) {
    const PaperSentences words(making.language, source.all.form.get());
    const UnitColumns columns(source.all, words);
    if (const Done known = check_listing(filter, order, columns); !known) return tl::unexpected(known.error());
    std::vector<ListedUnit> units = listed_units(source, columns.layers());
    const std::size_t all = units.size();
    units = filter.only.empty() ? arrange(std::move(units), filter, order, columns)
                                : arrange_as(std::move(units), filter.only);
    CampaignTable table = listed_table(units, order, columns, words);
    if (format == "csv") return write_campaign_csv(table);

    const bool is_ranked =
        order.is_ranked || layer_from_string(order.column).has_value() || order.column == "difference";
    std::vector<std::string> head = campaign_head(source.all, making.language);
    head.push_back(words("units.head", {{"office", papers::office_of(source, words)},
                                        {"today", words.day(making.today)},
                                        {"shown", std::to_string(units.size())},
                                        {"all", std::to_string(all)},
                                        {"verified", std::to_string(papers::verified_reports(source))}}));
    head.push_back(filter.only.empty() ? filter_words(filter, words) + order_words(order, columns, words)
                                       : filter.only_words);
    const std::string mark = is_ranked ? words("internal") : std::string{};
    if (format == "xlsx") {
        if (is_ranked) head.insert(head.begin(), mark);
        return write_campaign_xlsx({words("units.title"), std::move(head), {std::move(table)}});
    }
    papers::Paper paper{mark, words("units.title"), {}, true};
    for (std::string& line : head) paper.add(PaperPart::Kind::line, std::move(line));
    table.title.clear();
    paper.add(std::move(table));
    return papers::write_paper(paper, format, making.language);
}

}  // namespace duibiao
