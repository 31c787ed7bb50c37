// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/sqlite.h"

#include "core/base/paths.h"

#include <fmt/format.h>

namespace patchlight::store {

namespace {

constexpr int lockPatienceMilliseconds = 2000;

} // namespace

Error databaseError(int result, std::string_view words, const std::filesystem::path& path) {
    const auto file = utf8Text(path);
    const auto error = [&](ErrorCode code, std::string message) { return Error{code, std::move(message), file}; };
    switch (result & 0xff) {
    case SQLITE_FULL:
        return error(ErrorCode::database, fmt::format("The disk is full: {} was not changed. Free some space and try "
                                                      "again.",
                                                      file));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error(ErrorCode::database, fmt::format("{} is being written by another program. Wait until it has "
                                                      "finished, or close it there, and try again.",
                                                      file));
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return error(ErrorCode::fileNotWritable, fmt::format("{} is read-only, or the folder it lies in is. Copy it to "
                                                             "a folder you can write to and open that.",
                                                             file));
    case SQLITE_CANTOPEN:
        return error(ErrorCode::fileNotReadable, fmt::format("{} could not be opened. Look whether you may read it and "
                                                             "write in its folder.",
                                                             file));
    case SQLITE_NOTADB:
        return error(ErrorCode::fileFormat, fmt::format("{} is not a Patchlight project: it is no GeoPackage.", file));
    case SQLITE_CORRUPT:
        return error(ErrorCode::fileFormat, fmt::format("{} is damaged ({}). Go back to a copy of it.", file, words));
    case SQLITE_IOERR:
        return error(ErrorCode::database, fmt::format("{} could not be read or written ({}). Look whether its disk or "
                                                      "file share is still there.",
                                                      file, words));
    case SQLITE_NOMEM:
        return error(ErrorCode::database, fmt::format("There is not enough memory to work on {}.", file));
    default:
        return error(ErrorCode::database, fmt::format("{}: the database says \"{}\".", file, words));
    }
}

Expected<bool> Statement::step() {
    if (m_bindResult != SQLITE_OK) return fail(error(m_bindResult));
    const int result = sqlite3_step(m_statement.get());
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) return false;
    Error failure = error(result);
    sqlite3_reset(m_statement.get());
    return fail(std::move(failure));
}

Expected<void> Statement::run() {
    for (;;) {
        const auto more = step();
        if (!more) return fail(more.error());
        if (!*more) break;
    }
    sqlite3_reset(m_statement.get());
    return {};
}

void Statement::reset() {
    sqlite3_reset(m_statement.get());
}

std::string_view Statement::text(int column) const {
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(m_statement.get(), column));
    if (!text) return {};
    return {text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::span<const std::byte> Statement::blob(int column) const {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(m_statement.get(), column));
    if (!data) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

Error Statement::error(int result) const {
    return databaseError(result, sqlite3_errmsg(sqlite3_db_handle(m_statement.get())), *m_path);
}

Database::Database(sqlite3* handle, std::filesystem::path path)
    : m_path{std::make_unique<std::filesystem::path>(std::move(path))}, m_handle{handle} {}

Expected<Database> Database::open(const std::filesystem::path& path, int flags) {
    // An absolute name: ":memory:" and "" mean something else to SQLite.
    const auto absolute = absolutePath(path);
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(utf8Text(absolute).c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database{handle, path};
    if (result != SQLITE_OK) return fail(databaseError(result, handle ? sqlite3_errmsg(handle) : "", path));
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, lockPatienceMilliseconds);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return database;
}

Expected<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int result = sqlite3_prepare_v3(m_handle.get(), sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (result != SQLITE_OK) return fail(databaseError(result, sqlite3_errmsg(m_handle.get()), *m_path));
    return Statement{statement, m_path.get()};
}

Expected<void> Database::execute(const std::string& script) {
    const int result = sqlite3_exec(m_handle.get(), script.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) return fail(databaseError(result, sqlite3_errmsg(m_handle.get()), *m_path));
    return {};
}

Expected<Transaction> Transaction::begin(Database& database, Kind kind) {
    return database.execute(kind == Kind::writing ? "BEGIN IMMEDIATE" : "BEGIN").map([&] {
        return Transaction{database};
    });
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself, on a full disk for instance.
    if (m_database && m_database->inTransaction()) static_cast<void>(m_database->execute("ROLLBACK"));
}

Expected<void> Transaction::commit() {
    auto done = m_database->execute("COMMIT");
    if (done) m_database = nullptr;
    return done;
}

ShadowTableAccess::ShadowTableAccess(Database& database) : m_database{database} {
    sqlite3_db_config(m_database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
}

ShadowTableAccess::~ShadowTableAccess() {
    sqlite3_db_config(m_database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

} // namespace patchlight::store
