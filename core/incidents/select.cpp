// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
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

namespace {

/// What one block of rows gave; blocks are put together in their order.
struct Part {
    std::vector<std::uint32_t> rows;
    Tally tally;
};

/// The rows of a block that the texts let through, then those that the times do. The texts come first and alone: codes
/// are read in a run, and for most questions they leave few rows.
class BlockFilter {
public:
    BlockFilter(const IncidentTable& table, const IncidentFilter& filter, const detail::WantedCategories& categories,
                const std::vector<std::uint8_t>& datasets)
        : m_table{table}, m_filter{filter}, m_categories{categories}, m_datasets{datasets}, m_times{filter} {
        if (filter.period) {
            m_first = LocalMinute{filter.period->first};
            m_end = LocalMinute{filter.period->last + days{1}};
        }
    }

    void take(std::size_t begin, std::size_t end, Part& part) const {
        std::vector<std::uint32_t>& rows = part.rows;
        rows.resize(end - begin);
        std::size_t count = 0;
        if (m_categories.all && m_datasets.empty()) {
            for (std::size_t row = begin; row < end; ++row) rows[count++] = static_cast<std::uint32_t>(row);
        } else {
            for (std::size_t row = begin; row < end; ++row) {
                rows[count] = static_cast<std::uint32_t>(row);
                count += m_categories.contains(m_table, row) &&
                         (m_datasets.empty() || m_datasets[m_table.dataset.code[row]] != 0);
            }
        }
        rows.resize(count);
        if (m_filter.period) keep(rows, [&](std::uint32_t row) { return isInPeriod(row, part.tally); });
        if (!m_times.asked()) return;
        part.tally.asked += rows.size();
        keep(rows, [&](std::uint32_t row) { return m_times.contains(m_table, row, part.tally); });
    }

private:
    template <class Test> static void keep(std::vector<std::uint32_t>& rows, const Test& test) {
        std::size_t count = 0;
        for (const std::uint32_t row : rows) {
            rows[count] = row;
            count += test(row);
        }
        rows.resize(count);
    }

    /// Most rows are wholly inside or wholly outside; the others are looked at more closely.
    [[nodiscard]] bool isInPeriod(std::uint32_t row, Tally& tally) const {
        const LocalMinute from = m_table.from[row];
        const TimePrecision precision = m_table.precision[row];
        if (precision == TimePrecision::day || precision == TimePrecision::minute)
            return from >= m_first && from < m_end;
        if (precision == TimePrecision::month && m_table.to[row] <= m_end) {
            if (from >= m_first) return true;
            if (m_table.to[row] <= m_first) return false;
        }
        return inPeriod(m_table, row, *m_filter.period, tally);
    }

    const IncidentTable& m_table;
    const IncidentFilter& m_filter;
    const detail::WantedCategories& m_categories;
    const std::vector<std::uint8_t>& m_datasets;
    HourAndWeekday m_times;
    LocalMinute m_first{}, m_end{};
};

void add(Tally& sum, const Tally& part) {
    for (const auto& [month, count] : part.cutMonths) sum.cutMonths[month] += count;
    sum.undated += part.undated;
    sum.noDay += part.noDay;
    sum.noHour += part.noHour;
    sum.asked += part.asked;
}

} // namespace

Expected<Selection> select(const IncidentTable& table, const IncidentFilter& filter) {
    if (const auto checked = checkFilter(filter); !checked) return fail(checked.error());
    const auto categories = detail::wantedCategories(table, filter);
    if (!categories) return fail(categories.error());
    const auto datasets = detail::wantedDatasets(table.dataset, filter.datasets);
    if (!datasets) return fail(datasets.error());

    constexpr std::size_t rowsAtATime = 65536;
    std::vector<Part> parts((table.size() + rowsAtATime - 1) / rowsAtATime);
    const BlockFilter block(table, filter, *categories, *datasets);
    forEachBlock(table.size(), rowsAtATime,
                 [&](std::size_t begin, std::size_t end) { block.take(begin, end, parts[begin / rowsAtATime]); });
    Selection selection;
    Tally tally;
    std::size_t count = 0;
    for (const Part& part : parts) count += part.rows.size();
    selection.rows.reserve(count);
    for (const Part& part : parts) {
        selection.rows.insert(selection.rows.end(), part.rows.begin(), part.rows.end());
        add(tally, part.tally);
    }
    if (const auto timed = refuseWithoutTimes(filter, tally); !timed) return fail(timed.error());
    selection.notes = categories->notes;
    for (std::string& note : notesOf(filter, tally)) selection.notes.push_back(std::move(note));
    return selection;
}

} // namespace patchlight
