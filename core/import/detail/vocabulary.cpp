// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/vocabulary.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace patchlight {

namespace detail {

namespace {

constexpr std::array<RoleName, 27> allRoles{{{ColumnRole::other, "other"},
                                             {ColumnRole::reference, "reference"},
                                             {ColumnRole::category, "category"},
                                             {ColumnRole::subcategory, "subcategory"},
                                             {ColumnRole::month, "month"},
                                             {ColumnRole::from, "from"},
                                             {ColumnRole::fromTime, "from-time"},
                                             {ColumnRole::to, "to"},
                                             {ColumnRole::toTime, "to-time"},
                                             {ColumnRole::recorded, "recorded"},
                                             {ColumnRole::recordedTime, "recorded-time"},
                                             {ColumnRole::year, "year"},
                                             {ColumnRole::monthOfYear, "month-of-year"},
                                             {ColumnRole::dayOfMonth, "day-of-month"},
                                             {ColumnRole::hour, "hour"},
                                             {ColumnRole::minute, "minute"},
                                             {ColumnRole::longitude, "longitude"},
                                             {ColumnRole::latitude, "latitude"},
                                             {ColumnRole::easting, "easting"},
                                             {ColumnRole::northing, "northing"},
                                             {ColumnRole::gridReference, "grid-reference"},
                                             {ColumnRole::place, "place"},
                                             {ColumnRole::postcode, "postcode"},
                                             {ColumnRole::uprn, "uprn"},
                                             {ColumnRole::areaCode, "area-code"},
                                             {ColumnRole::outcome, "outcome"},
                                             {ColumnRole::reportedBy, "reported-by"}}};

constexpr std::array<std::string_view, 12> policeHeader{
    "Crime ID",  "Month",     "Reported by", "Falls within",          "Longitude", "Latitude", "Location",
    "LSOA code", "LSOA name", "Crime type",  "Last outcome category", "Context"};
constexpr std::array<ColumnRole, 12> policeColumns{ColumnRole::reference, ColumnRole::month,     ColumnRole::reportedBy,
                                                   ColumnRole::other,     ColumnRole::longitude, ColumnRole::latitude,
                                                   ColumnRole::place,     ColumnRole::areaCode,  ColumnRole::other,
                                                   ColumnRole::category,  ColumnRole::outcome,   ColumnRole::other};

const std::array<RoleWords, 26> words{
    {{ColumnRole::longitude,
      {"longitude", "lon", "long", "lng", "longitudewgs84", "wgs84longitude", "longitud", "x", "xcoord", "xcoordinate",
       "coordx"}},
     {ColumnRole::latitude,
      {"latitude", "lat", "latitudewgs84", "wgs84latitude", "latitud", "y", "ycoord", "ycoordinate", "coordy"}},
     {ColumnRole::easting,
      {"easting", "eastings", "east", "osgreasting", "oseasting", "gridreasting", "gridreferenceeasting",
       "incidenteasting", "locationeasting", "bngeasting", "xbng", "xftus", "xft", "xfeet", "xm", "xmetres"}},
     {ColumnRole::northing,
      {"northing", "northings", "north", "osgrnorthing", "osnorthing", "gridrnorthing", "gridreferencenorthing",
       "incidentnorthing", "locationnorthing", "bngnorthing", "ybng", "yftus", "yft", "yfeet", "ym", "ymetres"}},
     {ColumnRole::gridReference,
      {"gridreference", "gridref", "osgridreference", "osgridref", "nationalgridreference", "ngr", "osgr", "osref",
       "gridrefence"}},
     {ColumnRole::category,
      {"category", "crimetype", "crimecategory", "offencecategory", "offensecategory", "offencetype", "offensetype",
       "incidenttype", "incidentcategory", "asbtype", "asbcategory", "offencegroup", "offence", "offense",
       "primarytype", "type", "crime", "offencedescription", "offensedescription"}},
     {ColumnRole::subcategory,
      {"subcategory", "subtype", "crimesubtype", "offencesubtype", "incidentsubtype", "offencesubgroup"}},
     {ColumnRole::from,
      {"occurredfrom",  "committedfrom", "datefrom",       "fromdate",      "datetimefrom",   "from",
       "startdatetime", "startdate",     "datestart",      "start",         "datetime",       "dateoccurred",
       "occurreddate",  "occurred",      "occurrencedate", "incidentdate",  "dateofincident", "offencedate",
       "offensedate",   "crimedate",     "eventdate",      "committeddate", "date",           "fechahecho"}},
     {ColumnRole::fromTime,
      {"occurredfromtime", "committedfromtime", "timefrom", "fromtime", "starttime", "timestart", "timeoccurred",
       "occurredtime", "incidenttime", "timeofincident", "offencetime", "eventtime", "committedtime", "time"}},
     {ColumnRole::to,
      {"occurredto", "committedto", "dateto", "todate", "datetimeto", "to", "enddatetime", "enddate", "dateend",
       "end"}},
     {ColumnRole::toTime, {"occurredtotime", "committedtotime", "timeto", "totime", "endtime", "timeend"}},
     {ColumnRole::recorded,
      {"recorded", "daterecorded", "recordeddate", "reported", "datereported", "reporteddate", "reportedon",
       "createddate", "datecreated"}},
     {ColumnRole::recordedTime,
      {"timerecorded", "recordedtime", "timereported", "reportedtime", "timecreated", "createdtime"}},
     {ColumnRole::year, {"year", "yr", "incidentyear", "crimeyear"}},
     {ColumnRole::month, {"month", "yearmonth", "crimemonth", "offencemonth"}},
     {ColumnRole::dayOfMonth, {"day", "dayofmonth"}},
     {ColumnRole::hour, {"hour", "hr", "hourofday"}},
     {ColumnRole::minute, {"minute", "min", "minutes"}},
     {ColumnRole::postcode,
      {"postcode", "postalcode", "fullpostcode", "postcodeunit", "incidentpostcode", "locationpostcode", "pcode",
       "pcds", "pcd"}},
     {ColumnRole::uprn, {"uprn", "addressuprn", "incidentuprn", "propertyuprn", "uniquepropertyreferencenumber"}},
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
     {ColumnRole::reportedBy, {"reportedby", "policeforce", "forcename", "force"}},
     {ColumnRole::monthOfYear, {"monthofyear", "monthnumber", "mon"}}}};

} // namespace

std::span<const RoleName> roleNames() {
    return allRoles;
}
bool isPoliceHeader(const std::vector<std::string>& header) {
    return std::equal(header.begin(), header.end(), policeHeader.begin(), policeHeader.end());
}
std::span<const ColumnRole> policeRoles() {
    return policeColumns;
}
std::span<const RoleWords> roleWords() {
    return words;
}

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

} // namespace detail

std::string_view roleKey(ColumnRole role) {
    for (const detail::RoleName& item : detail::roleNames())
        if (item.role == role) return item.key;
    return "other";
}

std::vector<std::string> columnNames(const std::vector<std::string>& header) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string plain = header[i].empty() ? fmt::format("column {}", i + 1) : header[i];
        std::string name = plain;
        for (int n = 2; std::find(names.begin(), names.end(), name) != names.end(); ++n)
            name = fmt::format("{} ({})", plain, n);
        names.push_back(std::move(name));
    }
    return names;
}

std::string mappingKey(const std::vector<std::string>& header) {
    std::string key;
    for (const std::string& name : header) key += detail::lettersAndDigits(name) + "|";
    return key;
}

bool canBePlaced(std::span<const ColumnRole> roles) {
    const auto has = [&](ColumnRole role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); };
    return (has(ColumnRole::longitude) && has(ColumnRole::latitude)) ||
           (has(ColumnRole::easting) && has(ColumnRole::northing)) || has(ColumnRole::gridReference) ||
           has(ColumnRole::postcode) || has(ColumnRole::uprn) || has(ColumnRole::place);
}

std::optional<DateOrder> dateOrderOf(std::string_view key) {
    if (key == "day-first") return DateOrder::dayFirst;
    if (key == "month-first") return DateOrder::monthFirst;
    return std::nullopt;
}

} // namespace patchlight
