// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/companions.h"

#include "core/analysis/density_choices.h"
#include "core/base/text.h"
#include "core/disclosure/disclosure.h"

#include <algorithm>
#include <map>

namespace patchlight {

namespace {

constexpr std::size_t mostPanels = 6, mostQuarters = 8, mostCategories = 12;
constexpr int longestStep = 124; ///< days: up to four months are one panel

using Days = std::chrono::days;

bool isWholeMonths(const Period& period) {
    return firstOfMonth(period.first) == period.first && firstOfMonth(period.last + Days{1}) == period.last + Days{1};
}

std::ptrdiff_t monthsBetween(LocalDay first, LocalDay end) {
    const std::chrono::year_month_day a{first}, b{end};
    return (std::chrono::year_month{b.year(), b.month()} - std::chrono::year_month{a.year(), a.month()}).count();
}

/// Whether every month that the period touches has rows.
bool isCovered(const Period& period, const Result& result) {
    if (!result.monthlyFirst) return false;
    for (LocalDay month = firstOfMonth(period.first); month <= period.last; month = addedMonths(month, 1)) {
        const std::ptrdiff_t at = monthsBetween(*result.monthlyFirst, month);
        if (at < 0 || at >= std::ptrdiff_t(result.monthlyCovered.size()) || !result.monthlyCovered[std::size_t(at)])
            return false;
    }
    return true;
}

/// The period and those of the same length before it.
std::vector<Period> backFrom(const Period& period, const Result& result) {
    std::vector<Period> periods{period};
    const bool months = isWholeMonths(period);
    const std::ptrdiff_t step = months ? monthsBetween(period.first, period.last + Days{1}) : 0;
    const Days length = period.last - period.first + Days{1};
    while (periods.size() < mostPanels) {
        const Period& later = periods.back();
        const LocalDay first = months ? addedMonths(later.first, -step) : later.first - length;
        const Period earlier{first, later.first - Days{1}};
        if (!isCovered(earlier, result)) break;
        periods.push_back(earlier);
    }
    std::reverse(periods.begin(), periods.end());
    return periods;
}

std::vector<Period> calendarQuarters(const Period& period) {
    std::vector<Period> quarters;
    const std::chrono::year_month_day start{period.first};
    const unsigned month = (unsigned(start.month()) - 1) / 3 * 3 + 1;
    LocalDay first = LocalDay{start.year() / std::chrono::month{month} / std::chrono::day{1}};
    for (; first <= period.last; first = addedMonths(first, 3)) {
        const Period quarter{first, addedMonths(first, 3) - Days{1}};
        if (quarter.first >= period.first && quarter.last <= period.last) quarters.push_back(quarter);
    }
    if (quarters.size() > mostQuarters) quarters.erase(quarters.begin(), quarters.end() - mostQuarters);
    return quarters;
}

std::vector<Period> quartersOf(const Recipe& recipe, const Result& result, const IncidentTable& table) {
    const auto period = recipe.filter.period ? recipe.filter.period : periodOf(table);
    if (!period) return {};
    if ((period->last - period->first).count() < longestStep) return backFrom(*period, result);
    return calendarQuarters(*period);
}

/// The chosen categories, else the most frequent of the mapped.
std::vector<std::string> categoriesFor(const Recipe& recipe, const Result& result, const IncidentTable& table) {
    std::vector<std::string> asked = namesAsked(recipe.filter);
    if (!asked.empty()) {
        asked.resize(std::min(asked.size(), mostCategories));
        return asked;
    }
    std::map<std::uint32_t, std::size_t> counts;
    for (const std::uint32_t row : result.rows) ++counts[table.category.code[row]];
    std::vector<std::pair<std::size_t, std::string>> byCount;
    for (const auto& [code, count] : counts)
        if (const std::string& name = table.category.values[code]; !name.empty()) byCount.emplace_back(count, name);
    std::sort(byCount.begin(), byCount.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(byCount.size(), mostPanels); ++i) names.push_back(byCount[i].second);
    return names;
}

/// The recipe for one more map: sizes as used, no page of its own, nothing to compare with.
Recipe furtherMap(const Recipe& answered) {
    Recipe recipe = answered;
    recipe.comparison.reset();
    recipe.layout = {};
    return recipe;
}

/// A threshold in multiples of the mean depends on the period; over time it is the main result's density.
void fixThreshold(Recipe& recipe, const Result& result, double factor) {
    if (result.analysis != "kernel-density" || !result.statistics.contains("threshold")) return;
    recipe.parameters["threshold-method"] = "absolute";
    recipe.parameters["threshold"] = result.statistics["threshold"].get<double>() * factor;
}

double daysOf(const Period& period) {
    return double((period.last - period.first).count() + 1);
}

/// How much of the main result's period one panel is.
double panelShare(const std::vector<Period>& quarters, const Recipe& recipe, const IncidentTable& table) {
    const auto whole = recipe.filter.period ? recipe.filter.period : periodOf(table);
    double days = 0.0;
    for (const Period& quarter : quarters) days += daysOf(quarter);
    return whole && !quarters.empty() ? days / double(quarters.size()) / daysOf(*whole) : 1.0;
}

void addPanels(CompanionPlan& plan, PanelsBy by, const Recipe& answered, const Result& result,
               const IncidentTable& table) {
    if (by == PanelsBy::category) {
        const auto names = categoriesFor(answered, result, table);
        if (names.size() < 2)
            return plan.leftOut.push_back({PageKind::panels, "small maps by category need at least two categories"});
        for (const std::string& name : names) {
            Recipe recipe = furtherMap(answered);
            const bool group = std::find(answered.filter.groups.begin(), answered.filter.groups.end(), name) !=
                               answered.filter.groups.end();
            recipe.filter.categories.clear();
            recipe.filter.groups.clear();
            (group ? recipe.filter.groups : recipe.filter.categories).push_back(name);
            plan.companions.push_back({PageKind::panels, by, name, std::move(recipe), nullptr});
        }
        return;
    }
    const auto quarters = quartersOf(answered, result, table);
    if (quarters.size() < 2)
        return plan.leftOut.push_back({PageKind::panels, "small maps by quarter need at least two with data"});
    for (const Period& quarter : quarters) {
        Recipe recipe = furtherMap(answered);
        recipe.filter.period = quarter;
        fixThreshold(recipe, result, panelShare(quarters, answered, table));
        plan.companions.push_back({PageKind::panels, by, readableMonths(quarter), std::move(recipe), nullptr});
    }
}

void addComparison(CompanionPlan& plan, const Recipe& answered, const Result& result) {
    if (result.analysis == "dual-density")
        return plan.leftOut.push_back({PageKind::comparison, "compared density shows both periods on one map"});
    if (!answered.comparison)
        return plan.leftOut.push_back({PageKind::comparison, "a page before and after needs a period to compare with"});
    Recipe recipe = furtherMap(answered);
    recipe.filter.period = answered.comparison;
    fixThreshold(recipe, result, 1.0);
    plan.companions.push_back(
        {PageKind::comparison, PanelsBy::category, readableMonths(*answered.comparison), std::move(recipe), nullptr});
}

/// The highest class that a value reaches.
std::optional<std::size_t> classOf(double value, const std::vector<DensityClass>& classes) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (!classes[i].below && value >= classes[i].from) found = i;
    return found;
}

void takeClasses(Result& result, const std::vector<DensityClass>& classes) {
    result.classes = classes;
    for (Region& region : result.regions)
        region.classIndex = region.value ? classOf(*region.value, classes) : std::nullopt;
}

bool hasValues(const Result& result) {
    return result.surface || !result.regions.empty();
}

/// In multiples of each map's own average: one legend for categories of any size.
void takeMultiples(Result& result) {
    const double mean = result.statistics.value("mean_of_positive_cells", 0.0);
    if (!result.surface || !(mean > 0.0)) return;
    for (double& value : result.surface->values) value /= mean;
    const double threshold = result.statistics.value("threshold", 0.0) / mean;
    result.classes = densityClasses(1.0, threshold);
    result.measure = "Times the average";
}

/// One legend for all maps of a page.
void shareClasses(std::vector<std::shared_ptr<Result>>& results, const Companion& first, const Result& main,
                  double share) {
    if (first.kind == PageKind::comparison) {
        Result& before = *results.front();
        if (!hasValues(before) || before.measure != main.measure) return;
        takeClasses(before, main.classes);
        before.areas = main.areas;
        return;
    }
    const bool densities = std::all_of(results.begin(), results.end(), [](const auto& result) {
        return result->surface && result->statistics.contains("mean_of_positive_cells");
    });
    if (densities && first.by == PanelsBy::category) {
        for (const auto& result : results) takeMultiples(*result);
        return;
    }
    if (densities && main.statistics.contains("mean_of_positive_cells")) {
        const auto classes = densityClasses(main.statistics["mean_of_positive_cells"].get<double>() * share,
                                            main.statistics.value("threshold", 0.0) * share);
        for (const auto& result : results) takeClasses(*result, classes);
        return;
    }
    // Counted areas: the classes of the map that reaches highest.
    const auto highest = std::max_element(results.begin(), results.end(), [](const auto& a, const auto& b) {
        const auto top = [](const Result& result) { return result.classes.empty() ? 0.0 : result.classes.back().from; };
        return top(*a) < top(*b);
    });
    const auto classes = (*highest)->classes;
    for (const auto& result : results) takeClasses(*result, classes);
}

/// Incidents by month in each area's outline, of the filter without its period.
std::vector<std::vector<std::size_t>> monthsInAreas(const Recipe& answered, const Result& result,
                                                    const IncidentTable& table) {
    std::vector<std::vector<std::size_t>> months(result.areas.size());
    IncidentFilter filter = answered.filter;
    filter.period.reset();
    const auto selection = select(table, filter);
    if (!selection || !result.monthlyFirst) return {};
    for (std::size_t i = 0; i < months.size(); ++i) {
        months[i].assign(result.monthly.size(), 0);
        StudyArea area;
        area.polygon = result.areas[i].outline;
        const Box box = boxOf(*area.polygon);
        std::vector<std::uint32_t> rows;
        std::vector<ProjectedPoint> points;
        for (const std::uint32_t row : selection->rows) {
            if (!table.mapped[row] || table.precision[row] == TimePrecision::none || !box.contains(table.position[row]))
                continue;
            rows.push_back(row);
            points.push_back(table.position[row]);
        }
        const auto isInside = inside(area, points);
        for (std::size_t k = 0; k < rows.size(); ++k) {
            if (!isInside[k]) continue;
            const auto at =
                monthsBetween(*result.monthlyFirst, std::chrono::floor<std::chrono::days>(table.from[rows[k]]));
            if (at >= 0 && at < std::ptrdiff_t(months[i].size())) ++months[i][std::size_t(at)];
        }
    }
    return months;
}

std::string reasonsOf(const CompanionPlan& plan) {
    std::vector<std::string> reasons;
    for (const LeftOutPage& page : plan.leftOut) reasons.push_back(page.reason);
    return listed(reasons);
}

} // namespace

CompanionPlan planCompanions(const Recipe& answered, const Result& result, const IncidentTable& table) {
    CompanionPlan plan;
    const LayoutTemplate* layout = findLayout(answered.layout.templateName);
    if (!layout) return plan;
    for (const PageTemplate& page : layout->pages) {
        if (page.kind == PageKind::comparison) addComparison(plan, answered, result);
        if (page.kind == PageKind::panels) addPanels(plan, page.by, answered, result, table);
        if (page.kind == PageKind::hotspots && result.areas.empty())
            plan.leftOut.push_back({PageKind::hotspots, "there is no hotspot to give a page to"});
    }
    return plan;
}

Expected<CompanionPlan> answerCompanions(const Recipe& answered, const Result& result, const IncidentTable& table,
                                         const std::function<Expected<Result>(const Recipe&)>& ask,
                                         const TaskContext& task) {
    CompanionPlan plan = planCompanions(answered, result, table);
    const LayoutTemplate* layout = findLayout(answered.layout.templateName);
    if (layout && !plan.leftOut.empty() && plan.leftOut.size() >= layout->pages.size())
        return fail(ErrorCode::invalidParameter,
                    "The layout \"" + layout->name + "\" cannot be made: " + reasonsOf(plan) + ".", "template");
    const auto wantsMonths = [](const PageTemplate& page) {
        return page.kind == PageKind::hotspots && page.has(PageBlock::months);
    };
    if (layout && std::any_of(layout->pages.begin(), layout->pages.end(), wantsMonths))
        plan.areaMonths = monthsInAreas(answered, result, table);
    std::vector<Companion> answeredOnes;
    std::vector<std::shared_ptr<Result>> results;
    for (std::size_t i = 0; i < plan.companions.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        task.report("Further maps", double(i) / double(plan.companions.size()));
        Companion& companion = plan.companions[i];
        auto further = ask(companion.recipe);
        if (!further && further.error().code == ErrorCode::emptyInput) {
            plan.leftOut.push_back({companion.kind, "\"" + companion.title + "\" has no mapped incident"});
            continue;
        }
        if (!further) return fail(further.error());
        results.push_back(std::make_shared<Result>(std::move(*further)));
        answeredOnes.push_back(std::move(companion));
    }
    for (std::size_t begin = 0; begin < answeredOnes.size();) {
        std::size_t end = begin + 1;
        const auto same = [&](const Companion& one) {
            return one.kind == answeredOnes[begin].kind && one.by == answeredOnes[begin].by;
        };
        while (end < answeredOnes.size() && same(answeredOnes[end])) ++end;
        std::vector<std::shared_ptr<Result>> page(results.begin() + std::ptrdiff_t(begin),
                                                  results.begin() + std::ptrdiff_t(end));
        std::vector<Period> periods;
        for (std::size_t i = begin; i < end; ++i)
            if (answeredOnes[i].recipe.filter.period) periods.push_back(*answeredOnes[i].recipe.filter.period);
        shareClasses(page, answeredOnes[begin], result, panelShare(periods, answered, table));
        begin = end;
    }
    for (std::size_t i = 0; i < results.size(); ++i) answeredOnes[i].result = std::move(results[i]);
    plan.companions = std::move(answeredOnes);
    return plan;
}

std::optional<bool> sameClasses(const CompanionPlan& plan, const Result& main) {
    std::optional<bool> same;
    const Companion* last = nullptr;
    for (const Companion& one : plan.companions) {
        const bool samePage = last && last->kind == one.kind && last->by == one.by;
        if (one.kind == PageKind::comparison && hasValues(*one.result))
            same = same.value_or(true) && sameClasses(*one.result, main);
        if (one.kind == PageKind::panels && samePage && hasValues(*one.result))
            same = same.value_or(true) && sameClasses(*last->result, *one.result);
        last = &one;
    }
    return same;
}

CompanionPlan publishedCompanions(CompanionPlan plan, const Result& main, const Disclosure& disclosure) {
    const std::size_t below = disclosure.smallBelow();
    std::vector<Companion> kept;
    for (Companion& companion : plan.companions) {
        if (companion.result->mapped < below) {
            plan.leftOut.push_back({companion.kind, "\"" + companion.title + "\" has fewer than " +
                                                        std::to_string(below) + " mapped incidents"});
            continue;
        }
        const bool sharesAreas = companion.kind == PageKind::comparison && hasValues(*companion.result);
        auto result = std::make_shared<Result>(*published(companion.result, disclosure).result);
        if (sharesAreas) result->areas = main.areas;
        companion.result = std::move(result);
        kept.push_back(std::move(companion));
    }
    plan.companions = std::move(kept);
    if (below == 0 && disclosure.roundTo == 0) return plan;
    if (plan.areaMonths.size() != main.areas.size() || disclosure.roundTo > 0) plan.areaMonths.clear();
    for (std::size_t i = 0; i < plan.areaMonths.size(); ++i) {
        auto& months = plan.areaMonths[i];
        const bool small =
            std::any_of(months.begin(), months.end(), [&](std::size_t count) { return count > 0 && count < below; });
        if (small || main.areas[i].shown != Shown::exact) months.clear();
    }
    return plan;
}

} // namespace patchlight
