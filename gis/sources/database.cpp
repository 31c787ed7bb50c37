// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/database.h"

#include "core/base/text.h"
#include "gis/sources/detail/layer_records.h"

#include <array>
#include <fmt/format.h>

namespace patchlight::gis {

namespace {

using detail::DatasetHandle;
using detail::FeatureHandle;
using detail::GdalMessages;

bool isUrl(std::string_view connection) {
    const std::string folded = foldedCase(connection.substr(0, 13));
    return folded.starts_with("postgresql://") || folded.starts_with("postgres://");
}

/// A name as SQL writes it whatever is in it.
std::string sqlName(std::string_view name) {
    std::string text(1, '"');
    for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + '"';
}

/// "schema.table" as SQL names it.
std::string tableName(const std::string& table) {
    const std::size_t dot = table.find('.');
    if (dot == table.npos) return sqlName(table);
    return sqlName(table.substr(0, dot)) + "." + sqlName(table.substr(dot + 1));
}

/// The password of a connection text, as it stands there.
std::string passwordIn(const std::string& connection) {
    if (isUrl(connection)) {
        const std::size_t start = connection.find("://") + 3, at = connection.rfind('@');
        const std::size_t colon = connection.find(':', start);
        if (at != connection.npos && colon < at) return connection.substr(colon + 1, at - colon - 1);
    }
    const std::size_t key = foldedCase(connection).find("password");
    const std::size_t equals = key == connection.npos ? key : connection.find('=', key);
    if (equals == connection.npos) return {};
    std::size_t start = connection.find_first_not_of(' ', equals + 1);
    if (start == connection.npos) return {};
    const bool marked = connection[start] == '\'';
    if (marked) ++start;
    return connection.substr(start, connection.find_first_of(marked ? "'" : " &", start) - start);
}

/// The server's or the library's reason: one line, without the query that GDAL repeats. Where it quotes the connection
/// text or might hold the password, it is left out.
std::string reasonOf(const GdalMessages& messages, const std::string& connection) {
    std::string reason = messages.text("no reason given");
    for (const char* follows : {" LINE ", "LINE 1:", " DECLARE "})
        if (const std::size_t at = reason.find(follows); at != reason.npos) reason.resize(at);
    while (!reason.empty() && (reason.back() == ' ' || reason.back() == ':')) reason.pop_back();
    const std::string password = passwordIn(connection);
    const bool quotes = reason.find("connection info string") != reason.npos ||
                        reason.find("connection option") != reason.npos || reason.find("URI") != reason.npos ||
                        reason.find("translate host name") != reason.npos;
    if (quotes) return "the connection is not understood";
    if (!password.empty() && reason.find(password) != reason.npos) return "the server says no";
    return reason;
}

Expected<DatasetHandle> connect(const std::string& connection) {
    if (auto known = detail::driverNamed("PostgreSQL"); !known) return fail(known.error());
    const std::string name =
        !isUrl(connection) ? connection : "PG:postgresql" + connection.substr(connection.find("://"));
    constexpr std::array<const char*, 2> drivers{"PostgreSQL", nullptr};
    constexpr std::array<const char*, 3> options{
        "PRELUDE_STATEMENTS=SET default_transaction_read_only = on; SET client_encoding = 'UTF8'", "LIST_ALL_TABLES=NO",
        nullptr};
    const GdalMessages messages;
    DatasetHandle dataset{GDALOpenEx(name.c_str(), GDAL_OF_READONLY | GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR,
                                     drivers.data(), options.data(), nullptr)};
    if (dataset) return dataset;
    return fail(ErrorCode::fileNotReadable,
                fmt::format("The database cannot be opened ({}); check host, database, user and password.",
                            reasonOf(messages, connection)),
                "connection");
}

/// The first column of a query's rows.
std::vector<std::string> valuesOf(GDALDatasetH dataset, const char* sql) {
    const GdalMessages messages;
    std::vector<std::string> values;
    OGRLayerH result = GDALDatasetExecuteSQL(dataset, sql, nullptr, nullptr);
    if (result == nullptr) return values;
    while (const FeatureHandle row{OGR_L_GetNextFeature(result)})
        values.emplace_back(OGR_F_GetFieldAsString(row.get(), 0));
    GDALDatasetReleaseResultSet(dataset, result);
    return values;
}

std::string sqlOf(const DatabaseQuery& query) {
    std::string inner = query.sql;
    while (!inner.empty() && (inner.back() == ';' || inner.back() == ' ' || inner.back() == '\n')) inner.pop_back();
    std::string sql =
        query.sql.empty() ? "SELECT * FROM " + tableName(query.table) : "SELECT * FROM (" + inner + "\n) AS extract";
    std::vector<std::string> conditions;
    if (!query.where.empty()) conditions.push_back("(" + query.where + "\n)");
    const std::string field = sqlName(query.dateField);
    if (query.firstDay) conditions.push_back(fmt::format("{} >= '{}'", field, isoDay(*query.firstDay)));
    if (query.lastDay)
        conditions.push_back(fmt::format("{} < '{}'", field, isoDay(*query.lastDay + std::chrono::days{1})));
    for (std::size_t i = 0; i < conditions.size(); ++i) sql += (i == 0 ? " WHERE " : " AND ") + conditions[i];
    return sql;
}

Expected<void> checkQuery(const DatabaseQuery& query, GDALDatasetH dataset, const std::string& database) {
    if (!query.table.empty() && !query.sql.empty())
        return fail(ErrorCode::invalidParameter, "Give a table or a query, not both.", "sql");
    if ((query.firstDay || query.lastDay) == query.dateField.empty())
        return fail(ErrorCode::invalidParameter,
                    "A period needs the name of the column with the dates, and the other "
                    "way round; give both or neither.",
                    "period");
    if (!query.table.empty() || !query.sql.empty()) return {};
    auto tables = valuesOf(dataset, "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE "
                                    "table_schema NOT IN ('pg_catalog', 'information_schema') AND table_name NOT IN "
                                    "('spatial_ref_sys', 'geometry_columns', 'geography_columns') ORDER BY 1 LIMIT 20");
    return fail(ErrorCode::invalidParameter,
                tables.empty() ? fmt::format("The database {} has no table that you may read.", database)
                               : fmt::format("Say which table or query of {} holds the incidents; it has {}.", database,
                                             listed(tables)),
                "table");
}

Expected<RecordStream> recordsOf(const DatabaseQuery& query, const std::string& name) {
    auto dataset = connect(query.connection);
    if (!dataset) return fail(dataset.error());
    const GdalMessages messages;
    OGRLayerH layer = GDALDatasetExecuteSQL(dataset->get(), sqlOf(query).c_str(), nullptr, nullptr);
    if (layer == nullptr || messages.failed())
        return fail(ErrorCode::fileNotReadable,
                    fmt::format("{} cannot be read ({}); check the names, the condition and your rights.", name,
                                reasonOf(messages, query.connection)),
                    name);
    const auto close = [layer](GDALDatasetH open) {
        GDALDatasetReleaseResultSet(open, layer);
        GDALClose(open);
    };
    return detail::layerRecords({.dataset = std::shared_ptr<void>(dataset->release(), close),
                                 .layer = layer,
                                 .shown = name,
                                 .countFirst = false});
}

} // namespace

bool isDatabase(std::string_view input) {
    return equalIgnoringCase(input.substr(0, 3), "PG:") || isUrl(input);
}

Expected<ExtractSource> openDatabase(const DatabaseQuery& query) {
    auto dataset = connect(query.connection);
    if (!dataset) return fail(dataset.error());
    const auto databases = valuesOf(dataset->get(), "SELECT current_database()");
    const std::string database = databases.empty() ? "database" : databases.front();
    if (auto fine = checkQuery(query, dataset->get(), database); !fine) return fail(fine.error());
    const std::string name = database + "/" + (query.table.empty() ? std::string("query") : query.table);
    dataset->reset();
    if (auto first = recordsOf(query, name); !first) return fail(first.error());
    return ExtractSource{.name = name,
                         .bytes = 0,
                         .read = {},
                         .rewind = {},
                         .records = [query, name] { return recordsOf(query, name); },
                         .title = name};
}

} // namespace patchlight::gis
