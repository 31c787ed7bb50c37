// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/connection.h"

#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/store/detail/geopackage.h"
#include "core/store/detail/schema.h"

#include <fmt/format.h>

#include <chrono>

namespace patchlight::store {

namespace {

namespace fs = std::filesystem;

// Pages an import may hold in memory before it writes them out: 16 MiB (negative means KiB). More costs page faults and
// gains nothing, since loading appends.
constexpr const char* settings = "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;";

// Sources from which on a new project gets larger pages: fewer and larger writes, and a lower tree. A small project
// would only grow by them. As it is filled by appending, few pages in memory do, and stay in the processor's cache.
constexpr std::uint64_t manyBytes = std::uint64_t{16} << 20;
constexpr const char* settingsForMany = "PRAGMA page_size = 16384; PRAGMA cache_size = -2048;";

Error folderError(const fs::path& path, std::string_view problem) {
    return {ErrorCode::fileNotWritable, fmt::format("{} cannot be written: {}.", utf8Text(path), problem),
            utf8Text(path)};
}

/// True when it is a project; otherwise an error that says what it is instead.
Expected<void> checkKind(Database& database) {
    const auto file = utf8Text(database.path());
    const auto count = [&](const char* table) {
        return database.integer("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?", table);
    };
    const auto tables = database.integer("SELECT count(*) FROM sqlite_master");
    if (!tables) return fail(tables.error());
    const auto application = database.integer("PRAGMA application_id");
    const auto contents = count("gpkg_contents");
    const auto meta = count("patchlight_meta");
    for (const auto* answer : {&application, &contents, &meta})
        if (!*answer) return fail(answer->error());
    if (*meta == 1) {
        std::string version;
        auto read = database.each("SELECT value FROM patchlight_meta WHERE key = 'version'",
                                  [&](Statement& row) { version = row.string(0); });
        if (!read) return read;
        const auto number = parseInteger(version);
        if (number && *number > projectVersion)
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} was written by a newer Patchlight (project version {}; this "
                                    "one reads up to {}). Open it with that version.",
                                    file, *number, projectVersion),
                        file);
        if (number && *number >= 1 && *contents == 1) return {};
    }
    if (*contents == 0)
        return fail(ErrorCode::fileFormat,
                    *tables == 0
                        ? fmt::format("{} is not a Patchlight project: the file is empty.", file)
                        : fmt::format("{} is not a Patchlight project: it is a database, but no GeoPackage.", file),
                    file);
    return fail(ErrorCode::fileFormat,
                fmt::format("{} is a GeoPackage, but not a Patchlight project; open it as a map "
                            "layer instead.",
                            file),
                file);
}

/// Asks SQLite itself: a page is changed and the change taken back, which needs the lock, the file and the journal's
/// folder. (A value written over itself would not do: SQLite then writes nothing.)
Expected<void> checkWritable(Database& database) {
    if (sqlite3_db_readonly(database.handle(), "main") == 1)
        return fail(databaseError(SQLITE_READONLY, "", database.path()));
    auto transaction = Transaction::begin(database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    auto touched = database.execute("UPDATE patchlight_meta SET value = value || '.' WHERE key = 'version'");
    if (!touched && touched.error().code == ErrorCode::fileNotReadable) // the journal could not be made
        return fail(databaseError(SQLITE_READONLY, "", database.path()));
    return touched;
}

/// Brings a file of an older version up to this one, all or nothing; a file that is only read stays as it is.
Expected<void> bringUpToDate(Database& database, OpenMode mode) {
    const auto version = database.integer("SELECT CAST(value AS INTEGER) FROM patchlight_meta WHERE key = 'version'");
    if (!version) return fail(version.error());
    if (*version >= projectVersion) return {};
    if (mode == OpenMode::readOnly) return migrateFrom1(database, mode);
    auto transaction = Transaction::begin(database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    return migrateFrom1(database, mode).and_then([&] { return transaction->commit(); });
}

} // namespace

std::optional<Error> problemWith(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found || path.empty())
        return Error{ErrorCode::fileNotFound, fmt::format("There is no file {}.", utf8Text(path)), utf8Text(path)};
    if (status.type() == fs::file_type::directory)
        return Error{ErrorCode::fileNotReadable, fmt::format("{} is a folder, not a project file.", utf8Text(path)),
                     utf8Text(path)};
    if (status.type() == fs::file_type::none)
        return Error{ErrorCode::fileNotReadable, fmt::format("{} cannot be read: {}.", utf8Text(path), error.message()),
                     utf8Text(path)};
    return std::nullopt;
}

Expected<std::unique_ptr<Project::Connection>> createConnection(const fs::path& path, std::uint64_t expectedBytes) {
    std::error_code ignored;
    const auto folder = absolutePath(path).parent_path();
    if (path.empty()) return fail(folderError(path, "a project file needs a name"));
    if (fs::exists(path, ignored))
        return fail(
            folderError(path, fs::is_directory(path, ignored) ? "it is a folder" : "there is such a file already"));
    if (!isFolder(folder)) return fail(folderError(path, fmt::format("there is no folder {}", utf8Text(folder))));
    auto database = Database::open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!database) {
        if (database.error().code != ErrorCode::fileNotReadable) return fail(database.error());
        return fail(folderError(path, fmt::format("the folder {} may not be written to", utf8Text(folder))));
    }
    registerSpatialFunctions(*database);
    auto connection =
        std::make_unique<Project::Connection>(Project::Connection{std::move(*database), OpenMode::readWrite, {}});
    auto done = connection->database.execute(settings);
    if (done && expectedBytes >= manyBytes) done = connection->database.execute(settingsForMany);
    if (done) {
        auto transaction = Transaction::begin(connection->database, Transaction::Kind::writing);
        done = transaction ? createMetaTables(connection->database).and_then([&] { return transaction->commit(); })
                           : Expected<void>{fail(transaction.error())};
    }
    if (!done) {
        connection.reset();
        fs::remove(path, ignored);
        return fail(done.error());
    }
    return connection;
}

Expected<std::unique_ptr<Project::Connection>> openConnection(const fs::path& path, OpenMode mode) {
    if (auto problem = problemWith(path)) return fail(std::move(*problem));
    auto database = Database::open(path, mode == OpenMode::readWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    if (!database) return fail(database.error());
    registerSpatialFunctions(*database);
    auto connection = std::make_unique<Project::Connection>(Project::Connection{std::move(*database), mode, {}});
    auto& opened = connection->database;
    auto done = opened.execute(settings).and_then([&] { return checkKind(opened); });
    if (done && mode == OpenMode::readWrite) {
        // Another program may have left it in WAL mode, which has side files; if it still uses the file, it stays so.
        static_cast<void>(opened.execute("PRAGMA journal_mode = DELETE"));
        done = checkWritable(opened);
    }
    done = done.and_then([&] { return bringUpToDate(opened, mode); });
    if (!done) return fail(done.error());
    auto crs = readCrs(opened);
    if (!crs) return fail(crs.error());
    connection->crs = std::move(*crs);
    return connection;
}

Expected<std::vector<DatasetInfo>> readDatasets(Database& database) {
    std::vector<DatasetInfo> datasets;
    return database
        .each("SELECT id, name, file, sha256, bytes, source, first_month, last_month, anonymised, rows_read, "
              "rows_stored, "
              "rows_mapped, mapping, imported FROM patchlight_dataset ORDER BY id",
              [&](Statement& row) {
                  const auto count = [&](int column) { return static_cast<std::size_t>(row.integer(column)); };
                  DatasetInfo info;
                  info.id = row.integer(0);
                  info.name = row.string(1);
                  info.file = row.string(2);
                  info.sha256 = row.string(3);
                  info.bytes = static_cast<std::uint64_t>(row.integer(4));
                  info.source = row.string(5);
                  info.firstMonth = row.string(6);
                  info.lastMonth = row.string(7);
                  info.anonymised = row.integer(8) != 0;
                  info.read = count(9);
                  info.stored = count(10);
                  info.mapped = count(11);
                  info.mapping = nlohmann::json::parse(row.text(12), nullptr, false);
                  if (info.mapping.is_discarded()) info.mapping = nullptr;
                  info.imported = row.string(13);
                  datasets.push_back(std::move(info));
              })
        .and_then([&] {
            return database.each(
                "SELECT dataset_id, month, rows, mapped FROM patchlight_coverage ORDER BY 1, 2", [&](Statement& row) {
                    for (auto& dataset : datasets)
                        if (dataset.id == row.integer(0))
                            dataset.months.push_back({row.string(1), static_cast<std::size_t>(row.integer(2)),
                                                      static_cast<std::size_t>(row.integer(3))});
                });
        })
        .map([&] { return std::move(datasets); });
}

std::string utcNow() {
    using namespace std::chrono;
    const auto now = floor<seconds>(system_clock::now());
    const auto day = floor<days>(now);
    const year_month_day date{day};
    const hh_mm_ss time{now - day};
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count());
}

} // namespace patchlight::store
