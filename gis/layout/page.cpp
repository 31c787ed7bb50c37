// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/blocks.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double margin = 10.6, blockGap = 5.0; // units

bool isSlide(const QSizeF& paper) {
    return paper.width() / paper.height() > 1.7;
}

/// The largest size at which the title stands on one line, then on two; beyond that it ends in an ellipsis.
Lettering titleLettering(const QString& title, double width, double unit, const HouseStyle& house) {
    Lettering lettering{5.8 * unit, true, house.ink, Align::left, 1.18, house.family};
    for (const int lines : {1, 2})
        for (const double size : {5.8, 5.4, 5.0, 4.6, 4.2}) {
            if (lines == 1 && size < 5.0) continue;
            lettering.size = size * unit;
            if (wrapped(title, lettering, width).size() <= lines) return lettering;
        }
    return lettering;
}

/// What stands beside or below the map, and how it shares the height there is.
struct SidePlan {
    TableShape table;
    qsizetype sentences = 0;
    double clock = 0.0, chart = 0.0; ///< heights of the drawings, 0 without
    double gap = blockGap;
};

struct SideBoxes {
    double tableWidth = 0.0, textWidth = 0.0, height = 0.0;
    bool oneColumn = true; ///< table above the rest; else beside it
};

double restHeight(const BoardMap& page, const SidePlan& plan, double width, double unit) {
    double height = summaryHeight(page, plan.sentences, width, unit);
    const auto add = [&](double block) { height += (height > 0.0 ? plan.gap * unit : 0.0) + block; };
    if (plan.clock > 0.0) add(clockSurroundings(page, width, unit) + plan.clock * unit);
    if (plan.chart > 0.0) add(chartSurroundings(page, width, unit) + plan.chart * unit);
    return height;
}

double heightOf(const BoardMap& page, const SidePlan& plan, const SideBoxes& boxes, double unit) {
    const double table = tableHeight(page, plan.table, boxes.tableWidth, unit);
    const double rest = restHeight(page, plan, boxes.textWidth, unit);
    if (!boxes.oneColumn) return std::max(table, rest);
    return table + rest + (table > 0.0 && rest > 0.0 ? plan.gap * unit : 0.0);
}

/// The roomiest plan that fits: first rows close up, then the charts shrink, then the summary shortens, then rows go.
SidePlan planFor(const BoardMap& page, const SideBoxes& boxes, double unit) {
    const std::size_t rows = page.has(PageBlock::table) ? std::min(page.tableRows.size(), mostTableRows) : 0;
    const bool chart = page.has(PageBlock::months) && !page.months.empty();
    const double bestClock =
        page.has(PageBlock::clock) && !page.clock.empty() ? clockHeight(boxes.textWidth / unit, chartLetters) : 0.0;
    const qsizetype said = page.has(PageBlock::summary) ? page.summary.size() : 0;
    struct Step {
        double rowHeight, chart, clock;
        qsizetype sentences;
    };
    SidePlan plan;
    const auto fits = [&] { return heightOf(page, plan, boxes, unit) <= boxes.height; };
    for (const Step step : {Step{6.4, 34, 1.0, 9},
                            {6.0, 30, 1.0, 9},
                            {5.6, 26, 0.95, 9},
                            {5.2, 22, 0.9, 9},
                            {4.9, 20, 0.85, 9},
                            {4.6, 18, 0.8, 3},
                            {4.5, 17, 0.75, 2}}) {
        plan = {{rows, step.rowHeight},
                boxes.oneColumn ? std::min(said, step.sentences) : said,
                bestClock * step.clock,
                chart ? step.chart : 0.0,
                blockGap};
        if (fits()) break;
    }
    while (!fits() && plan.table.rows > 5) --plan.table.rows;
    while (!fits() && plan.sentences > 1) --plan.sentences;
    if (!fits()) plan.chart = 0.0;
    if (!fits()) plan.clock = 0.0;
    while (!fits() && plan.table.rows > 0) --plan.table.rows;
    if (!fits()) plan.sentences = 0;

    // What is left over makes the bars taller, then the rows and gaps wider.
    const double most = rows == 0 ? 100.0 : rows == 1 ? 76.0 : 52.0;
    const auto left = [&] { return (boxes.height - heightOf(page, plan, boxes, unit)) / unit; };
    while (plan.table.rowHeight < 7.0 && plan.table.rows > 0 && plan.table.rows == page.tableRows.size() &&
           left() > 8.0)
        plan.table.rowHeight += 0.1;
    if (plan.chart > 0.0) {
        const double rest = (boxes.height - restHeight(page, plan, boxes.textWidth, unit)) / unit;
        plan.chart = std::min(most, plan.chart + std::max(0.0, boxes.oneColumn ? left() : rest));
    }
    if (boxes.oneColumn && left() > 0.0) plan.gap += std::min(left() / 2.5, 6.0);
    return plan;
}

void composeSide(Composition& composition, const BoardMap& page, const SidePlan& plan, const QRectF& table,
                 const QRectF& rest, bool oneColumn) {
    const double unit = composition.unit;
    double y = rest.top();
    const double tableBottom = composeTable(composition, page, plan.table, table);
    if (oneColumn && tableBottom > table.top()) y = tableBottom + plan.gap * unit;
    const double said = composeSummary(composition, page, plan.sentences, QRectF(rest.left(), y, rest.width(), 0));
    if (said > y) y = said - summaryGap * unit + plan.gap * unit;
    if (plan.clock > 0.0) {
        const double height = plan.clock * unit + clockSurroundings(page, rest.width(), unit);
        composeClock(composition, page, QRectF(rest.left(), y, rest.width(), height));
    }
    if (plan.chart <= 0.0) return;
    const double height = plan.chart * unit + chartSurroundings(page, rest.width(), unit);
    composeChart(composition, page, QRectF(rest.left(), rest.bottom() - height, rest.width(), height));
}

/// The map, or the maps, of the page.
void composeMaps(Composition& composition, const BoardMap& page, const QRectF& box, double pixelsPerMillimetre) {
    if (page.panels.empty()) return composeMap(composition, page, box, pixelsPerMillimetre);
    composePanels(composition, page, box, pixelsPerMillimetre);
}

QSizeF logoSize(const BoardMap& page, double unit) {
    constexpr double highest = 13.0, widest = 45.0; // units
    return QSizeF(page.house.logo.size()).scaled(QSizeF(widest, highest) * unit, Qt::KeepAspectRatio);
}

/// What the logo takes of the head's width, with the gap beside it; 0 without one.
double logoWidth(const BoardMap& page, double unit) {
    return page.house.logo.isNull() ? 0.0 : logoSize(page, unit).width() + 6.0 * unit;
}

/// The organisation's logo in the upper right corner.
void composeLogo(Composition& composition, const BoardMap& page, const QRectF& inner) {
    if (page.house.logo.isNull()) return;
    const QSizeF size = logoSize(page, composition.unit);
    const QRectF box(QPointF(inner.right() - size.width(), 6.0 * composition.unit), size);
    composition.elements.push_back({"Figure",
                                    "Logo of " + page.house.organisation,
                                    {},
                                    box,
                                    [logo = page.house.logo, box](QPainter& painter) -> Expected<void> {
                                        painter.drawImage(box, logo);
                                        return {};
                                    },
                                    {}});
}

/// Map and what belongs to it, in the space between title and foot.
void composeBody(Composition& composition, const BoardMap& page, const QRectF& body, double pixelsPerMillimetre) {
    const double unit = composition.unit, gap = 7.0 * unit;
    if (page.isText()) return composeText(composition, page, body);
    const bool listed = page.has(PageBlock::table) && !page.tableRows.empty();
    const double natural = listed ? naturalTableWidth(page, unit) : 0.0;
    if (!page.withMap) {
        const double tableWidth = !listed ? 0.0 : std::clamp(natural, body.width() * 0.4, body.width() * 0.62);
        const double before = tableWidth > 0.0 ? tableWidth + gap : 0.0;
        const SidePlan plan = planFor(page, {tableWidth, body.width() - before, body.height(), false}, unit);
        return composeSide(composition, page, plan, QRectF(body.topLeft(), QSizeF(tableWidth, body.height())),
                           body.adjusted(before, 0, 0, 0), false);
    }
    if (page.beside.empty()) return composeMaps(composition, page, body, pixelsPerMillimetre);
    if (body.width() > body.height()) {
        const double side = std::clamp(natural, 86.0 * unit, std::min(106.0 * unit, body.width() * 0.4));
        const QRectF map(body.left(), body.top(), body.width() - side - gap, body.height());
        // Capitals of the heading begin level with the map's frame.
        const double above = 0.9 * unit;
        const QRectF column(map.right() + gap, body.top() - above, side, body.height() + above);
        composeMaps(composition, page, map, pixelsPerMillimetre);
        const SidePlan plan = planFor(page, {side, side, column.height(), true}, unit);
        return composeSide(composition, page, plan, column, column, true);
    }
    const double tableWidth = !listed ? (body.width() - gap) / 2
                                      : std::clamp(natural, (body.width() - gap) * 0.5, (body.width() - gap) * 0.6);
    const double textWidth = body.width() - gap - tableWidth;
    SideBoxes boxes{tableWidth, textWidth, body.height() * 0.42, false};
    SidePlan plan = planFor(page, boxes, unit);
    SidePlan usual = plan;
    if (usual.chart > 0.0) usual.chart = 34.0;
    boxes.height = std::min(boxes.height, std::max(heightOf(page, usual, boxes, unit), 40.0 * unit));
    plan = planFor(page, boxes, unit);
    const QRectF map(body.left(), body.top(), body.width(), body.height() - boxes.height - 6.0 * unit);
    composeMaps(composition, page, map, pixelsPerMillimetre);
    const QRectF below(body.left(), map.bottom() + 6.0 * unit, body.width(), boxes.height);
    const QRectF left(below.topLeft(), QSizeF(tableWidth, below.height()));
    const QRectF right(below.left() + tableWidth + gap, below.top(), textWidth, below.height());
    if (listed) return composeSide(composition, page, plan, left, right, false);
    // Nothing to list: words on the left, months on the right.
    composeSummary(composition, page, plan.sentences, left);
    if (plan.chart > 0.0) composeChart(composition, page, right);
}

} // namespace

bool BoardMap::has(PageBlock block) const {
    return std::find(beside.begin(), beside.end(), block) != beside.end();
}

std::vector<PageElement> layOut(const BoardMap& page, double pixelsPerMillimetre) {
    Composition composition;
    const double width = page.paper.width(), height = page.paper.height();
    // A3 gets somewhat larger letters; a slide is read from afar.
    composition.unit = std::min(width, height) > 250.0 ? 1.25 : isSlide(page.paper) ? 1.1 : 1.0;
    composition.house = page.house;
    const double unit = composition.unit;
    const QRectF inner(margin * unit, 0, width - 2 * margin * unit, height);
    Lettering marking = composition.letters(3.2, true);
    marking.align = Align::centre;

    const double logo = logoWidth(page, unit);
    composition.text("P", page.marking, QRectF(inner.left() + logo, 4.0 * unit, inner.width() - 2 * logo, 0), marking,
                     1);
    composeLogo(composition, page, inner);
    double y = 11.0 * unit;
    const double titleWidth = inner.width() - logo;
    y = composition.text("H1", page.title, QRectF(inner.left(), y, titleWidth, 0),
                         titleLettering(page.title, titleWidth, unit, page.house), 2);
    y = composition.text("P", page.subtitle, QRectF(inner.left(), y + 0.6 * unit, titleWidth, 0),
                         composition.letters(3.05, false, quietColour), 2);

    const double markingTop = height - 4.0 * unit - marking.lineHeight();
    const Lettering footer = composition.letters(2.65, false, quietColour);
    const double footerTop = markingTop - 1.4 * unit - footer.lineHeight();
    // The foot is as high as its words need, up to three tenths of the page; then its letters shrink.
    const double mostFoot = height * (isSlide(page.paper) ? 0.17 : width > height ? 0.26 : 0.24);
    const double footBottom = footerTop - 2.4 * unit;
    const double footHeight = composeFoot(nullptr, page, QRectF(inner.left(), 0, inner.width(), mostFoot), unit);
    const double footTop = footBottom - footHeight;
    const double rule = footTop - 2.2 * unit;

    const double bodyTop = std::max(y + 2.6 * unit, page.house.logo.isNull() ? 0.0 : 21.6 * unit);
    composeBody(composition, page, QRectF(inner.left(), bodyTop, inner.width(), rule - 4.4 * unit - bodyTop),
                pixelsPerMillimetre);

    composition.line({inner.left(), rule}, {inner.right(), rule}, page.house.ink, 0.35 * unit);
    composeFoot(&composition, page, QRectF(inner.left(), footTop, inner.width(), footHeight + 0.01), unit);
    const QString number = "Page " + QString::number(page.number) + " of " + QString::number(page.of);
    Lettering right = footer;
    right.align = Align::right;
    const double numberWidth = textWidth(number, footer) + 4.0 * unit;
    composition.text("P", page.footer, QRectF(inner.left(), footerTop, inner.width() - numberWidth, 0), footer, 1);
    composition.text("P", number, QRectF(inner.right() - numberWidth, footerTop, numberWidth, 0), right, 1);
    composition.text("P", page.marking, QRectF(inner.left(), markingTop, inner.width(), 0), marking, 1);
    return std::move(composition.elements);
}

namespace {

Expected<void> drawElements(QPainter& painter, const std::vector<PageElement>& elements) {
    for (const PageElement& element : elements) {
        if (element.draw) {
            painter.save();
            auto drawn = element.draw(painter);
            painter.restore();
            if (!drawn) return drawn;
        }
        if (auto drawn = drawElements(painter, element.children); !drawn) return drawn;
    }
    return {};
}

} // namespace

Expected<void> drawPage(QPainter& painter, const BoardMap& page, double pixelsPerMillimetre) {
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing | QPainter::SmoothPixmapTransform |
                           QPainter::LosslessImageRendering);
    painter.fillRect(QRectF(QPointF(0, 0), page.paper), Qt::white);
    return drawElements(painter, layOut(page, pixelsPerMillimetre));
}

} // namespace patchlight::paint
