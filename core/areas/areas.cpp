// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/areas.h"

#include "core/areas/detail/area_index.h"
#include "core/areas/detail/checks.h"
#include "core/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>

namespace patchlight {
namespace {

constexpr std::size_t pointsAtATime = 8192;

/// What is wrong with a ring, for the end of "has a ring "; nothing when it can be used.
const char* whyUnusable(const Ring& ring) {
    for (const ProjectedPoint p : ring)
        if (!(std::abs(p.east) <= detail::furthestCoordinate) || !(std::abs(p.north) <= detail::furthestCoordinate))
            return "with a coordinate that is not a number of metres within a million kilometres";
    if (ring.size() < 4) return "of fewer than three corners";
    if (ring.front() != ring.back()) return "that does not close";
    return nullptr;
}

/// What is wrong with an area, for the end of "The area ... "; empty when it can be used.
std::string whyUnusable(const MultiPolygon& polygon) {
    if (polygon.empty()) return "has no polygon";
    for (const Polygon& part : polygon.parts) {
        if (const char* why = whyUnusable(part.outer)) return fmt::format("has a ring {}", why);
        for (const Ring& hole : part.holes)
            if (const char* why = whyUnusable(hole)) return fmt::format("has a ring {}", why);
    }
    // Repair leaves a valid polygon as it is. A sliver of a millionth is not worth a refusal: nobody lives on it.
    const auto valid = madeValid(polygon);
    const double own = areaOf(polygon).value(), repaired = valid ? areaOf(*valid).value() : 0.0;
    if (!(std::abs(own - repaired) <= 1e-6 * std::max(own, repaired)))
        return "has rings that cross each other or themselves";
    return own > 0.0 ? "" : "encloses no ground";
}

Expected<void> checkedAreas(std::span<const NamedArea> areas, const TaskContext& task) {
    std::vector<std::string> problem(areas.size());
    forEachBlock(areas.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end && !task.cancelled(); ++i) problem[i] = whyUnusable(areas[i].polygon);
    });
    for (std::size_t i = 0; i < areas.size(); ++i)
        if (!problem[i].empty())
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The area \"{}\" (number {} of the layer) {}: repair the boundary layer first.",
                                    areas[i].name, i + 1, problem[i]),
                        "areas");
    return {};
}

} // namespace

Expected<AreaCounts> countInAreas(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                  std::span<const NamedArea> areas, const TaskContext& task) {
    if (const auto ok = detail::checkedPlaces(points, weights); !ok) return fail(ok.error());
    task.report("areas", 0.0);
    if (const auto ok = checkedAreas(areas, task); !ok) return fail(ok.error());
    if (task.cancelled()) return failCancelled();
    task.report("areas", 0.3);
    const detail::AreaIndex index(areas, task);
    if (task.cancelled()) return failCancelled();
    AreaCounts result;
    result.count.assign(areas.size(), 0.0);
    result.areaOf.resize(points.size());
    std::atomic<bool> cancelled{false};
    std::vector<std::uint8_t> several(points.size(), 0);
    forEachBlock(points.size(), pointsAtATime, [&](std::size_t begin, std::size_t end) {
        if (cancelled || task.cancelled()) {
            cancelled = true;
            return;
        }
        for (std::size_t i = begin; i < end; ++i)
            index.forEachContaining(points[i], [&](std::uint32_t area) {
                several[i] = result.areaOf[i].has_value();
                if (!several[i]) result.areaOf[i] = area;
            });
    });
    if (cancelled) return failCancelled();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double weight = detail::weightOf(weights, i);
        if (several[i]) result.inSeveral += weight;
        if (result.areaOf[i])
            result.count[*result.areaOf[i]] += weight;
        else
            result.inNone += weight;
    }
    task.report("areas", 1.0);
    return result;
}

} // namespace patchlight
