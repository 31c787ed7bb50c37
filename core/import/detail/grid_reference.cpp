// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/grid_reference.h"

#include "core/base/text.h"

#include <array>
#include <cstdint>

namespace patchlight::detail {

namespace {

constexpr int squaresEast = 7, squaresNorth = 13;

/// Bit e of row n: the square e hundred km east and n hundred km north of the false origin holds land.
constexpr std::array<std::uint8_t, squaresNorth> land{
    0b0111111, //  SV SW SX SY SZ TV
    0b1111110, //     SR SS ST SU TQ TR
    0b1111110, //     SM SN SO SP TL TM
    0b1111100, //        SH SJ SK TF TG
    0b0111100, //        SC SD SE TA
    0b0111110, //     NW NX NY NZ OV
    0b0011110, //     NR NS NT NU
    0b0001111, //  NL NM NN NO
    0b0011111, //  NF NG NH NJ NK
    0b0001111, //  NA NB NC ND
    0b0011110, //     HW HX HY HZ
    0b0011000, //           HT HU
    0b0010000, //              HP
};

/// 0 to 24 of the letters A to Z without I, or nothing.
std::optional<int> letterIndex(char c) {
    const char letter = static_cast<char>(c & ~0x20);
    if (letter < 'A' || letter > 'Z' || letter == 'I') return std::nullopt;
    return letter - 'A' - (letter > 'I' ? 1 : 0);
}

} // namespace

std::optional<GridSquare> parseGridReference(std::string_view text) {
    text = trimmed(text);
    if (text.size() < 4 || text.size() > 20) return std::nullopt;
    const auto outer = letterIndex(text[0]), inner = letterIndex(text[1]);
    if (!outer || !inner) return std::nullopt;
    std::array<char, 10> digits{};
    std::size_t count = 0, blanks = 0, firstGap = 0;
    for (const char c : text.substr(2)) {
        if (c == ' ') {
            if (count > 0 && (blanks == 0 || firstGap != count)) {
                ++blanks;
                firstGap = count;
            }
            continue;
        }
        if (c < '0' || c > '9' || count == digits.size()) return std::nullopt;
        digits[count++] = c;
    }
    if (count < 2 || count % 2 != 0 || blanks > 1 || (blanks == 1 && firstGap != count / 2)) return std::nullopt;
    // Five by five squares of 500 km, each of five by five of 100 km, rows from the north; the false origin is the
    // south-western corner of S, two columns east and three rows down.
    const int east = (*outer % 5 - 2) * 5 + *inner % 5, north = (3 - *outer / 5) * 5 + 4 - *inner / 5;
    if (east < 0 || east >= squaresEast || north < 0 || north >= squaresNorth) return std::nullopt;
    double size = 100000.0, x = 0.0, y = 0.0;
    for (std::size_t i = 0; i < count / 2; ++i) {
        size /= 10.0;
        x += (digits[i] - '0') * size;
        y += (digits[count / 2 + i] - '0') * size;
    }
    return GridSquare{{east * 100000.0 + x + size / 2.0, north * 100000.0 + y + size / 2.0}, size};
}

bool inSquareWithLand(ProjectedPoint point) {
    if (!(point.east >= 0.0 && point.east < squaresEast * 100000.0) ||
        !(point.north >= 0.0 && point.north < squaresNorth * 100000.0))
        return false;
    const auto east = static_cast<unsigned>(point.east / 100000.0);
    const auto north = static_cast<std::size_t>(point.north / 100000.0);
    return (land[north] >> east & 1u) != 0;
}

} // namespace patchlight::detail
