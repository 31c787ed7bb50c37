// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

class QFrame;
class QVBoxLayout;

namespace patchlight::desktop {

/// A word of the filter sentence: a small label over a bold value; a press opens its popup below.
class SentenceButton : public QPushButton {
    Q_OBJECT
public:
    SentenceButton(const QString& label, const QString& name, QWidget* parent = nullptr);
    void setValue(const QString& value);
    [[nodiscard]] const QString& value() const { return m_value; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void popupAsked();

protected:
    void paintEvent(QPaintEvent*) override;

private:
    [[nodiscard]] QFont labelFont() const;
    [[nodiscard]] QFont valueFont() const;
    QString m_label, m_value;
};

/// An empty popup frame with a column to fill; `showBelow` puts it under its button, inside the screen. It deletes
/// itself when closed.
class SentencePopup : public QWidget {
    Q_OBJECT
public:
    SentencePopup(const QString& name, QWidget* button);
    [[nodiscard]] QVBoxLayout& column() { return *m_column; }
    void showBelow();

private:
    QWidget* m_button;
    QVBoxLayout* m_column;
};

} // namespace patchlight::desktop
