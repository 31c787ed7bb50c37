// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/choose_mapping.h"
#include "core/import/detail/record_mapper.h"
#include "core/import/import.h"

#include <fmt/format.h>

#include <algorithm>

namespace patchlight {

namespace {

std::string timeText(const NewIncident& incident) {
    if (!incident.from || incident.precision == TimePrecision::none) return "no date";
    const LocalDay day = std::chrono::floor<std::chrono::days>(*incident.from);
    if (incident.precision == TimePrecision::month)
        return readablePeriod({day, addedMonths(firstOfMonth(day), 1) - std::chrono::days{1}});
    std::string text = readablePeriod({day, day});
    if (incident.precision == TimePrecision::minute) text += ", " + isoMinute(*incident.from).substr(11);
    return text;
}

/// Projection is none here, so the position is the source's.
std::string positionText(const NewIncident& incident, int epsg) {
    if (!incident.position) return "no position";
    const ProjectedPoint at = *incident.position;
    if (epsg != 4326) return fmt::format("{:.0f} east, {:.0f} north", at.east, at.north);
    return fmt::format("{:.5f}° {}, {:.5f}° {}", std::abs(at.north), at.north < 0 ? "south" : "north",
                       std::abs(at.east), at.east < 0 ? "west" : "east");
}

} // namespace

Expected<ImportPreview> previewExtract(ExtractSource source, std::size_t rows, std::span<const KnownMapping> known) {
    constexpr std::size_t rowsSampled = 200;
    auto reader = detail::openRecords(source, {}, std::size_t{64} << 10);
    if (!reader) return fail(reader.error());
    const auto& header = reader->header();
    RecordBlock block;
    std::vector<std::string> kept; // of several blocks
    while (kept.size() < std::max(rows, rowsSampled) * header.size()) {
        const auto more = reader->next(block);
        if (!more) return fail(more.error());
        if (!*more) break;
        kept.insert(kept.end(), block.fields.begin(), block.fields.end());
    }
    const std::vector<std::string_view> sample(kept.begin(), kept.end());
    const KnownMapping* confirmed = detail::knownMapping(known, header);
    const auto chosen = detail::chooseMapping(
        *reader, confirmed ? mappingForHeader(confirmed->mapping, header) : nlohmann::json{}, sample);
    ImportPreview preview{.mapping = chosen ? *chosen
                                            : ColumnMapping{.header = header,
                                                            .roles = std::vector(header.size(), ColumnRole::other),
                                                            .separator = reader->separator()}};
    if (chosen && confirmed) preview.confirmedFor = confirmed->file;
    for (std::size_t row = 0; row < rows && (row + 1) * header.size() <= kept.size(); ++row) {
        const auto first = kept.begin() + static_cast<std::ptrdiff_t>(row * header.size());
        preview.rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(header.size()));
    }
    return preview;
}

std::vector<std::string> understoodRows(const ColumnMapping& mapping,
                                        const std::vector<std::vector<std::string>>& rows) {
    detail::IncidentBatch batch;
    batch.block.rows = rows.size();
    batch.block.firstRow = 1;
    for (const auto& row : rows)
        for (std::size_t column = 0; column < mapping.header.size(); ++column)
            batch.block.fields.push_back(column < row.size() ? std::string_view(row[column]) : std::string_view{});
    detail::RecordMapper mapper(mapping, 0);
    mapper.lookAt(batch.block);
    mapper.positions().read(batch.block);
    const PositionProjector none{{}, [](int, std::span<ProjectedPoint>) { return Expected<void>{}; }};
    if (!mapper.positions().project(none)) return {};
    mapper.map(batch);
    std::vector<std::string> texts;
    for (const NewIncident& incident : batch.incidents) {
        std::string text = timeText(incident) + "; " + positionText(incident, mapper.positions().epsg());
        for (const std::string_view part : {incident.category, incident.subcategory})
            if (!part.empty()) text += "; " + std::string(part);
        texts.push_back(std::move(text));
    }
    return texts;
}

} // namespace patchlight
