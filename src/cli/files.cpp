#include "cli/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace duibiao::cli {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;

/// Name of the half-written file, for the signal handler; empty when there is none.
std::array<char, PATH_MAX> half_written{};

/// A file descriptor, closed at the end of its block.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ > STDERR_FILENO) ::close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool is_open() const { return number_ >= 0; }

private:
    int number_;
};

std::string reason() { return std::strerror(errno); }

tl::unexpected<Error> unreadable() {
    if (errno == ENOENT || errno == ENOTDIR) return fail("file-missing");
    if (errno == EISDIR) return fail("file-folder");
    if (errno == EACCES || errno == EPERM) return fail("file-denied");
    return fail("file-unreadable", {}, {{"reason", reason()}});
}

tl::unexpected<Error> unwritable() {
    if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) return fail("disk-full");
    if (errno == ENOENT || errno == ENOTDIR) return fail("folder-missing");
    if (errno == EACCES || errno == EPERM || errno == EROFS) return fail("file-protected");
    return fail("file-unwritable", {}, {{"reason", reason()}});
}

tl::unexpected<Error> too_large(std::size_t max_bytes) {
    return fail("file-large", {}, {{"limit", std::to_string(max_bytes >> 20U) + " MiB"}});
}

// --- Reading ------------------------------------------------------------------------------------------------------

Result<std::string> read_all(int descriptor, std::size_t max_bytes, std::size_t expected_bytes = 0) {
    std::string content(expected_bytes > 0 ? expected_bytes + 1 : chunk_bytes, '\0');
    std::size_t size = 0;
    for (;;) {
        if (size == content.size()) content.resize(size * 2);
        const ssize_t count = ::read(descriptor, content.data() + size, content.size() - size);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unreadable();
        size += static_cast<std::size_t>(count);
        if (size > max_bytes) return too_large(max_bytes);
        if (count > 0) continue;
        content.resize(size);
        return content;
    }
}

// --- Writing ------------------------------------------------------------------------------------------------------

bool write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const ssize_t count = ::write(descriptor, content.data(), content.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        content.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

using Produce = std::function<void(const WritePiece&)>;

/// Writes pieces in large ones. After the first that cannot be written none is tried; errno is then its.
bool write_pieces(int descriptor, const Produce& produce) {
    constexpr std::size_t buffer_bytes = std::size_t{256} * 1024;
    std::string buffer;
    int failure = 0;
    const auto flush = [&] {
        if (failure == 0 && !write_all(descriptor, buffer)) failure = errno;
        buffer.clear();
    };
    produce([&](std::string_view piece) {
        buffer += piece;
        if (buffer.size() >= buffer_bytes) flush();
    });
    flush();
    errno = failure;
    return failure == 0;
}

Done write_stream(int descriptor, const Produce& produce) {
    if (write_pieces(descriptor, produce) || errno == EPIPE) return {};
    return unwritable();
}

/// Where a symbolic link leads, so that the link itself stays.
std::string resolve(const std::string& path) {
    char* resolved = ::realpath(path.c_str(), nullptr);
    if (resolved == nullptr) return path;
    std::string target = resolved;
    std::free(resolved);
    return target;
}

mode_t new_file_mode() {
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

bool fill_file(int descriptor, const Produce& produce, mode_t mode) {
    return write_pieces(descriptor, produce) && ::fchmod(descriptor, mode) == 0 && ::fsync(descriptor) == 0;
}

Done replace_file(const std::string& target, const Produce& produce, mode_t mode) {
    const std::size_t slash = target.rfind('/');
    const std::string folder = slash == std::string::npos ? "./" : target.substr(0, slash + 1);
    const std::string beside = folder + ".duibiao-XXXXXX";
    if (beside.size() >= half_written.size()) {
        errno = ENAMETOOLONG;
        return unwritable();
    }
    std::vector<char> name(beside.begin(), beside.end());
    name.push_back('\0');
    const Descriptor file(::mkstemp(name.data()));
    if (!file.is_open()) return unwritable();
    std::memcpy(half_written.data(), name.data(), name.size());
    if (!fill_file(file.number(), produce, mode) || ::rename(name.data(), target.c_str()) != 0) {
        const auto failure = unwritable();
        ::unlink(name.data());
        half_written[0] = '\0';
        return failure;
    }
    half_written[0] = '\0';
    return {};
}

Done write_device(const std::string& path, const Produce& produce) {
    const Descriptor device(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (!device.is_open()) return unwritable();
    return write_stream(device.number(), produce);
}

extern "C" void on_signal(int number) {
    if (half_written[0] != '\0') ::unlink(half_written.data());
    std::signal(number, SIG_DFL);
    (void)std::raise(number);
}

}  // namespace

Result<std::string> read_input(const std::string& path, std::size_t max_bytes) {
    if (path == standard_stream) return read_all(STDIN_FILENO, max_bytes);
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return unreadable();
    struct stat status {};
    if (::fstat(file.number(), &status) != 0) return unreadable();
    if (S_ISDIR(status.st_mode)) return fail("file-folder");
    if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > max_bytes) return too_large(max_bytes);
    return read_all(file.number(), max_bytes, S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0);
}

Done write_output(const std::string& path, std::string_view content) {
    return write_output(path, [content](const WritePiece& write) { write(content); });
}

Done write_output(const std::string& path, const std::function<void(const WritePiece&)>& produce) {
    if (path.empty() || path == standard_stream) return write_stream(STDOUT_FILENO, produce);
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return replace_file(path, produce, new_file_mode());
    if (S_ISDIR(status.st_mode)) return fail("file-folder");
    if (!S_ISREG(status.st_mode)) return write_device(path, produce);
    // A file that its owner protected stays, although renaming could replace it.
    if (::access(path.c_str(), W_OK) != 0) return unwritable();
    return replace_file(resolve(path), produce, status.st_mode & 07777U);
}

void prepare_signals() {
    std::signal(SIGPIPE, SIG_IGN);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        // A signal that the caller ignores (nohup) stays ignored.
        if (std::signal(number, on_signal) == SIG_IGN) std::signal(number, SIG_IGN);
    }
}

}  // namespace duibiao::cli
