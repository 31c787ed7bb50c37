// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/weights.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

/// Harm by code of the category column; NaN where the list has none.
std::vector<double> harmByCode(const IncidentTable& table, const TextColumn& column) {
    std::vector<double> harm;
    for (const std::string& wording : column.values) {
        const CategoryMeaning* meaning = table.categories.find(wording);
        harm.push_back(meaning && meaning->harm ? *meaning->harm : NAN);
    }
    return harm;
}

Expected<std::vector<double>> harmOf(const IncidentTable& table, std::span<const std::uint32_t> rows) {
    const std::vector<double> category = harmByCode(table, table.category),
                              subcategory = harmByCode(table, table.subcategory);
    std::vector<double> weights;
    for (const std::uint32_t row : rows) { // the finer wording first
        const double fine = subcategory[table.subcategory.code[row]];
        weights.push_back(std::isnan(fine) ? category[table.category.code[row]] : fine);
    }
    if (std::all_of(weights.begin(), weights.end(), [](double weight) { return std::isnan(weight); }))
        return fail(ErrorCode::invalidParameter,
                    "None of these categories has a harm weight; give them a table of weights first (categories).",
                    "weight");
    return weights;
}

} // namespace

std::vector<ParameterChoice> weightChoices() {
    return {{std::string(weightByCount), "Each counts one"}, {std::string(weightByHarm), "Harm of its category"}};
}

Expected<RowWeights> weightsOf(const AnalysisInput& input, const PreparedIncidents& incidents,
                               const std::string& weight) {
    if (weight.empty() || weight == weightByCount) return RowWeights{};
    RowWeights weights;
    weights.what = weight == weightByHarm ? "Harm" : weight;
    if (weight == weightByHarm) {
        auto harm = harmOf(*input.table, incidents.rows);
        if (!harm) return fail(harm.error());
        weights.of = std::move(*harm);
    } else {
        const auto column = input.columns.find(weight);
        if (column == input.columns.end())
            return fail(ErrorCode::invalidParameter,
                        "The incidents have no column of numbers \"" + weight + "\" to weigh them by (weight).",
                        "weight");
        for (const std::uint32_t row : incidents.rows) weights.of.push_back(column->second[row]);
    }
    std::size_t without = 0;
    double sum = 0.0;
    for (std::size_t i = 0; i < weights.of.size(); ++i) {
        double& value = weights.of[i];
        if (std::isnan(value)) {
            without += incidents.inside[i];
            value = 0.0;
        }
        if (value < 0.0 || !std::isfinite(value))
            return fail(ErrorCode::invalidParameter,
                        "The weight \"" + weight + "\" of record " +
                            std::to_string(input.table->sourceRow[incidents.rows[i]]) + " of " +
                            std::string(input.table->dataset.at(incidents.rows[i])) + " is " + shortestDecimal(value) +
                            "; weights are numbers from 0 up.",
                        "weight");
        if (incidents.inside[i]) sum += value;
    }
    if (!(sum > 0.0))
        return fail(ErrorCode::emptyInput,
                    "All incidents inside the study area weigh 0 by \"" + weight + "\"; choose another weight.",
                    "weight");
    if (without > 0)
        weights.notes.push_back(counted(without, "incident has", "incidents have") + " no weight (" + weights.what +
                                ") and " + (without == 1 ? "adds" : "add") + " nothing to the surface.");
    return weights;
}

WeightedPlaces weightedPlaces(const IncidentTable& table, const PreparedIncidents& incidents, const RowWeights& weights,
                              std::span<const std::uint8_t> only) {
    const Places places = distinctPlaces(table, incidents.rows);
    if (weights.of.empty() && only.empty()) return {places.point, places.weight};
    std::vector<double> sums(places.size(), 0.0);
    for (std::size_t i = 0; i < incidents.rows.size(); ++i)
        if (only.empty() || only[i]) sums[places.placeOf[i]] += weights.of.empty() ? 1.0 : weights.of[i];
    WeightedPlaces kept;
    for (std::size_t place = 0; place < sums.size(); ++place) {
        if (!(sums[place] > 0.0)) continue;
        kept.point.push_back(places.point[place]);
        kept.weight.push_back(sums[place]);
    }
    return kept;
}

} // namespace patchlight
