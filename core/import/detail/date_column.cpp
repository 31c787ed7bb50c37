// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/time_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace patchlight::detail {

namespace {

/// So many dates that could be either are no chance: of dates spread over a month two in five are.
constexpr std::size_t enoughDates = 20;

constexpr std::string_view option = "say which it is, \"day-first\" or \"month-first\" (\"dates\" in a mapping)";

} // namespace

Column columnOf(const ColumnMapping& mapping, ColumnRole role) {
    const auto found = std::find(mapping.roles.begin(), mapping.roles.end(), role);
    return {found == mapping.roles.end() ? -1 : static_cast<int>(found - mapping.roles.begin())};
}

DateColumn::DateColumn(const ColumnMapping& mapping, ColumnRole date, ColumnRole clockRole)
    : column{columnOf(mapping, date)}, clock{clockRole == ColumnRole::other ? Column{} : columnOf(mapping, clockRole)} {
    if (column.there()) m_name = columnNames(mapping.header)[static_cast<std::size_t>(column.index)];
}

void DateColumn::Rows::add(std::uint32_t row, std::string_view text) {
    if (count++ == 0) firstText = text;
    if (rows.size() < FindingLog::mostRows) rows.push_back(row);
}

const When& DateColumn::read(std::string_view text, std::uint32_t row, DateOrder order) {
    if (text != m_lastText) {
        m_lastText = text;
        m_last = parseWhen(text, order);
    }
    switch (m_last.order) {
    case NumberOrder::either:
        m_either.add(row, text);
        m_secondNumbers |= 1u << m_last.second;
        break;
    case NumberOrder::dayFirstOnly:
        m_dayFirstOnly.add(row, text);
        break;
    case NumberOrder::monthFirstOnly:
        m_monthFirstOnly.add(row, text);
        break;
    case NumberOrder::none:
    case NumberOrder::same:
        break;
    }
    if (m_last.style != DateStyle::none) m_styles[static_cast<std::size_t>(m_last.style)].add(row, text);
    return m_last;
}

Expected<void> DateColumn::finish(DateOrder told, FindingLog& findings) const {
    if (told == DateOrder::notTold && m_monthFirstOnly.count > m_dayFirstOnly.count)
        return fail(ErrorCode::fileFormat,
                    fmt::format("column \"{}\" holds {} only with the month first (row {}: \"{}\"); {}.", m_name,
                                counted(m_monthFirstOnly.count, "date that is one", "dates that are ones"),
                                m_monthFirstOnly.rows.front(), m_monthFirstOnly.firstText, option),
                    "dates");
    const bool open = m_either.count > 0 && m_dayFirstOnly.count == 0 && m_monthFirstOnly.count == 0;
    if (told == DateOrder::notTold && open && m_either.count >= enoughDates && std::popcount(m_secondNumbers) > 1)
        return fail(ErrorCode::fileFormat,
                    fmt::format("column \"{}\": each of its {} dates could be day/month or month/day (row {}: \"{}\"); "
                                "{}.",
                                m_name, groupedCount(m_either.count), m_either.rows.front(), m_either.firstText,
                                option),
                    "dates");
    if (told == DateOrder::notTold && open) findings.addRows(FindingKind::ambiguousDate, m_either.count, m_either.rows);
    const auto most = std::max_element(m_styles.begin(), m_styles.end(),
                                       [](const Rows& a, const Rows& b) { return a.count < b.count; });
    for (const Rows& style : m_styles)
        if (&style != &*most && style.count > 0) findings.addRows(FindingKind::otherDateStyle, style.count, style.rows);
    return {};
}

} // namespace patchlight::detail
