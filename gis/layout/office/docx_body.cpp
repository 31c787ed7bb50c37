// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/office/detail/docx_body.h"

#include "gis/layout/office/detail/docx_styles.h"

#include <algorithm>
#include <numeric>

namespace patchlight::paint::office {

namespace {

constexpr double fromEdge = 7.0; ///< of head and foot, mm

} // namespace

int twips(double millimetres) {
    return qRound(millimetres / 25.4 * 1440.0);
}

QString run(const QString& text) {
    return "<w:r><w:t xml:space=\"preserve\">" + xmlWords(text) + "</w:t></w:r>";
}

QString inlinePicture(const Picture& picture, const Package::PictureIds& ids, int number, const QString& name) {
    const QString cx = QString::number(emu(picture.size.width())), cy = QString::number(emu(picture.size.height()));
    const QString properties =
        QString(" id=\"%1\" name=\"%2\" descr=\"").arg(number).arg(name) + xmlText(picture.description) + "\"/>";
    return "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"" + cx +
           "\" cy=\"" + cy + "\"/><wp:docPr" + properties +
           "<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic>"
           "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr>"
           "<pic:cNvPr" +
           properties + "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>" + blip(ids) +
           "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"" +
           cx + "\" cy=\"" + cy +
           "\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>"
           "</a:graphic></wp:inline></w:drawing></w:r>";
}

void Body::table(const PageTable& table, double width) {
    m_done += m_open;
    m_open.clear();
    m_isParagraph = false;
    m_hasContent = true;
    const double em = docxTablePoints * millimetresPerPoint;
    std::vector<int> columns;
    for (const double each : table.widths) columns.push_back(twips(each * em));
    if (columns.size() > 1) {
        const int others = std::accumulate(columns.begin(), columns.end(), 0) - columns[1];
        columns[1] = std::max(twips(width) - others, twips(20.0));
    }
    QString xml = "<w:tbl><w:tblPr><w:tblStyle w:val=\"Hotspots\"/><w:tblW w:w=\"" +
                  QString::number(std::accumulate(columns.begin(), columns.end(), 0)) +
                  "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" "
                  "w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>"
                  "<w:tblCaption w:val=\"" +
                  xmlText(table.title) + "\"/></w:tblPr><w:tblGrid>";
    for (const int column : columns) xml += "<w:gridCol w:w=\"" + QString::number(column) + "\"/>";
    xml += "</w:tblGrid>";
    const auto row = [&](const QStringList& cells, bool header) {
        xml += QString("<w:tr><w:trPr><w:cantSplit/>") + (header ? "<w:tblHeader/>" : "") + "</w:trPr>";
        for (std::size_t column = 0; column < columns.size(); ++column)
            xml += "<w:tc><w:tcPr><w:tcW w:w=\"" + QString::number(columns[column]) +
                   "\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/>" +
                   (column < 2 ? "" : "<w:jc w:val=\"right\"/>") + "</w:pPr>" + run(cells.value(qsizetype(column))) +
                   "</w:p></w:tc>";
        xml += "</w:tr>";
    };
    row(table.header, true);
    for (const QStringList& cells : table.rows) row(cells, false);
    m_done += xml + "</w:tbl>";
}

QString section(const Geometry& geometry, const QString& references, SectionStart start,
                const std::vector<double>& columns) {
    QString cols = "<w:cols w:space=\"720\"/>";
    if (!columns.empty()) {
        cols = "<w:cols w:num=\"" + QString::number(columns.size()) + "\" w:equalWidth=\"0\">";
        for (std::size_t i = 0; i < columns.size(); ++i)
            cols += "<w:col w:w=\"" + QString::number(twips(columns[i])) + "\"" +
                    (i + 1 < columns.size() ? " w:space=\"" + QString::number(twips(docxColumnGap)) + "\"" : "") + "/>";
        cols += "</w:cols>";
    }
    const auto length = [](double millimetres) { return QString::number(twips(millimetres)); };
    return "<w:sectPr>" + references + "<w:type w:val=\"" +
           (start == SectionStart::nextSheet ? "nextPage" : "continuous") + "\"/><w:pgSz w:w=\"" +
           length(geometry.paper.width()) + "\" w:h=\"" + length(geometry.paper.height()) + "\"" +
           (geometry.wide() ? " w:orient=\"landscape\"" : "") + "/><w:pgMar w:top=\"" + length(docxTopMargin) +
           "\" w:right=\"" + length(docxSideMargin) + "\" w:bottom=\"" + length(docxBottomMargin) + "\" w:left=\"" +
           length(docxSideMargin) + "\" w:header=\"" + length(fromEdge) + "\" w:footer=\"" + length(fromEdge) +
           "\" w:gutter=\"0\"/>" + cols + "</w:sectPr>";
}

} // namespace patchlight::paint::office
