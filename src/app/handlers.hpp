// One handler a command; update() picks by type. Private to src/app.
#pragma once

#include "app/update.hpp"
#include "core/apart.hpp"
#include "core/json.hpp"
#include "exchange/csv.hpp"
#include "exchange/lock.hpp"
#include "exchange/privacy.hpp"

namespace duibiao::app {

// navigation.cpp
void on(State&, const Ports&, const command::OpenHome&);
void on(State&, const Ports&, const command::OpenDocument&);
void on(State&, const Ports&, const command::CreateDocument&);
void on(State&, const Ports&, const command::DuplicateDocument&);
void on(State&, const Ports&, const command::NextSubject&);
void on(State&, const Ports&, const command::DeleteDocument&);
void on(State&, const Ports&, const command::UndoDelete&);
void on(State&, const Ports&, const command::OpenExample&);
void on(State&, const Ports&, const command::RouteChanged&);
void on(State&, const Ports&, const command::Reveal&);
void on(State&, const Ports&, const command::ShowDialog&);
void on(State&, const Ports&, const command::DismissToast&);
void on(State&, const Ports&, const command::Notify&);
void on(State&, const Ports&, const command::SetSetting&);
void on(State&, const Ports&, const command::Tick&);

// editing.cpp
void on(State&, const Ports&, const command::SetAnswer&);
void on(State&, const Ports&, const command::TakeScores&);
void on(State&, const Ports&, const command::PasteScores&);
void on(State&, const Ports&, const command::AddRows&);
void on(State&, const Ports&, const command::ChangeRows&);
void on(State&, const Ports&, const command::Undo&);
void on(State&, const Ports&, const command::Redo&);
void on(State&, const Ports&, const command::SetLayer&);

// many/many.cpp
void on(State&, const Ports&, const command::DeleteDocuments&);
void on(State&, const Ports&, const command::GiveDocuments&);
/// The report files that were asked for, once all documents are read.
void give_reports(State&, const Ports&, const command::AllLoaded& here);

// evidence/evidence.cpp
void on(State&, const Ports&, const command::ChangeEvidence&);
void on(State&, const Ports&, const command::AddEvidence&);

// appraisal.cpp
void on(State&, const Ports&, const command::AddRater&);
void on(State&, const Ports&, const command::RemoveRater&);
void on(State&, const Ports&, const command::SetBallot&);
void on(State&, const Ports&, const command::AddBallots&);
void on(State&, const Ports&, const command::CloseStep&);
/// The step of ballots is closed, and they are erased; all but what is `kept` for a while in the second copy.
void say_ballots_gone(State& state, const Ports& ports, bool kept);

// transfer.cpp
void on(State&, const Ports&, const command::CopyText&);
void on(State&, const Ports&, const command::Pick&);
void on(State&, const Ports&, const command::ExportCsv&);
void on(State&, const Ports&, const command::ExportHtml&);
void on(State&, const Ports&, const command::ExportCalendar&);
void on(State&, const Ports&, const command::ExportOffice&);
void on(State&, const Ports&, const command::Print&);
void on(State&, const Ports&, const command::PrintReminders&);
void on(State&, const Ports&, const command::PrintComparison&);
void on(State&, const Ports&, const command::GiveLetter&);
void on(State&, const Ports&, const command::GiveTemplate&);
void on(State&, const Ports&, const command::TakeSheet&);
void on(State&, const Ports&, const command::TakeForm&);
void on(State&, const Ports&, const command::GiveForm&);
void on(State&, const Ports&, const command::FileArrived&);

// given_form.cpp
void on(State&, const Ports&, const command::LeaveOut&);
void on(State&, const Ports&, const command::FillGiven&);

// handing.cpp
void on(State&, const Ports&, const command::HandOver&);
void on(State&, const Ports&, const command::ExportReport&);
void on(State&, const Ports&, const command::CheckCode&);
void on(State&, const Ports&, const command::Renew&);
void on(State&, const Ports&, const command::PutOffRenewal&);

// signing.cpp
void on(State&, const Ports&, const command::TrustKey&);

// protecting.cpp
void on(State&, const Ports&, const command::Protect&);
void on(State&, const Ports&, const command::OpenLocked&);
void on(State&, const Ports&, const command::StopOpening&);
void on(State&, const Ports&, const command::OpeningWent&);
void on(State&, const Ports&, const command::OfficeWritten&);

// desk_part.cpp
void on(State&, const Ports&, const command::PartBrought&);
/// Whether the desk's part of the program is here. If not it is fetched, and `then` is carried out once it is.
[[nodiscard]] bool has_desk_part(State&, const Ports&, Command then);
/// The document that is open is a campaign, or maybe one of its reports: its desk opens, as soon as it can.
void enter_desk(State&, const Ports&);

// mail.cpp
void on(State&, const Ports&, const command::Share&);
void on(State&, const Ports&, const command::WriteMail&);
void on(State&, const Ports&, const command::SharingKnown&);

// desk/desk.cpp
DUIBIAO_APART void on(State&, const Ports&, const command::PickReports&);
DUIBIAO_APART void on(State&, const Ports&, const command::StopTaking&);
DUIBIAO_APART void on(State&, const Ports&, const command::TellPassword&);
DUIBIAO_APART void on(State&, const Ports&, const command::OpenUnit&);
DUIBIAO_APART void on(State&, const Ports&, const command::OpenDesk&);
DUIBIAO_APART void on(State&, const Ports&, const command::WriteDesk&);
DUIBIAO_APART void on(State&, const Ports&, const command::NoteReminder&);
DUIBIAO_APART void on(State&, const Ports&, const command::CountReport&);
DUIBIAO_APART void on(State&, const Ports&, const command::CreateCampaign&);
DUIBIAO_APART void on(State&, const Ports&, const command::CopyInvitation&);
DUIBIAO_APART void on(State&, const Ports&, const command::GiveCampaignForm&);
DUIBIAO_APART void on(State&, const Ports&, const command::DeskShown&);
DUIBIAO_APART void on(State&, const Ports&, const command::DeskWent&);
DUIBIAO_APART void on(State&, const Ports&, const command::DeskReport&);
DUIBIAO_APART void on(State&, const Ports&, const command::DeskWritten&);
DUIBIAO_APART void on(State&, const Ports&, const command::DeskFailed&);

// weak/weak.cpp
DUIBIAO_APART void on(State&, const Ports&, const command::OpenWeak&);
DUIBIAO_APART void on(State&, const Ports&, const command::SwitchDoor&);
DUIBIAO_APART void on(State&, const Ports&, const command::WeakFound&);
DUIBIAO_APART void on(State&, const Ports&, const command::UpdateWeakList&);
DUIBIAO_APART void on(State&, const Ports&, const command::WriteWeak&);
DUIBIAO_APART void on(State&, const Ports&, const command::OpenEvidence&);
// weak/weak_doors.cpp
DUIBIAO_APART void on(State&, const Ports&, const command::UseShippedDoors&);
DUIBIAO_APART void on(State&, const Ports&, const command::SaveDoors&);
// weak/weak_papers.cpp
DUIBIAO_APART void on(State&, const Ports&, const command::MakeWeakPlan&);
DUIBIAO_APART void on(State&, const Ports&, const command::OpenWeakForm&);
DUIBIAO_APART void on(State&, const Ports&, const command::CheckWeakItem&);

// author/author.cpp
DUIBIAO_APART void on(State&, const Ports&, const command::DecideForm&);
DUIBIAO_APART void on(State&, const Ports&, const command::TryForm&);
DUIBIAO_APART void on(State&, const Ports&, const command::EndTrial&);
DUIBIAO_APART void on(State&, const Ports&, const command::GiveOutForm&);

// form_making.cpp
void on(State&, const Ports&, const command::BeginDraft&);

// import.cpp
void on(State&, const Ports&, const command::PreviewImport&);
void on(State&, const Ports&, const command::KeepOurs&);
void on(State&, const Ports&, const command::ResolveImport&);

// arrival.cpp
void on(State&, const Ports&, const command::FilesAnnounced&);
void on(State&, const Ports&, const command::ResolveArrival&);
void on(State&, const Ports&, const command::UndoImport&);

// backup.cpp
void on(State&, const Ports&, const command::Backup&);
void on(State&, const Ports&, const command::SaveCopy&);
void on(State&, const Ports&, const command::CopySaved&);
void on(State&, const Ports&, const command::CarriedArrived&);
void on(State&, const Ports&, const command::AllLoaded&);

// folder.cpp
void on(State&, const Ports&, const command::UseFolder&);
void on(State&, const Ports&, const command::FolderKnown&);
void on(State&, const Ports&, const command::FolderWritten&);

// persistence.cpp
void on(State&, const Ports&, const command::TakeOver&);
void on(State&, const Ports&, const command::RetrySave&);
void on(State&, const Ports&, const command::Rescue&);
void on(State&, const Ports&, const command::RecordsRescued&);
void on(State&, const Ports&, const command::StorageOpened&);
void on(State&, const Ports&, const command::DocumentLoaded&);
void on(State&, const Ports&, const command::StorageSaved&);
void on(State&, const Ports&, const command::StorageFailed&);
void on(State&, const Ports&, const command::LockChanged&);
void on(State&, const Ports&, const command::CardsChanged&);

// versions.cpp
void on(State&, const Ports&, const command::TakeUpdate&);
void on(State&, const Ports&, const command::UpdateChanged&);
void on(State&, const Ports&, const command::OfflineKnown&);

// Shared by the handlers.

/// How the settings begin that hold an office's public keys.
constexpr std::string_view known_key_setting = "known-key/";
/// With what this machine signs; its key is made at the first time.
[[nodiscard]] Signer signer(State&, const Ports&);
/// Checks the open document's signatures anew where something was handed over or unlocked since.
void refresh_signatures(OpenedDocument&);
/// Whether the layer that is open was signed with another machine's key.
[[nodiscard]] bool is_of_others(const Settings&, const OpenedDocument&);
/// Whether a signature's key is this machine's, or known of its office, or the first one seen.
[[nodiscard]] bool is_known_key(const Settings&, const LayerSignature&);
/// Remembers the keys of offices that none is known of.
void remember_keys(State&, const Ports&, const std::vector<LayerSignature>&);
/// What of two documents keeps them from being united: of one that was handed over, each side is kept as it is.
[[nodiscard]] std::vector<Rewriting> cannot_be_taken_in(const Document& ours, const Document& theirs,
                                                        const Result<Merge>& merged);
/// Keeps a document that rewrites what was handed over under an id of its own, marked as altered, and opens it.
void keep_beside(State&, const Ports&, Document, Findings load_findings, const std::vector<Rewriting>&);

/// How the settings begin that say which copies' data has been taken.
constexpr std::string_view carried_setting = "carried/";
/// An e-mail, among the formats that are saved.
constexpr std::string_view draft_format = "eml";

/// One of the sizes the settings offer; 15 for anything else.
[[nodiscard]] int text_size_from(std::string_view value);
/// The keys of "J,R".
[[nodiscard]] std::vector<std::string> sources_from(std::string_view value);
/// A token for a storage write; the page shows "saving" until it is answered.
[[nodiscard]] std::uint64_t begin_save(State&);
/// Reads the unit's ledgers and rosters that the open document has to do with.
void ask_for_related(State&, const Ports&);
/// Recomputes what is derived from the open document, and its card.
void refresh(State&);
/// The ballots as the card has them, which whoever writes the document keeps up to date.
void take_ballots(OpenedDocument&, const DocumentCard&);
/// What only the card knows of a document that is here.
void take_card(const State&, OpenedDocument&);
/// Checks a large table once nothing has changed for a moment.
void check_in_pause(State&, std::int64_t now_ms);
/// The open document's identity for new edits.
[[nodiscard]] Author author(const State&, const Ports&);
/// Writes log entries from `first` on, and the card.
void save_edits(State&, const Ports&, std::size_t first);
/// What the open list tells its unit's ledgers goes into their cards, so that the home page asks for no more than they
/// do themselves.
void tell_ledgers(State&, const Ports&);
/// The version of the open document's form that it can go on with: null where it has the newest, or may not change.
[[nodiscard]] InstrumentPtr find_newer(const State&);
/// Opens the dialog "renew".
void show_renewal(State&);
/// Writes the whole document as a snapshot.
void save_snapshot(State&, const Ports&);
/// Some document has edits that wait until this tab may write it again.
[[nodiscard]] bool has_strayed(const State&);
/// Rebuilds a document from its snapshot and the edits after it. Edits that do not fit are counted as quarantined.
[[nodiscard]] Result<OpenedDocument> restore_document(const State&, const command::DocumentLoaded&);
/// Makes `document` the open one and stores it as new.
void adopt(State&, const Ports&, Document document, Findings load_findings);
void show_document(State&, const Ports&, std::string_view item);
/// Shows a document that is stored nowhere, at the address of the draft that it is a sample of.
void show_sample(State&, const Ports&, Document document);
/// A sample does not leave this page: it is said. False: what is open is no sample.
bool keeps_sample(State&, const Ports&);
/// Computes and shows the document that was just opened.
void show_opened(State&, const Ports&);
/// Opens a document and carries out a command once it is here.
void open_then(State&, const Ports&, const std::string& document, const Command& next);
void show_toast(State&, const Ports&, std::string text);
void show_toast(State&, const Ports&, std::string text, std::string action, Command command);
[[nodiscard]] bool is_here(const State&, std::string_view document);
/// A user's own form definition, from now on known here. Errors: those of load_instrument.
[[nodiscard]] Result<InstrumentPtr> add_form(State&, const Ports&, const std::string& definition);
/// A form from the table of a mailed Word or Excel file.
void make_form_from(State&, const Ports&, const command::FileArrived& file);
/// A file that the second program could not read, or that program could not be fetched.
void show_unread(State&, const command::OfficeWritten& answer);
void show_made_form(State&, const command::OfficeWritten& answer);
/// A form that a report brought along can be filled in here, too; one that is known stays as it is.
void learn_form(State&, const Ports&, const InstrumentPtr& form);
/// A form of that id would take the place of a shipped one: not without being asked.
[[nodiscard]] bool hides_shipped(const State&, const std::string& id);
/// Between a form's id and the hash of an earlier version, in the storage of forms.
inline constexpr std::string_view earlier_mark = "@";
/// Gives a file to the user as it is, or has it locked as the user asked: then OfficeWritten says of `format` when it
/// is done. True when it is out already.
bool give(State&, const Ports&, std::string_view format, std::string_view name, std::string_view mime,
          std::string content);
/// How the user asked the next output to be, once.
[[nodiscard]] Protecting take_protection(State&);
[[nodiscard]] Privacy privacy_of(const Protecting&);
/// Keeps a locked file that arrived, and asks for its password.
void ask_for_password(State&, const Ports&, const command::FileArrived& file);
/// Lets go of it, and stops opening it.
void forget_locked(State&, const Ports&);
void show_report_given(State&, const Ports&);
void show_backup_given(State&, const Ports&);
/// The open document has left this machine as it stands.
void mark_as_out(State&, const Ports&);
/// Adds the rows of a table that was pasted or dropped; `source` names it where something is wrong.
void add_rows(State&, const Ports&, std::string_view table, Quoting quoting, const std::string& source);
/// Fills the open document from the table of a file.
void import_table(State&, const Ports&, std::string_view table, Quoting quoting, const std::string& source);
/// A workbook for the open document: the second program takes its sheets out.
void import_workbook(State&, const Ports&, const command::FileArrived& file);
/// What the second program says of a workbook.
void take_sheets(State&, const Ports&, const command::OfficeWritten& answer);
/// Takes in what came in an e-mail or an archive, as if each had come by itself: our own files where there are some.
void take_wrapped(State&, const Ports&, const std::string& name, std::vector<NamedFile> files);
void import_report(State&, const Ports&, const command::FileArrived& file);
/// A Word form: what of the open document finds its place there is shown first.
void import_given(State&, const Ports&, const command::FileArrived& file);
/// Shows the match that the second program made.
void show_match(State&, std::string_view match);
/// A job for the second program that still says nothing but for whom and when.
[[nodiscard]] OfficeJob bare_job(const State&, const Ports&);
/// A job for the second program with the open document; the format and what it needs are still missing.
[[nodiscard]] OfficeJob office_job(const State&, const Ports&);
/// The format a JSON file says it has; empty: none.
[[nodiscard]] std::string format_of(const Json& file);
/// The same unit's form for the same period is here under another id: two papers of one name.
[[nodiscard]] bool has_namesake(const State&, const Document&);
/// The open document was changed by an import, and by nothing since.
[[nodiscard]] bool can_take_back(const State&);
void offer_to_take_back(State&, const Ports&, std::string sentence);
void import_backup(State&, const Ports&, const std::string& name, const Json& backup);
/// The reports of a backup; its forms are known from now on. Errors: "backup-format", "backup-version", those of
/// read_report().
[[nodiscard]] Result<std::vector<LoadedReport>> open_backup(State&, const Ports&, const Json& backup);
/// The document as it is here: none, when it is not here or damaged.
[[nodiscard]] std::optional<OpenedDocument> document_here(const State&, const command::AllLoaded&, std::string_view id);
/// Stores a document beside the one that is shown; of one that is here, its card stays what it was.
void store_beside(State&, const Ports&, Document document, Findings load_findings, bool damaged);
/// One of several files that came together.
void collect(State&, const Ports&, const command::FileArrived& file);
void preview_arrival(State&, const Ports&, const command::AllLoaded& here);
void take_arrival(State&, const Ports&, const command::AllLoaded& here);
void take_back(State&, const Ports&, const command::AllLoaded& here);
/// All documents are read for what they were asked for.
void gather_for(State&, const Ports&, Gathering what);
/// Begins a copy into the user's folder when one is due.
void copy_when_due(State&, const Ports&);
/// Asks about the next document that a copy brought in another state than it has here, if any.
void ask_next_carried(State&, const Ports&);
/// Shows the new version while there is no other toast and no dialog.
void offer_update(State&, const Ports&);
/// The toast is about the new version.
[[nodiscard]] bool offers_update(const Toast&);
void show_error(State&, const Error& error, std::string_view file_name);
/// Several lines of a table that cannot be read.
void show_errors(State&, const std::vector<Error>& errors, std::string_view name);
[[nodiscard]] std::string say(const State&, std::string_view key, const Params& params);
[[nodiscard]] std::string say(const State&, std::string_view key);

}  // namespace duibiao::app
