// SHA-256 (FIPS 180-4) and RFC 4648 base32.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace duibiao {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(std::string_view bytes);
/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const Digest& digest);
/// The first `characters` (at most 51) of the digest's base32 form (A–Z, 2–7).
[[nodiscard]] std::string base32_prefix(const Digest& digest, std::size_t characters);

}  // namespace duibiao
