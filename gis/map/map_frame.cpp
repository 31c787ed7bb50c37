// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/map.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double smallestView = 10.0;   // m: a frame round one place still has a scale
constexpr double smallestExtent = 1000; // m: nobody wants to start inside one building
constexpr double margin = 0.04;         // of the longer side, left free round what is shown

Box grown(const Box& box) {
    if (box.empty()) return box;
    const double longer = std::max(box.width(), box.height());
    return grownBy(box, Metres{std::max(longer * margin, (smallestExtent - longer) / 2)});
}

/// Where the surface has its mass: all but half a per cent on each side of each axis, then grown by a tenth of its own
/// size and cut to the cells above zero. A few rows far off must not push the town into a corner.
Box massBox(const DensitySurface& surface) {
    const auto& frame = surface.frame;
    std::vector<double> byRow(frame.rows), byColumn(frame.columns);
    for (std::size_t r = 0; r < frame.rows; ++r)
        for (std::size_t c = 0; c < frame.columns; ++c) {
            const std::size_t cell = r * frame.columns + c;
            if (!surface.has(cell)) continue;
            byRow[r] += std::abs(surface.values[cell]);
            byColumn[c] += std::abs(surface.values[cell]);
        }
    const auto range = [](const std::vector<double>& mass) -> std::pair<double, double> {
        double total = 0.0;
        for (const double m : mass) total += m;
        if (!(total > 0.0)) return {0.0, static_cast<double>(mass.size())};
        std::size_t first = 0, last = mass.size();
        while (first < last && mass[first] <= 0.0) ++first;
        while (last > first && mass[last - 1] <= 0.0) --last;
        std::size_t from = first, to = last;
        for (double below = mass[from]; below < 0.005 * total && from + 1 < to; below += mass[++from]) {
        }
        for (double above = mass[to - 1]; above < 0.005 * total && to - 1 > from; above += mass[--to - 1]) {
        }
        const std::size_t size = (to - from + 9) / 10;
        return {static_cast<double>(from > first + size ? from - size : first),
                static_cast<double>(std::min(last, to + size))};
    };
    const auto [south, north] = range(byRow);
    const auto [west, east] = range(byColumn);
    const double cell = frame.cellSize.value();
    return {frame.west + west * cell, frame.south + south * cell, frame.west + east * cell, frame.south + north * cell};
}

} // namespace

QPointF MapFrame::toPage(ProjectedPoint point) const {
    return {page.left() + (point.east - ground.west) / ground.width() * page.width(),
            page.top() + (ground.north - point.north) / ground.height() * page.height()};
}

ProjectedPoint MapFrame::toGround(QPointF at) const {
    return {ground.west + (at.x() - page.left()) / page.width() * ground.width(),
            ground.north - (at.y() - page.top()) / page.height() * ground.height()};
}

double MapFrame::metresPerMillimetre() const {
    return ground.width() / page.width();
}

MapFrame fitted(const Box& ground, const QRectF& page) {
    const Box wanted = ground.empty() ? Box{0.0, 0.0, smallestExtent, smallestExtent} : ground;
    double width = std::max(wanted.width(), smallestView), height = std::max(wanted.height(), smallestView);
    if (page.width() > 0.0 && page.height() > 0.0) {
        const double shape = page.width() / page.height();
        width = std::max(width, height * shape);
        height = std::max(height, width / shape);
    }
    const ProjectedPoint centre = wanted.centre();
    return {{centre.east - width / 2, centre.north - height / 2, centre.east + width / 2, centre.north + height / 2},
            page};
}

Box defaultExtent(const MapContent& content) {
    if (content.studyArea && !content.studyArea->empty()) return grown(boxOf(*content.studyArea));
    Box shown;
    if (content.result) {
        for (const HotspotArea& area : content.result->areas) shown = united(shown, boxOf(area.outline));
        if (content.result->surface && content.result->surface->frame.cells() > 0)
            shown = united(shown, massBox(*content.result->surface));
        for (const Region& region : content.result->regions)
            if (region.incidents > 0) shown = united(shown, boxOf(region.polygon));
    }
    if (shown.empty() && content.incidents && content.incidents->size() > 0) shown = content.incidents->typical();
    if (shown.empty())
        for (const LoadedLayer& layer : content.layers)
            if (layer.info.visible) shown = united(shown, layer.box);
    return grown(shown);
}

} // namespace patchlight::paint
