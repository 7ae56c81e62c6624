// Weak organisations, a screen or a part of one a file. Private to src/ui/weak and src/ui/desk.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/weak/weak.hpp"
#include "ui/desk/desk_parts.hpp"
#include "ui/widgets.hpp"

namespace duibiao::ui {

[[nodiscard]] inline const WeakState& weak(const Ui& ui) { return *ui.state.weak; }
[[nodiscard]] inline std::int64_t number(std::size_t count) { return static_cast<std::int64_t>(count); }

/// What the doors find in the campaign that is open.
void draw_weak_candidates(Ui& ui, const Box& place);
/// A strip above a report, a plan, a survey or a review that was opened from there. Returns its height.
float draw_weak_strip(Ui& ui, const Box& view);
/// The steps with their days, and what is next; returns where they end.
float draw_weak_steps(Ui& ui, const Box& column, float y);
/// Candidates, how far everything is, the whole table; at the right what can be done. Returns where they end.
float draw_weak_tabs(Ui& ui, const Box& column, float y);

/// The button that closes a drawer; the focus goes back to `opener`. Its width.
float draw_weak_close(Ui& ui, const Box& drawer, const std::string& opener);
/// Excel, Word and print where there is room for them, up to `right`, which goes back by as much; `name` is the key of
/// what they are called. The format of the one that was pressed.
std::optional<std::string> draw_weak_papers(Ui& ui, const Box& column, float y, float& right, const std::string& name);

/// Something that is written from top to bottom.
struct WeakColumn {
    WeakColumn(Ui& drawn, std::string own_id, float left, float own_width, float top)
        : ui(drawn), id(std::move(own_id)), x(left), width(own_width), y(top) {}

    Ui& ui;
    std::string id;
    float x;
    float width;
    float y;

    void line(const std::string& name, const std::string& text, const TextStyle& style);
    void title(const std::string& name, const std::string& text);
    void heading(const std::string& name, const std::string& text);
    /// On a tint, with a bar at its left.
    void note(const std::string& name, const std::string& text, Tone tone);
    /// One below the other where there is no room beside.
    bool button(const std::string& name, const std::string& label, ButtonKind kind = ButtonKind::plain,
                bool enabled = true);
    /// The line of buttons is over.
    void end_buttons();
    void gap(float height) { y += ui.px(height); }

private:
    float used_ = 0;
};

/// Which doors an organisation has come by, each answer with its clause; an answer leads to its report.
void draw_weak_evidence(WeakColumn& column, const Candidate& unit);
/// What the survey found otherwise than the unit says.
void draw_weak_differences(WeakColumn& column, const Candidate& unit);
/// An organisation of the list, and all that can be done.
void draw_weak_unit(Ui& ui, const Box& place, const WeakUnit& unit);
/// Its plan, problem by problem.
void draw_weak_plan(WeakColumn& column, const WeakUnit& unit);
/// Survey, review and closing.
void draw_weak_survey(WeakColumn& column, const WeakUnit& unit);
void draw_weak_review(WeakColumn& column, const WeakUnit& unit);
/// A field for a cell of the organisation's row.
void weak_cell(WeakColumn& column, const WeakUnit& unit, std::string_view cell);
[[nodiscard]] std::string weak_text(const Ui& ui, const WeakUnit& unit, std::string_view cell);

[[nodiscard]] Tone tone_of(WeakStage stage);
[[nodiscard]] std::string stage_words(const Ui& ui, WeakStage stage);
/// What is next for an organisation, in words.
[[nodiscard]] std::string next_words(const Ui& ui, const WeakUnit& unit);
/// "8-09"
[[nodiscard]] std::string day_words(Date day);

}  // namespace duibiao::ui
