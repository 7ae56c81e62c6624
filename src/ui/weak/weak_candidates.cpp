// What makes an organisation a candidate: the doors, and who has come by which, answer by answer.
#include <algorithm>

#include "core/name_key.hpp"
#include "ui/weak/weak_parts.hpp"

namespace duibiao::ui {

namespace {

// --- Doors --------------------------------------------------------------------------------------------------------

std::string door_label(const Ui& ui, const Door& door) {
    return ui.say("ui.weak.door", {{"title", door.title}, {"clause", door.clause}});
}

/// Boxes one after the other, in as many lines as they need.
class DoorFlow {
public:
    DoorFlow(const Ui& ui, const Box& column, float left, float y)
        : column_(column), left_(left), x_(left), height_(ui.px(26)), line_(ui.px(32)), gap_(ui.px(12)), y_(y) {}
    Box place(float width) {
        if (x_ > left_ && x_ + width > column_.right()) {
            x_ = left_;
            y_ += line_;
        }
        const Box box{x_, y_, std::min(width, column_.right() - x_), height_};
        x_ += width + gap_;
        return box;
    }
    [[nodiscard]] float bottom() const { return y_ + line_; }

private:
    Box column_;
    float left_;
    float x_;
    float height_;
    float line_;
    float gap_;
    float y_;
};

/// Which file they are of, and how to ask those of another one.
void draw_doors_file(Ui& ui, DoorFlow& flow) {
    const bool is_own = !opened(ui).document.text(Layer::self, "header", "doors_file").empty();
    if (is_own) {
        const std::string own = ui.say("ui.weak.doors.own", {{"title", weak(ui).doors.title}});
        const Box box = flow.place(ui.text.measure(own, style::small) + 2);
        write_in(ui, box, own, style::small);
        emit_text(ui, "weak/doors/own", own, box);
    }
    const auto put = [&](const char* key, bool is_enabled) {
        const std::string label = ui.say("ui.weak.doors." + std::string(key));
        const Box box = flow.place(button_width(ui, label));
        return button(ui, box, {"weak/doors/" + std::string(key), label, {}, ButtonKind::quiet, is_enabled}) &&
               is_enabled;
    };
    const bool is_open = opened(ui).is_open();
    if (is_own && put("back", is_open)) ui.send(command::UseShippedDoors{});
    if (!ui.view.weak.all_doors) return;
    if (put("change", is_open)) ui.send(command::Pick{});
    if (put("save", true)) ui.send(command::SaveDoors{});
}

float draw_doors(Ui& ui, const Box& column, float y) {
    const std::string title = ui.say("ui.weak.doors");
    const Box head{column.x, y, ui.text.measure(title, style::small_strong) + 2, ui.px(26)};
    write_in(ui, head, title, style::small_strong);
    emit_heading(ui, "weak/doors", title, 2, head);
    const bool is_beside = column.width > ui.px(680);
    DoorFlow flow(ui, column, is_beside ? head.right() + ui.px(14) : column.x, is_beside ? y : y + ui.px(30));
    std::int64_t hidden = 0;
    for (const Door& door : weak(ui).doors.doors) {
        if (!door.is_on && !ui.view.weak.all_doors) {
            ++hidden;
            continue;
        }
        const std::string label = door_label(ui, door);
        const Box box = flow.place(ui.text.measure(label, style::body) + ui.px(34));
        if (const auto now = checkbox(ui, box, "weak/door/" + door.id, label, door.is_on, opened(ui).is_open()))
            ui.send(command::SwitchDoor{door.id, *now});
    }
    const std::string more =
        hidden > 0 ? ui.say("ui.weak.doors.more", {{"count", hidden}}) : ui.say("ui.weak.doors.less");
    if (button(ui, flow.place(button_width(ui, more)), {"weak/doors/more", more, {}, ButtonKind::quiet}))
        ui.view.weak.all_doors = !ui.view.weak.all_doors;
    draw_doors_file(ui, flow);
    return flow.bottom() + ui.px(6);
}

// --- Candidates ---------------------------------------------------------------------------------------------------

/// Candidates, and units of which something else is to be said.
std::vector<const Candidate*> shown_candidates(const Ui& ui) {
    std::vector<const Candidate*> shown;
    for (const bool is_candidate : {true, false}) {
        for (const Candidate& unit : weak(ui).found->candidates.units) {
            if (unit.is_candidate() == is_candidate) shown.push_back(&unit);
        }
    }
    return shown;
}

const Candidate* selected_candidate(const Ui& ui) {
    return ui.view.weak.selected.empty() ? nullptr : weak(ui).candidate(ui.view.weak.selected);
}

std::string doors_of(const Ui& ui, const Candidate& unit) {
    std::string text;
    for (const std::size_t door : unit.doors) text += (text.empty() ? "" : "、") + weak(ui).doors.doors[door].title;
    if (!text.empty()) return text;
    if (!unit.differences.empty()) return ui.say("ui.weak.differs", {{"count", number(unit.differences.size())}});
    return ui.say(!unit.replaced.empty()     ? "ui.weak.replaced"
                  : !unit.unanswered.empty() ? "ui.weak.unanswered"
                                             : "ui.weak.remark");
}

std::string problems_of(const Candidate& unit) {
    std::vector<std::string> words;
    for (const DoorEvidence& one : unit.evidence) {
        if (std::find(words.begin(), words.end(), one.words) == words.end()) words.push_back(one.words);
    }
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : "；") + word;
    return text;
}

/// Where it stands in the list; empty: it is not in it.
void list_chip(Ui& ui, float right, float y, const Candidate& unit) {
    const WeakUnit* row = weak(ui).find(unit.name);
    if (row == nullptr && !unit.is_candidate()) return;
    const std::string text = row == nullptr ? ui.say("ui.weak.unlisted") : stage_words(ui, row->stage);
    chip(ui, right - chip_width(ui, text), y, text, row == nullptr ? Tone::neutral : tone_of(row->stage));
}

std::string spoken(const Ui& ui, const Candidate& unit) {
    const WeakUnit* row = weak(ui).find(unit.name);
    return unit.name + " " + doors_of(ui, unit) + " " + problems_of(unit) + " " +
           (row == nullptr ? ui.say("ui.weak.unlisted") : stage_words(ui, row->stage));
}

void draw_candidate(Ui& ui, const Box& box, const Candidate& unit) {
    const bool is_selected = ui.view.weak.selected == unit.name;
    const std::string id = "weak/candidate/" + unit.name;
    const AreaState state = area(ui, box, {id, spoken(ui, unit), Role::button, is_selected, 4});
    if (is_selected || state.hovered) fill(box.inset(1, 0), is_selected ? colour::selected : colour::hover);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    const float right = box.right() - ui.px(14);
    const float room = ui.px(84);
    list_chip(ui, right, box.y + ui.px(9), unit);
    const float x = box.x + ui.px(16);
    const float name = std::min(ui.text.measure(unit.name, style::body_strong) + 2, right - room - x);
    write_in(ui, {x, box.y + ui.px(6), name, ui.px(24)}, unit.name, style::body_strong);
    const float doors_x = x + name + ui.px(14);
    write_in(ui, {doors_x, box.y + ui.px(6), std::max(0.0F, right - room - doors_x), ui.px(24)}, doors_of(ui, unit),
             with_colour(style::small, unit.is_candidate() ? colour::accent : colour::secondary));
    write_in(ui, {x, box.y + ui.px(30), right - x, ui.px(22)}, problems_of(unit), style::small);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 1), 4);
    if (state.pressed) ui.view.weak.selected = is_selected ? std::string() : unit.name;
}

void draw_candidates(Ui& ui, const Box& place) {
    sheet(place);
    ScrollArea scroll(ui, "weak/scroll", {place.x, place.y + 1, place.width, place.height - 2});
    const Container list(ui,
                         make_node(ui, "weak/candidates", Role::group, ui.say("ui.weak.part.candidates.name"), place));
    float y = scroll.origin().y;
    const float line = ui.px(58);
    const auto shown = shown_candidates(ui);
    if (shown.empty()) {
        const std::string none = ui.say("ui.weak.none");
        const float height =
            write_wrapped(ui, place.x + ui.px(16), y + ui.px(14), place.width - ui.px(32), none, style::hint);
        emit_text(ui, "weak/none", none, {place.x, y, place.width, height + ui.px(20)});
        y += height + ui.px(28);
    }
    for (const Candidate* unit : shown) {
        const Box box{place.x, y, place.width, line};
        const bool is_in_sight = box.bottom() > place.y - line && box.y < place.bottom() + line;
        if (is_in_sight || ui.view.weak.selected == unit->name) draw_candidate(ui, box, *unit);
        y += line;
    }
    const auto& silent = weak(ui).found->candidates.silent;
    if (!silent.empty()) {
        std::string names;
        for (const std::string& name : silent) names += (names.empty() ? "" : "、") + name;
        const std::string text = ui.say("ui.weak.silent", {{"count", number(silent.size())}, {"units", names}});
        const float height =
            write_wrapped(ui, place.x + ui.px(16), y + ui.px(10), place.width - ui.px(32), text, style::small);
        emit_text(ui, "weak/silent", text, {place.x, y, place.width, height + ui.px(20)});
        y += height + ui.px(20);
    }
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y);
}

// --- One of them --------------------------------------------------------------------------------------------------

void draw_remarks(WeakColumn& column, const Candidate& unit) {
    Ui& ui = column.ui;
    if (!unit.is_listed)
        column.note("unlisted",
                    unit.perhaps.empty() ? ui.say("weak.remark.unlisted")
                                         : ui.say("weak.remark.perhaps", {{"units", unit.perhaps}}),
                    Tone::warning);
    if (!unit.other_names.empty())
        column.note("renamed", ui.say("weak.remark.renamed", {{"names", unit.other_names}}), Tone::warning);
    if (!unit.doubled.empty())
        column.note("doubled", ui.say("weak.remark.doubled", {{"count", number(unit.doubled.size())}}), Tone::warning);
    for (std::size_t i = 0; i < unit.replaced.size(); ++i) {
        const ReplacedEvidence& one = unit.replaced[i];
        column.note("replaced/" + std::to_string(i),
                    ui.say("weak.changed.replaced", {{"words", one.evidence.words},
                                                     {"edits", std::int64_t{one.evidence.edits}},
                                                     {"by", std::int64_t{one.by_edits}}}),
                    Tone::warning);
    }
    if (unit.unanswered.empty()) return;
    std::string items;
    for (const UnansweredRule& one : unit.unanswered)
        items += (items.empty() ? "" : "、") + (one.text.empty() ? one.item : one.text);
    column.note("unanswered", ui.say("ui.weak.unanswered.items", {{"items", items}}), Tone::neutral);
}

void draw_selected(Ui& ui, const Box& place, const Candidate& unit) {
    sheet(place);
    const Container region(ui, make_node(ui, "weak/drawer", Role::region, unit.name, place));
    const float close_width = draw_weak_close(ui, place, "weak/candidate/" + unit.name);
    const Box body{place.x + 1, place.y + ui.px(10), place.width - 2, place.height - ui.px(12)};
    ScrollArea scroll(ui, "weak/drawer/scroll", body);
    WeakColumn column(ui, "weak/drawer", body.x + ui.px(16), body.width - ui.px(34), scroll.origin().y);
    const float whole = column.width;
    column.width -= close_width;
    column.title("unit", unit.name);
    column.width = whole;
    std::string about = unit.district;
    if (!unit.class_name.empty()) about += (about.empty() ? "" : " · ") + unit.class_name;
    if (!about.empty()) column.line("about", about, style::small);
    draw_remarks(column, unit);
    draw_weak_evidence(column, unit);
    draw_weak_differences(column, unit);
    const WeakUnit* row = weak(ui).find(unit.name);
    if (row != nullptr) {
        column.heading("standing", ui.say("ui.weak.standing", {{"stage", stage_words(ui, row->stage)}}));
        if (column.button("list", ui.say("ui.weak.to-list"), ButtonKind::primary)) {
            ui.view.weak.part = 1;
            ui.send(command::OpenDocument{weak(ui).list, {}});
        }
        column.end_buttons();
    }
    column.gap(8);
    const bool is_there =
        !weak(ui).doors.surveys.empty() && (weak(ui).file(weak(ui).doors.surveys.front().form, unit.name) != nullptr ||
                                            (row != nullptr && !row->survey.empty()));
    if (column.button("survey", ui.say(is_there ? "ui.weak.survey.open" : "ui.weak.survey.begin")))
        ui.send(command::OpenWeakForm{unit.name, false});
    column.end_buttons();
    scroll.follow_focus();
    scroll.finish(column.y - scroll.origin().y + ui.px(12));
}

/// What goes into the list, and papers of what was found. Returns where it ends.
float draw_tools(Ui& ui, const Box& column, float y) {
    const WeakState& state = weak(ui);
    const auto& found = state.found->candidates;
    const float height = ui.px(34);
    float right = column.right();
    const bool has_news = state.added > 0 || state.changed > 0;
    const std::string update =
        state.list.empty()
            ? ui.say("ui.weak.list.begin", {{"count", number(state.added)}})
            : ui.say("ui.weak.list.update", {{"added", number(state.added)}, {"changed", number(state.changed)}});
    const float width = button_width(ui, update);
    right -= width;
    if (button(ui, {right, y, width, height}, {"weak/update", update, {}, ButtonKind::primary, has_news}) && has_news) {
        ui.view.weak.part = 1;
        ui.send(command::UpdateWeakList{});
    }
    right -= ui.px(8);
    if (const auto format = draw_weak_papers(ui, column, y, right, "ui.weak.paper"))
        ui.send(command::WriteDesk{"candidates", *format});
    const std::int64_t candidates = std::count_if(found.units.begin(), found.units.end(),
                                                  [](const Candidate& unit) { return unit.is_candidate(); });
    const std::string text = ui.say("ui.weak.found", {{"count", candidates}, {"silent", number(found.silent.size())}});
    const Box words{column.x, y, std::max(0.0F, right - column.x), height};
    write_in(ui, words, text, style::small);
    emit_text(ui, "weak/found", text, words, Role::status);
    return y + height + ui.px(8);
}

}  // namespace

void draw_weak_evidence(WeakColumn& column, const Candidate& unit) {
    Ui& ui = column.ui;
    std::size_t door = weak(ui).doors.doors.size();
    for (std::size_t i = 0; i < unit.evidence.size(); ++i) {
        const DoorEvidence& one = unit.evidence[i];
        const std::string number = std::to_string(i);
        if (one.door != door) {
            door = one.door;
            const Door& own = weak(ui).doors.doors[door];
            column.heading("door/" + own.id, door_label(ui, own));
            if (std::find(unit.doors.begin(), unit.doors.end(), door) == unit.doors.end())
                column.line("door/" + own.id + "/few", ui.say("ui.weak.few"), style::small);
        }
        const std::string source =
            ui.say(one.is_survey ? "ui.weak.source.survey" : "ui.weak.source", {{"form", one.form_title}});
        const std::string place = one.text.empty() ? one.item : one.text;
        const std::string says = ui.say(
            "ui.weak.says", {{"source", source}, {"item", place}, {"answer", one.answer}, {"clause", one.clause}});
        const float words = wrapped_height(ui, column.width - ui.px(24), one.words, style::body);
        const float lines = wrapped_height(ui, column.width - ui.px(24), says, style::small);
        const Box box{column.x, column.y, column.width, words + lines + ui.px(16)};
        const std::string id = column.id + "/evidence/" + number;
        const AreaState state =
            area(ui, box, {id, one.words + " " + says + " " + ui.say("ui.weak.evidence.open"), Role::button, false, 6});
        fill(box, state.hovered ? colour::hover : colour::head, 6);
        fill({box.x, box.y, ui.px(3), box.height}, colour::accent, 1);
        write_wrapped(ui, box.x + ui.px(12), box.y + ui.px(7), column.width - ui.px(24), one.words, style::body);
        write_wrapped(ui, box.x + ui.px(12), box.y + ui.px(8) + words, column.width - ui.px(24), says, style::small);
        if (ui.mirror.focused() == id) focus_ring(box, 6);
        if (state.pressed) ui.send(command::OpenEvidence{one.document, one.item});
        column.y = box.bottom() + ui.px(6);
    }
}

void draw_weak_differences(WeakColumn& column, const Candidate& unit) {
    if (unit.differences.empty()) return;
    Ui& ui = column.ui;
    column.heading("differences", ui.say("ui.weak.differences", {{"count", number(unit.differences.size())}}));
    for (std::size_t i = 0; i < unit.differences.size(); ++i) {
        const SurveyDifference& one = unit.differences[i];
        const std::string unit_says = one.unit_says.empty() ? ui.say("ui.weak.unsaid") : one.unit_says;
        column.note(
            "difference/" + std::to_string(i),
            ui.say("ui.weak.difference", {{"item", one.text}, {"unit", unit_says}, {"survey", one.survey_says}}),
            Tone::warning);
    }
}

void draw_weak_candidates(Ui& ui, const Box& place) {
    if (!ui.state.weak || weak(ui).campaign != opened(ui).document.id) {
        ui.send(command::OpenWeak{});
        return;
    }
    const Candidate* unit = selected_candidate(ui);
    const bool has_room = place.width > ui.px(980);
    if (unit != nullptr && !has_room) return draw_selected(ui, place, *unit);
    float y = draw_weak_steps(ui, place, place.y);
    y = draw_weak_tabs(ui, place, y);
    if (!weak(ui).found) {
        const std::string text = weak(ui).failure.empty() ? ui.say("ui.weak.loading") : weak(ui).failure;
        write_in(ui, {place.x, y, place.width, ui.px(40)}, text, style::hint);
        emit_text(ui, "weak/loading", text, {place.x, y, place.width, ui.px(40)}, Role::status);
        return;
    }
    y = draw_doors(ui, place, y);
    y = draw_tools(ui, place, y);
    const Box body{place.x, y, place.width, std::max(ui.px(160), place.bottom() - y)};
    const float drawer = unit != nullptr ? ui.px(440) : 0;
    draw_candidates(ui, {body.x, body.y, body.width - (drawer > 0 ? drawer + ui.px(desk_gap) : 0), body.height});
    if (drawer > 0) draw_selected(ui, {body.right() - drawer, body.y, drawer, body.height}, *unit);
}

}  // namespace duibiao::ui
