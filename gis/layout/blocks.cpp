// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/blocks.h"

#include "gis/layout/detail/wording.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double headingSize = 3.7, headingHeight = 6.2; // units
constexpr double cellSize = 2.9, headerHeight = 5.4, columnGap = 3.2;
constexpr double noteSize = 2.65, noteGap = 1.6;
constexpr double summarySize = 2.95;
constexpr double longestName = 52.0;

double cellLetters(double rowHeight) {
    return rowHeight < 4.9 ? 2.65 : cellSize;
}

/// For measuring: the page's font at a size in mm.
Lettering lettersOf(const BoardMap& page, double size, bool bold = false) {
    return {size, bold, quietColour, Align::left, 1.32, page.house.family};
}

/// The column of names takes the rest of the width: "Around", else the first; those before it are left-aligned too.
std::size_t nameColumn(const BoardMap& page) {
    return std::size_t(std::max<qsizetype>(page.tableHeader.indexOf(QStringLiteral("Around")), 0));
}

/// What each column's texts need.
std::vector<double> columnWidths(const BoardMap& page, std::size_t rows, double unit) {
    const Lettering header = lettersOf(page, 2.65 * unit, true), cell = lettersOf(page, cellSize * unit);
    std::vector<double> widths;
    for (qsizetype column = 0; column < page.tableHeader.size(); ++column) {
        double width = textWidth(page.tableHeader[column], header);
        for (std::size_t row = 0; row < std::min(rows, page.tableRows.size()); ++row)
            if (column < page.tableRows[row].size())
                width = std::max(width, textWidth(page.tableRows[row][column], cell));
        widths.push_back(width);
    }
    return widths;
}

double foot(const QString& heading, const QStringList& lines, Composition* composition, const QRectF& box, double size,
            double unit, const HouseStyle& house) {
    Composition measured;
    measured.unit = unit;
    measured.house = house;
    Composition& target = composition ? *composition : measured;
    double y =
        target.text("H2", heading, box, Lettering{size * 1.06 * unit, true, house.ink, Align::left, 1.5, house.family});
    for (const QString& line : lines) {
        y = target.text("P", line, QRectF(box.left(), y, box.width(), 0),
                        Lettering{size * unit, false, quietColour, Align::left, 1.3, house.family});
        y += 0.5 * unit;
    }
    return y;
}

} // namespace

QString moreRows(std::size_t left) {
    return "and " + grouped(left) + " more, see the table file";
}

double textHeight(const QString& text, const Lettering& lettering, double width) {
    return double(wrapped(text, lettering, width).size()) * lettering.lineHeight();
}

double Composition::text(const QString& tag, const QString& text, const QRectF& box, const Lettering& lettering,
                         int mostLines) {
    if (text.isEmpty()) return box.top();
    const QStringList lines = wrapped(text, lettering, box.width(), mostLines);
    const QRectF place(box.left(), box.top(), box.width(), double(lines.size()) * lettering.lineHeight());
    elements.push_back({tag,
                        {},
                        text,
                        place,
                        [lines, place, lettering](QPainter& painter) -> Expected<void> {
                            drawLines(painter, lines, place, lettering);
                            return {};
                        },
                        {}});
    return place.bottom();
}

void Composition::line(QPointF from, QPointF to, QColor colour, double width) {
    elements.push_back({"Artifact",
                        {},
                        {},
                        QRectF(from, to),
                        [from, to, colour, width](QPainter& painter) -> Expected<void> {
                            painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::FlatCap));
                            painter.drawLine(from, to);
                            return {};
                        },
                        {}});
}

double naturalTableWidth(const BoardMap& page, double unit) {
    auto widths = columnWidths(page, mostTableRows, unit);
    if (widths.size() < 2) return 0.0;
    const std::size_t names = nameColumn(page);
    widths[names] = std::min(widths[names], longestName * unit);
    double width = columnGap * unit * double(widths.size() - 1);
    for (const double column : widths) width += column;
    return width;
}

double tableHeight(const BoardMap& page, const TableShape& shape, double width, double unit) {
    if (page.tableRows.empty()) return 0.0;
    const Lettering note = lettersOf(page, noteSize * unit);
    double height = (headingHeight + headerHeight + double(shape.rows) * shape.rowHeight) * unit;
    if (shape.rows < page.tableRows.size()) height += noteGap * unit + note.lineHeight();
    if (!page.tableNote.isEmpty()) height += noteGap * unit + textHeight(page.tableNote, note, width);
    return height;
}

double composeTable(Composition& composition, const BoardMap& page, const TableShape& shape, const QRectF& box) {
    if (page.tableRows.empty()) return box.top();
    const double unit = composition.unit;
    const Lettering quiet = composition.letters(noteSize, false, quietColour);
    composition.text("H2", page.tableTitle, box, composition.letters(headingSize, true), 1);

    auto widths = columnWidths(page, shape.rows, unit);
    double others = columnGap * unit * double(widths.size() - 1);
    const std::size_t names = nameColumn(page);
    for (std::size_t i = 0; i < widths.size(); ++i) others += i == names ? 0.0 : widths[i];
    widths[names] = std::max(box.width() - others, 12.0 * unit);

    double y = box.top() + headingHeight * unit;
    const double headerBottom = y + headerHeight * unit;
    composition.line({box.left(), headerBottom - 0.6 * unit}, {box.right(), headerBottom - 0.6 * unit},
                     composition.house.ink, 0.35 * unit);
    for (std::size_t row = 1; row <= shape.rows; ++row) {
        const double rule = headerBottom + double(row) * shape.rowHeight * unit;
        composition.line({box.left(), rule}, {box.right(), rule}, hairColour, 0.2 * unit);
    }
    const auto rowOf = [&](const QStringList& cells, const QString& tag, double top, double height,
                           Lettering lettering) {
        PageElement row{"TR", {}, {}, QRectF(box.left(), top, box.width(), height), {}, {}};
        double x = box.left();
        for (std::size_t column = 0; column < widths.size(); ++column) {
            lettering.align = column <= names ? Align::left : Align::right;
            const QString whole = cells.value(qsizetype(column));
            const QString shown = elided(whole, lettering, widths[column] + 0.01);
            const QRectF cell(x, top + (height - lettering.lineHeight()) / 2, widths[column], lettering.lineHeight());
            row.children.push_back({tag,
                                    {},
                                    whole,
                                    cell,
                                    [shown, cell, lettering](QPainter& painter) -> Expected<void> {
                                        drawLines(painter, {shown}, cell, lettering);
                                        return {};
                                    },
                                    {}});
            x += widths[column] + columnGap * unit;
        }
        return row;
    };
    PageElement table{"Table", {}, {}, {}, {}, {}};
    table.children.push_back(
        rowOf(page.tableHeader, "TH", y, (headerHeight - 0.8) * unit, composition.letters(2.65, true, quietColour)));
    y = headerBottom;
    for (std::size_t row = 0; row < shape.rows; ++row) {
        table.children.push_back(rowOf(page.tableRows[row], "TD", y, shape.rowHeight * unit,
                                       composition.letters(cellLetters(shape.rowHeight))));
        y += shape.rowHeight * unit;
    }
    table.box = QRectF(box.left(), box.top() + headingHeight * unit, box.width(), y - box.top() - headingHeight * unit);
    composition.elements.push_back(std::move(table));

    if (shape.rows < page.tableRows.size())
        y = composition.text("P", moreRows(page.tableRows.size() - shape.rows),
                             QRectF(box.left(), y + noteGap * unit, box.width(), 0), quiet, 1);
    if (!page.tableNote.isEmpty())
        y = composition.text("P", page.tableNote, QRectF(box.left(), y + noteGap * unit, box.width(), 0), quiet);
    return y;
}

double summaryHeight(const BoardMap& page, qsizetype sentences, double width, double unit) {
    if (page.summary.isEmpty() || sentences == 0) return 0.0;
    double height = headingHeight * unit;
    for (const QString& line : page.summary.mid(0, sentences))
        height += textHeight(line, lettersOf(page, summarySize * unit), width) + summaryGap * unit;
    return height;
}

double composeSummary(Composition& composition, const BoardMap& page, qsizetype sentences, const QRectF& box) {
    if (page.summary.isEmpty() || sentences == 0) return box.top();
    const double unit = composition.unit;
    composition.text("H2", "What this shows", box, composition.letters(headingSize, true), 1);
    double y = box.top() + headingHeight * unit;
    for (const QString& line : page.summary.mid(0, sentences))
        y = composition.text("P", line, QRectF(box.left(), y, box.width(), 0), composition.letters(summarySize)) +
            summaryGap * unit;
    return y;
}

double clockSurroundings(const BoardMap& page, double width, double unit) {
    double height = headingHeight * unit;
    if (!page.clockNote.isEmpty())
        height += 0.8 * unit + textHeight(page.clockNote, lettersOf(page, noteSize * unit), width);
    return height;
}

void composeClock(Composition& composition, const BoardMap& page, const QRectF& box) {
    if (page.clock.empty()) return;
    const double unit = composition.unit;
    composition.text("H2", "When", box, composition.letters(headingSize, true), 1);
    const double surroundings = clockSurroundings(page, box.width(), unit);
    const QRectF chart(box.left(), box.top() + headingHeight * unit, box.width(), box.height() - surroundings);
    composition.elements.push_back({"Figure",
                                    describeClock(page.clock),
                                    {},
                                    chart,
                                    [clock = page.clock, chart, unit](QPainter& painter) -> Expected<void> {
                                        drawWeekClock(painter, clock, chart, chartLetters * unit);
                                        return {};
                                    },
                                    {}});
    if (!page.clockNote.isEmpty())
        composition.text("P", page.clockNote, QRectF(box.left(), chart.bottom() + 0.8 * unit, box.width(), 0),
                         composition.letters(noteSize, false, quietColour));
}

double chartSurroundings(const BoardMap& page, double width, double unit) {
    double height = headingHeight * unit;
    if (!page.monthsNote.isEmpty())
        height += 0.8 * unit + textHeight("Hatched: " + page.monthsNote, lettersOf(page, noteSize * unit), width);
    return height;
}

void composeChart(Composition& composition, const BoardMap& page, const QRectF& box) {
    if (page.months.empty()) return;
    const double unit = composition.unit;
    composition.text("H2", "By month", box, composition.letters(headingSize, true), 1);
    const double surroundings = chartSurroundings(page, box.width(), unit);
    const QRectF chart(box.left(), box.top() + headingHeight * unit, box.width(), box.height() - surroundings);
    composition.elements.push_back(
        {"Figure",
         describeMonths(page.months),
         {},
         chart,
         [months = page.months, chart, unit, accent = page.house.accent](QPainter& painter) -> Expected<void> {
             drawMonthBars(painter, months, chart, chartLetters * unit, accent);
             return {};
         },
         {}});
    if (!page.monthsNote.isEmpty())
        composition.text("P", "Hatched: " + page.monthsNote,
                         QRectF(box.left(), chart.bottom() + 0.8 * unit, box.width(), 0),
                         composition.letters(noteSize, false, quietColour));
}

double composeFoot(Composition* composition, const BoardMap& page, const QRectF& box, double unit) {
    struct Part {
        QString heading;
        const QStringList& lines;
    };
    std::vector<Part> parts;
    for (const Part& part :
         {Part{"How this was made", page.method}, Part{"Read with care", page.cautions}, Part{"Sources", page.sources}})
        if (!part.lines.isEmpty()) parts.push_back(part);
    if (parts.empty()) return box.top();
    const double gap = 7.0 * unit;
    // The fuller a part, the wider its column, so that the three end at about the same line.
    std::vector<double> weights;
    double total = 0.0;
    for (const Part& part : parts) {
        weights.push_back(std::pow(double(part.lines.join(' ').size()) + 40.0, 0.7));
        total += weights.back();
    }
    const double width = box.width() - gap * double(parts.size() - 1);
    const auto compose = [&](Composition* target, double size) {
        double x = box.left(), bottom = box.top();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const double column = width * weights[i] / total;
            bottom = std::max(bottom, foot(parts[i].heading, parts[i].lines, target, QRectF(x, box.top(), column, 0),
                                           size, unit, page.house));
            x += column + gap;
        }
        return bottom;
    };
    int tenths = 25; // of a unit
    while (tenths > 19 && compose(nullptr, tenths / 10.0) > box.bottom()) --tenths;
    return compose(composition, tenths / 10.0);
}

} // namespace patchlight::paint
