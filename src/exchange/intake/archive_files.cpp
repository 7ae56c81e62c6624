// Zip archives that arrive. In a file of its own: the page has what unpacks them in its second program only.
#include <algorithm>

#include "core/limits.hpp"
#include "core/text.hpp"
#include "exchange/given_archive.hpp"
#include "exchange/intake/arrived_file.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_files = 500;

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

}  // namespace

Result<std::vector<NamedFile>> open_archive(std::string_view bytes) {
    const auto archive = GivenArchive::open(bytes);
    if (!archive) return tl::unexpected(archive.error());
    std::vector<NamedFile> files;
    std::size_t left = limits::backup_bytes;
    for (const std::string_view name : archive->names()) {
        if (is_of_system(name)) continue;
        if (files.size() >= most_files)
            return fail("archive-many", {}, {{"limit", static_cast<std::int64_t>(most_files)}});
        auto content = archive->read(name, left);
        if (!content) return tl::unexpected(std::move(content.error()));
        left -= content->size();
        files.push_back({entry_name(name, files.size() + 1), *std::move(content)});
    }
    if (files.empty()) return fail("archive-empty");
    return files;
}

}  // namespace duibiao
