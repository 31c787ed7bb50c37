// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/detail/palette.h"
#include "gis/map/detail/shapes.h"

/// What lies under and round the hotspots. Land, water and pictures go below the density; coast, roads and boundaries
/// are drawn over it, so that the classes can be opaque and still leave the town to be recognised.
namespace patchlight::paint {

/// What a drawing is made with.
struct Drawing {
    QPainter& painter;
    const MapContent& content;
    const MapFrame& frame;
    const MapStyle& style;
    const Palette& palette;
    PageView view;
};

[[nodiscard]] bool hasRole(const LoadedLayer& layer, std::string_view role);
/// True when a visible picture lies under the density, which then lets it through.
[[nodiscard]] bool hasPicture(const MapContent& content);

/// Ground colour (water where there is a land layer), kilometre lines where there is no base, land, water, pictures,
/// roads by class.
[[nodiscard]] Expected<void> drawGround(const Drawing& drawing, const TaskContext& task);
/// Over the density: coast line, main roads faintly, boundaries dashed.
[[nodiscard]] Expected<void> drawLines(const Drawing& drawing, const TaskContext& task);

enum class RoadClass { path, rail, minor, secondary, primary, motorway };
[[nodiscard]] RoadClass roadClass(std::string_view kindField);
/// mm of paper: wider for main roads and closer views.
[[nodiscard]] double roadWidth(RoadClass road, double metresPerMillimetre);

} // namespace patchlight::paint
