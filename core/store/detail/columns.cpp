// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/columns.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace patchlight::store {

namespace {

using Texts = std::array<TextColumn IncidentTable::*, textColumns>;
constexpr Texts textMembers{&IncidentTable::dataset, &IncidentTable::category, &IncidentTable::subcategory,
                            &IncidentTable::place, &IncidentTable::areaCode};

} // namespace

Dictionary::Dictionary() : Dictionary(std::vector<std::string>{std::string{}}) {}

Dictionary::Dictionary(std::vector<std::string> values) : m_values{std::move(values)} {
    grow();
}

void Dictionary::insert(std::uint32_t hash, std::uint32_t code) {
    const auto mask = m_slots.size() - 1;
    auto at = hash & mask;
    while (m_slots[at].code != 0) at = (at + 1) & mask;
    m_slots[at] = {hash, code};
}

void Dictionary::grow() {
    m_slots.assign(std::bit_ceil(std::max<std::size_t>(64, 4 * m_values.size())), Slot{});
    for (std::size_t code = 1; code < m_values.size(); ++code)
        insert(static_cast<std::uint32_t>(std::hash<std::string_view>{}(m_values[code])),
               static_cast<std::uint32_t>(code));
}

std::uint32_t Dictionary::codeOf(std::string_view value) {
    if (value.empty()) return 0;
    if (value == m_values[m_lastCode]) return m_lastCode; // rows of one source come in runs
    const auto hash = static_cast<std::uint32_t>(std::hash<std::string_view>{}(value));
    const auto mask = m_slots.size() - 1;
    for (auto at = hash & mask; m_slots[at].code != 0; at = (at + 1) & mask)
        if (m_slots[at].hash == hash && m_values[m_slots[at].code] == value) return m_lastCode = m_slots[at].code;
    m_lastCode = static_cast<std::uint32_t>(m_values.size());
    m_values.emplace_back(value);
    if (2 * m_values.size() > m_slots.size()) {
        grow();
    } else {
        insert(hash, m_lastCode);
    }
    return m_lastCode;
}

void TableBuilder::add(const ColumnRow& row) {
    m_table.id.push_back(row.id);
    m_table.sourceRow.push_back(row.sourceRow);
    m_table.position.push_back(row.position.value_or(ProjectedPoint{}));
    m_table.mapped.push_back(row.position ? 1 : 0);
    const bool timed = row.from && row.precision != TimePrecision::none;
    const auto interval = timed ? intervalOf(*row.from, row.to, row.precision) : Interval{};
    m_table.from.push_back(interval.from);
    m_table.to.push_back(interval.to);
    m_table.precision.push_back(timed ? row.precision : TimePrecision::none);
    m_table.level.push_back(row.level);
    for (std::size_t t = 0; t < textColumns; ++t)
        (m_table.*textMembers[t]).code.push_back(m_dictionaries[t].codeOf(row.texts[t]));
}

void TableBuilder::clearRows() {
    m_table.id.clear();
    m_table.sourceRow.clear();
    m_table.position.clear();
    m_table.mapped.clear();
    m_table.from.clear();
    m_table.to.clear();
    m_table.precision.clear();
    m_table.level.clear();
    for (const auto member : textMembers) (m_table.*member).code.clear();
}

IncidentTable TableBuilder::finish() {
    for (std::size_t t = 0; t < textColumns; ++t) (m_table.*textMembers[t]).values = m_dictionaries[t].values();
    m_dictionaries = {};
    indexPlaces(m_table);
    return std::exchange(m_table, IncidentTable{});
}

LocalMinute endOf(LocalMinute time, TimePrecision precision) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    if (precision == TimePrecision::day) return day + std::chrono::days{1};
    if (precision != TimePrecision::month) return time;
    const std::chrono::year_month_day date{day};
    return LocalDay{std::chrono::year_month_day{date.year() / date.month() / 1} + std::chrono::months{1}};
}

Interval intervalOf(LocalMinute from, std::optional<LocalMinute> to, TimePrecision precision) {
    LocalMinute begin = from;
    const auto day = std::chrono::floor<std::chrono::days>(from);
    if (precision == TimePrecision::day) begin = day;
    if (precision == TimePrecision::month) {
        const std::chrono::year_month_day date{day};
        begin = LocalDay{date.year() / date.month() / 1};
    }
    LocalMinute end = endOf(from, precision);
    // An end is exclusive for months and days: its last minute says which month or day it is the end of.
    if (to && *to > end)
        end = precision == TimePrecision::minute ? *to : endOf(*to - std::chrono::minutes{1}, precision);
    return {begin, end};
}

} // namespace patchlight::store
