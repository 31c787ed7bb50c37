// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/changes.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/export/detail/text_file.h"
#include "gis/export/export.h"

#include <fmt/format.h>

namespace patchlight::gis {

namespace {

std::string periodText(const std::optional<Period>& period) {
    return period ? isoDay(period->first) + "," + isoDay(period->last) : ",";
}

std::string rankText(const std::optional<std::size_t>& rank) {
    return rank ? std::to_string(*rank) : std::string{};
}

std::string namesText(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "; ") + name;
    return detail::csvText(text);
}

} // namespace

Expected<void> writeChanges(std::span<const RecipeChanges> recipes, const std::filesystem::path& file) {
    const std::string shown = utf8Text(file);
    if (foldedCase(utf8Text(file.extension())) != ".csv")
        return fail(ErrorCode::invalidParameter, fmt::format("{}: changes are written as .csv.", shown), shown);
    std::string text = "recipe,from,to,before_from,before_to,hotspot_is,name,rank_now,rank_before,incidents_before,"
                       "incidents_now,p_adjusted,overlap,merged,split,note\n";
    for (const RecipeChanges& recipe : recipes) {
        const std::string start =
            detail::csvText(recipe.name) + "," + periodText(recipe.now) + "," + periodText(recipe.before) + ",";
        if (!recipe.problem.empty()) text += start + ",,,,,,,,,," + detail::csvText(recipe.problem) + "\n";
        for (const HotspotChange& change : recipe.changes)
            text += start + fmt::format("{},{},{},{},{},{},{},{},{},{},\n", wordsOf(change.fate),
                                        detail::csvText(change.name), rankText(change.rankNow),
                                        rankText(change.rankBefore), change.before, change.now,
                                        change.probability ? shortestDecimal(*change.probability) : std::string{},
                                        change.overlap > 0.0 ? shortestDecimal(change.overlap) : std::string{},
                                        namesText(change.merged), namesText(change.split));
    }
    return writeThenRename(file,
                           [&](const std::filesystem::path& aside) { return detail::writeBytes(aside, text, shown); });
}

} // namespace patchlight::gis
