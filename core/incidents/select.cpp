// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/incidents/detail/wanted.h"
#include "core/incidents/incidents.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace patchlight {

namespace {

using std::chrono::days;
using std::chrono::floor;

Expected<void> checkFilter(const IncidentFilter& filter) {
    if (filter.period && filter.period->last < filter.period->first)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("The period ends on {}, before it begins on {}.", isoDay(filter.period->last),
                                isoDay(filter.period->first)),
                    "period");
    if (!filter.hours) return {};
    const auto [from, to] = *filter.hours;
    if (from < 0 || from > 23 || to < 0 || to > 24 || from == to)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("Hours {}-{} are not a range: write whole hours like 22-04.", from, to), "hours");
    return {};
}

/// What the time filters found on their way, for the notes.
struct Tally {
    std::map<LocalDay, std::size_t> cutMonths; ///< first day of the month, incidents
    std::size_t undated = 0;
    std::size_t noDay = 0;  ///< weekday asked, month alone known
    std::size_t noHour = 0; ///< hour asked, only the day known
    std::size_t asked = 0;  ///< rows that reached the hour and weekday filters
};

bool inPeriod(const IncidentTable& table, std::size_t row, const Period& period, Tally& tally) {
    const TimePrecision precision = table.precision[row];
    if (precision == TimePrecision::none) {
        ++tally.undated;
        return false;
    }
    const LocalDay first = floor<days>(table.from[row]);
    if (precision != TimePrecision::month) return first >= period.first && first <= period.last;
    const LocalDay last = floor<days>(table.to[row]) - days{1};
    if (first >= period.first && last <= period.last) return true;
    if (first <= period.last && last >= period.first) ++tally.cutMonths[first];
    return false;
}

class HourAndWeekday {
public:
    explicit HourAndWeekday(const IncidentFilter& filter) : m_hours{filter.hours}, m_anyDay{filter.weekdays.empty()} {
        for (const std::chrono::weekday day : filter.weekdays) m_days[day.c_encoding()] = true;
    }
    [[nodiscard]] bool asked() const { return m_hours || !m_anyDay; }
    [[nodiscard]] bool contains(const IncidentTable& table, std::size_t row, Tally& tally) const {
        const TimePrecision precision = table.precision[row];
        if (precision == TimePrecision::none || precision == TimePrecision::month) {
            ++tally.noDay;
            return false;
        }
        if (m_hours && precision != TimePrecision::minute) {
            ++tally.noHour;
            return false;
        }
        LocalDay day = floor<days>(table.from[row]);
        if (m_hours) {
            const auto hour = std::chrono::floor<std::chrono::hours>(table.from[row] - day).count();
            const bool overMidnight = m_hours->from > m_hours->to;
            const bool afterMidnight = overMidnight && hour < m_hours->to;
            const bool inside =
                overMidnight ? hour >= m_hours->from || afterMidnight : hour >= m_hours->from && hour < m_hours->to;
            if (!inside) return false;
            if (afterMidnight) day -= days{1}; // the night belongs to the day on which it began
        }
        return m_anyDay || m_days[std::chrono::weekday{day}.c_encoding()];
    }

private:
    std::optional<HourRange> m_hours;
    bool m_anyDay = true;
    std::array<bool, 7> m_days{};
};

Expected<void> refuseWithoutTimes(const IncidentFilter& filter, const Tally& tally) {
    if (tally.asked == 0 || tally.noDay + tally.noHour < tally.asked) return {};
    const std::string_view what = filter.hours ? "hours of the day" : "days of the week";
    const std::string reason = tally.noHour > 0
                                   ? "these incidents carry a date without a time of day"
                                   : "these incidents are dated by month alone, as police open data is, or not at all";
    return fail(ErrorCode::invalidParameter,
                fmt::format("The filter asks for {}, but {}; leave {} out.", what, reason,
                            filter.hours ? "the hours" : "the weekdays"),
                filter.hours ? "hours" : "weekdays");
}

std::vector<std::string> notesOf(const IncidentFilter& filter, const Tally& tally) {
    std::vector<std::string> notes;
    for (const auto& [first, count] : tally.cutMonths) {
        const LocalDay last{std::chrono::year_month_day{first}.year() / std::chrono::year_month_day{first}.month() /
                            std::chrono::last};
        notes.push_back(fmt::format("{} lies only partly in the period; its {} dated by month alone {} left out.",
                                    readablePeriod({first, last}), counted(count, "incident", "incidents"),
                                    count == 1 ? "is" : "are"));
    }
    const auto leftOut = [&](std::size_t count, std::string_view why) {
        if (count > 0)
            notes.push_back(fmt::format("{} {} left out.", counted(count, "incident", "incidents"),
                                        fmt::format("{} {}", why, count == 1 ? "is" : "are")));
    };
    leftOut(tally.undated, "without a date");
    leftOut(tally.noDay, "without a day");
    leftOut(tally.noHour, filter.hours ? "without a time of day" : "without a day");
    return notes;
}

} // namespace

Expected<Selection> select(const IncidentTable& table, const IncidentFilter& filter) {
    if (const auto checked = checkFilter(filter); !checked) return fail(checked.error());
    const auto categories = detail::wantedCategories(table, filter);
    if (!categories) return fail(categories.error());
    const auto datasets = detail::wantedDatasets(table.dataset, filter.datasets);
    if (!datasets) return fail(datasets.error());

    Selection selection;
    Tally tally;
    const HourAndWeekday times{filter};
    for (std::size_t row = 0; row < table.size(); ++row) {
        if (!categories->contains(table, row)) continue;
        if (!datasets->empty() && !(*datasets)[table.dataset.code[row]]) continue;
        if (filter.period && !inPeriod(table, row, *filter.period, tally)) continue;
        if (times.asked()) {
            ++tally.asked;
            if (!times.contains(table, row, tally)) continue;
        }
        selection.rows.push_back(static_cast<std::uint32_t>(row));
    }
    if (const auto timed = refuseWithoutTimes(filter, tally); !timed) return fail(timed.error());
    selection.notes = categories->notes;
    for (std::string& note : notesOf(filter, tally)) selection.notes.push_back(std::move(note));
    return selection;
}

} // namespace patchlight
