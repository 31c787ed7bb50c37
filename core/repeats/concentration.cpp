// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/repeats/detail/counts.h"
#include "core/repeats/repeats.h"

#include <algorithm>

namespace patchlight {
namespace {

/// The Lorenz curve of ascending counts after `empty` places without any.
std::vector<LorenzPoint> lorenzOf(const std::vector<double>& ascending, double empty, double incidents) {
    const double places = empty + static_cast<double>(ascending.size());
    std::vector<LorenzPoint> curve{{0.0, 0.0}};
    if (empty > 0.0) curve.push_back({empty / places, 0.0});
    double held = 0.0;
    for (std::size_t i = 0; i < ascending.size(); ++i) {
        held += ascending[i];
        if (i + 1 == ascending.size() || ascending[i + 1] != ascending[i])
            curve.push_back({(empty + static_cast<double>(i + 1)) / places, held / incidents});
    }
    return curve;
}

SmallestPlaces smallestFor(double wanted, const std::vector<double>& ascending, double incidents,
                           std::optional<std::size_t> allPlaces) {
    SmallestPlaces result{.wanted = wanted};
    double held = 0.0;
    for (auto count = ascending.rbegin(); count != ascending.rend() && held < wanted * incidents; ++count) {
        held += *count;
        ++result.places;
    }
    result.held = held / incidents;
    result.ofPlacesWithIncidents = static_cast<double>(result.places) / static_cast<double>(ascending.size());
    if (allPlaces) result.ofAllPlaces = static_cast<double>(result.places) / static_cast<double>(*allPlaces);
    return result;
}

} // namespace

Expected<Concentration> concentrationOf(std::span<const double> counts, std::optional<std::size_t> allPlaces) {
    if (const auto ok = detail::checkedCounts(counts, "counts"); !ok) return fail(ok.error());
    if (allPlaces && *allPlaces < counts.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are counts for {} places but {} places in all: give the number of all places, "
                                "with and without incidents.",
                                groupedCount(counts.size()), groupedCount(*allPlaces)),
                    "all-places");
    if (allPlaces && static_cast<double>(*allPlaces) > detail::mostIncidents)
        return fail(ErrorCode::invalidParameter, "The number of all places is not a number of places.", "all-places");
    std::vector<double> ascending;
    for (const double count : counts)
        if (count > 0.0) ascending.push_back(count);
    std::sort(ascending.begin(), ascending.end());
    Concentration result{.placesWithIncidents = ascending.size(), .allPlaces = allPlaces};
    for (const double count : ascending) result.incidents += count;
    if (ascending.empty())
        return fail(ErrorCode::emptyInput, "There is no incident whose concentration could be measured.", "counts");

    const double places = static_cast<double>(allPlaces.value_or(ascending.size()));
    const double empty = places - static_cast<double>(ascending.size());
    result.lorenz = lorenzOf(ascending, empty, result.incidents);
    double ranked = 0.0; // sum of i y_i
    for (std::size_t i = 0; i < ascending.size(); ++i)
        ranked += (empty + static_cast<double>(i + 1)) * (ascending[i] / result.incidents);
    const double spread = 2.0 * ranked - places - 1.0;
    result.gini = std::max(0.0, spread / places);
    result.generalisedGini = std::clamp(std::max(1.0 / result.incidents, 1.0 / places) * spread -
                                            std::max(places / result.incidents, 1.0) + 1.0,
                                        0.0, 1.0);
    constexpr std::array wanted{0.25, 0.5, 0.8};
    for (std::size_t i = 0; i < wanted.size(); ++i)
        result.smallest[i] = smallestFor(wanted[i], ascending, result.incidents, allPlaces);
    return result;
}

} // namespace patchlight
