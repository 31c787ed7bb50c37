// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <sqlite3.h>

#include <deque>
#include <random>
#include <string>
#include <vector>

namespace patchlight::test {

inline const ProjectCrs britishGrid{27700, "OSGB36 / British National Grid", "PROJCS[\"for tests\"]",
                                    "OSGB36 to WGS 84 (9) (1 m, OSTN15 grid)", ""};

/// Incidents with the texts they point at.
struct Incidents {
    std::deque<std::string> texts;
    std::vector<NewIncident> rows;
    std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
};
/// All precisions and levels, with and without position, empty texts, quotes, umlauts, repeated places.
Incidents randomIncidents(unsigned seed, std::size_t count);
/// What a table of these must hold, worked out apart from the store. Ids count from 1.
struct ExpectedIncident {
    LocalMinute from{}, to{};
    TimePrecision precision = TimePrecision::none;
};
ExpectedIncident expectedTime(const NewIncident& incident);
void checkTable(const IncidentTable& table, const std::vector<NewIncident>& expected, const std::string& dataset);
void checkEqual(const IncidentTable& a, const IncidentTable& b);

/// Takes the value out or ends the test with the error's message.
template <class T> T valueOf(Expected<T> result) {
    if (!result) throw std::runtime_error(result.error().message);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}
DatasetInfo datasetNamed(const std::string& name);
/// One dataset into the project, committed.
void importInto(const std::filesystem::path& project, const std::string& dataset, const std::vector<NewIncident>& rows);

/// Another program: SQLite with none of our settings or functions; like any GeoPackage program it brings ST_* functions
/// of its own (they understand points only), without which no row of a GeoPackage with R-tree can be edited.
class OtherProgram {
public:
    explicit OtherProgram(const std::filesystem::path& file);
    ~OtherProgram();
    OtherProgram(const OtherProgram&) = delete;
    OtherProgram& operator=(const OtherProgram&) = delete;
    void run(const std::string& sql);
    std::string value(const std::string& sql);                  ///< the first value of the first row
    std::vector<std::int64_t> integers(const std::string& sql); ///< the first column
private:
    sqlite3* m_database = nullptr;
};

} // namespace patchlight::test
