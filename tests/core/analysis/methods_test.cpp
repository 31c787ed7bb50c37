// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "tests/support/catch.h"
#include "tests/support/incident_table.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace patchlight;
using namespace patchlight::test;

namespace {

const Box townBox{400000, 100000, 404000, 103000};

void append(std::vector<TestIncident>& incidents, std::vector<TestIncident> more, const std::string& from) {
    for (TestIncident& each : more) {
        each.from = from;
        incidents.push_back(std::move(each));
    }
}

/// June: 120 scattered and 120 in the west. July: the same, and 100 more in the east.
AnalysisInput risenEast() {
    std::vector<TestIncident> incidents;
    append(incidents, scattered(120, townBox, 21), "2025-06-10");
    append(incidents, gathered(120, {401000, 101000}, 150, 22, "On or near West Street"), "2025-06-11");
    append(incidents, scattered(120, townBox, 23), "2025-07-10");
    append(incidents, gathered(120, {401000, 101000}, 150, 24, "On or near West Street"), "2025-07-11");
    append(incidents, gathered(100, {403000, 102000}, 150, 25, "On or near East Street"), "2025-07-12");
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    input.area.polygon = polygonOf(townBox);
    input.filter.period = Period{*parseIsoDay("2025-07"), *parseIsoDay("2025-07", true)};
    input.comparison = Period{*parseIsoDay("2025-06"), *parseIsoDay("2025-06", true)};
    return input;
}

Expected<Result> runOf(std::string_view id, AnalysisInput input, const nlohmann::json& parameters) {
    input.parameters = parameters;
    return findAnalysis(id)->run(input, {});
}

BoundaryLayer halves() {
    BoundaryLayer layer{"Halves", {}};
    layer.areas.push_back({"W", "West half", 1000.0, polygonOf(Box{400000, 100000, 402000, 103000})});
    layer.areas.push_back({"E", "East half", 4000.0, polygonOf(Box{402000, 100000, 404000, 103000})});
    return layer;
}

} // namespace

TEST_CASE("a compared density finds where there is more than before, and only there", "[analysis][dual]") {
    const std::string measure = GENERATE("difference", "ratio", "log-ratio");
    const auto found =
        runOf("dual-density", risenEast(), {{"bandwidth", 300}, {"cell-size", 50}, {"measure", measure}});
    REQUIRE(found);
    REQUIRE_FALSE(found->areas.empty());
    CHECK(found->areas.front().name == "East Street");
    CHECK(found->areas.front().comparisonIncidents.value_or(99) < 10);
    CHECK(std::none_of(found->areas.begin(), found->areas.end(),
                       [](const HotspotArea& area) { return area.name == "West Street"; }));
    CHECK(found->ramp == Ramp::diverging);
    REQUIRE_FALSE(found->classes.empty());
    CHECK(found->classes.front().below);
    CHECK_FALSE(found->classes.back().below);
    CHECK(std::is_sorted(found->classes.begin(), found->classes.end(),
                         [](const DensityClass& a, const DensityClass& b) { return a.from < b.from; }));
}

TEST_CASE("a compared density takes another category or people for its reference", "[analysis][dual]") {
    AnalysisInput input = risenEast();
    auto incidents = std::make_shared<IncidentTable>(*input.table);
    TextColumnBuilder category; // the east's are burglaries
    for (std::size_t row = 0; row < incidents->size(); ++row)
        category.add(incidents->place.at(row) == "On or near East Street" ? "Burglary" : "Anti-social behaviour");
    incidents->category = category.finish();
    input.table = incidents;
    input.filter.categories = {"Burglary"};
    const auto against =
        runOf("dual-density", input,
              {{"bandwidth", 300}, {"cell-size", 50}, {"against", "category"}, {"category", "Anti-social behaviour"}});
    REQUIRE(against);
    CHECK(against->areas.front().name == "East Street");
    input.filter.categories.clear();
    input.layers.push_back(halves());
    const auto people = runOf("dual-density", input,
                              {{"bandwidth", 300},
                               {"cell-size", 50},
                               {"against", "population"},
                               {"population", "Halves"},
                               {"measure", "ratio"}});
    REQUIRE(people);
    REQUIRE_FALSE(people->areas.empty());
    CHECK(people->areas.front().name == "West Street"); // few people live there
    CHECK(runOf("dual-density", input, {{"against", "category"}}).error().subject == "category");
    CHECK(runOf("dual-density", input, {{"against", "population"}}).error().message ==
          "Choose a boundary layer of the project (population).");
    input.comparison.reset();
    CHECK(runOf("dual-density", input, {}).error().subject == "against");
    input.comparison = Period{*parseIsoDay("2025-02"), *parseIsoDay("2025-02", true)};
    CHECK(runOf("dual-density", input, {}).error().code == ErrorCode::emptyInput);
}

TEST_CASE("counts in squares, hexagons and boundaries add up to the incidents", "[analysis][counts]") {
    AnalysisInput input = risenEast();
    input.layers.push_back(halves());
    for (const nlohmann::json& shape :
         {nlohmann::json{{"shape", "squares"}, {"size", 250}}, nlohmann::json{{"shape", "hexagons"}, {"size", 250}},
          nlohmann::json{{"shape", "layer"}, {"layer", "Halves"}}}) {
        const auto found = runOf("area-counts", input, shape);
        REQUIRE(found);
        std::size_t sum = 0;
        for (const Region& region : found->regions) sum += region.incidents;
        CHECK(sum == 340);
        CHECK(found->mapped == 340);
        std::size_t inAreas = 0;
        for (const HotspotArea& area : found->areas) inAreas += area.incidents;
        CHECK(static_cast<std::size_t>(std::count_if(found->areaOf.begin(), found->areaOf.end(),
                                                     [](std::uint32_t area) { return area > 0; })) == inAreas);
        CHECK(found->statistics["gini"].get<double>() >= 0.0);
    }
}

TEST_CASE("rates and quotients are those of the counts", "[analysis][counts]") {
    AnalysisInput input = risenEast();
    input.layers.push_back(halves());
    const auto value = [&](const std::string& measure, std::size_t region) {
        const auto found = runOf("area-counts", input, {{"shape", "layer"}, {"layer", "Halves"}, {"measure", measure}});
        REQUIRE(found);
        return std::pair{found->regions[region].value.value_or(-1), found->regions[region].incidents};
    };
    const auto [rate, west] = value("per-1000", 0);
    CHECK(rate == Approx(static_cast<double>(west))); // of 1,000 people
    CHECK(value("per-km2", 0).first == Approx(static_cast<double>(west) / 6.0));
    CHECK(value("area-quotient", 0).first == Approx(static_cast<double>(west) / 340.0 / 0.5));
    CHECK(value("offence-quotient", 0).first == Approx(1.0)); // all are of one category
    const double smoothed = value("smoothed-rate", 0).first;
    CHECK(smoothed < rate); // drawn towards the mean
    CHECK(smoothed > 340.0 / 5.0);
    CHECK(runOf("area-counts", input, {{"measure", "per-1000"}}).error().subject == "population");
    CHECK(runOf("area-counts", input, {{"shape", "layer"}, {"layer", "Wards"}}).error().subject == "layer");
    CHECK(runOf("area-counts", input, {{"size", 0}}).error().subject == "size");
    const auto people = runOf("area-counts", input,
                              {{"shape", "squares"}, {"size", 500}, {"measure", "per-1000"}, {"population", "Halves"}});
    REQUIRE(people);
    for (const Region& region : people->regions) // 1,000 people on 6 km², 4,000 on 6 km²
        if (region.population)
            CHECK(*region.population ==
                  Approx(boxOf(region.polygon).west < 402000 ? 1000.0 / 24 : 4000.0 / 24).epsilon(1e-6));
}

TEST_CASE("repeat locations are ranked by street, and refused on anonymised points", "[analysis][repeats]") {
    std::vector<TestIncident> incidents = scattered(50, townBox, 31);
    for (int i = 0; i < 9; ++i)
        incidents.push_back({.position = ProjectedPoint{401000, 101000}, .place = "On or near High Street"});
    for (int i = 0; i < 4; ++i)
        incidents.push_back({.position = ProjectedPoint{402000, 102000}, .place = "On or near Mill Lane"});
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    const auto found = runOf("repeat-places", input, {});
    REQUIRE(found);
    REQUIRE(found->areas.size() == 2);
    CHECK(found->areas[0].name == "High Street");
    CHECK(found->areas[0].incidents == 9);
    CHECK(found->areas[0].places == 1);
    CHECK(found->areas[1].incidents == 4);
    CHECK(found->statistics["repeats"] == 11.0);
    CHECK(findAnalysis("repeat-places")->unsuitable(input) == std::nullopt);
    auto snapped = std::make_shared<IncidentTable>(*input.table);
    std::fill(snapped->level.begin(), snapped->level.end(), LocationLevel::snapped);
    input.table = snapped;
    const auto refused = runOf("repeat-places", input, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK(refused.error().message == *findAnalysis("repeat-places")->unsuitable(input));
    snapped = std::make_shared<IncidentTable>(*snapped);
    snapped->level[50] = LocationLevel::exact; // one of nine
    input.table = snapped;
    const auto few = runOf("repeat-places", input, {});
    REQUIRE(few);
    CHECK(few->areas.empty());
    CHECK(few->mapped == 1);
}

TEST_CASE("groups in space and time tell a series from a place that is busy all year", "[analysis][space-time]") {
    std::vector<TestIncident> incidents;
    for (int i = 0; i < 40; ++i) { // one a week at the one place, all in a fortnight at the other
        const auto day = *parseIsoDay("2025-01-01") + std::chrono::days{8 * i};
        incidents.push_back(
            {.position = ProjectedPoint{401000.0 + i, 101000}, .from = isoDay(day), .place = "On or near High Street"});
        const auto soon = *parseIsoDay("2025-05-01") + std::chrono::days{i % 14};
        incidents.push_back(
            {.position = ProjectedPoint{403000.0 + i, 102000}, .from = isoDay(soon), .place = "On or near Mill Lane"});
    }
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    const auto found = runOf("space-time-groups", input, {{"eps", 100}, {"days", 7}, {"min-points", 5}});
    REQUIRE(found);
    REQUIRE(found->areas.size() == 1);
    CHECK(found->areas[0].name == "Mill Lane");
    CHECK(found->areas[0].incidents == 40);
    CHECK(found->statistics["days"][0] == nlohmann::json{"2025-05-01", "2025-05-14"});
    CHECK(runOf("space-time-groups", input, {{"days", 0}}).error().subject == "days");
    const AnalysisInput months{
        .table = tableOf(scattered(30, townBox, 32)), .filter = {}, .comparison = {}, .area = {}};
    CHECK(runOf("space-time-groups", months, {}).error().code == ErrorCode::refused);
    CHECK(findAnalysis("space-time-groups")->unsuitable(months).has_value());
}

TEST_CASE("HDBSCAN and k-means find the planted groups, however they are drawn", "[analysis][groups]") {
    const std::string outline = GENERATE("convex", "concave", "ellipse");
    const auto groups = runOf("hdbscan", risenEast(), {{"outline", outline}});
    REQUIRE(groups);
    REQUIRE(groups->areas.size() >= 2);
    CHECK(groups->areas[0].name == "West Street");
    CHECK(groups->areas[1].name == "East Street");
    CHECK(groups->statistics["stability"].size() == groups->areas.size());
    const auto parts = runOf("k-means", risenEast(), {{"clusters", 2}, {"outline", outline}});
    REQUIRE(parts);
    REQUIRE(parts->areas.size() == 2);
    CHECK(parts->areas[0].incidents + parts->areas[1].incidents == 340);
    CHECK(parts->marks.size() == 2);
    CHECK(runOf("k-means", risenEast(), {{"clusters", 0}}).error().code == ErrorCode::invalidParameter);
}

TEST_CASE("HDBSCAN says that it takes near map points as one, where positions are anonymised", "[analysis][groups]") {
    AnalysisInput input = risenEast();
    const std::string_view words = "distances under 50 m between anonymised map points taken as one";
    CHECK(runOf("hdbscan", input, {})->method.find(words) == std::string::npos);
    auto snapped = std::make_shared<IncidentTable>(*input.table);
    std::fill(snapped->level.begin(), snapped->level.end(), LocationLevel::snapped);
    input.table = snapped;
    CHECK(runOf("hdbscan", input, {})->method.find(words) != std::string::npos);
}

TEST_CASE("the centre moves with the incidents", "[analysis][centre]") {
    const auto found = runOf("centre", risenEast(), {});
    REQUIRE(found);
    REQUIRE(found->marks.size() == 3);
    CHECK(found->marks[0].point.east > found->marks[2].point.east); // the east has risen
    REQUIRE(found->areas.size() == 1);
    CHECK(found->areas[0].incidents > 0);
    CHECK(found->outlines.size() == 1);
    AnalysisInput one{
        .table = tableOf({{.position = ProjectedPoint{401000, 101000}}}), .filter = {}, .comparison = {}, .area = {}};
    one.area.polygon = polygonOf(townBox);
    const auto alone = runOf("centre", one, {});
    REQUIRE(alone);
    CHECK(alone->areas.empty());
    CHECK(alone->marks[0].point == ProjectedPoint{401000, 101000});
}
