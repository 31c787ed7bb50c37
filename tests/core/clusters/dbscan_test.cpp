// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "tests/support/catch.h"
#include "tests/support/pattern.h"
#include "tests/support/random.h"
#include "tests/support/shared_data.h"
#include "tests/support/tables.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>

using namespace patchlight;
using patchlight::test::patternFromText;
using patchlight::test::Random;

namespace {

/// The definition, pair by pair.
DbscanLabels bruteForce(std::span<const ProjectedPoint> points, std::span<const double> weights, double eps,
                        double minPoints) {
    const std::size_t n = points.size();
    const auto d2 = [&](std::size_t i, std::size_t j) {
        const double dx = points[i].east - points[j].east, dy = points[i].north - points[j].north;
        return dx * dx + dy * dy;
    };
    DbscanLabels labels{std::vector<std::int32_t>(n, -1), std::vector<std::uint8_t>(n, 0), 0};
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0.0;
        for (std::size_t j = 0; j < n; ++j)
            if (d2(i, j) <= eps * eps) sum += weights.empty() ? 1.0 : weights[j];
        labels.core[i] = sum >= minPoints;
    }
    const std::function<void(std::size_t)> spread = [&](std::size_t i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (!labels.core[j] || labels.cluster[j] >= 0 || d2(i, j) > eps * eps) continue;
            labels.cluster[j] = labels.cluster[i];
            spread(j);
        }
    };
    for (std::size_t i = 0; i < n; ++i) {
        if (!labels.core[i] || labels.cluster[i] >= 0) continue;
        labels.cluster[i] = static_cast<std::int32_t>(labels.clusters++);
        spread(i);
    }
    for (std::size_t i = 0; i < n; ++i) {
        if (labels.core[i]) continue;
        double nearest = eps * eps;
        for (std::size_t j = 0; j < n; ++j) {
            if (!labels.core[j] || d2(i, j) > nearest) continue;
            const bool nearer = d2(i, j) < nearest || labels.cluster[i] < 0;
            labels.cluster[i] = nearer ? labels.cluster[j] : std::min(labels.cluster[i], labels.cluster[j]);
            nearest = d2(i, j);
        }
    }
    return labels;
}

void checkEqual(const Expected<DbscanLabels>& result, const DbscanLabels& expected) {
    REQUIRE(result);
    CHECK(result->clusters == expected.clusters);
    CHECK(result->core == expected.core);
    CHECK(result->cluster == expected.cluster);
}

} // namespace

TEST_CASE("a drawn pattern clusters as one sees it", "[clusters]") {
    const auto pattern = patternFromText(Metres{100.0}, R"(
        a a . . b
        a . . . .
        . . . c . )");
    const auto result = dbscan(pattern.points, {}, Metres{150.0}, 3);
    REQUIRE(result);
    CHECK(result->clusters == 1);
    for (const std::size_t a : pattern.indices('a')) CHECK(result->cluster[a] == 0);
    CHECK(result->cluster[pattern.at('b')] == -1);
    CHECK(result->cluster[pattern.at('c')] == -1);
}

TEST_CASE("a border place joins its nearest core place, of two as near the lower cluster", "[clusters]") {
    // Cores have five within 100 m. m lies as far from the cores of both stars, n nearer to the right one.
    const auto tie = patternFromText(Metres{100.0}, R"(
        . x . . . y .
        x x x m y y y
        . x . . . y . )");
    const auto even = dbscan(tie.points, {}, Metres{100.0}, 5);
    REQUIRE(even);
    CHECK(even->clusters == 2);
    CHECK(even->cluster[tie.at('m')] == -1); // its neighbours are border places themselves
    const auto close = patternFromText(Metres{100.0}, R"(
        . x . y .
        x x m y y
        . x . y . )");
    const auto result = dbscan(close.points, {}, Metres{100.0}, 5);
    REQUIRE(result);
    CHECK(result->clusters == 2);
    CHECK(result->core[close.at('m')] == 0);
    CHECK(result->cluster[close.at('m')] == 0);
    auto shifted = close.points;
    shifted[close.at('m')].east += 1.0;
    const auto moved = dbscan(shifted, {}, Metres{101.0}, 5);
    REQUIRE(moved);
    CHECK(moved->cluster[close.at('m')] == 1);
}

TEST_CASE("a place at exactly eps is a neighbour, and a place counts itself", "[clusters][edge]") {
    const std::vector<ProjectedPoint> pair{{0.0, 0.0}, {30.0, 40.0}};
    CHECK(dbscan(pair, {}, Metres{50.0}, 2)->clusters == 1);
    CHECK(dbscan(pair, {}, Metres{49.999}, 2)->clusters == 0);
    CHECK(dbscan(pair, {}, Metres{49.999}, 1)->clusters == 2);
}

TEST_CASE("DBSCAN equals the definition taken pair by pair on random patterns", "[clusters][oracle]") {
    const bool lattice = GENERATE(false, true); // whole multiples of 10 m: many ties at exactly eps
    const std::size_t minPoints = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{4}, std::size_t{9});
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Random random{seed};
        std::vector<ProjectedPoint> points;
        for (std::size_t hub = 0; hub < 6; ++hub) {
            const ProjectedPoint at{random.between(0, 1000), random.between(0, 1000)};
            const double spread = random.between(10, 120);
            for (const ProjectedPoint p : random.pointsIn(
                     {at.east - spread, at.north - spread, at.east + spread, at.north + spread}, random.below(40)))
                points.push_back(p);
        }
        for (const ProjectedPoint p : random.pointsIn({0, 0, 1000, 1000}, 30)) points.push_back(p);
        if (lattice)
            for (ProjectedPoint& p : points) p = {std::round(p.east / 10) * 10, std::round(p.north / 10) * 10};
        std::sort(points.begin(), points.end());
        points.erase(std::unique(points.begin(), points.end()), points.end());
        random.shuffle(points);
        std::vector<double> weights;
        if (seed % 2)
            for (std::size_t i = 0; i < points.size(); ++i) weights.push_back(static_cast<double>(1 + random.below(3)));
        const double eps = lattice ? 50.0 : random.between(5, 120);
        checkEqual(dbscan(points, weights, Metres{eps}, minPoints),
                   bruteForce(points, weights, eps, static_cast<double>(minPoints)));
    }
}

TEST_CASE("weighted places cluster as their single incidents do", "[clusters][property]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Random random{seed};
        const auto places = random.pointsIn({0, 0, 600, 600}, 150);
        std::vector<double> weights;
        std::vector<ProjectedPoint> incidents;
        std::vector<std::size_t> placeOf;
        for (std::size_t i = 0; i < places.size(); ++i) {
            weights.push_back(static_cast<double>(1 + random.below(5)));
            incidents.insert(incidents.end(), static_cast<std::size_t>(weights.back()), places[i]);
            placeOf.insert(placeOf.end(), static_cast<std::size_t>(weights.back()), i);
        }
        const auto byPlace = dbscan(places, weights, Metres{45.0}, 12);
        const auto byIncident = dbscan(incidents, {}, Metres{45.0}, 12);
        REQUIRE(byPlace);
        REQUIRE(byIncident);
        CHECK(byPlace->clusters == byIncident->clusters);
        CHECK(byPlace->clusters > 0);
        for (std::size_t i = 0; i < incidents.size(); ++i)
            CHECK(byIncident->cluster[i] == byPlace->cluster[placeOf[i]]);
    }
}

TEST_CASE("reordering the places renames clusters and changes nothing else", "[clusters][property]") {
    Random random{5};
    auto points = random.pointsIn({0, 0, 2000, 2000}, 800);
    const auto before = dbscan(points, {}, Metres{60.0}, 4);
    std::vector<std::size_t> order(points.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    random.shuffle(order);
    std::vector<ProjectedPoint> shuffled;
    for (const std::size_t i : order) shuffled.push_back(points[i]);
    const auto after = dbscan(shuffled, {}, Metres{60.0}, 4);
    REQUIRE(before);
    REQUIRE(after);
    CHECK(before->clusters == after->clusters);
    std::map<std::int32_t, std::set<std::int32_t>> names;
    for (std::size_t i = 0; i < order.size(); ++i) {
        CHECK(after->core[i] == before->core[order[i]]);
        names[after->cluster[i]].insert(before->cluster[order[i]]);
    }
    CHECK(std::all_of(names.begin(), names.end(), [](const auto& entry) { return entry.second.size() == 1; }));
}

TEST_CASE("labels are the same on any number of threads", "[clusters][property]") {
    const auto points = Random{6}.pointsIn({0, 0, 10000, 10000}, 20000);
    const auto one = [&] {
        const ThreadLimit limit{1};
        return dbscan(points, {}, Metres{90.0}, 6);
    }();
    REQUIRE(one);
    for (const std::size_t threads : {std::size_t{2}, std::size_t{7}}) {
        const ThreadLimit limit{threads};
        checkEqual(dbscan(points, {}, Metres{90.0}, 6), *one);
    }
}

TEST_CASE("Bournemouth's anti-social behaviour clusters as in R's dbscan", "[clusters][golden]") {
    const auto file = test::sharedData("data/golden/bcp_reference/bcp_asb_2025_07_points.csv");
    if (!file) return;
    const auto rows = test::numbersOf(*file);
    // Columns: id, easting, northing, then label and core for either setting; 0 is noise.
    const auto [eps, minPoints, column, clusters, noise] =
        GENERATE(std::tuple{200.0, std::size_t{10}, std::size_t{3}, std::size_t{13}, 656},
                 std::tuple{100.0, std::size_t{8}, std::size_t{5}, std::size_t{13}, 859});
    std::map<ProjectedPoint, double> counts;
    for (const auto& row : rows) counts[{row.at(1), row.at(2)}] += 1.0;
    CHECK(counts.size() == 618);
    std::vector<ProjectedPoint> places;
    std::vector<double> weights;
    for (const auto& [place, count] : counts) {
        places.push_back(place);
        weights.push_back(count);
    }
    const auto result = dbscan(places, weights, Metres{eps}, minPoints);
    REQUIRE(result);
    CHECK(result->clusters == clusters);
    int noisy = 0;
    std::map<std::int32_t, std::set<int>> theirs;
    for (const auto& row : rows) {
        const auto at = static_cast<std::size_t>(
            std::lower_bound(places.begin(), places.end(), ProjectedPoint{row[1], row[2]}) - places.begin());
        CHECK(result->core[at] == (row.at(column + 1) != 0));
        CHECK((result->cluster[at] < 0) == (row[column] == 0));
        noisy += result->cluster[at] < 0;
        if (result->core[at]) theirs[result->cluster[at]].insert(static_cast<int>(row[column]));
    }
    CHECK(noisy == noise);
    CHECK(theirs.size() == clusters);
    CHECK(std::all_of(theirs.begin(), theirs.end(), [](const auto& entry) { return entry.second.size() == 1; }));
}

TEST_CASE("none, one and all at one place", "[clusters][edge]") {
    CHECK(dbscan({}, {}, Metres{100.0}, 5)->cluster.empty());
    const std::vector<ProjectedPoint> one{{400000.0, 90000.0}};
    CHECK(dbscan(one, {}, Metres{100.0}, 1)->clusters == 1);
    CHECK(dbscan(one, {}, Metres{100.0}, 2)->cluster == std::vector<std::int32_t>{-1});
    CHECK(dbscan(one, std::vector<double>{7.0}, Metres{100.0}, 7)->cluster == std::vector<std::int32_t>{0});
    const std::vector<ProjectedPoint> many(500, one[0]);
    const auto result = dbscan(many, {}, Metres{100.0}, 500);
    CHECK(result->clusters == 1);
    CHECK(result->core == std::vector<std::uint8_t>(500, 1));
}

TEST_CASE("places far out of the world or an eps larger than it are no trouble", "[clusters][edge]") {
    const std::vector<ProjectedPoint> wide{{-1e9, -1e9}, {0, 0}, {10, 0}, {1e9, 1e9}};
    checkEqual(dbscan(wide, {}, Metres{20.0}, 2), bruteForce(wide, {}, 20.0, 2));
    checkEqual(dbscan(wide, {}, Metres{1e12}, 2), bruteForce(wide, {}, 1e12, 2));
}

TEST_CASE("clustering that makes no sense is refused with a sentence", "[clusters][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const std::vector<ProjectedPoint> points{{0.0, 0.0}, {1000.0, 0.0}};
    const auto refusal = [](const Expected<DbscanLabels>& result) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::invalidParameter);
        return result.error();
    };
    for (const double eps : {0.0, -5.0, nan, infinity})
        CHECK(refusal(dbscan(points, {}, Metres{eps}, 5)).message ==
              "The distance eps must be a positive number of metres.");
    CHECK(refusal(dbscan(points, {}, Metres{1e-9}, 5)).message ==
          "The distance eps of 1e-09 m is too small for points 1000 m apart: choose a larger one.");
    CHECK(refusal(dbscan(points, {}, Metres{100.0}, 0)).subject == "min-points");
    CHECK(refusal(dbscan(points, std::vector<double>{1.0}, Metres{100.0}, 5)).subject == "weights");
    for (const double weight : {0.0, -1.0, nan, infinity})
        CHECK(refusal(dbscan(points, std::vector<double>{1.0, weight}, Metres{100.0}, 5)).subject == "weights");
    for (const double bad : {nan, infinity}) {
        const std::vector<ProjectedPoint> broken{{0.0, 0.0}, {bad, 0.0}};
        CHECK(refusal(dbscan(broken, {}, Metres{100.0}, 5)).message ==
              "Point 2 has a coordinate that is not a number: leave points without a position out.");
    }
}

TEST_CASE("a cancelled clustering stops and says so", "[clusters]") {
    const auto points = Random{7}.pointsIn({0, 0, 5000, 5000}, 5000);
    for (const double when : {0.0, 0.3, 0.7, 0.8}) {
        std::stop_source source;
        TaskContext task{source.get_token(), [&](Progress progress) {
                             if (progress.fraction >= when) source.request_stop();
                         }};
        const auto result = dbscan(points, {}, Metres{100.0}, 5, task);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::cancelled);
    }
}
