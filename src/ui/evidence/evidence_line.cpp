#include "ui/evidence/evidence_line.hpp"

#include <algorithm>

namespace duibiao::ui {

bool may_write_evidence(const Ui& ui) {
    return ui.state.opened && ui.state.opened->layer == Layer::self && ui.state.opened->is_open();
}

float evidence_line(Ui& ui, const std::string& item, const Box& place, bool always, bool paint) {
    const std::string numbers = evidence_numbers(ui.state.opened->evidence, item);
    if (numbers.empty() && !may_write_evidence(ui)) return 0;
    const float height = ui.px(28);
    if (!paint) return height;
    const bool is_current = always || ui.view.selected_item == item;
    const std::string label =
        numbers.empty() ? ui.say("ui.evidence.add") : ui.say("ui.evidence.numbers", {{"numbers", numbers}});
    const float width = std::min(place.width, button_width(ui, label));
    const Box box{place.x, place.y + ui.px(2), width, ui.px(24)};
    if (is_current) {
        const std::string name = item + " " + label;
        if (button(ui, box, {"evidence-of/" + item, label, name, ButtonKind::quiet}))
            ui.send(command::ShowDialog{"evidence", item});
        return height;
    }
    if (numbers.empty()) return height;
    write_in(ui, {place.x + ui.px(14), box.y, place.width - ui.px(14), box.height}, label, style::small);
    emit_text(ui, "evidence-of/" + item, label, box);
    return height;
}

}  // namespace duibiao::ui
