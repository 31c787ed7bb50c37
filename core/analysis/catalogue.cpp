// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "core/analysis/dbscan.h"
#include "core/analysis/kernel_density.h"

#include <algorithm>
#include <array>

namespace patchlight {

std::span<const Analysis> catalogue() {
    static const std::array analyses{kernelDensityAnalysis(), dbscanAnalysis()};
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
        parameters.push_back(std::move(entry));
    }
    return {{"id", analysis.id},           {"title", analysis.title},   {"group", analysis.group},
            {"summary", analysis.summary}, {"source", analysis.source}, {"parameters", std::move(parameters)}};
}

} // namespace patchlight
