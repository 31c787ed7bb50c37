// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "resources/sample/generator/town.h"

#include <string>
#include <vector>

namespace patchlight::sample {

// The text of each layer file: GeoJSON with a "crs" member (EPSG:27700), one feature a line, coordinates in decimetres.
[[nodiscard]] std::string streetsText(const Town& town);
[[nodiscard]] std::string wardsText(const Town& town);
[[nodiscard]] std::string placesText(const Town& town);
[[nodiscard]] std::string snapPointsText(const Town& town);
[[nodiscard]] std::string landText(const Town& town);
[[nodiscard]] std::string waterText(const Town& town);

/// Three years of records.
struct Records {
    std::string csv;   ///< sandhaven-incidents.csv
    std::string truth; ///< truth.json
};
[[nodiscard]] Records buildRecords(const Town& town, std::uint64_t seed);

struct SampleFile {
    std::string name, text;
};
/// Every file of the sample that is made, in the order of their names. The seed is fixed.
[[nodiscard]] std::vector<SampleFile> buildSample();

} // namespace patchlight::sample
