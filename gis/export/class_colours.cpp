// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/class_colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace patchlight::gis {

namespace {

// Of the comparison the cold side stays paler: names must be read on it, and the hot side is what is looked for.
constexpr std::array<Colour, 5> heat{
    {{0xff, 0xff, 0xb2}, {0xfe, 0xcc, 0x5c}, {0xfd, 0x8d, 0x3c}, {0xf0, 0x3b, 0x20}, {0xbd, 0x00, 0x26}}};
constexpr std::array<Colour, 3> hot{{{0xf4, 0xa5, 0x82}, {0xd6, 0x60, 0x4d}, {0xb2, 0x18, 0x2b}}};
constexpr std::array<Colour, 3> cold{{{0xd1, 0xe5, 0xf0}, {0x92, 0xc5, 0xde}, {0x43, 0x93, 0xc3}}};

/// The colour of place `index` of `count` along a ramp.
Colour alongRamp(std::span<const Colour> ramp, std::size_t index, std::size_t count) {
    if (count <= 1) return ramp[ramp.size() / 2];
    const double at = static_cast<double>(std::min(index, count - 1)) * static_cast<double>(ramp.size() - 1) /
                      static_cast<double>(count - 1);
    const auto low = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
    const double share = at - static_cast<double>(low);
    const auto mix = [&](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    const Colour &a = ramp[low], &b = ramp[low + 1];
    return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

} // namespace

std::string Colour::hex() const {
    return fmt::format("#{:02x}{:02x}{:02x}", red, green, blue);
}

std::span<const Colour> densityRamp() {
    return heat;
}

std::vector<Colour> classColours(const Result& result) {
    const std::size_t count = result.classes.size();
    const auto below =
        static_cast<std::size_t>(std::ranges::count_if(result.classes, &DensityClass::below)); // they come first
    std::vector<Colour> colours;
    for (std::size_t i = 0; i < count; ++i) {
        if (result.ramp == Ramp::sequential)
            colours.push_back(alongRamp(heat, i, count));
        else if (i < below)
            colours.push_back(alongRamp(cold, below - 1 - i, below));
        else
            colours.push_back(alongRamp(hot, i - below, count - below));
    }
    return colours;
}

} // namespace patchlight::gis
