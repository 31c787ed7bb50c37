// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/periods.h"

namespace patchlight {

namespace {

using std::chrono::days;
using std::chrono::year_month_day;
using std::chrono::years;

LocalDay lastOfMonth(LocalDay day) {
    return addedMonths(firstOfMonth(day), 1) - days{1};
}

LocalDay aYearBefore(LocalDay day) {
    const year_month_day date = year_month_day{day} - years{1};
    return date.ok() ? LocalDay{date} : LocalDay{date.year() / date.month() / std::chrono::last};
}

} // namespace

bool isWholeMonths(const Period& period) {
    return period.first == firstOfMonth(period.first) && period.last == lastOfMonth(period.last);
}

std::size_t daysOf(const Period& period) {
    return period.last < period.first ? 0 : static_cast<std::size_t>((period.last - period.first).count()) + 1;
}

Period previousPeriod(const Period& period) {
    const LocalDay last = period.first - days{1};
    if (!isWholeMonths(period)) return {period.first - (period.last - period.first) - days{1}, last};
    const year_month_day a{period.first}, b{period.last};
    const auto months = (std::chrono::year_month{b.year(), b.month()} - std::chrono::year_month{a.year(), a.month()});
    return {addedMonths(period.first, -(months.count() + 1)), last};
}

Period yearBefore(const Period& period) {
    const LocalDay last = aYearBefore(period.last);
    return {aYearBefore(period.first), isWholeMonths(period) ? lastOfMonth(last) : last};
}

} // namespace patchlight
