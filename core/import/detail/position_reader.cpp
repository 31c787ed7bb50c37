// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/position_reader.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace patchlight::detail {

namespace {

constexpr int nationalGrid = 27700, degrees = 4326;
constexpr std::size_t fewestForBox = 20, mostForBox = 1000;

Box grown(const Box& box, double east, double north) {
    return {box.west - east, box.south - north, box.east + east, box.north + north};
}

/// "4065980" or "17499" for something like 406598 and 417499: a digit more or less, in front or at the end.
bool isSlip(double value, double low, double high) {
    const auto inside = [&](double candidate) { return candidate >= low && candidate <= high; };
    if (inside(std::floor(value / 10.0)) || inside(value * 10.0)) return true;
    for (int digit = 1; digit <= 9; ++digit) // the first one lost, or one before it too many
        if ((value < 100000.0 && inside(value + digit * 100000.0)) ||
            (value >= 1000000.0 && inside(value - digit * 1000000.0)))
            return true;
    return false;
}

} // namespace

PositionReader::PositionReader(const ColumnMapping& mapping, int crsOption)
    : m_columns{mapping.header.size()}, m_gridReference{columnOf(mapping, ColumnRole::gridReference)},
      m_anonymised{mapping.anonymised}, m_decimalComma{mapping.decimalComma || mapping.separator == ';'} {
    const int told = crsOption != 0 ? crsOption : mapping.crsEpsg;
    const auto there = [&](ColumnRole role) { return columnOf(mapping, role).there(); };
    const bool geographic = there(ColumnRole::longitude) && there(ColumnRole::latitude);
    const bool grid = there(ColumnRole::easting) && there(ColumnRole::northing);
    // Longitude and latitude say by themselves where on Earth they are; of two pairs they are taken unless a CRS is
    // told.
    const bool takeGrid = grid && (!geographic || (told != 0 && told != degrees));
    m_x = columnOf(mapping, takeGrid ? ColumnRole::easting : ColumnRole::longitude);
    m_y = columnOf(mapping, takeGrid ? ColumnRole::northing : ColumnRole::latitude);
    if (!m_x.there() || !m_y.there()) m_x = m_y = {};
    m_epsgTold = told != 0 || mapping.anonymised;
    m_epsg = told != 0 ? told : takeGrid || !geographic ? nationalGrid : degrees;
}

void PositionReader::decideCrs(const RecordBlock& first) {
    if (m_epsgTold || !m_x.there()) return;
    std::size_t readable = 0, inDegrees = 0, grid = 0;
    for (std::size_t row = 0; row < first.rows; ++row) {
        const std::string_view* fields = &first.fields[row * m_columns];
        const SourcePosition p = readPosition(m_x.of(fields), m_y.of(fields), 0, m_decimalComma);
        if (p.state != CoordinateState::given || p.fromGridReference) continue;
        ++readable;
        inDegrees += std::abs(p.point.east) <= 180.0 && std::abs(p.point.north) <= 90.0 ? 1 : 0;
        grid += p.point.east > 1000.0 && p.point.east < 700000.0 && p.point.north > 1000.0 && p.point.north < 1300000.0
                    ? 1
                    : 0;
    }
    if (m_epsg == degrees && grid * 2 > readable)
        m_epsg = nationalGrid;
    else if (m_epsg == nationalGrid && inDegrees * 2 > readable)
        m_epsg = degrees;
}

SourcePosition PositionReader::readRow(const std::string_view* row) const {
    const SourcePosition pair = readPosition(m_x.of(row), m_y.of(row), m_epsg, m_decimalComma);
    if (pair.state == CoordinateState::given || !m_gridReference.there()) return pair;
    const SourcePosition reference = readGridReference(m_gridReference.of(row));
    return reference.state == CoordinateState::given || pair.state == CoordinateState::none ? reference : pair;
}

/// Where up to `most` of the block's rows lie: the middle nine tenths of each axis, with as much again on each side and
/// 20 km (a quarter of a degree) at least.
std::optional<Box> PositionReader::boxOf(std::size_t most) const {
    std::vector<double> east, north;
    for (const SourcePosition& p : m_block) {
        if (p.state != CoordinateState::given || (p.fromGridReference && m_epsg != nationalGrid)) continue;
        east.push_back(p.point.east);
        north.push_back(p.point.north);
        if (east.size() == most) break;
    }
    if (east.size() < fewestForBox) return std::nullopt;
    const auto between = [](std::vector<double>& values) {
        const auto at = [&](double share) {
            const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
            std::nth_element(values.begin(), values.begin() + place, values.end());
            return values[static_cast<std::size_t>(place)];
        };
        return std::pair{at(0.05), at(0.95)};
    };
    const auto [west, eastEnd] = between(east);
    const auto [south, northEnd] = between(north);
    const double least = m_epsg == degrees ? 0.25 : 20000.0;
    return grown({west, south, eastEnd, northEnd}, std::max(eastEnd - west, least), std::max(northEnd - south, least));
}

/// True if the coordinates do not lie among the others, so that it is worth asking why.
bool PositionReader::isOdd(const SourcePosition& position) const {
    if (position.fromGridReference) return false;
    if (position.state != CoordinateState::given && position.state != CoordinateState::outOfRange) return false;
    return m_box ? !m_box->contains(position.point)
                 : m_epsg == nationalGrid && position.point.east < 180.0 && position.point.north < 180.0;
}

/// Odd coordinates put right or named, by where the file's other rows lie; `here`: those of this block.
SourcePosition PositionReader::judged(SourcePosition position, const Box& here) const {
    const ProjectedPoint p = position.point;
    if (std::abs(p.east) <= 180.0 && std::abs(p.north) <= 180.0 && m_epsg != degrees) {
        position.state = CoordinateState::mixed;
        return position;
    }
    if (!m_box) return position;
    const auto among = [&](ProjectedPoint point) { return m_box->contains(point) && here.contains(point); };
    const double width = m_box->width(), height = m_box->height();
    const ProjectedPoint turned{p.north, p.east};
    if (among(turned) && !grown(*m_box, width, height).contains(p) && !grown(here, width, height).contains(p)) {
        position.point = turned;
        position.state = CoordinateState::given;
        position.swapped = true;
        return position;
    }
    if (m_epsg == degrees && std::abs(p.east) > 1000.0 && std::abs(p.north) > 1000.0)
        position.state = CoordinateState::mixed;
    const bool eastFits = p.east >= m_box->west && p.east <= m_box->east;
    const bool northFits = p.north >= m_box->south && p.north <= m_box->north;
    if (m_epsg == nationalGrid && ((northFits && isSlip(p.east, m_box->west, m_box->east)) ||
                                   (eastFits && isSlip(p.north, m_box->south, m_box->north))))
        position.state = CoordinateState::wrongDigits;
    return position;
}

void PositionReader::read(const RecordBlock& block) {
    m_positions.trim();
    m_fromReferences.trim();
    m_block.resize(block.rows);
    m_blockIndex.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) m_block[row] = readRow(&block.fields[row * m_columns]);
    if (!m_looked) m_box = boxOf(mostForBox);
    m_looked = m_looked || m_box;
    std::optional<Box> here; // looked at only when something is odd
    for (std::size_t row = 0; row < block.rows; ++row) {
        SourcePosition& position = m_block[row];
        if (isOdd(position)) {
            if (!here) here = boxOf(block.rows).value_or(m_box.value_or(Box{}));
            position = judged(position, *here);
        }
        if (position.state != CoordinateState::given) continue;
        const bool apart = position.fromGridReference && m_epsg != nationalGrid;
        m_blockIndex[row] = (apart ? m_fromReferences : m_positions).indexOf(position.point);
    }
}

std::optional<PositionReader::Middle> PositionReader::middle() const {
    for (const bool references : {false, true}) {
        std::vector<double> east, north;
        for (const SourcePosition& p : m_block) {
            if (p.state != CoordinateState::given) continue;
            if ((p.fromGridReference && m_epsg != nationalGrid) != references) continue;
            east.push_back(p.point.east);
            north.push_back(p.point.north);
        }
        if (east.empty()) continue;
        const auto half = static_cast<std::ptrdiff_t>(east.size() / 2);
        std::nth_element(east.begin(), east.begin() + half, east.end());
        std::nth_element(north.begin(), north.begin() + half, north.end());
        return Middle{{east[static_cast<std::size_t>(half)], north[static_cast<std::size_t>(half)]},
                      references ? nationalGrid : m_epsg};
    }
    return std::nullopt;
}

Expected<void> PositionReader::project(const PositionProjector& projector) {
    if (const auto done = m_positions.project(projector, m_epsg); !done) return fail(done.error());
    return m_fromReferences.project(projector, nationalGrid);
}

std::string PositionReader::textOf(const std::string_view* row) const {
    const std::string_view x = trimmed(m_x.of(row)), y = trimmed(m_y.of(row));
    const std::string_view reference = trimmed(m_gridReference.of(row));
    std::string text(x);
    if (!y.empty()) text += (text.empty() ? "" : " / ") + std::string(y);
    if (!reference.empty()) text += (text.empty() ? "" : " / ") + std::string(reference);
    return text;
}

void PositionReader::place(std::size_t rowInBlock, const std::string_view* row, std::uint32_t number,
                           NewIncident& incident, FindingLog& findings) {
    const SourcePosition& source = m_block[rowInBlock];
    switch (source.state) {
    case CoordinateState::none:
        return findings.add(FindingKind::noPosition, number);
    case CoordinateState::zero:
        return findings.add(FindingKind::zeroPosition, number);
    case CoordinateState::unreadable:
        return findings.add(FindingKind::unreadablePosition, number, textOf(row));
    case CoordinateState::outOfRange:
        return findings.add(FindingKind::positionOutOfRange, number, textOf(row));
    case CoordinateState::wrongDigits:
        return findings.add(FindingKind::wrongDigits, number, textOf(row));
    case CoordinateState::mixed:
        return findings.add(FindingKind::mixedCoordinates, number, textOf(row));
    case CoordinateState::given:
        break;
    }
    const bool apart = source.fromGridReference && m_epsg != nationalGrid;
    const ProjectedPoint point = (apart ? m_fromReferences : m_positions).projected(m_blockIndex[rowInBlock]);
    if (!std::isfinite(point.east) || !std::isfinite(point.north))
        return findings.add(FindingKind::positionOutOfRange, number, textOf(row));
    if (source.swapped) findings.add(FindingKind::swappedPosition, number, textOf(row));
    if (source.fromGridReference) findings.add(FindingKind::gridReference, number, textOf(row));
    if (source.thousands) findings.add(FindingKind::thousandsSeparator, number, textOf(row));
    incident.position = point;
    incident.level = m_anonymised ? LocationLevel::snapped : source.level;
    m_mappedPoints.push_back(point);
    m_mappedRows.push_back(number);
}

void PositionReader::finish(FindingLog& findings) const {
    const Box typical = typicalBox(m_mappedPoints);
    for (std::size_t i = 0; i < m_mappedPoints.size(); ++i)
        if (!typical.contains(m_mappedPoints[i])) findings.add(FindingKind::farFromOthers, m_mappedRows[i]);
}

} // namespace patchlight::detail
