// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sha256.h"

#include "core/base/sha256_blocks.h"

#include <algorithm>
#include <cstring>

namespace patchlight {

void Sha256::add(std::span<const std::byte> bytes) {
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    m_total += left;
    if (m_buffered > 0) {
        const std::size_t taken = std::min(left, m_buffer.size() - m_buffered);
        std::memcpy(m_buffer.data() + m_buffered, data, taken);
        m_buffered += taken, data += taken, left -= taken;
        if (m_buffered < m_buffer.size()) return;
        detail::addSha256Blocks(m_state, m_buffer.data(), 1);
        m_buffered = 0;
    }
    const std::size_t whole = left / 64;
    detail::addSha256Blocks(m_state, data, whole);
    data += 64 * whole, left -= 64 * whole;
    if (left > 0) std::memcpy(m_buffer.data(), data, left);
    m_buffered = left;
}

void Sha256::add(std::string_view text) {
    add(std::as_bytes(std::span(text.data(), text.size())));
}

std::string Sha256::hex() {
    const std::uint64_t bits = m_total * 8;
    static constexpr std::array<std::byte, 64> padding{std::byte{0x80}};
    add(std::span(padding).first(m_buffered < 56 ? 56 - m_buffered : 120 - m_buffered));
    std::array<std::byte, 8> length;
    for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<std::byte>(bits >> (56 - 8 * i));
    add(length);
    std::string text;
    for (const std::uint32_t word : m_state)
        for (int shift = 28; shift >= 0; shift -= 4) text += "0123456789abcdef"[word >> shift & 0xF];
    return text;
}

} // namespace patchlight
