// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "resources/sample/generator/portable.h"

#include <array>
#include <chrono>
#include <vector>

/// When incidents happen: which day of the three years, which hour of that day.
namespace patchlight::sample {

using Day = std::chrono::sys_days; ///< a calendar day; the records are local civil time without a zone
using Minute = std::chrono::sys_time<std::chrono::minutes>;

inline constexpr Day firstDay = std::chrono::year{2023} / 1 / 1;
inline constexpr Day lastDay = std::chrono::year{2025} / 12 / 31;

/// A weight for each hour from 0 to 29: 24 to 29 are the small hours after the day on which the night began.
using Hours = std::array<double, 30>;
[[nodiscard]] Hours roundTheClock();                    ///< quiet before dawn, most in the afternoon and evening
[[nodiscard]] Hours around(double hour, double spread); ///< a bell
[[nodiscard]] Hours mixed(const Hours& a, double shareOfA, const Hours& b);

/// A weight for each day from firstDay to lastDay.
using Days = std::vector<double>;
[[nodiscard]] Days everyDay();
/// Multiplies by Monday's to Sunday's weights.
[[nodiscard]] Days byWeekday(Days days, const std::array<double, 7>& weights);
/// Multiplies by 1 + amplitude at mid-July down to 1 - amplitude in mid-January (negative: the other way round).
[[nodiscard]] Days bySeason(Days days, double amplitude);
/// Multiplies by January's to December's weights.
[[nodiscard]] Days byMonth(Days days, const std::array<double, 12>& weights);
/// Keeps days of [first, last] alone; with `ramp`, their weight rises evenly from 0 to 1 over that time.
[[nodiscard]] Days within(Days days, Day first, Day last, bool ramp = false);
[[nodiscard]] Days inSchoolTerms(Days days); ///< Monday to Friday outside the holidays
/// Multiplies by 1 in the middle of 2023, `growth` more a year.
[[nodiscard]] Days growing(Days days, double growth);

/// Draws times by a day's and an hour's weight; minutes are multiples of 5.
class Clock {
public:
    Clock(const Days& days, const Hours& hours) : m_days{days}, m_hours{{hours.begin(), hours.end()}} {}
    [[nodiscard]] Minute draw(Random& random) const;

private:
    WeightedChoice m_days, m_hours;
};

} // namespace patchlight::sample
