// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"

/// The names of a filter, found among the texts of a table.
namespace patchlight::detail {

/// What is asked of categories, by the codes of two columns; a row is wanted where either of its codes is.
struct WantedCategories {
    bool all = true;
    bool anySubcategory = false; ///< some wording of the subcategory is wanted
    std::vector<std::uint8_t> category, subcategory;
    std::vector<std::string> notes;
    [[nodiscard]] bool contains(const IncidentTable& table, std::size_t row) const {
        return all || category[table.category.code[row]] ||
               (anySubcategory && subcategory[table.subcategory.code[row]]);
    }
};

/// errors: invalidParameter (no such category or group), naming near ones
[[nodiscard]] Expected<WantedCategories> wantedCategories(const IncidentTable& table, const IncidentFilter& filter);
/// Per code of the dataset column 1 where it was asked for; empty when all are. errors: invalidParameter
[[nodiscard]] Expected<std::vector<std::uint8_t>> wantedDatasets(const TextColumn& column,
                                                                 const std::vector<std::string>& asked);

} // namespace patchlight::detail
