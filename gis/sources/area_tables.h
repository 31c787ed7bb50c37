// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"
#include "core/store/store.h"

/// Tables that go with boundaries by their codes: a population, and which codes of another year a boundary had.
namespace patchlight::gis {

struct PopulationTable {
    std::filesystem::path file;  ///< CSV, or anything else that has records
    std::string codeField;       ///< empty: guessed
    std::string populationField; ///< empty: guessed
};
/// Gives each area the population of its code, in the place of the one it has. Returns sentences: how many were found,
/// which areas have none, how many rows have no area.
/// errors: as openExtracts; fileFormat (no such field: lists those there are, no number, a code with two different
/// populations, no area found), invalidParameter (areas without codes)
[[nodiscard]] Expected<std::vector<std::string>> joinPopulation(std::vector<AreaFeature>& areas,
                                                                const PopulationTable& table);

/// The pairs of a look-up such as that of LSOAs of 2011 and 2021 (columns lsoa11cd, lsoa21cd and, if there, chgind):
/// `code` is the column that holds the areas' codes, `other` the same areas' codes of the other year.
/// errors: as openExtracts; fileFormat (no two such columns, none of the areas' codes in either)
[[nodiscard]] Expected<std::vector<AreaCode>> readAreaCodes(const std::filesystem::path& file,
                                                            const std::vector<AreaFeature>& areas);

/// How the codes in the rows lead to areas.
struct CodeMatches {
    std::size_t direct = 0;  ///< rows with the code of an area
    std::size_t through = 0; ///< rows with a code of the other year that leads to one area
    std::size_t several = 0; ///< ... that leads to several, since it was split
    std::size_t unknown = 0; ///< rows with another code
    std::size_t without = 0; ///< rows without a code
};
[[nodiscard]] CodeMatches matchCodes(const TextColumn& rows, const std::vector<AreaFeature>& areas,
                                     const std::vector<AreaCode>& codes);

} // namespace patchlight::gis
