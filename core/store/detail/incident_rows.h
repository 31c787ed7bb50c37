// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/columns.h"
#include "core/store/detail/geopackage.h"

#include <functional>

/// Incidents as rows of the feature table.
namespace patchlight::store {

/// A time cut to what is known of it: "2025-07", "2025-07-14", "2025-07-14T21:30". Empty for years outside 0 to 9999.
class TimeText {
public:
    TimeText() = default;
    TimeText(LocalMinute time, TimePrecision precision);
    [[nodiscard]] std::string_view view() const { return {m_text.data(), m_length}; }

private:
    std::array<char, 16> m_text{};
    std::size_t m_length = 0;
};
/// Reads what TimeText writes, and "2025-07-14 21:30:00Z" as other programs write it; the precision is what is there.
struct ReadTime {
    LocalMinute time{};
    TimePrecision precision = TimePrecision::none;
};
[[nodiscard]] std::optional<ReadTime> readTime(std::string_view text);

[[nodiscard]] std::string_view nameOf(TimePrecision precision); ///< "month"; empty for none

/// A row's column values but its id; coordinates that are not finite count as no position.
[[nodiscard]] ColumnRow columnRow(std::string_view dataset, const NewIncident& incident);

/// The prepared insertion of incidents, many by one statement: starting and ending a statement costs as much as the
/// row.
class IncidentInsert {
public:
    [[nodiscard]] static Expected<IncidentInsert> prepare(Database& database, int srsId);
    /// `columns`: of the same incidents. SQLite gives the ids, each one more than the last: it appends without looking
    /// for the place.
    [[nodiscard]] Expected<void> run(std::int64_t datasetId, std::string_view dataset,
                                     std::span<const NewIncident> incidents, std::span<const ColumnRow> columns);

private:
    static constexpr std::size_t manyRows = 50; ///< with 16 values each within SQLite's older limit of 999
    /// What must live until the statement has run.
    struct Bound {
        PointBlob point;
        TimeText from, to, recorded;
    };
    IncidentInsert(Statement one, Statement many, int srsId)
        : m_one{std::move(one)}, m_many{std::move(many)}, m_srsId{srsId} {}
    void bind(Statement& statement, std::size_t place, std::int64_t datasetId, std::string_view dataset,
              const NewIncident& incident, const ColumnRow& row);

    Statement m_one, m_many;
    int m_srsId;
    std::vector<Bound> m_bound = std::vector<Bound>(manyRows);
};

/// Calls visit for every row of the feature table, in the order of ids. errors: database, cancelled, visit's own
[[nodiscard]] Expected<void> eachIncidentRow(Database& database, const TaskContext& task,
                                             const std::function<Expected<void>(const ColumnRow&)>& visit);

} // namespace patchlight::store
