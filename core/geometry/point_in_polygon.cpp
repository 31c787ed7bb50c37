// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/detail/orientation.h"
#include "core/geometry/detail/rings.h"

#include <algorithm>
#include <cmath>

namespace patchlight {

/// The edges, listed by horizontal bands they touch; a query walks the edges of its band.
struct PointInPolygon::Index {
    struct Edge {
        ProjectedPoint low, high; ///< low.north <= high.north
    };

    explicit Index(const MultiPolygon& polygon) : box{boxOf(polygon)} {
        std::vector<Edge> edges;
        double climbed = 0.0;
        detail::forEachEdge(polygon, [&](ProjectedPoint a, ProjectedPoint b) {
            edges.push_back(a.north <= b.north ? Edge{a, b} : Edge{b, a});
            climbed += edges.back().high.north - edges.back().low.north;
        });
        // As many bands as keep an edge in some eight of them on average.
        const double wished = climbed > 0 ? 7.0 * static_cast<double>(edges.size()) * box.height() / climbed : 1.0;
        bands = static_cast<std::size_t>(std::clamp(wished, 1.0, 4.0 * static_cast<double>(edges.size()) + 1.0));
        bandHeight = box.height() / static_cast<double>(bands);

        first.assign(bands + 1, 0);
        for (const Edge& edge : edges)
            for (std::size_t band = bandOf(edge.low.north); band <= bandOf(edge.high.north); ++band) ++first[band + 1];
        for (std::size_t band = 0; band < bands; ++band) first[band + 1] += first[band];
        listed.resize(first.back());
        std::vector<std::size_t> next(first.begin(), first.end() - 1);
        for (const Edge& edge : edges)
            for (std::size_t band = bandOf(edge.low.north); band <= bandOf(edge.high.north); ++band)
                listed[next[band]++] = edge;
    }

    [[nodiscard]] std::size_t bandOf(double north) const {
        if (!(bandHeight > 0)) return 0;
        const double band = std::floor((north - box.south) / bandHeight);
        return static_cast<std::size_t>(std::clamp(band, 0.0, static_cast<double>(bands - 1)));
    }

    [[nodiscard]] bool contains(ProjectedPoint p) const {
        if (box.empty() || !box.contains(p)) return false;
        const std::size_t band = bandOf(p.north);
        bool inside = false;
        for (std::size_t i = first[band]; i < first[band + 1]; ++i) {
            const Edge& edge = listed[i];
            if (p.north < edge.low.north || p.north > edge.high.north) continue;
            const auto [west, east] = std::minmax(edge.low.east, edge.high.east);
            if (p.east < west) continue; // the ray runs west
            if (edge.low.north == edge.high.north) {
                if (p.east <= east) return true;
                continue;
            }
            const int side = p.east > east ? -1 : detail::orientation(edge.low, edge.high, p);
            if (side == 0) return true;
            // An edge owns its lower end, not its upper, so a vertex is crossed once.
            if (side < 0 && p.north < edge.high.north) inside = !inside;
        }
        return inside;
    }

    Box box;
    std::size_t bands = 1;
    double bandHeight = 0.0;
    std::vector<std::size_t> first;
    std::vector<Edge> listed;
};

PointInPolygon::PointInPolygon(const MultiPolygon& polygon) : m_index{std::make_unique<Index>(polygon)} {}
PointInPolygon::~PointInPolygon() = default;
PointInPolygon::PointInPolygon(PointInPolygon&&) noexcept = default;
PointInPolygon& PointInPolygon::operator=(PointInPolygon&&) noexcept = default;

bool PointInPolygon::contains(ProjectedPoint point) const {
    return m_index->contains(point);
}

} // namespace patchlight
