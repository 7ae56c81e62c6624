// The dialog "signatures": who signed what of the open document, and what that says.
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

/// The findings on signatures are the sentences; a key that nobody knows yet is confirmed here.
void draw_layer(Ui& ui, Flow& flow, const Finding& finding, std::size_t index) {
    const FindingText text = describe(ui.state.settings.language, finding);
    const std::string id = "signatures/" + std::to_string(index);
    paragraph(ui, flow, id + "/title", text.title, style::body_strong);
    paragraph(ui, flow, id + "/text", text.message);
    paragraph(ui, flow, id + "/remedy", text.remedy, style::small);
}

void draw_trust(Ui& ui, Flow& flow, const LayerSignature& own) {
    const std::string label = ui.say("ui.signatures.trust");
    if (choice(ui, flow, "signatures/trust", label, own.office + "　" + key_mark(own.key)))
        ui.send(command::TrustKey{own.office, own.key});
}

}  // namespace

void body_signatures(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    const OpenedDocument& opened = *ui.state.opened;
    bool is_any = false;
    for (std::size_t i = 0; i < opened.findings.size(); ++i) {
        const Finding& finding = opened.findings[i];
        if (!finding.code.starts_with("signature-")) continue;
        is_any = true;
        draw_layer(ui, flow, finding, i);
        if (finding.code != "signature-key") continue;
        for (const LayerSignature& own : opened.signatures) {
            if (own.layer == finding.layer) draw_trust(ui, flow, own);
        }
    }
    if (!is_any) paragraph(ui, flow, "signatures/none", ui.say("ui.signatures.none"));
    const std::string& secret = ui.state.settings.signing_key;
    if (!secret.empty()) {
        // Asked for in every frame that shows this dialog; the key changes once in a computer's life.
        static std::string known;
        static std::string mark;
        if (known != secret) {
            known = secret;
            mark = key_mark(public_key(secret));
        }
        paragraph(ui, flow, "signatures/own", ui.say("ui.signatures.own", {{"mark", mark}}), style::small);
    }
    for (const char* which : {"1", "2", "3", "4"})
        paragraph(ui, flow, std::string("signatures/proves/") + which,
                  ui.say(std::string("ui.signatures.proves.") + which), style::small);
    if (buttons(ui, flow, {{"signatures/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

}  // namespace duibiao::ui
