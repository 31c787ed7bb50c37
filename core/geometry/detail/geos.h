// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <memory>
#include <string>

#include <geos_c.h>

/// The only place that speaks to GEOS: its C interface with one context a thread and owners for what it gives out.
namespace patchlight::detail {

/// A GEOS context that keeps the last error's text.
class GeosContext {
public:
    GeosContext();
    ~GeosContext();
    GeosContext(const GeosContext&) = delete;
    GeosContext& operator=(const GeosContext&) = delete;

    [[nodiscard]] GEOSContextHandle_t handle() const { return m_handle; }
    /// GEOS's own words about what just failed, for the end of a sentence.
    [[nodiscard]] std::string takeMessage();

private:
    GEOSContextHandle_t m_handle;
    std::string m_message;
};

[[nodiscard]] GeosContext& geosOfThisThread();

struct GeosDestroyer {
    void operator()(GEOSGeometry* geometry) const noexcept;
};
using GeosGeometry = std::unique_ptr<GEOSGeometry, GeosDestroyer>;

/// errors: fileFormat (a coordinate that is not finite; GEOS's own words)
[[nodiscard]] Expected<GeosGeometry> toGeos(const MultiPolygon& polygon);
[[nodiscard]] Expected<GeosGeometry> toGeos(std::span<const ProjectedPoint> points);

/// The polygon parts of any geometry, oriented; lines and points are left out.
[[nodiscard]] MultiPolygon polygonsOf(const GEOSGeometry& geometry);

} // namespace patchlight::detail
