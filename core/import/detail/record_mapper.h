// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/position_reader.h"
#include "core/import/detail/repeats.h"
#include "core/import/detail/time_columns.h"

namespace patchlight::detail {

/// Incidents on their way to the store, with the bytes that their texts are views into.
struct IncidentBatch {
    RecordBlock block;
    std::string otherColumns; ///< the JSON objects, one behind the other
    std::vector<NewIncident> incidents;
    std::optional<ProjectCrs> crs; ///< to be set before these rows go in

    IncidentBatch() = default;
    IncidentBatch(IncidentBatch&&) noexcept = default;
    IncidentBatch& operator=(IncidentBatch&&) noexcept = default;
};

/// Turns the records of one file into incidents, and notices what is wrong with them.
class RecordMapper {
public:
    RecordMapper(const ColumnMapping& mapping, int crsOption);

    /// What the first records tell of all: the CRS, and whether 00:00 is a time.
    void lookAt(const RecordBlock& first);
    /// Its `read` and `project` come before `map`, block by block.
    [[nodiscard]] PositionReader& positions() { return m_positions; }
    [[nodiscard]] const PositionReader& positions() const { return m_positions; }
    /// Fills batch.incidents and batch.otherColumns from batch.block.
    void map(IncidentBatch& batch);
    /// Findings that need the whole file. errors: fileFormat (dates that are month first, or could be)
    [[nodiscard]] Expected<void> finish();
    /// After the last record.
    void nameUnknownCategories(const CategoryList& known) { m_categories.nameUnknown(known, m_findings); }

    [[nodiscard]] const FindingLog& findings() const { return m_findings; }
    [[nodiscard]] const TimeColumns& times() const { return m_times; }
    [[nodiscard]] std::size_t read() const { return m_read; }
    /// Who reported, where the file says so and there are few: "Dorset Police".
    [[nodiscard]] std::string reportedBy() const;

private:
    void mapTexts(const std::string_view* row, NewIncident& incident, std::uint32_t number);
    void writeOther(const std::string_view* row, IncidentBatch& batch);
    void noteReporter(std::string_view name);

    std::size_t m_columns;
    Column m_reference, m_category, m_subcategory, m_place, m_areaCode, m_outcome, m_reportedBy;
    TimeColumns m_times;
    PositionReader m_positions;
    std::vector<std::string> m_keys;         ///< by column: escaped, with quotes and colon
    std::vector<std::uint8_t> m_alwaysKept;  ///< by column: goes into the JSON of each row
    std::vector<std::uint8_t> m_keptThisRow; ///< by column
    std::vector<std::size_t> m_jsonEnd;      ///< by row of the block
    std::vector<std::size_t> m_understood;   ///< columns with a role
    FindingLog m_findings;
    Repeats m_repeats;
    CategoriesSeen m_categories;
    std::vector<std::string> m_reporters;
    std::size_t m_read = 0;
};

} // namespace patchlight::detail
