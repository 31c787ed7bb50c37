// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/area_facts.h"

#include "core/base/text.h"
#include "core/incidents/week_hours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace patchlight {
namespace {

std::string idOf(const MultiPolygon& outline) {
    const ProjectedPoint at = labelPoint(outline);
    return "E" + fixedDecimal(std::floor(at.east / 100.0), 0) + " N" + fixedDecimal(std::floor(at.north / 100.0), 0);
}

/// Months and hours of an area's incidents.
class Times {
public:
    void add(const IncidentTable& table, std::uint32_t row) {
        ++m_count;
        const TimePrecision precision = table.precision[row];
        if (precision == TimePrecision::none) return;
        const LocalDay day = std::chrono::floor<std::chrono::days>(table.from[row]);
        ++m_months[firstOfMonth(day)];
        if (precision != TimePrecision::minute) return;
        ++m_timed;
        ++m_hours[static_cast<std::size_t>(std::chrono::floor<std::chrono::hours>(table.from[row] - day).count())];
    }
    /// The earliest of those with most; nothing where there is one month alone.
    [[nodiscard]] std::optional<LocalDay> peakMonth() const {
        if (m_months.size() < 2) return std::nullopt;
        return std::max_element(m_months.begin(), m_months.end(),
                                [](const auto& a, const auto& b) { return a.second < b.second; })
            ->first;
    }
    [[nodiscard]] std::optional<int> peakHour() const {
        constexpr std::size_t least = 10;
        if (m_timed < least || 2 * m_timed < m_count) return std::nullopt;
        return static_cast<int>(std::max_element(m_hours.begin(), m_hours.end()) - m_hours.begin());
    }

private:
    std::size_t m_count = 0, m_timed = 0;
    std::map<LocalDay, std::size_t> m_months;
    std::array<std::size_t, 24> m_hours{};
};

} // namespace

void countAreas(Result& result, const IncidentTable& table, std::span<const double> weights) {
    std::vector<std::vector<std::uint32_t>> rows(result.areas.size());
    std::vector<Times> times(result.areas.size());
    std::vector<double> sums(result.areas.size(), 0.0);
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
        if (result.areaOf[i] == 0) continue;
        const std::size_t area = result.areaOf[i] - 1;
        rows[area].push_back(result.rows[i]);
        times[area].add(table, result.rows[i]);
        if (!weights.empty()) sums[area] += weights[i];
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Places places = distinctPlaces([&] {
            std::vector<ProjectedPoint> points;
            for (const std::uint32_t row : rows[i]) points.push_back(table.position[row]);
            return points;
        }());
        HotspotArea& area = result.areas[i];
        area.id = idOf(area.outline);
        area.incidents = rows[i].size();
        area.places = places.size();
        for (const double weight : places.weight)
            area.largestStack = std::max(area.largestStack, static_cast<std::size_t>(weight));
        area.peakMonth = times[i].peakMonth();
        area.peakHour = times[i].peakHour();
        area.weekHours = weekHours(table, rows[i]);
        if (!weights.empty()) area.weight = sums[i];
    }
}

std::size_t keepAreas(Result& result, const std::function<bool(const HotspotArea&)>& stays) {
    std::vector<std::uint32_t> kept(result.areas.size() + 1, 0);
    std::vector<HotspotArea> areas;
    for (std::size_t i = 0; i < result.areas.size(); ++i) {
        if (!stays(result.areas[i])) continue;
        areas.push_back(std::move(result.areas[i]));
        areas.back().rank = areas.size();
        kept[i + 1] = static_cast<std::uint32_t>(areas.size());
    }
    const std::size_t leftOut = result.areas.size() - areas.size();
    result.areas = std::move(areas);
    for (std::uint32_t& area : result.areaOf) area = kept[area];
    return leftOut;
}

void findHotspots(Result& result, const AnalysisInput& input, const DensitySurface& surface, double threshold,
                  const std::optional<std::vector<ProjectedPoint>>& compared, std::span<const double> weights) {
    const std::vector<CellCluster> clusters = clustersAbove(surface, threshold);
    const std::vector<std::uint32_t> clusterAt = clusterOfCell(surface, clusters);
    const auto areaOfPoint = [&](ProjectedPoint point) {
        const auto cell = surface.frame.cellAt(point);
        return cell ? clusterAt[*cell] : 0u;
    };
    const double cellKm2 =
        squareKilometres(SquareMetres{surface.frame.cellSize.value() * surface.frame.cellSize.value()});
    for (const CellCluster& cluster : clusters) {
        HotspotArea area;
        area.outline = cluster.outline;
        area.drawnOutline = contourOf(surface, cluster, threshold);
        area.areaKm2 = static_cast<double>(cluster.cells.size()) * cellKm2;
        if (compared) area.comparisonIncidents = 0;
        result.areas.push_back(std::move(area));
    }
    for (const std::uint32_t row : result.rows) result.areaOf.push_back(areaOfPoint(input.table->position[row]));
    if (compared)
        for (const ProjectedPoint point : *compared)
            if (const std::uint32_t area = areaOfPoint(point)) ++*result.areas[area - 1].comparisonIncidents;
    countAreas(result, *input.table, weights);
    // A dense spot between incidents that holds none of them is no place to send anybody.
    if (const std::size_t empty = keepAreas(result, [](const HotspotArea& area) { return area.incidents > 0; }))
        result.notes.push_back(counted(empty, "dense area without an incident of its own was",
                                       "dense areas without an incident of their own were") +
                               " left out.");
    rankAreas(result);
    nameAreas(result, *input.table);
}

Expected<const BoundaryLayer*> layerNamed(const AnalysisInput& input, const std::string& name,
                                          const std::string& parameter) {
    std::vector<std::string> known;
    for (const BoundaryLayer& layer : input.layers) {
        if (layer.name == name) return &layer;
        known.push_back(layer.name);
    }
    return fail(ErrorCode::invalidParameter,
                name.empty()
                    ? "Choose a boundary layer of the project (" + parameter + ")."
                    : "The project has no boundary layer \"" + name + "\" (" + parameter + "); add it as areas.",
                parameter);
}

Expected<void> addPopulation(Result& result, const BoundaryLayer& layer, const TaskContext& task) {
    std::vector<const Boundary*> peopled;
    for (const Boundary& boundary : layer.areas)
        if (boundary.population) peopled.push_back(&boundary);
    if (peopled.empty())
        return fail(ErrorCode::invalidParameter,
                    "The boundary layer \"" + layer.name +
                        "\" has no population; add it again with its population column, or choose another.",
                    "population");
    for (HotspotArea& area : result.areas) {
        double people = 0.0;
        bool any = false;
        for (const Boundary* boundary : peopled) {
            if (task.cancelled()) return failCancelled();
            const double whole = areaOf(boundary->polygon).value();
            if (!(whole > 0.0) || !boxOf(boundary->polygon).intersects(boxOf(area.outline))) continue;
            const auto common = intersectionOf(boundary->polygon, area.outline);
            if (!common) return fail(common.error());
            people += *boundary->population * areaOf(*common).value() / whole;
            any = true;
        }
        if (!any) continue;
        area.population = people;
        if (people >= 1.0) area.perThousand = 1000.0 * static_cast<double>(area.incidents) / people;
    }
    return {};
}

} // namespace patchlight
