// What a file is, by its content: the ending of its name decides nothing. The page and the command ask here first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/lock.hpp"

namespace duibiao {

/// A file that arrived, and its content as the readers want it.
struct ArrivedFile {
    enum class Kind : std::uint8_t {
        json,      ///< a report, a backup, a form: UTF-8 without a mark
        table,     ///< UTF-8 without a mark
        locked,    ///< lock.hpp; as it arrived, as are those below
        word,      ///< a Word document, of any age
        workbook,  ///< of Excel: read_workbook() (workbook/workbook.hpp) has its sheets
        mail,      ///< open_wrapper() has the rest of these two
        archive,
    };
    Kind kind = Kind::table;
    std::string name;
    std::string content;
    bool has_footer = false;  ///< a text stood behind the JSON, as mail gateways put it there; it was left out
};

/// Looks at bytes. JSON may stand in any encoding that text_of() reads, in base64, in a <pre> of a web page, quoted as
/// an answer quotes a mail, and have a text behind it. Errors: "text-encoding"; "text-lost" (place "line n": a table
/// has U+FFFD, which stands for what another program could not read); "file-empty"; "file-two" (JSON or an archive, and
/// more behind it); "file-xls", "file-xlsb", "file-ods" (spreadsheets of other formats), "file-protected" (Office's own
/// password), "file-outlook" (a message in Outlook's own format), "file-page" (a web page without a report),
/// "file-unknown" (PDF, pictures, RAR, slides and whatever else is no text).
[[nodiscard]] Result<ArrivedFile> look_at(NamedFile file);

/// The files in an e-mail or a zip archive, and in those within it; without folders and what macOS adds. Errors: those
/// of GivenArchive, "archive-empty", "archive-many" {limit}, "zip-locked", "wrapper-deep" {limit}.
[[nodiscard]] Result<std::vector<NamedFile>> open_wrapper(const ArrivedFile& wrapper);

/// Several files as one text, and out of it again: so the page's second program hands them over.
[[nodiscard]] std::string pack_files(const std::vector<NamedFile>& files);
[[nodiscard]] std::vector<NamedFile> unpack_files(std::string_view packed);

}  // namespace duibiao
