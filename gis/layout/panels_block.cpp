// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/map_furniture.h"

#include <algorithm>

namespace patchlight::paint {

namespace {

constexpr double titleSize = 3.1, noteSize = 2.5, headHeight = 8.6, gap = 5.0; // units

/// A grid of maps and where the legend is.
struct PanelGrid {
    std::size_t columns = 1, rows = 1;
    QSizeF cell;      ///< of the map alone
    QPointF legend;   ///< top left; unused where the legend lies in a corner of a map
    double scale = 0; ///< mm per metre
};

double scaleOf(const Box& ground, const QSizeF& cell) {
    if (cell.width() <= 5.0 || cell.height() <= 5.0) return 0.0;
    return std::min(cell.width() / ground.width(), cell.height() / ground.height());
}

QRectF cellAt(const PanelGrid& grid, const QRectF& box, std::size_t index, double unit) {
    const double x = double(index % grid.columns), y = double(index / grid.columns);
    return {QPointF(box.left() + x * (grid.cell.width() + gap * unit),
                    box.top() + y * (grid.cell.height() + (headHeight + gap) * unit) + headHeight * unit),
            grid.cell};
}

/// The grid with the largest maps. The legend has a cell that is free or a column of its own; beside two maps it has
/// no place: they are large enough for it to lie in a corner.
PanelGrid gridFor(std::size_t panels, const QRectF& box, const Box& ground, const QSizeF& legend, double unit) {
    PanelGrid best;
    const bool pair = panels == 2;
    for (std::size_t columns = 1; columns <= panels; ++columns)
        for (const bool column : {false, true}) {
            const double width = box.width() - (column ? legend.width() + gap * unit : 0.0);
            const std::size_t cells = panels + (column || pair ? 0 : 1), rows = (cells + columns - 1) / columns;
            PanelGrid grid{columns, rows, {}, {}, 0.0};
            grid.cell = {(width - gap * unit * double(columns - 1)) / double(columns),
                         (box.height() - gap * unit * double(rows - 1)) / double(rows) - headHeight * unit};
            if (pair && column) continue;
            if (!column && !pair && (grid.cell.width() < legend.width() || grid.cell.height() < legend.height()))
                continue;
            grid.scale = scaleOf(ground, grid.cell);
            grid.legend = column ? QPointF(box.right() - legend.width(), box.top() + headHeight * unit)
                                 : cellAt(grid, box, panels, unit).topLeft();
            if (grid.scale > best.scale) best = grid;
        }
    return best;
}

Box commonExtent(const BoardMap& page) {
    if (page.extent) return *page.extent;
    Box all;
    for (const MapPanel& panel : page.panels) all = united(all, defaultExtent(panel.map));
    return all.empty() ? Box{0.0, 0.0, 1000.0, 1000.0} : all;
}

} // namespace

void composePanels(Composition& composition, const BoardMap& page, const QRectF& box, double pixelsPerMillimetre) {
    const double unit = composition.unit, legendText = 2.4 * unit;
    const Box ground = commonExtent(page);
    const Legend legend = legendOf(page.panels.back().map);
    const QSizeF size = drawLegend(nullptr, legend, {}, legendText);
    const bool pair = page.panels.size() == 2;
    const PanelGrid grid = gridFor(page.panels.size(), box, ground, size, unit);
    for (std::size_t i = 0; i < page.panels.size(); ++i) {
        const MapPanel& panel = page.panels[i];
        const QRectF cell = cellAt(grid, box, i, unit);
        composition.text("H2", panel.title, QRectF(cell.left(), cell.top() - headHeight * unit, cell.width(), 0),
                         composition.letters(titleSize, true), 1);
        composition.text("P", panel.note, QRectF(cell.left(), cell.top() - 4.3 * unit, cell.width(), 0),
                         composition.letters(noteSize, false, quietColour), 1);
        const auto content = std::make_shared<const MapContent>(panel.map);
        const MapFrame frame = fitted(ground, cell);
        MapStyle style;
        style.textSize = (pair ? 2.4 : 2.0) * unit;
        style.pixelsPerMillimetre = pixelsPerMillimetre;
        style.lineScale = pair ? 0.8 : 0.5;
        style.northArrow = style.scaleBar = i == 0;
        style.areaNumbers = pair;
        QRectF corner;
        if (pair && i == 1 && !size.isEmpty()) {
            corner = cornerFor(size, frame, *content, unit, {}).box;
            style.keepClear.push_back(corner);
        }
        composition.elements.push_back(
            {"Figure",
             panel.alternativeText,
             {},
             cell,
             [content, frame, style, legend, corner, legendText](QPainter& painter) -> Expected<void> {
                 if (auto drawn = drawMap(painter, *content, frame, style); !drawn) return drawn;
                 if (!corner.isEmpty()) (void)drawLegend(&painter, legend, corner.topLeft(), legendText);
                 return {};
             },
             {}});
    }
    if (pair || size.isEmpty()) return;
    composition.elements.push_back({"Figure",
                                    describeLegend(legend),
                                    {},
                                    QRectF(grid.legend, size),
                                    [legend, at = grid.legend, legendText](QPainter& painter) -> Expected<void> {
                                        (void)drawLegend(&painter, legend, at, legendText);
                                        return {};
                                    },
                                    {}});
}

QString describeLegend(const Legend& legend) {
    QStringList entries;
    for (const LegendEntry& entry : legend.entries) entries.push_back(entry.text);
    return "Legend of all maps: " + legend.title + (legend.title.isEmpty() ? QString() : QString(": ")) +
           entries.join("; ") + '.';
}

} // namespace patchlight::paint
