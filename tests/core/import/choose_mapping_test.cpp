// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/choose_mapping.h"

#include "tests/support/catch.h"

using namespace patchlight;
using patchlight::detail::chooseMapping;
using patchlight::detail::RecordInput;

namespace {

RecordInput geometryInput(std::vector<std::string> header, int epsg) {
    header.insert(header.end(), {"geometry_x", "geometry_y"});
    return RecordInput(
        RecordStream{.header = std::move(header), .next = {}, .records = 0, .geometryColumns = true, .crsEpsg = epsg});
}

using Roles = std::vector<ColumnRole>;
constexpr auto other = ColumnRole::other;

} // namespace

TEST_CASE("a geometry is the position, and other coordinates are kept as they are", "[import]") {
    const auto mapping =
        chooseMapping(geometryInput({"Ref", "Longitude", "Latitude", "Easting", "Northing", "Crime type"}, 27700), {});
    REQUIRE(mapping);
    CHECK(mapping->roles == Roles{ColumnRole::reference, other, other, other, other, ColumnRole::category,
                                  ColumnRole::easting, ColumnRole::northing});
    CHECK(mapping->crsEpsg == 27700);
    CHECK(mapping->header.size() == mapping->roles.size());
}

TEST_CASE("a geometry needs no other column of coordinates, nor half of a pair", "[import]") {
    const int epsg = GENERATE(0, 4326);
    const auto mapping = chooseMapping(geometryInput({"Longitude", "Crime type"}, epsg), {});
    REQUIRE(mapping);
    CHECK(mapping->roles == Roles{other, ColumnRole::category, ColumnRole::longitude, ColumnRole::latitude});
    CHECK(mapping->crsEpsg == epsg);
}

TEST_CASE("the police's street file is recognised with a geometry beside it", "[import]") {
    const auto mapping = chooseMapping(
        geometryInput({"Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location",
                       "LSOA code", "LSOA name", "Crime type", "Last outcome category", "Context"},
                      4326),
        {});
    REQUIRE(mapping);
    CHECK(mapping->anonymised);
    CHECK(mapping->roles[4] == other);
    CHECK(mapping->roles[12] == ColumnRole::longitude);
}

TEST_CASE("a mapping without a position takes the geometry's, one with a position keeps its own", "[import]") {
    const auto input = geometryInput({"Art", "E", "N"}, 27700);
    const auto category = chooseMapping(input, {{"columns", {{"Art", "category"}}}});
    REQUIRE(category);
    CHECK(category->roles == Roles{ColumnRole::category, other, other, ColumnRole::easting, ColumnRole::northing});
    CHECK(category->crsEpsg == 27700);
    const auto own = chooseMapping(input, {{"columns", {{"E", "easting"}, {"N", "northing"}}}});
    REQUIRE(own);
    CHECK(own->roles == Roles{other, ColumnRole::easting, ColumnRole::northing, other, other});
    const auto bad = chooseMapping(input, {{"columns", 3}});
    REQUIRE_FALSE(bad);
    CHECK_THAT(bad.error().message, Catch::Contains("has no \"columns\""));
}
