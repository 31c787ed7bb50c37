// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/disclosure.h"

#include "tests/support/catch.h"

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

} // namespace

TEST_CASE("a sound map passes every check in both profiles", "[disclosure]") {
    const Result result = resultWith(100, 90, {{50, 20, 5}, {5, 3, 2}});
    for (const Profile profile : {Profile::internal, Profile::publicRelease}) {
        const auto checks = checksBeforePublishing(result, false, profile);
        CHECK(std::all_of(checks.begin(), checks.end(),
                          [](const Check& check) { return check.state == CheckState::pass; }));
        CHECK_FALSE(disclosureStop(checks).has_value());
    }
}

TEST_CASE("sensitive categories are to be looked at", "[disclosure]") {
    Result result = resultWith(100, 90, {{50, 20, 5}});
    result.sensitive = true;
    for (const Profile profile : {Profile::internal, Profile::publicRelease})
        CHECK(stateOf(checksBeforePublishing(result, false, profile), "sensitive") == CheckState::look);
}

TEST_CASE("each weakness is seen at its limit", "[disclosure]") {
    CHECK(stateOf(checksBeforePublishing(resultWith(100, 85, {}), false, Profile::internal), "mapped-share") ==
          CheckState::pass);
    CHECK(stateOf(checksBeforePublishing(resultWith(100, 84, {}), false, Profile::internal), "mapped-share") ==
          CheckState::look);
    CHECK(stateOf(checksBeforePublishing(resultWith(90, 90, {{4, 4, 1}}), false, Profile::internal), "small-counts") ==
          CheckState::look);
    CHECK(stateOf(checksBeforePublishing(resultWith(90, 90, {{4, 4, 1}}), false, Profile::publicRelease),
                  "small-counts") == CheckState::stop);
    CHECK(stateOf(checksBeforePublishing(resultWith(90, 90, {{20, 1, 20}}), false, Profile::internal), "one-address") ==
          CheckState::look);
    CHECK(stateOf(checksBeforePublishing(resultWith(90, 90, {{20, 9, 11}}), false, Profile::internal), "one-address") ==
          CheckState::look);
    CHECK(stateOf(checksBeforePublishing(resultWith(90, 90, {{20, 9, 10}}), false, Profile::internal), "one-address") ==
          CheckState::pass);
    CHECK(stateOf(checksBeforePublishing(resultWith(49, 49, {}), false, Profile::internal), "few-incidents") ==
          CheckState::look);
    CHECK(stateOf(checksBeforePublishing(resultWith(90, 90, {}), true, Profile::publicRelease), "points") ==
          CheckState::stop);
    CHECK_FALSE(
        disclosureStop(checksBeforePublishing(resultWith(90, 90, {{4, 4, 1}}), true, Profile::internal)).has_value());
    CHECK(disclosureStop(checksBeforePublishing(resultWith(90, 90, {{4, 4, 1}}), false, Profile::publicRelease))
              ->find("small-counts") != std::string::npos);
}
