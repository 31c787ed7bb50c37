// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bandwidth/detail/place_tree.h"

#include <algorithm>
#include <cmath>

namespace patchlight::detail {

PlaceTree::PlaceTree(const CountedPlaces& places) {
    std::vector<Place> all(places.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = {places.point[i], places.count[i]};
    if (!all.empty()) split(all, 0, static_cast<std::uint32_t>(all.size()));
    for (const Place& place : all) {
        m_east.push_back(place.point.east);
        m_north.push_back(place.point.north);
        m_count.push_back(place.count);
    }
}

void PlaceTree::split(std::vector<Place>& places, std::uint32_t begin, std::uint32_t end) {
    const auto at = [&](std::uint32_t i) { return places.begin() + i; };
    Box box;
    for (std::uint32_t i = begin; i < end; ++i) {
        const ProjectedPoint p = places[i].point;
        box = united(box, {p.east, p.north, p.east, p.north});
    }
    const std::size_t own = m_nodes.size();
    m_nodes.push_back({box, begin, end, 0});
    const auto byEast = [](const Place& a, const Place& b) { return a.point < b.point; };
    if (end - begin <= leafSize) {
        std::sort(at(begin), at(end), byEast); // which places are here is certain, their order was not
        return;
    }
    const std::uint32_t middle = begin + (end - begin) / 2;
    if (box.width() >= box.height())
        std::nth_element(at(begin), at(middle), at(end), byEast);
    else
        std::nth_element(at(begin), at(middle), at(end), [](const Place& a, const Place& b) {
            return a.point.north != b.point.north ? a.point.north < b.point.north : a.point.east < b.point.east;
        });
    split(places, begin, middle);
    m_nodes[own].right = static_cast<std::uint32_t>(m_nodes.size());
    split(places, middle, end);
}

double PlaceTree::squaredDistanceToNearest(std::size_t place, std::size_t k) const {
    const double east = m_east[place], north = m_north[place];
    std::vector<double> nearest; // a heap of the k smallest, the largest in front
    struct Open {
        std::uint32_t node;
        double squared;
    };
    std::array<Open, 64> open;
    std::size_t waiting = 0;
    open[waiting++] = {0, 0.0};
    while (waiting > 0) {
        const Open next = open[--waiting];
        if (nearest.size() == k && next.squared >= nearest.front()) continue;
        const Node& node = m_nodes[next.node];
        if (node.right != 0) {
            // The nearer child is opened first.
            const Open left{next.node + 1, squaredDistance(east, north, m_nodes[next.node + 1].box)};
            const Open right{node.right, squaredDistance(east, north, m_nodes[node.right].box)};
            const bool leftFirst = left.squared <= right.squared;
            open[waiting++] = leftFirst ? right : left;
            open[waiting++] = leftFirst ? left : right;
            continue;
        }
        for (std::uint32_t i = node.begin; i < node.end; ++i) {
            if (i == place) continue;
            const double dx = m_east[i] - east, dy = m_north[i] - north, squared = dx * dx + dy * dy;
            if (nearest.size() == k) {
                if (squared >= nearest.front()) continue;
                std::pop_heap(nearest.begin(), nearest.end());
                nearest.back() = squared;
            } else {
                nearest.push_back(squared);
            }
            std::push_heap(nearest.begin(), nearest.end());
        }
    }
    return nearest.size() == k ? nearest.front() : INFINITY;
}

} // namespace patchlight::detail
