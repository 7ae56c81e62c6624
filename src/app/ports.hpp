// What the app needs from the platform. Calls return at once; answers come back later as commands (command.hpp), so
// the browser and the headless tests run the same code.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"

namespace duibiao {

class Clock {
public:
    virtual ~Clock() = default;
    /// Now in UTC: "2026-11-21T06:03:34Z".
    [[nodiscard]] virtual std::string now() const = 0;
    /// The user's calendar day.
    [[nodiscard]] virtual Date today() const = 0;
    /// The user's wall clock for an instant: "2026-11-21 14:03:34".
    [[nodiscard]] virtual std::string local_time(std::string_view instant) const = 0;
    /// Milliseconds that only grow, for time-outs of toasts and the like.
    [[nodiscard]] virtual std::int64_t ticks_ms() const = 0;
    /// Whether the computer's clock shows what cannot be; `now` and `today` are then the last known (app/clock.hpp).
    [[nodiscard]] virtual bool is_wrong() const { return false; }
};

class Random {
public:
    virtual ~Random() = default;
    /// Twelve characters of a–z, 2–7 that no other machine will make.
    [[nodiscard]] virtual std::string unique_id() = 0;
};

/// What becomes of the records that a snapshot replaces: damaged ones are put aside; of secret ones nothing may stay in
/// anything that the page can write, and only then is the snapshot saved.
enum class Replaced : std::uint8_t { dropped, put_aside, erased };

/// Append-only records of documents. Every write names a token; StorageSaved or StorageFailed answers it, and only
/// StorageSaved after the data is durable means "saved".
class Storage {
public:
    virtual ~Storage() = default;
    /// Answers StorageOpened (all cards and settings) or StorageFailed.
    virtual void open() = 0;
    /// Reads one document. Answers DocumentLoaded, and LockChanged once it is known who may write.
    virtual void load(std::string_view document) = 0;
    /// Reads one document without asking for its lock. Answers DocumentLoaded.
    virtual void peek(std::string_view document) = 0;
    /// Reads every document that is not deleted, for a backup, without taking locks. Answers AllLoaded.
    virtual void load_all() = 0;
    /// Replaces everything of a document by one snapshot that stands for the log's first `sequence` edits.
    virtual void put_snapshot(std::string_view document, std::uint64_t sequence, std::string_view snapshot,
                              std::string_view card, std::uint64_t token, Replaced replaced) = 0;
    /// Writes the edits from number `first` on, all or none (replacing one of that number: typing in one field is one
    /// edit).
    virtual void put_edits(std::string_view document, std::uint64_t first, const std::vector<std::string>& edits,
                           std::string_view card, std::uint64_t token) = 0;
    virtual void put_card(std::string_view document, std::string_view card, std::uint64_t token) = 0;
    virtual void put_setting(std::string_view key, std::string_view value, std::uint64_t token) = 0;
    /// A user's own form definition.
    virtual void put_instrument(std::string_view id, std::string_view definition, std::uint64_t token) = 0;
    /// Deleted documents stay for undo until purge().
    virtual void remove(std::string_view document, std::uint64_t token) = 0;
    virtual void restore(std::string_view document, std::uint64_t token) = 0;
    /// Everything that was put aside, and the records of documents that cannot be read. Answers RecordsRescued.
    virtual void rescue() = 0;
    /// Lets go of the document (its write lock).
    virtual void close(std::string_view document) = 0;
    /// Asks the tab that holds the write lock to hand it over; LockChanged follows.
    virtual void take_over(std::string_view document) = 0;
};

/// The format of a job that takes the sheets out of a workbook.
inline constexpr std::string_view sheets_format = "sheets";
inline constexpr std::string_view form_format = "form";

/// What the page's second program writes (main_office.cpp), which is fetched for it.
struct OfficeJob {
    std::string
        format;        ///< "xlsx", "docx", "eml"; "match" and "given" for a Word form of somebody else's; "letter";
                       ///< "template"; "json", "file", "backup": `report` as it is, to be locked; "open", "unpack"
                       ///< and "sheets" (of a workbook), "form" (made from one that is mailed) for a file that arrived
    std::string name;  ///< of the file
    std::string language;
    std::string today;
    std::string attach;  ///< a draft's formats, with commas between them
    std::string to;      ///< a draft's addresses
    std::string password;
    bool masked = false;
    std::string form;      ///< a user's own definition; empty for a shipped form
    std::string report;    ///< or another file's content
    std::string given;     ///< a Word form that was sent to the unit
    std::string left_out;  ///< ids of its links, with commas between them; of a letter: the row it is about
};

class Files {
public:
    virtual ~Files() = default;
    virtual void download(std::string_view name, std::string_view mime, std::string_view content) = 0;
    /// Puts a text on the clipboard.
    virtual void copy(std::string_view text) = 0;
    /// Puts a text on the clipboard, with the address of a route of this page in the place of "{link}".
    virtual void copy_link(std::string_view route, std::string_view text) = 0;
    /// Opens the file picker; FileArrived follows for each file.
    virtual void pick() = 0;
    /// Gives the user the page as one file that carries a backup and the copy's id; CopySaved follows.
    virtual void save_copy(std::string_view name, std::string_view id, std::string_view backup) = 0;
    /// Reads what the page's own file carries; CarriedArrived follows, if it carries anything.
    virtual void take_carried() = 0;
    /// Hands a file to another program of the user's choice.
    virtual void share(std::string_view name, std::string_view mime, std::string_view title,
                       std::string_view content) = 0;
    /// Opens a "mailto:" address.
    virtual void write_mail(std::string_view to, std::string_view subject, std::string_view body) = 0;
    /// Writes a file of an office's programs and gives it to the user, or opens a locked one; OfficeWritten follows.
    /// While it opens one, OpeningWent says how far that is.
    virtual void write_office(const OfficeJob& job) = 0;
    /// Gives up opening a locked file. No answer follows, or one that was on its way.
    virtual void stop_opening() = 0;
    /// Prints an HTML body (write_print_body) through the browser's print dialog.
    virtual void print(std::string_view title, std::string_view body) = 0;
};

/// A folder of the user's that copies of everything go to, where the browser has such a thing; FolderKnown says once
/// the page has begun. The newest copies of ten days are kept, and no other file is touched.
class Folder {
public:
    virtual ~Folder() = default;
    /// Opens the picker; FolderKnown follows, unless the user thinks better of it.
    virtual void choose() = 0;
    /// Has the browser ask the user again; FolderKnown follows.
    virtual void allow() = 0;
    /// Writes the copy of a day, in place of an earlier one of that day; FolderWritten follows.
    virtual void write(std::string_view day, std::string_view at, std::string_view backup) = 0;
    virtual void forget() = 0;
};

class Location {
public:
    virtual ~Location() = default;
    /// Changes the part after '#' ("/doc/ID/ITEM"), with a new history entry or replacing the current one.
    virtual void push(std::string_view route) = 0;
    virtual void replace(std::string_view route) = 0;
};

class Announcer {
public:
    virtual ~Announcer() = default;
    virtual void announce(std::string_view sentence) = 0;
};

/// Versions of the program itself.
class Versions {
public:
    virtual ~Versions() = default;
    /// Saves what is being typed, too, and begins anew with the newest version; UpdateChanged when it cannot.
    virtual void take_newest() = 0;
    /// Fetches the part of the program that only a superior or the author of a form needs; PartBrought follows.
    virtual void bring_desk_part() = 0;
};

/// A campaign for the superior's desk.
struct DeskJob {
    std::string campaign;                ///< id of its document
    std::string report;                  ///< its report
    std::vector<std::string> forms;      ///< the user's own definitions
    std::vector<std::string> campaigns;  ///< all that are here: what was kept for others goes
    bool is_english = false;
};

/// A paper of the superior's desk (exchange/desk/desk_paper.hpp).
struct DeskPaperJob {
    std::string paper;
    std::string format;
    std::string name;  ///< of the file
    std::string today;
    std::string document;  ///< of one unit's letter
    std::string units;     ///< names that the screen lists, a line each
    std::string words;     ///< how it says so
    bool is_ranked = false;
};

/// The superior's desk is worked out by a program of its own beside the page (exchange/desk/desk.hpp). DeskShown
/// follows whatever changes what there is to see; DeskFailed when that program or its storage cannot be had.
class DeskWorker {
public:
    virtual ~DeskWorker() = default;
    virtual void open(const DeskJob& job) = 0;
    /// The campaign that is open has changed.
    virtual void set_campaign(std::string_view report) = 0;
    /// Files that are dropped go the page's way again.
    virtual void close() = 0;
    /// Opens the picker for files or for a folder. DeskWent says how far taking them in is.
    virtual void pick(bool folder) = 0;
    virtual void stop() = 0;
    /// Of locked files that follow.
    virtual void set_password(std::string_view password) = 0;
    /// A report that was kept whole; DeskReport follows.
    virtual void fetch(std::string_view key) = 0;
    /// A report as it is now, in the place of the one that came under `key`.
    virtual void revise(std::string_view key, std::string_view report) = 0;
    /// Candidates for the list of weak organisations as of a day; WeakFound follows.
    virtual void find_weak(std::string_view today) = 0;
    /// A paper for the user as a file, printed ("html") or on the clipboard ("txt"); DeskWritten follows.
    virtual void write(const DeskPaperJob& job) = 0;
};

struct Ports {
    Clock& clock;
    Random& random;
    Storage& storage;
    Files& files;
    Folder& folder;
    Location& location;
    Announcer& announcer;
    Versions& versions;
    DeskWorker& desk;
};

}  // namespace duibiao
