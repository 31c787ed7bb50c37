// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"
#include "tests/fuzz/fuzz.h"

#include <fstream>
#include <random>
#include <span>

using namespace patchlight;

namespace {

namespace fs = std::filesystem;
using Bytes = std::span<const std::uint8_t>;

/// A folder of this process, removed at its end.
struct Folder {
    fs::path path = fs::temp_directory_path() / ("patchlight-fuzz-" + std::to_string(std::random_device{}()));
    Folder() { fs::create_directories(path); }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

/// A small project with everything in it, as bytes.
std::string wholeProject(const fs::path& file) {
    const auto must = [](bool done) { fuzz::expect(done, "the project to start from is made"); };
    auto transaction = ImportTransaction::begin(file);
    must(transaction && transaction->setCrs({27700, "British", "PROJCS[\"x\"]", "operation", ""}));
    const DatasetInfo info{.name = "one", .file = "one.csv", .mapping = {{"columns", {{"a", "place"}}}}};
    std::vector<NewIncident> rows(40);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        rows[i].sourceRow = static_cast<std::uint32_t>(i + 1);
        if (i % 5 != 0) rows[i].position = ProjectedPoint{400000.0 + 10.0 * static_cast<double>(i), 90000.0};
        rows[i].from = LocalMinute{std::chrono::minutes{29'000'000 + 700 * static_cast<std::int64_t>(i)}};
        rows[i].precision = i % 2 == 0 ? TimePrecision::minute : TimePrecision::month;
        rows[i].level = i % 5 != 0 ? LocationLevel::exact : LocationLevel::none;
        rows[i].category = i % 3 == 0 ? "Burglary" : "Noise";
        rows[i].otherColumns = R"({"Postcode":"BH1 1AA"})";
    }
    Finding finding;
    finding.kind = "no-date", finding.message = "No date.", finding.count = 1, finding.rows = {2},
    finding.values = {"x"};
    KnownMapping mapping;
    mapping.header = "a|", mapping.mapping = info.mapping, mapping.file = "one.csv";
    must(transaction->beginDataset(info).has_value() && transaction->add(rows) &&
         transaction->endDataset(info, {finding}) && transaction->rememberMapping(mapping) && transaction->commit());
    const std::vector<CategoryEntry> categories{{"Noise", {{"ASB"}, true, 2.0}}};
    const std::vector<MapLayerInfo> layers{{"land", "land.geojson", "", "land", "", true, 1}};
    std::vector<AreaFeature> areas(1);
    areas[0].layer = "wards", areas[0].code = "E1", areas[0].name = "Ward", areas[0].population = 5.0;
    areas[0].polygon.parts.resize(1);
    areas[0].polygon.parts[0].outer = {{0, 0}, {9, 0}, {9, 9}, {0, 0}};
    const std::vector<PlaceFeature> places{{"schools", "1", "School", {1.0, 2.0}}};
    const std::vector<AreaCode> codes{{"E1", "E0", "U"}};
    {
        auto project = Project::open(file);
        must(project && project->setCategories(categories) && project->saveWorkspace({{"version", 1}}) &&
             project->setMapLayers(layers) && project->addAreas(areas) && project->addPlaces(places) &&
             project->setAreaCodes("wards", codes));
    }
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Reads a list of changes of four bytes, place and value, out of the input; an odd rest cuts the file short.
std::string damaged(std::string file, Bytes input) {
    for (; input.size() >= 4; input = input.subspan(4)) {
        const std::size_t place = input[0] + 256u * input[1] + 65536u * input[2];
        file[place % file.size()] = static_cast<char>(input[3]);
    }
    if (input.size() == 3) file.resize((input[0] + 256u * input[1] + 65536u * input[2]) % file.size());
    return file;
}

void readAll(const Project& project) {
    const auto sentence = [](const auto& result) {
        fuzz::expect(result.has_value() || !result.error().message.empty(), "a sentence");
        return result.has_value();
    };
    if (const auto table = project.incidents(); sentence(table)) fuzz::expect(isConsistent(*table), "whole columns");
    sentence(project.datasets());
    sentence(project.findings());
    sentence(project.fingerprint());
    sentence(project.incidentDetails(1));
    sentence(project.unplaced());
    sentence(project.mapLayers());
    sentence(project.areas("wards"));
    sentence(project.places(""));
    sentence(project.areaCodes("wards"));
    sentence(project.mappings());
    sentence(project.categories());
    sentence(project.workspace());
}

} // namespace

/// A project file with any bytes changed is read or refused in a sentence, for reading and for writing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Folder folder;
    static const std::string whole = wholeProject(folder.path / "whole.gpkg");
    const fs::path file = folder.path / "damaged.gpkg";
    {
        const std::string bytes = damaged(whole, {data, size});
        std::ofstream out(file, std::ios::binary | std::ios::trunc);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    for (const OpenMode mode : {OpenMode::readOnly, OpenMode::readWrite}) {
        const auto project = Project::open(file, mode);
        if (project)
            readAll(*project);
        else
            fuzz::expect(!project.error().message.empty(), "a sentence");
    }
    std::error_code ignored;
    fs::remove(folder.path / "damaged.gpkg-journal", ignored);
    return 0;
}
