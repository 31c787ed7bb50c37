// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "core/analysis/area_counts.h"
#include "core/analysis/centre.h"
#include "core/analysis/dbscan.h"
#include "core/analysis/dual_density.h"
#include "core/analysis/hdbscan.h"
#include "core/analysis/k_means.h"
#include "core/analysis/kernel_density.h"
#include "core/analysis/nearest_neighbour_groups.h"
#include "core/analysis/repeat_places.h"
#include "core/analysis/space_time_groups.h"

#include <algorithm>
#include <array>

namespace patchlight {

std::span<const Analysis> catalogue() {
    static const std::array analyses{kernelDensityAnalysis(),   dualDensityAnalysis(), areaCountsAnalysis(),
                                     dbscanAnalysis(),          hdbscanAnalysis(),     nearestNeighbourGroupsAnalysis(),
                                     spaceTimeGroupsAnalysis(), kMeansAnalysis(),      repeatPlacesAnalysis(),
                                     centreAnalysis()};
    return analyses;
}

const Analysis* findAnalysis(std::string_view id) {
    const auto all = catalogue();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Analysis& analysis) { return analysis.id == id; });
    return found == all.end() ? nullptr : &*found;
}

namespace {
std::string_view keyOf(ParameterKind kind) {
    switch (kind) {
    case ParameterKind::length:
        return "length";
    case ParameterKind::count:
        return "count";
    case ParameterKind::number:
        return "number";
    case ParameterKind::choice:
        return "choice";
    case ParameterKind::layer:
        return "layer";
    case ParameterKind::column:
        return "column";
    case ParameterKind::category:
        return "category";
    }
    return {};
}
} // namespace

nlohmann::json toJson(const Analysis& analysis) {
    nlohmann::json parameters = nlohmann::json::array();
    for (const ParameterSpec& spec : analysis.parameters()) {
        nlohmann::json entry{{"key", spec.key},   {"label", spec.label},          {"type", keyOf(spec.kind)},
                             {"unit", spec.unit}, {"default", spec.defaultValue}, {"help", spec.help}};
        entry["choices"] = nlohmann::json::array();
        for (const ParameterChoice& choice : spec.choices) entry["choices"].push_back(choice.key);
        if (spec.suggestible) entry["suggested"] = true;
        if (spec.further) entry["further"] = true;
        parameters.push_back(std::move(entry));
    }
    return {{"id", analysis.id},           {"title", analysis.title},   {"group", analysis.group},
            {"summary", analysis.summary}, {"source", analysis.source}, {"parameters", std::move(parameters)}};
}

NamesInParameters namesIn(const Analysis& analysis, const nlohmann::json& parameters) {
    NamesInParameters names;
    if (!parameters.is_object()) return names;
    for (const ParameterSpec& spec : analysis.parameters()) {
        const auto given = parameters.find(spec.key);
        if (given == parameters.end() || !given->is_string() || given->get<std::string>().empty()) continue;
        const auto name = given->get<std::string>();
        const bool isChoice = std::any_of(spec.choices.begin(), spec.choices.end(),
                                          [&](const ParameterChoice& choice) { return choice.key == name; });
        if (spec.kind == ParameterKind::layer) names.layers.push_back(name);
        if (spec.kind == ParameterKind::column && !isChoice) names.columns.push_back(name);
    }
    return names;
}

} // namespace patchlight
