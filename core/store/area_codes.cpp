// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/connection.h"
#include "core/store/store.h"

namespace patchlight {

using store::Statement;
using store::Transaction;

namespace {

/// Made when first needed; most projects have none.
constexpr const char* table =
    "CREATE TABLE IF NOT EXISTS patchlight_area_code(layer TEXT NOT NULL, code TEXT NOT NULL, "
    "other TEXT NOT NULL, change TEXT)";

Expected<bool> hasTable(store::Database& database) {
    return database.integer("SELECT count(*) FROM sqlite_master WHERE name = 'patchlight_area_code'")
        .map([](std::int64_t count) { return count > 0; });
}

} // namespace

Expected<void> Project::setAreaCodes(const std::string& layer, const std::vector<AreaCode>& codes) {
    auto& database = m_connection->database;
    const auto there = hasTable(database);
    if (!there) return fail(there.error());
    if (!*there && codes.empty()) return {};
    auto transaction = Transaction::begin(database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    auto done = database.execute(table).and_then(
        [&] { return database.run("DELETE FROM patchlight_area_code WHERE layer = ?", layer); });
    for (const AreaCode& pair : codes)
        done = done.and_then([&] {
            return database.run("INSERT INTO patchlight_area_code(layer, code, other, change) VALUES (?, ?, ?, ?)",
                                layer, pair.code, pair.other, pair.change);
        });
    return done.and_then([&] { return transaction->commit(); });
}

Expected<std::vector<AreaCode>> Project::areaCodes(const std::string& layer) const {
    auto& database = m_connection->database;
    const auto there = hasTable(database);
    if (!there) return fail(there.error());
    std::vector<AreaCode> codes;
    if (!*there) return codes;
    return database
        .each(
            "SELECT code, other, change FROM patchlight_area_code WHERE layer = ? ORDER BY rowid",
            [&](Statement& row) {
                codes.push_back({row.string(0), row.string(1), row.string(2)});
            },
            layer)
        .map([&] { return std::move(codes); });
}

} // namespace patchlight
