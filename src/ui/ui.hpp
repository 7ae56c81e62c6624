// Drawing the page: reads `const State&`, sends commands, changes nothing else than its own view state.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/state.hpp"
#include "core/apart.hpp"
#include "core/campaign/expected.hpp"
#include "core/weak/doors.hpp"
#include "ui/grid.hpp"
#include "ui/mirror.hpp"
#include "ui/text_layout.hpp"

namespace duibiao::ui {

/// The field that has the focus.
struct ActiveField {
    std::string id;
    std::string name;
    std::string batch;                 ///< groups its keystrokes into one edit
    std::string original;              ///< text when it got the focus
    std::string reported;              ///< what the real field last said it holds
    std::string typed;                 ///< last text that was typed
    bool is_typed = false;             ///< it is shown for as long as the document has what it made of it: "2026-2-1"
    std::optional<std::string> meant;  ///< that; not known in the frame in which it was typed
    std::string error;                 ///< why it cannot be accepted
    bool is_full = false;              ///< more was typed than fits; the rest was not taken
    float height = 0;                  ///< the text area's own height, CSS pixels
};

/// A line of home's list: a document, or the head of those of one unit and year.
struct HomeLine {
    std::size_t card = 0;    ///< by its place; of a head: of its first document
    std::int64_t count = 0;  ///< of a head: how many documents it has; 0: the line is a document
};

/// What of many documents home lists, and in which order.
struct HomeList {
    std::string query;
    std::size_t state = 0;                      ///< 0: all
    std::size_t order = 0;                      ///< last changed, unit, score
    std::size_t group = 0;                      ///< kind of form; 0: all
    std::string year;                           ///< empty: all
    std::string key;                            ///< what the rest was made of
    std::vector<std::size_t> found;             ///< cards, by their place
    std::vector<HomeLine> lines;                ///< what is drawn
    std::vector<std::string> years;             ///< of all documents, newest first
    std::array<std::int64_t, 5> counts{};       ///< by state, of what else is asked for; first all
    std::set<std::string, std::less<>> folded;  ///< units and years whose documents are not shown
    std::set<std::string, std::less<>> picked;  ///< documents, for what is done to several
};

/// What of a campaign's units the superior's desk lists, and in which order.
struct DeskList {
    std::size_t part = 0;                             ///< units, scores, findings, papers, the list itself
    std::string query;                                ///< words of the unit's name
    std::optional<UnitState> state;                   ///< none: all
    std::string district;                             ///< empty: all
    std::string class_name;                           ///< empty: all
    std::string rule;                                 ///< only units with this finding; empty: all
    std::string grade;                                ///< only units that have it; empty: all
    std::string criterion;                            ///< only units that lose points in it; empty: all
    std::optional<std::pair<Points, Points>> totals;  ///< only totals from the one to below the other
    std::size_t layer = 0;                            ///< whose scores the figures are of
    std::size_t order = 0;                            ///< column; 0: what is to be done first
    bool descending = false;
    std::string key;                     ///< what the rest was made of
    std::vector<std::uint32_t> shown;    ///< units, by their place
    std::vector<std::string> districts;  ///< of all units, in the order of their names
    std::vector<std::string> classes;
    std::string selected;          ///< unit's name
    std::size_t first_column = 1;  ///< of what all units filled in, behind the unit
    std::string password;          ///< of locked files, while it is typed
};

/// Where the user is among weak organisations.
struct WeakList {
    std::size_t part = 1;    ///< of the list: 1 how far everything is, 2 the whole table
    std::string selected;    ///< organisation
    bool all_doors = false;  ///< also those that are not asked for
    std::string reason;      ///< of a decision, while it is typed
    std::string item;        ///< row of the plan's problem that is being returned
    std::string item_reason;
    bool shows_why = false;  ///< how a review came about
};

/// Where the author of a form is in it.
struct AuthorDesk {
    std::string draft;          ///< whose
    SourcePlace selected;       ///< row of the given table; none: the form as a whole
    std::string line;           ///< id of the form's line that was chosen; empty: a row of the table was
    std::size_t column = 0;     ///< of the table `selected.table`, from 1, when a column is selected
    std::string doubt;          ///< key of the one that is asked about
    std::size_t part = 0;       ///< of narrow pages: form, given table
    bool wants_source = false;  ///< what is selected is to come into sight
    bool wants_line = false;
    bool has_begun = false;                ///< the first doubt was shown
    std::string wants_field;               ///< id of the one to type in, once what was added is there
    bool has_more = false;                 ///< what stands around the table is shown to be changed
    float editor_height = 0;               ///< as of the last frame
    std::string layout;                    ///< what the rest was made of
    std::vector<std::vector<float>> tops;  ///< of the given tables' rows, and where the last ends
};

/// The month that is open beside a field (calendar/calendar.hpp).
struct Calendar {
    std::string field;           ///< its id; empty: none is open
    Date day;                    ///< the one that Enter takes
    std::optional<Date> chosen;  ///< what the field held when it was opened
    std::string text;            ///< of the field, as of the last frame
    Rect place;                  ///< of the field
    bool is_placed = false;      ///< the field was drawn in this frame
    std::string taken_for;       ///< the field that gets `taken`
    std::optional<std::string> taken;
};

/// Scroll positions, open drawers, dialog drafts: what is lost on reload without harm.
struct View {
    View();  ///< out of line: a part of the program that comes later must not have it (scripts/split_program.py)

    ActiveField active;
    ActiveField left;          ///< the one before, which may still have to say what was typed last
    std::string composing;     ///< field with a composition that the input method has not ended
    std::uint64_t visits = 0;  ///< numbers the batches
    std::uint64_t seen_reveal = 0;
    std::string selected_item;    ///< row last touched
    std::string remark;           ///< criterion whose remark was asked for
    std::string visible_section;  ///< section at the top of the table
    std::optional<RevealWish> scroll_to;
    std::string focus_when_drawn;  ///< field id to focus once its row is drawn
    bool show_left = false;        ///< drawers of narrow pages
    bool show_right = false;
    bool show_notices = false;
    std::optional<std::size_t> finding;  ///< the one gone to last
    std::string dialog_name;             ///< dialog the draft below belongs to
    std::vector<std::string> draft;      ///< its fields
    std::size_t send_part = 0;           ///< of the dialog "send": report, papers, mail
    bool send_more = false;              ///< with password and masking
    float dialog_height = 0;             ///< of its body, as of the last frame
    bool wants_frame = false;            ///< something moves: draw again
    std::vector<std::string> row_draft;  ///< the row being written, by column
    std::string row_edited;              ///< its id when it is there already
    std::string row_error;
    bool row_open = false;                           ///< its form is on the page
    std::size_t ledger_part = 0;                     ///< matrix, list, year
    FormGroup form_group = FormGroup::assessment;    ///< whose forms are offered
    bool all_forms = false;                          ///< also those that no document of the unit asks for
    bool quarter_reminders = false;                  ///< 一季一督查 rather than 一月一提示
    bool row_more = false;                           ///< with the columns that are seldom filled in
    std::set<std::string, std::less<>> open_duties;  ///< whose branches are listed below them
    bool all_reminders = false;
    HomeList home;
    DeskList desk;
    WeakList weak;
    AuthorDesk author;
    Calendar calendar;
    std::string filter;  ///< of the ledger's list
    Grid grid;
    std::size_t roster_part = 0;               ///< rows; terms, or ballots and results
    std::size_t rater = 0;                     ///< whose ballot is on the page
    std::optional<std::size_t> ballot_wish;    ///< whose score is to be typed next
    bool head_open = false;                    ///< the roster's head
    std::set<std::string, std::less<>> begun;  ///< score tables that were opened in this visit
    std::string greeted;                       ///< document whose grid had the focus first
    std::vector<std::size_t> list;             ///< activities that pass it, newest first
    std::string list_key;                      ///< what `list` was made of
};

/// What every drawing function needs. One per frame.
struct Ui {
    const State& state;
    View& view;
    Mirror& mirror;
    TextLayout& text;
    const Theme& theme;
    std::vector<Command>& commands;
    ImVec2 size;                       ///< of the page, CSS pixels
    std::vector<std::string> parents;  ///< open containers of the mirror
    bool over = false;                 ///< drawing what may lie over fields
    bool touch = false;                ///< a finger points: what it presses is larger

    template <typename Request>
    void send(Request request) {
        commands.emplace_back(std::move(request));
    }
    [[nodiscard]] std::string say(std::string_view key) const { return translate(state.settings.language, key); }
    [[nodiscard]] std::string say(std::string_view key, const Params& params) const {
        return translate(state.settings.language, key, params);
    }
    [[nodiscard]] float px(float at_15) const { return theme.px(at_15); }
    [[nodiscard]] bool is_narrow() const { return size.x < 700; }   ///< left panel is a drawer too
    [[nodiscard]] bool is_medium() const { return size.x < 1000; }  ///< right panel is a drawer
    /// The ledger's matrix needs the whole width.
    [[nodiscard]] bool findings_are_drawer() const {
        return is_medium() || (state.opened && !state.opened->document.instrument->has_items());
    }
};

struct Box;

/// Draws the whole page for this frame.
void draw(Ui& ui);
/// A text stands in the field in use that is not an answer yet: it is being composed, or cannot be accepted as it is.
[[nodiscard]] bool is_typing(const View& view, const Mirror& mirror);

// Screens and panels, one file each.
DUIBIAO_APART void draw_home(Ui& ui);
void draw_top_bar(Ui& ui);
DUIBIAO_APART void draw_bottom_bar(Ui& ui);
DUIBIAO_APART void draw_score_table(Ui& ui, ImVec2 position, ImVec2 size);
DUIBIAO_APART void draw_item_form(Ui& ui, ImVec2 position, ImVec2 size);
DUIBIAO_APART void draw_ledger(Ui& ui, ImVec2 position, ImVec2 size);
DUIBIAO_APART void draw_roster(Ui& ui, ImVec2 position, ImVec2 size);
/// The superior's desk: the campaign that is open.
DUIBIAO_APART void draw_desk(Ui& ui, ImVec2 position, ImVec2 size);
/// The desk of a form's author: the draft that is open.
DUIBIAO_APART void draw_author(Ui& ui, ImVec2 position, ImVec2 size);
/// A strip above a report that is gone through from the desk. Returns its height, 0 without one.
DUIBIAO_APART float draw_desk_strip(Ui& ui, const Box& view);
/// The list of weak organisations that is open.
DUIBIAO_APART void draw_weak(Ui& ui, ImVec2 position, ImVec2 size);
/// A strip above the document: what keeps the user from writing, or what he is asked for. Returns its height, 0 without
/// one.
DUIBIAO_APART float draw_notice(Ui& ui, const Box& view);
DUIBIAO_APART void draw_sections_panel(Ui& ui, ImVec2 position, ImVec2 size);
DUIBIAO_APART void draw_findings_panel(Ui& ui, ImVec2 position, ImVec2 size);
/// The stations of a form that was handed over: layer, state, who and when. Returns where they end.
float draw_way(Ui& ui, float x, float y, float width);
/// There is one (State::dialog).
DUIBIAO_APART void draw_dialog(Ui& ui);
DUIBIAO_APART void draw_toast(Ui& ui);

[[nodiscard]] float top_bar_height(const Ui& ui);
[[nodiscard]] float bottom_bar_height(const Ui& ui);

/// "张三 · 岗位考核": whom a sheet is about comes first, as its form's name is the others', too.
[[nodiscard]] inline std::string title_of(const DocumentCard& card) {
    return card.subject.empty() ? card.title : card.subject + " · " + card.title;
}

/// The document on the screen is a campaign.
[[nodiscard]] inline bool is_desk(const Ui& ui) { return is_open_of(ui.state, campaign_form); }

/// The document on the screen is the list of weak organisations.
[[nodiscard]] inline bool is_weak(const Ui& ui) { return ui.state.weak && is_open_of(ui.state, weak_list_form); }

/// The document on the screen is the draft of a form.
[[nodiscard]] inline bool is_author(const Ui& ui) { return is_open_of(ui.state, draft_form); }

/// The document on the screen; there is one.
inline const OpenedDocument& opened(const Ui& ui) { return *ui.state.opened; }

inline Tone tone_of(Severity severity) {
    return severity == Severity::error ? Tone::error : severity == Severity::warning ? Tone::warning : Tone::neutral;
}

}  // namespace duibiao::ui
