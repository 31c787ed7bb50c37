// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/office/detail/docx_styles.h"

#include "gis/layout/detail/lettering.h"

namespace patchlight::paint::office {

namespace {

struct ParagraphStyle {
    const char* id;
    const char* name;
    double points;
    bool bold;
    QColor colour;
    int before, after;     ///< twentieths of a point
    const char* more = ""; ///< further paragraph properties, in the schema's order
    int outline = -1;
    int line = 264; ///< distance of lines, 240ths of what the font asks for
};

QString styleOf(const ParagraphStyle& style) {
    const bool heading = style.outline >= 0;
    QString properties = heading ? "<w:keepNext/><w:keepLines/>" : "";
    properties += "<w:spacing w:before=\"" + QString::number(style.before) + "\" w:after=\"" +
                  QString::number(style.after) + "\"" + " w:line=\"" + QString::number(style.line) + "\"" +
                  " w:lineRule=\"auto\"/>" + style.more;
    if (heading) properties += "<w:outlineLvl w:val=\"" + QString::number(style.outline) + "\"/>";
    const QString size = QString::number(qRound(style.points * 2));
    return QString("<w:style w:type=\"paragraph\" w:styleId=\"%1\"><w:name w:val=\"%2\"/><w:basedOn w:val=\"Normal\"/>"
                   "<w:qFormat/><w:pPr>%3</w:pPr><w:rPr>%4<w:color w:val=\"%5\"/><w:sz w:val=\"%6\"/>"
                   "<w:szCs w:val=\"%6\"/></w:rPr></w:style>")
        .arg(style.id, style.name, properties, style.bold ? "<w:b/><w:bCs/>" : "", hex(style.colour), size);
}

QString border(const char* side, int eighths, const QColor& colour) {
    return QString("<w:%1 w:val=\"single\" w:sz=\"%2\" w:space=\"0\" w:color=\"%3\"/>")
        .arg(side)
        .arg(eighths)
        .arg(hex(colour));
}

} // namespace

QByteArray docxStyles() {
    QString xml = QString(xmlStart) +
                  "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults>"
                  "<w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Arial\" w:eastAsia=\"Arial\" w:hAnsi=\"Arial\" "
                  "w:cs=\"Arial\"/><w:color w:val=\"" +
                  hex(inkColour) +
                  "\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/><w:lang w:val=\"en-GB\" w:eastAsia=\"en-GB\" "
                  "w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"60\" "
                  "w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
                  "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
                  "<w:qFormat/></w:style>"
                  "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal "
                  "Table\"/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"57\" "
                  "w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";
    const char* const centred = "<w:jc w:val=\"center\"/>";
    for (const ParagraphStyle& style :
         {ParagraphStyle{"Title", "Title", docxTitlePoints, true, inkColour, 0, 40, "", 0, 250},
          {"Subtitle", "Subtitle", docxSubtitlePoints, false, quietColour, 0, 120},
          {"Heading1", "heading 1", 12, true, inkColour, 120, 60, "", 0},
          {"Heading2", "heading 2", 10, true, inkColour, 40, 40, "", 1},
          {"Picture", "Picture", docxTextPoints, false, inkColour, 0, 40, "", -1, 240},
          {"TableText", "Table Text", docxTablePoints, false, inkColour, 30, 30},
          {"Note", "Note", docxNotePoints, false, quietColour, 60, 40},
          {"Quiet", "Quiet Text", docxTextPoints, false, quietColour, 0, 80},
          {"Header", "header", 10, true, inkColour, 0, 0, centred},
          {"Footer", "footer", 8, false, quietColour, 0, 20},
          {"Marking", "Marking", 10, true, inkColour, 0, 0, centred}})
        xml += styleOf(style);
    xml += "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"Hotspots\"><w:name w:val=\"Hotspots\"/>"
           "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>" +
           border("bottom", 4, hairColour) + border("insideH", 4, hairColour) +
           "</w:tblBorders></w:tblPr><w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/><w:color w:val=\"" +
           hex(quietColour) + "\"/></w:rPr><w:tcPr><w:tcBorders>" + border("bottom", 8, inkColour) +
           "</w:tcBorders></w:tcPr></w:tblStylePr></w:style></w:styles>";
    return xml.toUtf8();
}

QByteArray docxFonts() {
    return (QString(xmlStart) +
            "<w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:font "
            "w:name=\"Arial\"><w:altName w:val=\"Liberation Sans\"/><w:family w:val=\"swiss\"/><w:pitch "
            "w:val=\"variable\"/></w:font></w:fonts>")
        .toUtf8();
}

QByteArray docxSettings() {
    return (QString(xmlStart) +
            "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:zoom "
            "w:percent=\"100\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" "
            "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat><w:themeFontLang "
            "w:val=\"en-GB\"/></w:settings>")
        .toUtf8();
}

} // namespace patchlight::paint::office
