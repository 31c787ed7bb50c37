// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paths.h"

#include "core/base/path_text.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
namespace fs = std::filesystem;

TEST_CASE("paths from a root, without detours, as they are stored", "[base][paths]") {
    CHECK_FALSE(isAbsolute("town.gpkg"));
    CHECK(isAbsolute(absolutePath("town.gpkg")));
    CHECK(absolutePath("town.gpkg").filename() == "town.gpkg");
    CHECK(slashedText(normalPath(fs::path("a") / ".." / "b" / "." / "town.gpkg")) == "b/town.gpkg");
    const test::TemporaryFolder folder;
    CHECK(isFolder(folder.path()));
    CHECK_FALSE(isFolder(folder.path() / "none"));
    CHECK_FALSE(isFolder(folder.write("file", "text")));
    CHECK(resolvedPath(folder.path() / "x" / ".." / "file") == resolvedPath(folder.path() / "file"));
}

#ifdef _WIN32
TEST_CASE("a network share keeps both its separators", "[base][paths]") {
    for (const std::string share : {"\\\\council\\data\\", "//council/data/"}) {
        const fs::path town = pathFromUtf8(share + "2025\\..\\\xC5\xB4yn.gpkg");
        INFO(utf8Text(town));
        CHECK(isAbsolute(town));
        CHECK(absolutePath(town) == town);
        CHECK(slashedText(normalPath(town)) == "//council/data/\xC5\xB4yn.gpkg");
        CHECK(slashedText(resolvedPath(town)) == "//council/data/\xC5\xB4yn.gpkg");
        CHECK(slashedText(normalPath(town.parent_path() / "../../../archive/maps/w.gpkg")) == "//archive/maps/w.gpkg");
    }
}
#endif
