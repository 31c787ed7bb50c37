// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/detail/wanted.h"

#include "core/base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <numeric>

namespace patchlight::detail {

namespace {

/// Levenshtein distance, for "did you mean".
std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// The sentence that says which values there are: the near ones, or else the first ones.
std::string suggestion(std::string_view asked, const std::vector<std::string>& known) {
    const std::string wanted = foldedCase(asked);
    std::vector<std::pair<std::size_t, std::string>> near;
    for (const std::string& value : known) {
        const std::string have = foldedCase(value);
        const std::size_t distance = editDistance(wanted, have);
        const bool within = !wanted.empty() && (have.find(wanted) != have.npos || wanted.find(have) != wanted.npos);
        if (within || distance * 3 <= std::max(wanted.size(), have.size())) near.emplace_back(distance, value);
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> names;
    for (const auto& item : near)
        if (names.size() < 3) names.push_back(fmt::format("\"{}\"", item.second));
    if (!names.empty()) return fmt::format("Near it are {}.", listed(names));
    for (const std::string& value : known)
        if (names.size() < 12) names.push_back(fmt::format("\"{}\"", value));
    if (names.empty()) return "There are none at all.";
    return fmt::format("There {} {}{}.", names.size() == 1 ? "is" : "are", listed(names),
                       known.size() > names.size() ? fmt::format(" and {} more", known.size() - names.size()) : "");
}

/// Which codes of a column occur; not looked at for the empty text. Stops when all others have been seen, mostly within
/// the first rows.
std::vector<std::uint8_t> usedCodes(const TextColumn& column) {
    std::vector<std::uint8_t> used(column.values.size(), 0);
    std::size_t unseen = column.values.size() - 1;
    for (std::size_t row = 0; row < column.code.size() && unseen > 0; ++row) {
        const std::uint32_t code = column.code[row];
        unseen -= code != 0 && !used[code];
        used[code] = code != 0;
    }
    return used;
}

/// Marks the codes with this text; false where there is none.
bool markText(const TextColumn& column, const std::vector<std::uint8_t>& used, std::string_view text,
              std::vector<std::uint8_t>& wanted) {
    bool found = false;
    for (std::size_t code = 0; code < column.values.size(); ++code) {
        if (!equalIgnoringCase(column.values[code], text)) continue;
        const bool occurs =
            code == 0 ? std::find(column.code.begin(), column.code.end(), 0u) != column.code.end() : used[code] != 0;
        if (!occurs) continue;
        wanted[code] = 1;
        found = true;
    }
    return found;
}

tl::unexpected<Error> noSuch(std::string_view what, const std::string& name, std::vector<std::string> known) {
    std::sort(known.begin(), known.end());
    return fail(ErrorCode::invalidParameter,
                fmt::format("The project has no {} \"{}\". {}", what, name, suggestion(name, known)),
                std::string(what));
}

std::vector<std::string> textsOf(const TextColumn& column, const std::vector<std::uint8_t>& used) {
    std::vector<std::string> texts;
    for (std::size_t code = 0; code < used.size(); ++code)
        if (used[code] && !column.values[code].empty()) texts.push_back(column.values[code]);
    return texts;
}

bool hasGroup(const CategoryMeaning* meaning, std::string_view group) {
    return meaning && std::any_of(meaning->groups.begin(), meaning->groups.end(),
                                  [&](const std::string& one) { return equalIgnoringCase(one, group); });
}

/// Marks the wordings of a group; false where no list has such a group.
bool markGroup(const IncidentTable& table, const std::string& group, WantedCategories& wanted) {
    const auto groups = table.categories.groups();
    if (std::none_of(groups.begin(), groups.end(), [&](const auto& one) { return equalIgnoringCase(one, group); }))
        return false;
    std::map<std::string, std::string> wordings; ///< by key, so that variants are named once
    const auto mark = [&](const TextColumn& column, std::vector<std::uint8_t>& codes) {
        const auto used = usedCodes(column);
        for (std::size_t code = 0; code < used.size(); ++code) {
            if (!used[code] || !hasGroup(table.categories.find(column.values[code]), group)) continue;
            codes[code] = 1;
            wordings.emplace(wordingKey(column.values[code]), column.values[code]);
        }
    };
    mark(table.category, wanted.category);
    mark(table.subcategory, wanted.subcategory);
    std::vector<std::string> named;
    constexpr std::size_t mostNamed = 8;
    for (const auto& [key, wording] : wordings)
        if (named.size() < mostNamed || wordings.size() == mostNamed + 1) named.push_back(wording);
    if (named.size() < wordings.size()) named.push_back(fmt::format("{} more", wordings.size() - named.size()));
    wanted.notes.push_back(named.empty() ? fmt::format("No category of this project belongs to \"{}\".", group)
                                         : fmt::format("\"{}\" stands for {}.", group, listed(named)));
    return true;
}

} // namespace

Expected<WantedCategories> wantedCategories(const IncidentTable& table, const IncidentFilter& filter) {
    WantedCategories wanted;
    if (filter.categories.empty() && filter.groups.empty()) return wanted;
    wanted.all = false;
    wanted.category.assign(table.category.values.size(), 0);
    wanted.subcategory.assign(table.subcategory.values.size(), 0);
    const auto used = usedCodes(table.category);
    bool byGroup = false;
    for (const std::string& name : filter.categories) {
        if (markText(table.category, used, name, wanted.category)) continue;
        if (!markGroup(table, name, wanted)) return noSuch("category", name, textsOf(table.category, used));
        byGroup = true;
    }
    for (const std::string& group : filter.groups) {
        if (!markGroup(table, group, wanted)) return noSuch("group of categories", group, table.categories.groups());
        byGroup = true;
    }
    wanted.anySubcategory =
        std::find(wanted.subcategory.begin(), wanted.subcategory.end(), 1) != wanted.subcategory.end();
    if (!byGroup) return wanted;
    if (const auto unknown = unknownCategories(table); !unknown.empty()) {
        const std::string first =
            fmt::format("\"{}\" ({})", unknown.front().name, counted(unknown.front().count, "incident", "incidents"));
        wanted.notes.push_back(unknown.size() == 1
                                   ? fmt::format("The category {} is in no list and so in no group.", first)
                                   : fmt::format("{} categories, most of all {}, are in no list and so in no group.",
                                                 groupedCount(unknown.size()), first));
    }
    return wanted;
}

Expected<std::vector<std::uint8_t>> wantedDatasets(const TextColumn& column, const std::vector<std::string>& asked) {
    if (asked.empty()) return std::vector<std::uint8_t>{};
    const auto used = usedCodes(column);
    std::vector<std::uint8_t> wanted(column.values.size(), 0);
    for (const std::string& name : asked)
        if (!markText(column, used, name, wanted)) return noSuch("dataset", name, textsOf(column, used));
    return wanted;
}

} // namespace patchlight::detail
