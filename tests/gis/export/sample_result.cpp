// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gis/export/sample_result.h"

namespace patchlight::test {

namespace {

Ring square(double west, double south, double side, bool clockwise = false) {
    Ring ring{{west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}};
    if (clockwise) ring = Ring(ring.rbegin(), ring.rend());
    return ring;
}

} // namespace

Result sampleResult() {
    Result result;
    result.analysis = "kernel-density";
    result.title = "Kernel density";
    result.incidents = 4;
    result.mapped = 3;
    result.places = 2;
    result.studyAreaKm2 = 0.0275;
    result.parameters = {{"kernel", "quartic"}, {"bandwidth", 300.0}, {"cell-size", 50.0}};
    result.method = "Quartic kernel, bandwidth 300 m, cells of 50 m.";
    result.notes = {"Positions are snapped."};
    DensitySurface surface;
    surface.frame = {.west = 408000, .south = 91000, .cellSize = Metres{50.0}, .rows = 3, .columns = 4};
    for (int i = 0; i < 12; ++i) surface.values.push_back(1.0 / 3.0 + 100.0 * i);
    surface.inside.assign(12, 1);
    surface.inside[5] = 0;
    result.surface = std::move(surface);

    HotspotArea first;
    first.rank = 1;
    first.name = "=HYPERLINK(\"http://example.org\") <&>";
    first.outline.parts = {{square(408000, 91000, 150), {square(408050, 91050, 50, true)}},
                           {square(408150, 91100, 50), {}}};
    first.incidents = 2;
    first.places = 1;
    first.largestStack = 2;
    first.share = 2.0 / 3.0;
    first.areaKm2 = 0.0225;
    first.areaShare = 0.0225 / 0.0275;
    first.densityPerKm2 = 2.0 / 0.0225;
    first.pai = first.share / first.areaShare;
    first.comparisonIncidents = 7;
    HotspotArea second;
    second.rank = 2;
    second.name = "Ffordd \xC5\xB4r, \"Top\"";
    second.outline.parts = {{square(408150, 91000, 50), {}}};
    second.incidents = 1;
    second.places = 1;
    second.largestStack = 1;
    second.share = 1.0 / 3.0;
    second.areaKm2 = 0.0025;
    second.areaShare = 0.0025 / 0.0275;
    second.densityPerKm2 = 400.0;
    second.pai = 11.0 / 3.0;
    result.areas = {first, second};
    result.rows = {0, 1, 3};
    result.areaOf = {1, 1, 2};
    return result;
}

Recipe sampleRecipe() {
    Recipe recipe;
    recipe.fingerprint = "0123456789abcdef";
    recipe.analysis = "kernel-density";
    recipe.filter.categories = {"Anti-social behaviour"};
    recipe.parameters = {{"bandwidth", 300.0}};
    recipe.layout.title = "Hotspots & more";
    return recipe;
}

IncidentTable sampleTable() {
    IncidentTable table;
    table.id = {1, 2, 3, 4};
    table.sourceRow = {10, 11, 12, 13};
    table.position = {{408010.1, 91010.3}, {408010.1, 91010.3}, {}, {408160.0 + 1.0 / 3.0, 91020}};
    table.mapped = {1, 1, 0, 1};
    table.from.resize(4);
    table.to.resize(4);
    table.precision.assign(4, TimePrecision::none);
    table.level.assign(4, LocationLevel::snapped);
    table.dataset = {{1, 1, 1, 2}, {"", "2025-07-dorset-street", "@sum, 2025"}};
    for (TextColumn* column : {&table.category, &table.subcategory, &table.place, &table.areaCode})
        column->code.assign(4, 0);
    return table;
}

} // namespace patchlight::test
