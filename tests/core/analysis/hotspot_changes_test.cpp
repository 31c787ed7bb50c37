// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/hotspot_changes.h"

#include "tests/support/catch.h"
#include "tests/support/incident_table.h"

using namespace patchlight;

namespace {

const Period june{*parseIsoDay("2025-06"), *parseIsoDay("2025-06", true)},
    july{*parseIsoDay("2025-07"), *parseIsoDay("2025-07", true)};

/// Four places 1 km apart; so many incidents at each in both months.
struct Town {
    std::shared_ptr<const IncidentTable> table;
    Result before, now;
};
Town townWith(const std::vector<std::pair<std::size_t, std::size_t>>& counts) {
    std::vector<test::TestIncident> incidents;
    Town town;
    for (std::size_t place = 0; place < counts.size(); ++place) {
        const ProjectedPoint at{400'000.0 + 1000.0 * double(place), 90'000.0};
        const auto add = [&](std::size_t count, const char* month, Result& result, double shift) {
            for (std::size_t i = 0; i < count; ++i) {
                result.rows.push_back(std::uint32_t(incidents.size()));
                incidents.push_back({at, "ASB", month, "Place", "test"});
            }
            if (count < 10) return; // no hotspot
            HotspotArea area;
            area.rank = result.areas.size() + 1;
            area.name = "Road " + std::to_string(place);
            area.outline = polygonOf(Box{at.east - 100 + shift, at.north - 100, at.east + 100 + shift, at.north + 100});
            area.incidents = count;
            result.areas.push_back(area);
        };
        add(counts[place].first, "2025-06", town.before, 0.0);
        add(counts[place].second, "2025-07", town.now, 30.0);
    }
    town.table = test::tableOf(incidents);
    return town;
}

} // namespace

TEST_CASE("each hotspot is new, grown, shrunk, about the same or gone, with counts of the same ground", "[analysis]") {
    const Town town = townWith({{40, 120}, {100, 45}, {50, 55}, {3, 30}, {25, 4}});
    const auto changes = hotspotChanges(town.before, june, town.now, july, *town.table);
    REQUIRE(changes);
    std::vector<std::string> said;
    for (const HotspotChange& change : *changes)
        said.push_back(change.name + " " + std::string(wordsOf(change.fate)) + " " + std::to_string(change.before) +
                       " " + std::to_string(change.now) + (change.probability ? " tested" : ""));
    CHECK(said == std::vector<std::string>{"Road 0 grown 40 120 tested", "Road 1 shrunk 100 45 tested",
                                           "Road 2 about the same 50 55 tested", "Road 3 new 3 30",
                                           "Road 4 gone 25 4"});
    CHECK((*changes)[0].rankBefore == 1u);
    CHECK((*changes)[4].rankBefore == 4u);
    CHECK((*changes)[0].overlap == Approx(0.85));
}

TEST_CASE("hotspots before or now alone are all gone or all new", "[analysis][edge]") {
    const Town town = townWith({{40, 0}, {0, 30}});
    const Result none;
    CHECK(hotspotChanges(none, june, none, july, *town.table)->empty());
    const auto fresh = hotspotChanges(none, june, town.now, july, *town.table);
    REQUIRE(fresh);
    REQUIRE(fresh->size() == 1);
    CHECK(fresh->front().fate == Fate::fresh);
    CHECK(fresh->front().now == 30);
    const auto gone = hotspotChanges(town.before, june, none, july, *town.table);
    CHECK(gone->front().fate == Fate::gone);
}
