// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/detail/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace patchlight {

namespace {

constexpr std::array<std::string_view, 8> keys{"columns",       "crs",    "dates",     "zone",
                                               "decimal-comma", "header", "separator", "anonymised"};

tl::unexpected<Error> refuse(std::string message, std::string subject) {
    return fail(ErrorCode::fileFormat, std::move(message), std::move(subject));
}

std::string shown(const nlohmann::json& value) {
    return value.is_string() ? value.get<std::string>()
                             : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// "utc", "local" or "+05:30".
std::optional<SourceZone> zoneOf(std::string_view text) {
    if (text == "local") return SourceZone{};
    if (text == "utc") return SourceZone{SourceZone::Kind::utc, {}};
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
    for (const std::size_t i : {1, 2, 4, 5})
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
    const int hours = (text[1] - '0') * 10 + (text[2] - '0'), minutes = (text[4] - '0') * 10 + (text[5] - '0');
    if (hours > 14 || minutes > 59) return std::nullopt;
    return SourceZone{SourceZone::Kind::offset,
                      std::chrono::minutes{(text[0] == '-' ? -1 : 1) * (hours * 60 + minutes)}};
}

std::string zoneText(const SourceZone& zone) {
    if (zone.kind == SourceZone::Kind::utc) return "utc";
    const auto minutes = std::chrono::abs(zone.offset).count();
    return fmt::format("{}{:02}:{:02}", zone.offset.count() < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

/// What stands beside the columns.
Expected<void> readSettings(const nlohmann::json& json, ColumnMapping& mapping) {
    if (json.contains("crs")) {
        const auto& crs = json["crs"];
        if (!crs.is_number_integer() || crs < 1 || crs > 1'000'000)
            return refuse("The mapping's \"crs\" is not an EPSG number such as 27700.", "crs");
        mapping.crsEpsg = crs.get<int>();
    }
    if (json.contains("dates")) {
        const auto order = dateOrderOf(shown(json["dates"]));
        if (!order)
            return refuse(fmt::format("The mapping's \"dates\" is \"{}\"; write \"day-first\" or \"month-first\".",
                                      shown(json["dates"])),
                          "dates");
        mapping.dates = *order;
    }
    if (json.contains("zone")) {
        const auto zone = zoneOf(shown(json["zone"]));
        if (!zone)
            return refuse(fmt::format("The mapping's \"zone\" is \"{}\"; write \"local\", \"utc\" or the hours east of "
                                      "UTC such as \"-05:00\".",
                                      shown(json["zone"])),
                          "zone");
        mapping.zone = *zone;
    }
    if (json.contains("decimal-comma")) {
        if (!json["decimal-comma"].is_boolean())
            return refuse("The mapping's \"decimal-comma\" is neither true nor false.", "decimal-comma");
        mapping.decimalComma = json["decimal-comma"].get<bool>();
    }
    return {};
}

} // namespace

nlohmann::json toJson(const ColumnMapping& mapping) {
    const std::vector<std::string> names = columnNames(mapping.header);
    nlohmann::json columns = nlohmann::json::object();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (mapping.roles[i] != ColumnRole::other) columns[names[i]] = roleKey(mapping.roles[i]);
    nlohmann::json json{{"columns", columns}};
    if (mapping.crsEpsg != 0) json["crs"] = mapping.crsEpsg;
    if (mapping.dates != DateOrder::notTold)
        json["dates"] = mapping.dates == DateOrder::monthFirst ? "month-first" : "day-first";
    if (mapping.zone.kind != SourceZone::Kind::local) json["zone"] = zoneText(mapping.zone);
    if (mapping.decimalComma) json["decimal-comma"] = true;
    if (mapping.headerTold) json["header"] = mapping.header;
    return json;
}

nlohmann::json mappingForHeader(const nlohmann::json& mapping, const std::vector<std::string>& header) {
    if (!mapping.is_object() || !mapping.contains("columns") || !mapping["columns"].is_object()) return mapping;
    const std::vector<std::string> names = columnNames(header);
    nlohmann::json columns = nlohmann::json::object();
    for (const auto& [told, role] : mapping["columns"].items()) {
        const auto same = std::find_if(names.begin(), names.end(), [key = mappingKey({told})](const std::string& name) {
            return mappingKey({name}) == key;
        });
        columns[same == names.end() ? told : *same] = role;
    }
    nlohmann::json renamed = mapping;
    renamed["columns"] = std::move(columns);
    return renamed;
}

Expected<std::optional<std::vector<std::string>>> toldHeader(const nlohmann::json& mapping) {
    if (!mapping.is_object() || !mapping.contains("header")) return std::nullopt;
    const auto& header = mapping["header"];
    const bool names = header.is_array() && !header.empty() &&
                       std::all_of(header.begin(), header.end(), [](const auto& name) { return name.is_string(); });
    if (!names)
        return refuse("The mapping's \"header\" is not a list of names; write one for each column of the file, or "
                      "leave it out where the file has a header line.",
                      "header");
    return header.get<std::vector<std::string>>();
}

Expected<ColumnMapping> mappingFromJson(const nlohmann::json& json, const std::vector<std::string>& header,
                                        char separator) {
    if (!json.is_object() || !json.contains("columns") || !json["columns"].is_object())
        return refuse(
            "The mapping has no \"columns\"; write {\"columns\": {\"Eastings\": \"easting\", ...}, \"crs\": 27700}.",
            "columns");
    for (const auto& [key, value] : json.items())
        if (std::find(keys.begin(), keys.end(), key) == keys.end())
            return refuse(fmt::format("The mapping holds \"{}\", which means nothing here; a mapping has {}.", key,
                                      listed({keys.begin(), keys.begin() + 6})),
                          key);
    const std::vector<std::string> names = columnNames(header);
    ColumnMapping mapping{
        .header = header, .roles = std::vector(header.size(), ColumnRole::other), .separator = separator};
    for (const auto& [name, value] : json["columns"].items()) {
        const auto column = std::find(names.begin(), names.end(), name);
        if (column == names.end())
            return refuse(fmt::format("The mapping names a column \"{}\" that the file does not have; it has {}.", name,
                                      detail::columnList(header)),
                          name);
        const std::string key = shown(value);
        const auto roles = detail::roleNames();
        const auto role =
            std::find_if(roles.begin(), roles.end(), [&](const detail::RoleName& item) { return item.key == key; });
        if (role == roles.end()) {
            std::vector<std::string> all;
            for (const detail::RoleName& item : roles) all.emplace_back(item.key);
            return refuse(fmt::format("The mapping gives column \"{}\" the unknown role \"{}\"; roles are {}.", name,
                                      key, listed(all)),
                          name);
        }
        if (role->role != ColumnRole::other &&
            std::find(mapping.roles.begin(), mapping.roles.end(), role->role) != mapping.roles.end())
            return refuse(fmt::format("The mapping gives the role \"{}\" to two columns; give it to one.", key), name);
        mapping.roles[static_cast<std::size_t>(column - names.begin())] = role->role;
    }
    if (const auto read = readSettings(json, mapping); !read) return fail(read.error());
    const auto told = toldHeader(json);
    if (!told) return fail(told.error());
    mapping.headerTold = told->has_value();
    if (!canBePlaced(mapping.roles))
        return refuse("The mapping names no pair of columns for the position; give longitude and latitude, or easting "
                      "and northing, or else a grid reference, postcode, UPRN or place.",
                      "columns");
    // The same header mapped the same way is the same extract.
    mapping.anonymised = detail::isPoliceHeader(header);
    return mapping;
}

} // namespace patchlight
