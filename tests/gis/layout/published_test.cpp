// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/publication.h"
#include "tests/gis/layout/page_scene.h"

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;

namespace {

/// Four hotspots of which the last two are small, and one whose earlier count is.
Scene sceneWithSmallCounts() {
    Scene scene = sceneWith(4);
    scene.recipe.comparison = Period{day(2024, 7, 1), day(2024, 9, 30)};
    const std::size_t now[] = {412, 253, 4, 2}, before[] = {388, 4, 0, 12};
    for (std::size_t i = 0; i < 4; ++i) {
        HotspotArea& area = scene.result->areas[i];
        area.incidents = now[i];
        area.share = double(now[i]) / double(scene.result->mapped);
        area.densityPerKm2 = double(now[i]) / area.areaKm2;
        area.pai = area.share / area.areaShare;
        area.comparisonIncidents = before[i];
    }
    return scene;
}

/// All that a page says, in one text.
QString everything(const BoardMap& page) {
    QStringList texts{page.title,
                      page.subtitle,
                      page.alternativeText,
                      page.tableNote,
                      page.method.join(' '),
                      page.cautions.join(' '),
                      page.summary.join(' ')};
    for (const QStringList& row : page.tableRows) texts += row.join(" | ");
    return texts.join('\n');
}

} // namespace

TEST_CASE("a small count is <5 in the table, in words and in no sum", "[layout][disclosure]") {
    Scene scene = sceneWithSmallCounts();
    const BoardMap inside = scene.page();
    CHECK(inside.tableRows[2][2] == "4");
    CHECK(inside.tableRows[1].last() == "was 4");
    CHECK(inside.tableNote.startsWith("Together "));

    scene.result = std::make_shared<Result>(*published(scene.result, {.profile = Profile::publicRelease}).result);
    const BoardMap page = scene.page();
    CHECK(page.tableRows[0][2] == "412");
    CHECK(page.tableRows[0].last() == "+6 %");
    CHECK(page.tableRows[1].last() == "was <5");
    for (const int row : {2, 3}) {
        CHECK(page.tableRows[row][2] == "<5");
        for (const int column : {3, 4, 5}) CHECK(page.tableRows[row][column] == "–");
    }
    CHECK(page.tableRows[2].last() == "was 0");
    CHECK(page.tableRows[3].last() == "was 12");
    CHECK(page.tableNote.startsWith("Those with figures hold 14.2 % of the incidents")); // (412 + 253) of 4,685
    CHECK(page.tableNote.contains("<5: from 1 to 4."));
    CHECK(page.alternativeText.contains("fewer than 5 incidents"));
    CHECK(page.summary.filter("Two of four places hold 665 of the 4,685 mapped incidents (14.2 %)").size() == 1);
    CHECK(page.summary.filter("The same outlines").isEmpty());
    CHECK(page.cautions.contains("Counts under 5 are not shown, nor what would tell them."));
    // 671 in all, 14.3 %; 404 before.
    for (const char* sum : {"671", "14.3", "404", "was 4"}) CHECK_FALSE(everything(page).contains(sum));
}

TEST_CASE("a page without any count that may be said still reads well", "[layout][disclosure][edge]") {
    Scene scene = sceneWith(1);
    scene.recipe.comparison.reset();
    scene.result->areas[0].incidents = 3;
    scene.result->incidents = scene.result->mapped + 2;
    scene.result->notes.clear();
    scene.result = std::make_shared<Result>(*published(scene.result, {.profile = Profile::publicRelease}).result);
    const BoardMap page = scene.page();
    CHECK(page.summary.front().startsWith("So few of the 4,685 mapped incidents lie in the place marked"));
    CHECK(page.tableNote == "<5: from 1 to 4.");
    CHECK(page.subtitle.endsWith("4,685 incidents mapped; a few could not be."));
    CHECK(page.cautions.contains("A few incidents could not be placed and are not on the map."));
    CHECK_FALSE(everything(page).contains("nan", Qt::CaseInsensitive));
    CHECK_FALSE(everything(page).contains("4,687"));
}

TEST_CASE("rounded counts are said to be", "[layout][disclosure]") {
    Scene scene = sceneWithSmallCounts();
    scene.result =
        std::make_shared<Result>(*published(scene.result, {.profile = Profile::publicRelease, .roundTo = 5}).result);
    const BoardMap page = scene.page();
    CHECK(page.tableRows[0][2] == "410");
    CHECK(page.tableRows[1][2] == "255");
    CHECK(page.tableNote.contains("Counts are rounded to the nearest 5."));
    CHECK(page.cautions.contains("Counts are rounded to the nearest 5."));
    CHECK_FALSE(everything(page).contains("412"));
}
