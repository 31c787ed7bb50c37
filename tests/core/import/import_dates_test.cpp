// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/dates.h"
#include "tests/support/catch.h"

#include <fmt/format.h>

#include <ctime>
#include <random>

using namespace patchlight;
using detail::inZone;
using detail::NumberOrder;
using detail::parseClock;
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
                             "4500",
                             "19999",
                             "80001",
                             "450000",
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
    CHECK_FALSE(parseWhen("14/07/2025 21.30").exactText);
    CHECK(parseWhen("05/07/2025").order == NumberOrder::either);
    CHECK(parseWhen("14/07/2025").order == NumberOrder::dayFirstOnly);
    CHECK(parseWhen("07/14/2025").order == NumberOrder::monthFirstOnly);
    CHECK(parseWhen("07/14/2025").precision == TimePrecision::none);
    CHECK(parseWhen("07/07/2025").order == NumberOrder::same); // the same either way
    CHECK(parseWhen("5 Jul 2025").order == NumberOrder::none);
    CHECK(parseWhen("31/31/2025").order == NumberOrder::none);
}

TEST_CASE("the month is first where it is told", "[import]") {
    const auto read = [](const char* text) { return isoMinute(parseWhen(text, DateOrder::monthFirst).time); };
    CHECK(read("12/31/2024") == "2024-12-31T00:00");
    CHECK(read("1/2/2024 5:06 PM") == "2024-01-02T17:06");
    CHECK(read("2024-01-02") == "2024-01-02T00:00"); // the year first is ISO, whatever is told
    CHECK(parseWhen("31/12/2024", DateOrder::monthFirst).precision == TimePrecision::none);
    CHECK(parseWhen("31/12/2024", DateOrder::monthFirst).order == NumberOrder::dayFirstOnly);
}

TEST_CASE("Excel's day numbers are those of its 1900 system", "[import][oracle]") {
    // As Excel and LibreOffice show them.
    CHECK(readAs("45852") == "2025-07-14");
    CHECK(readAs("36526") == "2000-01-01");
    CHECK(readAs("20000") == "1954-10-03");
    CHECK(readAs("45852.5") == "2025-07-14T12:00");
    CHECK(readAs("45852,5") == "2025-07-14T12:00");
    CHECK(readAs("45852.89583333333") == "2025-07-14T21:30");
    CHECK(readAs("45852.8958333333") == "2025-07-14T21:30"); // short of it by rounding
    CHECK(readAs("45852.999305555555") == "2025-07-14T23:59");
}

TEST_CASE("times of day are read as people write them", "[import]") {
    const auto read = [](const char* text) {
        const auto clock = parseClock(text);
        return clock ? static_cast<int>(clock->sinceMidnight.count()) : -1;
    };
    CHECK(read("21:30") == 1290);
    CHECK(read("9:05") == 545);
    CHECK(read("21:30:59") == 1290);
    CHECK(read("9.30pm") == 1290);
    CHECK(read("12:00 am") == 0);
    CHECK(read("2130") == 1290);
    CHECK(read("0930hrs") == 570);
    CHECK(read("930") == 570);
    CHECK(read("24:00") == 1440);
    CHECK(read("0.895833333") == 1290);
    CHECK(read("0.5") == 720);
    CHECK(read("00.30") == 30);
    for (const char* text : {"", "25:00", "24:01", "9:5", "9", "12:60", "noon", "13:00 pm", "1.5", "-1:00"}) {
        INFO(text);
        CHECK(read(text) == -1);
    }
}

TEST_CASE("a date written in any of ten ways reads back", "[import][property]") {
    using namespace std::chrono;
    const char* const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                  "July",    "August",   "September", "October", "November", "December"};
    std::mt19937 random{7};
    for (int i = 0; i < 4000; ++i) {
        // Independent of our calendar: the C library's.
        const std::time_t seconds = 60 * static_cast<std::time_t>(random() % (68u * 365u * 1440u)) + 86400 * 730;
        const std::tm t = *std::gmtime(&seconds);
        const int y = t.tm_year + 1900, m = t.tm_mon + 1, d = t.tm_mday;
        const auto day = fmt::format("{:04}-{:02}-{:02}", y, m, d);
        const auto minute = fmt::format("{}T{:02}:{:02}", day, t.tm_hour, t.tm_min);
        const std::string month = months[t.tm_mon];
        INFO(minute);
        CHECK(readAs(day.c_str()) == day);
        CHECK(readAs(minute.c_str()) == minute);
        CHECK(readAs(fmt::format("{} {:02}:{:02}:00Z", day, t.tm_hour, t.tm_min).c_str()) == minute);
        CHECK(readAs(fmt::format("{:02}/{:02}/{:04}", d, m, y).c_str()) == day);
        CHECK(readAs(fmt::format("{}/{}/{:04} {}:{:02}", d, m, y, t.tm_hour, t.tm_min).c_str()) == minute);
        CHECK(readAs(fmt::format("{}.{}.{:02}", d, m, y % 100).c_str()) == day); // 1972 to 2039
        CHECK(readAs(fmt::format("{} {} {}", d, month, y).c_str()) == day);
        CHECK(readAs(fmt::format("{:02}-{}-{:02} {}:{:02} {}", d, month.substr(0, 3), y % 100,
                                 t.tm_hour % 12 == 0 ? 12 : t.tm_hour % 12, t.tm_min, t.tm_hour < 12 ? "am" : "PM")
                         .c_str()) == minute);
        CHECK(readAs(fmt::format("{:04}{:02}{:02}", y, m, d).c_str()) == day);
        CHECK(readAs(fmt::format("{}", seconds / 86400 + 25569).c_str()) == day); // 1970-01-01 is Excel's 25569
        CHECK(readAs(fmt::format("{:04}-{:02}", y, m).c_str()) == day.substr(0, 7));
        CHECK(isoMinute(parseWhen(fmt::format("{}/{}/{}", m, d, y), DateOrder::monthFirst).time).substr(0, 10) == day);
    }
}

TEST_CASE("British summer time begins and ends at 01:00 UTC on the last Sundays of March and October",
          "[import][oracle]") {
    const auto local = [](const char* utc) {
        return isoMinute(inZone(parseWhen(utc).time, std::nullopt, {SourceZone::Kind::utc, {}}));
    };
    // As zoneinfo's Europe/London has it.
    CHECK(local("2025-03-30 00:59") == "2025-03-30T00:59");
    CHECK(local("2025-03-30 01:00") == "2025-03-30T02:00");
    CHECK(local("2025-07-14 23:30") == "2025-07-15T00:30");
    CHECK(local("2025-10-26 00:59") == "2025-10-26T01:59");
    CHECK(local("2025-10-26 01:00") == "2025-10-26T01:00");
    CHECK(local("2024-03-31 00:59") == "2024-03-31T00:59"); // a last Sunday that is the last day
    CHECK(local("2024-03-31 01:00") == "2024-03-31T02:00");
    const SourceZone bogota{SourceZone::Kind::offset, std::chrono::minutes{-300}};
    CHECK(isoMinute(inZone(parseWhen("2019-05-12T00:51Z").time, 0, bogota)) == "2019-05-11T19:51");
    const auto shifted = parseWhen("2019-05-12T00:51+02:00");
    CHECK(shifted.zone == 120);
    CHECK(isoMinute(inZone(shifted.time, shifted.zone, bogota)) == "2019-05-11T17:51");
    CHECK(isoMinute(inZone(shifted.time, shifted.zone, {})) == "2019-05-12T00:51"); // local: as written
    CHECK(parseWhen("14/07/2025 10:00 BST").zone == 60);
}
