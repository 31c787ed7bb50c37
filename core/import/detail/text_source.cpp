// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/text_source.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace patchlight::detail {

namespace {

constexpr std::size_t pieceBytes = std::size_t{1} << 18;

/// 0x80 to 0x9F of Windows-1252; 0: not in it. source: Unicode's CP1252.TXT
constexpr std::array<std::uint16_t, 32> windows1252{0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool isHigh(char c) {
    return static_cast<unsigned char>(c) >= 0x80;
}

bool inWindows1252(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 || byte >= 0xA0 || windows1252[byte - 0x80] != 0;
}

/// How a text with high bytes looks as UTF-8; `cut`: bytes at its end that may be the start of a character.
struct Utf8Look {
    std::size_t characters = 0, bad = 0, cut = 0;
};
Utf8Look lookAtUtf8(std::string_view text) {
    Utf8Look look;
    for (std::size_t at = 0; at < text.size();) {
        if (!isHigh(text[at])) {
            ++at;
            continue;
        }
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (at + length > text.size() && lead >= 0xC2 && lead <= 0xF4 &&
            std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1, text.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; })) {
            look.cut = text.size() - at;
            break;
        }
        if (!firstInvalidUtf8(text.substr(at, length))) {
            ++look.characters;
            at += std::min(length, text.size() - at);
        } else {
            ++look.bad;
            ++at;
        }
    }
    return look;
}

} // namespace

std::string_view encodingName(TextEncoding encoding) {
    switch (encoding) {
    case TextEncoding::utf8:
        return "UTF-8";
    case TextEncoding::utf16LittleEndian:
        return "UTF-16 (little-endian)";
    case TextEncoding::utf16BigEndian:
        return "UTF-16 (big-endian)";
    case TextEncoding::windows1252:
        return "Windows-1252";
    }
    return "";
}

bool hasHighByte(std::string_view text) {
    std::uint64_t all = 0; // eight bytes at a time
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        all |= word;
    }
    for (; at < text.size(); ++at) all |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at])) & 0x80u;
    return (all & 0x8080808080808080u) != 0;
}

void appendUtf8(std::string& text, std::uint32_t c) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) return put(c);
    if (c < 0x800) {
        put(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            put(0xE0 | c >> 12);
        } else {
            put(0xF0 | c >> 18);
            put(0x80 | (c >> 12 & 0x3F));
        }
        put(0x80 | (c >> 6 & 0x3F));
    }
    put(0x80 | (c & 0x3F));
}

Expected<std::size_t> TextSource::readSource(std::span<char> into) {
    const auto got = m_source.read(into);
    if (!got) return fail(got.error());
    m_sum.add(std::string_view(into.data(), *got));
    m_bytesRead += *got;
    m_atEnd = *got == 0;
    return *got;
}

/// Reads a piece behind what is left of the last one.
Expected<void> TextSource::fill() {
    const std::size_t old = m_raw.size();
    m_raw.resize(old + pieceBytes);
    std::size_t filled = old;
    while (filled < m_raw.size() && !m_atEnd) {
        const auto got = readSource(std::span(m_raw).subspan(filled));
        if (!got) return fail(got.error());
        filled += *got;
    }
    m_raw.resize(filled);
    return {};
}

/// By the byte order mark.
void TextSource::decide() {
    m_begun = true;
    const std::string_view raw = m_raw;
    if (raw.starts_with("\xFF\xFE"))
        m_encoding = TextEncoding::utf16LittleEndian;
    else if (raw.starts_with("\xFE\xFF"))
        m_encoding = TextEncoding::utf16BigEndian;
    m_decided = m_encoding != TextEncoding::utf8 || raw.starts_with("\xEF\xBB\xBF");
    if (m_encoding != TextEncoding::utf8) m_raw.erase(0, 2);
}

/// Plain letters so far: the same bytes in UTF-8 and in Windows-1252.
void TextSource::takeUndecided() {
    if (!hasHighByte(m_raw)) {
        m_out.swap(m_raw);
        m_raw.clear();
        return;
    }
    Utf8Look look = lookAtUtf8(m_raw);
    if (m_atEnd && look.cut > 0) ++look.bad, look.cut = 0;
    if (look.characters == 0 && look.bad == 0) { // one character, cut by the end of the piece
        m_out.assign(m_raw, 0, m_raw.size() - look.cut);
        m_raw.erase(0, m_out.size());
        return;
    }
    m_decided = true;
    if (look.characters == 0 && std::all_of(m_raw.begin(), m_raw.end(), inWindows1252))
        m_encoding = TextEncoding::windows1252;
}

Expected<void> TextSource::takeUtf16() {
    const bool little = m_encoding == TextEncoding::utf16LittleEndian;
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(m_raw[at]), second = static_cast<unsigned char>(m_raw[at + 1]);
        return static_cast<std::uint32_t>(little ? first | second << 8 : first << 8 | second);
    };
    const auto half = [&] {
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} is {} and holds half a character near byte {}; the file is damaged or cut short, "
                                "get it again.",
                                m_source.name, encodingName(m_encoding), m_bytesRead),
                    m_source.name);
    };
    std::size_t at = 0;
    while (at + 2 <= m_raw.size()) {
        std::uint32_t c = unit(at);
        if (c >= 0xDC00 && c < 0xE000) return half();
        if (c >= 0xD800 && c < 0xDC00) {
            if (at + 4 > m_raw.size()) break;
            const std::uint32_t low = unit(at + 2);
            if (low < 0xDC00 || low >= 0xE000) return half();
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        appendUtf8(m_out, c);
        at += 2;
    }
    m_raw.erase(0, at);
    if (m_atEnd && !m_raw.empty()) return half();
    return {};
}

Expected<void> TextSource::takeWindows1252() {
    for (const char c : m_raw) {
        const auto byte = static_cast<unsigned char>(c);
        if (!inWindows1252(c))
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} is neither UTF-8 nor Windows-1252: it holds the byte 0x{:02X}; save it as CSV "
                                    "in UTF-8 and import again.",
                                    m_source.name, byte),
                        m_source.name);
        appendUtf8(m_out, byte >= 0x80 && byte < 0xA0 ? windows1252[byte - 0x80] : byte);
    }
    m_raw.clear();
    return {};
}

Expected<std::size_t> TextSource::read(std::span<char> into) {
    while (m_outAt == m_out.size()) {
        if (m_decided && m_encoding == TextEncoding::utf8 && m_raw.empty()) return readSource(into);
        m_out.clear();
        m_outAt = 0;
        if (!(m_decided && m_encoding == TextEncoding::utf8)) {
            if (m_atEnd && m_raw.empty()) return std::size_t{0};
            if (const auto filled = fill(); !filled) return fail(filled.error());
        }
        if (!m_begun) decide();
        if (!m_decided) takeUndecided();
        if (!m_decided) continue;
        Expected<void> taken;
        if (m_encoding == TextEncoding::utf8) {
            m_out.swap(m_raw);
            m_raw.clear();
        } else if (m_encoding == TextEncoding::windows1252) {
            taken = takeWindows1252();
        } else {
            taken = takeUtf16();
        }
        if (!taken) return fail(taken.error());
        if (m_out.empty() && m_atEnd) return std::size_t{0};
    }
    const std::size_t count = m_out.copy(into.data(), into.size(), m_outAt);
    m_outAt += count;
    return count;
}

} // namespace patchlight::detail
