// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/guess.h"
#include "core/import/detail/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

namespace patchlight::detail {

std::optional<Agreement> agreementOf(ColumnRole role, const ColumnContent& c) {
    const auto said = [&](std::size_t count, std::string_view words) {
        return Agreement{count, c.filled,
                         fmt::format("{} of {} {}", groupedCount(count), counted(c.filled, "value", "values"), words)};
    };
    switch (role) {
    case ColumnRole::from:
    case ColumnRole::to:
    case ColumnRole::recorded:
        return c.dayNumbers * 2 > c.dates ? said(c.dates, "are dates, as Excel's day numbers")
                                          : said(c.dates, "are dates");
    case ColumnRole::month:
        return said(c.plainDates, "are months or dates");
    case ColumnRole::fromTime:
    case ColumnRole::toTime:
    case ColumnRole::recordedTime:
        return said(c.clocks, "are times of day");
    case ColumnRole::year:
        return said(c.years, "are years");
    case ColumnRole::monthOfYear:
        return said(c.upTo12, "are months");
    case ColumnRole::dayOfMonth:
        return said(c.upTo31, "are days of a month");
    case ColumnRole::hour:
    case ColumnRole::minute:
        return said(c.upTo59, "are hours or minutes");
    case ColumnRole::longitude:
    case ColumnRole::latitude:
        return c.degrees * 2 < c.numbers ? said(c.numbers, "are coordinates in metres")
                                         : said(c.degrees, "are degrees");
    case ColumnRole::easting:
    case ColumnRole::northing:
        return said(c.numbers + c.gridReferences, "are coordinates");
    case ColumnRole::gridReference:
        return said(c.gridReferences, "are grid references");
    case ColumnRole::postcode:
        return said(c.postcodes, "are postcodes");
    case ColumnRole::uprn:
        return said(c.uprns, "are numbers of up to 12 digits");
    case ColumnRole::place:
        return said(c.filled - c.postcodes, "are no postcodes");
    case ColumnRole::other:
    case ColumnRole::reference:
    case ColumnRole::category:
    case ColumnRole::subcategory:
    case ColumnRole::areaCode:
    case ColumnRole::outcome:
    case ColumnRole::reportedBy:
        return std::nullopt;
    }
    return std::nullopt;
}

void guessByNames(Guesser& guesser) {
    for (const RoleWords& words : roleWords()) {
        for (const std::string_view name : words.names) {
            const auto found = std::find(guesser.names.begin(), guesser.names.end(), name);
            if (found == guesser.names.end()) continue;
            const auto column = static_cast<std::size_t>(found - guesser.names.begin());
            if (guesser.mapping.roles[column] != ColumnRole::other) continue;
            // A month beside a year is a number; it has a role of its own.
            const bool besideYear = words.role == ColumnRole::month && guesser.has(ColumnRole::year) &&
                                    guesser.contents[column].plainDates == 0;
            const ColumnRole role = besideYear ? ColumnRole::monthOfYear : words.role;
            const auto agreement = agreementOf(role, guesser.contents[column]);
            const std::string named = fmt::format("named like \"{}\"", roleKey(role));
            if (agreement && agreement->speaksAgainst()) {
                guesser.mapping.guesses[column] = {0.0, fmt::format("{}, but only {}", named, agreement->words)};
                continue;
            }
            if (!agreement || agreement->of == 0)
                guesser.give(column, role, 0.8, named);
            else
                guesser.give(column, role, 0.6 + 0.39 * agreement->share(),
                             fmt::format("{}; {}", named, agreement->words));
            break;
        }
    }
}

} // namespace patchlight::detail
