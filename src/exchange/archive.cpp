#include "exchange/archive.hpp"

#include <zip.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include <memory_files.hpp>

namespace duibiao {

Archive::Archive() : file_(zipOpen("", APPEND_STATUS_CREATE)) {}

Archive::~Archive() {
    if (file_ != nullptr) zipClose(file_, nullptr);
}

void Archive::add(const char* name, std::string_view content) {
    zip_fileinfo info{};
    info.tmz_date.tm_mday = 1;
    info.tmz_date.tm_year = 1980;
    constexpr uLong names_are_utf8 = 1U << 11U;  // APPNOTE 4.4.4, bit 11
    const bool is_ascii = std::all_of(name, name + std::strlen(name), [](char c) { return c > 0; });
    const bool done = zipOpenNewFileInZip4(file_, name, &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED,
                                           Z_DEFAULT_COMPRESSION, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY,
                                           nullptr, 0, 0, is_ascii ? 0 : names_are_utf8) == ZIP_OK &&
                      zipWriteInFileInZip(file_, content.data(), static_cast<unsigned>(content.size())) == ZIP_OK &&
                      zipCloseFileInZip(file_) == ZIP_OK;
    failed_ = failed_ || !done;
}

std::string Archive::take() {
    const bool closed = zipClose(std::exchange(file_, nullptr), nullptr) == ZIP_OK;
    std::string bytes = take_closed_zip();
    return closed && !failed_ ? bytes : std::string();
}

}  // namespace duibiao
