// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/time_columns.h"

#include "core/base/text.h"
#include "core/import/detail/positions.h"

#include <fmt/format.h>

#include <algorithm>

namespace patchlight::detail {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

constexpr std::size_t sampledRows = 2000, fewestSampled = 20;
constexpr std::size_t midnightsPerTimed = 20; ///< 5 %; chance alone gives one in 1,440

LocalDay monthOf(LocalMinute time) {
    const std::chrono::year_month_day date{floor<days>(time)};
    return LocalDay{date.year() / date.month() / 1};
}

LocalMinute endOfMonth(LocalDay first) {
    const std::chrono::year_month_day date{first};
    return LocalDay{(date.year() / date.month() + std::chrono::months{1}) / 1};
}

bool atMidnight(LocalMinute time) {
    return time == LocalMinute{floor<days>(time)};
}

std::optional<int> smallNumber(std::string_view text, int most) {
    const auto value = parseDecimal(text); // "2020" and, as spreadsheets write, "2020.0"
    if (!value || !(*value >= 0.0 && *value <= most) || *value != static_cast<int>(*value)) return std::nullopt;
    return static_cast<int>(*value);
}

} // namespace

/// What is read of a row on the way.
struct TimeColumns::Row {
    const std::string_view* fields;
    std::uint32_t number;
    std::vector<std::uint8_t>& kept;
    FindingLog& findings;
    bool anyText = false;
    bool unreadable = false;

    void keep(const Column& column) const { kept[static_cast<std::size_t>(column.index)] = 1; }
    void cannotRead(std::string_view text) {
        if (!unreadable) findings.add(FindingKind::unreadableDate, number, text);
        unreadable = true;
    }
};

TimeColumns::TimeColumns(const ColumnMapping& mapping)
    : m_month{mapping, ColumnRole::month, ColumnRole::other}, m_from{mapping, ColumnRole::from, ColumnRole::fromTime},
      m_to{mapping, ColumnRole::to, ColumnRole::toTime}, m_recorded{mapping, ColumnRole::recorded,
                                                                    ColumnRole::recordedTime},
      m_year{columnOf(mapping, ColumnRole::year)}, m_monthOfYear{columnOf(mapping, ColumnRole::monthOfYear)},
      m_dayOfMonth{columnOf(mapping, ColumnRole::dayOfMonth)}, m_hour{columnOf(mapping, ColumnRole::hour)},
      m_minute{columnOf(mapping, ColumnRole::minute)}, m_told{mapping.dates}, m_order{mapping.dates ==
                                                                                              DateOrder::monthFirst
                                                                                          ? DateOrder::monthFirst
                                                                                          : DateOrder::dayFirst},
      m_zone{mapping.zone} {}

void TimeColumns::lookAt(const RecordBlock& first, std::size_t columns) {
    for (DateColumn* column : {&m_from, &m_to, &m_recorded}) {
        if (!column->column.there() || column->clock.there()) continue;
        std::size_t timed = 0;
        bool all = true;
        for (std::size_t row = 0; row < std::min(first.rows, sampledRows) && all; ++row) {
            const When when = parseWhen(column->column.of(&first.fields[row * columns]), m_order);
            if (when.precision != TimePrecision::minute) continue;
            ++timed;
            all = atMidnight(when.time) && !when.endOfDay;
        }
        column->midnightIsNoTime = all && timed >= fewestSampled;
    }
}

/// The time of day from a column of its own, where the date has none or only says 00:00.
void TimeColumns::addClock(const Column& clock, When& when, Row& row) const {
    row.keep(clock);
    const std::string_view text = trimmed(clock.of(row.fields));
    if (isMissing(text)) {
        if (when.precision == TimePrecision::day) row.findings.add(FindingKind::noTime, row.number);
        return;
    }
    const auto read = parseClock(text);
    if (!read) return row.findings.add(FindingKind::unreadableTime, row.number, text);
    when.time = LocalMinute{floor<days>(when.time)} + read->sinceMidnight;
    when.endOfDay = read->sinceMidnight == hours{24};
    when.precision = TimePrecision::minute;
    when.exactText = false;
}

When TimeColumns::readDate(DateColumn& column, Row& row, TimePrecision captured) const {
    const std::string_view text = trimmed(column.column.of(row.fields));
    if (isMissing(text)) return {};
    row.anyText = true;
    When when = column.read(text, row.number, m_order);
    if (when.precision == TimePrecision::none) row.cannotRead(text);
    if (!when.exactText || when.precision > captured) row.keep(column.column);
    const bool open = when.precision == TimePrecision::day ||
                      (when.precision == TimePrecision::minute && atMidnight(when.time) && !when.endOfDay);
    if (column.clock.there()) {
        if (open)
            addClock(column.clock, when, row);
        else
            row.keep(column.clock);
    } else if (column.midnightIsNoTime && open && when.precision == TimePrecision::minute) {
        when.precision = TimePrecision::day;
        row.keep(column.column);
        row.findings.add(FindingKind::midnightIsNoTime, row.number);
    }
    if (when.endOfDay) row.findings.add(FindingKind::endOfDay, row.number, text);
    if (when.precision == TimePrecision::minute) {
        if (m_zone.kind != SourceZone::Kind::local) {
            when.time = inZone(when.time, when.zone, m_zone);
            row.keep(column.column);
        } else if (when.zone) {
            row.findings.add(FindingKind::zoneInText, row.number, text);
        }
    }
    return when;
}

/// The hour in a column of its own, for a date without a time.
void TimeColumns::addHour(When& when, Row& row) const {
    if (!m_hour.there() || when.precision != TimePrecision::day) return;
    const std::string_view text = trimmed(m_hour.of(row.fields)), minuteText = trimmed(m_minute.of(row.fields));
    if (isMissing(text)) return row.findings.add(FindingKind::noTime, row.number);
    const auto hour = smallNumber(text, 24), minute = smallNumber(minuteText, 59);
    if (!hour || (!minute && !minuteText.empty()) || *hour * 60 + minute.value_or(0) > 24 * 60)
        return row.findings.add(FindingKind::unreadableTime, row.number,
                                minuteText.empty() ? std::string(text) : fmt::format("{}:{}", text, minuteText));
    when.time += hours{*hour} + minutes{minute.value_or(0)};
    when.endOfDay = *hour == 24;
    when.precision = TimePrecision::minute;
    if (when.endOfDay) row.findings.add(FindingKind::endOfDay, row.number, text);
}

When TimeColumns::readParts(Row& row) const {
    if (!m_year.there()) return {};
    const std::string_view year = trimmed(m_year.of(row.fields)), month = trimmed(m_monthOfYear.of(row.fields)),
                           day = trimmed(m_dayOfMonth.of(row.fields));
    if (isMissing(year)) return {};
    row.anyText = true;
    const auto number = smallNumber(year, 9999), monthNumber = smallNumber(month, 12), dayNumber = smallNumber(day, 31);
    const std::string monthText = monthNumber ? fmt::format("{:02}", *monthNumber) : std::string(month);
    std::string text;
    if (number && monthNumber)
        text = fmt::format("{:04}-{:02}", *number, *monthNumber) + (dayNumber ? fmt::format("-{:02}", *dayNumber) : "");
    else if (number) // the month by its name
        text = (dayNumber ? fmt::format("{} ", *dayNumber) : "") + monthText + fmt::format(" {:04}", *number);
    const bool dayMissing = !dayNumber && !day.empty();
    When when = dayMissing ? When{} : parseWhen(text);
    if (when.precision == TimePrecision::none) row.cannotRead(fmt::format("{} {} {}", year, month, day));
    return when;
}

void TimeColumns::read(const std::string_view* fields, std::uint32_t number, NewIncident& incident,
                       std::vector<std::uint8_t>& kept, FindingLog& findings) {
    Row row{fields, number, kept, findings};
    When from = readDate(m_from, row, TimePrecision::minute);
    const When to = readDate(m_to, row, TimePrecision::minute);
    if (from.precision == TimePrecision::none) from = readParts(row);
    addHour(from, row);
    if (from.precision == TimePrecision::none) {
        if (When month = readDate(m_month, row, TimePrecision::month); month.precision != TimePrecision::none) {
            month.precision = TimePrecision::month;
            month.time = monthOf(month.time);
            from = month;
        }
    } else if (m_month.column.there()) {
        row.keep(m_month.column);
    }
    const bool hadText = row.anyText;
    if (m_recorded.column.there()) {
        const When recorded = readDate(m_recorded, row, TimePrecision::minute);
        if (recorded.precision != TimePrecision::none) incident.recorded = recorded.time;
        if (recorded.precision != TimePrecision::minute) row.keep(m_recorded.column);
    }
    const bool startFromEnd = from.precision == TimePrecision::none && to.precision != TimePrecision::none;
    if (startFromEnd) {
        from = to;
        findings.add(FindingKind::startTakenFromEnd, number);
    }
    if (from.precision == TimePrecision::none) {
        if (!hadText) findings.add(FindingKind::noDate, number);
        return;
    }
    incident.from = from.time;
    incident.precision = from.precision;
    if (from.precision == TimePrecision::month) {
        incident.to = endOfMonth(monthOf(from.time));
    } else if (from.precision == TimePrecision::day) {
        incident.to = from.time + days{1};
    } else {
        ++m_timed;
        if (atMidnight(from.time) && !from.endOfDay) findings.add(FindingKind::midnight, number);
    }
    if (!startFromEnd && to.precision != TimePrecision::none) {
        const LocalMinute end = to.precision == TimePrecision::month ? endOfMonth(monthOf(to.time))
                                : to.precision == TimePrecision::day ? LocalMinute{to.time + days{1}}
                                                                     : to.time;
        if (end >= from.time) {
            incident.to = end;
        } else {
            findings.add(FindingKind::endBeforeStart, number, trimmed(m_to.column.of(fields)));
            row.keep(m_to.column);
        }
    }
    const LocalDay day = floor<days>(from.time);
    if (!m_first || day < *m_first) m_first = day;
    if (!m_last || day > *m_last) m_last = day;
}

Expected<void> TimeColumns::finish(FindingLog& findings) const {
    for (const DateColumn* column : {&m_month, &m_from, &m_to, &m_recorded})
        if (const auto done = column->finish(m_told, findings); !done) return fail(done.error());
    if (findings.count(FindingKind::midnight) * midnightsPerTimed <= m_timed) findings.clear(FindingKind::midnight);
    return {};
}

std::string TimeColumns::firstMonth() const {
    return m_first ? isoDay(*m_first).substr(0, 7) : std::string{};
}
std::string TimeColumns::lastMonth() const {
    return m_last ? isoDay(*m_last).substr(0, 7) : std::string{};
}

} // namespace patchlight::detail
