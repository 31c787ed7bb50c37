// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/record_mapper.h"

#include "core/base/text.h"
#include "core/import/detail/json_text.h"

#include <algorithm>

namespace patchlight::detail {

namespace {

/// Words with which data.police.uk says that there is no place.
bool isNoPlace(std::string_view text) {
    for (const char* word : {"No Location", "On or near No Location", "On or near"})
        if (equalIgnoringCase(text, word)) return true;
    return false;
}

/// True for columns whose text is wanted beside what was made of it: coordinates, and what geocoding will ask for.
bool isAlwaysKept(ColumnRole role) {
    switch (role) {
    case ColumnRole::other:
    case ColumnRole::reportedBy:
    case ColumnRole::longitude:
    case ColumnRole::latitude:
    case ColumnRole::easting:
    case ColumnRole::northing:
    case ColumnRole::gridReference:
    case ColumnRole::postcode:
    case ColumnRole::uprn:
    case ColumnRole::fromTime:
    case ColumnRole::toTime:
    case ColumnRole::recordedTime:
    case ColumnRole::year:
    case ColumnRole::monthOfYear:
    case ColumnRole::dayOfMonth:
    case ColumnRole::hour:
    case ColumnRole::minute:
        return true;
    case ColumnRole::reference:
    case ColumnRole::category:
    case ColumnRole::subcategory:
    case ColumnRole::month:
    case ColumnRole::from:
    case ColumnRole::to:
    case ColumnRole::recorded:
    case ColumnRole::place:
    case ColumnRole::areaCode:
    case ColumnRole::outcome:
        return false;
    }
    return true;
}

bool hasOuterBlank(std::string_view text) {
    return !text.empty() && (text.front() == ' ' || text.back() == ' ');
}

constexpr std::size_t mostReporters = 3;
constexpr std::size_t rowsAhead = 8; ///< as long as memory takes

} // namespace

RecordMapper::RecordMapper(const ColumnMapping& mapping, int crsOption)
    : m_columns{mapping.header.size()}, m_reference{columnOf(mapping, ColumnRole::reference)},
      m_category{columnOf(mapping, ColumnRole::category)},
      m_subcategory{columnOf(mapping, ColumnRole::subcategory)}, m_place{columnOf(mapping, ColumnRole::place)},
      m_areaCode{columnOf(mapping, ColumnRole::areaCode)}, m_outcome{columnOf(mapping, ColumnRole::outcome)},
      m_reportedBy{columnOf(mapping, ColumnRole::reportedBy)}, m_times{mapping}, m_positions{mapping, crsOption} {
    for (const std::string& name : columnNames(mapping.header)) {
        std::string key;
        appendJsonText(key, name);
        m_keys.push_back(key + ':');
    }
    for (std::size_t i = 0; i < mapping.roles.size(); ++i) {
        m_alwaysKept.push_back(isAlwaysKept(mapping.roles[i]) ? 1 : 0);
        if (mapping.roles[i] != ColumnRole::other) m_understood.push_back(i);
    }
}

void RecordMapper::lookAt(const RecordBlock& first) {
    m_positions.decideCrs(first);
    m_times.lookAt(first, m_columns);
}

void RecordMapper::map(IncidentBatch& batch) {
    const RecordBlock& block = batch.block;
    batch.incidents.assign(block.rows, {});
    batch.otherColumns.clear();
    m_jsonEnd.resize(block.rows);
    for (std::size_t row = 0; row < block.rows; ++row) {
        const std::string_view* fields = &block.fields[row * m_columns];
        if (row + rowsAhead < block.rows) m_repeats.expect(trimmed(m_reference.of(fields + rowsAhead * m_columns)));
        NewIncident& incident = batch.incidents[row];
        const auto number = static_cast<std::uint32_t>(block.firstRow + row);
        m_keptThisRow = m_alwaysKept;
        incident.sourceRow = number;
        mapTexts(fields, incident, number);
        m_repeats.look(incident.reference, {fields, m_columns}, number, m_findings);
        m_times.read(fields, number, incident, m_keptThisRow, m_findings);
        m_positions.place(row, fields, number, incident, m_findings);
        writeOther(fields, batch);
        m_jsonEnd[row] = batch.otherColumns.size();
    }
    m_read += block.rows;
    std::size_t start = 0; // only now, since the text may have moved while it grew
    for (std::size_t row = 0; row < block.rows; ++row) {
        batch.incidents[row].otherColumns = std::string_view(batch.otherColumns).substr(start, m_jsonEnd[row] - start);
        start = m_jsonEnd[row];
    }
}

void RecordMapper::mapTexts(const std::string_view* row, NewIncident& incident, std::uint32_t number) {
    incident.reference = trimmed(m_reference.of(row));
    incident.category = trimmed(m_category.of(row));
    incident.subcategory = trimmed(m_subcategory.of(row));
    incident.place = trimmed(m_place.of(row));
    incident.areaCode = trimmed(m_areaCode.of(row));
    incident.outcome = trimmed(m_outcome.of(row));
    if (isNoPlace(incident.place)) {
        m_keptThisRow[static_cast<std::size_t>(m_place.index)] = 1;
        incident.place = {};
    }
    if (incident.category.empty())
        m_findings.add(FindingKind::missingCategory, number);
    else
        m_categories.look(incident.category, number);
    for (const std::size_t column : m_understood)
        if (hasOuterBlank(row[column])) {
            m_findings.add(FindingKind::outerBlanks, number, row[column]);
            break;
        }
    if (m_reportedBy.there()) noteReporter(trimmed(m_reportedBy.of(row)));
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

Expected<void> RecordMapper::finish() {
    if (const auto done = m_times.finish(m_findings); !done) return fail(done.error());
    m_positions.finish(m_findings);
    m_categories.finish(m_findings);
    if (m_read == 0) m_findings.addWithoutRow(FindingKind::noRows);
    return {};
}

std::string RecordMapper::reportedBy() const {
    if (m_reporters.size() > mostReporters) return {};
    std::vector<std::string> sorted = m_reporters;
    std::sort(sorted.begin(), sorted.end());
    return listed(sorted);
}

} // namespace patchlight::detail
