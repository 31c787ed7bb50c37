// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/blocks.h"
#include "gis/layout/detail/recipe_text.h"
#include "gis/layout/office/detail/docx_body.h"
#include "gis/layout/office/detail/docx_styles.h"
#include "gis/layout/office/detail/page_parts.h"
#include "gis/layout/office/office.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace patchlight::paint {

namespace {

using namespace office;

constexpr double headingHeight = 8.6, subheadingHeight = 6.2; ///< with the room round them, mm
constexpr std::size_t mostRowsInDocument = 60;
constexpr const char* mainPart = "word/document.xml";

double linesHeight(const QString& text, double points, double width, bool bold = false) {
    const double size = points * millimetresPerPoint;
    return textHeight(text, Lettering{size, bold, inkColour, Align::left, 1.27}, width);
}

double blockHeight(const TextBlock& block, double width, double heading) {
    if (block.paragraphs.isEmpty()) return 0.0;
    double height = heading;
    for (const QString& line : block.paragraphs) height += linesHeight(line, docxTextPoints, width) + 1.4;
    return height;
}

double tableHeightOf(const PageTable& table, double width) {
    if (table.empty()) return 0.0;
    const double em = docxTablePoints * millimetresPerPoint;
    double others = 0.0;
    for (std::size_t column = 0; column < table.widths.size(); ++column)
        if (column != 1) others += table.widths[column] * em;
    double height = headingHeight;
    const auto row = [&](const QStringList& cells, bool bold) {
        height += linesHeight(cells.value(1), docxTablePoints, std::max(width - others - 2.5, 15.0), bold) + 1.1;
    };
    row(table.header, true);
    for (const QStringList& cells : table.rows) row(cells, false);
    for (const QString& note : table.notes) height += linesHeight(note, docxNotePoints, width) + 1.8;
    return height;
}

/// Head and foot of a page's sections: the marking, the footer with the page's number.
QString addHeadAndFoot(Package& package, const PageParts& parts, const Geometry& geometry, std::size_t number) {
    const QString space = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    const auto field = [](const char* name) {
        return QString("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> %1 "
                       "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r>"
                       "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>")
            .arg(name);
    };
    const QString header = QString(xmlStart) + "<w:hdr " + space + "><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>" +
                           run(parts.marking) + "</w:p></w:hdr>";
    const QString footer = QString(xmlStart) + "<w:ftr " + space +
                           "><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"" +
                           QString::number(twips(geometry.width())) + "\"/></w:tabs></w:pPr>" + run(parts.footer) +
                           "<w:r><w:tab/></w:r>" + run("Page ") + field("PAGE") + run(" of ") + field("NUMPAGES") +
                           "</w:p><w:p><w:pPr><w:pStyle w:val=\"Marking\"/></w:pPr>" + run(parts.marking) +
                           "</w:p></w:ftr>";
    const QString headerName = QString("word/header%1.xml").arg(number),
                  footerName = QString("word/footer%1.xml").arg(number);
    package.add(headerName, header.toUtf8(), QString(officeTypes) + "wordprocessingml.header+xml");
    package.add(footerName, footer.toUtf8(), QString(officeTypes) + "wordprocessingml.footer+xml");
    return "<w:headerReference w:type=\"default\" r:id=\"" +
           package.relate(mainPart, QString(officeRelations) + "header", headerName) +
           "\"/><w:footerReference w:type=\"default\" r:id=\"" +
           package.relate(mainPart, QString(officeRelations) + "footer", footerName) + "\"/>";
}

/// One page of the model: some sections of the document.
class PageWriter {
public:
    PageWriter(Package& package, Body& body, const BoardMap& page, std::size_t number)
        : m_package{package}, m_body{body}, m_page{page}, m_parts{partsOf(page, mostRowsInDocument)},
          m_geometry{page.paper}, m_references{addHeadAndFoot(package, m_parts, m_geometry, number)} {}

    Expected<void> write() {
        m_body.text("Title", m_parts.title);
        m_body.text("Subtitle", m_parts.subtitle);
        const double head = linesHeight(m_parts.title, docxTitlePoints, m_geometry.width(), true) +
                            linesHeight(m_parts.subtitle, docxSubtitlePoints, m_geometry.width()) + 6.0;
        const double room = std::max(m_geometry.height() - head, 60.0);
        if (m_page.isText() || !m_page.withMap) return writeWithoutMap();
        return m_geometry.wide() ? writeWide(room) : writeUpright(room);
    }

private:
    /// Text, table and summary in one column; no map.
    Expected<void> writeWithoutMap() {
        for (const TextBlock& block : m_parts.text) m_body.block(block, "Heading1", "Normal");
        writeSummary();
        writeTable(std::min(m_geometry.width(), 240.0));
        if (!m_parts.about.empty()) m_body.text("Heading1", aboutHeading);
        for (const TextBlock& block : m_parts.about) m_body.block(block, "Heading2", "Quiet");
        end(SectionStart::nextSheet);
        return {};
    }

    /// Everything in one column.
    Expected<void> writeUpright(double room) {
        // Table and summary stay on the map's sheet where that leaves it a good part.
        const double width = m_geometry.width();
        const double below = tableHeightOf(m_parts.table, width) + blockHeight(m_parts.summary, width, headingHeight);
        const double height = std::min(room, std::clamp(room - below - 4.0, width * 0.6, width * 0.85));
        if (auto written = writeMap({width, height}); !written) return written;
        writeTable(m_geometry.width());
        writeSummary();
        if (auto written = writeMonths({m_geometry.width(), 48.0}); !written) return written;
        if (auto written = writeClock(); !written) return written;
        if (!m_parts.about.empty()) m_body.text("Heading1", aboutHeading);
        for (const TextBlock& block : m_parts.about) m_body.block(block, "Heading2", "Quiet");
        end(SectionStart::nextSheet);
        return {};
    }

    /// The map and beside it what fits of table, summary and months; under them, or on the next sheet, the rest and how
    /// it was made.
    Expected<void> writeWide(double room) {
        const bool alone = m_parts.table.empty() && m_parts.summary.paragraphs.isEmpty() && !hasMonths();
        m_side = alone ? 0.0 : sideWidth();
        const double about = aboutHeight(), natural = m_side;
        const auto fits = [&] {
            const double needed = sideHeight() + (hasMonths() ? leastChart : 0.0);
            return room - about >= std::max(needed, leastMap);
        };
        // In a wider column the words take fewer lines: then one sheet may do.
        while (m_side > 0.0 && !fits() && m_side + 5.0 <= m_geometry.width() * 0.42) m_side += 5.0;
        const bool oneSheet = fits();
        if (!oneSheet) m_side = natural;
        const double height = oneSheet ? room - about : room;
        end(SectionStart::nextSheet);
        const double mapWidth = m_geometry.width() - (m_side > 0.0 ? m_side + docxColumnGap : 0.0);
        if (auto written = writeMap({mapWidth, height}); !written) return written;
        if (m_side > 0.0) {
            m_body.newColumn();
            if (auto written = writeSide(height); !written) return written;
            end(SectionStart::sameSheet, {mapWidth, m_side});
        } else {
            end(SectionStart::sameSheet);
        }
        writeTable(std::min(m_geometry.width(), 180.0));
        writeSummary();
        if (auto written = writeMonths({m_geometry.width(), 58.0}); !written) return written;
        if (auto written = writeClock(); !written) return written;
        writeAbout(oneSheet ? SectionStart::sameSheet : SectionStart::nextSheet);
        return {};
    }

    Expected<void> writeSide(double room) {
        const double table = tableHeightOf(m_parts.table, m_side);
        if (table <= room) {
            writeTable(m_side);
            room -= table;
        }
        const double summary = blockHeight(m_parts.summary, m_side, headingHeight);
        if (summary > room) return {};
        writeSummary();
        room -= summary;
        if (room < leastChart) return {};
        return writeMonths({m_side, std::min(room - chartSurroundings() - 1.0, 70.0)});
    }

    void writeAbout(SectionStart start) {
        if (m_parts.about.empty()) {
            if (m_body.sectionHasContent()) end(start);
            return;
        }
        m_body.text("Heading1", aboutHeading);
        end(start);
        for (const TextBlock& block : m_parts.about) {
            if (&block == &m_parts.about.front())
                m_body.atTop();
            else
                m_body.newColumn();
            m_body.block(block, "Heading2", "Quiet");
        }
        if (m_parts.about.size() == 1) return end(SectionStart::sameSheet);
        end(SectionStart::sameSheet, std::vector<double>(m_parts.about.size(), aboutWidth()));
    }

    // Parts, each written once.

    Expected<void> writeMap(QSizeF size) {
        auto map = mapPicture(m_page, size, 1.0);
        if (!map) return fail(map.error());
        put(*map, "Map");
        return {};
    }
    void writeTable(double width) {
        if (m_parts.table.empty() || std::exchange(m_tableDone, true)) return;
        m_body.text("Heading1", m_parts.table.title);
        m_body.table(m_parts.table, width);
        for (const QString& note : m_parts.table.notes) m_body.text("Note", note);
    }
    void writeSummary() {
        if (!std::exchange(m_summaryDone, true)) m_body.block(m_parts.summary, "Heading1", "Normal");
    }
    Expected<void> writeMonths(QSizeF size) {
        if (!hasMonths() || std::exchange(m_monthsDone, true)) return {};
        auto months = monthsPicture(m_page, size, 1.1);
        if (!months) return fail(months.error());
        m_body.text("Heading1", m_parts.months.heading);
        put(*months, "Incidents by month");
        for (const QString& note : m_parts.months.paragraphs) m_body.text("Note", note);
        return {};
    }
    Expected<void> writeClock() {
        if (!hasClock(m_page)) return {};
        const double width = std::min(m_geometry.width(), 120.0);
        auto clock = clockPicture(m_page, {width, clockHeight(width, chartLetters * 1.1)}, 1.1);
        if (!clock) return fail(clock.error());
        m_body.text("Heading1", m_parts.clock.heading);
        put(*clock, "Incidents by hour and day of the week");
        for (const QString& note : m_parts.clock.paragraphs) m_body.text("Note", note);
        return {};
    }
    void put(const Picture& picture, const char* name) {
        const auto ids = m_package.addPicture(mainPart, "word/media", picture);
        m_body.paragraph("Picture", inlinePicture(picture, ids, m_body.newId(), name));
    }
    void end(SectionStart start, const std::vector<double>& columns = {}) {
        m_body.endSection(section(m_geometry, m_references, start, columns));
    }

    // Sizes, mm.

    [[nodiscard]] bool hasMonths() const { return office::hasMonths(m_page); }
    [[nodiscard]] double sideWidth() const {
        const double natural = std::accumulate(m_parts.table.widths.begin(), m_parts.table.widths.end(), 0.0) *
                               docxTablePoints * millimetresPerPoint;
        return std::clamp(natural, 86.0, std::max(86.0, m_geometry.width() * 0.4));
    }
    [[nodiscard]] double sideHeight() const {
        return m_side > 0.0 ? tableHeightOf(m_parts.table, m_side) + blockHeight(m_parts.summary, m_side, headingHeight)
                            : 0.0;
    }
    [[nodiscard]] double chartSurroundings() const {
        double height = headingHeight;
        for (const QString& note : m_parts.months.paragraphs) height += linesHeight(note, docxNotePoints, m_side) + 2.0;
        return height;
    }
    [[nodiscard]] double aboutWidth() const {
        const auto count = double(m_parts.about.size());
        return (m_geometry.width() - docxColumnGap * (count - 1)) / count;
    }
    [[nodiscard]] double aboutHeight() const {
        if (m_parts.about.empty()) return 0.0;
        double height = 0.0;
        for (const TextBlock& block : m_parts.about)
            height = std::max(height, blockHeight(block, aboutWidth(), subheadingHeight));
        return headingHeight + height + 1.5;
    }

    static constexpr double leastMap = 95.0, leastChart = 32.0;
    static constexpr const char* aboutHeading = "About this map";

    Package& m_package;
    Body& m_body;
    const BoardMap& m_page;
    PageParts m_parts;
    Geometry m_geometry;
    QString m_references;
    double m_side = 0.0; ///< width of the column beside the map; 0: there is none
    bool m_tableDone = false, m_summaryDone = false, m_monthsDone = false;
};

} // namespace

Expected<void> writeDocx(std::span<const BoardMap> pages, const Recipe& recipe, const std::filesystem::path& file) {
    Package package;
    package.relate({}, QString(officeRelations) + "officeDocument", mainPart);
    Body body;
    std::size_t number = 0;
    for (const BoardMap& page : withAboutOnce(pages))
        if (auto written = PageWriter(package, body, page, ++number).write(); !written) return written;
    const QString document = QString(xmlStart) +
                             "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
                             "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
                             "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                             "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>" +
                             body.finished() + "</w:body></w:document>";
    const QString types = QString(officeTypes) + "wordprocessingml.";
    package.add(mainPart, document.toUtf8(), types + "document.main+xml");
    const auto fixed = [&](const char* name, const QByteArray& bytes) {
        const QString part = QString("word/%1.xml").arg(name);
        package.add(part, bytes, types + name + "+xml");
        package.relate(mainPart, QString(officeRelations) + name, part);
    };
    fixed("styles", docxStyles());
    fixed("settings", docxSettings());
    fixed("fontTable", docxFonts());
    const BoardMap& first = pages.front();
    package.addProperties(mainPart, first.title, first.subtitle, recipe);
    const auto bytes = package.bytes();
    if (!bytes) return fail(bytes.error());
    return writeBytes(file, *bytes);
}

} // namespace patchlight::paint
