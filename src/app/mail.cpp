// Sending without the second program: the system's own sharing, and a message without attachments.
#include "app/handlers.hpp"
#include "exchange/export.hpp"

namespace duibiao::app {

/// Browsers hand web pages on, but hardly one a report (.json).
void on(State& state, const Ports& ports, const command::Share&) {
    if (!state.opened) return;
    const Document& document = state.opened->document;
    const Privacy privacy = privacy_of(take_protection(state));
    ports.files.share(suggest_file_name(document, "html"), "text/html", mail_text(document).subject,
                      write_html(document, ports.clock.today(), privacy));
}

void on(State& state, const Ports& ports, const command::WriteMail& request) {
    if (!state.opened) return;
    const Result<std::string> to = address_list(request.to);
    if (!to) return show_toast(state, ports, describe(state.settings.language, to.error()));
    const MailText text = mail_text(state.opened->document);
    ports.files.write_mail(*to, text.subject, text.body);
}

void on(State& state, const Ports&, const command::SharingKnown& known) { state.can_share = known.possible; }

}  // namespace duibiao::app
