// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import.h"
#include "tests/core/import/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace patchlight;
using namespace patchlight::test;
namespace fs = std::filesystem;

/// Every incident file of the shared data with the guessed mapping or one of tests/data/mappings, against the counts of
/// its README.

namespace {

/// A plain stand-in for PROJ: metres round (2 W, 50 N); what is in metres or feet stays.
const ProjectorFactory flatEarth = [](std::optional<ProjectCrs> existing, std::optional<ProjectedPoint>,
                                      int) -> Expected<PositionProjector> {
    return PositionProjector{existing.value_or(ProjectCrs{}),
                             [](int epsg, std::span<ProjectedPoint> points) -> Expected<void> {
                                 if (epsg == 4326)
                                     for (auto& p : points)
                                         p = {400000 + (p.east + 2) * 71000, (p.north - 50) * 111000};
                                 return {};
                             }};
};

ExtractSource fileSource(const fs::path& path) {
    auto file = std::make_shared<std::ifstream>(path, std::ios::binary);
    return {.name = path.filename().string(),
            .bytes = fs::file_size(path),
            .read = [file](std::span<char> into) -> Expected<std::size_t> {
                file->read(into.data(), static_cast<std::streamsize>(into.size()));
                return static_cast<std::size_t>(file->gcount());
            }};
}

struct Case {
    const char* file;
    const char* mapping; ///< in tests/data/mappings; null: guessed
    std::size_t read, stored, mapped;
    const char* first;
    const char* last;
};

/// The README says 3,305 of the transport police's file, which holds 3,304.
const std::vector<Case> cases{
    {"incidents_timed/chicago_aggravated_assaults_2010_2019.csv", nullptr, 148636, 148636, 148636, "2010-01",
     "2019-12"},
    {"incidents_timed/chicago_burglary_2016_dates.csv", "chicago_burglary", 11701, 11701, 11701, "2015-12", "2016-12"},
    {"incidents_timed/nyc_vehicle_thefts_2014_2017.csv", nullptr, 35746, 35746, 35746, "", ""},
    {"incidents_timed/nyc_burglary_2019_start_end.csv", nullptr, 1233, 1233, 1233, "", ""},
    {"incidents_timed/nyc_burglary_2019_start_end.csv", "feet_new_york", 1233, 1233, 1233, "", ""},
    {"incidents_timed/dc_burglaries_2016H1_start_end.csv", nullptr, 1025, 1025, 1025, "", ""},
    {"incidents_timed/nyc_shootings.csv", nullptr, 27939, 27939, 27939 - 41, "2006-01", "2023-06"},
    {"incidents_timed/nyc_shootings.csv", "shootings_new_york", 27939, 27939, 27939, "2006-01", "2023-06"},
    {"incidents_timed/vancouver_thefts_2020.csv", "vancouver", 21918, 21918, 21918, "2020-01", "2020-12"},
    {"incidents_timed/cincinnati_burglary_2016_2018.csv", nullptr, 8723, 8723, 8723 - 426, "", ""},
    {"incidents_timed/medellin_homicides_2010_2019.csv", "medellin", 9360, 9360, 9360 - 81, "", ""},
    {"incidents_timed/san_francisco_robbery_2019.csv", nullptr, 951, 951, 951, "2019-01", "2019-12"},
    {"incidents_timed/memphis_robberies_2019.csv", nullptr, 2245, 2245, 2245, "2019-01", "2019-12"},
    {"golden/near_repeat_arson/chicago_arson.csv", "chicago_arson", 522, 522, 522, "2016-01", "2016-12"},
    {"golden/bcp_reference/bcp_asb_2025_07_points.csv", nullptr, 1019, 1019, 1019, "", ""},
    {"synthetic/bcp_synthetic_incidents_2023_2025.csv", nullptr, 19476, 19476, 19476, "", ""},
    {"police_uk/extracts/lancashire_asb_2022.tab", nullptr, 56434, 56434, 56434, "2022-01", "2022-12"},
    {"police_uk/extracts/nottingham_burglary_2022.csv", nullptr, 1795, 1795, 1795, "2022-01", "2022-12"},
    {"police_uk/extracts/nottingham_robbery_2022.csv", nullptr, 555, 555, 555, "2022-01", "2022-12"},
    {"police_uk/extracts/bristol_2025-01.csv", nullptr, 5217, 5217, 5217, "2025-01", "2025-01"},
    {"police_uk/2025-01-btp-street.csv", nullptr, 3304, 3304, 3304, "2025-01", "2025-01"},
    {"police_uk/dorset/2018-10-dorset-street.csv", nullptr, 6440, 6440, 6440 - 271, "2018-10", "2018-10"},
    {"police_uk/dorset/2025-07-dorset-street.csv", nullptr, 5931, 5931, 5931 - 17, "2025-07", "2025-07"},
};

Expected<ImportReport> importCase(const fs::path& project, const fs::path& data, const Case& each) {
    ImportOptions options;
    if (each.mapping) {
        const auto path =
            fs::path(PATCHLIGHT_SOURCE_DIR) / "tests/data/mappings" / (std::string(each.mapping) + ".json");
        options.mapping = nlohmann::json::parse(readFile(path));
    }
    return importExtracts(project, {fileSource(data / each.file)}, flatEarth, options);
}

const Finding* findingOf(const ImportReport& report, const std::string& kind) {
    for (const Finding& finding : report.findings)
        if (finding.kind == kind) return &finding;
    return nullptr;
}

std::size_t countOf(const ImportReport& report, const std::string& kind) {
    const Finding* finding = findingOf(report, kind);
    return finding ? finding->count : 0;
}

} // namespace

TEST_CASE("every shared incident file imports with the counts of its README", "[import][shared]") {
    const auto data = sharedData("data");
    if (!data) return;
    for (const Case& each : cases) {
        INFO(each.file << (each.mapping ? std::string(" with ") + each.mapping : std::string{}));
        const TemporaryFolder folder;
        const auto report = importCase(folder.path() / "p.gpkg", *data, each);
        if (!report) FAIL_CHECK(report.error().message);
        if (!report) continue;
        CHECK(report->read == each.read);
        CHECK(report->stored == each.stored);
        CHECK(report->mapped == each.mapped);
        if (*each.first) CHECK(report->datasets.at(0).firstMonth == each.first);
        if (*each.last) CHECK(report->datasets.at(0).lastMonth == each.last);
        CHECK(countOf(*report, "unreadable-date") == 0);
    }
}

namespace {

/// Rows of the messy export by their reference, as its list of faults names them.
struct Messy {
    std::map<std::string, std::vector<std::uint32_t>> rowsOf;
    nlohmann::json faults;

    explicit Messy(const fs::path& data) {
        faults = nlohmann::json::parse(readFile(data / "synthetic/messy_council_export_quirks.json"));
        // A reader of its own: a reference begins a record wherever it begins a line.
        std::istringstream text(readFile(data / "synthetic/messy_council_export.csv"));
        std::uint32_t row = 0;
        for (std::string line; std::getline(text, line);)
            if (line.starts_with("ASB/")) rowsOf[line.substr(0, 12)].push_back(++row);
    }
    /// Rows with a fault; of a record that occurs again with the same fault in its copy, both.
    [[nodiscard]] std::set<std::uint32_t> rows(const std::string& fault) const {
        std::set<std::uint32_t> rows;
        for (const auto& reference : faults["quirks"][fault])
            for (const std::uint32_t row : rowsOf.at(reference.get<std::string>())) rows.insert(row);
        return rows;
    }
    [[nodiscard]] std::set<std::uint32_t> copies(const char* list) const {
        std::set<std::uint32_t> rows;
        for (const auto& reference : faults[list]) {
            const auto& all = rowsOf.at(reference.get<std::string>());
            REQUIRE(all.size() == 2);
            rows.insert(all[1]);
        }
        return rows;
    }
};

std::set<std::uint32_t> rowsOf(const ImportReport& report, const std::string& kind) {
    const Finding* finding = findingOf(report, kind);
    if (!finding) return {};
    CHECK(finding->rows.size() == finding->count);
    return {finding->rows.begin(), finding->rows.end()};
}

std::set<std::uint32_t> together(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
    auto both = a;
    both.insert(b.begin(), b.end());
    return both;
}

} // namespace

TEST_CASE("each fault of the messy export is found to the row", "[import][shared]") {
    const auto data = sharedData("data");
    if (!data) return;
    const Messy messy(*data);
    const TemporaryFolder folder;
    const auto report = importExtracts(folder.path() / "p.gpkg",
                                       {fileSource(*data / "synthetic/messy_council_export.csv")}, flatEarth, {});
    REQUIRE(report);
    CHECK(report->read == 2022); // the records and the total
    CHECK(report->stored == 2021);
    CHECK(rowsOf(*report, "total-row") == std::set<std::uint32_t>{2022});
    CHECK(rowsOf(*report, "no-position") == messy.rows("blank_coordinates"));
    CHECK(rowsOf(*report, "swapped-position") == messy.rows("swapped_easting_northing"));
    CHECK(rowsOf(*report, "mixed-coordinates") == messy.rows("lat_lon_in_easting_northing"));
    CHECK(rowsOf(*report, "grid-reference") == messy.rows("grid_reference_text"));
    CHECK(rowsOf(*report, "zero-position") == messy.rows("zero_coordinates"));
    CHECK(rowsOf(*report, "thousands-separator") == messy.rows("thousands_separators"));
    CHECK(rowsOf(*report, "wrong-digits") == messy.rows("outside_area_typo_extra_digit"));
    CHECK(rowsOf(*report, "other-date-style") ==
          together(messy.rows("iso_date_reported"), messy.rows("two_digit_year")));
    CHECK(rowsOf(*report, "unreadable-date") == messy.rows("impossible_date_31_feb"));
    CHECK(rowsOf(*report, "end-of-day") == messy.rows("time_24_00"));
    CHECK(rowsOf(*report, "no-time") == messy.rows("blank_time"));
    CHECK(rowsOf(*report, "end-before-start") == messy.rows("to_before_from"));
    auto variants = together(messy.rows("type_case_or_space_variant"), messy.rows("leading_trailing_spaces"));
    variants.erase(messy.rowsOf.at("ASB/00367/25").at(0)); // listed, but "Fly-tipping" like all others
    CHECK(together(rowsOf(*report, "category-variant"), rowsOf(*report, "outer-blanks")) == variants);
    CHECK(rowsOf(*report, "identical-row") == messy.copies("duplicate_refs"));
    CHECK(rowsOf(*report, "repeated-reference") ==
          together(messy.copies("duplicate_refs"), messy.copies("same_ref_changed_note")));
    const std::size_t without = rowsOf(*report, "no-position").size() + rowsOf(*report, "mixed-coordinates").size() +
                                rowsOf(*report, "zero-position").size() + rowsOf(*report, "wrong-digits").size();
    CHECK(report->mapped == report->stored - without);
    std::set<std::string> kinds;
    for (const Finding& finding : report->findings) kinds.insert(finding.kind);
    INFO(nlohmann::json(kinds).dump());
    CHECK(kinds.size() == 17); // these, and nothing that is not there

    // What is no fault but easily lost: line breaks, quotes and accents in texts.
    const auto project = Project::open(folder.path() / "p.gpkg", OpenMode::readOnly);
    REQUIRE(project);
    const auto table = project->incidents();
    REQUIRE(table);
    std::map<std::uint32_t, std::int64_t> idOf;
    for (std::size_t i = 0; i < table->size(); ++i) idOf[table->sourceRow[i]] = table->id[i];
    const auto cell = [&](std::uint32_t row, const std::string& column) {
        const auto details = project->incidentDetails(idOf.at(row));
        REQUIRE(details);
        for (const auto& [name, text] : *details)
            if (name == column) return text;
        return std::string{};
    };
    for (const std::uint32_t row : messy.rows("multi_line_note"))
        CHECK_THAT(cell(row, "Notes"), Catch::Contains("\nState: ongoing\n"));
    for (const std::uint32_t row : messy.rows("quote_in_note"))
        CHECK_THAT(cell(row, "Notes"), Catch::Contains("\"get out\", then"));
    for (const std::uint32_t row : messy.rows("non_ascii_location")) {
        const auto at = std::find(table->sourceRow.begin(), table->sourceRow.end(), row);
        CHECK_THAT(std::string(table->place.at(static_cast<std::size_t>(at - table->sourceRow.begin()))),
                   Catch::Contains("Caf\u00E9 Boh\u00E8me (\u00A31 shop)"));
    }
}

TEST_CASE("the messy export in Windows-1252 with semicolons says the same of its rows", "[import][shared]") {
    const auto data = sharedData("data");
    if (!data) return;
    const TemporaryFolder folder;
    const auto whole = importExtracts(folder.path() / "p.gpkg",
                                      {fileSource(*data / "synthetic/messy_council_export.csv")}, flatEarth, {});
    const auto part =
        importExtracts(folder.path() / "q.gpkg",
                       {fileSource(*data / "synthetic/messy_council_export_cp1252_semicolon.csv")}, flatEarth, {});
    REQUIRE(whole);
    REQUIRE(part);
    CHECK(part->stored == 300);
    CHECK(findingOf(*part, "encoding")->message == "The file is in Windows-1252 and was converted to UTF-8.");
    const Messy messy(*data);
    for (const char* fault : {"blank_coordinates:no-position", "swapped_easting_northing:swapped-position",
                              "lat_lon_in_easting_northing:mixed-coordinates", "grid_reference_text:grid-reference",
                              "zero_coordinates:zero-position", "thousands_separators:thousands-separator",
                              "outside_area_typo_extra_digit:wrong-digits", "impossible_date_31_feb:unreadable-date",
                              "time_24_00:end-of-day", "blank_time:no-time", "to_before_from:end-before-start"}) {
        const std::string text = fault, name = text.substr(0, text.find(':')), kind = text.substr(text.find(':') + 1);
        std::set<std::uint32_t> expected; // its row is the number in the reference: there are no copies
        for (const auto& reference : messy.faults["quirks"][name]) {
            const auto number = std::stoul(reference.get<std::string>().substr(4, 5));
            if (number <= 300) expected.insert(static_cast<std::uint32_t>(number));
        }
        INFO(fault);
        CHECK(rowsOf(*part, kind) == expected);
    }
}
