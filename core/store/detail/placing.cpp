// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/placing.h"

#include "core/store/detail/geopackage.h"

#include <map>

namespace patchlight::store {

namespace {

constexpr std::size_t pollInterval = 16384;

/// The source columns of a dataset that hold postcode and UPRN.
struct PlaceColumns {
    std::string postcode, uprn;
};

Expected<std::map<std::int64_t, PlaceColumns>> placeColumns(Database& database) {
    std::map<std::int64_t, PlaceColumns> columns;
    return database
        .each("SELECT id, mapping FROM patchlight_dataset",
              [&](Statement& row) {
                  const auto mapping = nlohmann::json::parse(row.text(1), nullptr, false);
                  if (!mapping.is_object() || !mapping.contains("columns") || !mapping["columns"].is_object()) return;
                  PlaceColumns& found = columns[row.integer(0)];
                  for (const auto& [name, role] : mapping["columns"].items()) {
                      if (role == "postcode") found.postcode = name;
                      if (role == "uprn") found.uprn = name;
                  }
              })
        .map([&] { return std::move(columns); });
}

std::string textAt(const nlohmann::json& other, const std::string& column) {
    if (column.empty() || !other.is_object()) return {};
    const auto found = other.find(column);
    return found != other.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// Counts the mapped rows of each dataset and month anew, in one pass over the rows.
Expected<void> countMapped(Database& database) {
    struct Count {
        std::int64_t dataset = 0, mapped = 0;
        std::string month;
    };
    std::vector<Count> counts;
    auto done =
        database.each("SELECT dataset_id, coalesce(substr(occurred_from, 1, 7), ''), count(geom) FROM incidents "
                      "GROUP BY 1, 2",
                      [&](Statement& row) {
                          counts.push_back({row.integer(0), row.integer(2), row.string(1)});
                      });
    for (const Count& count : counts)
        done = done.and_then([&] {
            return database.run("UPDATE patchlight_coverage SET mapped = ? WHERE dataset_id = ? AND month = ?",
                                count.mapped, count.dataset, count.month);
        });
    return done.and_then([&] {
        return database.execute("UPDATE patchlight_dataset SET rows_mapped = (SELECT coalesce(sum(mapped), 0) FROM "
                                "patchlight_coverage WHERE dataset_id = patchlight_dataset.id)");
    });
}

} // namespace

Expected<std::vector<UnplacedIncident>> unplacedIncidents(Database& database, const TaskContext& task) {
    const auto columns = placeColumns(database);
    if (!columns) return fail(columns.error());
    std::vector<UnplacedIncident> incidents;
    std::size_t seen = 0;
    return database
        .each("SELECT fid, dataset_id, place, other FROM incidents WHERE geom IS NULL ORDER BY fid",
              [&](Statement& row) -> Expected<void> {
                  if (++seen % pollInterval == 0 && task.cancelled()) return failCancelled();
                  UnplacedIncident incident{.id = row.integer(0), .uprn = {}, .postcode = {}, .place = row.string(2)};
                  if (const auto found = columns->find(row.integer(1)); found != columns->end()) {
                      const auto other = nlohmann::json::parse(row.text(3), nullptr, false);
                      incident.postcode = textAt(other, found->second.postcode);
                      incident.uprn = textAt(other, found->second.uprn);
                  }
                  incidents.push_back(std::move(incident));
                  return {};
              })
        .map([&] { return std::move(incidents); });
}

Expected<void> placeIncidents(Database& database, std::span<const Placement> placements, int srsId) {
    auto update = database.prepare("UPDATE incidents SET geom = ?, location_level = ? WHERE fid = ?");
    if (!update) return fail(update.error());
    for (const Placement& placement : placements) {
        const auto blob = pointBlob(placement.point, srsId);
        update->bind(1, std::span<const std::byte>{blob});
        update->bind(2, keyOf(placement.level));
        update->bind(3, placement.id);
        if (auto done = update->run(); !done) return done;
    }
    return countMapped(database);
}

} // namespace patchlight::store
