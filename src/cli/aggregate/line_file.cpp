#include "cli/aggregate/line_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "cli/files.hpp"

namespace duibiao::cli {
namespace {

constexpr std::size_t line_chunk_bytes = std::size_t{256} * 1024;
constexpr std::size_t tail_bytes = std::size_t{32} * 1024 * 1024;

/// Puts chunks together to lines.
class LineCutter {
public:
    LineCutter(std::size_t most, const LineUse& use) : most_(most), use_(use) {}

    void take(std::string_view chunk) {
        while (!chunk.empty()) {
            const std::size_t end = chunk.find('\n');
            const std::string_view part = chunk.substr(0, end);
            line_ += part.substr(0, most_ + 1 - std::min(line_.size(), most_ + 1));
            if (end == std::string_view::npos) return;
            finish();
            chunk.remove_prefix(end + 1);
        }
    }
    void finish() {
        ++number_;
        if (line_.ends_with('\r')) line_.pop_back();
        if (!line_.empty()) use_(std::move(line_), number_);
        line_.clear();
    }

private:
    std::size_t most_;
    const LineUse& use_;
    std::string line_;
    std::size_t number_ = 0;
};

}  // namespace

Done for_each_line(const std::string& path, std::size_t most, const LineUse& use) {
    const bool is_stream = path == standard_stream;
    const int descriptor = is_stream ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        auto read = read_input(path, 0);  // names what is wrong
        return read ? fail("file-unreadable", {}, {{"reason", ""}}) : tl::unexpected<Error>(read.error());
    }
    LineCutter cutter(most, use);
    std::vector<char> chunk(line_chunk_bytes);
    Done done;
    for (;;) {
        const ssize_t count = ::read(descriptor, chunk.data(), chunk.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) done = fail("file-unreadable", {}, {{"reason", std::string(std::strerror(errno))}});
        if (count <= 0) break;
        cutter.take({chunk.data(), static_cast<std::size_t>(count)});
    }
    cutter.finish();
    if (!is_stream) ::close(descriptor);
    return done;
}

LinesInFile::~LinesInFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void LinesInFile::flush() {
    if (descriptor_ < 0) {
        const char* folder = std::getenv("TMPDIR");
        std::string name = std::string(folder == nullptr || *folder == '\0' ? "/tmp" : folder) + "/duibiao-XXXXXX";
        descriptor_ = ::mkstemp(name.data());
        if (descriptor_ >= 0) ::unlink(name.c_str());
    }
    std::size_t written = 0;
    while (descriptor_ >= 0 && written < tail_.size()) {
        const ssize_t count = ::pwrite(descriptor_, tail_.data() + written, tail_.size() - written,
                                       static_cast<off_t>(flushed_ + written));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        written += static_cast<std::size_t>(count);
    }
    has_no_file_ = written < tail_.size();
    if (has_no_file_) return;  // what was written in part is written again, or stays in memory
    flushed_ += tail_.size();
    tail_.clear();
}

std::uint64_t LinesInFile::append(std::string_view line) {
    const bool is_full = !tail_.empty() && tail_.size() + line.size() > tail_bytes;
    if (is_full && !has_no_file_) flush();
    const std::uint64_t begin = flushed_ + tail_.size();
    tail_ += line;
    return begin;
}

std::string LinesInFile::read(std::uint64_t begin, std::size_t size) const {
    if (begin >= flushed_) return tail_.substr(static_cast<std::size_t>(begin - flushed_), size);
    std::string line(size, '\0');
    std::size_t got = 0;
    while (got < size) {
        const ssize_t count = ::pread(descriptor_, line.data() + got, size - got, static_cast<off_t>(begin + got));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        got += static_cast<std::size_t>(count);
    }
    line.resize(got);
    return line;
}

MappedFile::MappedFile(const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
        void* mapped = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
        if (mapped != MAP_FAILED) {
            data_ = static_cast<const char*>(mapped);
            size_ = static_cast<std::size_t>(status.st_size);
        }
    }
    ::close(descriptor);
}

MappedFile::~MappedFile() {
    if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace duibiao::cli
