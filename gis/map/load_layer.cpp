// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/map.h"
#include "gis/raster/raster.h"

namespace patchlight::paint {

Expected<LoadedLayer> loadLayer(const std::filesystem::path& project, const MapLayerInfo& info, int targetEpsg,
                                const TaskContext& task) {
    const auto named = [&](Error error) {
        if (error.code != ErrorCode::cancelled) error.message = "Map layer \"" + info.name + "\": " + error.message;
        return fail(std::move(error));
    };
    LoadedLayer layer{info, nullptr, gis::layerPath(project, info), {}};
    if (info.role == "picture") {
        const auto raster = gis::describeRaster(layer.rasterFile, targetEpsg);
        if (!raster) return named(raster.error());
        layer.box = raster->box;
        return layer;
    }
    auto vector = gis::readVectorLayer(layer.rasterFile, info.sourceLayer, info.labelField, targetEpsg, task);
    if (!vector) return named(vector.error());
    layer.rasterFile.clear();
    layer.box = vector->box;
    layer.vector = std::make_shared<const gis::VectorLayer>(std::move(*vector));
    return layer;
}

} // namespace patchlight::paint
