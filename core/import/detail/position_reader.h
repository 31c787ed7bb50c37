// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/findings.h"
#include "core/import/detail/positions.h"
#include "core/import/detail/time_columns.h"

namespace patchlight::detail {

/// Where the rows of a file lie, block by block: read, put right where the rest of the file shows how, projected.
class PositionReader {
public:
    /// `crsOption` as told on the command line; 0: by the mapping, the columns' names and what they hold.
    PositionReader(const ColumnMapping& mapping, int crsOption);

    /// The source's CRS: as told, else by the columns' names and, in the first block, by what they hold.
    void decideCrs(const RecordBlock& first);
    [[nodiscard]] int epsg() const { return m_epsg; }
    /// Reads the block's coordinates. Of the first block the box in which the file's rows lie is kept; a later row
    /// whose coordinates lie far outside and lie inside when swapped is swapped.
    void read(const RecordBlock& block);
    /// The middle of the block's positions (each axis by itself), which one wild row cannot move, and its CRS.
    struct Middle {
        ProjectedPoint point;
        int epsg = 0;
    };
    [[nodiscard]] std::optional<Middle> middle() const;
    /// errors: what the projector gives
    [[nodiscard]] Expected<void> project(const PositionProjector& projector);
    /// Position and level of a row of the block, and its findings.
    void place(std::size_t rowInBlock, const std::string_view* row, std::uint32_t number, NewIncident& incident,
               FindingLog& findings);
    /// Findings that need the whole file.
    void finish(FindingLog& findings) const;
    [[nodiscard]] std::size_t mapped() const { return m_mappedPoints.size(); }

private:
    [[nodiscard]] SourcePosition readRow(const std::string_view* row) const;
    [[nodiscard]] SourcePosition judged(SourcePosition position, const Box& here) const;
    [[nodiscard]] std::optional<Box> boxOf(std::size_t most) const;
    [[nodiscard]] bool isOdd(const SourcePosition& position) const;
    [[nodiscard]] std::string textOf(const std::string_view* row) const;

    std::size_t m_columns;
    Column m_x, m_y, m_gridReference;
    int m_epsg = 0;
    bool m_epsgTold = false, m_anonymised = false, m_decimalComma = false, m_looked = false;
    std::optional<Box> m_box; ///< in which the first block's rows lie, with room around
    PositionCache m_positions, m_fromReferences;
    std::vector<SourcePosition> m_block;
    std::vector<std::uint32_t> m_blockIndex;
    std::vector<ProjectedPoint> m_mappedPoints;
    std::vector<std::uint32_t> m_mappedRows;
};

} // namespace patchlight::detail
