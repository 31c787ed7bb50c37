// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/lloyd.h"

#include <algorithm>

namespace patchlight::detail {
namespace {

class Rounds {
public:
    Rounds(const WeightedTree& places, std::vector<ProjectedPoint> centres)
        : m_places{places}, m_centres{std::move(centres)}, m_cluster(places.tree().size(), -1) {
        for (std::int32_t c = 0; c < static_cast<std::int32_t>(m_centres.size()); ++c) m_candidates.push_back(c);
    }

    /// True when a place changed its cluster.
    bool assign() {
        m_changed = false;
        m_sums.assign(m_centres.size(), {});
        assign(1, 0, m_centres.size());
        return m_changed;
    }

    void average() {
        const ProjectedPoint origin = m_places.origin();
        std::vector<std::size_t> empty;
        std::vector<double> apart2;
        for (std::size_t c = 0; c < m_centres.size(); ++c) {
            const WeightedTree::Sums& s = m_sums[c];
            if (s.weight > 0.0)
                m_centres[c] = {origin.east + s.east / s.weight, origin.north + s.north / s.weight};
            else
                empty.push_back(c);
        }
        for (const std::size_t c : empty) {
            std::size_t farthest = 0;
            double most2 = -1.0;
            for (std::size_t i = 0; i < m_cluster.size(); ++i) {
                const double d2 = squaredDistance(m_places.tree().place(i), m_centres[m_cluster[i]]);
                const bool earlier = m_places.tree().input(i) < m_places.tree().input(farthest);
                if (d2 > most2 || (d2 == most2 && earlier)) {
                    most2 = d2;
                    farthest = i;
                }
            }
            m_cluster[farthest] = static_cast<std::int32_t>(c);
            m_centres[c] = m_places.tree().place(farthest);
        }
    }

    [[nodiscard]] std::vector<std::int32_t> takeClusters() { return std::move(m_cluster); }

private:
    /// Assigns a node's places to the nearest of m_candidates[begin, end).
    void assign(std::size_t node, std::size_t begin, std::size_t end) {
        const PlaceTree& tree = m_places.tree();
        if (end - begin == 1) return assignAll(node, m_candidates[begin]);
        if (tree.isLeaf(node)) {
            for (std::size_t i = tree.begin(node); i < tree.end(node); ++i) {
                std::int32_t nearest = m_candidates[begin];
                double nearest2 = squaredDistance(tree.place(i), m_centres[nearest]);
                for (std::size_t k = begin + 1; k < end; ++k) {
                    const double d2 = squaredDistance(tree.place(i), m_centres[m_candidates[k]]);
                    if (d2 >= nearest2) continue;
                    nearest2 = d2;
                    nearest = m_candidates[k];
                }
                const double weight = m_places.weight(i);
                add(nearest, {weight, weight * (tree.place(i).east - m_places.origin().east),
                              weight * (tree.place(i).north - m_places.origin().north)});
                label(i, nearest);
            }
            return;
        }
        const Box& box = tree.box(node);
        std::int32_t best = m_candidates[begin];
        for (std::size_t k = begin + 1; k < end; ++k)
            if (squaredDistance(box.centre(), m_centres[m_candidates[k]]) <
                squaredDistance(box.centre(), m_centres[best]))
                best = m_candidates[k];
        // Candidates that are nowhere in the box nearer than the best are left out, in order, behind the others'.
        const std::size_t kept = m_candidates.size();
        for (std::size_t k = begin; k < end; ++k)
            if (m_candidates[k] == best || reaches(box, m_candidates[k], best)) m_candidates.push_back(m_candidates[k]);
        const std::size_t keptEnd = m_candidates.size();
        if (keptEnd - kept == 1) {
            assignAll(node, best);
        } else {
            assign(2 * node, kept, keptEnd);
            assign(2 * node + 1, kept, keptEnd);
        }
        m_candidates.resize(kept);
    }

    /// Whether a centre may be as near as `best` to some point of the box: to its corner farthest that way, if any.
    [[nodiscard]] bool reaches(const Box& box, std::int32_t centre, std::int32_t best) const {
        const ProjectedPoint z = m_centres[centre], b = m_centres[best];
        const ProjectedPoint corner{z.east > b.east ? box.east : box.west, z.north > b.north ? box.north : box.south};
        const double toCentre2 = squaredDistance(corner, z), toBest2 = squaredDistance(corner, b);
        // Rounding must not decide: what is nearly as near is kept, and looked at place by place.
        const double rounding = 1e-12 * (toCentre2 + toBest2 + box.width() * box.width() + box.height() * box.height());
        return toCentre2 <= toBest2 + rounding;
    }

    void assignAll(std::size_t node, std::int32_t centre) {
        add(centre, m_places.sums(node));
        for (std::size_t i = m_places.tree().begin(node); i < m_places.tree().end(node); ++i) label(i, centre);
    }
    void add(std::int32_t centre, const WeightedTree::Sums& sums) {
        m_sums[centre].weight += sums.weight;
        m_sums[centre].east += sums.east;
        m_sums[centre].north += sums.north;
    }
    void label(std::size_t place, std::int32_t centre) {
        m_changed |= m_cluster[place] != centre;
        m_cluster[place] = centre;
    }

    const WeightedTree& m_places;
    std::vector<ProjectedPoint> m_centres;
    std::vector<std::int32_t> m_cluster;
    std::vector<WeightedTree::Sums> m_sums;
    std::vector<std::int32_t> m_candidates; // all centres, then those of the nodes being walked
    bool m_changed = false;
};

} // namespace

WeightedTree::WeightedTree(std::span<const ProjectedPoint> points, std::span<const double> weights,
                           const TaskContext& task)
    : m_tree(points, task), m_origin{points.front()}, m_weights(points.size()), m_sums(m_tree.nodes()) {
    for (std::size_t i = 0; i < points.size(); ++i) m_weights[i] = weights[m_tree.input(i)];
    for (std::size_t node = m_tree.nodes() - 1; node > 0 && !task.cancelled(); --node) {
        Sums& sums = m_sums[node];
        if (m_tree.isLeaf(node)) {
            for (std::size_t i = m_tree.begin(node); i < m_tree.end(node); ++i) {
                sums.weight += m_weights[i];
                sums.east += m_weights[i] * (m_tree.place(i).east - m_origin.east);
                sums.north += m_weights[i] * (m_tree.place(i).north - m_origin.north);
            }
        } else {
            const Sums &left = m_sums[2 * node], &right = m_sums[2 * node + 1];
            sums = {left.weight + right.weight, left.east + right.east, left.north + right.north};
        }
    }
}

LloydResult lloyd(const WeightedTree& places, std::vector<ProjectedPoint> centres, std::size_t mostRounds,
                  const TaskContext& task) {
    LloydResult result;
    Rounds rounds(places, std::move(centres));
    while (result.rounds < mostRounds && !result.converged) {
        result.cancelled = task.cancelled();
        if (result.cancelled) return result;
        result.converged = !rounds.assign();
        ++result.rounds;
        if (!result.converged) rounds.average();
    }
    result.cluster = rounds.takeClusters();
    return result;
}

} // namespace patchlight::detail
