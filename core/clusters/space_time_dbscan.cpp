// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "core/clusters/detail/disjoint_sets.h"
#include "core/clusters/detail/place_cells.h"
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>
#include <tuple>

namespace patchlight {
namespace {

using Times = std::span<const std::chrono::local_time<std::chrono::minutes>>;

constexpr std::size_t cellsAtATime = 64;
constexpr std::int64_t farthestMinute = 1'000'000'000'000; // two million years

/// Events in cells whose diagonal is just under eps, in each by time: events of one cell are neighbours when their
/// times are, and a run of core events with no gap above epsTime is one cluster.
class SpaceTimeDbscan {
public:
    SpaceTimeDbscan(std::span<const ProjectedPoint> points, Times times, std::span<const double> weights, double eps,
                    std::int64_t epsTime, double minPoints, const TaskContext& task)
        : m_grid{detail::placeCells(points, eps / std::numbers::sqrt2 * (1 - 1e-6), task)},
          m_near{detail::neighboursWithin(m_grid, 2, task)}, m_eps2{eps * eps}, m_epsTime{epsTime},
          m_minPoints{minPoints}, m_times(points.size()), m_weights(points.size(), 1.0), m_core(points.size(), 0),
          m_sets(points.size()) {
        if (task.cancelled()) return;
        for (const detail::PlaceCells::Cell& cell : m_grid.cells)
            std::sort(m_grid.input.begin() + cell.begin, m_grid.input.begin() + cell.end,
                      [&](std::uint32_t a, std::uint32_t b) { return std::tie(times[a], a) < std::tie(times[b], b); });
        for (std::size_t i = 0; i < points.size(); ++i) {
            m_grid.set(i, points[m_grid.input[i]]);
            m_times[i] = times[m_grid.input[i]].time_since_epoch().count();
            if (!weights.empty()) m_weights[i] = weights[m_grid.input[i]];
        }
    }

    bool findCores(const TaskContext& task) {
        return overCells(task, [&](std::size_t cell) {
            for (std::uint32_t i = m_grid.cells[cell].begin; i < m_grid.cells[cell].end; ++i) {
                double sum = 0.0;
                m_core[i] = !forEachNeighbour(cell, i, [&](std::uint32_t j) {
                    sum += m_weights[j];
                    return sum < m_minPoints;
                });
            }
        });
    }

    /// Joins runs of core events; false when cancelled.
    bool join(const TaskContext& task) {
        for (const detail::PlaceCells::Cell& cell : m_grid.cells) {
            std::uint32_t last = cell.end;
            for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
                if (!m_core[i]) continue;
                if (last != cell.end && m_times[i] - m_times[last] <= m_epsTime) unite(last, i);
                last = i;
            }
        }
        for (std::uint32_t cell = 0; cell < m_grid.cells.size(); ++cell)
            for (std::uint32_t i = m_grid.cells[cell].begin; i < m_grid.cells[cell].end; ++i) {
                if (i % cellsAtATime == 0 && task.cancelled()) return false;
                if (!m_core[i]) continue;
                for (const std::uint32_t other : m_near.of(cell))
                    if (other > cell)
                        forEachNeighbourIn(other, i, [&](std::uint32_t j) {
                            if (m_core[j]) unite(i, j);
                            return true;
                        });
            }
        return true;
    }

    Expected<DbscanLabels> labels(const TaskContext& task) {
        const std::size_t n = m_core.size();
        DbscanLabels result{std::vector<std::int32_t>(n, -1), std::vector<std::uint8_t>(n, 0), 0};
        std::vector<std::uint32_t> sorted(n); // where an event of the input stands in the grid
        for (std::uint32_t i = 0; i < n; ++i) sorted[m_grid.input[i]] = i;
        std::vector<std::int32_t> clusterOfRoot(n, -1), cluster(n, -1);
        for (std::size_t input = 0; input < n; ++input) {
            const std::uint32_t i = sorted[input];
            if (!m_core[i]) continue;
            std::int32_t& name = clusterOfRoot[m_sets.root(i)];
            if (name < 0) name = static_cast<std::int32_t>(result.clusters++);
            cluster[i] = name;
            result.core[input] = 1;
        }
        const bool done = overCells(task, [&](std::size_t cell) {
            for (std::uint32_t i = m_grid.cells[cell].begin; i < m_grid.cells[cell].end; ++i)
                result.cluster[m_grid.input[i]] = m_core[i] ? cluster[i] : nearestCluster(cell, i, cluster);
        });
        if (!done) return failCancelled();
        return result;
    }

private:
    template <class Body> bool overCells(const TaskContext& task, Body body) const {
        std::atomic<bool> cancelled{false};
        forEachBlock(m_grid.cells.size(), cellsAtATime, [&](std::size_t begin, std::size_t end) {
            for (std::size_t cell = begin; cell < end; ++cell) {
                if (cancelled || task.cancelled()) {
                    cancelled = true;
                    return;
                }
                body(cell);
            }
        });
        return !cancelled;
    }

    /// Visits the neighbours of event i, itself too, its own cell's first; false when a visit ended it by false.
    template <class Visit> bool forEachNeighbour(std::size_t cell, std::uint32_t i, Visit visit) const {
        if (!forEachNeighbourIn(static_cast<std::uint32_t>(cell), i, visit)) return false;
        for (const std::uint32_t other : m_near.of(cell))
            if (!forEachNeighbourIn(other, i, visit)) return false;
        return true;
    }

    template <class Visit> bool forEachNeighbourIn(std::uint32_t cell, std::uint32_t i, Visit visit) const {
        const detail::PlaceCells::Cell& in = m_grid.cells[cell];
        const ProjectedPoint p = m_grid.at(i);
        if (squaredDistance(p, in.box) > m_eps2) return true;
        const auto end = m_times.begin() + in.end;
        auto at = std::lower_bound(m_times.begin() + in.begin, end, m_times[i] - m_epsTime);
        for (; at != end && *at <= m_times[i] + m_epsTime; ++at) {
            const auto j = static_cast<std::uint32_t>(at - m_times.begin());
            if (squaredDistance(p, m_grid.at(j)) <= m_eps2 && !visit(j)) return false;
        }
        return true;
    }

    void unite(std::uint32_t i, std::uint32_t j) {
        const std::uint32_t a = m_sets.root(i), b = m_sets.root(j);
        if (a != b) m_sets.unite(a, b);
    }

    [[nodiscard]] std::int32_t nearestCluster(std::size_t cell, std::uint32_t i,
                                              const std::vector<std::int32_t>& cluster) const {
        std::tuple<double, std::int64_t, std::int32_t> nearest{INFINITY, 0, -1};
        forEachNeighbour(cell, i, [&](std::uint32_t j) {
            if (m_core[j])
                nearest = std::min(nearest, {squaredDistance(m_grid.at(i), m_grid.at(j)),
                                             std::abs(m_times[i] - m_times[j]), cluster[j]});
            return true;
        });
        return std::get<2>(nearest);
    }

    detail::PlaceCells m_grid; // its places by cell and time
    detail::CellNeighbours m_near;
    double m_eps2;          // m²
    std::int64_t m_epsTime; // minutes
    double m_minPoints;
    std::vector<std::int64_t> m_times; // in the grid's order, like the following
    std::vector<double> m_weights;
    std::vector<std::uint8_t> m_core;
    detail::DisjointSets m_sets;
};

Expected<void> checked(std::span<const ProjectedPoint> points, Times times, std::span<const double> weights, Metres eps,
                       std::chrono::minutes epsTime, std::size_t minPoints) {
    if (minPoints == 0)
        return fail(ErrorCode::invalidParameter, "A cluster needs at least one event within eps.", "min-points");
    if (epsTime < std::chrono::minutes{0})
        return fail(ErrorCode::invalidParameter, "The time span eps must not be negative.", "eps-time");
    if (times.size() != points.size())
        return fail(
            ErrorCode::invalidParameter,
            fmt::format("There are {} times for {} points: give one for each point.", times.size(), points.size()),
            "times");
    for (std::size_t i = 0; i < times.size(); ++i) {
        const std::int64_t minute = times[i].time_since_epoch().count();
        if (minute < -farthestMinute || minute > farthestMinute)
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The time of point {} lies outside of history: check it.", i + 1), "times");
    }
    if (const auto ok = checkedWeights(weights, points.size()); !ok) return fail(ok.error());
    if (const auto ok = checkedPoints(points); !ok) return fail(ok.error());
    return detail::checkedEps(points, eps.value());
}

} // namespace

Expected<DbscanLabels> spaceTimeDbscan(std::span<const ProjectedPoint> points, Times times,
                                       std::span<const double> weights, Metres eps, std::chrono::minutes epsTime,
                                       std::size_t minPoints, const TaskContext& task) {
    if (const auto ok = checked(points, times, weights, eps, epsTime, minPoints); !ok) return fail(ok.error());
    if (task.cancelled()) return failCancelled();
    if (points.empty()) return DbscanLabels{};
    task.report("clusters", 0.0);
    const std::int64_t reach = std::min<std::int64_t>(epsTime.count(), 2 * farthestMinute);
    SpaceTimeDbscan run(points, times, weights, eps.value(), reach, static_cast<double>(minPoints), task);
    if (task.cancelled()) return failCancelled();
    task.report("clusters", 0.3);
    if (!run.findCores(task)) return failCancelled();
    task.report("clusters", 0.6);
    if (!run.join(task)) return failCancelled();
    task.report("clusters", 0.8);
    auto result = run.labels(task);
    if (result) task.report("clusters", 1.0);
    return result;
}

} // namespace patchlight
