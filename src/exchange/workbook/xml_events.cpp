#include "exchange/workbook/xml_events.hpp"

#include <expat.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <memory>
#include <type_traits>

namespace duibiao {
namespace {

constexpr char xml_separator = '|';  ///< expat puts it between a namespace and a name
constexpr std::array<std::string_view, 3> workbook_namespaces{
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/package/2006/relationships"};
constexpr std::size_t deepest_workbook_element = 100;
constexpr unsigned long workbook_salt = 1;

struct FreeXmlParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using XmlParser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeXmlParser>;

std::string_view workbook_name(std::string_view name) {
    const std::size_t end = name.rfind(xml_separator);
    if (end == std::string_view::npos) return {};
    const bool is_known = std::find(workbook_namespaces.begin(), workbook_namespaces.end(), name.substr(0, end)) !=
                          workbook_namespaces.end();
    return is_known ? name.substr(end + 1) : std::string_view();
}

struct XmlReading {
    const XmlListener& listener;
    XML_Parser parser;
    std::size_t depth = 0;

    void stop() const { XML_StopParser(parser, XML_FALSE); }
};

void on_xml_start(void* given, const XML_Char* name, const XML_Char** attributes) {
    auto& reading = *static_cast<XmlReading*>(given);
    if (++reading.depth > deepest_workbook_element) return reading.stop();
    reading.listener.start(workbook_name(name), XmlAttributes(attributes));
}

void on_xml_end(void* given, const XML_Char* name) {
    auto& reading = *static_cast<XmlReading*>(given);
    --reading.depth;
    reading.listener.end(workbook_name(name));
}

void on_xml_text(void* given, const XML_Char* text, int size) {
    static_cast<XmlReading*>(given)->listener.text({text, static_cast<std::size_t>(size)});
}

void on_xml_document_type(void* given, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<XmlReading*>(given)->stop();
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
        if (name == pair[0]) return pair[1];
    }
    return {};
}

std::string_view XmlAttributes::relationship() const {
    for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
        if (std::string_view(pair[0]).ends_with("/relationships|id")) return pair[1];
    }
    return {};
}

bool XmlAttributes::is_on(std::string_view name) const {
    const std::string_view value = (*this)[name];
    return value == "1" || value == "true";
}

bool read_xml(std::string_view xml, const XmlListener& listener) {
    const XmlParser parser(XML_ParserCreateNS(nullptr, xml_separator));
    if (!parser || xml.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return false;
    XmlReading reading{listener, parser.get()};
    XML_SetHashSalt(parser.get(), workbook_salt);
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), on_xml_start, on_xml_end);
    XML_SetCharacterDataHandler(parser.get(), on_xml_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_xml_document_type);
    return XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) == XML_STATUS_OK;
}

}  // namespace duibiao
