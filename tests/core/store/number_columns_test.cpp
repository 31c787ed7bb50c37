// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <cmath>

using namespace patchlight;
using namespace patchlight::test;

TEST_CASE("columns of numbers among the sources' others are found and read in the order of the rows", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    std::vector<NewIncident> rows(4);
    rows[0].otherColumns = R"({"Damage":"£1,250.50","Officer":"12a","Hours":"2"})";
    rows[1].otherColumns = R"({"Damage":"","Officer":"7","Hours":3})";
    rows[3].otherColumns = R"({"Damage":" 40 ","Officer":"x"})";
    importInto(file, "july", rows);
    const auto project = valueOf(Project::open(file, OpenMode::readOnly));
    CHECK(valueOf(project.numberColumns()) == std::vector<std::string>{"Damage", "Hours"});
    const auto damage = valueOf(project.numbersOf("Damage"));
    REQUIRE(damage.size() == 4);
    CHECK(damage[0] == 1250.5);
    CHECK(std::isnan(damage[1]));
    CHECK(std::isnan(damage[2]));
    CHECK(damage[3] == 40.0);
    CHECK(valueOf(project.numbersOf("Hours"))[1] == 3.0);
    for (const double value : valueOf(project.numbersOf("Nothing"))) CHECK(std::isnan(value));
    std::stop_source source;
    source.request_stop();
    CHECK(project.numbersOf("Damage", {source.get_token(), {}}).error().code == ErrorCode::cancelled);
}

TEST_CASE("a project without incidents has no columns of numbers", "[store][edge]") {
    const TemporaryFolder folder;
    const auto project = valueOf(Project::create(folder.path() / "empty.gpkg"));
    CHECK(valueOf(project.numberColumns()).empty());
    CHECK(valueOf(project.numbersOf("Damage")).empty());
}
