// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/analysis/analysis.h"
#include "core/base/path_text.h"
#include "core/store/store.h"
#include "tests/app/cli/call.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <nlohmann/json.hpp>
#include <sstream>

using namespace patchlight;
using namespace patchlight::test;

namespace {

/// The sample project, made once for all tests of this program.
const std::string& sampleProject() {
    static const TemporaryFolder folder;
    static const std::string path = [] {
        const std::string file = utf8Text(folder.path() / "sample.gpkg");
        const Outcome made = call({"sample", "--project", file, "--quiet"});
        if (made.code != 0) throw std::runtime_error(made.err);
        return file;
    }();
    return path;
}

} // namespace

TEST_CASE("help and version end well, wrong usage ends with 2", "[cli]") {
    CHECK(call({"--version"}).code == 0);
    CHECK(call({"--version"}).out.find("patchlight-cli") != std::string::npos);
    CHECK(call({"--help"}).code == 0);
    CHECK(call({"run", "--help"}).code == 0);
    CHECK(call({}).code == 2);
    CHECK(call({"dance"}).code == 2);
    CHECK(call({"info", "--project", "x.gpkg", "--colour", "red"}).code == 2);
    CHECK(call({"run", "magic", "--project", sampleProject()}).code == 2);
    CHECK(call({"run", "kernel-density", "--project", sampleProject(), "--set", "speed=3"}).code == 2);
    CHECK(call({"run", "kernel-density", "--project", sampleProject(), "--set", "bandwidth"}).code == 2);
    CHECK(call({"run", "kernel-density", "--project", sampleProject(), "--layout", "colour=red"}).code == 2);
    CHECK(call({"analyses", "magic"}).code == 2);
    CHECK(call({"import", "--project", "p.gpkg"}).code == 2);
    CHECK(call({"import", "--project", "p.gpkg", "x.csv", "--update", "--keep-both"}).code == 2);
}

TEST_CASE("bad values end with 1 and one sentence that names the option", "[cli][errors]") {
    const auto wrong = GENERATE(values<std::pair<std::vector<std::string>, std::string>>(
        {{{"--set", "bandwidth=0"}, "Bandwidth"},
         {{"--set", "bandwidth=far"}, "bandwidth"},
         {{"--from", "July"}, "--from"},
         {{"--from", "2025-07-01", "--to", "2025-06-01"}, "--to"},
         {{"--bbox", "1,2,3"}, "--bbox"},
         {{"--hours", "25-30"}, "hours"},
         {{"--weekdays", "blursday"}, "blursday"},
         {{"--category", "Jaywalking"}, "Jaywalking"},
         {{"--area", "Atlantis"}, "Atlantis"},
         {{"--layout", "paper=A9"}, "paper"},
         {{"--out", "map.bmp"}, "map.bmp"}}));
    std::vector<std::string> arguments{"run", "kernel-density", "--project", sampleProject()};
    arguments.insert(arguments.end(), wrong.first.begin(), wrong.first.end());
    const Outcome outcome = call(arguments);
    INFO(outcome.err);
    CHECK(outcome.code == 1);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.find(wrong.second) != std::string::npos);
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
}

TEST_CASE("a project that is not there or not ours is named", "[cli][errors]") {
    const TemporaryFolder folder;
    const std::string missing = utf8Text(folder.path() / "missing.gpkg");
    CHECK(call({"info", "--project", missing}).code == 1);
    CHECK(call({"info", "--project", missing}).err.find("missing.gpkg") != std::string::npos);
    const std::string text = utf8Text(folder.write("text.gpkg", "this is no database"));
    CHECK(call({"info", "--project", text}).code == 1);
    CHECK(readFile(pathFromUtf8(text)) == "this is no database");
    CHECK(call({"import", "--project", utf8Text(folder.path() / "p.gpkg"), missing}).code == 1);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "p.gpkg"));
}

TEST_CASE("the catalogue on the command line is the library's", "[cli]") {
    const auto list = call({"analyses", "--json"}).json();
    REQUIRE(list.size() == catalogue().size());
    for (std::size_t i = 0; i < list.size(); ++i) CHECK(list[i] == toJson(catalogue()[i]));
    CHECK(call({"analyses", "dbscan", "--json"}).json().size() == 1);
}

TEST_CASE("the help page of each analysis is printed as it is", "[cli][help]") {
    for (const Analysis& analysis : catalogue()) {
        const std::string id(analysis.id);
        const Outcome plain = call({"help", id});
        CHECK(plain.code == 0);
        CHECK(plain.out == helpPage(id));
        CHECK(call({"help", id, "--quiet"}).out == plain.out);
        const auto page = call({"help", id, "--json"}).json();
        CHECK(page.size() == 3);
        CHECK(page["id"] == id);
        CHECK(page["title"] == analysis.title);
        CHECK(page["markdown"] == plain.out);
    }
    const Outcome unknown = call({"help", "magic"});
    CHECK(unknown.code == 2);
    CHECK(unknown.out.empty());
    CHECK(unknown.err == call({"analyses", "magic"}).err);
    CHECK(call({"help"}).code == 2);
}

TEST_CASE("the sample project is described with counts that add up", "[cli]") {
    const auto info = call({"info", "--project", sampleProject(), "--json"}).json();
    CHECK(info["crs"] == "EPSG:27700");
    std::size_t sum = 0;
    for (const auto& category : info["categories"]) sum += category["count"].get<std::size_t>();
    CHECK(sum == info["incidents"].get<std::size_t>());
    CHECK(info["mapped"].get<std::size_t>() < info["incidents"].get<std::size_t>());
    CHECK(info["layers"].size() >= 4);
}

TEST_CASE("a run says the same as the library", "[cli]") {
    const auto project = Project::open(pathFromUtf8(sampleProject()), OpenMode::readOnly);
    REQUIRE(project.has_value());
    const auto table = std::make_shared<const IncidentTable>(*project->incidents());
    for (const Analysis& analysis : catalogue()) {
        IncidentFilter filter;
        filter.categories = {"anti-social behaviour"};
        filter.period = Period{*parseIsoDay("2025-07"), *parseIsoDay("2025-09", true)};
        const Period before{*parseIsoDay("2025-04"), *parseIsoDay("2025-06", true)};
        auto expected = analysis.run({table, filter, before, {}, nlohmann::json::object(), {}, {}}, {});
        INFO(analysis.id);
        REQUIRE(expected.has_value());
        auto got = call({"run", std::string(analysis.id), "--project", sampleProject(), "--category",
                         "Anti-social behaviour", "--from", "2025-07", "--to", "2025-09", "--compare-from", "2025-04",
                         "--compare-to", "2025-06", "--json"})
                       .json();
        auto wanted = toJson(*expected);
        CHECK(got["checks"].size() == 12);
        for (const char* key : {"seconds", "threads", "outputs", "checks"}) got.erase(key), wanted.erase(key);
        CHECK(got == wanted);
    }
}

TEST_CASE("suggestions come with their reasons, and a rule that cannot be used says why", "[cli]") {
    const auto list = call({"suggest", "kernel-density", "--project", sampleProject(), "--category",
                            "Anti-social behaviour", "--further", "--json"})
                          .json();
    std::size_t bandwidths = 0;
    for (const auto& each : list) {
        CHECK_FALSE(each["reason"].get<std::string>().empty());
        if (each["value"].is_number()) CHECK(each["value"].get<double>() > 0.0);
        bandwidths += each["key"] == "bandwidth";
    }
    CHECK(bandwidths == 6); // the one that stands, two rules at once, three that take their time
    const auto unknown = call({"suggest", "nothing", "--project", sampleProject()});
    CHECK(unknown.code == 2);
    CHECK(unknown.err.find("There is no analysis \"nothing\"; there are kernel-density") != std::string::npos);
    CHECK(call({"suggest", "kernel-density", "--project", sampleProject(), "--set", "eps=5"}).code == 2);
}

TEST_CASE("every output is written, and a recipe makes the same bytes again", "[cli][slow]") {
    const TemporaryFolder folder;
    const auto at = [&](const std::string& name) { return utf8Text(folder.path() / pathFromUtf8(name)); };
    std::vector<std::string> arguments{"run",
                                       "kernel-density",
                                       "--project",
                                       sampleProject(),
                                       "--category",
                                       "Anti-social behaviour",
                                       "--json",
                                       "--layout",
                                       "author=Research team",
                                       "--layout",
                                       "date=24 November 2026",
                                       "--out-incidents",
                                       at("incidents.csv")};
    const std::vector<std::string> names{"a.tif",  "a.gpkg", "a.geojson", "a.kml", "a.csv",
                                         "a.xlsx", "a.pdf",  "a.png",     "a.svg", "ä b.json"};
    for (const std::string& name : names) arguments.insert(arguments.end(), {"--out", at(name)});
    const Outcome outcome = call(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    CHECK(outcome.json()["outputs"].size() == names.size() + 1);
    for (const std::string& name : names) {
        INFO(name);
        CHECK(std::filesystem::file_size(pathFromUtf8(at(name))) > 100);
    }
    const Outcome again =
        call({"render", "--recipe", at("ä b.json"), "--project", sampleProject(), "--out", at("b.pdf"), "--out",
              at("b.png"), "--out", at("b.svg"), "--out", at("b.json"), "--out", at("b.tif"), "--quiet"});
    INFO(again.err);
    REQUIRE(again.code == 0);
    CHECK(readFile(folder.path() / "a.pdf") == readFile(folder.path() / "b.pdf"));
    CHECK(readFile(folder.path() / "a.png") == readFile(folder.path() / "b.png"));
    CHECK(readFile(folder.path() / "a.svg") == readFile(folder.path() / "b.svg"));
    CHECK(readFile(folder.path() / "a.tif") == readFile(folder.path() / "b.tif"));
    CHECK(readFile(pathFromUtf8(at("ä b.json"))) == readFile(folder.path() / "b.json"));
    CHECK(readFile(folder.path() / "b.json").find(utf8Text(folder.path())) == std::string::npos); // no output path
}

TEST_CASE("the public profile refuses single incidents", "[cli]") {
    const TemporaryFolder folder;
    const std::string file = utf8Text(folder.path() / "incidents.csv");
    const Outcome outcome =
        call({"run", "kernel-density", "--project", sampleProject(), "--profile", "public", "--out-incidents", file});
    CHECK(outcome.code == 1);
    CHECK(outcome.err.find("points") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(pathFromUtf8(file)));
}

TEST_CASE("an output into a folder that is not there leaves nothing", "[cli][errors]") {
    const TemporaryFolder folder;
    const Outcome outcome = call(
        {"run", "kernel-density", "--project", sampleProject(), "--out", utf8Text(folder.path() / "none" / "map.pdf")});
    CHECK(outcome.code == 1);
    CHECK(outcome.err.find("map.pdf") != std::string::npos);
}

TEST_CASE("a layer of points is imported, and what a file or database does not have is said", "[cli]") {
    const TemporaryFolder folder;
    const std::string project = utf8Text(folder.path() / "p.gpkg");
    const std::string points =
        utf8Text(folder.write("points.geojson", R"({"type": "Feature", "properties": {"Crime type": "Arson"},
            "geometry": {"type": "Point", "coordinates": [-1.87, 50.72]}})"));
    const auto report = call({"import", "--project", project, "--source-layer", "points", points, "--json"}).json();
    CHECK(report["mapped"] == 1);
    const Outcome night = call({"import", "--project", project, "--source-layer", "night", points});
    CHECK(night.code == 1);
    CHECK(night.err == "patchlight-cli: " + points + " has no layer or sheet \"night\"; it has points.\n");
    const Outcome where = call({"import", "--project", project, "--where", "a = 1", points});
    CHECK(where.code == 1);
    CHECK(where.err.find("are for a database") != std::string::npos);
    const Outcome day = call({"import", "--project", project, "--from", "July", "PG:host=127.0.0.1 port=9"});
    CHECK(day.err == "patchlight-cli: --from must be a date like 2025-07-14 or 2025-07, not \"July\".\n");
    const Outcome server =
        call({"import", "--project", project, "--source-layer", "a.b", "postgresql://x:hunter22@127.0.0.1:9/town"});
    CHECK(server.code == 1);
    CHECK(server.err.find("hunter22") == std::string::npos);
    CHECK(std::count(server.err.begin(), server.err.end(), '\n') == 1);
}

TEST_CASE("boundaries take a population and a look-up, and say what was missed", "[cli]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "town.gpkg";
    std::filesystem::copy_file(pathFromUtf8(sampleProject()), file);
    const std::string project = utf8Text(file);
    const std::string areas = utf8Text(folder.write("areas.geojson", R"({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "One", "lsoa21cd": "E2"}, "geometry": {"type": "Polygon",
         "coordinates": [[[-1.9, 50.7], [-1.8, 50.7], [-1.8, 50.8], [-1.9, 50.7]]]}},
        {"type": "Feature", "properties": {"name": "Two", "lsoa21cd": "E3"}, "geometry": {"type": "Polygon",
         "coordinates": [[[-1.9, 50.7], [-1.8, 50.8], [-1.9, 50.8], [-1.9, 50.7]]]}}]})"));
    const std::string people = utf8Text(folder.write("people.csv", "lsoa21cd,pop\nE2,1500\nE9,3\n"));
    const std::string lookup = utf8Text(folder.write("lookup.csv", "lsoa11cd,chgind,lsoa21cd\nE1,S,E2\nE1,S,E3\n"));
    const auto added = call({"layer", "--project", project, areas, "--as", "areas", "--name", "LSOA", "--join", people,
                             "--lookup", lookup, "--json"});
    INFO(added.err);
    REQUIRE(added.code == 0);
    const auto notes = added.json()["notes"];
    REQUIRE(notes.size() == 4);
    CHECK(notes[0] == "Population of 1 of 2 areas from field pop of people.csv.");
    CHECK(notes[1] == "Without a population: E3.");
    CHECK(notes[2] == "Codes of the table without an area: E9.");
    CHECK(notes[3].get<std::string>().starts_with("Codes in the rows: 0 of these boundaries, "));
    const auto opened = Project::open(file, OpenMode::readOnly);
    REQUIRE(opened);
    CHECK(opened->areas("LSOA")->front().population == 1500.0);
    CHECK(*opened->areaCodes("LSOA") == std::vector<AreaCode>{{"E2", "E1", "S"}, {"E3", "E1", "S"}});
    const Outcome wrong =
        call({"layer", "--project", project, areas, "--as", "places", "--name", "x", "--join", people});
    CHECK(wrong.code == 1);
    CHECK(wrong.err.find("go with --as areas") != std::string::npos);
}
