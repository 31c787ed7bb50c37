// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/dates.h"
#include "tests/fuzz/fuzz.h"

#include <string_view>

using namespace patchlight;

/// What is read as a date says the same when written in ISO and read again; a time of day lies in its day.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const DateOrder order : {DateOrder::dayFirst, DateOrder::monthFirst}) {
        const auto when = detail::parseWhen(text, order);
        if (when.precision == TimePrecision::none) continue;
        const auto year = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(when.time)}.year();
        if (year < std::chrono::year{1000} || year > std::chrono::year{9999}) continue; // ISO has four digits
        fuzz::expect(detail::parseWhen(isoMinute(when.time), order).time == when.time, "the date reads back");
        fuzz::expect(!when.zone || (*when.zone >= -15 * 60 && *when.zone <= 15 * 60), "a zone lies within 15 hours");
        const auto british = detail::inZone(when.time, when.zone, {SourceZone::Kind::utc, {}});
        fuzz::expect(british - when.time <= std::chrono::hours{17}, "a zone moves a time by hours");
    }
    if (const auto clock = detail::parseClock(text))
        fuzz::expect(clock->sinceMidnight >= std::chrono::minutes{0} && clock->sinceMidnight <= std::chrono::hours{24},
                     "a time of day lies in its day");
    return 0;
}
