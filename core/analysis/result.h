// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hotspots/hotspots.h"
#include "core/incidents/incidents.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace patchlight {

/// How much of a count may be said. What may leave (core/disclosure) has the figures taken out that it does not show:
/// a `small` or `hidden` count is 0, and what would tell it is NaN or absent.
enum class Shown : std::uint8_t {
    exact,
    rounded, ///< to a whole multiple of `Result::roundedTo`
    small,   ///< from 1 to below `Result::smallBelow`: "<5"
    hidden   ///< withheld, so that a small one beside it cannot be worked out
};
[[nodiscard]] constexpr bool hasFigure(Shown shown) {
    return shown == Shown::exact || shown == Shown::rounded;
}

/// A hotspot or cluster: a polygon with a rank and a name.
struct HotspotArea {
    std::size_t rank = 0;      ///< from 1: by incidents, then density, then the westernmost
    std::string id;            ///< the 100 m square of its label point, "E4089 N0912": much the same next month
    std::string name;          ///< from the most frequent place texts in it: "Old Christchurch Road"
    MultiPolygon outline;      ///< what the numbers are counted on: cell edges, or the hull
    MultiPolygon drawnOutline; ///< what maps draw: smoothed by less than a cell, same cell centres
    std::size_t incidents = 0;
    std::size_t places = 0;       ///< distinct positions; 0 where they are not said
    std::size_t largestStack = 0; ///< most incidents at one position; 0 where it is not said
    double share = 0.0;           ///< of the mapped incidents inside the study area: the hit rate
    double areaKm2 = 0.0;
    double areaShare = 0.0; ///< of the study area
    double densityPerKm2 = 0.0;
    double pai = 0.0;                               ///< share / areaShare (Chainey, Tompson & Uhlig 2008)
    std::optional<std::size_t> comparisonIncidents; ///< in the same polygon in the comparison period
    std::optional<double> weight;                   ///< what its incidents weigh together, where they are weighted
    std::optional<LocalDay> peakMonth;              ///< first day of the month with most incidents, of several months
    std::optional<int> peakHour;                    ///< hour of the day with most, where most times are known
    std::vector<std::uint32_t> weekHours;           ///< incidents by hour of the week, as `weekHours()`; may be empty
    std::optional<double> population;               ///< of the boundary layer, by share of area
    std::optional<double> perThousand;              ///< incidents per 1,000 of them
    Shown shown = Shown::exact;                     ///< of incidents and all that follows from them
    Shown comparisonShown = Shown::exact;           ///< of comparisonIncidents
};

/// A legend class of the surface or the regions: from `from` up to the next one's.
struct DensityClass {
    double from = 0.0;  ///< incidents per km², or what `Result::measure` says
    std::string label;  ///< "41 to 82: above average"
    bool below = false; ///< on the cold side of a comparison: from `from` down
};

enum class Ramp { sequential, diverging };

/// A cell of counting or a boundary, with its value: a choropleth map.
struct Region {
    std::string code, name;
    MultiPolygon polygon;
    std::size_t incidents = 0;
    std::optional<double> population;
    std::optional<double> value;           ///< what is mapped; nothing where there is none (no population, say)
    std::optional<double> lower, upper;    ///< 95 % interval of the value
    std::optional<std::size_t> classIndex; ///< in `classes`
    Shown shown = Shown::exact;
};

/// A line on the map with a meaning of its own: the edge of what chance would do.
struct NamedOutline {
    std::string label;
    MultiPolygon polygon;
};
struct NamedPoint {
    std::string label;
    ProjectedPoint point;
};

/// What an analysis gives. Every figure on a page comes from one of these and its recipe.
struct Result {
    std::string analysis;      ///< id in the catalogue
    std::string title;         ///< "Kernel density"
    std::size_t incidents = 0; ///< recorded: chosen by the filter, inside the study area or not placeable
    std::size_t mapped = 0;    ///< of these, with a position: what shares are shares of
    std::size_t places = 0;    ///< distinct positions of the mapped
    std::size_t largestStack = 0;
    bool sensitive = false; ///< some of the mapped have a sensitive category
    double seconds = 0.0;   ///< from columns in memory to surface or labels, without areas, names and export
    std::size_t threads = 1;
    double studyAreaKm2 = 0.0;
    nlohmann::json parameters; ///< as used, suggestions filled in
    std::optional<DensitySurface> surface;
    std::string measure = "Incidents per km²"; ///< what surface or regions show: the legend's title
    Ramp ramp = Ramp::sequential;
    std::vector<DensityClass> classes;  ///< ascending; drawn from the first on
    std::vector<Region> regions;        ///< in place of a surface
    std::vector<NamedOutline> outlines; ///< drawn as lines over the surface
    std::vector<NamedPoint> marks;      ///< centres
    std::vector<HotspotArea> areas;     ///< by rank
    nlohmann::json statistics = nlohmann::json::object();
    std::vector<std::string> notes;       ///< sentences an export repeats
    std::string method;                   ///< one sentence: "Quartic kernel, bandwidth 300 m, cells of 50 m; ..."
    std::vector<std::uint32_t> rows;      ///< table rows of the mapped incidents that counted, ascending
    std::vector<std::uint32_t> areaOf;    ///< per such row the rank of its area, 0 for none
    std::vector<std::uint32_t> weekHours; ///< of the mapped by hour of the week, as `weekHours()`; may be empty
    std::vector<std::size_t> monthly;     ///< incidents by month from monthlyFirst on, of the filter without its period
    std::optional<LocalDay> monthlyFirst;
    std::vector<std::uint8_t> monthlyCovered; ///< per month 1 where any dataset has rows in it: a gap is not a zero

    // Of a result that may leave, see core/disclosure:
    Shown incidentsShown = Shown::exact; ///< hidden: so few could not be mapped that the difference would say it
    std::size_t smallBelow = 0;          ///< counts from 1 to below it are not said; 0: all are
    std::size_t roundedTo = 0;           ///< the others are rounded to its multiples; 0: they are not
    bool forPublic = false;              ///< no rows, no places; the surface has the values of its legend alone
};

/// A count as it may be said: "4,812", "<5", "–". `result` is the one it belongs to.
[[nodiscard]] std::string countText(std::size_t count, Shown shown, const Result& result);

/// The `run` object of the command line (ARCHITECTURE.md); outputs are added by the caller.
[[nodiscard]] nlohmann::json toJson(const Result& result);

} // namespace patchlight
