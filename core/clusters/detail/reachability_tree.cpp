// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/reachability_tree.h"

#include "core/base/parallel.h"
#include "core/base/sort.h"
#include "core/clusters/detail/disjoint_sets.h"
#include "core/geometry/place_tree.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <tuple>

namespace patchlight::detail {
namespace {

constexpr std::size_t leavesAtATime = 128;
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::uint32_t mixed = std::numeric_limits<std::uint32_t>::max(), none = mixed;

/// The nearest places of one place, no more of them than their weights need to reach minPoints.
class Nearest {
public:
    explicit Nearest(double minPoints) : m_minPoints{minPoints} {}
    void clear() {
        m_heap.clear();
        m_sum = 0.0;
        m_reach2 = infinite;
    }
    void add(double d2, double weight) {
        if (d2 >= m_reach2) return;
        m_heap.emplace_back(d2, weight);
        std::push_heap(m_heap.begin(), m_heap.end());
        m_sum += weight;
        while (m_sum - m_heap.front().second >= m_minPoints) {
            m_sum -= m_heap.front().second;
            std::pop_heap(m_heap.begin(), m_heap.end());
            m_heap.pop_back();
        }
        if (m_sum >= m_minPoints) m_reach2 = m_heap.front().first;
    }
    [[nodiscard]] double reach2() const { return m_reach2; } ///< m²; infinite until minPoints are reached

private:
    double m_minPoints, m_sum = 0.0, m_reach2 = infinite;
    std::vector<std::pair<double, double>> m_heap; // squared distance, weight
};

/// Lowers an atomic number to `value`.
void lower(std::atomic<double>& target, double value) {
    double seen = target.load(std::memory_order_relaxed);
    while (value < seen && !target.compare_exchange_weak(seen, value, std::memory_order_relaxed)) {
    }
}

/// Boruvka's rounds over the places in the tree's order. In each round every component takes its lightest edge to
/// another component. Which of several as light edges it takes may differ between runs; the weights of the spanning
/// tree, and the components below any distance, do not. Squared distances throughout.
class Boruvka {
public:
    Boruvka(const PlaceTree& tree, std::vector<double> core2)
        : m_tree{tree}, m_core2{std::move(core2)}, m_component(tree.size()), m_bound2{m_core2},
          m_candidate(tree.size(), none), m_lowestCore2(tree.nodes(), infinite), m_componentOf(tree.nodes(), mixed),
          m_best2(tree.size()), m_sets(tree.size()) {
        std::iota(m_component.begin(), m_component.end(), 0u);
        for (std::size_t node = tree.nodes() - 1; node > 0; --node) {
            if (tree.isLeaf(node))
                for (std::size_t i = tree.begin(node); i < tree.end(node); ++i)
                    m_lowestCore2[node] = std::min(m_lowestCore2[node], m_core2[i]);
            else
                m_lowestCore2[node] = std::min(m_lowestCore2[2 * node], m_lowestCore2[2 * node + 1]);
        }
        m_edges.reserve(tree.size());
    }

    /// The edges, with squared distances and the tree's order of places; false when cancelled.
    bool run(const TaskContext& task) {
        while (m_edges.size() + 1 < m_tree.size()) {
            if (!startRound(task) || !search(task)) return false;
            join();
            task.report("clusters",
                        0.3 + 0.5 * static_cast<double>(m_edges.size()) / static_cast<double>(m_tree.size()));
        }
        return true;
    }
    [[nodiscard]] std::vector<ReachabilityEdge>& edges() { return m_edges; }

private:
    /// Names components, marks nodes that lie in one, and starts each component from what is already known of it. False
    /// when cancelled.
    bool startRound(const TaskContext& task) {
        for (std::size_t i = 0; i < m_tree.size(); ++i) m_component[i] = m_sets.root(static_cast<std::uint32_t>(i));
        if (task.cancelled()) return false;
        for (std::size_t node = m_tree.nodes() - 1; node > 0; --node) {
            if (m_tree.isLeaf(node)) {
                const auto first = m_component[m_tree.begin(node)];
                bool same = true;
                for (std::size_t i = m_tree.begin(node); i < m_tree.end(node); ++i) same &= m_component[i] == first;
                m_componentOf[node] = same ? first : mixed;
            } else {
                const bool same = m_componentOf[2 * node] == m_componentOf[2 * node + 1];
                m_componentOf[node] = same ? m_componentOf[2 * node] : mixed;
            }
        }
        if (task.cancelled()) return false;
        for (std::atomic<double>& best2 : m_best2) best2.store(infinite, std::memory_order_relaxed);
        for (std::size_t i = 0; i < m_tree.size(); ++i) {
            if (m_candidate[i] == none) continue;
            if (m_component[m_candidate[i]] != m_component[i])
                lower(m_best2[m_component[i]], m_bound2[i]);
            else
                m_candidate[i] = none;
        }
        for (std::size_t leaf = m_tree.leaves(); leaf < m_tree.nodes(); ++leaf) {
            if (leaf % leavesAtATime == 0 && task.cancelled()) return false;
            if (m_componentOf[leaf] == mixed) lookWithin(leaf);
        }
        return true;
    }

    void lookWithin(std::size_t leaf) {
        for (std::size_t i = m_tree.begin(leaf); i < m_tree.end(leaf); ++i) {
            double best2 = infinite;
            for (std::size_t j = m_tree.begin(leaf); j < m_tree.end(leaf); ++j)
                if (m_component[j] != m_component[i])
                    best2 = std::min(best2, std::max(squaredDistance(m_tree.place(i), m_tree.place(j)), m_core2[j]));
            lower(m_best2[m_component[i]], std::max(best2, m_core2[i]));
        }
    }

    bool search(const TaskContext& task) {
        std::atomic<bool> cancelled{false};
        forEachBlock(m_tree.leaves(), leavesAtATime, [&](std::size_t from, std::size_t to) {
            if (cancelled || task.cancelled()) {
                cancelled = true;
                return;
            }
            for (std::size_t leaf = from; leaf < to; ++leaf) searchFrom(m_tree.leaves() + leaf);
        });
        return !cancelled;
    }

    struct Seeker { // a place that may have its component's lightest edge
        std::size_t place;
        double bound2; // no edge as heavy as this is of interest
        std::uint32_t candidate;
    };

    void searchFrom(std::size_t leaf) {
        std::array<Seeker, 16> seekers;
        std::size_t count = 0;
        double widest2 = 0.0;
        for (std::size_t i = m_tree.begin(leaf); i < m_tree.end(leaf); ++i) {
            // An edge as heavy as the best is wanted as long as no place holds it.
            const double best2 = m_best2[m_component[i]].load(std::memory_order_relaxed);
            if (m_candidate[i] != none || m_bound2[i] > best2) continue;
            seekers[count++] = {i, std::nextafter(best2, infinite), none};
            widest2 = std::max(widest2, seekers[count - 1].bound2);
        }
        if (count == 0) return;
        const std::uint32_t own = m_componentOf[leaf];
        const Box box = m_tree.box(leaf);
        m_tree.outwardFrom(
            leaf, [&](std::size_t node) { return squaredDistance(box, m_tree.box(node)); },
            [&](std::size_t node, double d2) {
                return d2 < widest2 && m_lowestCore2[node] < widest2 && (own == mixed || m_componentOf[node] != own);
            },
            [&](std::size_t other, double) {
                widest2 = 0.0;
                for (std::size_t s = 0; s < count; ++s) {
                    Seeker& seeker = seekers[s];
                    if (seeker.bound2 <= m_bound2[seeker.place]) continue; // none can be lighter
                    look(seeker, other);
                    widest2 = std::max(widest2, seeker.bound2);
                }
            });
        for (std::size_t s = 0; s < count; ++s) {
            m_candidate[seekers[s].place] = seekers[s].candidate;
            m_bound2[seekers[s].place] = seekers[s].bound2;
        }
    }

    void look(Seeker& seeker, std::size_t leaf) {
        const std::size_t i = seeker.place;
        const ProjectedPoint p = m_tree.place(i);
        if (squaredDistance(p, m_tree.box(leaf)) >= seeker.bound2) return;
        bool found = false;
        for (std::size_t j = m_tree.begin(leaf); j < m_tree.end(leaf); ++j) {
            const double d2 = std::max({squaredDistance(p, m_tree.place(j)), m_core2[j], m_core2[i]});
            if (d2 >= seeker.bound2 || m_component[j] == m_component[i]) continue;
            seeker.bound2 = d2;
            seeker.candidate = static_cast<std::uint32_t>(j);
            found = true;
        }
        if (found) lower(m_best2[m_component[i]], seeker.bound2);
    }

    /// Takes each component's lightest edge; of as light ones that of the first place.
    void join() {
        std::vector<std::uint32_t> holder(m_tree.size(), none);
        for (std::uint32_t i = 0; i < m_tree.size(); ++i) {
            std::uint32_t& held = holder[m_component[i]];
            if (m_candidate[i] != none && (held == none || m_bound2[i] < m_bound2[held])) held = i;
        }
        for (const std::uint32_t i : holder) {
            if (i == none) continue;
            const std::uint32_t a = m_sets.root(i), b = m_sets.root(m_candidate[i]);
            if (a == b) continue;
            m_sets.unite(a, b);
            m_edges.push_back({m_bound2[i], i, m_candidate[i]});
        }
    }

    const PlaceTree& m_tree;
    std::vector<double> m_core2;
    std::vector<std::uint32_t> m_component;   // per place; a component is named after one of its places
    std::vector<double> m_bound2;             // per place: no edge to another component is lighter
    std::vector<std::uint32_t> m_candidate;   // per place: the other end of an edge that light, if known
    std::vector<double> m_lowestCore2;        // per node
    std::vector<std::uint32_t> m_componentOf; // per node: the component all of it lies in, or mixed
    std::vector<std::atomic<double>> m_best2; // per component: its lightest edge so far in this round
    DisjointSets m_sets;
    std::vector<ReachabilityEdge> m_edges;
};

/// Squared core distances in the tree's order; false when cancelled.
bool findCores(const PlaceTree& tree, std::span<const double> weights, double minPoints, std::vector<double>& core2,
               const TaskContext& task) {
    std::atomic<bool> cancelled{false};
    forEachBlock(tree.leaves(), leavesAtATime, [&](std::size_t from, std::size_t to) {
        Nearest nearest(minPoints);
        for (std::size_t leaf = tree.leaves() + from; leaf < tree.leaves() + to; ++leaf) {
            if (cancelled || task.cancelled()) { // asked often: a leaf is long for large minPoints
                cancelled = true;
                return;
            }
            for (std::size_t i = tree.begin(leaf); i < tree.end(leaf); ++i) {
                const ProjectedPoint p = tree.place(i);
                nearest.clear();
                tree.outwardFrom(
                    leaf, [&](std::size_t node) { return squaredDistance(p, tree.box(node)); },
                    [&](std::size_t, double d2) { return d2 < nearest.reach2(); },
                    [&](std::size_t other, double) {
                        for (std::size_t j = tree.begin(other); j < tree.end(other); ++j)
                            nearest.add(squaredDistance(p, tree.place(j)), weights[tree.input(j)]);
                    });
                core2[i] = nearest.reach2();
            }
        }
    });
    return !cancelled;
}

} // namespace

Expected<ReachabilityTree> reachabilityTree(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                            double minPoints, const TaskContext& task) {
    const PlaceTree tree(points, task);
    if (task.cancelled()) return failCancelled();
    std::vector<double> core2(points.size());
    task.report("clusters", 0.1);
    if (!findCores(tree, weights, minPoints, core2, task)) return failCancelled();
    task.report("clusters", 0.3);
    ReachabilityTree result;
    result.core.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) result.core[tree.input(i)] = std::sqrt(core2[i]);
    Boruvka boruvka(tree, std::move(core2));
    if (!boruvka.run(task)) return failCancelled();
    result.edges = std::move(boruvka.edges());
    for (ReachabilityEdge& edge : result.edges)
        edge = {std::sqrt(edge.distance), tree.input(edge.a), tree.input(edge.b)};
    const auto isLighter = [](const ReachabilityEdge& a, const ReachabilityEdge& b) {
        return std::tie(a.distance, a.a, a.b) < std::tie(b.distance, b.a, b.b);
    };
    if (!sortHearing(result.edges, isLighter, task)) return failCancelled();
    return result;
}

} // namespace patchlight::detail
