// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/incident_loader.h"

#include "core/base/parallel.h"
#include "core/store/detail/schema.h"

namespace patchlight::store {

namespace {

/// Below this share of what is there, new points are put into the R-tree one by one; above, it is packed anew.
constexpr std::size_t fewBeside = 20;
/// About 100 MB of the file.
constexpr std::size_t rowsPerSync = 200'000;

} // namespace

Expected<IncidentLoader> IncidentLoader::begin(Database& database, int srsId) {
    const auto valid = blocksAreValid(database);
    if (!valid) return fail(valid.error());
    const auto any = database.integer("SELECT EXISTS (SELECT 1 FROM incidents)");
    if (!any) return fail(any.error());
    auto taken = takeTriggers(database, "incidents");
    if (!taken) return fail(taken.error());
    auto statement = IncidentInsert::prepare(database, srsId); // with triggers there it would hold them
    if (!statement) return fail(statement.error());
    IncidentLoader loader{database, std::move(*statement)};
    loader.m_triggers = std::move(*taken);
    if (*valid || *any == 0) {
        auto counts = *any == 0 ? Expected<BlockCounts>{BlockCounts{}} : readBlockCounts(database);
        if (!counts) return fail(counts.error());
        loader.m_existing = *counts;
        auto writer = *any == 0 ? BlockWriter::overwriting(database) : BlockWriter::appending(database);
        if (!writer) return fail(writer.error());
        loader.m_blocks = std::move(*writer);
    }
    const auto lastId = database.integer("SELECT coalesce(max(fid), 0) FROM incidents");
    if (!lastId) return fail(lastId.error());
    loader.m_lastId = *lastId;
    return loader;
}

void IncidentLoader::beginDataset(std::int64_t id, const std::string& name) {
    m_datasetId = id;
    m_datasetName = name;
    m_stored = 0;
    m_mapped = 0;
    m_months = {};
}

Expected<void> IncidentLoader::add(std::span<const NewIncident> rows) {
    m_columns.clear();
    for (const auto& incident : rows) {
        m_columns.push_back(columnRow(m_datasetName, incident));
        m_columns.back().id = ++m_lastId;
    }
    // The database's part takes longer than the columns', which need nothing of it.
    Expected<void> done;
    forEachBlock(2, 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t part = begin; part < end; ++part) {
            if (part == 0)
                done = m_insert.run(m_datasetId, m_datasetName, rows, m_columns);
            else
                for (const ColumnRow& row : m_columns) take(row);
        }
    });
    if (!done || !m_blocks) return done;
    m_addedSinceSync += rows.size();
    if (m_addedSinceSync >= rowsPerSync) {
        m_sync.begin();
        m_addedSinceSync = 0;
    }
    if (!rows.empty() && m_database->lastId() != m_lastId)
        return fail(databaseError(SQLITE_ERROR, "there are no more ids", m_database->path()));
    return m_blocks->write();
}

void IncidentLoader::take(const ColumnRow& row) {
    if (row.position) {
        const auto [east, north] = *row.position;
        m_entries.push_back(rtreeEntry(row.id, *row.position));
        m_extent = united(m_extent, Box{east, north, east, north});
        ++m_mapped;
    }
    m_months.add(row);
    ++m_stored;
    ++m_added;
    if (m_blocks) m_blocks->take(row);
}

/// The rows that were there have not changed: go on from their blocks.
Expected<void> IncidentLoader::indexAppended(const TaskContext& task) {
    if (auto done = m_blocks->finish(); !done) return done;
    Box extent = m_extent;
    auto done = m_database->each("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'incidents'",
                                 [&](Statement& row) {
                                     if (!row.isNull(0))
                                         extent = united(extent, {row.real(0), row.real(1), row.real(2), row.real(3)});
                                 });
    if (!done) return done;
    if (m_entries.size() * fewBeside < m_existing.mapped) {
        done = insertIntoRtree(*m_database, incidentsRtree, m_entries);
    } else {
        if (m_existing.mapped > 0) {
            const auto before = readBlockPositions(*m_database);
            if (!before) return fail(before.error());
            if (!*before) return indexAnew(task);
            m_entries.clear();
            for (std::size_t i = 0; i < (*before)->id.size(); ++i)
                if ((*before)->mapped[i]) m_entries.push_back(rtreeEntry((*before)->id[i], (*before)->position[i]));
        }
        done = packRtree(*m_database, incidentsRtree, m_entries, task);
    }
    if (!done) return done;
    return writeContents(*m_database, "incidents", extent, m_existing.rows + m_added);
}

/// Rows were removed or edited by others: blocks and index are made from all rows.
Expected<void> IncidentLoader::indexAnew(const TaskContext& task) {
    auto writer = BlockWriter::overwriting(*m_database);
    if (!writer) return fail(writer.error());
    std::vector<RtreeEntry> entries;
    Box extent;
    std::size_t rows = 0;
    auto done = eachIncidentRow(*m_database, task, [&](const ColumnRow& row) {
        ++rows;
        if (row.position) {
            entries.push_back(rtreeEntry(row.id, *row.position));
            extent =
                united(extent, Box{row.position->east, row.position->north, row.position->east, row.position->north});
        }
        return writer->add(row);
    });
    return done.and_then([&] { return writer->finish(); })
        .and_then([&] { return packRtree(*m_database, incidentsRtree, entries, task); })
        .and_then([&] { return writeContents(*m_database, "incidents", extent, rows); });
}

Expected<void> IncidentLoader::finish(const TaskContext& task) {
    m_sync.begin();
    auto done = m_blocks ? indexAppended(task) : indexAnew(task);
    const auto synced = m_sync.wait();
    if (done && !synced) return synced;
    for (const auto& trigger : m_triggers) done = done.and_then([&] { return m_database->execute(trigger); });
    return done.and_then([&] { return ensureStampTriggers(*m_database); });
}

} // namespace patchlight::store
