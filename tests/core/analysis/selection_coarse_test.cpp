// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/dbscan.h"
#include "core/analysis/kernel_density.h"
#include "tests/support/catch.h"
#include "tests/support/incident_table.h"

#include <algorithm>

using namespace patchlight;
using namespace patchlight::test;

namespace {

/// Forty exact incidents round one place, and a stack of thirty at the middle of a postcode sector.
AnalysisInput withStack() {
    auto incidents = gathered(40, {400500.0, 100500.0}, 120.0, 3, "High Street");
    for (int i = 0; i < 30; ++i) incidents.push_back({.position = ProjectedPoint{402000.0, 102000.0}});
    auto table = std::make_shared<IncidentTable>(*tableOf(incidents));
    for (std::size_t row = 0; row < table->size(); ++row)
        table->level[row] = row < 40 ? LocationLevel::exact : LocationLevel::area;
    return {.table = table, .parameters = {{"bandwidth", 300}, {"cell-size", 50}}};
}

bool says(const Result& result, const std::string& text) {
    return std::any_of(result.notes.begin(), result.notes.end(),
                       [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

} // namespace

TEST_CASE("positions coarser than the bandwidth are named, and left out when asked", "[analysis]") {
    AnalysisInput input = withStack();
    const auto kept = kernelDensityAnalysis().run(input, {});
    REQUIRE(kept);
    CHECK(kept->mapped == 70);
    CHECK(says(*kept, "30 incidents are placed by postcode, street or area, which is coarser than 300 m"));

    input.parameters["coarse-positions"] = "leave-out";
    const auto fine = kernelDensityAnalysis().run(input, {});
    REQUIRE(fine);
    CHECK(fine->incidents == 70);
    CHECK(fine->mapped == 40);
    CHECK(says(*fine, "left out"));
    for (const HotspotArea& area : fine->areas) CHECK(area.largestStack < 30);

    input.parameters["bandwidth"] = 1000; // no shorter than an area is wide
    CHECK(kernelDensityAnalysis().run(input, {})->mapped == 70);

    AnalysisInput groups = withStack();
    groups.parameters = {{"eps", 200}, {"min-points", 5}, {"coarse-positions", "leave-out"}};
    const auto found = dbscanAnalysis().run(groups, {});
    REQUIRE(found);
    CHECK(found->areas.size() == 1);
    groups.parameters["coarse-positions"] = "keep";
    CHECK(dbscanAnalysis().run(groups, {})->areas.size() == 2);
}

TEST_CASE("an analysis that would leave out every incident says why", "[analysis]") {
    AnalysisInput input = withStack();
    auto table = std::make_shared<IncidentTable>(*input.table);
    std::fill(table->level.begin(), table->level.end(), LocationLevel::street);
    input.table = table;
    input.parameters = {{"bandwidth", 200}, {"cell-size", 50}, {"coarse-positions", "leave-out"}};
    const auto none = kernelDensityAnalysis().run(input, {});
    REQUIRE_FALSE(none);
    CHECK(none.error().code == ErrorCode::emptyInput);
    CHECK(none.error().message.find("None is left: 70 incidents are placed by postcode, street or area") == 0);
}
