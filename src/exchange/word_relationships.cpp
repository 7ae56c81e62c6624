// Where a Word file has its main part.
#include <expat.h>

#include <memory>
#include <type_traits>

#include "exchange/word_text.hpp"

namespace duibiao {

namespace {

constexpr unsigned long relationships_salt = 1;

struct FreeRelationshipsParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using RelationshipsParser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, FreeRelationshipsParser>;

constexpr std::string_view office_document = "/relationships/officeDocument";

struct Relationships {
    std::string target;
    XML_Parser parser = nullptr;
};

void read_relationship(void* given, const XML_Char*, const XML_Char** attributes) {
    std::string_view type;
    std::string_view target;
    for (; *attributes != nullptr; attributes += 2) {
        if (std::string_view(attributes[0]) == "Type") type = attributes[1];
        if (std::string_view(attributes[0]) == "Target") target = attributes[1];
    }
    if (type.ends_with(office_document)) static_cast<Relationships*>(given)->target = target;
}

void stop_at_document_type(void* given, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    XML_StopParser(static_cast<Relationships*>(given)->parser, XML_FALSE);
}

}  // namespace

std::string find_main_part(std::string_view relationships) {
    const RelationshipsParser parser(XML_ParserCreate("UTF-8"));
    if (!parser) return {};
    Relationships found{{}, parser.get()};
    XML_SetHashSalt(parser.get(), relationships_salt);
    XML_SetUserData(parser.get(), &found);
    XML_SetElementHandler(parser.get(), read_relationship, nullptr);
    XML_SetStartDoctypeDeclHandler(parser.get(), stop_at_document_type);
    if (XML_Parse(parser.get(), relationships.data(), static_cast<int>(relationships.size()), XML_TRUE) !=
        XML_STATUS_OK)
        return {};
    const std::size_t first = found.target.find_first_not_of('/');
    return first == std::string::npos ? std::string() : found.target.substr(first);
}

}  // namespace duibiao
