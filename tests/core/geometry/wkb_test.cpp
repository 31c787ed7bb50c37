// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/detail/geos.h"
#include "core/geometry/geometry.h"
#include "tests/support/catch.h"
#include "tests/support/polygons.h"

using namespace patchlight;

namespace {

bool sameRings(const MultiPolygon& a, const MultiPolygon& b) {
    if (a.parts.size() != b.parts.size()) return false;
    for (std::size_t i = 0; i < a.parts.size(); ++i)
        if (a.parts[i].outer != b.parts[i].outer || a.parts[i].holes != b.parts[i].holes) return false;
    return true;
}

MultiPolygon example() {
    MultiPolygon polygon = polygonOf(Box{400000.123, 90000, 400100, 90100.5});
    polygon.parts[0].holes.push_back(
        {{400010, 90010}, {400010, 90020}, {400020, 90020}, {400020, 90010}, {400010, 90010}});
    polygon.parts.push_back(polygonOf(Box{0, 0, 1, 1}).parts[0]);
    return polygon;
}

/// What GEOS writes for well-known text, in a chosen byte order, kind and number of dimensions.
std::vector<std::byte> geosWkb(const char* text, int byteOrder, int flavour, int dimensions, bool withSrid) {
    const GEOSContextHandle_t geos = detail::geosOfThisThread().handle();
    GEOSWKTReader* reader = GEOSWKTReader_create_r(geos);
    const detail::GeosGeometry geometry(GEOSWKTReader_read_r(geos, reader, text));
    GEOSWKTReader_destroy_r(geos, reader);
    REQUIRE(geometry);
    GEOSSetSRID_r(geos, geometry.get(), 27700);
    GEOSWKBWriter* writer = GEOSWKBWriter_create_r(geos);
    GEOSWKBWriter_setByteOrder_r(geos, writer, byteOrder);
    GEOSWKBWriter_setFlavor_r(geos, writer, flavour);
    GEOSWKBWriter_setOutputDimension_r(geos, writer, dimensions);
    GEOSWKBWriter_setIncludeSRID_r(geos, writer, withSrid ? 1 : 0);
    std::size_t size = 0;
    unsigned char* bytes = GEOSWKBWriter_write_r(geos, writer, geometry.get(), &size);
    GEOSWKBWriter_destroy_r(geos, writer);
    std::vector<std::byte> wkb(size);
    for (std::size_t i = 0; i < size; ++i) wkb[i] = std::byte{bytes[i]};
    GEOSFree_r(geos, bytes);
    return wkb;
}

} // namespace

TEST_CASE("polygons come back from well-known binary to the bit", "[geometry][property]") {
    const auto back = fromWkb(toWkb(example()));
    REQUIRE(back);
    CHECK(sameRings(*back, example()));
    CHECK(fromWkb(toWkb(MultiPolygon{}))->empty());
    CHECK(fromWkb(toWkb(MultiPolygon{{Polygon{}}}))->empty());
}

TEST_CASE("GEOS reads what we write", "[geometry][oracle]") {
    const auto wkb = toWkb(example());
    const GEOSContextHandle_t geos = detail::geosOfThisThread().handle();
    GEOSWKBReader* reader = GEOSWKBReader_create_r(geos);
    const detail::GeosGeometry geometry(
        GEOSWKBReader_read_r(geos, reader, reinterpret_cast<const unsigned char*>(wkb.data()), wkb.size()));
    GEOSWKBReader_destroy_r(geos, reader);
    REQUIRE(geometry);
    double area = 0.0;
    GEOSArea_r(geos, geometry.get(), &area);
    CHECK(area == Approx(areaOf(example()).value()));
}

TEST_CASE("both byte orders, both kinds, Z and a reference system's number are read", "[geometry][oracle]") {
    const int byteOrder = GENERATE(0, 1), flavour = GENERATE(1, 2), dimensions = GENERATE(2, 3);
    const bool withSrid = flavour == 1 && GENERATE(false, true);
    const auto flat = fromWkb(geosWkb("POLYGON Z ((0 0 5, 0 10 5, 10 10 5, 0 0 5), (1 2 5, 2 4 5, 2 3 5, 1 2 5))",
                                      byteOrder, flavour, dimensions, withSrid));
    REQUIRE(flat);
    REQUIRE(flat->parts.size() == 1);
    // Turned: outer counter-clockwise, hole clockwise.
    CHECK(flat->parts[0].outer == Ring{{0, 0}, {10, 10}, {0, 10}, {0, 0}});
    CHECK(flat->parts[0].holes.size() == 1);
    CHECK(test::ringArea(flat->parts[0].holes[0]) < 0);
    const auto two = fromWkb(geosWkb("MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)), ((5 5 1, 6 5 1, 6 6 1, 5 5 1)))",
                                     byteOrder, flavour, dimensions, withSrid));
    REQUIRE(two);
    CHECK(two->parts.size() == 2);
}

TEST_CASE("binary cut short anywhere or lying about its size is refused", "[geometry][edge]") {
    const auto whole = toWkb(example());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto cut = fromWkb(std::span(whole).first(size));
        REQUIRE_FALSE(cut);
        CHECK(cut.error().code == ErrorCode::fileFormat);
    }
    CHECK(fromWkb({}).error().message == "The polygon's well-known binary is cut short or damaged.");
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (const unsigned value : {0x00u, 0x7fu, 0xffu}) {
            auto damaged = whole;
            damaged[at] = static_cast<std::byte>(value);
            (void)fromWkb(damaged); // an answer or an error, never a crash or all memory
        }
    CHECK_FALSE(fromWkb(geosWkb("GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)))", 1, 1, 2, false)));
}

TEST_CASE("points and lines are no areas, and the error says what came", "[geometry][edge]") {
    CHECK(fromWkb(geosWkb("POINT (1 2)", 1, 1, 2, false)).error().message ==
          "The shape is of well-known-binary type 1; only polygons (3) and multipolygons (6) can be areas.");
    CHECK(fromWkb(geosWkb("LINESTRING (1 2, 3 4)", 0, 1, 2, false)).error().code == ErrorCode::fileFormat);
}
