// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hotspots/hotspots.h"
#include "core/incidents/incidents.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace patchlight {

/// A hotspot or cluster: a polygon with a rank and a name.
struct HotspotArea {
    std::size_t rank = 0;      ///< from 1: by incidents, then density, then the westernmost
    std::string name;          ///< from the most frequent place texts in it: "Old Christchurch Road"
    MultiPolygon outline;      ///< what the numbers are counted on: cell edges, or the hull
    MultiPolygon drawnOutline; ///< what maps draw: smoothed by less than a cell, same cell centres
    std::size_t incidents = 0;
    std::size_t places = 0;       ///< distinct positions
    std::size_t largestStack = 0; ///< most incidents at one position
    double share = 0.0;           ///< of the mapped incidents inside the study area: the hit rate
    double areaKm2 = 0.0;
    double areaShare = 0.0; ///< of the study area
    double densityPerKm2 = 0.0;
    double pai = 0.0;                               ///< share / areaShare (Chainey, Tompson & Uhlig 2008)
    std::optional<std::size_t> comparisonIncidents; ///< in the same polygon in the comparison period
};

/// A legend class of the surface: from `from` up to the next one's.
struct DensityClass {
    double from = 0.0; ///< incidents per km²
    std::string label; ///< "41 to 82: above average"
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
    std::vector<DensityClass> classes; ///< ascending; drawn from the first on
    std::vector<HotspotArea> areas;    ///< by rank
    nlohmann::json statistics = nlohmann::json::object();
    std::vector<std::string> notes;    ///< sentences an export repeats
    std::string method;                ///< one sentence: "Quartic kernel, bandwidth 300 m, cells of 50 m; ..."
    std::vector<std::uint32_t> rows;   ///< table rows of the mapped incidents that counted, ascending
    std::vector<std::uint32_t> areaOf; ///< per such row the rank of its area, 0 for none
    std::vector<std::size_t> monthly;  ///< incidents by month from monthlyFirst on, of the filter without its period
    std::optional<LocalDay> monthlyFirst;
    std::vector<std::uint8_t> monthlyCovered; ///< per month 1 where any dataset has rows in it: a gap is not a zero
};

/// The `run` object of the command line (ARCHITECTURE.md); outputs are added by the caller.
[[nodiscard]] nlohmann::json toJson(const Result& result);

/// Sets the area figures that follow from the others (share, areaShare, density, pai), sorts and numbers them.
/// areaOf holds on entry 1 + index in `areas`, on return ranks.
void rankAreas(Result& result);
/// Names each area by its most frequent place texts ("On or near " dropped, points of interest after streets); equal
/// names get the next street: "Ashley Road / Heron Court Road".
void nameAreas(Result& result, const IncidentTable& table);

} // namespace patchlight
