// The appraisal's page beside its grid: the steps, the ballots, and where everybody stands.
#include <algorithm>
#include <array>
#include <utility>

#include "core/appraisal.hpp"
#include "ui/grid.hpp"
#include "ui/roster_parts.hpp"

namespace duibiao::ui {

namespace {

const Appraisal& form(const Ui& ui) { return opened(ui).document.instrument->appraisal; }

std::string shown(const std::optional<Points>& points) { return points ? points->to_string() : "—"; }

// --- Steps --------------------------------------------------------------------------------------------------------

/// What is still missing in a step, or that nothing is.
std::string state_of(const Ui& ui, const AppraisalStep& step) {
    const bool erasing = opened(ui).erasing && step.gives == AppraisalStep::Gives::ballots;
    if (is_closed(opened(ui).document, step.id))
        return ui.say(erasing ? "ui.appraisal.step.closing" : "ui.appraisal.step.closed");
    if (&step != open_step(opened(ui).document)) return ui.say("ui.appraisal.step.later");
    if (opened(ui).standings.empty()) return ui.say("ui.appraisal.step.nobody");
    if (step.gives == AppraisalStep::Gives::ballots) {
        const auto count = static_cast<std::int64_t>(opened(ui).ballots ? opened(ui).ballots->size() : 0);
        return ui.say("ui.appraisal.step.ballots", {{"count", count}});
    }
    const std::size_t missing = lacking(form(ui), opened(ui).standings, step).size();
    if (missing == 0) return ui.say("ui.appraisal.step.ready");
    return ui.say("ui.appraisal.step.missing", {{"count", static_cast<std::int64_t>(missing)}});
}

void draw_step(Ui& ui, const AppraisalStep& step, int number, const Box& box) {
    const bool closed = is_closed(opened(ui).document, step.id);
    const bool current = &step == open_step(opened(ui).document);
    fill(box, current ? colour::accent_tint : colour::sheet, 6);
    outline(box, current ? colour::accent : colour::line, 6);
    const float side = ui.px(24);
    const Box mark{box.x + ui.px(10), box.y + (box.height - side) / 2, side, side};
    fill(mark, closed ? colour::good : current ? colour::accent : colour::faint, side / 2);
    write_in(ui, mark, closed ? "✓" : std::to_string(number), {13, Weight::semibold, colour::sheet}, 0.5F);
    std::string title = step.title;
    if (step.weight > Points{}) title += " " + step.weight.to_string() + "%";
    const float x = mark.right() + ui.px(8);
    const float width = box.right() - x - ui.px(6);
    const std::string state = state_of(ui, step);
    write_in(ui, {x, box.y + ui.px(4), width, ui.px(24)}, title,
             current ? with_colour(style::body_strong, colour::accent) : style::body_strong);
    write_in(ui, {x, box.y + ui.px(27), width, ui.px(20)}, state, style::small);
    emit_text(ui, "step/" + step.id, std::to_string(number) + " " + title + " " + state, box, Role::status);
}

}  // namespace

float draw_steps(Ui& ui, const Box& column, float y) {
    const auto& steps = form(ui).steps;
    const AppraisalStep* current = open_step(opened(ui).document);
    const std::string close =
        current == nullptr ? std::string() : ui.say("ui.appraisal.close", {{"step", current->title}});
    const bool narrow = column.width < ui.px(760);
    const float button_space = current == nullptr || narrow ? 0 : button_width(ui, close) + ui.px(12);
    const float gap = ui.px(8);
    const std::size_t across = narrow ? 2 : steps.size();
    const float width =
        (column.width - button_space - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
    const float height = ui.px(52);
    std::size_t line = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        line = i / across;
        const Box box{column.x + static_cast<float>(i % across) * (width + gap),
                      y + static_cast<float>(line) * (height + gap), width, height};
        draw_step(ui, steps[i], static_cast<int>(i) + 1, box);
    }
    y += static_cast<float>(line + 1) * (height + gap);
    if (current == nullptr) return y;
    const float button_y = narrow ? y : y - gap - height + ui.px(8);
    const Box place{column.right() - button_width(ui, close), button_y, button_width(ui, close), ui.px(36)};
    const bool possible = opened(ui).is_open() && !opened(ui).standings.empty();
    if (button(ui, place, {"step/close", close, {}, ButtonKind::primary, possible}))
        ui.send(command::ShowDialog{"close-step", current->id});
    return narrow ? y + ui.px(44) : y;
}

// --- Ballots ------------------------------------------------------------------------------------------------------

namespace {

/// How many members a rater has scored.
std::size_t count_scores(const Ui& ui, std::size_t rater) {
    const auto& standings = opened(ui).standings;
    return static_cast<std::size_t>(std::count_if(standings.begin(), standings.end(), [&](const Standing& standing) {
        return opened(ui).ballots->score(rater, standing.row).has_value();
    }));
}

/// Something that takes a paste while there is no ballot yet.
void draw_paste_place(Ui& ui, const Box& box) {
    std::string nothing;
    FieldSpec spec;
    spec.id = "ballot/paste";
    spec.name = ui.say("ui.appraisal.ballots.paste");
    spec.placeholder = spec.name;
    spec.read_only = !opened(ui).is_open();
    draft_field(ui, box, std::move(spec), nothing);
}

void draw_raters(Ui& ui, const Box& box) {
    sheet(box);
    const std::string add = ui.say("ui.appraisal.add-rater");
    const Box place{box.x + ui.px(12), box.y + ui.px(10), box.width - ui.px(24), ui.px(34)};
    if (button(ui, place, {"rater/add", add, {}, ButtonKind::primary, opened(ui).is_open()})) {
        ui.view.rater = opened(ui).ballots ? opened(ui).ballots->size() : 0;
        ui.send(command::AddRater{});
        ui.view.ballot_wish = 0;
    }
    draw_paste_place(ui, {place.x, place.bottom() + ui.px(8), place.width, ui.px(34)});
    const Box list{box.x + 1, box.y + ui.px(96), box.width - 2, box.height - ui.px(98)};
    ScrollArea scroll(ui, "raters-scroll", list);
    const std::size_t count = opened(ui).ballots ? opened(ui).ballots->size() : 0;
    const float row = ui.px(38);
    for (std::size_t i = 0; i < count; ++i) {
        const Box line{list.x, scroll.origin().y + static_cast<float>(i) * row, list.width, row};
        const bool here = ui.view.rater == i;
        const std::string& label = opened(ui).ballots->label(i);
        const std::string done =
            std::to_string(count_scores(ui, i)) + "/" + std::to_string(opened(ui).standings.size());
        const AreaState state = area(ui, line, {"rater/" + std::to_string(i), label + " " + done, Role::link, here});
        if (here || state.hovered) fill(line, here ? colour::accent_tint : colour::hover);
        write_in(ui, line.inset(ui.px(14), 0), label, here ? style::body_strong : style::body);
        write_in(ui, line.inset(ui.px(14), 0), done, style::small, 1);
        if (state.pressed) ui.view.rater = i;
    }
    scroll.finish(static_cast<float>(count) * row);
}

void draw_ballot_line(Ui& ui, std::size_t index, const Box& line) {
    const Standing& standing = opened(ui).standings[index];
    const std::size_t rater = ui.view.rater;
    write_in(ui, {line.x + ui.px(16), line.y, ui.px(44), line.height}, std::to_string(index + 1), style::small);
    const float field_width = ui.px(110);
    std::string name(standing.name);
    if (!standing.branch.empty()) name += "　" + std::string(standing.branch);
    write_in(ui, {line.x + ui.px(60), line.y, line.width - field_width - ui.px(90), line.height}, name, style::body);
    FieldSpec spec;
    spec.id = "ballot/" + std::to_string(index);
    spec.name = std::string(standing.name) + " " + opened(ui).ballots->label(rater);
    const auto score = opened(ui).ballots->score(rater, standing.row);
    spec.text = score ? score->to_string() : std::string();
    spec.placeholder = ui.say("ui.appraisal.abstains");
    spec.role = Role::number;
    spec.keys = "Enter ArrowUp ArrowDown";
    spec.max_length = 7;
    spec.read_only = !opened(ui).is_open();
    const Box place{line.right() - field_width - ui.px(16), line.y + ui.px(3), field_width, line.height - ui.px(6)};
    ballot_field(ui, place, std::move(spec), rater, std::string(standing.row));
    const auto go = [&](std::size_t to) { ui.view.ballot_wish = to; };
    const std::string id = "ballot/" + std::to_string(index);
    if (ui.mirror.pressed("Enter", id) || ui.mirror.pressed("ArrowDown", id)) go(index + 1);
    if (ui.mirror.pressed("ArrowUp", id) && index > 0) go(index - 1);
    horizontal_line(line.x, line.bottom() - 1, line.width, colour::track);
}

void draw_ballot(Ui& ui, const Box& box) {
    sheet(box);
    const auto& ballots = opened(ui).ballots;
    if (!ballots || ballots->size() == 0) {
        const std::string text = ui.say("ui.appraisal.ballots.how");
        write_wrapped(ui, box.x + ui.px(20), box.y + ui.px(20), box.width - ui.px(40), text, style::body);
        emit_text(ui, "ballots/how", text, box.inset(ui.px(20), ui.px(20)));
        return;
    }
    ui.view.rater = std::min(ui.view.rater, ballots->size() - 1);
    const Box head{box.x + 1, box.y + 1, box.width - 2, ui.px(44)};
    write_in(ui, head.inset(ui.px(16), 0), ballots->label(ui.view.rater), style::body_strong);
    emit_heading(ui, "ballot/head", ballots->label(ui.view.rater), 3, head);
    const std::string remove = ui.say("ui.appraisal.remove-rater");
    const float width = button_width(ui, remove);
    if (button(ui, {head.right() - width - ui.px(8), head.y + ui.px(6), width, ui.px(32)},
               {"rater/remove", remove, {}, ButtonKind::quiet, opened(ui).is_open()}))
        ui.send(command::RemoveRater{ui.view.rater});
    horizontal_line(head.x, head.bottom(), head.width);
    const Box list{head.x, head.bottom() + 1, head.width, box.bottom() - head.bottom() - ui.px(4)};
    ScrollArea scroll(ui, "ballot-scroll", list);
    const float row = ui.px(42);
    const std::size_t count = opened(ui).standings.size();
    const auto first = static_cast<std::size_t>(std::max(0.0F, (list.y - scroll.origin().y) / row - 1));
    const auto last = std::min(count, first + static_cast<std::size_t>(list.height / row) + 4);
    for (std::size_t i = first; i < last; ++i)
        draw_ballot_line(ui, i, {list.x, scroll.origin().y + static_cast<float>(i) * row, list.width, row});
    if (const auto wish = std::exchange(ui.view.ballot_wish, std::nullopt); wish && *wish < count) {
        const float y = static_cast<float>(*wish) * row;
        if (y < ImGui::GetScrollY()) ImGui::SetScrollY(y);
        if (y + 2 * row > ImGui::GetScrollY() + list.height) ImGui::SetScrollY(y + 2 * row - list.height);
        ui.mirror.request_focus("ballot/" + std::to_string(*wish));
        ui.view.wants_frame = true;
    }
    scroll.finish(static_cast<float>(count) * row + ui.px(8));
}

}  // namespace

void draw_ballots(Ui& ui, const Box& box) {
    const AppraisalStep* step = form(ui).ballot_step();
    if (step != nullptr && is_closed(opened(ui).document, step->id)) {
        sheet(box);
        const std::string text =
            ui.say(opened(ui).erasing ? "ui.appraisal.ballots.going" : "ui.appraisal.ballots.gone");
        write_wrapped(ui, box.x + ui.px(20), box.y + ui.px(20), box.width - ui.px(40), text, style::body);
        emit_text(ui, "ballots/gone", text, box.inset(ui.px(20), ui.px(20)));
        return;
    }
    const float left = ui.px(ui.is_narrow() ? 150 : 250);
    draw_raters(ui, {box.x, box.y, left, box.height});
    draw_ballot(ui, {box.x + left + ui.px(12), box.y, box.width - left - ui.px(12), box.height});
    for (const DomEvent& event : ui.mirror.events()) {
        if (event.kind == DomEvent::Kind::paste && event.id.starts_with("ballot/"))
            ui.send(command::AddBallots{event.text});
    }
}

// --- Where everybody stands ---------------------------------------------------------------------------------------

namespace {

struct StandingColumn {
    std::string title;
    float width = 0;
    bool number = true;
};

std::vector<StandingColumn> standing_columns(const Ui& ui, float room) {
    std::vector<StandingColumn> columns{{ui.say("csv.number"), ui.px(52)}};
    const auto& table = opened(ui).document.instrument->table.columns;
    columns.push_back({table[form(ui).name].label, ui.px(110), false});
    if (form(ui).branch) columns.push_back({table[*form(ui).branch].label, ui.px(130), false});
    for (const AppraisalStep& step : form(ui).steps) {
        if (step.gives == AppraisalStep::Gives::publication) continue;
        columns.push_back({step.title + " " + step.weight.to_string() + "%", ui.px(110)});
        if (step.gives == AppraisalStep::Gives::ballots) columns.push_back({ui.say("ui.appraisal.spread"), ui.px(130)});
    }
    columns.push_back({form(ui).total_label, ui.px(80)});
    columns.push_back({form(ui).grade_label, ui.px(90)});
    float sum = 0;
    for (const StandingColumn& column : columns) sum += column.width;
    const float stretch = std::max(1.0F, room / sum);
    for (StandingColumn& column : columns) column.width = std::floor(column.width * stretch);
    return columns;
}

std::vector<std::string> standing_cells(const Ui& ui, const Standing& standing) {
    std::vector<std::string> cells{std::to_string(standing.number), std::string(standing.name)};
    if (form(ui).branch) cells.emplace_back(standing.branch);
    for (const StandingPart& part : standing.parts) {
        cells.push_back(shown(part.score));
        if (part.step->gives != AppraisalStep::Gives::ballots) continue;
        cells.push_back(standing.raters ? ui.say("ui.appraisal.spread.of", {{"count", standing.raters->to_string()},
                                                                            {"lowest", shown(standing.lowest)},
                                                                            {"highest", shown(standing.highest)}})
                                        : "—");
    }
    cells.push_back(shown(standing.total));
    cells.push_back(standing.grade == nullptr ? "—" : standing.grade->title);
    return cells;
}

/// Figures of a column stand with their points below each other, whatever their decimals; other words in the middle.
void write_figure(Ui& ui, const Box& box, const std::string& text, const TextStyle& look) {
    const bool is_number = !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
    if (!is_number) return write_in(ui, box, text, look, 0.5F);
    const std::string whole = text.substr(0, text.find('.'));
    const float usual = ui.text.measure("00.00", look);
    const float point = box.x + (box.width - usual) / 2 + ui.text.measure("00", look);
    const float x = std::max(box.x, point - ui.text.measure(whole, look));
    write_in(ui, {x, box.y, box.right() - x, box.height}, text, look);
}

void draw_standing(Ui& ui, const std::vector<StandingColumn>& columns, const std::vector<std::string>& cells, float x,
                   float y, float height, bool head, const std::string& id) {
    MirrorNode node = make_node(ui, id, Role::row, cells[1], {x, y, 0, height});
    const Container row(ui, std::move(node));
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        const Box box{x, y, columns[i].width, height};
        const TextStyle& look = head                          ? style::small_strong
                                : i + 1 >= columns.size() - 1 ? style::body_strong
                                                              : style::body;
        if (!head && columns[i].number)
            write_figure(ui, box.inset(ui.px(8), 0), cells[i], look);
        else
            write_in(ui, box.inset(ui.px(8), 0), cells[i], look, head ? 0.5F : 0);
        emit_text(ui, id + "/" + std::to_string(i), cells[i], box, head ? Role::columnheader : Role::cell);
        x += columns[i].width;
    }
}

}  // namespace

void draw_standings(Ui& ui, const Box& box) {
    sheet(box);
    const std::vector<StandingColumn> columns = standing_columns(ui, box.width - ui.px(14));
    std::vector<std::string> titles;
    float width = 0;
    for (const StandingColumn& column : columns) {
        titles.push_back(column.title);
        width += column.width;
    }
    const float head = ui.px(42);
    ImGui::SetCursorScreenPos(box.min());
    ImGui::BeginChild("standings-scroll", {box.width, box.height}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_HorizontalScrollbar);
    const float x = box.x - ImGui::GetScrollX();
    const float top = box.y - ImGui::GetScrollY();
    const auto& standings = opened(ui).standings;
    const float row = ui.px(36);
    MirrorNode node = make_node(ui, "standings", Role::table, ui.say("ui.appraisal.part.result"), box);
    node.row_count = static_cast<int>(standings.size()) + 1;
    const Container table(ui, std::move(node));
    const auto first = static_cast<std::size_t>(ImGui::GetScrollY() / row);
    const auto last = std::min(standings.size(), first + static_cast<std::size_t>(box.height / row) + 2);
    for (std::size_t i = first; i < last; ++i) {
        const float y = top + head + static_cast<float>(i) * row;
        draw_standing(ui, columns, standing_cells(ui, standings[i]), x, y, row, false, "standing/" + std::to_string(i));
        horizontal_line(box.x, y + row - 1, box.width, colour::track);
    }
    fill({box.x, box.y, box.width, head}, colour::head);
    draw_standing(ui, columns, titles, x, box.y, head, true, "standing/head");
    horizontal_line(box.x, box.y + head - 1, box.width);
    ImGui::SetCursorScreenPos({x + width - 1, top + head + static_cast<float>(standings.size()) * row + ui.px(4)});
    ImGui::Dummy({1, 1});
    ImGui::EndChild();
}

}  // namespace duibiao::ui
