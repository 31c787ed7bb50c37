// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/cluster_areas.h"

#include "core/analysis/area_facts.h"
#include "core/base/text.h"
#include "core/centrography/centrography.h"

#include <algorithm>
#include <array>

namespace patchlight {

template <> std::span<const std::pair<ClusterOutline, ParameterChoice>> choicesOf<ClusterOutline>() {
    static const std::array<std::pair<ClusterOutline, ParameterChoice>, 3> choices{
        {{ClusterOutline::convex, {"convex", "Convex hull"}},
         {ClusterOutline::concave, {"concave", "Concave hull"}},
         {ClusterOutline::ellipse, {"ellipse", "Ellipse (standard deviations x root 2)"}}}};
    return choices;
}

std::string outlineInWords(ClusterOutline outline) {
    switch (outline) {
    case ClusterOutline::concave:
        return "drawn as its concave hull";
    case ClusterOutline::ellipse:
        return "drawn as its standard deviational ellipse (root 2, about 63 % of a normal spread)";
    default:
        return "drawn as its convex hull";
    }
}

std::vector<std::uint32_t> insideRows(const PreparedIncidents& incidents) {
    std::vector<std::uint32_t> rows;
    for (std::size_t i = 0; i < incidents.rows.size(); ++i)
        if (incidents.inside[i]) rows.push_back(incidents.rows[i]);
    return rows;
}

namespace {

constexpr double concaveRatio = 0.6; ///< of the way from the tightest outline to the convex hull

/// The outline of a cluster's incidents.
Expected<MultiPolygon> outlineOf(std::span<const ProjectedPoint> points, ClusterOutline outline, Metres radius) {
    if (outline == ClusterOutline::concave) return concaveHullOf(points, concaveRatio, radius);
    if (outline == ClusterOutline::ellipse && points.size() >= 3) {
        const auto ellipse = standardEllipse(points, {}, EllipseScaling::rootTwo);
        if (!ellipse) return fail(ellipse.error());
        if (ellipse->semiMinor.value() > 1.0) return MultiPolygon{{polygonOf(*ellipse)}};
    }
    return hullOf(points, radius);
}

} // namespace

Expected<void> addClusterAreas(Result& result, const AnalysisInput& input, std::span<const std::int32_t> cluster,
                               std::size_t clusters, ClusterOutline outline, Metres radius,
                               std::optional<Metres> coarsest, const TaskContext& task) {
    std::vector<std::vector<ProjectedPoint>> members(clusters);
    for (std::size_t i = 0; i < cluster.size(); ++i) {
        result.areaOf.push_back(static_cast<std::uint32_t>(cluster[i] + 1));
        if (cluster[i] >= 0)
            members[static_cast<std::size_t>(cluster[i])].push_back(input.table->position[result.rows[i]]);
    }
    const auto compared = comparisonPoints(input, result, coarsest);
    if (!compared) return fail(compared.error());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        task.report("Drawing groups", static_cast<double>(i) / static_cast<double>(members.size()));
        auto drawn = outlineOf(members[i], outline, radius);
        if (!drawn) return fail(drawn.error());
        HotspotArea area;
        area.areaKm2 = squareKilometres(areaOf(*drawn));
        if (*compared) {
            const PointInPolygon test(*drawn);
            area.comparisonIncidents = static_cast<std::size_t>(std::count_if(
                (*compared)->begin(), (*compared)->end(), [&](ProjectedPoint point) { return test.contains(point); }));
        }
        area.drawnOutline = *drawn;
        area.outline = std::move(*drawn);
        result.areas.push_back(std::move(area));
    }
    if (!result.areas.empty() && result.areas.front().comparisonIncidents)
        result.notes.push_back("Comparison counts are of incidents inside each group's outline.");
    countAreas(result, *input.table);
    rankAreas(result);
    nameAreas(result, *input.table);
    return {};
}

Expected<void> setClusterStudyArea(Result& result, const AnalysisInput& input, Metres margin) {
    if (input.area.polygon) {
        result.studyAreaKm2 = squareKilometres(areaOf(*input.area.polygon));
        return {};
    }
    if (input.area.box) {
        result.studyAreaKm2 = input.area.box->width() * input.area.box->height() / squareMetresPerSquareKilometre;
        return {};
    }
    const Places places = distinctPlaces(*input.table, result.rows);
    std::vector<ProjectedPoint> points, typical;
    for (const std::uint32_t row : result.rows) points.push_back(input.table->position[row]);
    const Box box = typicalBox(points);
    double outside = 0.0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (box.contains(places.point[i]))
            typical.push_back(places.point[i]);
        else
            outside += places.weight[i];
    }
    const auto whole = hullOf(typical, margin);
    if (!whole) return fail(whole.error());
    const auto far = static_cast<std::size_t>(outside);
    result.studyAreaKm2 = squareKilometres(areaOf(*whole));
    result.notes.push_back("Without a study area, shares of the area are of the hull of the incidents (" +
                           readableNumber(result.studyAreaKm2) + " km²).");
    if (far > 0)
        result.notes.push_back(counted(far, "incident lies", "incidents lie") + " far from the rest; the hull leaves " +
                               (far == 1 ? "it" : "them") + " out.");
    return {};
}

} // namespace patchlight
