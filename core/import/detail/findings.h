// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <array>

namespace patchlight::detail {

/// What an import notices about rows, in the order of the report.
enum class FindingKind : std::size_t {
    noPosition,
    unreadablePosition,
    positionOutOfRange,
    farFromOthers,
    noDate,
    unreadableDate,
    ambiguousDate,
    endBeforeStart,
    startTakenFromEnd,
    missingCategory,
    repeatedReference,
    noRows,
    alreadyImported,
    count_,
};

/// Counts findings and keeps the first rows of each kind.
class FindingLog {
public:
    void add(FindingKind kind, std::uint32_t row) {
        Entry& entry = m_entries[static_cast<std::size_t>(kind)];
        ++entry.count;
        if (entry.rows.size() < mostRows) entry.rows.push_back(row);
    }
    void addWithoutRow(FindingKind kind) { ++m_entries[static_cast<std::size_t>(kind)].count; }
    [[nodiscard]] std::size_t count(FindingKind kind) const { return m_entries[static_cast<std::size_t>(kind)].count; }
    void clear(FindingKind kind) { m_entries[static_cast<std::size_t>(kind)] = {}; }
    /// Those that occurred, with their sentences.
    [[nodiscard]] std::vector<Finding> findings(const std::string& dataset) const;

    static constexpr std::size_t mostRows = 20;

private:
    struct Entry {
        std::size_t count = 0;
        std::vector<std::uint32_t> rows;
    };
    std::array<Entry, static_cast<std::size_t>(FindingKind::count_)> m_entries;
};

} // namespace patchlight::detail
