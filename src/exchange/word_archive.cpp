#include "exchange/word_archive.hpp"

#include "exchange/archive.hpp"
#include "exchange/html.hpp"
#include "exchange/layout_grid.hpp"
#include "exchange/word_parts.hpp"

namespace duibiao {
namespace {

std::string title_properties(std::string_view title) {
    Html xml;
    xml.markup(xml_head).markup("<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/");
    xml.markup("metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
    xml.text(file_text(title)).markup("</dc:title></cp:coreProperties>");
    return std::move(xml).take();
}

}  // namespace

std::string write_word_archive(const WordArchive& parts) {
    Archive archive;
    archive.add("[Content_Types].xml", word_content_types);
    archive.add("_rels/.rels", word_relationships);
    archive.add("docProps/core.xml", title_properties(parts.title));
    archive.add("word/document.xml", parts.body);
    archive.add("word/_rels/document.xml.rels", word_document_relationships);
    archive.add("word/styles.xml", parts.styles);
    archive.add("word/settings.xml", word_settings);
    archive.add("word/footer1.xml", parts.footer);
    return archive.take();
}

}  // namespace duibiao
