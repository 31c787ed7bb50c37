// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/schema.h"

#include "core/base/version.h"

#include <fmt/format.h>

namespace patchlight::store {

namespace {

constexpr const char* geoPackageTables = R"sql(
CREATE TABLE gpkg_spatial_ref_sys(
    srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents(
    table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns(
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions(
    table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_ogr_contents(table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
)sql";

constexpr const char* patchlightTables = R"sql(
CREATE TABLE patchlight_meta(key TEXT NOT NULL PRIMARY KEY, value TEXT);
CREATE TABLE patchlight_dataset(
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT NOT NULL, file TEXT, sha256 TEXT, bytes INTEGER, source TEXT,
    first_month TEXT, last_month TEXT, anonymised BOOLEAN NOT NULL DEFAULT 0, rows_read INTEGER, rows_stored INTEGER,
    rows_mapped INTEGER, mapping TEXT, imported TEXT);
CREATE TABLE patchlight_coverage(
    dataset_id INTEGER NOT NULL REFERENCES patchlight_dataset(id) ON DELETE CASCADE, month TEXT NOT NULL,
    rows INTEGER NOT NULL, mapped INTEGER NOT NULL, PRIMARY KEY (dataset_id, month)) WITHOUT ROWID;
CREATE TABLE patchlight_finding(
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    dataset_id INTEGER REFERENCES patchlight_dataset(id) ON DELETE CASCADE, dataset TEXT, kind TEXT NOT NULL,
    message TEXT, count INTEGER, rows TEXT, texts TEXT);
CREATE TABLE patchlight_workspace(id INTEGER PRIMARY KEY CHECK (id = 1), workspace TEXT NOT NULL, saved TEXT NOT NULL);
CREATE TABLE patchlight_recipe(name TEXT NOT NULL PRIMARY KEY, recipe TEXT NOT NULL, saved TEXT NOT NULL);
CREATE TABLE patchlight_export(
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, file TEXT NOT NULL, recipe TEXT NOT NULL, profile TEXT NOT NULL,
    exported TEXT NOT NULL, checks TEXT, withheld TEXT);
CREATE TABLE patchlight_layer(
    id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, source_layer TEXT, role TEXT,
    label_field TEXT, visible BOOLEAN NOT NULL, draw_order INTEGER NOT NULL);
CREATE TABLE patchlight_column(
    name TEXT NOT NULL, block INTEGER NOT NULL, stamp INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, block));
CREATE TABLE patchlight_mapping(
    header TEXT NOT NULL PRIMARY KEY, mapping TEXT NOT NULL, file TEXT NOT NULL, confirmed TEXT NOT NULL);
CREATE TABLE patchlight_category(
    wording TEXT NOT NULL PRIMARY KEY, groups TEXT NOT NULL, sensitive BOOLEAN NOT NULL, harm REAL);
CREATE TABLE patchlight_stamp(table_name TEXT NOT NULL PRIMARY KEY, edits INTEGER NOT NULL, token TEXT NOT NULL);
INSERT INTO patchlight_stamp VALUES ('incidents', 0, '');
INSERT INTO gpkg_contents(table_name, data_type, identifier, description) VALUES
    ('patchlight_dataset', 'attributes', 'patchlight_dataset', 'Files imported into the project'),
    ('patchlight_finding', 'attributes', 'patchlight_finding', 'What the imports noticed');
)sql";

struct FeatureTable {
    const char* name;
    const char* geometry;
    const char* description;
    const char* columns;
};

constexpr FeatureTable featureTables[] = {
    {"incidents", "POINT", "Incidents; times are local civil time, cut to what is known",
     "dataset_id INTEGER, dataset TEXT, source_row INTEGER, reference TEXT, category TEXT, subcategory TEXT, "
     "occurred_from TEXT, occurred_to TEXT, precision TEXT, recorded TEXT, place TEXT, area_code TEXT, outcome TEXT, "
     "location_level TEXT, other TEXT"},
    {"areas", "MULTIPOLYGON", "Boundaries", "layer TEXT NOT NULL, code TEXT, name TEXT, population REAL"},
    {"places", "POINT", "Places", "layer TEXT NOT NULL, code TEXT, name TEXT"},
};

/// {0} is the table. The statements of the extension as GeoPackage 1.3, annex F.3, gives them.
constexpr const char* indexTemplate = R"sql(
CREATE VIRTUAL TABLE rtree_{0}_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_{0}_geom_insert AFTER INSERT ON {0} WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_{0}_geom VALUES
        (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{0}_geom_update1 AFTER UPDATE OF geom ON {0}
    WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    INSERT OR REPLACE INTO rtree_{0}_geom VALUES
        (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{0}_geom_update2 AFTER UPDATE OF geom ON {0}
    WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_{0}_geom WHERE id = OLD.fid; END;
CREATE TRIGGER rtree_{0}_geom_update3 AFTER UPDATE ON {0}
    WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_{0}_geom WHERE id = OLD.fid;
    INSERT OR REPLACE INTO rtree_{0}_geom VALUES
        (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{0}_geom_update4 AFTER UPDATE ON {0}
    WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN
    DELETE FROM rtree_{0}_geom WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER rtree_{0}_geom_delete AFTER DELETE ON {0} WHEN OLD.geom NOT NULL BEGIN
    DELETE FROM rtree_{0}_geom WHERE id = OLD.fid; END;
CREATE TRIGGER trigger_insert_feature_count_{0} AFTER INSERT ON {0} BEGIN
    UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = lower('{0}'); END;
CREATE TRIGGER trigger_delete_feature_count_{0} AFTER DELETE ON {0} BEGIN
    UPDATE gpkg_ogr_contents SET feature_count = feature_count - 1 WHERE lower(table_name) = lower('{0}'); END;
)sql";

Expected<void> createFeatureTable(Database& database, const FeatureTable& table, int srsId) {
    return database
        .execute(fmt::format("CREATE TABLE {} (fid INTEGER PRIMARY KEY NOT NULL, geom {}, {});", table.name,
                             table.geometry, table.columns))
        .and_then([&] { return database.execute(fmt::format(indexTemplate, table.name)); })
        .and_then([&] {
            return database.run("INSERT INTO gpkg_contents(table_name, data_type, identifier, description, srs_id) "
                                "VALUES (?, 'features', ?, ?, ?)",
                                table.name, table.name, table.description, srsId);
        })
        .and_then([&] {
            return database.run("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", table.name,
                                table.geometry, srsId);
        })
        .and_then([&] {
            return database.run("INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', "
                                "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
                                table.name);
        })
        .and_then([&] { return database.run("INSERT INTO gpkg_ogr_contents VALUES (?, 0)", table.name); });
}

Expected<void> writeMeta(Database& database, std::string_view key, const std::string& value) {
    return database.run("INSERT OR REPLACE INTO patchlight_meta VALUES (?, ?)", key, value);
}

} // namespace

Expected<void> createMetaTables(Database& database) {
    const auto headers = fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", geoPackageApplicationId,
                                     geoPackageVersion);
    return database.execute(headers + geoPackageTables + patchlightTables)
        .and_then([&] { return writeMeta(database, "version", std::to_string(projectVersion)); })
        .and_then([&] { return writeMeta(database, "written_by", madeWith()); });
}

Expected<void> createFeatureTables(Database& database, const ProjectCrs& crs) {
    auto done = database.run("INSERT OR REPLACE INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)", crs.name,
                             crs.epsg, crs.epsg, crs.wkt.empty() ? std::string{"undefined"} : crs.wkt);
    for (const auto& table : featureTables)
        done = done.and_then([&] { return createFeatureTable(database, table, crs.epsg); });
    return done.and_then([&] { return ensureStampTriggers(database); });
}

Expected<void> writeCrs(Database& database, const ProjectCrs& crs) {
    return writeMeta(database, "crs_epsg", std::to_string(crs.epsg))
        .and_then([&] { return writeMeta(database, "crs_operation", crs.operation); })
        .and_then([&] { return writeMeta(database, "crs_warning", crs.warning); });
}

Expected<std::optional<ProjectCrs>> readCrs(Database& database) {
    std::optional<ProjectCrs> crs;
    return database
        .each("SELECT srs_id, srs_name, definition, "
              "(SELECT value FROM patchlight_meta WHERE key = 'crs_operation'), "
              "(SELECT value FROM patchlight_meta WHERE key = 'crs_warning') FROM gpkg_spatial_ref_sys "
              "WHERE srs_id = (SELECT CAST(value AS INTEGER) FROM patchlight_meta WHERE key = 'crs_epsg')",
              [&](Statement& row) {
                  crs = ProjectCrs{static_cast<int>(row.integer(0)), row.string(1), row.string(2), row.string(3),
                                   row.string(4)};
                  if (crs->wkt == "undefined") crs->wkt.clear();
              })
        .map([&] { return std::move(crs); });
}

Expected<std::vector<std::string>> takeTriggers(Database& database, const std::string& table) {
    std::vector<std::string> drops;
    std::vector<std::string> creations;
    auto done = database.each(
        "SELECT 'DROP TRIGGER \"' || replace(name, '\"', '\"\"') || '\"', sql FROM sqlite_master "
        "WHERE type = 'trigger' AND lower(tbl_name) = ? ORDER BY rowid",
        [&](Statement& row) {
            drops.push_back(row.string(0));
            creations.push_back(row.string(1));
        },
        table);
    for (const auto& drop : drops) done = done.and_then([&] { return database.execute(drop); });
    return done.map([&] { return std::move(creations); });
}

Expected<void> ensureStampTriggers(Database& database) {
    // The token tells two files apart that were edited the same number of times.
    std::string script;
    for (const char* event : {"INSERT", "UPDATE", "DELETE"})
        script +=
            fmt::format("CREATE TRIGGER IF NOT EXISTS patchlight_stamp_incidents_{0} AFTER {0} ON incidents BEGIN "
                        "UPDATE patchlight_stamp SET edits = edits + 1, token = lower(hex(randomblob(8))) "
                        "WHERE table_name = 'incidents'; END;\n",
                        event);
    return database.execute(script);
}

Expected<bool> hasStampTriggers(Database& database) {
    return database
        .integer("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN "
                 "('patchlight_stamp_incidents_INSERT', "
                 "'patchlight_stamp_incidents_UPDATE', 'patchlight_stamp_incidents_DELETE')")
        .map([](std::int64_t count) { return count == 3; });
}

Expected<void> writeContents(Database& database, const std::string& table, const Box& extent, std::size_t features) {
    const auto edge = [&](double value) { return extent.empty() ? std::optional<double>{} : std::optional{value}; };
    return database
        .run("UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ?, "
             "last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') WHERE table_name = ?",
             edge(extent.west), edge(extent.south), edge(extent.east), edge(extent.north), table)
        .and_then([&] {
            return database.run("UPDATE gpkg_ogr_contents SET feature_count = ? WHERE table_name = ?", features, table);
        });
}

} // namespace patchlight::store
