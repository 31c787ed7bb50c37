// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using namespace patchlight::test;

namespace {

/// A project as version 1 wrote it: no coverage, no texts of findings, no mappings, no categories.
std::filesystem::path versionOneProject(const TemporaryFolder& folder) {
    const auto file = folder.path() / "old.gpkg";
    importInto(file, "july", randomIncidents(7, 400).rows);
    {
        auto transaction = valueOf(ImportTransaction::begin(file));
        const Finding finding{"no-date", "No date.", 1, {3}, "august", {"x"}};
        valueOf(transaction.beginDataset(datasetNamed("august")));
        valueOf(transaction.add(randomIncidents(8, 50).rows));
        valueOf(transaction.endDataset(datasetNamed("august"), {finding}));
        valueOf(transaction.commit());
    }
    OtherProgram other{file};
    for (const char* sql : {"DROP TABLE patchlight_coverage", "DROP TABLE patchlight_mapping",
                            "DROP TABLE patchlight_category", "ALTER TABLE patchlight_finding DROP COLUMN texts",
                            "UPDATE patchlight_meta SET value = '1' WHERE key = 'version'"})
        other.run(sql);
    return file;
}

} // namespace

TEST_CASE("a project of version 1 is read without being changed", "[store][migration]") {
    const TemporaryFolder folder;
    const auto fresh = folder.path() / "fresh.gpkg";
    importInto(fresh, "july", randomIncidents(7, 400).rows);
    const auto months = valueOf(valueOf(Project::open(fresh, OpenMode::readOnly)).datasets()).front().months;
    REQUIRE(months.size() > 3);

    const auto file = versionOneProject(folder);
    const auto before = std::filesystem::last_write_time(file);
    {
        const auto project = valueOf(Project::open(file, OpenMode::readOnly));
        const auto datasets = valueOf(project.datasets());
        REQUIRE(datasets.size() == 2);
        CHECK(datasets.front().months == months); // counted from the rows, as an import counts them
        const auto findings = valueOf(project.findings());
        REQUIRE(findings.size() == 1);
        CHECK(findings.front().rows == std::vector<std::uint32_t>{3});
        CHECK(findings.front().values.empty());
        CHECK(valueOf(project.mappings()).empty());
        CHECK(valueOf(project.categories()).empty());
        CHECK(valueOf(project.incidents()).size() == 450);
    }
    CHECK(std::filesystem::last_write_time(file) == before);
    CHECK(OtherProgram{file}.value("SELECT value FROM patchlight_meta WHERE key = 'version'") == "1");
}

TEST_CASE("a project of version 1 is brought up to date when it is opened for writing", "[store][migration]") {
    const TemporaryFolder folder;
    const auto file = versionOneProject(folder);
    const auto months = valueOf(valueOf(Project::open(file, OpenMode::readOnly)).datasets()).front().months;
    {
        auto transaction = valueOf(ImportTransaction::begin(file));
        CHECK(valueOf(transaction.datasets()).front().months == months);
        valueOf(transaction.rememberMapping({"a|b|", {{"columns", {{"a", "place"}}}}, "a.csv", ""}));
        valueOf(transaction.commit());
    }
    OtherProgram other{file};
    CHECK(other.value("SELECT value FROM patchlight_meta WHERE key = 'version'") == "2");
    CHECK(other.value("PRAGMA foreign_key_check").empty());
    CHECK(other.value("PRAGMA integrity_check") == "ok");
    const auto project = valueOf(Project::open(file, OpenMode::readOnly));
    CHECK(valueOf(project.datasets()).front().months == months);
    CHECK(valueOf(project.mappings()).size() == 1);
    CHECK(valueOf(project.findings()).size() == 1);
}
