// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/store/store.h"
#include "tests/core/store/full_disk.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <fmt/format.h>

#include <fstream>

using namespace patchlight;
using namespace patchlight::test;

namespace {

namespace fs = std::filesystem;

Error errorOf(const Expected<Project>& project) {
    REQUIRE_FALSE(project);
    return project.error();
}

std::size_t filesIn(const fs::path& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder}, {}));
}

/// A user who may write anywhere (root in a container) cannot try what happens where he may not.
bool mayWriteAnywhere(const fs::path& folder) {
    const auto probe = folder / "probe";
    std::ofstream{probe} << "x";
    fs::permissions(probe, fs::perms::owner_read);
    const bool writable = static_cast<bool>(std::ofstream{probe, std::ios::app});
    fs::permissions(probe, fs::perms::owner_all);
    fs::remove(probe);
    if (writable) WARN("Skipped: this user may write to read-only files.");
    return writable;
}

} // namespace

TEST_CASE("what is no project is refused by name", "[store][bad input]") {
    const TemporaryFolder folder;
    const auto mode = GENERATE(OpenMode::readOnly, OpenMode::readWrite);
    const auto file = folder.path() / "file.gpkg";
    const auto name = utf8Text(file);
    const auto refused = [&](ErrorCode code, const std::string& message) {
        const auto before = fs::is_regular_file(file) ? readFile(file) : std::string{};
        const auto error = errorOf(Project::open(file, mode));
        CHECK(error.code == code);
        CHECK(error.message == message);
        CHECK(error.subject == name);
        if (fs::is_regular_file(file)) CHECK(readFile(file) == before);
        CHECK(filesIn(folder.path()) <= 1);
    };
    SECTION("missing") {
        refused(ErrorCode::fileNotFound, "There is no file " + name + ".");
    }
    SECTION("a folder") {
        fs::create_directory(file);
        refused(ErrorCode::fileNotReadable, name + " is a folder, not a project file.");
    }
    SECTION("text") {
        static_cast<void>(folder.write("file.gpkg", std::string(3000, 'x')));
        refused(ErrorCode::fileFormat, name + " is not a Patchlight project: it is no GeoPackage.");
    }
    SECTION("short text") {
        static_cast<void>(folder.write("file.gpkg", "Crime ID,Month\n"));
        refused(ErrorCode::fileFormat, name + " is not a Patchlight project: it is no GeoPackage.");
    }
    SECTION("empty") {
        static_cast<void>(folder.write("file.gpkg", ""));
        refused(ErrorCode::fileFormat, name + " is not a Patchlight project: the file is empty.");
    }
    SECTION("another database") {
        OtherProgram{file}.run("CREATE TABLE a(b)");
        refused(ErrorCode::fileFormat, name + " is not a Patchlight project: it is a database, but no GeoPackage.");
    }
    SECTION("another GeoPackage") {
        valueOf(Project::create(file));
        OtherProgram{file}.run("DROP TABLE patchlight_meta");
        refused(ErrorCode::fileFormat,
                name + " is a GeoPackage, but not a Patchlight project; open it as a map layer instead.");
    }
    SECTION("a project of a newer version") {
        valueOf(Project::create(file));
        OtherProgram{file}.run("UPDATE patchlight_meta SET value = '3' WHERE key = 'version'");
        refused(ErrorCode::fileFormat,
                name + " was written by a newer Patchlight (project version 3; this one reads up to 2). "
                       "Open it with that version.");
    }
    SECTION("a project without its version") {
        valueOf(Project::create(file));
        OtherProgram{file}.run("DELETE FROM patchlight_meta");
        refused(ErrorCode::fileFormat,
                name + " is a GeoPackage, but not a Patchlight project; open it as a map layer instead.");
    }
}

TEST_CASE("a project that was cut short is an error, never a crash", "[store][bad input]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "file.gpkg";
    importInto(file, "july", randomIncidents(1, 2000).rows);
    const auto whole = readFile(file);
    for (const auto part : {0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
        static_cast<void>(folder.write(
            "cut.gpkg", whole.substr(0, static_cast<std::size_t>(static_cast<double>(whole.size()) * part))));
        const auto project = Project::open(folder.path() / "cut.gpkg", OpenMode::readOnly);
        if (!project) {
            CHECK(project.error().code == ErrorCode::fileFormat);
            continue;
        }
        const auto table = project->incidents();
        if (!table) CHECK(table.error().message.find("is damaged") != std::string::npos);
        if (table) CHECK(isConsistent(*table));
    }
}

TEST_CASE("a project is not created over anything", "[store][bad input]") {
    const TemporaryFolder folder;
    const auto refused = [&](const fs::path& path, const std::string& why) {
        const auto error = errorOf(Project::create(path));
        CHECK(error.code == ErrorCode::fileNotWritable);
        CHECK(error.message == utf8Text(path) + " cannot be written: " + why + ".");
        const auto import = ImportTransaction::begin(path);
        CHECK(import.has_value() == fs::is_regular_file(path));
    };
    const auto file = folder.path() / "file.gpkg";
    valueOf(Project::create(file));
    refused(file, "there is such a file already");
    fs::create_directory(folder.path() / "folder");
    refused(folder.path() / "folder", "it is a folder");
    refused(folder.path() / "none" / "file.gpkg", "there is no folder " + utf8Text(folder.path() / "none"));
    refused(fs::path{}, "a project file needs a name");
    if (mayWriteAnywhere(folder.path())) return;
    fs::permissions(folder.path() / "folder", fs::perms::owner_read | fs::perms::owner_exec);
    refused(folder.path() / "folder" / "file.gpkg",
            "the folder " + utf8Text(folder.path() / "folder") + " may not be written to");
    fs::permissions(folder.path() / "folder", fs::perms::owner_all);
}

TEST_CASE("a read-only project opens for reading and says so for writing", "[store][bad input]") {
    const TemporaryFolder folder;
    if (mayWriteAnywhere(folder.path())) return;
    fs::create_directory(folder.path() / "inner");
    const auto file = folder.path() / "inner" / "file.gpkg";
    importInto(file, "july", randomIncidents(1, 20).rows);
    const auto locked = GENERATE(false, true);
    const auto target = locked ? file.parent_path() : file; // the folder, where the journal goes, or the file itself
    fs::permissions(target, fs::perms::owner_read | (locked ? fs::perms::owner_exec : fs::perms::none));
    const auto error = errorOf(Project::open(file));
    CHECK(error.code == ErrorCode::fileNotWritable);
    CHECK(error.message == utf8Text(file) +
                               " is read-only, or the folder it lies in is. Copy it to a folder you can write to and "
                               "open that.");
    CHECK_FALSE(ImportTransaction::begin(file));
    CHECK(valueOf(valueOf(Project::open(file, OpenMode::readOnly)).incidents()).size() == 20);
    fs::permissions(target, fs::perms::owner_all);
}

TEST_CASE("a project that another program writes is left alone", "[store][bad input][slow]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "file.gpkg";
    importInto(file, "july", randomIncidents(1, 20).rows);
    OtherProgram other{file};
    other.run("BEGIN IMMEDIATE; UPDATE incidents SET category = 'x'");
    const auto import = ImportTransaction::begin(file); // after two seconds
    REQUIRE_FALSE(import);
    CHECK(import.error().code == ErrorCode::database);
    CHECK(import.error().message == utf8Text(file) +
                                        " is being written by another program. Wait until it has finished, or close "
                                        "it there, and try again.");
    CHECK(valueOf(valueOf(Project::open(file, OpenMode::readOnly)).incidents()).size() == 20);
    other.run("ROLLBACK");
    CHECK(ImportTransaction::begin(file).has_value());
}

TEST_CASE("a disk that fills up at any moment leaves the project as it was", "[store][bad input][property]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "file.gpkg";
    importInto(file, "before", randomIncidents(1, 300).rows);
    const auto before = readFile(file);
    const auto more = randomIncidents(2, 1500);
    const auto import = [&](const fs::path& project, bool replace) -> Expected<void> {
        auto transaction = ImportTransaction::begin(project);
        if (!transaction) return fail(transaction.error());
        if (replace)
            if (auto removed = transaction->removeDataset(1); !removed) return fail(removed.error());
        return transaction->setCrs(britishGrid)
            .and_then([&] { return transaction->beginDataset(datasetNamed("more")); })
            .and_then([&](std::int64_t) { return transaction->add(more.rows); })
            .and_then([&] { return transaction->endDataset(datasetNamed("more"), {}); })
            .and_then([&] { return transaction->commit(); });
    };
    const bool replace = GENERATE(false, true);
    FullDisk disk;
    std::size_t failures = 0;
    std::size_t room = 0;
    for (;; room += 5) {
        disk.setRoom(room);
        const auto done = import(file, replace);
        if (done) break;
        ++failures;
        if (done.error().message !=
            "The disk is full: " + utf8Text(file) + " was not changed. Free some space and try again.")
            FAIL("with room for " << room << " writes: " << done.error().message);
        if (readFile(file) != before) FAIL("changed with room for " << room << " writes");
    }
    CHECK(failures > 10);
    CHECK(filesIn(folder.path()) == 1);
    disk.setRoom(0);
    const auto fresh = folder.path() / "fresh.gpkg";
    const auto none = import(fresh, false);
    REQUIRE_FALSE(none);
    CHECK(none.error().message.find("The disk is full: ") == 0);
    CHECK(filesIn(folder.path()) == 1);
}
