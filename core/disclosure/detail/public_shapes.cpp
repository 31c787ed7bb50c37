// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/detail/public_shapes.h"

#include <cmath>

namespace patchlight::detail {

namespace {

constexpr double square = 100.0;      // m
constexpr std::size_t stepsOfOne = 5; // of a square's side, at which it is asked whether a group touches it
constexpr double inside = 0.5;        // between a cell of a mask, 1, and one that is not, 0

DensitySurface emptyMask(const MultiPolygon& outline, double cell) {
    DensitySurface mask;
    const auto frame = alignedFrame(grownBy(boxOf(outline), Metres{cell}), Metres{cell});
    if (!frame) return mask;
    mask.frame = *frame;
    mask.values.assign(frame->cells(), 0.0);
    return mask;
}

/// 1 in the cells whose centre lies inside.
DensitySurface maskOf(const MultiPolygon& outline, double cell) {
    DensitySurface mask = emptyMask(outline, cell);
    if (mask.values.empty()) return mask;
    const std::vector<std::uint8_t> in = cellsInside(mask.frame, outline);
    for (std::size_t i = 0; i < in.size(); ++i) mask.values[i] = in[i];
    return mask;
}

/// 1 in the squares that the outline touches.
DensitySurface squaresOf(const MultiPolygon& outline) {
    DensitySurface mask = emptyMask(outline, square);
    const auto mark = [&](ProjectedPoint point) {
        if (const auto cell = mask.frame.cellAt(point)) mask.values[*cell] = 1.0;
    };
    for (const Polygon& part : outline.parts)
        for (const ProjectedPoint point : part.outer) mark(point);
    const auto fine = alignedFrame(boxOf(outline), Metres{square / stepsOfOne});
    if (!fine) return mask;
    const std::vector<std::uint8_t> in = cellsInside(*fine, outline);
    for (std::size_t i = 0; i < in.size(); ++i)
        if (in[i] != 0) mark(fine->centre(i / fine->columns, i % fine->columns));
    return mask;
}

MultiPolygon edgesOf(const DensitySurface& mask) {
    MultiPolygon edges;
    for (CellCluster& cluster : clustersAbove(mask, inside))
        for (Polygon& part : cluster.outline.parts) edges.parts.push_back(std::move(part));
    return edges;
}

void drawInSquares(HotspotArea& area, double studyAreaKm2) {
    const DensitySurface mask = squaresOf(area.outline);
    area.outline = edgesOf(mask);
    area.drawnOutline = contourAbove(mask, inside);
    area.areaKm2 = squareKilometres(areaOf(area.outline));
    area.areaShare = studyAreaKm2 > 0.0 ? area.areaKm2 / studyAreaKm2 : 0.0;
    if (!hasFigure(area.shown)) return;
    area.densityPerKm2 = area.areaKm2 > 0.0 ? static_cast<double>(area.incidents) / area.areaKm2 : 0.0;
    area.pai = area.areaShare > 0.0 ? area.share / area.areaShare : 0.0;
}

} // namespace

bool drawFromCells(Result& result) {
    if (result.surface) {
        for (HotspotArea& area : result.areas)
            area.drawnOutline = contourAbove(maskOf(area.outline, result.surface->frame.cellSize.value()), inside);
        for (NamedOutline& outline : result.outlines)
            outline.polygon = contourAbove(maskOf(outline.polygon, result.surface->frame.cellSize.value()), inside);
        return false;
    }
    if (!result.regions.empty() || result.analysis == "centre") return false;
    for (HotspotArea& area : result.areas) drawInSquares(area, result.studyAreaKm2);
    for (NamedOutline& outline : result.outlines) outline.polygon = edgesOf(squaresOf(outline.polygon));
    return !result.areas.empty();
}

void reduceToClasses(Result& result) {
    const auto& classes = result.classes;
    std::size_t cold = 0;
    while (cold < classes.size() && classes[cold].below) ++cold;
    const double middle = cold > 0 && cold < classes.size() ? (classes[cold - 1].from + classes[cold].from) / 2 : 0.0;
    for (double& value : result.surface->values) {
        double reduced = middle;
        for (std::size_t i = cold; i < classes.size(); ++i)
            if (value >= classes[i].from) reduced = classes[i].from;
        for (std::size_t i = cold; i-- > 0;)
            if (value <= classes[i].from) reduced = classes[i].from;
        value = reduced;
    }
}

} // namespace patchlight::detail
