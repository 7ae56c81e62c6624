// In the place of minizip's ioapi.c and of tmpfileplus.c: what libxlsxwriter and minizip write goes to memory, and what
// they read is there, so that neither a disk nor, in the browser, a file system is needed. One archive at a time.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // fopencookie
#endif
#include "memory_files.hpp"

#include <sys/types.h>

#include <cstdio>
#include <cstring>

#include "ioapi.h"

namespace {

struct MemoryFile {
    std::string bytes;
    std::string_view given;  ///< what is read of an archive that exists; it is not written to
    bool exists = false;
    std::size_t at = 0;

    [[nodiscard]] std::string_view content() const { return exists ? given : std::string_view(bytes); }
    void write(const void* data, std::size_t size) {
        if (bytes.size() < at + size) bytes.resize(at + size);
        std::memcpy(bytes.data() + at, data, size);
        at += size;
    }
    std::size_t read(void* data, std::size_t size) {
        const std::size_t count = at < content().size() ? content().copy(static_cast<char*>(data), size, at) : 0;
        at += count;
        return count;
    }
    /// SEEK_SET, SEEK_CUR and SEEK_END are 0, 1 and 2, and so are minizip's.
    void seek(long long offset, int origin) {
        const std::size_t base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? at : content().size();
        at = static_cast<std::size_t>(static_cast<long long>(base) + offset);
    }
};

std::string closed_zip;

MemoryFile& file_of(void* stream) { return *static_cast<MemoryFile*>(stream); }

// --- minizip ------------------------------------------------------------------------------------------------------

voidpf open_zip(voidpf, const void* name, int mode) {
    auto* file = new MemoryFile;
    file->exists = (mode & ZLIB_FILEFUNC_MODE_EXISTING) != 0;
    if (file->exists) file->given = *static_cast<const std::string_view*>(name);
    return file;
}

uLong read_zip(voidpf, voidpf stream, void* data, uLong size) { return file_of(stream).read(data, size); }

uLong write_zip(voidpf, voidpf stream, const void* data, uLong size) {
    file_of(stream).write(data, size);
    return size;
}

ZPOS64_T tell_zip(voidpf, voidpf stream) { return file_of(stream).at; }

long seek_zip(voidpf, voidpf stream, ZPOS64_T offset, int origin) {
    file_of(stream).seek(static_cast<long long>(offset), origin);
    return 0;
}

int close_zip(voidpf, voidpf stream) {
    if (!file_of(stream).exists) closed_zip = std::move(file_of(stream).bytes);
    delete static_cast<MemoryFile*>(stream);
    return 0;
}

int error_of_zip(voidpf, voidpf) { return 0; }

// --- Temporary files ----------------------------------------------------------------------------------------------

ssize_t read_file(void* file, char* data, std::size_t size) {
    return static_cast<ssize_t>(file_of(file).read(data, size));
}

ssize_t write_file(void* file, const char* data, std::size_t size) {
    file_of(file).write(data, size);
    return static_cast<ssize_t>(size);
}

template <typename Offset>
int seek_file(void* file, Offset* offset, int origin) {
    file_of(file).seek(*offset, origin);
    *offset = static_cast<Offset>(file_of(file).at);
    return 0;
}

int close_file(void* file) {
    delete static_cast<MemoryFile*>(file);
    return 0;
}

}  // namespace

std::string take_closed_zip() {
    std::string bytes;
    bytes.swap(closed_zip);
    return bytes;
}

extern "C" {

void fill_fopen64_filefunc(zlib_filefunc64_def* functions) {
    *functions = {open_zip, read_zip, write_zip, tell_zip, seek_zip, close_zip, error_of_zip, nullptr};
}

voidpf call_zopen64(const zlib_filefunc64_32_def* functions, const void* name, int mode) {
    return functions->zfile_func64.zopen64_file(nullptr, name, mode);
}

long call_zseek64(const zlib_filefunc64_32_def* functions, voidpf stream, ZPOS64_T offset, int origin) {
    return functions->zfile_func64.zseek64_file(nullptr, stream, offset, origin);
}

ZPOS64_T call_ztell64(const zlib_filefunc64_32_def* functions, voidpf stream) {
    return functions->zfile_func64.ztell64_file(nullptr, stream);
}

/// Of minizip's way with 32 bits, which nobody asks for.
void fill_zlib_filefunc64_32_def_from_filefunc32(zlib_filefunc64_32_def*, const zlib_filefunc_def*) {}

FILE* tmpfileplus(const char*, const char*, char**, int) {
    const cookie_io_functions_t functions{read_file, write_file, seek_file, close_file};
    return fopencookie(new MemoryFile, "w+", functions);
}
}
