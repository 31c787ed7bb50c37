// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/question.h"

#include "core/base/text.h"

#include <algorithm>

namespace patchlight {

Expected<void> loadNamed(AnalysisInput& input, const Analysis& analysis, const Project& project,
                         const TaskContext& task) {
    const NamesInParameters names = namesIn(analysis, input.parameters);
    for (const std::string& name : names.layers) {
        const auto known = [&](const BoundaryLayer& layer) { return layer.name == name; };
        if (std::any_of(input.layers.begin(), input.layers.end(), known)) continue;
        auto areas = project.areas(name);
        if (!areas) return fail(areas.error());
        if (areas->empty()) continue;
        BoundaryLayer& layer = input.layers.emplace_back();
        layer.name = name;
        for (AreaFeature& area : *areas)
            layer.areas.push_back(
                {std::move(area.code), std::move(area.name), area.population, std::move(area.polygon)});
    }
    if (names.columns.empty()) return {};
    const auto known = project.numberColumns();
    if (!known) return fail(known.error());
    for (const std::string& name : names.columns) {
        if (std::find(known->begin(), known->end(), name) == known->end()) continue;
        auto numbers = project.numbersOf(name, task);
        if (!numbers) return fail(numbers.error());
        if (numbers->size() == input.table->size()) input.columns[name] = std::move(*numbers);
    }
    return {};
}

std::vector<RecipeDataset> datasetsOf(std::span<const DatasetInfo> datasets) {
    constexpr std::size_t digits = 12;
    std::vector<RecipeDataset> named;
    for (const DatasetInfo& dataset : datasets) {
        std::string name = dataset.name;
        while (const auto at = firstInvalidUtf8(name)) name[*at] = '?'; // JSON is UTF-8
        named.push_back({std::move(name), dataset.sha256.substr(0, digits), dataset.stored});
    }
    std::sort(named.begin(), named.end());
    return named;
}

} // namespace patchlight
