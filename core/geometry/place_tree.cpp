// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/place_tree.h"

#include "core/base/large_memory.h"
#include "core/base/parallel.h"

#include <algorithm>

namespace patchlight {
namespace {

constexpr std::size_t mostInLeaf = 8;

struct Numbered {
    ProjectedPoint at;
    std::uint32_t input;
};

bool isWestOf(const Numbered& a, const Numbered& b) {
    return a.at.east < b.at.east || (a.at.east == b.at.east && a.input < b.input);
}
bool isSouthOf(const Numbered& a, const Numbered& b) {
    return a.at.north < b.at.north || (a.at.north == b.at.north && a.input < b.input);
}

/// std::nth_element, for long ranges in steps between which a cancel is heard.
template <class Iterator, class Before>
void cutAt(Iterator begin, Iterator middle, Iterator end, Before isBefore, const TaskContext& task) {
    constexpr std::ptrdiff_t shortEnough = 262144;
    while (end - begin > shortEnough && !task.cancelled()) {
        const Numbered a = *begin, b = begin[(end - begin) / 2], c = *(end - 1);
        const Numbered pivot =
            std::max(std::min(a, b, isBefore), std::min(std::max(a, b, isBefore), c, isBefore), isBefore);
        const Iterator cut = std::partition(begin, end, [&](const Numbered& p) { return isBefore(p, pivot); });
        if (cut == begin) break; // the pivot is the least: rare, and left to the library
        (middle < cut ? end : begin) = cut;
    }
    if (!task.cancelled()) std::nth_element(begin, middle, end, isBefore);
}

} // namespace

PlaceTree::PlaceTree(std::span<const ProjectedPoint> points, const TaskContext& task) {
    std::vector<Numbered> numbered;
    reserveLarge(numbered, points.size());
    numbered.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) numbered[i] = {points[i], static_cast<std::uint32_t>(i)};
    m_input.resize(points.size());
    while (points.size() > mostInLeaf << m_depth) ++m_depth;
    m_boxes.resize(nodes());

    // Level by level: each node's places are cut at their median across the longer side of their box.
    for (std::size_t first = 1; first <= leaves() && !task.cancelled(); first *= 2) {
        forEachBlock(first, std::max<std::size_t>(1, first / 64), [&](std::size_t from, std::size_t to) {
            for (std::size_t node = first + from; node < first + to; ++node) {
                if (task.cancelled()) return;
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
                    cutAt(start, middle, stop, isWestOf, task);
                else
                    cutAt(start, middle, stop, isSouthOf, task);
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
