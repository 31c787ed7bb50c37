// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"

namespace patchlight::gis {

namespace {

/// Entries of a file, or of a layer of places in the project.
Expected<std::vector<GazetteerEntry>> entriesOf(const std::string& from, GazetteerKind kind, const Project& project,
                                                std::span<const UnplacedIncident> incidents, const TaskContext& task) {
    std::error_code ignored;
    if (std::filesystem::exists(pathFromUtf8(from), ignored)) {
        auto extracts = openExtracts({pathFromUtf8(from)});
        if (!extracts) return fail(extracts.error());
        std::vector<GazetteerEntry> entries;
        for (ExtractSource& source : extracts->sources) {
            auto read = readGazetteer(std::move(source), kind, projectorFactory(), *project.crs(),
                                      wantedTexts(incidents, kind), task);
            if (!read) return fail(read.error());
            entries.insert(entries.end(), std::make_move_iterator(read->begin()), std::make_move_iterator(read->end()));
        }
        return entries;
    }
    const auto places = project.places(from);
    if (!places) return fail(places.error());
    if (places->empty())
        return fail(ErrorCode::invalidParameter,
                    "\"" + from + "\" is neither a file nor a layer of places in the project; add one as places first.",
                    from);
    std::vector<GazetteerEntry> entries;
    for (const PlaceFeature& place : *places) {
        const bool byCode = kind != GazetteerKind::name && !place.code.empty();
        entries.push_back({byCode ? place.code : place.name, place.point});
    }
    return entries;
}

} // namespace

Expected<GeocodeReport> geocodeProject(const std::filesystem::path& path, const GeocodeLists& lists, bool dryRun,
                                       const TaskContext& task) {
    std::vector<UnplacedIncident> incidents;
    std::vector<Gazetteer> gazetteers;
    {
        const auto project = Project::open(path, OpenMode::readOnly);
        if (!project) return fail(project.error());
        auto unplaced = project->unplaced(task);
        if (!unplaced) return fail(unplaced.error());
        incidents = std::move(*unplaced);
        for (const auto& [kind, wanted] :
             {std::pair{GazetteerKind::uprn, &lists.uprns}, std::pair{GazetteerKind::postcode, &lists.postcodes},
              std::pair{GazetteerKind::name, &lists.names}}) {
            std::vector<GazetteerEntry> entries;
            for (const std::string& list : incidents.empty() ? std::vector<std::string>{} : *wanted) {
                auto read = entriesOf(list, kind, *project, incidents, task);
                if (!read) return fail(read.error());
                entries.insert(entries.end(), read->begin(), read->end());
            }
            if (!wanted->empty()) gazetteers.emplace_back(kind, entries);
        }
    }
    GeocodeReport report;
    const auto placements = placementsOf(incidents, gazetteers, report);
    if (dryRun || placements.empty()) return report;
    auto transaction = ImportTransaction::begin(path);
    if (!transaction) return fail(transaction.error());
    return transaction->place(placements).and_then([&] { return transaction->commit(task); }).map([&] {
        return report;
    });
}

} // namespace patchlight::gis
