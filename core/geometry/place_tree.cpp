// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/place_tree.h"

#include "core/base/parallel.h"

#include <algorithm>

namespace patchlight {
namespace {

constexpr std::size_t mostInLeaf = 8;

struct Numbered {
    ProjectedPoint at;
    std::uint32_t input;
};

} // namespace

PlaceTree::PlaceTree(std::span<const ProjectedPoint> points) {
    std::vector<Numbered> numbered(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) numbered[i] = {points[i], static_cast<std::uint32_t>(i)};
    m_input.resize(points.size());
    while (points.size() > mostInLeaf << m_depth) ++m_depth;
    m_boxes.resize(nodes());

    // Level by level: each node's places are cut at their median across the longer side of their box.
    for (std::size_t first = 1; first <= leaves(); first *= 2) {
        forEachBlock(first, std::max<std::size_t>(1, first / 64), [&](std::size_t from, std::size_t to) {
            for (std::size_t node = first + from; node < first + to; ++node) {
                const auto start = numbered.begin() + static_cast<std::ptrdiff_t>(begin(node));
                const auto stop = numbered.begin() + static_cast<std::ptrdiff_t>(end(node));
                Box box;
                if (start != stop) box = {start->at.east, start->at.north, start->at.east, start->at.north};
                for (auto i = start; i != stop; ++i)
                    box = {std::min(box.west, i->at.east), std::min(box.south, i->at.north),
                           std::max(box.east, i->at.east), std::max(box.north, i->at.north)};
                m_boxes[node] = box;
                if (isLeaf(node)) {
                    std::sort(start, stop, [](const Numbered& a, const Numbered& b) { return a.input < b.input; });
                    continue;
                }
                const auto middle = numbered.begin() + static_cast<std::ptrdiff_t>(begin(2 * node + 1));
                if (box.width() >= box.height())
                    std::nth_element(start, middle, stop, [](const Numbered& a, const Numbered& b) {
                        return a.at.east < b.at.east || (a.at.east == b.at.east && a.input < b.input);
                    });
                else
                    std::nth_element(start, middle, stop, [](const Numbered& a, const Numbered& b) {
                        return a.at.north < b.at.north || (a.at.north == b.at.north && a.input < b.input);
                    });
            }
        });
    }
    m_places.resize(points.size());
    for (std::size_t i = 0; i < numbered.size(); ++i) {
        m_places[i] = numbered[i].at;
        m_input[i] = numbered[i].input;
    }
}

} // namespace patchlight
