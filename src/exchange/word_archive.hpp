// A Word file of its own parts and those that are the same in every one (word_parts.hpp).
#pragma once

#include <string>
#include <string_view>

namespace duibiao {

inline constexpr std::string_view xml_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
/// Of the elements of body and footer.
inline constexpr std::string_view word_namespaces =
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

struct WordArchive {
    std::string_view title;   ///< a text, for the file's properties
    std::string_view body;    ///< word/document.xml
    std::string_view styles;  ///< word/styles.xml
    std::string_view footer;  ///< word/footer1.xml
};
/// The same parts give the same bytes.
[[nodiscard]] std::string write_word_archive(const WordArchive& parts);

}  // namespace duibiao
