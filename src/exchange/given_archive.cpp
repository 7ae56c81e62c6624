#include "exchange/given_archive.hpp"

#include <unzip.h>
#include <zip.h>

#include <algorithm>
#include <memory>

#include <memory_files.hpp>

namespace duibiao {
namespace {

constexpr std::size_t longest_name = 1'000;
constexpr std::size_t longest_extra = 65'535;  ///< what 16 bits count
constexpr std::size_t step_bytes = std::size_t{64} * 1024;
constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

struct CloseUnzip {
    void operator()(void* file) const { unzClose(file); }
};
using Unzip = std::unique_ptr<void, CloseUnzip>;

struct CloseZip {
    void operator()(void* file) const { zipClose(file, nullptr); }
};
using Zip = std::unique_ptr<void, CloseZip>;

tl::unexpected<Error> broken() { return fail("archive-broken"); }

/// Everything a list of an archive's entries says of one.
struct EntryInfo {
    unz_file_info64 info{};
    std::string name;
    std::string extra;
    std::string comment;
};

bool read_info(void* file, EntryInfo& entry) {
    if (unzGetCurrentFileInfo64(file, &entry.info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) return false;
    if (entry.info.size_filename > longest_name || entry.info.size_file_extra > longest_extra) return false;
    entry.name.resize(entry.info.size_filename);
    entry.extra.resize(entry.info.size_file_extra);
    entry.comment.resize(entry.info.size_file_comment);
    return unzGetCurrentFileInfo64(file, nullptr, entry.name.data(), entry.name.size(), entry.extra.data(),
                                   entry.extra.size(), entry.comment.data(), entry.comment.size()) == UNZ_OK;
}

/// The opened entry's bytes, packed or not. Nothing when it is damaged, or longer than `most`.
bool read_content(void* file, std::size_t most, std::string& content, bool& is_large) {
    content.clear();
    while (true) {
        const std::size_t before = content.size();
        content.resize(before + step_bytes);
        const int got = unzReadCurrentFile(file, content.data() + before, static_cast<unsigned>(step_bytes));
        content.resize(before + static_cast<std::size_t>(std::max(got, 0)));
        if (got < 0) return false;
        if (got == 0) return true;
        is_large = content.size() > most;
        if (is_large) return false;
    }
}

bool copy_packed(void* from, void* to, const EntryInfo& entry, std::size_t most) {
    int method = 0;
    int level = 0;
    if (unzOpenCurrentFile2(from, &method, &level, 1) != UNZ_OK) return false;
    std::string packed;
    bool is_large = false;
    const bool is_read = read_content(from, most, packed, is_large);
    unzCloseCurrentFile(from);
    if (!is_read || packed.size() != entry.info.compressed_size) return false;
    zip_fileinfo info{};
    info.dosDate = entry.info.dosDate;
    info.internal_fa = entry.info.internal_fa;
    info.external_fa = entry.info.external_fa;
    return zipOpenNewFileInZip4_64(to, entry.name.c_str(), &info, nullptr, 0, nullptr, 0, entry.comment.c_str(), method,
                                   level, 1, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, nullptr, 0,
                                   entry.info.version, entry.info.flag & 0x800U, 0) == ZIP_OK &&
           zipWriteInFileInZip(to, packed.data(), static_cast<unsigned>(packed.size())) == ZIP_OK &&
           zipCloseFileInZipRaw64(to, entry.info.uncompressed_size, entry.info.crc) == ZIP_OK;
}

bool add_content(void* to, const EntryInfo& entry, std::string_view content) {
    zip_fileinfo info{};
    info.dosDate = entry.info.dosDate;
    info.internal_fa = entry.info.internal_fa;
    info.external_fa = entry.info.external_fa;
    return zipOpenNewFileInZip4_64(to, entry.name.c_str(), &info, nullptr, 0, nullptr, 0, entry.comment.c_str(),
                                   Z_DEFLATED, Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY,
                                   nullptr, 0, entry.info.version, entry.info.flag & 0x800U, 0) == ZIP_OK &&
           zipWriteInFileInZip(to, content.data(), static_cast<unsigned>(content.size())) == ZIP_OK &&
           zipCloseFileInZip(to) == ZIP_OK;
}

}  // namespace

Result<GivenArchive> GivenArchive::open(std::string_view bytes, std::size_t most_entries) {
    GivenArchive archive(bytes);
    const Unzip file(unzOpen64(&bytes));
    unz_global_info64 all{};
    if (!file || unzGetGlobalInfo64(file.get(), &all) != UNZ_OK) return broken();
    if (all.number_entry == 0 || all.number_entry > most_entries) return broken();
    std::uint64_t packed = 0;
    int found = unzGoToFirstFile(file.get());
    for (; found == UNZ_OK; found = unzGoToNextFile(file.get())) {
        EntryInfo entry;
        if (!read_info(file.get(), entry)) return broken();
        packed += entry.info.compressed_size;
        if (entry.info.compressed_size > bytes.size() || packed > bytes.size()) return broken();
        archive.entries_.push_back({std::move(entry.name), entry.info.compressed_size, (entry.info.flag & 1U) != 0});
    }
    if (found != UNZ_END_OF_LIST_OF_FILE || archive.entries_.size() != all.number_entry) return broken();
    std::vector<std::string_view> names;
    for (const Entry& entry : archive.entries_) names.push_back(entry.name);
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) return broken();
    return archive;
}

bool GivenArchive::has(std::string_view name) const {
    return std::any_of(entries_.begin(), entries_.end(), [name](const Entry& entry) { return entry.name == name; });
}

std::vector<std::string_view> GivenArchive::names() const {
    std::vector<std::string_view> names;
    names.reserve(entries_.size());
    for (const Entry& entry : entries_) names.push_back(entry.name);
    return names;
}

bool GivenArchive::has_ending(std::string_view ending) const {
    return std::any_of(entries_.begin(), entries_.end(),
                       [ending](const Entry& entry) { return entry.name.ends_with(ending); });
}

namespace {

/// The content of the entry that the list stands at.
Result<std::string> read_here(void* file, bool is_locked, std::size_t most) {
    if (is_locked) return fail("archive-locked");
    if (unzOpenCurrentFile(file) != UNZ_OK) return broken();
    std::string content;
    bool is_large = false;
    const bool is_read = read_content(file, most, content, is_large);
    const bool is_sound = unzCloseCurrentFile(file) == UNZ_OK;
    if (is_large) return fail("archive-large", {}, {{"limit", static_cast<std::int64_t>(most / mebibyte)}});
    if (!is_read || !is_sound) return broken();
    return content;
}

}  // namespace

Result<std::string> GivenArchive::read(std::string_view name, std::size_t most) const {
    const auto entry =
        std::find_if(entries_.begin(), entries_.end(), [name](const Entry& one) { return one.name == name; });
    if (entry == entries_.end()) return broken();
    const Unzip file(unzOpen64(&bytes_));
    if (!file || unzLocateFile(file.get(), entry->name.c_str(), 1) != UNZ_OK) return broken();
    return read_here(file.get(), entry->is_locked, most);
}

void GivenArchive::for_each(std::size_t most,
                            const std::function<void(const std::string&, Result<std::string>)>& use) const {
    const Unzip file(unzOpen64(&bytes_));
    int found = file ? unzGoToFirstFile(file.get()) : UNZ_BADZIPFILE;
    for (const Entry& entry : entries_) {
        if (!entry.name.ends_with('/'))
            use(entry.name, found == UNZ_OK ? read_here(file.get(), entry.is_locked, most) : broken());
        if (found == UNZ_OK) found = unzGoToNextFile(file.get());
    }
}

Result<std::string> GivenArchive::with(std::string_view name, std::string_view content) const {
    const Unzip from(unzOpen64(&bytes_));
    Zip to(zipOpen("", APPEND_STATUS_CREATE));
    if (!from || !to) return broken();
    for (int found = unzGoToFirstFile(from.get()); found == UNZ_OK; found = unzGoToNextFile(from.get())) {
        EntryInfo entry;
        if (!read_info(from.get(), entry)) return broken();
        const bool done = entry.name == name ? add_content(to.get(), entry, content)
                                             : copy_packed(from.get(), to.get(), entry, bytes_.size());
        if (!done) return broken();
    }
    const bool closed = zipClose(to.release(), nullptr) == ZIP_OK;
    std::string bytes = take_closed_zip();
    if (!closed) return broken();
    return bytes;
}

}  // namespace duibiao
