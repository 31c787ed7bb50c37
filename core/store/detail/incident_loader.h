// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/coverage.h"
#include "core/store/detail/early_sync.h"
#include "core/store/detail/incident_rows.h"
#include "core/store/detail/rtree_pack.h"

/// Loading incidents into the feature table.
namespace patchlight::store {

/// While it loads, the table's triggers are away, and rows and blocks are appended; R-tree, extent, counts and triggers
/// follow at the end. All in the caller's transaction.
class IncidentLoader {
public:
    /// errors: database
    [[nodiscard]] static Expected<IncidentLoader> begin(Database& database, int srsId);

    /// Rows that follow belong to it.
    void beginDataset(std::int64_t id, const std::string& name);
    [[nodiscard]] Expected<void> add(std::span<const NewIncident> rows);
    /// Of the dataset begun last.
    [[nodiscard]] std::size_t stored() const { return m_stored; }
    [[nodiscard]] std::size_t mapped() const { return m_mapped; }
    [[nodiscard]] std::vector<MonthCount> months() const { return m_months.counts(); }

    /// Rows that were there are others now, or gone: blocks and R-tree will be made from all rows.
    void rowsHaveChanged() { m_blocks.reset(); }
    /// errors: database, cancelled
    [[nodiscard]] Expected<void> finish(const TaskContext& task);

private:
    IncidentLoader(Database& database, IncidentInsert insert)
        : m_database{&database}, m_insert{std::move(insert)}, m_sync{database} {}
    void take(const ColumnRow& row);
    Expected<void> indexAppended(const TaskContext& task);
    Expected<void> indexAnew(const TaskContext& task);

    Database* m_database;
    IncidentInsert m_insert;
    std::vector<std::string> m_triggers;
    std::optional<BlockWriter> m_blocks; ///< nothing when they must be made anew from the rows
    std::vector<RtreeEntry> m_entries;
    Box m_extent;
    std::vector<ColumnRow> m_columns; ///< of the rows being added
    std::int64_t m_lastId = 0;        ///< of the rows there; means nothing once rows have gone
    BlockCounts m_existing;
    std::size_t m_added = 0;

    std::int64_t m_datasetId = 0;
    std::string m_datasetName;
    std::size_t m_stored = 0, m_mapped = 0;
    MonthCounter m_months;
    EarlySync m_sync;
    std::size_t m_addedSinceSync = 0;
};

} // namespace patchlight::store
