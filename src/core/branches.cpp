#include "core/branches.hpp"

#include <algorithm>
#include <array>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using std::chrono::sys_days;

constexpr std::string_view colon = "：";
constexpr std::array<std::string_view, 3> line_ends{"\n", "；", ";"};

/// Cuts `text` at any of the marks.
template <std::size_t Count>
std::vector<std::string_view> split_at(std::string_view text, const std::array<std::string_view, Count>& marks) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size();) {
        const auto mark = std::find_if(marks.begin(), marks.end(), [&](std::string_view one) {
            return at == text.size() || text.substr(at).starts_with(one);
        });
        if (mark == marks.end()) {
            ++at;
            continue;
        }
        const std::string_view part = trim(text.substr(begin, at - begin));
        if (!part.empty()) parts.push_back(part);
        begin = at = at == text.size() ? at + 1 : at + mark->size();
    }
    return parts;
}

std::optional<Date> date_of(std::string_view text) {
    const auto date = parse_date(text);
    return date ? std::optional(*date) : std::nullopt;
}

/// "2026-03-01起", "2026-06-30止", "2026-03-01至2026-06-30", "至2026-06-30". False: it is none of them.
bool take_days(Body& body, std::string_view word) {
    constexpr std::string_view since = "起";
    constexpr std::string_view until = "止";
    constexpr std::string_view to = "至";
    if (word.ends_with(since)) {
        body.from = date_of(word.substr(0, word.size() - since.size()));
        return body.from.has_value();
    }
    if (word.ends_with(until)) word.remove_suffix(until.size());
    const std::size_t between = word.find(to);
    if (between != std::string_view::npos) {
        const std::string_view first = word.substr(0, between);
        if (!first.empty()) body.from = date_of(first);
        body.to = date_of(word.substr(between + to.size()));
        return body.to.has_value() && (first.empty() || body.from.has_value());
    }
    body.to = date_of(word);
    return body.to.has_value();
}

/// "原门诊党支部".
bool take_former(Body& body, std::string_view word) {
    constexpr std::string_view before = "原";
    if (!word.starts_with(before) || word.size() == before.size()) return false;
    body.former.push_back(organisation_key(word.substr(before.size())));
    return true;
}

class ListReader {
public:
    Branches read(std::string_view text) {
        for (const std::string_view line : split_at(text, line_ends)) read_line(line);
        for (std::size_t at = 0; at < list_.branches.size(); ++at) complete(at);
        std::stable_sort(list_.groups.begin(), list_.groups.end(),
                         [](const Body& a, const Body& b) { return a.branch < b.branch; });
        return std::move(list_);
    }

private:
    void read_line(std::string_view line) {
        constexpr std::array<std::string_view, 2> colons{colon, ":"};
        constexpr std::array<std::string_view, 3> commas{"、", "，", ","};
        const auto halves = split_at(line, colons);
        if (halves.empty()) return;
        if (halves.size() == 1) {
            for (const std::string_view one : split_at(line, commas)) read_branch(one);
            return;
        }
        read_branch(halves[0]);
        if (list_.branches.empty()) return;
        for (const std::string_view one : split_at(halves[1], commas)) {
            Body group = read_body(one);
            group.branch = list_.branches.size() - 1;
            list_.has_groups = true;
            add(list_.groups, std::move(group));
        }
        for (std::size_t extra = 2; extra < halves.size(); ++extra) list_.unread.emplace_back(halves[extra]);
    }

    Body read_body(std::string_view text) {
        constexpr std::array<std::string_view, 4> blanks{" ", "　", "\t", "\u00A0"};
        Body body;
        for (const std::string_view word : split_at(text, blanks)) {
            if (body.name.empty()) {
                body.name = word;
            } else if (!take_former(body, word) && !take_days(body, word)) {
                list_.unread.emplace_back(word);
            }
        }
        body.key = organisation_key(body.name);
        return body;
    }

    void read_branch(std::string_view text) { add(list_.branches, read_body(text)); }

    void add(std::vector<Body>& bodies, Body body) {
        const auto same = [&body](const Body& known) {
            const bool apart =
                (known.to && body.from && *known.to < *body.from) || (body.to && known.from && *body.to < *known.from);
            return known.key == body.key && known.branch == body.branch && !apart;
        };
        if (body.key.empty()) return;
        if (std::any_of(bodies.begin(), bodies.end(), same)) {
            list_.doubled.push_back(std::move(body.name));
        } else {
            bodies.push_back(std::move(body));
        }
    }

    /// A branch that lists no groups stands for its only one.
    void complete(std::size_t at) {
        const bool has_own = std::any_of(list_.groups.begin(), list_.groups.end(),
                                         [at](const Body& group) { return group.listed && group.branch == at; });
        if (has_own) return;
        Body group = list_.branches[at];
        group.branch = at;
        group.listed = false;
        list_.groups.push_back(std::move(group));
    }

    Branches list_;
};

}  // namespace

bool Body::is_asked(Date first, Date last) const {
    if (!exists_on(last)) return false;
    const Date begin = from ? std::max(*from, first) : first;
    const auto days = (sys_days(last) - sys_days(begin)).count() + 1;
    return 2 * days >= (sys_days(last) - sys_days(first)).count() + 1;
}

std::optional<std::size_t> Branches::find(std::string_view name, Date day) const {
    const std::string key = organisation_key(name);
    std::optional<std::size_t> found;
    if (key.empty()) return found;
    // Its own name goes before a name that another bore.
    for (const bool own : {true, false}) {
        for (std::size_t at = 0; at < branches.size(); ++at) {
            const Body& body = branches[at];
            const bool fits =
                own ? body.key == key : std::find(body.former.begin(), body.former.end(), key) != body.former.end();
            if (!fits) continue;
            if (body.exists_on(day)) return at;
            if (!found) found = at;
        }
    }
    return found;
}

Branches read_branches(std::string_view text) { return ListReader().read(text); }

bool is_every_branch(std::string_view name) {
    constexpr std::array<std::string_view, 3> every{"各", "全体", "所有"};
    constexpr std::array<std::string_view, 2> whom{"支部", "党支部"};
    for (const std::string_view start : every) {
        if (!name.starts_with(start)) continue;
        const std::string_view rest = name.substr(start.size());
        if (std::find(whom.begin(), whom.end(), rest) != whom.end()) return true;
    }
    return false;
}

}  // namespace duibiao
