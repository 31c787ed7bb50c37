// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/incidents/incidents.h"

#include <algorithm>
#include <array>
#include <functional>

namespace patchlight {

/// Open addressing over the codes of a column: no copies of the texts, and the order of codes is that of appearance.
struct TextColumnBuilder::Index {
    std::vector<std::uint32_t> slots =
        std::vector<std::uint32_t>(64, 0); ///< 0 is free: the empty text is never looked up
    std::vector<std::size_t> hashes{0};    ///< by code
    std::uint32_t last = 0;

    void insert(std::uint32_t code) {
        std::size_t at = hashes[code] & (slots.size() - 1);
        while (slots[at] != 0) at = (at + 1) & (slots.size() - 1);
        slots[at] = code;
    }
    void grow() {
        slots.assign(slots.size() * 2, 0);
        for (std::uint32_t code = 1; code < hashes.size(); ++code) insert(code);
    }
};

TextColumnBuilder::TextColumnBuilder() : m_index{std::make_unique<Index>()} {}
TextColumnBuilder::~TextColumnBuilder() = default;
TextColumnBuilder::TextColumnBuilder(TextColumnBuilder&&) noexcept = default;

void TextColumnBuilder::reserve(std::size_t rows) {
    m_column.code.reserve(rows);
}

void TextColumnBuilder::add(std::string_view value) {
    Index& index = *m_index;
    auto& values = m_column.values;
    if (value.empty()) return m_column.code.push_back(0);
    if (values[index.last] == value) return m_column.code.push_back(index.last);
    const std::size_t hash = std::hash<std::string_view>{}(value);
    std::size_t at = hash & (index.slots.size() - 1);
    for (; index.slots[at] != 0; at = (at + 1) & (index.slots.size() - 1)) {
        const std::uint32_t code = index.slots[at];
        if (index.hashes[code] != hash || values[code] != value) continue;
        index.last = code;
        return m_column.code.push_back(code);
    }
    const auto code = static_cast<std::uint32_t>(values.size());
    values.emplace_back(value);
    index.hashes.push_back(hash);
    index.slots[at] = code;
    index.last = code;
    if (values.size() * 2 > index.slots.size()) index.grow();
    m_column.code.push_back(code);
}

TextColumn TextColumnBuilder::finish() {
    TextColumn result = std::move(m_column);
    m_column = {};
    m_index = std::make_unique<Index>();
    return result;
}

double coarsenessInMetres(LocationLevel level) {
    switch (level) {
    case LocationLevel::postcode:
        return 100.0;
    case LocationLevel::street:
        return 250.0;
    case LocationLevel::area:
        return 1000.0;
    case LocationLevel::none:
    case LocationLevel::exact:
    case LocationLevel::snapped:
        break;
    }
    return 0.0;
}

bool isConsistent(const IncidentTable& table) {
    const std::size_t n = table.size();
    const auto whole = [n](const TextColumn& column) {
        return column.code.size() == n && !column.values.empty() && column.values.front().empty() &&
               std::all_of(column.code.begin(), column.code.end(),
                           [&](std::uint32_t code) { return code < column.values.size(); });
    };
    return table.sourceRow.size() == n && table.position.size() == n && table.mapped.size() == n &&
           table.from.size() == n && table.to.size() == n && table.precision.size() == n && table.level.size() == n &&
           whole(table.dataset) && whole(table.category) && whole(table.subcategory) && whole(table.place) &&
           whole(table.areaCode) && (table.places.of.empty() || table.places.of.size() == n);
}

std::optional<Period> periodOf(const IncidentTable& table) {
    std::optional<Period> period;
    for (std::size_t row = 0; row < table.size(); ++row) {
        if (table.precision[row] == TimePrecision::none) continue;
        const LocalDay first = std::chrono::floor<std::chrono::days>(table.from[row]);
        const LocalDay last = table.precision[row] == TimePrecision::month
                                  ? std::chrono::floor<std::chrono::days>(table.to[row]) - std::chrono::days{1}
                                  : first;
        if (!period) period = Period{first, last};
        period->first = std::min(period->first, first);
        period->last = std::max(period->last, last);
    }
    return period;
}

std::vector<LocalDay> monthsWithRows(const IncidentTable& table) {
    std::vector<LocalDay> months;
    for (std::size_t row = 0; row < table.size(); ++row) {
        if (table.precision[row] == TimePrecision::none) continue;
        const LocalDay month = firstOfMonth(std::chrono::floor<std::chrono::days>(table.from[row]));
        if (!months.empty() && months.back() == month) continue; // rows mostly come month by month
        const auto at = std::lower_bound(months.begin(), months.end(), month);
        if (at == months.end() || *at != month) months.insert(at, month);
    }
    return months;
}

std::vector<LocalDay> missingMonths(std::span<const LocalDay> months, const Period& period) {
    std::vector<LocalDay> missing;
    for (auto month = firstOfMonth(period.first); month <= period.last; month = addedMonths(month, 1))
        if (!std::binary_search(months.begin(), months.end(), month)) missing.push_back(month);
    return missing;
}

std::string_view keyOf(LocationLevel level) {
    constexpr std::array<std::string_view, 6> keys{"", "exact", "snapped", "postcode", "area", "street"};
    return keys[static_cast<std::size_t>(level)];
}

bool anySnapped(const IncidentTable& table, std::span<const std::uint32_t> rows) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](std::uint32_t row) { return table.level[row] == LocationLevel::snapped; });
}

} // namespace patchlight
