// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "tests/app/cli/call.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using namespace patchlight::test;

TEST_CASE("categories are said, changed and written as a table that reads back", "[cli][categories]") {
    const TemporaryFolder folder;
    const std::string project = utf8Text(folder.path() / "p.gpkg");
    const auto extract = folder.write("asb.csv", "Ref,Easting,Northing,Category,Date\n"
                                                 "a,400100,100100,Noise,2024-01-02\n"
                                                 "b,400200,100100,\"Zebra; crossing\",2024-01-03\n"
                                                 "c,400100,100100,Domestic abuse,2024-01-03\n");
    REQUIRE(call({"import", "--project", project, utf8Text(extract), "--quiet"}).code == 0);
    const auto meaningOf = [&](const std::string& wording, const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"categories", "--project", project, "--json", "--quiet"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        const Outcome said = call(arguments);
        REQUIRE(said.code == 0);
        const auto json = said.json();
        for (const auto& category : json["categories"])
            if (category["wording"] == wording) return category;
        return nlohmann::json{};
    };
    CHECK(meaningOf("Noise")["groups"] == nlohmann::json{"ASB", "ASB nuisance"});
    CHECK(meaningOf("Zebra; crossing")["known"] == false);
    CHECK(meaningOf("Domestic abuse")["sensitive"] == true);

    CHECK(meaningOf("Zebra; crossing", {"--set", "Zebra; crossing=Traffic;ASB", "--sensitive", "zebra crossing"}) ==
          nlohmann::json{{"wording", "Zebra; crossing"},
                         {"incidents", 1},
                         {"known", true},
                         {"groups", {"Traffic", "ASB"}},
                         {"sensitive", true},
                         {"harm", nullptr}});
    const auto harm = folder.write("harm.csv", "Offence,Days\nnoise,0.5\n");
    CHECK(meaningOf("Noise", {"--table", utf8Text(harm)})["harm"] == 0.5);

    const std::string table = utf8Text(folder.path() / "categories.csv");
    REQUIRE(call({"categories", "--project", project, "--out", table, "--quiet"}).code == 0);
    const auto before = call({"categories", "--project", project, "--json", "--quiet"}).json();
    CHECK(meaningOf("Zebra; crossing", {"--forget"})["known"] == false);
    REQUIRE(call({"categories", "--project", project, "--table", table, "--quiet"}).code == 0);
    CHECK(call({"categories", "--project", project, "--json", "--quiet"}).json() == before);

    const Outcome run = call({"run", "kernel-density", "--project", project, "--category", "asb", "--set",
                              "bandwidth=300", "--set", "cell-size=50", "--json", "--quiet"});
    REQUIRE(run.code == 0);
    CHECK(run.json()["incidents"] == 2);
    CHECK(run.json()["notes"][0] == "\"asb\" stands for Noise and Zebra; crossing.");

    CHECK(call({"categories", "--project", project, "--set", "Noise"}).err.find("WORDING=GROUP") != std::string::npos);
    const auto bad = folder.write("bad.csv", "wording,harm\nNoise,much\n");
    const Outcome refused = call({"categories", "--project", project, "--table", utf8Text(bad)});
    CHECK(refused.code == 1);
    CHECK(refused.err.find("bad.csv: Row 1, \"harm\": \"much\" is not a number of 0 or more.") != std::string::npos);
}
