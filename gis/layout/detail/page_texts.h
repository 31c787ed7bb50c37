// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/detail/board_texts.h"

/// The texts of the pages beside the board map itself.
namespace patchlight::paint {

inline constexpr std::size_t mostHotspotPages = 25;

/// "Anti-social behaviour in the five hotspots: 12 % more than July to September 2024"
[[nodiscard]] QString comparisonTitle(const PageFacts& facts);
[[nodiscard]] QStringList comparisonHeader();
[[nodiscard]] std::vector<QStringList> comparisonRows(const PageFacts& facts);
[[nodiscard]] QStringList comparisonSummary(const PageFacts& facts, const Result& before);

/// "612 incidents mapped, 4 hotspots"
[[nodiscard]] QString panelNote(const Result& result, const PageFacts& facts, bool withAreas);
[[nodiscard]] QString panelTitle(const Companion& panel);
[[nodiscard]] QString panelAlternativeText(const QString& title, const Result& result, const PageFacts& facts,
                                           bool withAreas);
[[nodiscard]] QString panelsTitle(const PageFacts& facts, PanelsBy by, const std::vector<const Companion*>& panels);
[[nodiscard]] QString panelsSubtitle(const PageFacts& facts, PanelsBy by);
[[nodiscard]] QStringList panelsHeader(PanelsBy by);
[[nodiscard]] std::vector<QStringList> panelsRows(const std::vector<const Companion*>& panels);

/// Hotspot `index` of the result.
[[nodiscard]] QString hotspotTitle(const PageFacts& facts, std::size_t index);
[[nodiscard]] QString hotspotAlternativeText(const PageFacts& facts, std::size_t index);
[[nodiscard]] std::vector<QStringList> hotspotFigures(const PageFacts& facts, std::size_t index);
[[nodiscard]] QStringList hotspotSummary(const PageFacts& facts, std::size_t index);
/// The bars of the whole with the counts of one area: `monthly` runs from result.monthlyFirst.
void monthsOfArea(MonthBars& bars, const Result& result, const std::vector<std::size_t>& monthly);

/// "Bandwidth: 300 m."
[[nodiscard]] QStringList settingsOf(const PageFacts& facts);
/// Only the words that the pages use.
[[nodiscard]] QStringList glossaryOf(const PageFacts& facts);

} // namespace patchlight::paint
