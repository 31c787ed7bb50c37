// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/week_hours.h"

#include <array>
#include <fmt/format.h>

namespace patchlight {

namespace {

constexpr std::size_t leastTimed = 10, leastBusy = 5, hoursTogether = 3;

} // namespace

std::vector<std::uint32_t> weekHours(const IncidentTable& table, std::span<const std::uint32_t> rows) {
    std::vector<std::uint32_t> counts(hoursOfWeek, 0);
    std::size_t timed = 0;
    for (const std::uint32_t row : rows) {
        if (table.precision[row] != TimePrecision::minute) continue;
        const auto day = std::chrono::floor<std::chrono::days>(table.from[row]);
        const auto hour = std::chrono::floor<std::chrono::hours>(table.from[row] - day).count();
        const std::size_t weekday = std::chrono::weekday{day}.iso_encoding() - 1;
        ++counts[weekday * 24 + static_cast<std::size_t>(hour)];
        ++timed;
    }
    if (timed < leastTimed || 2 * timed < rows.size()) return {};
    return counts;
}

std::string BusiestHours::text() const {
    constexpr std::array<const char*, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    return fmt::format("{} {:02}–{:02}", days[firstHour / 24 % 7], firstHour % 24, (firstHour + hoursTogether) % 24);
}

std::optional<BusiestHours> busiestHours(std::span<const std::uint32_t> weekHours) {
    BusiestHours best;
    for (std::size_t first = 0; first < weekHours.size(); ++first) {
        std::size_t incidents = 0;
        for (std::size_t i = 0; i < hoursTogether; ++i) incidents += weekHours[(first + i) % weekHours.size()];
        if (incidents > best.incidents) best = {first, incidents};
    }
    if (best.incidents < leastBusy) return std::nullopt;
    return best;
}

} // namespace patchlight
