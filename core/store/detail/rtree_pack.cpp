// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/rtree_pack.h"

#include "core/store/detail/bytes.h"

#include <fmt/format.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace patchlight::store {

namespace {

constexpr std::size_t cellBytes = 24;      ///< 8 of id, 4 x 4 of box, big-endian
constexpr std::size_t nodeHeaderBytes = 4; ///< depth of the tree (root only), number of cells
constexpr std::size_t pollInterval = 4096;
constexpr std::int64_t rootNumber = 1;

float roundedDown(double value) {
    const auto nearest = static_cast<float>(value);
    return nearest > value ? std::nextafter(nearest, -std::numeric_limits<float>::infinity()) : nearest;
}

float roundedUp(double value) {
    const auto nearest = static_cast<float>(value);
    return nearest < value ? std::nextafter(nearest, std::numeric_limits<float>::infinity()) : nearest;
}

RtreeEntry united(const RtreeEntry& a, const RtreeEntry& b) {
    return {a.id, std::min(a.west, b.west), std::max(a.east, b.east), std::min(a.south, b.south),
            std::max(a.north, b.north)};
}

RtreeEntry boxOf(std::span<const RtreeEntry> entries) {
    RtreeEntry box = entries.front();
    for (const auto& entry : entries) box = united(box, entry);
    return box;
}

/// Indices of the entries along the Hilbert curve over their common box; equal cells stay in the order of ids.
std::vector<std::uint32_t> hilbertOrder(std::span<const RtreeEntry> entries) {
    const auto box = boxOf(entries);
    const auto scaleOf = [](double low, double high) { return high > low ? 65535.0 / (high - low) : 0.0; };
    const double scaleX = scaleOf(box.west, box.east);
    const double scaleY = scaleOf(box.south, box.north);
    std::vector<std::uint64_t> keys(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const double x = (double{entries[i].west} + entries[i].east) / 2;
        const double y = (double{entries[i].south} + entries[i].north) / 2;
        const auto key = hilbertIndex(static_cast<std::uint32_t>((x - box.west) * scaleX),
                                      static_cast<std::uint32_t>((y - box.south) * scaleY));
        keys[i] = (std::uint64_t{key} << 32) | i;
    }
    tbb::parallel_sort(keys.begin(), keys.end());
    std::vector<std::uint32_t> order(entries.size());
    std::transform(keys.begin(), keys.end(), order.begin(), [](auto key) { return static_cast<std::uint32_t>(key); });
    return order;
}

void writeCell(std::byte* at, const RtreeEntry& entry) {
    writeBig(at, entry.id);
    writeBig(at + 8, entry.west);
    writeBig(at + 12, entry.east);
    writeBig(at + 16, entry.south);
    writeBig(at + 20, entry.north);
}

/// Item counts cut into `nodes` runs whose lengths differ by one at most: run i is [cut(i), cut(i + 1)).
std::size_t cut(std::size_t items, std::size_t nodes, std::size_t i) {
    return items * i / nodes;
}

/// Writes one level: its nodes are numbered from `first`, its cells are `cells` in order.
/// onChild(cell index, node number) is told where each cell went; returns the level's boxes, with node numbers as ids.
template <class OnChild>
Expected<std::vector<RtreeEntry>> writeLevel(Statement& insert, std::span<const RtreeEntry> cells, std::size_t nodes,
                                             std::int64_t first, std::size_t nodeBytes, std::size_t depth,
                                             OnChild&& onChild, const TaskContext& task) {
    std::vector<RtreeEntry> boxes(nodes);
    std::vector<std::byte> node(nodeBytes);
    for (std::size_t i = 0; i < nodes; ++i) {
        if (i % pollInterval == 0 && task.cancelled()) return failCancelled();
        const auto begin = cut(cells.size(), nodes, i);
        const auto end = cut(cells.size(), nodes, i + 1);
        const auto number = first + static_cast<std::int64_t>(i);
        std::fill(node.begin(), node.end(), std::byte{0});
        writeBig(node.data(), static_cast<std::uint16_t>(number == rootNumber ? depth : 0));
        writeBig(node.data() + 2, static_cast<std::uint16_t>(end - begin));
        for (auto c = begin; c < end; ++c) {
            writeCell(node.data() + nodeHeaderBytes + (c - begin) * cellBytes, cells[c]);
            onChild(c, number);
        }
        if (end > begin) boxes[i] = boxOf(cells.subspan(begin, end - begin));
        boxes[i].id = number;
        insert.bind(1, number);
        insert.bind(2, std::span<const std::byte>{node});
        if (auto done = insert.run(); !done) return fail(done.error());
    }
    return boxes;
}

struct Shape {
    std::vector<std::size_t> nodes;        ///< per level, leaves first, the root last
    std::vector<std::int64_t> firstNumber; ///< per level; the root is 1 and numbers grow towards the leaves
};

Shape shapeOf(std::size_t entries, std::size_t capacity) {
    Shape shape;
    std::size_t items = entries;
    do {
        items = std::max<std::size_t>(1, (items + capacity - 1) / capacity);
        shape.nodes.push_back(items);
    } while (items > 1);
    shape.firstNumber.resize(shape.nodes.size());
    std::int64_t next = rootNumber;
    for (std::size_t level = shape.nodes.size(); level-- > 0;) {
        shape.firstNumber[level] = next;
        next += static_cast<std::int64_t>(shape.nodes[level]);
    }
    return shape;
}

} // namespace

RtreeEntry rtreeEntry(std::int64_t id, const Box& box) {
    return {id, roundedDown(box.west), roundedUp(box.east), roundedDown(box.south), roundedUp(box.north)};
}

RtreeEntry rtreeEntry(std::int64_t id, ProjectedPoint point) {
    return rtreeEntry(id, Box{point.east, point.north, point.east, point.north});
}

std::uint32_t hilbertIndex(std::uint32_t x, std::uint32_t y) {
    constexpr std::uint32_t side = 1U << 16;
    std::uint32_t index = 0;
    for (std::uint32_t s = side / 2; s > 0; s /= 2) {
        const std::uint32_t right = (x & s) ? 1 : 0;
        const std::uint32_t upper = (y & s) ? 1 : 0;
        index += s * s * ((3 * right) ^ upper);
        if (!upper) { // turn the quadrant so that the curve inside it starts where the last one ended
            if (right) {
                x = side - 1 - x;
                y = side - 1 - y;
            }
            std::swap(x, y);
        }
    }
    return index;
}

Expected<void> packRtree(Database& database, const std::string& rtree, std::span<const RtreeEntry> entries,
                         const TaskContext& task) {
    // The node size is the tree's own: SQLite chose it when the table was made.
    const auto nodeBytes =
        database.integer(fmt::format("SELECT length(data) FROM \"{}_node\" WHERE nodeno = 1", rtree));
    if (!nodeBytes) return fail(nodeBytes.error());
    const auto bytes = static_cast<std::size_t>(*nodeBytes);
    if (bytes < nodeHeaderBytes + 2 * cellBytes)
        return fail(databaseError(SQLITE_CORRUPT, "spatial index " + rtree, database.path()));
    const auto shape = shapeOf(entries.size(), (bytes - nodeHeaderBytes) / cellBytes);
    const std::size_t depth = shape.nodes.size() - 1;

    std::vector<std::uint32_t> order;
    if (!entries.empty()) order = hilbertOrder(entries);
    if (task.cancelled()) return failCancelled();
    std::vector<RtreeEntry> cells(entries.size());
    std::transform(order.begin(), order.end(), cells.begin(), [&](auto i) { return entries[i]; });

    const ShadowTableAccess access{database};
    auto cleared = database.execute(fmt::format("DELETE FROM \"{0}_node\"; DELETE FROM \"{0}_rowid\"; "
                                                "DELETE FROM \"{0}_parent\";",
                                                rtree));
    if (!cleared) return cleared;
    auto insertNode = database.prepare(fmt::format("INSERT INTO \"{}_node\" VALUES (?, ?)", rtree));
    if (!insertNode) return fail(insertNode.error());

    std::vector<std::int64_t> leafOf(entries.size());
    std::vector<std::int64_t> parentOf; // of node 2, 3, ...: all but the root
    std::size_t allNodes = 0;
    for (const auto nodes : shape.nodes) allNodes += nodes;
    parentOf.resize(allNodes - 1);
    for (std::size_t level = 0; level < shape.nodes.size(); ++level) {
        auto boxes = writeLevel(
            *insertNode, cells, shape.nodes[level], shape.firstNumber[level], bytes, depth,
            [&](std::size_t cell, std::int64_t number) {
                if (level == 0) {
                    leafOf[order[cell]] = number;
                } else {
                    parentOf[static_cast<std::size_t>(cells[cell].id - 2)] = number;
                }
            },
            task);
        if (!boxes) return fail(boxes.error());
        cells = std::move(*boxes);
    }

    auto insertRow = database.prepare(fmt::format("INSERT INTO \"{}_rowid\" VALUES (?, ?)", rtree));
    if (!insertRow) return fail(insertRow.error());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i % pollInterval == 0 && task.cancelled()) return failCancelled();
        insertRow->bind(1, entries[i].id);
        insertRow->bind(2, leafOf[i]);
        if (auto done = insertRow->run(); !done) return done;
    }
    auto insertParent = database.prepare(fmt::format("INSERT INTO \"{}_parent\" VALUES (?, ?)", rtree));
    if (!insertParent) return fail(insertParent.error());
    for (std::size_t i = 0; i < parentOf.size(); ++i) {
        insertParent->bind(1, i + 2);
        insertParent->bind(2, parentOf[i]);
        if (auto done = insertParent->run(); !done) return done;
    }
    return {};
}

Expected<void> insertIntoRtree(Database& database, const std::string& rtree, std::span<const RtreeEntry> entries) {
    auto insert = database.prepare(fmt::format("INSERT INTO \"{}\" VALUES (?, ?, ?, ?, ?)", rtree));
    if (!insert) return fail(insert.error());
    for (const auto& entry : entries) {
        insert->bind(1, entry.id);
        insert->bind(2, double{entry.west});
        insert->bind(3, double{entry.east});
        insert->bind(4, double{entry.south});
        insert->bind(5, double{entry.north});
        if (auto done = insert->run(); !done) return done;
    }
    return {};
}

} // namespace patchlight::store
