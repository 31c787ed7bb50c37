// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "resources/sample/generator/patterns.h"
#include "resources/sample/generator/town.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchlight::sample {

enum class Category { antisocial, violence, burglary, shoplifting, vehicle, damage };
inline constexpr std::size_t categoryCount = 6;
[[nodiscard]] std::string_view nameOf(Category category); ///< "Anti-social behaviour"

/// A place of crime put into the data on purpose.
struct Hotspot {
    std::string id, title;
    PlanPoint centre;
    double spread = 100.0; ///< standard deviation of the bell by which addresses are drawn, metres
    std::vector<std::pair<Category, double>> mix;
    std::size_t count = 0;
    Days days;
    Hours hours{};
    std::string when; ///< the same in words, for truth.json
    Day first = firstDay, last = lastDay;
};
[[nodiscard]] std::vector<Hotspot> plannedHotspots();

struct Record {
    Category category = Category::antisocial;
    Minute from{};
    std::optional<Minute> to;
    Point point;
    std::uint32_t street = 0;
    int ward = 0;
    int hotspot = -1; ///< -1: background
};
/// Background and hotspots, in the order of their times.
[[nodiscard]] std::vector<Record> drawRecords(const Town& town, const std::vector<Hotspot>& hotspots,
                                              std::uint64_t seed);

} // namespace patchlight::sample
