// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <span>
#include <string_view>

namespace patchlight::detail {

/// What the values of one column look like. A value may look like several things.
struct ColumnContent {
    std::size_t filled = 0;                         ///< not empty, "NA" or the like
    std::size_t distinct = 0;                       ///< different ones among them
    std::size_t letters = 0;                        ///< hold a letter
    std::size_t numbers = 0;                        ///< also with thousands separators or a decimal comma
    std::size_t wholeNumbers = 0;                   ///< digits only
    std::size_t dates = 0;                          ///< also Excel's day numbers and "20250714"
    std::size_t plainDates = 0;                     ///< without those two
    std::size_t dayNumbers = 0;                     ///< Excel's
    std::size_t clocks = 0;                         ///< also "2130"
    std::size_t plainClocks = 0;                    ///< with a colon
    std::size_t years = 0;                          ///< 1900 to 2100
    std::size_t upTo12 = 0, upTo31 = 0, upTo59 = 0; ///< whole numbers; the first two from 1, and names of months
    std::size_t degrees = 0;                        ///< -180 to 180
    std::size_t gridReferences = 0, postcodes = 0, uprns = 0, longUprns = 0, areaCodes = 0;
    double meanLength = 0.0; ///< bytes
};
/// Of column `column` in a sample of rows, row-major. cost: O(rows)
[[nodiscard]] ColumnContent contentOf(std::span<const std::string_view> sample, std::size_t columns,
                                      std::size_t column);

/// Two columns of numbers, row by row.
struct PairContent {
    std::size_t given = 0;         ///< both are numbers and not 0/0
    std::size_t britishGrid = 0;   ///< easting and northing in a 100 km square with land
    std::size_t turnedGrid = 0;    ///< so when swapped
    std::size_t metres = 0;        ///< in the range of the British grid
    std::size_t degrees = 0;       ///< |x| <= 180, |y| <= 90
    std::size_t british = 0;       ///< longitude -9 to 2.1, latitude 49 to 61.5
    std::size_t turnedBritish = 0; ///< so when swapped
    std::size_t turnedOnly = 0;    ///< |y| from 90 to 180: a longitude in the place of the latitude
    ProjectedPoint first;          ///< the first given
};
[[nodiscard]] PairContent pairOf(std::span<const std::string_view> sample, std::size_t columns, std::size_t x,
                                 std::size_t y, bool decimalComma);

[[nodiscard]] bool isPostcode(std::string_view text); ///< "BH1 2EF", "bh233qa", "EC1A 1BB": a whole unit
[[nodiscard]] bool isUprn(std::string_view text);     ///< up to 12 digits
[[nodiscard]] bool isAreaCode(std::string_view text); ///< "E01015351": a letter of E, W, S, N, K and eight digits

} // namespace patchlight::detail
