// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"

#include <QPainter>
#include <QRectF>
#include <QString>

/// Incidents by month as a small bar chart.
namespace patchlight::paint {

/// One bar a month from `first` on; the three columns have one length. Empty: there is no chart.
struct MonthBars {
    LocalDay first{}; ///< first day of the first month
    std::vector<std::size_t> counts;
    std::vector<std::uint8_t> covered; ///< 1 where any dataset has rows in the month: a gap is not a zero
    std::vector<std::uint8_t> chosen;  ///< 1 where the month belongs to the period of the page
    [[nodiscard]] bool empty() const { return counts.empty(); }
};

/// "Incidents by month, January 2024 to September 2025. Most in July 2024 (612), ... No data for ..." One sentence or
/// two for those who do not see the chart.
[[nodiscard]] QString describeMonths(const MonthBars& months);
/// "hatched: no data" sentence naming the months without data; empty where every month has some.
[[nodiscard]] QString monthsWithoutData(const MonthBars& months);
/// "July 2025"
[[nodiscard]] QString monthName(LocalDay day);

/// Draws the chart into the box (mm): months of the period dark, others pale, months without data as a hatched foot.
/// cost O(months)
void drawMonthBars(QPainter& painter, const MonthBars& months, const QRectF& box, double textSize, const QColor& dark);

} // namespace patchlight::paint
