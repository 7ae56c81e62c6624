// The desk of a form's author as a whole: the given table at the left, the form that was made of it at the right, and
// below it what is asked about and what can be changed.
#include <algorithm>
#include <array>

#include "core/authoring/arrange.hpp"
#include "core/undo.hpp"
#include "ui/author/author_parts.hpp"

namespace duibiao::ui {

std::string place_key(const SourcePlace& place) {
    return std::to_string(place.table) + "." + std::to_string(place.row);
}

std::string decision_key(std::string_view what, const SourcePlace& place, std::size_t number) {
    std::string key = std::string(what) + "/" + place_key(place);
    if (number > 0) key += "." + std::to_string(number);
    return key;
}

std::string place_words(const Ui& ui, const SourcePlace& place) {
    const Params params{{"table", static_cast<std::int64_t>(place.table)},
                        {"row", static_cast<std::int64_t>(place.row)}};
    if (place.row == 0) return ui.say("ui.author.place.whole");
    if (place.row >= authoring::added_rows) return ui.say("ui.author.place.added");
    if (place.row >= authoring::part_rows)
        return ui.say("ui.author.place.part", {{"row", static_cast<std::int64_t>(authoring::given_row(place.row))},
                                               {"part", static_cast<std::int64_t>(place.row % 100)}});
    return ui.say(author_view(ui).tables.size() > 1 ? "ui.author.place.table" : "ui.author.place.row", params);
}

const AuthorLine* line_at(const Ui& ui, const SourcePlace& place) {
    const AuthorLine* found = nullptr;
    for (const AuthorLine& line : author_view(ui).lines) {
        if (line.place == place && line.level == AuthorLine::Level::item) return &line;
        const bool is_before = line.place.table == place.table && line.place.row <= place.row;
        const bool is_nearer = found == nullptr || line.place.row >= found->place.row;
        if (is_before && is_nearer) found = &line;
    }
    return found;
}

const AuthorLine* chosen_line(const Ui& ui) {
    const AuthorDesk& desk = ui.view.author;
    if (desk.selected.row == 0) return nullptr;
    for (const AuthorLine& line : author_view(ui).lines) {
        if (line.id == desk.line && line.place == desk.selected) return &line;
    }
    return line_at(ui, desk.selected);
}

void select_place(Ui& ui, const SourcePlace& place) {
    AuthorDesk& desk = ui.view.author;
    desk.selected = place;
    desk.line.clear();
    desk.column = 0;
    desk.wants_source = desk.wants_line = true;
    ui.view.wants_frame = true;
}

const AuthorDoubt* doubt_at(const Ui& ui) {
    for (const AuthorDoubt& doubt : author_view(ui).doubts) {
        if (!doubt.is_accepted && doubt.key == ui.view.author.doubt) return &doubt;
    }
    return nullptr;
}

void walk_doubts(Ui& ui, int direction) {
    std::vector<const AuthorDoubt*> open;
    for (const AuthorDoubt& doubt : author_view(ui).doubts) {
        if (!doubt.is_accepted) open.push_back(&doubt);
    }
    AuthorDesk& desk = ui.view.author;
    if (open.empty()) {
        desk.doubt.clear();
        return ui.send(command::Notify{ui.say("ui.author.no-doubts")});
    }
    const auto here =
        std::find_if(open.begin(), open.end(), [&desk](const AuthorDoubt* doubt) { return doubt->key == desk.doubt; });
    std::size_t next = direction > 0 ? 0 : open.size() - 1;
    if (here != open.end()) {
        const auto at = static_cast<std::size_t>(here - open.begin());
        next = (at + (direction > 0 ? 1 : open.size() - 1)) % open.size();
    }
    desk.doubt = open[next]->key;
    if (open[next]->place.row > 0) select_place(ui, open[next]->place);
    desk.part = 0;
    if (!ui.touch) ui.mirror.request_focus("author/accept");
    ui.view.wants_frame = true;
}

// --- Decisions ----------------------------------------------------------------------------------------------------

void decide(Ui& ui, const std::string& key, std::optional<std::string> value) {
    ui.send(command::DecideForm{{{key, std::move(value)}}, {}});
}

std::string decided_text(const Ui& ui, const std::string& key, const std::string& recognised) {
    return decision_in(opened(ui).rows, key).value_or(recognised);
}

void decision_field(Ui& ui, const Box& box, FieldSpec spec, const std::string& key, const std::string& recognised) {
    spec.text = decided_text(ui, key, recognised);
    spec.read_only = spec.read_only || !opened(ui).is_open();
    spec.as_typed = true;
    spec.keys = spec.role == Role::multiline ? "Escape" : "Enter Escape";
    const FieldEvents events = field(ui, box, spec);
    ActiveField& active = ui.view.active;
    const std::string batch = active.id == spec.id ? active.batch : std::string();
    if (events.typed && !spec.read_only) ui.send(command::DecideForm{{{key, *events.typed}}, batch});
    if (active.id != spec.id) return;
    if (ui.mirror.pressed("Escape", spec.id)) {
        ui.send(command::DecideForm{{{key, active.original}}, batch});
        active.is_typed = false;
    }
    if (events.lost_focus) active = ActiveField{};
}

// --- As a whole ---------------------------------------------------------------------------------------------------

namespace {

/// A desk that was never here begins with its first doubt.
void begin_desk(Ui& ui) {
    AuthorDesk& desk = ui.view.author;
    if (desk.draft != ui.state.author->draft) {
        desk = AuthorDesk{};
        desk.draft = ui.state.author->draft;
    }
    const AuthorView& view = author_view(ui);
    if (!desk.has_begun) {
        desk.has_begun = true;
        if (view.open_doubts() > 0) walk_doubts(ui, 1);
        return;
    }
    // What was asked about has its answer: the next one. Who answers by typing is not taken away from the field.
    if (!desk.doubt.empty() && doubt_at(ui) == nullptr && !ui.state.author->is_waiting) {
        desk.doubt.clear();
        if (!ui.view.active.id.empty()) return;
        if (view.open_doubts() > 0) return walk_doubts(ui, 1);
        ui.send(command::Notify{ui.say("ui.author.no-doubts")});
    }
}

/// Nothing to show: why.
void draw_nothing(Ui& ui, const Box& place) {
    const bool has_failed = !ui.state.author->failure.empty();
    const std::string text = has_failed ? ui.state.author->failure : ui.say("ui.author.loading");
    const Box box{place.x + ui.px(20), place.y + ui.px(20), place.width - ui.px(40), ui.px(60)};
    write_wrapped(ui, box.x, box.y, box.width, text,
                  has_failed ? with_colour(style::body, colour::accent) : style::hint);
    emit_text(ui, "author/nothing", text, box, has_failed ? Role::alert : Role::status);
}

float draw_failure(Ui& ui, const Box& column, float y, const std::string& text) {
    return text.empty() ? y : draw_alarm(ui, "author/failure", column, y, text) + ui.px(author_gap);
}

/// What stands in the top bar of wider pages.
float draw_narrow_bar(Ui& ui, const Box& place) {
    const float height = ui.px(56);
    const Box bar{place.x, place.bottom() - height, place.width, height};
    fill(bar, colour::sheet);
    horizontal_line(bar.x, bar.y, bar.width);
    const bool has_form = !author_view(ui).form.empty();
    const bool can_undo_here = opened(ui).is_open() && can_undo(opened(ui).document);
    const std::array<ButtonSpec, 4> specs{
        {{"undo", ui.say("ui.undo"), ui.say("ui.undo.name"), ButtonKind::plain, can_undo_here},
         {"author/print", ui.say("ui.author.print.short"), ui.say("ui.author.print"), ButtonKind::plain, has_form},
         {"author/try", ui.say("ui.author.try"), {}, ButtonKind::plain, has_form},
         {"author/finish", ui.say("ui.author.finish.short"), ui.say("ui.author.finish"), ButtonKind::primary,
          has_form}}};
    const float gap = ui.px(8);
    const float width = (bar.width - ui.px(24) - 3 * gap) / 4;
    for (std::size_t i = 0; i < specs.size(); ++i) {
        const Box box{bar.x + ui.px(12) + static_cast<float>(i) * (width + gap), bar.y + ui.px(8), width, ui.px(40)};
        if (!button(ui, box, specs[i])) continue;
        if (i == 0) ui.send(command::Undo{});
        if (i == 1) ui.send(command::GiveOutForm{"print"});
        if (i == 2) ui.send(command::TryForm{});
        if (i == 3) ui.send(command::ShowDialog{"author-finish", {}});
    }
    return height;
}

/// The form, and below it what can be changed.
void draw_form_side(Ui& ui, const Box& place, float y) {
    const Box column{place.x, y, place.width, place.bottom() - y};
    const float least = std::min(ui.px(170), column.height * 0.4F);
    const float editor = std::min(editor_height(ui), std::max(0.0F, column.height - least - ui.px(author_gap)));
    draw_lines(ui, {column.x, column.y, column.width, column.height - editor - ui.px(author_gap)});
    draw_editor(ui, {column.x, column.bottom() - editor, column.width, editor});
}

void draw_parts(Ui& ui, const Box& place, float y) {
    const std::vector<std::string> labels{ui.say("ui.author.part.form"), ui.say("ui.author.part.source")};
    const Box box{place.x, y, place.width, ui.px(34)};
    if (const auto now = segments(ui, box, "author/parts", ui.say("ui.author.parts"), labels, ui.view.author.part)) {
        ui.view.author.part = *now;
        ui.view.author.wants_source = ui.view.author.wants_line = true;
    }
}

void take_keys(Ui& ui) {
    if (!ui.state.dialog.name.empty()) return;
    if (ui.mirror.pressed("F8", {})) walk_doubts(ui, 1);
    if (ui.mirror.pressed("Shift+F8", {})) walk_doubts(ui, -1);
}

}  // namespace

void draw_author(Ui& ui, ImVec2 position, ImVec2 size) {
    if (!ui.state.author) return;
    const Box whole{position.x, position.y, size.x, size.y};
    const Container region(ui, make_node(ui, "main", Role::region, ui.say("ui.author.region"), whole));
    if (!ui.state.author->view) return draw_nothing(ui, whole);
    begin_desk(ui);
    take_keys(ui);
    const AuthorView& view = author_view(ui);
    const std::string failure = view.error.empty() ? ui.state.author->failure : view.error;
    const float margin = ui.px(ui.is_narrow() ? 10 : 16);
    if (ui.is_medium()) {
        const float bar = ui.is_narrow() ? draw_narrow_bar(ui, whole) : 0;
        const Box column{whole.x + margin, whole.y, whole.width - 2 * margin, whole.height - bar - ui.px(10)};
        float y = draw_failure(ui, column, whole.y + ui.px(10), failure);
        y = draw_author_cards(ui, column, y);
        draw_parts(ui, column, y);
        y += ui.px(34 + 10);
        if (ui.view.author.part == 1)
            draw_source(ui, {column.x, y, column.width, column.bottom() - y});
        else
            draw_form_side(ui, column, y);
        return;
    }
    const float left = std::round(whole.width * 0.42F);
    fill({whole.x, whole.y, left, whole.height}, colour::sheet);
    fill({whole.x + left - 1, whole.y, 1, whole.height}, colour::line);
    draw_source(ui, {whole.x, whole.y, left - 1, whole.height});
    const Box column{whole.x + left + margin, whole.y, whole.width - left - 2 * margin, whole.height - ui.px(14)};
    float y = draw_failure(ui, column, whole.y + ui.px(14), failure);
    y = draw_author_cards(ui, column, y);
    draw_form_side(ui, column, y);
}

}  // namespace duibiao::ui
