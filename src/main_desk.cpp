// The superior's desk in the page's second program: it runs in a worker of its own (web/desk_worker.js), which hands it
// files and keeps what becomes of them.
#include <emscripten.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "core/date.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"
#include "exchange/desk/desk.hpp"
#include "exchange/desk/desk_paper.hpp"
#include "exchange/messages.hpp"

// clang-format off
EM_JS(void, duibiao_desk_attach, (), {
    Module["desk"].heap = () => HEAPU8;
});
/// A piece that was taken in: key, name, line, and the report itself.
EM_JS(void, duibiao_desk_piece, (const char* key, int key_size, const char* file, int file_size, const char* line,
                                 int line_size, const char* text, int text_size, int usable), {
    const cut = (at, size) => HEAPU8.slice(at, at + size);
    Module["desk"].piece(cut(key, key_size), cut(file, file_size), cut(line, line_size), cut(text, text_size), usable !== 0, usable === 2);
});
EM_JS(void, duibiao_desk_answer, (int done, const char* bytes, int size), {
    Module["desk"].answer(done !== 0, HEAPU8.slice(bytes, bytes + size));
});
// clang-format on

namespace {

using namespace duibiao;

Desk& desk() {
    static Desk only;
    return only;
}

std::string& buffer() {
    static std::string bytes;
    return bytes;
}

int size_of(std::string_view text) { return static_cast<int>(text.size()); }

void give(const DeskPiece& piece) {
    duibiao_desk_piece(piece.key.data(), size_of(piece.key), piece.file.data(), size_of(piece.file), piece.line.data(),
                       size_of(piece.line), piece.text.data(), size_of(piece.text),
                       piece.is_document ? 2
                       : piece.is_usable ? 1
                                         : 0);
}

void answer(const Result<std::string>& content, Language language) {
    const std::string text = content ? *content : describe(language, content.error());
    duibiao_desk_answer(content ? 1 : 0, text.data(), size_of(text));
}

Language language_of_code(int english) { return english != 0 ? Language::english : Language::chinese; }

}  // namespace

extern "C" {

/// Room for what the next call is about: its parts behind each other.
EMSCRIPTEN_KEEPALIVE char* duibiao_desk_buffer(int size) {
    duibiao_desk_attach();
    buffer().resize(static_cast<std::size_t>(size));
    return buffer().data();
}

EMSCRIPTEN_KEEPALIVE void duibiao_desk_clear() { desk().clear(); }

/// A user's own form.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_form() { desk().add_form(buffer()); }

/// The campaign's report.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_campaign(int english) {
    const Done done = desk().set_campaign(buffer());
    answer(done ? Result<std::string>(std::string()) : tl::unexpected(done.error()), language_of_code(english));
}

/// What storage kept: the key, then the line.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_add(int key_size) {
    const std::string_view all = buffer();
    const auto key = static_cast<std::size_t>(key_size);
    desk().add(all.substr(0, key), all.substr(key));
}

/// A file: its name, the password, then its bytes. Its pieces are given one by one.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_take(int name_size, int password_size) {
    std::string all = std::exchange(buffer(), {});
    const auto name = static_cast<std::size_t>(name_size);
    const auto password = static_cast<std::size_t>(password_size);
    NamedFile file{all.substr(0, name), {}};
    const std::string secret = all.substr(name, password);
    file.content = std::move(all.erase(0, name + password));
    desk().take(std::move(file), secret, give);
}

/// A report as it is after it was accepted or returned here: the key it came under, then the report.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_revise(int key_size, int english) {
    const std::string_view all = buffer();
    const auto key = static_cast<std::size_t>(key_size);
    const auto piece = desk().revise(all.substr(0, key), all.substr(key));
    if (piece) give(*piece);
    answer(piece ? Result<std::string>(std::string()) : tl::unexpected(piece.error()), language_of_code(english));
}

/// Everything a screen shows.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_view(int english) {
    answer(desk().view(language_of_code(english)), language_of_code(english));
}

/// Candidates for the list of weak organisations, as of the day in the buffer.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_weak(int english) {
    const Result<Date> today = parse_date(buffer());
    answer(today ? desk().weak(*today) : tl::unexpected(today.error()), language_of_code(english));
}

/// A paper: a JSON header (paper, format, today, words, ranked, document), then the names of the units that the screen
/// lists, a line each.
EMSCRIPTEN_KEEPALIVE void duibiao_desk_write(int header_size, int english) {
    const std::string all = std::exchange(buffer(), {});
    const auto header = static_cast<std::size_t>(header_size);
    const Language language = language_of_code(english);
    const Result<Json> asked = parse_json(std::string_view(all).substr(0, header), limits::report_bytes);
    const auto today = asked ? parse_date(text_member(*asked, "today")) : fail("date-format");
    if (!today) return answer(tl::unexpected(today.error()), language);
    DeskPaper wanted{
        text_member(*asked, "paper"),   text_member(*asked, "format"), {*today, std::nullopt, language}, {}, {},
        text_member(*asked, "document")};
    for (std::size_t begin = header; begin < all.size();) {
        const std::size_t end = std::min(all.find('\n', begin), all.size());
        wanted.filter.only.push_back(all.substr(begin, end - begin));
        begin = end + 1;
    }
    wanted.filter.only_words = text_member(*asked, "words");
    wanted.order.is_ranked = text_member(*asked, "ranked") == "yes";
    answer(write_desk_paper(desk().source(), wanted), language);
}
}
