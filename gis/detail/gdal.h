// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/handle.h"
#include "core/base/path_text.h"

#include <filesystem>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <span>
#include <string>

/// GDAL's handles with owners, its error texts, and opening with a list of allowed drivers. For gis/ alone.
namespace patchlight::gis::detail {

template <auto Release, class Handle> using Owner = std::unique_ptr<std::remove_pointer_t<Handle>, Releaser<Release>>;
using DatasetHandle = Owner<GDALClose, GDALDatasetH>;
using FeatureHandle = Owner<OGR_F_Destroy, OGRFeatureH>;
using GeometryHandle = Owner<OGR_G_DestroyGeometry, OGRGeometryH>;
using SpatialReferenceHandle = Owner<OSRDestroySpatialReference, OGRSpatialReferenceH>;

/// While it lives, GDAL's errors and warnings on this thread are collected here instead of being printed.
class GdalMessages {
public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;
    [[nodiscard]] bool failed() const { return m_failed; }
    /// The first failure (else the first warning), one line without a full stop; `otherwise` when there was none.
    [[nodiscard]] std::string text(std::string_view otherwise = "no reason given") const;
    void take(int severity, const char* message); ///< called by GDAL's handler

private:
    bool m_failed = false;
    std::string m_failure, m_warning;
};

/// Sets a configuration option of this thread and puts the former value back.
class ThreadOption {
public:
    ThreadOption(const char* key, const char* value);
    ~ThreadOption();
    ThreadOption(const ThreadOption&) = delete;
    ThreadOption& operator=(const ThreadOption&) = delete;

private:
    std::string m_key, m_before;
    bool m_wasSet = false;
};

/// Registers GDAL's drivers, once a process, and closes its doors to the network: no HTTP request of any driver and no
/// file behind a URL, whatever a user's file asks for.
void registerDrivers();
/// Errors if the driver is not in this GDAL.
[[nodiscard]] Expected<GDALDriverH> driverNamed(const char* name);
/// errors: unusableCrs
[[nodiscard]] Expected<SpatialReferenceHandle> spatialReference(int epsg);

enum class FileKind { vector, raster };
/// The drivers a file of ours may be opened with: local formats only, none that follows references to other places.
[[nodiscard]] std::span<const char* const> allowedDrivers(FileKind kind);
/// Opens a local file (a ZIP by its one data file) read-only with the allowed drivers; null when none of them takes it.
/// errors: fileNotFound, fileNotReadable, fileFormat (a damaged file, with the driver's words; a ZIP of several files)
[[nodiscard]] Expected<DatasetHandle> openFile(const std::filesystem::path& file, FileKind kind,
                                               const char* const* openOptions = nullptr);

/// Opens a path of GDAL's file system read-only as vectors with this driver alone. `shown` is its name in messages.
/// errors: fileFormat (damaged, with the driver's words)
[[nodiscard]] Expected<DatasetHandle> openAs(const std::string& path, const std::string& shown, const char* driver,
                                             const char* const* openOptions = nullptr);

} // namespace patchlight::gis::detail
