// A form as its paper looks, before any format: what stands where, how wide, in which order. Print, Word and Excel are
// written from this one description.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "exchange/messages.hpp"
#include "exchange/privacy.hpp"

namespace duibiao {

/// Name and value in the head line or the foot.
struct Labelled {
    std::string name;
    std::string value;
};

struct LayoutRun {
    std::string text;
    bool bold = false;
    bool unbroken = false;  ///< never two lines: "（2分）"
};

struct LayoutParagraph {
    enum class Kind : std::uint8_t {
        plain,      ///< the cell's own text
        paragraph,  ///< one of several, with its line ends
        small       ///< "name：text" in small letters
    };
    Kind kind = Kind::plain;
    std::vector<LayoutRun> runs;

    [[nodiscard]] std::string text() const;
};

/// What a cell is to a program that calculates.
struct LayoutNumber {
    Points value;
    std::string unit;
};
struct LayoutDate {
    enum class Shown : std::uint8_t { day, month, plain };  ///< 2026年8月9日, 2026年8月, 2026-08-09
    Date date;
    Shown shown = Shown::day;
};
using LayoutValue = std::variant<std::monostate, LayoutNumber, LayoutDate>;

/// A number beside the largest of its row.
struct LayoutBar {
    int count = 0;
    int most = 0;
};

struct LayoutCell {
    enum class Kind : std::uint8_t {
        text,
        middle,    ///< centred: numbers, words of one or two characters
        score,     ///< centred, figures of one width
        name,      ///< names its row or rows
        missing,   ///< of a duty
        pending,   ///< of a duty
        outside,   ///< no duty there
        statement  ///< a remark over many columns
    };
    Kind kind = Kind::text;
    std::vector<LayoutParagraph> paragraphs;
    std::size_t columns = 1;
    std::size_t rows = 1;
    bool continues = false;  ///< part of the cell above it, which is over as many `rows`; without text
    LayoutValue value;
    std::optional<LayoutBar> bar = {};  ///< the paragraphs stand below it

    /// The paragraphs with line feeds between them.
    [[nodiscard]] std::string text() const;
};

struct LayoutRow {
    enum class Kind : std::uint8_t { plain, activity, sum };
    Kind kind = Kind::plain;
    std::vector<LayoutCell> cells;  ///< without those of the columns that names are merged in
    bool may_break = false;         ///< long texts may go on overleaf
    bool keeps_next = false;        ///< never the last one of a page: a title
    /// Of a bureau's own form: the item it is the first row of, or "sum.N"; empty: neither.
    std::string id = {};
    std::string name = {};  ///< of such a row, in words to know it by

    /// That its cells stand in.
    [[nodiscard]] std::size_t columns() const;
};

/// Rows with a name in a merged cell at their left; without one where nothing is grouped.
struct LayoutGroup {
    std::string name;
    std::vector<LayoutRow> rows;
};
struct LayoutSection {
    std::string name;
    std::vector<LayoutGroup> groups;

    [[nodiscard]] bool is_ungrouped() const { return groups.size() == 1 && groups[0].name.empty(); }
};

/// A column's width: its class in print.css, and the same in millimetres for the other formats (0: what is left,
/// shared). The two say the same; print.css has the longer list.
struct LayoutWidth {
    std::string_view style;
    double millimetres = 0;
};

struct LayoutTable {
    enum class Kind : std::uint8_t {
        grouped,  ///< in sections
        list,     ///< each row stands for itself: a filter helps
        matrix    ///< duties by months
    };
    Kind kind = Kind::grouped;
    std::string title;  ///< above it, where a form has several; also names its sheet
    std::vector<LayoutWidth> widths;
    std::size_t name_columns = 0;  ///< at the left: 1 for sections, 2 for sections and groups
    /// Of a bureau's own form: what each column holds.
    enum class Use : std::uint8_t { label, context, figure, text };
    std::vector<Use> uses = {};
    std::vector<std::vector<LayoutCell>> head;  ///< names of the columns, one row or two
    std::vector<LayoutSection> sections;
    std::vector<LayoutRow> foot = {};  ///< below all sections: remarks
};

/// A party with the place for its seal and the lines to sign on.
struct LayoutBlock {
    std::string party;
    std::vector<std::string> lines;
};

struct Layout {
    /// How the paper is built; print.css knows each.
    enum class Shape : std::uint8_t { score_table, items, own, roster, sheets, letter };
    Shape shape = Shape::sheets;
    Language language = Language::chinese;
    bool portrait = false;
    std::string heading;  ///< "附件1"; may be empty
    std::string title;
    std::string period;  ///< below the title, unless it is a year and the form's head has a date; may be empty
    std::string unit;
    std::string plain_period;
    std::string code;   ///< "填报期间 … 报送码 …", at the foot of every page
    std::string label;  ///< what the QR code on every page says
    std::vector<Labelled> head_line;
    std::vector<LayoutTable> tables;
    std::vector<std::string> letter = {};  ///< of a letter: whom it is to, then its paragraphs
    std::vector<std::string> rules = {};   ///< how the figures come about
    std::vector<Labelled> contact = {};    ///< below the table: who filled it in
    std::vector<LayoutBlock> blocks = {};  ///< who signs
    std::string seal;                      ///< "（盖章处）"
    std::vector<std::string> notes = {};   ///< the form's own, at the end
    bool notes_first = false;              ///< the notes stand before those who sign
    std::size_t layers = 0;                ///< columns of scores

    /// The table that rules, contact, blocks and notes stand below: the first of items and of a score table, which
    /// others may follow, else the last.
    [[nodiscard]] std::size_t foot_table() const {
        return shape == Shape::items || shape == Shape::own || shape == Shape::score_table ? 0 : tables.size() - 1;
    }
};

/// The form as it lies on paper, in its own language; the ledger with its duties as of a date. Masked it bears the code
/// of the whole one.
[[nodiscard]] Layout lay_out(const Document& document, Date as_of, Privacy privacy = Privacy::whole);
/// The day of the last edit: the newest that a document knows by itself.
[[nodiscard]] Date last_day_of(const Document& document);

/// A date for people; the place for one where `text` is none.
[[nodiscard]] std::string date_words(Language language, std::string_view text);

}  // namespace duibiao
