// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"
#include "core/store/store.h"

/// What a project's data are good for: how much could be placed, which months there are, what import noticed.
namespace patchlight {

inline constexpr double minimumMappedShare =
    0.85; ///< Ratcliffe (2004): below it a map may show other places than there are

/// How many records of a group have a position.
struct MappedCount {
    std::string name; ///< a source, a category or a month ("2025-07"; empty: without a date)
    std::size_t recorded = 0, mapped = 0;
    [[nodiscard]] double share() const {
        return recorded == 0 ? 0.0 : static_cast<double>(mapped) / static_cast<double>(recorded);
    }
    [[nodiscard]] bool enough() const { return share() >= minimumMappedShare; }
};

/// Rows by source and month; 0 is a gap, not a quiet month.
struct Coverage {
    std::vector<std::string> sources; ///< n, by name
    std::vector<LocalDay> months;     ///< m first days, ascending, without holes between the first and the last
    std::vector<std::size_t> rows;    ///< n x m, row-major
    [[nodiscard]] std::size_t at(std::size_t source, std::size_t month) const {
        return rows[source * months.size() + month];
    }
    /// Months without rows between a source's own first and last, as indices.
    [[nodiscard]] std::vector<std::size_t> gapsOf(std::size_t source) const;
};

/// Many incidents at one point: a place, or where incidents are recorded.
struct TieStack {
    ProjectedPoint point;
    std::size_t incidents = 0;
    std::string place; ///< the most frequent place text there
};

/// Two incidents of different sources close in place and time: perhaps one event that two agencies recorded. For a
/// look; nothing is ever taken out because of it.
struct DoubleReport {
    std::uint32_t first = 0, second = 0; ///< rows of the table, first < second
    std::string firstDataset, secondDataset;
    std::uint32_t firstRow = 0, secondRow = 0; ///< record numbers in their files
    Metres distance{0.0};
    std::chrono::minutes apart{0}; ///< between their intervals; 0 where these touch
};

struct QualityReport {
    std::size_t recorded = 0, mapped = 0, places = 0, undated = 0;
    std::vector<MappedCount> bySource, byCategory, byMonth;
    std::vector<std::pair<LocationLevel, std::size_t>> byLevel; ///< of those mapped, most exact first, none left out
    std::vector<TieStack> stacks;                               ///< the ten largest, of two or more
    Coverage coverage;
    std::vector<CategoryCount> unknownCategories; ///< in no list now, whatever the import found, most frequent first
    std::vector<DoubleReport> doubleReports;      ///< within 100 m and 24 hours, by row
    std::vector<Finding> findings;                ///< as imported
};

/// cost: a few passes over the table
[[nodiscard]] QualityReport qualityOf(const IncidentTable& table, const std::vector<DatasetInfo>& datasets,
                                      std::vector<Finding> findings);
/// Pairs of different sources no further apart than these. Anonymised points, months and intervals over two days are
/// left out: they lie beside everything. source: METHODS.md 3.2. cost: O(n log n) where few lie together
[[nodiscard]] std::vector<DoubleReport> doubleReports(const IncidentTable& table,
                                                      const std::vector<DatasetInfo>& datasets,
                                                      Metres distance = Metres{100.0},
                                                      std::chrono::minutes time = std::chrono::hours{24});
/// Who reported, for each value of the table's dataset column.
[[nodiscard]] std::vector<std::string> sourceOfDatasets(const IncidentTable& table,
                                                        const std::vector<DatasetInfo>& datasets);
[[nodiscard]] Coverage coverageOf(const std::vector<DatasetInfo>& datasets);
[[nodiscard]] std::string_view nameOf(LocationLevel level); ///< "exact position", "anonymised map point", ...
[[nodiscard]] nlohmann::json toJson(const QualityReport& report);
/// The rows of a finding with their source's text, column by column; a row that is no incident (of totals) has its
/// number alone. errors: database. cost: a pass over the table and one look-up a row
struct FindingRows {
    std::vector<std::string> header; ///< "Row", "Found" where the finding has texts, then the source's columns
    std::vector<std::vector<std::string>> rows;
};
[[nodiscard]] Expected<FindingRows> rowsOf(const Finding& finding, const Project& project, const IncidentTable& table,
                                           std::size_t most = 10'000);
/// The sentences at its head: the share placed, groups under 85 %, gaps, the largest stack.
[[nodiscard]] std::vector<std::string> summaryOf(const QualityReport& report);

} // namespace patchlight
