// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/units.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

/// Points, boxes and polygons in the project's CRS (metres), and what GEOS does with them.
namespace patchlight {

struct ProjectedPoint { ///< metres, project CRS
    double east = 0.0;
    double north = 0.0;
    auto operator<=>(const ProjectedPoint&) const = default;
};

struct GeographicPoint { ///< degrees, WGS 84
    double longitude = 0.0;
    double latitude = 0.0;
};

struct Box { ///< metres, project CRS; empty while west > east
    double west = 1.0;
    double south = 1.0;
    double east = 0.0;
    double north = 0.0;

    [[nodiscard]] bool empty() const { return west > east || south > north; }
    [[nodiscard]] double width() const { return empty() ? 0.0 : east - west; }
    [[nodiscard]] double height() const { return empty() ? 0.0 : north - south; }
    [[nodiscard]] ProjectedPoint centre() const { return {(west + east) / 2, (south + north) / 2}; }
    [[nodiscard]] bool contains(ProjectedPoint p) const {
        return p.east >= west && p.east <= east && p.north >= south && p.north <= north;
    }
    [[nodiscard]] bool intersects(const Box& other) const {
        return !empty() && !other.empty() && west <= other.east && other.west <= east && south <= other.north &&
               other.south <= north;
    }
    bool operator==(const Box&) const = default;
};
[[nodiscard]] Box boxOf(std::span<const ProjectedPoint> points);
[[nodiscard]] Box united(const Box& a, const Box& b);
[[nodiscard]] Box grownBy(const Box& box, Metres distance);
/// The box of the middle 99 % of the points on each axis, grown by its own width and height, then cut to the points
/// within: a handful of wild positions do not stretch frames or pages. All points when there are fewer than 100.
[[nodiscard]] Box typicalBox(std::span<const ProjectedPoint> points);

using Ring = std::vector<ProjectedPoint>; ///< closed: the last point repeats the first

struct Polygon {
    Ring outer;              ///< counter-clockwise
    std::vector<Ring> holes; ///< clockwise
};

struct MultiPolygon {
    std::vector<Polygon> parts;
    [[nodiscard]] bool empty() const { return parts.empty(); }
};

[[nodiscard]] SquareMetres areaOf(const MultiPolygon& polygon);
[[nodiscard]] Box boxOf(const MultiPolygon& polygon);
/// A point that lies inside, for labels.
[[nodiscard]] ProjectedPoint labelPoint(const MultiPolygon& polygon);
[[nodiscard]] MultiPolygon polygonOf(const Box& box);

/// Invalid polygons repaired by GEOS MakeValid (polygon parts kept). errors: fileFormat (GEOS's own words).
[[nodiscard]] Expected<MultiPolygon> madeValid(const MultiPolygon& polygon);
[[nodiscard]] Expected<MultiPolygon> unionOf(std::span<const MultiPolygon> polygons);
[[nodiscard]] Expected<MultiPolygon> intersectionOf(const MultiPolygon& a, const MultiPolygon& b);
/// Convex hull of points; fewer than three distinct places or all on one line: a buffer of `radius` around them.
[[nodiscard]] Expected<MultiPolygon> hullOf(std::span<const ProjectedPoint> points, Metres radius);
/// A hull without holes that follows the points inward (GEOS's, 3.11 on): edges of their Delaunay triangles longer than
/// the shortest plus `ratio` times the spread of lengths are cut away from outside; 1 is the convex hull, 0 the
/// tightest. All points lie in it. As hullOf where that draws a buffer; the convex hull where GEOS is older. errors: as
/// hullOf; invalidParameter (ratio not within 0 to 1)
[[nodiscard]] Expected<MultiPolygon> concaveHullOf(std::span<const ProjectedPoint> points, double ratio, Metres radius);

/// OGC well-known binary, little-endian; fromWkb takes POLYGON and MULTIPOLYGON (Z dropped).
[[nodiscard]] std::vector<std::byte> toWkb(const MultiPolygon& polygon);
[[nodiscard]] Expected<MultiPolygon> fromWkb(std::span<const std::byte> wkb);

/// Answers "is this point inside?" many times; a point on the border counts as inside. Safe to ask from many threads.
class PointInPolygon {
public:
    explicit PointInPolygon(const MultiPolygon& polygon);
    ~PointInPolygon();
    PointInPolygon(PointInPolygon&&) noexcept;
    PointInPolygon& operator=(PointInPolygon&&) noexcept;
    [[nodiscard]] bool contains(ProjectedPoint point) const;

private:
    struct Index;
    std::unique_ptr<Index> m_index;
};

} // namespace patchlight
