// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

/// Numbers as bytes in a stated order, whatever the machine's.
namespace patchlight::store {

namespace detail {

template <class T, bool Swap> T readAs(const std::byte* at) {
    std::array<std::byte, sizeof(T)> bytes;
    std::memcpy(bytes.data(), at, sizeof(T));
    if constexpr (Swap) std::reverse(bytes.begin(), bytes.end());
    return std::bit_cast<T>(bytes);
}

template <class T, bool Swap> void writeAs(std::byte* at, T value) {
    auto bytes = std::bit_cast<std::array<std::byte, sizeof(T)>>(value);
    if constexpr (Swap) std::reverse(bytes.begin(), bytes.end());
    std::memcpy(at, bytes.data(), sizeof(T));
}

inline constexpr bool isBig = std::endian::native == std::endian::big;

} // namespace detail

template <class T> [[nodiscard]] T readLittle(const std::byte* at) {
    return detail::readAs<T, detail::isBig>(at);
}
template <class T> [[nodiscard]] T readBig(const std::byte* at) {
    return detail::readAs<T, !detail::isBig>(at);
}
template <class T> void writeLittle(std::byte* at, T value) {
    detail::writeAs<T, detail::isBig>(at, value);
}
template <class T> void writeBig(std::byte* at, T value) {
    detail::writeAs<T, !detail::isBig>(at, value);
}

} // namespace patchlight::store
