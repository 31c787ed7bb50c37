// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QPainter>

namespace patchlight::paint {

struct TextStyle {
    double size = 2.6; ///< mm, the em
    QColor colour;
    QFont::Weight weight = QFont::Normal;
    bool italic = false;
    double spacing = 0.0;   ///< extra room between letters, in ems
    QColor halo{};          ///< an invalid colour: none
    double haloWidth = 0.3; ///< mm on each side
};

struct TextSize {
    double width = 0.0;  ///< mm
    double ascent = 0.0; ///< mm from the base line to the top of capital letters
    double descent = 0.0;
    [[nodiscard]] double height() const { return ascent + descent; }
};

[[nodiscard]] TextSize measured(const QString& text, const TextStyle& style);

/// Draws one line with its base line starting at `start` (mm). The font is set at a large size on a painter scaled
/// down: sizes below one unit do not work, and so a line is as long on screen as on paper. Text stays text in PDF and
/// SVG; only the halo is an outline.
void drawText(QPainter& painter, QPointF start, const QString& text, const TextStyle& style);
/// The same with the middle of its capital letters at `centre`.
void drawTextCentred(QPainter& painter, QPointF centre, const QString& text, const TextStyle& style);

} // namespace patchlight::paint
