// A file under a password: AES-256-GCM with a key from PBKDF2-HMAC-SHA256. README.md describes the format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/limits.hpp"
#include "core/result.hpp"

namespace duibiao {

namespace lock {
inline constexpr std::uint32_t rounds = 600'000;         ///< of PBKDF2, for what is locked here
inline constexpr std::uint32_t most_rounds = 2'000'000;  ///< a file that asks for more would stop the page
inline constexpr std::size_t fewest_characters = 8;      ///< of a new password
inline constexpr std::size_t most_password_bytes = 1024;
inline constexpr std::string_view extension = "dblock";
/// The largest file that is opened: a backup of the largest size with its name.
inline constexpr std::size_t most_bytes = limits::backup_bytes + 1024;
}  // namespace lock

/// Bytes that nobody can foresee and that are never used twice: from the operating system or the browser.
using LockSeed = std::array<std::uint8_t, 28>;

struct NamedFile {
    std::string name;
    std::string content;
};

/// Whether a file says of itself that it is locked.
[[nodiscard]] bool is_locked(std::string_view bytes);

/// Errors: "password-short" {fewest}, "password-long" {limit}.
[[nodiscard]] Done check_new_password(std::string_view password);

/// The locked file. Its name and content are both inside; from outside only its size is seen. Errors: those of
/// check_new_password(), "file-large" {limit}.
[[nodiscard]] Result<std::string> lock_file(const NamedFile& file, std::string_view password, const LockSeed& seed);

/// What is inside. Takes at most as much memory as the file twice, and about a second. Errors: "lock-none" (not a
/// locked file), "lock-version" (a later program's), "lock-broken" (cut off, or a header that no program writes),
/// "lock-password" (the password is another one, or the file was damaged: nobody can tell which).
[[nodiscard]] Result<NamedFile> open_locked(std::string_view bytes, std::string_view password);

/// The name that a locked file gets: "报表.json.dblock".
[[nodiscard]] std::string locked_name(std::string_view name);

/// A locked file's outer part, for its reader and its tests.
struct LockParts {
    std::uint32_t rounds = 0;
    std::string_view header;  ///< what is authenticated with the content
    std::string_view salt;
    std::string_view nonce;
    std::string_view sealed;
    std::string_view tag;
};
[[nodiscard]] Result<LockParts> read_lock(std::string_view bytes);
/// The inner part: the length of the name in two bytes, the name, the content. A name leads to no other folder.
[[nodiscard]] Result<NamedFile> read_lock_content(std::string_view bytes);

}  // namespace duibiao
