// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_support.h"

#include "core/base/path_text.h"
#include "tests/support/catch.h"

#include <array>
#include <cstring>
#include <stdexcept>

namespace patchlight::test {

namespace {

/// The ordinate that ends the blob of a point or stands `before` bytes ahead of its end.
void pointOrdinate(sqlite3_context* context, sqlite3_value* value, int before) {
    double ordinate = 0.0;
    const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
    const int length = sqlite3_value_bytes(value);
    if (length >= 21) std::memcpy(&ordinate, bytes + length - before, sizeof ordinate);
    sqlite3_result_double(context, ordinate);
}
void pointEast(sqlite3_context* context, int, sqlite3_value** values) {
    pointOrdinate(context, values[0], 16);
}
void pointNorth(sqlite3_context* context, int, sqlite3_value** values) {
    pointOrdinate(context, values[0], 8);
}
void neverEmpty(sqlite3_context* context, int, sqlite3_value**) {
    sqlite3_result_int(context, 0);
}

} // namespace

Incidents randomIncidents(unsigned seed, std::size_t count) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    const std::array<const char*, 6> categories{
        "", "Burglary", "Robbery", "Öffentliche \"Ordnung\"", "it's a 'quote'", "Drugs"};
    Incidents result;
    for (std::size_t i = 0; i < count; ++i) {
        NewIncident incident;
        incident.sourceRow = static_cast<std::uint32_t>(i + 1);
        if (below(10) != 0) // a lattice, so that places repeat
            incident.position = ProjectedPoint{400000.25 + 10 * below(200), 90000.5 + 10 * below(200)};
        incident.reference = result.keep("ref-" + std::to_string(random()));
        incident.category = categories[static_cast<std::size_t>(below(6))];
        incident.subcategory = below(3) == 0 ? std::string_view{} : result.keep("sub " + std::to_string(below(4)));
        incident.place = result.keep("On or near Street " + std::to_string(below(400)));
        incident.areaCode = below(5) == 0 ? std::string_view{} : result.keep("E0100" + std::to_string(below(300)));
        incident.outcome = below(2) == 0 ? std::string_view{} : "Under investigation";
        incident.level = static_cast<LocationLevel>(below(5));
        incident.precision = static_cast<TimePrecision>(below(4));
        const LocalDay day = LocalDay{std::chrono::year{2024} / 1 / 1} + std::chrono::days{below(800)};
        const LocalMinute time = day + std::chrono::minutes{below(1440)};
        if (incident.precision == TimePrecision::month) {
            const std::chrono::year_month_day date{day};
            incident.from = LocalDay{date.year() / date.month() / 1};
            if (below(4) == 0) incident.to = LocalDay{date.year() / date.month() / 1} + std::chrono::days{0};
        } else if (incident.precision == TimePrecision::day) {
            incident.from = day;
            if (below(2) == 0) incident.to = day + std::chrono::days{1 + below(3)};
        } else if (incident.precision == TimePrecision::minute) {
            incident.from = time;
            if (below(2) == 0) incident.to = time + std::chrono::minutes{below(3000)};
        }
        if (below(3) == 0) incident.recorded = time + std::chrono::days{1};
        if (below(2) == 0)
            incident.otherColumns =
                result.keep(R"({"Zeta":"last first","Alpha":"x )" + std::to_string(below(9)) + R"("})");
        result.rows.push_back(incident);
    }
    return result;
}

ExpectedIncident expectedTime(const NewIncident& incident) {
    using namespace std::chrono;
    if (!incident.from || incident.precision == TimePrecision::none) return {};
    ExpectedIncident expected{*incident.from, *incident.from, incident.precision};
    if (incident.precision == TimePrecision::month) {
        const year_month_day date{floor<days>(*incident.from)};
        const auto next = year_month{date.year(), date.month()} + months{1};
        expected.to = LocalDay{next / 1};
    }
    if (incident.precision == TimePrecision::day) expected.to = *incident.from + days{1};
    if (incident.to && *incident.to > expected.to) expected.to = *incident.to;
    return expected;
}

void checkTable(const IncidentTable& table, const std::vector<NewIncident>& expected, const std::string& dataset) {
    REQUIRE(table.size() == expected.size());
    bool equal = true; // one assertion for all rows: Catch is slow
    std::size_t firstWrong = expected.size();
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto& incident = expected[i];
        const auto time = expectedTime(incident);
        const bool same =
            table.id[i] == static_cast<std::int64_t>(i + 1) && table.sourceRow[i] == incident.sourceRow &&
            table.mapped[i] == (incident.position ? 1 : 0) &&
            (!incident.position || table.position[i] == *incident.position) && table.precision[i] == time.precision &&
            (time.precision == TimePrecision::none || (table.from[i] == time.from && table.to[i] == time.to)) &&
            table.level[i] == incident.level && table.dataset.at(i) == dataset &&
            table.category.at(i) == incident.category && table.subcategory.at(i) == incident.subcategory &&
            table.place.at(i) == incident.place && table.areaCode.at(i) == incident.areaCode;
        if (!same && equal) firstWrong = i;
        equal = equal && same;
    }
    CHECK(firstWrong == expected.size());
}

void checkEqual(const IncidentTable& a, const IncidentTable& b) {
    CHECK(a.id == b.id);
    CHECK(a.sourceRow == b.sourceRow);
    CHECK((a.position == b.position));
    CHECK(a.mapped == b.mapped);
    CHECK((a.from == b.from));
    CHECK((a.to == b.to));
    CHECK((a.precision == b.precision));
    CHECK((a.level == b.level));
    for (const auto column : {&IncidentTable::dataset, &IncidentTable::category, &IncidentTable::subcategory,
                              &IncidentTable::place, &IncidentTable::areaCode}) {
        CHECK((a.*column).code == (b.*column).code);
        CHECK((a.*column).values == (b.*column).values);
    }
}

DatasetInfo datasetNamed(const std::string& name) {
    DatasetInfo info;
    info.name = name;
    info.file = name + ".csv";
    info.sha256 = "sum of " + name;
    info.bytes = 1234;
    info.source = "Dorset Police";
    info.firstMonth = "2025-07";
    info.lastMonth = "2025-09";
    info.anonymised = true;
    info.mapping = {{"columns", {{"Longitude", "longitude"}}}};
    return info;
}

void importInto(const std::filesystem::path& project, const std::string& dataset,
                const std::vector<NewIncident>& rows) {
    auto import = valueOf(ImportTransaction::begin(project));
    valueOf(import.setCrs(britishGrid));
    auto info = datasetNamed(dataset);
    valueOf(import.beginDataset(info));
    valueOf(import.add(rows));
    info.read = rows.size();
    valueOf(import.endDataset(info, {}));
    valueOf(import.commit());
}

OtherProgram::OtherProgram(const std::filesystem::path& file) {
    if (sqlite3_open_v2(utf8Text(file).c_str(), &m_database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr) !=
        SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(m_database));
    const auto add = [&](const char* name, void (*function)(sqlite3_context*, int, sqlite3_value**)) {
        sqlite3_create_function_v2(m_database, name, 1, SQLITE_UTF8, nullptr, function, nullptr, nullptr, nullptr);
    };
    add("ST_MinX", &pointEast);
    add("ST_MaxX", &pointEast);
    add("ST_MinY", &pointNorth);
    add("ST_MaxY", &pointNorth);
    add("ST_IsEmpty", &neverEmpty);
}

OtherProgram::~OtherProgram() {
    sqlite3_close(m_database);
}

void OtherProgram::run(const std::string& sql) {
    if (sqlite3_exec(m_database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(m_database));
}

std::string OtherProgram::value(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(m_database));
    std::string result;
    if (sqlite3_step(statement) == SQLITE_ROW)
        if (const auto* text = sqlite3_column_text(statement, 0)) result = reinterpret_cast<const char*>(text);
    sqlite3_finalize(statement);
    return result;
}

std::vector<std::int64_t> OtherProgram::integers(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(m_database, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(m_database));
    std::vector<std::int64_t> result;
    while (sqlite3_step(statement) == SQLITE_ROW) result.push_back(sqlite3_column_int64(statement, 0));
    sqlite3_finalize(statement);
    return result;
}

} // namespace patchlight::test
