// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/area_tables.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/sources/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <map>
#include <numeric>

using namespace patchlight;
using namespace patchlight::gis;
using namespace patchlight::test;

namespace {

using Texts = std::vector<std::string>;

std::vector<AreaFeature> areasOf(const Texts& codes) {
    std::vector<AreaFeature> areas;
    for (const std::string& code : codes) areas.push_back({"L", code, "Area " + code, 5.0, {}});
    return areas;
}

double peopleIn(const std::vector<AreaFeature>& areas) {
    return std::accumulate(areas.begin(), areas.end(), 0.0,
                           [](double sum, const AreaFeature& area) { return sum + area.population.value_or(0.0); });
}

} // namespace

TEST_CASE("a population is joined by code, and misses on both sides are said", "[sources]") {
    const TemporaryFolder folder;
    auto areas = areasOf({"A", "B", "C"});
    const auto file = folder.write("people.csv", "gss_code,name,Population\nA,x,\"1,234\"\nB,y,20\nD,z,7\nE,z,8\n");
    const auto notes = joinPopulation(areas, {file, "", ""});
    INFO((notes ? "" : notes.error().message));
    REQUIRE(notes);
    CHECK(*notes == Texts{"Population of 2 of 3 areas from field Population of people.csv.", "Without a population: C.",
                          "Codes of the table without an area: D and E."});
    CHECK(areas[0].population == 1234.0);
    CHECK(areas[1].population == 20.0);
    CHECK_FALSE(areas[2].population.has_value());
}

TEST_CASE("a table that does not fit the boundaries says why", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto messageOf = [&](const std::string& csv, const std::string& code = "", const std::string& people = "") {
        auto areas = areasOf({"A", "B"});
        const auto notes = joinPopulation(areas, {folder.write("t.csv", csv), code, people});
        return notes ? std::string{} : notes.error().message;
    };
    const std::string file = utf8Text(folder.path() / "t.csv");
    CHECK(messageOf("code,pop\nA,many\n") ==
          "Field pop of " + file +
              " holds \"many\" in row 1, which is no number of people. Choose another population "
              "field.");
    CHECK(messageOf("code,pop\nA,1\nA,2\n") == file + " gives A two populations, 1 and 2 (row 2). Leave one of them.");
    CHECK(messageOf("code,pop\nX,1\n") ==
          "No code of the boundaries (A, ...) is in field code of " + file + ". Choose another code field.");
    CHECK(messageOf("code,pop\nA,1\n", "gss") == file + " has no field \"gss\". It has code and pop.");
    CHECK(messageOf("code,name\nA,1\n") ==
          "Which field of " + file + " holds the population? Name one of code and name.");
    std::vector<AreaFeature> nameless = areasOf({"", ""});
    CHECK_THAT(joinPopulation(nameless, {folder.write("t.csv", "code,pop\nA,1\n"), "", ""}).error().message,
               Catch::Contains("have no codes"));
}

TEST_CASE("Lancashire's wards get their people from the table, but for the wards that have no polygon",
          "[sources][oracle]") {
    const auto wards = sharedData("data/boundaries/lancashire_wards.gpkg");
    const auto people = sharedData("data/boundaries/lancashire_ward_pop_mid2020.csv");
    if (!wards || !people) return;
    auto areas = readAreas(*wards, "Wards", "", "", "", "", 27700);
    REQUIRE(areas);
    const auto notes = joinPopulation(*areas, {*people, "gss_code", "population"});
    INFO((notes ? "" : notes.error().message));
    REQUIRE(notes);
    CHECK(areas->size() == 271);
    CHECK_THAT((*notes)[0], Catch::Contains(" of 271 areas from field population"));
    CHECK_THAT(notes->back(), Catch::Contains("Codes of the table without an area: "));
    for (const AreaFeature& area : *areas) CHECK((!area.population || *area.population > 0.0));
}

TEST_CASE("the census in the file equals the census joined to it", "[sources][oracle]") {
    const auto layer = sharedData("data/boundaries/dorset_force.gpkg");
    const auto table = sharedData("data/boundaries/dorset_lsoa21_population.csv");
    if (!layer || !table) return;
    auto areas = readAreas(*layer, "LSOA", "lsoa21", "", "", "", 27700);
    REQUIRE(areas);
    CHECK(peopleIn(*areas) == Approx(779'830)); // Census 2021
    auto joined = *areas;
    const auto notes = joinPopulation(joined, {*table, "lsoa21cd", "pop2021"});
    INFO((notes ? "" : notes.error().message));
    REQUIRE(notes);
    CHECK(notes->size() == 1);
    for (std::size_t i = 0; i < areas->size(); ++i) CHECK(joined[i].population == (*areas)[i].population);
}

TEST_CASE("a look-up leads codes of 2011 to areas of 2021 and back", "[sources]") {
    const TemporaryFolder folder;
    const auto file =
        folder.write("lookup.csv", "lsoa11cd,lsoa11nm,chgind,lsoa21cd,lad22cd\nU1,x,U,U1,E06\nS1,x,S,S2,E06\n"
                                   "S1,x,S,S3,E06\nM1,x,M,M3,E06\nM2,x,M,M3,E06\n");
    const auto codes = readAreaCodes(file, areasOf({"U1", "S2", "S3", "M3"}));
    INFO((codes ? "" : codes.error().message));
    REQUIRE(codes);
    CHECK(*codes == std::vector<AreaCode>{
                        {"U1", "U1", "U"}, {"S2", "S1", "S"}, {"S3", "S1", "S"}, {"M3", "M1", "M"}, {"M3", "M2", "M"}});
    const auto back = readAreaCodes(file, areasOf({"U1", "S1", "M1", "M2"}));
    REQUIRE(back);
    CHECK((*back)[1] == AreaCode{"S1", "S2", "S"});

    TextColumn rows{{0, 1, 1, 2, 3, 4, 5}, {"", "U1", "S1", "M1", "S2", "nowhere"}};
    const auto matches = matchCodes(rows, areasOf({"U1", "S2", "S3", "M3"}), *codes);
    CHECK(matches.without == 1);
    CHECK(matches.direct == 3);
    CHECK(matches.several == 1);
    CHECK(matches.through == 1);
    CHECK(matches.unknown == 1);

    const auto none = readAreaCodes(file, areasOf({"Z"}));
    REQUIRE_FALSE(none);
    CHECK_THAT(none.error().message, Catch::Contains("No code of the boundaries is in lsoa"));
    const auto other = readAreaCodes(folder.write("o.csv", "a,b\n1,2\n"), areasOf({"Z"}));
    REQUIRE_FALSE(other);
    CHECK(other.error().message == utf8Text(folder.path() / "o.csv") +
                                       " is no look-up of codes: it needs two columns such as lsoa11cd and lsoa21cd. "
                                       "It has a and b.");
}

TEST_CASE("Dorset's look-up covers its LSOAs of both years", "[sources][oracle]") {
    const auto layer = sharedData("data/boundaries/dorset_force.gpkg");
    const auto lookup = sharedData("data/boundaries/dorset_lsoa11_to_lsoa21_lookup.csv");
    if (!layer || !lookup) return;
    const auto areas = readAreas(*layer, "LSOA", "lsoa21", "", "", "", 27700);
    REQUIRE(areas);
    const auto codes = readAreaCodes(*lookup, *areas);
    INFO((codes ? "" : codes.error().message));
    REQUIRE(codes);
    CHECK(codes->size() == 464);
    std::map<std::string, std::size_t> changes;
    for (const AreaCode& pair : *codes) {
        ++changes[pair.change];
        CHECK((pair.change == "U") == (pair.code == pair.other));
    }
    CHECK(changes["U"] + changes["S"] + changes["M"] == 464);
}
