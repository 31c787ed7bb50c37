// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/store/store.h"
#include "tests/app/cli/call.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>

using namespace patchlight;
using namespace patchlight::test;

namespace {

/// Strings that an extract holds and no export may: in columns mapped to something, to nothing, and in its path.
const std::vector<std::string> planted{"Zebedee Quackenbush", "CRN-77-",      "seen by a neighbour",
                                       "7 Canary Row",        "07700 900123", "aggrieved tenant"};
const std::string plantedFolder = "folder-of-a-user";

/// Two busy places and one with three incidents, in Sandhaven-like metres.
std::string extract() {
    Random random(1);
    std::string text = "Crime reference,Occurred from,Offence,Sub category,Street,Easting,Northing,Victim name,Officer "
                       "notes,Home address,Phone\n";
    int row = 0;
    const auto add = [&](double east, double north, double spread, const char* street, int count) {
        for (int i = 0; i < count; ++i, ++row)
            text += fmt::format(
                "CRN-77-{:05},2025-{:02}-{:02} {:02}:15,Anti-social behaviour,aggrieved tenant,{},{:.0f},{:.0f},"
                "Zebedee Quackenbush,seen by a neighbour,7 Canary Row,07700 900123\n",
                row, 7 + row % 3, 1 + row % 28, row % 24, street, east + random.between(-spread, spread),
                north + random.between(-spread, spread));
    };
    add(400000, 90000, 150, "14 Quay Street", 180);
    add(403000, 91000, 150, "Mill Lane", 90);
    add(401500, 94000, 5, "9 Lone Farm Road", 3);
    add(401500, 92000, 2400, "Long Road", 120);
    return text;
}

struct Town {
    TemporaryFolder folder;
    std::string project, borough;
    Town() {
        const auto user = folder.path() / plantedFolder;
        std::filesystem::create_directories(user);
        std::ignore = folder.write(plantedFolder + "/extract.csv", extract());
        std::ignore = folder.write(plantedFolder + "/borough.geojson", R"({"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"name":"Borough"},"geometry":{"type":"Polygon","coordinates":
            [[[-2.1,50.6],[-1.9,50.6],[-1.9,50.8],[-2.1,50.8],[-2.1,50.6]]]}}]})");
        std::filesystem::create_directories(folder.path() / "shared");
        project = utf8Text(folder.path() / "shared/town.gpkg");
        borough = utf8Text(user / "borough.geojson");
        const Outcome imported =
            call({"import", "--project", project, utf8Text(user / "extract.csv"), "--crs", "EPSG:27700", "--quiet"});
        if (imported.code != 0) throw std::runtime_error(imported.err);
    }
    [[nodiscard]] std::string at(const std::string& name) const { return utf8Text(folder.path() / name); }
    [[nodiscard]] Outcome run(std::vector<std::string> further) const {
        std::vector<std::string> arguments{"run",   "kernel-density", "--project", project,       "--area", borough,
                                           "--set", "bandwidth=300",  "--set",     "threshold=1", "--json"};
        arguments.insert(arguments.end(), further.begin(), further.end());
        return call(arguments);
    }
};

/// A file's bytes with all that is packed in it unpacked: parts of a ZIP, and whatever zlib stream there is (PDF, PNG,
/// GeoTIFF).
std::string unpacked(const std::string& file) {
    std::string bytes = readFile(pathFromUtf8(file));
    if (bytes.starts_with("PK")) {
        const std::string zip = "/vsizip/" + file;
        char** names = VSIReadDirRecursive(zip.c_str());
        for (int i = 0; names != nullptr && names[i] != nullptr; ++i) {
            if (std::string_view(names[i]).ends_with('/')) continue;
            GByte* part = nullptr;
            vsi_l_offset size = 0;
            if (VSIIngestFile(nullptr, (zip + "/" + names[i]).c_str(), &part, &size, -1) == TRUE)
                bytes.append(reinterpret_cast<const char*>(part), static_cast<std::size_t>(size));
            VSIFree(part);
        }
        CSLDestroy(names);
        return bytes;
    }
    const std::string packed = bytes;
    for (std::size_t at = packed.find('\x78'); at != std::string::npos; at = packed.find('\x78', at + 1)) {
        if (at + 1 >= packed.size() || (0x7800 + static_cast<unsigned char>(packed[at + 1])) % 31 != 0) continue;
        std::size_t size = 0;
        void* content = CPLZLibInflate(packed.data() + at, packed.size() - at, nullptr, 0, &size);
        if (content != nullptr) bytes.append(static_cast<const char*>(content), size);
        VSIFree(content);
    }
    return bytes;
}

/// As UTF-8, as UTF-16 and as the hexadecimal digits of either, as PDF strings are.
bool holds(const std::string& bytes, const std::string& text) {
    std::string wide, hex, wideHex;
    for (const char c : text) {
        wide += '\0';
        wide += c;
        hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
        wideHex += fmt::format("00{:02x}", static_cast<unsigned char>(c));
    }
    const auto found = [&](const std::string& what) { return bytes.find(what) != std::string::npos; };
    return found(text) || found(wide) || found(hex) || found(wideHex);
}

const std::vector<std::string> formats{"tif", "gpkg", "geojson", "kml", "csv", "xlsx", "pdf", "png", "svg", "json"};

} // namespace

TEST_CASE("no export holds a personal field, a field of an incident or a folder", "[cli][disclosure]") {
    const Town town;
    for (const std::string profile : {"internal", "public"}) {
        std::vector<std::string> arguments{"--profile", profile};
        for (const std::string& format : formats)
            arguments.insert(arguments.end(), {"--out", town.at(profile + "." + format)});
        if (profile == "internal") arguments.insert(arguments.end(), {"--out-incidents", town.at("incidents.csv")});
        const Outcome outcome = town.run(arguments);
        INFO(outcome.err);
        REQUIRE(outcome.code == 0);
        const std::vector<std::string> files = outcome.json()["outputs"];
        REQUIRE(files.size() >= formats.size());
        for (const std::string& file : files) {
            const std::string bytes = unpacked(file);
            for (const std::string& text : planted) {
                INFO(file << " and " << text);
                CHECK_FALSE(holds(bytes, text));
            }
            INFO(file);
            CHECK_FALSE(holds(bytes, plantedFolder));
            CHECK_FALSE(holds(bytes, utf8Text(town.folder.path())));
            if (profile == "public") {
                CHECK_FALSE(holds(bytes, "14 Quay Street"));
                CHECK_FALSE(holds(bytes, "9 Lone Farm Road"));
            }
        }
        // The test sees what is there: the page's own words.
        CHECK(holds(unpacked(town.at(profile + ".svg")), "Quay Street"));
        CHECK(holds(unpacked(town.at(profile + ".pdf")), "kernel-density"));
        CHECK(holds(unpacked(town.at(profile + ".xlsx")), "Quay Street"));
    }
}

TEST_CASE("the public profile withholds small counts everywhere and records it in the project", "[cli][disclosure]") {
    const Town town;
    const Outcome internal = town.run({});
    REQUIRE(internal.code == 0);
    const auto smallOf = [](const nlohmann::json& object) {
        std::vector<std::size_t> small;
        for (std::size_t i = 0; i < object["areas"].size(); ++i)
            if (object["areas"][i]["incidents"].is_null()) small.push_back(i);
        return small;
    };
    CHECK(smallOf(internal.json()).empty());
    const Outcome outcome = town.run({"--profile", "public", "--out", town.at("a.csv"), "--out", town.at("a.geojson"),
                                      "--out", town.at("a.svg"), "--out", town.at("a.json")});
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    const nlohmann::json object = outcome.json();
    const auto small = smallOf(object);
    REQUIRE_FALSE(small.empty());
    CHECK(object["areas"][small.front()]["incidents_shown"] == "<5");
    CHECK(object["areas"][small.front()]["share"].is_null());
    CHECK(object["statistics"].empty());
    REQUIRE(object["checks"].size() == 12);
    CHECK(object["checks"][0]["id"] == "mapped-share");
    CHECK(object["checks"][0]["state"] == "pass");

    const auto geojson = nlohmann::json::parse(readFile(pathFromUtf8(town.at("a.geojson"))));
    const auto& properties = geojson["features"][small.front()]["properties"];
    for (const char* key : {"incidents", "places", "share", "density_per_km2", "pai", "largest_stack"})
        CHECK(properties[key].is_null());
    CHECK(properties["incidents_shown"] == "<5");
    CHECK(readFile(pathFromUtf8(town.at("a.csv"))).find(",<5,") != std::string::npos);
    CHECK(holds(readFile(pathFromUtf8(town.at("a.svg"))), "&lt;5"));

    const auto project = Project::open(pathFromUtf8(town.project), OpenMode::readOnly);
    REQUIRE(project);
    const auto exports = project->exports();
    REQUIRE(exports);
    REQUIRE(exports->size() == 4);
    const ExportRecord& record = exports->front();
    CHECK(record.file == town.at("a.csv"));
    CHECK(record.profile == "public");
    CHECK(record.checks.size() == 12);
    REQUIRE_FALSE(record.withheld.empty());
    for (const char* file : {"a.csv", "a.geojson", "a.svg", "a.json"})
        for (const std::string& sentence : record.withheld)
            CHECK_FALSE(holds(readFile(pathFromUtf8(town.at(file))), sentence));

    // The recipe knows for whom it was, and finds its area beside the project.
    std::filesystem::copy(pathFromUtf8(town.borough), town.folder.path() / "shared/borough.geojson");
    const Outcome again = call({"render", "--recipe", town.at("a.json"), "--project", town.project, "--out",
                                town.at("b.svg"), "--out", town.at("b.csv"), "--quiet"});
    INFO(again.err);
    REQUIRE(again.code == 0);
    CHECK(readFile(pathFromUtf8(town.at("b.csv"))) == readFile(pathFromUtf8(town.at("a.csv"))));
}

TEST_CASE("counts are rounded where that is asked", "[cli][disclosure]") {
    const Town town;
    const Outcome outcome = town.run({"--profile", "public", "--round", "5"});
    INFO(outcome.err);
    REQUIRE(outcome.code == 0);
    const nlohmann::json object = outcome.json();
    REQUIRE_FALSE(object["areas"].empty());
    for (const auto& area : object["areas"])
        if (area["incidents"].is_number()) CHECK(area["incidents"].get<int>() % 5 == 0);
    CHECK(object["mapped"].get<int>() % 5 == 0);
}

TEST_CASE("a stop names its check and writes nothing", "[cli][disclosure]") {
    const Town town;
    const auto stopped = [&](const std::vector<std::string>& arguments, const std::string& words) {
        const Outcome outcome = call(arguments);
        CHECK(outcome.code == 1);
        INFO(outcome.err);
        CHECK(outcome.err.find(words) != std::string::npos);
        CHECK_FALSE(std::filesystem::exists(pathFromUtf8(town.at("stop.csv"))));
    };
    const std::vector<std::string> ending{"--project", town.project, "--profile",
                                          "public",    "--out",      town.at("stop.csv")};
    const auto with = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), ending.begin(), ending.end());
        return arguments;
    };
    stopped(with({"run", "repeat-places"}), "(points)");
    stopped(
        with({"run", "kernel-density", "--hours", "3-4", "--weekdays", "mon", "--from", "2025-07", "--to", "2025-07"}),
        "Not for the public (");
    stopped(with({"run", "kernel-density", "--threshold", "0"}), "threshold");
    stopped(with({"run", "kernel-density", "--threshold", "2"}), "threshold");
    stopped(with({"run", "kernel-density", "--round", "1"}), "rounded");
}
