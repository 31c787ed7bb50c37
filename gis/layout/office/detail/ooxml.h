// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "gis/export/zip.h"

#include <QByteArray>
#include <QHash>
#include <QSizeF>
#include <QString>
#include <QStringList>
#include <QXmlStreamWriter>

/// What Word documents and presentations have in common: parts, relationships, properties (ECMA-376).
namespace patchlight::paint::office {

/// Text as XML content or as an attribute's value: escaped; what XML 1.0 cannot hold is left out, line ends are blanks.
[[nodiscard]] QString xmlText(const QString& text);
/// The same for what is read as text: a unit stays with its number ("50.6 %", "300 m").
[[nodiscard]] QString xmlWords(const QString& text);
/// Millimetres in English Metric Units, of which an office program has 36,000.
[[nodiscard]] qint64 emu(double millimetres);
[[nodiscard]] QString hex(const QColor& colour); ///< "12263A"

inline constexpr const char* xmlStart = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
inline constexpr const char* officeTypes = "application/vnd.openxmlformats-officedocument.";
inline constexpr const char* officeRelations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A picture as drawing and, for programs that cannot, as dots; both show the same.
struct Picture {
    QByteArray svg, png;
    QSizeF size; ///< mm
    QString description;
    [[nodiscard]] bool empty() const { return png.isEmpty(); }
};

/// A document in the making. Parts are named without a leading slash; "" is the package itself.
class Package {
public:
    /// type  of the content; empty for what its ending says (.xml, .rels, .png, .svg)
    void add(const QString& name, const QByteArray& bytes, const QString& type = {});
    /// The id of a relationship from one part to another, `rId1` and on for each source.
    QString relate(const QString& source, const QString& type, const QString& target);

    struct PictureIds {
        QString png, svg;
    };
    PictureIds addPicture(const QString& source, const QString& folder, const Picture& picture);

    /// Title, language and author as the recipe has it, the program's name, and the recipe as a custom XML part of the
    /// main part. No time of day and no name of this machine's user.
    void addProperties(const QString& mainPart, const QString& title, const QString& subject, const Recipe& recipe);

    [[nodiscard]] Expected<QByteArray> bytes() const;

private:
    struct Part {
        QString name;
        QByteArray bytes;
        QString type;
    };
    struct Relation {
        QString id, type, target;
    };
    [[nodiscard]] QByteArray contentTypes() const;
    [[nodiscard]] static QByteArray relations(const QString& source, const std::vector<Relation>& relations);

    std::vector<Part> m_parts;
    QHash<QString, std::vector<Relation>> m_relations;
    int m_pictures = 0;
};

/// The blip of a picture: dots, with the drawing for programs that know it.
[[nodiscard]] QString blip(const Package::PictureIds& ids);

} // namespace patchlight::paint::office
