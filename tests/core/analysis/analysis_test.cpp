// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "core/analysis/area_facts.h"

#include "core/base/parallel.h"
#include "tests/support/catch.h"
#include "tests/support/incident_table.h"

#include <cmath>
#include <numeric>
#include <set>

using namespace patchlight;
using namespace patchlight::test;

namespace {

/// A quiet town with two hotspots: 200 on High Street, 80 on Mill Lane, 120 scattered, 5 without a position.
std::vector<TestIncident> town() {
    std::vector<TestIncident> incidents = scattered(120, {400000, 100000, 404000, 103000}, 1);
    for (const auto& part : {gathered(200, {401000, 101000}, 90, 2, "On or near High Street"),
                             gathered(80, {403000, 102000}, 90, 3, "On or near Mill Lane")})
        incidents.insert(incidents.end(), part.begin(), part.end());
    for (int i = 0; i < 5; ++i) incidents.push_back({.position = std::nullopt, .place = "No Location"});
    return incidents;
}

/// The town in July 2025, each incident on a day at 21:30, and a June before it in which Mill Lane was the busier.
AnalysisInput julyAfterJune() {
    std::vector<TestIncident> incidents = town();
    std::vector<TestIncident> june = scattered(110, {400000, 100000, 404000, 103000}, 4);
    for (const auto& part : {gathered(70, {401000, 101000}, 90, 5, "On or near High Street"),
                             gathered(190, {403000, 102000}, 90, 6, "On or near Mill Lane")})
        june.insert(june.end(), part.begin(), part.end());
    const auto on = [](std::size_t i) { return (i % 28 < 9 ? "0" : "") + std::to_string(i % 28 + 1) + "T21:30"; };
    for (std::size_t i = 0; i < incidents.size(); ++i) incidents[i].from = "2025-07-" + on(i);
    for (std::size_t i = 0; i < june.size(); ++i) june[i].from = "2025-06-" + on(i);
    incidents.insert(incidents.end(), june.begin(), june.end());
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    input.filter.period = Period{*parseIsoDay("2025-07"), *parseIsoDay("2025-07", true)};
    input.comparison = Period{*parseIsoDay("2025-06"), *parseIsoDay("2025-06", true)};
    return input;
}

Expected<Result> runOf(std::string_view id, const AnalysisInput& input) {
    return findAnalysis(id)->run(input, {});
}

} // namespace

TEST_CASE("every analysis in the catalogue is fully described, suggests and runs", "[analysis]") {
    const AnalysisInput input = julyAfterJune();
    std::set<std::string_view> ids;
    for (const Analysis& analysis : catalogue()) {
        INFO(analysis.id);
        CHECK(ids.insert(analysis.id).second);
        CHECK_FALSE(analysis.title.empty());
        CHECK_FALSE(analysis.group.empty());
        CHECK_FALSE(analysis.summary.empty());
        CHECK_FALSE(analysis.source.empty());
        const auto result = analysis.run(input, {});
        REQUIRE(result.has_value());
        CHECK(result->analysis == analysis.id);
        CHECK_FALSE(result->method.empty());
        const auto suggestions = analysis.suggest(input);
        REQUIRE(suggestions.has_value());
        for (const ParameterSpec& spec : analysis.parameters()) {
            CHECK_FALSE(spec.help.empty());
            REQUIRE(result->parameters.contains(spec.key));
            CHECK_FALSE(result->parameters[spec.key].is_null());
            if (!spec.suggestible) continue;
            // What is suggested is what an open parameter becomes.
            const auto found = std::find_if(suggestions->begin(), suggestions->end(),
                                            [&](const Suggestion& s) { return s.key == spec.key; });
            REQUIRE(found != suggestions->end());
            REQUIRE(found->value.has_value());
            CHECK(*found->value == result->parameters[spec.key].get<double>());
            CHECK_FALSE(found->reason.empty());
        }
        std::stop_source stop;
        stop.request_stop();
        const auto cancelledRun = analysis.run(input, {.stop = stop.get_token(), .onProgress = {}});
        REQUIRE_FALSE(cancelledRun.has_value());
        CHECK(cancelledRun.error().code == ErrorCode::cancelled);
    }
    CHECK(findAnalysis("kernel-density") != nullptr);
    CHECK(findAnalysis("dbscan") != nullptr);
    CHECK(findAnalysis("nothing") == nullptr);
}

TEST_CASE("both methods find the two planted hotspots, named, ranked and counted", "[analysis]") {
    AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    const std::string id = GENERATE("kernel-density", "dbscan");
    if (id == "dbscan") input.parameters = {{"eps", 60}}; // the suggestion fits the denser of the two
    const auto result = runOf(id, input);
    REQUIRE(result.has_value());
    CHECK(result->incidents == 405);
    CHECK(result->mapped == 400);
    REQUIRE(result->areas.size() >= 2);
    CHECK(result->areas[0].name == "High Street");
    CHECK(result->areas[1].name == "Mill Lane");
    CHECK(result->areas[0].incidents >= 195);
    CHECK(result->areas[1].incidents >= 75);
    REQUIRE(result->rows.size() == result->mapped);
    REQUIRE(result->areaOf.size() == result->mapped);
    for (const HotspotArea& area : result->areas) {
        INFO(area.rank);
        CHECK(area.rank == static_cast<std::size_t>(&area - result->areas.data()) + 1);
        const auto counted =
            static_cast<std::size_t>(std::count(result->areaOf.begin(), result->areaOf.end(), area.rank));
        CHECK(area.incidents == counted);
        CHECK(area.share == Approx(static_cast<double>(counted) / 400.0));
        CHECK(area.areaKm2 > 0.0);
        CHECK(area.densityPerKm2 == Approx(static_cast<double>(counted) / area.areaKm2));
        CHECK(area.pai == Approx(area.share / (area.areaKm2 / result->studyAreaKm2)));
        CHECK(squareKilometres(areaOf(area.outline)) == Approx(area.areaKm2));
    }
}

TEST_CASE("an incident is in a hotspot's outline exactly when it is counted there", "[analysis][property]") {
    const AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    const auto result = runOf("kernel-density", input);
    REQUIRE(result.has_value());
    std::vector<PointInPolygon> outlines;
    for (const HotspotArea& area : result->areas) outlines.emplace_back(area.outline);
    for (std::size_t i = 0; i < result->rows.size(); ++i)
        for (std::size_t area = 0; area < outlines.size(); ++area)
            CHECK(outlines[area].contains(input.table->position[result->rows[i]]) == (result->areaOf[i] == area + 1));
}

TEST_CASE("a study area decides what counts, not what the surface sees", "[analysis]") {
    AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    input.parameters = {{"bandwidth", 300}, {"cell-size", 50}};
    input.area.name = "West";
    input.area.polygon = polygonOf(Box{400000, 100000, 401000, 103000}); // its edge cuts High Street in two
    const auto result = runOf("kernel-density", input);
    REQUIRE(result.has_value());
    CHECK(result->studyAreaKm2 == Approx(3.0));
    CHECK(result->mapped < 200);
    CHECK(result->mapped > 80);
    // Next to the edge the density is that of all incidents, also those outside.
    AnalysisInput whole = input;
    whole.area = {};
    const auto everything = runOf("kernel-density", whole);
    REQUIRE(everything.has_value());
    const auto& part = *result->surface;
    const auto& all = *everything->surface;
    const auto shift = [&](double a, double b) { return static_cast<std::ptrdiff_t>(std::llround((a - b) / 50.0)); };
    const auto dr = shift(part.frame.south, all.frame.south), dc = shift(part.frame.west, all.frame.west);
    for (std::size_t row = 0; row < part.frame.rows; ++row)
        for (std::size_t column = 0; column < part.frame.columns; ++column) {
            const auto r = static_cast<std::ptrdiff_t>(row) + dr, c = static_cast<std::ptrdiff_t>(column) + dc;
            if (r < 0 || c < 0 || r >= static_cast<std::ptrdiff_t>(all.frame.rows) ||
                c >= static_cast<std::ptrdiff_t>(all.frame.columns))
                continue;
            CHECK(part.values[row * part.frame.columns + column] ==
                  Approx(all.values[static_cast<std::size_t>(r) * all.frame.columns + static_cast<std::size_t>(c)])
                      .margin(1e-9));
        }
}

TEST_CASE("a box is the grid's frame exactly, snapped outward to whole cells", "[analysis]") {
    AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    input.parameters = {{"bandwidth", 200}, {"cell-size", 100}};
    input.area.box = Box{400010, 100000, 402000, 102001};
    const auto result = runOf("kernel-density", input);
    REQUIRE(result.has_value());
    CHECK(result->surface->frame.box() == Box{400000, 100000, 402000, 102100});
}

TEST_CASE("hotspots compare with another period in the same outline", "[analysis]") {
    auto incidents = town();
    for (auto& part : {gathered(50, {401000, 101000}, 60, 9, "On or near High Street"),
                       gathered(10, {403000, 102000}, 60, 10, "On or near Mill Lane")})
        for (TestIncident incident : part) {
            incident.from = "2024-07";
            incidents.push_back(incident);
        }
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    input.filter.period = Period{*parseIsoDay("2025-07"), *parseIsoDay("2025-07", true)};
    input.comparison = Period{*parseIsoDay("2024-07"), *parseIsoDay("2024-07", true)};
    const std::string id = GENERATE("kernel-density", "dbscan");
    if (id == "dbscan") input.parameters = {{"eps", 60}};
    const auto result = runOf(id, input);
    REQUIRE(result.has_value());
    REQUIRE(result->areas.size() >= 2);
    CHECK(result->areas[0].comparisonIncidents.value() >= 48);
    CHECK(result->areas[0].comparisonIncidents.value() <= 50);
    CHECK(result->areas[1].comparisonIncidents.value() >= 8);
}

TEST_CASE("a comparison period with a month without any row compares nothing, and says so", "[analysis]") {
    auto incidents = town(); // all in July 2025
    for (TestIncident incident : gathered(20, {401000, 101000}, 60, 9, "On or near High Street")) {
        incident.from = "2024-07";
        incidents.push_back(incident);
    }
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    input.filter.period = Period{*parseIsoDay("2025-07"), *parseIsoDay("2025-07", true)};
    input.comparison = Period{*parseIsoDay("2024-06"), *parseIsoDay("2024-07", true)};
    const std::string id = GENERATE("kernel-density", "dbscan");
    if (id == "dbscan") input.parameters = {{"eps", 60}};
    const auto result = runOf(id, input);
    REQUIRE(result.has_value());
    REQUIRE_FALSE(result->areas.empty());
    for (const HotspotArea& area : result->areas) CHECK_FALSE(area.comparisonIncidents.has_value());
    CHECK(std::count(result->notes.begin(), result->notes.end(),
                     "There is no comparison with 1 June to 31 July 2024: the project has no incident of any kind in "
                     "June 2024, and a gap is not a zero.") == 1);
}

TEST_CASE("one far-off row changes neither the size of the study area nor the PAI", "[analysis][property]") {
    AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    const std::string id = GENERATE("kernel-density", "dbscan");
    if (id == "dbscan")
        input.parameters = {{"eps", 60}};
    else
        input.parameters = {{"bandwidth", 300}, {"cell-size", 50}};
    const auto near = runOf(id, input);
    auto incidents = town();
    incidents.push_back({.position = ProjectedPoint{500000, 900000}});
    input.table = tableOf(incidents);
    const auto far = runOf(id, input);
    REQUIRE((near.has_value() && far.has_value()));
    CHECK(far->studyAreaKm2 == Approx(near->studyAreaKm2));
    REQUIRE(far->areas.size() == near->areas.size());
    CHECK(far->areas[0].pai == Approx(near->areas[0].pai).epsilon(0.01)); // one incident more in all
    CHECK(std::any_of(far->notes.begin(), far->notes.end(),
                      [](const std::string& note) { return note.starts_with("1 incident lies far from the rest"); }));
}

TEST_CASE("months without any row are gaps, not zeros", "[analysis]") {
    auto incidents = town();
    for (std::size_t i = 0; i < 40; ++i) incidents[i].from = "2025-04";
    const AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    const auto result = runOf("kernel-density", input);
    REQUIRE(result.has_value());
    REQUIRE(result->monthly.size() == 4);
    CHECK(isoDay(*result->monthlyFirst) == "2025-04-01");
    CHECK(result->monthly == std::vector<std::size_t>{40, 0, 0, 365});
    CHECK(result->monthlyCovered == std::vector<std::uint8_t>{1, 0, 0, 1});
}

TEST_CASE("ranks go by incidents, then density, then the westernmost", "[analysis]") {
    Result result;
    result.mapped = 100;
    result.studyAreaKm2 = 10.0;
    const auto add = [&](std::size_t incidents, double km2, double west) {
        HotspotArea area;
        area.incidents = incidents;
        area.areaKm2 = km2;
        area.outline = polygonOf(Box{west, 0, west + 10, 10});
        result.areas.push_back(area);
    };
    add(10, 1.0, 500), add(20, 1.0, 900), add(10, 0.5, 700), add(10, 1.0, 100);
    result.rows = {0, 1, 2, 3, 4};
    result.areaOf = {1, 2, 3, 4, 0};
    rankAreas(result);
    CHECK(result.areaOf == std::vector<std::uint32_t>{4, 1, 2, 3, 0});
    CHECK(boxOf(result.areas[2].outline).west == 100.0);
}

TEST_CASE("areas of one name are told apart by their next street", "[analysis]") {
    auto incidents = gathered(30, {401000, 101000}, 40, 1, "On or near Ashley Road");
    for (const auto& part :
         {gathered(10, {401000, 101000}, 40, 2, "On or near Station Way"),
          gathered(20, {404000, 101000}, 40, 3, "On or near Ashley Road"),
          gathered(5, {404000, 101000}, 40, 4, "On or near Heron Court"),
          gathered(50, {404000, 101000}, 40, 5, "On or near Supermarket"), gathered(22, {401000, 104000}, 40, 6, "")})
        incidents.insert(incidents.end(), part.begin(), part.end());
    AnalysisInput input{.table = tableOf(incidents), .filter = {}, .comparison = {}, .area = {}};
    input.parameters = {{"eps", 100}, {"min-points", 10}};
    const auto result = runOf("dbscan", input);
    REQUIRE(result.has_value());
    REQUIRE(result->areas.size() == 3);
    CHECK(result->areas[0].name == "Ashley Road");
    CHECK(result->areas[1].name == "Ashley Road / Station Way");
    CHECK(result->areas[2].name.starts_with("Around 40"));
}

TEST_CASE("wrong parameters are refused by name", "[analysis][errors]") {
    AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    struct Case {
        const char* analysis;
        nlohmann::json parameters;
        const char* subject;
    };
    const auto wrong = GENERATE(values<Case>({{"kernel-density", {{"bandwidth", 0}}, "bandwidth"},
                                              {"kernel-density", {{"bandwidth", -5}}, "bandwidth"},
                                              {"kernel-density", {{"bandwidth", "wide"}}, "bandwidth"},
                                              {"kernel-density", {{"cell-size", 0}}, "cell-size"},
                                              {"kernel-density", {{"threshold", 0}}, "threshold"},
                                              {"kernel-density", {{"kernel", "round"}}, "kernel"},
                                              {"kernel-density", {{"radius", 5}}, "radius"},
                                              {"dbscan", {{"eps", 0}}, "eps"},
                                              {"dbscan", {{"min-points", 0}}, "min-points"},
                                              {"dbscan", {{"min-points", 2.5}}, "min-points"}}));
    input.parameters = wrong.parameters;
    const auto result = runOf(wrong.analysis, input);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == ErrorCode::invalidParameter);
    CHECK(result.error().subject == wrong.subject);
    CHECK(result.error().message.ends_with("."));
}

TEST_CASE("a grid of a million million cells is refused before anything is allocated", "[analysis][errors]") {
    AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    input.parameters = {{"cell-size", 0.001}};
    const auto result = runOf("kernel-density", input);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == ErrorCode::invalidParameter);
}

TEST_CASE("nothing to map is said, with what to change", "[analysis][errors]") {
    AnalysisInput input{.table = tableOf(town()), .filter = {}, .comparison = {}, .area = {}};
    input.area.name = "Nowhere";
    input.area.polygon = polygonOf(Box{0, 0, 10, 10});
    for (const Analysis& analysis : catalogue()) {
        const auto result = analysis.run(input, {});
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().code == ErrorCode::emptyInput);
        CHECK(result.error().message.find("Nowhere") != std::string::npos);
    }
}

TEST_CASE("results are the same on any number of threads", "[analysis][property]") {
    const AnalysisInput input = julyAfterJune();
    for (const Analysis& analysis : catalogue()) {
        std::vector<std::string> texts;
        for (const std::size_t threads : {1u, 2u, 7u}) {
            const ThreadLimit limit{threads};
            auto result = analysis.run(input, {});
            REQUIRE(result.has_value());
            result->seconds = 0.0;
            result->threads = 0;
            nlohmann::json object = toJson(*result);
            if (result->surface) object["surface"] = result->surface->values;
            for (const HotspotArea& area : result->areas) {
                const auto bytes = toWkb(area.outline);
                object["outlines"].push_back(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
            }
            texts.push_back(object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
        }
        CHECK(texts[0] == texts[1]);
        CHECK(texts[0] == texts[2]);
    }
}
