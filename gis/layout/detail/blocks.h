// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/detail/lettering.h"
#include "gis/layout/layout.h"

/// The blocks a page is put together from. Each appends its elements in reading order and says where it ends.
namespace patchlight::paint {

/// Elements so far, and the size of things: 1 on A4, more on larger paper.
struct Composition {
    std::vector<PageElement> elements;
    double unit = 1.0;
    HouseStyle house;
    [[nodiscard]] Lettering letters(double size, bool bold = false, QColor colour = {}) const {
        return {size * unit, bold, colour.isValid() ? colour : house.ink, Align::left, 1.32, house.family};
    }
    /// Lines from the box's top in its width, at most `mostLines`; returns the bottom. An empty text adds nothing.
    double text(const QString& tag, const QString& text, const QRectF& box, const Lettering& lettering,
                int mostLines = 100);
    void line(QPointF from, QPointF to, QColor colour, double width); ///< page furniture: an Artifact
};

[[nodiscard]] double textHeight(const QString& text, const Lettering& lettering, double width);

inline constexpr double summaryGap = 1.1;   ///< below a sentence, units
inline constexpr double chartLetters = 2.5; ///< em of the charts' labels, units

/// No page lists more; the rest is in the table file.
inline constexpr std::size_t mostTableRows = 20;
[[nodiscard]] QString moreRows(std::size_t left); ///< "and 7 more, see the table file"

/// Hotspot table: heading, header, at most `rows` rows, "and 7 more", note.
struct TableShape {
    std::size_t rows = 0;
    double rowHeight = 6.4; ///< units
};
[[nodiscard]] double naturalTableWidth(const BoardMap& page, double unit);
[[nodiscard]] double tableHeight(const BoardMap& page, const TableShape& shape, double width, double unit);
double composeTable(Composition& composition, const BoardMap& page, const TableShape& shape, const QRectF& box);

[[nodiscard]] double summaryHeight(const BoardMap& page, qsizetype sentences, double width, double unit);
double composeSummary(Composition& composition, const BoardMap& page, qsizetype sentences, const QRectF& box);

/// "When": heading, the hours of the week, what the shades stand for; fills the box.
[[nodiscard]] double clockSurroundings(const BoardMap& page, double width, double unit); ///< height without the cells
void composeClock(Composition& composition, const BoardMap& page, const QRectF& box);

/// "By month": heading, chart, note on months without data; fills the box.
[[nodiscard]] double chartSurroundings(const BoardMap& page, double width, double unit); ///< height without the bars
void composeChart(Composition& composition, const BoardMap& page, const QRectF& box);

/// How this was made, read with care, sources: three columns. Returns the height with a null composition.
double composeFoot(Composition* composition, const BoardMap& page, const QRectF& box, double unit);

/// Several maps of one extent with one legend: a grid of them, the legend where a cell is free, else below.
void composePanels(Composition& composition, const BoardMap& page, const QRectF& box, double pixelsPerMillimetre);

/// A page without a map: contents, then sections in two columns; letters shrink until it fits, then lines are cut.
void composeText(Composition& composition, const BoardMap& page, const QRectF& box);

/// The map with its legend in the corner that covers least of the hotspots.
void composeMap(Composition& composition, const BoardMap& page, const QRectF& box, double pixelsPerMillimetre);

} // namespace patchlight::paint
