// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"

#include <memory>

namespace patchlight::test {

/// One incident of a test's table; texts may be left out.
struct TestIncident {
    std::optional<ProjectedPoint> position;
    std::string category = "Anti-social behaviour";
    std::string from = "2025-07"; ///< "2025-07", "2025-07-14" or "2025-07-14T21:30"; empty: no date
    std::string place;
    std::string dataset = "test";
};

[[nodiscard]] std::shared_ptr<const IncidentTable> tableOf(const std::vector<TestIncident>& incidents);

/// n incidents scattered evenly over a box, the same for the same seed.
[[nodiscard]] std::vector<TestIncident> scattered(std::size_t n, const Box& box, std::uint64_t seed);
/// n incidents within `radius` of a centre.
[[nodiscard]] std::vector<TestIncident> gathered(std::size_t n, ProjectedPoint centre, double radius,
                                                 std::uint64_t seed, const std::string& place);

} // namespace patchlight::test
