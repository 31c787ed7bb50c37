// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/question_options.h"

#include "app/cli/console.h"
#include "core/base/text.h"

#include <sstream>

namespace patchlight::cli {

void QuestionOptions::addTo(CLI::App& command) {
    command.add_option(
        "--category", categories,
        "Only these categories (the source's wording; case does not matter), or a group of them such as ASB");
    command.add_option("--dataset", datasets, "Only these datasets");
    command.add_option("--from", from, "First day, 2025-07-01, or month, 2025-07");
    command.add_option("--to", to, "Last day, included; of a month its last");
    command.add_option("--compare-from", compareFrom, "First day of the comparison period");
    command.add_option("--compare-to", compareTo, "Last day of the comparison period");
    command.add_option("--hours", hours, "Hours of the day, half-open: 22-04");
    command.add_option("--weekdays", weekdays, "Weekdays: fri,sat; a night belongs to the day on which it began");
    command.add_option("--area", area, "Study area: a file, or LAYER or LAYER:NAME of the project");
    command.add_option("--area-layer", areaLayer, "Layer of a study area file that has several");
    command.add_option("--bbox", box, "Study area in metres of the project CRS: W,S,E,N");
}

namespace {

Expected<LocalDay> dayOf(const std::string& text, const std::string& option, bool endOfMonth) {
    if (const auto day = parseIsoDay(text, endOfMonth)) return *day;
    return fail(ErrorCode::invalidParameter,
                option + " must be a date like 2025-07-01 or a month like 2025-07, not \"" + text + "\".", option);
}

Expected<Box> boxOf(const std::string& text) {
    std::vector<double> numbers;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, ',');)
        if (const auto number = parseDecimal(part)) numbers.push_back(*number);
    if (numbers.size() != 4 || numbers[0] >= numbers[2] || numbers[1] >= numbers[3])
        return fail(ErrorCode::invalidParameter,
                    "--bbox must be west,south,east,north in metres with west < east and south < north, not \"" + text +
                        "\".",
                    "--bbox");
    return Box{numbers[0], numbers[1], numbers[2], numbers[3]};
}

} // namespace

Expected<std::optional<Period>> periodBetween(const std::string& from, const std::string& to, const std::string& prefix,
                                              const std::optional<Period>& firstAndLast) {
    if (from.empty() && to.empty()) return std::optional<Period>{};
    Period period = firstAndLast.value_or(Period{});
    if (!from.empty()) {
        const auto day = dayOf(from, prefix + "from", false);
        if (!day) return fail(day.error());
        period.first = *day;
    }
    if (!to.empty()) {
        const auto day = dayOf(to, prefix + "to", true);
        if (!day) return fail(day.error());
        period.last = *day;
    }
    if (period.last < period.first)
        return fail(ErrorCode::invalidParameter,
                    "The period ends (" + isoDay(period.last) + ") before it begins (" + isoDay(period.first) +
                        "); check " + prefix + "from and " + prefix + "to.",
                    prefix + "to");
    return std::optional<Period>{period};
}

Expected<void> QuestionOptions::fill(Recipe& recipe, const std::optional<Period>& firstAndLast) const {
    recipe.filter.categories = categories;
    recipe.filter.datasets = datasets;
    const auto period = periodBetween(from, to, "--", firstAndLast);
    if (!period) return patchlight::fail(period.error());
    recipe.filter.period = *period;
    const auto comparison = periodBetween(compareFrom, compareTo, "--compare-", firstAndLast);
    if (!comparison) return patchlight::fail(comparison.error());
    recipe.comparison = *comparison;
    if (!hours.empty()) {
        const auto range = parseHours(hours);
        if (!range) return patchlight::fail(range.error());
        recipe.filter.hours = *range;
    }
    if (!weekdays.empty()) {
        auto days = parseWeekdays(weekdays);
        if (!days) return patchlight::fail(days.error());
        recipe.filter.weekdays = std::move(*days);
    }
    if (!area.empty() && !box.empty())
        return patchlight::fail(ErrorCode::invalidParameter, "Give --area or --bbox, not both.", "--area");
    if (!box.empty()) {
        const auto given = boxOf(box);
        if (!given) return patchlight::fail(given.error());
        recipe.area.kind = StudyAreaSpec::Kind::box;
        recipe.area.box = *given;
    } else if (!area.empty()) {
        std::error_code problem;
        recipe.area.sublayer = areaLayer;
        if (std::filesystem::exists(pathFromUtf8(area), problem)) {
            recipe.area.kind = StudyAreaSpec::Kind::file;
            recipe.area.source = area;
        } else {
            recipe.area.kind = StudyAreaSpec::Kind::layer;
            const std::size_t colon = area.find(':');
            recipe.area.source = area.substr(0, colon);
            if (colon != std::string::npos) recipe.area.feature = area.substr(colon + 1);
        }
    }
    return {};
}

Expected<std::vector<std::pair<std::string, std::string>>> keyValues(const std::vector<std::string>& texts,
                                                                     const std::string& option) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos || equals == 0)
            return fail(ErrorCode::invalidParameter, option + " takes key=value, not \"" + text + "\".", option);
        pairs.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
    return pairs;
}

Expected<const Analysis*> analysisNamed(const std::string& id) {
    if (const Analysis* found = findAnalysis(id)) return found;
    std::vector<std::string> known;
    for (const Analysis& entry : catalogue()) known.emplace_back(entry.id);
    return fail(ErrorCode::invalidParameter, "There is no analysis \"" + id + "\"; there are " + listed(known) + ".",
                id);
}

Expected<Recipe> recipeFor(const std::string& id, const std::vector<std::string>& set) {
    const auto analysis = analysisNamed(id);
    if (!analysis) return fail(analysis.error());
    Recipe recipe;
    recipe.analysis = id;
    const auto parameters = keyValues(set, "--set");
    if (!parameters) return fail(parameters.error());
    for (const auto& [key, value] : *parameters) recipe.parameters[key] = value;
    if (auto known = checkKeys(recipe.parameters, (*analysis)->parameters()); !known) return fail(known.error());
    return recipe;
}

} // namespace patchlight::cli
