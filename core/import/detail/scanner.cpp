// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/scanner.h"

#include "core/base/text.h"

namespace patchlight::detail {

namespace {

/// The word behind a time: half of the day or a zone.
bool takeWord(std::string_view word, ClockText& clock) {
    const auto is = [&](std::string_view other) { return equalIgnoringCase(word, other); };
    if (is("am") || is("pm")) {
        if (clock.hour < 1 || clock.hour > 12) return false;
        clock.hour = clock.hour % 12 + (is("pm") ? 12 : 0);
        return true;
    }
    if (is("z") || is("gmt") || is("utc")) {
        clock.zone = 0;
        return true;
    }
    if (is("bst")) {
        clock.zone = 60;
        return true;
    }
    return is("h") || is("hrs") || is("hours");
}

/// "+01:00", "-0500" or "+01" behind its sign.
bool takeOffset(Scanner& text, bool west, ClockText& clock) {
    int hours = 0, minutes = 0;
    if (text.number(hours, 2) != 2) return false;
    text.take(':');
    if (text.number(minutes, 2) == 1 || hours > 14 || minutes > 59) return false;
    clock.zone = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

} // namespace

bool takeClock(Scanner& text, ClockText& clock) {
    int together = 0;
    const std::size_t digits = text.number(together, 6);
    if (digits == 3 || digits == 4 || digits == 6) { // "930", "2130", "213005"
        const int upToMinutes = digits == 6 ? together / 100 : together;
        clock.hour = upToMinutes / 100, clock.minute = upToMinutes % 100;
        if (digits == 6 && together % 100 > 60) return false;
    } else {
        const bool colon = text.take(':');
        if ((digits != 1 && digits != 2) || !(colon || text.take('.'))) return false;
        clock.hour = together;
        if (text.number(clock.minute, 2) != 2) return false;
        clock.exactText = digits == 2 && colon;
        if (text.take(':')) {
            int second = 0, fraction = 0;
            if (text.number(second, 2) != 2 || second > 60) return false;
            if (text.take('.') || text.take(',')) text.number(fraction, 9);
            clock.exactText = clock.exactText && second == 0 && fraction == 0;
        }
    }
    text.blanks();
    if (const std::string_view word = text.letters(); !word.empty()) {
        clock.exactText = false;
        if (!takeWord(word, clock)) return false;
    } else if (const bool west = text.take('-'); west || text.take('+')) {
        clock.exactText = false;
        if (!takeOffset(text, west, clock)) return false;
    }
    text.blanks();
    clock.exactText = clock.exactText && clock.hour < 24;
    return text.atEnd() && clock.minute <= 59 && (clock.hour < 24 || (clock.hour == 24 && clock.minute == 0));
}

} // namespace patchlight::detail
