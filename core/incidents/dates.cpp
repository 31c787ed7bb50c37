// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/incidents/incidents.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace patchlight {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> monthNames{"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> dayNames{"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

std::optional<unsigned> digits(std::string_view text) {
    unsigned value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return text.empty() ? std::nullopt : std::optional{value};
}

std::string_view nameOf(month m) {
    return monthNames[static_cast<unsigned>(m) - 1];
}
unsigned number(day d) {
    return static_cast<unsigned>(d);
}

/// "22", "04", "22:00"; 24 is allowed as an end.
std::optional<int> wholeHour(std::string_view text) {
    text = trimmed(text);
    if (text.ends_with(":00")) text.remove_suffix(3);
    const auto value = text.size() <= 2 ? digits(text) : std::nullopt;
    return value && *value <= 24 ? std::optional{static_cast<int>(*value)} : std::nullopt;
}

} // namespace

std::optional<LocalDay> parseIsoDay(std::string_view text, bool endOfMonth) {
    text = trimmed(text);
    if ((text.size() != 7 && text.size() != 10) || text[4] != '-') return std::nullopt;
    const auto y = digits(text.substr(0, 4)), m = digits(text.substr(5, 2));
    if (!y || !m || *y == 0 || *m < 1 || *m > 12) return std::nullopt;
    const year_month yearMonth{year{static_cast<int>(*y)}, month{*m}};
    if (text.size() == 7) return endOfMonth ? LocalDay{yearMonth / last} : LocalDay{yearMonth / day{1}};
    const auto d = digits(text.substr(8, 2));
    if (text[7] != '-' || !d) return std::nullopt;
    const year_month_day date = yearMonth / day{*d};
    return date.ok() ? std::optional{LocalDay{date}} : std::nullopt;
}

std::string isoDay(LocalDay value) {
    const year_month_day date{value};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       number(date.day()));
}

std::string isoMinute(LocalMinute time) {
    const LocalDay midnight = floor<days>(time);
    const auto minutes = (time - midnight).count();
    return fmt::format("{}T{:02}:{:02}", isoDay(midnight), minutes / 60, minutes % 60);
}

LocalDay firstOfMonth(LocalDay day) {
    const year_month_day date{day};
    return LocalDay{date.year() / date.month() / std::chrono::day{1}};
}

LocalDay addedMonths(LocalDay firstOfMonth, std::ptrdiff_t count) {
    const year_month_day date{firstOfMonth};
    return LocalDay{(date.year() / date.month() + months{count}) / std::chrono::day{1}};
}

std::string readablePeriod(const Period& period) {
    const year_month_day a{period.first}, b{period.last};
    const auto yearOf = [](const year_month_day& date) { return static_cast<int>(date.year()); };
    const bool sameYear = a.year() == b.year(), sameMonth = sameYear && a.month() == b.month();
    if (sameMonth && number(a.day()) == 1 && b == year_month_day{b.year() / b.month() / last})
        return fmt::format("{} {}", nameOf(b.month()), yearOf(b));
    const std::string end = fmt::format("{} {} {}", number(b.day()), nameOf(b.month()), yearOf(b));
    if (period.first == period.last) return end;
    if (sameMonth) return fmt::format("{} to {}", number(a.day()), end);
    if (sameYear) return fmt::format("{} {} to {}", number(a.day()), nameOf(a.month()), end);
    return fmt::format("{} {} {} to {}", number(a.day()), nameOf(a.month()), yearOf(a), end);
}

std::string readableMonths(const Period& period) {
    const year_month_day a{period.first}, b{period.last};
    const bool whole = number(a.day()) == 1 && b == year_month_day{b.year() / b.month() / last};
    if (!whole || (a.year() == b.year() && a.month() == b.month())) return readablePeriod(period);
    const std::string end = fmt::format("{} {}", nameOf(b.month()), static_cast<int>(b.year()));
    if (a.year() == b.year()) return fmt::format("{} to {}", nameOf(a.month()), end);
    return fmt::format("{} {} to {}", nameOf(a.month()), static_cast<int>(a.year()), end);
}

Expected<HourRange> parseHours(std::string_view text) {
    const std::size_t dash = text.find('-');
    const auto from = dash == text.npos ? std::nullopt : wholeHour(text.substr(0, dash));
    auto to = dash == text.npos ? std::nullopt : wholeHour(text.substr(dash + 1));
    if (from && to && *to == 0) to = 24;
    if (!from || !to || *from == 24 || *from == *to)
        return fail(
            ErrorCode::invalidParameter,
            fmt::format("\"{}\" is not a range of hours: write whole hours like 22-04 (from 22:00 to 03:59).", text),
            "hours");
    return HourRange{*from, *to};
}

Expected<std::vector<weekday>> parseWeekdays(std::string_view text) {
    std::vector<weekday> result;
    while (true) {
        const std::size_t comma = text.find(',');
        const std::string name = foldedCase(trimmed(text.substr(0, comma)));
        const auto found = std::find_if(dayNames.begin(), dayNames.end(), [&](std::string_view full) {
            return name == full || name == full.substr(0, 3);
        });
        if (found == dayNames.end())
            return fail(
                ErrorCode::invalidParameter,
                fmt::format("\"{}\" is not a day of the week: write names like fri,sat or Friday,Saturday.", name),
                "weekdays");
        const weekday value{static_cast<unsigned>(found - dayNames.begin())};
        if (std::find(result.begin(), result.end(), value) == result.end()) result.push_back(value);
        if (comma == text.npos) return result;
        text.remove_prefix(comma + 1);
    }
}

} // namespace patchlight
