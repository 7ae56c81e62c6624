// The desk of a form's author as the page has it: the given table, the form that was made of it, what is in doubt.
// The draft is a document like any other: its rows are the table it is made from and the author's decisions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/rows.hpp"

namespace duibiao {

/// Id of the form that drafts are documents of.
inline constexpr std::string_view draft_form = "form-draft";
/// The job of the second program that works out what the desk shows.
inline constexpr std::string_view author_format = "author";
/// The job that takes the decisions about a table over to the next one.
inline constexpr std::string_view next_format = "author-next";

/// Numbers of a table of the file and of its row, as the file's program counts.
struct SourcePlace {
    std::size_t table = 0;
    std::size_t row = 0;
    friend bool operator==(const SourcePlace&, const SourcePlace&) = default;
};

struct SourceCell {
    std::size_t row = 0;  ///< position, from 0
    std::size_t column = 0;
    std::size_t rows = 1;
    std::size_t columns = 1;
    std::string text;
};

struct SourceColumn {
    std::size_t begin = 0;
    std::string role;
    std::string label;
    std::string type;     ///< of a ledger's column
    std::string options;  ///< of a choice, a line each
};

struct SourceTable {
    std::size_t number = 0;
    std::size_t columns = 0;
    std::string name;
    std::vector<std::string> above;
    std::vector<std::string> below;
    std::vector<std::size_t> widths;
    std::vector<std::size_t> rows;  ///< their numbers
    std::vector<SourceCell> cells;
    std::vector<SourceColumn> roles;  ///< empty: nothing was made of the table
    std::size_t head = 0;             ///< positions of rows
    std::size_t body = 0;
    std::size_t end = 0;
};

struct AuthorRule {
    std::size_t number = 0;  ///< among those read of the item, from 1
    std::string text;
    std::string effect;  ///< "deduct", "gain", "bonus", "zero", "times"
    std::string each;    ///< empty: a person says how much
    std::string cap;
    std::string per;
    std::string range;
    bool is_once = false;
    bool is_dropped = false;
};

/// A line of the form: a section, a group or an item.
struct AuthorLine {
    enum class Level : std::uint8_t { section, group, item };
    Level level = Level::item;
    std::string id;
    std::string number;
    std::string text;
    std::string points;   ///< of sections and groups the sum of their items
    std::string printed;  ///< of sections and groups; empty: the source prints none
    std::string role;     ///< "bonus", "penalty"; empty: points
    std::string said;     ///< the cell of rules
    bool is_unlimited = false;
    std::vector<AuthorRule> rules;
    std::vector<std::string> levels;
    std::size_t parts = 0;  ///< numbered ones in its text, that it can be split into; 0: none
    SourcePlace place;
};

struct AuthorAnswer {
    std::string label;
    std::string key;
    std::string value;
};
struct AuthorDoubt {
    std::string key;  ///< the decision that accepts it
    std::string what;
    std::string chosen;
    std::vector<std::string> instead;
    bool is_accepted = false;
    std::vector<AuthorAnswer> answers;
    SourcePlace place;
};

/// A sum that differs from what the source prints.
struct AuthorSum {
    std::string words;
    SourcePlace place;
};

struct AuthorView {
    std::string error;  ///< in words: no form can be made; only the tables are there
    std::string form;   ///< its file
    std::string title;
    std::string id;
    std::string version;
    std::string points;
    std::string printed;
    std::int64_t items = 0;
    std::int64_t sections = 0;
    bool is_roster = false;
    std::vector<SourceTable> tables;
    std::vector<AuthorLine> lines;
    std::vector<AuthorDoubt> doubts;
    std::vector<AuthorSum> sums;
    std::vector<std::string> changes;                        ///< since the form that it follows
    std::map<std::string, std::string, std::less<>> around;  ///< "notes", "heads", "remarks", "signatures", "bands"

    /// Doubts that nobody has looked at.
    [[nodiscard]] std::size_t open_doubts() const;
};

/// What write_author_view() wrote. Errors: those of parse_json().
[[nodiscard]] Result<AuthorView> read_author_view(std::string_view text);

struct AuthorState {
    std::string draft;  ///< id of its document
    std::optional<AuthorView> view;
    std::uint64_t serial = 0;  ///< grows with each view
    bool is_waiting = false;   ///< for the second program
    std::string asked;         ///< the decisions it was asked with
    std::string told;          ///< session and serial of the document that was looked at for it
    std::string failure;       ///< in words: that program cannot be had
    bool is_trying = false;    ///< a sample of the form is being filled in
};

/// What was decided, as it was typed (core/authoring/decisions.hpp); none: nothing was.
[[nodiscard]] std::optional<std::string> decision_in(const std::vector<RowView>& rows, std::string_view key);

/// The draft of a mailed file, before it is begun.
struct PendingDraft {
    std::string name;
    std::string given;                                  ///< its tables, as write_given_json() wrote them
    std::map<std::string, std::string> decisions = {};  ///< of the draft that it follows
};

}  // namespace duibiao
