// Reading ledgers.
#include "core/ledger.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/cell.hpp"
#include "core/ledger_index.hpp"
#include "core/name_key.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace ledger_parts {
namespace {

/// Position of each column that counts, or none.
struct Columns {
    explicit Columns(const Table& table)
        : count(table.columns.size()),
          date(at(table, "date")),
          kind(at(table, "kind")),
          branch(at(table, "branch")),
          group(at(table, "group")),
          topic(at(table, "topic")),
          chair(at(table, "chair")),
          lead(at(table, "lead")),
          people(at(table, "people")),
          speakers(at(table, "speakers")),
          procedures(at(table, "procedures")),
          expected(at(table, "expected")),
          actual(at(table, "actual")),
          hours(at(table, "hours")),
          theory(at(table, "theory_hours")),
          signin(at(table, "signin")),
          record(at(table, "record")),
          photo(at(table, "photo")) {}

    static std::size_t at(const Table& table, std::string_view id) {
        return table.find_column(id).value_or(table.columns.size());
    }

    std::size_t count, date, kind, branch, group, topic, chair, lead, people, speakers, procedures, expected, actual,
        hours, theory, signin, record, photo;
};

Points quantity_of(std::string_view cell) { return cell.empty() ? Points{} : Points::parse(cell).value_or(Points{}); }

void add_names(std::vector<std::string>& names, std::string_view text) {
    for (std::string& name : split_names(text)) {
        if (!contains(names, name)) names.push_back(std::move(name));
    }
}

/// Names that stand twice in a list: split_names() takes them for one.
void add_namesakes(std::vector<std::string>& namesakes, std::string_view text) {
    std::vector<std::string> keys;
    while (!text.empty()) {
        const std::size_t end = text.find(part_separator);
        const std::string_view name = trim(text.substr(0, end));
        std::string key = person_key(name);
        if (!key.empty() && contains(keys, key)) add_names(namesakes, name);
        keys.push_back(std::move(key));
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + part_separator.size());
    }
}

void read_people(Ledger& ledger, const Document& document) {
    for (std::size_t each = 1; each < ledger.people.size(); ++each) {
        const std::string_view text = document.text(Layer::self, "header", names_field(static_cast<Each>(each)));
        add_names(ledger.people[each], text);
        add_namesakes(ledger.namesakes[each], text);
    }
}

/// The ledger's places, each found once.
class Places {
public:
    explicit Places(Ledger& ledger) : ledger_(ledger) {
        if (ledger.places.empty()) ledger.places.emplace_back();
    }

    std::size_t find(std::string_view branch, std::string_view group, Date day) {
        if (branch.empty() && group.empty()) return 0;
        const auto [known, fresh] = known_.try_emplace({branch, group}, ledger_.places.size());
        if (fresh) ledger_.places.push_back(read(branch, group, day));
        return known->second;
    }

private:
    ActivityPlace read(std::string_view branch, std::string_view group, Date day) const {
        ActivityPlace place;
        place.branch = branch;
        place.group = group;
        if (ledger_.branches.empty()) return place;
        read_branches(place, branch, day);
        for (const std::string& name : split_parts(group)) {
            std::vector<std::size_t> found;
            const std::string key = organisation_key(name);
            for (std::size_t at = 0; at < ledger_.branches.groups.size(); ++at) {
                if (ledger_.branches.groups[at].listed && ledger_.branches.groups[at].key == key) found.push_back(at);
            }
            if (found.empty()) place.unread.push_back(name);
            place.groups.push_back(std::move(found));
        }
        return place;
    }

    /// A branch's name may hold what separates names elsewhere: as a whole it goes before its parts.
    void read_branches(ActivityPlace& place, std::string_view text, Date day) const {
        std::vector<std::string> names{std::string(text)};
        if (!ledger_.branches.find(text, day)) names = split_parts(text);
        for (const std::string& name : names) {
            if (is_every_branch(name)) {
                place.every = true;
                continue;
            }
            place.branches.push_back(bearers_of(name));
            if (place.branches.back().empty()) place.unread.push_back(name);
        }
    }

    /// Those that bear the name, then those that bore it.
    [[nodiscard]] std::vector<std::size_t> bearers_of(std::string_view name) const {
        const std::string key = organisation_key(name);
        const std::vector<Body>& all = ledger_.branches.branches;
        std::vector<std::size_t> found;
        for (std::size_t at = 0; at < all.size(); ++at) {
            if (all[at].key == key) found.push_back(at);
        }
        for (std::size_t at = 0; at < all.size(); ++at) {
            if (contains(all[at].former, key)) found.push_back(at);
        }
        return found;
    }

    Ledger& ledger_;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> known_;
};

Activity read_activity(const RowView& row, const Columns& columns, int number, Places& places) {
    const auto cells = split_row(row.cells, columns.count + 1);  // the last is what a missing column holds
    Activity activity;
    activity.row = row.id;
    activity.number = number;
    activity.date = parse_date(cells[columns.date]).value_or(Date{});
    activity.kind = cells[columns.kind];
    activity.branch = cells[columns.branch];
    activity.topic = cells[columns.topic];
    activity.chair = cells[columns.chair];
    activity.lead = cells[columns.lead];
    activity.people = cells[columns.people];
    activity.speakers = cells[columns.speakers];
    activity.procedures = cells[columns.procedures];
    activity.place = places.find(activity.branch, cells[columns.group], activity.date);
    activity.expected = static_cast<int>(quantity_of(cells[columns.expected]).hundredths() / 100);
    activity.actual = static_cast<int>(quantity_of(cells[columns.actual]).hundredths() / 100);
    activity.has_actual = !cells[columns.actual].empty();
    activity.hours = quantity_of(cells[columns.hours]);
    activity.theory = quantity_of(cells[columns.theory]);
    activity.signin = cells[columns.signin] == "是";
    activity.record = cells[columns.record] == "是";
    activity.photo = cells[columns.photo] == "是";
    return activity;
}

void add_documents(Ledger& ledger, const std::vector<const Document*>& documents) {
    ledger.documents = documents;
    for (const Document* document : documents) {
        read_people(ledger, *document);
        // One list is the unit's, whichever of its ledgers has it.
        if (ledger.branches.empty()) ledger.branches = read_branches(document->text(Layer::self, "header", "branches"));
    }
    Places places(ledger);
    for (const Document* document : documents) {
        const Columns columns(document->instrument->table);
        int number = 0;
        for (const RowView& row : rows_of(*document))
            ledger.activities.push_back(read_activity(row, columns, ++number, places));
    }
    ledger.own = ledger.activities.size();
}

/// What lists tell of, and then who did what.
void add_lists(Ledger& ledger, const std::vector<const Document*>& documents) {
    for (const Document* document : documents) {
        const Table& table = document->instrument->table;
        const bool tells = !table.activities.empty() || !table.figures.empty();
        if (tells && year_of(*document) == ledger.year) ledger.lists.push_back(document);
    }
    std::vector<Activity> listed = take_from_lists(ledger);
    Places places(ledger);
    for (Activity& activity : listed) {
        activity.place = places.find(activity.branch, {}, activity.date);
        ledger.activities.push_back(activity);
    }
    ledger.done_by = std::make_shared<const ledger_parts::PeopleIndex>(ledger);
}

}  // namespace
}  // namespace ledger_parts

std::string_view names_field(Each each) {
    constexpr std::array<std::string_view, 6> fields{"",        "leaders",         "secretary",
                                                     "members", "party_secretary", "cadres"};
    return fields[static_cast<std::size_t>(each)];
}

const std::vector<std::string>& people_of(const Ledger& ledger, Each each) {
    return ledger.people[static_cast<std::size_t>(each)];
}

Date day_of_year(int year, std::chrono::month_day day) {
    const Date date = std::chrono::year{year} / day.month() / day.day();
    return date.ok() ? date : Date{std::chrono::year{year} / day.month() / std::chrono::last};
}

int year_of(const Document& document) {
    int year = 0;
    for (const char c : document.period().substr(0, 4)) {
        if (c < '0' || c > '9') return 0;
        year = year * 10 + (c - '0');
    }
    return year;
}

Ledger read_ledger(const Document& document, const std::vector<const Document*>& others) {
    Ledger ledger;
    ledger.year = year_of(document);
    ledger_parts::add_documents(ledger, {&document});
    ledger_parts::add_lists(ledger, others);
    return ledger;
}

Ledger gather_ledger(const std::vector<const Document*>& documents, int year) {
    Ledger ledger;
    ledger.year = year;
    std::vector<const Document*> ledgers;
    for (const Document* document : documents) {
        if (document->instrument->kind == InstrumentKind::ledger && year_of(*document) == year)
            ledgers.push_back(document);
    }
    ledger_parts::add_documents(ledger, ledgers);
    ledger_parts::add_lists(ledger, documents);
    return ledger;
}

}  // namespace duibiao
