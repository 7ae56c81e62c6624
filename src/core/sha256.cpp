#include "core/sha256.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "core/sha256_instructions.hpp"

namespace duibiao {
namespace {

using Block = std::array<std::uint8_t, 64>;
using State = std::array<std::uint32_t, 8>;

using sha256_instructions::round_constants;

/// One round of FIPS 180-4, 6.2.2. Who calls renames the working variables instead of moving them, which only pays
/// where no call is left: -Oz would leave it.
[[gnu::always_inline]] inline void round(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t& d,
                                         std::uint32_t e, std::uint32_t f, std::uint32_t g, std::uint32_t& h,
                                         std::uint32_t added) {
    const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
    const std::uint32_t t1 = h + s1 + (g ^ (e & (f ^ g))) + added;
    const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
    d += t1;
    h = t1 + s0 + ((a & b) | (c & (a | b)));
}

/// FIPS 180-4, 6.2.2, over the 64 bytes at `bytes`. Reports are hashed by the ten megabytes.
void compress_block(State& state, const std::uint8_t* bytes) {
    std::array<std::uint32_t, 64> w;
    for (std::size_t t = 0; t < 16; ++t) {
        w[t] = std::uint32_t{bytes[4 * t]} << 24 | std::uint32_t{bytes[4 * t + 1]} << 16 |
               std::uint32_t{bytes[4 * t + 2]} << 8 | std::uint32_t{bytes[4 * t + 3]};
    }
    for (std::size_t t = 16; t < 64; ++t) {
        const std::uint32_t s0 = std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ (w[t - 15] >> 3);
        const std::uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ (w[t - 2] >> 10);
        w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t t = 0; t < 64; t += 8) {
        const auto added = [&w, t](std::size_t i) { return round_constants[t + i] + w[t + i]; };
        round(a, b, c, d, e, f, g, h, added(0));
        round(h, a, b, c, d, e, f, g, added(1));
        round(g, h, a, b, c, d, e, f, added(2));
        round(f, g, h, a, b, c, d, e, added(3));
        round(e, f, g, h, a, b, c, d, added(4));
        round(d, e, f, g, h, a, b, c, added(5));
        round(c, d, e, f, g, h, a, b, added(6));
        round(b, c, d, e, f, g, h, a, added(7));
    }
    const State worked{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < state.size(); ++i) state[i] += worked[i];
}

void compress(State& state, const std::uint8_t* bytes, std::size_t blocks) {
    if (sha256_instructions::are_there()) return sha256_instructions::compress(state, bytes, blocks);
    for (; blocks > 0; --blocks, bytes += Block{}.size()) compress_block(state, bytes);
}

/// The last one or two blocks: rest of the message, a 1 bit, zeros, and the length in bits (FIPS 180-4, 5.1.1).
void finish(State& state, const std::uint8_t* rest, std::size_t rest_size, std::uint64_t total_bits) {
    Block block{};
    std::copy_n(rest, rest_size, block.begin());
    block[rest_size] = 0x80;
    if (rest_size + 9 > block.size()) {
        compress(state, block.data(), 1);
        block.fill(0);
    }
    for (std::size_t i = 0; i < 8; ++i) {
        block[block.size() - 1 - i] = static_cast<std::uint8_t>(total_bits >> (8 * i));
    }
    compress(state, block.data(), 1);
}

}  // namespace

void Sha256::add(std::string_view bytes) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t size = bytes.size();
    const auto begun = static_cast<std::size_t>(size_ % block_.size());
    size_ += size;
    if (begun > 0) {
        const std::size_t taken = std::min(size, block_.size() - begun);
        std::copy_n(data, taken, block_.begin() + static_cast<std::ptrdiff_t>(begun));
        if (begun + taken < block_.size()) return;
        compress(state_, block_.data(), 1);
        data += taken;
        size -= taken;
    }
    const std::size_t whole = size - size % block_.size();
    compress(state_, data, whole / block_.size());
    std::copy_n(data + whole, size - whole, block_.begin());
}

Digest Sha256::digest() const {
    State state = state_;
    finish(state, block_.data(), static_cast<std::size_t>(size_ % block_.size()), size_ * 8);
    Digest digest;
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
    }
    return digest;
}

Digest sha256(std::string_view bytes) {
    Sha256 hash;
    hash.add(bytes);
    return hash.digest();
}

std::string to_hex(const Digest& digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(digest.size() * 2);
    for (const std::uint8_t byte : digest) {
        hex += digits[byte >> 4];
        hex += digits[byte & 0xF];
    }
    return hex;
}

std::string base32_prefix(const Digest& digest, std::size_t characters) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    constexpr std::size_t whole_characters = 52;  // 256 bits are 51 groups of five and one bit
    std::string text;
    for (std::size_t i = 0; i < std::min(characters, whole_characters); ++i) {
        const std::size_t bit = i * 5;
        const unsigned high = digest[bit / 8];
        const unsigned low = bit / 8 + 1 < digest.size() ? digest[bit / 8 + 1] : 0U;
        text += alphabet[((high << 8 | low) >> (11 - bit % 8)) & 31U];
    }
    return text;
}

}  // namespace duibiao
