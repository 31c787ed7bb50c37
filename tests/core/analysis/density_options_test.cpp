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

/// 150 scattered and 150 at one corner, in two categories.
AnalysisInput cornerTown() {
    std::vector<TestIncident> incidents = scattered(150, townBox, 11);
    for (const TestIncident& each : gathered(150, {400150, 100150}, 120, 12, "On or near Corner Street"))
        incidents.push_back(each);
    for (std::size_t i = 0; i < incidents.size(); ++i)
        if (i % 3 == 0) incidents[i].category = "Burglary";
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    input.area.name = "Town";
    input.area.polygon = polygonOf(townBox);
    input.parameters = {{"bandwidth", 300}, {"cell-size", 50}};
    return input;
}

Expected<Result> density(AnalysisInput input, const nlohmann::json& more) {
    if (more.is_object()) input.parameters.update(more);
    return findAnalysis("kernel-density")->run(input, {});
}

double sumOf(const DensitySurface& surface) {
    double sum = 0.0;
    for (std::size_t cell = 0; cell < surface.values.size(); ++cell)
        if (surface.has(cell)) sum += surface.values[cell];
    return sum;
}

} // namespace

TEST_CASE("per cell and probability are the density in other units, with the same hotspots", "[analysis][density]") {
    const AnalysisInput input = cornerTown();
    const auto perKm2 = density(input, {}), perCell = density(input, {{"output", "per-cell"}}),
               probability = density(input, {{"output", "probability"}});
    REQUIRE(perKm2);
    REQUIRE(perCell);
    REQUIRE(probability);
    for (std::size_t cell = 0; cell < perKm2->surface->values.size(); ++cell)
        CHECK(perCell->surface->values[cell] == Approx(perKm2->surface->values[cell] * 0.0025).margin(1e-12));
    CHECK(sumOf(*probability->surface) == Approx(1.0).epsilon(1e-12));
    for (const auto* other : {&*perCell, &*probability}) {
        REQUIRE(other->areas.size() == perKm2->areas.size());
        CHECK(other->areas.front().incidents == perKm2->areas.front().incidents);
        CHECK(other->areas.front().areaKm2 == perKm2->areas.front().areaKm2);
    }
    CHECK(perKm2->measure == "Incidents per km²");
    CHECK(perCell->measure == "Incidents per cell of 50 m");
    CHECK(probability->measure == "Probability per cell of 50 m");
}

TEST_CASE("an edge correction raises the density at the border and Jones-Diggle keeps the number",
          "[analysis][density]") {
    const AnalysisInput input = cornerTown();
    const auto none = density(input, {}), uniform = density(input, {{"edge", "uniform"}}),
               jones = density(input, {{"edge", "jones-diggle"}});
    REQUIRE(none);
    REQUIRE(uniform);
    REQUIRE(jones);
    const double cellKm2 = 0.0025;
    CHECK(sumOf(*none->surface) * cellKm2 < 290.0); // what lies beyond the corner is lost
    CHECK(sumOf(*jones->surface) * cellKm2 == Approx(300.0).epsilon(0.02));
    const auto corner = *uniform->surface->frame.cellAt({400075.0, 100075.0});
    CHECK(uniform->surface->values[corner] > 1.3 * none->surface->values[corner]);
    const auto middle = *uniform->surface->frame.cellAt({402025.0, 101525.0});
    CHECK(uniform->surface->values[middle] == Approx(none->surface->values[middle]).epsilon(1e-9));
    CHECK(density(input, {{"edge", "uniform"}, {"adaptive", "abramson"}}).error().subject == "edge");
    AnalysisInput everywhere = input;
    everywhere.area = {};
    CHECK(density(everywhere, {{"edge", "uniform"}}).error().message ==
          "An edge correction needs a study area; choose one.");
}

TEST_CASE("adaptive bandwidths narrow where incidents are many", "[analysis][density]") {
    const AnalysisInput input = cornerTown();
    const auto fixed = density(input, {});
    for (const nlohmann::json& adaptive :
         {nlohmann::json{{"adaptive", "abramson"}}, nlohmann::json{{"adaptive", "nearest"}, {"neighbours", 20}}}) {
        const auto found = density(input, adaptive);
        REQUIRE(found);
        CHECK(*std::max_element(found->surface->values.begin(), found->surface->values.end()) >
              1.2 * *std::max_element(fixed->surface->values.begin(), fixed->surface->values.end()));
        CHECK(found->areas.front().name == "Corner Street");
    }
    CHECK(density(input, {{"adaptive", "nearest"}, {"neighbours", 300}}).error().subject == "neighbours");
}

TEST_CASE("incidents weigh what a column or the harm of their category says", "[analysis][density]") {
    AnalysisInput input = cornerTown();
    auto table = std::make_shared<IncidentTable>(*input.table);
    table->categories = CategoryList({{"Burglary", {{}, false, 10.0}}, {"Anti-social behaviour", {{}, false, 1.0}}});
    input.table = table;
    const auto counts = density(input, {}), harm = density(input, {{"weight", "harm"}});
    REQUIRE(harm);
    CHECK(harm->measure == "Harm per km²");
    // 100 burglaries weigh 1,000 and 200 others 200: four times 300.
    CHECK(sumOf(*harm->surface) / sumOf(*counts->surface) == Approx(4.0).epsilon(0.1));
    REQUIRE_FALSE(harm->areas.empty());
    REQUIRE(harm->areas.front().weight);
    CHECK(*harm->areas.front().weight > static_cast<double>(harm->areas.front().incidents));

    std::vector<double> damage(input.table->size(), 2.5);
    damage[7] = std::nan("");
    input.columns["damage"] = damage;
    const auto weighted = density(input, {{"weight", "damage"}});
    REQUIRE(weighted);
    CHECK(sumOf(*weighted->surface) / sumOf(*counts->surface) == Approx(2.5).epsilon(0.01));
    CHECK(std::any_of(weighted->notes.begin(), weighted->notes.end(), [](const std::string& note) {
        return note == "1 incident has no weight (damage) and adds nothing to the surface.";
    }));

    input.columns["damage"][4] = -1.0;
    CHECK(density(input, {{"weight", "damage"}}).error().message ==
          "The weight \"damage\" of record 5 of test is -1; weights are numbers from 0 up.");
    input.columns["damage"].assign(input.table->size(), 0.0);
    CHECK(density(input, {{"weight", "damage"}}).error().code == ErrorCode::emptyInput);
    CHECK(density(input, {{"weight", "value"}}).error().message ==
          "The incidents have no column of numbers \"value\" to weigh them by (weight).");
    CHECK(density(cornerTown(), {{"weight", "harm"}}).error().subject == "weight");
}

TEST_CASE("each threshold method is said and keeps its promise", "[analysis][density]") {
    const AnalysisInput input = cornerTown();
    const auto top = density(input, {{"threshold-method", "top-area"}, {"threshold", 5}});
    REQUIRE(top);
    double area = 0.0;
    for (const HotspotArea& each : top->areas) area += each.areaKm2;
    CHECK(area <= 0.05 * 12.0);
    CHECK(area > 0.04 * 12.0);
    CHECK(top->method.find("densest 5 % of the area") != std::string::npos);
    const auto absolute = density(input, {{"threshold-method", "absolute"}, {"threshold", 100}});
    REQUIRE(absolute);
    CHECK(absolute->statistics["threshold"] == 100.0);
    for (const HotspotArea& each : absolute->areas) CHECK(each.areaKm2 > 0.0);
    CHECK(density(input, {{"threshold-method", "quantile"}})->parameters["threshold"] == 95.0);
    CHECK(density(input, {{"threshold-method", "top-area"}, {"threshold", 100}}).error().subject == "threshold");
    const auto large = density(input, {{"threshold", 2}, {"smallest", 30}});
    for (const HotspotArea& each : large->areas) CHECK(each.areaKm2 >= 30 * 0.0025 - 1e-9);
}

TEST_CASE("hotspots know their people, their busiest month and hour, and a place's name for next month", "[analysis]") {
    std::vector<TestIncident> incidents = scattered(40, townBox, 13);
    for (TestIncident& each : incidents) each.from = "2025-06-03T09:15";
    for (TestIncident each : gathered(60, {401000, 101000}, 90, 14, "On or near High Street")) {
        each.from = "2025-07-05T23:40";
        incidents.push_back(each);
    }
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    input.area.polygon = polygonOf(townBox);
    input.parameters = {{"bandwidth", 250}, {"cell-size", 50}, {"population", "Wards"}};
    BoundaryLayer wards{"Wards", {}};
    wards.areas.push_back({"W1", "West", 3000.0, polygonOf(Box{400000, 100000, 402000, 103000})}); // 6 km²
    wards.areas.push_back({"W2", "East", std::nullopt, polygonOf(Box{402000, 100000, 404000, 103000})});
    input.layers.push_back(wards);
    const auto found = findAnalysis("kernel-density")->run(input, {});
    REQUIRE(found);
    const HotspotArea& first = found->areas.front();
    CHECK(first.name == "High Street");
    CHECK(first.id.substr(0, 6) == "E4010 ");
    CHECK(first.peakHour == 23);
    REQUIRE(first.population);
    CHECK(*first.population == Approx(500.0 * first.areaKm2).epsilon(1e-6)); // 500 people per km²
    CHECK(*first.perThousand == Approx(1000.0 * static_cast<double>(first.incidents) / *first.population));
    input.parameters["population"] = "Beats";
    CHECK(findAnalysis("kernel-density")->run(input, {}).error().message ==
          "The project has no boundary layer \"Beats\" (population); add it as areas.");
    input.layers.front().areas.front().population.reset();
    input.parameters["population"] = "Wards";
    CHECK(findAnalysis("kernel-density")->run(input, {}).error().subject == "population");
}
