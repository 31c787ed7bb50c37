// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sha256.h"
#include "core/import/records.h"

namespace patchlight::detail {

enum class TextEncoding { utf8, utf16LittleEndian, utf16BigEndian, windows1252 };
[[nodiscard]] std::string_view encodingName(TextEncoding encoding); ///< "Windows-1252"

/// Bytes of text in whatever encoding in, UTF-8 out, and the sum of what came in. UTF-16 is known by its byte order
/// mark. Without a mark the first 256 kB that hold a byte above 127 decide: all of it UTF-8, or no character of it and
/// every byte one of Windows-1252. Anything else is handed on as it is, for the reader to refuse with row and column.
///
/// errors  what the source gives; fileFormat (half a character of UTF-16; a byte that Windows-1252 does not have behind
///         the part that decided)
/// cost    one pass; UTF-8 without a copy once it is decided
class TextSource {
public:
    /// The source must outlive it.
    explicit TextSource(ExtractSource& source) : m_source{source} {}
    /// Fills the buffer; returns how many bytes, 0 at the end.
    [[nodiscard]] Expected<std::size_t> read(std::span<char> into);
    [[nodiscard]] TextEncoding encoding() const { return m_encoding; }
    [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead; } ///< of the source
    [[nodiscard]] std::string sum() { return m_sum.hex(); }               ///< of the source's bytes, once all are read

private:
    [[nodiscard]] Expected<std::size_t> readSource(std::span<char> into);
    [[nodiscard]] Expected<void> fill();
    void decide();
    void takeUndecided();
    [[nodiscard]] Expected<void> takeUtf16();
    [[nodiscard]] Expected<void> takeWindows1252();

    ExtractSource& m_source;
    Sha256 m_sum;
    std::uint64_t m_bytesRead = 0;
    TextEncoding m_encoding = TextEncoding::utf8;
    bool m_begun = false, m_decided = false, m_atEnd = false;
    std::string m_raw; ///< read and not yet converted
    std::string m_out; ///< converted
    std::size_t m_outAt = 0;
};

/// True if a byte is above 127, so that the text is not the same in every encoding.
[[nodiscard]] bool hasHighByte(std::string_view text);
/// Appends a code point as UTF-8.
void appendUtf8(std::string& text, std::uint32_t codePoint);

} // namespace patchlight::detail
