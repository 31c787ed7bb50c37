// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/write.h"

namespace patchlight::sample {

std::vector<SampleFile> buildSample() {
    constexpr std::uint64_t seed = 20250701;
    const Town town = buildTown(seed);
    Records records = buildRecords(town, seed);
    return {{"land.geojson", landText(town)},
            {"places.geojson", placesText(town)},
            {"roads.geojson", streetsText(town)},
            {"sandhaven-incidents.csv", std::move(records.csv)},
            {"snap_points.geojson", snapPointsText(town)},
            {"truth.json", std::move(records.truth)},
            {"wards.geojson", wardsText(town)},
            {"water.geojson", waterText(town)}};
}

} // namespace patchlight::sample
