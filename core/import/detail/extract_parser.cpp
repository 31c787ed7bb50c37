// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/extract_parser.h"

#include <fmt/format.h>

#include <exception>

namespace patchlight::detail {

Expected<ColumnMapping> ExtractParser::begin() {
    auto input = openRecords(m_source);
    if (!input) return fail(input.error());
    m_input.emplace(std::move(*input));
    const auto& header = m_input->header();
    auto mapping = m_options.mapping.is_null() ? guessMapping(header, m_input->separator())
                                               : mappingFromJson(m_options.mapping, header, m_input->separator());
    if (!mapping)
        return fail(mapping.error().code, fmt::format("{}: {}", m_source.name, mapping.error().message), m_source.name);
    m_mapping = *mapping;
    return m_mapping;
}

Expected<ExtractSummary> ExtractParser::run(Channel<IncidentBatch>& out, const TaskContext& task) {
    const auto caught = [&](std::string_view what) -> Expected<ExtractSummary> {
        return fail(ErrorCode::fileNotReadable, fmt::format("{} could not be read: {}.", m_source.name, what),
                    m_source.name);
    };
    auto result = [&]() -> Expected<ExtractSummary> {
        try {
            return parse(out, task);
        } catch (const std::bad_alloc&) {
            return caught("there is not enough memory");
        } catch (const std::exception& problem) {
            return caught(problem.what());
        }
    }();
    out.close();
    return result;
}

/// Projects the block's new positions; with the first position of the file it asks how.
Expected<void> ExtractParser::project(IncidentBatch& batch, RecordMapper& mapper) {
    if (!m_projector) {
        const auto middle = mapper.middlePosition();
        if (!middle) return {};
        auto projector = m_factory(m_crs, middle, mapper.epsg());
        if (!projector) return fail(projector.error());
        m_projector = std::move(*projector);
        if (!m_crs || m_crs->operation != m_projector->crs.operation || m_crs->warning != m_projector->crs.warning)
            batch.crs = m_projector->crs;
        m_crs = m_projector->crs;
    }
    return mapper.positions().project(*m_projector, mapper.epsg());
}

Expected<ExtractSummary> ExtractParser::parse(Channel<IncidentBatch>& out, const TaskContext& task) {
    RecordMapper mapper(m_mapping, m_options.crsEpsg);
    for (bool first = true;; first = false) {
        if (task.cancelled()) return failCancelled();
        IncidentBatch batch;
        const auto more = m_input->next(batch.block);
        if (!more) return fail(more.error());
        if (!*more) break;
        if (first) mapper.decideCrs(batch.block);
        mapper.readPositions(batch.block);
        if (const auto done = project(batch, mapper); !done) return fail(done.error());
        mapper.map(batch);
        if (!out.push(std::move(batch))) return failCancelled(); // the writer has given up and says why
    }
    mapper.finish();
    return ExtractSummary{.sha256 = m_input->sum(),
                          .firstMonth = mapper.firstMonth(),
                          .lastMonth = mapper.lastMonth(),
                          .reportedBy = mapper.reportedBy(),
                          .bytes = m_source.records ? m_source.bytes : m_input->bytesRead(),
                          .read = mapper.read(),
                          .mapped = mapper.mapped(),
                          .epsg = mapper.epsg(),
                          .findings = mapper.findings()};
}

} // namespace patchlight::detail
