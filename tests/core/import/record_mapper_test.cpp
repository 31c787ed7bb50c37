// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/record_mapper.h"

#include "core/import/detail/csv_reader.h"
#include "core/import/detail/json_text.h"
#include "tests/core/import/sources.h"
#include "tests/support/catch.h"

#include <map>

using namespace patchlight;
using namespace patchlight::test;
using detail::CoordinateState;

namespace {

/// Moves positions by a million metres, so that a test sees which were projected.
const PositionProjector shifting{.crs = {}, .project = [](int, std::span<ProjectedPoint> points) -> Expected<void> {
                                     for (auto& p : points) p.east += 1e6;
                                     return {};
                                 }};

struct Mapped {
    detail::IncidentBatch batch;
    std::map<std::string, std::vector<std::uint32_t>> findings;
    std::map<std::string, std::vector<std::string>> values;
    std::string first, last, reportedBy, refused;
    int epsg = 0;
    [[nodiscard]] const NewIncident& at(std::size_t row) const { return batch.incidents.at(row); }
    [[nodiscard]] nlohmann::json other(std::size_t row) const {
        const auto text = at(row).otherColumns;
        return text.empty() ? nlohmann::json::object() : nlohmann::json::parse(text);
    }
};

/// The JSON, where given, is the mapping; else it is guessed by the names.
Mapped mapped(const std::string& csv, int crs = 0, const char* json = nullptr) {
    ExtractSource source = sourceOf("test.csv", csv);
    detail::CsvReader reader(source);
    const auto header = reader.header();
    REQUIRE(header);
    const auto mapping = json ? mappingFromJson(nlohmann::json::parse(json), *header, reader.separator())
                              : guessMapping(*header, reader.separator());
    REQUIRE(mapping);
    detail::RecordMapper mapper(*mapping, crs);
    Mapped result;
    if (reader.next(result.batch.block).value()) {
        mapper.lookAt(result.batch.block);
        mapper.positions().read(result.batch.block);
        REQUIRE(mapper.positions().project(shifting));
        mapper.map(result.batch);
    }
    if (const auto finished = mapper.finish(); !finished) result.refused = finished.error().message;
    for (const Finding& finding : mapper.findings().findings("test")) {
        CHECK(finding.count == finding.rows.size());
        result.findings[finding.kind] = finding.rows;
        result.values[finding.kind] = finding.values;
    }
    result.first = mapper.times().firstMonth(), result.last = mapper.times().lastMonth();
    result.reportedBy = mapper.reportedBy();
    result.epsg = mapper.positions().epsg();
    return result;
}

using Rows = std::vector<std::uint32_t>;

Rows rowsUpTo(std::uint32_t count) {
    Rows rows;
    for (std::uint32_t row = 1; row <= count; ++row) rows.push_back(row);
    return rows;
}

const std::string sayOrder = "say which it is, \"day-first\" or \"month-first\" (\"dates\" in a mapping).";

} // namespace

TEST_CASE("a police row becomes an incident with all its columns kept", "[import]") {
    const auto m =
        mapped("Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime "
               "type,Last outcome category,Context\n"
               "abc,2025-02,A Police,B Police,-1.8,50.7,On or near X Street,E01,\"Poole, 001A\",Burglary,Closed,\n"
               ",2025-03,A Police,B Police,,,No Location,,,Anti-social behaviour,,\n");
    const NewIncident& first = m.at(0);
    CHECK(first.sourceRow == 1);
    CHECK(first.reference == "abc");
    CHECK(first.category == "Burglary");
    CHECK(first.place == "On or near X Street");
    CHECK(first.areaCode == "E01");
    CHECK(first.outcome == "Closed");
    CHECK(first.precision == TimePrecision::month);
    CHECK(isoMinute(*first.from) == "2025-02-01T00:00");
    CHECK(isoMinute(*first.to) == "2025-03-01T00:00");
    CHECK(first.level == LocationLevel::snapped);
    CHECK(*first.position == ProjectedPoint{1e6 - 1.8, 50.7});
    CHECK(m.other(0) == nlohmann::json{{"Reported by", "A Police"},
                                       {"Falls within", "B Police"},
                                       {"Longitude", "-1.8"},
                                       {"Latitude", "50.7"},
                                       {"LSOA name", "Poole, 001A"}});
    CHECK_FALSE(m.at(1).position);
    CHECK(m.at(1).level == LocationLevel::none);
    CHECK(m.at(1).place.empty());
    CHECK(m.other(1)["Location"] == "No Location");
    CHECK(m.findings == std::map<std::string, Rows>{{"no-position", {2}}});
    CHECK(m.first == "2025-02");
    CHECK(m.last == "2025-03");
    CHECK(m.reportedBy == "A Police");
    CHECK(m.epsg == 4326);
}

TEST_CASE("what is wrong with a row is a finding with its number, and the row stays", "[import][bad-input]") {
    const auto m = mapped("ref,type,date,to,lon,lat\n"
                          "a,T,2025-07-14 10:00,2025-07-14 12:00,-1.8,50.7\n"
                          "a,T,32/07/2025,,-1.8,50.7\n"
                          "b,,2025-07-14,,-1.8,200\n"
                          "c,T,,2025-07-15,north,50.7\n"
                          "d,T,,,0,0\n"
                          "e,T,2025-07-14 10:00,2025-07-13,NA,\n");
    CHECK(m.batch.incidents.size() == 6);
    CHECK(m.findings == std::map<std::string, Rows>{{"repeated-reference", {2}},
                                                    {"unreadable-date", {2}},
                                                    {"missing-category", {3}},
                                                    {"position-out-of-range", {3}},
                                                    {"unreadable-position", {4}},
                                                    {"start-taken-from-end", {4}},
                                                    {"zero-position", {5}},
                                                    {"no-position", {6}},
                                                    {"no-date", {5}},
                                                    {"end-before-start", {6}}});
    CHECK(isoMinute(*m.at(0).to) == "2025-07-14T12:00");
    CHECK(m.at(0).precision == TimePrecision::minute);
    CHECK(m.other(1)["date"] == "32/07/2025"); // what could not be read is kept as it stands
    CHECK(m.at(1).precision == TimePrecision::none);
    CHECK(m.other(2)["lat"] == "200");
    CHECK(isoMinute(*m.at(3).from) == "2025-07-15T00:00");
    CHECK(isoMinute(*m.at(2).to) == "2025-07-15T00:00"); // a day ends where the next begins
    CHECK_FALSE(m.at(5).to);
    CHECK(m.other(5)["to"] == "2025-07-13");
}

TEST_CASE("a column in which every date is open is read day first and said, or refused where it is long", "[import]") {
    const auto open = mapped("date,lon,lat\n05/07/2025,1,2\n06/07/2025,1,2\n");
    CHECK(open.findings.at("ambiguous-date-order") == Rows{1, 2});
    CHECK(isoMinute(*open.at(0).from) == "2025-07-05T00:00");
    const auto settled = mapped("date,lon,lat\n05/07/2025,1,2\n25/07/2025,1,2\n");
    CHECK(settled.findings.count("ambiguous-date-order") == 0);
    std::string many = "Date,lon,lat\n";
    for (int i = 0; i < 30; ++i) many += std::to_string(1 + i % 12) + "/" + std::to_string(1 + i % 5) + "/2025,1,2\n";
    CHECK(mapped(many).refused ==
          "column \"Date\": each of its 25 dates could be day/month or month/day (row 6: \"6/1/2025\"); " + sayOrder);
    std::string july = "Date,lon,lat\n";
    for (int i = 0; i < 24; ++i) july += std::to_string(1 + i % 12) + "/7/2025,1,2\n";
    CHECK(mapped(july).refused.empty()); // the first days of one month: a month's extract that was cut early
}

TEST_CASE("month-first dates are never read silently", "[import][bad-input]") {
    const std::string american = "Date,lon,lat\n1/2/2024,1,2\n12/31/2024,1,2\n";
    CHECK(mapped(american).refused ==
          "column \"Date\" holds 1 date that is one only with the month first (row 2: \"12/31/2024\"); " + sayOrder);
    const char* told =
        R"({"columns": {"Date": "from", "lon": "longitude", "lat": "latitude"}, "dates": "month-first"})";
    const auto read = mapped(american, 0, told);
    CHECK(read.refused.empty());
    CHECK(isoMinute(*read.at(0).from) == "2024-01-02T00:00");
    CHECK(isoMinute(*read.at(1).from) == "2024-12-31T00:00");
    // A slip among dates that are day first is a finding.
    const auto slip = mapped("Date,lon,lat\n31/1/2024,1,2\n30/1/2024,1,2\n12/31/2024,1,2\n");
    CHECK(slip.refused.empty());
    CHECK(slip.findings.at("unreadable-date") == Rows{3});
    CHECK(slip.values.at("unreadable-date") == std::vector<std::string>{"12/31/2024"});
}

TEST_CASE("dates and clocks in columns of their own come together", "[import]") {
    const auto m = mapped("Date Occurred,Time Occurred,Date To,Time To,Date Reported,Time Reported,lon,lat\n"
                          "14/07/2025,21:30,15/07/2025,00:15,15/07/2025,0900,1,2\n"
                          "15/07/2025,,,,15/07/2025,24:00,1,2\n"
                          "16/07/2025,late,,,,,1,2\n"
                          "14/07/2025 00:00:00,21:30,,,,,1,2\n"
                          "14/07/2025 10:00,21:30,,,,,1,2\n");
    CHECK(isoMinute(*m.at(0).from) == "2025-07-14T21:30");
    CHECK(isoMinute(*m.at(0).to) == "2025-07-15T00:15");
    CHECK(isoMinute(*m.at(0).recorded) == "2025-07-15T09:00");
    CHECK(m.at(1).precision == TimePrecision::day);
    CHECK(isoMinute(*m.at(1).recorded) == "2025-07-16T00:00");
    CHECK(m.findings.at("no-time") == Rows{2});
    CHECK(m.findings.at("end-of-day") == Rows{2});
    CHECK(m.at(2).precision == TimePrecision::day);
    CHECK(m.findings.at("unreadable-time") == Rows{3});
    CHECK(m.other(2)["Time Occurred"] == "late");
    CHECK(isoMinute(*m.at(3).from) == "2025-07-14T21:30"); // 00:00 beside a clock says nothing
    CHECK(isoMinute(*m.at(4).from) == "2025-07-14T10:00");
}

TEST_CASE("a start in five columns comes together as exactly as it was given", "[import]") {
    const auto m = mapped("YEAR,MONTH,DAY,HOUR,MINUTE,lon,lat\n"
                          "2020,1,31,23,5,1,2\n"
                          "2020,2,3,,,1,2\n"
                          "2020,March,,,,1,2\n"
                          "2020,2,31,1,1,1,2\n"
                          "2020,2,1,24,0,1,2\n"
                          "2020.0,4.0,1,7,,1,2\n"
                          ",,,,,1,2\n"
                          "2020,5,1,25,0,1,2\n");
    CHECK(isoMinute(*m.at(0).from) == "2020-01-31T23:05");
    CHECK(m.at(1).precision == TimePrecision::day);
    CHECK(m.at(2).precision == TimePrecision::month);
    CHECK(isoMinute(*m.at(2).to) == "2020-04-01T00:00");
    CHECK(m.findings.at("unreadable-date") == Rows{4});
    CHECK(isoMinute(*m.at(4).from) == "2020-02-02T00:00");
    CHECK(isoMinute(*m.at(5).from) == "2020-04-01T07:00");
    CHECK(m.findings.at("no-date") == Rows{7});
    CHECK(m.at(7).precision == TimePrecision::day);
    CHECK(m.findings.at("unreadable-time") == Rows{8});
}

TEST_CASE("00:00 is said where it comes too often, and is no time where there is no other", "[import]") {
    std::string some = "date,lon,lat\n", all = some, few = some;
    for (int i = 0; i < 100; ++i) {
        const std::string day = "2025-07-" + std::to_string(10 + i % 20);
        some += day + (i % 10 ? " 13:15,1,2\n" : " 00:00,1,2\n");
        few += day + (i % 50 ? " 13:15,1,2\n" : " 00:00,1,2\n");
        all += day + "T00:00:00Z,1,2\n";
    }
    CHECK(mapped(some).findings.at("midnight").size() == 10);
    CHECK(mapped(few).findings.count("midnight") == 0);
    const auto none = mapped(all);
    CHECK(none.at(0).precision == TimePrecision::day);
    CHECK(none.findings.at("midnight-is-no-time").size() == 100);
    CHECK(none.findings.count("midnight") == 0);
    CHECK(none.other(0)["date"] == "2025-07-10T00:00:00Z");
}

TEST_CASE("a Z in the text is local unless it is told to be true", "[import]") {
    const std::string csv = "date,lon,lat\n2025-07-14T23:30:00Z,1,2\n2025-01-14T23:30:00Z,1,2\n2025-07-14,1,2\n";
    const auto local = mapped(csv);
    CHECK(isoMinute(*local.at(0).from) == "2025-07-14T23:30");
    CHECK(local.findings.at("zone-in-text") == Rows{1, 2});
    const auto with = [&](const std::string& zone) {
        const std::string columns = R"({"columns": {"date": "from", "lon": "longitude", "lat": "latitude"}, "zone": ")";
        return mapped(csv, 0, (columns + zone + "\"}").c_str());
    };
    CHECK(isoMinute(*with("utc").at(0).from) == "2025-07-15T00:30");
    CHECK(isoMinute(*with("utc").at(1).from) == "2025-01-14T23:30");
    CHECK(isoMinute(*with("utc").at(2).from) == "2025-07-14T00:00"); // a day has no zone
    CHECK(with("utc").findings.count("zone-in-text") == 0);
    CHECK(with("utc").other(0)["date"] == "2025-07-14T23:30:00Z");
    CHECK(isoMinute(*with("-05:00").at(0).from) == "2025-07-14T18:30");
}

TEST_CASE("coordinates that went wrong in some rows are put right or named by the rest of the file", "[import]") {
    std::string csv = "Easting,Northing\n";
    for (int i = 0; i < 40; ++i) csv += std::to_string(402000 + 300 * i) + "," + std::to_string(91000 + 100 * i) + "\n";
    const auto m = mapped(csv + "94538,408932\n"           // 41 swapped
                                "4065980,91996\n"          // 42 a digit too many
                                "17499,93103\n"            // 43 the first digit lost
                                "409000,9199\n"            // 44 the last digit lost
                                "50.780265,-1.807\n"       // 45 degrees
                                "-1.807,50.780265\n"       // 46
                                "SZ 0529 9173,\n"          // 47
                                "0,0\n"                    // 48
                                "\"408,100\",\"91,100\"\n" // 49
                                "530000,180000\n");        // 50 in London, which may be
    CHECK(m.findings == std::map<std::string, Rows>{{"swapped-position", {41}},
                                                    {"wrong-digits", {42, 43, 44}},
                                                    {"mixed-coordinates", {45, 46}},
                                                    {"grid-reference", {47}},
                                                    {"zero-position", {48}},
                                                    {"thousands-separator", {49}},
                                                    {"missing-category", rowsUpTo(50)},
                                                    {"no-date", rowsUpTo(50)}});
    CHECK(*m.at(40).position == ProjectedPoint{1e6 + 408932, 94538});
    CHECK(m.values.at("swapped-position") == std::vector<std::string>{"94538 / 408932"});
    CHECK_FALSE(m.at(41).position);
    CHECK_FALSE(m.at(44).position);
    CHECK(*m.at(46).position == ProjectedPoint{1e6 + 405295, 91735});
    CHECK(m.at(46).level == LocationLevel::exact);
    CHECK(m.other(41)["Easting"] == "4065980");
}

TEST_CASE("a file of few rows or round the diagonal is left as it is", "[import]") {
    CHECK(mapped("Easting,Northing\n402000,91000\n91000,402000\n").findings.count("swapped-position") == 0);
    std::string diagonal = "Easting,Northing\n";
    for (int i = 0; i < 40; ++i)
        diagonal += std::to_string(430000 + 300 * i) + "," + std::to_string(433000 + 100 * i) + "\n";
    CHECK(mapped(diagonal + "433500,431000\n").findings.count("swapped-position") == 0);
}

TEST_CASE("a grid reference in a column of its own places rows without coordinates", "[import]") {
    const auto m = mapped("lon,lat,Grid Ref\n-1.8,50.7,\n,,SZ 088 912\n,,nowhere\n,,\n");
    CHECK(m.epsg == 4326);
    CHECK(*m.at(0).position == ProjectedPoint{1e6 - 1.8, 50.7});
    CHECK(*m.at(1).position == ProjectedPoint{1e6 + 408850, 91250});
    CHECK(m.at(1).level == LocationLevel::postcode);
    CHECK(m.findings.at("grid-reference") == Rows{2});
    CHECK(m.findings.at("unreadable-position") == Rows{3});
    CHECK(m.findings.at("no-position") == Rows{4});
}

TEST_CASE("rows and categories that are the same or nearly so are said", "[import]") {
    const auto m = mapped("ref,type,lon,lat,note\n"
                          "a,Noise,1,2,x\n"
                          "a,Noise,1,2,x\n" // 2 identical
                          "a,Noise,1,2,y\n" // 3 the reference alone
                          "a,Noise,1,2,y\n" // 4 identical to 3
                          ",Noise,1,2,x\n"
                          ",Noise,1,2,x\n"    // 6 identical
                          ",noise,1,2,z\n"    // 7
                          ",Noise ,1,2,z\n"); // 8
    CHECK(m.findings.at("identical-row") == Rows{2, 4, 6});
    CHECK(m.findings.at("repeated-reference") == Rows{2, 3, 4});
    CHECK(m.findings.at("category-variant") == Rows{7});
    CHECK(m.values.at("category-variant") == std::vector<std::string>{"noise"});
    CHECK(m.findings.at("outer-blanks") == Rows{8});
    CHECK(m.batch.incidents.size() == 8);
}

TEST_CASE("the source's CRS comes from the columns' names and what they hold", "[import]") {
    CHECK(mapped("x,y\n-1.8,50.7\n").epsg == 4326);
    CHECK(mapped("x,y\n408000,91000\n409000,92000\n0,0\n").epsg == 27700);
    CHECK(mapped("easting,northing\n408000,91000\n").epsg == 27700);
    CHECK(mapped("easting,northing\n-1.8,50.7\n").epsg == 4326);
    CHECK(mapped("x,y\n490320.2,5458606.9\n", 32610).epsg == 32610);
    const std::string both = "easting,northing,longitude,latitude\n408000,91000,-1.8,50.7\n";
    CHECK(mapped(both).at(0).position->north == 50.7);
    CHECK(mapped(both, 27700).at(0).position->north == 91000);
}

TEST_CASE("coordinates are read as people write them", "[import]") {
    const auto read = [](const char* x, const char* y, int epsg = 27700, bool comma = false) {
        const auto p = detail::readPosition(x, y, epsg, comma);
        return p.state == CoordinateState::given ? p.point : ProjectedPoint{-1, -static_cast<double>(p.state)};
    };
    const auto none = ProjectedPoint{-1, -1}, unreadable = ProjectedPoint{-1, -3}, out = ProjectedPoint{-1, -4};
    CHECK(read(" 408,000 ", "91,000.5") == ProjectedPoint{408000, 91000.5});
    CHECK(read("-1,85", "50,72", 4326, true) == ProjectedPoint{-1.85, 50.72});
    CHECK(read("408000,125", "91000,5", 27700, true) == ProjectedPoint{408000.125, 91000.5});
    CHECK(read("408,000", "91,000", 27700, true) == ProjectedPoint{408000, 91000}); // 408 m is nowhere
    CHECK(read("4,08", "91000") == unreadable);
    CHECK(read("SZ 08812 91034", "") == ProjectedPoint{408812.5, 91034.5}); // the centre of its square
    CHECK(read("near the pier", "") == unreadable); // not "no coordinates": there is something to be had
    CHECK(read("408000", "") == none);
    CHECK(read("SZ0881", "91034") == unreadable);
    CHECK(read("", "") == none);
    CHECK(read("n/a", "NULL") == none);
    CHECK(read("0", "0.0") == ProjectedPoint{-1, -2}); // zero
    CHECK(read("408000", "-5") == out);
    CHECK(read("4080000", "91000") == out);
    CHECK(read("inf", "50", 4326) == unreadable);
    CHECK(read("180", "-90", 4326) == ProjectedPoint{180, -90});
    CHECK(read("4080000", "91000", 32610) == ProjectedPoint{4080000, 91000});
}

TEST_CASE("the level of a grid reference follows the size of its square", "[import]") {
    const auto level = [](const char* text) { return detail::readGridReference(text).level; };
    CHECK(level("SZ 08812 91234") == LocationLevel::exact);
    CHECK(level("SZ 0881 9123") == LocationLevel::exact);
    CHECK(level("SZ 088 912") == LocationLevel::postcode);
    CHECK(level("SZ 08 91") == LocationLevel::area);
    CHECK(level("SZ 0 9") == LocationLevel::area);
    CHECK(detail::readGridReference(" ").state == detail::CoordinateState::none);
    CHECK(detail::readGridReference("pier").state == detail::CoordinateState::unreadable);
}

TEST_CASE("distinct positions are projected once and come back to every row", "[import][property]") {
    std::size_t projected = 0;
    const PositionProjector counting{.crs = {},
                                     .project = [&](int, std::span<ProjectedPoint> points) -> Expected<void> {
                                         projected += points.size();
                                         for (auto& p : points) p = {p.north, p.east};
                                         return {};
                                     }};
    detail::PositionCache cache;
    for (int block = 0; block < 5; ++block) {
        std::vector<std::uint32_t> index;
        for (int i = 0; i < 3000; ++i) index.push_back(cache.indexOf({double(i % 700), double(block * i % 3)}));
        REQUIRE(cache.project(counting, 4326));
        for (int i = 0; i < 3000; ++i)
            REQUIRE(cache.projected(index[i]) == ProjectedPoint{double(block * i % 3), double(i % 700)});
    }
    CHECK(projected == 700 * 3);
}

TEST_CASE("the hand-made JSON text reads back as any text that went in", "[import][property]") {
    std::string every;
    for (int c = 1; c < 128; ++c) every += static_cast<char>(c);
    for (const std::string& text :
         {every, std::string("\"\\/\b\f\n\r\t"), std::string("£ Ŵ 漢"), std::string{}, std::string("\"")}) {
        std::string json;
        detail::appendJsonText(json, text);
        CHECK(nlohmann::json::parse(json).get<std::string>() == text);
    }
}
