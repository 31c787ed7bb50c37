// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/blocks.h"
#include "gis/layout/detail/recipe_text.h"
#include "gis/layout/office/detail/page_parts.h"
#include "gis/layout/office/detail/pptx_frame.h"
#include "gis/layout/office/office.h"

#include <algorithm>
#include <numeric>

namespace patchlight::paint {

namespace {

using namespace office;

constexpr double margin = 12.0, gap = 8.0, bodyTop = 37.0, bodyBottom = 172.0; // mm
constexpr double bodyWidth = slideWidth - 2 * margin;

/// Letters of a paragraph: size in points.
struct Style {
    double points = 11.0;
    bool bold = false;
    QColor colour = inkColour;
    double after = 3.0; ///< points
    const char* align = "l";
};

QString paragraph(const QString& text, const Style& style) {
    const QString size = QString::number(qRound(style.points * 100));
    return QString("<a:p><a:pPr algn=\"%1\"><a:spcAft><a:spcPts val=\"%2\"/></a:spcAft></a:pPr><a:r><a:rPr "
                   "lang=\"en-GB\" sz=\"%3\"%4><a:solidFill><a:srgbClr val=\"%5\"/></a:solidFill></a:rPr><a:t>")
               .arg(style.align)
               .arg(qRound(style.after * 100))
               .arg(size, style.bold ? " b=\"1\"" : "", hex(style.colour)) +
           xmlWords(text) + "</a:t></a:r></a:p>";
}

double heightOf(const QString& text, const Style& style, double width) {
    return textHeight(text, Lettering{style.points / pointsPerMillimetre, style.bold, inkColour, Align::left, 1.2},
                      width) +
           style.after / pointsPerMillimetre;
}

QString transform(const char* space, const QRectF& box) {
    return QString("<%1:xfrm><a:off x=\"%2\" y=\"%3\"/><a:ext cx=\"%4\" cy=\"%5\"/></%1:xfrm>")
        .arg(space)
        .arg(emu(box.left()))
        .arg(emu(box.top()))
        .arg(emu(box.width()))
        .arg(emu(box.height()));
}

/// Shapes of a slide in reading order.
class Slide {
public:
    Slide(Package& package, std::size_t number)
        : m_package{package}, m_part{QString("ppt/slides/slide%1.xml").arg(number)} {
        m_package.relate(m_part, QString(officeRelations) + "slideLayout", "ppt/slideLayouts/slideLayout1.xml");
    }

    void title(const QString& text) {
        int points = titlePoints; // of the master; long titles are smaller, so that two lines are enough
        const auto lines = [&] {
            return wrapped(text, Lettering{points / pointsPerMillimetre, true, inkColour}, bodyWidth).size();
        };
        if (lines() > 1) points = 18;
        while (points > 12 && lines() > 2) --points;
        const QString size = points == titlePoints ? QString() : " sz=\"" + QString::number(points * 100) + "\"";
        m_shapes += "<p:sp><p:nvSpPr>" + name("Title", {}) +
                    "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr>"
                    "<p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"" +
                    size + "/><a:t>" + xmlText(text) + "</a:t></a:r></a:p></p:txBody></p:sp>";
    }
    /// paragraphs  as `paragraph` makes them; none: no shape
    void texts(const char* what, const QString& paragraphs, const QRectF& box, const char* anchor = "t") {
        if (paragraphs.isEmpty()) return;
        m_shapes += "<p:sp><p:nvSpPr>" + name(what, {}) + "<p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>" +
                    transform("a", box) +
                    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr "
                    "wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"" +
                    anchor + "\"><a:noAutofit/></a:bodyPr><a:lstStyle/>" + paragraphs + "</p:txBody></p:sp>";
    }
    void picture(const char* what, const Picture& picture, QPointF topLeft) {
        const auto ids = m_package.addPicture(m_part, "ppt/media", picture);
        m_shapes += "<p:pic><p:nvPicPr>" + name(what, picture.description) +
                    "<p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>" +
                    blip(ids) + "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>" +
                    transform("a", QRectF(topLeft, picture.size)) +
                    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>";
    }
    void table(const PageTable& table, const QRectF& box, double rowHeight, double points);
    void finish() {
        const QString xml = QString(xmlStart) + "<p:sld " + presentationSpaces + "><p:cSld><p:spTree>" +
                            shapeTreeStart + m_shapes +
                            "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>";
        m_package.add(m_part, xml.toUtf8(), QString(officeTypes) + "presentationml.slide+xml");
    }
    [[nodiscard]] const QString& part() const { return m_part; }

private:
    QString name(const char* what, const QString& description) {
        return "<p:cNvPr id=\"" + QString::number(++m_lastId) + "\" name=\"" + what + "\"" +
               (description.isEmpty() ? QString() : " descr=\"" + xmlText(description) + "\"") + "/>";
    }

    Package& m_package;
    QString m_part, m_shapes;
    int m_lastId = 1; ///< 1 is the tree of shapes
};

QString cellLine(const char* side, double points, const QColor& colour) {
    if (points == 0.0) return QString("<a:%1 w=\"0\"><a:noFill/></a:%1>").arg(side);
    return QString("<a:%1 w=\"%2\"><a:solidFill><a:srgbClr val=\"%3\"/></a:solidFill></a:%1>")
        .arg(side)
        .arg(qRound(points * 12700))
        .arg(hex(colour));
}

void Slide::table(const PageTable& table, const QRectF& box, double rowHeight, double points) {
    std::vector<double> widths;
    for (const double each : table.widths) widths.push_back(each * points / pointsPerMillimetre);
    if (widths.size() > 1) widths[1] += box.width() - std::accumulate(widths.begin(), widths.end(), 0.0);
    QString xml = "<p:graphicFrame><p:nvGraphicFramePr>" + name("Table", table.title) +
                  "<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/>"
                  "</p:nvGraphicFramePr>" +
                  transform("p", box) +
                  "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl>"
                  "<a:tblPr firstRow=\"1\"/><a:tblGrid>";
    for (const double width : widths) xml += "<a:gridCol w=\"" + QString::number(emu(width)) + "\"/>";
    xml += "</a:tblGrid>";
    const auto row = [&](const QStringList& cells, bool header) {
        xml += "<a:tr h=\"" + QString::number(emu(rowHeight)) + "\">";
        for (std::size_t column = 0; column < widths.size(); ++column) {
            const Style style{points, header, header ? quietColour : inkColour, 0.0, column < 2 ? "l" : "r"};
            // A long name is cut as on the page, so that rows keep their height.
            const Lettering lettering{points / pointsPerMillimetre, header};
            xml += "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>" +
                   paragraph(elided(cells.value(qsizetype(column)), lettering, widths[column] - 1.8), style) +
                   "</a:txBody><a:tcPr marL=\"32400\" marR=\"32400\" marT=\"0\" marB=\"0\" anchor=\"ctr\">" +
                   cellLine("lnL", 0, {}) + cellLine("lnR", 0, {}) + cellLine("lnT", 0, {}) +
                   cellLine("lnB", header ? 1.0 : 0.5, header ? inkColour : hairColour) + "<a:noFill/></a:tcPr></a:tc>";
        }
        xml += "</a:tr>";
    };
    row(table.header, true);
    for (const QStringList& cells : table.rows) row(cells, false);
    m_shapes += xml + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
}

/// Headings with their paragraphs, at one size of letters.
struct Column {
    std::vector<const TextBlock*> blocks;
    double width = 0.0; ///< mm
    [[nodiscard]] double height(double points) const {
        double height = 0.0;
        each(points, [&](const QString& text, const Style& style) { height += heightOf(text, style, width); });
        return height;
    }
    [[nodiscard]] QString paragraphs(double points) const {
        QString xml;
        each(points, [&](const QString& text, const Style& style) { xml += paragraph(text, style); });
        return xml;
    }
    /// The largest letters, in points, at which it is no higher than `most`; `least` where none is.
    [[nodiscard]] double fitting(double largest, double least, double most) const {
        double points = largest;
        while (points > least && height(points) > most) points -= 0.5;
        return points;
    }

private:
    template <class Visit> void each(double points, const Visit& visit) const {
        for (const TextBlock* block : blocks) {
            if (block->paragraphs.isEmpty()) continue;
            visit(block->heading, Style{points + 1.0, true, inkColour, 3.0});
            for (const QString& line : block->paragraphs)
                visit(line, Style{points, false, inkColour, line == block->paragraphs.back() ? 10.0 : 4.0});
        }
    }
};

/// The slides of one page of the model.
class PageSlides {
public:
    PageSlides(Package& package, const BoardMap& page, std::vector<QString>& slides)
        : m_package{package}, m_page{page}, m_parts{partsOf(page, mostRows(page))}, m_slides{slides} {}

    Expected<void> write() {
        if (m_page.isText()) return textSlides();
        if (auto written = mapSlide(); !written) return written;
        const bool words = !m_parts.summary.paragraphs.isEmpty() || hasMonths(m_page) || hasClock(m_page);
        Column about{pointers(m_parts.about), (bodyWidth - gap) / 2};
        const double room = bodyBottom - bodyTop;
        if (!words) {
            if (!m_parts.about.empty()) aboutSlide();
            return {};
        }
        const double left = about.blocks.empty() ? bodyWidth : (bodyWidth - gap) / 2;
        const bool together = about.height(leastPoints) <= room;
        // A slide's title is its name: two must not be the same.
        Slide slide = begin(m_page.of > 1 ? m_parts.title + QStringLiteral(": what this shows")
                                          : QStringLiteral("What this shows"));
        const double width = together ? left : bodyWidth;
        if (auto written = shows(slide, width, room); !written) return written;
        if (together)
            slide.texts("About this map", about.paragraphs(about.fitting(11.0, leastPoints, room)),
                        QRectF(margin + left + gap, bodyTop, about.width, room));
        end(slide);
        if (!together) aboutSlide();
        return {};
    }

private:
    static constexpr double leastPoints = 9.0, tablePoints = 10.5, rowHeight = 7.0; // mm
    static std::size_t mostRows(const BoardMap& page) {
        const double notes = page.tableNote.isEmpty() ? 6.0 : 16.0;
        return std::size_t((bodyBottom - bodyTop - 8.0 - notes) / rowHeight) - 1;
    }
    static std::vector<const TextBlock*> pointers(const std::vector<TextBlock>& blocks) {
        std::vector<const TextBlock*> all;
        for (const TextBlock& block : blocks) all.push_back(&block);
        return all;
    }

    Slide begin(const QString& title) {
        Slide slide(m_package, m_slides.size() + 1);
        slide.texts("Marking at the head", marking(), QRectF(margin, 5.0, bodyWidth, 6.0), "ctr");
        slide.title(title);
        return slide;
    }
    void end(Slide& slide) {
        slide.texts("Footer", paragraph(m_parts.footer, {8.5, false, quietColour, 0.0}),
                    QRectF(margin, 175.5, bodyWidth, 5.0), "ctr");
        slide.texts("Marking at the foot", marking(), QRectF(margin, 181.0, bodyWidth, 6.0), "ctr");
        slide.finish();
        m_slides.push_back(slide.part());
    }
    [[nodiscard]] QString marking() const {
        return m_parts.marking.isEmpty() ? QString() : paragraph(m_parts.marking, {11.0, true, inkColour, 0.0, "ctr"});
    }

    Expected<void> mapSlide() {
        Slide slide = begin(m_parts.title);
        double points = 11.0; // on one line
        while (points > 7.0 && heightOf(m_parts.subtitle, {points, false, quietColour, 0.0}, bodyWidth) > 6.5)
            points -= 0.25;
        if (!m_parts.subtitle.isEmpty())
            slide.texts("Subtitle", paragraph(m_parts.subtitle, {points, false, quietColour, 0.0}),
                        QRectF(margin, 28.5, bodyWidth, 6.5));
        const double em = tablePoints / pointsPerMillimetre;
        const double natural = std::accumulate(m_parts.table.widths.begin(), m_parts.table.widths.end(), 0.0) * em;
        const double side = m_parts.table.empty() ? 0.0
                            : m_page.withMap      ? std::clamp(natural, 95.0, 130.0)
                                                  : std::min(natural * 1.2, bodyWidth);
        const double mapWidth = bodyWidth - (side > 0.0 ? side + gap : 0.0);
        if (m_page.withMap) {
            auto map = mapPicture(m_page, QSizeF(mapWidth, bodyBottom - bodyTop), 1.25);
            if (!map) return fail(map.error());
            slide.picture("Map", *map, QPointF(margin, bodyTop));
        }
        if (side > 0.0) {
            const double x = margin + (m_page.withMap ? mapWidth + gap : 0.0),
                         rows = double(m_parts.table.rows.size() + 1) * rowHeight;
            slide.texts("Heading of the table", paragraph(m_parts.table.title, {13.0, true, inkColour, 0.0}),
                        QRectF(x, bodyTop - 1.0, side, 7.0));
            slide.table(m_parts.table, QRectF(x, bodyTop + 7.0, side, rows), rowHeight, tablePoints);
            QString notes;
            for (const QString& note : m_parts.table.notes) notes += paragraph(note, {9.0, false, quietColour, 2.0});
            const double top = bodyTop + 7.0 + rows + 2.0;
            slide.texts("Notes of the table", notes, QRectF(x, top, side, bodyBottom - top));
        }
        end(slide);
        return {};
    }

    /// The sentences, and the chart under them.
    Expected<void> shows(Slide& slide, double width, double room) {
        double y = bodyTop;
        const bool charts = hasMonths(m_page) || hasClock(m_page);
        if (!m_parts.summary.paragraphs.isEmpty()) {
            TextBlock block = m_parts.summary; // its heading is the slide's title
            QString paragraphs;
            const auto height = [&](double points) {
                double sum = 0.0;
                for (const QString& line : block.paragraphs)
                    sum += heightOf(line, {points, false, inkColour, 5.0}, width);
                return sum;
            };
            double points = 14.0;
            while (points > leastPoints && height(points) > room * (charts ? 0.5 : 1.0)) points -= 0.5;
            for (const QString& line : block.paragraphs) paragraphs += paragraph(line, {points, false, inkColour, 5.0});
            slide.texts("Summary", paragraphs, QRectF(margin, y, width, height(points) + 1.0));
            y += height(points) + 5.0;
        }
        // The charts share what is left: side by side where there are two.
        const bool both = hasMonths(m_page) && hasClock(m_page);
        const double each = both ? (width - gap) / 2 : width;
        const QRectF left(margin, y, each, bodyTop + room - y);
        if (hasMonths(m_page))
            if (auto put = chart(slide, m_parts.months, "Incidents by month", left, &monthsPicture); !put) return put;
        if (hasClock(m_page))
            return chart(slide, m_parts.clock, "Incidents by hour and day of the week",
                         both ? left.translated(each + gap, 0.0) : left, &clockPicture);
        return {};
    }

    /// Heading, chart and notes in a box; nothing where it is too low.
    Expected<void> chart(Slide& slide, const TextBlock& words, const char* name, const QRectF& box,
                         Expected<Picture> (*draw)(const BoardMap&, QSizeF, double)) {
        QString notes;
        double below = 0.0;
        for (const QString& note : words.paragraphs) {
            const Style style{9.0, false, quietColour, 2.0};
            notes += paragraph(note, style);
            below += heightOf(note, style, box.width());
        }
        const double height = std::min(box.height() - 7.0 - below - 2.0, 75.0);
        if (height < 20.0) return {};
        auto picture = draw(m_page, QSizeF(box.width(), height), 1.4);
        if (!picture) return fail(picture.error());
        slide.texts("Heading of the chart", paragraph(words.heading, {12.0, true, inkColour, 0.0}),
                    QRectF(box.topLeft(), QSizeF(box.width(), 6.0)));
        slide.picture(name, *picture, box.topLeft() + QPointF(0.0, 7.0));
        slide.texts("Note of the chart", notes, QRectF(box.left(), box.top() + 9.0 + height, box.width(), below + 1.0));
        return {};
    }

    /// A page without a map: its texts in two columns, on as many slides as they need.
    Expected<void> textSlides() {
        const double width = (bodyWidth - gap) / 2, room = bodyBottom - bodyTop;
        for (std::size_t first = 0; first < m_parts.text.size();) {
            Slide slide = begin(m_parts.title);
            double x = margin;
            for (int column = 0; column < 2 && first < m_parts.text.size(); ++column) {
                Column texts{{&m_parts.text[first++]}, width};
                while (first < m_parts.text.size()) {
                    Column more = texts;
                    more.blocks.push_back(&m_parts.text[first]);
                    if (more.height(11.0) > room) break;
                    texts = more;
                    ++first;
                }
                slide.texts("Text", texts.paragraphs(texts.fitting(14.0, 6.0, room)), QRectF(x, bodyTop, width, room));
                x += width + gap;
            }
            end(slide);
        }
        if (!m_parts.about.empty()) aboutSlide();
        return {};
    }

    /// How this was made, read with care, sources, side by side.
    void aboutSlide() {
        Slide slide = begin("How this map was made and how far to trust it");
        const auto count = double(m_parts.about.size());
        const double width = (bodyWidth - gap * (count - 1)) / count, room = bodyBottom - bodyTop;
        double points = 12.0, x = margin;
        for (const TextBlock& block : m_parts.about)
            points = std::min(points, Column{{&block}, width}.fitting(12.0, 6.0, room));
        for (const TextBlock& block : m_parts.about) {
            slide.texts("Text", Column{{&block}, width}.paragraphs(points), QRectF(x, bodyTop, width, room));
            x += width + gap;
        }
        end(slide);
    }

    Package& m_package;
    const BoardMap& m_page;
    PageParts m_parts;
    std::vector<QString>& m_slides;
};

} // namespace

Expected<void> writePptx(std::span<const BoardMap> pages, const Recipe& recipe, const std::filesystem::path& file) {
    Package package;
    package.relate({}, QString(officeRelations) + "officeDocument", presentationPart);
    std::vector<QString> slides;
    for (const BoardMap& page : withAboutOnce(pages))
        if (auto written = PageSlides(package, page, slides).write(); !written) return written;
    addPresentation(package, slides);
    const BoardMap& first = pages.front();
    package.addProperties(presentationPart, first.title, first.subtitle, recipe);
    const auto bytes = package.bytes();
    if (!bytes) return fail(bytes.error());
    return writeBytes(file, *bytes);
}

} // namespace patchlight::paint
