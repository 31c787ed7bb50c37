// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/week_hours.h"

#include "tests/support/catch.h"
#include "tests/support/incident_table.h"

#include <numeric>

using namespace patchlight;
using namespace patchlight::test;

namespace {

std::vector<std::uint32_t> allRows(const IncidentTable& table) {
    std::vector<std::uint32_t> rows(table.size());
    std::iota(rows.begin(), rows.end(), 0u);
    return rows;
}

} // namespace

TEST_CASE("hours of the week start on Monday and count calendar days", "[incidents][hours]") {
    std::vector<TestIncident> incidents;
    for (int i = 0; i < 12; ++i) incidents.push_back({.from = "2025-09-01T00:59"}); // a Monday
    for (int i = 0; i < 7; ++i) incidents.push_back({.from = "2025-09-06T23:00"});  // a Saturday
    for (int i = 0; i < 6; ++i) incidents.push_back({.from = "2025-09-07T01:30"});  // the Sunday after it
    const auto table = tableOf(incidents);
    const auto hours = weekHours(*table, allRows(*table));
    REQUIRE(hours.size() == hoursOfWeek);
    CHECK(hours[0] == 12);
    CHECK(hours[5 * 24 + 23] == 7);
    CHECK(hours[6 * 24 + 1] == 6);
    CHECK(std::accumulate(hours.begin(), hours.end(), 0u) == 25);
    const auto busiest = busiestHours(hours);
    REQUIRE(busiest.has_value());
    CHECK(busiest->incidents == 13); // Saturday 23:00 to Sunday 02:00
    CHECK(busiest->text() == "Sat 23–02");
}

TEST_CASE("the busiest hours may run over the end of the week", "[incidents][hours]") {
    std::vector<std::uint32_t> hours(hoursOfWeek, 0);
    hours[167] = 4;
    hours[0] = 4;
    hours[80] = 5;
    const auto busiest = busiestHours(hours);
    REQUIRE(busiest.has_value());
    CHECK(busiest->incidents == 8);
    CHECK(busiest->text() == "Sun 22–01");
}

TEST_CASE("hours are not told from dates without a time, nor from a few", "[incidents][hours]") {
    std::vector<TestIncident> incidents;
    for (int i = 0; i < 10; ++i) incidents.push_back({.from = "2025-09-06T23:00"});
    for (int i = 0; i < 11; ++i) incidents.push_back({.from = "2025-09"});
    const auto table = tableOf(incidents);
    CHECK(weekHours(*table, allRows(*table)).empty()); // fewer than half have a time
    std::vector<std::uint32_t> rows(10);
    std::iota(rows.begin(), rows.end(), 0u);
    CHECK_FALSE(weekHours(*table, rows).empty());
    rows.pop_back();
    CHECK(weekHours(*table, rows).empty()); // nine are too few
    CHECK(weekHours(*table, {}).empty());
    CHECK_FALSE(busiestHours({}).has_value());
    std::vector<std::uint32_t> few(hoursOfWeek, 0);
    few[3] = 4;
    CHECK_FALSE(busiestHours(few).has_value());
}
