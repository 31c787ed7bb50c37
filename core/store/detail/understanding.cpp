// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/understanding.h"

#include "core/store/detail/connection.h"

namespace patchlight::store {

Expected<std::vector<KnownMapping>> readMappings(Database& database) {
    std::vector<KnownMapping> mappings;
    return database
        .each("SELECT header, mapping, file, confirmed FROM patchlight_mapping ORDER BY header",
              [&](Statement& row) {
                  auto mapping = nlohmann::json::parse(row.text(1), nullptr, false);
                  if (!mapping.is_discarded())
                      mappings.push_back({row.string(0), std::move(mapping), row.string(2), row.string(3)});
              })
        .map([&] { return std::move(mappings); });
}

Expected<void> writeMapping(Database& database, const KnownMapping& mapping) {
    return database.run("INSERT OR REPLACE INTO patchlight_mapping VALUES (?, ?, ?, ?)", mapping.header,
                        mapping.mapping.dump(), mapping.file, mapping.confirmed.empty() ? utcNow() : mapping.confirmed);
}

Expected<std::vector<CategoryEntry>> readCategories(Database& database) {
    std::vector<CategoryEntry> entries;
    return database
        .each("SELECT wording, groups, sensitive, harm FROM patchlight_category ORDER BY wording",
              [&](Statement& row) {
                  CategoryEntry entry{row.string(0), {{}, row.integer(2) != 0, {}}};
                  const auto groups = nlohmann::json::parse(row.text(1), nullptr, false);
                  if (groups.is_array())
                      for (const auto& group : groups)
                          if (group.is_string()) entry.meaning.groups.push_back(group.get<std::string>());
                  if (!row.isNull(3)) entry.meaning.harm = row.real(3);
                  entries.push_back(std::move(entry));
              })
        .map([&] { return std::move(entries); });
}

Expected<void> writeCategories(Database& database, const std::vector<CategoryEntry>& own) {
    auto done = database.execute("DELETE FROM patchlight_category");
    for (const CategoryEntry& entry : own)
        done = done.and_then([&] {
            return database.run("INSERT INTO patchlight_category VALUES (?, ?, ?, ?)", entry.wording,
                                nlohmann::json(entry.meaning.groups).dump(), entry.meaning.sensitive,
                                entry.meaning.harm);
        });
    return done;
}

} // namespace patchlight::store
