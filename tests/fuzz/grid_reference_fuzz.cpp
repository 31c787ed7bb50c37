// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/grid_reference.h"
#include "core/import/detail/positions.h"
#include "tests/fuzz/fuzz.h"

#include <cmath>
#include <string>

using namespace patchlight;

/// A grid reference lies in Great Britain's squares, at the centre of its own, whatever blanks it has; a text is a
/// position in the same way.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto square = detail::parseGridReference(text);
    const auto position = detail::readPosition(text, "", 27700, false);
    if (!square) return 0;
    const auto [east, north] = square->centre;
    fuzz::expect(east > 0.0 && east < 700000.0 && north > 0.0 && north < 1300000.0, "in Great Britain");
    fuzz::expect(std::fmod(east - square->size / 2, square->size) == 0.0, "the centre of a square");
    std::string close;
    for (const char c : text)
        if (static_cast<unsigned char>(c) > ' ') close += c;
    const auto again = detail::parseGridReference(close);
    fuzz::expect(again && again->centre == square->centre, "the same without blanks");
    fuzz::expect(position.fromGridReference && position.point == square->centre, "a position as well");
    return 0;
}
