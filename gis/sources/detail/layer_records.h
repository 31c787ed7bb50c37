// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/records.h"
#include "gis/detail/gdal.h"

/// A layer or sheet as a stream of records. For gis/sources alone.
namespace patchlight::gis::detail {

/// A dataset that is open, and which of its layers is meant.
struct OpenLayer {
    std::shared_ptr<void> dataset; ///< keeps the layer alive
    OGRLayerH layer = nullptr;
    std::string shown;         ///< the extract's name, for messages
    std::uint64_t bytes = 0;   ///< of the file, for progress; 0 if not known
    bool countIsExact = false; ///< the file says how many features it holds: fewer mean that it was cut off
    bool countFirst = true;    ///< false where counting costs as much as reading
};

/// Features as records: the fields, and, where the layer has geometries, x and y of the point. Points in a CRS without
/// an EPSG code come in EPSG:4326. One block is about 1 MB, which bounds the memory.
/// errors: unusableCrs. Of next: fileFormat (a geometry that is no single point, text that is not UTF-8, damage), with
/// the number of the feature
[[nodiscard]] Expected<RecordStream> layerRecords(OpenLayer source);

/// A sheet's rows as records, its first columns being texts. The header is the first row in which at least half of the
/// columns hold words; what stands above it is left out, and so are rows and columns without any value. Dates, which
/// GDAL gives as 2025/07/14, become ISO, and numbers with the noise of binary fractions their shortest decimal.
/// errors: fileFormat (an empty sheet)
[[nodiscard]] Expected<RecordStream> sheetRecords(OpenLayer source);

} // namespace patchlight::gis::detail
