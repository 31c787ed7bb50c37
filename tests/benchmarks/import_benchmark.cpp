// SPDX-License-Identifier: GPL-3.0-or-later
// One million rows (or as many as are asked for) of the shape of data.police.uk's street files into a new project, and
// the project opened again, beside GDAL's ogr2ogr into an indexed GeoPackage of the same rows in the same run. A plain
// program: one run takes seconds and needs no repetition by a library. Usage: patchlight_import_benchmark [ROWS]
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "core/import/detail/csv_reader.h"
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#ifndef _WIN32
#include <sys/resource.h>
#endif

using namespace patchlight;
namespace fs = std::filesystem;

namespace {

/// SplitMix64 (Steele, Lea and Flood 2014): the same rows on every machine.
struct Random {
    std::uint64_t state = 20250701;
    std::uint64_t next() {
        std::uint64_t z = state += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t n) { return next() % n; }
};

/// Rows on 8,000 map points round a coast, 36 months, 14 crime types; anti-social behaviour has no id and no outcome.
void writeRows(const fs::path& file, std::size_t rows) {
    constexpr std::array<const char*, 14> types{"Anti-social behaviour",
                                                "Violence and sexual offences",
                                                "Criminal damage and arson",
                                                "Shoplifting",
                                                "Public order",
                                                "Other theft",
                                                "Vehicle crime",
                                                "Burglary",
                                                "Drugs",
                                                "Bicycle theft",
                                                "Other crime",
                                                "Robbery",
                                                "Theft from the person",
                                                "Possession of weapons"};
    Random random;
    std::ofstream out(file, std::ios::binary);
    out << "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last "
           "outcome "
           "category,Context\n";
    for (std::size_t i = 0; i < rows; ++i) {
        const std::uint64_t point = random.below(8000), month = random.below(36), type = random.below(14);
        const bool hasId = type != 0;
        const std::string id = hasId ? fmt::format("{:016x}{:016x}{:016x}{:016x}", random.next(), random.next(),
                                                   random.next(), random.next())
                                     : "";
        const bool placed = random.below(400) != 0;
        const double longitude =
            -2.05 + 0.4 * static_cast<double>(point % 97) / 97.0 + 1e-5 * static_cast<double>(point % 13);
        const double latitude =
            50.70 + 0.1 * static_cast<double>(point / 97) / 83.0 + 1e-5 * static_cast<double>(point % 11);
        out << id << fmt::format(",{}-{:02},Invented Police,Invented Police,", 2023 + month / 12, month % 12 + 1)
            << (placed
                    ? fmt::format(
                          "{:.6f},{:.6f},On or near Invented Street {},E0{:07},\"Invented, North and South {:03}A\",",
                          longitude, latitude, point, 1000000 + point / 20, point / 20)
                    : std::string(",,No Location,,,"))
            << types[type] << (hasId ? ",Investigation complete; no suspect identified," : ",,") << '\n';
    }
}

double secondsOf(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The most memory this process has held, and the processor time of its threads so far.
struct Usage {
    double peakMegabytes = 0.0, cpuSeconds = 0.0;
};
Usage usage() {
#ifdef _WIN32
    return {}; // not asked for there
#else
    rusage now{};
    getrusage(RUSAGE_SELF, &now);
#ifdef __APPLE__
    constexpr double unit = 1.0; // bytes
#else
    constexpr double unit = 1024.0;
#endif
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return {static_cast<double>(now.ru_maxrss) * unit / 1e6, seconds(now.ru_utime) + seconds(now.ru_stime)};
#endif
}

ExtractSource openFile(const fs::path& file) {
    return std::move(gis::openExtracts({file})->sources.front());
}

} // namespace

int main(int argc, char** argv) {
    const auto asked = argc > 1 ? parseInteger(argv[1]) : std::optional<long long>{1'000'000};
    if (!asked || *asked < 1) {
        fmt::print(stderr, "Usage: patchlight_import_benchmark [ROWS]\n");
        return 2;
    }
    if (const auto ready = gis::initialise(); !ready) {
        fmt::print(stderr, "{}\n", ready.error().message);
        return 1;
    }
    const auto rows = static_cast<std::size_t>(*asked);
    const fs::path folder = fs::temp_directory_path() / "patchlight-import-benchmark";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const fs::path csv = folder / "rows-street.csv";
    writeRows(csv, rows);
    fmt::print("rows {}, {:.0f} MB\n", groupedCount(rows), static_cast<double>(fs::file_size(csv)) / 1e6);

    const double parse = secondsOf([&] {
        ExtractSource source = openFile(csv);
        detail::CsvReader reader(source);
        RecordBlock block;
        if (!reader.header()) return;
        while (reader.next(block).value_or(false)) {
        }
    });
    fmt::print("CSV reader alone            {:6.2f} s\n", parse);

    Expected<ImportReport> report;
    const double cpuBefore = usage().cpuSeconds;
    const double import = secondsOf([&] {
        std::vector<ExtractSource> sources;
        sources.push_back(openFile(csv));
        report = importExtracts(folder / "project.gpkg", std::move(sources), gis::projectorFactory(), {});
    });
    if (!report) {
        fmt::print(stderr, "{}\n", report.error().message);
        return 1;
    }
    fmt::print("import into a project       {:6.2f} s  (stored {}, mapped {}, {:.0f} MB)\n", import,
               groupedCount(report->stored), groupedCount(report->mapped),
               static_cast<double>(fs::file_size(folder / "project.gpkg")) / 1e6);
    fmt::print("  {} rows/s, {:.2f} s of CPU a million rows, peak memory {:.0f} MB\n",
               groupedCount(static_cast<std::size_t>(static_cast<double>(rows) / import)),
               (usage().cpuSeconds - cpuBefore) * 1e6 / static_cast<double>(rows), usage().peakMegabytes);

    std::size_t read = 0;
    const double opening = secondsOf([&] {
        const auto project = Project::open(folder / "project.gpkg", OpenMode::readOnly);
        if (!project) return;
        if (const auto table = project->incidents()) read = table->size();
    });
    fmt::print("project into the table      {:6.2f} s  ({} rows, peak memory so far {:.0f} MB)\n", opening,
               groupedCount(read), usage().peakMegabytes);

    const std::string command =
        fmt::format("ogr2ogr -f GPKG \"{}\" \"{}\" -oo X_POSSIBLE_NAMES=Longitude -oo Y_POSSIBLE_NAMES=Latitude "
                    "-oo KEEP_GEOM_COLUMNS=YES -s_srs EPSG:4326 -t_srs EPSG:27700 -lco SPATIAL_INDEX=YES -gt 100000",
                    utf8Text(folder / "ogr2ogr.gpkg"), utf8Text(csv));
    if (std::system("ogr2ogr --version") != 0) {
        fmt::print("notice: ogr2ogr is not here, nothing to compare with\n");
    } else {
        int code = 0;
        const double ogr = secondsOf([&] { code = std::system(command.c_str()); });
        fmt::print("ogr2ogr, indexed GeoPackage {:6.2f} s{}\nratio {:.2f}\n", ogr, code == 0 ? "" : "  (it failed)",
                   ogr / import);
    }
    fs::remove_all(folder);
    return 0;
}
