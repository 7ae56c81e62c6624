#include "exchange/given_docx.hpp"

#include <utility>

#include "core/limits.hpp"

namespace duibiao {

/// "Word" as the names of an OLE file's streams have it.
bool has_ole_stream(std::string_view bytes, std::string_view name) {
    std::string wide;
    for (const char c : name) (wide += c) += '\0';
    return bytes.find(wide) != std::string_view::npos;
}

bool is_ole(std::string_view bytes) { return bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"); }

namespace {

constexpr std::size_t most_xml_bytes = std::size_t{32} * 1024 * 1024;
constexpr std::size_t most_relationships_bytes = std::size_t{1024} * 1024;
constexpr std::string_view relationships = "_rels/.rels";

/// Files of before 2007, and those with a password, which lie in such a file, too.
Done check_container(std::string_view bytes) {
    if (bytes.size() > limits::report_bytes) return fail("file-large", {}, {{"limit", std::string("64 MiB")}});
    if (is_ole(bytes)) return fail(has_ole_stream(bytes, "EncryptedPackage") ? "docx-locked" : "docx-old");
    if (!bytes.starts_with("PK")) return fail("docx-not-word");
    return {};
}

}  // namespace

Result<GivenDocx> open_docx(std::string_view bytes) {
    if (const Done done = check_container(bytes); !done) return tl::unexpected(done.error());
    auto archive = GivenArchive::open(bytes);
    if (!archive) return tl::unexpected(std::move(archive.error()));
    if (!archive->has(relationships)) return fail("docx-not-word");
    if (archive->has_ending("/vbaProject.bin")) return fail("docx-macros");
    const auto rels = archive->read(relationships, most_relationships_bytes);
    if (!rels) return tl::unexpected(rels.error());
    GivenDocx given{*std::move(archive), find_main_part(*rels), {}, {}};
    if (!given.main_part.starts_with("word/") || !given.archive.has(given.main_part)) return fail("docx-not-word");
    auto xml = given.archive.read(given.main_part, most_xml_bytes);
    if (!xml) return tl::unexpected(std::move(xml.error()));
    given.xml = *std::move(xml);
    auto text = read_word_text(given.xml);
    if (!text) return tl::unexpected(std::move(text.error()));
    given.text = *std::move(text);
    return given;
}

}  // namespace duibiao
