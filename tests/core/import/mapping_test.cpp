// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import.h"
#include "tests/core/import/sources.h"
#include "tests/support/catch.h"

using namespace patchlight;
using namespace patchlight::test;

namespace {

const std::vector<std::string> policeHeader{
    "Crime ID",  "Month",     "Reported by", "Falls within",          "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type",  "Last outcome category", "Context"};

std::string rolesOf(const std::vector<std::string>& header) {
    const auto mapping = guessMapping(header, ',');
    if (!mapping) return mapping.error().message;
    std::string text;
    for (const ColumnRole role : mapping->roles) text += (text.empty() ? "" : " ") + std::string(roleKey(role));
    return text;
}

} // namespace

TEST_CASE("the street header of data.police.uk is known exactly", "[import]") {
    const auto mapping = guessMapping(policeHeader, ',');
    REQUIRE(mapping);
    CHECK(mapping->anonymised);
    CHECK(rolesOf(policeHeader) ==
          "reference month reported-by other longitude latitude place area-code other category outcome other");
    auto other = policeHeader;
    other.back() = "Note";
    CHECK_FALSE(guessMapping(other, ',')->anonymised);
}

TEST_CASE("common column names are understood", "[import]") {
    CHECK(rolesOf({"month", "longitude", "latitude", "location", "lsoa_code"}) ==
          "month longitude latitude place area-code");
    CHECK(rolesOf({"incident_id", "category", "reported", "start", "end", "easting", "northing", "longitude",
                   "latitude", "nearest_street"}) ==
          "reference category recorded from to easting northing longitude latitude place");
    CHECK(rolesOf({"Ref No", "Incident Type", "Date Reported", "Time Reported", "Occurred From", "Occurred To",
                   "Easting", "Northing", "Location", "Postcode", "Notes"}) ==
          "reference category recorded recorded-time from to easting northing place postcode other");
    CHECK(rolesOf({"id", "x_m", "X", "Y", "date"}) == "reference other longitude latitude from");
    CHECK(rolesOf({"TYPE", "YEAR", "MONTH", "DAY", "X", "Y"}) ==
          "category year month-of-year day-of-month longitude latitude");
    CHECK(rolesOf({"Date Reported", "EASTINGS", "NORTHINGS"}) == "from easting northing"); // the only date says when
    CHECK(rolesOf({"Latitude", "Eastings", "Northings"}) == "other easting northing");     // half a pair says nothing
}

TEST_CASE("a file without coordinates is refused with what was looked for and found", "[import][bad-input]") {
    const auto other = guessMapping({"Name", "Colour"}, ',');
    REQUIRE_FALSE(other);
    CHECK(other.error().code == ErrorCode::fileFormat);
    CHECK(other.error().message ==
          "There is no pair of columns for the position: looked for longitude and latitude (also lon and lat, x and "
          "y) or easting and northing, or else a grid reference, postcode, UPRN or place; found \"Name\" and "
          "\"Colour\"; rename the columns or give a mapping.");
    CHECK_THAT(rolesOf({"BH1", "10", "408000", "91000"}), Catch::Contains("the first line looks like data"));
}

TEST_CASE("a mapping is written, read and checked", "[import][bad-input]") {
    const std::vector<std::string> header{"E", "N", "What", "When"};
    const auto json = nlohmann::json::parse(
        R"({"columns": {"E": "easting", "N": "northing", "What": "category", "When": "from"}, "crs": 27700})");
    const auto mapping = mappingFromJson(json, header, ';');
    REQUIRE(mapping);
    CHECK(mapping->crsEpsg == 27700);
    CHECK(mapping->separator == ';');
    CHECK(mapping->roles ==
          std::vector{ColumnRole::easting, ColumnRole::northing, ColumnRole::category, ColumnRole::from});
    CHECK(mappingFromJson(toJson(*mapping), header, ';')->roles == mapping->roles);

    const auto refused = [&](const char* text) {
        return mappingFromJson(nlohmann::json::parse(text), header, ',').error().message;
    };
    CHECK_THAT(refused("[]"), Catch::Contains("has no \"columns\""));
    CHECK_THAT(refused(R"({"columns": {"X": "easting"}})"),
               Catch::Contains("names a column \"X\" that the file does not have; it has \"E\", \"N\""));
    CHECK_THAT(refused(R"({"columns": {"E": "westing"}})"),
               Catch::Contains("unknown role \"westing\"; roles are other, reference"));
    CHECK_THAT(refused(R"({"columns": {"E": 3}})"), Catch::Contains("unknown role \"3\""));
    CHECK_THAT(refused(R"({"columns": {"E": "easting", "N": "easting"}})"),
               Catch::Contains("\"easting\" to two columns"));
    CHECK_THAT(refused(R"({"columns": {"E": "easting"}})"), Catch::Contains("no pair of columns"));
    CHECK_THAT(refused(R"({"columns": {"E": "easting", "N": "northing"}, "crs": "BNG"})"),
               Catch::Contains("not an EPSG number"));
    const std::string pair = R"({"columns": {"E": "easting", "N": "northing"}, )";
    const auto withPair = [&](const char* more) { return refused((pair + more + "}").c_str()); };
    CHECK(withPair(R"("colour": 1)") ==
          "The mapping holds \"colour\", which means nothing here; a mapping has columns, "
          "crs, dates, zone, decimal-comma and header.");
    CHECK(withPair(R"("dates": "american")") ==
          "The mapping's \"dates\" is \"american\"; write \"day-first\" or \"month-first\".");
    CHECK(withPair(R"("zone": "GMT+1")") ==
          "The mapping's \"zone\" is \"GMT+1\"; write \"local\", \"utc\" or the hours "
          "east of UTC such as \"-05:00\".");
    CHECK_THAT(withPair(R"("zone": "+15:00")"), Catch::Contains("is \"+15:00\""));
    CHECK_THAT(withPair(R"("decimal-comma": "yes")"), Catch::Contains("neither true nor false"));
    CHECK_THAT(withPair(R"("crs": -1)"), Catch::Contains("not an EPSG number"));
    CHECK_THAT(withPair(R"("header": [])"), Catch::Contains("\"header\" is not a list of names"));
    CHECK_THAT(withPair(R"("header": [1])"), Catch::Contains("\"header\" is not a list of names"));
}

TEST_CASE("all that a mapping says survives being written and read", "[import][property]") {
    const std::vector<std::string> header{"E", "N", "", "Date", "Date"};
    for (const char* zone : {"local", "utc", "-05:00", "+05:30"})
        for (const char* dates : {"day-first", "month-first"}) {
            const nlohmann::json json{{"columns",
                                       {{"E", "easting"},
                                        {"N", "northing"},
                                        {"column 3", "from-time"},
                                        {"Date", "from"},
                                        {"Date (2)", "to"}}},
                                      {"crs", 32610},
                                      {"dates", dates},
                                      {"zone", zone},
                                      {"decimal-comma", true},
                                      {"header", header}};
            const auto mapping = mappingFromJson(json, header, ';');
            REQUIRE(mapping);
            CHECK(mapping->roles == std::vector{ColumnRole::easting, ColumnRole::northing, ColumnRole::fromTime,
                                                ColumnRole::from, ColumnRole::to});
            auto expected = json;
            if (std::string(zone) == "local") expected.erase("zone");
            CHECK(toJson(*mapping) == expected);
            CHECK(toldHeader(json)->value() == header);
        }
    // As older projects hold it.
    CHECK(mappingFromJson(
        {{"columns", {{"E", "easting"}, {"N", "northing"}}}, {"separator", ","}, {"anonymised", false}}, header, ','));
}

TEST_CASE("a header has the same key however its names are written", "[import]") {
    CHECK(mappingKey({"Ref No", "Date", ""}) == mappingKey({" ref_no", "DATE", "-"}));
    CHECK(mappingKey({"a", "b"}) != mappingKey({"b", "a"}));
    CHECK(mappingKey({"ab", "c"}) != mappingKey({"a", "bc"}));
}

TEST_CASE("a preview shows the first rows and how they would be understood", "[import]") {
    const auto preview = previewExtract(sourceOf("a.csv", "Lon;Lat;Note\n1;2;\"a;b\"\n3;4;c\n5;6;d\n"), 2);
    REQUIRE(preview);
    CHECK(preview->mapping.separator == ';');
    CHECK(preview->mapping.roles.front() == ColumnRole::longitude);
    CHECK(preview->rows == std::vector<std::vector<std::string>>{{"1", "2", "a;b"}, {"3", "4", "c"}});
    const auto unknown = previewExtract(sourceOf("a.csv", "Name,Colour\na,red\n"), 5);
    REQUIRE(unknown);
    CHECK(unknown->mapping.roles == std::vector{ColumnRole::other, ColumnRole::other});
    CHECK(unknown->rows.size() == 1);
    CHECK_FALSE(previewExtract(sourceOf("a.csv", ""), 5));
}

TEST_CASE("the report puts findings of one kind together", "[import]") {
    ImportReport report{.read = 5, .stored = 5, .mapped = 3, .seconds = 0.5};
    report.datasets.push_back({.name = "a", .file = "a.csv", .read = 5, .stored = 5, .mapped = 3});
    report.findings.push_back({.kind = "no-position",
                               .message = "None.",
                               .count = 25,
                               .rows = std::vector<std::uint32_t>(15, 1u),
                               .dataset = "a"});
    report.findings.push_back({.kind = "no-date", .message = "None.", .count = 1, .rows = {7}, .dataset = "a"});
    report.findings.push_back({.kind = "no-position",
                               .message = "None.",
                               .count = 12,
                               .rows = std::vector<std::uint32_t>(12, 2u),
                               .dataset = "b"});
    const auto json = toJson(report);
    CHECK(json["read"] == 5);
    CHECK(json["mapped"] == 3);
    CHECK(json["datasets"][0]["file"] == "a.csv");
    REQUIRE(json["findings"].size() == 2);
    CHECK(json["findings"][0]["kind"] == "no-position");
    CHECK(json["findings"][0]["count"] == 37);
    CHECK(json["findings"][0]["rows"].size() == 20);
    CHECK(json["findings"][0]["datasets"][1]["count"] == 12);
    CHECK(json["findings"][1]["rows"] == nlohmann::json::array({7}));
}
