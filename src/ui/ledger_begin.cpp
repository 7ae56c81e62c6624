// A ledger without an activity: which documents bind the unit is asked before anything is called missing.
#include "ui/dialog_parts.hpp"
#include "ui/forms.hpp"
#include "ui/ledger_parts.hpp"

namespace duibiao::ui {

bool is_hollow(const Ui& ui) { return ui.state.opened->ledger.own == 0; }

void draw_ledger_from(Ui& ui, const Box& box, const std::string& id) {
    const Target target{Layer::self, "duties", "from"};
    const Document& document = ui.state.opened->document;
    const int year = ui.state.opened->ledger.year;
    std::vector<std::string> names{ui.say("ui.ledger.from.all")};
    for (int month = 2; month <= 12; ++month)
        names.push_back(ui.say("ui.ledger.from.month", {{"month", std::int64_t{month}}}));
    const Result<Date> from = parse_date(document.text(target.layer, target.item, target.field));
    const std::size_t now =
        from && static_cast<int>(from->year()) == year ? static_cast<unsigned>(from->month()) - 1 : 0;
    const float label = std::min(ui.text.measure(ui.say("ui.ledger.from"), style::body) + ui.px(12), box.width * 0.5F);
    write_in(ui, {box.x, box.y, label, box.height}, ui.say("ui.ledger.from"), style::body);
    const Box place{box.x + label, box.y, std::min(ui.px(150), box.width - label), box.height};
    const auto chosen = select(ui, place, id, ui.say("ui.ledger.from"), names, now);
    if (!chosen || !ui.state.opened->is_open()) return;
    const Date day = std::chrono::year{year} / static_cast<int>(*chosen + 1) / 1;
    ui.send(command::SetAnswer{target, *chosen == 0 ? std::string() : to_string(day), {}});
}

float draw_duty_sets(Ui& ui, const Box& column, float y, bool paint) {
    const Document& document = ui.state.opened->document;
    const float pad = ui.px(16);
    const float width = column.width - 2 * pad;
    const bool writable = ui.state.opened->is_open();
    for (const DutySet& set : document.instrument->duty_sets) {
        const Target target{Layer::self, "duties", set.id};
        const auto* bound = std::get_if<bool>(&document.answer(target));
        const std::string label =
            set.title + ui.say("ui.duties.count", {{"count", static_cast<std::int64_t>(set.duties.size())}});
        const float height = wrapped_height(ui, width - ui.px(30), label, style::body);
        if (paint) {
            const Box box{column.x + pad, y, width, height};
            const auto now = checkbox(ui, box, "begin/" + set.id, label, bound == nullptr || *bound, writable);
            if (now) ui.send(command::SetAnswer{target, *now ? "是" : "否", {}});
        }
        y += height + ui.px(10);
    }
    if (paint) draw_ledger_from(ui, {column.x + pad, y, width, ui.px(34)}, "begin/from");
    return y + ui.px(44);
}

float draw_begin(Ui& ui, const Box& column, float y) {
    const auto& sets = ui.state.opened->document.instrument->duty_sets;
    if (!is_hollow(ui) || sets.size() < 2) return y;
    const float pad = ui.px(16);
    const float width = column.width - 2 * pad;
    const std::string title = ui.say("ui.ledger.begin");
    const std::string how = ui.say("ui.ledger.begin.how");
    const float words = ui.px(30) + wrapped_height(ui, width, how, style::small) + ui.px(8);
    const float bottom = draw_duty_sets(ui, column, y + ui.px(12) + words, false);
    const Box box{column.x, y, column.width, bottom + ui.px(6) - y};
    sheet(box);
    const Container group(ui, make_node(ui, "begin", Role::group, title, box));
    emit_heading(ui, "begin/title", title, 3, {box.x + pad, y + ui.px(12), width, ui.px(26)});
    write_in(ui, {box.x + pad, y + ui.px(12), width, ui.px(26)}, title, style::body_strong);
    write_wrapped(ui, box.x + pad, y + ui.px(40), width, how, style::small);
    emit_text(ui, "begin/how", how, {box.x + pad, y + ui.px(40), width, words - ui.px(38)});
    draw_duty_sets(ui, column, y + ui.px(12) + words, true);
    return box.bottom() + ui.px(gap_at_15);
}

}  // namespace duibiao::ui
