// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/database.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/crs/crs.h"
#include "gis/detail/gdal.h"
#include "tests/gis/sources/written_rows.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <cstdlib>
#include <iostream>

using namespace patchlight;
using namespace patchlight::gis;
using namespace patchlight::test;
namespace fs = std::filesystem;

namespace {

using Texts = std::vector<std::string>;

/// A server that lives as long as the test; not there where PostgreSQL with PostGIS is not installed.
class Server {
public:
    Server() {
        m_running = !std::string(PATCHLIGHT_POSTGRES_BIN).empty() && call("start", " '" + password + "'") && prepare();
        if (!m_running) std::cout << "notice: skipped, no PostgreSQL with PostGIS could be started\n";
    }
    ~Server() {
        if (fs::exists(m_folder.path() / "server/data") && !call("stop", ""))
            std::cout << "notice: the test's PostgreSQL server did not stop\n";
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] bool running() const { return m_running; }
    [[nodiscard]] std::string log() const { return readFile(m_folder.path() / "server/server.log"); }
    [[nodiscard]] std::string connection(const std::string& secret = password) const {
        return "PG:host=" + utf8Text(m_folder.path()) + "/server dbname=postgres user=analyst password=" + secret;
    }
    void run(const Texts& statements) const {
        const detail::DatasetHandle dataset{
            GDALOpenEx(connection().c_str(), GDAL_OF_UPDATE | GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
        REQUIRE(dataset);
        for (const std::string& sql : statements) {
            const detail::GdalMessages messages;
            if (OGRLayerH result = GDALDatasetExecuteSQL(dataset.get(), sql.c_str(), nullptr, nullptr))
                GDALDatasetReleaseResultSet(dataset.get(), result);
            INFO(sql << ": " << messages.text());
            CHECK_FALSE(messages.failed());
        }
    }
    static inline const std::string password = "s3cret-horse";

private:
    [[nodiscard]] bool call(const std::string& action, const std::string& more) const {
        const std::string script = std::string(PATCHLIGHT_SOURCE_DIR) + "/tests/support/postgres_server";
        return std::system(("bash '" + script + "' " + action + " '" + utf8Text(m_folder.path()) + "/server' '" +
                            PATCHLIGHT_POSTGRES_BIN + "'" + more)
                               .c_str()) == 0;
    }
    /// The rows of the other formats' tests as a table with points.
    bool prepare() const {
        detail::registerDrivers();
        const detail::DatasetHandle dataset{
            GDALOpenEx(connection().c_str(), GDAL_OF_UPDATE | GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
        if (!dataset) return false;
        const detail::GdalMessages messages;
        GDALDatasetExecuteSQL(dataset.get(), "CREATE EXTENSION postgis", nullptr, nullptr);
        return !messages.failed();
    }
    TemporaryFolder m_folder;
    bool m_running = false;
};

std::string literal(const std::string& text) {
    std::string sql = "'";
    for (const char c : text) sql += c == '\'' ? std::string("''") : std::string(1, c);
    return text.empty() ? "NULL" : sql + "'";
}

Texts tableStatements() {
    Texts statements{
        "CREATE SCHEMA crime",
        "CREATE TABLE crime.\"Incidents 2025\" (\"Reference\" text, \"Crime type\" varchar(40), \"From\" "
        "timestamp, \"Day\" date, \"UPRN\" bigint, \"Cost\" double precision, \"Place\" text, \"Notes\" "
        "text, \"Longitude\" double precision, \"Latitude\" double precision, point geometry(Point, 27700))"};
    for (const auto& row : writtenRows().table.rows) {
        std::string sql = "INSERT INTO crime.\"Incidents 2025\" VALUES (";
        for (const std::string& text : row) sql += literal(text) + ", ";
        sql += row.back().empty()
                   ? "NULL)"
                   : "ST_Transform(ST_SetSRID(ST_MakePoint(" + row[8] + ", " + row[9] + "), 4326), 27700))";
        statements.push_back(std::move(sql));
    }
    return statements;
}

} // namespace

TEST_CASE("a database is told from a file by how it is written", "[sources]") {
    CHECK(isDatabase("PG:dbname=town"));
    CHECK(isDatabase("postgresql://analyst@host/town"));
    CHECK(isDatabase("postgres://host/town"));
    CHECK_FALSE(isDatabase("postgres.csv"));
    CHECK_FALSE(isDatabase("https://example.org/rows.csv"));
}

TEST_CASE("a server that is not there is said without the password", "[sources][bad-input]") {
    const std::string connection =
        GENERATE(std::string("PG:host=127.0.0.1 port=9 dbname=town user=x password=hunter22"),
                 std::string("postgresql://x:hunter22@127.0.0.1:9/town"),
                 std::string("PG:host=127.0.0.1 port=9 password='hunter22 with blanks"),
                 std::string("PG:dbname=town hunter22"), std::string("postgresql://x:p@hunter22@localhost:9/town"));
    const auto source = openDatabase({.connection = connection, .table = "incidents"});
    REQUIRE_FALSE(source);
    CHECK(source.error().message.find("hunter22") == std::string::npos);
    if (patchlight::test::skipsWithout("PostgreSQL")) return;
    CHECK_THAT(source.error().message, Catch::Contains("The database cannot be opened ("));
    CHECK(source.error().message.ends_with("; check host, database, user and password."));
}

TEST_CASE("a PostGIS table or query is read like a file, and filtered by the server", "[sources][import][postgis]") {
    static const Server server; // one for all sections
    if (!server.running()) return;
    static const bool filled = (server.run(tableStatements()), true);
    REQUIRE(filled);
    const std::string table = "crime.Incidents 2025";
    const auto rowsOf = [&](const DatabaseQuery& query) {
        auto source = openDatabase(query);
        INFO((source ? "" : source.error().message));
        REQUIRE(source);
        auto records = recordsOf(std::move(*source));
        INFO((records ? "" : records.error().message));
        REQUIRE(records);
        return *records;
    };
    const auto messageOf = [&](const DatabaseQuery& query) {
        auto source = openDatabase(query);
        REQUIRE_FALSE(source);
        CHECK(source.error().message.find(Server::password) == std::string::npos);
        return source.error().message;
    };

    SECTION("field by field as a CSV of the rows") {
        const auto records = rowsOf({.connection = server.connection(), .table = table});
        for (const std::string& column : writtenRows().table.header) {
            CAPTURE(column);
            CHECK(records.column(column) == writtenRows().table.column(column));
        }
        CHECK(parseDecimal(records.column("geometry_x")[0]).value() == Approx(409107).margin(20));
    }
    SECTION("condition and period are the server's work") {
        const auto records = rowsOf({.connection = server.connection(),
                                     .table = table,
                                     .where = "\"Crime type\" <> 'Arson'",
                                     .dateField = "From",
                                     .firstDay = parseIsoDay("2025-07"),
                                     .lastDay = parseIsoDay("2025-07", true)});
        CHECK(records.column("Reference") == Texts{"00123", "1E5", "000"});
        CHECK_THAT(server.log(), Catch::Contains("WHERE (\"Crime type\" <> 'Arson'"));
        CHECK_THAT(server.log(), Catch::Contains("\"From\" >= '2025-07-01' AND \"From\" < '2025-08-01'"));
    }
    SECTION("a query, with a semicolon and a comment at its end") {
        const auto records = rowsOf({.connection = server.connection(),
                                     .sql = "select \"Reference\", point from crime.\"Incidents 2025\" -- all of it;",
                                     .where = "\"Reference\" = '007'"});
        REQUIRE(records.rows.size() == 1);
        CHECK(records.header == Texts{"Reference", "geometry_x", "geometry_y"});
    }
    SECTION("imports whole, keeps no password, and knows the rows again") {
        const TemporaryFolder folder;
        const fs::path project = folder.path() / "p.gpkg";
        const auto import = [&] {
            auto source = openDatabase({.connection = server.connection(), .table = table});
            REQUIRE(source);
            std::vector<ExtractSource> sources;
            sources.push_back(std::move(*source));
            return importExtracts(project, std::move(sources), projectorFactory(), {});
        };
        const auto report = import();
        INFO((report ? "" : report.error().message));
        REQUIRE(report);
        CHECK(report->read == 8);
        CHECK(report->mapped == 7);
        CHECK(report->datasets[0].file == "postgres/crime.Incidents 2025");
        CHECK(readFile(project).find(Server::password) == std::string::npos);
        CHECK(import()->stored == 0);
    }
    SECTION("what is wrong is said in the server's words") {
        CHECK(messageOf({.connection = server.connection()}) ==
              "Say which table or query of postgres holds the incidents; it has crime.Incidents 2025.");
        CHECK(messageOf({.connection = server.connection(), .table = "crime.none"}) ==
              "postgres/crime.none cannot be read (ERROR:  relation \"crime.none\" does not exist); check the names, "
              "the condition and your rights.");
        CHECK(messageOf({.connection = server.connection(), .table = table, .where = "Colour = 1"}) ==
              "postgres/crime.Incidents 2025 cannot be read (ERROR:  column \"colour\" does not exist); check the "
              "names, the condition and your rights.");
        CHECK_THAT(messageOf({.connection = server.connection("wrong"), .table = table}),
                   Catch::Contains("password authentication failed for user \"analyst\""));
        CHECK(messageOf({.connection = server.connection(), .table = table, .sql = "select 1"}) ==
              "Give a table or a query, not both.");
        CHECK(messageOf({.connection = server.connection(), .table = table, .firstDay = parseIsoDay("2025-07")}) ==
              "A period needs the name of the column with the dates, and the other way round; give both or neither.");
    }
    SECTION("the connection may only read") {
        CHECK_THAT(messageOf({.connection = server.connection(),
                              .sql = "select 1) as x; drop table crime.\"Incidents 2025\"; select * from (select 1"}),
                   Catch::Contains("cannot be read"));
        CHECK(rowsOf({.connection = server.connection(), .table = table}).rows.size() == 8);
    }
    SECTION("areas are refused") {
        server.run({"CREATE TABLE zones AS SELECT 1 AS id, ST_Buffer(point, 10) AS shape FROM crime.\"Incidents 2025\" "
                    "WHERE point IS NOT NULL"});
        auto source = openDatabase({.connection = server.connection(), .table = "zones"});
        REQUIRE(source);
        const auto records = recordsOf(std::move(*source));
        REQUIRE_FALSE(records);
        CHECK_THAT(records.error().message, Catch::Contains("postgres/zones has an area in record 1"));
    }
}
