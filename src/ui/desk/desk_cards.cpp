// Figures of the campaign that filter, and what became of the files.
#include <algorithm>
#include <array>

#include "ui/desk/desk_parts.hpp"

namespace duibiao::ui {

namespace {

struct Card {
    std::string id;
    std::int64_t number = 0;
    std::string text;
    std::optional<UnitState> state;
    bool is_bad = false;
};

/// Of what waits for this office those that were not handed over, too.
std::int64_t count_of(const Ui& ui, UnitState state) {
    const auto& states = desk_view(ui).states;
    const std::int64_t drafts = state == UnitState::submitted ? states[static_cast<std::size_t>(UnitState::draft)] : 0;
    return states[static_cast<std::size_t>(state)] + drafts;
}

std::vector<Card> cards_of(const Ui& ui) {
    const DeskView& view = desk_view(ui);
    const auto all = static_cast<std::int64_t>(view.units.size());
    const std::int64_t missing = count_of(ui, UnitState::missing);
    const std::int64_t reported = all - missing;
    const std::int64_t reminded = std::count_if(view.units.begin(), view.units.end(), [](const DeskUnit& unit) {
        return unit.state == UnitState::missing && !unit.reminded.empty();
    });
    const std::int64_t share = all == 0 ? 0 : reported * 100 / all;
    const auto due = parse_date(opened(ui).document.text(Layer::self, "header", "due"));
    const auto today = parse_date(ui.state.today);
    const bool is_over = due && today && std::chrono::sys_days(*due) < std::chrono::sys_days(*today);
    return {{"all", all,
             ui.say(view.expected ? "ui.desk.card.all" : "ui.desk.card.all-unlisted",
                    {{"reported", reported}, {"share", share}}),
             std::nullopt},
            {"missing", missing, ui.say("ui.desk.card.missing", {{"count", reminded}}), UnitState::missing,
             missing > 0 && is_over},
            {"submitted", count_of(ui, UnitState::submitted), ui.say("ui.desk.card.submitted"), UnitState::submitted},
            {"returned", count_of(ui, UnitState::returned), ui.say("ui.desk.card.returned"), UnitState::returned},
            {"accepted", count_of(ui, UnitState::accepted), ui.say("ui.desk.card.accepted"), UnitState::accepted}};
}

void draw_card(Ui& ui, const Box& box, const Card& card) {
    const DeskList& list = ui.view.desk;
    const bool is_narrowed = !list.rule.empty() || !list.criterion.empty() || !list.grade.empty() || list.totals ||
                             !list.district.empty() || !list.class_name.empty();
    const bool is_chosen = list.state == card.state && (card.state ? list.part < 2 : list.part == 0 && !is_narrowed);
    sheet(box);
    const std::string number = std::to_string(card.number);
    const AreaState state =
        area(ui, box, {"desk/card/" + card.id, number + " " + card.text, Role::button, is_chosen, 8});
    if (is_chosen)
        outline(box, colour::accent, 8, 2);
    else if (state.hovered)
        outline(box, colour::control_line, 8);
    const bool small = ui.is_narrow();
    write_in(ui, {box.x + ui.px(14), box.y + ui.px(small ? 6 : 10), box.width - ui.px(20), ui.px(32)}, number,
             {small ? 20.0F : 26.0F, Weight::bold, card.is_bad ? colour::accent : colour::text});
    const float top = box.y + ui.px(small ? 36 : 46);
    write_in(ui, {box.x + ui.px(14), top, box.width - ui.px(20), ui.px(22)}, card.text, style::small);
    if (!state.pressed) return;
    DeskList wanted;
    if (ui.view.desk.state != card.state) wanted.state = card.state;  // pressed again: all of them
    show_units(ui, std::move(wanted));
}

/// received = counted + superseded + doubled + foreign + rejected, and a bar of the states.
void draw_conservation(Ui& ui, const Box& box) {
    const DeskView& view = desk_view(ui);
    const std::int64_t rejected = view.received - view.counted - view.superseded - view.doubled - view.foreign;
    const std::string text = ui.say("ui.desk.conservation", {{"received", view.received},
                                                             {"counted", view.counted},
                                                             {"superseded", view.superseded},
                                                             {"doubled", view.doubled},
                                                             {"foreign", view.foreign},
                                                             {"rejected", rejected}});
    sheet(box);
    const AreaState state = area(ui, box, {"desk/card/files", text, Role::button, false, 8});
    if (state.hovered) outline(box, colour::control_line, 8);
    write_wrapped(ui, box.x + ui.px(14), box.y + ui.px(10), box.width - ui.px(28), text, style::small);
    const Box bar{box.x + ui.px(14), box.bottom() - ui.px(18), box.width - ui.px(28), ui.px(8)};
    fill(bar, colour::groove, 4);
    constexpr std::array<std::pair<UnitState, ImU32>, 3> tones{
        {{UnitState::accepted, IM_COL32(0x3F, 0x8F, 0x5F, 255)},
         {UnitState::submitted, IM_COL32(0x7F, 0x95, 0xB4, 255)},
         {UnitState::returned, IM_COL32(0xD9, 0x95, 0x2C, 255)}}};
    const auto all = static_cast<float>(std::max<std::size_t>(1, view.units.size()));
    float x = bar.x;
    for (const auto& [unit_state, colour] : tones) {
        const float width = bar.width * static_cast<float>(count_of(ui, unit_state)) / all;
        if (width > 0) fill({x, bar.y, width, bar.height}, colour, std::min(4.0F, width / 2));
        x += width;
    }
    if (!state.pressed) return;
    ui.view.desk.part = 3;
    ui.view.wants_frame = true;
}

}  // namespace

float draw_desk_cards(Ui& ui, const Box& column, float y) {
    const std::vector<Card> cards = cards_of(ui);
    const float gap = ui.px(ui.is_narrow() ? 8 : desk_gap);
    if (ui.is_narrow()) {
        const float width = (column.width - 2 * gap) / 3;
        for (std::size_t i = 0; i < cards.size(); ++i) {
            const std::size_t row = i / 3;
            draw_card(ui,
                      {column.x + static_cast<float>(i % 3) * (width + gap),
                       y + static_cast<float>(row) * (ui.px(64) + gap), width, ui.px(64)},
                      cards[i]);
        }
        return y + 2 * (ui.px(64) + gap);
    }
    const float last = std::min(ui.px(300), column.width * 0.24F);
    const auto count = static_cast<float>(cards.size());
    const float width = (column.width - last - count * gap) / count;
    const float height = ui.px(80);
    for (std::size_t i = 0; i < cards.size(); ++i)
        draw_card(ui, {column.x + static_cast<float>(i) * (width + gap), y, width, height}, cards[i]);
    draw_conservation(ui, {column.right() - last, y, last, height});
    return y + height + gap;
}

}  // namespace duibiao::ui
