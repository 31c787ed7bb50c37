// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/csv_reader.h"
#include "core/import/detail/findings.h"
#include "core/import/detail/text_source.h"

#include <memory>
#include <optional>

namespace patchlight::detail {

/// The records of an extract in whatever format, with the sum that tells whether they were imported before: over the
/// bytes of CSV text, over the fields of other formats (a workbook that is only saved again has other bytes). A total
/// below the last record is taken off.
class RecordInput {
public:
    struct Csv;
    RecordInput(std::unique_ptr<Csv> csv, std::vector<std::string> header);
    explicit RecordInput(RecordStream stream);
    ~RecordInput();
    RecordInput(RecordInput&&) noexcept;
    RecordInput& operator=(RecordInput&&) noexcept;

    [[nodiscard]] const std::vector<std::string>& header() const { return m_header; }
    [[nodiscard]] char separator() const;
    [[nodiscard]] std::uint64_t bytesRead() const; ///< of the source; 0 where there are only records
    [[nodiscard]] const RecordStream* stream() const { return m_csv ? nullptr : &m_stream; }
    /// Fills the block with the next records; false at the end.
    [[nodiscard]] Expected<bool> next(RecordBlock& block);
    [[nodiscard]] std::string sum(); ///< after the last record
    /// What was noticed about the file and its lines, after the last record.
    [[nodiscard]] FindingLog findings() const;
    [[nodiscard]] std::size_t totals() const { return m_findings.count(FindingKind::totalRow); }

private:
    [[nodiscard]] Expected<bool> nextBlock(RecordBlock& block);
    [[nodiscard]] Expected<bool> withoutTotal(RecordBlock& block);

    std::unique_ptr<Csv> m_csv; ///< null: the stream
    std::unique_ptr<Sha256> m_sum;
    RecordStream m_stream;
    std::vector<std::string> m_header;
    std::optional<RecordBlock> m_held; ///< read to see whether the block before was the last
    FindingLog m_findings;
};

/// `header`: the names of a CSV file that begins with data. The source must outlive it.
/// errors: as CsvReader::header, TextSource and RecordStream; fileFormat (names for a format that has its own)
[[nodiscard]] Expected<RecordInput> openRecords(ExtractSource& source,
                                                const std::optional<std::vector<std::string>>& header = {},
                                                std::size_t blockBytes = std::size_t{1} << 20);

} // namespace patchlight::detail
