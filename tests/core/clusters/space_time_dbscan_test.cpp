// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "tests/core/clusters/patterns.h"
#include "tests/support/catch.h"

#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <set>
#include <tuple>

using namespace patchlight;
using patchlight::test::hubs;
using patchlight::test::Random;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

using Time = std::chrono::local_time<minutes>;

struct Events {
    std::vector<ProjectedPoint> points;
    std::vector<Time> times;
    std::vector<double> weights;
};

Time at(std::int64_t minute) {
    return Time{minutes{29'000'000 + minute}}; // 2025
}

/// Events at the places of some hubs, several at some, over thirty days; whole days if `lattice`.
Events events(std::uint64_t seed, bool lattice, std::size_t perHub = 20) {
    Random random{seed + 1000};
    const auto data = hubs(seed, lattice, 3, perHub);
    Events result;
    result.points = data.incidents().points;
    random.shuffle(result.points);
    for (std::size_t i = 0; i < result.points.size(); ++i) {
        const auto minute = static_cast<std::int64_t>(random.below(30 * 1440));
        result.times.push_back(at(lattice ? minute / 1440 * 1440 : minute));
        result.weights.push_back(static_cast<double>(1 + random.below(2)));
    }
    return result;
}

/// The definition, pair by pair.
DbscanLabels bruteForce(const Events& e, double eps, minutes epsTime, double minPoints) {
    const std::size_t n = e.points.size();
    const auto d2 = [&](std::size_t i, std::size_t j) {
        const double dx = e.points[i].east - e.points[j].east, dy = e.points[i].north - e.points[j].north;
        return dx * dx + dy * dy;
    };
    const auto apart = [&](std::size_t i, std::size_t j) { return std::chrono::abs(e.times[i] - e.times[j]); };
    const auto near = [&](std::size_t i, std::size_t j) { return d2(i, j) <= eps * eps && apart(i, j) <= epsTime; };
    DbscanLabels labels{std::vector<std::int32_t>(n, -1), std::vector<std::uint8_t>(n, 0), 0};
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0.0;
        for (std::size_t j = 0; j < n; ++j)
            if (near(i, j)) sum += e.weights.empty() ? 1.0 : e.weights[j];
        labels.core[i] = sum >= minPoints;
    }
    const std::function<void(std::size_t)> spread = [&](std::size_t i) {
        for (std::size_t j = 0; j < n; ++j) {
            if (!labels.core[j] || labels.cluster[j] >= 0 || !near(i, j)) continue;
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
        std::tuple<double, minutes, std::int32_t> nearest{std::numeric_limits<double>::infinity(), minutes{0}, -1};
        for (std::size_t j = 0; j < n; ++j)
            if (labels.core[j] && near(i, j)) nearest = std::min(nearest, {d2(i, j), apart(i, j), labels.cluster[j]});
        labels.cluster[i] = std::get<2>(nearest);
    }
    return labels;
}

void checkEqual(const Events& e, double eps, minutes epsTime, std::size_t minPoints) {
    const auto result = spaceTimeDbscan(e.points, e.times, e.weights, Metres{eps}, epsTime, minPoints);
    const auto expected = bruteForce(e, eps, epsTime, static_cast<double>(minPoints));
    REQUIRE(result);
    CHECK(result->clusters == expected.clusters);
    CHECK(result->core == expected.core);
    CHECK(result->cluster == expected.cluster);
}

} // namespace

TEST_CASE("two bursts at one place are two clusters, and an event between them is noise", "[clusters]") {
    Events e;
    for (const std::int64_t day : {0, 1, 2, 15, 30, 31, 32}) {
        e.points.push_back({400000.0 + static_cast<double>(day), 90000.0});
        e.times.push_back(at(day * 1440));
    }
    const auto result = spaceTimeDbscan(e.points, e.times, {}, Metres{100}, days{3}, 3);
    REQUIRE(result);
    CHECK(result->cluster == std::vector<std::int32_t>{0, 0, 0, -1, 1, 1, 1});
    const auto inSpace = spaceTimeDbscan(e.points, e.times, {}, Metres{100}, days{40}, 3);
    CHECK(inSpace->clusters == 1);
}

TEST_CASE("space-time DBSCAN equals the definition taken pair by pair", "[clusters][oracle]") {
    const bool lattice = GENERATE(false, true);
    const std::size_t minPoints = GENERATE(std::size_t{1}, std::size_t{3}, std::size_t{6});
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        Random random{seed};
        Events e = events(seed, lattice);
        if (seed % 2) e.weights.clear();
        const double eps = lattice ? 50.0 : random.between(10, 150);
        checkEqual(e, eps, lattice ? minutes{days{4}} : minutes{random.below(10 * 1440)}, minPoints);
    }
}

TEST_CASE("with time no matter space-time DBSCAN is DBSCAN, with space no matter clusters are spells of time",
          "[clusters][property]") {
    const Events e = events(3, false, 60);
    const auto plain = dbscan(e.points, e.weights, Metres{60}, 8);
    const auto anyTime = spaceTimeDbscan(e.points, e.times, e.weights, Metres{60}, days{1000}, 8);
    REQUIRE(anyTime);
    CHECK(plain->clusters > 1);
    CHECK(anyTime->cluster == plain->cluster);
    CHECK(anyTime->core == plain->core);
    checkEqual(e, 1e9, hours{3}, 5);
    checkEqual(e, 60, minutes{0}, 2);
}

TEST_CASE("both limits are included, and events at one place and time count singly", "[clusters][edge]") {
    const std::vector<ProjectedPoint> pair{{0.0, 0.0}, {30.0, 40.0}};
    const std::vector<Time> times{at(0), at(60)};
    CHECK(spaceTimeDbscan(pair, times, {}, Metres{50}, minutes{60}, 2)->clusters == 1);
    CHECK(spaceTimeDbscan(pair, times, {}, Metres{50}, minutes{59}, 2)->clusters == 0);
    CHECK(spaceTimeDbscan(pair, times, {}, Metres{49.99}, minutes{60}, 2)->clusters == 0);
    const std::vector<ProjectedPoint> same(5, pair[0]);
    const std::vector<Time> then(5, at(7));
    CHECK(spaceTimeDbscan(same, then, {}, Metres{1}, minutes{0}, 5)->cluster == std::vector<std::int32_t>(5, 0));
    CHECK(spaceTimeDbscan(same, then, {}, Metres{1}, minutes{0}, 6)->clusters == 0);
    CHECK(spaceTimeDbscan(std::span(same).first(1), std::span(then).first(1), std::vector<double>{6.0}, Metres{1},
                          minutes{0}, 6)
              ->clusters == 1);
    CHECK(spaceTimeDbscan({}, {}, {}, Metres{1}, minutes{0}, 6)->cluster.empty());
}

TEST_CASE("a border event of two clusters goes to the core nearest in space, then in time", "[clusters][edge]") {
    Events e;
    // Cores that reach 4 by company of their own: the middle event sees one of each only.
    e.points = {{0, 0}, {-9, 0}, {-9, 0}, {-9, 0}, {10, 0}, {19, 0}, {19, 0}, {19, 0}, {5, 0}};
    e.times = {at(0), at(0), at(0), at(0), at(100), at(100), at(100), at(100), at(40)};
    const auto tie = spaceTimeDbscan(e.points, e.times, {}, Metres{10}, minutes{60}, 4);
    REQUIRE(tie);
    CHECK(tie->clusters == 2);
    CHECK(tie->core.back() == 0);
    CHECK(tie->cluster.back() == 0); // as near in space, 40 minutes against 60
    e.times.back() = at(50);
    CHECK(spaceTimeDbscan(e.points, e.times, {}, Metres{10}, minutes{60}, 4)->cluster.back() == 0); // the lower
    e.times.back() = at(60);
    CHECK(spaceTimeDbscan(e.points, e.times, {}, Metres{10}, minutes{60}, 4)->cluster.back() == 1);
    e.points.back().east = 4.5;
    CHECK(spaceTimeDbscan(e.points, e.times, {}, Metres{10}, minutes{60}, 4)->cluster.back() == 0);
}

TEST_CASE("space-time labels are the same on any number of threads", "[clusters][property]") {
    const Events e = events(6, true, 2000);
    const auto run = [&](std::size_t threads) {
        const ThreadLimit limit{threads};
        return *spaceTimeDbscan(e.points, e.times, e.weights, Metres{30}, days{2}, 6);
    };
    const auto one = run(1);
    CHECK(one.clusters > 5);
    for (const std::size_t threads : {std::size_t{2}, std::size_t{7}}) {
        CHECK(run(threads).cluster == one.cluster);
        CHECK(run(threads).core == one.core);
    }
}

TEST_CASE("a space-time DBSCAN that makes no sense is refused with a sentence, a cancelled one stops",
          "[clusters][edge]") {
    const double notANumber = std::nan("");
    const std::vector<ProjectedPoint> points{{0.0, 0.0}, {1000.0, 0.0}};
    const std::vector<Time> times{at(0), at(1)};
    const auto refusal = [](const Expected<DbscanLabels>& result) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::invalidParameter);
        return result.error();
    };
    for (const double eps : {0.0, -5.0, notANumber, HUGE_VAL, 1e-9})
        CHECK(refusal(spaceTimeDbscan(points, times, {}, Metres{eps}, days{1}, 5)).subject == "eps");
    CHECK(refusal(spaceTimeDbscan(points, times, {}, Metres{1}, minutes{-1}, 5)).message ==
          "The time span eps must not be negative.");
    CHECK(refusal(spaceTimeDbscan(points, times, {}, Metres{1}, days{1}, 0)).subject == "min-points");
    CHECK(refusal(spaceTimeDbscan(points, std::span(times).first(1), {}, Metres{1}, days{1}, 1)).message ==
          "There are 1 times for 2 points: give one for each point.");
    for (const Time wild : {Time::min(), Time::max()})
        CHECK(refusal(spaceTimeDbscan(points, std::vector<Time>{at(0), wild}, {}, Metres{1}, days{1}, 1)).message ==
              "The time of point 2 lies outside of history: check it.");
    for (const double weight : {0.0, -1.0, notANumber})
        CHECK(refusal(spaceTimeDbscan(points, times, std::vector<double>{1, weight}, Metres{1}, days{1}, 1)).subject ==
              "weights");
    const std::vector<ProjectedPoint> broken{{0.0, 0.0}, {notANumber, 0.0}};
    CHECK(refusal(spaceTimeDbscan(broken, times, {}, Metres{1}, days{1}, 1)).subject == "points");
    CHECK(spaceTimeDbscan(points, times, {}, Metres{1e12}, minutes::max(), 2)->clusters == 1);

    const Events e = events(7, false, 500);
    for (const double when : {0.0, 0.3, 0.6, 0.8}) {
        std::stop_source source;
        TaskContext task{source.get_token(), [&](Progress progress) {
                             if (progress.fraction >= when) source.request_stop();
                         }};
        const auto result = spaceTimeDbscan(e.points, e.times, {}, Metres{50}, days{3}, 4, task);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::cancelled);
    }
}
