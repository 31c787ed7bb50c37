// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/record_mapper.h"

#include "core/import/detail/json_text.h"
#include "tests/core/import/sources.h"
#include "tests/support/catch.h"

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
    std::string first, last, reportedBy;
    int epsg = 0;
    [[nodiscard]] const NewIncident& at(std::size_t row) const { return batch.incidents.at(row); }
    [[nodiscard]] nlohmann::json other(std::size_t row) const {
        const auto text = at(row).otherColumns;
        return text.empty() ? nlohmann::json::object() : nlohmann::json::parse(text);
    }
};

Mapped mapped(const std::string& csv, int crs = 0) {
    ExtractSource source = sourceOf("test.csv", csv);
    detail::CsvReader reader(source);
    const auto header = reader.header();
    REQUIRE(header);
    const auto mapping = guessMapping(*header, reader.separator());
    REQUIRE(mapping);
    detail::RecordMapper mapper(*mapping, crs);
    Mapped result;
    if (reader.next(result.batch.block).value()) {
        mapper.decideCrs(result.batch.block);
        mapper.readPositions(result.batch.block);
        REQUIRE(mapper.positions().project(shifting, mapper.epsg()));
        mapper.map(result.batch);
    }
    mapper.finish();
    for (const Finding& finding : mapper.findings().findings("test")) {
        CHECK(finding.count == finding.rows.size());
        result.findings[finding.kind] = finding.rows;
    }
    result.first = mapper.firstMonth(), result.last = mapper.lastMonth(), result.reportedBy = mapper.reportedBy();
    result.epsg = mapper.epsg();
    return result;
}

using Rows = std::vector<std::uint32_t>;

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
                                                    {"no-position", {5, 6}},
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

TEST_CASE("a column in which every date is open is read day first and said", "[import]") {
    const auto open = mapped("date,lon,lat\n05/07/2025,1,2\n06/07/2025,1,2\n");
    CHECK(open.findings.at("ambiguous-date-order") == Rows{1, 2});
    CHECK(isoMinute(*open.at(0).from) == "2025-07-05T00:00");
    const auto settled = mapped("date,lon,lat\n05/07/2025,1,2\n25/07/2025,1,2\n");
    CHECK(settled.findings.count("ambiguous-date-order") == 0);
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
    const auto none = ProjectedPoint{-1, -1}, unreadable = ProjectedPoint{-1, -2}, out = ProjectedPoint{-1, -3};
    CHECK(read(" 408,000 ", "91,000.5") == ProjectedPoint{408000, 91000.5});
    CHECK(read("-1,85", "50,72", 4326, true) == ProjectedPoint{-1.85, 50.72});
    CHECK(read("4,08", "91000") == unreadable);
    CHECK(read("SZ 08812 91034", "") == unreadable); // not "no coordinates": there is something to be had
    CHECK(read("408000", "") == none);
    CHECK(read("SZ0881", "91034") == unreadable);
    CHECK(read("", "") == none);
    CHECK(read("n/a", "NULL") == none);
    CHECK(read("0", "0.0") == none);
    CHECK(read("408000", "-5") == out);
    CHECK(read("4080000", "91000") == out);
    CHECK(read("inf", "50", 4326) == unreadable);
    CHECK(read("180", "-90", 4326) == ProjectedPoint{180, -90});
    CHECK(read("4080000", "91000", 32610) == ProjectedPoint{4080000, 91000});
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
