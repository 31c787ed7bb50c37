// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/choose_mapping.h"

#include <algorithm>
#include <array>

namespace patchlight::detail {

namespace {

constexpr std::array coordinateRoles{ColumnRole::longitude, ColumnRole::latitude, ColumnRole::easting,
                                     ColumnRole::northing};

bool isCoordinate(ColumnRole role) {
    return std::find(coordinateRoles.begin(), coordinateRoles.end(), role) != coordinateRoles.end();
}

/// The fields of all columns but the geometry's two.
std::vector<std::string_view> withoutGeometry(std::span<const std::string_view> sample, std::size_t columns) {
    std::vector<std::string_view> fields;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (i % columns + 2 < columns) fields.push_back(sample[i]);
    return fields;
}

/// The guess for all columns but the geometry's two, which then take the place of any other position.
Expected<ColumnMapping> guessBesideGeometry(const RecordStream& stream, char separator,
                                            std::span<const std::string_view> sample) {
    std::vector<std::string> attributes(stream.header.begin(), stream.header.end() - 2);
    auto mapping = guessMapping(attributes, separator, withoutGeometry(sample, stream.header.size()));
    if (!mapping) { // no position among them, and none needed
        const bool geographic = stream.crsEpsg == 0 || stream.crsEpsg == 4326;
        attributes.push_back(geographic ? "longitude" : "easting");
        attributes.push_back(geographic ? "latitude" : "northing");
        mapping = guessMapping(attributes, separator, sample, stream.crsEpsg);
        if (!mapping) return mapping;
        mapping->roles.resize(attributes.size() - 2);
    }
    mapping->header = stream.header;
    std::replace_if(mapping->roles.begin(), mapping->roles.end(), isCoordinate, ColumnRole::other);
    const bool geographic = stream.crsEpsg == 0 || stream.crsEpsg == 4326;
    mapping->roles.push_back(geographic ? ColumnRole::longitude : ColumnRole::easting);
    mapping->roles.push_back(geographic ? ColumnRole::latitude : ColumnRole::northing);
    mapping->crsEpsg = stream.crsEpsg;
    mapping->guesses.resize(stream.header.size());
    for (std::size_t i = 0; i < 2; ++i)
        mapping->guesses.end()[-1 - static_cast<int>(i)] = {1.0, "the layer's own geometry"};
    return mapping;
}

bool namesPosition(const nlohmann::json& told) {
    if (!told.is_object() || !told.contains("columns") || !told["columns"].is_object()) return true; // refused later
    const auto& columns = told["columns"];
    return std::any_of(columns.begin(), columns.end(), [](const nlohmann::json& role) {
        return std::any_of(coordinateRoles.begin(), coordinateRoles.end(),
                           [&](ColumnRole one) { return role == roleKey(one); });
    });
}

} // namespace

Expected<ColumnMapping> chooseMapping(const RecordInput& input, const nlohmann::json& told,
                                      std::span<const std::string_view> sample, int toldEpsg) {
    const RecordStream* stream = input.stream();
    const bool geometry = stream != nullptr && stream->geometryColumns;
    if (told.is_null())
        return geometry ? guessBesideGeometry(*stream, input.separator(), sample)
                        : guessMapping(input.header(), input.separator(), sample, toldEpsg);
    if (!geometry || namesPosition(told)) return mappingFromJson(told, input.header(), input.separator());
    nlohmann::json completed = told;
    completed["columns"][input.header().end()[-2]] = roleKey(ColumnRole::easting);
    completed["columns"][input.header().end()[-1]] = roleKey(ColumnRole::northing);
    if (!completed.contains("crs") && stream->crsEpsg != 0) completed["crs"] = stream->crsEpsg;
    return mappingFromJson(completed, input.header(), input.separator());
}

const KnownMapping* knownMapping(std::span<const KnownMapping> known, const std::vector<std::string>& header) {
    const std::string key = mappingKey(header);
    const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.header == key; });
    return found == known.end() ? nullptr : &*found;
}

} // namespace patchlight::detail
