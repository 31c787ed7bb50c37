// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/dates.h"
#include "tests/support/catch.h"

using namespace patchlight;
using detail::parseWhen;

namespace {
std::string readAs(const char* text) {
    const auto when = parseWhen(text);
    switch (when.precision) {
    case TimePrecision::none:
        return "";
    case TimePrecision::month:
        return isoMinute(when.time).substr(0, 7);
    case TimePrecision::day:
        return isoMinute(when.time).substr(0, 10);
    case TimePrecision::minute:
        return isoMinute(when.time);
    }
    return "?";
}
} // namespace

TEST_CASE("dates are read as they are written in Britain, day first", "[import]") {
    const auto [text, expected] =
        GENERATE(table<const char*, const char*>({{"2025-07", "2025-07"},
                                                  {"2025-07-14", "2025-07-14"},
                                                  {"2025-07-14 21:30", "2025-07-14T21:30"},
                                                  {"2025-07-14T21:30:05", "2025-07-14T21:30"},
                                                  {"2017-05-25T00:00:00Z", "2017-05-25T00:00"},
                                                  {"2025-07-14T21:30:05.123+01:00", "2025-07-14T21:30"},
                                                  {"2025/7/4", "2025-07-04"},
                                                  {"14/07/2025", "2025-07-14"},
                                                  {"01/02/2025 02:41", "2025-02-01T02:41"},
                                                  {"14-07-25", "2025-07-14"},
                                                  {"14.7.2025 9:05", "2025-07-14T09:05"},
                                                  {"1/7/99", "1999-07-01"},
                                                  {"14/07/2025 9:30 pm", "2025-07-14T21:30"},
                                                  {"14/07/2025 12:00 AM", "2025-07-14T00:00"},
                                                  {"31/12/2025 24:00", "2026-01-01T00:00"},
                                                  {"14 July 2025", "2025-07-14"},
                                                  {"14-Jul-25", "2025-07-14"},
                                                  {"14 Sept 2025 10:00", "2025-09-14T10:00"},
                                                  {"Jul 2025", "2025-07"},
                                                  {"July-25", "2025-07"},
                                                  {" 14/07/2025 ", "2025-07-14"}}));
    CHECK(readAs(text) == expected);
}

TEST_CASE("what is not a date is none, and month first is never guessed", "[import][bad-input]") {
    for (const char* text : {"",
                             "x",
                             "12/31/2025",
                             "31/02/2025",
                             "2025-02-30",
                             "2025-13",
                             "2025-00-01",
                             "0/1/2025",
                             "14/07/025",
                             "14/07",
                             "14/07/2025 25:00",
                             "14/07/2025 24:01",
                             "14/07/2025 10:60",
                             "14/07/2025 10",
                             "14/07/2025 13:00 pm",
                             "14/07/2025 10:00 xx",
                             "14-07/2025",
                             "45000",
                             "14 Juli2025",
                             "14 J 2025",
                             "2025-07-14T",
                             "Foo 2025"}) {
        INFO(text);
        CHECK(readAs(text) == "");
    }
}

TEST_CASE("a date says whether its text holds more than its value and whether its order is open", "[import]") {
    CHECK(parseWhen("2025-07-14 21:30").exactText);
    CHECK(parseWhen("2025-07-14").exactText);
    CHECK(parseWhen("2025-07").exactText);
    CHECK(parseWhen("2025-07-14 21:30:00").exactText);
    CHECK_FALSE(parseWhen("2025-07-14 21:30:05").exactText);
    CHECK_FALSE(parseWhen("2025-07-14T21:30Z").exactText);
    CHECK_FALSE(parseWhen("14/07/2025").exactText);
    CHECK(parseWhen("05/07/2025").ambiguous);
    CHECK_FALSE(parseWhen("14/07/2025").ambiguous);
    CHECK_FALSE(parseWhen("07/07/2025").ambiguous); // the same either way
    CHECK(parseWhen("14/07/2025").dayFirst);
    CHECK_FALSE(parseWhen("5 Jul 2025").ambiguous);
}
