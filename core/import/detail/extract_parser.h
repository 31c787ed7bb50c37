// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/detail/channel.h"
#include "core/import/detail/record_input.h"
#include "core/import/detail/record_mapper.h"

namespace patchlight::detail {

/// What a whole file came to.
struct ExtractSummary {
    std::string sha256, firstMonth, lastMonth, reportedBy;
    std::uint64_t bytes = 0;
    std::size_t read = 0, stored = 0, mapped = 0; ///< a total below the rows is read and not stored
    int epsg = 0;
    FindingLog findings;
};

/// What the project knows of earlier files.
struct ProjectMemory {
    std::vector<KnownMapping> mappings;
    CategoryList categories;
};

/// One file on its way from bytes to incidents, run on a thread beside the one that writes.
class ExtractParser {
public:
    ExtractParser(ExtractSource& source, const ImportOptions& options, const ProjectorFactory& factory,
                  const ProjectMemory& memory, std::optional<ProjectCrs> crs)
        : m_source{source}, m_options{options}, m_factory{factory}, m_memory{memory}, m_crs{std::move(crs)} {}
    /// Reads the header and, to guess the columns, the first block. errors: as importExtracts
    [[nodiscard]] Expected<ColumnMapping> begin();
    /// The file for which these columns were confirmed before; empty: they were told or guessed.
    [[nodiscard]] const std::string& confirmedFor() const { return m_confirmedFor; }
    /// Sends the incidents in batches and closes the channel. Throws nothing.
    [[nodiscard]] Expected<ExtractSummary> run(Channel<IncidentBatch>& out, const TaskContext& task);

private:
    [[nodiscard]] Expected<ExtractSummary> parse(Channel<IncidentBatch>& out, const TaskContext& task);
    [[nodiscard]] Expected<void> project(IncidentBatch& batch, RecordMapper& mapper);

    ExtractSource& m_source;
    const ImportOptions& m_options;
    const ProjectorFactory& m_factory;
    const ProjectMemory& m_memory;
    std::string m_confirmedFor;
    std::optional<ProjectCrs> m_crs; ///< the project's, as it stands
    std::optional<PositionProjector> m_projector;
    ColumnMapping m_mapping;
    std::optional<RecordInput> m_input;
    std::optional<RecordBlock> m_first; ///< read by begin(), not yet mapped
};

} // namespace patchlight::detail
