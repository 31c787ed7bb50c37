// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "core/clusters/detail/disjoint_sets.h"
#include "core/clusters/detail/neighbourhood.h"
#include "core/clusters/detail/place_cells.h"
#include "core/geometry/weighted_places.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace patchlight {
namespace {

using detail::DisjointSets;
using detail::PlaceCells;

constexpr std::size_t cellsAtATime = 256;
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// The places in cells whose diagonal is just under eps: any two in one cell are neighbours, so a cell's core places
/// are one cluster and cells, not places, are joined.
class Dbscan {
public:
    Dbscan(std::span<const ProjectedPoint> points, std::span<const double> weights, double eps, double minPoints,
           const TaskContext& task)
        : m_grid{detail::placeCells(points, eps / std::numbers::sqrt2 * (1 - 1e-6), task)},
          m_near{detail::neighboursWithin(m_grid, 2, task)}, m_weights{inOrder(m_grid, weights, task)},
          m_neighbourhood{m_grid, m_weights}, m_eps2{eps * eps}, m_minPoints{minPoints}, m_core(points.size(), 0),
          m_coreBoxes(m_grid.cells.size()), m_sets(m_grid.cells.size()) {
        if (task.cancelled()) return;
        for (const PlaceCells::Cell& cell : m_grid.cells)
            m_cellWeights.push_back(
                m_weights.empty() ? cell.end - cell.begin
                                  : std::accumulate(m_weights.begin() + cell.begin, m_weights.begin() + cell.end, 0.0));
    }

    /// Core places; false when cancelled.
    bool findCores(const TaskContext& task) {
        return overCells(task, [&](std::size_t index) {
            const PlaceCells::Cell& cell = m_grid.cells[index];
            const double own = m_cellWeights[index];
            double around = own;
            for (const std::uint32_t other : m_near.of(index)) around += m_cellWeights[other];
            if (around < m_minPoints) return; // no place can have enough
            const auto runs = own < m_minPoints ? m_neighbourhood.runsOf(m_near, index) : detail::Neighbourhood::Runs{};
            for (std::uint32_t i = cell.begin; i < cell.end; ++i) {
                const ProjectedPoint p = m_grid.at(i);
                m_core[i] = own >= m_minPoints || m_neighbourhood.reaches(p, m_eps2, m_minPoints, runs);
                if (m_core[i]) m_coreBoxes[index] = united(m_coreBoxes[index], {p.east, p.north, p.east, p.north});
            }
        });
    }

    /// Joins cells with core places within eps of each other; false when cancelled.
    bool joinCells(const TaskContext& task) {
        for (std::uint32_t a = 0; a < m_grid.cells.size(); ++a) {
            if (a % cellsAtATime == 0 && task.cancelled()) return false;
            if (m_coreBoxes[a].empty()) continue;
            for (const std::uint32_t b : m_near.of(a)) {
                if (b < a || m_coreBoxes[b].empty()) continue;
                const std::uint32_t rootA = m_sets.root(a), rootB = m_sets.root(b);
                if (rootA != rootB && coresMeet(a, b)) m_sets.unite(rootA, rootB);
            }
        }
        return true;
    }

    /// Clusters numbered in the input's order, then border places given to their nearest core place.
    Expected<DbscanLabels> labels(const TaskContext& task) {
        DbscanLabels result;
        result.cluster.assign(m_core.size(), -1);
        result.core.assign(m_core.size(), 0);
        std::vector<std::uint32_t> cellOfInput(m_core.size(), none);
        for (std::uint32_t cell = 0; cell < m_grid.cells.size(); ++cell)
            for (std::uint32_t i = m_grid.cells[cell].begin; i < m_grid.cells[cell].end; ++i)
                if (m_core[i]) cellOfInput[m_grid.input[i]] = cell;
        std::vector<std::int32_t> clusterOfCell(m_grid.cells.size(), -1);
        for (std::size_t i = 0; i < cellOfInput.size(); ++i) {
            if (cellOfInput[i] == none) continue;
            std::int32_t& cluster = clusterOfCell[m_sets.root(cellOfInput[i])];
            if (cluster < 0) cluster = static_cast<std::int32_t>(result.clusters++);
            result.cluster[i] = cluster;
            result.core[i] = 1;
        }
        for (std::uint32_t cell = 0; cell < m_grid.cells.size(); ++cell)
            clusterOfCell[cell] = clusterOfCell[m_sets.root(cell)];
        const bool done = overCells(task, [&](std::size_t cell) {
            for (std::uint32_t i = m_grid.cells[cell].begin; i < m_grid.cells[cell].end; ++i)
                if (!m_core[i]) result.cluster[m_grid.input[i]] = nearestCluster(cell, i, clusterOfCell);
        });
        if (!done) return failCancelled();
        return result;
    }

private:
    /// In the grid's order; empty where all are 1.
    static std::vector<double> inOrder(const PlaceCells& grid, std::span<const double> weights,
                                       const TaskContext& task) {
        if (task.cancelled()) return {};
        if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 1.0; })) return {};
        std::vector<double> ordered(weights.size());
        for (std::size_t i = 0; i < grid.input.size(); ++i) ordered[i] = weights[grid.input[i]];
        return ordered;
    }

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

    [[nodiscard]] bool coresMeet(std::uint32_t a, std::uint32_t b) const {
        for (std::uint32_t i = m_grid.cells[a].begin; i < m_grid.cells[a].end; ++i) {
            if (!m_core[i] || squaredDistance(m_grid.at(i), m_coreBoxes[b]) > m_eps2) continue;
            for (std::uint32_t j = m_grid.cells[b].begin; j < m_grid.cells[b].end; ++j)
                if (m_core[j] && squaredDistance(m_grid.at(i), m_grid.at(j)) <= m_eps2) return true;
        }
        return false;
    }

    [[nodiscard]] std::int32_t nearestCluster(std::size_t cell, std::uint32_t place,
                                              const std::vector<std::int32_t>& clusterOfCell) const {
        const ProjectedPoint p = m_grid.at(place);
        double nearest = m_eps2;
        std::int32_t cluster = -1;
        const auto look = [&](std::size_t other) {
            if (m_coreBoxes[other].empty() || squaredDistance(p, m_coreBoxes[other]) > nearest) return;
            for (std::uint32_t i = m_grid.cells[other].begin; i < m_grid.cells[other].end; ++i) {
                if (!m_core[i]) continue;
                const double d2 = squaredDistance(p, m_grid.at(i));
                if (d2 < nearest || (d2 == nearest && (cluster < 0 || clusterOfCell[other] < cluster))) {
                    nearest = d2;
                    cluster = clusterOfCell[other];
                }
            }
        };
        look(cell);
        for (const std::uint32_t other : m_near.of(cell)) look(other);
        return cluster;
    }

    PlaceCells m_grid;
    detail::CellNeighbours m_near;
    std::vector<double> m_weights; // in the grid's order, like the following; empty: all 1
    detail::Neighbourhood m_neighbourhood;
    double m_eps2; // m²
    double m_minPoints;
    std::vector<double> m_cellWeights;
    std::vector<std::uint8_t> m_core;
    std::vector<Box> m_coreBoxes; // per cell, of its core places; empty without any
    DisjointSets m_sets;          // of cells with core places
};

Expected<void> checked(std::span<const ProjectedPoint> points, std::span<const double> weights, double eps,
                       std::size_t minPoints) {
    if (minPoints == 0)
        return fail(ErrorCode::invalidParameter, "A cluster needs at least one incident within eps.", "min-points");
    if (const auto ok = checkedWeights(weights, points.size()); !ok) return fail(ok.error());
    if (const auto ok = checkedPoints(points); !ok) return fail(ok.error());
    return detail::checkedEps(points, eps);
}

} // namespace

Expected<DbscanLabels> dbscan(std::span<const ProjectedPoint> points, std::span<const double> weights, Metres eps,
                              std::size_t minPoints, const TaskContext& task) {
    if (const auto ok = checked(points, weights, eps.value(), minPoints); !ok) return fail(ok.error());
    if (task.cancelled()) return failCancelled();
    if (points.empty()) return DbscanLabels{};
    task.report("clusters", 0.0);
    Dbscan run(points, weights, eps.value(), static_cast<double>(minPoints), task);
    if (task.cancelled()) return failCancelled();
    task.report("clusters", 0.3);
    if (!run.findCores(task)) return failCancelled();
    task.report("clusters", 0.7);
    if (!run.joinCells(task)) return failCancelled();
    task.report("clusters", 0.8);
    auto result = run.labels(task);
    if (result) task.report("clusters", 1.0);
    return result;
}

} // namespace patchlight
