// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"

namespace patchlight::detail {

/// A date as its text says it.
struct When {
    LocalMinute time{};
    TimePrecision precision = TimePrecision::none; ///< none: not a date
    bool exactText = false;                        ///< ISO to the minute: the text holds no more than the value
    bool dayFirst = false;                         ///< written as day/month/year in numbers
    bool ambiguous = false; ///< ... with a day of 12 or less, so that month/day would be a date too
};

/// ISO ("2025-07", "2025-07-14", "2025-07-14 21:30[:05[.123]][Z]"; the zone is left off: times are local as recorded),
/// day first ("14/07/2025", "14-07-25 9:30 pm", "14.7.2025"), with the month's name ("14 July 2025", "14-Jul-25",
/// "Jul 2025"). 24:00 is the next day's 00:00. Two-digit years are 1970 to 2069. Never month first.
[[nodiscard]] When parseWhen(std::string_view text);

} // namespace patchlight::detail
