// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/dates.h"

#include "core/base/text.h"

#include <array>

namespace patchlight::detail {

namespace {

using namespace std::chrono;

/// Takes pieces off the front of a text.
struct Scanner {
    std::string_view left;

    [[nodiscard]] bool atEnd() const { return left.empty(); }
    bool take(char c) {
        if (left.empty() || left.front() != c) return false;
        left.remove_prefix(1);
        return true;
    }
    void blanks() {
        while (take(' ')) {
        }
    }
    /// Up to `most` digits and how many there were.
    std::size_t number(int& value, std::size_t most) {
        std::size_t count = 0;
        value = 0;
        while (count < most && count < left.size() && left[count] >= '0' && left[count] <= '9')
            value = value * 10 + (left[count++] - '0');
        left.remove_prefix(count);
        return count;
    }
    std::string_view letters() {
        std::size_t count = 0;
        while (count < left.size() && ((left[count] | 0x20) >= 'a' && (left[count] | 0x20) <= 'z')) ++count;
        const std::string_view word = left.substr(0, count);
        left.remove_prefix(count);
        return word;
    }
};

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
    int hour = 0, minute = 0;
    const std::size_t hourDigits = text.number(hour, 2);
    if (hourDigits == 0 || !text.take(':') || text.number(minute, 2) != 2 || minute > 59) return false;
    when.exactText = when.exactText && hourDigits == 2;
    if (text.take(':')) {
        int second = 0, fraction = 0;
        if (text.number(second, 2) != 2 || second > 60) return false;
        if (text.take('.') || text.take(',')) text.number(fraction, 9);
        when.exactText = when.exactText && second == 0 && fraction == 0;
    }
    text.blanks();
    if (const std::string_view word = text.letters(); !word.empty()) {
        when.exactText = false;
        if (equalIgnoringCase(word, "am") || equalIgnoringCase(word, "pm")) {
            if (hour < 1 || hour > 12) return false;
            hour = hour % 12 + (equalIgnoringCase(word, "pm") ? 12 : 0);
        } else if (!equalIgnoringCase(word, "z")) {
            return false;
        }
    } else if (text.take('+') || text.take('-')) {
        int zone = 0;
        when.exactText = false;
        if (text.number(zone, 2) != 2) return false;
        text.take(':');
        if (text.number(zone, 2) == 1) return false;
    }
    text.blanks();
    if (!text.atEnd() || hour > 24 || (hour == 24 && minute > 0)) return false;
    when.exactText = when.exactText && hour < 24;
    when.time += hours{hour} + minutes{minute};
    when.precision = TimePrecision::minute;
    return true;
}

bool setDay(When& when, int y, int m, int d) {
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (y < 1 || !date.ok()) return false;
    when.time = local_days{date};
    when.precision = TimePrecision::day;
    return true;
}

bool setMonth(When& when, int y, int m) {
    if (!setDay(when, y, m, 1)) return false;
    when.precision = TimePrecision::month;
    return true;
}

bool parse(Scanner& text, When& when) {
    if (const std::string_view word = text.letters(); !word.empty()) { // "Jul 2025", "July-25"
        int y = 0;
        if (!text.take('-')) text.blanks();
        const std::size_t digits = text.number(y, 4);
        return (digits == 2 || digits == 4) && text.atEnd() && setMonth(when, fullYear(y, digits), monthOfName(word));
    }
    int first = 0, second = 0, third = 0;
    const std::size_t firstDigits = text.number(first, 4);
    if (firstDigits == 0 || firstDigits == 3) return false;
    const char separator = text.left.empty() ? '\0' : text.left.front();
    if (separator != '-' && separator != '/' && separator != '.' && separator != ' ') return false;
    text.left.remove_prefix(1);
    if (const std::string_view word = text.letters(); !word.empty()) { // "14 July 2025", "14-Jul-25"
        if (firstDigits > 2 || !text.take(separator)) return false;
        const std::size_t digits = text.number(third, 4);
        return (digits == 2 || digits == 4) && setDay(when, fullYear(third, digits), monthOfName(word), first) &&
               takeTime(text, when);
    }
    const std::size_t secondDigits = text.number(second, 2);
    if (secondDigits == 0 || separator == ' ') return false;
    if (firstDigits == 4) {
        when.exactText = separator == '-' && secondDigits == 2;
        if (text.atEnd()) return setMonth(when, first, second);
        if (!text.take(separator)) return false;
        const std::size_t thirdDigits = text.number(third, 2);
        when.exactText = when.exactText && thirdDigits == 2;
        return thirdDigits > 0 && setDay(when, first, second, third) && takeTime(text, when);
    }
    if (!text.take(separator)) return false;
    const std::size_t digits = text.number(third, 4);
    if (digits != 2 && digits != 4) return false;
    when.dayFirst = true;
    when.ambiguous = first <= 12 && first != second;
    return setDay(when, fullYear(third, digits), second, first) && takeTime(text, when);
}

} // namespace

When parseWhen(std::string_view text) {
    Scanner scanner{trimmed(text)};
    When when;
    return parse(scanner, when) ? when : When{};
}

} // namespace patchlight::detail
