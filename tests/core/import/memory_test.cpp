// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import.h"

#include "tests/core/import/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using namespace patchlight::test;
namespace fs = std::filesystem;

namespace {

const ProjectorFactory asItIs = [](std::optional<ProjectCrs> existing, std::optional<ProjectedPoint>,
                                   int) -> Expected<PositionProjector> {
    return PositionProjector{existing.value_or(ProjectCrs{}),
                             [](int, std::span<ProjectedPoint>) { return Expected<void>{}; }};
};

Expected<ImportReport> importInto(const fs::path& project, ExtractSource source, const ImportOptions& options = {}) {
    std::vector<ExtractSource> sources;
    sources.push_back(std::move(source));
    return importExtracts(project, std::move(sources), asItIs, options);
}

/// Where and Kind are no words that a guess would take for these roles.
const std::string may =
    "Where,X-Wert,Y-Wert,Kind,When\nA,407100,91200,Zebra,01/05/2025\nB,407200,91300,Noise,02/05/2025\n";
const std::string june =
    "WHERE,X Wert,Y Wert,kind,when\nA,407100,91200,Noise,01/06/2025\nB,407200,91300,Noise,02/06/2025\n";
const nlohmann::json told{
    {"columns",
     {{"Where", "place"}, {"X-Wert", "easting"}, {"Y-Wert", "northing"}, {"Kind", "subcategory"}, {"When", "from"}}},
    {"crs", 27700}};

bool noteSays(const ImportReport& report, const std::string& text) {
    return std::any_of(report.notes.begin(), report.notes.end(),
                       [&](const std::string& note) { return note.find(text) != std::string::npos; });
}

} // namespace

TEST_CASE("a mapping that was told is used again for next month's file, and this is said", "[import]") {
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    const auto first = importInto(project, sourceOf("may.csv", may), {.mapping = told});
    REQUIRE(first);
    CHECK(first->mapped == 2);
    const auto second = importInto(project, sourceOf("june.csv", june)); // other capitals and blanks in the names
    REQUIRE(second);
    CHECK(second->mapped == 2);
    CHECK(noteSays(*second, "The columns of june.csv were understood as they were confirmed for may.csv."));
    const auto opened = Project::open(project, OpenMode::readOnly);
    REQUIRE(opened);
    const auto table = opened->incidents();
    REQUIRE(table);
    CHECK(table->subcategory.at(2) == "Noise");
    CHECK(table->place.at(3) == "B");
    CHECK(table->category.at(3).empty());

    const auto known = opened->mappings();
    REQUIRE(known);
    const auto preview = previewExtract(sourceOf("june.csv", june), 2, *known);
    REQUIRE(preview);
    CHECK(preview->confirmedFor == "may.csv");
    CHECK(preview->mapping.roles.at(3) == ColumnRole::subcategory);
    CHECK(previewExtract(sourceOf("other.csv", "E,N,Kind\n407100,91200,a\n"), 2, *known)->confirmedFor.empty());
}

TEST_CASE("a guess is not remembered unless somebody confirmed it; a told date order is", "[import]") {
    const TemporaryFolder folder;
    const std::string text = "Easting,Northing,Category,Date\n407100,91200,Noise,03/05/2025\n";
    const auto remembered = [&](const std::string& name, const ImportOptions& options) {
        const fs::path project = folder.path() / (name + ".gpkg");
        REQUIRE(importInto(project, sourceOf("a.csv", text), options));
        const auto opened = Project::open(project, OpenMode::readOnly);
        REQUIRE(opened);
        const auto known = opened->mappings();
        REQUIRE(known);
        return *known;
    };
    CHECK(remembered("guessed", {}).empty());
    CHECK(remembered("confirmed", {.confirmed = true}).size() == 1);
    const auto dates = remembered("dates", {.dates = DateOrder::monthFirst});
    REQUIRE(dates.size() == 1);
    CHECK(dates.front().mapping["dates"] == "month-first");
    const auto crs = remembered("crs", {.crsEpsg = 27700});
    REQUIRE(crs.size() == 1);
    CHECK(crs.front().mapping["crs"] == 27700);
}

TEST_CASE("categories that no list has are a finding with their rows", "[import][categories]") {
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    const std::string text = "Easting,Northing,Category\n407100,91200,Zebra\n407100,91201,Noise\n407100,91202,zebra\n"
                             "407100,91203,Aardvark\n";
    const auto report = importInto(project, sourceOf("a.csv", text));
    REQUIRE(report);
    const auto unknown = std::find_if(report->findings.begin(), report->findings.end(),
                                      [](const Finding& finding) { return finding.kind == "unknown-category"; });
    REQUIRE(unknown != report->findings.end());
    CHECK(unknown->count == 3);
    CHECK(unknown->rows == std::vector<std::uint32_t>{1, 3, 4});
    CHECK(unknown->values == std::vector<std::string>{"Zebra", "zebra", "Aardvark"});
    {
        auto opened = Project::open(project);
        REQUIRE(opened);
        REQUIRE(opened->setCategories({{"Zebra", {{}, false, {}}}, {"Aardvark", {{}, false, {}}}}));
    }
    const auto again = importInto(project, sourceOf("b.csv", text + "407100,91204,Lion\n"), {.keepBoth = true});
    REQUIRE(again);
    const auto lion = std::find_if(again->findings.begin(), again->findings.end(),
                                   [](const Finding& finding) { return finding.kind == "unknown-category"; });
    REQUIRE(lion != again->findings.end());
    CHECK(lion->count == 1);
}

TEST_CASE("the preview says how a row will be understood", "[import]") {
    const auto preview = previewExtract(
        sourceOf("a.csv", "Easting,Northing,Category,Date\n407100,91200,Noise,03/05/2025 21:30\n,,Begging,\n"), 5);
    REQUIRE(preview);
    CHECK(understoodRows(preview->mapping, preview->rows) ==
          std::vector<std::string>{"3 May 2025, 21:30; 407100 east, 91200 north; Noise",
                                   "no date; no position; Begging"});
    ColumnMapping monthFirst = preview->mapping;
    monthFirst.dates = DateOrder::monthFirst;
    CHECK(understoodRows(monthFirst, preview->rows).front().find("5 March 2025") == 0);
    const auto degrees = previewExtract(sourceOf("b.csv", "Lon,Lat,Month\n-1.87,50.72,2025-07\n"), 5);
    REQUIRE(degrees);
    CHECK(understoodRows(degrees->mapping, degrees->rows) ==
          std::vector<std::string>{"July 2025; 50.72000° north, 1.87000° west"});
    CHECK(understoodRows(degrees->mapping, {}).empty());
}

TEST_CASE("a sheet without incidents is left out where another has some, and refused where none has", "[import]") {
    const TemporaryFolder folder;
    const auto sheet = [](const std::string& name, const std::string& text) {
        ExtractSource source = sourceOf("book.xlsx/" + name, text);
        source.title = "book " + name;
        return source;
    };
    const std::string notes = "Colour,Meaning\nred,urgent\n";
    std::vector<ExtractSource> both;
    both.push_back(sheet("Notes", notes));
    both.push_back(sheet("July", "Easting,Northing,Category\n407100,91200,Noise\n"));
    const auto report = importExtracts(folder.path() / "p.gpkg", std::move(both), asItIs, {});
    REQUIRE(report);
    REQUIRE(report->datasets.size() == 1);
    CHECK(report->datasets.front().name == "book July");
    CHECK(report->datasets.front().source == "book July");
    CHECK(noteSays(*report, "Left out: book.xlsx/Notes: "));

    std::vector<ExtractSource> alone;
    alone.push_back(sheet("Notes", notes));
    const auto refused = importExtracts(folder.path() / "q.gpkg", std::move(alone), asItIs, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("book.xlsx/Notes: ") == 0);
    CHECK_FALSE(fs::exists(folder.path() / "q.gpkg"));
}
