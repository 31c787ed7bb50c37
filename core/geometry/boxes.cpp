// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/geometry.h"

#include "core/geometry/detail/rings.h"

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

bool finite(ProjectedPoint p) {
    return std::isfinite(p.east) && std::isfinite(p.north);
}

/// The values at rank `cut` from either end; reorders the values.
std::pair<double, double> middle(std::vector<double>& values, std::size_t cut) {
    const auto low = values.begin() + static_cast<std::ptrdiff_t>(cut);
    const auto high = values.end() - 1 - static_cast<std::ptrdiff_t>(cut);
    std::nth_element(values.begin(), low, values.end());
    const double lowest = *low;
    std::nth_element(values.begin(), high, values.end());
    return {lowest, *high};
}

} // namespace

Box boxOf(std::span<const ProjectedPoint> points) {
    Box box;
    for (const ProjectedPoint p : points)
        if (finite(p)) box = united(box, {p.east, p.north, p.east, p.north});
    return box;
}

Box united(const Box& a, const Box& b) {
    if (a.empty()) return b;
    if (b.empty()) return a;
    return {std::min(a.west, b.west), std::min(a.south, b.south), std::max(a.east, b.east), std::max(a.north, b.north)};
}

Box grownBy(const Box& box, Metres distance) {
    if (box.empty()) return box;
    const double d = distance.value();
    return {box.west - d, box.south - d, box.east + d, box.north + d};
}

Box typicalBox(std::span<const ProjectedPoint> points) {
    std::vector<double> values; // one axis after the other: of millions of points memory counts
    values.reserve(points.size());
    const auto take = [&](double ProjectedPoint::*axis) {
        values.clear();
        for (const ProjectedPoint& p : points)
            if (finite(p)) values.push_back(p.*axis);
    };
    take(&ProjectedPoint::east);
    if (values.size() < 100) return boxOf(points);
    // Half a per cent at either end, to the nearest point: one of the first hundred.
    const auto cut = static_cast<std::size_t>(std::floor(0.005 * static_cast<double>(values.size()) + 0.5));
    const auto [west, east] = middle(values, cut);
    take(&ProjectedPoint::north);
    const auto [south, north] = middle(values, cut);
    const Box limit{west - (east - west), south - (north - south), east + (east - west), north + (north - south)};
    Box box;
    for (const ProjectedPoint p : points)
        if (limit.contains(p)) box = united(box, {p.east, p.north, p.east, p.north});
    return box;
}

double detail::signedArea(const Ring& ring) {
    double twice = 0.0;
    for (std::size_t i = 2; i < ring.size(); ++i) {
        const ProjectedPoint o = ring[0], a = ring[i - 1], b = ring[i];
        twice += (a.east - o.east) * (b.north - o.north) - (b.east - o.east) * (a.north - o.north);
    }
    return twice / 2;
}

Polygon detail::oriented(Polygon polygon) {
    if (signedArea(polygon.outer) < 0) std::reverse(polygon.outer.begin(), polygon.outer.end());
    for (Ring& hole : polygon.holes)
        if (signedArea(hole) > 0) std::reverse(hole.begin(), hole.end());
    return polygon;
}

SquareMetres areaOf(const MultiPolygon& polygon) {
    double area = 0.0;
    for (const Polygon& part : polygon.parts) {
        area += std::abs(detail::signedArea(part.outer));
        for (const Ring& hole : part.holes) area -= std::abs(detail::signedArea(hole));
    }
    return SquareMetres{area};
}

Box boxOf(const MultiPolygon& polygon) {
    Box box;
    for (const Polygon& part : polygon.parts) box = united(box, boxOf(part.outer));
    return box;
}

MultiPolygon polygonOf(const Box& box) {
    if (box.empty()) return {};
    const ProjectedPoint southWest{box.west, box.south}, southEast{box.east, box.south};
    const ProjectedPoint northEast{box.east, box.north}, northWest{box.west, box.north};
    return {{Polygon{{southWest, southEast, northEast, northWest, southWest}, {}}}};
}

} // namespace patchlight
