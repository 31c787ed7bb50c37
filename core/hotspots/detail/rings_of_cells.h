// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hotspots/hotspots.h"

#include <functional>

namespace patchlight::detail {

/// Directed edges from node to node, each node left by as many as enter it, strung together into closed walks.
/// Where several edges leave a node, `choose(edge, first, last)` names the one to take after `edge`.
struct DirectedEdge {
    std::uint64_t from = 0, to = 0;
    auto operator<=>(const DirectedEdge&) const = default;
};
using ChooseNext = std::function<std::size_t(const DirectedEdge& edge, std::size_t first, std::size_t last)>;

/// The nodes of each closed walk, first node not repeated; sorts the edges. Walks start at the lowest unused edge.
[[nodiscard]] std::vector<std::vector<std::uint64_t>> closedWalks(std::vector<DirectedEdge>& edges,
                                                                  const ChooseNext& choose = {});

/// A polygon of the rings of one connected region: the counter-clockwise one is the outer, the clockwise ones holes.
[[nodiscard]] Polygon polygonOfRings(std::vector<Ring> rings);

/// The edges of cells joined into rings: corners only. The cells are connected by edges and ascending.
[[nodiscard]] MultiPolygon outlineOfCells(const GridFrame& frame, std::span<const std::size_t> cells);

} // namespace patchlight::detail
