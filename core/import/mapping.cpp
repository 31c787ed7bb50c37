// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/import/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>

namespace patchlight {

namespace {

struct RoleName {
    ColumnRole role;
    std::string_view key;
};
constexpr std::array<RoleName, 16> roleNames{{{ColumnRole::other, "other"},
                                              {ColumnRole::reference, "reference"},
                                              {ColumnRole::category, "category"},
                                              {ColumnRole::subcategory, "subcategory"},
                                              {ColumnRole::month, "month"},
                                              {ColumnRole::from, "from"},
                                              {ColumnRole::to, "to"},
                                              {ColumnRole::recorded, "recorded"},
                                              {ColumnRole::longitude, "longitude"},
                                              {ColumnRole::latitude, "latitude"},
                                              {ColumnRole::easting, "easting"},
                                              {ColumnRole::northing, "northing"},
                                              {ColumnRole::place, "place"},
                                              {ColumnRole::areaCode, "area-code"},
                                              {ColumnRole::outcome, "outcome"},
                                              {ColumnRole::reportedBy, "reported-by"}}};

/// The street-level header of data.police.uk, exactly.
constexpr std::array<std::string_view, 12> policeHeader{
    "Crime ID",  "Month",     "Reported by", "Falls within",          "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type",  "Last outcome category", "Context"};
constexpr std::array<ColumnRole, 12> policeRoles{ColumnRole::reference, ColumnRole::month,     ColumnRole::reportedBy,
                                                 ColumnRole::other,     ColumnRole::longitude, ColumnRole::latitude,
                                                 ColumnRole::place,     ColumnRole::areaCode,  ColumnRole::other,
                                                 ColumnRole::category,  ColumnRole::outcome,   ColumnRole::other};

/// Names a column may have, letters and digits only, the likeliest first.
struct Guess {
    ColumnRole role;
    std::initializer_list<std::string_view> names;
};
const std::initializer_list<Guess> guesses{
    {ColumnRole::longitude,
     {"longitude", "lon", "long", "lng", "longitudewgs84", "wgs84longitude", "longitud", "x", "xcoord", "xcoordinate",
      "coordx"}},
    {ColumnRole::latitude,
     {"latitude", "lat", "latitudewgs84", "wgs84latitude", "latitud", "y", "ycoord", "ycoordinate", "coordy"}},
    {ColumnRole::easting,
     {"easting", "eastings", "east", "osgreasting", "oseasting", "gridreasting", "incidenteasting", "locationeasting",
      "bngeasting"}},
    {ColumnRole::northing,
     {"northing", "northings", "north", "osgrnorthing", "osnorthing", "gridrnorthing", "incidentnorthing",
      "locationnorthing", "bngnorthing"}},
    {ColumnRole::category,
     {"category", "crimetype", "crimecategory", "offencecategory", "offensecategory", "offencetype", "offensetype",
      "incidenttype", "incidentcategory", "asbtype", "asbcategory", "offencegroup", "offence", "offense", "primarytype",
      "type", "crime", "offencedescription", "offensedescription"}},
    {ColumnRole::subcategory,
     {"subcategory", "subtype", "crimesubtype", "offencesubtype", "incidentsubtype", "offencesubgroup"}},
    {ColumnRole::from,
     {"occurredfrom",  "committedfrom", "datefrom",       "fromdate",      "datetimefrom",   "from",
      "startdatetime", "startdate",     "datestart",      "start",         "datetime",       "dateoccurred",
      "occurreddate",  "occurred",      "occurrencedate", "incidentdate",  "dateofincident", "offencedate",
      "offensedate",   "crimedate",     "eventdate",      "committeddate", "date",           "fechahecho"}},
    {ColumnRole::to,
     {"occurredto", "committedto", "dateto", "todate", "datetimeto", "to", "enddatetime", "enddate", "dateend", "end"}},
    {ColumnRole::recorded,
     {"recorded", "daterecorded", "recordeddate", "reported", "datereported", "reporteddate", "reportedon",
      "createddate", "datecreated"}},
    {ColumnRole::month, {"month", "yearmonth", "crimemonth", "offencemonth"}},
    {ColumnRole::place,
     {"location", "streetname", "street", "nearestreet", "neareststreet", "place", "placename", "address",
      "incidentlocation", "hundredblock", "block", "road"}},
    {ColumnRole::areaCode,
     {"lsoacode", "lsoa21cd", "lsoa11cd", "lsoa", "areacode", "wardcode", "wardcd", "ward", "beatcode", "beat"}},
    {ColumnRole::reference, {"crimeid",    "crimereference",  "crimeref",       "crimenumber", "crimeno",
                             "reference",  "referencenumber", "referenceno",    "refno",       "ref",
                             "incidentid", "incidentno",      "incidentnumber", "incidentref", "incidentreference",
                             "urn",        "lognumber",       "caseno",         "casenumber",  "uid",
                             "id"}},
    {ColumnRole::outcome, {"lastoutcomecategory", "outcome", "outcomecategory", "disposal", "result"}},
    {ColumnRole::reportedBy, {"reportedby", "policeforce", "forcename", "force"}}};

std::string lettersAndDigits(std::string_view name) {
    std::string result;
    for (const char c : foldedCase(name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80) result += c;
    return result;
}

std::string columnList(const std::vector<std::string>& header) {
    std::vector<std::string> names;
    for (const std::string& name : header)
        if (names.size() < 15) names.push_back(fmt::format("\"{}\"", name));
    std::string text = listed(names);
    if (header.size() > names.size()) text += fmt::format(" and {} more", header.size() - names.size());
    return text;
}

bool has(const ColumnMapping& mapping, ColumnRole role) {
    return std::find(mapping.roles.begin(), mapping.roles.end(), role) != mapping.roles.end();
}
bool hasPosition(const ColumnMapping& mapping) {
    return (has(mapping, ColumnRole::longitude) && has(mapping, ColumnRole::latitude)) ||
           (has(mapping, ColumnRole::easting) && has(mapping, ColumnRole::northing));
}

void replaceRole(ColumnMapping& mapping, ColumnRole from, ColumnRole to) {
    std::replace(mapping.roles.begin(), mapping.roles.end(), from, to);
}

} // namespace

Expected<ColumnMapping> guessMapping(const std::vector<std::string>& header, char separator) {
    ColumnMapping mapping{
        .header = header, .roles = std::vector(header.size(), ColumnRole::other), .separator = separator};
    if (std::equal(header.begin(), header.end(), policeHeader.begin(), policeHeader.end())) {
        mapping.roles.assign(policeRoles.begin(), policeRoles.end());
        mapping.anonymised = true;
        return mapping;
    }
    std::vector<std::string> plain;
    for (const std::string& name : header) plain.push_back(lettersAndDigits(name));
    for (const Guess& guess : guesses) {
        for (const std::string_view name : guess.names) {
            const auto found = std::find(plain.begin(), plain.end(), name);
            if (found == plain.end()) continue;
            ColumnRole& role = mapping.roles[static_cast<std::size_t>(found - plain.begin())];
            if (role != ColumnRole::other) continue;
            role = guess.role;
            break;
        }
    }
    // One half of a pair says nothing; a month that stands beside a year is not a date.
    if (!(has(mapping, ColumnRole::longitude) && has(mapping, ColumnRole::latitude))) {
        replaceRole(mapping, ColumnRole::longitude, ColumnRole::other);
        replaceRole(mapping, ColumnRole::latitude, ColumnRole::other);
    }
    if (!(has(mapping, ColumnRole::easting) && has(mapping, ColumnRole::northing))) {
        replaceRole(mapping, ColumnRole::easting, ColumnRole::other);
        replaceRole(mapping, ColumnRole::northing, ColumnRole::other);
    }
    if (std::find(plain.begin(), plain.end(), "year") != plain.end())
        replaceRole(mapping, ColumnRole::month, ColumnRole::other);
    // The only date there is says when.
    if (!has(mapping, ColumnRole::from) && !has(mapping, ColumnRole::month))
        replaceRole(mapping, ColumnRole::recorded, ColumnRole::from);
    if (hasPosition(mapping)) return mapping;

    const bool looksLikeData = std::any_of(header.begin(), header.end(),
                                           [](const std::string& name) { return parseDecimal(name).has_value(); });
    return fail(
        ErrorCode::fileFormat,
        fmt::format("There is no pair of columns for the position: looked for longitude and latitude (also lon and "
                    "lat, x and y) or easting and northing, found {}{}",
                    columnList(header),
                    looksLikeData ? "; the first line looks like data, put a line of column names above it."
                                  : "; rename the columns or give a mapping."),
        "columns");
}

std::string_view roleKey(ColumnRole role) {
    for (const RoleName& item : roleNames)
        if (item.role == role) return item.key;
    return "other";
}

nlohmann::json toJson(const ColumnMapping& mapping) {
    nlohmann::json columns = nlohmann::json::object();
    for (std::size_t i = 0; i < mapping.header.size(); ++i)
        if (mapping.roles[i] != ColumnRole::other) columns[mapping.header[i]] = roleKey(mapping.roles[i]);
    nlohmann::json json{{"columns", columns}, {"separator", std::string(1, mapping.separator)}};
    if (mapping.crsEpsg != 0) json["crs"] = mapping.crsEpsg;
    if (mapping.anonymised) json["anonymised"] = true;
    return json;
}

Expected<ColumnMapping> mappingFromJson(const nlohmann::json& json, const std::vector<std::string>& header,
                                        char separator) {
    const auto refuse = [](std::string message, std::string subject) {
        return fail(ErrorCode::fileFormat, std::move(message), std::move(subject));
    };
    if (!json.is_object() || !json.contains("columns") || !json["columns"].is_object())
        return refuse(
            "The mapping has no \"columns\"; write {\"columns\": {\"Eastings\": \"easting\", ...}, \"crs\": 27700}.",
            "columns");
    ColumnMapping mapping{
        .header = header, .roles = std::vector(header.size(), ColumnRole::other), .separator = separator};
    for (const auto& [name, value] : json["columns"].items()) {
        const auto column = std::find(header.begin(), header.end(), name);
        if (column == header.end())
            return refuse(fmt::format("The mapping names a column \"{}\" that the file does not have; it has {}.", name,
                                      columnList(header)),
                          name);
        const std::string key = value.is_string() ? value.get<std::string>() : value.dump();
        const auto role =
            std::find_if(roleNames.begin(), roleNames.end(), [&](const RoleName& item) { return item.key == key; });
        if (role == roleNames.end()) {
            std::vector<std::string> keys;
            for (const RoleName& item : roleNames) keys.emplace_back(item.key);
            return refuse(fmt::format("The mapping gives column \"{}\" the unknown role \"{}\"; roles are {}.", name,
                                      key, listed(keys)),
                          name);
        }
        if (role->role != ColumnRole::other && has(mapping, role->role))
            return refuse(fmt::format("The mapping gives the role \"{}\" to two columns; give it to one.", key), name);
        mapping.roles[static_cast<std::size_t>(column - header.begin())] = role->role;
    }
    if (json.contains("crs")) {
        if (!json["crs"].is_number_integer())
            return refuse("The mapping's \"crs\" is not an EPSG number such as 27700.", "crs");
        mapping.crsEpsg = json["crs"].get<int>();
    }
    if (!hasPosition(mapping))
        return refuse(
            "The mapping names no pair of columns for the position; give longitude and latitude, or easting and "
            "northing.",
            "columns");
    // The same header mapped the same way is the same extract.
    mapping.anonymised = std::equal(header.begin(), header.end(), policeHeader.begin(), policeHeader.end());
    return mapping;
}

} // namespace patchlight
