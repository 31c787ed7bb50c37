// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Extracts as records of text: what import understands, whatever format they came in.
namespace patchlight {

/// Complete records, cut into fields. The fields are views into `bytes`, so a block is moved, never copied.
struct RecordBlock {
    std::vector<char> bytes;
    std::vector<std::string_view> fields; ///< rows x columns, row-major
    std::size_t rows = 0;
    std::uint32_t firstRow = 0;  ///< number of the first record in the file, header not counted, from 1
    std::uint64_t bytesRead = 0; ///< of the source, so far; where it is not known, records read

    RecordBlock() = default;
    RecordBlock(RecordBlock&&) noexcept = default;
    RecordBlock& operator=(RecordBlock&&) noexcept = default;
};

/// Records of a format that knows its columns. Dates are given in ISO text, numbers as the shortest decimal that reads
/// back the same, a point geometry as two more columns at the end.
struct RecordStream {
    std::vector<std::string> header;
    /// Fills the block with the next records; false at the end. errors: fileNotReadable, fileFormat
    std::function<Expected<bool>(RecordBlock&)> next;
    std::uint64_t records = 0;    ///< how many there will be, for progress; 0 if not known
    bool geometryColumns = false; ///< the last two columns are x (longitude) and y (latitude) of the geometry
    int crsEpsg = 0;              ///< theirs; 0 if the file does not say
};

/// One extract: a file, a member of an archive, a layer or a database table; `gis/sources` gives them.
struct ExtractSource {
    std::string name;        ///< as shown and stored; "archive.zip/folder/member.csv", "book.xlsx/Sheet 1"
    std::uint64_t bytes = 0; ///< of the text or file; 0 if not known
    /// Bytes of CSV text: fills the buffer; returns how many, 0 at the end. errors: fileNotReadable, fileFormat
    /// (truncated archive)
    std::function<Expected<std::size_t>(std::span<char> buffer)> read;
    /// Begins again at the first byte. Asked only of a file as large as one that the project has; where it is empty,
    /// the bytes are kept in memory meanwhile.
    std::function<Expected<void>()> rewind;
    /// For all other formats: opens the records from the first one; may be called again. Where it is set, `read` is
    /// not. errors: fileNotReadable, fileFormat
    std::function<Expected<RecordStream>()> records;
    /// What the dataset is called and, where the rows do not say it, who reported: "asb july Sheet 1". Empty: the name
    /// without folders and ending.
    std::string title;
};

/// The records of an extract in whatever format, CSV text cut into fields. `header`: the names of a CSV file that
/// begins with data. errors: fileNotReadable, fileFormat
[[nodiscard]] Expected<RecordStream> recordsOf(ExtractSource source,
                                               const std::optional<std::vector<std::string>>& header);

} // namespace patchlight
