// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/incidents.h"
#include "tests/support/catch.h"

using namespace patchlight;
using std::chrono::days;

TEST_CASE("every day of two centuries is written and read back", "[incidents][property]") {
    LocalDay day = parseIsoDay("1899-12-31").value();
    for (int i = 0; i < 73500; ++i, day += days{1}) {
        const std::string text = isoDay(day);
        REQUIRE(text.size() == 10);
        REQUIRE(parseIsoDay(text) == day);
    }
}

TEST_CASE("a month is its first day, or its last where an end is meant", "[incidents]") {
    CHECK(isoDay(parseIsoDay("2025-07").value()) == "2025-07-01");
    CHECK(isoDay(parseIsoDay("2025-07", true).value()) == "2025-07-31");
    CHECK(isoDay(parseIsoDay("2024-02", true).value()) == "2024-02-29");
    CHECK(isoDay(parseIsoDay(" 2024-02-05 ", true).value()) == "2024-02-05");
    CHECK(isoMinute(parseIsoDay("2025-07-14").value() + std::chrono::minutes{21 * 60 + 5}) == "2025-07-14T21:05");
}

TEST_CASE("what is not an ISO date is not read as one", "[incidents][bad-input]") {
    for (const char* text : {"", "2025", "2025-7", "2025-13", "2025-00", "2025-02-29", "2025-02-00", "2025/02/01",
                             "14-07-2025", "2025-07-1a", "2025-07-14T10:00", "-025-07-14"})
        CHECK_FALSE(parseIsoDay(text));
}

TEST_CASE("periods read as people write them", "[incidents]") {
    const auto readable = [](const char* first, const char* last) {
        return readablePeriod({parseIsoDay(first).value(), parseIsoDay(last, true).value()});
    };
    CHECK(readable("2025-07", "2025-07") == "July 2025");
    CHECK(readable("2025-07-01", "2025-09-30") == "1 July to 30 September 2025");
    CHECK(readable("2024-12", "2025-01") == "1 December 2024 to 31 January 2025");
    CHECK(readable("2025-07-14", "2025-07-14") == "14 July 2025");
    CHECK(readable("2025-07-03", "2025-07-09") == "3 to 9 July 2025");
}

TEST_CASE("hours are whole hours, half-open", "[incidents]") {
    CHECK(parseHours("22-04") == HourRange{22, 4});
    CHECK(parseHours(" 6 - 9 ") == HourRange{6, 9});
    CHECK(parseHours("18:00-24:00") == HourRange{18, 24});
    CHECK(parseHours("22-00") == HourRange{22, 24});
    for (const char* text :
         {"", "22", "22-", "-4", "25-3", "24-3", "22-22", "0-25", "22.5-3", "22-04-05", "ten-two", "22:30-03:00"}) {
        const auto hours = parseHours(text);
        REQUIRE_FALSE(hours);
        CHECK(hours.error().subject == "hours");
        CHECK_THAT(hours.error().message, Catch::Contains(std::string("\"") + text + "\""));
    }
}

TEST_CASE("weekdays are three letters or full names in any case", "[incidents]") {
    using std::chrono::Friday;
    using std::chrono::Saturday;
    CHECK(parseWeekdays("fri,sat") == std::vector{Friday, Saturday});
    CHECK(parseWeekdays("Saturday, FRIDAY,sat") == std::vector{Saturday, Friday});
    CHECK(parseWeekdays("sun").value().front().c_encoding() == 0);
    for (const char* text : {"", "fr", "fri,", "frid", "weekend"}) CHECK_FALSE(parseWeekdays(text));
    CHECK(parseWeekdays("fri,xyz").error().message ==
          "\"xyz\" is not a day of the week: write names like fri,sat or Friday,Saturday.");
}
