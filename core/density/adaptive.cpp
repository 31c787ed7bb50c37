// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"

#include "core/density/density.h"
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <tuple>

namespace patchlight {
namespace {

struct Neighbour {
    double distance2 = 0.0; ///< m²
    double weight = 0.0;
    auto operator<=>(const Neighbour&) const = default;
};

/// Places in squares, found by rows and columns of squares around a place.
class Squares {
public:
    Squares(std::span<const ProjectedPoint> points, std::span<const double> weights, double side)
        : m_points{points}, m_weights{weights}, m_box{boxOf(points)} {
        constexpr double mostAcross = 4000.0;
        m_side = std::max({side, m_box.width() / mostAcross, m_box.height() / mostAcross, 1e-9});
        m_columns = static_cast<std::int64_t>(m_box.width() / m_side) + 1;
        m_rows = static_cast<std::int64_t>(m_box.height() / m_side) + 1;
        std::vector<std::size_t> squareOf(points.size());
        m_first.assign(static_cast<std::size_t>(m_rows * m_columns) + 1, 0);
        for (std::size_t i = 0; i < points.size(); ++i) {
            squareOf[i] = static_cast<std::size_t>(row(points[i]) * m_columns + column(points[i]));
            ++m_first[squareOf[i] + 1];
        }
        std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
        std::vector<std::size_t> next(m_first.begin(), m_first.end() - 1);
        m_places.resize(points.size());
        for (std::size_t i = 0; i < points.size(); ++i) m_places[next[squareOf[i]]++] = i;
    }

    [[nodiscard]] double side() const { return m_side; }
    /// Rings there are around a place's square until all squares are seen.
    [[nodiscard]] std::int64_t rings(ProjectedPoint p) const {
        return std::max({row(p), m_rows - 1 - row(p), column(p), m_columns - 1 - column(p)});
    }
    /// Calls visit(distance², weight) for the places in the squares `ring` squares away from p's own.
    template <class Visit> void ring(ProjectedPoint p, std::int64_t ring, const Visit& visit) const {
        const std::int64_t south = row(p) - ring, north = row(p) + ring, west = column(p) - ring,
                           east = column(p) + ring;
        for (std::int64_t r = std::max<std::int64_t>(south, 0); r <= std::min(north, m_rows - 1); ++r) {
            const std::int64_t step = r == south || r == north || ring == 0 ? 1 : 2 * ring;
            for (std::int64_t c = west; c <= east; c += step)
                if (c >= 0 && c < m_columns) square(static_cast<std::size_t>(r * m_columns + c), p, visit);
        }
    }

private:
    [[nodiscard]] std::int64_t row(ProjectedPoint p) const {
        return static_cast<std::int64_t>((p.north - m_box.south) / m_side);
    }
    [[nodiscard]] std::int64_t column(ProjectedPoint p) const {
        return static_cast<std::int64_t>((p.east - m_box.west) / m_side);
    }
    template <class Visit> void square(std::size_t index, ProjectedPoint p, const Visit& visit) const {
        for (std::size_t k = m_first[index]; k < m_first[index + 1]; ++k) {
            const ProjectedPoint q = m_points[m_places[k]];
            const double dx = p.east - q.east, dy = p.north - q.north;
            visit(dx * dx + dy * dy, m_weights.empty() ? 1.0 : m_weights[m_places[k]]);
        }
    }

    std::span<const ProjectedPoint> m_points;
    std::span<const double> m_weights;
    Box m_box;
    double m_side = 1.0;
    std::int64_t m_rows = 0, m_columns = 0;
    std::vector<std::size_t> m_first, m_places;
};

Expected<void> check(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = checkedNumber(weights, points.size()); !ok) return fail(ok.error());
    if (const auto ok = checkedFinite(points); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!weights.empty() && !(weights[i] > 0.0 && std::isfinite(weights[i])))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: adaptive bandwidths take weights above 0.", i + 1,
                                    weights[i]),
                        "weights");
    }
    return {};
}

/// value(i) for each place, in parallel; false when cancelled.
template <class Value>
bool forEachPlace(std::vector<double>& values, const TaskContext& task, std::string_view phase, const Value& value) {
    constexpr std::size_t placesAtATime = 64;
    std::atomic<bool> cancelled{false};
    forEachBlock(values.size(), placesAtATime, [&](std::size_t begin, std::size_t end) {
        if (cancelled || task.cancelled()) {
            cancelled = true;
            return;
        }
        for (std::size_t i = begin; i < end; ++i) values[i] = value(i);
    });
    if (!cancelled) task.report(phase, 1.0);
    return !cancelled;
}

} // namespace

Expected<std::vector<double>> abramsonBandwidths(std::span<const ProjectedPoint> points,
                                                 std::span<const double> weights, Kernel kernel, Metres bandwidth,
                                                 const TaskContext& task) {
    constexpr double mostTimes = 5.0;
    if (auto usable = check(points, weights); !usable) return fail(usable.error());
    const double h0 = bandwidth.value();
    if (!(h0 > 0.0) || !std::isnormal(h0 * h0))
        return fail(ErrorCode::invalidParameter, "The bandwidth must be a positive number of metres.", "bandwidth");
    if (points.empty()) return std::vector<double>{};
    // The pilot is a quartic as wide as the kernel.
    const double radius = h0 * deviationOnAxis(kernel) / deviationOnAxis(Kernel::quartic), radius2 = radius * radius;
    const Squares squares(points, weights, radius);
    const auto rings = static_cast<std::int64_t>(std::min(std::ceil(radius / squares.side()), 1e6));
    std::vector<double> pilot(points.size());
    const bool done = forEachPlace(pilot, task, "pilot density", [&](std::size_t i) {
        double sum = 0.0;
        for (std::int64_t ring = 0; ring <= std::min(rings, squares.rings(points[i])); ++ring)
            squares.ring(points[i], ring, [&](double d2, double weight) {
                const double t = std::max(1.0 - d2 / radius2, 0.0);
                sum += weight * t * t;
            });
        return sum;
    });
    if (!done) return failCancelled();
    double logs = 0.0, total = 0.0;
    for (std::size_t i = 0; i < pilot.size(); ++i) {
        const double weight = weights.empty() ? 1.0 : weights[i];
        logs += weight * std::log(pilot[i]);
        total += weight;
    }
    const double typical = std::exp(-0.5 * logs / total); // geometric mean of pilot^(-1/2) over the incidents
    for (double& value : pilot) value = h0 * std::min(1.0 / (std::sqrt(value) * typical), mostTimes);
    return pilot;
}

Expected<std::vector<double>> nearestBandwidths(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                                std::size_t neighbours, Metres least, const TaskContext& task) {
    if (auto usable = check(points, weights); !usable) return fail(usable.error());
    if (!(least.value() > 0.0) || !std::isfinite(least.value()))
        return fail(ErrorCode::invalidParameter, "The least bandwidth must be a positive number of metres.",
                    "bandwidth");
    double total = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) total += weights.empty() ? 1.0 : weights[i];
    const auto wanted = static_cast<double>(neighbours) + 1; // itself is not a neighbour
    if (neighbours < 1 || wanted > total)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("Neighbours must be from 1 to {:.0f}, one fewer than there are incidents, not {}.",
                                std::max(total - 1, 0.0), neighbours),
                    "neighbours");
    // Squares that would hold a couple of places where the incidents lie evenly.
    const Box box = typicalBox(points);
    const double side = std::sqrt(std::max(box.width() * box.height(), 1.0) * wanted / total) / 2;
    const Squares squares(points, weights, side);
    std::vector<double> bandwidths(points.size());
    const bool done = forEachPlace(bandwidths, task, "neighbours", [&](std::size_t i) {
        std::vector<Neighbour> near;
        double found = 0.0;
        for (std::int64_t ring = 0; ring <= squares.rings(points[i]); ++ring) {
            squares.ring(points[i], ring, [&](double d2, double weight) {
                near.push_back({d2, weight});
                found += weight;
            });
            if (found < wanted) continue;
            // Everything within `ring` sides of the place is there; see whether that is enough.
            std::sort(near.begin(), near.end());
            const double seen = static_cast<double>(ring) * squares.side();
            double sum = 0.0;
            const auto last = std::find_if(near.begin(), near.end(), [&](const Neighbour& each) {
                sum += each.weight;
                return sum >= wanted;
            });
            if (last != near.end() && last->distance2 <= seen * seen)
                return std::max(std::sqrt(last->distance2), least.value());
        }
        std::sort(near.begin(), near.end());
        double sum = 0.0, furthest = 0.0;
        for (const Neighbour& each : near) {
            furthest = std::sqrt(each.distance2);
            if ((sum += each.weight) >= wanted) break;
        }
        return std::max(furthest, least.value());
    });
    if (!done) return failCancelled();
    return bandwidths;
}

} // namespace patchlight
