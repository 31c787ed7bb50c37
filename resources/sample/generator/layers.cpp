// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/write.h"

#include <cmath>
#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace patchlight::sample {

namespace {

/// Decimetres as text from whole numbers, so that no C library's rounding enters the file.
std::string decimal(double metres) {
    const auto tenths = static_cast<long long>(std::floor(metres * 10 + 0.5));
    return tenths % 10 == 0 ? fmt::format("{}", tenths / 10) : fmt::format("{}.{}", tenths / 10, tenths % 10);
}

std::string coordinates(const Line& line) {
    std::string text = "[";
    for (const Point p : line)
        text += fmt::format("{}[{},{}]", text.size() > 1 ? "," : "", decimal(p.east), decimal(p.north));
    return text + "]";
}

std::string feature(const std::string& properties, std::string_view type, const std::string& geometry) {
    return fmt::format(R"({{"type":"Feature","properties":{{{}}},"geometry":{{"type":"{}","coordinates":{}}}}})",
                       properties, type, geometry);
}

std::string collection(std::string_view name, const std::vector<std::string>& features) {
    std::string text = fmt::format(
        R"({{"type":"FeatureCollection","name":"{}","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::27700"}}}},"features":[)",
        name);
    for (std::size_t i = 0; i < features.size(); ++i) text += (i == 0 ? "\n" : ",\n") + features[i];
    return text + "\n]}\n";
}

std::string rings(std::string_view name, const std::vector<std::pair<std::string_view, const Line*>>& parts) {
    std::vector<std::string> features;
    for (const auto& [label, ring] : parts)
        features.push_back(feature(fmt::format(R"("name":"{}")", label), "Polygon", "[" + coordinates(*ring) + "]"));
    return collection(name, features);
}

std::string points(std::string_view name, const std::vector<NamedPoint>& list) {
    std::vector<std::string> features;
    for (const NamedPoint& p : list)
        features.push_back(feature(fmt::format(R"("name":"{}","kind":"{}")", p.name, p.kind), "Point",
                                   fmt::format("[{},{}]", decimal(p.point.east), decimal(p.point.north))));
    return collection(name, features);
}

} // namespace

std::string streetsText(const Town& town) {
    std::vector<std::string> features;
    for (const Street& street : town.streets)
        features.push_back(feature(fmt::format(R"("name":"{}","highway":"{}")", street.name, street.highway),
                                   "LineString", coordinates(street.line)));
    return collection("roads", features);
}

std::string wardsText(const Town& town) {
    std::vector<std::string> features;
    for (const Ward& ward : town.wards)
        features.push_back(
            feature(fmt::format(R"("code":"{}","name":"{}","population":{})", ward.code, ward.name, ward.population),
                    "Polygon", "[" + coordinates(ward.ring) + "]"));
    return collection("wards", features);
}

std::string placesText(const Town& town) {
    return points("places", town.places);
}
std::string snapPointsText(const Town& town) {
    return points("snap_points", town.snapPoints);
}
std::string landText(const Town& town) {
    return rings("land", {{"Land", &town.land[0]}, {"Sandhaven Pier", &town.land[1]}});
}
std::string waterText(const Town& town) {
    return rings("water", {{"River Haven", &town.water[0]}});
}

} // namespace patchlight::sample
