// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/parameters.h"
#include "core/analysis/result.h"
#include "core/geometry/study_area.h"

#include <map>
#include <memory>
#include <span>

/// The catalogue: every analysis described once; the window, the command line and the report know only this.
namespace patchlight {

/// A boundary layer of the project, as analyses take it.
struct Boundary {
    std::string code, name;
    std::optional<double> population;
    MultiPolygon polygon; ///< project CRS
};
struct BoundaryLayer {
    std::string name;
    std::vector<Boundary> areas;
};

/// A question: which incidents, where, how.
struct AnalysisInput {
    std::shared_ptr<const IncidentTable> table;
    IncidentFilter filter;
    std::optional<Period> comparison; ///< counted in the areas found in filter.period
    StudyArea area;
    nlohmann::json parameters = nlohmann::json::object(); ///< key to value; open ones are suggested
    std::vector<BoundaryLayer> layers;                    ///< those that `namesIn` the parameters
    std::map<std::string, std::vector<double>> columns =
        {}; ///< the same; a number a table row, NaN where there is none
};

struct Suggestion {
    std::string key;
    std::optional<double> value; ///< nothing where a rule cannot be used here: the reason says why
    std::string reason;          ///< one sentence
    std::string name = {};       ///< of the rule, for people: "Normal reference"; empty for the one that stands
};

struct Analysis {
    std::string_view id;      ///< never changes once released
    std::string_view title;   ///< "Kernel density"
    std::string_view group;   ///< tab in the window: "Where", "Groups"
    std::string_view summary; ///< one sentence in ordinary words
    std::string_view source;  ///< the paper
    std::vector<ParameterSpec> (*parameters)();
    Expected<std::vector<Suggestion>> (*suggest)(const AnalysisInput&); ///< a parameter's first is what stands for it
    /// Further starts that take seconds to find, asked for one by one; null: there are none.
    Expected<std::vector<Suggestion>> (*suggestFurther)(const AnalysisInput&, const TaskContext&) = nullptr;
    Expected<Result> (*run)(const AnalysisInput&, const TaskContext&);
    /// Why this analysis would mislead on these incidents, in a sentence; it then runs on none. Null: it never does.
    std::optional<std::string> (*unsuitable)(const AnalysisInput&) = nullptr;
};

[[nodiscard]] std::span<const Analysis> catalogue();
[[nodiscard]] const Analysis* findAnalysis(std::string_view id); ///< null if there is none
[[nodiscard]] nlohmann::json toJson(const Analysis& analysis);
/// The help page of an analysis, Markdown in UTF-8 from resources/help; empty where there is none.
[[nodiscard]] std::string_view helpPage(std::string_view analysis);

/// What parameters name of the project: the caller loads it into the input.
struct NamesInParameters {
    std::vector<std::string> layers, columns;
};
[[nodiscard]] NamesInParameters namesIn(const Analysis& analysis, const nlohmann::json& parameters);
} // namespace patchlight
