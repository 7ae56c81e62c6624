// What wraps other files: e-mails and zip archives. In a file of its own: the page has what unpacks them in its second
// program only.
#include <algorithm>

#include "core/limits.hpp"
#include "core/text.hpp"
#include "exchange/given_archive.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/intake/mail.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_files = 500;
constexpr std::size_t deepest_wrapper = 4;  ///< a forwarded mail with an archive of mails is usual

/// What stands behind the last slash. Names in an encoding that the archive does not tell keep their ending.
std::string entry_name(std::string_view name, std::size_t number) {
    const std::size_t slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    if (is_utf8(name)) return std::string(name);
    const std::size_t dot = name.rfind('.');
    const std::string_view ending = dot == std::string_view::npos ? std::string_view{} : name.substr(dot);
    return std::to_string(number) + (is_utf8(ending) ? std::string(ending) : std::string{});
}

bool is_of_system(std::string_view name) {
    return name.ends_with('/') || name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") ||
           name.ends_with("Thumbs.db") || name.ends_with("desktop.ini");
}

/// Takes wrappers apart until nothing is left that wraps.
class Unwrapping {
public:
    std::vector<NamedFile> files;

    Done open(const ArrivedFile& wrapper, std::size_t depth) {
        if (depth > deepest_wrapper)
            return fail("wrapper-deep", {}, {{"limit", static_cast<std::int64_t>(deepest_wrapper)}});
        if (wrapper.kind == ArrivedFile::Kind::archive) return open_archive(wrapper.content, depth);
        for (NamedFile& file : open_mail(wrapper.content)) {
            if (auto done = take(std::move(file), depth); !done) return done;
        }
        return {};
    }

private:
    Done open_archive(std::string_view bytes, std::size_t depth) {
        const auto archive = GivenArchive::open(bytes);
        if (!archive) return tl::unexpected(archive.error());
        std::size_t count = 0;
        for (const std::string_view name : archive->names()) {
            if (is_of_system(name)) continue;
            auto content = archive->read(name, left_);
            if (!content && content.error().code == "archive-locked") return fail("zip-locked");
            if (!content) return tl::unexpected(std::move(content.error()));
            left_ -= content->size();
            if (auto done = take({entry_name(name, ++count), *std::move(content)}, depth); !done) return done;
        }
        return count > 0 ? Done{} : Done(fail("archive-empty"));
    }

    Done take(NamedFile file, std::size_t depth) {
        const auto seen = look_at(file);
        if (seen && (seen->kind == ArrivedFile::Kind::mail || seen->kind == ArrivedFile::Kind::archive))
            return open(*seen, depth + 1);
        if (files.size() >= most_files)
            return fail("archive-many", {}, {{"limit", static_cast<std::int64_t>(most_files)}});
        files.push_back(std::move(file));
        return {};
    }

    std::size_t left_ = limits::backup_bytes;
};

}  // namespace

Result<std::vector<NamedFile>> open_wrapper(const ArrivedFile& wrapper) {
    Unwrapping unwrapping;
    if (auto done = unwrapping.open(wrapper, 1); !done) return tl::unexpected(std::move(done.error()));
    return std::move(unwrapping.files);
}

}  // namespace duibiao
