// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "resources/sample/generator/plan.h"

#include <cstdint>
#include <string>
#include <vector>

/// Sandhaven: streets, wards, coast, river and the points its records are placed by.
namespace patchlight::sample {

struct Street {
    std::string name;
    std::string highway; ///< trunk, primary, secondary, tertiary, residential, pedestrian (OpenStreetMap's words)
    Line line;
    bool inTown = true; ///< false for the roads beyond the last houses
};

struct Ward {
    std::string code, name;
    int population = 0;
    double busyness = 1.0; ///< incidents per address, against the town's mean
    Line ring;             ///< closed
};

/// A place a record can name: about every 15 m along a street, on either side.
struct Address {
    Point point;
    std::uint32_t street = 0;
    std::uint32_t snap = 0; ///< its street's nearest snap point
    int ward = -1;
};

struct NamedPoint {
    std::string name, kind;
    Point point;
};

struct Town {
    std::vector<Street> streets;
    std::vector<Ward> wards;
    std::vector<NamedPoint> places;     ///< labels: the town and the villages around
    std::vector<NamedPoint> snapPoints; ///< "On or near ..." on each street, about every 200 m
    std::vector<Address> addresses;
    std::vector<Line> land;  ///< rings: the land, the pier
    std::vector<Line> water; ///< ring: the river
};

[[nodiscard]] Town buildTown(std::uint64_t seed);

// Parts of buildTown, in their own files.
[[nodiscard]] std::vector<Street> buildStreets(std::uint64_t seed);
void addAddresses(Town& town);

} // namespace patchlight::sample
