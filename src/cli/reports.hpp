// Reports as the commands read them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/console.hpp"
#include "core/report.hpp"
#include "core/scored_form/check_form.hpp"
#include "exchange/csv.hpp"
#include "exchange/intake/arrived_file.hpp"

namespace duibiao::cli {

/// An id that may be part of a file name.
[[nodiscard]] bool is_plain_id(std::string_view id);
/// A file's text by its content, whatever its name: of a report or a table as it lies there, in an e-mail or an archive
/// the only one of its kind. Says when a text behind a report was left out. Errors: those of read_input(), look_at(),
/// open_wrapper(), "file-locked", "file-word", "file-workbook", "wrapper-none", "wrapper-many" {count}.
[[nodiscard]] Result<std::string> read_text(Language language, const std::string& path, ArrivedFile::Kind kind);

/// A table as fill_from_csv() reads it.
struct InputTable {
    std::string name;  ///< of the file, and of the sheet in it
    std::string text;
    Quoting quoting = Quoting::file;
};
/// Reads a table for a document: a text, or the sheet of a workbook that is meant for it (choose_sheet). On failure
/// says why; says, too, which rows of it are hidden.
[[nodiscard]] std::optional<InputTable> read_table(Language language, const std::string& path,
                                                   const Document& document);

/// Reads a report; on failure says why. A form that is not built in is looked for beside the report as ID.json.
[[nodiscard]] std::optional<LoadedReport> load_report(Language language, const std::string& path);
/// Also gives the report's own text.
[[nodiscard]] std::optional<LoadedReport> load_report(Language language, const std::string& path, std::string& bytes);

/// Says what in the file does not fit its contents. True when something is wrong with it.
[[nodiscard]] bool complain_about(Language language, const std::string& path, const Findings& findings);

/// A form by its id, or by the path of a definition file; on failure says why.
/// Every mistake and warning of a form file, one a line, each at its place in words.
void print_mistakes(Language language, const std::string& path, std::string_view text, const FormReport& report);
[[nodiscard]] InstrumentPtr load_form(Language language, const std::string& id_or_path);

}  // namespace duibiao::cli
