// What the bodies of dialogs are made of, one below the other.
#pragma once

#include <string>
#include <vector>

#include "ui/widgets.hpp"

namespace duibiao::ui {

/// Where a dialog's body draws, and how far it has come.
struct Flow {
    float x = 0;
    float y = 0;
    float width = 0;
};

void paragraph(Ui& ui, Flow& flow, const std::string& id, const std::string& text,
               const TextStyle& style = style::body);
void subtitle(Ui& ui, Flow& flow, const std::string& id, const std::string& text);
void labelled_field(Ui& ui, Flow& flow, const std::string& id, const std::string& label, const std::string& placeholder,
                    std::string& value, int max_length = 200);
/// One full-width row of choices; true when pressed.
bool choice(Ui& ui, Flow& flow, const std::string& id, const std::string& title, const std::string& text,
            bool selected = false);
/// Buttons at the right, the last one the main one; returns the index pressed, or -1.
int buttons(Ui& ui, Flow& flow, const std::vector<ButtonSpec>& specs);
void close_dialog(Ui& ui);

// Bodies of dialogs in files of their own.
/// The dialog "send" is opened by who accepts or returns.
[[nodiscard]] bool decides_here(const Ui& ui);
void body_new(Ui& ui, Flow& flow);
void body_send(Ui& ui, Flow& flow);
void body_unlock(Ui& ui, Flow& flow);
void body_code(Ui& ui, Flow& flow);
void body_compare(Ui& ui, Flow& flow);
void body_import(Ui& ui, Flow& flow);
void body_arrival(Ui& ui, Flow& flow);
void body_given(Ui& ui, Flow& flow);
void body_locked(Ui& ui, Flow& flow);
void body_backup(Ui& ui, Flow& flow);
void body_signatures(Ui& ui, Flow& flow);
void body_renew(Ui& ui, Flow& flow);
void body_clause(Ui& ui, Flow& flow);
void body_who(Ui& ui, Flow& flow);
void body_more(Ui& ui, Flow& flow);
void body_sheets(Ui& ui, Flow& flow);
void body_form_same(Ui& ui, Flow& flow);
void body_made_form(Ui& ui, Flow& flow);
/// Who works here, in words: name, office, layer.
[[nodiscard]] std::string who_words(const Ui& ui);
// desk/dialog_campaign.cpp
void body_campaign(Ui& ui, Flow& flow);
// author/dialog_finish.cpp
void body_author_finish(Ui& ui, Flow& flow);
// evidence/dialog_evidence.cpp
void body_evidence(Ui& ui, Flow& flow);

}  // namespace duibiao::ui
