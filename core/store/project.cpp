// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"

#include "core/base/sha256.h"
#include "core/store/detail/columns.h"
#include "core/store/detail/connection.h"
#include "core/store/detail/incident_rows.h"
#include "core/store/detail/number_columns.h"
#include "core/store/detail/placing.h"
#include "core/store/detail/schema.h"
#include "core/store/detail/understanding.h"

#include <fmt/format.h>

#include <algorithm>

namespace patchlight {

using store::Database;
using store::Statement;
using store::Transaction;

namespace {

/// Reads the rows themselves; with a writer also makes the blocks anew.
Expected<IncidentTable> tableFromRows(Database& database, const TaskContext& task, store::BlockWriter* writer) {
    store::TableBuilder builder;
    return store::eachIncidentRow(database, task,
                                  [&](const store::ColumnRow& row) -> Expected<void> {
                                      builder.add(row);
                                      return writer ? writer->add(row) : Expected<void>{};
                                  })
        .and_then([&] { return writer ? writer->finish() : Expected<void>{}; })
        .map([&] { return builder.finish(); });
}

Expected<IncidentTable> tableWithNewBlocks(Database& database, const TaskContext& task) {
    auto transaction = Transaction::begin(database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    if (auto triggers = store::ensureStampTriggers(database); !triggers) return fail(triggers.error());
    auto writer = store::BlockWriter::overwriting(database);
    if (!writer) return fail(writer.error());
    auto table = tableFromRows(database, task, &*writer);
    if (!table) return table;
    if (auto done = transaction->commit(); !done) return fail(done.error());
    return table;
}

/// From the blocks where they are valid, else from the rows.
Expected<IncidentTable> tableOf(Project::Connection& connection, const TaskContext& task) {
    auto& database = connection.database;
    auto reading = Transaction::begin(database, Transaction::Kind::reading);
    if (!reading) return fail(reading.error());
    const auto valid = store::blocksAreValid(database);
    if (!valid) return fail(valid.error());
    if (*valid) {
        auto table = store::readBlocks(database, task);
        if (!table) return fail(table.error());
        if (*table) return std::move(**table);
    }
    if (connection.mode == OpenMode::readWrite) {
        if (auto ended = reading->commit(); !ended) return fail(ended.error());
        auto table = tableWithNewBlocks(database, task);
        if (table || table.error().code == ErrorCode::cancelled) return table;
        // No room or no lock for new blocks is no reason not to read.
        if (auto again = database.execute("BEGIN"); !again) return fail(again.error());
        auto rows = tableFromRows(database, task, nullptr);
        static_cast<void>(database.execute("COMMIT"));
        return rows;
    }
    return tableFromRows(database, task, nullptr);
}

} // namespace

Project::Project(std::unique_ptr<Connection> connection) : m_connection{std::move(connection)} {}
Project::~Project() = default;
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;

Expected<Project> Project::create(const std::filesystem::path& path) {
    return store::createConnection(path).map([](auto&& connection) { return Project{std::move(connection)}; });
}

Expected<Project> Project::open(const std::filesystem::path& path, OpenMode mode) {
    return store::openConnection(path, mode).map([](auto&& connection) { return Project{std::move(connection)}; });
}

const std::filesystem::path& Project::path() const {
    return m_connection->database.path();
}

std::optional<ProjectCrs> Project::crs() const {
    return m_connection->crs;
}

Expected<std::vector<DatasetInfo>> Project::datasets() const {
    return store::readDatasets(m_connection->database);
}

Expected<std::vector<Finding>> Project::findings() const {
    std::vector<Finding> findings;
    return m_connection->database
        .each("SELECT kind, message, count, rows, dataset, texts FROM patchlight_finding ORDER BY id",
              [&](Statement& row) {
                  Finding finding{.kind = row.string(0),
                                  .message = row.string(1),
                                  .count = static_cast<std::size_t>(row.integer(2)),
                                  .rows = {},
                                  .dataset = row.string(4),
                                  .values = {}};
                  const auto rows = nlohmann::json::parse(row.text(3), nullptr, false);
                  if (rows.is_array())
                      for (const auto& number : rows)
                          if (number.is_number_unsigned()) finding.rows.push_back(number.get<std::uint32_t>());
                  const auto texts = nlohmann::json::parse(row.text(5), nullptr, false);
                  if (texts.is_array())
                      for (const auto& text : texts)
                          if (text.is_string()) finding.values.push_back(text.get<std::string>());
                  findings.push_back(std::move(finding));
              })
        .map([&] { return std::move(findings); });
}

Expected<IncidentTable> Project::incidents(const TaskContext& task) const {
    const auto own = categories();
    if (!own) return fail(own.error());
    auto table = m_connection->crs ? tableOf(*m_connection, task) : Expected<IncidentTable>{IncidentTable{}};
    if (table) table->categories = categoriesWith(*own);
    return table;
}

Expected<std::vector<KnownMapping>> Project::mappings() const {
    return store::readMappings(m_connection->database);
}

Expected<std::vector<CategoryEntry>> Project::categories() const {
    return store::readCategories(m_connection->database);
}

Expected<void> Project::setCategories(const std::vector<CategoryEntry>& own) {
    auto transaction = Transaction::begin(m_connection->database, Transaction::Kind::writing);
    if (!transaction) return fail(transaction.error());
    return store::writeCategories(m_connection->database, own).and_then([&] { return transaction->commit(); });
}

Expected<std::string> Project::fingerprint() const {
    const auto known = datasets();
    if (!known) return fail(known.error());
    std::vector<std::string> lines;
    for (const auto& dataset : *known)
        lines.push_back(fmt::format("{} {} {} {} {}\n", dataset.sha256, dataset.read, dataset.stored, dataset.mapped,
                                    dataset.mapping.dump()));
    std::sort(lines.begin(), lines.end()); // the order of import does not matter
    const auto own = categories();
    if (!own) return fail(own.error());
    for (const CategoryEntry& entry : *own)
        lines.push_back(fmt::format("{} {} {} {}\n", entry.wording, nlohmann::json(entry.meaning.groups).dump(),
                                    entry.meaning.sensitive, entry.meaning.harm.value_or(-1.0)));
    if (const auto& crs = m_connection->crs) lines.push_back(fmt::format("EPSG:{} {}\n", crs->epsg, crs->operation));
    return m_connection->database
        .each("SELECT edits, token FROM patchlight_stamp ORDER BY table_name",
              [&](Statement& row) { lines.push_back(fmt::format("edits {} {}\n", row.integer(0), row.text(1))); })
        .map([&] {
            Sha256 sum;
            for (const auto& line : lines) sum.add(line);
            return sum.hex();
        });
}

Expected<std::vector<std::pair<std::string, std::string>>> Project::incidentDetails(std::int64_t id) const {
    constexpr std::array titles{"Dataset",     "Row",      "Reference", "Category",  "Subcategory", "Occurred from",
                                "Occurred to", "Recorded", "Place",     "Area code", "Outcome"};
    std::vector<std::pair<std::string, std::string>> details;
    bool found = false;
    auto done = m_connection->database.each(
        "SELECT dataset, source_row, reference, category, subcategory, occurred_from, occurred_to, recorded, place, "
        "area_code, "
        "outcome, other FROM incidents WHERE fid = ?",
        [&](Statement& row) {
            found = true;
            for (std::size_t i = 0; i < titles.size(); ++i)
                if (auto text = row.string(static_cast<int>(i)); !text.empty())
                    details.emplace_back(titles[i], std::move(text));
            const auto text = row.text(titles.size());
            const auto other = nlohmann::ordered_json::parse(text, nullptr, false);
            if (other.is_object()) {
                for (const auto& [name, value] : other.items())
                    details.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
            } else if (!text.empty()) { // another program has written something else there
                details.emplace_back("Other", text);
            }
        },
        id);
    if (!done) return fail(done.error());
    if (!found)
        return fail(ErrorCode::database, fmt::format("{} has no incident {}.", utf8Text(path()), id), utf8Text(path()));
    return details;
}

Expected<std::vector<std::string>> Project::numberColumns() const {
    if (!m_connection->crs) return std::vector<std::string>{};
    return store::numberColumns(m_connection->database);
}

Expected<std::vector<double>> Project::numbersOf(const std::string& column, const TaskContext& task) const {
    if (!m_connection->crs) return std::vector<double>{};
    return store::numbersOf(m_connection->database, column, task);
}

Expected<std::vector<UnplacedIncident>> Project::unplaced(const TaskContext& task) const {
    if (!m_connection->crs) return std::vector<UnplacedIncident>{};
    return store::unplacedIncidents(m_connection->database, task);
}

Expected<nlohmann::json> Project::workspace() const {
    nlohmann::json workspace;
    return m_connection->database
        .each("SELECT workspace FROM patchlight_workspace",
              [&](Statement& row) -> Expected<void> {
                  workspace = nlohmann::json::parse(row.text(0), nullptr, false);
                  if (!workspace.is_discarded()) return {};
                  return fail(ErrorCode::fileFormat,
                              fmt::format("The saved workspace in {} is damaged.", utf8Text(path())), utf8Text(path()));
              })
        .map([&] { return std::move(workspace); });
}

Expected<void> Project::saveWorkspace(const nlohmann::json& workspace) {
    return m_connection->database.run("INSERT OR REPLACE INTO patchlight_workspace VALUES (1, ?, ?)", workspace.dump(),
                                      store::utcNow());
}

namespace {

/// The columns that older files lack; they read as null where they are not there yet.
Expected<bool> knowsChecks(store::Database& database) {
    return database.integer("SELECT count(*) FROM pragma_table_info('patchlight_export') WHERE name = 'withheld'")
        .map([](const auto& count) { return count > 0; });
}

} // namespace

Expected<void> Project::recordExport(const std::string& file, const nlohmann::json& recipe, const std::string& profile,
                                     const nlohmann::json& checks, const std::vector<std::string>& withheld) {
    store::Database& database = m_connection->database;
    const auto known = knowsChecks(database);
    if (!known) return fail(known.error());
    if (!*known)
        if (auto added = database.execute("ALTER TABLE patchlight_export ADD COLUMN checks TEXT; "
                                          "ALTER TABLE patchlight_export ADD COLUMN withheld TEXT");
            !added)
            return added;
    return database.run("INSERT INTO patchlight_export(file, recipe, profile, exported, checks, withheld) VALUES (?, "
                        "?, ?, ?, ?, ?)",
                        file, recipe.dump(), profile, store::utcNow(), checks.dump(), nlohmann::json(withheld).dump());
}

Expected<std::vector<ExportRecord>> Project::exports() const {
    store::Database& database = m_connection->database;
    const auto known = knowsChecks(database);
    if (!known) return fail(known.error());
    std::vector<ExportRecord> records;
    const std::string columns = *known ? "checks, withheld" : "NULL, NULL";
    const auto parsed = [](const std::string& text) {
        return text.empty() ? nlohmann::json() : nlohmann::json::parse(text, nullptr, false);
    };
    return database
        .each(("SELECT file, recipe, profile, exported, " + columns + " FROM patchlight_export ORDER BY id").c_str(),
              [&](store::Statement& row) {
                  ExportRecord record{row.string(0), parsed(row.string(1)), row.string(2), parsed(row.string(4)), {},
                                      row.string(3)};
                  if (const nlohmann::json withheld = parsed(row.string(5)); withheld.is_array())
                      for (const nlohmann::json& sentence : withheld)
                          if (sentence.is_string()) record.withheld.push_back(sentence.get<std::string>());
                  records.push_back(std::move(record));
              })
        .map([&] { return std::move(records); });
}

} // namespace patchlight
