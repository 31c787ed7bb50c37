// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/records.h"
#include "core/incidents/incidents.h"

/// Extracts from a PostgreSQL server, with or without PostGIS.
namespace patchlight::gis {

struct DatabaseQuery {
    std::string connection;                    ///< "PG:host=... dbname=..." or "postgresql://user@host/database"
    std::string table;                         ///< "schema.table" or "table", as it is spelt
    std::string sql;                           ///< or a query
    std::string where;                         ///< a condition in the server's SQL; empty: all rows
    std::string dateField;                     ///< the column that the days are about
    std::optional<LocalDay> firstDay, lastDay; ///< rows that begin on these days and between them
};

/// True of what a user gives in the place of a file: "PG:..." and "postgresql://...".
[[nodiscard]] bool isDatabase(std::string_view input);
/// The rows of a table or query, named "database/schema.table" or "database/query". Condition and period are the
/// server's work; the connection may only read. Neither name nor messages hold the password.
/// errors: invalidParameter (neither table nor query: lists the tables; both; a period without a field),
/// fileNotReadable (no server, no right, no such table, bad SQL)
[[nodiscard]] Expected<ExtractSource> openDatabase(const DatabaseQuery& query);

} // namespace patchlight::gis
