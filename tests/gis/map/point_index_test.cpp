// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/incident_marks.h"
#include "tests/gis/map/map_scene.h"

#include <algorithm>
#include <numeric>

namespace patchlight::paint::test {

namespace {

std::vector<std::uint32_t> countedOneByOne(const std::vector<ProjectedPoint>& points, const Box& box, std::size_t width,
                                           std::size_t height) {
    std::vector<std::uint32_t> counts(width * height, 0);
    for (const ProjectedPoint p : points) {
        if (!box.contains(p)) continue;
        const double x = (p.east - box.west) * (static_cast<double>(width) / box.width());
        const double y = (box.north - p.north) * (static_cast<double>(height) / box.height());
        ++counts[std::min(height - 1, static_cast<std::size_t>(y)) * width +
                 std::min(width - 1, static_cast<std::size_t>(x))];
    }
    return counts;
}

} // namespace

TEST_CASE("counts per pixel are those of counting one by one", "[map][oracle]") {
    const Box box{1000, 2000, 9000, 7000};
    auto points = randomPoints(20000, box);
    const auto stacked = randomPoints(40, box, 2); // the same places many times, as in an anonymised extract
    for (int i = 0; i < 50; ++i) points.insert(points.end(), stacked.begin(), stacked.end());
    points.push_back({-90000, 4e5}); // wild
    points.push_back({1e9, -1e9});
    const PointIndex index(points);
    CHECK(index.size() == points.size());

    const Box view = GENERATE(Box{1000, 2000, 9000, 7000}, Box{4000, 3000, 4300, 3200}, Box{-1e6, -1e6, 1e6, 1e6},
                              Box{8990, 6990, 20000, 20000}, Box{20000, 0, 30000, 10});
    const auto expected = countedOneByOne(points, view, 160, 100);
    CHECK(index.countsPerPixel(view, 160, 100) == expected);
    const std::size_t total = std::accumulate(expected.begin(), expected.end(), std::size_t{0});
    CHECK(index.countWithin(view) == total);

    auto found = index.within(view);
    std::vector<ProjectedPoint> wanted;
    std::ranges::copy_if(points, std::back_inserter(wanted), [&](ProjectedPoint p) { return view.contains(p); });
    std::ranges::sort(found);
    std::ranges::sort(wanted);
    CHECK(found == wanted);
}

TEST_CASE("points on the border of a view count once, in the outermost pixels", "[map][edge]") {
    const PointIndex index({{0, 0}, {10, 10}, {0, 10}, {10, 0}});
    CHECK(index.countsPerPixel({0, 0, 10, 10}, 2, 2) == std::vector<std::uint32_t>{1, 1, 1, 1});
    CHECK(index.countsPerPixel({0, 0, 10, 10}, 1, 1) == std::vector<std::uint32_t>{4});
}

TEST_CASE("an index of nothing, of one place and of bad numbers", "[map][edge]") {
    const PointIndex none({});
    CHECK(none.size() == 0);
    CHECK(none.countWithin({0, 0, 1, 1}) == 0);
    CHECK(none.within({0, 0, 1, 1}).empty());
    CHECK(none.countsPerPixel({0, 0, 1, 1}, 3, 2) == std::vector<std::uint32_t>(6, 0));
    CHECK(none.countsPerPixel({0, 0, 1, 1}, 0, 2).empty());

    const PointIndex same(std::vector<ProjectedPoint>(500, ProjectedPoint{5, 5}));
    CHECK(same.countWithin({5, 5, 5, 5}) == 500);
    CHECK(same.countWithin({6, 5, 7, 5}) == 0);
    CHECK(same.countWithin(Box{}) == 0);

    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(PointIndex({{nan, 0}, {1, 1}, {0, std::numeric_limits<double>::infinity()}}).size() == 1);
}

TEST_CASE("incidents in a box are counted as one by one, those beyond the grid too", "[map][oracle]") {
    std::vector<ProjectedPoint> points = randomPoints(3000, {0, 0, 10000, 6000}, 5);
    for (const ProjectedPoint far : randomPoints(20, {-60000, -50000, 70000, 60000}, 6)) points.push_back(far);
    const PointIndex index(points);
    for (unsigned seed = 1; seed <= 200; ++seed) {
        const auto corners =
            randomPoints(2, seed % 3 == 0 ? Box{-50000, -50000, 50000, 50000} : Box{0, 0, 10000, 6000}, seed);
        const Box box = united({corners[0].east, corners[0].north, corners[0].east, corners[0].north},
                               {corners[1].east, corners[1].north, corners[1].east, corners[1].north});
        const auto expected = std::ranges::count_if(points, [&](ProjectedPoint p) { return box.contains(p); });
        CHECK(index.countWithin(box) == static_cast<std::size_t>(expected));
        const auto counts = index.countsPerPixel(box, 37, 300);
        CHECK(std::accumulate(counts.begin(), counts.end(), std::size_t{0}) == static_cast<std::size_t>(expected));
    }
}

TEST_CASE("more incidents on a pixel are never fainter", "[map][property]") {
    std::vector<std::uint32_t> counts(30 * 3, 0);
    for (std::size_t i = 0; i < 5; ++i) counts[30 + 6 * i + 3] = static_cast<std::uint32_t>(i * i);
    const QImage image = pictureOfCounts(counts, 30, 3, 1.0, QColor(0, 0, 255));
    CHECK(qAlpha(image.pixel(3, 1)) == 0);
    for (int i = 1; i < 4; ++i) CHECK(qAlpha(image.pixel(6 * i + 3, 1)) < qAlpha(image.pixel(6 * i + 9, 1)));
    CHECK(qAlpha(image.pixel(12, 1)) == 0); // discs stay small
    CHECK(qAlpha(image.pixel(11, 1)) == 0);
    CHECK(qAlpha(image.pixel(8, 1)) > 0); // but reach the next pixel
}

TEST_CASE("incidents are single marks when few and a picture when many", "[map]") {
    const QRectF page(0, 0, 180, 140);
    CHECK(drawnAsMarks(1, page));
    CHECK(drawnAsMarks(3000, page));
    CHECK_FALSE(drawnAsMarks(mostMarks + 1, page));
    CHECK_FALSE(drawnAsMarks(3000, QRectF(0, 0, 40, 30))); // no room
}

} // namespace patchlight::paint::test
