#include "ui/from_ledger.hpp"

#include <algorithm>

namespace duibiao::ui {

const Computed* from_ledger(const Ui& ui, std::string_view item, std::string_view field) {
    const auto& all = ui.state.opened->computed;
    const auto found = all.find(std::string(item) + "/" + std::string(field));
    return found == all.end() ? nullptr : &found->second;
}

float from_ledger_chip(Ui& ui, const std::string& id, const Computed* computed, const std::string& value,
                       bool has_answer, ImVec2 at, bool paint) {
    if (computed == nullptr) return 0;
    const float gap = ui.px(4);
    const float height = gap + chip_height(ui) + ui.px(2);
    if (!paint) return height;
    const std::string from = computed->lists.empty() ? "ui.from" : "ui.from.list";
    const std::string key = from + (computed->contradicted ? ".contradicted" : has_answer ? ".same" : "");
    const std::string who = computed->who.empty() ? std::string() : ui.say("ui.from.who", {{"who", computed->who}});
    const std::string text =
        ui.say(key, {{"value", value}, {"lists", computed->lists}, {"count", std::int64_t{computed->activities}}}) +
        who;
    chip(ui, at.x, at.y + gap, text, computed->contradicted ? Tone::error : Tone::neutral);
    emit_text(ui, id + "/from", text, {at.x, at.y + gap, chip_width(ui, text), chip_height(ui)});
    return height;
}

bool contradicts_ledger(const Ui& ui, const Criterion& item) {
    const auto differs = [&ui](std::string_view at, std::string_view field) {
        const Computed* computed = from_ledger(ui, at, field);
        return computed != nullptr && computed->contradicted;
    };
    return std::any_of(item.fields.begin(), item.fields.end(),
                       [&](const auto& field) { return differs(item.id, field.id); }) ||
           std::any_of(item.measures.begin(), item.measures.end(),
                       [&](const Measure& measure) { return differs(measure.id, "value"); });
}

}  // namespace duibiao::ui
