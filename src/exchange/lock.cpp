#include "exchange/lock.hpp"

#include <mbedtls/gcm.h>
#include <mbedtls/md.h>
#include <mbedtls/platform_util.h>

#include <algorithm>

#include "core/limits.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::string_view start = "DBLOCK";
constexpr char version = '1';
constexpr std::size_t start_bytes = 8;  // "DBLOCK1\n"
constexpr std::size_t rounds_bytes = 4;
constexpr std::size_t salt_bytes = 16;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t header_bytes = start_bytes + rounds_bytes + salt_bytes + nonce_bytes;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t key_bytes = 32;  // as many as SHA-256 has: the key is one block of PBKDF2
constexpr std::size_t name_length_bytes = 2;
constexpr std::size_t most_name_bytes = 1000;
static_assert(salt_bytes + nonce_bytes == std::tuple_size_v<LockSeed>);

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string big_endian(std::uint32_t number, std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = size; i > 0; --i, number >>= 8U) bytes[i - 1] = static_cast<char>(number & 0xFFU);
    return bytes;
}

std::uint32_t read_big_endian(std::string_view bytes) {
    std::uint32_t number = 0;
    for (const char c : bytes) number = number << 8U | static_cast<unsigned char>(c);
    return number;
}

/// AES-256 in Galois/counter mode.
class Cipher {
public:
    explicit Cipher(std::string_view key) {
        constexpr unsigned key_bits = 8 * key_bytes;
        mbedtls_gcm_init(&context_);
        works_ = key.size() == key_bytes &&
                 mbedtls_gcm_setkey(&context_, MBEDTLS_CIPHER_ID_AES, bytes_of(key), key_bits) == 0;
    }
    ~Cipher() { mbedtls_gcm_free(&context_); }
    Cipher(const Cipher&) = delete;
    Cipher& operator=(const Cipher&) = delete;

    /// What comes out, and behind it the tag; nothing when the library failed.
    std::string seal(std::string_view header, std::string_view nonce, std::string_view plain) {
        std::string out(plain.size() + tag_bytes, '\0');
        const bool done =
            works_ && mbedtls_gcm_crypt_and_tag(&context_, MBEDTLS_GCM_ENCRYPT, plain.size(), bytes_of(nonce),
                                                nonce.size(), bytes_of(header), header.size(), bytes_of(plain),
                                                bytes_of(out), tag_bytes, bytes_of(out) + plain.size()) == 0;
        return done ? out : std::string();
    }

    bool open(const LockParts& parts, std::string& plain) {
        plain.resize(parts.sealed.size());
        return works_ &&
               mbedtls_gcm_auth_decrypt(&context_, parts.sealed.size(), bytes_of(parts.nonce), parts.nonce.size(),
                                        bytes_of(parts.header), parts.header.size(), bytes_of(parts.tag),
                                        parts.tag.size(), bytes_of(parts.sealed), bytes_of(plain)) == 0;
    }

private:
    mbedtls_gcm_context context_;
    bool works_ = false;
};

tl::unexpected<Error> too_large() {
    return fail("file-large", {}, {{"limit", std::to_string(limits::report_bytes >> 20U) + " MiB"}});
}

}  // namespace

// --- The key ------------------------------------------------------------------------------------------------------

struct LockKey::Making {
    using Block = std::array<unsigned char, key_bytes>;
    mbedtls_md_context_t hash{};
    Block last{};
    Block sum{};
    std::uint32_t done = 0;
    std::uint32_t rounds = 0;
    bool works = false;

    Making() { mbedtls_md_init(&hash); }
    ~Making() {
        mbedtls_md_free(&hash);
        mbedtls_platform_zeroize(last.data(), last.size());
        mbedtls_platform_zeroize(sum.data(), sum.size());
    }
    Making(const Making&) = delete;
    Making& operator=(const Making&) = delete;

    /// The next one is the HMAC of the one before; the key is all of them added without carrying.
    void round(std::string_view text) {
        works = works && mbedtls_md_hmac_reset(&hash) == 0 &&
                mbedtls_md_hmac_update(&hash, bytes_of(text), text.size()) == 0 &&
                mbedtls_md_hmac_finish(&hash, last.data()) == 0;
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] ^= last[i];
        ++done;
    }
};

LockKey::LockKey(std::string_view password, std::string_view salt, std::uint32_t rounds)
    : making_(std::make_unique<Making>()) {
    making_->rounds = std::max(rounds, std::uint32_t{1});
    making_->works = mbedtls_md_setup(&making_->hash, mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), 1) == 0 &&
                     mbedtls_md_hmac_starts(&making_->hash, bytes_of(password), password.size()) == 0;
    making_->round(std::string(salt) + big_endian(1, sizeof(std::uint32_t)));
}
LockKey::~LockKey() = default;
LockKey::LockKey(LockKey&&) noexcept = default;
LockKey& LockKey::operator=(LockKey&&) noexcept = default;

void LockKey::work(std::uint32_t rounds) {
    const std::string_view last(reinterpret_cast<const char*>(making_->last.data()), making_->last.size());
    const std::uint32_t end = making_->done + std::min(rounds, making_->rounds - making_->done);
    while (making_->done < end) making_->round(last);
}

bool LockKey::is_made() const { return making_->done == making_->rounds; }

int LockKey::percent() const {
    constexpr std::uint64_t whole = 100;
    return static_cast<int>(whole * making_->done / making_->rounds);
}

std::string_view LockKey::bytes() const {
    if (!is_made() || !making_->works) return {};
    return {reinterpret_cast<const char*>(making_->sum.data()), making_->sum.size()};
}

namespace {

LockKey made_key(std::string_view password, std::string_view salt, std::uint32_t rounds,
                 const LockProgress& progress = {}) {
    LockKey key(password, salt, rounds);
    while (!key.is_made()) {
        key.work(lock::step_rounds);
        if (progress) progress(key.percent());
    }
    return key;
}

}  // namespace

// --- The file -----------------------------------------------------------------------------------------------------

bool is_locked(std::string_view bytes) {
    return bytes.size() >= start_bytes && bytes.starts_with(start) && bytes[start_bytes - 1] == '\n';
}

std::string locked_name(std::string_view name) { return std::string(name) + "." + std::string(lock::extension); }

Done check_new_password(std::string_view password) {
    if (password.size() > lock::most_password_bytes)
        return fail("password-long", {}, {{"limit", static_cast<std::int64_t>(lock::most_password_bytes)}});
    if (count_characters(password) < lock::fewest_characters)
        return fail("password-short", {}, {{"fewest", static_cast<std::int64_t>(lock::fewest_characters)}});
    return {};
}

Result<std::string> lock_file(const NamedFile& file, std::string_view password, const LockSeed& seed) {
    if (const Done done = check_new_password(password); !done) return tl::unexpected(done.error());
    if (file.content.size() > limits::backup_bytes) return too_large();
    const std::string name = file.name.substr(0, utf8_prefix(std::string_view(file.name).substr(0, most_name_bytes)));
    const std::string_view random(reinterpret_cast<const char*>(seed.data()), seed.size());
    const std::string header =
        std::string(start) + version + "\n" + big_endian(lock::rounds, rounds_bytes) + std::string(random);
    const std::string plain =
        big_endian(static_cast<std::uint32_t>(name.size()), name_length_bytes) + name + file.content;
    const LockKey key = made_key(password, random.substr(0, salt_bytes), lock::rounds);
    Cipher cipher(key.bytes());
    const std::string sealed = cipher.seal(header, random.substr(salt_bytes), plain);
    if (sealed.empty()) return fail("lock-broken");
    return header + sealed;
}

Result<LockParts> read_lock(std::string_view bytes) {
    if (!is_locked(bytes)) return fail("lock-none");
    if (bytes[start.size()] != version) return fail("lock-version");
    if (bytes.size() < header_bytes + name_length_bytes + tag_bytes || bytes.size() > lock::most_bytes)
        return fail("lock-broken");
    LockParts parts;
    parts.header = bytes.substr(0, header_bytes);
    parts.rounds = read_big_endian(bytes.substr(start_bytes, rounds_bytes));
    parts.salt = bytes.substr(start_bytes + rounds_bytes, salt_bytes);
    parts.nonce = bytes.substr(start_bytes + rounds_bytes + salt_bytes, nonce_bytes);
    parts.sealed = bytes.substr(header_bytes, bytes.size() - header_bytes - tag_bytes);
    parts.tag = bytes.substr(bytes.size() - tag_bytes);
    if (parts.rounds < lock::rounds) return fail("lock-broken");
    if (parts.rounds > lock::most_rounds) {
        return fail("lock-rounds", {},
                    {{"rounds", std::int64_t{parts.rounds}}, {"limit", std::int64_t{lock::most_rounds}}});
    }
    return parts;
}

Result<NamedFile> read_lock_content(std::string_view bytes) {
    if (bytes.size() < name_length_bytes) return fail("lock-broken");
    const std::size_t length = read_big_endian(bytes.substr(0, name_length_bytes));
    if (length > most_name_bytes || bytes.size() - name_length_bytes < length) return fail("lock-broken");
    std::string name(bytes.substr(name_length_bytes, length));
    if (name.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos || utf8_prefix(name) != name.size())
        return fail("lock-broken");
    return NamedFile{std::move(name), std::string(bytes.substr(name_length_bytes + length))};
}

Result<NamedFile> open_locked(const LockParts& parts, const LockKey& key) {
    std::string plain;
    Cipher cipher(key.bytes());
    if (!cipher.open(parts, plain)) return fail("lock-password");
    return read_lock_content(plain);
}

Result<NamedFile> open_locked(std::string_view bytes, std::string_view password, const LockProgress& progress) {
    const Result<LockParts> parts = read_lock(bytes);
    if (!parts) return tl::unexpected(parts.error());
    if (password.empty() || password.size() > lock::most_password_bytes) return fail("lock-password");
    return open_locked(*parts, made_key(password, parts->salt, parts->rounds, progress));
}

}  // namespace duibiao
