// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/csv_reader.h"
#include "core/import/detail/dates.h"
#include "core/import/detail/findings.h"
#include "core/import/detail/positions.h"

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

/// Hashes seen so far. Two references with one 64-bit hash would make a false finding, never lose a row; among a
/// million references the chance is about 3 in 100 million.
class HashSet {
public:
    /// False when it was there already.
    bool insert(std::uint64_t hash);

private:
    std::vector<std::uint64_t> m_slots = std::vector<std::uint64_t>(1024, 0);
    std::size_t m_count = 0;
};

/// Turns the records of one file into incidents, and notices what is wrong with them.
class RecordMapper {
public:
    RecordMapper(const ColumnMapping& mapping, int crsOption);

    /// The source's CRS: as told, else by the columns' names and, in the first block, by what they hold.
    void decideCrs(const RecordBlock& first);
    [[nodiscard]] int epsg() const { return m_epsg; }
    /// Reads the block's coordinates; they are projected by `positions().project` before `map`.
    void readPositions(const RecordBlock& block);
    /// The middle of the block's positions (each axis by itself), which one wild row cannot move.
    [[nodiscard]] std::optional<ProjectedPoint> middlePosition() const;
    [[nodiscard]] PositionCache& positions() { return m_positions; }
    /// Fills batch.incidents and batch.otherColumns from batch.block.
    void map(IncidentBatch& batch);
    /// Findings that need the whole file.
    void finish();

    [[nodiscard]] const FindingLog& findings() const { return m_findings; }
    [[nodiscard]] std::size_t read() const { return m_read; }
    [[nodiscard]] std::size_t mapped() const { return m_mappedPoints.size(); }
    /// "2025-07"; empty without dates.
    [[nodiscard]] std::string firstMonth() const;
    [[nodiscard]] std::string lastMonth() const;
    /// Who reported, where the file says so and there are few: "Dorset Police".
    [[nodiscard]] std::string reportedBy() const;

private:
    struct Column {
        int index = -1;
        [[nodiscard]] bool there() const { return index >= 0; }
        [[nodiscard]] std::string_view of(const std::string_view* row) const {
            return index < 0 ? std::string_view{} : row[index];
        }
    };
    /// A date column remembers its last text, which is often the next one too.
    struct DateColumn {
        Column column;
        std::string lastText;
        When last;
        std::size_t dayFirst = 0, ambiguous = 0;
        std::vector<std::uint32_t> ambiguousRows;
        [[nodiscard]] const When& read(std::string_view text, std::uint32_t rowNumber);
    };

    void mapTimes(const std::string_view* row, NewIncident& incident, std::uint32_t number);
    void mapPosition(std::size_t rowInBlock, NewIncident& incident, std::uint32_t number);
    void writeOther(const std::string_view* row, IncidentBatch& batch);
    void noteReporter(std::string_view name);

    ColumnMapping m_mapping;
    int m_epsg = 0;
    bool m_epsgTold = false;
    Column m_x, m_y, m_reference, m_category, m_subcategory, m_place, m_areaCode, m_outcome, m_reportedBy;
    DateColumn m_month, m_from, m_to, m_recorded;
    std::vector<std::string> m_keys;         ///< by column: escaped, with quotes and colon
    std::vector<std::uint8_t> m_alwaysKept;  ///< by column: goes into the JSON of each row
    std::vector<std::uint8_t> m_keptThisRow; ///< by column
    PositionCache m_positions;
    std::vector<SourcePosition> m_block;
    std::vector<std::uint32_t> m_blockIndex;
    FindingLog m_findings;
    HashSet m_references;
    std::vector<std::string> m_reporters;
    std::vector<ProjectedPoint> m_mappedPoints;
    std::vector<std::uint32_t> m_mappedRows;
    std::optional<LocalDay> m_first, m_last;
    std::size_t m_read = 0;
};

} // namespace patchlight::detail
