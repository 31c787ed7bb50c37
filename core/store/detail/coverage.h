// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/columns.h"

/// Which months a dataset covers, and what a fresh download of some of them replaces.
namespace patchlight::store {

/// Counts rows by month as they come; they mostly come month by month.
class MonthCounter {
public:
    void add(const ColumnRow& row) {
        if (!row.from || row.precision == TimePrecision::none) return count(m_undated, row);
        if (m_months.empty() || *row.from < m_begin || *row.from >= m_end) seek(*row.from);
        count(m_months[m_current], row);
    }
    /// Ascending; rows without a date first, under the empty month.
    [[nodiscard]] std::vector<MonthCount> counts() const;

private:
    struct Month {
        LocalDay first{};
        std::size_t rows = 0, mapped = 0;
    };
    static void count(Month& month, const ColumnRow& row) {
        ++month.rows;
        month.mapped += row.position ? 1 : 0;
    }
    void seek(LocalMinute time);

    std::vector<Month> m_months; ///< ascending
    Month m_undated;
    std::size_t m_current = 0; ///< the month from m_begin up to m_end
    LocalMinute m_begin{}, m_end{};
};

[[nodiscard]] Expected<void> writeCoverage(Database& database, std::int64_t dataset,
                                           const std::vector<MonthCount>& months);
/// As ImportTransaction::replaceMonths; indexes and blocks are left to be made anew.
[[nodiscard]] Expected<Replacement> replaceMonths(Database& database, std::span<const std::int64_t> older,
                                                  std::int64_t newer);

} // namespace patchlight::store
