// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/month_bars.h"

#include "gis/layout/detail/lettering.h"
#include "gis/layout/detail/wording.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight::paint {

namespace {

using std::chrono::year_month_day;

LocalDay monthAt(const MonthBars& months, std::size_t index) {
    return addedMonths(months.first, std::ptrdiff_t(index));
}

/// "July 2025", "July to September 2025", "November 2024 to January 2025"
QString monthRange(LocalDay first, LocalDay last) {
    const QString from = monthName(first), to = monthName(last);
    if (from == to) return from;
    const bool sameYear = year_month_day{first}.year() == year_month_day{last}.year();
    return (sameYear ? from.section(' ', 0, 0) : from) + " to " + to;
}

QString shortMonth(LocalDay day) {
    const QString name = monthName(day);
    return name.left(3) + ' ' + name.section(' ', 1);
}

/// 1, 2 or 5 times a power of ten so that the axis has at most `most` steps.
std::size_t niceStep(std::size_t largest, std::size_t most) {
    for (std::size_t power = 1;; power *= 10)
        for (const std::size_t factor : {1u, 2u, 5u})
            if (factor * power * most >= largest) return factor * power;
}

void drawHatching(QPainter& painter, const QRectF& box) {
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.setPen(QPen(paleBarColour, 0.15));
    for (double x = box.left() - box.height(); x < box.right(); x += 0.9)
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()));
    painter.restore();
}

} // namespace

QString monthName(LocalDay day) {
    static constexpr std::array<const char*, 12> names{"January",   "February", "March",    "April",
                                                       "May",       "June",     "July",     "August",
                                                       "September", "October",  "November", "December"};
    const year_month_day date{day};
    return QString::fromLatin1(names[unsigned(date.month()) - 1]) + ' ' + QString::number(int(date.year()));
}

QString monthsWithoutData(const MonthBars& months) {
    QStringList runs;
    std::size_t left = 0;
    for (std::size_t i = 0; i < months.counts.size(); ++i) {
        if (months.covered[i]) continue;
        std::size_t end = i;
        while (end + 1 < months.counts.size() && !months.covered[end + 1]) ++end;
        if (runs.size() < 3)
            runs.push_back(monthRange(monthAt(months, i), monthAt(months, end)));
        else
            left += end - i + 1;
        i = end;
    }
    if (runs.isEmpty()) return {};
    if (left > 0) runs.push_back(counted(left, "more month", "more months"));
    const bool several = runs.size() > 1 || runs.front().contains(" to ");
    return listed(runs) + (several ? " have no data." : " has no data.");
}

QString describeMonths(const MonthBars& months) {
    if (months.empty()) return {};
    const std::size_t n = months.counts.size();
    QString text = "Bar chart: incidents by month, " + monthRange(months.first, monthAt(months, n - 1)) + ". ";
    QStringList parts;
    std::size_t chosen = 0, highest = n;
    for (std::size_t i = 0; i < n; ++i) {
        if (!months.covered[i]) continue;
        if (highest == n || months.counts[i] > months.counts[highest]) highest = i;
        if (!months.chosen[i]) continue;
        if (++chosen <= 12) parts.push_back(monthName(monthAt(months, i)) + ' ' + grouped(months.counts[i]));
    }
    if (!parts.isEmpty() && chosen <= 12) text += "In the period: " + parts.join(", ") + ". ";
    if (highest < n)
        text += "The highest bar is " + monthName(monthAt(months, highest)) + " with " +
                grouped(months.counts[highest]) + ". ";
    return (text + monthsWithoutData(months)).trimmed();
}

void drawMonthBars(QPainter& painter, const MonthBars& months, const QRectF& box, double textSize, const QColor& dark) {
    if (months.empty() || box.width() <= 0 || box.height() <= 3 * textSize) return;
    const std::size_t n = months.counts.size();
    std::size_t largest = 1;
    for (std::size_t i = 0; i < n; ++i)
        if (months.covered[i]) largest = std::max(largest, months.counts[i]);
    const std::size_t step = niceStep(largest, box.height() > 25 ? 5 : 3);
    const double top = 1.03 * double(largest);

    const Lettering label{textSize, false, quietColour, Align::right, 1.2};
    const double labels = textWidth(grouped(largest / step * step), label) + textSize * 0.6;
    const QRectF plot(box.left() + labels, box.top() + textSize * 0.6, box.width() - labels,
                      box.height() - textSize * 0.6 - label.lineHeight() - textSize * 0.4);
    const auto height = [&](std::size_t count) { return plot.height() * double(count) / top; };

    painter.save();
    for (std::size_t value = 0; double(value) <= top; value += step) {
        const double y = plot.bottom() - height(value);
        painter.setPen(QPen(hairColour, 0.15));
        if (value > 0) painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        drawLines(painter, {grouped(value)},
                  QRectF(box.left(), y - label.lineHeight() / 2, labels - textSize * 0.6, label.lineHeight()), label);
    }
    const double pitch = plot.width() / double(n);
    const double width = std::min(pitch * 0.76, plot.width() / 9.0);
    for (std::size_t i = 0; i < n; ++i) {
        const double x = plot.left() + pitch * (double(i) + 0.5) - width / 2;
        if (!months.covered[i]) {
            drawHatching(painter, QRectF(x, plot.bottom() - textSize * 0.7, width, textSize * 0.7));
            continue;
        }
        const double tall = height(months.counts[i]);
        painter.fillRect(QRectF(x, plot.bottom() - tall, width, tall), months.chosen[i] ? dark : paleBarColour);
    }
    painter.setPen(QPen(quietColour, 0.2));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());

    const double y = plot.bottom() + textSize * 0.4;
    Lettering edge = label;
    const QString first = shortMonth(months.first), last = shortMonth(monthAt(months, n - 1));
    edge.align = n == 1 ? Align::centre : Align::left;
    drawLines(painter, {first}, QRectF(plot.left(), y, plot.width(), edge.lineHeight()), edge);
    double taken = plot.left() + textWidth(first, edge) + textSize;
    const double lastLeft = plot.right() - textWidth(last, edge) - textSize;
    if (n > 1 && lastLeft > taken - textSize) {
        edge.align = Align::right;
        drawLines(painter, {last}, QRectF(plot.left(), y, plot.width(), edge.lineHeight()), edge);
        edge.align = Align::centre;
        for (std::size_t i = 1; i + 1 < n; ++i) { // the Januaries between
            const LocalDay month = monthAt(months, i);
            if (year_month_day{month}.month() != std::chrono::January) continue;
            const QString text = shortMonth(month);
            const double wide = textWidth(text, edge), x = plot.left() + pitch * (double(i) + 0.5);
            if (x - wide / 2 < taken || x + wide / 2 > lastLeft) continue;
            drawLines(painter, {text}, QRectF(x - wide / 2, y, wide, edge.lineHeight()), edge);
            taken = x + wide / 2 + textSize;
        }
    }
    painter.restore();
}

} // namespace patchlight::paint
