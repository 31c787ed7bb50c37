// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/dates.h"
#include "core/import/detail/findings.h"
#include "core/import/records.h"

namespace patchlight::detail {

/// Where a column stands in a row; -1 where the file has none.
struct Column {
    int index = -1;
    [[nodiscard]] bool there() const { return index >= 0; }
    [[nodiscard]] std::string_view of(const std::string_view* row) const {
        return index < 0 ? std::string_view{} : row[index];
    }
};
[[nodiscard]] Column columnOf(const ColumnMapping& mapping, ColumnRole role);

/// One column of dates: what it has shown so far of the order of day and month.
class DateColumn {
public:
    DateColumn(const ColumnMapping& mapping, ColumnRole date, ColumnRole clock);

    Column column, clock;
    bool midnightIsNoTime = false; ///< every time in the sample was 00:00

    /// The text as a date in the file's order; the last text is remembered, which is often the next one too.
    [[nodiscard]] const When& read(std::string_view text, std::uint32_t row, DateOrder order);
    /// Adds what only the whole column tells. `told`: the order as told, which is never refused.
    /// errors: fileFormat (the dates are month first, or every one could be either)
    [[nodiscard]] Expected<void> finish(DateOrder told, FindingLog& findings) const;

private:
    struct Rows {
        std::size_t count = 0;
        std::vector<std::uint32_t> rows;
        std::string firstText;
        void add(std::uint32_t row, std::string_view text);
    };
    std::string m_name, m_lastText;
    When m_last;
    Rows m_either, m_dayFirstOnly, m_monthFirstOnly;
    std::uint32_t m_secondNumbers = 0; ///< a bit for each second number of a date that could be either
    std::array<Rows, static_cast<std::size_t>(DateStyle::count_)> m_styles;
};

/// All that says when an incident was: dates with or without clocks, months, and years, months, days, hours and minutes
/// in columns of their own.
class TimeColumns {
public:
    explicit TimeColumns(const ColumnMapping& mapping);

    /// From the first records: whether a column's 00:00 says that there is no time.
    void lookAt(const RecordBlock& first, std::size_t columns);
    /// Fills from, to, recorded and precision; `kept` gets 1 for columns whose text says more than what was stored.
    void read(const std::string_view* row, std::uint32_t number, NewIncident& incident, std::vector<std::uint8_t>& kept,
              FindingLog& findings);
    /// Findings that need the whole file. errors: as DateColumn::finish
    [[nodiscard]] Expected<void> finish(FindingLog& findings) const;

    [[nodiscard]] std::string firstMonth() const; ///< "2025-07"; empty without dates
    [[nodiscard]] std::string lastMonth() const;

private:
    struct Row;
    [[nodiscard]] When readDate(DateColumn& column, Row& row, TimePrecision captured) const;
    void addClock(const Column& clock, When& when, Row& row) const;
    [[nodiscard]] When readParts(Row& row) const;
    void addHour(When& when, Row& row) const;

    DateColumn m_month, m_from, m_to, m_recorded;
    Column m_year, m_monthOfYear, m_dayOfMonth, m_hour, m_minute;
    DateOrder m_told, m_order;
    SourceZone m_zone;
    std::optional<LocalDay> m_first, m_last;
    std::size_t m_timed = 0; ///< rows with a time of day
};

} // namespace patchlight::detail
