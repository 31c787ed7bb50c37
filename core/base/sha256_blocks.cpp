// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256_blocks.h"

#include <bit>

#if defined(__x86_64__) || defined(_M_X64)
#define PATCHLIGHT_SHA_INSTRUCTIONS
#include <immintrin.h>
#ifdef _MSC_VER
#include <intrin.h>
#define PATCHLIGHT_SHA_TARGET
#else
#include <cpuid.h>
#define PATCHLIGHT_SHA_TARGET __attribute__((target("sha,sse4.1,ssse3")))
#endif
#endif

namespace patchlight::detail {

namespace {

#ifdef PATCHLIGHT_SHA_INSTRUCTIONS

bool hasShaInstructions() {
#ifdef _MSC_VER
    int leaf1[4], leaf7[4];
    __cpuidex(leaf1, 1, 0);
    __cpuidex(leaf7, 7, 0);
    const unsigned ecx = static_cast<unsigned>(leaf1[2]), ebx = static_cast<unsigned>(leaf7[1]);
#else
    unsigned a = 0, ebx1 = 0, ecx = 0, d = 0, ebx = 0, c = 0;
    if (!__get_cpuid(1, &a, &ebx1, &ecx, &d) || !__get_cpuid_count(7, 0, &a, &ebx, &c, &d)) return false;
#endif
    constexpr unsigned ssse3 = 1u << 9, sse41 = 1u << 19, sha = 1u << 29;
    return (ecx & ssse3) != 0 && (ecx & sse41) != 0 && (ebx & sha) != 0;
}

/// Intel, "Intel SHA Extensions" (2013): the state lies as ABEF and CDGH, and a step of four rounds is two
/// instructions; the schedule's next four words come from the last sixteen.
PATCHLIGHT_SHA_TARGET void addByInstructions(Sha256State& state, const std::uint8_t* bytes, std::size_t count) {
    const __m128i bigEndian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    auto* const words = reinterpret_cast<__m128i*>(state.data());
    const __m128i dcba = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xB1);     // CDAB
    const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1B); // EFGH
    __m128i abef = _mm_alignr_epi8(dcba, hgfe, 8);
    __m128i cdgh = _mm_blend_epi16(hgfe, dcba, 0xF0);
    for (; count > 0; --count, bytes += 64) {
        const __m128i abefBefore = abef, cdghBefore = cdgh;
        __m128i schedule[4];
        for (int i = 0; i < 4; ++i)
            schedule[i] = _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes) + i), bigEndian);
        for (std::size_t step = 0; step < 16; ++step) {
            __m128i& now = schedule[step % 4];
            if (step >= 4) {
                const __m128i before = schedule[(step + 3) % 4], twoBefore = schedule[(step + 2) % 4];
                now = _mm_sha256msg1_epu32(now, schedule[(step + 1) % 4]);
                now = _mm_add_epi32(now, _mm_alignr_epi8(before, twoBefore, 4));
                now = _mm_sha256msg2_epu32(now, before);
            }
            const __m128i constants =
                _mm_loadu_si128(reinterpret_cast<const __m128i*>(sha256Constants.data() + 4 * step));
            const __m128i sum = _mm_add_epi32(now, constants);
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
        }
        abef = _mm_add_epi32(abef, abefBefore);
        cdgh = _mm_add_epi32(cdgh, cdghBefore);
    }
    const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
    const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128(words + 1, _mm_alignr_epi8(dchg, feba, 8));
}

#endif

} // namespace

void addSha256BlocksPlainly(Sha256State& state, const std::uint8_t* bytes, std::size_t count) {
    for (; count > 0; --count, bytes += 64) {
        std::array<std::uint32_t, 64> w;
        for (std::size_t i = 0; i < 16; ++i)
            w[i] = static_cast<std::uint32_t>(bytes[4 * i]) << 24 | static_cast<std::uint32_t>(bytes[4 * i + 1]) << 16 |
                   static_cast<std::uint32_t>(bytes[4 * i + 2]) << 8 | bytes[4 * i + 3];
        for (std::size_t i = 16; i < 64; ++i) {
            const std::uint32_t s0 = std::rotr(w[i - 15], 7) ^ std::rotr(w[i - 15], 18) ^ (w[i - 15] >> 3);
            const std::uint32_t s1 = std::rotr(w[i - 2], 17) ^ std::rotr(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        auto [a, b, c, d, e, f, g, h] = state;
        for (std::size_t i = 0; i < 64; ++i) {
            const std::uint32_t s1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
            const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + sha256Constants[i] + w[i];
            const std::uint32_t s0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
            const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
        }
        const Sha256State added{a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
    }
}

void addSha256Blocks(Sha256State& state, const std::uint8_t* bytes, std::size_t count) {
#ifdef PATCHLIGHT_SHA_INSTRUCTIONS
    static const bool instructions = hasShaInstructions();
    if (instructions) return addByInstructions(state, bytes, count);
#endif
    addSha256BlocksPlainly(state, bytes, count);
}

} // namespace patchlight::detail
