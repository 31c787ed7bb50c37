// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/positions.h"

#include "core/base/text.h"
#include "core/import/detail/grid_reference.h"

#include <bit>
#include <cmath>

namespace patchlight::detail {

namespace {

constexpr std::size_t mostDistinct = 2'000'000; // about 70 MB

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

bool inRange(ProjectedPoint p, int epsg) {
    if (epsg == 4326) return std::abs(p.east) <= 180.0 && std::abs(p.north) <= 90.0;
    if (epsg == 27700) return p.east >= 0.0 && p.east <= 700000.0 && p.north >= 0.0 && p.north <= 1300000.0;
    return true;
}

/// "417,499" with decimal commas is 417.499, which in metres is no coordinate of a grid, but 417499 is.
std::optional<double> readCoordinate(std::string_view text, bool decimalComma, bool metres) {
    const auto value = readNumber(text, decimalComma);
    if (!value || !metres || !decimalComma || std::abs(*value) >= 1000.0 || text.find(',') == text.npos) return value;
    const auto grouped = withoutThousands(text);
    return grouped ? grouped : value;
}

bool isGrouped(std::string_view text, double value) {
    return text.find(',') != text.npos && withoutThousands(text) == value;
}

std::uint64_t mixed(ProjectedPoint point) {
    std::uint64_t h = std::bit_cast<std::uint64_t>(point.east) * 0x9e3779b97f4a7c15u;
    h = (h ^ (h >> 32)) + std::bit_cast<std::uint64_t>(point.north);
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

} // namespace

bool isMissing(std::string_view text) {
    if (text.empty() || text == "-") return true;
    if (text.size() > 4) return false;
    for (const char* word : {"na", "n/a", "null", "none", "nan"})
        if (equalIgnoringCase(text, word)) return true;
    return false;
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

SourcePosition readPosition(std::string_view x, std::string_view y, int epsg, bool decimalComma) {
    x = trimmed(x);
    y = trimmed(y);
    const bool noX = isMissing(x), noY = isMissing(y);
    if (noX && noY) return {};
    const bool metres = epsg != 4326 && epsg != 0;
    const auto east = readCoordinate(x, decimalComma, metres), north = readCoordinate(y, decimalComma, metres);
    if (!east && !noX && noY)
        if (SourcePosition reference = readGridReference(x); reference.state == CoordinateState::given)
            return reference;
    if ((!east && !noX) || (!north && !noY)) return {.state = CoordinateState::unreadable};
    if (!east || !north) return {};
    const ProjectedPoint point{*east + 0.0, *north + 0.0}; // makes -0 a plain 0
    if (point == ProjectedPoint{0.0, 0.0}) return {.state = CoordinateState::zero};
    return {.state = inRange(point, epsg) ? CoordinateState::given : CoordinateState::outOfRange,
            .point = point,
            .thousands = isGrouped(x, *east) || isGrouped(y, *north)};
}

SourcePosition readGridReference(std::string_view text) {
    if (isMissing(trimmed(text))) return {};
    const auto square = parseGridReference(text);
    if (!square) return {.state = CoordinateState::unreadable};
    return {.state = CoordinateState::given,
            .point = square->centre,
            .level = square->size <= 10.0    ? LocationLevel::exact
                     : square->size <= 100.0 ? LocationLevel::postcode
                                             : LocationLevel::area,
            .fromGridReference = true};
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
