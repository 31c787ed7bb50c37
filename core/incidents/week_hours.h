// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"

/// When in the week incidents happen.
namespace patchlight {

inline constexpr std::size_t hoursOfWeek = 168;

/// Incidents by hour of the week, Monday 00:00 first: 168 counts of those whose start has a time of day; empty where
/// fewer than ten or fewer than half of the rows have one. The calendar day counts, also after midnight.
[[nodiscard]] std::vector<std::uint32_t> weekHours(const IncidentTable& table, std::span<const std::uint32_t> rows);

/// Three hours of the week in a row.
struct BusiestHours {
    std::size_t firstHour = 0; ///< of the week, Monday 00:00 is 0
    std::size_t incidents = 0;
    [[nodiscard]] std::string text() const; ///< "Sat 22–01"
};
/// The three with most incidents, the earliest of equal ones; nothing where they hold fewer than five.
[[nodiscard]] std::optional<BusiestHours> busiestHours(std::span<const std::uint32_t> weekHours);

} // namespace patchlight
