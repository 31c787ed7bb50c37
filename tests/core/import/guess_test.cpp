// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/column_content.h"
#include "core/import/import.h"
#include "tests/core/import/sources.h"
#include "tests/support/catch.h"

#include <fmt/format.h>

using namespace patchlight;
using namespace patchlight::test;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Expected<ColumnMapping> guessed(const std::vector<std::string>& header, const Rows& rows, int epsg = 0) {
    std::vector<std::string_view> sample;
    for (const auto& row : rows) {
        REQUIRE(row.size() == header.size());
        sample.insert(sample.end(), row.begin(), row.end());
    }
    return guessMapping(header, ',', sample, epsg);
}

std::string rolesOf(const std::vector<std::string>& header, const Rows& rows, int epsg = 0) {
    const auto mapping = guessed(header, rows, epsg);
    if (!mapping) return mapping.error().message;
    std::string text;
    for (const ColumnRole role : mapping->roles) text += (text.empty() ? "" : " ") + std::string(roleKey(role));
    return text;
}

/// One row for each number, made by a function.
template <class Make> Rows rowsOf(int count, Make make) {
    Rows rows;
    for (int i = 0; i < count; ++i) rows.push_back(make(i));
    return rows;
}

std::string east(int i) {
    return std::to_string(402000 + 37 * i);
}
std::string north(int i) {
    return std::to_string(91000 + 53 * i);
}

} // namespace

TEST_CASE("columns are known by what they hold where their names say nothing", "[import]") {
    const auto rows = rowsOf(30, [](int i) {
        return std::vector<std::string>{fmt::format("N{:05}", i),
                                        i % 3 ? "Rowdy behaviour" : "Street drinking",
                                        fmt::format("{:02}/03/2025", 1 + i % 28),
                                        fmt::format("{:02}:{:02}", i % 24, i % 60),
                                        east(i),
                                        north(i),
                                        fmt::format("BH{} {}EF", 1 + i % 9, i % 10),
                                        fmt::format("E0101{:04}", i)};
    });
    CHECK(rolesOf({"A", "B", "C", "D", "E", "F", "G", "H"}, rows) ==
          "reference category from from-time easting northing postcode area-code");
    const auto mapping = guessed({"A", "B", "C", "D", "E", "F", "G", "H"}, rows);
    for (const ColumnGuess& guess : mapping->guesses) {
        CHECK(guess.confidence > 0.0);
        CHECK(guess.confidence < 0.8); // by contents alone
        CHECK_FALSE(guess.reason.empty());
    }
    CHECK(mapping->guesses[2].reason == "30 of 30 values are dates");
}

TEST_CASE("a guess says why and how sure it is", "[import]") {
    const auto rows = rowsOf(10, [](int i) {
        return std::vector<std::string>{i < 9 ? "2025-07-14" : "?", east(i), north(i)};
    });
    const auto mapping = guessed({"Date", "Easting", "Northing"}, rows);
    REQUIRE(mapping);
    CHECK(mapping->guesses[0].reason == "named like \"from\"; 9 of 10 values are dates");
    CHECK(mapping->guesses[0].confidence == Approx(0.951));
    CHECK(mapping->guesses[1].confidence == Approx(0.99));
    CHECK(guessed({"Date", "Easting", "Northing"}, {})->guesses[0].confidence == Approx(0.8)); // the name alone
}

TEST_CASE("a name whose column holds something else is not believed", "[import]") {
    const auto rows = rowsOf(
        10, [](int i) { return std::vector<std::string>{"yes", "BH1 2EF", "09:30", "2025-07-14", east(i), north(i)}; });
    CHECK(rolesOf({"Date", "Location", "Start", "Start time", "E", "N"}, rows) ==
          "other postcode from-time from easting northing");
    const auto mapping = guessed({"Date", "Location", "Start", "Start time", "E", "N"}, rows);
    CHECK(mapping->guesses[0].reason == "named like \"from\", but only 0 of 10 values are dates");
}

TEST_CASE("years, months, days, hours and minutes in columns of their own are a start", "[import]") {
    const auto rows = rowsOf(10, [](int i) {
        return std::vector<std::string>{"2020", std::to_string(1 + i), "3", "14", "05", east(i), north(i)};
    });
    CHECK(rolesOf({"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "X", "Y"}, rows) ==
          "year month-of-year day-of-month hour minute longitude latitude");
    const auto whole = rowsOf(10, [](int i) { return std::vector<std::string>{"2020", "2020-07", east(i), north(i)}; });
    CHECK(rolesOf({"Year", "Month", "X", "Y"}, whole) == "other month longitude latitude");
    const auto alone = rowsOf(10, [](int i) { return std::vector<std::string>{"7", east(i), north(i)}; });
    CHECK(rolesOf({"Month", "X", "Y"}, alone) == "other longitude latitude");
}

TEST_CASE("columns that stand under each other's names are turned round", "[import]") {
    const auto grid = rowsOf(10, [](int i) { return std::vector<std::string>{north(i), east(i)}; });
    CHECK(rolesOf({"Easting", "Northing"}, grid) == "northing easting");
    CHECK(guessed({"Easting", "Northing"}, grid)->guesses[0].reason ==
          "the columns are swapped: only so do 10 of 10 positions lie on land");
    const auto degrees = rowsOf(10, [](int i) { return std::vector<std::string>{fmt::format("50.7{}", i), "-1.85"}; });
    CHECK(rolesOf({"lon", "lat"}, degrees) == "latitude longitude");
    const auto middle = rowsOf(10, [](int i) {
        return std::vector<std::string>{std::to_string(430000 + i), "433000"};
    });
    CHECK(rolesOf({"Easting", "Northing"}, middle) == "easting northing"); // either way on land: as named
}

TEST_CASE("a CRS that cannot be known is asked for", "[import][bad-input]") {
    const auto vancouver = rowsOf(10, [](int i) {
        return std::vector<std::string>{std::to_string(490320 + i), "5458606.9"};
    });
    CHECK(rolesOf({"X", "Y"}, vancouver) == "Columns \"X\" and \"Y\" hold coordinates (490320, 5458606.9) of a system "
                                            "that cannot be known from them; say which "
                                            "it is: --crs EPSG:n on the command line, \"crs\" in a mapping.");
    CHECK(rolesOf({"X", "Y"}, vancouver, 32610) == "longitude latitude");
    const auto feet = rowsOf(10, [](int i) { return std::vector<std::string>{std::to_string(639 + i), "1190"}; });
    CHECK_THAT(rolesOf({"x_ft", "y_ft"}, feet),
               Catch::Contains("hold coordinates in feet of a system that cannot be known"));
    const auto chicago = rowsOf(10, [](int i) {
        return std::vector<std::string>{std::to_string(350353 + i), "578924"};
    });
    CHECK_THAT(rolesOf({"x_m", "y_m"}, chicago), Catch::Contains("hold coordinates in metres of a system"));
    const auto newYork = rowsOf(10, [](int i) {
        return std::vector<std::string>{std::to_string(982546 + i), "206109"};
    });
    CHECK(guessed({"x_ftus", "y_ftus"}, newYork)->crsEpsg == 2263);
    const auto washington = rowsOf(10, [](int i) {
        return std::vector<std::string>{std::to_string(1298750 + i), "451803"};
    });
    CHECK(guessed({"x_ftus", "y_ftus"}, washington)->crsEpsg == 2248);
}

TEST_CASE("a file without coordinates is taken where geocoding can place it", "[import]") {
    CHECK(rolesOf({"Ref", "Postcode"}, {}) == "reference postcode");
    CHECK(rolesOf({"Ref", "UPRN"}, {}) == "reference uprn");
    CHECK(rolesOf({"Ref", "Street"}, {}) == "reference place");
    CHECK(rolesOf({"Ref", "Grid Ref"}, {}) == "reference grid-reference");
    CHECK_THAT(rolesOf({"Ref", "Colour"}, {}), Catch::Contains("There is no pair of columns for the position"));
}

TEST_CASE("postcodes and codes of areas are told from other texts", "[import]") {
    for (const char* text : {"BH1 2EF", "bh233qa", "M1 1AA", "EC1A 1BB", "W1A0AX", "SW1A 1AA", " BH23  4HZ "}) {
        INFO(text);
        CHECK(detail::isPostcode(text));
    }
    for (const char* text : {"", "BH1", "BH1 EF2", "1BH 2EF", "BHHH 2EF", "BH123 2EF", "AAA1AA", "SZ 088 912"}) {
        INFO(text);
        CHECK_FALSE(detail::isPostcode(text));
    }
    CHECK(detail::isAreaCode("E01015351"));
    CHECK(detail::isAreaCode("W01000001"));
    CHECK_FALSE(detail::isAreaCode("X01015351"));
    CHECK_FALSE(detail::isAreaCode("E0101535"));
    CHECK(detail::isUprn("100040764210"));
    CHECK_FALSE(detail::isUprn("1000407642101"));
    CHECK_FALSE(detail::isUprn("12A"));
}
