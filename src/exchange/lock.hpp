// A file under a password: AES-256-GCM with a key from PBKDF2-HMAC-SHA256. README.md describes the format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/limits.hpp"
#include "core/result.hpp"

namespace duibiao {

namespace lock {
inline constexpr std::uint32_t rounds = 600'000;         ///< of PBKDF2, for what is locked here
inline constexpr std::uint32_t most_rounds = 2'000'000;  ///< a file that asks for more is refused
inline constexpr std::uint32_t step_rounds = 20'000;     ///< after so many it is told how far the work is
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

/// Told how much of the work is done, in hundredths.
using LockProgress = std::function<void(int percent)>;

/// What is inside. Takes at most as much memory as the file twice, and about a second; up to ten on a slow machine, and
/// three times that where the file asks for as many rounds as it may. Errors: "lock-none" (not a locked file),
/// "lock-version" (a later program's), "lock-broken" (cut off, or a header that no program writes), "lock-rounds"
/// {rounds, limit}, "lock-password" (the password is another one, or the file was damaged: nobody can tell which).
[[nodiscard]] Result<NamedFile> open_locked(std::string_view bytes, std::string_view password,
                                            const LockProgress& progress = {});

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

/// The key of a password in the making: PBKDF2-HMAC-SHA256, a step at a time, so that a page can draw and be stopped
/// in between. Wiped at the end.
class LockKey {
public:
    LockKey(std::string_view password, std::string_view salt, std::uint32_t rounds);
    ~LockKey();
    LockKey(LockKey&&) noexcept;
    LockKey& operator=(LockKey&&) noexcept;
    void work(std::uint32_t rounds);
    [[nodiscard]] bool is_made() const;
    [[nodiscard]] int percent() const;
    /// 32 bytes once it is made; none when the library failed.
    [[nodiscard]] std::string_view bytes() const;

private:
    struct Making;
    std::unique_ptr<Making> making_;
};
/// open_locked() with a key that is made.
[[nodiscard]] Result<NamedFile> open_locked(const LockParts& parts, const LockKey& key);
/// The inner part: the length of the name in two bytes, the name, the content. A name leads to no other folder.
[[nodiscard]] Result<NamedFile> read_lock_content(std::string_view bytes);

}  // namespace duibiao
