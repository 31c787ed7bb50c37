// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/geopackage_checks.h"

#include "gis/detail/gdal.h"

#include <cpl_vsi.h>
#include <fmt/format.h>

namespace patchlight::gis::detail {

std::array<const char*, 3> geopackageOptions(const std::string& path) {
    VSIStatBufL status{};
    const bool journal = VSIStatL((path + "-wal").c_str(), &status) == 0 && status.st_size > 0;
    // Nothing that the file brings along may call a function that is not known to be harmless.
    constexpr const char* distrust = "PRELUDE_STATEMENTS=PRAGMA trusted_schema=OFF; PRAGMA query_only=ON";
    return {distrust, journal ? nullptr : "IMMUTABLE=YES", nullptr};
}

Expected<void> checkGeopackage(const std::string& path, const std::string& shown) {
    VSIStatBufL status{};
    std::array<unsigned char, 100> header{};
    const Owner<VSIFCloseL, VSILFILE*> file{VSIFOpenL(path.c_str(), "rb")};
    const bool read = file && VSIStatL(path.c_str(), &status) == 0 &&
                      VSIFReadL(header.data(), 1, header.size(), file.get()) == header.size();
    // The file format of SQLite, 1.3: page size at 16 (1 means 65536), pages at 28 where 24 and 92 agree.
    const auto number = [&](std::size_t at, std::size_t bytes) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | header[at + i];
        return value;
    };
    const std::uint64_t pageSize = number(16, 2) == 1 ? 65536 : number(16, 2);
    const std::uint64_t needed = number(24, 4) == number(92, 4) ? number(28, 4) * pageSize : 0;
    const auto bytes = static_cast<std::uint64_t>(status.st_size);
    if (read && bytes >= needed) return {};
    return fail(ErrorCode::fileFormat,
                fmt::format("{} was cut off: it has {} of {} bytes; fetch it again.", shown, bytes,
                            std::max<std::uint64_t>(needed, header.size())),
                shown);
}

std::vector<std::string> viewsOf(GDALDatasetH dataset) {
    std::vector<std::string> names;
    const GdalMessages messages;
    OGRLayerH views =
        GDALDatasetExecuteSQL(dataset, "SELECT name FROM sqlite_master WHERE type = 'view'", nullptr, nullptr);
    if (views == nullptr) return names;
    while (const FeatureHandle row{OGR_L_GetNextFeature(views)})
        names.emplace_back(OGR_F_GetFieldAsString(row.get(), 0));
    GDALDatasetReleaseResultSet(dataset, views);
    return names;
}

} // namespace patchlight::gis::detail
