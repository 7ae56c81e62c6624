// Files under a password: lock and open.
#include <unistd.h>

#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/password.hpp"

namespace duibiao::cli {
namespace {

/// How far opening is, in one line of the terminal that is written over; nothing where messages go into a file.
class OpeningProgress {
public:
    explicit OpeningProgress(Language language) : language_(language), is_shown_(::isatty(STDERR_FILENO) == 1) {}

    void say(int percent) {
        if (is_shown_) write("\r" + translate(language_, "cli.opening", {{"percent", std::int64_t{percent}}}));
    }
    void clear() {
        if (is_shown_) write("\r\x1B[K");
    }

private:
    static void write(const std::string& text) {
        std::fputs(text.c_str(), stderr);
        std::fflush(stderr);
    }

    Language language_;
    bool is_shown_;
};

std::string name_of(const std::string& path) {
    if (path == standard_stream) return "file";
    return path.substr(path.rfind('/') + 1);  // of no slash: the whole
}

}  // namespace

Exit make_locked(Language language, const LockArguments& arguments) {
    auto content = read_input(arguments.file, lock::most_bytes);
    if (!content) {
        print_error(language, arguments.file, content.error());
        return Exit::unusable;
    }
    const auto password = new_password(language, arguments.password_file);
    if (!password) return Exit::unusable;
    const auto locked = lock_file({name_of(arguments.file), *std::move(content)}, *password, lock_seed());
    if (!locked) {
        print_error(language, arguments.file, locked.error());
        return Exit::unusable;
    }
    return deliver(language, arguments.output, *locked, "cli.locked");
}

Exit open_file(Language language, const LockArguments& arguments) {
    const auto bytes = read_input(arguments.file, lock::most_bytes);
    const auto parts = bytes ? read_lock(*bytes) : Result<LockParts>(tl::unexpected(bytes.error()));
    if (!parts) {
        print_error(language, arguments.file, parts.error());
        return Exit::unusable;
    }
    const auto password = known_password(language, arguments.password_file);
    if (!password) return Exit::unusable;
    OpeningProgress progress(language);
    const auto file = open_locked(*bytes, *password, [&progress](int percent) { progress.say(percent); });
    progress.clear();
    if (!file) {
        print_error(language, arguments.file, file.error());
        return Exit::unusable;
    }
    return deliver(language, arguments.output, file->content, "cli.opened", {{"name", printable(file->name)}});
}

}  // namespace duibiao::cli
