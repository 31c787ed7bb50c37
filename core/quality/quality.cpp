// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quality/quality.h"

#include "core/base/text.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace patchlight {

namespace {

constexpr std::size_t stacksKept = 10;
constexpr std::size_t mostMonths = 1200; ///< a wild date would make a table of nothing

std::vector<MappedCount> sorted(const std::map<std::string, MappedCount>& groups) {
    std::vector<MappedCount> counts;
    for (const auto& [name, count] : groups) counts.push_back(count);
    return counts;
}

void count(std::map<std::string, MappedCount>& groups, const std::string& name, bool mapped) {
    MappedCount& group = groups[name];
    group.name = name;
    ++group.recorded;
    group.mapped += mapped ? 1 : 0;
}

std::vector<TieStack> largestStacks(const IncidentTable& table, std::span<const std::uint32_t> rows,
                                    const Places& places) {
    std::vector<std::uint32_t> order(places.size());
    std::iota(order.begin(), order.end(), 0u);
    const auto larger = [&](std::uint32_t a, std::uint32_t b) {
        return places.weight[a] != places.weight[b] ? places.weight[a] > places.weight[b] : a < b;
    };
    const auto kept = std::min(stacksKept, order.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(), larger);
    std::vector<TieStack> stacks;
    std::map<std::uint32_t, std::size_t> stackOf;
    for (std::size_t i = 0; i < kept && places.weight[order[i]] >= 2.0; ++i) {
        stackOf[order[i]] = stacks.size();
        stacks.push_back({places.point[order[i]], static_cast<std::size_t>(places.weight[order[i]]), {}});
    }
    std::vector<std::map<std::string, std::size_t>> names(stacks.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (const auto stack = stackOf.find(places.placeOf[i]); stack != stackOf.end())
            ++names[stack->second][std::string(table.place.at(rows[i]))];
    for (std::size_t i = 0; i < stacks.size(); ++i)
        stacks[i].place = std::max_element(names[i].begin(), names[i].end(), [](const auto& a, const auto& b) {
                              return a.second < b.second;
                          })->first;
    return stacks;
}

} // namespace

std::vector<std::string> sourceOfDatasets(const IncidentTable& table, const std::vector<DatasetInfo>& datasets) {
    std::vector<std::string> sources;
    for (const std::string& name : table.dataset.values) {
        const auto known = std::find_if(datasets.begin(), datasets.end(),
                                        [&](const DatasetInfo& dataset) { return dataset.name == name; });
        sources.push_back(known == datasets.end() || known->source.empty() ? name : known->source);
    }
    return sources;
}

std::vector<std::size_t> Coverage::gapsOf(std::size_t source) const {
    std::vector<std::size_t> gaps, since;
    bool begun = false;
    for (std::size_t month = 0; month < months.size(); ++month) {
        if (at(source, month) == 0) {
            if (begun) since.push_back(month);
            continue;
        }
        begun = true;
        gaps.insert(gaps.end(), since.begin(), since.end());
        since.clear();
    }
    return gaps;
}

Coverage coverageOf(const std::vector<DatasetInfo>& datasets) {
    std::map<std::string, std::map<LocalDay, std::size_t>> rows;
    std::optional<LocalDay> first, last;
    for (const DatasetInfo& dataset : datasets) {
        auto& source = rows[dataset.source.empty() ? dataset.name : dataset.source];
        for (const MonthCount& month : dataset.months) {
            const auto day = parseIsoDay(month.month);
            if (!day) continue;
            source[*day] += month.rows;
            first = first ? std::min(*first, *day) : *day;
            last = last ? std::max(*last, *day) : *day;
        }
    }
    Coverage coverage;
    if (first)
        for (LocalDay month = *first; month <= *last && coverage.months.size() < mostMonths;
             month = addedMonths(month, 1))
            coverage.months.push_back(month);
    for (const auto& [source, months] : rows) {
        coverage.sources.push_back(source);
        for (const LocalDay month : coverage.months) {
            const auto known = months.find(month);
            coverage.rows.push_back(known == months.end() ? 0 : known->second);
        }
    }
    return coverage;
}

QualityReport qualityOf(const IncidentTable& table, const std::vector<DatasetInfo>& datasets,
                        std::vector<Finding> findings) {
    QualityReport report;
    report.recorded = table.size();
    report.findings = std::move(findings);
    report.coverage = coverageOf(datasets);
    report.doubleReports = doubleReports(table, datasets);
    report.unknownCategories = unknownCategories(table);
    const std::vector<std::string> sources = sourceOfDatasets(table, datasets);
    std::map<std::string, MappedCount> bySource, byCategory;
    std::map<std::string, MappedCount> byMonth;
    std::map<LocationLevel, std::size_t> levels;
    std::vector<std::uint32_t> rows;
    std::vector<ProjectedPoint> points;
    LocalDay month{};
    std::string monthText;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const bool mapped = table.mapped[row] != 0;
        count(bySource, sources[table.dataset.code[row]], mapped);
        count(byCategory, table.category.values[table.category.code[row]], mapped);
        if (table.precision[row] == TimePrecision::none) {
            ++report.undated;
            count(byMonth, "", mapped);
        } else {
            const LocalDay first = firstOfMonth(std::chrono::floor<std::chrono::days>(table.from[row]));
            if (first != month || monthText.empty()) {
                month = first;
                monthText = isoDay(first).substr(0, 7);
            }
            count(byMonth, monthText, mapped);
        }
        if (!mapped) continue;
        ++report.mapped;
        ++levels[table.level[row]];
        rows.push_back(static_cast<std::uint32_t>(row));
        points.push_back(table.position[row]);
    }
    report.bySource = sorted(bySource);
    report.byCategory = sorted(byCategory);
    report.byMonth = sorted(byMonth);
    report.byLevel.assign(levels.begin(), levels.end());
    const Places places = distinctPlaces(points);
    report.places = places.size();
    report.stacks = largestStacks(table, rows, places);
    return report;
}

std::string_view nameOf(LocationLevel level) {
    switch (level) {
    case LocationLevel::exact:
        return "exact position";
    case LocationLevel::snapped:
        return "anonymised map point";
    case LocationLevel::postcode:
        return "postcode";
    case LocationLevel::street:
        return "street or place";
    case LocationLevel::area:
        return "area";
    case LocationLevel::none:
        break;
    }
    return "not said";
}

} // namespace patchlight
