// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/sample.h"

#include "core/base/path_text.h"
#include "core/store/store.h"
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <nlohmann/json.hpp>

using namespace patchlight;
using namespace patchlight::test;

namespace {

nlohmann::json truth() {
    return nlohmann::json::parse(
        readFile(std::filesystem::path(PATCHLIGHT_SOURCE_DIR) / "resources" / "sample" / "truth.json"));
}

std::size_t faults(const nlohmann::json& truth, const std::string& kind) {
    for (const auto& entry : truth["faults"])
        if (entry["kind"] == kind) return entry["records"];
    return 0;
}

} // namespace

TEST_CASE("the sample project holds every record, the layers and the wards", "[sources][sample]") {
    REQUIRE(gis::initialise());
    const TemporaryFolder folder;
    const auto path = folder.path() / "sandhaven.gpkg";
    const auto made = gis::createSampleProject(path);
    if (!made) FAIL(made.error().message);
    const auto project = Project::open(path, OpenMode::readOnly);
    REQUIRE(project.has_value());
    REQUIRE(project->crs());
    CHECK(project->crs()->epsg == 27700);

    const auto told = truth();
    const auto table = project->incidents();
    REQUIRE(table.has_value());
    CHECK(table->size() == told["records"].get<std::size_t>());
    const auto mapped = static_cast<std::size_t>(std::count(table->mapped.begin(), table->mapped.end(), 1));
    CHECK(mapped <= table->size() - faults(told, "no-position"));
    CHECK(mapped >= table->size() - faults(told, "no-position") - faults(told, "zero-position") -
                        faults(told, "swapped-position"));
    const auto dated = [](TimePrecision precision) { return precision == TimePrecision::minute; };
    CHECK(static_cast<std::size_t>(std::count_if(table->precision.begin(), table->precision.end(), dated)) ==
          table->size() - faults(told, "bad-date") - faults(told, "no-date"));
    CHECK(categoriesOf(*table).front().name == "Anti-social behaviour");
    CHECK(std::none_of(table->place.code.begin(), table->place.code.end(), [](auto code) { return code == 0; }));

    const auto layers = project->mapLayers();
    REQUIRE(layers.has_value());
    std::vector<std::string> roles;
    for (const MapLayerInfo& layer : *layers) {
        roles.push_back(layer.role);
        CHECK(std::filesystem::exists(gis::layerPath(path, layer)));
    }
    CHECK(roles == std::vector<std::string>{"land", "water", "boundaries", "roads", "places"});

    const auto wards = project->areas("Wards");
    REQUIRE(wards.has_value());
    REQUIRE(wards->size() == 10);
    double people = 0.0;
    for (const AreaFeature& ward : *wards) {
        people += ward.population.value_or(0.0);
        CHECK(ward.code.starts_with("SHW"));
        CHECK(areaOf(ward.polygon).value() > 5e5);
    }
    CHECK(people == 87'620);
}

TEST_CASE("the sample project is never written over another file", "[sources][sample][errors]") {
    const TemporaryFolder folder;
    const auto path = folder.write("mine.gpkg", "my work");
    const auto made = gis::createSampleProject(path);
    REQUIRE_FALSE(made);
    CHECK(made.error().code == ErrorCode::fileNotWritable);
    CHECK(made.error().message.find("mine.gpkg") != std::string::npos);
    CHECK(readFile(path) == "my work");
}

TEST_CASE("a cancelled sample leaves nothing behind", "[sources][sample]") {
    REQUIRE(gis::initialise());
    const TemporaryFolder folder;
    std::stop_source stop;
    stop.request_stop();
    const auto made = gis::createSampleProject(folder.path() / "s.gpkg", {.stop = stop.get_token(), .onProgress = {}});
    REQUIRE_FALSE(made);
    CHECK(made.error().code == ErrorCode::cancelled);
    CHECK(std::filesystem::is_empty(folder.path()));
}
