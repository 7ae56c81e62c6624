// Word forms from anywhere: no archive and no XML may crash the reader, and what is filled is read again alike.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/archive.hpp"
#include "exchange/docx_form.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"

using namespace duibiao;

namespace {

constexpr Date today{std::chrono::year{2026}, std::chrono::month{11}, std::chrono::day{21}};
constexpr std::string_view relationships =
    R"(<Relationships xmlns="x"><Relationship Type="/relationships/officeDocument" Target="word/document.xml"/>)"
    "</Relationships>";

void require(bool holds) {
    if (!holds) std::abort();
}

Document filled(const InstrumentLibrary& library, const char* form, std::string_view table) {
    const Author author{"fuzz", "", "2026-11-21T06:03:34Z"};
    const Document document = *new_document(library.find(form), "doc-1", "市第一医院", "2026", author);
    return fill_from_csv(document, Layer::self, table, author)->document;
}

std::vector<Document> make_documents() {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    return {filled(library, "jilin-committee", "item,score,note\n1.1.1,2,甲\n1.1.2,1,\n"),
            filled(library, "ruian-2019-annex1", "item,value,note\n1.1.1,是,乙\nheader.date,2026-08-09,\n"),
            filled(library, "ruian-2019-annex2", "姓名,出生年月\n张三,1980-01\n李四,1981-01\n王五,1982-01\n")};
}

std::string as_docx(std::string_view xml) {
    Archive archive;
    archive.add("_rels/.rels", relationships);
    archive.add("word/document.xml", xml);
    return archive.take();
}

}  // namespace

/// The first byte says which form, and whether the rest is the archive or only its main part.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Document> documents = make_documents();
    if (size == 0) return 0;
    const Document& document = documents[data[0] % documents.size()];
    const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string docx = data[0] < 128 ? as_docx(rest) : std::string(rest);
    const auto match = match_docx(docx, document, today);
    if (!match) return 0;
    require(write_docx_match(read_docx_match(write_docx_match(*match))) == write_docx_match(*match));
    for (const DocxLink& link : match->links) static_cast<void>(link_words(Language::chinese, link));
    for (const DocxGap& gap : match->gaps) static_cast<void>(gap_words(Language::english, gap));
    const auto out = fill_docx(docx, document, today, {});
    if (!out && data[0] >= 128) return 0;  // another part of the archive is damaged
    require(out.has_value());
    require(match_docx(*out, document, today).has_value());
    return 0;
}
