// Files of any content, before it is known what they are: texts in any encoding, e-mails, archives, and what is packed
// in them. What is a text afterwards is UTF-8.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/date.hpp"
#include "core/date_text.hpp"
#include "core/name_key.hpp"
#include "core/number.hpp"
#include "core/text.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/intake/mail.hpp"
#include "exchange/intake/text_bytes.hpp"

using namespace duibiao;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_words(std::string_view text) {
    if (!is_utf8(text)) return;
    // A key of a key is itself: two spellings that are one stay one.
    require(person_key(person_key(text)) == person_key(text));
    require(organisation_key(organisation_key(text)) == organisation_key(text));
    require(!is_near_miss(person_key(text), person_key(text)));
    static_cast<void>(read_number(text, "人"));
    static_cast<void>(serial_date(text));
    if (const auto date = parse_date(text)) require(parse_date(to_string(*date)) == *date);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto text = text_of(bytes);
    if (text) require(is_utf8(*text));
    const auto seen = look_at({"x", std::string(bytes)});
    // JSON that is broken comes as it is: its reader says where.
    if (seen && seen->kind == ArrivedFile::Kind::table) require(is_utf8(seen->content));
    for (const NamedFile& file : open_mail(bytes)) require(file.name.find('/') == std::string::npos);
    for (const auto kind : {ArrivedFile::Kind::mail, ArrivedFile::Kind::archive})
        static_cast<void>(open_wrapper({kind, "x", std::string(bytes), false}));
    static_cast<void>(unpack_files(bytes));
    read_words(bytes);
    return 0;
}
