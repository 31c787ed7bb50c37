// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/publication.h"

#include "core/disclosure/suppression.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cmath>
#include <set>

using namespace patchlight;

namespace {

constexpr Disclosure forPublic{.profile = Profile::publicRelease};

HotspotArea areaOf(std::size_t rank, std::size_t incidents, std::optional<std::size_t> before, std::size_t mapped) {
    HotspotArea area;
    area.rank = rank;
    area.name = std::to_string(rank) + "0 Acacia Avenue";
    const double west = 1000.0 * static_cast<double>(rank);
    area.outline = area.drawnOutline = polygonOf(Box{west, 0, west + 250, 130});
    area.incidents = incidents;
    area.places = incidents;
    area.largestStack = 1;
    area.areaKm2 = 0.0325;
    area.areaShare = 0.001;
    area.share = static_cast<double>(incidents) / static_cast<double>(mapped);
    area.densityPerKm2 = static_cast<double>(incidents) / area.areaKm2;
    area.pai = area.share / area.areaShare;
    area.comparisonIncidents = before;
    area.peakHour = 22;
    area.peakMonth = LocalDay{};
    area.population = 100.0;
    area.perThousand = static_cast<double>(incidents) * 10.0;
    return area;
}

std::shared_ptr<Result> densityResult() {
    auto result = std::make_shared<Result>();
    result->analysis = "kernel-density";
    result->incidents = 1003;
    result->mapped = 1000;
    result->places = 400;
    result->largestStack = 17;
    result->studyAreaKm2 = 30.0;
    std::size_t rank = 0;
    for (const auto& [now, before] : {std::pair{412u, 388u}, std::pair{60u, 3u}, std::pair{4u, 0u}})
        result->areas.push_back(areaOf(++rank, now, before, 1000));
    result->rows = {0, 1, 2};
    result->areaOf = {1, 2, 0};
    result->statistics = {{"lorenz", {1, 2, 3}}};
    result->notes = {"3 incidents lie far from the rest.", "1,200 incidents lie far from the rest.",
                     "Hotspots of fewer than 3 incidents are left out."};
    result->monthlyFirst = LocalDay{};
    result->monthly = {500, 500, 2};
    result->monthlyCovered = {1, 1, 1};
    result->classes = {{10, "10 to 20"}, {20, "20 to 30"}, {30, "over 30"}};
    DensitySurface surface;
    surface.frame = {0.0, -1000.0, Metres{50.0}, 60, 120};
    test::Random random(5);
    for (std::size_t i = 0; i < surface.frame.cells(); ++i) surface.values.push_back(random.between(0.0, 50.0));
    result->surface = std::move(surface);
    return result;
}

} // namespace

TEST_CASE("inside a result leaves as it is", "[disclosure]") {
    const auto result = densityResult();
    const Publication publication = published(result, {});
    CHECK(publication.result == result);
    CHECK(publication.withheld.empty());
}

TEST_CASE("for the public small counts and all that tells them are gone from the value", "[disclosure]") {
    const Publication publication = published(densityResult(), forPublic);
    const Result& result = *publication.result;
    REQUIRE(result.areas.size() == 3);
    CHECK(publication.isProtected);
    CHECK(result.forPublic);
    CHECK(result.areas[0].incidents == 412);
    CHECK(result.areas[0].comparisonIncidents == 388u);
    CHECK(result.areas[1].comparisonShown == Shown::small);
    CHECK(result.areas[1].comparisonIncidents == 0u);
    const HotspotArea& small = result.areas[2];
    CHECK(small.shown == Shown::small);
    CHECK(small.incidents == 0);
    CHECK((std::isnan(small.share) && std::isnan(small.densityPerKm2) && std::isnan(small.pai)));
    CHECK_FALSE(small.perThousand);
    CHECK_FALSE(small.peakHour);
    CHECK_FALSE(small.peakMonth);
    for (const HotspotArea& area : result.areas) {
        CHECK(area.places == 0);
        CHECK(area.largestStack == 0);
        CHECK(area.name.starts_with("Acacia Avenue"));
    }
    CHECK(result.rows.empty());
    CHECK(result.areaOf.empty());
    CHECK(result.statistics.empty());
    CHECK(result.monthly.empty());
    CHECK(result.notes == std::vector<std::string>{"1,200 incidents lie far from the rest.",
                                                   "Hotspots of fewer than 3 incidents are left out."});
    // Three could not be mapped: 1,003 is not said.
    CHECK(result.incidentsShown == Shown::hidden);
    CHECK(result.incidents == 1000);
    CHECK(publication.withheld.size() >= 6);
    CHECK(toJson(result)["areas"][2]["incidents"].is_null());
    CHECK(toJson(result)["areas"][2]["incidents_shown"] == "<5");
    CHECK(toJson(result)["incidents"].is_null());
}

TEST_CASE("the public surface has the values of its legend and outlines follow cells", "[disclosure]") {
    const auto found = densityResult();
    const Publication publication = published(found, forPublic);
    const Result& result = *publication.result;
    const std::set<double> values(result.surface->values.begin(), result.surface->values.end());
    CHECK(values == std::set<double>{0.0, 10.0, 20.0, 30.0});
    for (std::size_t i = 0; i < result.surface->values.size(); ++i)
        CHECK(result.surface->values[i] <= found->surface->values[i]);
    auto other = densityResult(); // another surface with the same hotspot cells gives the same lines
    for (HotspotArea& area : other->areas) area.drawnOutline = polygonOf(Box{0, 0, 1, 1});
    CHECK(toWkb(published(other, forPublic).result->areas[0].drawnOutline) == toWkb(result.areas[0].drawnOutline));
}

TEST_CASE("groups of incidents are outlined in squares, not by their incidents", "[disclosure]") {
    auto result = densityResult();
    result->analysis = "dbscan";
    result->surface.reset();
    result->parameters = {{"eps", 300.0}, {"min-points", 20u}};
    const ProjectedPoint incident{1017.3, 23.9};
    result->areas.resize(2);
    result->areas[0].outline = {{{{incident, {1233.1, 12.2}, {1130.7, 120.4}, incident}, {}}}};
    const Publication publication = published(result, forPublic);
    for (const HotspotArea& area : publication.result->areas)
        for (const Polygon& part : area.outline.parts)
            for (const ProjectedPoint point : part.outer) {
                CHECK(std::fmod(point.east, 100.0) == 0.0);
                CHECK(std::fmod(point.north, 100.0) == 0.0);
            }
    CHECK(PointInPolygon(publication.result->areas[0].outline).contains({1130.0, 60.0}));
    CHECK(publication.result->areas[0].areaKm2 ==
          Approx(squareKilometres(areaOf(publication.result->areas[0].outline))));
}

TEST_CASE("a list that would tell a count by who is on it leaves small ones out", "[disclosure]") {
    auto result = densityResult();
    result->analysis = "dbscan";
    result->surface.reset();
    result->parameters = {{"min-points", 4u}}; // under five, and at least four: four
    CHECK(leastOfAnArea(*result) == 4);
    const Publication publication = published(result, forPublic);
    REQUIRE(publication.result->areas.size() == 2);
    CHECK(publication.result->areas[1].rank == 2);
}

TEST_CASE("counts of regions and their totals cannot be solved", "[disclosure]") {
    auto result = std::make_shared<Result>();
    result->analysis = "area-counts";
    result->parameters = {{"shape", "layer"}, {"measure", "count"}};
    const std::vector<std::size_t> counts{3, 0, 40, 12, 55, 61};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        Region region;
        region.code = "E0" + std::to_string(i);
        region.incidents = counts[i];
        region.value = static_cast<double>(counts[i]);
        region.classIndex = i % 2;
        const double west = 1000.0 * static_cast<double>(i);
        region.polygon = polygonOf(Box{west, 0, west + 900, 900});
        result->regions.push_back(region);
        result->mapped += counts[i];
    }
    result->incidents = result->mapped;
    for (const std::size_t i : {5u, 4u, 3u}) { // hotspots are regions too
        HotspotArea area = areaOf(result->areas.size() + 1, counts[i], std::nullopt, result->mapped);
        area.outline = result->regions[i].polygon;
        result->areas.push_back(area);
    }
    const Publication publication = published(result, forPublic);
    const auto& regions = publication.result->regions;
    CHECK(publication.isProtected);
    CHECK(regions[0].shown == Shown::small);
    CHECK(regions[1].shown == Shown::exact); // a zero is said
    CHECK(regions[3].shown == Shown::hidden);
    CHECK_FALSE(regions[3].value);
    CHECK_FALSE(regions[3].classIndex);
    CHECK(regions[2].value == 40.0);
    REQUIRE(publication.result->areas.size() == 2); // what is withheld of the region is not said of the hotspot
    CHECK(publication.result->areas[1].incidents == 55);

    SECTION("values made from all counts are withheld together") {
        result->parameters["measure"] = "smoothed-rate";
        const auto smoothed = published(result, forPublic).result;
        for (const Region& region : smoothed->regions) CHECK_FALSE(region.value);
        CHECK(smoothed->regions[2].classIndex == 0u);
    }
}

TEST_CASE("rounded counts do not keep the exact ones in their shares", "[disclosure]") {
    auto result = densityResult();
    result->monthly = {503, 497};
    result->incidents = 1203;
    const auto rounded = published(result, {.threshold = 5, .roundTo = 5}).result;
    CHECK(rounded->areas[0].incidents == 410);
    CHECK(rounded->areas[0].shown == Shown::rounded);
    CHECK(rounded->areas[0].share == Approx(0.41));
    CHECK(rounded->areas[0].densityPerKm2 == Approx(410 / 0.0325));
    CHECK(rounded->areas[0].comparisonIncidents == 390u);
    CHECK(rounded->monthly == std::vector<std::size_t>{505, 495});
    CHECK(rounded->incidents == 1205);
    CHECK(rounded->notes.size() == 1);
    CHECK_FALSE(rounded->rows.empty()); // inside
}

TEST_CASE("house numbers leave names, numbered streets keep theirs", "[disclosure]") {
    CHECK(withoutHouseNumber("14 High Street") == "High Street");
    CHECK(withoutHouseNumber("14A High Street") == "High Street");
    CHECK(withoutHouseNumber("Flat 2, 14 High Street") == "High Street");
    CHECK(withoutHouseNumber("12-16 High Street") == "High Street");
    CHECK(withoutHouseNumber("1st Avenue") == "1st Avenue");
    CHECK(withoutHouseNumber("High Street") == "High Street");
    CHECK(withoutHouseNumber("A35") == "A35");
    CHECK(withoutHouseNumber("42") == "42");
}
