// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/connection.h"
#include "core/store/detail/incident_loader.h"
#include "core/store/detail/placing.h"
#include "core/store/detail/schema.h"
#include "core/store/detail/understanding.h"
#include "core/store/store.h"

#include <fmt/format.h>

namespace patchlight {

using store::Transaction;

struct ImportTransaction::State {
    std::filesystem::path path;
    bool created = false;
    bool committed = false;
    std::optional<Error> failure; ///< SQLite may have rolled back by itself: nothing may follow a failed step

    std::unique_ptr<Project::Connection> connection;
    std::optional<Transaction> transaction;
    std::optional<store::IncidentLoader> loader; ///< there once rows come or go
    std::int64_t datasetId = 0;

    store::Database& database() { return connection->database; }
    Expected<void> startLoading();
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
    if (loader) return {};
    if (!connection->crs)
        return fail(ErrorCode::unusableCrs, fmt::format("{} has no coordinate system yet.", utf8Text(path)),
                    utf8Text(path));
    auto begun = store::IncidentLoader::begin(database(), connection->crs->epsg);
    if (!begun) return fail(begun.error());
    loader = std::move(*begun);
    return {};
}

Expected<void> ImportTransaction::State::finish(const TaskContext& task) {
    if (task.cancelled()) return failCancelled();
    if (loader) {
        task.report("Indexing", 0.0);
        if (auto done = loader->finish(task); !done) return done;
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

Expected<ImportTransaction> ImportTransaction::begin(const std::filesystem::path& project,
                                                     std::uint64_t expectedBytes) {
    auto state = std::make_unique<State>();
    state->path = project;
    std::error_code ignored;
    const bool isNew = !std::filesystem::exists(project, ignored);
    auto connection =
        isNew ? store::createConnection(project, expectedBytes) : store::openConnection(project, OpenMode::readWrite);
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
                state.loader->rowsHaveChanged();
                return state.database().run("DELETE FROM patchlight_dataset WHERE id = ?", id);
            })
            .map([&] { return removed; });
    });
}

Expected<Replacement> ImportTransaction::replaceMonths(std::span<const std::int64_t> older, std::int64_t newer) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<Replacement> {
        if (auto done = state.startLoading(); !done) return fail(done.error());
        state.loader->rowsHaveChanged();
        return store::replaceMonths(state.database(), older, newer);
    });
}

Expected<void> ImportTransaction::place(std::span<const Placement> placements) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<void> {
        if (auto done = state.startLoading(); !done) return done;
        state.loader->rowsHaveChanged();
        return store::placeIncidents(state.database(), placements, state.connection->crs->epsg);
    });
}

Expected<void> ImportTransaction::renameDataset(std::int64_t id, const std::string& name) {
    auto& state = *m_state;
    return state.guarded([&]() -> Expected<void> {
        if (auto done = state.startLoading(); !done) return done;
        state.loader->rowsHaveChanged();
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
        state.loader->beginDataset(state.datasetId, info.name);
        return state.datasetId;
    });
}

Expected<void> ImportTransaction::add(std::span<const NewIncident> rows) {
    auto& state = *m_state;
    return state.guarded([&] { return state.loader->add(rows); });
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
            info.anonymised, info.read, state.loader->stored(), state.loader->mapped(), info.mapping.dump(), imported,
            state.datasetId);
        done = done.and_then(
            [&] { return store::writeCoverage(state.database(), state.datasetId, state.loader->months()); });
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
