#include "cli/reports.hpp"

#include <algorithm>

#include "cli/files.hpp"
#include "core/limits.hpp"
#include "core/scored_form/check_form.hpp"
#include "exchange/form_mistakes.hpp"
#include "exchange/library.hpp"
#include "exchange/messages.hpp"
#include "exchange/workbook/workbook.hpp"

namespace duibiao::cli {
namespace {

/// "folder/ID.json" in the folder of `path`.
std::string beside(const std::string& path, std::string_view id) {
    const std::size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash + 1);
    return folder + std::string(id) + ".json";
}

/// Finds forms for one report, and remembers why one was not found.
class FormFinder {
public:
    explicit FormFinder(std::string report_path) : report_path_(std::move(report_path)) {}

    InstrumentPtr find(const FormIdentity& wanted) {
        if (InstrumentPtr built_in = library_.find(wanted)) return built_in;
        const std::string& id = wanted.id;
        wanted_ = id;
        if (!is_plain_id(id)) return nullptr;
        path_ = beside(report_path_, id);
        auto text = read_input(path_, limits::instrument_bytes);
        if (!text) {
            error_ = std::move(text.error());
            return nullptr;
        }
        FormReport form = check_form(*text);
        form.warnings.clear();  // for its author alone
        if (form.form != nullptr) return form.form->id == id ? form.form : nullptr;
        error_ = form.mistakes.front();
        if (form.format == 2) mistakes_ = Mistakes{*std::move(text), std::move(form)};
        return nullptr;
    }

    void explain(Language language, const Error& error) const {
        const bool broken = error_ && error_->code != "file-missing" && error_->code != "file-folder";
        if (mistakes_) return print_mistakes(language, path_, mistakes_->text, mistakes_->form);
        if (broken) return print_error(language, path_, *error_);
        print_error(language, report_path_,
                    wanted_.empty() ? error : Error{"instrument-beside", error.place, {{"id", wanted_}}});
    }

private:
    InstrumentLibrary library_ = InstrumentLibrary::shipped();
    std::string report_path_;
    std::string wanted_;  ///< id of the form that is not built in
    std::string path_;    ///< where it was looked for
    std::optional<Error> error_;
    struct Mistakes {
        std::string text;
        FormReport form;
    };
    std::optional<Mistakes> mistakes_;  ///< of a form of format 2: all of them
};

}  // namespace

bool is_plain_id(std::string_view id) {
    return !id.empty() && std::ranges::all_of(id, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

namespace {

/// The only file of a kind in an e-mail or an archive; workbooks are tables. Errors: those of open_wrapper,
/// "wrapper-none", "wrapper-many" {count}.
Result<ArrivedFile> only_file(const ArrivedFile& wrapper, ArrivedFile::Kind kind) {
    using Kind = ArrivedFile::Kind;
    Result<std::vector<NamedFile>> files = open_wrapper(wrapper);
    if (!files) return tl::unexpected(files.error());
    std::vector<ArrivedFile> found;
    for (NamedFile& file : *files) {
        auto seen = look_at(std::move(file));
        const bool is_table = seen && seen->kind == Kind::workbook && kind == Kind::table;
        if (seen && (seen->kind == kind || is_table)) found.push_back(*std::move(seen));
    }
    if (found.empty()) return fail("wrapper-none");
    if (found.size() > 1) return fail("wrapper-many", {}, {{"count", static_cast<std::int64_t>(found.size())}});
    return std::move(found.front());
}

/// A file as look_at() sees it, out of the e-mail or archive it may be in.
Result<ArrivedFile> read_arrived(Language language, const std::string& path, ArrivedFile::Kind kind) {
    using Kind = ArrivedFile::Kind;
    auto bytes = read_input(path, limits::report_bytes);
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    auto seen = look_at({path, *std::move(bytes)});
    if (seen && (seen->kind == Kind::mail || seen->kind == Kind::archive)) seen = only_file(*seen, kind);
    if (!seen) return tl::unexpected(std::move(seen.error()));
    if (seen->kind == Kind::locked) return fail("file-locked");
    if (seen->kind == Kind::word) return fail("file-word");
    if (seen->has_footer) print_notice(path, translate(language, "cli.footer"));
    return seen;
}

/// The sheet that is meant for the document, with what is to be said of it.
std::optional<InputTable> read_sheet_for(Language language, const std::string& path, std::string_view workbook,
                                         const Document& document) {
    auto sheets = read_workbook(workbook);
    if (!sheets) {
        print_error(language, path, sheets.error());
        return std::nullopt;
    }
    auto sheet = choose_sheet(*std::move(sheets), document);
    if (!sheet) {
        for (const Error& error : sheet.error()) print_error(language, path, error);
        return std::nullopt;
    }
    InputTable table{name_with_sheet(language, path, *sheet), std::move(sheet->text), Quoting::sheet};
    if (const std::string words = hidden_words(language, *sheet); !words.empty()) print_notice(path, words);
    return table;
}

}  // namespace

Result<std::string> read_text(Language language, const std::string& path, ArrivedFile::Kind kind) {
    auto seen = read_arrived(language, path, kind);
    if (!seen) return tl::unexpected(std::move(seen.error()));
    if (seen->kind == ArrivedFile::Kind::workbook) return fail("file-workbook");
    return std::move(seen->content);
}

std::optional<InputTable> read_table(Language language, const std::string& path, const Document& document) {
    auto seen = read_arrived(language, path, ArrivedFile::Kind::table);
    if (!seen) {
        print_error(language, path, seen.error());
        return std::nullopt;
    }
    if (seen->kind == ArrivedFile::Kind::workbook) return read_sheet_for(language, path, seen->content, document);
    return InputTable{path, std::move(seen->content), Quoting::file};
}

std::optional<LoadedReport> load_report(Language language, const std::string& path) {
    std::string bytes;
    return load_report(language, path, bytes);
}

std::optional<LoadedReport> load_report(Language language, const std::string& path, std::string& bytes) {
    auto text = read_text(language, path, ArrivedFile::Kind::json);
    if (!text) {
        print_error(language, path, text.error());
        return std::nullopt;
    }
    FormFinder finder(path);
    auto report = read_report(*text, [&finder](const FormIdentity& wanted) { return finder.find(wanted); });
    if (report) {
        bytes = *std::move(text);
        return *std::move(report);
    }
    if (report.error().code == "instrument-unknown") {
        finder.explain(language, report.error());
    } else {
        print_error(language, path, report.error());
    }
    return std::nullopt;
}

bool complain_about(Language language, const std::string& path, const Findings& findings) {
    for (const Finding& finding : findings) print_finding(language, path, finding);
    return count(findings).errors > 0;
}

void print_mistakes(Language language, const std::string& path, std::string_view text, const FormReport& report) {
    for (const auto* list : {&report.mistakes, &report.warnings}) {
        for (Error error : *list) {
            error.place = form_place(language, text, error.place);
            print_error(language, path, error);
        }
    }
}

InstrumentPtr load_form(Language language, const std::string& id_or_path) {
    if (InstrumentPtr built_in = InstrumentLibrary::shipped().find(id_or_path)) return built_in;
    const bool is_path =
        id_or_path == standard_stream || id_or_path.find('/') != std::string::npos || id_or_path.ends_with(".json");
    if (!is_path) {
        print_error(language, id_or_path, {"instrument-unknown", {}, {{"id", printable(id_or_path)}}});
        return nullptr;
    }
    const auto text = read_input(id_or_path, limits::instrument_bytes);
    if (!text) {
        print_error(language, id_or_path, text.error());
        return nullptr;
    }
    FormReport report = check_form(*text);
    report.warnings.clear();  // for its author alone
    if (report.format == 2) {
        print_mistakes(language, id_or_path, *text, report);
    } else if (report.form == nullptr) {
        print_error(language, id_or_path, report.mistakes.front());
    }
    return report.form;
}

}  // namespace duibiao::cli
