// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bandwidth/detail/counted_places.h"

#include "core/base/text.h"
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight::detail {
namespace {

constexpr double furthestCoordinate = 1e9; // m: squares of distances keep their meaning
constexpr double mostIncidents = 1e15;     // sums of whole numbers stay exact

Expected<void> checked(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = checkedNumber(weights, points.size()); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (!(weights[i] >= 0.0 && weights[i] <= mostIncidents) || weights[i] != std::floor(weights[i]))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: weights are counts of incidents, whole numbers "
                                    "from 0 up.",
                                    i + 1, shortestDecimal(weights[i])),
                        "weights");
    if (const auto ok = checkedFinite(points); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (std::abs(points[i].east) > furthestCoordinate || std::abs(points[i].north) > furthestCoordinate)
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Point {} lies more than a million kilometres away: its coordinates are not metres "
                                    "of a projection.",
                                    i + 1),
                        "points");
    }
    return {};
}

struct CountedValue {
    double value, count;
    auto operator<=>(const CountedValue&) const = default;
};

/// The value at a rank from 0 to n - 1 among values with counts, ascending; between ranks in proportion.
double atRank(const std::vector<CountedValue>& values, double rank) {
    const double whole = std::floor(rank);
    double before = 0.0;
    std::size_t at = 0;
    while (at + 1 < values.size() && before + values[at].count <= whole) before += values[at++].count;
    const bool next = before + values[at].count <= whole + 1 && at + 1 < values.size();
    const double above = values[next ? at + 1 : at].value;
    return values[at].value + (rank - whole) * (above - values[at].value);
}

struct AxisSpread {
    double deviation, quartiles;
};
AxisSpread spreadAlong(const CountedPlaces& places, double ProjectedPoint::*axis) {
    std::vector<CountedValue> values;
    double sum = 0.0;
    const double first = places.point.front().*axis; // large coordinates would eat the digits of the sums
    for (std::size_t i = 0; i < places.size(); ++i) {
        values.push_back({places.point[i].*axis - first, places.count[i]});
        sum += values.back().value * places.count[i];
    }
    const double n = places.incidents, mean = sum / n;
    double squares = 0.0;
    for (const CountedValue& v : values) squares += v.count * (v.value - mean) * (v.value - mean);
    std::sort(values.begin(), values.end());
    return {std::sqrt(squares / (n - 1)), atRank(values, 0.75 * (n - 1)) - atRank(values, 0.25 * (n - 1))};
}

} // namespace

Expected<CountedPlaces> countedPlaces(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = checked(points, weights); !ok) return fail(ok.error());
    std::vector<std::pair<ProjectedPoint, double>> each;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double count = weights.empty() ? 1.0 : weights[i];
        if (count > 0.0) each.emplace_back(points[i], count);
    }
    std::sort(each.begin(), each.end());
    CountedPlaces places;
    for (const auto& [point, count] : each) {
        if (places.point.empty() || places.point.back() != point) {
            places.point.push_back(point);
            places.count.push_back(0.0);
        }
        places.count.back() += count;
        places.incidents += count;
    }
    for (const double count : places.count)
        if (count > 1.0) places.sharing += count;
    return places;
}

double spreadOf(const CountedPlaces& places) {
    if (places.size() < 2) return 0.0;
    const AxisSpread east = spreadAlong(places, &ProjectedPoint::east);
    const AxisSpread north = spreadAlong(places, &ProjectedPoint::north);
    const double deviation = (east.deviation + north.deviation) / 2, quartiles = (east.quartiles + north.quartiles) / 2;
    return quartiles > 0.0 ? std::min(deviation, quartiles / 1.34) : deviation;
}

double referenceBandwidth(const CountedPlaces& places, double factor) {
    return factor * spreadOf(places) * std::pow(places.incidents, -1.0 / 6);
}

double medianOf(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return values.size() % 2 != 0 ? *middle : (*std::max_element(values.begin(), middle) + *middle) / 2;
}

std::string sizeOf(const CountedPlaces& places) {
    return counted(static_cast<std::size_t>(places.incidents), "incident", "incidents") + " at " +
           counted(places.size(), "place", "places");
}

std::optional<std::string> whyTooFew(const CountedPlaces& places) {
    if (places.size() == 0) return "Not usable: there are no incidents.";
    if (places.size() == 1)
        return fmt::format("Not usable: {} at one place {} no spread to go by.",
                           counted(static_cast<std::size_t>(places.incidents), "incident", "incidents"),
                           places.incidents > 1.0 ? "have" : "has");
    return std::nullopt;
}

} // namespace patchlight::detail
