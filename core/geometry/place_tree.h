// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/distances.h"

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

namespace patchlight {

/// A balanced k-d tree without pointers: node 1 is the root, node i has the children 2i and 2i + 1, and the last
/// leaves() nodes are the leaves. Places stand in the order of the leaves, so that a node is a run of them.
class PlaceTree {
public:
    /// points  at least one, finite, fewer than 2^31. The same points give the same tree everywhere.
    /// task    cancelled: a tree of no use, whose caller asks the task itself
    explicit PlaceTree(std::span<const ProjectedPoint> points, const TaskContext& task = {});

    [[nodiscard]] std::size_t size() const { return m_input.size(); }
    [[nodiscard]] std::size_t leaves() const { return std::size_t{1} << m_depth; }
    [[nodiscard]] std::size_t nodes() const { return 2 * leaves(); } ///< node 0 is not used
    [[nodiscard]] bool isLeaf(std::size_t node) const { return node >= leaves(); }
    [[nodiscard]] std::size_t begin(std::size_t node) const { return rangeBegin(node, 0); }
    [[nodiscard]] std::size_t end(std::size_t node) const { return rangeBegin(node, 1); }
    [[nodiscard]] const Box& box(std::size_t node) const { return m_boxes[node]; }
    [[nodiscard]] ProjectedPoint place(std::size_t i) const { return m_places[i]; }
    [[nodiscard]] std::uint32_t input(std::size_t i) const { return m_input[i]; } ///< where place i stood in the input

    /// Calls atLeaf(leaf, d2) for `from` (a leaf, d2 = 0), then outward for all leaves that enter(node, d2) lets
    /// through together with the nodes above them; d2 = distance2(node). Of two children the nearer comes first.
    template <class Distance, class Enter, class AtLeaf>
    void outwardFrom(std::size_t from, Distance distance2, Enter enter, AtLeaf atLeaf) const {
        struct Waiting {
            std::size_t node;
            double d2; // m²
        };
        std::array<Waiting, 64> stack; // one a level waits while the other is walked
        atLeaf(from, 0.0);
        for (std::size_t node = from; node > 1; node >>= 1) {
            std::size_t waiting = 0;
            stack[waiting++] = {node ^ 1, distance2(node ^ 1)};
            while (waiting > 0) {
                const Waiting at = stack[--waiting];
                if (!enter(at.node, at.d2)) continue;
                if (isLeaf(at.node)) {
                    atLeaf(at.node, at.d2);
                    continue;
                }
                const Waiting left{2 * at.node, distance2(2 * at.node)};
                const Waiting right{2 * at.node + 1, distance2(2 * at.node + 1)};
                const bool leftFirst = left.d2 <= right.d2;
                stack[waiting++] = leftFirst ? right : left;
                stack[waiting++] = leftFirst ? left : right;
            }
        }
    }

private:
    [[nodiscard]] std::size_t rangeBegin(std::size_t node, std::size_t next) const {
        const auto level = static_cast<unsigned>(std::bit_width(node) - 1);
        return (m_input.size() * (node - (std::size_t{1} << level) + next)) >> level;
    }

    unsigned m_depth = 0;
    std::vector<Box> m_boxes;
    std::vector<ProjectedPoint> m_places;
    std::vector<std::uint32_t> m_input;
};

} // namespace patchlight
