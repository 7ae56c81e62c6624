// The superior's desk without a screen: what arrived for one campaign, as lines that storage keeps, and everything a
// screen shows of it. It runs beside the page (web/desk_worker.js), so that thousands of files hold up nobody.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/campaign/collection.hpp"
#include "core/campaign/expected.hpp"
#include "core/campaign/proposal.hpp"
#include "core/campaign/roll_up.hpp"
#include "exchange/campaign/write_campaign.hpp"
#include "exchange/library.hpp"
#include "exchange/lock.hpp"

namespace duibiao {

/// Something that was taken in, as storage keeps it.
struct DeskPiece {
    std::string key;   ///< of the file, or "form:HASH"; a later piece of the same key takes its place
    std::string file;  ///< its name; of one within an archive or e-mail with that one's before it
    std::string line;  ///< of a partial: a form, a digest, or a file that cannot be used; empty: it goes
    std::string text;  ///< the report itself; empty: there is none, or it came within a partial
    bool is_usable = false;
    bool is_document =
        false;  ///< the office's own, such as a plan that comes back: it is not kept, but goes to the page
};
using DeskPieceUse = std::function<void(DeskPiece)>;

class Desk {
public:
    /// A user's own form; reports of it that follow can be read.
    void add_form(std::string_view definition);
    /// The list and what was decided. Errors: those of read_report and read_campaign.
    [[nodiscard]] Done set_campaign(std::string_view report);
    /// What storage kept, forms before the others. A line that cannot be read is left out.
    void add(std::string_view key, std::string_view line);
    void clear();

    /// Takes a file in: a report, a partial, an archive or an e-mail with any of them, locked ones with `password`.
    /// Whatever cannot be used is a piece, too, with its reason: nothing is dropped. What a report cannot be and an
    /// e-mail carries along (pictures, Word) is no piece.
    void take(NamedFile file, std::string_view password, const DeskPieceUse& use);
    /// A report that was taken in under `key`, as it is after it was accepted or returned here. Errors: those of
    /// digest_report.
    [[nodiscard]] Result<DeskPiece> revise(std::string_view key, std::string_view report);

    /// Everything a screen shows, as JSON: see desk_view.hpp.
    [[nodiscard]] std::string view(Language language);
    /// Candidates for the list of weak organisations, as JSON: see weak/found_weak.hpp. Errors: those of
    /// write_found_weak().
    [[nodiscard]] Result<std::string> weak(Date as_of);
    /// What outputs are made of. It lives until the desk changes.
    [[nodiscard]] CampaignSource source();
    [[nodiscard]] std::size_t size() const { return lines_.size(); }

private:
    void take_report(const std::string& name, std::string text, const DeskPieceUse& use);
    void take_partial(const std::string& name, std::string_view text, const DeskPieceUse& use);
    /// What a file came in. An archive within an archive is refused; what accompanies a report in an e-mail is left
    /// out.
    struct Within {
        bool mail = false;
        bool archive = false;
        int mails = 0;
    };
    void take_mail(const NamedFile& file, std::string_view password, Within within, const DeskPieceUse& use);
    void take_archive(const NamedFile& file, std::string_view password, Within within, const DeskPieceUse& use);
    void take_locked(const NamedFile& file, std::string_view password, Within within, const DeskPieceUse& use);
    void take_any(NamedFile file, std::string_view password, Within within, const DeskPieceUse& use);
    void refuse(const std::string& name, std::string_view bytes, Error error, const DeskPieceUse& use);
    void keep_form(const FormOutline& form, const DeskPieceUse& use);
    void keep(DeskPiece piece, const DeskPieceUse& use);
    [[nodiscard]] std::string key_kept(const std::string& key) const;
    /// Sorts and sums anew where something has changed.
    void roll();

    InstrumentLibrary library_ = InstrumentLibrary::on_demand();
    Outlines outlines_;
    std::optional<Campaign> campaign_;
    std::map<std::string, std::string, std::less<>> lines_;  ///< by key
    std::size_t met_ = 0;                                    ///< pieces, known ones too
    bool is_changed_ = true;
    std::optional<LinesInMemory> store_;
    std::optional<Collection> collection_;
    std::map<std::string, std::string> kept_under_;  ///< keys of `lines_`, by the digests' own
    Sorted sorted_;
    RollUp all_;
    std::optional<GradeProposal> proposal_;
};

}  // namespace duibiao
