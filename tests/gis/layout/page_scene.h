// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/layout.h"
#include "tests/support/catch.h"
#include "tests/support/gui_application.h"
#include "tests/support/shared_data.h"

#include <cmath>
#include <numbers>

/// A made-up town with as many hotspots as asked, for the tests of the page.
namespace patchlight::paint::test {

inline LocalDay day(int year, unsigned month, unsigned dayOfMonth) {
    return LocalDay{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{dayOfMonth}};
}

inline const std::vector<std::string>& placeNames() {
    static const std::vector<std::string> names{
        "Old Christchurch Road", "Ashley Road",      "Boscombe Precinct", "Pier Approach",    "Winton Banks",
        "Charminster Road",      "Holdenhurst Road", "High Street",       "Castle Lane West", "Kingsland Road",
        "Seldown Lane",          "Lansdowne Road",   "Wimborne Road",     "Poole Quay",       "Barrack Road"};
    return names;
}

struct Scene {
    Recipe recipe;
    std::shared_ptr<Result> result = std::make_shared<Result>();
    MapContent map;
    std::vector<DatasetInfo> datasets;
    ProjectCrs crs;
    StudyArea area;

    [[nodiscard]] BoardMap page() const { return boardMapOf(recipe, result, map, datasets, crs, area); }
};

/// Hills on a plain: each hotspot is where its hill passes the threshold.
inline Scene sceneWith(std::size_t hotspots) {
    patchlight::test::guiApplication();
    Scene scene;
    Result& result = *scene.result;
    result.analysis = "kernel-density";
    result.title = "Kernel density";
    result.incidents = 4812;
    result.mapped = 4685;
    result.studyAreaKm2 = 161.3;
    result.method =
        "Quartic density, bandwidth 300 m, cells of 100 m; hotspots are areas above 3 times the mean of the "
        "cells above zero (123 incidents per km²).";
    result.notes = {
        "127 incidents have no position and could not be mapped; whether they lie inside the study area is "
        "not known.",
        "Positions are anonymised map points, not addresses: read hotspots as neighbourhoods, not as single "
        "streets."};
    constexpr double threshold = 123.0, west = 399000.0, south = 89000.0;
    DensitySurface surface;
    surface.frame = {west, south, Metres{100.0}, 120, 220};
    surface.values.assign(surface.frame.cells(), 4.0);
    for (std::size_t i = 0; i < hotspots; ++i) {
        const double gold = std::fmod(0.38 + 0.618033988749895 * double(i), 1.0);
        const ProjectedPoint centre{west + 2000 + 16500 * gold,
                                    south + 2500 + 7000 * std::fmod(0.45 + 0.7548776662 * double(i), 1.0)};
        const double sigma = 520.0 / std::sqrt(1.0 + 0.4 * double(i)), peak = 380.0 - 5.0 * double(i);
        for (std::size_t row = 0; row < surface.frame.rows; ++row)
            for (std::size_t column = 0; column < surface.frame.columns; ++column) {
                const ProjectedPoint at = surface.frame.centre(row, column);
                const double d2 = (at.east - centre.east) * (at.east - centre.east) +
                                  (at.north - centre.north) * (at.north - centre.north);
                surface.values[row * surface.frame.columns + column] += peak * std::exp(-d2 / (2 * sigma * sigma));
            }
        const double radius = sigma * std::sqrt(2 * std::log(peak / threshold));
        HotspotArea area;
        area.rank = i + 1;
        area.name = placeNames()[i % placeNames().size()];
        if (i >= placeNames().size()) area.name += " / Heron Court Road";
        Ring ring;
        for (int step = 0; step <= 48; ++step) {
            const double angle = 2 * std::numbers::pi * double(step % 48) / 48;
            ring.push_back({centre.east + radius * std::cos(angle), centre.north + radius * std::sin(angle)});
        }
        area.outline.parts.push_back({ring, {}});
        area.drawnOutline = area.outline;
        area.incidents = std::size_t(412.0 / std::pow(double(i + 1), 0.7));
        area.places = area.incidents / 3 + 1;
        area.largestStack = 3;
        area.share = double(area.incidents) / double(result.mapped);
        area.areaKm2 = std::numbers::pi * radius * radius / 1e6;
        area.areaShare = area.areaKm2 / result.studyAreaKm2;
        area.densityPerKm2 = double(area.incidents) / area.areaKm2;
        area.pai = area.share / area.areaShare;
        result.areas.push_back(std::move(area));
    }
    result.surface = std::move(surface);
    result.classes = {{41, "41 to 82: above average"},
                      {82, "82 to 123"},
                      {123, "123 to 164: hotspot"},
                      {164, "164 to 205"},
                      {205, "over 205"}};
    result.monthlyFirst = day(2024, 1, 1);
    result.monthly = {1310, 1250, 1402, 1466, 0,    0,    0,    0,    0,    0,   0,
                      0,    1120, 1188, 1376, 1421, 1533, 1490, 1702, 1640, 1343};
    result.monthlyCovered.assign(result.monthly.size(), 1);
    for (std::size_t i = 4; i < 12; ++i) result.monthlyCovered[i] = 0;

    scene.recipe.analysis = "kernel-density";
    scene.recipe.fingerprint = "0123";
    scene.recipe.filter.categories = {"Anti-social behaviour"};
    scene.recipe.filter.period = Period{day(2025, 7, 1), day(2025, 9, 30)};
    scene.recipe.layout.author = "BCP Community Safety Partnership · Research and Information";
    scene.recipe.layout.date = "2025-10-05";
    scene.recipe.layout.paper = "A4-landscape";
    scene.area.name = "BCP Council";
    scene.area.polygon = polygonOf(Box{west, south, west + 22000, south + 12000});
    for (const char* month : {"2025-07", "2025-08", "2025-09"}) {
        DatasetInfo dataset;
        dataset.name = std::string(month) + "-dorset-street";
        dataset.source = "Dorset Police";
        dataset.firstMonth = dataset.lastMonth = month;
        dataset.anonymised = true;
        scene.datasets.push_back(dataset);
    }
    return scene;
}

/// Every leaf with words, in reading order.
inline std::vector<const PageElement*> textsOf(const std::vector<PageElement>& elements) {
    std::vector<const PageElement*> texts;
    for (const PageElement& element : elements) {
        if (element.draw && !element.text.isEmpty()) texts.push_back(&element);
        for (const PageElement* text : textsOf(element.children)) texts.push_back(text);
    }
    return texts;
}

} // namespace patchlight::paint::test
