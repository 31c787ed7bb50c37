// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "gis/layout/detail/svg_device.h"
#include "tests/gis/layout/checks.h"
#include "tests/gis/layout/page_scene.h"

#include <QHashFunctions>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QXmlStreamReader>

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;
using patchlight::test::readFile;
using patchlight::test::TemporaryFolder;

namespace {

struct Xml {
    QString title, recipe, texts;
    QString error;
    int images = 0;
};
Xml parsed(const std::string& svg) {
    Xml xml;
    QXmlStreamReader reader(QByteArray::fromStdString(svg));
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement()) continue;
        if (reader.name() == QLatin1String("title"))
            xml.title = reader.readElementText();
        else if (reader.name() == QLatin1String("recipe"))
            xml.recipe = reader.readElementText();
        else if (reader.name() == QLatin1String("text"))
            xml.texts += reader.readElementText() + '\n';
        else if (reader.name() == QLatin1String("image"))
            ++xml.images;
    }
    if (reader.hasError()) xml.error = reader.errorString();
    return xml;
}

} // namespace

TEST_CASE("the PDF is tagged, embedded, titled and reads as the page does", "[layout][pdf]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "map.pdf";
    const Scene scene = sceneWith(5);
    const BoardMap page = scene.page();
    REQUIRE(writePdf({&page, 1}, scene.recipe, file));
    if (const auto info = printed("pdfinfo", {shown(file)})) {
        CHECK(info->contains(QRegularExpression("Tagged: +yes")));
        CHECK(info->contains("Title:           " + page.title));
        CHECK(info->contains(QRegularExpression("Pages: +1\\b")));
        CHECK(info->contains("(A4)"));
        CHECK_FALSE(info->contains("CreationDate"));
    }
    if (const auto structure = printed("pdfinfo", {"-struct-text", shown(file)})) {
        QString rest = *structure;
        CHECK_FALSE(rest.contains('\t'));
        // Each text comes after the one before it.
        qsizetype at = 0;
        for (const QString& text : {QString("H1"), page.title, QString("Figure"), QString("Table"), QString("TH"),
                                    page.tableRows[0][1], page.tableRows[4][1], QString("Read with care")}) {
            INFO(text.toStdString());
            at = rest.indexOf(text, at);
            CHECK(at >= 0);
        }
    }
    if (const auto checked = printed("qpdf", {"--check", shown(file)}))
        CHECK(checked->contains("No syntax or stream encoding errors found"));
    if (const auto fonts = printed("pdffonts", {shown(file)})) {
        const QStringList lines = fonts->split('\n', Qt::SkipEmptyParts);
        REQUIRE(lines.size() > 2);
        // embedded, subset (Qt embeds used glyphs without naming the font a subset), with Unicode
        for (const QString& line : lines.mid(2)) CHECK(line.contains(QRegularExpression("yes +(yes|no) +yes")));
    }
    if (const auto text = printed("pdftotext", {"-layout", shown(file), "-"})) {
        CHECK(text->contains(page.title));
        CHECK(text->contains("Old Christchurch Road"));
        CHECK(text->contains("OFFICIAL"));
        CHECK_FALSE(text->contains("ﬁ"));
    }
}

TEST_CASE("the PDF carries the recipe as an attachment", "[layout][pdf]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "map.pdf";
    const Scene scene = sceneWith(2);
    const BoardMap page = scene.page();
    REQUIRE(writePdf({&page, 1}, scene.recipe, file));
    if (QStandardPaths::findExecutable("qpdf").isEmpty()) {
        WARN("qpdf is not installed: this check is skipped");
        return;
    }
    const auto attached = printed("qpdf", {"--show-attachment=recipe.json", shown(file)});
    REQUIRE(attached);
    const auto json = nlohmann::json::parse(attached->toStdString(), nullptr, false);
    REQUIRE_FALSE(json.is_discarded());
    const auto recipe = recipeFromJson(json);
    REQUIRE(recipe);
    CHECK(toJson(*recipe) == toJson(scene.recipe));
    CHECK(shortId(*recipe) == shortId(scene.recipe));
}

TEST_CASE("the same page gives the same bytes", "[layout][property]") {
    const TemporaryFolder folder;
    const std::string ending = GENERATE(".pdf", ".png", ".svg", ".docx", ".pptx", ".json");
    const Scene scene = sceneWith(5);
    std::vector<std::string> bytes;
    for (const char* name : {"one", "two"}) {
        const auto file = folder.path() / (name + ending);
        const BoardMap page = scene.page();
        REQUIRE(writeOutput({scene.recipe, *scene.result, {&page, 1}, scene.crs}, file));
        bytes.push_back(readFile(file));
    }
    CHECK(bytes[0].size() > 100);
    CHECK(bytes[0] == bytes[1]);
}

TEST_CASE("a PDF is the same bytes in another process, whose hashes have another seed", "[layout][pdf][property]") {
    const TemporaryFolder folder;
    const Scene scene = sceneWith(5);
    const BoardMap page = scene.page();
    std::string first;
    for (int i = 0; i < 6; ++i) {
        QHashSeed::resetRandomGlobalSeed();
        REQUIRE(writePdf({&page, 1}, scene.recipe, folder.path() / "map.pdf"));
        if (i == 0) first = readFile(folder.path() / "map.pdf");
        CHECK((readFile(folder.path() / "map.pdf") == first)); // no bytes in the report
    }
}

TEST_CASE("the PNG is at 300 dpi and carries the recipe", "[layout][png]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "map.png";
    const Scene scene = sceneWith(1);
    REQUIRE(writePng(scene.page(), scene.recipe, file));
    const QImage image(shown(file));
    CHECK(image.size() == QSize(3508, 2480));
    CHECK(image.dotsPerMeterX() == 11811);
    CHECK(image.text("Title") == scene.page().title);
    const auto json = nlohmann::json::parse(image.text("Patchlight recipe").toStdString(), nullptr, false);
    CHECK(json == toJson(scene.recipe));
}

TEST_CASE("the SVG is XML with text as text and the recipe in its metadata", "[layout][svg]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "map.svg";
    Scene scene = sceneWith(5);
    scene.recipe.layout.title = "Fish & chips <\"5\"> \x01 '";
    REQUIRE(writeSvg(scene.page(), scene.recipe, file));
    const std::string svg = readFile(file);
    const Xml xml = parsed(svg);
    CHECK(xml.error.toStdString() == "");
    CHECK(xml.title == "Fish & chips <\"5\">  '");
    CHECK(xml.texts.contains("Old Christchurch Road"));
    CHECK(xml.texts.contains("OFFICIAL"));
    CHECK(nlohmann::json::parse(xml.recipe.toStdString(), nullptr, false) == toJson(scene.recipe));
    CHECK(svg.find("viewBox=\"0 0 297 210\"") != std::string::npos);
    CHECK(svg.find("font-size=\"3.2\"") != std::string::npos); // the marking, in millimetres
    CHECK(svg.find("nan") == std::string::npos);
}

TEST_CASE("the SVG device keeps clips, dashes, opacity and turned text", "[layout][svg]") {
    patchlight::test::guiApplication();
    SvgDevice device(QSizeF(100, 50));
    QPainter painter(&device);
    painter.scale(SvgDevice::unitsPerMillimetre, SvgDevice::unitsPerMillimetre);
    painter.save();
    painter.setClipRect(QRectF(10, 10, 20.5, 20));
    painter.setClipRect(QRectF(15, 5, 40, 10.5), Qt::IntersectClip);
    painter.fillRect(QRectF(0, 0, 100, 50), QColor(255, 0, 0, 51));
    painter.restore();
    painter.setOpacity(0.5);
    QPen pen(Qt::blue, 0.5);
    pen.setDashPattern({4.0, 2.0});
    painter.setPen(pen);
    painter.drawLine(QPointF(1, 2), QPointF(3, 4));
    painter.translate(50, 25);
    painter.rotate(90);
    painter.scale(0.03, 0.03);
    QFont font;
    font.setPixelSize(100);
    painter.setFont(font);
    painter.drawText(QPointF(0, 0), "up & down");
    painter.end();
    const std::string svg = device.document("t", "d", {}).toStdString();
    const auto has = [&](const char* text) { return svg.find(text) != std::string::npos; };
    CHECK(parsed(svg).error.toStdString() == "");
    CHECK(has("<clipPath id=\"c1\"><path d=\"M10 10 L30.5 10 L30.5 30 L10 30 L10 10 Z\""));
    CHECK(has("clip-path=\"url(#c1)\""));
    CHECK(has("<g clip-path=\"url(#c2)\">"));
    CHECK(has("fill-opacity=\"0.2\""));
    CHECK(has("d=\"M1 2 L3 4\" fill=\"none\" stroke=\"#0000ff\" stroke-opacity=\"0.5\" stroke-width=\"0.5\""));
    CHECK(has("stroke-dasharray=\"2 1\""));
    CHECK(has("font-size=\"3\""));
    CHECK(has("up &amp; down"));
    const auto closed = svg.find("</g>");
    CHECK(closed < svg.find("stroke-dasharray")); // the line is outside the clip
}

TEST_CASE("an ending nobody writes is refused with those there are", "[layout][error]") {
    const Scene scene = sceneWith(1);
    const BoardMap page = scene.page();
    for (const char* name : {"map.bmp", "map", "map.pdf.txt"}) {
        CHECK_FALSE(isKnownOutput(name));
        const auto written = writeOutput({scene.recipe, *scene.result, {&page, 1}, scene.crs}, name);
        REQUIRE_FALSE(written);
        CHECK(written.error().code == ErrorCode::invalidParameter);
        CHECK(written.error().message.find(name) != std::string::npos);
        CHECK(written.error().message.find(
                  ".tif, .gpkg, .geojson, .kml, .csv, .xlsx, .pdf, .png, .svg, .docx, .pptx and .json") !=
              std::string::npos);
    }
    CHECK(isKnownOutput("A.PDF"));
    CHECK(isKnownOutput("a.b.geojson"));
}

TEST_CASE("a folder that cannot be written to gives a sentence and leaves nothing", "[layout][error]") {
    const TemporaryFolder folder;
    const std::string ending = GENERATE(".pdf", ".png", ".svg", ".docx", ".pptx", ".json");
    const Scene scene = sceneWith(1);
    const BoardMap page = scene.page();
    const auto missing = folder.path() / "not there" / ("map" + ending);
    const auto written = writeOutput({scene.recipe, *scene.result, {&page, 1}, scene.crs}, missing);
    REQUIRE_FALSE(written);
    CHECK(written.error().code == ErrorCode::fileNotWritable);
    CHECK(written.error().message.find("not there") != std::string::npos);
    CHECK(std::filesystem::is_empty(folder.path()));

    // A folder of that name: what was there stays.
    const auto taken = folder.path() / ("taken" + ending);
    std::filesystem::create_directories(taken / "inside");
    const auto refused = writeOutput({scene.recipe, *scene.result, {&page, 1}, scene.crs}, taken);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message.find("taken") != std::string::npos);
    CHECK(std::filesystem::exists(taken / "inside"));
}

TEST_CASE("a written recipe reads back", "[layout]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "recipe.json";
    const Scene scene = sceneWith(1);
    const BoardMap page = scene.page();
    REQUIRE(writeOutput({scene.recipe, *scene.result, {&page, 1}, scene.crs}, file));
    CHECK(nlohmann::json::parse(readFile(file)) == toJson(scene.recipe));
}
