// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/recipe_in.h"

#include "tests/gis/layout/page_scene.h"

#include <algorithm>
#include <cpl_vsi.h>

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;
using patchlight::test::readFile;
using patchlight::test::TemporaryFolder;

namespace {

const std::vector<std::string>& endingsWithRecipe() {
    static const std::vector<std::string> endings{".json",    ".pdf", ".png",  ".svg", ".tif",
                                                  ".geojson", ".kml", ".gpkg", ".xlsx"};
    return endings;
}

Scene sceneWithMarks() {
    Scene scene = sceneWith(2);
    scene.recipe.layout.author = "Fish & chips <\"5\"> \xC5\xB4yddgrug ' ]]> \\";
    scene.recipe.datasets = {{"2025-07-dorset-street", "0123456789ab", 1234}};
    return scene;
}

void write(const Scene& scene, const std::filesystem::path& file) {
    const BoardMap page = scene.page();
    const auto written = writeOutput({scene.recipe, *scene.result, {&page, 1}, scene.crs}, file);
    INFO((written ? std::string() : written.error().message));
    REQUIRE(written);
}

} // namespace

TEST_CASE("the recipe comes back out of every export that carries one", "[layout][recipe]") {
    const TemporaryFolder folder;
    const Scene scene = sceneWithMarks();
    for (const std::string& ending : endingsWithRecipe()) {
        INFO(ending);
        const auto file = folder.path() / ("map" + ending);
        write(scene, file);
        const auto recipe = recipeIn(file);
        INFO((recipe ? std::string() : recipe.error().message));
        REQUIRE(recipe);
        CHECK(toJson(*recipe) == toJson(scene.recipe));
    }
}

TEST_CASE("a recipe that lists more datasets than a cell of a workbook holds comes back too", "[layout][recipe]") {
    const TemporaryFolder folder;
    Scene scene = sceneWithMarks();
    for (int i = 0; i < 1500; ++i)
        scene.recipe.datasets.push_back({"2025-07-\xC5\xB4-street-" + std::to_string(i), "0123456789ab", 1234});
    for (const std::string& ending : endingsWithRecipe()) {
        INFO(ending);
        const auto file = folder.path() / ("map" + ending);
        write(scene, file);
        const auto recipe = recipeIn(file);
        REQUIRE(recipe);
        CHECK(recipe->datasets == scene.recipe.datasets);
    }
}

TEST_CASE("a PDF that lost its attachment still has the recipe in its metadata", "[layout][recipe][pdf]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "map.pdf";
    const Scene scene = sceneWithMarks();
    write(scene, file);
    if (std::system(("qpdf --remove-attachment=recipe.json '" + file.string() + "' '" +
                     (folder.path() / "without.pdf").string() + "' 2>/dev/null")
                        .c_str()) != 0) {
        WARN("qpdf is not installed: this check is skipped");
        return;
    }
    const auto recipe = recipeIn(folder.path() / "without.pdf");
    REQUIRE(recipe);
    CHECK(toJson(*recipe) == toJson(scene.recipe));
}

TEST_CASE("files cut short, turned over or of another kind give one sentence", "[layout][recipe][hostile]") {
    const TemporaryFolder folder;
    const Scene scene = sceneWithMarks();
    const auto sentence = [&](const std::filesystem::path& file) {
        const auto recipe = recipeIn(file);
        if (recipe) return; // what is left of it may still be whole
        INFO(file.filename().string() << ": " << recipe.error().message);
        CHECK(recipe.error().message.find(file.filename().string()) != std::string::npos);
        CHECK(recipe.error().message.find('\n') == std::string::npos);
        CHECK(recipe.error().message.ends_with('.'));
    };
    for (const std::string& ending : endingsWithRecipe()) {
        INFO(ending);
        const auto file = folder.path() / ("map" + ending);
        write(scene, file);
        const std::string whole = readFile(file);
        for (int step = 0; step < 12; ++step)
            sentence(folder.write("cut" + ending, whole.substr(0, whole.size() * std::size_t(step) / 12)));
        for (std::size_t at = 0; at < whole.size(); at += whole.size() / 25 + 1) {
            std::string turned = whole;
            for (std::size_t i = at; i < std::min(at + 8, turned.size()); ++i) turned[i] = char(turned[i] ^ 0x5a);
            sentence(folder.write("turned" + ending, turned));
        }
        for (const std::string& other : endingsWithRecipe()) // the content of another kind
            sentence(folder.write("other" + other, whole));
        const auto empty = recipeIn(folder.write("empty" + ending, ""));
        REQUIRE_FALSE(empty);
        const auto missing = recipeIn(folder.path() / ("missing" + ending));
        REQUIRE_FALSE(missing);
        CHECK(missing.error().code == ErrorCode::fileNotFound);
    }
}

TEST_CASE("files that are sound and carry no recipe say so", "[layout][recipe][hostile]") {
    const TemporaryFolder folder;
    const std::vector<std::pair<std::string, std::string>> files{
        {"a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata><recipe>{}</recipe></metadata></svg>"},
        {"a.kml", "<kml><Document><Data name=\"other\"><value>{}</value></Data></Document></kml>"},
        {"a.geojson", R"({"type": "FeatureCollection", "features": []})"}};
    for (const auto& [name, text] : files) {
        const auto recipe = recipeIn(folder.write(name, text));
        REQUIRE_FALSE(recipe);
        CHECK(recipe.error().message.find("carries no Patchlight recipe") != std::string::npos);
    }
    const auto ending = recipeIn(folder.write("a.csv", "rank,name\n"));
    CHECK(ending.error().message.find("ends in .json, .pdf") != std::string::npos);
}

TEST_CASE("entities that multiply and nesting without end are refused", "[layout][recipe][hostile]") {
    const TemporaryFolder folder;
    std::string lol = "<!DOCTYPE svg [<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 12; ++i) {
        const std::string before = "&a" + std::to_string(i - 1) + ";";
        lol += "<!ENTITY a" + std::to_string(i) + " \"";
        for (int k = 0; k < 10; ++k) lol += before;
        lol += "\">";
    }
    lol += "]><svg><recipe xmlns=\"urn:patchlight:recipe\">&a11;</recipe></svg>";
    CHECK_FALSE(recipeIn(folder.write("lol.svg", lol)));
    const std::string deep = "{\"patchlight_recipe\":" + std::string(300'000, '[') + std::string(300'000, ']') + "}";
    CHECK_FALSE(recipeIn(folder.write("deep.geojson", deep)));
    CHECK_FALSE(recipeIn(folder.write("deep.json", deep)));
    std::string tags;
    for (int i = 0; i < 100'000; ++i) tags += "<a>";
    CHECK_FALSE(recipeIn(folder.write("deep.svg", tags)));
}

TEST_CASE("the recipe comes out of the custom XML part of office files", "[layout][recipe]") {
    const TemporaryFolder folder;
    const Scene scene = sceneWithMarks();
    const std::string ending = GENERATE(".docx", ".pptx");
    const auto file = folder.path() / ("map" + ending);
    const auto part = [&](const char* name, const std::string& text) {
        VSILFILE* out = VSIFOpenL(("/vsizip/{" + file.string() + "}/" + name).c_str(), "wb");
        REQUIRE(out != nullptr);
        VSIFWriteL(text.data(), 1, text.size(), out);
        VSIFCloseL(out);
    };
    part("customXml/item1.xml", "<other/>");
    part("customXml/item2.xml", "<?xml version=\"1.0\"?><recipe xmlns=\"urn:patchlight:recipe\">" +
                                    QString::fromStdString(toJson(scene.recipe).dump()).toHtmlEscaped().toStdString() +
                                    "</recipe>");
    const auto recipe = recipeIn(file);
    INFO((recipe ? std::string() : recipe.error().message));
    REQUIRE(recipe);
    CHECK(toJson(*recipe) == toJson(scene.recipe));
    const std::string whole = readFile(file);
    CHECK_FALSE(recipeIn(folder.write("cut" + ending, whole.substr(0, whole.size() / 2))));
    CHECK_FALSE(recipeIn(folder.write("no" + ending, "no archive")));
}
