// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/findings.h"
#include "core/import/records.h"

#include <optional>

namespace patchlight::detail {

/// Reads CSV text in blocks: RFC 4180 quotes, line breaks in quotes, LF, CRLF or CR, UTF-8 with or without a byte order
/// mark; separator and header line as `findHeader` finds them. Blank lines are passed over. As spreadsheets do, a quote
/// inside an unquoted field is a quote, and text after a closing quote belongs to the field. A row that ends early gets
/// empty fields and a finding, since spreadsheets leave empty cells at the end of a line out.
///
/// errors  fileFormat (empty; not UTF-8 with row and column; NUL bytes; a row with more fields than the header; a last
///         row cut short; rows cut in two by a line break; from some row on, a quarter of the file or more, all rows
///         with the same lower number of fields; a quote that is never closed), and what the source's read gives
/// cost    one pass; memory of about one block, or of the longest record (at most 8 MB)
class CsvReader {
public:
    explicit CsvReader(ExtractSource& source, std::size_t blockBytes = std::size_t{1} << 20);
    /// The names of the columns: those told, where the file begins with data, else the header line. To be called once,
    /// before next().
    [[nodiscard]] Expected<std::vector<std::string>> header(const std::optional<std::vector<std::string>>& told = {});
    [[nodiscard]] char separator() const { return m_separator; }
    [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead; }
    /// Fills the block with the next records; false at the end of the file.
    [[nodiscard]] Expected<bool> next(RecordBlock& block);
    [[nodiscard]] const FindingLog& findings() const { return m_findings; } ///< about lines

private:
    [[nodiscard]] Expected<void> refill(std::vector<char>& bytes);
    [[nodiscard]] Expected<std::size_t> cutRecords(RecordBlock& block, std::size_t mostRecords);
    [[nodiscard]] Expected<void> checkUtf8(const RecordBlock& block, std::size_t used) const;
    [[nodiscard]] Expected<void> readStart();
    [[nodiscard]] Expected<void> padRow(RecordBlock& block, std::size_t count, bool endsFile);
    [[nodiscard]] Expected<void> checkShortRun() const;
    [[nodiscard]] std::string nameOfColumn(std::size_t column) const;
    [[nodiscard]] std::string nameOfRow(std::size_t rowInBlock) const;

    ExtractSource& m_source;
    std::size_t m_blockBytes;
    std::vector<char> m_carry; ///< the start of a record whose end is not read yet
    std::vector<std::string> m_header;
    char m_separator = ',';
    bool m_atEnd = false;
    bool m_headerRead = false;
    std::uint32_t m_rows = 0; ///< records given out, header not counted
    std::uint64_t m_bytesRead = 0;
    std::size_t m_fieldsExpected = 0;
    struct ShortRun { ///< rows one behind the other with the same number of fields, fewer than the header
        std::uint32_t first = 0, rows = 0;
        std::size_t fields = 0;
    };
    ShortRun m_shortRun;
    FindingLog m_findings;
};

} // namespace patchlight::detail
