#include "core/sha256_instructions.hpp"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

namespace duibiao::sha256_instructions {
namespace {

#define DUIBIAO_SHA __attribute__((target("sha,sse4.1")))

/// The two halves of the state as the instructions want them: ABEF and CDGH.
struct Halves {
    __m128i abef;
    __m128i cdgh;
};

DUIBIAO_SHA Halves load(const State& state) {
    const __m128i dcba = _mm_loadu_si128(reinterpret_cast<const __m128i*>(state.data()));
    const __m128i hgfe = _mm_loadu_si128(reinterpret_cast<const __m128i*>(state.data() + 4));
    const __m128i cdab = _mm_shuffle_epi32(dcba, 0xB1);
    const __m128i efgh = _mm_shuffle_epi32(hgfe, 0x1B);
    return {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xF0)};
}

DUIBIAO_SHA void store(State& state, Halves halves) {
    const __m128i feba = _mm_shuffle_epi32(halves.abef, 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(halves.cdgh, 0xB1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data()), _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data() + 4), _mm_alignr_epi8(dchg, feba, 8));
}

/// Sixty-four rounds, four at a time; `words` holds the last sixteen words of the schedule.
DUIBIAO_SHA Halves block_rounds(Halves halves, const std::uint8_t* bytes) {
    const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    std::array<__m128i, 4> words;
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + i), swap);
#pragma GCC unroll 16
    for (std::size_t i = 0; i < 16; ++i) {
        const __m128i now = words[i % 4];
        const auto* constants = reinterpret_cast<const __m128i*>(round_constants.data());
        const __m128i added = _mm_add_epi32(now, _mm_load_si128(constants + i));
        halves.cdgh = _mm_sha256rnds2_epu32(halves.cdgh, halves.abef, added);
        halves.abef = _mm_sha256rnds2_epu32(halves.abef, halves.cdgh, _mm_shuffle_epi32(added, 0x0E));
        const __m128i last = words[(i + 3) % 4];
        const __m128i partly =
            _mm_add_epi32(_mm_sha256msg1_epu32(now, words[(i + 1) % 4]), _mm_alignr_epi8(last, words[(i + 2) % 4], 4));
        words[i % 4] = _mm_sha256msg2_epu32(partly, last);
    }
    return halves;
}

bool ask_processor() {
    unsigned a = 0;
    unsigned b = 0;
    unsigned c = 0;
    unsigned d = 0;
    constexpr unsigned sse41_and_ssse3 = 1U << 19U | 1U << 9U;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & sse41_and_ssse3) != sse41_and_ssse3) return false;
    constexpr unsigned sha = 1U << 29U;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & sha) != 0;
}

}  // namespace

bool are_there() {
    static const bool answer = ask_processor();
    return answer;
}

DUIBIAO_SHA void compress(State& state, const std::uint8_t* bytes, std::size_t blocks) {
    constexpr std::size_t block_bytes = 64;
    Halves halves = load(state);
    for (; blocks > 0; --blocks, bytes += block_bytes) {
        const Halves before = halves;
        halves = block_rounds(halves, bytes);
        halves.abef = _mm_add_epi32(halves.abef, before.abef);
        halves.cdgh = _mm_add_epi32(halves.cdgh, before.cdgh);
    }
    store(state, halves);
}

}  // namespace duibiao::sha256_instructions

#endif
