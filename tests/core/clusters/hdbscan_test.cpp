// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "tests/core/clusters/patterns.h"
#include "tests/support/catch.h"
#include "tests/support/pattern.h"

#include <functional>
#include <limits>
#include <map>
#include <set>

using namespace patchlight;
using patchlight::test::hubs;
using patchlight::test::Random;

namespace {

/// The definition on single incidents: all pairs, and groups taken apart level by level.
class Slow {
public:
    Slow(std::vector<ProjectedPoint> points, const HdbscanParameters& parameters)
        : m_points{std::move(points)}, m_parameters{parameters}, m_core(m_points.size()), m_last(m_points.size(), 0),
          m_leaves(m_points.size(), 0.0) {
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            std::vector<double> distances;
            for (std::size_t j = 0; j < m_points.size(); ++j) distances.push_back(apart(i, j));
            std::sort(distances.begin(), distances.end());
            m_core[i] = distances.at(parameters.minPoints - 1);
        }
        std::vector<std::size_t> all(m_points.size());
        std::iota(all.begin(), all.end(), 0u);
        m_clusters.push_back({0, 1.0 / std::max(longestEdge(all), parameters.resolution.value()), 0.0, 0.0});
        takeApart(all, 0);
        choose();
    }

    struct Cluster {
        std::size_t parent;
        double birth, end, stability;
        bool chosen = false;
    };
    double treeWeight = 0.0;
    std::vector<std::int32_t> labels;
    std::vector<double> probability, stability;

private:
    [[nodiscard]] double apart(std::size_t i, std::size_t j) const {
        const double dx = m_points[i].east - m_points[j].east, dy = m_points[i].north - m_points[j].north;
        return std::sqrt(dx * dx + dy * dy);
    }
    [[nodiscard]] double reach(std::size_t i, std::size_t j) const {
        return std::max({m_core[i], m_core[j], apart(i, j)});
    }

    /// Prim's tree of a group: the longest edge; the whole data's total is kept.
    double longestEdge(const std::vector<std::size_t>& group) {
        std::vector<double> nearest(group.size(), std::numeric_limits<double>::infinity());
        std::vector<bool> in(group.size(), false);
        double longest = 0.0, total = 0.0;
        std::size_t at = 0;
        for (std::size_t step = 1; step < group.size(); ++step) {
            in[at] = true;
            std::size_t next = at;
            for (std::size_t k = 0; k < group.size(); ++k) {
                if (in[k]) continue;
                nearest[k] = std::min(nearest[k], reach(group[at], group[k]));
                if (in[next] || nearest[k] < nearest[next]) next = k;
            }
            at = next;
            longest = std::max(longest, nearest[at]);
            total += nearest[at];
        }
        if (group.size() == m_points.size()) treeWeight = total;
        return longest;
    }

    void takeApart(const std::vector<std::size_t>& group, std::size_t cluster) {
        const double level = std::max(longestEdge(group), m_parameters.resolution.value());
        const double lambda = 1.0 / level;
        std::vector<std::vector<std::size_t>> parts, large;
        std::set<std::size_t> left(group.begin(), group.end());
        while (!left.empty()) {
            std::vector<std::size_t> part{*left.begin()};
            left.erase(left.begin());
            for (std::size_t k = 0; k < part.size(); ++k)
                for (auto other = left.begin(); other != left.end();)
                    if (std::max(reach(part[k], *other), m_parameters.resolution.value()) < level) {
                        part.push_back(*other);
                        other = left.erase(other);
                    } else {
                        ++other;
                    }
            parts.push_back(part);
        }
        for (const auto& part : parts)
            if (part.size() >= m_parameters.minClusterSize) large.push_back(part);
        const auto leave = [&](const std::vector<std::size_t>& part) {
            m_clusters[cluster].stability += static_cast<double>(part.size()) * (lambda - m_clusters[cluster].birth);
        };
        for (const auto& part : parts) {
            if (large.size() == 1 && part == large.front()) continue;
            leave(part);
            for (const std::size_t i : part) {
                m_last[i] = cluster;
                m_leaves[i] = lambda;
            }
        }
        if (large.size() == 1) return takeApart(large.front(), cluster);
        m_clusters[cluster].end = lambda;
        if (large.size() < 2) return;
        for (const auto& part : large) {
            m_clusters.push_back({cluster, lambda, 0.0, 0.0});
            takeApart(part, m_clusters.size() - 1);
        }
    }

    void choose() {
        const std::function<double(std::size_t)> best = [&](std::size_t c) {
            double below = 0.0;
            for (std::size_t child = 1; child < m_clusters.size(); ++child)
                if (m_clusters[child].parent == c) below += best(child);
            m_clusters[c].chosen = c > 0 && m_clusters[c].stability >= below;
            return m_clusters[c].chosen ? m_clusters[c].stability : below;
        };
        best(0);
        std::map<std::size_t, std::int32_t> names;
        for (std::size_t i = 0; i < m_points.size(); ++i) {
            std::size_t holder = 0;
            for (std::size_t c = m_last[i]; c > 0; c = m_clusters[c].parent)
                if (m_clusters[c].chosen) holder = c; // the outermost
            labels.push_back(-1);
            probability.push_back(0.0);
            if (holder == 0) continue;
            const auto [name, fresh] = names.emplace(holder, static_cast<std::int32_t>(names.size()));
            if (fresh) stability.push_back(m_clusters[holder].stability);
            labels.back() = name->second;
            probability.back() = std::min(1.0, m_leaves[i] / m_clusters[holder].end);
        }
    }

    std::vector<ProjectedPoint> m_points;
    HdbscanParameters m_parameters;
    std::vector<double> m_core;
    std::vector<Cluster> m_clusters;
    std::vector<std::size_t> m_last;
    std::vector<double> m_leaves;
};

void checkEqual(const test::WeightedPlaces& data, const HdbscanParameters& parameters) {
    const auto incidents = data.incidents();
    const Slow slow(incidents.points, parameters);
    const auto fast = hdbscan(data.places, data.weights, parameters);
    REQUIRE(fast);
    CHECK(fast->treeWeight == Approx(slow.treeWeight).epsilon(1e-12));
    REQUIRE(fast->clusters() == slow.stability.size());
    for (std::size_t c = 0; c < fast->clusters(); ++c)
        CHECK(fast->stability[c] == Approx(slow.stability[c]).epsilon(1e-9));
    std::vector<std::int32_t> labels;
    bool sameProbability = true;
    for (std::size_t i = 0; i < incidents.points.size(); ++i) {
        labels.push_back(fast->cluster[incidents.place[i]]);
        sameProbability &= std::abs(fast->probability[incidents.place[i]] - slow.probability[i]) <= 1e-12;
    }
    CHECK(labels == slow.labels);
    CHECK(sameProbability);
}

} // namespace

TEST_CASE("HDBSCAN finds a close and a loose group that no single distance would", "[clusters]") {
    const auto pattern = test::patternFromText(Metres{10.0}, R"(
        a a a . . . . . b . . b . . b
        a a a . . . . . . . . . . . .
        a a a . . . . . . . . . . . .
        . . . . . . . . b . . b . . b
        . . . . . . . . . . . . . . .
        . . . . . . . . . . . . . . .
        . . . . . . . . b . . b . . b
        . . . . . . . . . . . . . . .
        . . . . . . . . . . . . . . .
        . . . . . . . . . . . . . . .
        . . . . . . . . . . . . . . .
        . . . . . . . . . . . . . . .
        n . . . . . . . . . . . . . .)");
    const auto result = hdbscan(pattern.points, {}, {.minPoints = 3, .minClusterSize = 5});
    REQUIRE(result);
    CHECK(result->clusters() == 2);
    for (const std::size_t a : pattern.indices('a')) CHECK(result->cluster[a] == 0);
    for (const std::size_t b : pattern.indices('b')) CHECK(result->cluster[b] == 1);
    CHECK(result->cluster[pattern.at('n')] == -1);
    CHECK(result->probability[pattern.at('n')] == 0.0);
    CHECK(result->probability[pattern.at('a')] == 1.0);
    CHECK(result->stability[0] > result->stability[1]);
}

TEST_CASE("HDBSCAN on weighted places equals the definition on single incidents", "[clusters][oracle]") {
    const bool lattice = GENERATE(false, true);
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random{seed};
        const auto data = hubs(seed, lattice, 1 + random.below(4), 12);
        HdbscanParameters parameters;
        parameters.minPoints = 1 + random.below(9);
        parameters.minClusterSize = 2 + random.below(9);
        parameters.resolution = Metres{seed % 3 == 0 ? 30.0 : 0.5};
        CAPTURE(seed, lattice, parameters.minPoints, parameters.minClusterSize);
        checkEqual(data, parameters);
    }
}

TEST_CASE("a lattice and a line of equal steps, all of whose distances tie, equal the definition",
          "[clusters][oracle][edge]") {
    test::WeightedPlaces lattice, line;
    for (int i = 0; i < 64; ++i) {
        lattice.places.push_back({i % 8 * 10.0, i / 8 * 10.0});
        line.places.push_back({i * 10.0 + (i > 30 ? 15.0 : 0.0), 5.0});
    }
    lattice.weights.assign(64, 1.0);
    line.weights.assign(64, 2.0);
    for (const std::size_t minPoints : {std::size_t{1}, std::size_t{3}, std::size_t{6}}) {
        checkEqual(lattice, {.minPoints = minPoints, .minClusterSize = 4});
        checkEqual(line, {.minPoints = minPoints, .minClusterSize = 4});
    }
}

TEST_CASE("the order of the places only names HDBSCAN's clusters", "[clusters][property]") {
    const bool lattice = GENERATE(false, true);
    const auto data = hubs(11, lattice, 3, 300);
    const auto before = hdbscan(data.places, data.weights);
    std::vector<std::size_t> order(data.places.size());
    std::iota(order.begin(), order.end(), 0u);
    Random{12}.shuffle(order);
    test::WeightedPlaces shuffled;
    for (const std::size_t i : order) {
        shuffled.places.push_back(data.places[i]);
        shuffled.weights.push_back(data.weights[i]);
    }
    const auto after = hdbscan(shuffled.places, shuffled.weights);
    REQUIRE(before);
    REQUIRE(after);
    CHECK(before->clusters() > 1);
    CHECK(before->clusters() == after->clusters());
    CHECK(after->treeWeight == Approx(before->treeWeight).epsilon(1e-13));
    std::map<std::int32_t, std::set<std::int32_t>> names;
    for (std::size_t i = 0; i < order.size(); ++i) {
        CHECK(after->probability[i] == before->probability[order[i]]);
        names[after->cluster[i]].insert(before->cluster[order[i]]);
    }
    for (const auto& [name, theirs] : names) {
        REQUIRE(theirs.size() == 1);
        CHECK((name < 0) == (*theirs.begin() < 0));
        if (name >= 0) CHECK(after->stability[name] == Approx(before->stability[*theirs.begin()]).epsilon(1e-12));
    }
}

TEST_CASE("HDBSCAN is the same on any number of threads", "[clusters][property]") {
    const bool lattice = GENERATE(false, true);
    const auto data = hubs(21, lattice, 4, 3000);
    const auto run = [&](std::size_t threads) {
        const ThreadLimit limit{threads};
        return hdbscan(data.places, data.weights, {.minPoints = 8, .minClusterSize = 12});
    };
    const auto one = run(1);
    REQUIRE(one);
    for (const std::size_t threads : {std::size_t{2}, std::size_t{7}}) {
        const auto many = run(threads);
        REQUIRE(many);
        CHECK(many->cluster == one->cluster);
        CHECK(many->probability == one->probability);
        CHECK(many->stability == one->stability);
        CHECK(many->treeWeight == one->treeWeight);
    }
}

TEST_CASE("scaling the map scales the tree and leaves HDBSCAN's clusters", "[clusters][property]") {
    auto data = hubs(31, false, 3, 60);
    const auto before = hdbscan(data.places, data.weights, {.resolution = Metres{0.001}});
    for (ProjectedPoint& p : data.places) p = {p.east * 4, p.north * 4};
    const auto after = hdbscan(data.places, data.weights, {.resolution = Metres{0.004}});
    REQUIRE(before);
    REQUIRE(after);
    CHECK(after->cluster == before->cluster);
    CHECK(after->treeWeight == 4 * before->treeWeight);
}

TEST_CASE("none, one, too few and all at one place make no cluster of HDBSCAN", "[clusters][edge]") {
    CHECK(hdbscan({}, {})->cluster.empty());
    const std::vector<ProjectedPoint> one{{400000.0, 90000.0}};
    for (const double weight : {1.0, 9.0, 10.0, 5000.0}) {
        const auto result = hdbscan(one, std::vector<double>{weight});
        REQUIRE(result);
        CHECK(result->cluster == std::vector<std::int32_t>{-1});
        CHECK(result->probability == std::vector<double>{0.0});
        CHECK(result->clusters() == 0);
        CHECK(result->treeWeight == 0.0);
    }
    const std::vector<ProjectedPoint> same(300, one[0]);
    CHECK(hdbscan(same, {})->clusters() == 0);
    const std::vector<ProjectedPoint> two{{0.0, 0.0}, {30.0, 40.0}};
    const auto few = hdbscan(two, {});
    CHECK(few->clusters() == 0);
    CHECK(few->treeWeight == 0.0);
    // Two places with enough incidents each are two clusters, however far apart; no density is infinite.
    const auto busy = hdbscan(two, std::vector<double>{10.0, 25.0});
    REQUIRE(busy);
    CHECK(busy->cluster == std::vector<std::int32_t>{0, 1});
    CHECK(busy->treeWeight == 50.0);
    CHECK(busy->stability[1] == Approx(25.0 * (1.0 - 1.0 / 50.0)));
    CHECK(hdbscan(two, std::vector<double>{10.0, 25.0}, {.resolution = Metres{60.0}})->clusters() == 0);
}

TEST_CASE("HDBSCAN takes wild positions and more incidents asked for than there are", "[clusters][edge]") {
    auto data = hubs(41, false, 2, 40);
    data.places.push_back({1e12, -1e12});
    data.weights.push_back(1.0);
    const auto result = hdbscan(data.places, data.weights, {.minPoints = 5, .minClusterSize = 5});
    REQUIRE(result);
    CHECK(result->cluster.back() == -1);
    CHECK(std::isfinite(result->treeWeight));
    const auto many = hdbscan(data.places, data.weights, {.minPoints = 1'000'000'000});
    REQUIRE(many);
    CHECK(many->clusters() == 0);
    CHECK(hdbscan(data.places, data.weights, {.minPoints = 3, .minClusterSize = 1'000'000})->clusters() == 0);
    CHECK(hdbscan(data.places, data.weights, {.resolution = Metres{1e300}})->clusters() == 0);
}

TEST_CASE("an HDBSCAN that makes no sense is refused with a sentence", "[clusters][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const std::vector<ProjectedPoint> points{{0.0, 0.0}, {1000.0, 0.0}};
    const auto refusal = [](const Expected<HdbscanLabels>& result) {
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::invalidParameter);
        return result.error();
    };
    CHECK(refusal(hdbscan(points, {}, {.minPoints = 0})).message ==
          "A dense neighbourhood needs at least one incident.");
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}})
        CHECK(refusal(hdbscan(points, {}, {.minClusterSize = size})).message ==
              "A cluster needs at least two incidents.");
    for (const double resolution : {0.0, -1.0, nan, infinity})
        CHECK(refusal(hdbscan(points, {}, {.resolution = Metres{resolution}})).message ==
              "The resolution must be a positive number of metres.");
    CHECK(refusal(hdbscan(points, std::vector<double>{1.0})).subject == "weights");
    for (const double weight : {0.0, -1.0, nan, infinity})
        CHECK(refusal(hdbscan(points, std::vector<double>{1.0, weight})).subject == "weights");
    CHECK(refusal(hdbscan(points, std::vector<double>{1.0, 2.5})).message ==
          "The weight of point 2 is 2.5: weights are whole numbers of incidents here.");
    for (const double bad : {nan, infinity})
        CHECK(refusal(hdbscan(std::vector<ProjectedPoint>{{0.0, 0.0}, {0.0, bad}}, {})).message ==
              "Point 2 has a coordinate that is not a number: leave points without a position out.");
    CHECK(refusal(hdbscan(std::vector<ProjectedPoint>{{1e13, 0.0}}, {})).message ==
          "Point 1 lies farther away than any place on Earth: check its coordinates.");
}

TEST_CASE("a cancelled HDBSCAN stops and says so", "[clusters]") {
    const auto data = hubs(51, false, 2, 500);
    for (const double when : {0.0, 0.1, 0.3, 0.6, 0.8, 0.9}) {
        std::stop_source source;
        double last = 0.0;
        TaskContext task{source.get_token(), [&](Progress progress) {
                             CHECK(progress.fraction >= last);
                             last = progress.fraction;
                             if (progress.fraction >= when) source.request_stop();
                         }};
        const auto result = hdbscan(data.places, data.weights, {}, task);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::cancelled);
    }
}
