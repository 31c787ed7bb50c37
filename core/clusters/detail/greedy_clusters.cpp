// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/greedy_clusters.h"

#include "core/clusters/detail/place_cells.h"

#include <algorithm>
#include <tuple>

namespace patchlight::detail {
namespace {

constexpr std::size_t placesBetweenPolls = 64;

class Greedy {
public:
    Greedy(std::span<const ProjectedPoint> points, std::span<const double> weights, double distance,
           const TaskContext& task)
        : m_grid{placeCells(points, distance, task)}, m_near{neighboursWithin(m_grid, 1, task)}, m_distance2{distance *
                                                                                                             distance},
          m_weights(points.size()), m_cellOf(points.size()), m_reached(points.size(), 0.0),
          m_cluster(points.size(), -1), m_left(m_grid.cells.size()) {
        for (std::uint32_t cell = 0; cell < m_grid.cells.size(); ++cell) {
            m_left[cell] = m_grid.cells[cell].end - m_grid.cells[cell].begin;
            for (std::uint32_t i = m_grid.cells[cell].begin; i < m_grid.cells[cell].end; ++i) {
                m_cellOf[i] = cell;
                m_weights[i] = weights[m_grid.input[i]];
            }
        }
    }

    /// False when cancelled.
    bool count(double least, const TaskContext& task) {
        for (std::uint32_t i = 0; i < m_weights.size(); ++i) {
            if (i % placesBetweenPolls == 0 && task.cancelled()) return false;
            forEachNear(i, [&](std::uint32_t j) { m_reached[i] += m_weights[j]; });
            if (m_reached[i] >= least) m_heap.push_back(seed(i));
        }
        std::make_heap(m_heap.begin(), m_heap.end(), later);
        return true;
    }

    bool take(double least, const TaskContext& task) {
        std::vector<std::uint32_t> taken;
        for (std::size_t step = 1; !m_heap.empty(); ++step) {
            if (step % placesBetweenPolls == 0 && task.cancelled()) return false;
            std::pop_heap(m_heap.begin(), m_heap.end(), later);
            const Seed best = m_heap.back();
            m_heap.pop_back();
            if (m_cluster[best.place] >= 0 || m_reached[best.place] < least) continue;
            if (m_reached[best.place] < best.reached) { // others took from it since: it waits its turn
                m_heap.push_back(seed(best.place));
                std::push_heap(m_heap.begin(), m_heap.end(), later);
                continue;
            }
            taken.clear();
            forEachNear(best.place, [&](std::uint32_t j) { taken.push_back(j); });
            for (const std::uint32_t j : taken) {
                m_cluster[j] = static_cast<std::int32_t>(m_clusters);
                --m_left[m_cellOf[j]];
            }
            for (std::size_t k = 0; k < taken.size(); ++k) {
                if (k % placesBetweenPolls == 0 && task.cancelled()) return false;
                forEachNear(taken[k], [&](std::uint32_t j) { m_reached[j] -= m_weights[taken[k]]; });
            }
            ++m_clusters;
        }
        return true;
    }

    [[nodiscard]] GreedyClusters result() const {
        GreedyClusters clusters{std::vector<std::int32_t>(m_cluster.size()), m_clusters};
        for (std::size_t i = 0; i < m_cluster.size(); ++i) clusters.cluster[m_grid.input[i]] = m_cluster[i];
        return clusters;
    }

private:
    struct Seed {
        double reached; // weight within the distance when it was queued
        ProjectedPoint at;
        std::uint32_t input, place;
    };
    [[nodiscard]] Seed seed(std::uint32_t i) const { return {m_reached[i], m_grid.at(i), m_grid.input[i], i}; }
    static bool later(const Seed& a, const Seed& b) {
        return std::tie(a.reached, b.at, b.input) < std::tie(b.reached, a.at, a.input);
    }

    /// Visits the places within the distance that are in no cluster, itself too.
    template <class Visit> void forEachNear(std::uint32_t i, Visit visit) const {
        const auto lookIn = [&](std::uint32_t cell) {
            if (m_left[cell] == 0 || squaredDistance(m_grid.at(i), m_grid.cells[cell].box) > m_distance2) return;
            for (std::uint32_t j = m_grid.cells[cell].begin; j < m_grid.cells[cell].end; ++j)
                if (m_cluster[j] < 0 && squaredDistance(m_grid.at(i), m_grid.at(j)) <= m_distance2) visit(j);
        };
        lookIn(m_cellOf[i]);
        for (const std::uint32_t cell : m_near.of(m_cellOf[i])) lookIn(cell);
    }

    PlaceCells m_grid;
    CellNeighbours m_near;
    double m_distance2;
    std::vector<double> m_weights; // in the grid's order, like the following
    std::vector<std::uint32_t> m_cellOf;
    std::vector<double> m_reached; // weight within the distance that is in no cluster
    std::vector<std::int32_t> m_cluster;
    std::vector<std::uint32_t> m_left; // per cell: places in no cluster
    std::vector<Seed> m_heap;
    std::size_t m_clusters = 0;
};

} // namespace

Expected<GreedyClusters> greedyClusters(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                        double distance, double least, const TaskContext& task) {
    if (points.empty()) return GreedyClusters{};
    Greedy greedy(points, weights, distance, task);
    if (task.cancelled() || !greedy.count(least, task) || !greedy.take(least, task)) return failCancelled();
    return greedy.result();
}

} // namespace patchlight::detail
