// The commands, one function each. They return what the program exits with and have said everything there is to say.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "core/document.hpp"

namespace duibiao::cli {

struct InstrumentsArguments {
    std::string format = "text";
};
struct NewArguments {
    std::string instrument;
    std::string unit;
    std::string period;
    std::string output;
};
struct FillArguments {
    std::string file;
    std::string layer;  ///< empty: the first
    std::string table;
    std::string output;
};
struct CheckArguments {
    std::vector<std::string> files;
    std::string as_of;
    std::string code;   ///< of a paper, may be empty
    std::string doors;  ///< of weak organisations, whose lists and plans are held against each other; empty: shipped
    std::string format = "text";
};
struct ScoreArguments {
    std::string file;
    bool items = false;  ///< JSON with every item and why
    std::string format = "text";
};
struct YearArguments {
    std::vector<std::string> files;
    std::vector<std::string> excused;  ///< PERIOD=WHY
    std::string format = "text";
};
struct ExportArguments {
    std::string file;
    std::string to;
    std::string attach;    ///< formats with commas between them
    std::string into;      ///< a Word form of somebody else's, may be empty
    std::string skip;      ///< ids of matches that are left out, with commas between them
    bool dry_run = false;  ///< only says what matches
    std::string letter;    ///< number of the row that a letter is about; empty: the form itself
    std::string format = "text";
    bool masked = false;
    bool locked = false;
    std::string password_file;  ///< empty: asked at the terminal
    std::string output;
};
/// Of lock and open.
struct LockArguments {
    std::string file;
    std::string password_file;  ///< empty: asked at the terminal
    std::string output;
};
struct MergeArguments {
    std::string first;
    std::string second;
    bool dry_run = false;  ///< only says what would change
    std::string output;
};
struct RenewArguments {
    std::string file;
    bool dry_run = false;  ///< only says what would change
    std::string form;      ///< the version to go on with; empty: the newest shipped one
    std::string output;
};

struct AggregateArguments {
    std::string campaign;            ///< may be empty
    std::vector<std::string> paths;  ///< reports, folders, .zip, .ndjson, .eml, partials; "-": standard input
    std::string to = "json";
    std::string output;
    std::string password_file;  ///< of locked files; empty: they are refused
    std::string paper;          ///< a paper instead of the figures, may be empty
    bool has_format = false;    ///< `to` was given
    std::string where;          ///< which units, "state=missing,district=…"; of --paper units
    std::string order;          ///< "COLUMN" or "COLUMN:desc"; of --paper units
    std::string group;          ///< "district" or "class"; of --paper units
    std::string until;          ///< when units are to answer, may be empty
    bool all_hidden = false;    ///< one draft with all addresses in Bcc
    bool brief = false;         ///< 简报
    bool ranked = false;        ///< for the office itself
};

/// Of weak candidates, weak list, weak plan and weak doors.
struct WeakArguments {
    std::string action;
    std::vector<std::string> files;  ///< reports as for aggregate; of plan the list; of doors files of doors
    std::string campaign;            ///< may be empty
    std::string doors;               ///< empty: the shipped ones
    std::string into;                ///< of list: the list that goes on; empty: a new one
    std::string unit;                ///< of plan; of a new list: who confirms, else the campaign's office
    std::string to = "json";         ///< of candidates
    std::string as_of;               ///< may be empty
    std::string password_file;       ///< of locked reports; empty: they are refused
    std::string output;
};

/// Of form check, form show and form import.
struct FormArguments {
    std::string action;  ///< check, show, import
    std::vector<std::string> files;
    std::string format = "text";  ///< of show and import
    std::string id;               ///< of the form that import makes; empty: made from the file's name
    std::size_t table = 0;        ///< the table that import reads, from 1; 0: the one most like a form
    std::string like;             ///< of import: an older version of the form, may be empty
    std::string output;           ///< of import
};

/// check says all mistakes of form files, and what their authors should look at: exit 1 where there are mistakes. show
/// prints the outline of a form with points and rules.
[[nodiscard]] Exit work_on_form(Language language, const FormArguments& arguments);
/// import makes a form of the table in a Word document, a workbook or a CSV file, and says what it was unsure of.
[[nodiscard]] Exit import_form(Language language, const FormArguments& arguments);
[[nodiscard]] Exit list_instruments(Language language, const InstrumentsArguments& arguments);
[[nodiscard]] Exit make_new(Language language, const NewArguments& arguments);
[[nodiscard]] Exit fill(Language language, const FillArguments& arguments);
[[nodiscard]] Exit check_files(Language language, const CheckArguments& arguments);
[[nodiscard]] Exit show_score(Language language, const ScoreArguments& arguments);
/// A unit's year from its documents of the months, quarters or halves.
[[nodiscard]] Exit show_year(Language language, const YearArguments& arguments);
[[nodiscard]] Exit export_file(Language language, const ExportArguments& arguments);
/// Fills a Word form that somebody else made; what finds no place there is listed on standard error.
[[nodiscard]] Exit fill_given_form(Language language, const ExportArguments& arguments, const Document& document);
[[nodiscard]] Exit make_locked(Language language, const LockArguments& arguments);
[[nodiscard]] Exit open_file(Language language, const LockArguments& arguments);
/// Two copies of one document as one. Exit 1 where both sides changed the same answer: the later stands.
[[nodiscard]] Exit merge_files(Language language, const MergeArguments& arguments);
/// Any number of reports in one: what became of each, and every figure. Exit 1 where files cannot be used, or reports
/// that count have findings of error kind.
[[nodiscard]] Exit aggregate(Language language, const AggregateArguments& arguments);
/// Weak organisations: candidates by doors, the list, a unit's plan, and all mistakes of a file of doors. Exit 1 where
/// files cannot be used or doors have mistakes.
[[nodiscard]] Exit work_on_weak(Language language, const WeakArguments& arguments);
/// A document of an earlier version of its form goes on with the newest. Exit 1 where answers have no place there.
[[nodiscard]] Exit renew_file(Language language, const RenewArguments& arguments);

}  // namespace duibiao::cli
