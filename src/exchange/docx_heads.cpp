// The head line's fields in a Word document: "申报单位：      申报时间：    年  月  日" in a paragraph, or a label and
// a blank cell beside it. A value takes the place of as many blanks as it is wide.
#include <algorithm>
#include <array>

#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/docx_plan.hpp"
#include "exchange/html.hpp"
#include "exchange/layout_grid.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_bytes = 2'000;  ///< of a paragraph that is a head line
constexpr std::array<std::string_view, 2> colons{"：", ":"};

/// Length of the blank at the start; 0 where there is none.
std::size_t blank_at(std::string_view text) {
    if (text.empty() || (text.front() >= '\0' && text.front() < ' ')) return 0;  // tabs part what stands in a line
    std::size_t size = 0;
    const char32_t character = take_character(text, size);
    const bool is_blank_here = is_blank(character) || is_invisible(character) || ordinary_form(character) == U'_';
    return is_blank_here ? size : 0;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (const std::size_t size = blank_at(text.substr(at))) at += size;
    return at;
}

/// A place for a value: blanks of a paragraph.
struct Place {
    const WordParagraph* paragraph = nullptr;
    std::size_t begin = 0;  ///< bytes of its text
    std::size_t end = 0;
    std::size_t table = 0;
    std::size_t row = 0;
};

/// "    年  月  日": where its three numbers go, and what stands there already.
struct DatePlace {
    std::array<Place, 3> parts;
    std::string year;
};

std::optional<DatePlace> date_place(const WordParagraph& paragraph, std::size_t at) {
    constexpr std::array<std::string_view, 3> units{"年", "月", "日"};
    const std::string_view text = paragraph.text;
    DatePlace place;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const std::size_t begin = at;
        at = skip_blanks(text, at);
        const std::size_t digits = std::min(text.find_first_not_of("0123456789", at), text.size());
        if (digits > at && i > 0) return std::nullopt;
        if (digits > at) place.year = text.substr(at, digits - at);
        at = skip_blanks(text, digits);
        if (text.substr(at, units[i].size()) != units[i]) return std::nullopt;
        place.parts[i] = {&paragraph, begin, at, 0, 0};
        at += units[i].size();
    }
    return place;
}

/// What stands before a colon, back to the gap or the value before it.
std::string_view label_before(std::string_view text, std::size_t colon) {
    std::string_view before = text.substr(0, colon);
    for (const std::string_view gap : {std::string_view("  "), std::string_view("　　"), std::string_view("\t"),
                                       std::string_view("\n"), std::string_view("：")}) {
        const std::string_view trimmed = trim(before);
        const std::size_t at = trimmed.rfind(gap);
        if (at != std::string_view::npos) before = trimmed.substr(at + gap.size());
    }
    return trim(before);
}

class HeadPlanner {
public:
    explicit HeadPlanner(Planning& planning) : planning_(planning), is_found_(planning.form.heads.size()) {}

    void plan();

private:
    void read_paragraph(const WordParagraph& paragraph, std::size_t table, std::size_t row);
    void read_label(const Place& place, std::string_view label);
    void read_row(const WordTable& table, std::size_t at, std::size_t number);
    void find_date(const WordParagraph& paragraph);
    [[nodiscard]] std::size_t best_head(std::string_view label, int least) const;
    void take(std::size_t head, const Place& place, std::string_view found, bool is_exact);
    bool write_date(const FormHead& head, const DatePlace& place);
    void write(const Place& place, std::string_view value, bool at_end);
    void list_missing();
    void occupied(const FormHead& head, const Place& place) {
        planning_.plan.match.gaps.push_back(
            {DocxGap::Kind::occupied, head.name, place.table, place.row, beginning(head.value)});
    }

    Planning& planning_;
    std::vector<bool> is_found_;
    bool has_line_ = false;  ///< a head line was found
};

void HeadPlanner::plan() {
    for (const WordParagraph& paragraph : planning_.word.paragraphs) read_paragraph(paragraph, 0, 0);
    for (std::size_t i = 0; i < planning_.word.tables.size(); ++i) {
        const WordTable& table = planning_.word.tables[i];
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            if (!planning_.plan.used.contains(table.rows[row].source.begin)) read_row(table, row, i + 1);
        }
    }
    for (const WordParagraph& paragraph : planning_.word.paragraphs) find_date(paragraph);
    list_missing();
}

/// The head whose label is most like this one; heads.size() where none is.
std::size_t HeadPlanner::best_head(std::string_view text, int least) const {
    const Label label(text);
    std::size_t best = planning_.form.heads.size();
    for (std::size_t i = 0; i < planning_.form.heads.size(); ++i) {
        for (const Label& own : planning_.form.heads[i].labels) {
            const int likeness = is_found_[i] ? 0 : own.likeness(label);
            if (likeness < least) continue;
            least = likeness + 1;
            best = i;
        }
    }
    return best;
}

void HeadPlanner::read_paragraph(const WordParagraph& paragraph, std::size_t table, std::size_t row) {
    const std::string_view text = paragraph.text;
    if (text.size() > most_bytes) return;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto colon = std::find_if(colons.begin(), colons.end(),
                                        [&](std::string_view one) { return text.substr(at).starts_with(one); });
        if (colon == colons.end()) continue;
        const std::size_t begin = at + colon->size();
        read_label({&paragraph, begin, skip_blanks(text, begin), table, row}, label_before(text, at));
    }
}

void HeadPlanner::read_label(const Place& place, std::string_view label) {
    const std::size_t best = best_head(label, alike);
    if (best == planning_.form.heads.size()) return;
    const bool is_exact = planning_.form.heads[best].labels.front() == Label(label);
    take(best, place, label, is_exact);
}

void HeadPlanner::take(std::size_t at, const Place& place, std::string_view found, bool is_exact) {
    const FormHead& head = planning_.form.heads[at];
    is_found_[at] = true;
    has_line_ = true;
    const std::string_view rest = std::string_view(place.paragraph->text).substr(place.end);
    const auto date = head.is_date ? date_place(*place.paragraph, place.begin) : std::nullopt;
    const bool goes_on = place.end == place.begin && !rest.empty() && blank_at(rest) == 0 && rest.front() != '\t' &&
                         rest.front() != '\n';
    planning_.plan.match.links.push_back({DocxLink::Kind::head, head.id, head.name, beginning(found), place.table,
                                          place.row, is_exact, beginning(head.value), 0, 0});
    if (head.value.empty() || !planning_.takes(head.id)) return;
    const auto& placeholders = place.paragraph->placeholders;
    const auto control = std::find_if(placeholders.begin(), placeholders.end(), [&place](const WordPlaceholder& one) {
        return one.at >= place.begin && one.at <= place.end;
    });
    if (control != placeholders.end()) {
        for (Splice& splice : replace_placeholder(planning_.xml, *place.paragraph, *control, head.value))
            planning_.plan.splices.push_back(std::move(splice));
    } else if (date && head.date) {
        if (!write_date(head, *date)) planning_.plan.match.links.pop_back();
    } else if (goes_on) {
        planning_.plan.match.links.pop_back();
        occupied(head, place);
    } else {
        write(place, head.value, false);
    }
}

bool HeadPlanner::write_date(const FormHead& head, const DatePlace& place) {
    const std::string year = std::to_string(static_cast<int>(head.date->year()));
    if (!place.year.empty() && place.year != year) {
        planning_.plan.match.gaps.push_back({DocxGap::Kind::other_year, head.name, 0, 0, beginning(head.value)});
        return false;
    }
    if (place.year.empty()) write(place.parts[0], year, true);
    write(place.parts[1], std::to_string(static_cast<unsigned>(head.date->month())), true);
    write(place.parts[2], std::to_string(static_cast<unsigned>(head.date->day())), true);
    return true;
}

/// Puts a value among blanks: in the place of those at the start, or at the end.
void HeadPlanner::write(const Place& place, std::string_view value, bool at_end) {
    const WordParagraph& paragraph = *place.paragraph;
    const WordPiece* piece = paragraph.piece_at(place.begin);
    std::size_t begin = place.begin;
    std::size_t end = place.end;
    if (at_end && end > begin) {
        for (const WordPiece& one : paragraph.pieces) {
            if (one.at < end && one.at + one.size >= end) piece = &one;
        }
    }
    std::string line = file_text(value);
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\t', ' ');
    if (piece == nullptr) return;
    const bool is_plain = piece->size == piece->source.size();
    begin = std::max(begin, piece->at);
    end = std::max(begin, std::min(end, piece->at + piece->size));
    if (!is_plain) begin = end = piece->at + piece->size;
    // The blanks that stay keep what follows in its place.
    const std::string_view all = std::string_view(paragraph.text).substr(begin, end - begin);
    std::size_t room = half_characters(line);
    std::size_t from = at_end ? all.size() : 0;
    std::size_t to = from;
    while (room > 0 && (at_end ? from > 0 : to < all.size())) {
        std::size_t size = 1;
        if (at_end) {
            while (from - size > 0 && (static_cast<unsigned char>(all[from - size]) & 0xC0U) == 0x80U) ++size;
            from -= size;
        } else {
            size = std::max<std::size_t>(blank_at(all.substr(to)), 1);
            to += size;
        }
        room -= std::min(room, size == 3 ? std::size_t{2} : std::size_t{1});
    }
    const bool is_next = !at_end && to == all.size() && place.end < paragraph.text.size();
    const std::size_t source = is_plain ? piece->source.begin - piece->at + begin : piece->source.end;
    Html bytes;
    bytes.text(line + (is_next ? "  " : ""));
    planning_.plan.splices.push_back({{source + from, source + to}, std::move(bytes).take()});
}

/// Cells beside each other: a label, and a blank one. Or a head line within a cell.
void HeadPlanner::read_row(const WordTable& table, std::size_t at, std::size_t number) {
    const WordRow& row = table.rows[at];
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const WordCell& cell = row.cells[i];
        if (cell.is_below || cell.is_blank()) continue;
        const bool has_next = i + 1 < row.cells.size() && !row.cells[i + 1].is_below && row.cells[i + 1].is_blank();
        const std::size_t head = has_next ? best_head(cell.text(), same) : planning_.form.heads.size();
        if (head == planning_.form.heads.size()) {
            for (const WordParagraph& paragraph : cell.paragraphs) read_paragraph(paragraph, number, at + 1);
            continue;
        }
        const FormHead& field = planning_.form.heads[head];
        is_found_[head] = true;
        planning_.plan.match.links.push_back({DocxLink::Kind::head, field.id, field.name, beginning(cell.text()),
                                              number, at + 1, true, beginning(field.value), 0, 0});
        if (field.value.empty() || !planning_.takes(field.id)) continue;
        for (Splice& splice : fill_cell(planning_.xml, row.cells[i + 1], field.value))
            planning_.plan.splices.push_back(std::move(splice));
    }
}

/// A date without a label of its own, "2019年   月  日", where there is a head line.
void HeadPlanner::find_date(const WordParagraph& paragraph) {
    const auto& heads = planning_.form.heads;
    const auto wanted = std::find_if(heads.begin(), heads.end(), [this, &heads](const FormHead& head) {
        return head.is_date && !is_found_[static_cast<std::size_t>(&head - heads.data())];
    });
    const std::string_view text = paragraph.text;
    const std::size_t year = text.find("年");
    if (!has_line_ || wanted == heads.end() || year == std::string_view::npos || text.size() > most_bytes) return;
    std::size_t begin = year;
    while (begin > 0 && (blank_at(text.substr(begin - 1)) == 1 || (text[begin - 1] >= '0' && text[begin - 1] <= '9')))
        --begin;
    const auto place = date_place(paragraph, begin);
    if (!place) return;
    is_found_[static_cast<std::size_t>(wanted - heads.begin())] = true;
    planning_.plan.match.links.push_back({DocxLink::Kind::head, wanted->id, wanted->name, beginning(text.substr(begin)),
                                          0, 0, false, beginning(wanted->value), 0, 0});
    if (!wanted->date || !planning_.takes(wanted->id)) return;
    if (!write_date(*wanted, *place)) planning_.plan.match.links.pop_back();
}

void HeadPlanner::list_missing() {
    for (std::size_t i = 0; i < is_found_.size(); ++i) {
        const FormHead& head = planning_.form.heads[i];
        if (is_found_[i] || head.value.empty()) continue;
        planning_.plan.match.gaps.push_back({DocxGap::Kind::no_place, head.name, 0, 0, beginning(head.value)});
    }
}

}  // namespace

void plan_heads(Planning& planning) { HeadPlanner(planning).plan(); }

}  // namespace duibiao
