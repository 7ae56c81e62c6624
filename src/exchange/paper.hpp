// What every printed form has, whatever its table: the file around it, title, head line, signatures, short code and
// the words of the page's margins.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "exchange/html.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// One form on its way to paper. A kind of form says which classes of print.css it has and writes what stands between
/// the title and the end.
class Paper {
public:
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;
    virtual ~Paper() = default;

    /// A whole file with its style inside and no script. Once only.
    [[nodiscard]] std::string file();
    /// The article alone, for the page's own print root. Once only.
    [[nodiscard]] std::string body();

protected:
    /// Name and value in the head line or the foot.
    struct Labelled {
        std::string name;
        std::string value;
    };

    Paper(const Document& document, Language language)
        : document_(document), form_(*document.instrument), language_(language) {}

    [[nodiscard]] virtual std::string classes() const = 0;
    virtual void write_content() = 0;

    /// A row over `columns` columns: the fields, then the short code.
    void write_head_line(std::size_t columns, const std::vector<Labelled>& fields);
    /// The head line: the unit beside the place for its seal, and the day. Whoever seals is named by the first block of
    /// signatures; what else is asked of him stands in the foot.
    void write_head_fields(std::size_t columns);
    void write_labelled(const Labelled& field);
    void write_heading_cell(std::string_view name, std::string_view width_class = {}, std::size_t columns = 1);
    /// Class of the rows beside a name: high enough for it, so that a single row on a page holds it.
    [[nodiscard]] static std::string name_class(std::string_view name);
    /// "name：text" in small letters; nothing without text.
    void write_named_paragraph(std::string_view name, std::string_view text);
    /// A row of the table, so that a page with nothing else still has the head line.
    void write_signatures(std::size_t columns, std::size_t first_block = 0);
    /// Rows below the table: who filled it in, how to reach them and who signs; the signatures after the first, whose
    /// seal is in the head line; the form's notes.
    void write_foot_rows(std::size_t columns);
    /// The line that ends the table on every page.
    void write_table_end(std::size_t columns);

    [[nodiscard]] std::string words(std::string_view key, const Params& params = {}) const {
        return translate(language_, key, params);
    }
    [[nodiscard]] std::string header_text(const HeaderField& field) const;
    [[nodiscard]] const Document& document() const { return document_; }
    [[nodiscard]] const Instrument& form() const { return form_; }
    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] Html& html() { return html_; }

private:
    void write_article();
    void write_title();
    [[nodiscard]] std::string period_words_of(std::string_view period) const;
    void write_page_variables();
    /// The head's fields that are not in the head line, and the first party's lines that no field has.
    [[nodiscard]] std::vector<Labelled> foot_fields() const;
    [[nodiscard]] std::string code_words() const;
    [[nodiscard]] std::array<std::pair<std::string_view, std::string>, 4> page_words() const;

    const Document& document_;
    const Instrument& form_;
    Language language_;
    Html html_;
};

/// The score table with its sums and the veto row, A4 landscape.
[[nodiscard]] std::unique_ptr<Paper> make_scored_paper(const Document& document, Language language);
/// Checklist (A4 portrait), tasks and measures (with more columns: A4 landscape).
[[nodiscard]] std::unique_ptr<Paper> make_items_paper(const Document& document, Language language);
/// One table with the paper's columns, six rows or more, A4 landscape.
[[nodiscard]] std::unique_ptr<Paper> make_roster_paper(const Document& document, Language language);
/// The ledger with its duty matrix as of a date, A4 landscape.
[[nodiscard]] std::unique_ptr<Paper> make_rows_paper(const Document& document, Language language, Date as_of);
/// An appraisal: the working sheet with every score, or, once published, the sheet for publication, A4 landscape.
[[nodiscard]] std::unique_ptr<Paper> make_appraisal_paper(const Document& document, Language language);

/// The form's rows as a table of its own.
void write_rows(Html& html, const Document& document, Language language);

/// A date for people; the place for one where `text` is none.
[[nodiscard]] std::string date_words(Language language, std::string_view text);
/// What stands in a field or a column, with its unit.
[[nodiscard]] std::string cell_words(Language language, const AnswerField& field, const Value& value);
/// The same of a cell as its row holds it.
[[nodiscard]] std::string cell_words(Language language, const Instrument& form, const AnswerField& column,
                                     std::string_view cell);

}  // namespace duibiao
