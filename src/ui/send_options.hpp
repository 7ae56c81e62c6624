// Parts of the dialog "send": how an output leaves.
#pragma once

#include <cstddef>
#include <optional>

#include "exchange/export.hpp"
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

/// Places in the draft of the dialogs that hand over.
namespace send_draft {
inline constexpr std::size_t most_explained = 6;
inline constexpr std::size_t name = 0;
inline constexpr std::size_t office = 1;
inline constexpr std::size_t reason = 2;
inline constexpr std::size_t explanations = 3;
inline constexpr std::size_t password = explanations + most_explained;
inline constexpr std::size_t again = password + 1;
inline constexpr std::size_t recipients = again + 1;
inline constexpr std::size_t masked = recipients + 1;
inline constexpr std::size_t locked = masked + 1;
inline constexpr std::size_t attachments = locked + 1;      ///< report, Word, Excel, web page
inline constexpr std::size_t incomplete = attachments + 4;  ///< the user knows that something is left
inline constexpr std::size_t size = incomplete + 1;
}  // namespace send_draft

void begin_send_options(Ui& ui);
/// What of persons is in the document, and whether it is masked.
void draw_masking(Ui& ui, Flow& flow);

/// A lock with a password.
void draw_locking(Ui& ui, Flow& flow);
/// What is not answered yet in the open layer, the way there, and the tick without which it is not handed over.
void draw_incomplete(Ui& ui, Flow& flow);
/// Of the open layer; what a returned one lacks does not matter.
[[nodiscard]] int unanswered(const Ui& ui);
/// Whether all is answered, or the tick is set; otherwise the tick gets the focus.
[[nodiscard]] bool is_complete(Ui& ui);
/// Says how the output that the next command asks for leaves. False, and says why, where the password cannot stand.
[[nodiscard]] bool protect_next(Ui& ui, bool maskable);

/// Attachments and addresses of the draft of an e-mail.
void draw_mail_options(Ui& ui, Flow& flow);
/// The draft as it is chosen, after protect_next(); nothing, and says why, where it cannot be written so.
[[nodiscard]] std::optional<command::ExportOffice> wanted_mail(Ui& ui);
/// The ways to send that need no second program.
void draw_mail_without_files(Ui& ui, Flow& flow);

}  // namespace duibiao::ui
