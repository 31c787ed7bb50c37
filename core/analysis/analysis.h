// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/parameters.h"
#include "core/analysis/result.h"
#include "core/geometry/study_area.h"

#include <memory>
#include <span>

/// The catalogue: every analysis described once; the window, the command line and the report know only this.
namespace patchlight {

/// A question: which incidents, where, how.
struct AnalysisInput {
    std::shared_ptr<const IncidentTable> table;
    IncidentFilter filter;
    std::optional<Period> comparison; ///< counted in the areas found in filter.period
    StudyArea area;
    nlohmann::json parameters = nlohmann::json::object(); ///< key to value; open ones are suggested
};

struct Suggestion {
    std::string key;
    double value = 0.0;
    std::string reason; ///< one sentence
};

struct Analysis {
    std::string_view id;      ///< never changes once released
    std::string_view title;   ///< "Kernel density"
    std::string_view group;   ///< tab in the window: "Where", "Groups"
    std::string_view summary; ///< one sentence in ordinary words
    std::string_view source;  ///< the paper
    std::vector<ParameterSpec> (*parameters)();
    Expected<std::vector<Suggestion>> (*suggest)(const AnalysisInput&);
    Expected<Result> (*run)(const AnalysisInput&, const TaskContext&);
};

[[nodiscard]] std::span<const Analysis> catalogue();
[[nodiscard]] const Analysis* findAnalysis(std::string_view id); ///< null if there is none
[[nodiscard]] nlohmann::json toJson(const Analysis& analysis);

} // namespace patchlight
