// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/column_content.h"
#include "core/import/mapping.h"

namespace patchlight::detail {

/// A guess in the making: columns get roles by their names where the contents do not speak against it, then by what
/// they hold.
struct Guesser {
    std::span<const std::string_view> sample; ///< row-major; may be empty
    std::vector<std::string> names;           ///< letters and digits of the header
    std::vector<ColumnContent> contents;      ///< by column
    ColumnMapping mapping;

    Guesser(const std::vector<std::string>& header, char separator, std::span<const std::string_view> rows);

    [[nodiscard]] std::size_t columns() const { return names.size(); }
    [[nodiscard]] int columnOf(ColumnRole role) const; ///< -1: none
    [[nodiscard]] bool has(ColumnRole role) const { return columnOf(role) >= 0; }
    void give(std::size_t column, ColumnRole role, double confidence, std::string reason);
    void take(ColumnRole role, std::string_view reason); ///< nothing if no column has it
    void rename(ColumnRole from, ColumnRole to);
};

/// How many of a column's values agree with a role, and how that is said: "98 of 100 values are dates".
struct Agreement {
    std::size_t count = 0, of = 0;
    std::string words;
    [[nodiscard]] bool speaksAgainst() const { return of >= 5 && count * 5 < of; } ///< less than a fifth
    [[nodiscard]] double share() const { return of == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(of); }
};
/// Nothing where any text will do.
[[nodiscard]] std::optional<Agreement> agreementOf(ColumnRole role, const ColumnContent& content);

void guessByNames(Guesser& guesser);
void guessByContents(Guesser& guesser);
/// Puts swapped pairs right and sees to the CRS of feet and metres.
/// errors: fileFormat (a CRS that cannot be known)
[[nodiscard]] Expected<void> settlePosition(Guesser& guesser, int toldEpsg);

} // namespace patchlight::detail
