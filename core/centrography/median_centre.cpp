// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/centrography/centrography.h"

#include "core/centrography/detail/weights.h"
#include "core/geometry/distances.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace patchlight {
namespace {

/// The sum of distances near one point, and how it changes there.
struct Slope {
    double sum = 0.0;                                         // w m
    double east = 0.0, north = 0.0;                           // pull of the places elsewhere: minus the gradient
    double inverse = 0.0;                                     // sum of w / distance
    double eastEast = 0.0, eastNorth = 0.0, northNorth = 0.0; // second derivatives
    double here = 0.0;                                        // weight at the point itself
    std::size_t nearest = 0;                                  // index of the nearest place
    [[nodiscard]] double pull() const { return std::hypot(east, north); }
    /// A point with places on it is the best when these hold against the pull of all others.
    [[nodiscard]] bool holds() const { return here > 0.0 && pull() <= here; }
};

class MedianSearch {
public:
    MedianSearch(std::span<const ProjectedPoint> points, std::span<const double> weights)
        : m_points{points}, m_weights{weights} {}

    [[nodiscard]] Slope at(ProjectedPoint p) const {
        Slope slope;
        double nearest2 = INFINITY;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            const double weight = detail::weightOf(m_weights, i);
            const double x = m_points[i].east - p.east, y = m_points[i].north - p.north, d2 = x * x + y * y;
            if (d2 < nearest2) {
                nearest2 = d2;
                slope.nearest = i;
            }
            if (d2 == 0.0) {
                slope.here += weight;
                continue;
            }
            const double d = std::sqrt(d2), pull = weight / d;
            slope.sum += weight * d;
            slope.inverse += pull;
            slope.east += pull * x;
            slope.north += pull * y;
            slope.eastEast += pull * (y * y / d2);
            slope.eastNorth -= pull * (x * y / d2);
            slope.northNorth += pull * (x * x / d2);
        }
        return slope;
    }

    /// Steps down from `start` until the sum falls no more; nothing when cancelled.
    [[nodiscard]] std::optional<ProjectedPoint> descend(ProjectedPoint start, const TaskContext& task) const {
        constexpr int mostSteps = 500;
        ProjectedPoint best = start;
        Slope slope = at(best);
        std::optional<ProjectedPoint> tried;
        for (int step = 0; step < mostSteps && !slope.holds(); ++step) {
            if (task.cancelled()) return std::nullopt;
            // Near a place the sum has a corner that no step hits: try the place itself, once.
            const ProjectedPoint nearest = m_points[slope.nearest];
            if (tried != nearest && nearest != best) {
                tried = nearest;
                if (at(nearest).holds()) return nearest;
            }
            if (slope.pull() == 0.0) break;
            std::optional<ProjectedPoint> next = newtonStep(best, slope);
            Slope after = next ? at(*next) : Slope{};
            if (!next || !(after.sum < slope.sum)) {
                next = weiszfeldStep(best, slope);
                after = at(*next);
                if (!(after.sum < slope.sum)) break;
            }
            best = *next;
            slope = after;
        }
        return best;
    }

private:
    static std::optional<ProjectedPoint> newtonStep(ProjectedPoint p, const Slope& s) {
        const double determinant = s.eastEast * s.northNorth - s.eastNorth * s.eastNorth;
        if (s.here > 0.0 || !(determinant > 1e-12 * s.inverse * s.inverse)) return std::nullopt;
        return ProjectedPoint{p.east + (s.northNorth * s.east - s.eastNorth * s.north) / determinant,
                              p.north + (s.eastEast * s.north - s.eastNorth * s.east) / determinant};
    }
    /// Weiszfeld's, shortened by Vardi & Zhang where places lie at the point itself.
    static ProjectedPoint weiszfeldStep(ProjectedPoint p, const Slope& s) {
        const double share = std::max(0.0, 1.0 - s.here / s.pull()) / s.inverse;
        return {p.east + share * s.east, p.north + share * s.north};
    }

    std::span<const ProjectedPoint> m_points;
    std::span<const double> m_weights;
};

/// The median along a line that all points lie on; nothing if they do not.
std::optional<ProjectedPoint> medianOnLine(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    constexpr double flat = 1e-9; // of the length: far below what a position is recorded to
    const auto farthestFrom = [&](ProjectedPoint p) {
        return *std::max_element(points.begin(), points.end(), [&](ProjectedPoint a, ProjectedPoint b) {
            return squaredDistance(a, p) < squaredDistance(b, p);
        });
    };
    const ProjectedPoint from = farthestFrom(points.front()), to = farthestFrom(from);
    const double length = std::sqrt(squaredDistance(from, to));
    if (length == 0.0) return from;
    const double east = (to.east - from.east) / length, north = (to.north - from.north) / length;
    std::vector<std::pair<double, std::size_t>> along;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double x = points[i].east - from.east, y = points[i].north - from.north;
        if (std::abs(x * north - y * east) > flat * length) return std::nullopt;
        along.emplace_back(x * east + y * north, i);
    }
    std::sort(along.begin(), along.end());
    const double half = detail::totalWeight(points, weights) / 2;
    double up = 0.0;
    for (std::size_t k = 0; k < along.size(); ++k) {
        up += detail::weightOf(weights, along[k].second);
        const ProjectedPoint here = points[along[k].second];
        if (up > half || k + 1 == along.size()) return here;
        const ProjectedPoint next = points[along[k + 1].second];
        if (up == half) return ProjectedPoint{(here.east + next.east) / 2, (here.north + next.north) / 2};
    }
    return from;
}

} // namespace

Expected<MedianCentre> medianCentre(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                    const TaskContext& task) {
    if (const auto ok = detail::checkedIncidents(points, weights); !ok) return fail(ok.error());
    if (task.cancelled()) return failCancelled();
    const MedianSearch search(points, weights);
    std::optional<ProjectedPoint> centre = medianOnLine(points, weights);
    if (!centre) centre = search.descend(detail::momentsOf(points, weights).centre, task);
    if (!centre) return failCancelled();
    return MedianCentre{*centre, Metres{search.at(*centre).sum / detail::totalWeight(points, weights)}};
}

} // namespace patchlight
