// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/extract_parser.h"

#include "core/import/detail/choose_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

namespace patchlight::detail {

namespace {

constexpr std::size_t rowsSampled = 1000;

} // namespace

Expected<ColumnMapping> ExtractParser::begin() {
    const auto named = [&](const Error& error) {
        return fail(error.code, fmt::format("{}: {}", m_source.name, error.message), m_source.name);
    };
    const auto names = toldHeader(m_options.mapping);
    if (!names) return named(names.error());
    auto input = openRecords(m_source, *names);
    if (!input) return fail(input.error());
    m_input.emplace(std::move(*input));
    RecordBlock first;
    const auto more = m_input->next(first);
    if (!more) return fail(more.error());
    const std::size_t rows = std::min(first.rows, rowsSampled);
    nlohmann::json told = m_options.mapping;
    if (const KnownMapping* known = told.is_null() ? knownMapping(m_memory.mappings, m_input->header()) : nullptr) {
        told = mappingForHeader(known->mapping, m_input->header());
        m_confirmedFor = known->file;
    }
    auto mapping = chooseMapping(*m_input, told, std::span(first.fields).first(rows * m_input->header().size()),
                                 m_options.crsEpsg);
    if (!mapping) return named(mapping.error());
    if (*more) m_first.emplace(std::move(first));
    if (m_options.dates != DateOrder::notTold) mapping->dates = m_options.dates;
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
        const auto middle = mapper.positions().middle();
        if (!middle) return {};
        auto projector = m_factory(m_crs, middle->point, middle->epsg);
        if (!projector) return fail(projector.error());
        m_projector = std::move(*projector);
        if (!m_crs || m_crs->operation != m_projector->crs.operation || m_crs->warning != m_projector->crs.warning)
            batch.crs = m_projector->crs;
        m_crs = m_projector->crs;
    }
    return mapper.positions().project(*m_projector);
}

Expected<ExtractSummary> ExtractParser::parse(Channel<IncidentBatch>& out, const TaskContext& task) {
    RecordMapper mapper(m_mapping, m_options.crsEpsg);
    for (bool first = true;; first = false) {
        if (task.cancelled()) return failCancelled();
        IncidentBatch batch = out.spare();
        batch.crs.reset();
        if (first) {
            if (!m_first) break;
            batch.block = std::move(*m_first);
            mapper.lookAt(batch.block);
        } else {
            const auto more = m_input->next(batch.block);
            if (!more) return fail(more.error());
            if (!*more) break;
        }
        mapper.positions().read(batch.block);
        if (const auto done = project(batch, mapper); !done) return fail(done.error());
        mapper.map(batch);
        if (!out.push(std::move(batch))) return failCancelled(); // the writer has given up and says why
    }
    if (const auto done = mapper.finish(); !done)
        return fail(done.error().code, fmt::format("{}: {}", m_source.name, done.error().message),
                    done.error().subject);
    mapper.nameUnknownCategories(m_memory.categories);
    ExtractSummary summary{.sha256 = m_input->sum(),
                           .firstMonth = mapper.times().firstMonth(),
                           .lastMonth = mapper.times().lastMonth(),
                           .reportedBy = mapper.reportedBy(),
                           .bytes = m_source.records ? m_source.bytes : m_input->bytesRead(),
                           .read = mapper.read() + m_input->totals(),
                           .stored = mapper.read(),
                           .mapped = mapper.positions().mapped(),
                           .epsg = mapper.positions().epsg(),
                           .findings = mapper.findings()};
    summary.findings.add(m_input->findings());
    return summary;
}

} // namespace patchlight::detail
