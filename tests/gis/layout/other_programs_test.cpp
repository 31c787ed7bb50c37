// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gis/layout/checks.h"
#include "tests/gis/layout/page_scene.h"

#include <QDir>
#include <QDirIterator>

/// What other programs say of our files; each check is passed over with a notice where its program is not installed.
using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;
using patchlight::test::TemporaryFolder;

namespace {

std::filesystem::path written(const TemporaryFolder& folder, const Scene& scene, const std::string& ending) {
    const auto file = folder.path() / ("map" + ending);
    const BoardMap page = scene.page();
    REQUIRE(writeOutput({scene.recipe, *scene.result, {&page, 1}, scene.crs}, file));
    return file;
}

} // namespace

TEST_CASE("ogrinfo reads every file of areas, whole and without a word of complaint", "[layout][output][programs]") {
    const TemporaryFolder folder;
    const Scene scene = sceneWith(5);
    for (const char* ending : {".gpkg", ".geojson", ".kml", ".csv"}) {
        INFO(ending);
        const auto file = written(folder, scene, ending);
        const auto said = printed("ogrinfo", {"-ro", "-so", "-al", shown(file)});
        if (!said) return;
        CHECK(said->contains("Feature Count: 5"));
        CHECK_FALSE(said->contains("ERROR"));
        CHECK_FALSE(said->contains("Warning"));
    }
}

TEST_CASE("gdalinfo reads the surface", "[layout][output][programs]") {
    const TemporaryFolder folder;
    const Scene scene = sceneWith(3);
    const auto said = printed("gdalinfo", {shown(written(folder, scene, ".tif"))});
    if (!said) return;
    CHECK(said->contains("Size is 220, 120"));
    CHECK(said->contains("Type=Float64"));
    CHECK(said->contains("LAYOUT=COG"));
    CHECK_FALSE(said->contains("ERROR"));
    CHECK_FALSE(said->contains("Warning"));
}

TEST_CASE("xmllint finds every part of documents, slides, workbooks and drawings well-formed",
          "[layout][office][programs]") {
    const TemporaryFolder folder;
    const Scene scene = sceneWith(4);
    CHECK(printed("xmllint", {"--noout", shown(written(folder, scene, ".svg"))}).value_or(QString()).isEmpty());
    CHECK(printed("xmllint", {"--noout", shown(written(folder, scene, ".kml"))}).value_or(QString()).isEmpty());
    for (const char* ending : {".docx", ".pptx", ".xlsx"}) {
        INFO(ending);
        const QString parts = shown(folder.path() / ("parts" + std::string(ending)));
        if (!printed("unzip", {"-q", shown(written(folder, scene, ending)), "-d", parts})) return;
        QStringList xml;
        for (QDirIterator each(parts, {"*.xml", "*.rels", "*.svg"}, QDir::Files, QDirIterator::Subdirectories);
             each.hasNext();)
            xml.push_back(each.next());
        CHECK(xml.size() > 5);
        if (const auto said = printed("xmllint", QStringList{"--noout"} + xml)) CHECK(said->toStdString() == "");
    }
}
