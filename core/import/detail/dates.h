// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/mapping.h"
#include "core/incidents/incidents.h"

#include <array>

namespace patchlight::detail {

/// How a date is written.
enum class DateStyle : std::uint8_t { none, iso, compact, numbers, shortYear, monthName, serial, count_ };
[[nodiscard]] std::string_view styleName(DateStyle style); ///< "year first (2025-07-14)"

/// Which orders of day and month make a date of "05/07/2025".
enum class NumberOrder : std::uint8_t {
    none,          ///< not written in such numbers
    same,          ///< 07/07: the same either way
    either,        ///< 05/07
    dayFirstOnly,  ///< 14/07
    monthFirstOnly ///< 07/14
};

/// A date as its text says it.
struct When {
    LocalMinute time{};
    TimePrecision precision = TimePrecision::none; ///< none: not a date
    bool exactText = false;                        ///< ISO to the minute: the text holds no more than the value
    bool endOfDay = false;                         ///< written as 24:00
    DateStyle style = DateStyle::none;
    NumberOrder order = NumberOrder::none; ///< said even where the order asked for makes no date of it
    std::uint8_t first = 0, second = 0;    ///< the two numbers, where there is an order
    std::optional<int> zone;               ///< minutes east of UTC that the text names; `time` is as written
};

/// ISO ("2025-07", "2025-07-14", "2025-07-14 21:30[:05[.123]][Z|+01:00]"), without hyphens ("20250714"), in numbers
/// with the day first or, when told, the month ("14/07/2025", "14-07-25 9:30 pm", "14.7.2025"), with the month's name
/// ("14 July 2025", "14-Jul-25", "Jul 2025"), and Excel's day numbers from 20000 (1954) to 80000 (2119) in its 1900
/// system, with a fraction for the time. 24:00 is the next day's 00:00. Two-digit years are 1970 to 2069.
[[nodiscard]] When parseWhen(std::string_view text, DateOrder order = DateOrder::dayFirst);

/// A time of day.
struct Clock {
    std::chrono::minutes sinceMidnight{0}; ///< up to 24:00
    bool exactText = false;                ///< "21:30"
};
/// "21:30[:05]", "9:30 pm", "21.30", "2130", "0930hrs", Excel's fraction of a day ("0.8958333"). Nothing otherwise.
[[nodiscard]] std::optional<Clock> parseClock(std::string_view text);

/// A time given in UTC (or in the zone that its text names) as civil time in the zone of the file.
[[nodiscard]] LocalMinute inZone(LocalMinute written, std::optional<int> zoneInText, const SourceZone& zone);
/// How far British civil time is ahead of UTC: an hour from 01:00 UTC on the last Sunday of March to 01:00 UTC on the
/// last Sunday of October. source: Summer Time Act 1972 as amended 2002; the rule of the years before 1996 is not here.
[[nodiscard]] std::chrono::minutes britishOffset(LocalMinute utc);

} // namespace patchlight::detail
