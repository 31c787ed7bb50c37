// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hotspots/hotspots.h"

#include "tests/support/catch.h"
#include "tests/support/polygons.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace patchlight;
using patchlight::test::Random;

namespace {

/// Values 0 to 3 in whole steps (many equal to the level), noise, or smooth hills; some with a study area.
DensitySurface randomSurface(std::uint64_t seed, const std::string& kind) {
    Random random{seed};
    const std::size_t rows = 1 + random.below(24), columns = 1 + random.below(24);
    DensitySurface surface{{400000.0, 90000.0, Metres{seed % 3 ? 50.0 : 0.1}, rows, columns}, {}, {}};
    if (kind == "hills") {
        const auto points = random.pointsIn(surface.frame.box(), 12);
        surface =
            *kernelDensity(points, {}, surface.frame, Kernel::quartic, Metres{surface.frame.cellSize.value() * 5});
        const double mean = meanOfPositiveCells(surface, Kernel::quartic);
        for (double& value : surface.values) value *= 2 / mean;
    } else {
        for (std::size_t i = 0; i < surface.frame.cells(); ++i)
            surface.values.push_back(kind == "steps" ? static_cast<double>(random.below(4)) : random.between(0.0, 4.0));
    }
    if (seed % 2)
        for (std::size_t i = 0; i < surface.frame.cells(); ++i) surface.inside.push_back(random.below(5) > 0);
    return surface;
}

/// The slow way: each cell takes its neighbours' lowest label until nothing changes.
std::vector<std::size_t> floodLabels(const DensitySurface& surface, double level) {
    const std::size_t columns = surface.frame.columns, count = surface.frame.cells();
    std::vector<std::size_t> label(count);
    const auto high = [&](std::size_t i) { return surface.has(i) && surface.values[i] >= level; };
    for (std::size_t i = 0; i < count; ++i) label[i] = high(i) ? i + 1 : 0;
    for (bool changed = true; std::exchange(changed, false);)
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t j = 0; j < count; ++j) {
                const bool beside = (i + 1 == j && j % columns != 0) || i + columns == j;
                if (!beside || !label[i] || !label[j] || label[i] == label[j]) continue;
                label[i] = label[j] = std::min(label[i], label[j]);
                changed = true;
            }
    return label;
}

void checkRings(const MultiPolygon& polygon) {
    CHECK(test::whyInvalid(polygon) == "");
    for (const Polygon& part : polygon.parts) {
        CHECK(part.outer.front() == part.outer.back());
        CHECK(test::ringArea(part.outer) > 0);
        for (const Ring& hole : part.holes) {
            CHECK(hole.front() == hole.back());
            CHECK(test::ringArea(hole) < 0);
        }
    }
}

DensitySurface drawn(const std::vector<std::string>& northToSouth) {
    DensitySurface surface{{0.0, 0.0, Metres{10.0}, northToSouth.size(), northToSouth[0].size()}, {}, {}};
    for (auto row = northToSouth.rbegin(); row != northToSouth.rend(); ++row)
        for (const char c : *row) surface.values.push_back(c == '#' ? 2.0 : 0.0);
    return surface;
}

} // namespace

TEST_CASE("the contour contains exactly the centres of the cells at or above the level", "[hotspots][property]") {
    const std::string kind = GENERATE("steps", "noise", "hills");
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const DensitySurface surface = randomSurface(seed, kind);
        const double level = 2.0;
        const MultiPolygon contour = contourAbove(surface, level);
        INFO(kind << " " << seed);
        checkRings(contour);
        const PointInPolygon inside(contour);
        std::size_t wrong = 0;
        for (std::size_t row = 0; row < surface.frame.rows; ++row)
            for (std::size_t column = 0; column < surface.frame.columns; ++column) {
                const std::size_t cell = row * surface.frame.columns + column;
                const bool high = surface.has(cell) && surface.values[cell] >= level;
                wrong += inside.contains(surface.frame.centre(row, column)) != high;
            }
        CHECK(wrong == 0);
    }
}

TEST_CASE("a cluster's contour and outline contain exactly its cells", "[hotspots][property]") {
    const std::string kind = GENERATE("steps", "hills");
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const DensitySurface surface = randomSurface(seed, kind);
        const auto clusters = clustersAbove(surface, 2.0);
        for (const CellCluster& cluster : clusters) {
            const MultiPolygon contour = contourOf(surface, cluster, 2.0);
            checkRings(contour);
            CHECK(contour.parts.size() == 1);
            for (const auto& polygon : {contour, cluster.outline}) {
                const auto inside = cellsInside(surface.frame, polygon);
                std::vector<std::size_t> cells;
                for (std::size_t i = 0; i < inside.size(); ++i)
                    if (inside[i]) cells.push_back(i);
                CHECK(cells == cluster.cells);
            }
        }
    }
}

TEST_CASE("no point of a contour is further than a cell from its cells on either axis", "[hotspots][property]") {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const DensitySurface surface = randomSurface(seed, "hills");
        const double cell = surface.frame.cellSize.value();
        for (const CellCluster& cluster : clustersAbove(surface, 2.0)) {
            const auto near = [&](ProjectedPoint p) {
                return std::any_of(cluster.cells.begin(), cluster.cells.end(), [&](std::size_t index) {
                    const auto c = surface.frame.centre(index / surface.frame.columns, index % surface.frame.columns);
                    return std::abs(c.east - p.east) <= cell && std::abs(c.north - p.north) <= cell;
                });
            };
            const MultiPolygon contour = contourOf(surface, cluster, 2.0);
            CHECK(std::all_of(contour.parts[0].outer.begin(), contour.parts[0].outer.end(), near));
        }
    }
}

TEST_CASE("clusters equal a slow flood fill, in order of their first cell", "[hotspots][oracle]") {
    const std::string kind = GENERATE("steps", "noise", "hills");
    for (std::uint64_t seed = 0; seed < 15; ++seed) {
        const DensitySurface surface = randomSurface(seed, kind);
        const auto clusters = clustersAbove(surface, 2.0);
        const auto labels = floodLabels(surface, 2.0);
        const auto mine = clusterOfCell(surface, clusters);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < labels.size(); ++i)
            wrong += mine[i] == 0 ? labels[i] != 0 : labels[i] != clusters[mine[i] - 1].cells.front() + 1;
        CHECK(wrong == 0);
        CHECK(std::is_sorted(clusters.begin(), clusters.end(),
                             [](const auto& a, const auto& b) { return a.cells.front() < b.cells.front(); }));
        for (const CellCluster& cluster : clusters) {
            checkRings(cluster.outline);
            const double cell = surface.frame.cellSize.value();
            CHECK(areaOf(cluster.outline).value() ==
                  Approx(static_cast<double>(cluster.cells.size()) * cell * cell).epsilon(1e-6));
            CHECK(std::is_sorted(cluster.cells.begin(), cluster.cells.end()));
        }
    }
}

TEST_CASE("cells that touch at a corner are two hotspots", "[hotspots]") {
    const auto surface = drawn({"#.", ".#"});
    const auto clusters = clustersAbove(surface, 1.0);
    REQUIRE(clusters.size() == 2);
    CHECK(clusters[0].cells == std::vector<std::size_t>{1});
    CHECK(clusters[1].cells == std::vector<std::size_t>{2});
    CHECK(contourAbove(surface, 1.0).parts.size() == 2);
}

TEST_CASE("a hole is a hole, and one closed in at a corner touches the outer ring", "[hotspots]") {
    const auto ring = clustersAbove(drawn({"###", "#.#", "###"}), 1.0);
    REQUIRE(ring.size() == 1);
    REQUIRE(ring[0].outline.parts.size() == 1);
    CHECK(ring[0].outline.parts[0].holes.size() == 1);
    CHECK(ring[0].outline.parts[0].outer.size() == 5); // corners only
    CHECK(areaOf(ring[0].outline).value() == 800.0);
    CHECK(contourAbove(drawn({"###", "#.#", "###"}), 1.0).parts[0].holes.size() == 1);

    const auto pinched = clustersAbove(drawn({"##.", "#.#", "###"}), 1.0);
    REQUIRE(pinched.size() == 1);
    REQUIRE(pinched[0].outline.parts.size() == 1);
    CHECK(pinched[0].outline.parts[0].holes.size() == 1);
    CHECK(areaOf(pinched[0].outline).value() == 700.0);
    checkRings(pinched[0].outline);
    // The smoothed outline leaves the two diagonal cells apart, so the hollow opens outwards.
    const MultiPolygon contour = contourAbove(drawn({"##.", "#.#", "###"}), 1.0);
    CHECK(contour.parts[0].holes.empty());
    checkRings(contour);
}

TEST_CASE("an island in a hole is a cluster of its own", "[hotspots]") {
    const auto surface = drawn({"#####", "#...#", "#.#.#", "#...#", "#####"});
    CHECK(clustersAbove(surface, 1.0).size() == 2);
    const MultiPolygon contour = contourAbove(surface, 1.0);
    REQUIRE(contour.parts.size() == 2);
    CHECK(contour.parts[0].holes.size() == 1);
    checkRings(contour);
}

TEST_CASE("a hotspot at the frame's end has a border half a cell outside its centres", "[hotspots]") {
    const Box box = boxOf(contourAbove(drawn({"##", "##"}), 1.0));
    CHECK(box.west == 0.0);
    CHECK(box.east == 20.0);
    CHECK(box.south == 0.0);
    CHECK(box.north == 20.0);
}

TEST_CASE("a level above everything gives nothing; one below everything gives the study area", "[hotspots][edge]") {
    DensitySurface surface = drawn({"#.#", ".#."});
    CHECK(clustersAbove(surface, 5.0).empty());
    CHECK(contourAbove(surface, 5.0).empty());
    CHECK(contourOf(surface, CellCluster{}, 5.0).empty());
    CHECK(clustersAbove(surface, -1.0).size() == 1);
    surface.inside = {1, 1, 0, 0, 0, 0};
    const auto clusters = clustersAbove(surface, -1.0);
    REQUIRE(clusters.size() == 1);
    CHECK(clusters[0].cells == std::vector<std::size_t>{0, 1});
    surface.inside.assign(6, 0);
    CHECK(clustersAbove(surface, -1.0).empty());
    CHECK(clustersAbove(DensitySurface{}, 0.0).empty());
}
