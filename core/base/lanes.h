// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/vector_path.h"

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

/// Vectors of doubles for inner loops that must stay in registers, where a compiler left to itself goes through memory.
/// Each lane does what a plain double would. A compiler without vector types takes `double` as a vector of one lane.
namespace patchlight::detail {

#if PATCHLIGHT_HAS_VECTOR_COPIES
using Lanes8 = double __attribute__((vector_size(64)));
using Lanes4 = double __attribute__((vector_size(32)));
using Lanes2 = double __attribute__((vector_size(16)));
template <class V> struct BitsOf;
template <> struct BitsOf<Lanes8> { using Type = std::uint64_t __attribute__((vector_size(64))); };
template <> struct BitsOf<Lanes4> { using Type = std::uint64_t __attribute__((vector_size(32))); };
template <> struct BitsOf<Lanes2> { using Type = std::uint64_t __attribute__((vector_size(16))); };
#endif

template <class V> inline constexpr std::size_t lanesOf = sizeof(V) / sizeof(double);

template <class V> PATCHLIGHT_INLINE V broadcast(double value) {
    return V{} + value;
}
template <class V> PATCHLIGHT_INLINE double lane(const V& v, std::size_t i) {
    if constexpr (std::is_same_v<V, double>)
        return v;
    else
        return v[i];
}
template <class V> PATCHLIGHT_INLINE void setLane(V& v, std::size_t i, double value) {
    if constexpr (std::is_same_v<V, double>)
        v = value;
    else
        v[i] = value;
}
template <class V> PATCHLIGHT_INLINE V loaded(const double* from) {
    V v;
    std::memcpy(&v, from, sizeof(V));
    return v;
}
template <class V> PATCHLIGHT_INLINE void store(const V& v, double* to) {
    std::memcpy(to, &v, sizeof(V));
}
template <class V> PATCHLIGHT_INLINE V atLeastZero(V v) {
    return v > 0.0 ? v : V{};
}
/// `yes` where a < b, else 0.
template <class V> PATCHLIGHT_INLINE V whereBelow(V a, V b, V yes) {
    return a < b ? yes : V{};
}
template <class V> PATCHLIGHT_INLINE V rootOf(V v) {
    V root{};
    for (std::size_t i = 0; i < lanesOf<V>; ++i) setLane(root, i, std::sqrt(lane(v, i)));
    return root;
}

/// exp(-x) for x in [0, 700], relative error under 1e-15: exp(-x) = 2^k e^r with |r| <= log(2)/2 by its Taylor series
/// to the 13th power. The same operations in each lane, so that no platform's library decides a digit.
template <class V> PATCHLIGHT_INLINE V expOfMinus(V x) {
    constexpr double shift = 0x1.8p52, perLog2 = 1.4426950408889634;
    constexpr double log2High = 0x1.62e42fefa3800p-1, log2Low = 0x1.ef35793c76730p-45;
    constexpr double series[] = {
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
        1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1.0,         1.0};
    const V shifted = shift - x * perLog2, k = shifted - shift; // the nearest whole number
    const V r = (-x - k * log2High) - k * log2Low;
    V sum = broadcast<V>(series[0]);
    for (std::size_t i = 1; i < sizeof(series) / sizeof(series[0]); ++i) sum = sum * r + series[i];
    // The whole number stands in the low bits of the shifted one; moved up it is an exponent.
    if constexpr (std::is_same_v<V, double>) {
        return std::bit_cast<double>(std::bit_cast<std::uint64_t>(sum) + (std::bit_cast<std::uint64_t>(shifted) << 52));
    } else {
#if PATCHLIGHT_HAS_VECTOR_COPIES
        using Bits = typename BitsOf<V>::Type;
        return reinterpret_cast<V>(reinterpret_cast<Bits>(sum) + (reinterpret_cast<Bits>(shifted) << 52));
#endif
    }
}

} // namespace patchlight::detail
