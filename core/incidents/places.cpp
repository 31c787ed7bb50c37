// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/large_memory.h"
#include "core/base/sort.h"
#include "core/incidents/detail/place_index.h"
#include "core/incidents/incidents.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace patchlight {
namespace {

constexpr std::size_t betweenPolls = 65536;

std::uint64_t mixed(ProjectedPoint point) {
    std::uint64_t h = std::bit_cast<std::uint64_t>(point.east) * 0x9e3779b97f4a7c15u;
    h = (h ^ (h >> 32)) + std::bit_cast<std::uint64_t>(point.north);
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

/// Distinct points by hashing: extracts repeat their map points many times over.
class DistinctPoints {
public:
    /// task  cancelled: numbers and order are of no use, and its caller asks the task itself
    explicit DistinctPoints(const TaskContext& task) : m_task{task} {}

    /// The number of a point in the order of their first coming.
    std::uint32_t add(ProjectedPoint given) {
        const ProjectedPoint point{given.east + 0.0, given.north + 0.0}; // makes -0 a plain 0
        std::size_t at = slotOf(point);
        if (m_slots[at] != 0) return m_slots[at] - 1;
        m_points.push_back(point);
        m_slots[at] = static_cast<std::uint32_t>(m_points.size());
        if (m_points.size() * 2 > m_slots.size()) {
            m_slots.assign(m_slots.size() * 2, 0);
            for (std::size_t p = 0; p < m_points.size() && (p % betweenPolls != 0 || !m_task.cancelled()); ++p)
                m_slots[slotOf(m_points[p])] = static_cast<std::uint32_t>(p + 1);
        }
        return static_cast<std::uint32_t>(m_points.size() - 1);
    }

    /// The points ordered by (east, north), and for each number given by `add` its place in that order.
    std::pair<std::vector<ProjectedPoint>, std::vector<std::uint32_t>> ordered() {
        m_slots = {};
        std::vector<std::uint32_t> order(m_points.size()), rank(m_points.size());
        std::iota(order.begin(), order.end(), 0u);
        const auto isBefore = [&](std::uint32_t a, std::uint32_t b) { return m_points[a] < m_points[b]; };
        if (!sortHearing(order, isBefore, m_task)) return {};
        std::vector<ProjectedPoint> points(order.size());
        for (std::uint32_t place = 0; place < order.size(); ++place) {
            rank[order[place]] = place;
            points[place] = m_points[order[place]];
        }
        return {std::move(points), std::move(rank)};
    }

private:
    [[nodiscard]] std::size_t slotOf(ProjectedPoint point) const {
        std::size_t at = mixed(point) & (m_slots.size() - 1);
        while (m_slots[at] != 0 && m_points[m_slots[at] - 1] != point) at = (at + 1) & (m_slots.size() - 1);
        return at;
    }

    const TaskContext& m_task;
    std::vector<std::uint32_t> m_slots = std::vector<std::uint32_t>(1024, 0); ///< number of a point, plus one
    std::vector<ProjectedPoint> m_points;
};

} // namespace

bool detail::indexPlaces(IncidentTable& table, const TaskContext& task) {
    DistinctPoints distinct{task};
    std::vector<std::uint32_t>& of = table.places.of;
    of.clear();
    reserveLarge(of, table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        if (row % betweenPolls == 0 && task.cancelled()) return false;
        of.push_back(table.mapped[row] ? distinct.add(table.position[row]) : PlaceIndex::nowhere);
    }
    auto [points, rank] = distinct.ordered();
    for (std::size_t row = 0; row < of.size(); ++row) {
        if (row % betweenPolls == 0 && task.cancelled()) return false;
        if (of[row] != PlaceIndex::nowhere) of[row] = rank[of[row]];
    }
    table.places.point = std::move(points);
    return true;
}

void indexPlaces(IncidentTable& table) {
    (void)detail::indexPlaces(table, {});
}

Places distinctPlaces(std::span<const ProjectedPoint> points) {
    const TaskContext task;
    DistinctPoints distinct{task};
    Places places;
    places.placeOf.reserve(points.size());
    for (const ProjectedPoint point : points) places.placeOf.push_back(distinct.add(point));
    auto [ordered, rank] = distinct.ordered();
    places.weight.assign(ordered.size(), 0.0);
    places.point = std::move(ordered);
    for (std::uint32_t& place : places.placeOf) {
        place = rank[place];
        places.weight[place] += 1.0;
    }
    return places;
}

Places distinctPlaces(const IncidentTable& table, std::span<const std::uint32_t> rows) {
    if (table.places.of.size() != table.size()) {
        std::vector<ProjectedPoint> points;
        points.reserve(rows.size());
        for (const std::uint32_t row : rows) points.push_back(table.position[row]);
        return distinctPlaces(points);
    }
    const PlaceIndex& index = table.places;
    std::vector<std::uint32_t> counts(index.size(), 0);
    for (const std::uint32_t row : rows) ++counts[index.of[row]];
    Places places;
    for (std::size_t place = 0; place < counts.size(); ++place) {
        if (counts[place] == 0) continue;
        places.point.push_back(index.point[place]);
        places.weight.push_back(static_cast<double>(counts[place]));
        counts[place] = static_cast<std::uint32_t>(places.point.size() - 1); // its number from here on
    }
    places.placeOf.reserve(rows.size());
    for (const std::uint32_t row : rows) places.placeOf.push_back(counts[index.of[row]]);
    return places;
}

} // namespace patchlight
