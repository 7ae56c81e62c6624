// Terms of office on a time line.
#include <algorithm>
#include <array>

#include "core/sort.hpp"

#include "core/due.hpp"
#include "core/term.hpp"
#include "exchange/letter.hpp"
#include "ui/roster_parts.hpp"

namespace duibiao::ui {

namespace {

struct TimeLine {
    Date first;
    Date last;
    float x = 0;
    float width = 0;

    [[nodiscard]] float at(Date date) const {
        const auto whole = static_cast<float>(days_between(first, last));
        const auto part = static_cast<float>(days_between(first, date));
        return x + width * std::clamp(part / whole, 0.0F, 1.0F);
    }
};

Tone tone_of(TermState state) {
    switch (state) {
        case TermState::long_overdue:
            return Tone::error;
        case TermState::overdue:
        case TermState::request_due:
            return Tone::warning;
        case TermState::running:
            return Tone::good;
        default:
            return Tone::neutral;
    }
}

const char* name_of(TermState state) {
    constexpr std::array<const char*, 6> names{"term.unknown", "term.running", "term.soon",
                                               "term.request", "term.overdue", "term.long-overdue"};
    return names[static_cast<std::size_t>(state)];
}

/// How many stand in each state, those that need something first.
float draw_counts(Ui& ui, const std::vector<OfficeTerm>& terms, const Box& box) {
    float x = box.x + ui.px(16);
    std::string spoken;
    for (const TermState state : {TermState::long_overdue, TermState::overdue, TermState::request_due, TermState::soon,
                                  TermState::running, TermState::unknown}) {
        const auto count =
            std::count_if(terms.begin(), terms.end(), [state](const OfficeTerm& term) { return term.state == state; });
        if (count == 0) continue;
        const std::string text = ui.say(name_of(state)) + " " + std::to_string(count);
        x += chip(ui, x, box.y + ui.px(12), text, tone_of(state)) + ui.px(8);
        spoken += text + " ";
    }
    emit_text(ui, "terms/counts", spoken, {box.x, box.y, box.width, ui.px(44)}, Role::status);
    return ui.px(46);
}

void draw_years(Ui& ui, const TimeLine& line, float y, float bottom, Date today) {
    for (int year = static_cast<int>(line.first.year()); year <= static_cast<int>(line.last.year()) + 1; ++year) {
        const Date first = std::chrono::year{year} / 1 / 1;
        if (first < line.first || first > line.last) continue;
        const float x = line.at(first);
        fill({x, y, 1, bottom - y}, colour::track);
        write_in(ui, {x + ui.px(4), y, ui.px(60), ui.px(24)}, std::to_string(year), style::small);
    }
    const float now = line.at(today);
    fill({now, y, 2, bottom - y}, colour::progress);
    write_in(ui, {now - ui.px(44), y + ui.px(22), ui.px(40), ui.px(20)}, ui.say("term.today"),
             {12.5F, Weight::semibold, colour::accent}, 1);
}

/// Where the organisation is to be reminded and the form has a letter for that.
bool draw_letter_button(Ui& ui, const OfficeTerm& term, const Box& place) {
    const bool is_asked = term.due && term.state != TermState::running && term.state != TermState::unknown;
    if (!is_asked || ui.is_narrow() || !opened(ui).document.instrument->table.letter) return false;
    const std::string label = ui.say("ui.letter.short");
    const std::string name = ui.say("ui.letter.of", {{"name", std::string(term.name)}});
    const Box box{place.x, place.y + ui.px(4), place.width, place.height - ui.px(8)};
    const bool pressed = button(ui, box, {"letter/" + std::string(term.row), label, name, ButtonKind::quiet});
    if (pressed) ui.send(command::ShowDialog{"letter", std::string(term.row)});
    return pressed;
}

void draw_term(Ui& ui, const TimeLine& line, const OfficeTerm& term, const Box& row, float name_width) {
    const std::string state = ui.say(name_of(term.state));
    const std::string due = term.due ? to_string(*term.due) : std::string("—");
    const AreaState area_state =
        area(ui, row, {"term/" + std::string(term.row), std::string(term.name) + " " + state + " " + due, Role::link});
    if (area_state.hovered) fill(row, colour::hover);
    write_in(ui, {row.x + ui.px(16), row.y, name_width - ui.px(20), row.height}, term.name, style::body);
    const float chip_x = row.right() - ui.px(16) - chip_width(ui, state);
    chip(ui, chip_x, row.y + (row.height - chip_height(ui)) / 2, state, tone_of(term.state));
    write_in(ui, {line.x + line.width + ui.px(8), row.y, ui.px(90), row.height}, due, style::small);
    if (term.last && term.due) {
        const float from = line.at(*term.last);
        const float to = std::max(line.at(*term.due), from + ui.px(3));
        const Box bar{from, row.y + row.height / 2 - ui.px(5), to - from, ui.px(10)};
        fill(bar, tone_tint(tone_of(term.state)), 3);
        outline(bar, tone_text(tone_of(term.state)), 3);
        if (term.planned && *term.planned > line.first && *term.planned < line.last) {
            const float x = line.at(*term.planned);
            const ImVec2 mark[4] = {{x, row.y + row.height / 2 - ui.px(7)},
                                    {x + ui.px(6), row.y + row.height / 2},
                                    {x, row.y + row.height / 2 + ui.px(7)},
                                    {x - ui.px(6), row.y + row.height / 2}};
            canvas()->AddConvexPolyFilled(mark, 4, colour::secondary);
        }
    }
    horizontal_line(row.x + 1, row.bottom() - 1, row.width - 2, colour::track);
    if (draw_letter_button(ui, term, {row.x + name_width - ui.px(76), row.y, ui.px(72), row.height})) return;
    if (area_state.pressed) ui.send(command::Reveal{std::string(term.row), "last", Layer::self});
}

/// Those first who are due first; who is not known comes last.
void sort_by_due(std::vector<OfficeTerm>& terms) {
    sort_stably(terms, [](const OfficeTerm& a, const OfficeTerm& b) {
        if (!a.due || !b.due) return a.due.has_value() && !b.due.has_value();
        return *a.due < *b.due;
    });
}

/// Read anew when the rows or the day changed.
const std::vector<OfficeTerm>& current_terms(Ui& ui, Date today) {
    Grid& grid = ui.view.grid;
    const std::string key = grid.key + "/" + ui.state.today;
    if (grid.terms_key != key) {
        grid.terms_key = key;
        grid.terms = terms_of(ui.state.opened->document.instrument->table, ui.state.opened->rows, today);
        sort_by_due(grid.terms);
    }
    return grid.terms;
}

}  // namespace

void body_letter(Ui& ui, Flow& flow) {
    const std::string row = ui.state.dialog.argument;
    const auto today = parse_date(ui.state.today);
    if (!ui.state.opened || !today) return;
    const auto letter = lay_out_letter(opened(ui).document, row, *today);
    if (!letter) {
        paragraph(ui, flow, "letter/error", describe(ui.state.settings.language, letter.error()));
    } else {
        for (std::size_t i = 0; i < letter->letter.size(); ++i)
            paragraph(ui, flow, "letter/" + std::to_string(i), letter->letter[i]);
    }
    const bool has_office = ui.state.offline != Offline::file;
    const int pressed =
        buttons(ui, flow,
                {{"letter/close", ui.say("ui.close")},
                 {"letter/word", ui.say("ui.letter.word"), {}, ButtonKind::plain, letter.has_value() && has_office},
                 {"letter/print", ui.say("ui.letter.print"), {}, ButtonKind::primary, letter.has_value()}});
    if (pressed == 0) close_dialog(ui);
    if (pressed > 0) ui.send(command::GiveLetter{row, pressed == 1});
}

void draw_terms(Ui& ui, const Box& box) {
    const auto today = parse_date(ui.state.today);
    if (!today) return;
    const std::vector<OfficeTerm>& terms = current_terms(ui, *today);
    sheet(box);
    const float top = box.y + draw_counts(ui, terms, box);
    const float name_width = std::min(ui.px(260), box.width * 0.3F);
    const float right = ui.px(ui.is_narrow() ? 170 : 220);
    const TimeLine line{add_months(*today, -5 * months_of_year), add_months(*today, 5 * months_of_year),
                        box.x + name_width, std::max(ui.px(40), box.width - name_width - right)};
    draw_years(ui, line, top, box.bottom() - 1, *today);
    const Box rows{box.x + 1, top + ui.px(44), box.width - 2, box.bottom() - top - ui.px(46)};
    ScrollArea scroll(ui, "terms-scroll", rows);
    const Container list(ui, make_node(ui, "terms", Role::list, ui.say("ui.roster.part.terms"), rows));
    const float height = ui.px(38);
    const auto first = static_cast<std::size_t>(std::max(0.0F, (rows.y - scroll.origin().y) / height));
    const auto last = std::min(terms.size(), first + static_cast<std::size_t>(rows.height / height) + 2);
    for (std::size_t i = first; i < last; ++i)
        draw_term(ui, line, terms[i], {rows.x, scroll.origin().y + static_cast<float>(i) * height, rows.width, height},
                  name_width);
    scroll.finish(static_cast<float>(terms.size()) * height);
}

}  // namespace duibiao::ui
