// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/counting_areas.h"

#include "core/analysis/area_facts.h"
#include "core/areas/areas.h"
#include "core/areas/cells.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

/// Counts the rows in cells of a frame; lists those with an incident.
template <class Frame>
Expected<CountingAreas> inCells(const AnalysisInput& input, const Frame& frame, double cellArea,
                                std::span<const std::uint32_t> rows, std::span<const std::uint32_t> others,
                                const TaskContext& task) {
    const IncidentTable& table = *input.table;
    const Places places = distinctPlaces(table, rows);
    const auto counts = countInCells(places.point, places.weight, frame, input.area, task);
    if (!counts) return fail(counts.error());
    CountingAreas found;
    std::vector<std::uint32_t> areaOfCell(frame.cells(), 0);
    for (std::size_t cell = 0; cell < frame.cells(); ++cell) {
        if (!counts->listed[cell]) continue;
        if (counts->count[cell] == 0.0) {
            ++found.empty;
            continue;
        }
        CountingArea area;
        area.polygon.parts.push_back(outlineOf(frame, cell));
        area.ground = SquareMetres{cellArea};
        area.count = counts->count[cell];
        found.areas.push_back(std::move(area));
        areaOfCell[cell] = static_cast<std::uint32_t>(found.areas.size());
    }
    const auto areaAt = [&](ProjectedPoint point) {
        const auto cell = cellOf(frame, point);
        return cell ? areaOfCell[*cell] : 0u;
    };
    for (const std::uint32_t place : places.placeOf) found.areaOf.push_back(areaAt(places.point[place]));
    for (const std::uint32_t row : others)
        if (const std::uint32_t area = areaAt(table.position[row])) found.areas[area - 1].reference += 1.0;
    return found;
}

/// People of a layer in cells, each boundary's spread evenly over its ground.
Expected<void> addPeople(CountingAreas& found, const AnalysisInput& input, const std::string& name,
                         const TaskContext& task) {
    const auto layer = layerNamed(input, name, "population");
    if (!layer) return fail(layer.error());
    Result carrier; // the population of an area is found as that of a hotspot
    for (const CountingArea& area : found.areas) {
        HotspotArea& each = carrier.areas.emplace_back();
        each.outline = area.polygon;
    }
    if (auto added = addPopulation(carrier, **layer, task); !added) return added;
    for (std::size_t i = 0; i < found.areas.size(); ++i) found.areas[i].population = carrier.areas[i].population;
    return {};
}

Expected<CountingAreas> inBoundaries(const AnalysisInput& input, const BoundaryLayer& layer,
                                     std::span<const std::uint32_t> rows, std::span<const std::uint32_t> others,
                                     const TaskContext& task) {
    CountingAreas found;
    std::vector<NamedArea> named;
    for (const Boundary& boundary : layer.areas) {
        // Boundaries are the study area's where their middle lies in it.
        if (!input.area.everything() &&
            inside(input.area, std::vector<ProjectedPoint>{labelPoint(boundary.polygon)}).front() == 0)
            continue;
        named.push_back({boundary.name, boundary.polygon});
        CountingArea area;
        area.code = boundary.code, area.name = boundary.name;
        area.polygon = boundary.polygon;
        area.ground = areaOf(boundary.polygon);
        area.population = boundary.population;
        found.areas.push_back(std::move(area));
    }
    if (named.empty())
        return fail(ErrorCode::emptyInput,
                    "None of the boundaries of \"" + layer.name + "\" lies in the study area; choose another layer.",
                    "layer");
    const Places places = distinctPlaces(*input.table, rows), all = distinctPlaces(*input.table, others);
    const auto counts = countInAreas(places.point, places.weight, named, task);
    if (!counts) return fail(counts.error());
    const auto references = countInAreas(all.point, all.weight, named, task);
    if (!references) return fail(references.error());
    for (std::size_t i = 0; i < found.areas.size(); ++i) {
        found.areas[i].count = counts->count[i];
        found.areas[i].reference = references->count[i];
    }
    for (const std::uint32_t place : places.placeOf)
        found.areaOf.push_back(counts->areaOf[place] ? *counts->areaOf[place] + 1 : 0);
    if (counts->inNone > 0.0)
        found.notes.push_back(counted(static_cast<std::size_t>(counts->inNone), "incident lies", "incidents lie") +
                              " in none of the boundaries.");
    if (counts->inSeveral > 0.0)
        found.notes.push_back(counted(static_cast<std::size_t>(counts->inSeveral), "incident lies", "incidents lie") +
                              " on a shared border or in overlapping boundaries; counted in the first.");
    return found;
}

} // namespace

Expected<CountingAreas> countingAreas(const AnalysisInput& input, const AreaCountsParameters& parameters,
                                      std::span<const std::uint32_t> rows, std::span<const std::uint32_t> others,
                                      const Box& extent, const TaskContext& task) {
    if (parameters.shape == CountingShape::layer) {
        const auto layer = layerNamed(input, parameters.layer, "layer");
        if (!layer) return fail(layer.error());
        return inBoundaries(input, **layer, rows, others, task);
    }
    const Metres size = *parameters.size;
    if (!(size.value() > 0.0) || !std::isfinite(size.value()))
        return fail(ErrorCode::invalidParameter,
                    "Size must be more than 0 m, not " + shortestDecimal(size.value()) + ".", "size");
    const double cellArea = size.value() * size.value();
    Expected<CountingAreas> found;
    if (parameters.shape == CountingShape::squares) {
        const auto frame = alignedFrame(extent, size);
        if (!frame) return fail(frame.error());
        found = inCells(input, *frame, cellArea, rows, others, task);
    } else {
        const auto frame = hexagonFrame(extent, size);
        if (!frame) return fail(frame.error());
        found = inCells(input, *frame, cellArea, rows, others, task);
    }
    if (found && !parameters.population.empty())
        if (auto added = addPeople(*found, input, parameters.population, task); !added) return fail(added.error());
    return found;
}

} // namespace patchlight
