// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/window_driver.h"

#include <QSysInfo>
#include <fstream>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

namespace {

std::shared_ptr<ProjectData> emptyData(const std::filesystem::path& path = {}) {
    auto data = std::make_shared<ProjectData>();
    data->path = path;
    data->table = std::make_shared<const IncidentTable>();
    return data;
}

Edit bandwidth(double metres) {
    return {"Change bandwidth", SetParameter{"kernel-density", "bandwidth", metres}};
}

nlohmann::json bandwidthOf(const Document& document) {
    const auto& parameters = document.workspace().parameters;
    const auto values = parameters.find("kernel-density");
    if (values == parameters.end() || !values->second.contains("bandwidth")) return nullptr;
    return values->second["bandwidth"];
}

} // namespace

TEST_CASE("undo takes a filter back and redo gives it again", "[document][undo]") {
    Document document;
    document.open(emptyData());
    int told = 0;
    QObject::connect(&document, &Document::questionChanged, &document, [&] { ++told; });
    IncidentFilter filter;
    filter.categories = {"Burglary"};
    document.apply({"Change incidents", SetFilter{filter}});
    CHECK(document.workspace().filter.categories == std::vector<std::string>{"Burglary"});
    CHECK(document.undoStack().undoText() == "Change incidents");
    document.undoStack().undo();
    CHECK(document.workspace().filter.categories.empty());
    document.undoStack().redo();
    CHECK(document.workspace().filter.categories.size() == 1);
    CHECK(told == 3);
}

TEST_CASE("a dragged parameter is one step of undo", "[document][undo]") {
    Document document;
    document.open(emptyData());
    for (const double metres : {200.0, 210.0, 220.0, 230.0}) document.apply(bandwidth(metres));
    CHECK(document.undoStack().count() == 1);
    document.undoStack().undo();
    CHECK(bandwidthOf(document).is_null());
    document.undoStack().redo();
    CHECK(bandwidthOf(document) == 230.0);
}

TEST_CASE("an analysis that is not in the catalogue is refused and nothing changes", "[document]") {
    Document document;
    document.open(emptyData());
    std::string said;
    QObject::connect(&document, &Document::failed, &document, [&](const Error& error) { said = error.message; });
    document.apply({"Change method", SetAnalysis{"astrology"}});
    CHECK(said.find("astrology") != std::string::npos);
    CHECK(document.workspace().analysis == "kernel-density");
    CHECK(document.undoStack().count() == 0);
}

TEST_CASE("the workspace is kept in the project file", "[document]") {
    WindowOnProject on;
    auto& document = on.window().document();
    IncidentFilter filter;
    filter.categories = {"Drugs"};
    document.apply({"Change incidents", SetFilter{filter}});
    document.apply(bandwidth(250.0));
    REQUIRE(document.save().has_value());
    const auto again = readProject(on.project());
    REQUIRE(again.has_value());
    CHECK((*again)->workspace.filter == filter);
    CHECK((*again)->workspace.parameters.at("kernel-density")["bandwidth"] == 250.0);
}

TEST_CASE("closing saves what was changed", "[document]") {
    WindowOnProject on;
    on.window().document().apply({"Hide layer", SetShown{false, true, true}});
    on.window().document().close();
    const auto again = readProject(on.project());
    REQUIRE(again.has_value());
    CHECK_FALSE((*again)->workspace.showAreas);
    CHECK((*again)->workspace.showIncidents);
}

TEST_CASE("a file that is no project is refused with its name", "[document][bad-input]") {
    const TemporaryFolder folder;
    const auto file = folder.write("letter.gpkg", "Dear Sir or Madam");
    const auto read = readProject(file);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().message.find("letter.gpkg") != std::string::npos);
}

TEST_CASE("a project that is open in another window is looked at, not saved", "[document][lock]") {
    const TemporaryFolder folder;
    const auto data = emptyData();
    data->path = folder.path() / "Stra\xC3\x9F"
                                 "e.gpkg";
    auto first = std::make_unique<Document>();
    first->open(data);
    CHECK_FALSE(first->openElsewhere());
    Document second;
    second.open(data);
    REQUIRE(second.openElsewhere());
    CHECK(*second.openElsewhere() == QSysInfo::machineHostName());
    std::string said;
    QObject::connect(&second, &Document::saveFailed, &second, [&](const Error& error) { said = error.message; });
    second.apply(bandwidth(300.0));
    const auto saved = second.save();
    REQUIRE_FALSE(saved);
    CHECK(saved.error().message.find("is open in another Patchlight window") != std::string::npos);

    SECTION("whoever opens it after the other has closed it saves it") {
        first.reset();
        second.open(data);
        CHECK_FALSE(second.openElsewhere());
    }
    second.close();
    CHECK_FALSE(second.isOpen());
}

TEST_CASE("no mark stays beside a project that was closed", "[document][lock]") {
    const TemporaryFolder folder;
    const auto data = emptyData(folder.path() / "town.gpkg");
    Document document;
    document.open(data);
    CHECK(std::filesystem::exists(folder.path() / "town.gpkg.lock"));
    document.close();
    CHECK_FALSE(std::filesystem::exists(folder.path() / "town.gpkg.lock"));
}

TEST_CASE("a project where no file can be made is opened without a mark", "[document][lock]") {
    const auto data = emptyData(std::filesystem::path("no such folder") / "town.gpkg");
    Document document;
    document.open(data);
    CHECK_FALSE(document.openElsewhere());
}

namespace {
/// The mark as a window on another machine leaves it.
void writeMarkOfPc7(const std::filesystem::path& file) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << "4711\nPatchlight\nPC-7\n\n\n";
}
} // namespace

TEST_CASE("a project can be taken over from a machine that is gone", "[document][lock]") {
    const TemporaryFolder folder;
    const auto data = emptyData(folder.path() / "town.gpkg");
    writeMarkOfPc7(folder.path() / "town.gpkg.lock");
    Document document;
    document.open(data);
    REQUIRE(document.openElsewhere());
    CHECK(*document.openElsewhere() == "PC-7");
    document.takeOver();
    document.open(data);
    CHECK_FALSE(document.openElsewhere());
}

#ifndef _WIN32 // where an open mark cannot be taken away at all
TEST_CASE("a window whose project was taken over saves no more", "[document][lock]") {
    const TemporaryFolder folder;
    const auto data = emptyData(folder.path() / "town.gpkg");
    Document document;
    document.open(data);
    writeMarkOfPc7(folder.path() / "town.gpkg.lock");
    document.apply(bandwidth(300.0));
    CHECK_FALSE(document.save());
    CHECK(document.openElsewhere());
    document.close();
    CHECK(std::filesystem::exists(folder.path() / "town.gpkg.lock")); // theirs
}
#endif
