// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"
#include "gis/layout/detail/wording.h"
#include "tests/gis/layout/page_scene.h"

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;

TEST_CASE("numbers to ten are words", "[layout][wording]") {
    CHECK(numberWord(0) == "no");
    CHECK(numberWord(1) == "one");
    CHECK(numberWord(10) == "ten");
    CHECK(numberWord(11) == "11");
    CHECK(numberWord(1024) == "1,024");
}

TEST_CASE("a share never rounds to all or nothing without being it", "[layout][wording]") {
    CHECK(shareText(0.9736) == "97.4 %");
    CHECK(shareText(1.0) == "100.0 %");
    CHECK(shareText(0.9999) == "over 99.9 %");
    CHECK(shareText(0.0) == "0.0 %");
    CHECK(shareText(0.0001) == "under 0.1 %");
    CHECK(shareText(0.999, 0) == "over 99 %");
}

TEST_CASE("changes are percentages only on enough incidents", "[layout][wording]") {
    CHECK(changeText(131, 100) == "+31 %");
    CHECK(changeText(92, 100) == "−8 %");
    CHECK(changeText(100, 100) == "no change");
    CHECK(changeText(1002, 1000) == "about 0 %");
    CHECK(changeText(12, 0) == "new");
    CHECK(changeText(0, 0) == "none");
    CHECK(changeText(9, 4) == "was 4");
}

TEST_CASE("verbs agree with every category of the police extracts", "[layout][wording]") {
    for (const char* plural : {"Violence and sexual offences", "Criminal damage and arson", "Drugs", "Sexual offences"})
        CHECK(isPlural(plural));
    for (const char* singular : {"Anti-social behaviour", "Burglary", "Robbery", "Shoplifting", "Vehicle crime",
                                 "Possession of weapons", "Theft from the person", "Public order", "Other theft",
                                 "Bicycle theft", "Other crime", "Arson with intent to endanger lives", "Harassment"})
        CHECK_FALSE(isPlural(singular));
}

TEST_CASE("categories are set inside a sentence without losing abbreviations", "[layout][wording]") {
    CHECK(insideSentence("Anti-social behaviour") == "anti-social behaviour");
    CHECK(insideSentence("ASB nuisance") == "ASB nuisance");
    CHECK(insideSentence("ASB") == "ASB");
    CHECK(insideSentence("BURGLARY DWELLING") == "burglary dwelling");
    CHECK(subjectOf({}).text == "incidents");
    CHECK(subjectOf({"Burglary", "Robbery"}).text == "burglary and robbery");
    CHECK(subjectOf({"Violence and sexual offences", "Robbery"}).text == "violence and sexual offences, and robbery");
    CHECK(subjectOf({"A1", "B2", "C3", "D4"}).text == "incidents of four categories");
}

TEST_CASE("the title says none, one and many in correct English", "[layout][wording]") {
    CHECK(sceneWith(0).page().title == "No place stands out for anti-social behaviour");
    CHECK(sceneWith(1).page().title == "Anti-social behaviour concentrates around Old Christchurch Road");
    CHECK(sceneWith(2).page().title == "Anti-social behaviour concentrates in two places");
    CHECK(sceneWith(5).page().title == "Anti-social behaviour concentrates in five places");
    CHECK(sceneWith(12).page().title ==
          "Anti-social behaviour concentrates in 12 places, most of all around Old Christchurch Road");
    Scene scene = sceneWith(1);
    scene.recipe.filter.categories = {"Drugs"};
    scene.result->areas[0].name.clear();
    CHECK(scene.page().title == "Drugs concentrate in one place");
    scene.recipe.filter.categories.clear();
    CHECK(scene.page().title == "Incidents concentrate in one place");
    scene.recipe.layout.title = "Town centre first";
    CHECK(scene.page().title == "Town centre first");
}

TEST_CASE("the subtitle says of what, where, when and how much of it is mapped", "[layout][wording]") {
    Scene scene = sceneWith(5);
    CHECK(scene.page().subtitle ==
          "Recorded anti-social behaviour, BCP Council area, 1 July to 30 September 2025. 4,685 of "
          "4,812 incidents mapped (97.4 %).");
    scene.result->mapped = scene.result->incidents;
    CHECK(scene.page().subtitle.endsWith("All 4,812 incidents mapped."));
    scene.result->mapped = scene.result->incidents = 1;
    CHECK(scene.page().subtitle.endsWith("The one incident is mapped."));
    scene.result->incidents = 2;
    CHECK(scene.page().subtitle.endsWith("1 of 2 incidents mapped (50.0 %)."));
    scene.result->mapped = 0;
    scene.result->areas.clear();
    CHECK(scene.page().subtitle.endsWith("None of the 2 incidents could be mapped."));
    CHECK(scene.page().title == "None of the incidents could be placed on the map");
    scene.recipe.filter.period.reset(); // then that of the data
    scene.recipe.filter.hours = HourRange{22, 4};
    scene.recipe.filter.weekdays = {std::chrono::Friday, std::chrono::Saturday};
    CHECK(
        scene.page().subtitle.contains("1 July to 30 September 2025, Fridays and Saturdays between 22:00 and 04:00."));
}

TEST_CASE("one hotspot is spoken of in the singular everywhere", "[layout][wording]") {
    const BoardMap one = sceneWith(1).page();
    CHECK(one.tableTitle == "The hotspot");
    CHECK(one.tableNote.startsWith("It holds 8.8 % of the incidents on 1.2 % of the area (PAI 7."));
    CHECK(one.summary.front().startsWith("One place, around Old Christchurch Road, holds 412 of the 4,685"));
    CHECK(one.alternativeText.contains("One hotspot is outlined. 1, around Old Christchurch Road: 412 incidents"));
    const BoardMap none = sceneWith(0).page();
    CHECK(none.tableTitle.isEmpty());
    CHECK(none.tableRows.empty());
    CHECK(none.tableNote.isEmpty());
    CHECK(none.alternativeText.contains("No hotspot is marked."));
    CHECK(sceneWith(5).page().tableTitle == "The five hotspots");
    CHECK(sceneWith(25).page().tableTitle == "The 25 hotspots");
}

TEST_CASE("numbers in the alternative text are those of the table", "[layout][property]") {
    const BoardMap page = sceneWith(25).page();
    REQUIRE(page.tableRows.size() == 25);
    for (std::size_t i = 0; i < 10; ++i)
        CHECK(page.alternativeText.contains(page.tableRows[i][0] + ", around " + page.tableRows[i][1] + ": " +
                                            page.tableRows[i][2] + " incidents, " + page.tableRows[i][3]));
    CHECK(page.alternativeText.contains("and 15 more"));
    CHECK(page.alternativeText.contains("25 hotspots are outlined and numbered by rank."));
}

TEST_CASE("a comparison adds a column, a sentence and a clause", "[layout][wording]") {
    Scene scene = sceneWith(2);
    scene.recipe.comparison = Period{day(2024, 7, 1), day(2024, 9, 30)};
    scene.result->areas[0].comparisonIncidents = 315;
    scene.result->areas[1].comparisonIncidents = 0;
    const BoardMap page = scene.page();
    CHECK(page.tableHeader.last() == "Change");
    CHECK(page.tableRows[0].last() == "+31 %");
    CHECK(page.tableRows[1].last() == "new");
    CHECK(page.subtitle.contains(", compared with 1 July to 30 September 2024."));
    CHECK(page.summary
              .filter("The same outlines had 315 incidents from 1 July to 30 September 2024; now 665, 111 % more.")
              .size() == 1);
    CHECK(page.tableNote.endsWith("Change: against the same outlines from 1 July to 30 September 2024."));
    CHECK(page.summary[1].startsWith("The same outlines had")); // among the sentences that always stay
    scene.recipe.comparison.reset();
    CHECK_FALSE(scene.page().tableHeader.contains("Change"));
}

TEST_CASE("the foot warns of what weakens the map and names whose data it is", "[layout][wording]") {
    Scene scene = sceneWith(3);
    BoardMap page = scene.page();
    CHECK(page.cautions.filter("could not be mapped").size() == 1); // the result's own note, not said twice
    CHECK(page.cautions.filter("anonymised").size() == 1);
    CHECK(page.cautions.filter("85 %").isEmpty());
    CHECK(page.method.size() == 1);
    CHECK(page.sources.filter("Street-level extracts of Dorset Police, July to September 2025.").size() == 1);
    CHECK(page.sources.contains("Contains public sector information licensed under the Open Government Licence v3.0 "
                                "(data.police.uk)."));
    CHECK(page.footer.startsWith(
        "BCP Community Safety Partnership · Research and Information · 5 October 2025 · recipe "));
    CHECK(page.footer.contains(QString::fromStdString(shortId(scene.recipe))));
    CHECK(page.footer.endsWith(QString::fromStdString(madeWith())));

    scene.result->notes.clear();
    scene.result->mapped = 3000;
    scene.result->areas[1].largestStack = 200;
    scene.result->monthlyCovered[19] = 0;
    scene.crs.warning = "The OSTN15 grid is missing: positions may be off by up to 5 m";
    scene.datasets[0].anonymised = false;
    LoadedLayer layer;
    layer.info.name = "Wards";
    scene.map.layers = {layer};
    page = scene.page();
    CHECK(page.cautions.filter("1,812 incidents (37.7 %) could not be placed and are not on the map.").size() == 1);
    CHECK(page.cautions.filter("Only 62.3 % of the incidents could be mapped, under the 85 %").size() == 1);
    CHECK(page.cautions.filter("Hotspot 2 rests on one position").size() == 1);
    CHECK(page.cautions.contains("Of the period, August 2025 has no data."));
    CHECK(page.cautions.contains("The OSTN15 grid is missing: positions may be off by up to 5 m."));
    scene.recipe.filter.period = Period{day(2025, 8, 1), day(2025, 12, 31)}; // past the data's end
    CHECK(scene.page().cautions.contains("Of the period, August 2025 and October to December 2025 have no data."));
    CHECK(page.sources.contains("Records: 2025-07-dorset-street."));
    CHECK(page.sources.contains("Map layers: Wards."));
}

TEST_CASE("months show gaps as gaps and name them", "[layout][months]") {
    const BoardMap page = sceneWith(5).page();
    CHECK(page.months.counts.size() == 21);
    CHECK(page.monthsNote == "May to December 2024 have no data.");
    CHECK(std::count(page.months.chosen.begin(), page.months.chosen.end(), 1) == 3);
    const QString text = describeMonths(page.months);
    CHECK(text.contains("January 2024 to September 2025"));
    CHECK(text.contains("July 2025 1,702, August 2025 1,640, September 2025 1,343"));
    CHECK(page.summary.filter("The busiest month was July 2025 with 1,702 incidents.").size() == 1);
    CHECK(page.summary.filter("a year earlier").isEmpty()); // those months have no data
}
