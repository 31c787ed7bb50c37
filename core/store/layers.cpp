// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/connection.h"
#include "core/store/detail/geopackage.h"
#include "core/store/detail/layer_origins.h"
#include "core/store/detail/rtree_pack.h"
#include "core/store/detail/schema.h"
#include "core/store/store.h"

#include <fmt/format.h>

#include <set>

namespace patchlight {

using store::Database;
using store::Statement;
using store::Transaction;

namespace {

Error noCrs(const Database& database) {
    return {ErrorCode::unusableCrs,
            fmt::format("{} has no coordinate system yet: import incidents first, then add layers.",
                        utf8Text(database.path())),
            utf8Text(database.path())};
}

/// Makes the R-tree and the GeoPackage's notes of a table anew from its rows.
Expected<void> refreshIndex(Database& database, const std::string& table) {
    std::vector<store::RtreeEntry> entries;
    Box extent;
    std::size_t features = 0;
    return database
        .each(fmt::format("SELECT fid, geom FROM {} ORDER BY fid", table),
              [&](Statement& row) {
                  ++features;
                  const auto box = store::boxOfBlob(row.blob(1));
                  if (!box || box->empty()) return;
                  entries.push_back(store::rtreeEntry(row.integer(0), *box));
                  extent = united(extent, *box);
              })
        .and_then([&] { return store::packRtree(database, fmt::format("rtree_{}_geom", table), entries); })
        .and_then([&] { return store::writeContents(database, table, extent, features); });
}

/// Replaces the layers the features name; insert(statement, feature) binds a feature and runs. The triggers are away
/// meanwhile: SQLite before 3.41 does not let a trigger use an R-tree where the schema is not trusted.
template <class Feature, class Insert>
Expected<void> replaceLayers(Database& database, const std::string& table, const std::vector<Feature>& features,
                             const std::string& insertSql, Insert&& insert) {
    auto transaction = Transaction::begin(database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    const auto triggers = store::takeTriggers(database, table);
    if (!triggers) return fail(triggers.error());
    std::set<std::string> layers;
    for (const auto& feature : features) layers.insert(feature.layer);
    for (const auto& layer : layers)
        if (auto done = database.run(fmt::format("DELETE FROM {} WHERE layer = ?", table), layer); !done) return done;
    auto statement = database.prepare(insertSql);
    if (!statement) return fail(statement.error());
    for (const auto& feature : features)
        if (auto done = insert(*statement, feature); !done) return done;
    auto done = refreshIndex(database, table);
    for (const auto& trigger : *triggers) done = done.and_then([&] { return database.execute(trigger); });
    return done.and_then([&] { return transaction->commit(); });
}

} // namespace

Expected<std::vector<MapLayerInfo>> Project::mapLayers() const {
    std::vector<MapLayerInfo> layers;
    return m_connection->database
        .each("SELECT name, path, source_layer, role, label_field, visible, draw_order FROM patchlight_layer "
              "ORDER BY draw_order, id",
              [&](Statement& row) {
                  layers.push_back({row.string(0),
                                    row.string(1),
                                    row.string(2),
                                    row.string(3),
                                    row.string(4),
                                    row.integer(5) != 0,
                                    static_cast<int>(row.integer(6)),
                                    {}});
              })
        .and_then([&] { return store::readLicences(m_connection->database, layers); })
        .map([&] { return std::move(layers); });
}

Expected<void> Project::setMapLayers(const std::vector<MapLayerInfo>& layers) {
    auto& database = m_connection->database;
    auto transaction = Transaction::begin(database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    auto done = database.execute("DELETE FROM patchlight_layer");
    for (const auto& layer : layers)
        done = done.and_then([&] {
            return database.run(
                "INSERT INTO patchlight_layer(name, path, source_layer, role, label_field, visible, draw_order) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                layer.name, layer.path, layer.sourceLayer, layer.role, layer.labelField, layer.visible, layer.order);
        });
    return done.and_then([&] { return store::writeLicences(database, layers); }).and_then([&] {
        return transaction->commit();
    });
}

Expected<void> Project::addAreas(const std::vector<AreaFeature>& areas) {
    auto& database = m_connection->database;
    if (!m_connection->crs) return fail(noCrs(database));
    const int srsId = m_connection->crs->epsg;
    return replaceLayers(database, "areas", areas,
                         "INSERT INTO areas(geom, layer, code, name, population) VALUES (?, ?, ?, ?, ?)",
                         [&](Statement& insert, const AreaFeature& area) {
                             const auto blob = store::polygonBlob(area.polygon, srsId);
                             insert.bind(1, std::span<const std::byte>{blob});
                             insert.bind(2, area.layer);
                             insert.bindOrNull(3, area.code);
                             insert.bindOrNull(4, area.name);
                             insert.bind(5, area.population);
                             return insert.run();
                         });
}

Expected<void> Project::addPlaces(const std::vector<PlaceFeature>& places) {
    auto& database = m_connection->database;
    if (!m_connection->crs) return fail(noCrs(database));
    const int srsId = m_connection->crs->epsg;
    return replaceLayers(database, "places", places, "INSERT INTO places(geom, layer, code, name) VALUES (?, ?, ?, ?)",
                         [&](Statement& insert, const PlaceFeature& place) {
                             const auto blob = store::pointBlob(place.point, srsId);
                             insert.bind(1, std::span<const std::byte>{blob});
                             insert.bind(2, place.layer);
                             insert.bindOrNull(3, place.code);
                             insert.bindOrNull(4, place.name);
                             return insert.run();
                         });
}

Expected<std::vector<std::string>> Project::areaLayers() const {
    std::vector<std::string> layers;
    if (!m_connection->crs) return layers;
    return m_connection->database
        .each("SELECT layer FROM areas GROUP BY layer ORDER BY min(fid)",
              [&](Statement& row) { layers.push_back(row.string(0)); })
        .map([&] { return std::move(layers); });
}

Expected<std::vector<AreaFeature>> Project::areas(const std::string& layer) const {
    std::vector<AreaFeature> areas;
    if (!m_connection->crs) return areas;
    return m_connection->database
        .each(
            "SELECT layer, code, name, population, geom FROM areas WHERE layer = ? ORDER BY fid",
            [&](Statement& row) -> Expected<void> {
                AreaFeature area{row.string(0), row.string(1), row.string(2), std::nullopt, {}};
                if (!row.isNull(3)) area.population = row.real(3);
                if (!row.isNull(4)) {
                    auto polygon = store::polygonOfBlob(row.blob(4));
                    if (!polygon)
                        return fail(ErrorCode::fileFormat,
                                    fmt::format("Area {} of layer {} in {} cannot be read: {}", area.name, layer,
                                                utf8Text(path()), polygon.error().message),
                                    utf8Text(path()));
                    area.polygon = std::move(*polygon);
                }
                areas.push_back(std::move(area));
                return {};
            },
            layer)
        .map([&] { return std::move(areas); });
}

Expected<std::vector<PlaceFeature>> Project::places(const std::string& layer) const {
    std::vector<PlaceFeature> places;
    if (!m_connection->crs) return places;
    return m_connection->database
        .each(
            "SELECT layer, code, name, geom FROM places WHERE ?1 = '' OR layer = ?1 ORDER BY fid",
            [&](Statement& row) {
                if (const auto point = store::pointOf(row.blob(3)))
                    places.push_back({row.string(0), row.string(1), row.string(2), *point});
            },
            layer)
        .map([&] { return std::move(places); });
}

} // namespace patchlight
