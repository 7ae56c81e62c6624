// The desk of a form's author, a part a file. Private to src/ui/author.
#pragma once

#include "ui/dialog_parts.hpp"
#include "ui/widgets.hpp"

namespace duibiao::ui {

inline constexpr float author_gap = 12;

[[nodiscard]] inline const AuthorView& author_view(const Ui& ui) { return *ui.state.author->view; }

/// "1.5" of a row, behind the id of what stands for it.
[[nodiscard]] std::string place_key(const SourcePlace& place);
/// "points/1.5", with the column or rule behind it where there is a number.
[[nodiscard]] std::string decision_key(std::string_view what, const SourcePlace& place, std::size_t number = 0);
/// 第 5 行; of a file with several tables 表 2 第 5 行.
[[nodiscard]] std::string place_words(const Ui& ui, const SourcePlace& place);

/// The line of the form that came of a row: its own, or the last one before it; null: none.
[[nodiscard]] const AuthorLine* line_at(const Ui& ui, const SourcePlace& place);
/// The line that is selected, or of the selected row; null: none.
[[nodiscard]] const AuthorLine* chosen_line(const Ui& ui);
/// Selects a row, and brings its place on both sides into sight.
void select_place(Ui& ui, const SourcePlace& place);
/// The doubt that is asked about: the one that was gone to, while it is open; null: none.
[[nodiscard]] const AuthorDoubt* doubt_at(const Ui& ui);
/// Goes to the next doubt that is open, or back; the first one behind the last.
void walk_doubts(Ui& ui, int direction);

void decide(Ui& ui, const std::string& key, std::optional<std::string> value);
/// A field whose text becomes a decision, at each key.
void decision_field(Ui& ui, const Box& box, FieldSpec spec, const std::string& key, const std::string& recognised);
[[nodiscard]] std::string decided_text(const Ui& ui, const std::string& key, const std::string& recognised);

/// Figures that lead somewhere; returns where they end.
float draw_author_cards(Ui& ui, const Box& column, float y);
void draw_source(Ui& ui, const Box& place);
void draw_lines(Ui& ui, const Box& place);
/// What is asked about, and what of the selected can be changed. Its height, and drawing it.
[[nodiscard]] float editor_height(const Ui& ui);
void draw_editor(Ui& ui, const Box& place);

/// Buttons from left to right, in as many lines as they take. Returns the one pressed, or -1.
int draw_buttons(Ui& ui, Flow& column, const std::vector<ButtonSpec>& specs);
/// A text of the form with its label, at whose every key it is decided anew.
void draw_text_field(Ui& ui, Flow& column, const std::string& id, const char* label, const std::string& key,
                     const std::string& recognised, bool is_long);
/// Moving, splitting, adding and removing.
void draw_item_actions(Ui& ui, Flow& column, const AuthorLine& line);
void draw_heading_actions(Ui& ui, Flow& column, const AuthorLine& line);
/// Of a row of the table that is no line of the form.
void draw_row_actions(Ui& ui, Flow& column);
/// A ledger's column: its name, what is filled in there, the options of a choice.
void draw_ledger_column(Ui& ui, Flow& column, const SourcePlace& place, const SourceColumn& own);
/// What stands around the table.
void draw_form_lines(Ui& ui, Flow& column);

/// How a rule reads: what it takes or gives, for what, up to what.
[[nodiscard]] std::string rule_words(const Ui& ui, const AuthorRule& rule);

}  // namespace duibiao::ui
