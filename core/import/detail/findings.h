// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <array>

namespace patchlight::detail {

/// What an import notices about rows and files, in the order of the report.
enum class FindingKind : std::size_t {
    noPosition,
    zeroPosition,
    unreadablePosition,
    positionOutOfRange,
    wrongDigits,
    mixedCoordinates,
    farFromOthers,
    swappedPosition,
    gridReference,
    thousandsSeparator,
    noDate,
    unreadableDate,
    unreadableTime,
    noTime,
    ambiguousDate,
    otherDateStyle,
    endOfDay,
    midnight,
    midnightIsNoTime,
    zoneInText,
    endBeforeStart,
    startTakenFromEnd,
    missingCategory,
    categoryVariant,
    unknownCategory,
    repeatedReference,
    identicalRow,
    outerBlanks,
    shortRow,
    totalRow,
    titleLines,
    encoding,
    noRows,
    alreadyImported,
    count_,
};

/// Counts findings and keeps the first rows of each kind with the texts in question.
class FindingLog {
public:
    void add(FindingKind kind, std::uint32_t row) {
        Entry& entry = m_entries[static_cast<std::size_t>(kind)];
        ++entry.count;
        if (entry.rows.size() < mostRows) entry.rows.push_back(row);
    }
    /// A kind has texts in all of its rows or in none.
    void add(FindingKind kind, std::uint32_t row, std::string_view text);
    /// Rows counted elsewhere, all with one text; empty: with none.
    void addRows(FindingKind kind, std::size_t count, const std::vector<std::uint32_t>& rows,
                 std::string_view text = {});
    /// Takes over what another log of the same file holds of other kinds.
    void add(const FindingLog& other);
    void addWithoutRow(FindingKind kind) { ++m_entries[static_cast<std::size_t>(kind)].count; }
    /// About the whole file, in a sentence of its own.
    void say(FindingKind kind, std::string sentence);
    [[nodiscard]] std::size_t count(FindingKind kind) const { return m_entries[static_cast<std::size_t>(kind)].count; }
    void clear(FindingKind kind) { m_entries[static_cast<std::size_t>(kind)] = {}; }
    /// Those that occurred, with their sentences; rows ascending.
    [[nodiscard]] std::vector<Finding> findings(const std::string& dataset) const;

    static constexpr std::size_t mostRows = 10'000;
    static constexpr std::size_t longestText = 120; ///< bytes; longer ones are cut and end in an ellipsis

private:
    struct Entry {
        std::size_t count = 0;
        std::vector<std::uint32_t> rows;
        std::vector<std::string> texts; ///< as many as rows, or none
        std::string sentence;           ///< empty: the kind's own
    };
    std::array<Entry, static_cast<std::size_t>(FindingKind::count_)> m_entries;
};

} // namespace patchlight::detail
