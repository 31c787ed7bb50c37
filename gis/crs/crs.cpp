// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/crs/crs.h"

#include "core/base/text.h"
#include "gis/crs/detail/proj.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace patchlight::gis {

namespace {

constexpr int nationalGrid = 27700, wgs84 = 4326;

std::string code(int epsg) {
    return fmt::format("EPSG:{}", epsg);
}

/// An outline round Great Britain with its islands, out to sea, without Ireland and France: degrees, drawn by hand from
/// the coast's outermost points (St David's Head, Mull of Kintyre, Islay, St Kilda, Shetland, Dover, Lizard, Scilly).
constexpr std::array<GeographicPoint, 20> greatBritain{
    {{-6.6, 49.75}, {-5.0, 49.75}, {-3.0, 50.0},  {-1.6, 50.2}, {0.2, 50.3},  {1.2, 50.75},   {1.45, 51.05},
     {2.01, 51.3},  {2.01, 61.01}, {-9.0, 61.01}, {-9.0, 56.5}, {-6.7, 55.5}, {-5.95, 55.35}, {-5.85, 55.2},
     {-5.3, 54.7},  {-5.2, 53.5},  {-5.8, 52.3},  {-5.9, 51.5}, {-6.6, 50.2}, {-6.6, 50.0}}};

bool inGreatBritain(GeographicPoint p) {
    bool inside = false;
    for (std::size_t i = 0, j = greatBritain.size() - 1; i < greatBritain.size(); j = i++) {
        const auto a = greatBritain[i], b = greatBritain[j];
        if ((a.latitude > p.latitude) != (b.latitude > p.latitude) &&
            p.longitude <
                (b.longitude - a.longitude) * (p.latitude - a.latitude) / (b.latitude - a.latitude) + a.longitude)
            inside = !inside;
    }
    return inside;
}

Expected<void> transform(PJ* operation, std::span<ProjectedPoint> points) {
    if (points.empty()) return {};
    constexpr std::size_t stride = sizeof(ProjectedPoint);
    proj_errno_reset(operation);
    proj_trans_generic(operation, PJ_FWD, &points.data()->east, stride, points.size(), &points.data()->north, stride,
                       points.size(), nullptr, 0, 0, nullptr, 0, 0);
    for (ProjectedPoint& point : points)
        if (!std::isfinite(point.east) || !std::isfinite(point.north))
            point.east = point.north = std::numeric_limits<double>::quiet_NaN();
    return {};
}

Expected<void> reprojectBetween(const std::string& source, const std::string& target,
                                std::span<ProjectedPoint> points) {
    if (source == target) return {};
    const auto operation = detail::operationBetween(source, target);
    if (!operation) return fail(operation.error());
    return transform(*operation, points);
}

/// The operation that PROJ takes at a point: "OSGB36 to WGS 84 (9) + British National Grid (1 m, OSTN15 grid)".
struct OperationUsed {
    std::string text;
    bool grid = false;
};
Expected<OperationUsed> operationAt(const std::string& source, const std::string& target, ProjectedPoint at) {
    const auto operation = detail::operationBetween(source, target);
    if (!operation) return fail(operation.error());
    proj_errno_reset(*operation);
    const PJ_COORD result = proj_trans(*operation, PJ_FWD, proj_coord(at.east, at.north, 0.0, 0.0));
    const detail::ProjHandle used(std::isfinite(result.xy.x) ? proj_trans_get_last_used_operation(*operation)
                                                             : nullptr);
    const char* name = used ? proj_get_name(used.get()) : nullptr;
    if (!name) return OperationUsed{};
    constexpr std::string_view axisPrefix = "axis order change (2D) + ";
    std::string_view readable = name;
    if (readable.starts_with(axisPrefix)) readable.remove_prefix(axisPrefix.size());
    const bool grid = proj_coordoperation_get_grid_used_count(detail::context(), used.get()) > 0;
    const double accuracy = proj_coordoperation_get_accuracy(detail::context(), used.get());
    const std::string metres = accuracy < 0.0   ? "accuracy not known"
                               : accuracy > 0.0 ? shortestDecimal(accuracy) + " m"
                                                : "exact";
    const bool ostn = grid && (source == code(nationalGrid) || target == code(nationalGrid));
    return OperationUsed{fmt::format("{} ({}{})", readable, metres,
                                     ostn   ? ", OSTN15 grid"
                                     : grid ? ", grid"
                                            : ""),
                         grid};
}

constexpr const char* missingGridWarning =
    "The OSTN15 grid is not installed, so positions may lie up to 4 m off; install it with "
    "\"projsync --file uk_os_OSTN15_NTv2_OSGBtoETRS.tif\" and import again.";

Expected<ProjectCrs> chosenCrs(std::optional<ProjectedPoint> first, const std::string& source) {
    if (!first) return projectCrsFromEpsg(nationalGrid);
    ProjectedPoint position = *first;
    if (const auto done = reprojectBetween(source, code(wgs84), std::span(&position, 1)); !done)
        return fail(done.error());
    return projectCrsFor({position.east, position.north});
}

} // namespace

Expected<ProjectCrs> projectCrsFor(GeographicPoint position) {
    if (!std::isfinite(position.longitude) || !std::isfinite(position.latitude) ||
        std::abs(position.longitude) > 180.0 || position.latitude < -80.0 || position.latitude > 84.0)
        return fail(
            ErrorCode::unusableCrs,
            fmt::format("Longitude {}, latitude {} lies in no zone that a map in metres can be made of; check which "
                        "columns hold the position.",
                        shortestDecimal(position.longitude), shortestDecimal(position.latitude)),
            "position");
    if (inGreatBritain(position)) return projectCrsFromEpsg(nationalGrid);
    const int zone = std::min(60, static_cast<int>(std::floor((position.longitude + 180.0) / 6.0)) + 1);
    return projectCrsFromEpsg((position.latitude >= 0.0 ? 32600 : 32700) + zone);
}

Expected<ProjectCrs> projectCrsFromEpsg(int epsg) {
    const auto crs = detail::crsFrom(code(epsg));
    if (!crs) return fail(crs.error());
    const PJ_TYPE type = proj_get_type(crs->get());
    if (type != PJ_TYPE_PROJECTED_CRS)
        return fail(
            ErrorCode::unusableCrs,
            fmt::format("EPSG:{} ({}) is not a projected coordinate system; a project needs one in metres, such as "
                        "EPSG:27700.",
                        epsg, proj_get_name(crs->get())),
            code(epsg));
    const char* const options[] = {"MULTILINE=NO", nullptr};
    const char* wkt = proj_as_wkt(detail::context(), crs->get(), PJ_WKT1_GDAL, options);
    return ProjectCrs{.epsg = epsg, .name = proj_get_name(crs->get()), .wkt = wkt ? wkt : ""};
}

ProjectorFactory projectorFactory() {
    return [](std::optional<ProjectCrs> existing, std::optional<ProjectedPoint> first,
              int sourceEpsg) -> Expected<PositionProjector> {
        const std::string source = code(sourceEpsg);
        auto chosen = existing ? Expected<ProjectCrs>(*existing) : chosenCrs(first, source);
        if (!chosen) return fail(chosen.error());
        ProjectCrs crs = *chosen;
        const std::string target = code(crs.epsg);
        if (source == target) {
            if (crs.operation.empty()) crs.operation = fmt::format("none, the source is in {}", target);
        } else if (first) {
            const auto used = operationAt(source, target, *first);
            if (!used) return fail(used.error());
            if (!used->text.empty()) crs.operation = used->text;
            // A warning of an earlier import stays: its rows are still where they were put.
            const bool needsGrid = crs.epsg == nationalGrid || sourceEpsg == nationalGrid;
            if (needsGrid && !used->grid && !used->text.empty()) crs.warning = missingGridWarning;
        }
        const auto project = [target](int epsg, std::span<ProjectedPoint> points) {
            return reprojectBetween(code(epsg), target, points);
        };
        return PositionProjector{crs, project};
    };
}

Expected<void> reproject(const std::string& sourceCrs, int targetEpsg, std::span<ProjectedPoint> inOut) {
    return reprojectBetween(parseInteger(sourceCrs) ? "EPSG:" + std::string(trimmed(sourceCrs)) : sourceCrs,
                            code(targetEpsg), inOut);
}

Expected<GeographicPoint> toGeographic(int epsg, ProjectedPoint point) {
    if (const auto done = reprojectBetween(code(epsg), code(wgs84), std::span(&point, 1)); !done)
        return fail(done.error());
    if (!std::isfinite(point.east))
        return fail(ErrorCode::unusableCrs, fmt::format("The position has no longitude and latitude in EPSG:{}.", epsg),
                    code(epsg));
    return GeographicPoint{point.east, point.north};
}

std::string gridReference(int epsg, ProjectedPoint point) {
    if (epsg != nationalGrid ||
        !(point.east >= 0.0 && point.east < 700000.0 && point.north >= 0.0 && point.north < 1300000.0))
        return {};
    // 500 km squares count from the false origin at (-1000 km, -500 km), rows from the north, and I is left out.
    const auto east = static_cast<int>(point.east),
               north = static_cast<int>(point.north); // a square is named by its corner
    const int column = east / 100000 + 10, row = north / 100000 + 5;
    const auto letter = [](int x, int y) {
        const int index = (4 - y) * 5 + x;
        return static_cast<char>('A' + index + (index > 7 ? 1 : 0));
    };
    return fmt::format("{}{} {:05} {:05}", letter(column / 5, row / 5), letter(column % 5, row % 5), east % 100000,
                       north % 100000);
}

} // namespace patchlight::gis
