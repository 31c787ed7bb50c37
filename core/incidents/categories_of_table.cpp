// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/incidents.h"

#include <algorithm>
#include <map>

namespace patchlight {

namespace {

std::vector<std::size_t> countsByCode(const TextColumn& column) {
    std::vector<std::size_t> counts(column.values.size(), 0);
    for (const std::uint32_t code : column.code) ++counts[code];
    return counts;
}

void sortByCount(std::vector<CategoryCount>& counts) {
    std::sort(counts.begin(), counts.end(), [](const CategoryCount& a, const CategoryCount& b) {
        return a.count != b.count ? a.count > b.count : a.name < b.name;
    });
}

/// What each code of a column means; null where no list says it.
std::vector<const CategoryMeaning*> meanings(const CategoryList& list, const TextColumn& column) {
    std::vector<const CategoryMeaning*> found;
    for (const std::string& wording : column.values) found.push_back(wording.empty() ? nullptr : list.find(wording));
    return found;
}

} // namespace

std::vector<std::string> namesAsked(const IncidentFilter& filter) {
    std::vector<std::string> names = filter.categories;
    names.insert(names.end(), filter.groups.begin(), filter.groups.end());
    return names;
}

std::vector<CategoryCount> categoriesOf(const IncidentTable& table) {
    const auto counts = countsByCode(table.category);
    std::vector<CategoryCount> result;
    for (std::size_t code = 0; code < counts.size(); ++code)
        if (counts[code] > 0) result.push_back({table.category.values[code], counts[code]});
    sortByCount(result);
    return result;
}

std::vector<CategoryCount> groupsOf(const IncidentTable& table) {
    const auto category = meanings(table.categories, table.category);
    const auto subcategory = meanings(table.categories, table.subcategory);
    // Few pairs of wordings occur: count those, then the groups of each pair.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> pairs;
    auto last = pairs.end();
    for (std::size_t row = 0; row < table.size(); ++row) {
        const std::pair pair{table.category.code[row], table.subcategory.code[row]};
        if (last == pairs.end() || last->first != pair) last = pairs.emplace(pair, 0).first;
        ++last->second;
    }
    std::map<std::string, std::size_t> counts;
    for (const auto& [pair, rows] : pairs) {
        std::vector<std::string> groups;
        for (const CategoryMeaning* meaning : {category[pair.first], subcategory[pair.second]})
            if (meaning) groups.insert(groups.end(), meaning->groups.begin(), meaning->groups.end());
        std::sort(groups.begin(), groups.end());
        groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
        for (const std::string& group : groups) counts[group] += rows;
    }
    std::vector<CategoryCount> result;
    for (const auto& [name, count] : counts) result.push_back({name, count});
    return result;
}

std::vector<CategoryCount> unknownCategories(const IncidentTable& table) {
    const auto counts = countsByCode(table.category);
    std::vector<CategoryCount> result;
    for (std::size_t code = 1; code < counts.size(); ++code)
        if (counts[code] > 0 && !table.categories.find(table.category.values[code]))
            result.push_back({table.category.values[code], counts[code]});
    sortByCount(result);
    return result;
}

bool anySensitive(const IncidentTable& table, std::span<const std::uint32_t> rows) {
    const auto category = meanings(table.categories, table.category);
    const auto subcategory = meanings(table.categories, table.subcategory);
    const auto sensitive = [](const CategoryMeaning* meaning) { return meaning && meaning->sensitive; };
    return std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
        return sensitive(category[table.category.code[row]]) || sensitive(subcategory[table.subcategory.code[row]]);
    });
}

} // namespace patchlight
