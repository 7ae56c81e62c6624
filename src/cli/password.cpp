#include "cli/password.hpp"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <cstdlib>

#include "cli/files.hpp"

namespace duibiao::cli {
namespace {

constexpr std::string_view option = "--password-file";
constexpr std::size_t most_file_bytes = 4096;
constexpr char interrupt = '\x03';  // Ctrl+C

std::string first_line(std::string text) {
    text.resize(std::min(text.find('\n'), text.size()));
    if (!text.empty() && text.back() == '\r') text.pop_back();
    return text;
}

Result<std::string> read_password(const std::string& file) {
    auto text = read_input(file, most_file_bytes);
    if (!text) return tl::unexpected(std::move(text.error()));
    return first_line(*std::move(text));
}

/// The terminal without an echo, as long as this object lasts. Ctrl+C ends the line, so that nobody is left with a
/// terminal that shows nothing.
class SilentTerminal {
public:
    SilentTerminal() : device_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (device_ < 0 || ::tcgetattr(device_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);
        silent.c_cc[VEOL] = static_cast<cc_t>(interrupt);
        is_ready_ = ::tcsetattr(device_, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (is_ready_) ::tcsetattr(device_, TCSAFLUSH, &before_);
        if (device_ >= 0) ::close(device_);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    [[nodiscard]] bool is_ready() const { return is_ready_; }

    /// Nothing when the user gave up.
    std::optional<std::string> ask(const std::string& question) {
        say(question);
        std::string line;
        for (char c = '\0'; ::read(device_, &c, 1) == 1 && c != '\n' && line.size() < most_file_bytes;) {
            line += c;
            if (c == interrupt) break;
        }
        say("\n");
        if (!line.empty() && line.back() == interrupt) return std::nullopt;
        return line;
    }

private:
    void say(const std::string& text) {
        const ssize_t written = ::write(device_, text.data(), text.size());
        (void)written;  // who does not see the question sees that the program waits
    }

    int device_;
    termios before_{};
    bool is_ready_ = false;
};

std::optional<std::string> refuse(Language language, Error error, std::string_view about = option) {
    print_error(language, about, error);
    return std::nullopt;
}

std::optional<std::string> ask(Language language, bool twice) {
    SilentTerminal terminal;
    if (!terminal.is_ready()) return refuse(language, {"password-missing", {}, {}});
    auto password = terminal.ask(translate(language, twice ? "cli.password.new" : "cli.password"));
    if (!password) return refuse(language, {"password-missing", {}, {}});
    if (twice && terminal.ask(translate(language, "cli.password.again")) != password)
        return refuse(language, {"password-differs", {}, {}});
    return password;
}

std::optional<std::string> password_from(Language language, const std::string& file, bool twice) {
    if (file.empty()) return ask(language, twice);
    auto password = read_password(file);
    if (!password) return refuse(language, std::move(password.error()), file);
    return *std::move(password);
}

}  // namespace

std::optional<std::string> known_password(Language language, const std::string& file) {
    return password_from(language, file, false);
}

std::optional<std::string> new_password(Language language, const std::string& file) {
    auto password = password_from(language, file, true);
    if (!password) return std::nullopt;
    if (const Done done = check_new_password(*password); !done) return refuse(language, done.error());
    return password;
}

LockSeed lock_seed() {
    LockSeed seed{};
    // A machine without randomness must not lock anything: the key would be known.
    if (::getentropy(seed.data(), seed.size()) != 0) std::abort();
    return seed;
}

}  // namespace duibiao::cli
