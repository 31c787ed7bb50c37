// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/grid_reference.h"

#include "tests/support/catch.h"

#include <fmt/format.h>

#include <cmath>
#include <random>

using namespace patchlight;
using detail::parseGridReference;

namespace {

/// The hundred-kilometre squares as the Ordnance Survey's map of them shows them, from the north.
const std::vector<std::vector<std::string>> squares{
    {"HL", "HM", "HN", "HO", "HP", "JL", "JM"}, {"HQ", "HR", "HS", "HT", "HU", "JQ", "JR"},
    {"HV", "HW", "HX", "HY", "HZ", "JV", "JW"}, {"NA", "NB", "NC", "ND", "NE", "OA", "OB"},
    {"NF", "NG", "NH", "NJ", "NK", "OF", "OG"}, {"NL", "NM", "NN", "NO", "NP", "OL", "OM"},
    {"NQ", "NR", "NS", "NT", "NU", "OQ", "OR"}, {"NV", "NW", "NX", "NY", "NZ", "OV", "OW"},
    {"SA", "SB", "SC", "SD", "SE", "TA", "TB"}, {"SF", "SG", "SH", "SJ", "SK", "TF", "TG"},
    {"SL", "SM", "SN", "SO", "SP", "TL", "TM"}, {"SQ", "SR", "SS", "ST", "SU", "TQ", "TR"},
    {"SV", "SW", "SX", "SY", "SZ", "TV", "TW"}};

} // namespace

TEST_CASE("grid references name the squares of the Ordnance Survey's map", "[import][oracle]") {
    std::mt19937 random{3};
    for (std::size_t row = 0; row < squares.size(); ++row)
        for (std::size_t column = 0; column < squares[row].size(); ++column)
            for (int digits = 1; digits <= 5; ++digits) {
                const double size = std::pow(10.0, 5 - digits);
                const auto most = static_cast<unsigned>(std::pow(10.0, digits));
                const auto e = static_cast<unsigned>(random() % most), n = static_cast<unsigned>(random() % most);
                const ProjectedPoint centre{static_cast<double>(column) * 1e5 + (e + 0.5) * size,
                                            static_cast<double>(12 - row) * 1e5 + (n + 0.5) * size};
                for (const auto& text :
                     {fmt::format("{} {:0{}} {:0{}}", squares[row][column], e, digits, n, digits),
                      fmt::format("{}{:0{}}{:0{}}", squares[row][column], e, digits, n, digits),
                      fmt::format(" {}  {:0{}}{:0{}} ", squares[row][column], e, digits, n, digits)}) {
                    INFO(text);
                    const auto square = parseGridReference(text);
                    REQUIRE(square);
                    CHECK(square->centre == centre);
                    CHECK(square->size == size);
                }
            }
    CHECK(parseGridReference("sz088912")->centre == ProjectedPoint{408850, 91250});
}

TEST_CASE("what is no grid reference is none", "[import][bad-input]") {
    for (const char* text : {"", "SZ", "SZ 1", "SZ 088 91", "SZ 08 8912", "SZ 0 88 912", "S 088 912", "SZI 088 912",
                             "IZ 088 912", "SZ 088 9x2", "SZ 123456 123456", "AA 088 912", "ZZ 088 912", "WA 11 22",
                             "088 912", "SZ-088-912", "BH1 1AA", "North 12"}) {
        INFO(text);
        CHECK_FALSE(parseGridReference(text));
    }
}

TEST_CASE("squares with land are told from those of the sea", "[import]") {
    for (const ProjectedPoint town :
         {ProjectedPoint{408900, 91200}, ProjectedPoint{530000, 180000}, ProjectedPoint{325800, 673900},
          ProjectedPoint{447500, 1141500}, ProjectedPoint{90200, 10500}, ProjectedPoint{318000, 176000}})
        CHECK(detail::inSquareWithLand(town));
    for (const ProjectedPoint sea : {ProjectedPoint{91200, 408900}, ProjectedPoint{650000, 650000},
                                     ProjectedPoint{-1, 50}, ProjectedPoint{408900, 1400000}})
        CHECK_FALSE(detail::inSquareWithLand(sea));
}
