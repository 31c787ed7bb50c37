// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/office/detail/pptx_frame.h"

#include "gis/layout/detail/lettering.h"

namespace patchlight::paint::office {

namespace {

constexpr const char* masterPart = "ppt/slideMasters/slideMaster1.xml";
constexpr const char* layoutPart = "ppt/slideLayouts/slideLayout1.xml";
constexpr const char* themePart = "ppt/theme/theme1.xml";

/// The title's place: under the marking, up to two lines, its last line above what follows.
QString titleShape(bool placed) {
    const QString box = QString("<a:xfrm><a:off x=\"%1\" y=\"%2\"/><a:ext cx=\"%3\" cy=\"%4\"/></a:xfrm><a:prstGeom "
                                "prst=\"rect\"><a:avLst/></a:prstGeom>")
                            .arg(emu(12.0))
                            .arg(emu(11.5))
                            .arg(emu(slideWidth - 24.0))
                            .arg(emu(16.5));
    return "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>"
           "<p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr>" +
           (placed ? box : QString()) +
           "</p:spPr><p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"b\"><a:normAutofit/>"
           "</a:bodyPr><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>Title</a:t></a:r></a:p></p:txBody></p:sp>";
}

QString masterXml(const QString& layoutId) {
    const auto levels = [](int size, const char* more) {
        return QString(
                   "<a:lvl1pPr marL=\"0\" indent=\"0\" algn=\"l\">%2<a:buNone/><a:defRPr sz=\"%1\"%3><a:solidFill>"
                   "<a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/>"
                   "<a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl1pPr>")
            .arg(size)
            .arg("<a:lnSpc><a:spcPct val=\"95000\"/></a:lnSpc>", more);
    };
    return QString(xmlStart) + "<p:sldMaster " + presentationSpaces +
           "><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>"
           "<p:spTree>" +
           shapeTreeStart + titleShape(true) +
           "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" "
           "accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" "
           "hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"" +
           layoutId + "\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>" + levels(titlePoints * 100, " b=\"1\"") +
           "</p:titleStyle><p:bodyStyle>" + levels(1200, "") + "</p:bodyStyle><p:otherStyle>" + levels(1200, "") +
           "</p:otherStyle></p:txStyles></p:sldMaster>";
}

QString themeXml() {
    const auto colour = [](const char* name, const QString& value) {
        return QString("<a:%1><a:srgbClr val=\"%2\"/></a:%1>").arg(name, value);
    };
    const QString font = "<a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    const QString fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    const QString line = "<a:ln w=\"6350\">" + fill + "</a:ln>";
    const QString effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    return QString(xmlStart) +
           "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Patchlight\">"
           "<a:themeElements><a:clrScheme name=\"Patchlight\">" +
           colour("dk1", hex(inkColour)) + colour("lt1", "FFFFFF") + colour("dk2", hex(quietColour)) +
           colour("lt2", hex(hairColour)) + colour("accent1", hex(darkBarColour)) +
           colour("accent2", hex(paleBarColour)) + colour("accent3", "BD0026") + colour("accent4", "F03B20") +
           colour("accent5", "FD8D3C") + colour("accent6", "FECC5C") + colour("hlink", hex(darkBarColour)) +
           colour("folHlink", hex(quietColour)) + "</a:clrScheme><a:fontScheme name=\"Patchlight\"><a:majorFont>" +
           font + "</a:majorFont><a:minorFont>" + font +
           "</a:minorFont></a:fontScheme><a:fmtScheme name=\"Patchlight\"><a:fillStyleLst>" + fill.repeated(3) +
           "</a:fillStyleLst><a:lnStyleLst>" + line.repeated(3) + "</a:lnStyleLst><a:effectStyleLst>" +
           effect.repeated(3) + "</a:effectStyleLst><a:bgFillStyleLst>" + fill.repeated(3) +
           "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>";
}

} // namespace

void addPresentation(Package& package, const std::vector<QString>& slides) {
    const QString types = QString(officeTypes) + "presentationml.", relations = officeRelations;
    const QString master = package.relate(presentationPart, relations + "slideMaster", masterPart);
    QString list;
    unsigned id = 256;
    for (const QString& slide : slides)
        list += "<p:sldId id=\"" + QString::number(id++) + "\" r:id=\"" +
                package.relate(presentationPart, relations + "slide", slide) + "\"/>";
    package.relate(presentationPart, relations + "theme", themePart);
    const QString presentation =
        QString(xmlStart) + "<p:presentation " + presentationSpaces +
        "><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"" + master + "\"/></p:sldMasterIdLst><p:sldIdLst>" +
        list + "</p:sldIdLst><p:sldSz cx=\"" + QString::number(emu(slideWidth)) + "\" cy=\"" +
        QString::number(emu(slideHeight)) +
        "\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/><p:defaultTextStyle><a:defPPr><a:defRPr lang=\"en-GB\"/>"
        "</a:defPPr></p:defaultTextStyle></p:presentation>";
    package.add(presentationPart, presentation.toUtf8(), types + "presentation.main+xml");

    const QString layoutId = package.relate(masterPart, relations + "slideLayout", layoutPart);
    package.relate(masterPart, relations + "theme", themePart);
    package.add(masterPart, masterXml(layoutId).toUtf8(), types + "slideMaster+xml");
    package.relate(layoutPart, relations + "slideMaster", masterPart);
    const QString layout = QString(xmlStart) + "<p:sldLayout " + presentationSpaces +
                           " type=\"titleOnly\" preserve=\"1\"><p:cSld name=\"Title and room\"><p:spTree>" +
                           shapeTreeStart + titleShape(false) +
                           "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>";
    package.add(layoutPart, layout.toUtf8(), types + "slideLayout+xml");
    package.add(themePart, themeXml().toUtf8(), QString(officeTypes) + "theme+xml");
}

} // namespace patchlight::paint::office
