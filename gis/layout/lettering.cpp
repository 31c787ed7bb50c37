// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/lettering.h"

#include <QFontInfo>
#include <QFontMetricsF>

namespace patchlight::paint {

namespace {

// Fonts take whole pixel sizes only, so letters are set at this size and scaled to millimetres.
constexpr double fontPixels = 100.0;
constexpr double ascent = 0.905; // of Liberation Sans and Arial, in em
constexpr double descent = 0.212;

/// Words, with a unit kept together with its number: "4.6 %", "300 m", "161 km²".
QStringList wordsOf(const QString& text) {
    QStringList words;
    for (const QString& word : text.split(' ', Qt::SkipEmptyParts)) {
        const bool unit = word.startsWith('%') || word.startsWith(QLatin1String("km")) || word == QLatin1String("m") ||
                          word.startsWith(QLatin1String("m,")) || word.startsWith(QLatin1String("m;"));
        if (unit && !words.isEmpty() && words.back().back().isDigit())
            words.back() += ' ' + word;
        else
            words.push_back(word);
    }
    return words;
}

} // namespace

QFont pageFont(bool bold, const QString& family) {
    const auto fontOf = [&](QFont::Weight weight) {
        QStringList families{"Liberation Sans", "Arial", "Helvetica", "DejaVu Sans"};
        if (!family.isEmpty()) families.prepend(family);
        QFont font(families);
        font.setStyleHint(QFont::SansSerif);
        font.setPixelSize(int(fontPixels));
        font.setWeight(weight);
        font.setHintingPreference(QFont::PreferNoHinting);
        const QString found = QFontInfo(font).family();
        if (found != QLatin1String("Liberation Sans") && found != QLatin1String("Arial"))
            font.setStyleStrategy(QFont::PreferNoShaping);
        return font;
    };
    if (!family.isEmpty()) return fontOf(bold ? QFont::Bold : QFont::Normal);
    static const QFont normal = fontOf(QFont::Normal), strong = fontOf(QFont::Bold);
    return bold ? strong : normal;
}

double textWidth(const QString& text, const Lettering& lettering) {
    return QFontMetricsF(pageFont(lettering.bold, lettering.family)).horizontalAdvance(text) * lettering.size /
           fontPixels;
}

QString elided(const QString& text, const Lettering& lettering, double width) {
    if (textWidth(text, lettering) <= width) return text;
    return QFontMetricsF(pageFont(lettering.bold, lettering.family))
        .elidedText(text, Qt::ElideRight, width * fontPixels / lettering.size);
}

QStringList wrapped(const QString& text, const Lettering& lettering, double width, int mostLines) {
    QStringList lines;
    QString line;
    QStringList words = wordsOf(text);
    for (qsizetype i = 0; i < words.size(); ++i) {
        QString word = words[i];
        const QString longer = line.isEmpty() ? word : line + ' ' + word;
        if (textWidth(longer, lettering) <= width) {
            line = longer;
            continue;
        }
        if (!line.isEmpty()) {
            lines.push_back(line);
            line.clear();
        }
        qsizetype fits = word.size();
        while (fits > 1 && textWidth(word.left(fits), lettering) > width) --fits;
        if (fits < word.size()) { // a word longer than a line
            lines.push_back(word.left(fits));
            words[i--] = word.mid(fits);
            continue;
        }
        line = word;
    }
    if (!line.isEmpty()) lines.push_back(line);
    if (lines.size() > mostLines) {
        const QString rest = QStringList(lines.mid(mostLines - 1)).join(' ');
        lines = lines.mid(0, mostLines - 1);
        lines.push_back(elided(rest, lettering, width));
    }
    return lines;
}

void drawLines(QPainter& painter, const QStringList& lines, const QRectF& box, const Lettering& lettering) {
    painter.save();
    painter.setPen(lettering.colour);
    painter.setFont(pageFont(lettering.bold, lettering.family));
    const double above = (lettering.lineHeight() - (ascent + descent) * lettering.size) / 2 + ascent * lettering.size;
    double y = box.top() + above;
    for (const QString& line : lines) {
        double x = box.left();
        if (lettering.align != Align::left) {
            const double room = box.width() - textWidth(line, lettering);
            x += lettering.align == Align::right ? room : room / 2;
        }
        painter.save();
        painter.translate(x, y);
        painter.scale(lettering.size / fontPixels, lettering.size / fontPixels);
        painter.drawText(QPointF(0, 0), line);
        painter.restore();
        y += lettering.lineHeight();
    }
    painter.restore();
}

} // namespace patchlight::paint
