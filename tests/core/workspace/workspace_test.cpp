// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspace.h"

#include "tests/support/catch.h"

using namespace patchlight;

namespace {

std::vector<Edit> allEdits() {
    IncidentFilter filter;
    filter.categories = {"Burglary"};
    return {
        {"Change filter", SetFilter{filter}},
        {"Compare", SetComparison{Period{*parseIsoDay("2024-01-01"), *parseIsoDay("2024-03-31")}}},
        {"Choose area",
         SetArea{
             {.kind = StudyAreaSpec::Kind::file, .source = "area.geojson", .sublayer = {}, .feature = {}, .box = {}}}},
        {"Choose method", SetAnalysis{"dbscan"}},
        {"Change bandwidth", SetParameter{"kernel-density", "bandwidth", 250.0}},
        {"Change bandwidth", SetParameter{"kernel-density", "bandwidth", 400.0}},
        {"Leave bandwidth open", SetParameter{"kernel-density", "bandwidth", nullptr}},
        {"Change layers", SetLayers{{{.name = "Roads",
                                      .path = "roads.gpkg",
                                      .sourceLayer = {},
                                      .role = "roads",
                                      .labelField = {},
                                      .visible = false,
                                      .order = 2}}}},
        {"Show", SetShown{false, true, true}},
        {"Change page", SetLayout{{.title = "T", .subtitle = {}, .author = {}, .date = {}}}},
        {"Rename", RenameArea{"High Street", "Town centre"}},
        {"Rename", RenameArea{"High Street", ""}}};
}

} // namespace

TEST_CASE("undoing edits in reverse order gives each earlier workspace back", "[workspace][property]") {
    Workspace workspace;
    std::vector<std::string> states{toJson(workspace).dump()};
    std::vector<Edit> inverses;
    for (const Edit& edit : allEdits()) {
        auto inverse = apply(workspace, edit);
        REQUIRE(inverse.has_value());
        inverses.push_back(*inverse);
        states.push_back(toJson(workspace).dump());
    }
    const Workspace finished = workspace;
    while (!inverses.empty()) {
        CHECK(toJson(workspace).dump() == states.back());
        states.pop_back();
        REQUIRE(apply(workspace, inverses.back()).has_value());
        inverses.pop_back();
    }
    CHECK(toJson(workspace).dump() == states.front());
    CHECK(toJson(finished).dump() != toJson(workspace).dump());
}

TEST_CASE("a saved workspace reads back, and unknown or missing keys do no harm", "[workspace]") {
    Workspace workspace;
    for (const Edit& edit : allEdits()) REQUIRE(apply(workspace, edit).has_value());
    nlohmann::json saved = nlohmann::json::parse(toJson(workspace).dump());
    CHECK(toJson(*workspaceFromJson(saved)).dump() == toJson(workspace).dump());
    saved["later"] = {{"more", 1}};
    saved.erase("layout");
    REQUIRE(workspaceFromJson(saved).has_value());
    CHECK(workspaceFromJson(saved)->layout == LayoutSpec{});
    CHECK(workspaceFromJson(nullptr).has_value());
    CHECK_FALSE(workspaceFromJson(5).has_value());
    saved["view"]["east"] = "far";
    CHECK_FALSE(workspaceFromJson(saved).has_value());
}

TEST_CASE("edits that make no sense leave the workspace alone", "[workspace][errors]") {
    Workspace workspace;
    const std::string before = toJson(workspace).dump();
    CHECK_FALSE(apply(workspace, {"", SetAnalysis{"magic"}}).has_value());
    CHECK_FALSE(apply(workspace, {"", SetParameter{"kernel-density", "speed", 1}}).has_value());
    CHECK_FALSE(apply(workspace, {"", SetParameter{"magic", "speed", 1}}).has_value());
    CHECK(toJson(workspace).dump() == before);
}
