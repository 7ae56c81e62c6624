// What happens at the superior's desk: what the user asks for, and what its worker answers. Part of app/command.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace duibiao::command {

/// Files for the campaign that is open, or a folder of them.
struct PickReports {
    bool folder = false;
};
struct StopTaking {};
/// Of locked files that are taken in from now on.
struct TellPassword {
    std::string password;
};
/// A report of the campaign's; `walk` has the keys of those that are gone through from it on, empty: the same as
/// before.
struct OpenUnit {
    std::string key;
    std::vector<std::string> walk;
};
/// Back from a report to its campaign.
struct OpenDesk {};
/// The superior's document of what is collected.
struct CreateCampaign {
    std::string unit;  ///< who collects
    std::string period;
    std::string form;  ///< id
    std::string due;   ///< ISO day, empty: none yet
    std::string from;  ///< another campaign, whose list of units is taken over; empty: none
};
/// The address at which a unit begins the campaign's form, on the clipboard with a sentence around it.
struct CopyInvitation {};
/// The file of the campaign's form, for units that do not have it.
struct GiveCampaignForm {};
/// These units were reminded today: it is written down in the list.
struct NoteReminder {
    std::vector<std::string> units;
};
/// Of several reports of a unit this document counts, or a report that came under another name is this unit's.
struct CountReport {
    std::string unit;
    std::string document;
};
/// A paper of the desk, by its name and format: see desk_paper.hpp.
struct WriteDesk {
    std::string paper;
    std::string format;
    std::string document = {};            ///< of one unit's letter
    std::vector<std::string> units = {};  ///< names that the screen lists
    std::string words = {};               ///< how it says so
    bool is_ranked = false;               ///< by scores
};

/// What the superior's desk comes to now, as JSON.
struct DeskShown {
    std::string campaign;
    std::string view;
};
/// So many of the files that are being taken in are done.
struct DeskWent {
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::int64_t fresh = 0;    ///< reports that are new
    std::int64_t before = 0;   ///< that were there
    std::int64_t refused = 0;  ///< files that cannot be used
    std::int64_t left_ms = 0;
    bool is_last = false;
};
/// A report that was asked for; empty: only its figures are kept.
struct DeskReport {
    std::string key;
    std::string text;
};
struct DeskWritten {
    std::string format;
    bool is_done = false;
    std::string content;  ///< what is wrong, in words
};
struct DeskFailed {
    std::string reason;  ///< "program", "quota", "unknown"
};

}  // namespace duibiao::command
