// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QLabel>
#include <QString>

class QApplication;
class QWidget;

/// How the window looks: one set of colours, a palette and a style sheet made from it.
namespace patchlight::desktop {

enum class Appearance { light, dark };

struct Colours {
    QColor window, panel, field, line, text, muted, primary, onPrimary, hover, selected, good, warning, bad;
};
[[nodiscard]] const Colours& colours(); ///< of the appearance in use

/// Fusion style, palette, font size and style sheet for the whole program.
void applyAppearance(QApplication& application, Appearance appearance);
[[nodiscard]] Appearance currentAppearance();
/// What the desktop asks for: dark where its window colour is dark.
[[nodiscard]] Appearance systemAppearance(const QApplication& application);

/// Labels in the roles the style sheet knows.
[[nodiscard]] QLabel* sectionTitle(const QString& text, QWidget* parent = nullptr);
[[nodiscard]] QLabel* mutedText(const QString& text, QWidget* parent = nullptr);
[[nodiscard]] QWidget* separator(QWidget* parent = nullptr);
/// A small square in a colour, for lists.
[[nodiscard]] QIcon swatch(const QColor& fill, const QColor& stroke = {});
/// The program's icon: a lit patch.
[[nodiscard]] QIcon programIcon();

} // namespace patchlight::desktop
