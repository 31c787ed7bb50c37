// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/schema.h"

#include <fmt/format.h>

namespace patchlight::store {

namespace {

Expected<bool> hasTable(Database& database, const char* name) {
    return database.integer("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", name)
        .map([](std::int64_t count) { return count > 0; });
}

Expected<void> addCoverage(Database& database, const std::string& schema) {
    const auto there = hasTable(database, "patchlight_coverage");
    if (!there) return fail(there.error());
    if (*there) return {};
    const auto incidents = hasTable(database, "incidents");
    if (!incidents) return fail(incidents.error());
    auto done = database.execute(
        fmt::format("CREATE TABLE {}.patchlight_coverage(dataset_id INTEGER NOT NULL{}, month TEXT NOT NULL, rows "
                    "INTEGER NOT NULL, "
                    "mapped INTEGER NOT NULL, PRIMARY KEY (dataset_id, month)) WITHOUT ROWID",
                    schema, schema == "main" ? " REFERENCES patchlight_dataset(id) ON DELETE CASCADE" : ""));
    if (!done || !*incidents) return done;
    // Rows of a dataset that is not listed any more belong to no coverage.
    return database.execute(fmt::format(
        "INSERT INTO {}.patchlight_coverage SELECT dataset_id, coalesce(substr(occurred_from, 1, 7), ''), count(*), "
        "count(geom) FROM incidents WHERE dataset_id IN (SELECT id FROM patchlight_dataset) GROUP BY 1, 2",
        schema));
}

Expected<void> addTexts(Database& database, OpenMode mode) {
    const auto there =
        database.integer("SELECT count(*) FROM pragma_table_info('patchlight_finding') WHERE name = 'texts'");
    if (!there) return fail(there.error());
    if (*there > 0) return {};
    return database.execute(mode == OpenMode::readWrite
                                ? "ALTER TABLE patchlight_finding ADD COLUMN texts TEXT"
                                : "CREATE TEMP VIEW patchlight_finding AS SELECT *, NULL AS texts FROM "
                                  "main.patchlight_finding");
}

} // namespace

Expected<void> migrateFrom1(Database& database, OpenMode mode) {
    const std::string schema = mode == OpenMode::readWrite ? "main" : "temp";
    return addCoverage(database, schema)
        .and_then([&] { return addTexts(database, mode); })
        .and_then([&] {
            return database.execute(fmt::format(
                "CREATE TABLE IF NOT EXISTS {0}.patchlight_mapping(header TEXT NOT NULL PRIMARY KEY, mapping TEXT NOT "
                "NULL, file TEXT NOT NULL, confirmed TEXT NOT NULL); CREATE TABLE IF NOT EXISTS "
                "{0}.patchlight_category(wording TEXT NOT NULL PRIMARY KEY, groups TEXT NOT NULL, sensitive BOOLEAN "
                "NOT NULL, harm REAL)",
                schema));
        })
        .and_then([&] {
            return mode == OpenMode::readOnly
                       ? Expected<void>{}
                       : database.run("UPDATE patchlight_meta SET value = '2' WHERE key = 'version'");
        });
}

} // namespace patchlight::store
