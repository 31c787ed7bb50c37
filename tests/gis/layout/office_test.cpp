// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/office/office.h"

#include "gis/export/zip.h"
#include "tests/gis/layout/page_scene.h"

#include <QDir>
#include <QXmlStreamReader>
#include <array>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <map>
#include <set>

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;
using patchlight::test::readFile;
using patchlight::test::TemporaryFolder;

namespace {

using Parts = std::map<std::string, std::string>;

Parts partsOf(const std::filesystem::path& file) {
    const std::string root = "/vsizip/{" + file.string() + "}";
    char** const names = VSIReadDirRecursive(root.c_str());
    Parts parts;
    for (int i = 0; names && names[i]; ++i) {
        const std::string name = names[i];
        VSIStatBufL about;
        if (VSIStatL((root + "/" + name).c_str(), &about) == 0 && VSI_ISDIR(about.st_mode)) continue;
        VSILFILE* const in = VSIFOpenL((root + "/" + name).c_str(), "rb");
        INFO(name);
        REQUIRE(in != nullptr);
        std::string bytes;
        std::array<char, 65536> buffer{};
        while (const std::size_t got = VSIFReadL(buffer.data(), 1, buffer.size(), in)) bytes.append(buffer.data(), got);
        VSIFCloseL(in);
        parts[name] = std::move(bytes);
    }
    CSLDestroy(names);
    return parts;
}

/// Text and alternative texts of a part in their order; a no-break space counts as a blank.
QString wordsOf(const std::string& xml) {
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    QString words;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.attributes().hasAttribute("descr"))
            words += "[" + reader.attributes().value("descr").toString() + "]\n";
        if (reader.isStartElement() && reader.name() == QLatin1String("t")) words += reader.readElementText() + '\n';
    }
    return words.replace(QChar(0xa0), ' ');
}

void checkInOrder(const QString& words, const QStringList& wanted) {
    qsizetype at = 0;
    for (const QString& text : wanted) {
        INFO(text.toStdString());
        const qsizetype found = words.indexOf(text, at);
        CHECK(found >= 0);
        if (found >= 0) at = found;
    }
}

struct Relation {
    QString id, type, target;
};
std::vector<Relation> relationsOf(const std::string& xml) {
    QXmlStreamReader reader(QByteArray::fromStdString(xml));
    std::vector<Relation> relations;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement() || reader.name() != QLatin1String("Relationship")) continue;
        const auto attributes = reader.attributes();
        relations.push_back({attributes.value("Id").toString(), attributes.value("Type").toString(),
                             attributes.value("Target").toString()});
    }
    return relations;
}

/// What every package owes its reader: well-formed parts, a content type for each, relationships that lead somewhere
/// and every id that is used.
void checkPackage(const Parts& parts) {
    REQUIRE(parts.contains("[Content_Types].xml"));
    std::set<std::string> endings, overridden;
    for (const auto& [name, bytes] : parts) {
        INFO(name);
        if (name.ends_with(".png")) {
            CHECK(bytes.starts_with("\x89PNG"));
            continue;
        }
        QXmlStreamReader reader(QByteArray::fromStdString(bytes));
        while (!reader.atEnd()) {
            reader.readNext();
            if (name != "[Content_Types].xml" || !reader.isStartElement()) continue;
            if (reader.name() == QLatin1String("Default"))
                endings.insert("." + reader.attributes().value("Extension").toString().toStdString());
            if (reader.name() == QLatin1String("Override"))
                overridden.insert(reader.attributes().value("PartName").toString().mid(1).toStdString());
        }
        CHECK(reader.errorString().toStdString() == "");
    }
    for (const std::string& name : overridden) CHECK(parts.contains(name));
    for (const auto& [name, bytes] : parts) {
        INFO(name);
        const std::string ending = name.substr(name.rfind('.'));
        if (name != "[Content_Types].xml") CHECK((overridden.contains(name) || endings.contains(ending)));
        if (ending != ".rels") continue;
        const QString path = QString::fromStdString(name);
        const QString folder = path.left(path.indexOf("_rels/"));
        const std::string source = (folder + path.mid(path.indexOf("_rels/") + 6).chopped(5)).toStdString();
        std::set<QString> ids;
        for (const Relation& relation : relationsOf(bytes)) {
            const QString target = QDir::cleanPath('/' + folder + relation.target).mid(1);
            INFO(target.toStdString());
            CHECK(parts.contains(target.toStdString()));
            CHECK(ids.insert(relation.id).second);
        }
        if (source.empty()) continue;
        const QString text = QString::fromStdString(parts.at(source));
        for (const char* attribute : {"r:id=\"", "r:embed=\""})
            for (qsizetype at = text.indexOf(attribute); at >= 0; at = text.indexOf(attribute, at + 1)) {
                const qsizetype from = at + qsizetype(std::string_view(attribute).size());
                CHECK(ids.contains(text.mid(from, text.indexOf('"', from) - from)));
            }
    }
}

Parts written(const std::string& ending, std::span<const BoardMap> pages, const Recipe& recipe) {
    const TemporaryFolder folder;
    const auto file = folder.path() / ("map" + ending);
    const auto done = ending == ".docx" ? writeDocx(pages, recipe, file) : writePptx(pages, recipe, file);
    REQUIRE(done);
    return partsOf(file);
}

std::size_t count(const std::string& text, const std::string& wanted) {
    std::size_t times = 0;
    for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) ++times;
    return times;
}

} // namespace

TEST_CASE("documents are whole packages", "[layout][office]") {
    const std::string ending = GENERATE(".docx", ".pptx");
    const std::size_t hotspots = GENERATE(std::size_t{0}, std::size_t{5}, std::size_t{30});
    const std::string paper = GENERATE("A4-landscape", "A3-portrait");
    const std::string look = GENERATE("map-and-table", "map");
    Scene scene = sceneWith(hotspots);
    scene.recipe.layout.paper = paper;
    scene.recipe.layout.templateName = look;
    const BoardMap page = scene.page();
    checkPackage(written(ending, {&page, 1}, scene.recipe));
}

TEST_CASE("a document reads as the page does", "[layout][office]") {
    const Scene scene = sceneWith(5);
    const BoardMap page = scene.page();
    const Parts parts = written(".docx", {&page, 1}, scene.recipe);
    const std::string& document = parts.at("word/document.xml");
    const QString words = wordsOf(document);
    checkInOrder(words,
                 {page.title, page.subtitle, "[" + page.alternativeText + "]", page.tableTitle, page.tableHeader[1],
                  page.tableRows[0][1], page.tableRows[4][1], "What this shows", page.summary.front(), "By month",
                  "[" + describeMonths(page.months) + "]", "How this was made", page.method.front(), "Read with care",
                  page.cautions.front(), "Sources", page.sources.front()});
    for (const QStringList& texts : {page.summary, page.method, page.cautions, page.sources})
        for (const QString& text : texts) CHECK(words.contains(text));
    // Headings are styles, the table has a header row, the sheet is the page's.
    for (const char* style : {"\"Title\"", "\"Heading1\"", "\"Heading2\""})
        CHECK(document.find(std::string("<w:pStyle w:val=") + style) != std::string::npos);
    CHECK(count(document, "<w:tblHeader/>") == 1);
    CHECK(document.find("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>") != std::string::npos);
    // The marking stands at head and foot of every sheet.
    CHECK(wordsOf(parts.at("word/header1.xml")).contains(page.marking));
    CHECK(wordsOf(parts.at("word/footer1.xml")).contains(page.marking));
    CHECK(wordsOf(parts.at("word/footer1.xml")).contains(page.footer));
    CHECK(count(document, "<w:sectPr>") == count(document, "w:headerReference"));
    CHECK(count(document, "asvg:svgBlip") > 0);
    CHECK(parts.at("word/styles.xml").find("w:lang w:val=\"en-GB\"") != std::string::npos);
}

TEST_CASE("slides have the map and its table, then what it shows", "[layout][office]") {
    const Scene scene = sceneWith(5);
    const BoardMap page = scene.page();
    const Parts parts = written(".pptx", {&page, 1}, scene.recipe);
    const std::string &first = parts.at("ppt/slides/slide1.xml"), &second = parts.at("ppt/slides/slide2.xml");
    CHECK_FALSE(parts.contains("ppt/slides/slide3.xml"));
    checkInOrder(wordsOf(first),
                 {page.marking, page.title, page.subtitle, "[" + page.alternativeText + "]", page.tableTitle,
                  page.tableHeader[1], page.tableRows[4][1], page.footer, page.marking});
    checkInOrder(wordsOf(second), {page.marking, "What this shows", page.summary.front(), "By month",
                                   "[" + describeMonths(page.months) + "]", "How this was made", page.method.front(),
                                   "Read with care", "Sources", page.sources.front(), page.footer, page.marking});
    CHECK(count(first, "<a:tblPr firstRow=\"1\"/>") == 1);
    CHECK(count(first, "<p:ph type=\"title\"/>") == 1);
    CHECK(parts.at("ppt/presentation.xml").find("cx=\"12192000\" cy=\"6858000\"") != std::string::npos);
}

TEST_CASE("long tables go on in a document and end on a slide", "[layout][office]") {
    const Scene scene = sceneWith(30);
    const BoardMap page = scene.page();
    const QString document = wordsOf(written(".docx", {&page, 1}, scene.recipe).at("word/document.xml"));
    for (const QStringList& row : page.tableRows) CHECK(document.contains(row[1]));
    const QString slide = wordsOf(written(".pptx", {&page, 1}, scene.recipe).at("ppt/slides/slide1.xml"));
    CHECK(slide.contains(page.tableRows[10][1]));
    CHECK(slide.contains("more, see the table file"));
}

TEST_CASE("several pages follow each other in one document", "[layout][office]") {
    Scene one = sceneWith(3), two = sceneWith(6);
    two.recipe.layout.paper = "A4-portrait";
    two.recipe.layout.title = "The second page";
    two.recipe.layout.marking = "OFFICIAL-SENSITIVE";
    const std::array pages{one.page(), two.page()};
    const Parts document = written(".docx", pages, one.recipe);
    checkPackage(document);
    checkInOrder(wordsOf(document.at("word/document.xml")),
                 {pages[0].title, "The second page", pages[1].method.front(), pages[1].sources.front()});
    CHECK(wordsOf(document.at("word/document.xml")).count(pages[0].sources.front()) == 1); // said once for both
    CHECK(document.at("word/document.xml").find("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>") != std::string::npos);
    CHECK(wordsOf(document.at("word/header2.xml")).contains("OFFICIAL-SENSITIVE"));
    CHECK_FALSE(wordsOf(document.at("word/header1.xml")).contains("OFFICIAL-SENSITIVE"));
    const Parts slides = written(".pptx", pages, one.recipe);
    checkPackage(slides);
    CHECK(wordsOf(slides.at("ppt/slides/slide3.xml")).contains("The second page"));
    CHECK(wordsOf(slides.at("ppt/slides/slide4.xml")).contains("OFFICIAL-SENSITIVE"));
}

TEST_CASE("letters that XML gives a meaning, Welsh ones and control characters come through", "[layout][office]") {
    const std::string ending = GENERATE(".docx", ".pptx");
    Scene scene = sceneWith(2);
    scene.recipe.layout.title = "Fish & chips <\"5\"> \x01\x0b]]> Tŷ'r Ŵyl, Llŷn \xf0\x9f\x97\xba \xef\xbf\xbf";
    scene.recipe.layout.author = "A & B\x02";
    scene.result->areas[0].name = "Heol y Dŵr & <Bryn>";
    scene.recipe.layout.marking = "OFFICIAL & <more>";
    BoardMap page = scene.page();
    page.alternativeText += QChar(0xd800); // half a character
    page.tableNote = "line\nbreak\ttab";
    const Parts parts = written(ending, {&page, 1}, scene.recipe);
    checkPackage(parts);
    const QString words = wordsOf(parts.at(ending == ".docx" ? "word/document.xml" : "ppt/slides/slide1.xml"));
    CHECK(words.contains(QString::fromUtf8("Fish & chips <\"5\"> ]]> Tŷ'r Ŵyl, Llŷn \xf0\x9f\x97\xba ")));
    CHECK(words.contains(QString::fromUtf8("Heol y Dŵr & <Bryn>")));
    CHECK(words.contains("line break tab"));
}

TEST_CASE("documents carry title, author and recipe, and no time of day", "[layout][office]") {
    const std::string ending = GENERATE(".docx", ".pptx");
    Scene scene = sceneWith(2);
    const BoardMap page = scene.page();
    const Parts parts = written(ending, {&page, 1}, scene.recipe);
    const std::string& core = parts.at("docProps/core.xml");
    CHECK(core.find("<dc:title>" + page.title.toStdString() + "</dc:title>") != std::string::npos);
    CHECK(core.find("<dc:creator>" + scene.recipe.layout.author + "</dc:creator>") != std::string::npos);
    CHECK(core.find("<dc:language>en-GB</dc:language>") != std::string::npos);
    CHECK(core.find("dcterms") == std::string::npos);
    QXmlStreamReader reader(QByteArray::fromStdString(parts.at("customXml/item1.xml")));
    REQUIRE(reader.readNextStartElement());
    const auto json = nlohmann::json::parse(reader.readElementText().toStdString(), nullptr, false);
    CHECK(json == toJson(scene.recipe));

    scene.recipe.layout.author.clear();
    CHECK(written(ending, {&page, 1}, scene.recipe).at("docProps/core.xml").find("creator") == std::string::npos);
}

TEST_CASE("archives are stamped with one date whenever they are made", "[layout][office]") {
    const std::array parts{gis::ZipPart{"a.xml", "<a/>"}, gis::ZipPart{"folder/b.xml", std::string(5000, 'b')}};
    const auto zip = gis::zipped(parts);
    REQUIRE(zip);
    CHECK(gis::zipped(parts).value() == *zip);
    for (const char* signature : {"PK\x03\x04", "PK\x01\x02"}) {
        const std::size_t stamp = signature[2] == 3 ? 10 : 12;
        std::size_t entries = 0;
        for (auto at = zip->find(signature); at != std::string::npos; at = zip->find(signature, at + 4)) {
            ++entries;
            CHECK(zip->substr(at + stamp, 4) == std::string("\0\0\x21\0", 4)); // 1980-01-01 00:00
        }
        CHECK(entries == 2);
    }
}
