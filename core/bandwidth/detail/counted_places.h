// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <optional>
#include <string>

namespace patchlight::detail {

/// Distinct places with whole counts above 0, in the order of (east, north).
struct CountedPlaces {
    std::vector<ProjectedPoint> point;
    std::vector<double> count;
    double incidents = 0.0;
    double sharing = 0.0; ///< incidents at a place that has another one

    [[nodiscard]] std::size_t size() const { return point.size(); }
};
/// errors: invalidParameter (as bandwidth.h says of points and weights)
[[nodiscard]] Expected<CountedPlaces> countedPlaces(std::span<const ProjectedPoint> points,
                                                    std::span<const double> weights);

/// min(mean SD, mean IQR/1.34) of the incidents over both axes, m; the SD where the IQR is 0; 0 for fewer than two
/// places.
[[nodiscard]] double spreadOf(const CountedPlaces& places);
/// factor s n^(-1/6)
[[nodiscard]] double referenceBandwidth(const CountedPlaces& places, double factor);
inline constexpr double oversmoothing = 1.085;

/// The middle value; of an even number the mean of the two in the middle. Not for none.
[[nodiscard]] double medianOf(std::vector<double> values);

/// "9,097 incidents at 4,463 places"
[[nodiscard]] std::string sizeOf(const CountedPlaces& places);
/// Why there is nothing to work with, as a reason; nothing where there are two places or more.
[[nodiscard]] std::optional<std::string> whyTooFew(const CountedPlaces& places);

} // namespace patchlight::detail
