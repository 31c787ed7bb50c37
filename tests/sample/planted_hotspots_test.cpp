// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace patchlight;
using namespace patchlight::test;

namespace {

const std::filesystem::path sampleFolder = std::filesystem::path(PATCHLIGHT_SOURCE_DIR) / "resources" / "sample";

struct Line {
    std::string reference, category, from, location;
    std::optional<double> easting, northing;
    [[nodiscard]] double metresFrom(double east, double north) const {
        return std::hypot(*easting - east, *northing - north);
    }
};

/// The committed file, read by a reader of its own: fields are quoted where they hold a comma, and none holds a quote.
std::vector<Line> readLines() {
    std::istringstream text{readFile(sampleFolder / "sandhaven-incidents.csv")};
    std::vector<Line> lines;
    std::string row;
    std::getline(text, row);
    while (std::getline(text, row)) {
        std::vector<std::string> fields(1);
        bool quoted = false;
        for (const char c : row) {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                fields.emplace_back();
            else
                fields.back() += c;
        }
        REQUIRE(fields.size() == 9);
        lines.push_back({fields[0], fields[1], fields[2], fields[6], parseDecimal(fields[4]), parseDecimal(fields[5])});
    }
    return lines;
}

nlohmann::json truth() {
    return nlohmann::json::parse(readFile(sampleFolder / "truth.json"));
}

nlohmann::json fault(const nlohmann::json& truth, const std::string& kind) {
    for (const auto& entry : truth["faults"])
        if (entry["kind"] == kind) return entry;
    FAIL("The truth knows no fault " << kind);
    return {};
}

} // namespace

TEST_CASE("every planted hotspot is in the data where and when the truth says", "[sample][property]") {
    const auto lines = readLines();
    const auto told = truth();
    REQUIRE(told["records"] == lines.size());
    CHECK(told["hotspots"].size() == 7);
    for (const auto& hotspot : told["hotspots"]) {
        INFO(hotspot["id"]);
        const double spread = hotspot["spread"];
        std::size_t near = 0;
        std::size_t placed = 0;
        std::map<std::string, std::size_t> years{{"2023", 0}, {"2024", 0}, {"2025", 0}};
        for (const std::size_t row : hotspot["rows"]) {
            const Line& line = lines.at(row - 1);
            if (years.contains(line.from.substr(0, 4))) ++years[line.from.substr(0, 4)];
            if (!line.easting || *line.easting < 300'000) continue; // a planted fault
            ++placed;
            near += line.metresFrom(hotspot["easting"], hotspot["northing"]) < 3.5 * spread ? 1 : 0;
        }
        CHECK(hotspot["rows"].size() == hotspot["records"].get<std::size_t>());
        CHECK(static_cast<double>(placed) > 0.95 * hotspot["records"].get<double>());
        CHECK(static_cast<double>(near) > 0.97 * static_cast<double>(placed));
        for (const auto& [year, count] : years) // a few records lost their date
            CHECK(std::abs(double(count) - hotspot["recordsByYear"][year].get<double>()) <= 6);
    }
}

TEST_CASE("a planted hotspot is far denser than the town around it", "[sample][property]") {
    const auto lines = readLines();
    const auto told = truth();
    for (const auto& hotspot : told["hotspots"]) {
        INFO(hotspot["id"]);
        const double radius = 1.5 * hotspot["spread"].get<double>();
        const std::string first = hotspot["first"];
        const std::string last = hotspot["last"];
        std::size_t inside = 0;
        std::size_t ring = 0; // out to three times the radius: eight times the ground
        for (const Line& line : lines) {
            const auto& categories = hotspot["categories"];
            const bool meant = std::find(categories.begin(), categories.end(), line.category) != categories.end();
            const std::string day = line.from.substr(0, 10);
            if (!meant || !line.easting || day < first || day > last) continue;
            const double away = line.metresFrom(hotspot["easting"], hotspot["northing"]);
            inside += away < radius ? 1 : 0;
            ring += away >= radius && away < 3 * radius ? 1 : 0;
        }
        CHECK(double(inside) > 3 * double(ring) / 8);
    }
}

TEST_CASE("the emerging hotspot is new in 2025 and the vanished one is gone", "[sample][property]") {
    const auto told = truth();
    for (const auto& hotspot : told["hotspots"]) {
        const auto& byYear = hotspot["recordsByYear"];
        if (hotspot["id"] == "emerging-2025") {
            CHECK(byYear["2023"] == 0);
            CHECK(byYear["2024"] == 0);
        }
        if (hotspot["id"] == "vanished-2024") CHECK(byYear["2025"] == 0);
    }
}

TEST_CASE("planted faults are in the rows the truth names", "[sample]") {
    const auto lines = readLines();
    const auto told = truth();
    const auto each = [&](const char* kind, const auto& check) {
        INFO(kind);
        const auto entry = fault(told, kind);
        CHECK(entry["rows"].size() == entry["records"].get<std::size_t>());
        for (const std::size_t row : entry["rows"]) CHECK(check(lines.at(row - 1)));
    };
    each("no-position", [](const Line& line) { return !line.easting && !line.northing; });
    each("zero-position", [](const Line& line) { return line.easting == 0.0 && line.northing == 0.0; });
    each("swapped-position", [](const Line& line) { return line.easting < 100'000.0 && line.northing > 300'000.0; });
    each("no-date", [](const Line& line) { return line.from.empty(); });
    each("no-category", [](const Line& line) { return line.category.empty(); });
    each("repeated-reference", [&](const Line& line) {
        const auto same = [&](const Line& other) { return other.reference == line.reference; };
        return std::count_if(lines.begin(), lines.end(), same) == 2;
    });
    std::size_t unplaced = 0;
    for (const Line& line : lines) unplaced += line.easting ? 0 : 1;
    CHECK(unplaced == fault(told, "no-position")["records"].get<std::size_t>());
}

TEST_CASE("the sample's list names files that are there", "[sample]") {
    const auto list = nlohmann::json::parse(readFile(sampleFolder / "sample.json"));
    CHECK_FALSE(list["incidents"].empty());
    for (const auto& name : list["incidents"]) CHECK(std::filesystem::exists(sampleFolder / name.get<std::string>()));
    for (const char* group : {"layers", "areas"})
        for (const auto& entry : list[group])
            CHECK(std::filesystem::exists(sampleFolder / entry["file"].get<std::string>()));
}
