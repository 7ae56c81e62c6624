// Everything the page shows, apart from scroll positions and the like.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/author/author.hpp"
#include "app/command.hpp"
#include "app/desk/desk.hpp"
#include "app/ports.hpp"
#include "core/appraisal.hpp"
#include "core/custody.hpp"
#include "core/due.hpp"
#include "core/evidence.hpp"
#include "core/merge.hpp"
#include "core/rows.hpp"
#include "core/take_over.hpp"
#include "core/tally.hpp"
#include "exchange/docx_form.hpp"
#include "exchange/history.hpp"
#include "exchange/library.hpp"
#include "exchange/signature.hpp"
#include "exchange/workbook/sheets.hpp"

namespace duibiao {

/// What the home page knows of a document without opening it.
struct DocumentCard {
    std::string id;
    std::string instrument;
    std::string title;
    std::string unit;
    std::string subject;  ///< whom the sheet is about; empty: the unit
    std::string period;
    std::string state;  ///< to_string(LayerState)
    Layer layer = Layer::self;
    Points score;
    Points points;
    int scored = 0;
    int of = 0;
    int rows = -1;     ///< of a roster or an appraisal; -1: other forms
    std::string step;  ///< of an appraisal that is open
    FindingCount findings;
    std::string verdict;
    std::vector<DueItem> todo;    ///< all it asks for by a day, done or not; of long texts the first sentence
    std::string updated;          ///< instant of the last edit
    std::string updated_local;    ///< the same on the user's wall clock (filled by Tick, not stored)
    std::uint64_t edits = 0;      ///< length of the log
    std::uint64_t edits_out = 0;  ///< length of the log when it last left this machine
    std::string ballots;          ///< of an appraisal while its step is open: never part of the document
};

struct Settings {
    Language language = Language::chinese;
    bool compact = false;                        ///< density: 宽松 or 紧凑
    bool left_closed = false;                    ///< the panel of sections is folded away
    bool right_closed = false;                   ///< the panel of findings
    int text_size = 15;                          ///< body, CSS pixels: 14, 15, 17 or 19
    std::string last_backup;                     ///< instant, empty: never
    std::string last_unit;                       ///< offered for the next document
    std::string signer;                          ///< name of who hands over; stays on this machine
    std::string office;                          ///< where he works
    std::string role;                            ///< whose layer he fills in: to_string(Layer); empty: not asked yet
    std::string recipients;                      ///< of the last e-mail; stay on this machine
    std::vector<std::string> sources;            ///< keys of the documents that bind the unit; empty: all
    std::set<std::string, std::less<>> carried;  ///< copies whose data has been taken
    std::string signing_key;                     ///< secret, made when a layer is first handed over here
    /// Public keys by office, with blanks between them: the first that was seen, and those that were confirmed.
    std::map<std::string, std::string, std::less<>> known_keys;
};

enum class SaveState : std::uint8_t { saved, saving, failed };

struct Saving {
    SaveState state = SaveState::saved;
    std::string saved_at;  ///< wall clock of the last durable edit of this visit, "14:03:34"
    std::string reason;    ///< why it failed, key of `ui.storage.<reason>`
    std::set<std::uint64_t> pending;
    std::uint64_t last_token = 0;
    /// After a failure: the last of the snapshots that, once durable, make everything good again; 0: none under way.
    std::uint64_t recovery_token = 0;
    std::uint64_t recovery_first = 0;  ///< the first of them
};

/// What the ledger says at a field.
struct Computed {
    Value value;
    int activities = 0;                   ///< it was computed from
    bool contradicted = false;            ///< by the document's own answer
    std::string who;                      ///< of several branches, groups or people
    std::vector<std::string> lists = {};  ///< titles of the lists that tell of some of it
};

struct OpenedDocument {
    Document document;
    std::string session;  ///< prefix of new edit ids
    Layer layer = Layer::self;
    bool writer = true;  ///< false while another tab holds the document
    /// Another tab took over before all was stored: what was not is united with that tab's when this one writes again.
    bool strayed = false;
    /// Whether the user may write: this tab holds the document, and the layer was not handed over.
    [[nodiscard]] bool is_open() const { return is_open(layer); }
    [[nodiscard]] bool is_open(Layer which) const { return writer && !custody[index_of(which)].locked; }
    std::uint64_t edits_since_snapshot = 0;
    std::uint64_t snapshot_edits =
        0;  ///< length of the log the stored snapshot stands for; what it covers stays as it is
    std::uint64_t edits_out = 0;
    int quarantined = 0;
    bool damaged = false;  ///< its records are not what was written: a snapshot replaces them, and they are put aside
    std::uint64_t mending_token = 0;  ///< of that snapshot
    bool erasing = false;             ///< ballots, from storage: until it is done their step is not called closed
    std::uint64_t erasing_token = 0;  ///< of the snapshot that does it
    // Derived from the document by refresh():
    Tally tally;
    std::optional<BallotBox> ballots;                               ///< of an appraisal, until their step is closed
    std::vector<Document> related;                                  ///< the unit's ledgers and rosters
    Ledger ledger;                                                  ///< theirs, or its own
    std::vector<DutyRow> duties;                                    ///< a ledger's
    std::optional<Points> attendance_rate;                          ///< of a ledger, percent
    std::vector<RowView> rows;                                      ///< of other forms
    std::string foot;                                               ///< what stands below them, worked out
    std::string grade;                                              ///< of a form of format 2: which, and why
    std::vector<Evidence> evidence;                                 ///< of a form with items
    std::vector<Standing> standings;                                ///< of an appraisal
    std::map<AnswerField::Entity, std::vector<std::string>> known;  ///< names in the unit's tables
    std::uint64_t serial = 0;                                       ///< grows whenever the document changed
    std::map<std::string, Computed> computed;                       ///< what the ledger says, by "ITEM/FIELD"
    std::vector<Proposal> proposals;                                ///< by Instrument::order
    Findings findings;
    std::uint64_t checked = 0;      ///< the serial that the findings belong to; large tables are checked in a pause
    std::int64_t paused_since = 0;  ///< milliseconds, of the change that was seen last
    std::uint64_t paused_at = 0;    ///< its serial
    Findings load_findings;         ///< what did not fit when the file was read
    Custodies custody;
    LayerState state = LayerState::draft;
    InstrumentPtr newer;               ///< version of its form that it can go on with; null: none
    bool is_sample = false;            ///< of a form that is being made: nothing of it is stored
    bool has_put_off_renewal = false;  ///< the user does not want it now
    std::vector<LayerSignature> signatures;
    std::size_t signed_edits = 0;  ///< how many edits on custody they belong to
    bool is_of_others = false;     ///< another machine has signed the layer that is open
};

struct Toast {
    std::string text;
    std::string action;  ///< label of its button, may be empty
    std::optional<Command> command;
    std::int64_t until_ms = 0;
};

struct PendingImport {
    std::string name;
    LoadedReport report;
    std::optional<Merge> merge;     ///< with what is here
    std::vector<ChangeLine> lines;  ///< what it would change; conflicts in the order of Merge::conflicts
    std::size_t same = 0;
    std::vector<bool> keep_ours;  ///< by conflict
    /// What it rewrites of what was handed over: then it is not united with what is here, `lines` has both contents.
    std::vector<Rewriting> rewritten = {};
};

/// What the open document would be as the newest version of its form.
struct Renewal {
    TakeOver taken;
    std::vector<ChangeLine> lines;  ///< answers that get lost or are written otherwise
};

/// A document of the last import, and what it can be taken back to.
struct TakenIn {
    std::string id;
    std::optional<Document> before;  ///< none: it was not here
    std::uint64_t edits = 0;         ///< length of the log after the import
};

/// A copy's documents that are here already in another state; the user is asked about one after the other.
struct Carried {
    std::string id;
    std::vector<LoadedReport> differing;
};

/// One of several documents that arrived together, or a file that cannot be one.
struct ArrivedReport {
    /// What taking it in would do, in the order of what the user should see first.
    enum class Fate : std::uint8_t {
        refused,    ///< it cannot be taken in
        elsewhere,  ///< another tab holds the document
        conflict,   ///< both sides changed the same: the user is asked
        changed,    ///< the document here gets what is new
        fresh,      ///< it is not here, or damaged here
        kept        ///< all of it is here already
    };
    std::string file;                    ///< empty: of a backup
    std::optional<LoadedReport> report;  ///< none: refused
    std::string refusal;                 ///< in words
    Fate fate = Fate::refused;
    std::size_t changes = 0;    ///< answers that would change; of a conflict those in dispute
    bool is_rewritten = false;  ///< a conflict with what was handed over
    bool has_namesake = false;  ///< the same unit's form for the same period is here under another id
};

/// Documents that wait for the user to look at what taking them in would do.
struct Arrival {
    std::string name;          ///< of a backup; empty: several files
    std::size_t expected = 0;  ///< files that are still to come
    std::size_t read = 0;      ///< files that came
    std::int64_t forms = 0;    ///< definitions among them, which are known from now on
    bool compared = false;     ///< with what is here: the fates are known
    std::vector<ArrivedReport> reports;
    std::vector<command::FileArrived> waiting;  ///< for a form that may still come
};

/// A Word form that was sent to the unit, and what of the open document finds its place there.
struct GivenForm {
    std::string name;
    std::string content;
    std::string document;  ///< it was matched with
    DocxMatch match;
    std::set<std::string> left_out;
};

/// How the next output leaves.
struct Protecting {
    std::string password;  ///< empty: not locked
    bool masked = false;
};

/// A file under a password, until it is opened.
struct LockedFile {
    std::string name;
    std::string content;
    std::optional<int> percent = {};  ///< while it is opened: so much of that is done
};

/// What all documents were asked for.
enum class Gathering : std::uint8_t {
    backup,
    copy,
    comparison,
    preview,
    taking,
    taking_back,
    folder,
    reports,
    desk,
    weak
};

/// Everything, on its way out.
struct Leaving {
    std::map<std::string, std::size_t> edits;  ///< by document: how far its log went
    std::size_t files = 0;                     ///< that are still to be written
};

/// The folder that copies go to by themselves.
struct CopiesFolder {
    enum class How : std::uint8_t { unsupported, none, waiting, ready };
    How how = How::unsupported;
    std::string name;
    std::string last;        ///< instant of the last copy
    std::string last_local;  ///< the same on the user's wall clock
    bool failed = false;     ///< the last try
    bool under_way = false;
    std::int64_t tried_ms = -1;  ///< when, -1: not yet
};

struct WeakState;  // weak/weak.hpp

struct Dialog {
    std::string name;
    std::string argument;
    std::vector<std::string> lines;         ///< sentences of an error dialog
    std::vector<HistoryLine> history = {};  ///< of "history", with local times
    std::vector<ChangeLine> changes = {};   ///< of "compare": since the last revision
};

/// A new version of the program that the user may take.
enum class Update : std::uint8_t { none, ready, taken_elsewhere };
/// Whether the page opens without a network.
enum class Offline : std::uint8_t { unknown, ready, refused, file };

/// A row to bring into sight; `serial` grows with each wish.
struct RevealWish {
    std::string item;
    std::string field;
    Layer layer = Layer::self;
    std::uint64_t serial = 0;
};

enum class Screen : std::uint8_t { loading, home, document };

struct State {
    Screen screen = Screen::loading;
    InstrumentLibrary library;
    Settings settings;
    std::vector<DocumentCard> cards;  ///< newest edit first
    std::optional<OpenedDocument> opened;
    std::vector<OpenedDocument> unsaved;  ///< no longer shown, not yet durable: they are held until they are
    int aside = 0;                        ///< documents with damaged records that can be rescued
    std::string loading_document;         ///< asked for, not yet here
    std::optional<Command> after_load;    ///< carried out once it is here
    RevealWish reveal;
    Saving saving;
    bool storage_open = false;
    bool storage_persisted = false;
    Recovery recovery = Recovery::none;  ///< told until something was done about it
    Dialog dialog;
    Toast toast;
    Update update = Update::none;  ///< offered again and again, until it is declined
    bool update_told = false;
    Offline offline = Offline::unknown;
    std::optional<PendingImport> pending_import;
    std::optional<Renewal> renewal;  ///< while the dialog "renew" shows it
    std::vector<TakenIn> taken_in;   ///< by the last import
    std::optional<Carried> carried;
    std::optional<Arrival> arrival;
    std::optional<GivenForm> given;
    std::optional<DeskState> desk;      ///< of the campaign that is open, or whose report is
    std::shared_ptr<WeakState> weak;    ///< while its list, or its campaign with what the doors find, is open
    std::optional<AuthorState> author;  ///< of the draft of a form that is open, or whose sample is
    std::optional<PendingDraft> pending_draft;
    std::vector<Gathering> gathering;  ///< asked for and not yet answered, oldest first
    Leaving leaving;
    CopiesFolder folder;
    Protecting protecting;
    std::optional<LockedFile> locked;
    std::vector<Sheet> sheets;               ///< of a workbook, of which one is to be chosen (dialog "sheets")
    std::vector<std::string> workbooks_for;  ///< documents that workbooks are being read for, oldest first
    bool can_share = false;                  ///< files, through the browser
    std::string pending_form;                ///< a definition whose id is that of a shipped form (dialog "form-same")
    std::map<std::string, std::string> own_forms;  ///< users' own definitions by id, as they were read
    std::vector<DocumentCard> deleted;             ///< may still be brought back
    std::optional<command::GiveDocuments> giving;  ///< documents that were asked for and not given yet
    /// The part of the program that only a superior or the author of a form needs. The page begins without it.
    bool has_desk_part = true;
    std::optional<Command> after_part;  ///< is carried out once it is here
    std::string route;
    bool clock_is_wrong = false;  ///< the computer's: it is said, and dates are the last known
    std::string today;            ///< ISO date of the user's day
    std::string now;              ///< local wall clock of the frame, for "今天 10:42"
};

/// Whether the document that is open is one of this form.
[[nodiscard]] inline bool is_open_of(const State& state, std::string_view form) {
    return state.opened && state.opened->document.instrument->id == form;
}

/// A card as storage keeps it.
[[nodiscard]] std::string write_card(const DocumentCard& card);
[[nodiscard]] DocumentCard read_card(std::string_view id, std::string_view text);
[[nodiscard]] DocumentCard make_card(const OpenedDocument& opened);
/// What a ledger's duties ask for, as its card says it.
[[nodiscard]] std::vector<DueItem> todo_of_duties(const std::vector<DutyRow>& duties);

/// Documents with edits that exist only on this machine.
[[nodiscard]] int count_unsaved_outside(const State& state);

}  // namespace duibiao
