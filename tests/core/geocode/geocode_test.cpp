// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geocode/geocode.h"

#include "tests/core/import/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using namespace patchlight::test;

namespace {

const ProjectCrs nationalGrid;
const ProjectorFactory none = [](std::optional<ProjectCrs>, std::optional<ProjectedPoint>,
                                 int) -> Expected<PositionProjector> {
    return fail(ErrorCode::unusableCrs, "no projector was expected");
};

Expected<std::vector<GazetteerEntry>> read(const std::string& text, GazetteerKind kind,
                                           const std::unordered_set<std::string>& wanted = {}) {
    return readGazetteer(sourceOf("list.csv", text), kind, none, nationalGrid, wanted);
}

} // namespace

TEST_CASE("postcodes are read in any writing, and nothing else is one", "[geocode]") {
    for (const char* text : {"BH1 2EF", "bh12ef", " BH1  2ef ", "B H1 2EF"}) CHECK(wholePostcode(text) == "BH1 2EF");
    CHECK(wholePostcode("BH233QA") == "BH23 3QA");
    CHECK(wholePostcode("M1 1AA") == "M1 1AA");
    CHECK(wholePostcode("EC1A 1BB") == "EC1A 1BB");
    CHECK(wholePostcode("W1A0AX") == "W1A 0AX");
    for (const char* text : {"", "BH1", "BH1 2", "12345", "BH1 2E1", "1BH 2EF", "BH1234EF", "High Street", "BH1 2EF 3"})
        CHECK_FALSE(wholePostcode(text));
}

TEST_CASE("a UPRN keeps all its digits or is none", "[geocode]") {
    CHECK(uprnOf("100040761234") == "100040761234");
    CHECK(uprnOf("000010001234") == "10001234");
    CHECK(uprnOf(" 10001234.0 ") == "10001234");
    for (const char* text : {"1.00041E+11", "1000407612345", "", "0", "12a", "-5"}) CHECK_FALSE(uprnOf(text));
}

TEST_CASE("names are compared without house numbers, punctuation and abbreviations", "[geocode]") {
    CHECK(comparableName("On or near Lodge Close") == "lodge close");
    CHECK(comparableName("12a High St.") == "high street");
    CHECK(comparableName("12-14 HIGH STREET") == "high street");
    CHECK(comparableName("St Swithun's Rd") == comparableName("St. Swithuns Road"));
    CHECK(comparableName("St Peter St") == "saint peter street");
    CHECK(comparableName("5th Avenue") == "5th avenue");
    CHECK(comparableName(" , ").empty());
}

TEST_CASE("a postcode lies at its unit, an unlisted one in its sector", "[geocode]") {
    const auto entries = read("\"BH1 1AA\",10,409700,92000,\"E92\"\n\"BH1 1AF\",10,409100,91500,\"E92\"\n"
                              "\"BH1 2AA\",90,0,0,\"E92\"\n",
                              GazetteerKind::postcode);
    INFO((entries ? "" : entries.error().message));
    REQUIRE(entries);
    REQUIRE(entries->size() == 2); // 0, 0 is no position
    const Gazetteer gazetteer(GazetteerKind::postcode, *entries);
    CHECK(gazetteer.find("bh11aa")->point.east == 409700);
    CHECK(gazetteer.find("bh11aa")->level == LocationLevel::postcode);
    CHECK(gazetteer.find("BH1 1ZZ")->point.east == 409400);
    CHECK(gazetteer.find("BH1 1ZZ")->level == LocationLevel::area);
    CHECK(gazetteer.find("BH9 1ZZ").error() == Gazetteer::Miss::unknown);
    CHECK(gazetteer.find("behind the shop").error() == Gazetteer::Miss::notOne);
}

TEST_CASE("a name of several streets far apart places nothing", "[geocode]") {
    const std::vector<GazetteerEntry> entries{
        {"High Street", {0, 0}}, {"High Street", {9000, 0}}, {"Lodge Close", {100, 100}}, {"Lodge Close", {200, 100}}};
    const Gazetteer gazetteer(GazetteerKind::name, entries);
    CHECK(gazetteer.find("12 High St").error() == Gazetteer::Miss::ambiguous);
    CHECK(gazetteer.find("Lodge Close")->point.east == 150);
    CHECK(gazetteer.find("Lodge Close")->level == LocationLevel::street);
}

TEST_CASE("the most exact text decides, and what was not found is counted", "[geocode]") {
    const std::vector<UnplacedIncident> incidents{{1, "77", "BH1 1AA", "Lodge Close"},
                                                  {2, "", "BH1 1AA", "Lodge Close"},
                                                  {3, "", "BH1 1ZZ", "Lodge Close"},
                                                  {4, "", "BH1 1ZZ", ""},
                                                  {5, "", "", "Nowhere"},
                                                  {6, "", "", ""}};
    const std::vector<GazetteerEntry> uprns{{"77", {1, 1}}}, postcodes{{"BH1 1AA", {2, 2}}},
        names{{"Lodge Close", {3, 3}}};
    const std::vector<Gazetteer> gazetteers{
        {GazetteerKind::name, names}, {GazetteerKind::postcode, postcodes}, {GazetteerKind::uprn, uprns}};
    GeocodeReport report;
    const auto placements = placementsOf(incidents, gazetteers, report);
    REQUIRE(placements.size() == 4);
    CHECK(placements[0].level == LocationLevel::exact);
    CHECK(placements[1].level == LocationLevel::postcode);
    CHECK(placements[2].level == LocationLevel::street); // nearer than the middle of a sector
    CHECK(placements[3].level == LocationLevel::area);
    CHECK(report.unplaced == 6);
    CHECK(report.placedInAll() == 4);
    CHECK(report.unknown == 1);
    CHECK(report.withoutText == 1);
    CHECK(report.misses == std::vector<std::pair<std::string, std::size_t>>{{"Nowhere", 1}});
    CHECK(wantedTexts(incidents, GazetteerKind::postcode) ==
          std::unordered_set<std::string>{"BH1 1AA", "BH1 1ZZ", "BH1 1"});
}

TEST_CASE("a list without positions names its columns", "[geocode][bad-input]") {
    const auto bad = read("postcode,population\nBH1 1AA,3\n", GazetteerKind::postcode);
    REQUIRE_FALSE(bad);
    CHECK(bad.error().message ==
          "list.csv: a list of positions needs a column postcode (or pcds) and easting and northing (or longitude and "
          "latitude); it has \"postcode\" and \"population\".");
}

TEST_CASE("Code-Point Open as published is read whole", "[geocode][oracle]") {
    const auto file = sharedData("data/basemap/codepoint_open_bh_2014.csv");
    if (!file) return;
    const auto entries = read(readFile(*file), GazetteerKind::postcode);
    INFO((entries ? "" : entries.error().message));
    REQUIRE(entries);
    CHECK(entries->size() > 15000); // 15,136 rows; those at 0, 0 are left out
    const Gazetteer gazetteer(GazetteerKind::postcode, *entries);
    CHECK(gazetteer.find("BH11AF")->point.north == 91527);
    const auto few = read(readFile(*file), GazetteerKind::postcode, {"BH1 1AF"});
    REQUIRE(few);
    CHECK(few->size() == 1);
}

TEST_CASE("found positions go into the project, with their level, and count as mapped", "[geocode][store]") {
    const TemporaryFolder folder;
    const auto path = folder.path() / "p.gpkg";
    const ProjectorFactory grid = [](std::optional<ProjectCrs> existing, std::optional<ProjectedPoint>,
                                     int) -> Expected<PositionProjector> {
        return PositionProjector{existing.value_or(ProjectCrs{}),
                                 [](int, std::span<ProjectedPoint>) -> Expected<void> { return {}; }};
    };
    std::vector<ExtractSource> sources;
    sources.push_back(sourceOf("asb.csv", "Ref,Easting,Northing,Category,Date,Postcode\n"
                                          "a,409000,92000,Litter,02/01/2024,\n"
                                          "b,,,Litter,03/01/2024,BH1 1AA\n"
                                          "c,,,Litter,13/02/2024,BH9 9ZZ\n"));
    const auto imported = importExtracts(path, std::move(sources), grid, {});
    INFO((imported ? "" : imported.error().message));
    REQUIRE(imported);
    const auto unplaced = Project::open(path)->unplaced();
    REQUIRE(unplaced);
    REQUIRE(unplaced->size() == 2);
    CHECK(unplaced->front().postcode == "BH1 1AA");
    const std::vector<GazetteerEntry> postcodes{{"BH1 1AA", {409700, 92100}}};
    const std::vector<Gazetteer> gazetteers{{GazetteerKind::postcode, postcodes}};
    GeocodeReport report;
    const auto placements = placementsOf(*unplaced, gazetteers, report);
    {
        auto transaction = ImportTransaction::begin(path);
        REQUIRE(transaction->place(placements));
        REQUIRE(transaction->commit());
    }
    const auto table = Project::open(path)->incidents();
    REQUIRE(table->size() == 3);
    CHECK(table->mapped == std::vector<std::uint8_t>{1, 1, 0});
    CHECK(table->position[1].east == 409700);
    CHECK(table->level[1] == LocationLevel::postcode);
    const auto dataset = Project::open(path)->datasets()->front();
    CHECK(dataset.mapped == 2);
    CHECK(dataset.months == std::vector<MonthCount>{{"2024-01", 2, 2}, {"2024-02", 1, 0}});
}
