// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/csv_reader.h"

#include "core/base/text.h"
#include "core/import/detail/header_place.h"
#include "core/import/detail/text_source.h"

#include <fmt/ranges.h> // join

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace patchlight::detail {

namespace {

constexpr std::size_t longestRecord = std::size_t{8} << 20;

/// A field that holds doubled quotes or text after its closing quote, put right in place when its record is complete.
struct Mended {
    std::size_t field;
    char* begin; ///< after the opening quote
    char* end;
};

std::string_view mend(const Mended& field) {
    char* out = field.begin;
    bool quoted = true;
    for (const char* in = field.begin; in < field.end; ++in) {
        if (quoted && *in == '"') {
            if (in + 1 < field.end && in[1] == '"')
                *out++ = *in++;
            else
                quoted = false;
        } else {
            *out++ = *in;
        }
    }
    return {field.begin, static_cast<std::size_t>(out - field.begin)};
}

} // namespace

CsvReader::CsvReader(ExtractSource& source, std::size_t blockBytes)
    : m_source{source}, m_blockBytes{std::max<std::size_t>(blockBytes, 1)} {}

std::string CsvReader::nameOfColumn(std::size_t column) const {
    return column < m_header.size() && !m_header[column].empty() ? fmt::format("column \"{}\"", m_header[column])
                                                                 : fmt::format("column {}", column + 1);
}

std::string CsvReader::nameOfRow(std::size_t rowInBlock) const {
    return m_headerRead ? fmt::format("row {}", m_rows + rowInBlock + 1) : "the header line";
}

/// Appends the next bytes of the source, and one line break behind them that the scanner stops at. It does not count.
Expected<void> CsvReader::refill(std::vector<char>& bytes) {
    const std::size_t old = bytes.size();
    bytes.resize(old + m_blockBytes);
    std::size_t filled = old;
    while (filled < bytes.size()) {
        const auto got = m_source.read(std::span(bytes).subspan(filled));
        if (!got) return fail(got.error());
        if (*got == 0) {
            m_atEnd = true;
            break;
        }
        filled += *got;
    }
    bytes.resize(filled);
    m_bytesRead += filled - old;
    return {};
}

/// Cuts complete records out of block.bytes (which ends with the scanner's line break) into block.fields; returns how
/// many bytes they take. At the end of the file the last record needs no line break.
Expected<std::size_t> CsvReader::cutRecords(RecordBlock& block, std::size_t mostRecords) {
    const std::size_t columns = m_header.size();
    std::array<bool, 256> stops{};
    for (const char c : {m_separator, '\n', '\r', '\0'}) stops[static_cast<unsigned char>(c)] = true;
    std::vector<Mended> mended;
    char* const begin = block.bytes.data();
    char* const end = begin + block.bytes.size() - 1; // *end is the scanner's line break
    char* at = begin;
    char* record = begin;
    std::size_t recordField = 0;
    while (at < end && block.rows < mostRecords) {
        // one field
        bool quoted = false, hasNul = false;
        std::string_view field;
        if (*at == '"') {
            quoted = true;
            char* const start = at + 1;
            bool plain = true;
            char* closing = start;
            while (true) {
                closing = static_cast<char*>(std::memchr(closing, '"', static_cast<std::size_t>(end - closing)));
                if (!closing || closing[1] != '"' || closing + 1 >= end) break;
                plain = false;
                closing += 2;
            }
            if (!closing) {
                if (m_atEnd || static_cast<std::size_t>(end - record) > longestRecord)
                    return fail(
                        ErrorCode::fileFormat,
                        fmt::format("{}: the quote that opens in {}, {}, is never closed; the file is cut short or a "
                                    "quote is missing.",
                                    m_source.name, nameOfRow(block.rows),
                                    nameOfColumn(block.fields.size() - recordField)),
                        m_source.name);
                break;
            }
            at = closing + 1;
            if (at == end && !m_atEnd) break; // it may be the first of two quotes
            while (!stops[static_cast<unsigned char>(*at)]) ++at;
            if (at != closing + 1) plain = false;
            hasNul = std::memchr(start, '\0', static_cast<std::size_t>(at - start)) != nullptr;
            field = {start, static_cast<std::size_t>(closing - start)};
            if (!plain) mended.push_back({block.fields.size(), start, at});
        } else {
            char* const start = at;
            while (!stops[static_cast<unsigned char>(*at)]) ++at;
            field = {start, static_cast<std::size_t>(at - start)};
        }
        if (*at == '\0' || hasNul)
            return fail(
                ErrorCode::fileFormat,
                fmt::format("{}: {}, {}, holds a NUL byte, so this is not a text file in UTF-8; save it as CSV in "
                            "UTF-8 and import again.",
                            m_source.name, nameOfRow(block.rows), nameOfColumn(block.fields.size() - recordField)),
                m_source.name);
        if (at == end && !m_atEnd) break;
        block.fields.push_back(field);
        if (*at == m_separator && at != end) {
            ++at;
            if (at == end && m_atEnd) block.fields.emplace_back(); // the file ends with an empty field
            if (at != end || !m_atEnd) continue;
        } else if (*at == '\r' && at + 1 == end && !m_atEnd) {
            break; // a line feed may follow
        } else if (at != end) {
            at += *at == '\r' && at + 1 != end && at[1] == '\n' ? 2 : 1;
        }
        // one record
        std::size_t count = block.fields.size() - recordField;
        for (const Mended& item : mended) block.fields[item.field] = mend(item);
        mended.clear();
        record = at;
        if (count == 1 && !quoted && block.fields.back().empty()) { // a blank line
            block.fields.pop_back();
            continue;
        }
        if (m_headerRead && count < columns) {
            if (const auto padded = padRow(block, count, at == end && m_atEnd && at[-1] != '\n' && at[-1] != '\r');
                !padded)
                return fail(padded.error());
            count = columns;
        }
        if (m_headerRead && count != columns)
            return fail(
                ErrorCode::fileFormat,
                fmt::format("{}: row {} has {} where the header has {}; put the row right, or quote fields that hold "
                            "a separator.",
                            m_source.name, m_rows + block.rows + 1, counted(count, "field", "fields"), columns),
                m_source.name);
        recordField = block.fields.size();
        ++block.rows;
    }
    block.fields.resize(recordField); // what began and did not end is read again
    if (block.rows == 0 && static_cast<std::size_t>(end - record) > longestRecord)
        return fail(ErrorCode::fileFormat,
                    fmt::format("{}: {} is longer than 8 MB, so this is not a CSV file; choose another.", m_source.name,
                                nameOfRow(0)),
                    m_source.name);
    return static_cast<std::size_t>(record - begin);
}

Expected<void> CsvReader::checkUtf8(const RecordBlock& block, std::size_t used) const {
    if (!hasHighByte({block.bytes.data(), used})) return {};
    const std::size_t columns = m_headerRead ? m_header.size() : block.fields.size();
    for (std::size_t i = 0; i < block.fields.size(); ++i) {
        if (const auto bad = firstInvalidUtf8(block.fields[i]))
            return fail(
                ErrorCode::fileFormat,
                fmt::format("{} is not UTF-8: {}, {}, holds the byte 0x{:02X}; save it as CSV in UTF-8 and import "
                            "again.",
                            m_source.name, nameOfRow(i / columns), nameOfColumn(i % columns),
                            static_cast<unsigned char>(block.fields[i][*bad])),
                m_source.name);
    }
    return {};
}

/// A row with fewer fields than the header: empty ones in the place of those that a spreadsheet left out.
Expected<void> CsvReader::padRow(RecordBlock& block, std::size_t count, bool endsFile) {
    const auto row = static_cast<std::uint32_t>(m_rows + block.rows + 1);
    const std::size_t columns = m_header.size();
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorCode::fileFormat,
                    fmt::format("{}: row {} has {} where the header has {}{}", m_source.name, row,
                                counted(count, "field", "fields"), columns, why),
                    m_source.name);
    };
    const bool begins = m_shortRun.rows == 0 || m_shortRun.first + m_shortRun.rows != row;
    const bool total = foldedCase(block.fields[block.fields.size() - count]).find("total") != std::string::npos;
    if (endsFile && !total) return refuse(" and no line break at its end: the file is cut short, get it again.");
    if (!begins && columns > 3 && m_shortRun.fields != count && m_shortRun.fields + count == columns + 1)
        return refuse(fmt::format(", and row {} has the rest: a line break stands in a field without quotes, put it "
                                  "right.",
                                  row - 1));
    if (begins || m_shortRun.fields != count) m_shortRun = {row, 0, count};
    ++m_shortRun.rows;
    m_findings.add(FindingKind::shortRow, row);
    block.fields.resize(block.fields.size() + columns - count);
    return {};
}

/// At the end of the file: cells left out here and there are one thing, another number of columns from a row on
/// another.
Expected<void> CsvReader::checkShortRun() const {
    constexpr std::uint32_t fewest = 8;
    const ShortRun& run = m_shortRun;
    if (run.rows < fewest || run.first + run.rows != m_rows + 1 || run.rows * std::uint64_t{4} < m_rows) return {};
    return fail(
        ErrorCode::fileFormat,
        fmt::format("{}: from row {} on all rows have {} where the header has {}; if other columns begin there, "
                    "import that part as a file of its own, else add the separators that are missing.",
                    m_source.name, run.first, counted(run.fields, "field", "fields"), m_header.size()),
        m_source.name);
}

/// Reads enough to see header and separator, and takes the byte order mark off.
Expected<void> CsvReader::readStart() {
    constexpr std::size_t enough = std::size_t{64} << 10;
    while (!m_atEnd && m_carry.size() < enough)
        if (const auto read = refill(m_carry); !read) return fail(read.error());
    const auto refuse = [&](std::string_view what) {
        return fail(ErrorCode::fileFormat, fmt::format("{} {}", m_source.name, what), m_source.name);
    };
    const std::string_view text(m_carry.data(), m_carry.size());
    if (text.starts_with("PK\x03\x04"))
        return refuse("is a ZIP or an Excel workbook, not CSV; save the sheet as CSV in UTF-8 and import that.");
    if (text.starts_with("\xEF\xBB\xBF")) m_carry.erase(m_carry.begin(), m_carry.begin() + 3);
    return {};
}

Expected<std::vector<std::string>> CsvReader::header(const std::optional<std::vector<std::string>>& told) {
    if (const auto read = readStart(); !read) return fail(read.error());
    const HeaderPlace place = findHeader({m_carry.data(), m_carry.size()}, m_atEnd);
    m_separator = place.separator;
    if (told) {
        m_header = *told;
        m_headerRead = true;
        return m_header;
    }
    m_carry.erase(m_carry.begin(), m_carry.begin() + static_cast<std::ptrdiff_t>(place.offset));
    if (!place.titles.empty())
        m_findings.say(FindingKind::titleLines,
                       fmt::format("{} above the header {} passed over: \"{}\".",
                                   counted(place.titles.size(), "line", "lines"),
                                   place.titles.size() == 1 ? "was" : "were", fmt::join(place.titles, "\", \"")));
    RecordBlock block;
    while (block.rows == 0) {
        block.bytes = m_carry;
        block.bytes.push_back('\n');
        const auto used = cutRecords(block, 1);
        if (!used) return fail(used.error());
        if (block.rows == 0 && m_atEnd)
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} is empty; choose a CSV file with a line of column names and rows below.",
                                    m_source.name),
                        m_source.name);
        if (block.rows == 0) {
            if (const auto read = refill(m_carry); !read) return fail(read.error());
            continue;
        }
        if (const auto valid = checkUtf8(block, *used); !valid) return fail(valid.error());
        m_carry.erase(m_carry.begin(), m_carry.begin() + static_cast<std::ptrdiff_t>(*used));
    }
    for (const std::string_view name : block.fields) m_header.emplace_back(trimmed(name));
    m_headerRead = true;
    return m_header;
}

Expected<bool> CsvReader::next(RecordBlock& block) {
    block.bytes.assign(m_carry.begin(), m_carry.end()); // into the memory that a block used before has
    m_carry.clear();
    block.fields.clear();
    block.fields.reserve(m_fieldsExpected);
    block.rows = 0;
    block.firstRow = m_rows + 1;
    while (true) {
        const bool wasAtEnd = m_atEnd;
        if (!m_atEnd)
            if (const auto read = refill(block.bytes); !read) return fail(read.error());
        block.bytes.push_back('\n');
        const auto used = cutRecords(block, std::numeric_limits<std::size_t>::max());
        if (!used) return fail(used.error());
        if (block.rows == 0 && !m_atEnd) { // a record longer than the block
            block.bytes.pop_back();
            continue;
        }
        if (block.rows == 0 && m_atEnd)
            if (const auto checked = checkShortRun(); !checked) return fail(checked.error());
        if (block.rows == 0 && wasAtEnd) return false;
        if (const auto valid = checkUtf8(block, *used); !valid) return fail(valid.error());
        m_carry.assign(block.bytes.begin() + static_cast<std::ptrdiff_t>(*used), block.bytes.end() - 1);
        if (m_rows > std::numeric_limits<std::uint32_t>::max() - block.rows)
            return fail(ErrorCode::fileFormat, fmt::format("{} has more than 4 thousand million rows.", m_source.name),
                        m_source.name);
        m_rows += static_cast<std::uint32_t>(block.rows);
        block.bytesRead = m_bytesRead;
        m_fieldsExpected = block.fields.size() + block.fields.size() / 8;
        return block.rows > 0;
    }
}

} // namespace patchlight::detail
