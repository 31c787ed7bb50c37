// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/town.h"

#include "resources/sample/generator/portable.h"

#include <algorithm>
#include <cmath>

namespace patchlight::sample {

namespace {

struct WardPlan {
    const char *code, *name;
    double west, east, south, north;
    int population;
    double busyness;
};
constexpr WardPlan wardPlans[]{
    {"SHW01", "Westcliff", 0, 2, waterline, 3, 8430, 0.8},
    {"SHW02", "Harbour", 2, 3, waterline, 3, 7910, 1.5},
    {"SHW03", "Town Centre", 3, 4, waterline, 3, 9260, 2.6},
    {"SHW04", "Eastcliff", 4, 5, waterline, 3, 8120, 1.4},
    {"SHW05", "Gullcombe", 5, 7, waterline, 3, 9870, 0.7},
    {"SHW06", "Millbrook", 0, 2, 3, 6, 10340, 1.1},
    {"SHW07", "Priory", 2, 3, 3, 6, 8890, 1.0},
    {"SHW08", "Rowan Hill", 3, 4, 3, 6, 8050, 0.9},
    {"SHW09", "Fairmead", 4, 5, 3, 6, 7640, 0.7},
    {"SHW10", "Netherfield", 5, 7, 3, 6, 9110, 0.6},
};

void append(Line& ring, PlanPoint from, PlanPoint to, bool reversed) {
    Line side = drawn({from, to}); // always drawn the same way, so that neighbours share every point
    if (reversed) std::reverse(side.begin(), side.end());
    if (!ring.empty()) side.erase(side.begin());
    ring.insert(ring.end(), side.begin(), side.end());
}

std::vector<Ward> buildWards() {
    std::vector<Ward> wards;
    for (const WardPlan& plan : wardPlans) {
        Ward ward{plan.code, plan.name, plan.population, plan.busyness, {}};
        append(ward.ring, {plan.west, plan.south}, {plan.east, plan.south}, false);
        append(ward.ring, {plan.east, plan.south}, {plan.east, plan.north}, false);
        append(ward.ring, {plan.west, plan.north}, {plan.east, plan.north}, true);
        append(ward.ring, {plan.west, plan.south}, {plan.west, plan.north}, true);
        wards.push_back(std::move(ward));
    }
    return wards;
}

/// The coast from far west to far east, closed round the north.
Line landRing() {
    Line ring = drawn({{-8, waterline}, {15, waterline}});
    const double west = ring.front().east;
    const double east = ring.back().east;
    ring.push_back({east, 92000});
    ring.push_back({west, 92000});
    ring.push_back(ring.front());
    return ring;
}

Line pierRing() {
    const Point foot = onGround({3.62, waterline + 0.05});
    const Point up = onGround({3.62, 0.3});
    const double length = distance(foot, up);
    const double dx = (foot.east - up.east) / length;
    const double dy = (foot.north - up.north) / length;
    const auto corner = [&](double out, double side) {
        const double east = foot.east + dx * out - dy * side;
        const double north = foot.north + dy * out + dx * side;
        return Point{std::floor(east * 10 + 0.5) / 10, std::floor(north * 10 + 0.5) / 10};
    };
    return {corner(0, -9),    corner(0, 9),     corner(330, 9),  corner(330, 22), corner(390, 22),
            corner(390, -22), corner(330, -22), corner(330, -9), corner(0, -9)};
}

Line riverRing() {
    constexpr int steps = 70;
    const auto bank = [](int i, double side) {
        const double inland = waterline - 0.12 + (13 - waterline) * i / steps;
        const PlanPoint middle = riverAt(inland);
        const double perAlong = groundDistance(middle, {middle.along + 0.1, inland}) / 0.1;
        return PlanPoint{middle.along + side * riverHalfWidth(inland) / perAlong, inland};
    };
    PlanLine plan;
    for (int i = 0; i <= steps; ++i) plan.push_back(bank(i, -1));
    for (int i = steps; i >= 0; --i) plan.push_back(bank(i, 1));
    Line ring = drawn(plan);
    ring.push_back(ring.front());
    return ring;
}

std::vector<NamedPoint> buildPlaces() {
    const auto at = [](const char* name, const char* kind, double along, double inland) {
        const Point p = onGround({along, inland});
        return NamedPoint{name, kind, {std::floor(p.east + 0.5), std::floor(p.north + 0.5)}};
    };
    // The wards' names are on the map already.
    return {at("Sandhaven", "town", 3.5, 1.45), at("Kiln End", "suburb", 1.55, 3.5),
            at("Wychford", "village", 2.1, 9.2), at("Old Gullcombe", "village", 9.0, 2.2)};
}

} // namespace

void addAddresses(Town& town) {
    for (std::uint32_t s = 0; s < town.streets.size(); ++s) {
        const Street& street = town.streets[s];
        if (!street.inTown) continue;
        const double length = lengthOf(street.line);
        const int snaps = std::max(1, static_cast<int>(length / 200 + 0.5));
        const auto firstSnap = static_cast<std::uint32_t>(town.snapPoints.size());
        int snapped = 0;
        int number = 0;
        double walked = 0.0;
        for (std::size_t i = 1; i < street.line.size(); ++i) {
            const Point a = street.line[i - 1];
            const Point b = street.line[i];
            const double leg = distance(a, b);
            const double dx = (b.east - a.east) / leg;
            const double dy = (b.north - a.north) / leg;
            const auto besides = [&](double along, double side) {
                const double t = along - walked;
                return Point{std::floor(a.east + dx * t - dy * side + 0.5),
                             std::floor(a.north + dy * t + dx * side + 0.5)};
            };
            while (snapped < snaps && (snapped + 0.5) * length / snaps <= walked + leg)
                town.snapPoints.push_back({street.name, "street", besides((snapped++ + 0.5) * length / snaps, 0)});
            for (; 7.5 + 15 * number < walked + leg; ++number) {
                const double along = 7.5 + 15 * number;
                const auto snap =
                    firstSnap + static_cast<std::uint32_t>(std::min(snaps - 1.0, std::floor(along * snaps / length)));
                for (const double side : {-11.0, 11.0}) town.addresses.push_back({besides(along, side), s, snap, -1});
            }
            walked += leg;
        }
        while (snapped < snaps) { // the last one may fall behind the end by a rounding
            town.snapPoints.push_back({street.name, "street", street.line.back()});
            ++snapped;
        }
    }
    for (Address& address : town.addresses)
        for (std::size_t w = 0; w < town.wards.size() && address.ward < 0; ++w)
            if (contains(town.wards[w].ring, address.point)) address.ward = static_cast<int>(w);
    std::erase_if(town.addresses, [](const Address& address) { return address.ward < 0; });
}

Town buildTown(std::uint64_t seed) {
    Town town;
    town.streets = buildStreets(seed);
    town.wards = buildWards();
    town.places = buildPlaces();
    town.land = {landRing(), pierRing()};
    town.water = {riverRing()};
    addAddresses(town);
    return town;
}

} // namespace patchlight::sample
