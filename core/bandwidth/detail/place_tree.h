// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bandwidth/detail/counted_places.h"

#include <array>
#include <cstdint>

namespace patchlight::detail {

[[nodiscard]] inline double squaredDistance(double east, double north, const Box& box) {
    const double dx = east < box.west ? box.west - east : east > box.east ? east - box.east : 0.0;
    const double dy = north < box.south ? box.south - north : north > box.north ? north - box.north : 0.0;
    return dx * dx + dy * dy;
}

/// Places in the leaves of a k-d tree, those near each other side by side. Unlike a grid it does not mind places far
/// from all others. The same places give the same tree with every standard library.
class PlaceTree {
public:
    static constexpr std::uint32_t leafSize = 32;

    explicit PlaceTree(const CountedPlaces& places);

    [[nodiscard]] std::size_t size() const { return m_east.size(); }
    [[nodiscard]] double east(std::size_t i) const { return m_east[i]; } ///< in the order of the leaves, like the rest
    [[nodiscard]] double north(std::size_t i) const { return m_north[i]; }
    [[nodiscard]] double count(std::size_t i) const { return m_count[i]; }

    /// Calls visit(begin, end) for the leaves with a place that may lie within the distance, always in the same order.
    template <class Visitor>
    void forEachLeafWithin(double east, double north, double squaredReach, Visitor&& visit) const {
        std::array<std::uint32_t, 64> open; // depth of the tree is below 32
        std::size_t waiting = 0;
        open[waiting++] = 0;
        while (waiting > 0) {
            const std::uint32_t at = open[--waiting];
            const Node& node = m_nodes[at];
            if (squaredDistance(east, north, node.box) > squaredReach) continue;
            if (node.right == 0) {
                visit(node.begin, node.end);
            } else {
                open[waiting++] = node.right;
                open[waiting++] = at + 1;
            }
        }
    }

    /// Squared distance from a place to its k-th nearest other place, m²; infinite where there are fewer.
    [[nodiscard]] double squaredDistanceToNearest(std::size_t place, std::size_t k) const;

private:
    struct Node {
        Box box;
        std::uint32_t begin, end;
        std::uint32_t right; ///< the left one follows its parent; 0 for a leaf
    };
    struct Place {
        ProjectedPoint point;
        double count;
    };
    void split(std::vector<Place>& places, std::uint32_t begin, std::uint32_t end);

    std::vector<Node> m_nodes;
    std::vector<double> m_east, m_north, m_count;
};

} // namespace patchlight::detail
