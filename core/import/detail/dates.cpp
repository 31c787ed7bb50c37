// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/dates.h"

#include "core/base/text.h"
#include "core/import/detail/scanner.h"

#include <algorithm>
#include <cmath>

namespace patchlight::detail {

namespace {

using namespace std::chrono;

int monthOfName(std::string_view word) {
    constexpr std::array<std::string_view, 12> names{"january",   "february", "march",    "april",
                                                     "may",       "june",     "july",     "august",
                                                     "september", "october",  "november", "december"};
    if (word.size() < 3) return 0;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i].size() >= word.size() && equalIgnoringCase(names[i].substr(0, word.size()), word))
            return static_cast<int>(i) + 1;
    return equalIgnoringCase(word, "sept") ? 9 : 0;
}

int fullYear(int value, std::size_t digits) {
    return digits == 4 ? value : value < 70 ? 2000 + value : 1900 + value;
}

/// The time of day after a date: nothing (day), or hours and minutes to the end of the text.
bool takeTime(Scanner& text, When& when) {
    text.blanks();
    if (text.atEnd()) return true;
    if (text.take('T') || text.take('t')) {
    }
    ClockText clock;
    if (!takeClock(text, clock)) return false;
    when.exactText = when.exactText && clock.exactText;
    when.endOfDay = clock.hour == 24;
    when.zone = clock.zone;
    when.time += hours{clock.hour} + minutes{clock.minute};
    when.precision = TimePrecision::minute;
    return true;
}

bool isDay(int y, int m, int d) {
    return y >= 1 && m >= 1 && d >= 1 &&
           year_month_day{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}}.ok();
}

bool setDay(When& when, int y, int m, int d) {
    if (!isDay(y, m, d)) return false;
    when.time = local_days{year_month_day{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}}};
    when.precision = TimePrecision::day;
    return true;
}

bool setMonth(When& when, int y, int m) {
    if (!setDay(when, y, m, 1)) return false;
    when.precision = TimePrecision::month;
    return true;
}

/// Excel's day 1 is 1900-01-01, and it counts a 29 February 1900 that never was: from day 61 on, day 0 is 1899-12-30.
bool setSerial(When& when, std::string_view text) {
    std::string number(text);
    std::replace(number.begin(), number.end(), ',', '.');
    const auto value = parseDecimal(number);
    if (!value || !(*value >= 20000.0 && *value < 80001.0)) return false;
    const auto wholeDays = static_cast<int>(*value);
    const auto seconds = static_cast<int>(std::lround((*value - wholeDays) * 86400.0)); // beyond that it is rounding
    when.style = DateStyle::serial;
    when.time = local_days{year{1899} / December / 30} + days{wholeDays} + minutes{seconds / 60};
    when.precision = seconds == 0 ? TimePrecision::day : TimePrecision::minute;
    return true;
}

/// "05/07/2025" behind its first number and separator.
bool takeNumbers(Scanner& text, When& when, int first, char separator, DateOrder order) {
    int second = 0, third = 0;
    if (text.number(second, 2) == 0 || !text.take(separator)) return false;
    const std::size_t digits = text.number(third, 4);
    if (digits != 2 && digits != 4) return false;
    const int y = fullYear(third, digits);
    const bool dayFirst = isDay(y, second, first), monthFirst = isDay(y, first, second);
    if (!dayFirst && !monthFirst) return false;
    when.style = digits == 4 ? DateStyle::numbers : DateStyle::shortYear;
    when.order = dayFirst && monthFirst ? (first == second ? NumberOrder::same : NumberOrder::either)
                 : dayFirst             ? NumberOrder::dayFirstOnly
                                        : NumberOrder::monthFirstOnly;
    when.first = static_cast<std::uint8_t>(first), when.second = static_cast<std::uint8_t>(second);
    const bool read = order == DateOrder::monthFirst ? setDay(when, y, first, second) : setDay(when, y, second, first);
    return read && takeTime(text, when);
}

bool takeIso(Scanner& text, When& when, int y, char separator) {
    int m = 0, d = 0;
    when.style = DateStyle::iso;
    const std::size_t monthDigits = text.number(m, 2);
    if (monthDigits == 0) return false;
    when.exactText = separator == '-' && monthDigits == 2;
    if (text.atEnd()) return setMonth(when, y, m);
    if (!text.take(separator)) return false;
    const std::size_t dayDigits = text.number(d, 2);
    when.exactText = when.exactText && dayDigits == 2;
    return dayDigits > 0 && setDay(when, y, m, d) && takeTime(text, when);
}

bool parse(std::string_view whole, When& when, DateOrder order) {
    Scanner text{whole};
    if (const std::string_view word = text.letters(); !word.empty()) { // "Jul 2025", "July-25"
        int y = 0;
        when.style = DateStyle::monthName;
        if (!text.take('-')) text.blanks();
        const std::size_t digits = text.number(y, 4);
        return (digits == 2 || digits == 4) && text.atEnd() && setMonth(when, fullYear(y, digits), monthOfName(word));
    }
    int first = 0, third = 0;
    const std::size_t firstDigits = text.number(first, 8);
    if (firstDigits == 8) { // "20250714"
        when.style = DateStyle::compact;
        return first >= 1900'00'00 && first < 2100'00'00 &&
               setDay(when, first / 10000, first / 100 % 100, first % 100) && takeTime(text, when);
    }
    if (firstDigits == 5 && (text.atEnd() || text.left.front() == '.' || text.left.front() == ','))
        return setSerial(when, whole);
    if (firstDigits == 0 || firstDigits == 3 || firstDigits > 4) return false;
    const char separator = text.left.empty() ? '\0' : text.left.front();
    if (separator != '-' && separator != '/' && separator != '.' && separator != ' ') return false;
    text.left.remove_prefix(1);
    if (const std::string_view word = text.letters(); !word.empty()) { // "14 July 2025", "14-Jul-25"
        when.style = DateStyle::monthName;
        if (firstDigits > 2 || !text.take(separator)) return false;
        const std::size_t digits = text.number(third, 4);
        return (digits == 2 || digits == 4) && setDay(when, fullYear(third, digits), monthOfName(word), first) &&
               takeTime(text, when);
    }
    if (separator == ' ') return false;
    if (firstDigits == 4) return takeIso(text, when, first, separator);
    return takeNumbers(text, when, first, separator, order);
}

} // namespace

std::string_view styleName(DateStyle style) {
    constexpr std::array<std::string_view, static_cast<std::size_t>(DateStyle::count_)> names{
        "no date",
        "year first (2025-07-14)",
        "without separators (20250714)",
        "in numbers (14/07/2025)",
        "with a two-digit year (14/07/25)",
        "with the month's name (14 July 2025)",
        "as Excel's day number (45852)"};
    return names[static_cast<std::size_t>(style)];
}

When parseWhen(std::string_view text, DateOrder order) {
    When when;
    if (parse(trimmed(text), when, order)) return when;
    When none;
    none.order = when.order, none.first = when.first, none.second = when.second;
    if (when.precision != TimePrecision::none) none.order = NumberOrder::none; // a date with something else behind it
    return none;
}

std::optional<Clock> parseClock(std::string_view text) {
    Scanner scanner{trimmed(text)};
    if (const auto fraction = parseDecimal(scanner.left);
        fraction && scanner.left.starts_with("0.") && *fraction >= 0.0 && *fraction < 1.0)
        return Clock{minutes{std::lround(*fraction * 86400.0) / 60}, false};
    ClockText clock;
    if (!takeClock(scanner, clock)) return std::nullopt;
    return Clock{hours{clock.hour} + minutes{clock.minute}, clock.exactText};
}

minutes britishOffset(LocalMinute utc) {
    const year y = year_month_day{floor<days>(utc)}.year();
    const auto begins = local_days{y / March / Sunday[last]} + hours{1};
    const auto ends = local_days{y / October / Sunday[last]} + hours{1};
    return minutes{utc >= begins && utc < ends ? 60 : 0};
}

LocalMinute inZone(LocalMinute written, std::optional<int> zoneInText, const SourceZone& zone) {
    if (zone.kind == SourceZone::Kind::local) return written;
    const LocalMinute utc = written - minutes{zoneInText.value_or(0)};
    return utc + (zone.kind == SourceZone::Kind::utc ? britishOffset(utc) : zone.offset);
}

} // namespace patchlight::detail
