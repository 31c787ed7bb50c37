// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/sources.h"

#include "core/base/text.h"
#include "gis/sources/detail/vector_source.h"

#include <array>
#include <fmt/format.h>

namespace patchlight::gis {

Expected<std::vector<AreaFeature>> readAreas(const std::filesystem::path& file, const std::string& layerName,
                                             const std::string& sourceLayer, const std::string& nameField,
                                             const std::string& codeField, const std::string& populationField,
                                             int targetEpsg, std::vector<std::string>* notes) {
    auto source = detail::openLayer(file, sourceLayer);
    if (!source) return fail(source.error());
    const auto name = source->fieldOr(nameField, detail::guessNameField(source->fields));
    if (!name) return fail(name.error());
    const auto code = source->fieldOr(codeField, detail::guessCodeField(source->fields));
    if (!code) return fail(code.error());
    const auto population = source->fieldOr(populationField, detail::guessPopulationField(source->fields));
    if (!population) return fail(population.error());
    const std::array fields{*name, *code, *population};
    auto read = detail::readFeatures(*source, fields, targetEpsg);
    if (!read) return fail(read.error());

    std::vector<AreaFeature> areas;
    detail::Repairs repairs;
    std::size_t others = 0, row = 0;
    for (const detail::SourceFeature& feature : read->features) {
        ++row;
        auto polygon = detail::polygonsOf(feature, repairs);
        if (!polygon)
            return fail(ErrorCode::fileFormat,
                        fmt::format("Area {} of layer {} of {} cannot be repaired ({}).", row, source->name,
                                    source->shown, polygon.error().message),
                        source->shown);
        if (polygon->empty()) {
            ++others;
            continue;
        }
        std::optional<double> people;
        if (!feature.values[2].empty()) {
            people = parseDecimal(feature.values[2]);
            if (!people && !populationField.empty())
                return fail(ErrorCode::fileFormat,
                            fmt::format("Field {} of {} holds \"{}\" at area {}, which is not a number. Choose another "
                                        "population field.",
                                        populationField, source->shown, feature.values[2], row),
                            populationField);
        }
        const std::string label = feature.values[0].empty() ? feature.values[1] : feature.values[0];
        areas.push_back({layerName, feature.values[1], label, people, std::move(*polygon)});
    }
    if (areas.empty())
        return fail(ErrorCode::fileFormat,
                    fmt::format("Layer {} of {} has no polygons. Choose a file of areas.", source->name, source->shown),
                    source->shown);
    if (notes != nullptr) {
        *notes = std::move(read->notes);
        if (repairs.polygons > 0) notes->push_back(detail::repairNote(repairs, source->name));
        if (others > 0)
            notes->push_back(fmt::format("Left out {} of layer {} without an area.",
                                         counted(others, "feature", "features"), source->name));
    }
    return areas;
}

Expected<std::vector<PlaceFeature>> readPlaces(const std::filesystem::path& file, const std::string& layerName,
                                               const std::string& sourceLayer, const std::string& nameField,
                                               const std::string& codeField, int targetEpsg,
                                               std::vector<std::string>* notes) {
    auto source = detail::openLayer(file, sourceLayer);
    if (!source) return fail(source.error());
    const auto name = source->fieldOr(nameField, detail::guessNameField(source->fields));
    if (!name) return fail(name.error());
    const auto code = source->fieldOr(codeField, detail::guessCodeField(source->fields));
    if (!code) return fail(code.error());
    const std::array fields{*name, *code};
    auto read = detail::readFeatures(*source, fields, targetEpsg);
    if (!read) return fail(read.error());

    std::vector<PlaceFeature> places;
    for (const detail::SourceFeature& feature : read->features)
        for (const detail::Part& part : feature.parts)
            if (part.kind == GeometryKind::point)
                places.push_back({layerName, feature.values[1], feature.values[0], part.points.front()});
    if (places.empty())
        return fail(ErrorCode::fileFormat,
                    fmt::format("Layer {} of {} has no points. Choose a file of places.", source->name, source->shown),
                    source->shown);
    if (notes != nullptr) *notes = std::move(read->notes);
    return places;
}

} // namespace patchlight::gis
