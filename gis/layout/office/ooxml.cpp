// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/office/detail/ooxml.h"

#include "gis/layout/detail/recipe_text.h"

#include <QColor>
#include <QDir>
#include <QRegularExpression>
#include <QUuid>
#include <cmath>

namespace patchlight::paint::office {

namespace {

QString folderOf(const QString& part) {
    const qsizetype slash = part.lastIndexOf('/');
    return slash < 0 ? QString() : part.left(slash);
}

/// "word/document.xml" to "word/_rels/document.xml.rels"; "" to "_rels/.rels".
QString relationsPartOf(const QString& source) {
    const QString folder = folderOf(source);
    const QString name = source.mid(folder.isEmpty() ? 0 : folder.size() + 1);
    return (folder.isEmpty() ? QString() : folder + '/') + "_rels/" + name + ".rels";
}

} // namespace

QString xmlText(const QString& text) {
    QString result;
    result.reserve(text.size() + text.size() / 8);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            result += c;
            result += text[++i];
        } else if (c == '&') {
            result += "&amp;";
        } else if (c == '<') {
            result += "&lt;";
        } else if (c == '>') {
            result += "&gt;";
        } else if (c == '"') {
            result += "&quot;";
        } else if (c == '\n' || c == '\t' || c == '\r') {
            result += ' ';
        } else if (c.unicode() >= 0x20 && !c.isSurrogate() && c.unicode() < 0xfffe) {
            result += c;
        }
    }
    return result;
}

QString xmlWords(const QString& text) {
    static const QRegularExpression unit("(\\d) (?=%|km²|m\\b)");
    QString kept = text;
    return xmlText(kept.replace(unit, QStringLiteral("\\1\u00a0")));
}

qint64 emu(double millimetres) {
    return std::llround(millimetres * 36000.0);
}

QString hex(const QColor& colour) {
    return colour.name().mid(1).toUpper();
}

void Package::add(const QString& name, const QByteArray& bytes, const QString& type) {
    m_parts.push_back({name, bytes, type});
}

QString Package::relate(const QString& source, const QString& type, const QString& target) {
    auto& relations = m_relations[source];
    const QString id = "rId" + QString::number(relations.size() + 1);
    relations.push_back({id, type, target});
    return id;
}

Package::PictureIds Package::addPicture(const QString& source, const QString& folder, const Picture& picture) {
    const QString stem = folder + "/image" + QString::number(++m_pictures);
    add(stem + ".png", picture.png);
    add(stem + ".svg", picture.svg);
    const QString type = QString(officeRelations) + "image";
    const QString png = relate(source, type, stem + ".png");
    return {png, relate(source, type, stem + ".svg")};
}

void Package::addProperties(const QString& mainPart, const QString& title, const QString& subject,
                            const Recipe& recipe) {
    const QString author = xmlText(QString::fromStdString(recipe.layout.author));
    const QString core =
        QString(xmlStart) +
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
        "<dc:title>" +
        xmlText(title) + "</dc:title><dc:subject>" + xmlText(subject) + "</dc:subject>" +
        (author.isEmpty() ? QString() : "<dc:creator>" + author + "</dc:creator>") +
        "<dc:language>en-GB</dc:language></cp:coreProperties>";
    add("docProps/core.xml", core.toUtf8(), "application/vnd.openxmlformats-package.core-properties+xml");
    relate({}, "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
           "docProps/core.xml");

    const QString app = QString(xmlStart) +
                        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-"
                        "properties\"><Application>Patchlight</Application></Properties>";
    add("docProps/app.xml", app.toUtf8(), QString(officeTypes) + "extended-properties+xml");
    relate({}, QString(officeRelations) + "extended-properties", "docProps/app.xml");

    const QByteArray json = recipeText(recipe);
    const QString item =
        QString(xmlStart) + "<recipe xmlns=\"urn:patchlight:recipe\">" + xmlText(QString::fromUtf8(json)) + "</recipe>";
    add("customXml/item1.xml", item.toUtf8());
    relate(mainPart, QString(officeRelations) + "customXml", "customXml/item1.xml");
    // An item needs an id; it follows from the recipe.
    const QString id = QUuid::createUuidV5(QUuid(), json).toString(QUuid::WithBraces).toUpper();
    const QString properties =
        QString(xmlStart) + "<ds:datastoreItem ds:itemID=\"" + id +
        "\" xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\">"
        "<ds:schemaRefs><ds:schemaRef ds:uri=\"urn:patchlight:recipe\"/></ds:schemaRefs></ds:datastoreItem>";
    add("customXml/itemProps1.xml", properties.toUtf8(), QString(officeTypes) + "customXmlProperties+xml");
    relate("customXml/item1.xml", QString(officeRelations) + "customXmlProps", "customXml/itemProps1.xml");
}

QByteArray Package::contentTypes() const {
    QString xml =
        QString(xmlStart) +
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
        "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
        "<Default Extension=\"png\" ContentType=\"image/png\"/>"
        "<Default Extension=\"svg\" ContentType=\"image/svg+xml\"/>";
    for (const Part& part : m_parts)
        if (!part.type.isEmpty())
            xml += "<Override PartName=\"/" + part.name + "\" ContentType=\"" + part.type + "\"/>";
    return (xml + "</Types>").toUtf8();
}

QByteArray Package::relations(const QString& source, const std::vector<Relation>& relations) {
    QString xml =
        QString(xmlStart) + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    const QDir folder('/' + folderOf(source));
    for (const Relation& relation : relations)
        xml += "<Relationship Id=\"" + relation.id + "\" Type=\"" + relation.type + "\" Target=\"" +
               folder.relativeFilePath('/' + relation.target) + "\"/>";
    return (xml + "</Relationships>").toUtf8();
}

Expected<QByteArray> Package::bytes() const {
    std::vector<gis::ZipPart> parts;
    const auto put = [&](const QString& name, const QByteArray& bytes) {
        parts.push_back({name.toStdString(), bytes.toStdString()});
    };
    const auto putRelations = [&](const QString& source) {
        if (const auto found = m_relations.find(source); found != m_relations.end())
            put(relationsPartOf(source), relations(source, *found));
    };
    put("[Content_Types].xml", contentTypes()); // readers look for it first
    putRelations({});
    for (const Part& part : m_parts) {
        put(part.name, part.bytes);
        putRelations(part.name);
    }
    const auto zip = gis::zipped(parts);
    if (!zip) return fail(zip.error());
    return QByteArray::fromStdString(*zip);
}

QString blip(const Package::PictureIds& ids) {
    return "<a:blip r:embed=\"" + ids.png +
           "\"><a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip "
           "xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"" +
           ids.svg + "\"/></a:ext></a:extLst></a:blip>";
}

} // namespace patchlight::paint::office
