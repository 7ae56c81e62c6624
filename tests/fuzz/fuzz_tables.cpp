// Tables from anywhere, as files, as pasted blocks and as ballots: what is read is written and read again alike, and a
// document that took them still is its log replayed.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "app/row_actions.hpp"
#include "core/document.hpp"
#include "exchange/ballot_table.hpp"
#include "exchange/csv.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"

using namespace duibiao;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

const Author author{"fuzz", "", "2026-11-21T06:03:34Z"};

/// One document of each kind of form, the appraisal with two members of one name.
std::vector<Document> make_documents() {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    std::vector<Document> documents;
    for (const char* form : {"jilin-committee", "ruian-2019-annex1", "ruian-2019-annex3", "ledger",
                             "shaoxing-2017-measures", "shaoxing-2017-appraisal"}) {
        documents.push_back(*new_document(library.find(form), "doc-1", "市第一医院", "2026", author));
    }
    documents.back() =
        fill_from_csv(documents.back(), Layer::self, "姓名,党支部\n张三,内科\n张三,外科\n", author)->document;
    return documents;
}

void read_rows(std::string_view text) {
    const auto rows = parse_csv(text);
    if (!rows) return;
    std::string written;
    // Two columns at least, as all tables have that the program writes: one alone may be taken apart at its semicolons.
    const auto beside = [](std::vector<std::string> cells) {
        cells.insert(cells.begin(), "x");
        return cells;
    };
    for (const CsvRow& row : *rows) append_csv_row(written, beside(row.cells));
    const auto again = parse_csv(written);
    require(again && again->size() == rows->size());
    for (std::size_t i = 0; i < rows->size(); ++i) require((*again)[i].cells == beside((*rows)[i].cells));
}

void read_blocks(std::string_view text, const Document& document) {
    const CellBlock block = parse_block(text);
    const std::string written = write_block(block);
    require(write_block(parse_block(written)) == written);
    static_cast<void>(find_columns(document.instrument->table, block, 0));
}

void fill(std::string_view text, const Document& document) {
    for (const auto& filled :
         {fill_from_csv(document, Layer::self, text, author), add_rows_from_csv(document, Layer::self, text, author)}) {
        if (!filled) continue;
        const auto replayed = replay(document.instrument, document.id, filled->document.log);
        require(replayed && replayed->answers == filled->document.answers);
    }
}

void take_ballots(std::string_view text, const Document& appraisal) {
    const BallotBox box(*appraisal.instrument);
    if (const auto filled = add_ballots_from_csv(appraisal, box, text)) {
        require(BallotBox::parse(*appraisal.instrument, filled->write())->write() == filled->write());
    }
    if (const auto stored = BallotBox::parse(*appraisal.instrument, text)) {
        require(BallotBox::parse(*appraisal.instrument, stored->write())->write() == stored->write());
    }
}

}  // namespace

/// The first byte says which form the table is for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<Document> documents = make_documents();
    if (size == 0) return 0;
    const Document& document = documents[data[0] % documents.size()];
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    read_rows(text);
    if (document.instrument->has_rows()) read_blocks(text, document);
    fill(text, document);
    if (&document == &documents.back()) take_ballots(text, document);
    return 0;
}
