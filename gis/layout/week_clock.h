// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QRectF>
#include <QString>
#include <cstdint>
#include <vector>

/// When in the week: hours across, days down, darker where there is more.
namespace patchlight::paint {

/// 168 counts from Monday 00:00 (`weekHours`). Empty: there is no chart.
struct WeekClock {
    std::vector<std::uint32_t> counts;
    [[nodiscard]] bool empty() const { return counts.empty(); }
};

/// "Hours of the week: most on Saturdays from 22:00 to 01:00 (41 of 389 incidents with a time). ..." For those who do
/// not see the chart.
[[nodiscard]] QString describeClock(const WeekClock& clock);
/// "Lightest 0 to 4, darkest 20 and more incidents an hour.": what the shades stand for.
[[nodiscard]] QString clockShades(const WeekClock& clock);

/// The height the chart takes at its best in this width, mm.
[[nodiscard]] double clockHeight(double width, double textSize);
/// Draws the chart into the box (mm). cost O(168)
void drawWeekClock(QPainter& painter, const WeekClock& clock, const QRectF& box, double textSize);

} // namespace patchlight::paint
