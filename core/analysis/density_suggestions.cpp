// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/density_choices.h"
#include "core/bandwidth/bandwidth.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight {
namespace {

/// A bandwidth of one kernel that is as wide as one of another.
double asWide(double bandwidth, Kernel from, Kernel to) {
    return bandwidth * deviationOnAxis(from) / deviationOnAxis(to);
}

/// Brought to the kernel asked for and rounded to two figures: more would pretend to know.
Suggestion forKernel(const SuggestedBandwidth& found, std::string name, Kernel kernel) {
    Suggestion suggestion{"bandwidth", std::nullopt, found.reason, std::move(name)};
    if (!found.bandwidth) return suggestion;
    const Kernel given = found.meaning == BandwidthMeaning::radius ? Kernel::quartic : Kernel::gaussian;
    const double value = asWide(found.bandwidth->value(), given, kernel);
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 1);
    suggestion.value = std::max(std::round(value / unit) * unit, 1.0);
    return suggestion;
}

} // namespace

Expected<std::vector<Suggestion>> suggestSizes(const AnalysisInput& input, Kernel kernel,
                                               std::optional<Metres> cellSize) {
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const Metres cell = suggestedCellSize(extentOf(input, *incidents));
    const bool usable = cellSize && std::isfinite(cellSize->value()) && *cellSize > Metres{0.0};
    std::string why = "Five cells, within 150 to 500 m";
    if (incidents->anonymised) why += "; not under 300 m on anonymised map points";
    std::vector<Suggestion> suggestions{
        {"cell-size", cell.value(), "The shorter side of the area over 150 (Ratcliffe 1999), rounded."},
        {"bandwidth", suggestedBandwidth(usable ? *cellSize : cell, incidents->anonymised).value(), why + "."}};
    const Places places = distinctPlaces(*input.table, incidents->rows);
    const auto take = [&](const char* name, Expected<SuggestedBandwidth> found) {
        if (found) suggestions.push_back(forKernel(*found, name, kernel));
    };
    take("Normal reference", normalReferenceBandwidth(places.point, places.weight));
    take("Oversmoothing", oversmoothingBandwidth(places.point, places.weight));
    return suggestions;
}

Expected<std::vector<Suggestion>> suggestFurtherBandwidths(const AnalysisInput& input, Kernel kernel,
                                                           const TaskContext& task) {
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const Places places = distinctPlaces(*input.table, incidents->rows);
    std::vector<Suggestion> suggestions;
    struct Rule {
        const char* name;
        Expected<SuggestedBandwidth> found;
    };
    constexpr std::size_t neighbours = 10;
    std::array rules{Rule{"Nearest places", nearestPlaceBandwidth(places.point, places.weight, neighbours, task)},
                     Rule{"Likelihood cross-validation", likelihoodBandwidth(places.point, places.weight, task)},
                     Rule{"Least-squares cross-validation", leastSquaresBandwidth(places.point, places.weight, task)}};
    for (Rule& rule : rules) {
        if (rule.found)
            suggestions.push_back(forKernel(*rule.found, rule.name, kernel));
        else if (rule.found.error().code == ErrorCode::cancelled)
            return fail(rule.found.error());
        else
            suggestions.push_back({"bandwidth", std::nullopt, rule.found.error().message, rule.name});
    }
    return suggestions;
}

} // namespace patchlight
