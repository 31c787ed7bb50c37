// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/layer_origins.h"
#include "core/store/detail/connection.h"

#include <algorithm>

namespace patchlight {

using store::Database;
using store::Statement;
using store::Transaction;

namespace {

Expected<bool> hasTable(Database& database) {
    return database.integer("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'patchlight_origin'")
        .map([](std::int64_t count) { return count > 0; });
}

Expected<void> ensureTable(Database& database) {
    return database.execute("CREATE TABLE IF NOT EXISTS patchlight_origin(kind TEXT NOT NULL, layer TEXT NOT NULL, "
                            "file TEXT NOT NULL, licence TEXT NOT NULL, year TEXT NOT NULL, number TEXT NOT NULL, "
                            "PRIMARY KEY (kind, layer))");
}

Expected<void> write(Database& database, const char* kind, const LayerOrigin& origin) {
    return database.run("INSERT OR REPLACE INTO patchlight_origin VALUES (?, ?, ?, ?, ?, ?)", kind, origin.layer,
                        origin.file, origin.said.licence, origin.said.year, origin.said.number);
}

Expected<std::vector<LayerOrigin>> read(Database& database, const char* kind) {
    std::vector<LayerOrigin> origins;
    const auto there = hasTable(database);
    if (!there) return fail(there.error());
    if (!*there) return origins;
    return database
        .each(
            "SELECT layer, file, licence, year, number FROM patchlight_origin WHERE kind = ? ORDER BY layer",
            [&](Statement& row) {
                origins.push_back({row.string(0), row.string(1), {row.string(2), row.string(3), row.string(4)}});
            },
            kind)
        .map([&] { return std::move(origins); });
}

} // namespace

namespace store {

Expected<void> readLicences(Database& database, std::vector<MapLayerInfo>& layers) {
    const auto origins = read(database, "map");
    if (!origins) return fail(origins.error());
    for (MapLayerInfo& layer : layers)
        for (const LayerOrigin& origin : *origins)
            if (origin.layer == layer.name) layer.licence = origin.said;
    return {};
}

Expected<void> writeLicences(Database& database, const std::vector<MapLayerInfo>& layers) {
    const bool said = std::any_of(layers.begin(), layers.end(),
                                  [](const MapLayerInfo& layer) { return layer.licence != LayerLicence{}; });
    const auto there = hasTable(database);
    if (!there) return fail(there.error());
    if (!said && !*there) return {};
    auto done = ensureTable(database).and_then(
        [&] { return database.execute("DELETE FROM patchlight_origin WHERE kind = 'map'"); });
    for (const MapLayerInfo& layer : layers)
        if (layer.licence != LayerLicence{})
            done = done.and_then([&] { return write(database, "map", {layer.name, {}, layer.licence}); });
    return done;
}

} // namespace store

Expected<std::vector<LayerOrigin>> Project::layerOrigins() const {
    return read(m_connection->database, "inside");
}

Expected<void> Project::setLayerOrigin(const LayerOrigin& origin) {
    auto& database = m_connection->database;
    auto transaction = Transaction::begin(database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    return ensureTable(database).and_then([&] { return write(database, "inside", origin); }).and_then([&] {
        return transaction->commit();
    });
}

} // namespace patchlight
