// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>

/// Text of a page in millimetres: measured and drawn from the same font at the same size on every device.
namespace patchlight::paint {

/// The page's colours, of the sketch.
inline const QColor inkColour{0x12, 0x26, 0x3a}, quietColour{0x44, 0x55, 0x6a}, hairColour{0xd9, 0xe0, 0xe6},
    paleBarColour{0xa3, 0xb6, 0xc9}, darkBarColour{0x12, 0x43, 0x6d};

enum class Align { left, centre, right };

struct Lettering {
    double size = 2.6; ///< em in mm: 2.6 mm is 7.4 pt
    bool bold = false;
    QColor colour = inkColour;
    Align align = Align::left;
    double leading = 1.32; ///< line distance in em
    QString family;        ///< empty: the usual one
    [[nodiscard]] double lineHeight() const { return size * leading; }
};

/// The family, else Liberation Sans (a metric twin of Arial), else Arial, else what there is; all but those two without
/// ligatures, which break searching.
[[nodiscard]] QFont pageFont(bool bold, const QString& family = {});
[[nodiscard]] double textWidth(const QString& text, const Lettering& lettering);
/// The text, or as much of it as fits with an ellipsis.
[[nodiscard]] QString elided(const QString& text, const Lettering& lettering, double width);
/// Lines no wider than `width`; words longer than a line are cut; what passes `mostLines` ends in an ellipsis.
[[nodiscard]] QStringList wrapped(const QString& text, const Lettering& lettering, double width, int mostLines = 1000);
/// Lines from the top of the box; each is aligned in it.
void drawLines(QPainter& painter, const QStringList& lines, const QRectF& box, const Lettering& lettering);

} // namespace patchlight::paint
