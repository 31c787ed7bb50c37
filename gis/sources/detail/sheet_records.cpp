// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "gis/sources/detail/layer_records.h"
#include "gis/sources/detail/record_values.h"

#include <algorithm>
#include <fmt/format.h>

namespace patchlight::gis::detail {

namespace {

constexpr std::size_t blockBytes = std::size_t{1} << 20;
constexpr std::size_t headerWithin = 50; ///< rows with something in them

bool matches(std::string_view text, std::string_view pattern) {
    return text.size() == pattern.size() && std::equal(text.begin(), text.end(), pattern.begin(), [](char c, char p) {
               return p == '9' ? c >= '0' && c <= '9' : c == p;
           });
}

/// A date cell of a workbook as GDAL gives it: "2025/07/14", "2025/07/14 21:30:00", with ".123" where it has
/// thousandths.
bool isDateText(std::string_view text) {
    return matches(text.substr(0, 10), "9999/99/99") && (text.size() == 10 || matches(text.substr(10, 9), " 99:99:99"));
}

/// A date cell of either kind of file; ODS has them in ISO.
bool isDate(std::string_view text) {
    return isDateText(text) || matches(text.substr(0, 10), "9999-99-99");
}

/// Files hold 1.1 as 1.1000000000000001 and large numbers as 1.5E+20; nobody types texts like these.
bool isNoisyNumber(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == text.npos || !parseDecimal(text)) return false;
    return text.size() - point > 13 || text.find("E+") != text.npos || text.find("E-") != text.npos;
}

std::string_view cell(OGRFeatureH row, int column) {
    if (OGR_F_IsFieldSetAndNotNull(row, column) == 0) return {};
    return trimmed(OGR_F_GetFieldAsString(row, column));
}

void addCell(BlockWriter& writer, OGRFeatureH row, int column) {
    const std::string_view text = cell(row, column);
    if (isDateText(text)) {
        std::string iso(text);
        iso[4] = iso[7] = '-';
        if (iso.size() > 10) iso[10] = 'T';
        writer.add(iso);
    } else if (isNoisyNumber(text)) {
        writer.addNumber(*parseDecimal(text));
    } else {
        writer.add(text);
    }
}

/// What has to be known of a sheet before its first record.
struct Sheet {
    std::vector<int> columns; ///< those with any value
    GIntBig headerRow = 0;    ///< counted over all rows, from 0
    std::uint64_t rows = 0;   ///< with something in them, below the header
};

/// How many cells of a row hold words: neither numbers nor dates.
std::size_t wordsIn(OGRFeatureH row, int columns) {
    std::size_t words = 0;
    for (int i = 0; i < columns; ++i)
        if (const auto text = cell(row, i); !text.empty() && !parseDecimal(text) && !isDate(text)) ++words;
    return words;
}

Expected<Sheet> survey(const OpenLayer& source) {
    struct Candidate {
        GIntBig row = 0;
        std::size_t words = 0;
        std::uint64_t filledBefore = 0;
    };
    const int columns = OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(source.layer));
    std::vector<bool> used(static_cast<std::size_t>(columns));
    std::vector<Candidate> candidates;
    std::uint64_t filledRows = 0;
    OGR_L_ResetReading(source.layer);
    for (GIntBig number = 0;; ++number) {
        const FeatureHandle row{OGR_L_GetNextFeature(source.layer)};
        if (!row) break;
        bool filled = false;
        for (int i = 0; i < columns; ++i)
            if (!cell(row.get(), i).empty()) filled = used[static_cast<std::size_t>(i)] = true;
        if (filled && candidates.size() < headerWithin)
            candidates.push_back({number, wordsIn(row.get(), columns), filledRows});
        filledRows += filled ? 1 : 0;
    }
    if (candidates.empty())
        return fail(ErrorCode::fileFormat, fmt::format("{} is empty; choose another sheet.", source.shown),
                    source.shown);
    Sheet sheet;
    for (int i = 0; i < columns; ++i)
        if (used[static_cast<std::size_t>(i)]) sheet.columns.push_back(i);
    auto chosen = std::find_if(candidates.begin(), candidates.end(),
                               [&](const Candidate& row) { return row.words * 2 >= sheet.columns.size(); });
    if (chosen == candidates.end()) // far-off notes make the sheet wide
        chosen = std::max_element(candidates.begin(), candidates.end(),
                                  [](const Candidate& a, const Candidate& b) { return a.words < b.words; });
    sheet.headerRow = chosen->row;
    sheet.rows = filledRows - chosen->filledBefore - 1;
    return sheet;
}

class SheetReader {
public:
    SheetReader(OpenLayer source, Sheet sheet) : m_source{std::move(source)}, m_sheet{std::move(sheet)} {}
    std::vector<std::string> header() {
        OGR_L_ResetReading(m_source.layer);
        for (GIntBig row = 0; row < m_sheet.headerRow; ++row) FeatureHandle{OGR_L_GetNextFeature(m_source.layer)};
        const FeatureHandle row{OGR_L_GetNextFeature(m_source.layer)};
        std::vector<std::string> names;
        for (const int column : m_sheet.columns) names.emplace_back(cell(row.get(), column));
        return names;
    }
    Expected<bool> next(RecordBlock& block) {
        BlockWriter writer;
        const auto firstRow = static_cast<std::uint32_t>(m_read + 1);
        std::size_t rows = 0;
        while (writer.bytes() < blockBytes) {
            const FeatureHandle row{OGR_L_GetNextFeature(m_source.layer)};
            if (!row) break;
            const auto filled = [&](int column) { return !cell(row.get(), column).empty(); };
            if (std::none_of(m_sheet.columns.begin(), m_sheet.columns.end(), filled)) continue;
            for (const int column : m_sheet.columns) addCell(writer, row.get(), column);
            ++rows;
            ++m_read;
        }
        const double part = static_cast<double>(m_read) / static_cast<double>(std::max<std::uint64_t>(m_sheet.rows, 1));
        block = writer.finish(rows, firstRow, static_cast<std::uint64_t>(static_cast<double>(m_source.bytes) * part));
        return rows > 0;
    }

private:
    OpenLayer m_source;
    Sheet m_sheet;
    std::uint64_t m_read = 0;
};

} // namespace

Expected<RecordStream> sheetRecords(OpenLayer source) {
    GdalMessages messages;
    auto sheet = survey(source);
    if (!sheet) return fail(sheet.error());
    if (messages.failed())
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} is damaged ({}); save the file again.", source.shown, messages.text()),
                    source.shown);
    const std::uint64_t rows = sheet->rows;
    auto reader = std::make_shared<SheetReader>(std::move(source), std::move(*sheet));
    return RecordStream{.header = reader->header(),
                        .next = [reader](RecordBlock& block) { return reader->next(block); },
                        .records = rows};
}

} // namespace patchlight::gis::detail
