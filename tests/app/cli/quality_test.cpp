// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "tests/app/cli/call.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <nlohmann/json.hpp>
#include <sstream>

using namespace patchlight;
using namespace patchlight::test;

TEST_CASE("quality says what is mapped, which months there are and what was found, in three formats",
          "[cli][quality]") {
    const TemporaryFolder folder;
    const std::string project = utf8Text(folder.path() / "p.gpkg");
    const auto extract = folder.write("asb.csv", "Ref,Easting,Northing,Category,Date\n"
                                                 "a,400100,100100,=Litter,2024-01-02\n"
                                                 "b,,,Litter <b>,2024-01-03\n"
                                                 "c,400100,100100,Noise,2024-03-03\n");
    REQUIRE(call({"import", "--project", project, utf8Text(extract), "--quiet"}).code == 0);
    const std::string html = utf8Text(folder.path() / "q.html"), csv = utf8Text(folder.path() / "q.csv");
    const Outcome said = call({"quality", "--project", project, "--out", html, "--out", csv, "--json", "--quiet"});
    REQUIRE(said.code == 0);
    const auto json = nlohmann::json::parse(said.out);
    CHECK(json["recorded"] == 3);
    CHECK(json["mapped"] == 2);
    CHECK(json["coverage"][0]["months"] == nlohmann::json{{"2024-01", 2}, {"2024-02", 0}, {"2024-03", 1}});
    CHECK(json["coverage"][0]["gaps"] == nlohmann::json{"2024-02"});
    const std::string page = readFile(pathFromUtf8(html)), table = readFile(pathFromUtf8(csv));
    CHECK(page.find("Litter &lt;b&gt;") != std::string::npos);
    CHECK(page.find("no data") != std::string::npos);
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("http") == std::string::npos); // nothing is loaded from elsewhere
    CHECK(table.find("category,'=Litter,,1,1,1") != std::string::npos);

    const std::string rows = utf8Text(folder.path() / "rows.csv");
    REQUIRE(call({"quality", "--project", project, "--finding", "no-position", "--out", rows}).code == 0);
    CHECK(readFile(pathFromUtf8(rows)).find("\r\n2,") != std::string::npos);
    const Outcome unknown = call({"quality", "--project", project, "--finding", "magic"});
    CHECK(unknown.code == 1);
    CHECK(unknown.err.find("There is no finding \"magic\"; there are ") != std::string::npos);
    CHECK(call({"quality", "--project", project, "--out", "q.pdf"}).code == 1);
}

TEST_CASE("remove takes a dataset out, whole, and names those there are", "[cli][quality]") {
    const TemporaryFolder folder;
    const std::string project = utf8Text(folder.path() / "p.gpkg");
    const auto one = folder.write("one.csv", "Easting,Northing,Category,Date\n400100,100100,Litter,2024-01-02\n");
    const auto two = folder.write("two.csv", "Easting,Northing,Category,Date\n400100,100100,Noise,2024-02-02\n");
    REQUIRE(call({"import", "--project", project, utf8Text(one), utf8Text(two), "--quiet"}).code == 0);
    const Outcome wrong = call({"remove", "--project", project, "--dataset", "three"});
    CHECK(wrong.code == 1);
    CHECK(wrong.err.find("There is no dataset \"three\" in the project; it has one and two.") != std::string::npos);
    REQUIRE(call({"remove", "--project", project, "--dataset", "one"}).code == 0);
    const auto left = nlohmann::json::parse(call({"info", "--project", project, "--json", "--quiet"}).out);
    CHECK(left["incidents"] == 1);
    CHECK(left["categories"][0]["name"] == "Noise");
    // What was taken out may come again.
    REQUIRE(call({"import", "--project", project, utf8Text(one), "--quiet"}).code == 0);
    CHECK(call({"remove", "--project", utf8Text(folder.path() / "none.gpkg"), "--dataset", "one"}).code == 1);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "none.gpkg"));
}
