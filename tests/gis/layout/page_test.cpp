// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/lettering.h"
#include "tests/gis/layout/checks.h"
#include "tests/gis/layout/page_scene.h"

#include <QImage>

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;

namespace {

QRectF mapBox(const BoardMap& page) {
    for (const PageElement& element : layOut(page))
        if (element.tag == "Figure" && element.alt == page.alternativeText) return element.box;
    return {};
}

} // namespace

TEST_CASE("nothing overlaps, whatever the number of hotspots and the paper", "[layout][property]") {
    const std::size_t hotspots = GENERATE(0, 1, 5, 25);
    const std::string paper = GENERATE("A4-landscape", "A4-portrait", "A3-landscape", "A3-portrait");
    const std::string templateName = GENERATE("map-and-table", "map");
    INFO(hotspots << ' ' << paper << ' ' << templateName);
    Scene scene = sceneWith(hotspots);
    scene.recipe.layout.paper = paper;
    scene.recipe.layout.templateName = templateName;
    checkBoxes(scene.page());
}

TEST_CASE("nothing overlaps with long titles, long names and many cautions", "[layout][property]") {
    const std::string paper = GENERATE("A4-landscape", "A4-portrait");
    Scene scene = sceneWith(25);
    scene.recipe.layout.paper = paper;
    for (int i = 0; i < 12; ++i) scene.recipe.layout.title += "Anti-social behaviour and everything else ";
    scene.recipe.layout.author = std::string(400, 'W');
    scene.result->areas[2].name = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch / Ffordd Tŷ Gŵyr Îfor";
    for (int i = 0; i < 8; ++i)
        scene.result->notes.push_back("Note " + std::to_string(i) + ": " + std::string(150, 'x'));
    for (int i = 0; i < 40; ++i) scene.recipe.filter.datasets.push_back("2025-07-dorset-street");
    for (auto& area : scene.result->areas) area.comparisonIncidents = 77;
    scene.recipe.comparison = Period{day(2024, 7, 1), day(2024, 9, 30)};
    checkBoxes(scene.page());
}

TEST_CASE("Welsh letters stay as they are", "[layout]") {
    Scene scene = sceneWith(1);
    scene.result->areas[0].name = "Ffordd Tŷ Gŵyr, Llanbedr Pont Steffan, Ŵ Ŷ î â ô";
    const BoardMap page = scene.page();
    CHECK(page.title.contains("Tŷ Gŵyr"));
    CHECK(page.tableRows[0][1] == "Ffordd Tŷ Gŵyr, Llanbedr Pont Steffan, Ŵ Ŷ î â ô");
    checkBoxes(page);
}

TEST_CASE("a page without marking, months, sources and author still stands", "[layout][edge]") {
    Scene scene = sceneWith(0);
    scene.recipe.layout.marking.clear();
    scene.recipe.layout.author.clear();
    scene.recipe.layout.date.clear();
    scene.result->monthly.clear();
    scene.result->surface.reset();
    scene.result->classes.clear();
    scene.datasets.clear();
    scene.area = {};
    scene.recipe.filter.period.reset();
    const BoardMap page = scene.page();
    CHECK(page.subtitle == "Recorded anti-social behaviour. 4,685 of 4,812 incidents mapped (97.4 %).");
    checkBoxes(page);
}

TEST_CASE("the page reads in order: title, subtitle, map, table, foot", "[layout]") {
    const BoardMap page = sceneWith(5).page();
    const auto elements = layOut(page);
    QStringList order;
    for (const PageElement& element : elements)
        if (element.tag != "Artifact") order.push_back(element.tag);
    CHECK(order.mid(0, 6) == QStringList{"P", "H1", "P", "Figure", "H2", "Table"});
    CHECK(order.count("H1") == 1);
    CHECK(order.count("Figure") == 2);
    const auto texts = textsOf(elements);
    CHECK(texts.front()->text == "OFFICIAL");
    CHECK(texts.back()->text == "OFFICIAL");
}

TEST_CASE("the table shows as many rows as fit and says how many more there are", "[layout]") {
    const BoardMap page = sceneWith(25).page();
    std::size_t rows = 0;
    QString more;
    for (const PageElement& element : layOut(page)) {
        if (element.tag == "Table") rows = element.children.size() - 1;
        if (element.text.startsWith("and ") && element.text.endsWith("more, see the table file")) more = element.text;
    }
    CHECK(rows >= 10);
    CHECK(more == "and " + QString::number(25 - rows) + " more, see the table file");
}

TEST_CASE("the map gets the page: more than a third of it on A4 landscape", "[layout]") {
    for (const std::size_t hotspots : {0u, 5u, 25u}) {
        const BoardMap page = sceneWith(hotspots).page();
        const QRectF map = mapBox(page);
        CHECK(map.width() * map.height() > 0.35 * page.paper.width() * page.paper.height());
    }
    Scene scene = sceneWith(5);
    scene.recipe.layout.templateName = "map";
    CHECK(mapBox(scene.page()).width() == Approx(297.0 - 2 * 10.6));
}

TEST_CASE("a page drawn twice is the same picture", "[layout]") {
    const BoardMap page = sceneWith(5).page();
    const auto drawn = [&] {
        QImage image(594, 420, QImage::Format_RGB32);
        QPainter painter(&image);
        painter.scale(2.0, 2.0);
        REQUIRE(drawPage(painter, page, 2.0));
        return image;
    };
    CHECK(drawn() == drawn());
}

TEST_CASE("lines keep their width, units stay with their numbers and long words are cut", "[layout][property]") {
    patchlight::test::guiApplication();
    const Lettering lettering{3.0};
    const QString text = "on 4.6 % of the area within 300 m, " + QString(120, 'W') + " and the rest of 161 km².";
    for (double width = 14.0; width < 90.0; width += 1.7) {
        const QStringList lines = wrapped(text, lettering, width);
        CHECK(lines.join(QString()).remove(' ') == QString(text).remove(' '));
        for (const QString& line : lines) {
            CHECK(textWidth(line, lettering) <= width);
            CHECK_FALSE(line.startsWith('%'));
            CHECK_FALSE(line.startsWith("m,"));
            CHECK_FALSE(line.startsWith("km²"));
        }
    }
    CHECK(wrapped("one two three", lettering, 8.0, 1).size() == 1);
    CHECK(wrapped("one two three", lettering, 12.0, 1).front().endsWith(QChar(0x2026)));
    CHECK(wrapped(QString(), lettering, 8.0).isEmpty());
}
