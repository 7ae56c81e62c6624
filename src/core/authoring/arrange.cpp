#include "core/authoring/arrange.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/authoring/recognise.hpp"
#include "core/authoring/wording.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {

namespace {

bool is_same(const Place& a, const Place& b) { return a.table == b.table && a.row == b.row; }

/// Where a new number of the text's own kind begins: at its beginning, and behind the end of a line or clause.
std::vector<std::size_t> number_places(std::string_view text) {
    std::vector<std::size_t> places;
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const bool is_begin = at == 0 || ends_with_any(text.substr(0, at), {"\n", "；", ";", "。"});
        const auto number = is_begin ? leading_number(text.substr(at)) : std::nullopt;
        if (number && number->depth >= 4 && (depth == 0 || number->depth == depth)) {
            depth = number->depth;
            places.push_back(at);
        }
        (void)take_character(text, at);
    }
    return places;
}

}  // namespace

std::vector<std::string> split_text(std::string_view text) {
    std::vector<std::size_t> places = number_places(text);
    if (places.size() < 2) {  // lines without numbers
        places = {0};
        for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
            places.push_back(at + 1);
    }
    if (places.size() < 2 || places.size() > most_parts) return {};
    places.front() = 0;
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::size_t end = i + 1 < places.size() ? places[i + 1] : text.size();
        std::string part(trim(text.substr(places[i], end - places[i])));
        for (const std::string_view sign : {"；", ";"}) {
            if (part.ends_with(sign)) part.resize(part.size() - sign.size());
        }
        if (!looks_empty(part)) parts.push_back(std::move(part));
    }
    return parts.size() < 2 ? std::vector<std::string>{} : parts;
}

namespace {

// --- Splitting ----------------------------------------------------------------------------------------------------

std::string* text_of(DraftItem& item, std::string_view column) {
    const auto found =
        std::find_if(item.texts.begin(), item.texts.end(), [column](const auto& one) { return one.first == column; });
    return found == item.texts.end() ? nullptr : &found->second;
}

/// Each part has the words of its own; rules that are as many as the parts are shared out, others stay with the first.
std::vector<DraftItem> parts_of(const Decisions& decisions, std::string_view rule_column, DraftItem item) {
    decide_texts(decisions, rule_column, item);
    const std::vector<std::string> texts = split_text(item.text);
    if (texts.empty()) return {};
    const std::string* whole = text_of(item, rule_column);
    const std::vector<std::string> rules = whole == nullptr ? std::vector<std::string>{} : split_text(*whole);
    std::vector<DraftItem> parts;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        DraftItem part = item;
        part.place.row = part_row(item.place.row, i + 1);
        part.text = texts[i];
        if (i > 0) part.number.clear();
        if (i > 0 || printed_points(texts[i]).points) part.points.reset();
        if (std::string* rule = text_of(part, rule_column)) {
            if (rules.size() == texts.size())
                *rule = rules[i];
            else if (i > 0)
                rule->clear();
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

void split_items(const Decisions& decisions, std::string_view rule_column, DraftGroup& group) {
    std::vector<DraftItem> items;
    for (DraftItem& item : group.items) {
        const bool is_split = decided(decisions, "split", item.place) != nullptr;
        std::vector<DraftItem> parts = is_split ? parts_of(decisions, rule_column, item) : std::vector<DraftItem>{};
        if (parts.empty()) parts.push_back(std::move(item));
        for (DraftItem& part : parts) {
            const std::string* kind = decided(decisions, "kind", part.place);
            const bool is_left = part.place.row >= part_rows && kind != nullptr && *kind == "leave";
            if (!is_left) items.push_back(std::move(part));
        }
    }
    group.items = std::move(items);
}

// --- Adding -------------------------------------------------------------------------------------------------------

std::optional<Place> place_in(std::string_view text) {
    Place place;
    const char* end = text.data() + text.size();
    const auto table = std::from_chars(text.data(), end, place.table);
    if (table.ec != std::errc{} || table.ptr == end || *table.ptr != '.') return std::nullopt;
    const auto row = std::from_chars(table.ptr + 1, end, place.row);
    return row.ec == std::errc{} && row.ptr == end ? std::optional(place) : std::nullopt;
}

/// An order's words: "1.5", or "g1.5" of a group.
std::vector<std::string_view> words_of(std::string_view order) {
    std::vector<std::string_view> words;
    while (!order.empty()) {
        const std::size_t end = std::min(order.find(' '), order.size());
        if (end > 0) words.push_back(order.substr(0, end));
        order.remove_prefix(std::min(end + 1, order.size()));
    }
    return words;
}

/// What the author added, in the order of adding.
void add_rows(const Decisions& decisions, Draft& draft) {
    constexpr std::string_view add = "add/";
    for (auto at = decisions.lower_bound(add); at != decisions.end() && at->first.starts_with(add); ++at) {
        const auto place = place_in(std::string_view(at->first).substr(add.size()));
        if (!place || place->row < added_rows) continue;
        const std::string* title = decided(decisions, "title", *place);
        const std::string* text = decided(decisions, "text", *place);
        if (at->second == "section") {
            DraftSection section;
            section.place = *place;
            section.title = title != nullptr && !looks_empty(*title) ? one_line(*title) : at->second;
            draft.sections.push_back(std::move(section));
            continue;
        }
        if (draft.sections.empty() || text == nullptr || looks_empty(*text)) continue;
        DraftItem item;
        item.place = *place;
        item.text = *text;
        DraftSection& section = draft.sections.back();
        if (section.groups.empty()) section.groups.emplace_back();
        section.groups.back().items.push_back(std::move(item));
    }
}

// --- Order --------------------------------------------------------------------------------------------------------

/// A line of a section: a group's head, or an item.
struct SectionLine {
    bool is_group = false;
    DraftGroup head;
    DraftItem item;
    [[nodiscard]] const Place& place() const { return is_group ? head.place : item.place; }
};

std::vector<SectionLine> lines_of(DraftSection& section) {
    std::vector<SectionLine> lines;
    for (DraftGroup& group : section.groups) {
        if (group.place.row > 0) {
            SectionLine head{true, {}, {}};
            head.head.title = group.title;
            head.head.printed = group.printed;
            head.head.place = group.place;
            lines.push_back(std::move(head));
        }
        for (DraftItem& item : group.items) lines.push_back({false, {}, std::move(item)});
    }
    return lines;
}

void put_lines(std::vector<SectionLine> lines, DraftSection& section) {
    section.groups.clear();
    for (SectionLine& line : lines) {
        if (line.is_group) {
            section.groups.push_back(std::move(line.head));
            continue;
        }
        if (section.groups.empty()) section.groups.emplace_back();
        section.groups.back().items.push_back(std::move(line.item));
    }
}

using SectionLines = std::vector<std::vector<SectionLine>>;

/// Takes a line out of wherever it stands.
std::optional<SectionLine> take_line(SectionLines& all, bool is_group, const Place& place) {
    for (std::vector<SectionLine>& lines : all) {
        const auto found = std::find_if(lines.begin(), lines.end(), [&](const SectionLine& line) {
            return line.is_group == is_group && is_same(line.place(), place);
        });
        if (found == lines.end()) continue;
        SectionLine line = std::move(*found);
        lines.erase(found);
        return line;
    }
    return std::nullopt;
}

/// Lines as a decided order has them; what it does not name stays behind what stood in front of it.
void order_lines(SectionLines& all, std::size_t section, std::string_view order) {
    std::vector<std::pair<Place, bool>> before;  // as it was
    for (const SectionLine& line : all[section]) before.emplace_back(line.place(), line.is_group);
    std::vector<SectionLine> lines;
    for (std::string_view word : words_of(order)) {
        const bool is_group = word.starts_with("g");
        if (is_group) word.remove_prefix(1);
        const auto place = place_in(word);
        if (!place) continue;
        if (auto line = take_line(all, is_group, *place)) lines.push_back(*std::move(line));
    }
    std::vector<SectionLine> rest = std::move(all[section]);
    for (SectionLine& line : rest) {
        const auto was = std::find_if(before.begin(), before.end(), [&line](const auto& one) {
            return one.second == line.is_group && is_same(one.first, line.place());
        });
        auto at = lines.begin();
        for (auto front = was; front != before.begin();) {
            --front;
            const auto stands = std::find_if(lines.begin(), lines.end(), [&front](const SectionLine& one) {
                return one.is_group == front->second && is_same(one.place(), front->first);
            });
            if (stands == lines.end()) continue;
            at = std::next(stands);
            break;
        }
        lines.insert(at, std::move(line));
    }
    all[section] = std::move(lines);
}

void order_sections(std::string_view order, std::vector<DraftSection>& sections) {
    std::vector<DraftSection> ordered;
    for (const std::string_view word : words_of(order)) {
        const auto place = place_in(word);
        const auto found = std::find_if(sections.begin(), sections.end(), [&place](const DraftSection& section) {
            return place && is_same(section.place, *place);
        });
        if (found == sections.end()) continue;
        ordered.push_back(std::move(*found));
        sections.erase(found);
    }
    for (DraftSection& section : sections) ordered.push_back(std::move(section));
    sections = std::move(ordered);
}

}  // namespace

void arrange_items(const Decisions& decisions, std::string_view rule_column, Draft& draft) {
    for (DraftSection& section : draft.sections) {
        for (DraftGroup& group : section.groups) split_items(decisions, rule_column, group);
    }
    add_rows(decisions, draft);
    SectionLines all;
    for (DraftSection& section : draft.sections) all.push_back(lines_of(section));
    for (std::size_t i = 0; i < draft.sections.size(); ++i) {
        if (const std::string* order = decided(decisions, "order", draft.sections[i].place))
            order_lines(all, i, *order);
    }
    for (std::size_t i = 0; i < draft.sections.size(); ++i) put_lines(std::move(all[i]), draft.sections[i]);
    const auto order = decisions.find("sections");
    if (order != decisions.end()) order_sections(order->second, draft.sections);
}

// --- Lines around the table ---------------------------------------------------------------------------------------

std::vector<std::string> lines_in(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = trim(text.substr(0, end));
        if (!looks_empty(line)) lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

namespace {

/// Fields keep their ids where they keep their names.
void decide_head(const std::vector<std::string>& labels, std::vector<DraftField>& header) {
    std::vector<DraftField> fields;
    for (const std::string& label : labels) {
        const auto known = std::find_if(header.begin(), header.end(),
                                        [&label](const DraftField& field) { return field.label == label; });
        if (known != header.end()) {
            fields.push_back(*known);
            continue;
        }
        DraftField field{"own", label, has_any(label, {"日期", "时间"})};
        for (int number = 2;
             std::any_of(header.begin(), header.end(),
                         [&field](const DraftField& one) { return one.id == field.id; }) ||
             std::any_of(fields.begin(), fields.end(), [&field](const DraftField& one) { return one.id == field.id; });
             ++number)
            field.id = "own" + std::to_string(number);
        fields.push_back(std::move(field));
    }
    header = std::move(fields);
}

/// What speaks of a grade that is no more goes with it.
void drop_unknown_grades(Draft& draft) {
    const auto is_known = [&draft](const std::string& label) {
        return std::any_of(draft.bands.begin(), draft.bands.end(),
                           [&label](const DraftBand& band) { return band.label == label; });
    };
    std::erase_if(draft.ceilings, [&](const DraftCeiling& ceiling) {
        return draft.bands.empty() || (!ceiling.not_above.empty() && !is_known(ceiling.not_above));
    });
    std::erase_if(draft.quotas, [&](const DraftQuota& quota) { return !is_known(quota.grade); });
}

}  // namespace

void decide_lines(const Decisions& decisions, Draft& draft) {
    const auto lines = [&decisions](std::string_view what) -> std::optional<std::vector<std::string>> {
        const auto found = decisions.find(what);
        return found == decisions.end() ? std::nullopt : std::optional(lines_in(found->second));
    };
    for (DraftLedgerField& field : draft.fields) {
        const std::string* label = decided(decisions, "label", field.source);
        if (label != nullptr && !looks_empty(*label)) field.label = one_line(*label);
    }
    if (const auto notes = lines("notes")) draft.notes = *notes;
    if (const auto remarks = lines("remarks")) draft.remarks = *remarks;
    if (const auto signatures = lines("signatures")) draft.signatures = *signatures;
    if (const auto heads = lines("heads")) decide_head(*heads, draft.header);
    if (const auto bands = lines("bands")) {
        draft.bands = read_bands(*bands);
        drop_unknown_grades(draft);
    }
}

std::string band_lines(const std::vector<DraftBand>& bands) {
    std::string lines;
    const DraftBand* above = nullptr;
    for (const DraftBand& band : bands) {
        std::string limits;
        if (band.from) limits += band.from->to_string() + "分以上";
        if (band.above) limits += "高于" + band.above->to_string() + "分";
        if (band.to) limits += std::string("不超过") + band.to->to_string() + "分";
        if (band.below) limits += "不满" + band.below->to_string() + "分";
        // What the band above begins with is this one's end, and need not be said.
        if (limits.empty() && above != nullptr && above->from) limits = "不满" + above->from->to_string() + "分";
        above = &band;
        lines += (lines.empty() ? "" : "\n") + limits + "为" + band.label;
    }
    return lines;
}

}  // namespace duibiao::authoring
