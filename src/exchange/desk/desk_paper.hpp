// Every paper of the superior's desk by its name.
#pragma once

#include <string>

#include "exchange/campaign_papers/campaign_papers.hpp"

namespace duibiao {

struct DeskPaper {
    /// "rollup" (docx, xlsx, html, csv), "partial", "units", "scores", "findings" (what the screen lists: docx, xlsx,
    /// html), "reminder" (the missing ones: docx, html), "notice", "bulletin", "brief", "internal" (docx, html),
    /// "drafts" (a .zip of e-mails, one a unit), "draft" (one e-mail to all), "messages" (for a messenger, as a text),
    /// "letters" (a .zip), "letter", "candidates" (for the list of weak organisations: docx, xlsx, html, csv).
    std::string paper;
    std::string format;
    PaperMaking making;
    UnitFilter filter;     ///< of "units"
    UnitOrder order;       ///< of "units"
    std::string document;  ///< of "letter"
};

/// The file's bytes. Errors: those of its writer, "format-unknown" (no such paper).
[[nodiscard]] Result<std::string> write_desk_paper(const CampaignSource& source, const DeskPaper& wanted);

}  // namespace duibiao
