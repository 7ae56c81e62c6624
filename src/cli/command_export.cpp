#include <algorithm>
#include <optional>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "cli/password.hpp"
#include "cli/reports.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "exchange/export.hpp"
#include "exchange/letter.hpp"
#include "exchange/workbook/template.hpp"

namespace duibiao::cli {
namespace {

constexpr std::string_view draft = "eml";

/// "docx,xlsx" as its parts, each a known format.
Result<std::vector<std::string>> read_formats(std::string_view list) {
    std::vector<std::string> formats;
    for (const std::string_view format : split_list(list)) {
        if (std::ranges::find(export_formats(), format) == export_formats().end())
            return fail("format-unknown", printable(format));
        if (std::ranges::find(formats, format) == formats.end()) formats.emplace_back(format);
    }
    return formats;
}

/// Only a Word form can be filled; only of it is there a match to show.
bool check_into(Language language, const ExportArguments& arguments) {
    const bool has_more = arguments.dry_run || !arguments.skip.empty() || arguments.format != "text";
    const bool fits = arguments.into.empty() ? !has_more : arguments.to == "docx";
    if (!fits) print_error(language, "--into", {"into-alone", {}, {}});
    return fits;
}

/// What is asked for and cannot be done; nothing when all can.
std::optional<std::pair<std::string_view, Error>> contradiction(const ExportArguments& arguments,
                                                                const Result<std::vector<std::string>>& formats) {
    const bool is_draft = arguments.to == draft;
    if (!formats) return {{"--attach", formats.error()}};
    if (!formats->empty() && !is_draft) return {{"--attach", {"attach-alone", {}, {}}}};
    if (arguments.masked && is_draft && formats->empty()) return {{"--mask", {"mask-report", {}, {}}}};
    if (!arguments.locked && !arguments.password_file.empty()) return {{"--password-file", {"lock-alone", {}, {}}}};
    return std::nullopt;
}

/// The id of the row with that number, from 1; empty where there is none.
std::string_view row_of(const Document& document, std::string_view number) {
    const auto rows = rows_of(document);
    const auto wanted = Points::parse(number);
    const std::int64_t hundredths = wanted ? wanted->hundredths() : 0;
    if (hundredths < 100 || hundredths % 100 != 0 || hundredths / 100 > static_cast<std::int64_t>(rows.size()))
        return {};
    return rows[static_cast<std::size_t>(hundredths / 100) - 1].id;
}

Result<NamedFile> write(const ExportArguments& arguments, const Document& document, std::string_view report,
                        std::vector<std::string> formats, const Protection& protection) {
    if (arguments.to == draft) {
        if (!arguments.masked) formats.insert(formats.begin(), "json");
        auto bytes = write_draft(document, today(), report, {std::move(formats), {}, protection});
        if (!bytes) return tl::unexpected(std::move(bytes.error()));
        return NamedFile{{}, *std::move(bytes)};
    }
    auto bytes = arguments.letter.empty()
                     ? write_format(document, today(), arguments.to, protection.privacy)
                     : write_letter(document, row_of(document, arguments.letter), today(), arguments.to);
    if (!bytes) return tl::unexpected(std::move(bytes.error()));
    const std::string name =
        arguments.to == "template" ? template_file_name(document) : suggest_file_name(document, arguments.to);
    return protect({name, *std::move(bytes)}, protection);
}

/// With what of persons is in it, where there is something.
Exit deliver_output(Language language, const ExportArguments& arguments, const Document& document,
                    std::string_view content, Exit exit) {
    const bool is_without = arguments.masked || arguments.to == "ics" || arguments.to == "template";
    const auto columns = is_without ? std::vector<std::string>() : personal_columns(document);
    if (columns.empty()) return deliver(language, arguments.output, content, "cli.written", {}, exit);
    const bool is_file = !arguments.output.empty() && arguments.output != standard_stream;
    if (!is_file) print_notice(translate(language, "cli.personal", {{"columns", columns}}));
    return deliver(language, arguments.output, content, "cli.written_personal", {{"columns", columns}}, exit);
}

}  // namespace

Exit export_file(Language language, const ExportArguments& arguments) {
    const auto formats = read_formats(arguments.attach);
    if (const auto refused = contradiction(arguments, formats)) {
        print_error(language, refused->first, refused->second);
        return Exit::unusable;
    }
    if (!check_into(language, arguments)) return Exit::unusable;
    std::string bytes;
    const auto report = load_report(language, arguments.file, bytes);
    if (!report) return Exit::unusable;
    const bool altered = complain_about(language, arguments.file, report->findings);
    if (!arguments.into.empty()) {
        const Exit exit = fill_given_form(language, arguments, report->document);
        return exit == Exit::done && altered ? Exit::findings : exit;
    }
    Protection protection{arguments.masked ? Privacy::masked : Privacy::whole, {}, lock_seed};
    if (arguments.locked) {
        const auto password = new_password(language, arguments.password_file);
        if (!password) return Exit::unusable;
        protection.password = *password;
    }
    const auto content = write(arguments, report->document, bytes, *formats, protection);
    if (!content) {
        print_error(language, arguments.file, content.error());
        return Exit::unusable;
    }
    return deliver_output(language, arguments, report->document, content->content,
                          altered ? Exit::findings : Exit::done);
}

}  // namespace duibiao::cli
