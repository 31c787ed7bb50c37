// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quality/quality.h"

#include "tests/support/catch.h"
#include "tests/support/incident_table.h"
#include "tests/support/random.h"

using namespace patchlight;
using namespace patchlight::test;

namespace {

DatasetInfo dataset(const std::string& name, const std::string& source, std::vector<MonthCount> months) {
    DatasetInfo info;
    info.name = name;
    info.source = source;
    info.months = std::move(months);
    return info;
}

} // namespace

TEST_CASE("the mapped share is counted by source, category and month", "[quality]") {
    const auto table = tableOf(
        {{.position = ProjectedPoint{1, 1}, .category = "ASB", .from = "2025-07", .place = "A", .dataset = "one"},
         {.position = ProjectedPoint{1, 1}, .category = "ASB", .from = "2025-07", .place = "A", .dataset = "two"},
         {.position = std::nullopt, .category = "Fraud", .from = "2025-08-03", .place = "", .dataset = "two"},
         {.position = std::nullopt, .category = "Fraud", .from = "", .place = "", .dataset = "two"}});
    const auto report = qualityOf(*table, {dataset("one", "Police", {}), dataset("two", "Council", {})}, {});
    CHECK(report.recorded == 4);
    CHECK(report.mapped == 2);
    CHECK(report.undated == 1);
    CHECK(report.places == 1);
    REQUIRE(report.bySource.size() == 2);
    CHECK(report.bySource[0].name == "Council");
    CHECK(report.bySource[0].recorded == 3);
    CHECK(report.bySource[0].mapped == 1);
    CHECK_FALSE(report.bySource[0].enough());
    CHECK(report.bySource[1].share() == 1.0);
    REQUIRE(report.byCategory.size() == 2);
    CHECK(report.byCategory[1].share() == 0.0);
    REQUIRE(report.byMonth.size() == 3);
    CHECK(report.byMonth[0].name.empty());
    CHECK(report.byMonth[2].name == "2025-08");
    REQUIRE(report.stacks.size() == 1);
    CHECK(report.stacks[0].incidents == 2);
    CHECK(report.stacks[0].place == "A");
    const auto lines = summaryOf(report);
    CHECK(lines[0] ==
          "2 of 4 incidents (50.0 %) have a position, on 1 place; under the 85 % that a hotspot map needs, so "
          "it may show other places than there are.");
    CHECK(lines[1] == "Sources under 85 %: Council (33.3 %).");
}

TEST_CASE("a month without rows between others is a gap of that source alone", "[quality]") {
    const Coverage coverage = coverageOf({dataset("a", "Police", {{"", 3, 0}, {"2025-01", 5, 5}, {"2025-04", 7, 7}}),
                                          dataset("b", "Police", {{"2025-03", 2, 2}}),
                                          dataset("c", "Council", {{"2025-02", 1, 1}, {"2025-03", 1, 1}})});
    CHECK(coverage.sources == std::vector<std::string>{"Council", "Police"});
    REQUIRE(coverage.months.size() == 4);
    CHECK(coverage.rows == std::vector<std::size_t>{0, 1, 1, 0, 5, 0, 2, 7});
    CHECK(coverage.gapsOf(0).empty()); // it begins later and ends earlier
    CHECK(coverage.gapsOf(1) == std::vector<std::size_t>{1});
    CHECK(coverageOf({}).months.empty());
}

TEST_CASE("possible double reports are the pairs that brute force finds", "[quality][oracle]") {
    Random random{11};
    std::vector<TestIncident> incidents;
    for (int i = 0; i < 400; ++i) {
        const int day = 1 + static_cast<int>(random.below(6));
        const bool timed = random.below(2) == 0;
        std::string from = "2025-07-0" + std::to_string(day);
        if (timed) from += "T1" + std::to_string(random.below(10)) + ":30";
        incidents.push_back(
            {.position = random.below(20) == 0
                             ? std::nullopt
                             : std::optional(ProjectedPoint{random.between(-400, 400), random.between(-400, 400)}),
             .from = random.below(10) == 0 ? "2025-07" : from,
             .place = {},
             .dataset = random.below(2) == 0 ? "police" : "council"});
    }
    const auto table = tableOf(incidents);
    const auto found = doubleReports(*table, {});
    std::vector<std::pair<std::uint32_t, std::uint32_t>> expected, given;
    for (std::uint32_t a = 0; a < table->size(); ++a)
        for (std::uint32_t b = a + 1; b < table->size(); ++b) {
            const auto usable = [&](std::uint32_t row) {
                return table->mapped[row] && table->precision[row] != TimePrecision::month;
            };
            if (!usable(a) || !usable(b) || incidents[a].dataset == incidents[b].dataset) continue;
            const double east = table->position[a].east - table->position[b].east,
                         north = table->position[a].north - table->position[b].north;
            if (east * east + north * north > 100.0 * 100.0) continue;
            const auto day = std::chrono::hours{24};
            if (table->from[b] > table->to[a] + day || table->from[a] > table->to[b] + day) continue;
            expected.emplace_back(a, b);
        }
    for (const DoubleReport& report : found) given.emplace_back(report.first, report.second);
    REQUIRE(expected.size() > 100);
    CHECK(given == expected);
}

TEST_CASE("an empty project has an empty report", "[quality]") {
    const auto report = qualityOf(*tableOf({}), {}, {});
    CHECK(report.recorded == 0);
    CHECK(summaryOf(report) == std::vector<std::string>{"There are no incidents yet."});
    CHECK(toJson(report)["coverage"].empty());
}
