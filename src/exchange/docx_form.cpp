#include "exchange/docx_form.hpp"

#include <algorithm>

#include "core/limits.hpp"
#include "exchange/docx_plan.hpp"
#include "exchange/given_archive.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_xml_bytes = std::size_t{32} * 1024 * 1024;
constexpr std::size_t most_relationships_bytes = std::size_t{1024} * 1024;
constexpr std::string_view relationships = "_rels/.rels";

/// A Word document taken apart.
struct Given {
    GivenArchive archive;
    std::string main_part;  ///< "word/document.xml"
    std::string xml;
    WordText text;
};

/// "Word" as the names of an OLE file's streams have it.
bool has_stream(std::string_view bytes, std::string_view name) {
    std::string wide;
    for (const char c : name) (wide += c) += '\0';
    return bytes.find(wide) != std::string_view::npos;
}

/// Files of before 2007, and those with a password, which lie in such a file, too.
Done check_container(std::string_view bytes) {
    constexpr std::string_view ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if (bytes.size() > limits::report_bytes) return fail("file-large", {}, {{"limit", std::string("64 MiB")}});
    if (bytes.starts_with(ole)) return fail(has_stream(bytes, "EncryptedPackage") ? "docx-locked" : "docx-old");
    if (!bytes.starts_with("PK")) return fail("docx-not-word");
    return {};
}

Result<Given> open_docx(std::string_view bytes) {
    if (const Done done = check_container(bytes); !done) return tl::unexpected(done.error());
    auto archive = GivenArchive::open(bytes);
    if (!archive) return tl::unexpected(std::move(archive.error()));
    if (!archive->has(relationships)) return fail("docx-not-word");
    if (archive->has_ending("/vbaProject.bin")) return fail("docx-macros");
    const auto rels = archive->read(relationships, most_relationships_bytes);
    if (!rels) return tl::unexpected(rels.error());
    Given given{*std::move(archive), find_main_part(*rels), {}, {}};
    if (!given.main_part.starts_with("word/") || !given.archive.has(given.main_part)) return fail("docx-not-word");
    auto xml = given.archive.read(given.main_part, most_xml_bytes);
    if (!xml) return tl::unexpected(std::move(xml.error()));
    given.xml = *std::move(xml);
    auto text = read_word_text(given.xml);
    if (!text) return tl::unexpected(std::move(text.error()));
    given.text = *std::move(text);
    return given;
}

Result<Plan> make_plan(const Given& given, const Document& document, Date as_of,
                       const std::set<std::string>& left_out) {
    const FormSide form = read_form_side(document, lay_out(document, as_of));
    Planning planning{form, given.text, given.xml, left_out};
    if (const Done done = plan_tables(planning); !done) return tl::unexpected(done.error());
    plan_heads(planning);
    auto& links = planning.plan.match.links;
    const auto is_head = [](const DocxLink& link) { return link.kind == DocxLink::Kind::head; };
    if (std::all_of(links.begin(), links.end(), is_head)) return fail("docx-nothing");
    std::stable_partition(links.begin(), links.end(), is_head);
    return std::move(planning.plan);
}

}  // namespace

Result<DocxMatch> match_docx(std::string_view docx, const Document& document, Date as_of) {
    const auto given = open_docx(docx);
    if (!given) return tl::unexpected(given.error());
    auto plan = make_plan(*given, document, as_of, {});
    if (!plan) return tl::unexpected(std::move(plan.error()));
    return std::move(plan->match);
}

Result<std::string> fill_docx(std::string_view docx, const Document& document, Date as_of,
                              const std::set<std::string>& left_out) {
    const auto given = open_docx(docx);
    if (!given) return tl::unexpected(given.error());
    auto plan = make_plan(*given, document, as_of, left_out);
    if (!plan) return tl::unexpected(std::move(plan.error()));
    const std::string xml = apply_splices(given->xml, {0, given->xml.size()}, std::move(plan->splices));
    return given->archive.with(given->main_part, xml);
}

}  // namespace duibiao
