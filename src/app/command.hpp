// Everything that can happen, as data. The page, the tests and the platform's answers all use these commands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/author/commands.hpp"
#include "app/desk/commands.hpp"
#include "app/weak/commands.hpp"
#include "core/custody.hpp"
#include "core/document.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// What had become of the browser's database at this visit: it was made anew from its second copy, or it was gone.
enum class Recovery : std::uint8_t {
    none,
    restored,
    lost,
    partly  ///< lost while the page was open: what it had open is stored anew, the rest is gone
};

}  // namespace duibiao

namespace duibiao::command {

// --- What the user asks for -------------------------------------------------------------------------------------
struct OpenHome {};
struct OpenDocument {
    std::string document;
    std::string item;  ///< row to show, may be empty
};
struct CreateDocument {
    std::string instrument;
    std::string unit;
    std::string period;
};
/// Next period's empty document of the same unit and instrument, with the texts (落实情况) but no scores.
struct DuplicateDocument {
    std::string document;
};
/// The next sheet of the form that is open, about another person or thing of the same unit and period.
struct NextSubject {};
struct DeleteDocument {
    std::string document;
};
struct UndoDelete {};
struct DeleteDocuments {
    std::vector<std::string> documents;
};
/// Several documents as a backup of them alone, or as a report file each.
struct GiveDocuments {
    std::vector<std::string> documents;
    bool as_reports = false;
};
struct OpenExample {
    std::string name;  ///< "clean", "faulty"
};
/// One answer as typed. `batch` groups keystrokes of one visit to a field; empty: an action of its own.
struct SetAnswer {
    Target target;
    std::string text;
    std::string batch;
};
/// 其余照上一层: what the open layer has not scored yet gets the score of the layer before.
struct TakeScores {};
/// A column of scores as a spreadsheet copies it, from `item` downwards. All or nothing.
struct PasteScores {
    Layer layer = Layer::self;
    std::string item;
    std::string text;
};
/// Rows for the open document's table as a spreadsheet copies them: with the columns' names in the first line, or in
/// the columns' order. All or nothing.
struct AddRows {
    std::string text;
};
/// One row: its cells (empty: it goes), the key of its place (rows.hpp), or both.
struct RowChange {
    std::string row;
    std::optional<std::string> cells;
    std::optional<std::string> order;
};
/// Rows written, inserted, removed or moved at once. All or nothing.
struct ChangeRows {
    std::vector<RowChange> changes;
    std::string batch;  ///< empty: an action of its own
    std::string done;   ///< said when it is done, may be empty
};
/// Pieces of evidence written, changed or removed at once: `row` is their id, none for a new one; `cells` as
/// join_evidence() writes them, empty: it goes. All or nothing.
struct ChangeEvidence {
    std::vector<RowChange> changes;
    std::string done;  ///< said when it is done, may be empty
};
/// Evidence for an item as a spreadsheet copies it. All or nothing.
struct AddEvidence {
    std::string item;
    std::string text;
};
/// A further rater of an appraisal, under the next number.
struct AddRater {};
struct RemoveRater {
    std::size_t rater = 0;
};
/// One rater's score for one member; an empty text is an abstention.
struct SetBallot {
    std::size_t rater = 0;
    std::string row;
    std::string text;
};
/// Ballots as a spreadsheet copies them: members' names, then a column a rater. All or nothing.
struct AddBallots {
    std::string text;
};
/// Closes a step of an appraisal for good.
struct CloseStep {
    std::string step;
    std::string confirmed = {};  ///< what is missing and was confirmed, for the record
};
/// Puts a text on the clipboard.
struct CopyText {
    std::string text;
};
struct Undo {};
struct Redo {};
struct SetLayer {
    Layer layer;
};
/// Moves to an item's row, and into its field when named.
struct Reveal {
    std::string item;
    std::string field;
    Layer layer = Layer::self;
};
struct Pick {};
/// The report file once more; a living record is marked as sent.
struct ExportReport {};
/// Does a paper with this code belong to the open document? The answer is the dialog "code".
struct CheckCode {
    std::string code;
};
/// A list of the points in which the layers differ, on paper.
struct PrintComparison {};
/// The form's letter about one row, on paper or as a Word document.
struct GiveLetter {
    std::string row;
    bool word = false;
};
/// The form's empty table as a workbook, to be filled in elsewhere.
struct GiveTemplate {};
/// The form that was asked about takes the place of the shipped one of its id (State::pending_form).
struct TakeForm {};
/// The file of a form that was made here (State::pending_form).
struct GiveForm {};
/// One of the sheets of a workbook that could all be meant (State::sheets).
struct TakeSheet {
    std::string name;
};
struct ExportCsv {};
struct ExportHtml {};
/// The last days of tasks and measures, for a calendar.
struct ExportCalendar {};
/// How the next output leaves: masked for other readers, locked where there is a password.
struct Protect {
    std::string password;
    bool masked = false;
};
/// Excel, Word or a draft of an e-mail, by the end of its file's name.
struct ExportOffice {
    std::string format;
    std::string attach = {};  ///< a draft's formats, with commas between them
    std::string to = {};      ///< a draft's addresses
};
/// Hands the open layer over and gives the file to send, or unlocks it: see hand_over() of custody.hpp.
struct HandOver {
    LayerState to;
    std::string text;
    std::string name;  ///< who signs
    std::string office;
    std::optional<ExportOffice> mail = {};  ///< the file goes into a draft of an e-mail
};
/// The user has compared the marks: this key is an office's, too.
struct TrustKey {
    std::string office;
    std::string key;
};
/// Opens the locked file that arrived.
struct OpenLocked {
    std::string password;
};
/// Stops opening it; its password is asked for again.
struct StopOpening {};
/// The web page of the form through the system's own sharing.
struct Share {};
/// A message without attachments in the mail program.
struct WriteMail {
    std::string to;
};
/// What was matched in a Word form goes into it, or is left out.
struct LeaveOut {
    std::string link;  ///< DocxLink::id
    bool left_out = true;
};
/// The Word form that waits, with the answers in it.
struct FillGiven {};
struct Print {};
/// The list of 一月一提示, or of 一季一督查, on paper.
struct PrintReminders {
    bool quarter = false;
};
struct Backup {};
/// The whole page as one file with all documents in it.
struct SaveCopy {};
/// What to do with an arrived report whose document is here already.
struct ResolveImport {
    enum class Choice : std::uint8_t { merge, copy, cancel };
    Choice choice;
};
/// Compares the report that arrived with what is here, once that is open.
struct PreviewImport {};
/// Which side stands where both changed the same.
struct KeepOurs {
    std::size_t conflict = 0;  ///< place in Merge::conflicts
    bool ours = true;
};
/// The document as it was before the last import, while nothing was changed since.
struct UndoImport {};
struct SetSetting {
    std::string key;
    std::string value;
};
struct TakeOver {};
/// A copy of everything goes into a folder of the user's by itself: he picks it, allows it again after a restart of the
/// browser, has one written now, ends it.
struct UseFolder {
    enum class What : std::uint8_t { choose, allow, write, forget };
    What what;
};
/// Writes everything that could not be saved again.
struct RetrySave {};
/// Gives the user the damaged records as a file.
struct Rescue {};
/// Takes in what a backup or several files have after the user saw what that would do, or leaves it.
struct ResolveArrival {
    bool take;
};
struct ShowDialog {
    std::string name;      ///< "new", "help", "settings", "about", "send", "why", or empty: none
    std::string argument;  ///< for example the instrument of "new"
};
struct DismissToast {};
/// A sentence at the foot of the page, spoken too.
struct Notify {
    std::string text;
};
/// The open document goes on with the newest version of its form, as the dialog "renew" has shown.
struct Renew {};
/// Not now: it is not offered again while the document stays open.
struct PutOffRenewal {};
/// Saves everything and goes on with the program's new version.
struct TakeUpdate {};

// --- What the platform reports ----------------------------------------------------------------------------------
struct StoredText {
    std::string id;
    std::string text;
};
struct StorageOpened {
    std::vector<StoredText> cards;        ///< by document id
    std::vector<StoredText> settings;     ///< by key
    std::vector<StoredText> instruments;  ///< users' own definitions
    bool persisted = false;
    int aside = 0;  ///< documents whose damaged records were put aside
    Recovery recovery = Recovery::none;
};
struct StoredEdit {
    std::uint64_t sequence = 0;
    std::string text;
};
struct DocumentLoaded {
    std::string document;
    bool found = false;
    std::uint64_t sequence = 0;  ///< edits the snapshot stands for
    std::string snapshot;
    std::vector<StoredEdit> edits;  ///< ascending, after the snapshot
    int quarantined = 0;            ///< records whose checksum does not fit
    bool elsewhere = false;         ///< another tab holds it; known in AllLoaded
};
struct AllLoaded {
    std::vector<DocumentLoaded> documents;
};
/// Damaged records as they are, for people who can read them.
struct RecordsRescued {
    std::string content;
};
struct StorageSaved {
    std::uint64_t token = 0;
    bool kept = false;  ///< of Replaced::erased: some of it could not be erased yet
};
struct StorageFailed {
    std::uint64_t token = 0;  ///< 0: opening failed
    std::string reason;       ///< "quota", "refused", "closed", "newer", "taken", "unknown"
    std::string document;     ///< of "taken": another tab writes it
};
struct LockChanged {
    std::string document;
    bool writer = false;
};
/// Another tab changed or removed something, or the data was found to have been lost: cards are read again.
struct CardsChanged {
    std::vector<StoredText> cards;
    Recovery recovery = Recovery::none;
};
struct FileArrived {
    std::string name;
    std::string content;
    bool too_large = false;
};
/// So many files were chosen at once; FileArrived follows for each.
struct FilesAnnounced {
    std::size_t count = 0;
};
struct RouteChanged {
    std::string route;  ///< "/", "/new/INSTRUMENT?unit=…&period=…", "/doc/ID/ITEM"
};
/// A new version of the program: it is here; another tab has taken it; it is not taken, as something cannot be saved.
struct UpdateChanged {
    enum class News : std::uint8_t { ready, elsewhere, unsaved };
    News news;
};
/// Whether the page opens without a network from now on, never will at this address, or is one file by itself.
struct OfflineKnown {
    enum class How : std::uint8_t { ready, refused, file };
    How how;
};
/// The page as one file was given to the user, or could not be had.
struct CopySaved {
    bool done = false;
};
/// A file of an office's programs was given to the user, or could not be written.
struct OfficeWritten {
    std::string format;
    bool done = false;
    std::string content;  ///< what is wrong, in words, or nothing where the program could not be fetched; of "open" the
                          ///< file, of "match" what matches, as JSON
    std::string name = {};  ///< of "open": the file's own; of "sheets" the workbook's
    bool locked = false;    ///< it has a password
};
/// So much of the work on a locked file is done, in hundredths.
struct OpeningWent {
    int percent = 0;
};
/// Whether this browser hands files to other programs.
struct SharingKnown {
    bool possible = false;
};
/// The page's own file carries data: a backup, empty when it is damaged.
struct CarriedArrived {
    std::string id;  ///< of the copy
    std::string content;
};
/// The folder that copies go to.
struct FolderKnown {
    enum class How : std::uint8_t { none, waiting, ready };
    How how;           ///< none is picked; the browser asks the user again; it can be written
    std::string name;  ///< of the folder
    std::string last;  ///< instant of the last copy, empty: none
};
struct FolderWritten {
    bool done = false;
    std::string at;  ///< instant of what the copy has
};
/// The part of the program for a superior or the author of a form, which was asked for.
struct PartBrought {
    bool is_here = false;
};
struct Tick {};

}  // namespace duibiao::command

namespace duibiao {

/// Any of them. A class of its own, so that what copies, moves and destroys fifty kinds is compiled once.
class Command {
public:
    using Any = std::variant<
        command::OpenHome, command::OpenDocument, command::CreateDocument, command::DuplicateDocument,
        command::DeleteDocument, command::UndoDelete, command::OpenExample, command::SetAnswer, command::TakeScores,
        command::PasteScores, command::AddRows, command::ChangeRows, command::CopyText, command::Undo, command::Redo,
        command::SetLayer, command::Reveal, command::Pick, command::ExportReport, command::ExportCsv,
        command::ExportHtml, command::ExportCalendar, command::Print, command::PrintReminders, command::GiveLetter,
        command::GiveTemplate, command::TakeSheet, command::TakeForm, command::GiveForm, command::Backup,
        command::ResolveImport, command::SetSetting, command::TakeOver, command::RetrySave, command::ShowDialog,
        command::DismissToast, command::Notify, command::StorageOpened, command::DocumentLoaded, command::AllLoaded,
        command::StorageSaved, command::StorageFailed, command::LockChanged, command::CardsChanged,
        command::FileArrived, command::RouteChanged, command::UpdateChanged, command::OfflineKnown, command::TakeUpdate,
        command::SaveCopy, command::CopySaved, command::CarriedArrived, command::Tick, command::AddRater,
        command::RemoveRater, command::SetBallot, command::AddBallots, command::CloseStep, command::HandOver,
        command::CheckCode, command::PrintComparison, command::PreviewImport, command::KeepOurs, command::UndoImport,
        command::Rescue, command::RecordsRescued, command::ExportOffice, command::OfficeWritten,
        command::ResolveArrival, command::FilesAnnounced, command::UseFolder, command::FolderKnown,
        command::FolderWritten, command::LeaveOut, command::FillGiven, command::Protect, command::OpenLocked,
        command::StopOpening, command::OpeningWent, command::Share, command::WriteMail, command::SharingKnown,
        command::ChangeEvidence, command::AddEvidence, command::DeleteDocuments, command::GiveDocuments,
        command::TrustKey, command::Renew, command::PutOffRenewal, command::NextSubject, command::PickReports,
        command::StopTaking, command::TellPassword, command::OpenUnit, command::OpenDesk, command::WriteDesk,
        command::NoteReminder, command::CountReport, command::CreateCampaign, command::CopyInvitation,
        command::GiveCampaignForm, command::DeskShown, command::DeskWent, command::DeskReport, command::DeskWritten,
        command::DeskFailed, command::PartBrought, command::OpenWeak, command::SwitchDoor, command::UseShippedDoors,
        command::SaveDoors, command::UpdateWeakList, command::WriteWeak, command::MakeWeakPlan, command::OpenWeakForm,
        command::OpenEvidence, command::CheckWeakItem, command::WeakFound, command::BeginDraft, command::DecideForm,
        command::TryForm, command::EndTrial, command::GiveOutForm>;

    template <typename Kind>
    requires(!std::is_same_v<std::remove_cvref_t<Kind>, Command>)
        Command(Kind&& kind)  // NOLINT(google-explicit-constructor): every kind is a command
        : any_(std::in_place_type<std::remove_cvref_t<Kind>>, std::forward<Kind>(kind)) {}
    Command(const Command& other);
    Command(Command&& other) noexcept;
    Command& operator=(const Command& other);
    Command& operator=(Command&& other) noexcept;
    ~Command();

    [[nodiscard]] const Any& any() const { return any_; }

private:
    Any any_;
};

}  // namespace duibiao
