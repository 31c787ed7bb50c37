// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/geopackage.h"
#include "core/store/detail/rtree_pack.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <tbb/global_control.h>

#include <cmath>
#include <set>

using namespace patchlight;
using namespace patchlight::test;

TEST_CASE("the packed R-tree finds what a look at every point finds", "[store][oracle]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    // 51 cells a node: one, two and three levels, and their edges.
    const auto count = GENERATE(std::size_t{1}, std::size_t{51}, std::size_t{52}, std::size_t{60}, std::size_t{2601},
                                std::size_t{2700}, std::size_t{30000});
    const auto incidents = randomIncidents(static_cast<unsigned>(count), count);
    importInto(file, "points", incidents.rows);
    OtherProgram other{file};
    REQUIRE(other.value("SELECT rtreecheck('rtree_incidents_geom')") == "ok");
    REQUIRE(other.value("PRAGMA integrity_check") == "ok");
    std::mt19937 random(11);
    for (int box = 0; box < 40; ++box) {
        const double west = 399990.0 + static_cast<double>(random() % 2000);
        const double south = 89990.0 + static_cast<double>(random() % 2000);
        const double east = west + static_cast<double>(random() % 700);
        const double north = south + static_cast<double>(random() % 700);
        std::vector<std::int64_t> expected;
        for (std::size_t i = 0; i < count; ++i)
            if (const auto& p = incidents.rows[i].position)
                if (p->east >= west && p->east <= east && p->north >= south && p->north <= north)
                    expected.push_back(static_cast<std::int64_t>(i + 1));
        const auto inside = "maxx >= " + std::to_string(west) + " AND minx <= " + std::to_string(east) +
                            " AND maxy >= " + std::to_string(south) + " AND miny <= " + std::to_string(north);
        CHECK(other.integers("SELECT id FROM rtree_incidents_geom WHERE " + inside + " ORDER BY id") == expected);
    }
}

TEST_CASE("a project is the same on one thread and on several", "[store][property]") {
    const TemporaryFolder folder;
    const auto incidents = randomIncidents(8, 70000);
    const auto contentOf = [&](const std::string& name, std::size_t threads) {
        const tbb::global_control limit{tbb::global_control::max_allowed_parallelism, threads};
        importInto(folder.path() / name, "points", incidents.rows);
        OtherProgram other{folder.path() / name};
        std::string content;
        for (const auto* sql :
             {"SELECT group_concat(nodeno || hex(data)) FROM (SELECT * FROM rtree_incidents_geom_node ORDER BY 1)",
              "SELECT group_concat(rowid || ' ' || nodeno) FROM (SELECT * FROM rtree_incidents_geom_rowid ORDER BY 1)",
              "SELECT group_concat(name || block || hex(data)) FROM (SELECT * FROM patchlight_column ORDER BY 1, 2)"})
            content += other.value(sql);
        return content;
    };
    const auto one = contentOf("one.gpkg", 1);
    CHECK(one.size() > 1'000'000);
    CHECK((one == contentOf("two.gpkg", 2)));
    CHECK((one == contentOf("four.gpkg", 4)));
}

TEST_CASE("a packed R-tree can be edited like any other", "[store][property]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    importInto(file, "points", randomIncidents(4, 3000).rows);
    OtherProgram other{file};
    other.run("BEGIN");
    std::mt19937 random(5);
    for (int i = 0; i < 300; ++i) {
        other.run("DELETE FROM rtree_incidents_geom WHERE id = " + std::to_string(1 + random() % 3000));
        const auto x = std::to_string(400000 + random() % 2000);
        other.run("INSERT INTO rtree_incidents_geom VALUES (" + std::to_string(10000 + i) + ", " + x + ", " + x +
                  ", 90500, 90500)");
    }
    CHECK(other.value("SELECT rtreecheck('rtree_incidents_geom')") == "ok");
    CHECK(other.value(
              "SELECT count(*) FROM rtree_incidents_geom WHERE id >= 10000 AND miny <= 90500 AND maxy >= 90500") ==
          "300");
}

TEST_CASE("R-tree boxes enclose what they stand for", "[store][property]") {
    std::mt19937_64 random(3);
    std::uniform_real_distribution<double> anywhere(-2e6, 2e6);
    for (int i = 0; i < 2000; ++i) {
        const ProjectedPoint p{anywhere(random), anywhere(random)};
        const auto entry = store::rtreeEntry(i, p);
        CHECK((entry.west <= p.east && p.east <= entry.east && entry.south <= p.north && p.north <= entry.north));
        CHECK(double{entry.east} - double{entry.west} <= 0.25); // at most one float apart
    }
    const auto exact = store::rtreeEntry(1, ProjectedPoint{0.5, -0.25});
    CHECK((exact.west == 0.5F && exact.east == 0.5F && exact.south == -0.25F && exact.north == -0.25F));
}

TEST_CASE("the Hilbert curve visits neighbouring cells one after the other", "[store][property]") {
    // A 64 x 64 corner: every index once, and consecutive ones touch.
    constexpr std::uint32_t side = 64;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> cellOf(side * side, {~0U, ~0U});
    for (std::uint32_t x = 0; x < side; ++x)
        for (std::uint32_t y = 0; y < side; ++y) {
            const auto index = store::hilbertIndex(x, y);
            REQUIRE(index < side * side);
            REQUIRE(cellOf[index].first == ~0U);
            cellOf[index] = {x, y};
        }
    bool touching = true;
    for (std::size_t i = 1; i < cellOf.size(); ++i) {
        const auto dx = static_cast<int>(cellOf[i].first) - static_cast<int>(cellOf[i - 1].first);
        const auto dy = static_cast<int>(cellOf[i].second) - static_cast<int>(cellOf[i - 1].second);
        touching = touching && std::abs(dx) + std::abs(dy) == 1;
    }
    CHECK(touching);
}

TEST_CASE("geometry blobs of other programs are understood", "[store]") {
    const auto bytes = [](std::string_view hex) {
        std::vector<std::byte> result;
        for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
            result.push_back(static_cast<std::byte>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16)));
        return result;
    };
    // Big-endian point (1, 2) in EPSG:4326, without envelope.
    CHECK(store::pointOf(bytes("47500000000010E6"
                               "0000000001"
                               "3FF0000000000000"
                               "4000000000000000")) == ProjectedPoint{1.0, 2.0});
    // Point Z (1, 2, 3), little-endian, kind 1001.
    CHECK(store::pointOf(bytes("47500001E6100000"
                               "01E9030000"
                               "000000000000F03F"
                               "0000000000000040"
                               "0000000000000840")) == ProjectedPoint{1.0, 2.0});
    const auto emptyPoint = bytes("47500011E6100000"
                                  "0101000000"
                                  "000000000000F87F"
                                  "000000000000F87F");
    CHECK_FALSE(store::pointOf(emptyPoint));
    REQUIRE(store::boxOfBlob(emptyPoint));
    CHECK(store::boxOfBlob(emptyPoint)->empty());
    // Line (1 2, 3 1) without envelope.
    CHECK(store::boxOfBlob(bytes("47500001E6100000"
                                 "010200000002000000"
                                 "000000000000F03F"
                                 "0000000000000040"
                                 "0000000000000840"
                                 "000000000000F03F")) == Box{1.0, 1.0, 3.0, 2.0});
    const auto whole = bytes("47500001E6100000"
                             "010200000002000000"
                             "000000000000F03F"
                             "0000000000000040"
                             "0000000000000840"
                             "000000000000F03F");
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(store::boxOfBlob(std::span{whole}.first(length))); // cut short anywhere
    CHECK_FALSE(store::boxOfBlob(bytes("47500001E6100000"
                                       "0110000000"
                                       "00000000"))); // a kind of its own
}
