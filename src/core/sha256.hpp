// SHA-256 (FIPS 180-4) and RFC 4648 base32.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace duibiao {

using Digest = std::array<std::uint8_t, 32>;

/// Over what is added, one piece after the other.
class Sha256 {
public:
    void add(std::string_view bytes);
    [[nodiscard]] Digest digest() const;

private:
    /// FIPS 180-4, 5.3.3.
    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> block_{};  ///< its first bytes, as many as are left over
    std::uint64_t size_ = 0;                ///< of all that was added
};

[[nodiscard]] Digest sha256(std::string_view bytes);
/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const Digest& digest);
/// The first `characters` (at most 52) of the digest's base32 form (A–Z, 2–7).
[[nodiscard]] std::string base32_prefix(const Digest& digest, std::size_t characters);

}  // namespace duibiao
