// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/condensed_tree.h"

#include "core/clusters/detail/disjoint_sets.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace patchlight::detail {
namespace {

constexpr std::size_t betweenPolls = 16384;
constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// The components of places as the distance rises. Nodes below m are places; a node's children come before it. A place
/// with several incidents falls apart into single ones at its own level, its core distance.
struct Dendrogram {
    struct Node {
        double level; // m: the distance at which its children meet
        double size;  // incidents
        std::uint32_t firstPlace;
        std::uint32_t firstChild = none, lastChild = none, nextSibling = none;
    };
    std::vector<Node> nodes;
    std::uint32_t root = 0;

    void adopt(std::uint32_t node, std::uint32_t child) {
        (nodes[node].firstChild == none ? nodes[node].firstChild : nodes[nodes[node].lastChild].nextSibling) = child;
        nodes[node].lastChild = child;
    }
};

Dendrogram dendrogram(const ReachabilityTree& spanning, std::span<const double> weights, double resolution,
                      const TaskContext& task) {
    Dendrogram result;
    const std::size_t places = weights.size();
    result.nodes.reserve(2 * places);
    for (std::uint32_t i = 0; i < places; ++i)
        result.nodes.push_back({std::max(spanning.core[i], resolution), weights[i], i});
    DisjointSets sets(places);
    std::vector<std::uint32_t> nodeOf(places); // of a set's root
    std::iota(nodeOf.begin(), nodeOf.end(), 0u);
    std::size_t done = 0;
    for (const ReachabilityEdge& edge : spanning.edges) {
        if (done++ % betweenPolls == 0 && task.cancelled()) break;
        const double level = std::max(edge.distance, resolution);
        const std::uint32_t setA = sets.root(edge.a), setB = sets.root(edge.b);
        std::uint32_t a = nodeOf[setA], b = nodeOf[setB];
        const auto open = [&](std::uint32_t node) { return node >= places && result.nodes[node].level == level; };
        if (!open(a)) std::swap(a, b);
        if (!open(a)) {
            result.nodes.push_back({level, 0.0, none});
            const auto joined = static_cast<std::uint32_t>(result.nodes.size() - 1);
            result.nodes[joined].size = result.nodes[a].size;
            result.nodes[joined].firstPlace = result.nodes[a].firstPlace;
            result.adopt(joined, a);
            a = joined;
        }
        result.nodes[a].size += result.nodes[b].size;
        result.nodes[a].firstPlace = std::min(result.nodes[a].firstPlace, result.nodes[b].firstPlace);
        if (open(b)) { // its children become a's
            result.nodes[result.nodes[a].lastChild].nextSibling = result.nodes[b].firstChild;
            result.nodes[a].lastChild = result.nodes[b].lastChild;
            result.nodes[b].firstChild = none;
        } else {
            result.adopt(a, b);
        }
        sets.unite(setA, setB);
        nodeOf[std::min(setA, setB)] = a;
        result.root = a;
    }
    return result;
}

} // namespace

CondensedTree condensedTree(const ReachabilityTree& spanning, std::span<const double> weights, double minClusterSize,
                            double resolution, const TaskContext& task) {
    const Dendrogram tree = dendrogram(spanning, weights, resolution, task);
    if (task.cancelled()) return {};
    const std::size_t places = weights.size();
    CondensedTree result{{0}, {0.0}, {0.0}, std::vector<std::size_t>(places, 0), std::vector<double>(places, 0.0)};
    std::vector<double> birth{1.0 / tree.nodes[tree.root].level}, size{tree.nodes[tree.root].size};

    struct State {
        std::size_t cluster = 0;
        double left = 0.0; // lambda at which it left the cluster; 0 while it is the cluster
    };
    std::vector<State> states(tree.nodes.size());
    std::vector<std::uint32_t> groups;
    for (std::size_t at = tree.root + 1; at-- > 0;) {
        if (at % betweenPolls == 0 && task.cancelled()) return {};
        const Dendrogram::Node& node = tree.nodes[at];
        if (at >= places && node.firstChild == none) continue; // its children were handed on
        const State state = states[at];
        const double lambda = state.left > 0.0 ? state.left : 1.0 / node.level;
        if (at < places) {
            result.cluster[at] = state.cluster;
            result.leaves[at] = lambda;
        }
        groups.clear();
        for (std::uint32_t child = node.firstChild; child != none; child = tree.nodes[child].nextSibling) {
            const bool group = tree.nodes[child].size >= minClusterSize && tree.nodes[child].level < node.level;
            states[child] = {state.cluster, lambda};
            if (group && state.left == 0.0) groups.push_back(child);
        }
        if (state.left == 0.0 && groups.size() != 1) result.ends[state.cluster] = lambda;
        if (groups.size() == 1) states[groups.front()].left = 0.0;
        if (groups.size() < 2) continue;
        std::sort(groups.begin(), groups.end(), [&](std::uint32_t a, std::uint32_t b) {
            return tree.nodes[a].firstPlace < tree.nodes[b].firstPlace;
        });
        for (const std::uint32_t child : groups) {
            states[child] = {result.parent.size(), 0.0};
            result.parent.push_back(state.cluster);
            result.stability.push_back(0.0);
            result.ends.push_back(0.0);
            birth.push_back(lambda);
            size.push_back(tree.nodes[child].size);
        }
    }
    // Summed in the order of the input and of siblings, whichever way the tree was walked.
    for (std::size_t i = 0; i < places; ++i)
        result.stability[result.cluster[i]] += weights[i] * (result.leaves[i] - birth[result.cluster[i]]);
    for (std::size_t c = 1; c < result.parent.size(); ++c)
        result.stability[result.parent[c]] += size[c] * (birth[c] - birth[result.parent[c]]);
    return result;
}

} // namespace patchlight::detail
