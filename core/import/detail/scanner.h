// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace patchlight::detail {

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
    /// Up to `most` (at most 9) digits and how many there were.
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

/// A time of day as written.
struct ClockText {
    int hour = 0, minute = 0;
    bool exactText = false;  ///< "21:30", or with seconds of 0
    std::optional<int> zone; ///< minutes east of UTC
};
/// All of the text as a time of day: "21:30[:05[.123]] [am|pm|hrs|Z|GMT|BST|+01:00]", "21.30", "2130"; up to 24:00.
[[nodiscard]] bool takeClock(Scanner& text, ClockText& clock);

} // namespace patchlight::detail
