// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/batch.h"
#include "core/base/path_text.h"
#include "tests/app/cli/call.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <filesystem>

#include <sstream>

using namespace patchlight;
using namespace patchlight::test;
using Arguments = std::vector<std::string>;

namespace {

Outcome succeeded(const Arguments& arguments) {
    const Outcome outcome = call(arguments);
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    return outcome;
}

/// Two months of thefts round two corners, in files of their own.
class Town {
public:
    Town() {
        month("2025-07", 60, 60);
        month("2025-08", 60, 60);
        import("2025-07"), import("2025-08");
    }
    void month(const std::string& name, int atFirst, int atSecond) const {
        std::string text = "Month,Longitude,Latitude,Crime type,Location\n";
        const auto add = [&](int count, double longitude, const char* street) {
            for (int i = 0; i < count; ++i)
                text += name + "," + std::to_string(longitude + 0.0002 * (i % 5)) + ",50.72" + std::to_string(i % 3) +
                        ",Theft," + street + "\n";
        };
        add(atFirst, -1.880, "High Street");
        add(atSecond, -1.850, "Low Street");
        static_cast<void>(m_folder.write(name + ".csv", text));
    }
    void import(const std::string& name, const Arguments& more = {}) const {
        Arguments arguments{"import", "--project", project(), at(name + ".csv"), "--quiet"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        static_cast<void>(succeeded(arguments));
    }
    [[nodiscard]] std::string at(const std::string& name) const {
        return utf8Text(m_folder.path() / pathFromUtf8(name));
    }
    [[nodiscard]] std::string project() const { return at("town.gpkg"); }

private:
    TemporaryFolder m_folder;
};

} // namespace

TEST_CASE("every kind of export makes the page again, byte for byte", "[cli][recipe][slow]") {
    const Town town;
    const Arguments names{"a.json", "a.pdf", "a.png", "a.svg", "a.geojson", "a.kml", "a.gpkg", "a.tif", "a.xlsx"};
    Arguments arguments{"run",     "kernel-density", "--project",        town.project(), "--from",
                        "2025-08", "--layout",       "author=Ŵ \"& <x>", "--quiet"};
    for (const std::string& name : names) arguments.insert(arguments.end(), {"--out", town.at(name)});
    static_cast<void>(succeeded(arguments));
    for (const std::string& name : names) {
        INFO(name);
        const auto again = succeeded({"render", "--recipe", town.at(name), "--project", town.project(), "--json",
                                      "--out", town.at("b.pdf"), "--out", town.at("b.png"), "--out", town.at("b.svg")});
        CHECK(again.json()["differences"].empty());
        for (const char* ending : {".pdf", ".png", ".svg"})
            CHECK((readFile(town.at(std::string("a") + ending)) == readFile(town.at(std::string("b") + ending))));
    }
}

TEST_CASE("data that changed since the recipe are said on the console, in JSON and on the page", "[cli][recipe]") {
    const Town town;
    static_cast<void>(
        succeeded({"run", "kernel-density", "--project", town.project(), "--out", town.at("a.pdf"), "--quiet"}));
    town.month("2025-09", 10, 5);
    town.import("2025-09");
    const Arguments render{"render",       "--recipe", town.at("a.pdf"), "--project",
                           town.project(), "--out",    town.at("b.svg")};
    const Outcome said = succeeded(render);
    const std::string added = "1 file is new: 2025-09.";
    CHECK(said.out.find("note: The project's incidents are not those that the recipe was made with. " + added) !=
          std::string::npos);
    const std::string page = readFile(town.at("b.svg"));
    CHECK(page.find("The project's incidents are not those") != std::string::npos);
    Arguments asJson = render;
    asJson.push_back("--json");
    CHECK(succeeded(asJson).json()["differences"] == nlohmann::json{added});

    static_cast<void>(succeeded({"remove", "--project", town.project(), "--dataset", "2025-07", "--quiet"}));
    CHECK(succeeded(asJson).json()["differences"] == nlohmann::json{added, "1 file is missing: 2025-07."});
    // The page that says so is itself made from the data there are.
    CHECK(succeeded({"render", "--recipe", town.at("b.svg"), "--project", town.project(), "--out", town.at("c.svg"),
                     "--json"})
              .json()["differences"]
              .empty());
}

TEST_CASE("a file without a recipe gives one sentence", "[cli][recipe][errors]") {
    const Town town;
    const Outcome none = call({"render", "--recipe", town.at("2025-07.csv"), "--out", town.at("b.pdf")});
    CHECK(none.code == 1);
    CHECK(std::count(none.err.begin(), none.err.end(), '\n') == 1);
    const Outcome project = call({"render", "--recipe", town.project(), "--out", town.at("b.pdf")});
    CHECK(project.code == 1);
    CHECK(project.err.find("town.gpkg carries no Patchlight recipe") != std::string::npos);
}

TEST_CASE("an output never takes the project's place", "[cli][errors]") {
    const Town town;
    const Outcome refused = call({"run", "kernel-density", "--project", town.project(), "--out", town.project()});
    CHECK(refused.code == 1);
    CHECK(refused.err.find("is the project itself") != std::string::npos);
    CHECK(succeeded({"info", "--project", town.project(), "--json"}).json()["incidents"] == 240);
}

TEST_CASE("next month's set is made from the recipes, with a summary of what changed", "[cli][batch]") {
    const Town town;
    std::filesystem::create_directories(pathFromUtf8(town.at("recipes")));
    const auto make = [&](const std::string& name, const Arguments& more) {
        Arguments arguments{
            "run",    "kernel-density", "--project", town.project(), "--from",   "2025-07",
            "--to",   "2025-07",        "--out",     town.at(name),  "--set",    "bandwidth=300",
            "--set",  "cell-size=100",  "--set",     "threshold=2",  "--layout", "title=What July showed",
            "--quiet"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        static_cast<void>(succeeded(arguments));
    };
    make("recipes/all.json", {});
    make("recipes/thefts.pdf", {"--category", "Theft", "--compare-from", "2025-06", "--compare-to", "2025-06"});
    town.month("2025-09", 150, 2); // the first corner grows, the second is gone
    town.import("2025-09");
    const std::string recipe = readFile(town.at("recipes/all.json"));
    const Arguments batch{"render",
                          "--recipe",
                          town.at("recipes/all.json"),
                          town.at("recipes/thefts.pdf"),
                          "--project",
                          town.project(),
                          "--from",
                          "2025-09",
                          "--to",
                          "2025-09",
                          "--out-folder",
                          town.at("september"),
                          "--format",
                          "pdf,xlsx,json"};
    Arguments asJson = batch;
    asJson.insert(asJson.end(), {"--compare", "previous", "--json"});
    const auto object = succeeded(asJson).json();
    REQUIRE(object["recipes"].size() == 2);
    for (const auto& one : object["recipes"]) {
        INFO(one.dump(2));
        CHECK(one["outputs"].size() == 3);
        CHECK(one["differences"].size() == 1);
        std::vector<std::string> fates;
        for (const auto& hotspot : one["hotspots"]) fates.push_back(hotspot["hotspot_is"]);
        CHECK(std::count(fates.begin(), fates.end(), "grown") == 1);
        CHECK(std::count(fates.begin(), fates.end(), "gone") == 1);
    }
    for (const char* name :
         {"all.pdf", "all.xlsx", "all.json", "thefts.pdf", "thefts.json", "summary.pdf", "summary.csv"}) {
        INFO(name);
        CHECK(std::filesystem::file_size(pathFromUtf8(town.at(std::string("september/") + name))) > 100);
    }
    const auto made = nlohmann::json::parse(readFile(town.at("september/thefts.json")));
    CHECK(made["filter"]["period"]["first"] == "2025-09-01");
    CHECK(made["comparison"]["first"] == "2025-08-01");
    CHECK(made["layout"]["title"] == ""); // it spoke of July
    CHECK(readFile(town.at("recipes/all.json")) == recipe);
    CHECK(readFile(town.at("september/summary.csv")).find(",grown,") != std::string::npos);

    // Without --compare: all.json is set beside July, which it was made for.
    const std::string said = succeeded(batch).out;
    CHECK(said.find("grown") != std::string::npos);
    CHECK(readFile(town.at("september/summary.csv")).find("\nall,2025-09-01,2025-09-30,2025-07-01,2025-07-31,") !=
          std::string::npos);
}

TEST_CASE("a recipe that fails does not stop the others", "[cli][batch][errors]") {
    const Town town;
    static_cast<void>(
        succeeded({"run", "kernel-density", "--project", town.project(), "--out", town.at("a.json"), "--quiet"}));
    const Outcome outcome = call({"render", "--recipe", town.at("2025-07.csv"), town.at("a.json"), town.at("a.json"),
                                  "--project", town.project(), "--out-folder", town.at("."), "--format", "json,gpkg"});
    CHECK(outcome.code == 1);
    CHECK(outcome.err.find("1 of 3 recipes failed: ") != std::string::npos);
    CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
    // The recipe itself stays, and the same name twice is two files.
    CHECK(std::filesystem::exists(pathFromUtf8(town.at("a (2).json"))));
    CHECK(std::filesystem::exists(pathFromUtf8(town.at("a (3).gpkg"))));
    CHECK(readFile(town.at("summary.csv")).find("failed. ") != std::string::npos);
    CHECK(readFile(town.at("summary.csv")).find("it has no earlier period") != std::string::npos);
}

TEST_CASE("a batch asked in a way that cannot be is wrong usage", "[cli][batch][errors]") {
    const Town town;
    for (const Arguments& more :
         {Arguments{"--out", "a.pdf", "--out-folder", "x", "--format", "pdf"}, Arguments{"--out-folder", "x"},
          Arguments{"--out", "a.pdf", "--format", "pdf"}, Arguments{}, Arguments{"b.json", "--out", "a.pdf"},
          Arguments{"--out", "a.pdf", "--compare", "never"}, Arguments{"--out", "a.pdf", "--layout", "x"}}) {
        Arguments arguments{"render", "--project", town.project(), "--recipe", "a.json"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        CHECK(call(arguments).code == 2);
    }
    const Outcome ending = call(
        {"render", "--project", town.project(), "--recipe", "a.json", "--out-folder", town.at("x"), "--format", "bmp"});
    CHECK(ending.code == 1);
    CHECK(ending.err.find("--format") != std::string::npos);
}

TEST_CASE("licences said of layers stand on the page", "[cli][licences]") {
    const Town town;
    const std::string areas = R"({"type": "Feature", "properties": {"name": "Town"}, "geometry": {"type": "Polygon",
        "coordinates": [[[-1.95, 50.65], [-1.75, 50.65], [-1.75, 50.8], [-1.95, 50.8], [-1.95, 50.65]]]}})";
    const TemporaryFolder folder;
    const std::string file = utf8Text(folder.write("areas.geojson", areas));
    const auto layer = [&](const Arguments& more) {
        Arguments arguments{"layer", "--project", town.project(), file};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return call(arguments);
    };
    CHECK(layer({"--as", "areas", "--name", "Town", "--licence", "ons", "--licence-year", "2024"}).code == 0);
    CHECK(layer({"--as", "map", "--name", "Parks", "--licence", "© Town Council"}).code == 0);
    const Outcome wrong = layer({"--as", "map", "--name", "x", "--licence-year", "soon"});
    CHECK(wrong.code == 1);
    CHECK(wrong.err.find("--licence-year") != std::string::npos);
    static_cast<void>(succeeded({"run", "kernel-density", "--project", town.project(), "--area", "Town", "--out",
                                 town.at("a.svg"), "--quiet"}));
    const std::string page = readFile(town.at("a.svg"));
    CHECK(page.find("Office for National Statistics") != std::string::npos);
    CHECK(page.find("Town Council") != std::string::npos);
    const auto layers = succeeded({"info", "--project", town.project(), "--json"}).json()["layers"];
    CHECK(layers.back()["licence"] == "ons");
}

TEST_CASE("a batch that is stopped leaves what was finished, whole", "[cli][batch]") {
    const Town town;
    static_cast<void>(
        succeeded({"run", "kernel-density", "--project", town.project(), "--out", town.at("a.json"), "--quiet"}));
    const auto loaded = cli::loadProject(pathFromUtf8(town.project()), {});
    REQUIRE(loaded);
    std::stop_source stop;
    const TaskContext task{stop.get_token(), [&](Progress progress) {
                               if (progress.phase.starts_with("2 of 2")) stop.request_stop();
                           }};
    const cli::Batch batch{{town.at("a.json"), town.at("a.json")},
                           {},
                           CompareWith::asBefore,
                           {},
                           {"geojson"},
                           pathFromUtf8(town.at("out")),
                           {},
                           {}};
    std::ostringstream out, err;
    const cli::CommonOptions options;
    const auto items = cli::carryOut(*loaded, batch, cli::Console{out, err, options, task});
    REQUIRE_FALSE(items);
    CHECK(items.error().code == ErrorCode::cancelled);
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(batch.folder))
        names.push_back(utf8Text(entry.path().filename()));
    CHECK(names == std::vector<std::string>{"a.geojson"});
    CHECK(nlohmann::json::parse(readFile(town.at("out/a.geojson")))["type"] == "FeatureCollection");
}

TEST_CASE("counts of two periods are not set beside each other for the public", "[cli][batch]") {
    const Town town;
    static_cast<void>(succeeded({"run", "kernel-density", "--project", town.project(), "--from", "2025-07", "--to",
                                 "2025-07", "--out", town.at("a.json"), "--quiet"}));
    const Outcome outcome =
        call({"render", "--recipe", town.at("a.json"), "--project", town.project(), "--from", "2025-08", "--to",
              "2025-08", "--out-folder", town.at("out"), "--format", "geojson", "--profile", "public", "--json"});
    INFO(outcome.err);
    for (const auto& one : outcome.json()["recipes"])
        if (!one.contains("problem")) CHECK(one["hotspots"].empty());
    CHECK(readFile(town.at("out/summary.csv")).find("about the same") == std::string::npos);
}
