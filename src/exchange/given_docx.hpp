// A Word file that somebody else made, taken apart.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "exchange/given_archive.hpp"
#include "exchange/word_text.hpp"

namespace duibiao {

struct GivenDocx {
    GivenArchive archive;
    std::string main_part;  ///< "word/document.xml"
    std::string xml;
    WordText text;
};

/// Files of before 2007, and with a password, are OLE files: whether one has a stream of that name, plain ASCII.
[[nodiscard]] bool has_ole_stream(std::string_view bytes, std::string_view name);
[[nodiscard]] bool is_ole(std::string_view bytes);

/// Opens a Word document (ISO/IEC 29500). Errors: "docx-old" (.doc), "docx-locked" (with a password), "docx-macros",
/// "docx-not-word", "file-large" {limit}, those of read_word_text and GivenArchive.
[[nodiscard]] Result<GivenDocx> open_docx(std::string_view bytes);

}  // namespace duibiao
