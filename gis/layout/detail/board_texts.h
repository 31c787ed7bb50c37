// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "gis/layout/detail/wording.h"
#include "gis/layout/layout.h"

/// The texts of a board map, each made from the same facts.
namespace patchlight::paint {

/// What every text is made from.
struct PageFacts {
    const Recipe& recipe;
    const Result& result;
    const StudyArea& area;
    std::vector<DatasetInfo> datasets; ///< those that the filter chooses and whose months touch the period
    Subject subject;                   ///< "anti-social behaviour"
    QString place;                     ///< "BCP Council area" or empty
    QString period;             ///< "1 July to 30 September 2025", of the data where none was chosen; may be empty
    std::optional<Period> days; ///< the same as days
    QString areaNoun;           ///< "hotspot" or "cluster"
    [[nodiscard]] std::size_t areaCount() const { return result.areas.size(); }
};
[[nodiscard]] PageFacts factsOf(const Recipe& recipe, const Result& result, const std::vector<DatasetInfo>& datasets,
                                const StudyArea& area);

/// Whether every count of the hotspots, and of the comparison, may be said.
[[nodiscard]] bool allSaid(const Result& result);
[[nodiscard]] QString countOf(const HotspotArea& area, const Result& result); ///< "1,204", "<5", "–"
/// "1,204 incidents", "fewer than 5 incidents", "a count that is withheld"
[[nodiscard]] QString countInWords(const HotspotArea& area, const Result& result);
/// The change of an area, from counts that are both said; else the earlier one.
[[nodiscard]] QString changeOf(const HotspotArea& area, const Result& result);

[[nodiscard]] QString titleOf(const PageFacts& facts);
[[nodiscard]] QString subtitleOf(const PageFacts& facts);
[[nodiscard]] QString mappedSentence(const Result& result); ///< "4,685 of 4,812 incidents mapped (97.4 %)."
[[nodiscard]] QString alternativeTextOf(const PageFacts& facts);
[[nodiscard]] QStringList tableHeaderOf(const PageFacts& facts);
[[nodiscard]] std::vector<QStringList> tableRowsOf(const PageFacts& facts);
[[nodiscard]] QString tableTitleOf(const PageFacts& facts);
[[nodiscard]] QString tableNoteOf(const PageFacts& facts);
[[nodiscard]] QStringList summaryOf(const PageFacts& facts, const MonthBars& months);

[[nodiscard]] MonthBars monthBarsOf(const PageFacts& facts);
[[nodiscard]] QStringList methodOf(const PageFacts& facts);
[[nodiscard]] QStringList cautionsOf(const PageFacts& facts, const ProjectCrs& crs);
[[nodiscard]] QStringList sourcesOf(const PageFacts& facts); ///< of the incidents
[[nodiscard]] QString footerOf(const Recipe& recipe);

} // namespace patchlight::paint
