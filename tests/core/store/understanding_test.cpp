// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using namespace patchlight::test;

TEST_CASE("a project keeps the newest confirmed mapping of a header", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "p.gpkg";
    importInto(file, "july", randomIncidents(1, 3).rows);
    for (const char* role : {"place", "postcode"}) {
        auto transaction = valueOf(ImportTransaction::begin(file));
        valueOf(transaction.rememberMapping({"where|", {{"columns", {{"Where", role}}}}, "may.csv", ""}));
        CHECK(valueOf(transaction.mappings()).size() == 1);
        valueOf(transaction.commit());
    }
    {
        auto transaction = valueOf(ImportTransaction::begin(file)); // not committed
        valueOf(transaction.rememberMapping({"else|", {}, "june.csv", ""}));
    }
    const auto known = valueOf(valueOf(Project::open(file, OpenMode::readOnly)).mappings());
    REQUIRE(known.size() == 1);
    CHECK(known.front().mapping["columns"]["Where"] == "postcode");
    CHECK(known.front().file == "may.csv");
    CHECK(known.front().confirmed.size() == 20);
}

TEST_CASE("a project's own categories stand over the shipped ones and count as another state of the data", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "p.gpkg";
    importInto(file, "july", randomIncidents(1, 3).rows);
    auto project = valueOf(Project::open(file));
    const auto before = valueOf(project.fingerprint());
    const std::vector<CategoryEntry> own{{"Robbery", {{"Priority \"one\"", "Zwei"}, true, 365.25}},
                                         {"Zebra crossing", {{}, false, {}}}};
    valueOf(project.setCategories(own));
    CHECK(valueOf(project.categories()) == own);
    CHECK(valueOf(project.fingerprint()) != before);
    const auto table = valueOf(project.incidents());
    CHECK(*table.categories.find("robbery") == own.front().meaning);
    CHECK(table.categories.find("zebra crossing"));
    CHECK(table.categories.find("shoplifting"));
    valueOf(project.setCategories({}));
    CHECK(valueOf(project.categories()).empty());
    CHECK(valueOf(project.fingerprint()) == before);
}
