// The XML parts of a workbook (ISO/IEC 29500), read as events.
#pragma once

#include <functional>
#include <string_view>

namespace duibiao {

/// Attributes of an element that is being read.
class XmlAttributes {
public:
    explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}

    /// The value of an attribute without a namespace; empty where there is none.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;
    /// The value of "r:id", which names a relationship.
    [[nodiscard]] std::string_view relationship() const;
    /// Whether a switch is on: "1" or "true".
    [[nodiscard]] bool is_on(std::string_view name) const;

private:
    const char** pairs_;
};

/// Who is told of elements by their names in SpreadsheetML, transitional or strict, or in a part of relationships;
/// those of other namespaces have an empty name.
struct XmlListener {
    std::function<void(std::string_view name, const XmlAttributes& attributes)> start;
    std::function<void(std::string_view name)> end = [](std::string_view) {};
    std::function<void(std::string_view text)> text = [](std::string_view) {};
};

/// Reads a part. False where it is no XML, has a document type (and with it entities), or lies deeper than any part of
/// a workbook does.
[[nodiscard]] bool read_xml(std::string_view xml, const XmlListener& listener);

}  // namespace duibiao
