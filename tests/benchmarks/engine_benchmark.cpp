// SPDX-License-Identifier: GPL-3.0-or-later
// One named work of the engine on points from a file, as `report` runs it beside a peer: prints a JSON object with the
// processor seconds of the work alone and with what the peer's answer can be compared by. A plain program: the rounds
// are the report's.
//
//   patchlight_engine_benchmark WORK FILE [--option value ...]
//   patchlight_engine_benchmark cancel FILE [--work NAME] [--moments 20]  how long works on the places go on when
//   stopped patchlight_engine_benchmark make-points N FILE [--snapped yes]    a town, where there is no other generator
//   patchlight_engine_benchmark make-incidents N FILE                 FILE.bin and FILE.csv for the filter
//
// Points are pairs of doubles (east, north), little-endian, without a header.
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/clusters/clusters.h"
#include "core/density/detail/sums.h"
#include "core/geometry/study_area.h"
#include "core/incidents/detail/place_index.h"
#include "core/incidents/incidents.h"
#include "tests/benchmarks/town.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>
#include <stop_token>
#include <thread>

using namespace patchlight;

namespace {

/// The city of the points: 20 x 20 km.
constexpr Box city{420000.0, 425000.0, 440000.0, 445000.0};

int refuse(const std::string& sentence) {
    fmt::print(stderr, "patchlight_engine_benchmark: {}\n", sentence);
    return 2;
}

/// "--name value" pairs; numbers have a default.
class Options {
public:
    Options(int count, char** values) {
        for (int i = 0; i + 1 < count; i += 2) m_values[values[i]] = values[i + 1];
        complete = count % 2 == 0;
    }
    [[nodiscard]] double number(const std::string& name, double usual) const {
        const auto found = m_values.find(name);
        return found == m_values.end() ? usual : parseDecimal(found->second).value_or(usual);
    }
    [[nodiscard]] std::size_t count(const std::string& name, std::size_t usual) const {
        return static_cast<std::size_t>(number(name, static_cast<double>(usual)));
    }
    [[nodiscard]] std::string text(const std::string& name, const std::string& usual = {}) const {
        const auto found = m_values.find(name);
        return found == m_values.end() ? usual : found->second;
    }
    bool complete = true;

private:
    std::map<std::string, std::string> m_values;
};

// Files

template <class T> std::vector<T> readAll(std::istream& in, std::size_t count) {
    std::vector<T> values(count);
    in.read(reinterpret_cast<char*>(values.data()), static_cast<std::streamsize>(count * sizeof(T)));
    if (!in) values.clear();
    return values;
}
template <class T> void writeAll(std::ostream& out, const std::vector<T>& values) {
    out.write(reinterpret_cast<const char*>(values.data()), static_cast<std::streamsize>(values.size() * sizeof(T)));
}
std::size_t sizeOf(const std::string& file) {
    std::ifstream in(file, std::ios::binary | std::ios::ate);
    return in ? static_cast<std::size_t>(in.tellg()) : 0;
}

std::vector<ProjectedPoint> readPoints(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    const auto numbers = readAll<double>(in, sizeOf(file) / (2 * sizeof(double)) * 2);
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) points.push_back({numbers[i], numbers[i + 1]});
    return points;
}

/// Incidents for the filter, column by column: n eastings, n northings, n days since 2022-01-01, n category numbers.
struct IncidentColumns {
    std::vector<double> east, north;
    std::vector<std::int32_t> day;
    std::vector<std::uint8_t> category;
};
constexpr std::size_t incidentBytes = 2 * sizeof(double) + sizeof(std::int32_t) + sizeof(std::uint8_t);
constexpr std::array categories{"Violence and sexual offences",
                                "Anti-social behaviour",
                                "Criminal damage and arson",
                                "Shoplifting",
                                "Other theft",
                                "Public order",
                                "Vehicle crime",
                                "Burglary",
                                "Drugs",
                                "Theft from the person",
                                "Bicycle theft",
                                "Robbery",
                                "Possession of weapons",
                                "Other crime"};
constexpr int days = 1096; // 2022 to 2024

IncidentColumns readIncidents(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    const std::size_t n = sizeOf(file) / incidentBytes;
    IncidentColumns columns;
    columns.east = readAll<double>(in, n);
    columns.north = readAll<double>(in, n);
    columns.day = readAll<std::int32_t>(in, n);
    columns.category = readAll<std::uint8_t>(in, n);
    return columns;
}

int makePoints(std::size_t count, const std::string& file, bool snapped) {
    std::ofstream out(file, std::ios::binary);
    std::vector<double> numbers;
    for (const ProjectedPoint p : test::town(city, count, snapped)) numbers.insert(numbers.end(), {p.east, p.north});
    writeAll(out, numbers);
    return out.good() ? 0 : refuse("Cannot write " + file + ".");
}

int makeIncidents(std::size_t count, const std::string& file) {
    IncidentColumns columns;
    test::Random random{7};
    for (const ProjectedPoint p : test::town(city, count, true)) {
        columns.east.push_back(p.east);
        columns.north.push_back(p.north);
        columns.day.push_back(static_cast<std::int32_t>(random.below(days)));
        columns.category.push_back(static_cast<std::uint8_t>(random.below(categories.size())));
    }
    std::ofstream binary(file + ".bin", std::ios::binary), csv(file + ".csv", std::ios::binary);
    writeAll(binary, columns.east);
    writeAll(binary, columns.north);
    writeAll(binary, columns.day);
    writeAll(binary, columns.category);
    csv << "east,north,day,category\n";
    for (std::size_t i = 0; i < count; ++i)
        csv << shortestDecimal(columns.east[i]) << ',' << shortestDecimal(columns.north[i]) << ',' << columns.day[i]
            << ',' << categories[columns.category[i]] << '\n';
    return binary.good() && csv.good() ? 0 : refuse("Cannot write " + file + ".");
}

// Measuring

/// Processor seconds of all threads of this process; on Windows, where std::clock counts otherwise, elapsed ones.
double processorSeconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// The work as often as asked: seconds into `answer`, and what the last one gave.
template <class Work> auto timed(nlohmann::json& answer, std::size_t repetitions, const Work& work) {
    std::vector<double> cpu, wall;
    decltype(work()) given;
    for (std::size_t i = 0; i < repetitions; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const double before = processorSeconds();
        given = work();
        cpu.push_back(processorSeconds() - before);
        wall.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    answer["cpu_min"] = *std::min_element(cpu.begin(), cpu.end());
    answer["cpu_median"] = median(cpu);
    answer["wall_min"] = *std::min_element(wall.begin(), wall.end());
    answer["wall_median"] = median(wall);
    answer["repetitions"] = repetitions;
    return given;
}

/// What is clustered or summed: places with counts where they are known, else the points as they are.
Places placesOf(const std::vector<ProjectedPoint>& points, const Options& options) {
    if (options.text("--places") == "known") return distinctPlaces(points);
    return {points, {}, {}};
}

using Answer = Expected<nlohmann::json>;

Answer density(const std::string& file, const Options& options, Kernel kernel) {
    const auto points = readPoints(file);
    const Places places = placesOf(points, options);
    const std::size_t cells = options.count("--cells", 1000);
    const GridFrame frame{city.west, city.south, Metres{city.width() / static_cast<double>(cells)}, cells, cells};
    const std::vector bandwidth{options.number("--bandwidth", 500.0)};
    constexpr std::array names{"plain", "avx2", "avx512"}; // as VectorPath has them
    auto path = detail::widestPath();
    if (const std::string asked = options.text("--path"); !asked.empty()) {
        const auto available = detail::availablePaths();
        const auto found = std::find_if(available.begin(), available.end(), [&](detail::VectorPath each) {
            return asked == names[static_cast<std::size_t>(each)];
        });
        if (found == available.end())
            return fail(ErrorCode::invalidParameter, "This processor or build has no path \"" + asked + "\".");
        path = *found;
    }
    nlohmann::json answer{
        {"n", points.size()}, {"places", places.size()}, {"path", names[static_cast<std::size_t>(path)]}};
    const auto surface = timed(answer, options.count("--repeat", 1), [&] {
        return detail::densityOn(path, places.point, places.weight, bandwidth, frame, kernel, detail::KernelTerm::plain,
                                 {});
    });
    if (!surface) return fail(surface.error());
    const double cell = frame.cellSize.value();
    const double sum = std::accumulate(surface->values.begin(), surface->values.end(), 0.0);
    answer["sum"] = sum * 1e-6 * cell * cell;                                                 // incidents
    answer["max"] = *std::max_element(surface->values.begin(), surface->values.end()) * 1e-6; // per m²
    return answer;
}

/// Clusters, noise and core incidents of labels per place.
void countLabels(nlohmann::json& answer, const std::vector<std::int32_t>& cluster, const Places& places) {
    double noise = 0.0;
    std::int32_t last = -1;
    for (std::size_t i = 0; i < cluster.size(); ++i) {
        if (cluster[i] < 0) noise += places.weight.empty() ? 1.0 : places.weight[i];
        last = std::max(last, cluster[i]);
    }
    answer["clusters"] = last + 1;
    answer["noise"] = static_cast<std::size_t>(noise);
}

Answer dbscanWork(const std::string& file, const Options& options) {
    const auto points = readPoints(file);
    Places places = placesOf(points, options);
    const bool find = options.text("--places") == "found"; // within the time, as peers do that start from the rows
    nlohmann::json answer{{"n", points.size()}};
    const auto labels = timed(answer, options.count("--repeat", 1), [&] {
        if (find) places = distinctPlaces(points);
        return dbscan(places.point, places.weight, Metres{options.number("--eps", 50.0)},
                      options.count("--min-points", 50));
    });
    if (!labels) return fail(labels.error());
    answer["places"] = places.size();
    countLabels(answer, labels->cluster, places);
    return answer;
}

Answer hdbscanWork(const std::string& file, const Options& options) {
    const auto points = readPoints(file);
    const Places places = placesOf(points, options);
    const std::size_t minPoints = options.count("--min-points", 10);
    nlohmann::json answer{{"n", points.size()}, {"places", places.size()}};
    const auto labels = timed(answer, options.count("--repeat", 1), [&] {
        return hdbscan(places.point, places.weight,
                       {.minPoints = minPoints, .minClusterSize = options.count("--min-cluster-size", minPoints)});
    });
    if (!labels) return fail(labels.error());
    countLabels(answer, labels->cluster, places);
    answer["tree_weight"] = labels->treeWeight;
    return answer;
}

IncidentTable tableOf(const IncidentColumns& columns) {
    IncidentTable table;
    const std::size_t n = columns.east.size();
    const LocalDay first = *parseIsoDay("2022-01-01");
    TextColumnBuilder category, empty;
    for (std::size_t i = 0; i < n; ++i) {
        table.id.push_back(static_cast<std::int64_t>(i));
        table.sourceRow.push_back(static_cast<std::uint32_t>(i + 1));
        table.position.push_back({columns.east[i], columns.north[i]});
        const LocalDay day = first + std::chrono::days{columns.day[i]};
        table.from.push_back(day);
        table.to.push_back(day + std::chrono::days{1});
        category.add(categories[columns.category[i]]);
        empty.add({});
    }
    table.mapped.assign(n, 1);
    table.precision.assign(n, TimePrecision::day);
    table.level.assign(n, LocationLevel::snapped);
    table.category = category.finish();
    table.dataset = empty.finish();
    table.subcategory = table.place = table.areaCode = table.dataset;
    indexPlaces(table);
    return table;
}

/// Burglaries of twelve months in a box of 5 x 4 km: the rows, as an analysis takes them.
Answer filterWork(const std::string& file, const Options& options) {
    const IncidentColumns columns = readIncidents(file);
    const IncidentTable table = tableOf(columns);
    IncidentFilter filter;
    filter.categories = {"Burglary"};
    filter.period = Period{*parseIsoDay("2022-06"), *parseIsoDay("2023-05", true)};
    const StudyArea area{{}, {}, Box{428000.0, 433000.0, 433000.0, 437000.0}};
    nlohmann::json answer{{"n", table.size()}, {"places", table.places.size()}};
    const auto rows = timed(answer, options.count("--repeat", 1), [&]() -> Expected<std::vector<std::uint32_t>> {
        const auto selection = select(table, filter);
        if (!selection) return fail(selection.error());
        std::vector<ProjectedPoint> points;
        points.reserve(selection->rows.size());
        for (const std::uint32_t row : selection->rows) points.push_back(table.position[row]);
        const auto isInside = inside(area, points);
        std::vector<std::uint32_t> kept;
        for (std::size_t i = 0; i < points.size(); ++i)
            if (isInside[i]) kept.push_back(selection->rows[i]);
        return kept;
    });
    if (!rows) return fail(rows.error());
    double sum = 0.0;
    for (const std::uint32_t row : *rows) sum += table.position[row].east;
    answer["rows"] = rows->size();
    answer["sum"] = sum;
    return answer;
}

// Cancelling

/// Runs the work, once in full and then stopped at `moments` moments spread over that time: the longest and the median
/// time from the request to the return.
nlohmann::json cancelTimes(std::size_t moments, const std::function<bool(const TaskContext&)>& work) {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    work({});
    const auto whole = Clock::now() - start;
    std::vector<double> waits;
    std::size_t finished = 0; // before they were stopped
    double latest = 0.0, at = 0.0;
    for (std::size_t i = 0; i < moments; ++i) {
        std::stop_source source;
        Clock::time_point done;
        bool cancelled = false;
        const auto begin = Clock::now();
        const auto moment = whole * (2 * i + 1) / (2 * moments);
        std::jthread worker([&] {
            cancelled = !work({source.get_token(), {}});
            done = Clock::now();
        });
        std::this_thread::sleep_until(begin + moment);
        const auto asked = Clock::now();
        source.request_stop();
        worker.join();
        if (done <= asked) {
            ++finished;
            continue;
        }
        waits.push_back(std::chrono::duration<double, std::milli>(done - asked).count());
        if (waits.back() > latest) {
            latest = waits.back();
            at = std::chrono::duration<double>(moment).count();
        }
        if (!cancelled) ++finished;
    }
    return {{"whole_s", std::chrono::duration<double>(whole).count()},
            {"longest_ms", latest},
            {"longest_at_s", at},
            {"median_ms", waits.empty() ? 0.0 : median(waits)},
            {"finished_all_the_same", finished}};
}

/// Incidents at six times as many rows as places, in turn.
IncidentTable sixAPlace(const std::vector<ProjectedPoint>& points) {
    IncidentColumns columns;
    test::Random random{9};
    for (int turn = 0; turn < 6; ++turn)
        for (const ProjectedPoint p : points) {
            columns.east.push_back(p.east);
            columns.north.push_back(p.north);
            columns.day.push_back(static_cast<std::int32_t>(random.below(days)));
            columns.category.push_back(static_cast<std::uint8_t>(random.below(categories.size())));
        }
    return tableOf(columns);
}

Answer cancelWork(const std::string& file, const Options& options) {
    const auto points = readPoints(file);
    const std::vector<double> weights(points.size(), 6.0);
    const std::size_t moments = options.count("--moments", 20);
    const GridFrame frame{city.west, city.south, Metres{10.0}, 2000, 2000};
    IncidentTable table = sixAPlace(points);
    const std::map<std::string, std::function<bool(const TaskContext&)>> known{
        {"density-quartic",
         [&](const TaskContext& task) {
             return kernelDensity(points, weights, frame, Kernel::quartic, Metres{500.0}, task).has_value();
         }},
        {"density-gaussian",
         [&](const TaskContext& task) {
             return kernelDensity(points, weights, frame, Kernel::gaussian, Metres{500.0}, task).has_value();
         }},
        {"dbscan",
         [&](const TaskContext& task) { return dbscan(points, weights, Metres{50.0}, 300, task).has_value(); }},
        {"hdbscan", [&](const TaskContext& task) { return hdbscan(points, weights, {}, task).has_value(); }},
        {"k-means", [&](const TaskContext& task) { return kMeans(points, weights, {}, task).has_value(); }},
        {"place-index", [&](const TaskContext& task) { return detail::indexPlaces(table, task); }},
        {"filter", [&](const TaskContext&) { return select(table, {.categories = {"Burglary"}}).has_value(); }},
        {"nearest-neighbour-clusters", [&](const TaskContext& task) {
             return nearestNeighbourClusters(points, weights, StudyArea{{}, {}, city},
                                             {.distance = Metres{50.0}, .minPoints = 300}, task)
                 .has_value();
         }}};
    nlohmann::json answer{{"places", points.size()}};
    for (const auto& [name, work] : known)
        if (options.text("--work", name) == name) answer[name] = cancelTimes(moments, work);
    return answer;
}

const std::map<std::string, std::function<Answer(const std::string&, const Options&)>> works{
    {"cancel", cancelWork},
    {"density-quartic", [](const auto& file, const auto& options) { return density(file, options, Kernel::quartic); }},
    {"density-gaussian",
     [](const auto& file, const auto& options) { return density(file, options, Kernel::gaussian); }},
    {"dbscan", dbscanWork},
    {"hdbscan", hdbscanWork},
    {"filter", filterWork}};

} // namespace

int main(int argc, char** argv) {
    std::vector<std::string> known;
    for (const auto& [name, work] : works) known.push_back(name);
    const std::string usage = "Say a work (" + listed(known) +
                              ") and a file, or make-points or make-incidents, a number "
                              "and a file; then options, each with a value.";
    if (argc < 3) return refuse(usage);
    const std::string work = argv[1];
    if (work == "make-points" || work == "make-incidents") {
        const auto count = parseInteger(argv[2]);
        if (argc < 4 || !count || *count < 1) return refuse(usage);
        const Options options(argc - 4, argv + 4);
        if (work == "make-incidents") return makeIncidents(static_cast<std::size_t>(*count), argv[3]);
        return makePoints(static_cast<std::size_t>(*count), argv[3], options.text("--snapped") == "yes");
    }
    const Options options(argc - 3, argv + 3);
    if (!works.contains(work) || !options.complete) return refuse(usage);
    if (sizeOf(argv[2]) == 0) return refuse(std::string("Cannot read ") + argv[2] + ".");
    const std::size_t threads = options.count("--threads", 1);
    const ThreadLimit limit{threads};
    auto answer = works.at(work)(argv[2], options);
    if (!answer) return refuse(answer.error().message);
    (*answer)["work"] = work;
    (*answer)["threads"] = threads;
    fmt::print("{}\n", answer->dump());
    return 0;
}
