// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/connection.h"
#include "core/store/detail/coverage.h"
#include "core/store/detail/incident_rows.h"
#include "core/store/detail/placing.h"
#include "core/store/detail/rtree_pack.h"
#include "core/store/detail/schema.h"
#include "core/store/detail/understanding.h"
#include "core/store/store.h"

#include <fmt/format.h>

namespace patchlight {

using store::RtreeEntry;
using store::Statement;
using store::Transaction;

namespace {

/// Below this share of what is there, new points are put into the R-tree one by one; above, it is packed anew.
constexpr std::size_t fewBeside = 20;

} // namespace

struct ImportTransaction::State {
    std::filesystem::path path;
    bool created = false;
    bool committed = false;
    std::optional<Error> failure; ///< SQLite may have rolled back by itself: nothing may follow a failed step

    std::unique_ptr<Project::Connection> connection;
    std::optional<Transaction> transaction;

    // Loading: triggers are away, rows and blocks are appended.
    bool loading = false;
    std::vector<std::string> triggers;
    std::optional<store::IncidentInsert> insert;
    std::optional<store::BlockWriter> blocks; ///< nothing when they must be made anew from the rows
    std::vector<RtreeEntry> newEntries;
    Box newExtent;
    store::BlockCounts existing;
    std::size_t added = 0;

    std::int64_t datasetId = 0;
    std::string datasetName;
    std::size_t stored = 0;
    std::size_t mapped = 0;
    store::MonthCounter months;

    store::Database& database() { return connection->database; }
    Expected<void> startLoading();
    Expected<void> addOne(const NewIncident& incident);
    Expected<void> indexAppended(const TaskContext& task);
    Expected<void> indexAnew(const TaskContext& task);
    Expected<void> finish(const TaskContext& task);

    /// Runs a step unless one has failed before, and remembers a failure.
    template <class Step> auto guarded(Step&& step) -> decltype(step()) {
        if (failure) return fail(*failure);
        auto result = step();
        if (!result) failure = result.error();
        return result;
    }
};

Expected<void> ImportTransaction::State::startLoading() {
    if (loading) return {};
    if (!connection->crs)
        return fail(ErrorCode::unusableCrs, fmt::format("{} has no coordinate system yet.", utf8Text(path)),
                    utf8Text(path));
    const auto valid = store::blocksAreValid(database());
    if (!valid) return fail(valid.error());
    const auto any = database().integer("SELECT EXISTS (SELECT 1 FROM incidents)");
    if (!any) return fail(any.error());
    if (*valid || *any == 0) {
        auto counts =
            *any == 0 ? Expected<store::BlockCounts>{store::BlockCounts{}} : store::readBlockCounts(database());
        if (!counts) return fail(counts.error());
        existing = *counts;
        auto writer =
            *any == 0 ? store::BlockWriter::overwriting(database()) : store::BlockWriter::appending(database());
        if (!writer) return fail(writer.error());
        blocks = std::move(*writer);
    }
    auto taken = store::takeTriggers(database(), "incidents");
    if (!taken) return fail(taken.error());
    triggers = std::move(*taken);
    auto statement = store::IncidentInsert::prepare(database(), connection->crs->epsg);
    if (!statement) return fail(statement.error());
    insert = std::move(*statement);
    loading = true;
    return {};
}

Expected<void> ImportTransaction::State::addOne(const NewIncident& incident) {
    auto row = store::columnRow(datasetName, incident);
    if (auto done = insert->run(datasetId, datasetName, incident, row); !done) return done;
    row.id = database().lastId();
    if (row.position) {
        newEntries.push_back(store::rtreeEntry(row.id, *row.position));
        newExtent =
            united(newExtent, Box{row.position->east, row.position->north, row.position->east, row.position->north});
        ++mapped;
    }
    months.add(row);
    ++stored;
    ++added;
    return blocks ? blocks->add(row) : Expected<void>{};
}

/// The rows that were there have not changed: go on from their blocks.
Expected<void> ImportTransaction::State::indexAppended(const TaskContext& task) {
    if (auto done = blocks->finish(); !done) return done;
    Box extent = newExtent;
    auto done = database().each("SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = 'incidents'",
                                [&](Statement& row) {
                                    if (!row.isNull(0))
                                        extent = united(extent, {row.real(0), row.real(1), row.real(2), row.real(3)});
                                });
    if (!done) return done;
    if (newEntries.size() * fewBeside < existing.mapped) {
        done = store::insertIntoRtree(database(), store::incidentsRtree, newEntries);
    } else {
        if (existing.mapped > 0) {
            const auto before = store::readBlockPositions(database());
            if (!before) return fail(before.error());
            if (!*before) return indexAnew(task);
            newEntries.clear();
            for (std::size_t i = 0; i < (*before)->id.size(); ++i)
                if ((*before)->mapped[i])
                    newEntries.push_back(store::rtreeEntry((*before)->id[i], (*before)->position[i]));
        }
        done = store::packRtree(database(), store::incidentsRtree, newEntries, task);
    }
    if (!done) return done;
    return store::writeContents(database(), "incidents", extent, existing.rows + added);
}

/// Rows were removed or edited by others: blocks and index are made from all rows.
Expected<void> ImportTransaction::State::indexAnew(const TaskContext& task) {
    auto writer = store::BlockWriter::overwriting(database());
    if (!writer) return fail(writer.error());
    std::vector<RtreeEntry> entries;
    Box extent;
    std::size_t rows = 0;
    auto done = store::eachIncidentRow(database(), task, [&](const store::ColumnRow& row) {
        ++rows;
        if (row.position) {
            entries.push_back(store::rtreeEntry(row.id, *row.position));
            extent =
                united(extent, Box{row.position->east, row.position->north, row.position->east, row.position->north});
        }
        return writer->add(row);
    });
    return done.and_then([&] { return writer->finish(); })
        .and_then([&] { return store::packRtree(database(), store::incidentsRtree, entries, task); })
        .and_then([&] { return store::writeContents(database(), "incidents", extent, rows); });
}

Expected<void> ImportTransaction::State::finish(const TaskContext& task) {
    if (task.cancelled()) return failCancelled();
    if (loading) {
        task.report("Indexing", 0.0);
        auto done = blocks ? indexAppended(task) : indexAnew(task);
        for (const auto& trigger : triggers) done = done.and_then([&] { return database().execute(trigger); });
        done = done.and_then([&] { return store::ensureStampTriggers(database()); });
        if (!done) return done;
        task.report("Indexing", 1.0);
    }
    return transaction->commit();
}

ImportTransaction::ImportTransaction(std::unique_ptr<State> state) : m_state{std::move(state)} {}
ImportTransaction::ImportTransaction(ImportTransaction&&) noexcept = default;

ImportTransaction::~ImportTransaction() {
    if (!m_state) return;
    const auto path = m_state->path;
    const bool remove = m_state->created && !m_state->committed;
    m_state.reset(); // statements first, then the transaction rolls back, then the file is closed
    std::error_code ignored;
    if (remove) std::filesystem::remove(path, ignored);
}

Expected<ImportTransaction> ImportTransaction::begin(const std::filesystem::path& project) {
    auto state = std::make_unique<State>();
    state->path = project;
    std::error_code ignored;
    const bool isNew = !std::filesystem::exists(project, ignored);
    auto connection = isNew ? store::createConnection(project) : store::openConnection(project, OpenMode::readWrite);
    if (!connection) return fail(connection.error());
    state->created = isNew;
    state->connection = std::move(*connection);
    ImportTransaction import{std::move(state)};
    auto transaction = Transaction::begin(import.m_state->database(), Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    import.m_state->transaction.emplace(std::move(*transaction));
    return import;
}

Expected<std::vector<DatasetInfo>> ImportTransaction::datasets() const {
    return store::readDatasets(m_state->database());
}

Expected<std::vector<KnownMapping>> ImportTransaction::mappings() const {
    return store::readMappings(m_state->database());
}

Expected<void> ImportTransaction::rememberMapping(const KnownMapping& mapping) {
    auto& state = *m_state;
    return state.guarded([&] { return store::writeMapping(state.database(), mapping); });
}

Expected<std::vector<CategoryEntry>> ImportTransaction::categories() const {
    return store::readCategories(m_state->database());
}

std::optional<ProjectCrs> ImportTransaction::crs() const {
    return m_state->connection->crs;
}

Expected<void> ImportTransaction::setCrs(const ProjectCrs& crs) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<void> {
        auto& known = state.connection->crs;
        if (known && known->epsg != crs.epsg)
            return fail(ErrorCode::unusableCrs,
                        fmt::format("{} computes in EPSG:{} ({}), which its first import fixed; EPSG:{} "
                                    "needs a project of its own.",
                                    utf8Text(state.path), known->epsg, known->name, crs.epsg),
                        utf8Text(state.path));
        auto done = known ? Expected<void>{} : store::createFeatureTables(state.database(), crs);
        return done.and_then([&] { return store::writeCrs(state.database(), crs); }).map([&] {
            if (known) {
                known->operation = crs.operation;
                known->warning = crs.warning;
            } else {
                known = crs;
            }
        });
    });
}

Expected<std::size_t> ImportTransaction::removeDataset(std::int64_t id) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<std::size_t> {
        std::size_t removed = 0;
        return state.startLoading()
            .and_then([&] { return state.database().run("DELETE FROM incidents WHERE dataset_id = ?", id); })
            .and_then([&] {
                removed = static_cast<std::size_t>(state.database().changes());
                state.blocks.reset();
                return state.database().run("DELETE FROM patchlight_dataset WHERE id = ?", id);
            })
            .map([&] { return removed; });
    });
}

Expected<Replacement> ImportTransaction::replaceMonths(std::span<const std::int64_t> older, std::int64_t newer) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<Replacement> {
        if (auto done = state.startLoading(); !done) return fail(done.error());
        state.blocks.reset();
        return store::replaceMonths(state.database(), older, newer);
    });
}

Expected<void> ImportTransaction::place(std::span<const Placement> placements) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<void> {
        if (auto done = state.startLoading(); !done) return done;
        state.blocks.reset();
        return store::placeIncidents(state.database(), placements, state.connection->crs->epsg);
    });
}

Expected<void> ImportTransaction::renameDataset(std::int64_t id, const std::string& name) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<void> {
        if (auto done = state.startLoading(); !done) return done;
        state.blocks.reset();
        auto done = state.database().run("UPDATE patchlight_dataset SET name = ? WHERE id = ?", name, id);
        return done
            .and_then(
                [&] { return state.database().run("UPDATE incidents SET dataset = ? WHERE dataset_id = ?", name, id); })
            .and_then([&] {
                return state.database().run("UPDATE patchlight_finding SET dataset = ? WHERE dataset_id = ?", name, id);
            });
    });
}

Expected<std::int64_t> ImportTransaction::beginDataset(const DatasetInfo& info) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<std::int64_t> {
        if (auto done = state.startLoading(); !done) return fail(done.error());
        auto done = state.database().run(
            "INSERT INTO patchlight_dataset(name, file, sha256, bytes, source) VALUES (?, ?, ?, ?, ?)", info.name,
            info.file, info.sha256, info.bytes, info.source);
        if (!done) return fail(done.error());
        state.datasetId = state.database().lastId();
        state.datasetName = info.name;
        state.stored = 0;
        state.mapped = 0;
        state.months = {};
        return state.datasetId;
    });
}

Expected<void> ImportTransaction::add(std::span<const NewIncident> rows) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<void> {
        for (const auto& incident : rows)
            if (auto done = state.addOne(incident); !done) return done;
        return {};
    });
}

Expected<void> ImportTransaction::endDataset(const DatasetInfo& info, const std::vector<Finding>& findings) {
    auto& state = *m_state;
    return state.guarded([&] {
        const auto imported = info.imported.empty() ? store::utcNow() : info.imported;
        auto done = state.database().run(
            "UPDATE patchlight_dataset SET name = ?, file = ?, sha256 = ?, bytes = ?, source = ?, first_month = ?, "
            "last_month = ?, anonymised = ?, rows_read = ?, rows_stored = ?, rows_mapped = ?, mapping = ?, imported = "
            "? "
            "WHERE id = ?",
            info.name, info.file, info.sha256, info.bytes, info.source, info.firstMonth, info.lastMonth,
            info.anonymised, info.read, state.stored, state.mapped, info.mapping.dump(), imported, state.datasetId);
        done = done.and_then(
            [&] { return store::writeCoverage(state.database(), state.datasetId, state.months.counts()); });
        for (const auto& finding : findings)
            done = done.and_then([&] {
                return state.database().run("INSERT INTO patchlight_finding(dataset_id, dataset, kind, message, count, "
                                            "rows, texts) VALUES (?, ?, ?, ?, ?, ?, ?)",
                                            state.datasetId, finding.dataset.empty() ? info.name : finding.dataset,
                                            finding.kind, finding.message, finding.count,
                                            nlohmann::json(finding.rows).dump(), nlohmann::json(finding.values).dump());
            });
        return done;
    });
}

Expected<void> ImportTransaction::commit(const TaskContext& task) {
    auto& state = *m_state;
    return state.guarded([&] { return state.finish(task); }).map([&] { state.committed = true; });
}

} // namespace patchlight
