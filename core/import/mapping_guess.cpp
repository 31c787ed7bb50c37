// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/guess.h"
#include "core/import/detail/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

namespace patchlight {

namespace detail {

Guesser::Guesser(const std::vector<std::string>& header, char separator, std::span<const std::string_view> rows)
    : sample{rows}, mapping{.header = header,
                            .roles = std::vector(header.size(), ColumnRole::other),
                            .separator = separator,
                            .guesses = std::vector(header.size(), ColumnGuess{})} {
    for (std::size_t column = 0; column < header.size(); ++column) {
        names.push_back(lettersAndDigits(header[column]));
        contents.push_back(contentOf(sample, header.size(), column));
    }
}

int Guesser::columnOf(ColumnRole role) const {
    const auto found = std::find(mapping.roles.begin(), mapping.roles.end(), role);
    return found == mapping.roles.end() ? -1 : static_cast<int>(found - mapping.roles.begin());
}

void Guesser::give(std::size_t column, ColumnRole role, double confidence, std::string reason) {
    mapping.roles[column] = role;
    mapping.guesses[column] = {confidence, std::move(reason)};
}

void Guesser::take(ColumnRole role, std::string_view reason) {
    if (const int column = columnOf(role); column >= 0)
        give(static_cast<std::size_t>(column), ColumnRole::other, 0.0, std::string(reason));
}

void Guesser::rename(ColumnRole from, ColumnRole to) {
    std::replace(mapping.roles.begin(), mapping.roles.end(), from, to);
}

} // namespace detail

namespace {

using detail::Guesser;

/// Roles that say nothing alone.
void dropHalves(Guesser& guesser) {
    for (const auto& [first, second] : {std::pair{ColumnRole::longitude, ColumnRole::latitude},
                                        std::pair{ColumnRole::easting, ColumnRole::northing}}) {
        if (guesser.has(first) && guesser.has(second)) continue;
        guesser.take(first, "half a pair of coordinates says nothing");
        guesser.take(second, "half a pair of coordinates says nothing");
    }
    if (!guesser.has(ColumnRole::year) || !guesser.has(ColumnRole::monthOfYear)) {
        guesser.take(ColumnRole::year, "a year without a month is no date");
        guesser.take(ColumnRole::monthOfYear, "a month without a year is no date");
        guesser.take(ColumnRole::dayOfMonth, "a day without month and year is no date");
    }
    // The only date there is says when.
    if (!guesser.has(ColumnRole::from) && !guesser.has(ColumnRole::month) && !guesser.has(ColumnRole::year)) {
        guesser.rename(ColumnRole::recorded, ColumnRole::from);
        if (guesser.has(ColumnRole::from)) {
            guesser.take(ColumnRole::fromTime, "a time without a date");
            guesser.rename(ColumnRole::recordedTime, ColumnRole::fromTime);
        }
    }
    for (const auto& [clock, date] :
         {std::pair{ColumnRole::fromTime, ColumnRole::from}, std::pair{ColumnRole::toTime, ColumnRole::to},
          std::pair{ColumnRole::recordedTime, ColumnRole::recorded}})
        if (!guesser.has(date)) guesser.take(clock, "a time without a date");
    if (!guesser.has(ColumnRole::from) && !guesser.has(ColumnRole::dayOfMonth))
        guesser.take(ColumnRole::hour, "an hour without a date");
    if (!guesser.has(ColumnRole::hour)) guesser.take(ColumnRole::minute, "a minute without an hour");
}

} // namespace

Expected<ColumnMapping> guessMapping(const std::vector<std::string>& header, char separator,
                                     std::span<const std::string_view> sample, int toldEpsg) {
    if (detail::isPoliceHeader(header)) {
        const auto roles = detail::policeRoles();
        return ColumnMapping{.header = header,
                             .roles = {roles.begin(), roles.end()},
                             .anonymised = true,
                             .separator = separator,
                             .guesses = std::vector(header.size(), ColumnGuess{1.0, "the street header of "
                                                                                    "data.police.uk, exactly"})};
    }
    Guesser guesser(header, separator, sample);
    detail::guessByNames(guesser);
    detail::guessByContents(guesser);
    dropHalves(guesser);
    if (const auto settled = detail::settlePosition(guesser, toldEpsg); !settled) return fail(settled.error());
    if (canBePlaced(guesser.mapping.roles)) return std::move(guesser.mapping);

    const bool looksLikeData = std::any_of(header.begin(), header.end(),
                                           [](const std::string& name) { return parseDecimal(name).has_value(); });
    return fail(
        ErrorCode::fileFormat,
        fmt::format("There is no pair of columns for the position: looked for longitude and latitude (also lon and "
                    "lat, x and y) or easting and northing, or else a grid reference, postcode, UPRN or place; found "
                    "{}{}",
                    detail::columnList(header),
                    looksLikeData ? "; the first line looks like data, put a line of column names above it or name "
                                    "them in a mapping (\"header\")."
                                  : "; rename the columns or give a mapping."),
        "columns");
}

} // namespace patchlight
