// `duibiao export FILE --to docx --into GIVEN.docx`: the answers in a Word form that somebody else made.
#include <algorithm>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"
#include "exchange/docx_form.hpp"

namespace duibiao::cli {
namespace {

std::set<std::string> read_ids(std::string_view list) {
    std::set<std::string> ids;
    for (const std::string_view id : split_list(list)) ids.emplace(id);
    return ids;
}

std::string link_line(Language language, const DocxLink& link) {
    return link.id + "  " + link_words(language, link) + (link.value.empty() ? "" : "  " + printable(link.value));
}

std::string match_text(Language language, const DocxMatch& match) {
    std::string text;
    for (const DocxLink& link : match.links) {
        if (!link.is_exact) text += "? " + link_line(language, link) + "\n";
    }
    for (const DocxLink& link : match.links) {
        if (link.is_exact) text += "  " + link_line(language, link) + "\n";
    }
    for (const DocxGap& gap : match.gaps) text += "! " + gap_words(language, gap) + "\n";
    return text;
}

Exit show_match(Language language, const ExportArguments& arguments, const DocxMatch& match) {
    if (arguments.format == "json") return deliver(language, arguments.output, write_docx_match(match) + "\n");
    return deliver(language, arguments.output, match_text(language, match));
}

}  // namespace

Exit fill_given_form(Language language, const ExportArguments& arguments, const Document& document) {
    const auto refuse = [&](const Error& error) {
        print_error(language, arguments.into, error);
        return Exit::unusable;
    };
    const auto given = read_input(arguments.into, limits::report_bytes);
    if (!given) return refuse(given.error());
    const auto match = match_docx(*given, document, today());
    if (!match) return refuse(match.error());
    if (arguments.dry_run) return show_match(language, arguments, *match);
    const auto filled = fill_docx(*given, document, today(), read_ids(arguments.skip));
    if (!filled) return refuse(filled.error());
    for (const DocxGap& gap : match->gaps) print_notice(arguments.into, gap_words(language, gap));
    return deliver(language, arguments.output, *filled, "cli.written");
}

}  // namespace duibiao::cli
