// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gis/layout/checks.h"
#include "tests/gis/layout/page_scene.h"

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;
using patchlight::test::readFile;
using patchlight::test::TemporaryFolder;

namespace {

/// The scene with an earlier period, a clock, and further maps of the scene itself.
struct Pack {
    Scene scene;
    CompanionPlan further;
    std::vector<LayerOrigin> origins = {};
    [[nodiscard]] std::vector<BoardMap> pages() const {
        return boardPagesOf(
            {scene.recipe, scene.result, further, scene.map, scene.datasets, scene.crs, scene.area, origins});
    }
};

Pack packOf(const std::string& layout, std::size_t hotspots, std::size_t panels = 6) {
    Pack pack{sceneWith(hotspots), {}, {}};
    Recipe& recipe = pack.scene.recipe;
    recipe.layout.templateName = layout;
    recipe.comparison = Period{day(2024, 7, 1), day(2024, 9, 30)};
    pack.scene.result->weekHours.assign(168, 2);
    pack.scene.result->weekHours[5 * 24 + 22] = 40;
    for (HotspotArea& area : pack.scene.result->areas) {
        area.comparisonIncidents = area.incidents / 2 + 10;
        area.weekHours.assign(168, 1);
        area.weekHours[5 * 24 + 22] = 9;
        pack.further.areaMonths.emplace_back(pack.scene.result->monthly.size(), 7);
    }
    const auto result = std::make_shared<const Result>(*pack.scene.result);
    const auto add = [&](PageKind kind, PanelsBy by, const std::string& title) {
        pack.further.companions.push_back({kind, by, title, recipe, result});
    };
    add(PageKind::comparison, PanelsBy::category, "July to September 2024");
    for (std::size_t i = 0; i < panels; ++i) {
        add(PageKind::panels, PanelsBy::category, "Violence and sexual offences " + std::to_string(i));
        add(PageKind::panels, PanelsBy::quarter, "October 2023 to March 202" + std::to_string(i));
    }
    return pack;
}

} // namespace

TEST_CASE("no page of any layout overlaps itself", "[layout][property]") {
    const std::size_t hotspots = GENERATE(0, 1, 25);
    const std::string paper = GENERATE("A4-landscape", "A4-portrait", "A3-landscape", "slide");
    for (const LayoutTemplate& layout : layoutTemplates()) {
        INFO(layout.id << ' ' << paper << ' ' << hotspots);
        Pack pack = packOf(layout.id, hotspots);
        pack.scene.recipe.layout.paper = paper;
        const auto pages = pack.pages();
        REQUIRE_FALSE(pages.empty());
        for (std::size_t i = 0; i < std::min<std::size_t>(pages.size(), 5); ++i) {
            INFO("page " << i + 1);
            checkBoxes(pages[i]);
        }
    }
}

TEST_CASE("small maps stand in a grid whatever their number", "[layout][property]") {
    const std::size_t panels = GENERATE(2, 3, 4, 5, 7, 8, 12);
    const std::string paper = GENERATE("A4-landscape", "A4-portrait");
    INFO(panels << ' ' << paper);
    Pack pack = packOf("by-category", 5, panels);
    pack.scene.recipe.layout.paper = paper;
    const auto pages = pack.pages();
    REQUIRE(pages.size() == 1);
    CHECK(pages[0].panels.size() == panels);
    checkBoxes(pages[0]);
    double smallest = 1e9, largest = 0.0;
    for (const PageElement& element : layOut(pages[0]))
        if (element.tag == "Figure" && element.alt.startsWith("Small map")) {
            smallest = std::min(smallest, element.box.width());
            largest = std::max(largest, element.box.width());
        }
    CHECK(smallest == Approx(largest));
    CHECK(smallest > 35.0);
}

TEST_CASE("pages are numbered and the contents page leads to each", "[layout][pages]") {
    const auto pages = packOf("pack", 3).pages();
    REQUIRE(pages.size() == 8); // contents, map, comparison, small maps, three hotspots, method
    for (std::size_t i = 0; i < pages.size(); ++i) {
        CHECK(pages[i].number == i + 1);
        CHECK(pages[i].of == pages.size());
        CHECK_FALSE(pages[i].title.isEmpty());
        CHECK(pages[i].marking == "OFFICIAL");
        CHECK_FALSE(pages[i].footer.isEmpty());
    }
    REQUIRE(pages[0].contents.size() == 7);
    for (std::size_t i = 0; i < 7; ++i) {
        CHECK(pages[0].contents[i].page == i + 2);
        CHECK(pages[0].contents[i].title == pages[i + 1].title);
    }
    CHECK(pages[4].title == "Hotspot 1: Old Christchurch Road");
    CHECK(pages[7].sections.size() == 5);
}

TEST_CASE("a layout without what it needs still gives a page", "[layout][pages][edge]") {
    Pack pack = packOf("before-after", 0);
    pack.further.companions.clear();
    CHECK(pack.pages().size() == 1);
    CHECK(pack.pages()[0].panels.empty());
    pack.scene.recipe.layout.templateName = "hotspot-pages";
    CHECK(pack.pages().size() == 1); // the map; there is no hotspot
    CHECK(packOf("hotspot-pages", 40).pages().size() == 26);
}

TEST_CASE("the page before and after says the same as its table", "[layout][pages]") {
    Pack pack = packOf("before-after", 2);
    auto& areas = pack.scene.result->areas;
    areas[0].incidents = 120, areas[0].comparisonIncidents = 100;
    areas[1].incidents = 60, areas[1].comparisonIncidents = 50;
    const auto pages = pack.pages();
    REQUIRE(pages.size() == 1);
    CHECK(pages[0].title == "Anti-social behaviour in the two hotspots: 20 % more than in July to September 2024");
    CHECK(pages[0].tableRows[0] == QStringList{"1", "Old Christchurch Road", "100", "120", "+20 %"});
    CHECK(pages[0].summary.join(' ').contains("now there are 180 incidents, before there were 150"));
    CHECK(pages[0].panels[0].title == "July to September 2024");
    CHECK(pages[0].panels[1].title == "July to September 2025");
}

TEST_CASE("a page for a hotspot gives its figures, hours and months", "[layout][pages]") {
    const auto pages = packOf("hotspot-pages", 2).pages();
    REQUIRE(pages.size() == 3);
    const BoardMap& page = pages[1];
    CHECK(page.map.highlightedRank == 1u);
    CHECK(page.locator.has_value());
    CHECK(page.clock.counts.size() == 168);
    const auto value = [&](const QString& label) -> QString {
        for (const QStringList& row : page.tableRows)
            if (row[0] == label) return row[1];
        return {};
    };
    CHECK(value("Rank") == "1 of 2");
    CHECK(value("Incidents") == "412");
    CHECK(value("Incidents in July to September 2024") == "216");
    CHECK(value("Change") == "+91 %");
    CHECK(value("Busiest hours") == "Sat 20–23 (11)");
    for (std::size_t i = 0; i < page.months.counts.size(); ++i) CHECK(page.months.counts[i] == 7);
}

TEST_CASE("the clock says in words what it shows", "[layout][clock]") {
    const auto pages = packOf("map-table-clock-trend", 3).pages();
    REQUIRE(pages.size() == 1);
    const QString words = describeClock(pages[0].clock);
    CHECK(words.startsWith("Incidents by hour and day of the week (374 incidents with a time). "
                           "Most on Saturdays from 20:00 to 23:00 (44). "));
    CHECK(
        words.endsWith("Mondays 48, Tuesdays 48, Wednesdays 48, Thursdays 48, Fridays 48, Saturdays 86, Sundays 48."));
    CHECK(describeClock({}).isEmpty());
    CHECK(clockShades({}).isEmpty());
    CHECK(clockShades(pages[0].clock) == "Lightest 0 to 8, darkest 36 and more incidents in an hour of the week.");
    int clocks = 0;
    for (const PageElement& element : layOut(pages[0])) clocks += element.alt == words ? 1 : 0;
    CHECK(clocks == 1);
}

TEST_CASE("a PDF of several pages has bookmarks, sections and reads page after page", "[layout][pdf]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "pack.pdf", again = folder.path() / "again.pdf";
    const Pack pack = packOf("pack", 2);
    const auto pages = pack.pages();
    REQUIRE(writePdf(pages, pack.scene.recipe, file));
    REQUIRE(writePdf(pages, pack.scene.recipe, again));
    CHECK(readFile(file) == readFile(again));
    if (const auto info = printed("pdfinfo", {shown(file)})) {
        CHECK(info->contains(QRegularExpression("Tagged: +yes")));
        CHECK(info->contains(QRegularExpression("Pages: +7")));
    }
    if (const auto check = printed("qpdf", {"--check", shown(file)}))
        CHECK(check->contains("No syntax or stream encoding errors found"));
    if (const auto text = printed("pdftotext", {"-layout", shown(file), "-"})) {
        qsizetype at = 0;
        for (const BoardMap& page : pages) {
            const QString number = "Page " + QString::number(page.number) + " of 7";
            const qsizetype found = text->indexOf(number, at);
            CHECK(found >= 0);
            at = found;
        }
    }
    if (const auto structure = printed("pdfinfo", {"-struct-text", shown(file)})) {
        CHECK(structure->count("Sect") == 7);
        CHECK(structure->count("H1") == 7);
        qsizetype at = 0;
        for (const BoardMap& page : pages) {
            at = structure->indexOf(page.title.left(30), at);
            CHECK(at >= 0);
        }
    }
    if (const auto outline = printed("qpdf", {"--json", "--json-key=outlines", shown(file)}))
        for (const BoardMap& page : pages) CHECK(outline->contains(page.title.left(30)));
}

TEST_CASE("a picture of several pages is a file each", "[layout][output]") {
    const TemporaryFolder folder;
    const Pack pack = packOf("hotspot-pages", 2);
    const auto pages = pack.pages();
    for (const char* ending : {"svg", "png"}) {
        const auto file = folder.path() / (std::string("map.") + ending);
        const auto written = writeOutput({pack.scene.recipe, *pack.scene.result, pages, pack.scene.crs}, file);
        REQUIRE(written.has_value());
        REQUIRE(written->size() == 3);
        CHECK((*written)[0] == file);
        CHECK((*written)[2] == folder.path() / (std::string("map-3.") + ending));
        for (const auto& one : *written) CHECK(std::filesystem::file_size(one) > 1000);
    }
    const auto pdf =
        writeOutput({pack.scene.recipe, *pack.scene.result, pages, pack.scene.crs}, folder.path() / "m.pdf");
    REQUIRE(pdf.has_value());
    CHECK(pdf->size() == 1);
}

TEST_CASE("the board map has a locator where there is clearly more land than it shows", "[layout][pages]") {
    Scene scene = sceneWith(2);
    CHECK_FALSE(scene.page().locator.has_value()); // no land
    LoadedLayer land;
    land.info.role = "land";
    const Box shown = defaultExtent(scene.page().map);
    land.box = grownBy(shown, Metres{500.0});
    scene.map.layers = {land};
    CHECK_FALSE(scene.page().locator.has_value()); // hardly more
    scene.map.layers.front().box = grownBy(shown, Metres{1e6});
    const auto locator = scene.page().locator;
    REQUIRE(locator.has_value());
    CHECK(locator->width() == Approx(6.0 * shown.width()));
    CHECK(locator->height() == Approx(6.0 * shown.height()));
    scene.map.layers.front().info.visible = false;
    CHECK_FALSE(scene.page().locator.has_value());
}

TEST_CASE("density gives way in the table where changes and hours need the room", "[layout][pages]") {
    const Pack pack = packOf("map-table-clock-trend", 3);
    const BoardMap both = pack.pages().front();
    CHECK(both.tableHeader == QStringList{"#", "Around", "Incidents", "Share", "PAI", "Change", "Busiest"});
    Scene scene = pack.scene;
    scene.recipe.comparison.reset();
    for (HotspotArea& area : scene.result->areas) area.comparisonIncidents.reset();
    const BoardMap hours = scene.page();
    CHECK(hours.tableHeader == QStringList{"#", "Around", "Incidents", "Share", "Per km²", "PAI", "Busiest"});
    for (const BoardMap* page : {&both, &hours})
        for (const QStringList& row : page->tableRows) CHECK(row.size() == page->tableHeader.size());
}
