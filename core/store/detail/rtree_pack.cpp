// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/rtree_pack.h"

#include "core/base/parallel.h"
#include "core/base/sort.h"
#include "core/store/detail/bytes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace patchlight::store {

namespace {

constexpr std::size_t cellBytes = 24;      ///< 8 of id, 4 x 4 of box, big-endian
constexpr std::size_t nodeHeaderBytes = 4; ///< depth of the tree (root only), number of cells
constexpr std::size_t pollInterval = 4096;
constexpr std::int64_t rootNumber = 1;
constexpr std::size_t nodesTogether = 32, rowsTogether = 256; ///< by one statement; twice as many values, 999 at most

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

/// The entries along the Hilbert curve over their common box, each as its place on the curve (high 32 bits) and its
/// index (low), so that equal cells stay in the order of ids.
std::vector<std::uint64_t> hilbertOrder(std::span<const RtreeEntry> entries) {
    const auto box = boxOf(entries);
    const auto scaleOf = [](double low, double high) { return high > low ? 65535.0 / (high - low) : 0.0; };
    const double scaleX = scaleOf(box.west, box.east);
    const double scaleY = scaleOf(box.south, box.north);
    std::vector<std::uint64_t> order(entries.size());
    forEachBlock(entries.size(), pollInterval, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const double x = (double{entries[i].west} + entries[i].east) / 2;
            const double y = (double{entries[i].south} + entries[i].north) / 2;
            const auto place = hilbertIndex(static_cast<std::uint32_t>((x - box.west) * scaleX),
                                            static_cast<std::uint32_t>((y - box.south) * scaleY));
            order[i] = (std::uint64_t{place} << 32) | i;
        }
    });
    sortHearing(order, std::less<>{}, {});
    return order;
}

std::size_t indexIn(std::uint64_t place) {
    return place & 0xffffffffu;
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

/// Inserts rows of two values, many by one statement.
class PairInsert {
public:
    static Expected<PairInsert> prepare(Database& database, const std::string& table, std::size_t manyRows) {
        std::string sql = fmt::format("INSERT INTO \"{}\" VALUES (?, ?)", table);
        auto one = database.prepare(sql);
        if (!one) return fail(one.error());
        for (std::size_t i = 1; i < manyRows; ++i) sql += ", (?, ?)";
        auto many = database.prepare(sql);
        if (!many) return fail(many.error());
        return PairInsert{std::move(*one), std::move(*many), manyRows};
    }
    /// keyOf(i) and valueOf(i) for i from begin to end.
    template <class Key, class Value>
    Expected<void> run(std::size_t begin, std::size_t end, Key&& keyOf, Value&& valueOf) {
        for (std::size_t at = begin; at < end;) {
            const std::size_t rows = end - at < m_manyRows ? 1 : m_manyRows;
            Statement& statement = rows == 1 ? m_one : m_many;
            int index = 0;
            for (const std::size_t stop = at + rows; at < stop; ++at) {
                statement.bind(++index, keyOf(at));
                statement.bind(++index, valueOf(at));
            }
            if (auto done = statement.run(); !done) return done;
        }
        return {};
    }

private:
    PairInsert(Statement one, Statement many, std::size_t manyRows)
        : m_one{std::move(one)}, m_many{std::move(many)}, m_manyRows{manyRows} {}
    Statement m_one, m_many;
    std::size_t m_manyRows;
};

struct Level {
    std::size_t cells, nodes;
    std::int64_t first; ///< number of its first node
    std::size_t depth;  ///< of the tree, which the root knows
};

/// Writes one level; cellOf(c) gives its cells in order, onChild(c, node number) is told where each went. Nodes are
/// made on all threads, some hundred at a time, and written by this one. Returns the level's boxes, with node numbers
/// as ids.
template <class CellOf, class OnChild>
Expected<std::vector<RtreeEntry>> writeLevel(PairInsert& insert, const Level& level, std::size_t nodeBytes,
                                             CellOf&& cellOf, OnChild&& onChild, const TaskContext& task) {
    constexpr std::size_t nodesAtOnce = 512, nodesABlock = 32;
    std::vector<RtreeEntry> boxes(level.nodes);
    std::vector<std::byte> bytes(std::min(nodesAtOnce, level.nodes) * nodeBytes);
    const auto numberOf = [&](std::size_t node) { return level.first + static_cast<std::int64_t>(node); };
    const auto make = [&](std::size_t node, std::byte* at) {
        const auto begin = cut(level.cells, level.nodes, node);
        const auto end = cut(level.cells, level.nodes, node + 1);
        const auto number = numberOf(node);
        std::fill(at, at + nodeBytes, std::byte{0});
        writeBig(at, static_cast<std::uint16_t>(number == rootNumber ? level.depth : 0));
        writeBig(at + 2, static_cast<std::uint16_t>(end - begin));
        for (auto c = begin; c < end; ++c) {
            const RtreeEntry& cell = cellOf(c);
            writeCell(at + nodeHeaderBytes + (c - begin) * cellBytes, cell);
            onChild(c, number);
            boxes[node] = c == begin ? cell : united(boxes[node], cell);
        }
        boxes[node].id = number;
    };
    for (std::size_t begin = 0; begin < level.nodes; begin += nodesAtOnce) {
        if (task.cancelled()) return failCancelled();
        const std::size_t end = std::min(begin + nodesAtOnce, level.nodes);
        forEachBlock(end - begin, nodesABlock, [&](std::size_t first, std::size_t last) {
            for (std::size_t i = first; i < last; ++i) make(begin + i, &bytes[i * nodeBytes]);
        });
        auto done = insert.run(begin, end, numberOf, [&](std::size_t node) {
            return std::span<const std::byte>{bytes}.subspan((node - begin) * nodeBytes, nodeBytes);
        });
        if (!done) return fail(done.error());
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

    std::vector<std::uint64_t> order;
    if (!entries.empty()) order = hilbertOrder(entries);
    if (task.cancelled()) return failCancelled();

    const ShadowTableAccess access{database};
    auto cleared = database.execute(fmt::format("DELETE FROM \"{0}_node\"; DELETE FROM \"{0}_rowid\"; "
                                                "DELETE FROM \"{0}_parent\";",
                                                rtree));
    if (!cleared) return cleared;
    auto insertNode = PairInsert::prepare(database, rtree + "_node", nodesTogether);
    if (!insertNode) return fail(insertNode.error());

    std::vector<std::uint32_t> leafOf(entries.size());
    const auto nodes = std::accumulate(shape.nodes.begin(), shape.nodes.end(), std::size_t{0});
    std::vector<std::uint32_t> parentOf(nodes - 1); // of node 2, 3, ...: all but the root
    auto boxes = writeLevel(
        *insertNode, {entries.size(), shape.nodes[0], shape.firstNumber[0], depth}, bytes,
        [&](std::size_t cell) -> const RtreeEntry& { return entries[indexIn(order[cell])]; },
        [&](std::size_t cell, std::int64_t number) {
            leafOf[indexIn(order[cell])] = static_cast<std::uint32_t>(number);
        },
        task);
    for (std::size_t level = 1; level < shape.nodes.size() && boxes; ++level) {
        const std::vector<RtreeEntry> cells = std::move(*boxes);
        boxes = writeLevel(
            *insertNode, {cells.size(), shape.nodes[level], shape.firstNumber[level], depth}, bytes,
            [&](std::size_t cell) -> const RtreeEntry& { return cells[cell]; },
            [&](std::size_t cell, std::int64_t number) {
                parentOf[static_cast<std::size_t>(cells[cell].id - 2)] = static_cast<std::uint32_t>(number);
            },
            task);
    }
    if (!boxes) return fail(boxes.error());
    order = {};

    auto insertRow = PairInsert::prepare(database, rtree + "_rowid", rowsTogether);
    if (!insertRow) return fail(insertRow.error());
    for (std::size_t begin = 0; begin < entries.size(); begin += pollInterval) {
        if (task.cancelled()) return failCancelled();
        auto done = insertRow->run(
            begin, std::min(begin + pollInterval, entries.size()), [&](std::size_t i) { return entries[i].id; },
            [&](std::size_t i) { return leafOf[i]; });
        if (!done) return done;
    }
    auto insertParent = PairInsert::prepare(database, rtree + "_parent", rowsTogether);
    if (!insertParent) return fail(insertParent.error());
    return insertParent->run(
        0, parentOf.size(), [](std::size_t i) { return i + 2; }, [&](std::size_t i) { return parentOf[i]; });
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
