// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/positions.h"

#include "core/base/text.h"

#include <bit>
#include <cmath>

namespace patchlight::detail {

namespace {

constexpr std::size_t mostDistinct = 2'000'000; // about 70 MB

bool isMissing(std::string_view text) {
    if (text.empty() || text == "-") return true;
    if (text.size() > 4) return false;
    for (const char* word : {"na", "n/a", "null", "none", "nan"})
        if (equalIgnoringCase(text, word)) return true;
    return false;
}

/// "417,499" and "1,234,567.5": groups of three behind the first comma.
std::optional<double> withoutThousands(std::string_view text) {
    std::string digits;
    std::size_t sinceComma = 0;
    bool comma = false, point = false;
    for (const char c : text) {
        if (c == ',') {
            if (point || digits.empty() || (comma && sinceComma != 3)) return std::nullopt;
            comma = true;
            sinceComma = 0;
            continue;
        }
        if (c == '.') {
            if (comma && sinceComma != 3) return std::nullopt;
            point = true;
        }
        if (!point) ++sinceComma;
        digits += c;
    }
    if (!comma || (!point && sinceComma != 3)) return std::nullopt;
    return parseDecimal(digits);
}

std::optional<double> readNumber(std::string_view text, bool decimalComma) {
    if (const auto value = parseDecimal(text)) return std::isfinite(*value) ? value : std::nullopt;
    const std::size_t comma = text.find(',');
    if (comma == text.npos) return std::nullopt;
    if (decimalComma && text.find(',', comma + 1) == text.npos && text.find('.') == text.npos) {
        std::string pointed(text);
        pointed[comma] = '.';
        return parseDecimal(pointed);
    }
    return withoutThousands(text);
}

bool inRange(ProjectedPoint p, int epsg) {
    if (epsg == 4326) return std::abs(p.east) <= 180.0 && std::abs(p.north) <= 90.0;
    if (epsg == 27700) return p.east >= 0.0 && p.east <= 700000.0 && p.north >= 0.0 && p.north <= 1300000.0;
    return true;
}

std::uint64_t mixed(ProjectedPoint point) {
    std::uint64_t h = std::bit_cast<std::uint64_t>(point.east) * 0x9e3779b97f4a7c15u;
    h = (h ^ (h >> 32)) + std::bit_cast<std::uint64_t>(point.north);
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

} // namespace

SourcePosition readPosition(std::string_view x, std::string_view y, int epsg, bool decimalComma) {
    x = trimmed(x);
    y = trimmed(y);
    if (isMissing(x) && isMissing(y)) return {CoordinateState::none, {}};
    const auto east = readNumber(x, decimalComma), north = readNumber(y, decimalComma);
    if ((!east && !isMissing(x)) || (!north && !isMissing(y))) return {CoordinateState::unreadable, {}};
    if (!east || !north) return {CoordinateState::none, {}};
    const ProjectedPoint point{*east + 0.0, *north + 0.0}; // makes -0 a plain 0
    if (point == ProjectedPoint{0.0, 0.0}) return {CoordinateState::none, {}};
    return {inRange(point, epsg) ? CoordinateState::given : CoordinateState::outOfRange, point};
}

std::size_t PositionCache::slotOf(ProjectedPoint source) const {
    std::size_t at = mixed(source) & (m_slots.size() - 1);
    while (m_slots[at] != 0 && m_sources[m_slots[at] - 1] != source) at = (at + 1) & (m_slots.size() - 1);
    return at;
}

void PositionCache::grow() {
    m_slots.assign(m_slots.size() * 2, 0);
    for (std::size_t i = 0; i < m_sources.size(); ++i)
        m_slots[slotOf(m_sources[i])] = static_cast<std::uint32_t>(i + 1);
}

std::uint32_t PositionCache::indexOf(ProjectedPoint source) {
    const std::size_t at = slotOf(source);
    if (m_slots[at] != 0) return m_slots[at] - 1;
    const auto index = static_cast<std::uint32_t>(m_sources.size());
    m_sources.push_back(source);
    m_slots[at] = index + 1;
    if (m_sources.size() * 2 > m_slots.size()) grow();
    return index;
}

Expected<void> PositionCache::project(const PositionProjector& projector, int epsg) {
    const std::size_t done = m_projected.size();
    m_projected.insert(m_projected.end(), m_sources.begin() + static_cast<std::ptrdiff_t>(done), m_sources.end());
    if (m_projected.size() == done) return {};
    return projector.project(epsg, std::span(m_projected).subspan(done));
}

void PositionCache::trim() {
    if (m_sources.size() < mostDistinct) return;
    *this = {};
}

} // namespace patchlight::detail
