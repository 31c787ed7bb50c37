// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/record_mapper.h"

#include "core/base/text.h"
#include "core/import/detail/json_text.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace patchlight::detail {

namespace {

using std::chrono::days;
using std::chrono::floor;

LocalDay monthOf(LocalMinute time) {
    const std::chrono::year_month_day date{floor<days>(time)};
    return LocalDay{date.year() / date.month() / 1};
}

LocalMinute endOfMonth(LocalDay first) {
    const std::chrono::year_month_day date{first};
    return LocalDay{(date.year() / date.month() + std::chrono::months{1}) / 1};
}

/// Words with which data.police.uk says that there is no place.
bool isNoPlace(std::string_view text) {
    for (const char* word : {"No Location", "On or near No Location", "On or near"})
        if (equalIgnoringCase(text, word)) return true;
    return false;
}

constexpr std::size_t mostReporters = 3;

} // namespace

bool HashSet::insert(std::uint64_t hash) {
    hash |= 1; // 0 is free
    std::size_t at = (hash >> 1) & (m_slots.size() - 1);
    for (; m_slots[at] != 0; at = (at + 1) & (m_slots.size() - 1))
        if (m_slots[at] == hash) return false;
    m_slots[at] = hash;
    if (++m_count * 2 > m_slots.size()) {
        const std::vector<std::uint64_t> old = std::move(m_slots);
        m_slots.assign(old.size() * 2, 0);
        for (const std::uint64_t value : old) {
            if (value == 0) continue;
            std::size_t to = (value >> 1) & (m_slots.size() - 1);
            while (m_slots[to] != 0) to = (to + 1) & (m_slots.size() - 1);
            m_slots[to] = value;
        }
    }
    return true;
}

const When& RecordMapper::DateColumn::read(std::string_view text, std::uint32_t rowNumber) {
    if (text != lastText) {
        lastText = text;
        last = parseWhen(text);
    }
    if (last.dayFirst) ++dayFirst;
    if (last.ambiguous) {
        ++ambiguous;
        if (ambiguousRows.size() < FindingLog::mostRows) ambiguousRows.push_back(rowNumber);
    }
    return last;
}

RecordMapper::RecordMapper(const ColumnMapping& mapping, int crsOption) : m_mapping{mapping} {
    const auto column = [&](ColumnRole role) {
        const auto found = std::find(mapping.roles.begin(), mapping.roles.end(), role);
        return Column{found == mapping.roles.end() ? -1 : static_cast<int>(found - mapping.roles.begin())};
    };
    const int told = crsOption != 0 ? crsOption : mapping.crsEpsg;
    const bool geographic = column(ColumnRole::longitude).there() && column(ColumnRole::latitude).there();
    const bool grid = column(ColumnRole::easting).there() && column(ColumnRole::northing).there();
    // Longitude and latitude say by themselves where on Earth they are; of two pairs they are taken unless a CRS is
    // told.
    const bool takeGrid = grid && (!geographic || (told != 0 && told != 4326));
    m_x = column(takeGrid ? ColumnRole::easting : ColumnRole::longitude);
    m_y = column(takeGrid ? ColumnRole::northing : ColumnRole::latitude);
    m_epsgTold = told != 0 || mapping.anonymised;
    m_epsg = told != 0 ? told : takeGrid ? 27700 : 4326;

    m_reference = column(ColumnRole::reference), m_category = column(ColumnRole::category);
    m_subcategory = column(ColumnRole::subcategory), m_place = column(ColumnRole::place);
    m_areaCode = column(ColumnRole::areaCode), m_outcome = column(ColumnRole::outcome);
    m_reportedBy = column(ColumnRole::reportedBy);
    m_month.column = column(ColumnRole::month), m_from.column = column(ColumnRole::from);
    m_to.column = column(ColumnRole::to), m_recorded.column = column(ColumnRole::recorded);

    std::vector<std::string> names;
    for (std::size_t i = 0; i < mapping.header.size(); ++i) {
        std::string name = mapping.header[i].empty() ? "column " + std::to_string(i + 1) : mapping.header[i];
        for (int n = 2; std::find(names.begin(), names.end(), name) != names.end(); ++n)
            name = mapping.header[i] + " (" + std::to_string(n) + ")";
        names.push_back(name);
        std::string key;
        appendJsonText(key, name);
        m_keys.push_back(key + ':');
    }
    m_alwaysKept.assign(mapping.header.size(), 0);
    for (std::size_t i = 0; i < mapping.roles.size(); ++i) {
        const ColumnRole role = mapping.roles[i];
        const bool coordinate = role == ColumnRole::longitude || role == ColumnRole::latitude ||
                                role == ColumnRole::easting || role == ColumnRole::northing;
        m_alwaysKept[i] = coordinate || role == ColumnRole::other || role == ColumnRole::reportedBy ? 1 : 0;
    }
}

void RecordMapper::decideCrs(const RecordBlock& first) {
    if (m_epsgTold) return;
    const std::size_t columns = m_mapping.header.size();
    std::size_t readable = 0, degrees = 0, grid = 0;
    for (std::size_t row = 0; row < first.rows; ++row) {
        const std::string_view* fields = &first.fields[row * columns];
        const SourcePosition p = readPosition(m_x.of(fields), m_y.of(fields), 0, m_mapping.separator == ';');
        if (p.state != CoordinateState::given) continue;
        ++readable;
        degrees += std::abs(p.point.east) <= 180.0 && std::abs(p.point.north) <= 90.0 ? 1 : 0;
        grid += p.point.east > 1000.0 && p.point.east < 700000.0 && p.point.north > 1000.0 && p.point.north < 1300000.0
                    ? 1
                    : 0;
    }
    if (m_epsg == 4326 && grid * 2 > readable)
        m_epsg = 27700;
    else if (m_epsg == 27700 && degrees * 2 > readable)
        m_epsg = 4326;
}

void RecordMapper::readPositions(const RecordBlock& block) {
    const std::size_t columns = m_mapping.header.size();
    m_positions.trim();
    m_block.resize(block.rows);
    m_blockIndex.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) {
        const std::string_view* fields = &block.fields[row * columns];
        m_block[row] = readPosition(m_x.of(fields), m_y.of(fields), m_epsg, m_mapping.separator == ';');
        if (m_block[row].state == CoordinateState::given) m_blockIndex[row] = m_positions.indexOf(m_block[row].point);
    }
}

std::optional<ProjectedPoint> RecordMapper::middlePosition() const {
    std::vector<double> east, north;
    for (const SourcePosition& p : m_block) {
        if (p.state != CoordinateState::given) continue;
        east.push_back(p.point.east);
        north.push_back(p.point.north);
    }
    if (east.empty()) return std::nullopt;
    const auto middle = static_cast<std::ptrdiff_t>(east.size() / 2);
    std::nth_element(east.begin(), east.begin() + middle, east.end());
    std::nth_element(north.begin(), north.begin() + middle, north.end());
    return ProjectedPoint{east[static_cast<std::size_t>(middle)], north[static_cast<std::size_t>(middle)]};
}

void RecordMapper::map(IncidentBatch& batch) {
    const std::size_t columns = m_mapping.header.size();
    const RecordBlock& block = batch.block;
    batch.incidents.assign(block.rows, {});
    batch.otherColumns.clear();
    std::vector<std::size_t> jsonEnd(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) {
        const std::string_view* fields = &block.fields[row * columns];
        NewIncident& incident = batch.incidents[row];
        const auto number = static_cast<std::uint32_t>(block.firstRow + row);
        m_keptThisRow = m_alwaysKept;
        incident.sourceRow = number;
        incident.reference = trimmed(m_reference.of(fields));
        incident.category = trimmed(m_category.of(fields));
        incident.subcategory = trimmed(m_subcategory.of(fields));
        incident.place = trimmed(m_place.of(fields));
        incident.areaCode = trimmed(m_areaCode.of(fields));
        incident.outcome = trimmed(m_outcome.of(fields));
        if (isNoPlace(incident.place)) {
            m_keptThisRow[static_cast<std::size_t>(m_place.index)] = 1;
            incident.place = {};
        }
        if (incident.category.empty()) m_findings.add(FindingKind::missingCategory, number);
        if (!incident.reference.empty() && !m_references.insert(std::hash<std::string_view>{}(incident.reference)))
            m_findings.add(FindingKind::repeatedReference, number);
        if (m_reportedBy.there()) noteReporter(trimmed(m_reportedBy.of(fields)));
        mapTimes(fields, incident, number);
        mapPosition(row, incident, number);
        writeOther(fields, batch);
        jsonEnd[row] = batch.otherColumns.size();
    }
    m_read += block.rows;
    std::size_t start = 0; // only now, since the text may have moved while it grew
    for (std::size_t row = 0; row < block.rows; ++row) {
        batch.incidents[row].otherColumns = std::string_view(batch.otherColumns).substr(start, jsonEnd[row] - start);
        start = jsonEnd[row];
    }
}

void RecordMapper::mapTimes(const std::string_view* row, NewIncident& incident, std::uint32_t number) {
    bool anyText = false, unreadable = false;
    const auto read = [&](DateColumn& column, TimePrecision captured) {
        const std::string_view text = trimmed(column.column.of(row));
        if (text.empty()) return When{};
        anyText = true;
        const When& when = column.read(text, number);
        if (when.precision == TimePrecision::none) unreadable = true;
        if (!when.exactText || when.precision > captured)
            m_keptThisRow[static_cast<std::size_t>(column.column.index)] = 1;
        return when;
    };
    When from = read(m_from, TimePrecision::minute);
    const When to = read(m_to, TimePrecision::minute);
    if (from.precision == TimePrecision::none) {
        if (When month = read(m_month, TimePrecision::month); month.precision != TimePrecision::none) {
            month.precision = TimePrecision::month;
            month.time = monthOf(month.time);
            from = month;
        }
    } else if (m_month.column.there()) {
        m_keptThisRow[static_cast<std::size_t>(m_month.column.index)] = 1;
    }
    const bool hadTimeText = anyText;
    if (m_recorded.column.there()) {
        const When recorded = read(m_recorded, TimePrecision::minute);
        if (recorded.precision != TimePrecision::none) incident.recorded = recorded.time;
        if (recorded.precision != TimePrecision::minute)
            m_keptThisRow[static_cast<std::size_t>(m_recorded.column.index)] = 1;
    }
    if (unreadable) m_findings.add(FindingKind::unreadableDate, number);
    const bool startFromEnd = from.precision == TimePrecision::none && to.precision != TimePrecision::none;
    if (startFromEnd) {
        from = to;
        m_findings.add(FindingKind::startTakenFromEnd, number);
    }
    if (from.precision == TimePrecision::none) {
        if (!hadTimeText) m_findings.add(FindingKind::noDate, number);
        return;
    }
    incident.from = from.time;
    incident.precision = from.precision;
    if (from.precision == TimePrecision::month)
        incident.to = endOfMonth(monthOf(from.time));
    else if (from.precision == TimePrecision::day)
        incident.to = from.time + days{1};
    if (!startFromEnd && to.precision != TimePrecision::none) {
        const LocalMinute end = to.precision == TimePrecision::month ? endOfMonth(monthOf(to.time))
                                : to.precision == TimePrecision::day ? LocalMinute{to.time + days{1}}
                                                                     : to.time;
        if (end >= from.time) {
            incident.to = end;
        } else {
            m_findings.add(FindingKind::endBeforeStart, number);
            m_keptThisRow[static_cast<std::size_t>(m_to.column.index)] = 1;
        }
    }
    const LocalDay day = floor<days>(from.time);
    if (!m_first || day < *m_first) m_first = day;
    if (!m_last || day > *m_last) m_last = day;
}

void RecordMapper::mapPosition(std::size_t rowInBlock, NewIncident& incident, std::uint32_t number) {
    switch (m_block[rowInBlock].state) {
    case CoordinateState::none:
        return m_findings.add(FindingKind::noPosition, number);
    case CoordinateState::unreadable:
        return m_findings.add(FindingKind::unreadablePosition, number);
    case CoordinateState::outOfRange:
        return m_findings.add(FindingKind::positionOutOfRange, number);
    case CoordinateState::given:
        break;
    }
    const ProjectedPoint point = m_positions.projected(m_blockIndex[rowInBlock]);
    if (!std::isfinite(point.east) || !std::isfinite(point.north))
        return m_findings.add(FindingKind::positionOutOfRange, number);
    incident.position = point;
    incident.level = m_mapping.anonymised ? LocationLevel::snapped : LocationLevel::exact;
    m_mappedPoints.push_back(point);
    m_mappedRows.push_back(number);
}

void RecordMapper::writeOther(const std::string_view* row, IncidentBatch& batch) {
    std::string& json = batch.otherColumns;
    const std::size_t start = json.size();
    for (std::size_t i = 0; i < m_keptThisRow.size(); ++i) {
        if (!m_keptThisRow[i] || row[i].empty()) continue;
        json += json.size() == start ? '{' : ',';
        json += m_keys[i];
        appendJsonText(json, row[i]);
    }
    if (json.size() > start) json += '}';
}

void RecordMapper::noteReporter(std::string_view name) {
    if (name.empty() || m_reporters.size() > mostReporters) return;
    if (!m_reporters.empty() && m_reporters.back() == name) return;
    if (std::find(m_reporters.begin(), m_reporters.end(), name) == m_reporters.end()) m_reporters.emplace_back(name);
}

void RecordMapper::finish() {
    for (const DateColumn* column : {&m_month, &m_from, &m_to, &m_recorded}) {
        if (column->ambiguous == 0 || column->ambiguous != column->dayFirst) continue;
        for (std::size_t i = 0; i < column->ambiguous; ++i) {
            if (i < column->ambiguousRows.size())
                m_findings.add(FindingKind::ambiguousDate, column->ambiguousRows[i]);
            else
                m_findings.addWithoutRow(FindingKind::ambiguousDate);
        }
    }
    const Box typical = typicalBox(m_mappedPoints);
    for (std::size_t i = 0; i < m_mappedPoints.size(); ++i)
        if (!typical.contains(m_mappedPoints[i])) m_findings.add(FindingKind::farFromOthers, m_mappedRows[i]);
    if (m_read == 0) m_findings.addWithoutRow(FindingKind::noRows);
}

std::string RecordMapper::firstMonth() const {
    return m_first ? isoDay(*m_first).substr(0, 7) : std::string{};
}
std::string RecordMapper::lastMonth() const {
    return m_last ? isoDay(*m_last).substr(0, 7) : std::string{};
}

std::string RecordMapper::reportedBy() const {
    if (m_reporters.size() > mostReporters) return {};
    std::vector<std::string> sorted = m_reporters;
    std::sort(sorted.begin(), sorted.end());
    return listed(sorted);
}

} // namespace patchlight::detail
