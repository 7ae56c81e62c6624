#include "cli/aggregate/intake.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/aggregate/line_file.hpp"
#include "cli/files.hpp"
#include "core/campaign/partial.hpp"
#include "core/limits.hpp"
#include "core/sha256.hpp"
#include "exchange/given_archive.hpp"
#include "exchange/intake/arrived_file.hpp"
#include "exchange/intake/mail.hpp"

namespace duibiao::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view zip_begin = "PK\x03\x04";
constexpr std::size_t deepest_mail = 4;  ///< of mails attached to mails
constexpr std::size_t zip_entries = 200'000;
constexpr std::uint64_t zip_bytes = std::uint64_t{16} << 30U;  ///< unpacked, in all
constexpr std::size_t named_digits = 16;

std::string key_of(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string{} : path.substr(0, slash + 1);
}

bool has_lines(const std::string& path) {
    return path == standard_stream || path.ends_with(".ndjson") || path.ends_with(".jsonl");
}

class Intake {
public:
    explicit Intake(Gathering& gathering) : gathering_(gathering) {}

    void give_path(const std::string& path);

private:
    void give_folder(const std::string& path);
    void give_file(const std::string& path);
    void give_content(const std::string& name, const std::string& folder, std::string content);
    void give_inner(const std::string& name, const std::string& folder, Result<std::string> content);
    void give_mail(const std::string& name, const std::string& folder, std::string_view bytes, std::size_t depth = 1);
    void give_zip(const std::string& path, std::string_view bytes);
    void give_lines(const std::string& path);
    void give_line(const std::string& path, std::string line, std::size_t number);
    void give_partial(const std::string& name, std::string_view text);
    void refuse(const std::string& name, std::string_view bytes, Error error) {
        gathering_.refuse(name, key_of(bytes), std::move(error));
    }

    Gathering& gathering_;
    bool is_in_zip_ = false;
    std::string open_partial_;  ///< of a stream, until its hash line is there
};

void Intake::give_path(const std::string& path) {
    std::error_code ignored;
    if (has_lines(path) && !fs::is_directory(path, ignored)) return give_lines(path);
    if (path != standard_stream && fs::is_directory(path, ignored)) return give_folder(path);
    give_file(path);
}

void Intake::give_folder(const std::string& path) {
    std::vector<std::string> found;
    std::error_code error;
    fs::recursive_directory_iterator entry(path, fs::directory_options::skip_permission_denied, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        const bool is_hidden = entry->path().filename().string().starts_with('.');
        std::error_code ignored;
        if (entry->is_directory(ignored)) {
            if (is_hidden) entry.disable_recursion_pending();
        } else if (!is_hidden && !fs::is_other(entry->status(ignored))) {  // pipes and devices would be waited for
            found.push_back(entry->path().string());
        }
    }
    if (error) gathering_.refuse(path, key_of(path), {"file-unreadable", {}, {{"reason", error.message()}}});
    std::sort(found.begin(), found.end());
    for (const std::string& file : found) {
        if (has_lines(file)) {
            give_lines(file);
        } else {
            give_file(file);
        }
    }
}

void Intake::give_file(const std::string& path) {
    std::error_code ignored;
    const std::uintmax_t size = fs::file_size(path, ignored);
    const bool is_regular = fs::is_regular_file(path, ignored);
    if (is_regular && size > limits::report_bytes) {
        const MappedFile mapped(path);
        const std::string_view bytes = mapped.bytes();
        if (bytes.starts_with(zip_begin)) return give_zip(path, bytes);
        if (is_partial(bytes)) return give_partial(path, bytes);
    }
    auto content = read_input(path, limits::report_bytes);
    if (!content) return gathering_.refuse(path, key_of(path), std::move(content.error()));
    if (content->starts_with(zip_begin)) return give_zip(path, *content);
    give_content(path, folder_of(path), *std::move(content));
}

/// Anything but a zip.
void Intake::give_content(const std::string& name, const std::string& folder, std::string content) {
    if (is_partial(content)) return give_partial(name, content);
    if (!content.starts_with('{') && is_mail(content)) return give_mail(name, folder, content);
    gathering_.give({name, folder, std::move(content), false});
}

/// A file out of a zip.
void Intake::give_inner(const std::string& name, const std::string& folder, Result<std::string> content) {
    if (!content) {
        const bool is_locked = content.error().code == "archive-locked";
        return refuse(name, name, is_locked ? Error{"zip-locked", {}, {}} : std::move(content.error()));
    }
    if (content->starts_with(zip_begin)) return refuse(name, *content, {"zip-nested", {}, {}});
    is_in_zip_ = true;
    give_content(name, folder, *std::move(content));
    is_in_zip_ = false;
}

/// Word, Excel and pictures accompany a report in its e-mail: what is no report is said, and not counted. An e-mail
/// without any is a file that cannot be used.
void Intake::give_mail(const std::string& name, const std::string& folder, std::string_view bytes, std::size_t depth) {
    bool has_report = false;
    for (NamedFile& file : open_mail(bytes)) {
        const std::string inner = name + "/" + file.name;
        const auto seen = look_at(file);
        using Kind = ArrivedFile::Kind;
        const bool is_report =
            is_partial(file.content) || (seen && (seen->kind == Kind::json || seen->kind == Kind::locked));
        const bool is_zip = seen && seen->kind == Kind::archive;
        if (seen && seen->kind == Kind::mail && depth < deepest_mail) {
            has_report = true;
            give_mail(inner, folder, seen->content, depth + 1);
            continue;
        }
        if (!is_report && !is_zip) {
            gathering_.leave_aside(inner);
            continue;
        }
        has_report = true;
        if (is_report) {
            give_content(inner, folder, std::move(file.content));
        } else if (is_in_zip_) {
            refuse(inner, file.content, {"zip-nested", {}, {}});
        } else {
            give_zip(inner, file.content);
        }
    }
    if (!has_report) refuse(name, bytes, {"wrapper-none", {}, {}});
}

void Intake::give_zip(const std::string& path, std::string_view bytes) {
    const auto archive = GivenArchive::open(bytes, zip_entries);
    if (!archive) return refuse(path, bytes, archive.error());
    std::uint64_t unpacked = 0;
    archive->for_each(limits::report_bytes, [&](const std::string& entry, Result<std::string> content) {
        const std::string name = path + "/" + entry;
        if (content) unpacked += content->size();
        if (content && unpacked > zip_bytes)
            content = fail("zip-large", {}, {{"limit", static_cast<std::int64_t>(zip_bytes >> 30U)}});
        give_inner(name, folder_of(path), std::move(content));
    });
}

/// A whole partial; nothing of it counts when its hash does not fit.
void Intake::give_partial(const std::string& name, std::string_view text) {
    auto lines = open_partial(text);
    if (!lines) return refuse(name, text, std::move(lines.error()));
    std::size_t number = 1;
    while (!lines->empty()) {
        ++number;
        const std::size_t end = std::min(lines->find('\n'), lines->size());
        const std::string_view line = lines->substr(0, end);
        lines->remove_prefix(std::min(end + 1, lines->size()));
        if (kind_of_line(line) != PartialLine::form) {
            gathering_.give({name + ":" + std::to_string(number), {}, std::string(line), true});
            continue;
        }
        if (auto form = read_form_line(line)) {
            gathering_.give_form(std::move(*form));
        } else {
            refuse(name + ":" + std::to_string(number), line, std::move(form.error()));
        }
    }
}

void Intake::give_lines(const std::string& path) {
    const Done done = for_each_line(path, limits::report_bytes, [&](std::string line, std::size_t number) {
        give_line(path, std::move(line), number);
    });
    if (!open_partial_.empty()) refuse(path, std::exchange(open_partial_, {}), {"json-cut", {}, {}});
    if (!done) gathering_.refuse(path, key_of(path), done.error());
}

void Intake::give_line(const std::string& path, std::string line, std::size_t number) {
    const PartialLine kind = kind_of_line(line);
    if (!open_partial_.empty() || kind == PartialLine::head) {
        open_partial_ += line + '\n';
        if (kind == PartialLine::hash) give_partial(path, std::exchange(open_partial_, {}));
        return;
    }
    const bool is_stream = path == standard_stream;
    const std::string name =
        is_stream ? "-#" + key_of(line).substr(0, named_digits) : path + ":" + std::to_string(number);
    if (line.size() > limits::report_bytes) {
        const auto limit = static_cast<std::int64_t>(limits::report_bytes >> 20U);
        return refuse(name, line, {"file-large", {}, {{"limit", std::to_string(limit) + " MiB"}}});
    }
    // A line without its line feed is not yet the report's bytes: the same report is the same one as a file.
    line += '\n';
    gathering_.give({name, is_stream ? std::string{} : folder_of(path), std::move(line), false});
}

}  // namespace

void give_all(Gathering& gathering, const std::vector<std::string>& paths) {
    Intake intake(gathering);
    for (const std::string& path : paths) intake.give_path(path);
}

}  // namespace duibiao::cli
