// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/office/detail/page_parts.h"

#include "gis/layout/detail/blocks.h"
#include "gis/layout/detail/raster.h"
#include "gis/layout/detail/svg_device.h"
#include "gis/layout/detail/wording.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint::office {

namespace {

constexpr double dotsPerMillimetre = 300.0 / 25.4;
constexpr double edge = 0.2; ///< room for lines that lie half outside, mm

using Draw = std::function<Expected<void>(QPainter&)>;

Expected<Picture> pictureOf(QSizeF size, const QString& title, const QString& description, const Draw& draw) {
    SvgDevice device(size);
    {
        QPainter painter(&device);
        painter.scale(SvgDevice::unitsPerMillimetre, SvgDevice::unitsPerMillimetre);
        if (auto drawn = draw(painter); !drawn) return fail(drawn.error());
    }
    const auto image = rasterOf(size, dotsPerMillimetre, draw);
    if (!image) return fail(image.error());
    auto png = pngOf(*image);
    if (!png) return fail(png.error());
    return Picture{device.document(title, description, {}), *png, size, description};
}

/// Widths that the words of header and cells need; the second column takes what is left.
std::vector<double> columnWidths(const PageTable& table) {
    std::vector<double> widths;
    for (qsizetype column = 0; column < table.header.size(); ++column) {
        double width = textWidth(table.header[column], Lettering{1.0, true});
        for (const QStringList& row : table.rows) width = std::max(width, textWidth(row.value(column), Lettering{1.0}));
        widths.push_back(width + 1.1); // with the cells' margins
    }
    return widths;
}

} // namespace

PageParts partsOf(const BoardMap& page, std::size_t mostRows) {
    PageParts parts{page.title, page.subtitle, page.marking, page.footer, {}, {}, {}, {}, {}, {}};
    if (page.has(PageBlock::table) && !page.tableRows.empty()) {
        parts.table.title = page.tableTitle;
        parts.table.header = page.tableHeader;
        const std::size_t rows = std::min(page.tableRows.size(), mostRows);
        parts.table.rows.assign(page.tableRows.begin(), page.tableRows.begin() + std::ptrdiff_t(rows));
        if (rows < page.tableRows.size()) parts.table.notes.push_back(moreRows(page.tableRows.size() - rows));
        if (!page.tableNote.isEmpty()) parts.table.notes.push_back(page.tableNote);
        parts.table.widths = columnWidths(parts.table);
    }
    if (page.has(PageBlock::summary)) parts.summary = {"What this shows", page.summary};
    parts.months = {"By month", {}};
    if (!page.monthsNote.isEmpty()) parts.months.paragraphs.push_back("Hatched: " + page.monthsNote);
    parts.clock = {"When", {}};
    if (!page.clockNote.isEmpty()) parts.clock.paragraphs.push_back(page.clockNote);
    if (!page.contents.empty()) {
        TextBlock contents{"In this pack", {}};
        for (const ContentsLine& line : page.contents)
            contents.paragraphs.push_back(QString::number(line.page) + QStringLiteral("  ") + line.title);
        parts.text.push_back(std::move(contents));
    }
    for (const TextSection& section : page.sections)
        if (!section.lines.isEmpty()) parts.text.push_back({section.heading, section.lines});
    for (const TextBlock& block :
         {TextBlock{"How this was made", page.method}, {"Read with care", page.cautions}, {"Sources", page.sources}})
        if (!block.paragraphs.isEmpty()) parts.about.push_back(block);
    return parts;
}

std::vector<BoardMap> withAboutOnce(std::span<const BoardMap> pages) {
    std::vector<BoardMap> made(pages.begin(), pages.end());
    const auto isAbout = [](const BoardMap& page) { return page.contents.empty() && !page.sections.empty(); };
    const bool said = std::any_of(pages.begin(), pages.end(), isAbout);
    for (std::size_t i = 0; i < made.size(); ++i) {
        const bool later = std::any_of(pages.begin() + std::ptrdiff_t(i) + 1, pages.end(), [&](const BoardMap& page) {
            return page.method == pages[i].method && page.cautions == pages[i].cautions &&
                   page.sources == pages[i].sources;
        });
        if (!said && !later) continue;
        made[i].method.clear();
        made[i].cautions.clear();
        made[i].sources.clear();
    }
    return made;
}

Expected<Picture> mapPicture(const BoardMap& page, QSizeF millimetres, double unit) {
    Composition composition;
    composition.unit = unit;
    composition.house = page.house;
    const QRectF box = QRectF(QPointF(), millimetres).adjusted(edge, edge, -edge, -edge);
    QString description = page.alternativeText;
    if (page.panels.empty()) {
        composeMap(composition, page, box, dotsPerMillimetre);
    } else {
        composePanels(composition, page, box, dotsPerMillimetre);
        QStringList words;
        for (const PageElement& element : composition.elements)
            if (!element.alt.isEmpty()) words.push_back(element.alt);
        description = words.join(' ');
    }
    return pictureOf(millimetres, "Map", description, [&](QPainter& painter) -> Expected<void> {
        for (const PageElement& element : composition.elements)
            if (auto drawn = element.draw(painter); !drawn) return drawn;
        return {};
    });
}

bool hasMonths(const BoardMap& page) {
    return page.has(PageBlock::months) && !page.months.empty();
}

bool hasClock(const BoardMap& page) {
    return page.has(PageBlock::clock) && !page.clock.empty();
}

Expected<Picture> clockPicture(const BoardMap& page, QSizeF millimetres, double unit) {
    if (!hasClock(page)) return Picture{};
    return pictureOf(millimetres, "When", describeClock(page.clock), [&](QPainter& painter) -> Expected<void> {
        drawWeekClock(painter, page.clock, QRectF(QPointF(), millimetres).adjusted(0, 0, -edge, 0),
                      chartLetters * unit);
        return {};
    });
}

Expected<Picture> monthsPicture(const BoardMap& page, QSizeF millimetres, double unit) {
    if (!hasMonths(page)) return Picture{};
    return pictureOf(millimetres, "By month", describeMonths(page.months), [&](QPainter& painter) -> Expected<void> {
        drawMonthBars(painter, page.months, QRectF(QPointF(), millimetres).adjusted(0, 0, -edge, 0),
                      chartLetters * unit, page.house.accent);
        return {};
    });
}

} // namespace patchlight::paint::office
