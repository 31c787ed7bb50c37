// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/house_style.h"
#include "tests/gis/layout/checks.h"

#include <fstream>

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;
using patchlight::test::TemporaryFolder;

namespace {

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

/// A wide blue logo as a file.
void writeLogo(const std::filesystem::path& file) {
    QImage logo(300, 80, QImage::Format_RGB32);
    logo.fill(QColor(0x00, 0x33, 0x99));
    REQUIRE(logo.save(QString::fromStdString(file.string()), "PNG"));
}

} // namespace

TEST_CASE("a house style is read with its logo and travels in the recipe", "[layout][house]") {
    patchlight::test::guiApplication();
    const TemporaryFolder folder;
    writeLogo(folder.path() / "logo.png");
    write(folder.path() / "house.json",
          R"({"organisation": "Sandhaven Council", "font": "DejaVu Serif", "ink": "#003399",
                                            "accent": "#7a1450", "logo": "logo.png"})");
    const auto house = readHouseStyle(folder.path() / "house.json");
    REQUIRE(house.has_value());
    Scene scene = sceneWith(3);
    scene.recipe.layout.house = *house;
    const auto again = recipeFromJson(toJson(scene.recipe));
    REQUIRE(again.has_value());
    CHECK(again->layout.house == *house);
    const BoardMap page = scene.page();
    CHECK(page.house.organisation == "Sandhaven Council");
    CHECK(page.house.ink == QColor(0x00, 0x33, 0x99));
    CHECK(page.house.logo.size() == QSize(300, 80));
    checkBoxes(page);
    int logos = 0;
    for (const PageElement& element : layOut(page)) logos += element.alt == "Logo of Sandhaven Council" ? 1 : 0;
    CHECK(logos == 1);
    CHECK(toJson(scene.recipe).dump().find(folder.path().string()) == std::string::npos);
}

TEST_CASE("a page without a house style has no logo and the recipe no word of it", "[layout][house]") {
    const Scene scene = sceneWith(1);
    CHECK(scene.page().house.logo.isNull());
    CHECK_FALSE(toJson(scene.recipe)["layout"].contains("house"));
}

TEST_CASE("a house style that is wrong is refused with what to do", "[layout][house][errors]") {
    patchlight::test::guiApplication();
    const TemporaryFolder folder;
    writeLogo(folder.path() / "logo.png");
    write(folder.path() / "text.png", "no picture");
    write(folder.path() / "large.png", std::string(std::size_t{2} << 20, 'x'));
    struct Wrong {
        const char *text, *says;
    };
    for (const Wrong& wrong : std::initializer_list<Wrong>{
             {"", "no JSON object"},
             {"[1]", "no JSON object"},
             {R"({"colour": "#000000"})", "has no \"colour\"; it has organisation, font, ink, accent and logo"},
             {R"({"font": 3})", "\"font\" is not a text"},
             {R"({"ink": "navy"})", "\"ink\" is not a colour; write it like #12263a"},
             {R"({"ink": "#12263"})", "\"ink\" is not a colour"},
             {R"({"ink": "#777777"})", "\"ink\" is too pale on white (4.48:1, needed are 4.5:1)"},
             {R"({"accent": "#cccccc"})", "\"accent\" is too pale on white"},
             {R"({"organisation": "A", "logo": "text.png"})", "logo is not a picture"},
             {R"({"organisation": "A", "logo": "large.png"})", "logo is not a picture"},
             {R"({"organisation": "A", "logo": "absent.png"})", "absent.png"},
             {R"({"logo": "logo.png"})", "no \"organisation\""}}) {
        INFO(wrong.text);
        write(folder.path() / "house.json", wrong.text);
        const auto house = readHouseStyle(folder.path() / "house.json");
        REQUIRE_FALSE(house.has_value());
        CHECK(house.error().message.find(wrong.says) != std::string::npos);
    }
    CHECK(readHouseStyle(folder.path() / "nothing.json").error().code == ErrorCode::fileNotFound);
}

TEST_CASE("pictures have the resolution that the layout says", "[layout][output]") {
    const TemporaryFolder folder;
    Scene scene = sceneWith(1);
    REQUIRE(setLayout(scene.recipe.layout, "dpi", "96"));
    REQUIRE(writePng(scene.page(), scene.recipe, folder.path() / "small.png"));
    const QImage image(shown(folder.path() / "small.png"));
    CHECK(image.size() == QSize(1123, 794)); // 297 x 210 mm
    for (const char* wrong : {"71", "1201", "", "many", "300.5"}) {
        const auto set = setLayout(scene.recipe.layout, "dpi", wrong);
        REQUIRE_FALSE(set.has_value());
        CHECK(set.error().message.find("whole number from 72 to 1200") != std::string::npos);
    }
}
