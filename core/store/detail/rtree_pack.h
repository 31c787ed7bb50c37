// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/geometry.h"
#include "core/store/detail/sqlite.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace patchlight::store {

/// One entry of SQLite's R-tree: a box of 32-bit floats rounded outward, so that it holds what it stands for.
struct RtreeEntry {
    std::int64_t id = 0;
    float west = 0, east = 0, south = 0, north = 0;
};
[[nodiscard]] RtreeEntry rtreeEntry(std::int64_t id, const Box& box);
[[nodiscard]] RtreeEntry rtreeEntry(std::int64_t id, ProjectedPoint point);

/// Replaces the content of an R-tree virtual table by a packed tree: entries in Hilbert order, nodes evenly full,
/// written straight into the tree's own tables (their layout is fixed: SQLite's rtree.c, "Database Format of R-Tree
/// Tables"). Needs a writing transaction; defensive mode is off while it runs.
///
/// rtree    name of the virtual table, two dimensions of floats
/// entries  n < 2^32 entries, ids strictly ascending
/// errors   database, cancelled
/// cost     O(n log n), 12 bytes an entry beside the entries; 1e6 take about 0.3 s on two threads
/// source   Kamel and Faloutsos (1993), On Packing R-trees (Hilbert order)
[[nodiscard]] Expected<void> packRtree(Database& database, const std::string& rtree,
                                       std::span<const RtreeEntry> entries, const TaskContext& task = {});

/// Adds entries one by one; better than packing when they are few beside what is there.
[[nodiscard]] Expected<void> insertIntoRtree(Database& database, const std::string& rtree,
                                             std::span<const RtreeEntry> entries);

/// Position of a cell of a 65536 x 65536 lattice along the Hilbert curve.
[[nodiscard]] std::uint32_t hilbertIndex(std::uint32_t x, std::uint32_t y);

} // namespace patchlight::store
