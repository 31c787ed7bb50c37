// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/changes_page.h"

#include "gis/export/changes.h"
#include "gis/layout/recipe_in.h"
#include "tests/gis/layout/page_scene.h"

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;
using patchlight::test::readFile;
using patchlight::test::TemporaryFolder;

namespace {

HotspotChange change(Fate fate, const char* name, std::size_t before, std::size_t now, double p = -1.0) {
    HotspotChange one;
    one.fate = fate;
    one.name = name;
    one.before = before;
    one.now = now;
    if (fate != Fate::gone) one.rankNow = 1;
    if (fate != Fate::fresh) one.rankBefore = 1;
    if (p >= 0.0) one.probability = p;
    return one;
}

std::vector<RecipeChanges> twoMaps() {
    const Period july{day(2025, 7, 1), day(2025, 7, 31)}, august{day(2025, 8, 1), day(2025, 8, 31)};
    std::vector<RecipeChanges> maps(3);
    maps[0] = {"asb", august, july, {}, {}};
    maps[0].changes = {change(Fate::grown, "High Street", 40, 120, 0.002), change(Fate::fresh, "=Pier", 3, 30),
                       change(Fate::steady, "Low Street", 50, 55, 1.0), change(Fate::gone, "Mill, Lane", 25, 4)};
    maps[0].changes[0].merged = {"Back Lane"};
    maps[1] = {"burglary", august, july, {}, {}};
    maps[2] = {"theft", august, {}, {}, "it has no earlier period to be set beside."};
    return maps;
}

} // namespace

TEST_CASE("the summary page says what changed, most of all first", "[layout][changes]") {
    const BoardMap page = changesPageOf(twoMaps(), {});
    CHECK(page.title == "One new hotspot, one grown and one gone");
    CHECK(page.subtitle == "Three maps of August 2025, beside July 2025.");
    REQUIRE(page.tableRows.size() == 4);
    CHECK(page.tableRows[0] == QStringList{"asb", "=Pier", "3", "30", "–", "new"});
    CHECK(page.tableRows[1] == QStringList{"asb", "High Street", "40", "120", "0.002", "grown, merged"});
    CHECK(page.tableRows[3].back() == "about the same");
    REQUIRE(page.summary.size() == 3);
    CHECK(page.summary[0] == "asb: new: =Pier (3 to 30); grown: High Street (40 to 120); gone: Mill, Lane (25 to 4); "
                             "about the same: one. High Street took in Back Lane.");
    CHECK(page.summary[1] == "burglary: no hotspot in either period.");
    CHECK(page.summary[2] == "theft: it has no earlier period to be set beside.");
}

TEST_CASE("titles agree with none, one and many", "[layout][changes]") {
    std::vector<RecipeChanges> maps(1);
    CHECK(changesPageOf(maps, {}).title == "No hotspot is new, grown, shrunk or gone");
    maps[0].changes = {change(Fate::grown, "a", 1, 9, 0.01), change(Fate::grown, "b", 1, 9, 0.01)};
    CHECK(changesPageOf(maps, {}).title == "Two hotspots grown");
    maps[0].changes = {change(Fate::gone, "a", 9, 1)};
    CHECK(changesPageOf(maps, {}).title == "One hotspot gone");
    maps[0].problem = "not compared.";
    CHECK(changesPageOf(maps, {}).title == "No map could be compared with an earlier one");
}

TEST_CASE("the summary is a tagged page without a map, the same bytes again, and its recipes are in it",
          "[layout][changes]") {
    patchlight::test::guiApplication();
    const TemporaryFolder folder;
    const Scene scene = sceneWith(1);
    const BoardMap page = changesPageOf(twoMaps(), scene.recipe.layout);
    for (const PageElement& element : layOut(page)) {
        CHECK(element.tag != "Figure");
        CHECK(element.box.right() < 297.0);
        CHECK(element.box.bottom() < 210.0);
    }
    const std::vector<std::pair<std::string, Recipe>> recipes{{"asb", scene.recipe}};
    for (const char* name : {"a.pdf", "b.pdf"}) REQUIRE(writeChangesPdf(page, recipes, folder.path() / name));
    const std::string bytes = readFile(folder.path() / "a.pdf");
    CHECK(bytes == readFile(folder.path() / "b.pdf"));
    CHECK(bytes.size() > 5000);
    const auto one = recipeIn(folder.path() / "a.pdf"); // several are no recipe
    REQUIRE_FALSE(one);
    CHECK(one.error().message.find("a.pdf") != std::string::npos);
}

TEST_CASE("the table of changes has a row a hotspot, and no cell starts a formula", "[export][changes]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "summary.csv";
    REQUIRE(gis::writeChanges(twoMaps(), file));
    const std::string text = readFile(file);
    CHECK(text.starts_with("recipe,from,to,before_from,before_to,hotspot_is,name,rank_now,rank_before,"));
    CHECK(text.find(
              "\nasb,2025-08-01,2025-08-31,2025-07-01,2025-07-31,grown,High Street,1,1,40,120,0.002,,Back Lane,,\n") !=
          std::string::npos);
    CHECK(text.find(",new,'=Pier,1,,3,30,,,,,\n") != std::string::npos);
    CHECK(text.find("\ntheft,2025-08-01,2025-08-31,,,,,,,,,,,,,it has no earlier period") != std::string::npos);
    const auto columns = std::count(text.begin(), text.begin() + std::ptrdiff_t(text.find('\n')), ',');
    CHECK(columns == 15);
    CHECK_FALSE(gis::writeChanges(twoMaps(), folder.path() / "summary.txt"));
}
