// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/week_clock.h"

#include "core/incidents/week_hours.h"
#include "gis/layout/detail/lettering.h"
#include "gis/layout/detail/wording.h"
#include "gis/map/map.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace patchlight::paint {

namespace {

constexpr std::size_t hours = 24, days = 7;
constexpr double gap = 0.14; ///< between cells, of a cell

std::uint32_t largestOf(const WeekClock& clock) {
    return clock.empty() ? 0 : *std::max_element(clock.counts.begin(), clock.counts.end());
}

/// Whole counts per shade, so that five shades reach the largest.
std::uint32_t shadeStep(const WeekClock& clock) {
    return std::max<std::uint32_t>(1, (largestOf(clock) + 5) / 5);
}

const QColor& shadeOf(std::uint32_t count, std::uint32_t step) {
    const auto& ramp = densityRamp();
    return ramp[std::min<std::size_t>(count / step, ramp.size() - 1)];
}

QString dayName(std::size_t day) {
    static const std::array<const char*, days> names{"Mondays", "Tuesdays",  "Wednesdays", "Thursdays",
                                                     "Fridays", "Saturdays", "Sundays"};
    return names[day];
}

QString clockTime(std::size_t hour) {
    return QStringLiteral("%1:00").arg(hour % hours, 2, 10, QChar('0'));
}

struct Cells {
    double left = 0.0, pitchX = 0.0, pitchY = 0.0;
};
Cells cellsIn(const QRectF& box, double textSize) {
    const Lettering label{textSize};
    const double left = textWidth("W", label) + textSize * 0.9;
    return {box.left() + left, (box.width() - left) / double(hours), (box.height() - 1.6 * textSize) / double(days)};
}

} // namespace

QString describeClock(const WeekClock& clock) {
    if (clock.empty()) return {};
    const auto all = std::accumulate(clock.counts.begin(), clock.counts.end(), std::size_t{0});
    QString text =
        "Incidents by hour and day of the week (" + counted(all, "incident", "incidents") + " with a time). ";
    if (const auto busiest = busiestHours(clock.counts))
        text += "Most on " + dayName(busiest->firstHour / hours % days) + " from " +
                clockTime(busiest->firstHour % hours) + " to " + clockTime((busiest->firstHour + 3) % hours) + " (" +
                grouped(busiest->incidents) + "). ";
    std::array<std::size_t, days> byDay{};
    for (std::size_t i = 0; i < clock.counts.size(); ++i) byDay[i / hours % days] += clock.counts[i];
    QStringList parts;
    for (std::size_t day = 0; day < days; ++day) parts.push_back(dayName(day) + ' ' + grouped(byDay[day]));
    return text + parts.join(", ") + '.';
}

QString clockShades(const WeekClock& clock) {
    if (clock.empty()) return {};
    const std::uint32_t step = shadeStep(clock);
    const QString light = step == 1 ? QStringLiteral("none") : "0 to " + grouped(step - 1);
    return "Lightest " + light + ", darkest " + grouped(4 * step) + " and more incidents in an hour of the week.";
}

double clockHeight(double width, double textSize) {
    return (width - 2.0 * textSize) / double(hours) * double(days) + 1.6 * textSize;
}

void drawWeekClock(QPainter& painter, const WeekClock& clock, const QRectF& box, double textSize) {
    if (clock.counts.size() != hours * days || box.width() <= 0 || box.height() <= 4 * textSize) return;
    const Cells cells = cellsIn(box, textSize);
    const std::uint32_t step = shadeStep(clock);
    painter.save();
    const Lettering label{textSize, false, quietColour, Align::left, 1.2};
    static const std::array<const char*, days> initials{"M", "T", "W", "T", "F", "S", "S"};
    for (std::size_t day = 0; day < days; ++day) {
        const double y = box.top() + cells.pitchY * double(day);
        drawLines(painter, {initials[day]},
                  QRectF(box.left(), y + (cells.pitchY - label.lineHeight()) / 2, cells.left, label.lineHeight()),
                  label);
        for (std::size_t hour = 0; hour < hours; ++hour)
            painter.fillRect(
                QRectF(cells.left + cells.pitchX * double(hour), y, cells.pitchX * (1 - gap), cells.pitchY * (1 - gap)),
                shadeOf(clock.counts[day * hours + hour], step));
    }
    const double y = box.top() + cells.pitchY * double(days) + 0.25 * textSize;
    for (std::size_t hour = 0; hour < hours; hour += 6)
        drawLines(painter, {clockTime(hour)},
                  QRectF(cells.left + cells.pitchX * double(hour), y, cells.pitchX * 6, label.lineHeight()), label);
    painter.restore();
}

} // namespace patchlight::paint
