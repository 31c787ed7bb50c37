// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hotspots/hotspots.h"

#include "core/base/parallel.h"
#include "core/hotspots/detail/rings_of_cells.h"

#include <algorithm>

namespace patchlight {

std::vector<CellCluster> clustersAbove(const DensitySurface& surface, double threshold) {
    const std::size_t columns = surface.frame.columns, count = surface.frame.cells();
    std::vector<std::uint8_t> open(count); // hotspot cells not yet taken
    for (std::size_t cell = 0; cell < count; ++cell)
        open[cell] = surface.has(cell) && surface.values[cell] >= threshold;

    std::vector<CellCluster> clusters;
    std::vector<std::size_t> waiting;
    const auto take = [&](std::size_t cell) {
        open[cell] = 0;
        waiting.push_back(cell);
    };
    for (std::size_t first = 0; first < count; ++first) {
        if (!open[first]) continue;
        CellCluster& cluster = clusters.emplace_back();
        take(first);
        while (!waiting.empty()) {
            const std::size_t cell = waiting.back(), column = cell % columns;
            waiting.pop_back();
            cluster.cells.push_back(cell);
            if (column > 0 && open[cell - 1]) take(cell - 1);
            if (column + 1 < columns && open[cell + 1]) take(cell + 1);
            if (cell >= columns && open[cell - columns]) take(cell - columns);
            if (cell + columns < count && open[cell + columns]) take(cell + columns);
        }
        std::sort(cluster.cells.begin(), cluster.cells.end());
    }
    forEachBlock(clusters.size(), 16, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            clusters[i].outline = detail::outlineOfCells(surface.frame, clusters[i].cells);
    });
    return clusters;
}

std::vector<std::uint32_t> clusterOfCell(const DensitySurface& surface, std::span<const CellCluster> clusters) {
    std::vector<std::uint32_t> result(surface.frame.cells(), 0);
    for (std::size_t i = 0; i < clusters.size(); ++i)
        for (const std::size_t cell : clusters[i].cells) result[cell] = static_cast<std::uint32_t>(i + 1);
    return result;
}

} // namespace patchlight
