// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/store/store.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/shared_data.h"

#include <QProcess>
#include <chrono>
#include <sqlite3.h>
#include <thread>

using namespace patchlight;
using namespace patchlight::test;

/// An import runs as a program of its own and is killed, as a power cut would, at random moments.
namespace {

constexpr int moments = 200;

QStringList arguments(const std::filesystem::path& project, const std::filesystem::path& extract) {
    return {"import", "--quiet", "--project", QString::fromStdString(utf8Text(project)),
            QString::fromStdString(utf8Text(extract))};
}

/// What a project holds, in one text; "not whole" where SQLite finds it damaged.
std::string contentOf(const std::filesystem::path& project) {
    const auto file = Project::open(project, OpenMode::readWrite);
    if (!file) return file.error().message;
    const auto table = file->incidents();
    if (!table) return table.error().message;
    sqlite3* database = nullptr;
    std::string whole = "not opened";
    if (sqlite3_open(utf8Text(project).c_str(), &database) == SQLITE_OK)
        sqlite3_exec(
            database, "PRAGMA integrity_check",
            [](void* text, int, char** values, char**) {
                *static_cast<std::string*>(text) = values[0];
                return 0;
            },
            &whole, nullptr);
    sqlite3_close(database);
    return file->fingerprint().value_or("no fingerprint") + ' ' + std::to_string(table->size()) + ' ' + whole;
}

} // namespace

TEST_CASE("killing an import at 200 random moments leaves the project as it was, each time", "[cli][property]") {
    const auto extract = std::filesystem::path(PATCHLIGHT_SOURCE_DIR) / "resources/sample/sandhaven-incidents.csv";
    const TemporaryFolder folder;
    const auto project = folder.path() / "town.gpkg", kept = folder.path() / "kept.gpkg";
    const auto run = [&](const std::filesystem::path& into, const std::filesystem::path& file) {
        QProcess program;
        program.start(PATCHLIGHT_CLI, arguments(into, file));
        REQUIRE(program.waitForFinished(60'000));
        INFO(program.readAllStandardError().toStdString());
        REQUIRE(program.exitCode() == 0);
    };
    run(project, folder.write("first.csv", "Easting,Northing,Category,Date\n400100,100100,Litter,2024-01-02\n"));
    std::filesystem::copy_file(project, kept);
    const std::string before = contentOf(project);
    const auto started = std::chrono::steady_clock::now();
    run(folder.path() / "town.gpkg", extract);
    const auto whole = std::chrono::steady_clock::now() - started;
    const std::string after = contentOf(project);
    REQUIRE(before != after);

    Random random{200};
    int killed = 0;
    for (int moment = 0; moment < moments; ++moment) {
        std::filesystem::copy_file(kept, project, std::filesystem::copy_options::overwrite_existing);
        std::filesystem::remove(folder.path() / "town.gpkg-journal");
        QProcess program;
        program.start(PATCHLIGHT_CLI, arguments(project, extract));
        REQUIRE(program.waitForStarted());
        std::this_thread::sleep_for(random.unit() * whole);
        program.kill();
        REQUIRE(program.waitForFinished());
        if (program.exitStatus() == QProcess::CrashExit) ++killed;
        const std::string now = contentOf(project);
        INFO("moment " << moment);
        CHECK((now == before || now == after)); // all of it or nothing
    }
    CHECK(killed > moments / 2); // else it was not tried
}
