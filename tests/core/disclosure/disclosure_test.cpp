// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/disclosure.h"

#include "tests/support/catch.h"

#include <array>

using namespace patchlight;

namespace {

Result resultWith(std::size_t recorded, std::size_t mapped, std::vector<std::array<std::size_t, 3>> areas) {
    Result result;
    result.incidents = recorded;
    result.mapped = mapped;
    for (const auto& [incidents, places, stack] : areas) {
        HotspotArea area;
        area.incidents = incidents;
        area.places = places;
        area.largestStack = stack;
        result.areas.push_back(area);
    }
    return result;
}

CheckState stateOf(const std::vector<Check>& checks, const std::string& id) {
    for (const Check& check : checks)
        if (check.id == id) return check.state;
    FAIL("no check " << id);
    return CheckState::stop;
}

std::vector<Check> checked(const Result& result, Profile profile, bool showsIncidents = false) {
    DisclosureFacts facts{result, {.profile = profile}};
    facts.showsIncidents = showsIncidents;
    return checksBeforePublishing(facts);
}

constexpr std::array profiles{Profile::internal, Profile::publicRelease};
constexpr auto internal = Profile::internal, forPublic = Profile::publicRelease;

} // namespace

TEST_CASE("a sound map passes every check in both profiles", "[disclosure]") {
    const Result result = resultWith(100, 90, {{50, 20, 5}, {5, 3, 2}});
    for (const Profile profile : profiles) {
        const auto checks = checked(result, profile);
        for (const Check& check : checks) {
            INFO(check.text);
            CHECK(check.state == CheckState::pass);
            CHECK_FALSE(check.text.ends_with('.'));
        }
        CHECK_FALSE(disclosureStop(checks).has_value());
        std::vector<std::string> ids;
        for (const auto& entry : toJson(checks)) ids.push_back(entry["id"]);
        CHECK(ids == std::vector<std::string>{"mapped-share", "small-counts", "one-address", "one-date", "sensitive",
                                              "points", "few-incidents", "mixed-levels", "missing-months",
                                              "street-scale", "compared-classes", "contrast"});
    }
}

TEST_CASE("each weakness is seen at its limit", "[disclosure]") {
    CHECK(stateOf(checked(resultWith(100, 85, {}), internal), "mapped-share") == CheckState::pass);
    CHECK(stateOf(checked(resultWith(100, 84, {}), internal), "mapped-share") == CheckState::look);
    CHECK(stateOf(checked(resultWith(90, 90, {{20, 1, 20}}), internal), "one-address") == CheckState::look);
    CHECK(stateOf(checked(resultWith(90, 90, {{20, 9, 11}}), internal), "one-address") == CheckState::look);
    CHECK(stateOf(checked(resultWith(90, 90, {{20, 9, 10}}), internal), "one-address") == CheckState::pass);
    CHECK(stateOf(checked(resultWith(50, 50, {}), internal), "few-incidents") == CheckState::pass);
    CHECK(stateOf(checked(resultWith(49, 49, {}), internal), "few-incidents") == CheckState::look);
    CHECK(stateOf(checked(resultWith(49, 49, {}), forPublic), "few-incidents") == CheckState::look);
    CHECK(stateOf(checked(resultWith(9, 9, {}), forPublic), "few-incidents") == CheckState::stop);
    CHECK(stateOf(checked(resultWith(9, 9, {}), internal), "few-incidents") == CheckState::look);
}

TEST_CASE("what chance would do is not said of fewer than thirty", "[disclosure]") {
    Result result = resultWith(29, 29, {});
    CHECK(stateOf(checked(result, forPublic), "few-incidents") == CheckState::look);
    result.analysis = "dual-density";
    CHECK(stateOf(checked(result, forPublic), "few-incidents") == CheckState::stop);
    CHECK(stateOf(checked(result, internal), "few-incidents") == CheckState::look);
    result.analysis = "nearest-neighbour-groups";
    CHECK_FALSE(claimsSignificance(result));
    result.statistics["p_value"] = 0.02;
    CHECK(stateOf(checked(result, forPublic), "few-incidents") == CheckState::stop);
    result.mapped = result.incidents = 30;
    CHECK(stateOf(checked(result, forPublic), "few-incidents") == CheckState::look);
}

TEST_CASE("small counts are a matter to look at inside and withheld outside", "[disclosure]") {
    const Result result = resultWith(90, 90, {{20, 9, 2}, {4, 4, 1}});
    CHECK(stateOf(checked(result, internal), "small-counts") == CheckState::look);
    CHECK(stateOf(checked(result, forPublic), "small-counts") == CheckState::pass);
    DisclosureFacts facts{result, {.profile = forPublic}};
    facts.isProtected = false;
    CHECK(stateOf(checksBeforePublishing(facts), "small-counts") == CheckState::stop);
    facts.disclosure = {.profile = internal, .threshold = 5};
    CHECK(stateOf(checksBeforePublishing(facts), "small-counts") == CheckState::look);
}

TEST_CASE("points never leave, sensitive ones not at the scale of streets either", "[disclosure]") {
    Result result = resultWith(90, 90, {{50, 20, 5}});
    CHECK(stateOf(checked(result, forPublic, true), "points") == CheckState::stop);
    CHECK(stateOf(checked(result, internal, true), "points") == CheckState::look);
    result.analysis = "repeat-places";
    CHECK(stateOf(checked(result, forPublic), "points") == CheckState::stop);
    result.analysis = "kernel-density";
    result.sensitive = true;
    for (const auto& [bandwidth, state] : {std::pair{300.0, CheckState::look}, std::pair{299.0, CheckState::stop}}) {
        result.parameters = {{"bandwidth", bandwidth}};
        CHECK(stateOf(checked(result, forPublic), "sensitive") == state);
        CHECK(stateOf(checked(result, internal), "sensitive") == CheckState::look);
    }
    result.analysis = "area-counts";
    result.parameters = {{"shape", "squares"}, {"size", 250.0}};
    CHECK(stateOf(checked(result, forPublic), "sensitive") == CheckState::stop);
    result.parameters = {{"shape", "layer"}, {"size", 250.0}};
    CHECK(stateOf(checked(result, forPublic), "sensitive") == CheckState::look);
    CHECK(disclosureStop(checked(result, forPublic, true))->find("(sensitive)") != std::string::npos);
}

TEST_CASE("rows say one date, mixed levels, gaps and map points", "[disclosure]") {
    Result result = resultWith(60, 60, {{3, 3, 1}, {3, 3, 1}});
    result.areas[0].rank = 1, result.areas[1].rank = 2;
    result.analysis = "kernel-density";
    result.parameters = {{"bandwidth", 200.0}};
    IncidentTable table;
    const LocalDay first = *parseIsoDay("2025-07-04"), other = *parseIsoDay("2025-09-20");
    for (std::uint32_t row = 0; row < 6; ++row) {
        table.id.push_back(row);
        const LocalDay day = row < 3 ? (row < 2 ? first : other) : first + std::chrono::days{row};
        table.from.push_back(day);
        table.to.push_back(day);
        table.precision.push_back(TimePrecision::day);
        table.level.push_back(row < 3 ? LocationLevel::snapped : LocationLevel::postcode);
        result.rows.push_back(row);
        result.areaOf.push_back(row < 3 ? 1 : 2);
    }
    Recipe recipe;
    recipe.filter.period = Period{*parseIsoDay("2025-07-01"), *parseIsoDay("2025-09-30")};
    recipe.comparison = Period{*parseIsoDay("2024-07-01"), *parseIsoDay("2024-07-31")};
    const RowFacts rows = rowFacts(result, recipe, table);
    CHECK(rows.oneDate == std::vector<std::size_t>{1});
    CHECK(rows.missingMonths == std::vector{*parseIsoDay("2025-08-01")});
    CHECK(rows.missingComparisonMonths.size() == 1);
    CHECK(rows.anonymised);
    const auto checks = checksBeforePublishing({result, {}, rows});
    for (const char* id : {"one-date", "mixed-levels", "missing-months", "street-scale"})
        CHECK(stateOf(checks, id) == CheckState::look);
}

TEST_CASE("weak contrast and differing legends are named", "[disclosure]") {
    const Result result = resultWith(90, 90, {});
    DisclosureFacts facts{result};
    Result other = result;
    CHECK(sameClasses(result, other));
    other.classes = {{12.0, "12 to 20"}};
    CHECK_FALSE(sameClasses(result, other));
    facts.sameClasses = sameClasses(result, other);
    facts.contrast = {{"outlines", 2.7, 3.0}, {"numbers", 15.0, 4.5}};
    const auto checks = checksBeforePublishing(facts);
    CHECK(stateOf(checks, "compared-classes") == CheckState::look);
    CHECK(stateOf(checks, "contrast") == CheckState::look);
    CHECK(checks.back().text == "Hard to see: outlines (2.7:1, needs 3:1)");
}
