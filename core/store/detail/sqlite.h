// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/handle.h"
#include "core/base/path_text.h"

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

/// Owners of SQLite's handles; nothing outside core/store sees one.
namespace patchlight::store {

/// What SQLite's result code means for the person whose file it is. `words` are SQLite's own.
[[nodiscard]] Error databaseError(int result, std::string_view words, const std::filesystem::path& path);

/// A prepared statement. Texts and blobs are bound by reference: they must live until the statement has run.
class Statement {
public:
    Statement() = default;
    Statement(sqlite3_stmt* statement, const std::filesystem::path* path) : m_statement{statement}, m_path{path} {}

    template <std::integral T> void bind(int index, T value) {
        note(sqlite3_bind_int64(m_statement.get(), index, static_cast<sqlite3_int64>(value)));
    }
    void bind(int index, double value) { note(sqlite3_bind_double(m_statement.get(), index, value)); }
    void bind(int index, std::nullptr_t) { note(sqlite3_bind_null(m_statement.get(), index)); }
    void bind(int index, std::string_view text) {
        note(sqlite3_bind_text64(m_statement.get(), index, text.data() ? text.data() : "", text.size(), SQLITE_STATIC,
                                 SQLITE_UTF8));
    }
    void bind(int index, const std::string& text) { bind(index, std::string_view{text}); }
    void bind(int index, const char* text) { bind(index, std::string_view{text}); }
    void bind(int index, std::span<const std::byte> blob) {
        note(sqlite3_bind_blob64(m_statement.get(), index,
                                 blob.empty() ? reinterpret_cast<const std::byte*>("") : blob.data(), blob.size(),
                                 SQLITE_STATIC));
    }
    template <class T> void bind(int index, const std::optional<T>& value) {
        if (value) {
            bind(index, *value);
        } else {
            bind(index, nullptr);
        }
    }
    /// Null where the text is empty: an absent value is absent in other programs too.
    void bindOrNull(int index, std::string_view text) {
        if (text.empty()) {
            bind(index, nullptr);
        } else {
            bind(index, text);
        }
    }

    /// True when there is a row to read.
    [[nodiscard]] Expected<bool> step();
    /// Runs to the end and makes the statement ready for the next values.
    [[nodiscard]] Expected<void> run();
    void reset();

    [[nodiscard]] bool isNull(int column) const {
        return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
    }
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(m_statement.get(), column); }
    [[nodiscard]] double real(int column) const { return sqlite3_column_double(m_statement.get(), column); }
    /// Valid until the next step; empty where null.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string string(int column) const { return std::string{text(column)}; }
    [[nodiscard]] std::span<const std::byte> blob(int column) const;

private:
    void note(int result) {
        if (result != SQLITE_OK) m_bindResult = result;
    }
    [[nodiscard]] Error error(int result) const;

    std::unique_ptr<sqlite3_stmt, Releaser<sqlite3_finalize>> m_statement;
    const std::filesystem::path* m_path = nullptr;
    int m_bindResult = SQLITE_OK;
};

/// An open database: foreign keys on, schema not trusted, defensive, waits two seconds for another program's lock.
class Database {
public:
    /// flags: SQLITE_OPEN_...; the file is not touched before the first statement. errors: as databaseError
    [[nodiscard]] static Expected<Database> open(const std::filesystem::path& path, int flags);

    [[nodiscard]] sqlite3* handle() const { return m_handle.get(); }
    [[nodiscard]] const std::filesystem::path& path() const { return *m_path; }
    [[nodiscard]] bool inTransaction() const { return sqlite3_get_autocommit(m_handle.get()) == 0; }
    [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(m_handle.get()); }
    [[nodiscard]] std::int64_t lastId() const { return sqlite3_last_insert_rowid(m_handle.get()); }

    [[nodiscard]] Expected<Statement> prepare(std::string_view sql);
    /// One or several statements without values.
    [[nodiscard]] Expected<void> execute(const std::string& script);

    /// Runs one statement with these values.
    template <class... Values> [[nodiscard]] Expected<void> run(std::string_view sql, const Values&... values) {
        return prepare(sql).and_then([&](Statement&& statement) -> Expected<void> {
            int index = 0;
            (statement.bind(++index, values), ...);
            return statement.run();
        });
    }
    /// Calls row(statement) for every row; a row function may give an error, which ends the query.
    template <class Row, class... Values>
    [[nodiscard]] Expected<void> each(std::string_view sql, Row&& row, const Values&... values) {
        auto statement = prepare(sql);
        if (!statement) return fail(statement.error());
        [[maybe_unused]] int index = 0;
        (statement->bind(++index, values), ...);
        for (;;) {
            const auto more = statement->step();
            if (!more) return fail(more.error());
            if (!*more) return {};
            if constexpr (std::is_void_v<std::invoke_result_t<Row&, Statement&>>) {
                row(*statement);
            } else if (auto done = row(*statement); !done) {
                return fail(done.error());
            }
        }
    }
    /// The first value of the first row; 0 where there is none.
    template <class... Values>
    [[nodiscard]] Expected<std::int64_t> integer(std::string_view sql, const Values&... values) {
        std::int64_t result = 0;
        return each(
                   sql, [&](Statement& row) { result = row.integer(0); }, values...)
            .map([&] { return result; });
    }

private:
    Database(sqlite3* handle, std::filesystem::path path);

    std::unique_ptr<std::filesystem::path> m_path; ///< statements point at it, so it stays put when we are moved
    std::unique_ptr<sqlite3, Releaser<sqlite3_close_v2>> m_handle;
};

/// A transaction that is rolled back unless it was committed.
class Transaction {
public:
    enum class Kind { reading, writing };
    [[nodiscard]] static Expected<Transaction> begin(Database& database, Kind kind);
    ~Transaction();
    Transaction(Transaction&& other) noexcept : m_database{std::exchange(other.m_database, nullptr)} {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    Transaction& operator=(Transaction&&) = delete;
    [[nodiscard]] Expected<void> commit();

private:
    explicit Transaction(Database& database) : m_database{&database} {}
    Database* m_database;
};

/// Lets the R-tree's own tables be written while it lives; defensive mode is on again afterwards.
class ShadowTableAccess {
public:
    explicit ShadowTableAccess(Database& database);
    ~ShadowTableAccess();
    ShadowTableAccess(const ShadowTableAccess&) = delete;
    ShadowTableAccess& operator=(const ShadowTableAccess&) = delete;

private:
    Database& m_database;
};

} // namespace patchlight::store
