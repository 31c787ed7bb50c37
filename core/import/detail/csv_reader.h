// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sha256.h"
#include "core/import/records.h"

namespace patchlight::detail {

/// Reads a CSV file in blocks: RFC 4180 quotes, line breaks in quotes, LF, CRLF or CR, UTF-8 with or without a byte
/// order mark; the separator (comma, semicolon or tab) is the one most frequent in the first record. Blank lines are
/// passed over. As spreadsheets do, a quote inside an unquoted field is a quote, and text after a closing quote belongs
/// to the field.
///
/// errors  fileFormat (empty; not UTF-8 with row and column; NUL bytes; a row with another number of fields than the
///         header; a quote that is never closed), and what the source's read gives
/// cost    one pass; memory of about one block, or of the longest record (at most 8 MB)
class CsvReader {
public:
    explicit CsvReader(ExtractSource& source, std::size_t blockBytes = std::size_t{1} << 20);
    /// Every byte read goes into this sum as well; null: none.
    void sumInto(Sha256* sum) { m_sum = sum; }
    /// The first record. To be called once, before next().
    [[nodiscard]] Expected<std::vector<std::string>> header();
    [[nodiscard]] char separator() const { return m_separator; }
    [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead; }
    /// Fills the block with the next records; false at the end of the file.
    [[nodiscard]] Expected<bool> next(RecordBlock& block);

private:
    [[nodiscard]] Expected<void> refill(std::vector<char>& bytes);
    [[nodiscard]] Expected<std::size_t> cutRecords(RecordBlock& block, std::size_t mostRecords);
    [[nodiscard]] Expected<void> checkUtf8(const RecordBlock& block, std::size_t used) const;
    [[nodiscard]] std::string nameOfColumn(std::size_t column) const;
    [[nodiscard]] std::string nameOfRow(std::size_t rowInBlock) const;

    ExtractSource& m_source;
    Sha256* m_sum = nullptr;
    std::size_t m_blockBytes;
    std::vector<char> m_carry; ///< the start of a record whose end is not read yet
    std::vector<std::string> m_header;
    char m_separator = ',';
    bool m_atEnd = false;
    bool m_headerRead = false;
    std::uint32_t m_rows = 0; ///< records given out, header not counted
    std::uint64_t m_bytesRead = 0;
    std::size_t m_fieldsExpected = 0;
};

} // namespace patchlight::detail
