// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/csv_reader.h"

#include <memory>

namespace patchlight::detail {

/// The records of an extract in whatever format, with the sum that tells whether they were imported before: over the
/// bytes of CSV text, over the fields of other formats (a workbook that is only saved again has other bytes).
class RecordInput {
public:
    RecordInput(std::unique_ptr<CsvReader> csv, std::unique_ptr<Sha256> sum, std::vector<std::string> header);
    explicit RecordInput(RecordStream stream);

    [[nodiscard]] const std::vector<std::string>& header() const { return m_header; }
    [[nodiscard]] char separator() const { return m_csv ? m_csv->separator() : ','; }
    [[nodiscard]] std::uint64_t bytesRead() const { return m_csv ? m_csv->bytesRead() : 0; }
    [[nodiscard]] const RecordStream* stream() const { return m_csv ? nullptr : &m_stream; }
    /// Fills the block with the next records; false at the end.
    [[nodiscard]] Expected<bool> next(RecordBlock& block);
    [[nodiscard]] std::string sum() const { return m_sum->hex(); } ///< after the last record

private:
    std::unique_ptr<CsvReader> m_csv; ///< null: the stream
    std::unique_ptr<Sha256> m_sum;
    RecordStream m_stream;
    std::vector<std::string> m_header;
};

/// The source must outlive it. errors: as CsvReader::header and RecordStream
[[nodiscard]] Expected<RecordInput> openRecords(ExtractSource& source, std::size_t blockBytes = std::size_t{1} << 20);

} // namespace patchlight::detail
