// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hotspots/comparison.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cmath>
#include <limits>
#include <map>

using namespace patchlight;

namespace {

MultiPolygon square(double west, double south, double side) {
    return polygonOf(Box{west, south, west + side, south + side});
}

/// Distinct random boxes; overlaps of boxes can be worked out by hand.
std::vector<Box> randomBoxes(test::Random& random, std::size_t count) {
    std::vector<Box> boxes;
    for (std::size_t i = 0; i < count; ++i) {
        const double west = random.between(0, 1000), south = random.between(0, 1000);
        boxes.push_back({west, south, west + random.between(50, 400), south + random.between(50, 400)});
    }
    return boxes;
}

std::vector<MultiPolygon> outlinesOf(const std::vector<Box>& boxes) {
    std::vector<MultiPolygon> outlines;
    for (const Box& box : boxes) outlines.push_back(polygonOf(box));
    return outlines;
}

double shared(const Box& a, const Box& b) {
    return std::max(0.0, std::min(a.east, b.east) - std::max(a.west, b.west)) *
           std::max(0.0, std::min(a.north, b.north) - std::max(a.south, b.south));
}
double areaOf(const Box& box) {
    return box.width() * box.height();
}

/// Again and again the pair of those left that shares most.
std::map<std::size_t, std::size_t> bruteForcePairs(const std::vector<Box>& before, const std::vector<Box>& now,
                                                   double least) {
    std::map<std::size_t, std::size_t> beforeOf;
    std::vector<bool> taken(before.size());
    for (;;) {
        double best = 0.0;
        std::size_t bestBefore = 0, bestNow = 0;
        for (std::size_t j = 0; j < now.size(); ++j)
            for (std::size_t i = 0; i < before.size(); ++i) {
                const double ground = shared(before[i], now[j]);
                if (taken[i] || beforeOf.contains(j) || ground <= best) continue;
                if (ground < least * std::min(areaOf(before[i]), areaOf(now[j]))) continue;
                best = ground, bestBefore = i, bestNow = j;
            }
        if (best == 0.0) return beforeOf;
        beforeOf[bestNow] = bestBefore;
        taken[bestBefore] = true;
    }
}

double binomial(std::size_t n, std::size_t k, double q) {
    const auto x = static_cast<double>(n), y = static_cast<double>(k);
    return std::exp(std::lgamma(x + 1) - std::lgamma(y + 1) - std::lgamma(x - y + 1) + y * std::log(q) +
                    (x - y) * std::log1p(-q));
}

double bruteForceProbability(std::size_t a, std::size_t b, double q) {
    const double observed = binomial(a + b, a, q);
    double sum = 0.0;
    for (std::size_t k = 0; k <= a + b; ++k)
        if (const double p = binomial(a + b, k, q); p <= observed * (1 + 1e-7)) sum += p;
    return std::min(1.0, sum);
}

} // namespace

TEST_CASE("pairs are those that a search through all pairs finds", "[hotspots][oracle]") {
    test::Random random{21};
    for (int round = 0; round < 60; ++round) {
        const auto before = randomBoxes(random, random.below(12)), now = randomBoxes(random, random.below(12));
        const double least = random.between(0.05, 0.9);
        const auto matches = matchHotspots(outlinesOf(before), outlinesOf(now), least);
        REQUIRE(matches);
        const auto expected = bruteForcePairs(before, now, least);
        std::map<std::size_t, std::size_t> found;
        for (const HotspotMatch& match : *matches) {
            if (!match.before || !match.now) continue;
            found[*match.now] = *match.before;
            const Box &a = before[*match.before], &b = now[*match.now];
            CHECK(match.overlap == Approx(shared(a, b) / std::min(areaOf(a), areaOf(b))));
        }
        CHECK(found == expected);
    }
}

TEST_CASE("every outline is in one match, and time turned round pairs the same", "[hotspots][property]") {
    test::Random random{22};
    for (int round = 0; round < 40; ++round) {
        const auto before = outlinesOf(randomBoxes(random, random.below(15))),
                   now = outlinesOf(randomBoxes(random, random.below(15)));
        const auto forward = matchHotspots(before, now), backward = matchHotspots(now, before);
        REQUIRE(forward);
        REQUIRE(backward);
        std::vector<int> seenBefore(before.size()), seenNow(now.size());
        std::map<std::size_t, std::size_t> pairs, turned;
        for (const HotspotMatch& match : *forward) {
            if (match.before) ++seenBefore[*match.before];
            if (match.now) ++seenNow[*match.now];
            if (match.before && match.now) pairs[*match.now] = *match.before;
            const bool pair = match.before && match.now;
            CHECK((pair || (match.merged.empty() && match.split.empty())));
        }
        for (const HotspotMatch& match : *backward)
            if (match.before && match.now) turned[*match.before] = *match.now;
        CHECK(pairs == turned);
        CHECK(std::all_of(seenBefore.begin(), seenBefore.end(), [](int n) { return n == 1; }));
        CHECK(std::all_of(seenNow.begin(), seenNow.end(), [](int n) { return n == 1; }));
    }
}

TEST_CASE("hotspots that stay where they are keep who they are", "[hotspots][property]") {
    test::Random random{23};
    std::vector<MultiPolygon> outlines;
    for (int i = 0; i < 9; ++i) outlines.push_back(square(500.0 * (i % 3), 500.0 * (i / 3), random.between(50, 400)));
    const auto same = matchHotspots(outlines, outlines);
    REQUIRE(same);
    REQUIRE(same->size() == outlines.size());
    for (std::size_t i = 0; i < same->size(); ++i) {
        CHECK((*same)[i].now == i);
        CHECK((*same)[i].before == i);
        CHECK((*same)[i].overlap == Approx(1.0));
    }
}

TEST_CASE("merged and split hotspots are named, the larger part keeps the identity", "[hotspots]") {
    const std::vector<MultiPolygon> two{square(0, 0, 100), square(150, 0, 60)}, one{square(0, 0, 210)};
    const auto merged = matchHotspots(two, one);
    REQUIRE(merged);
    REQUIRE(merged->size() == 2);
    CHECK((*merged)[0].before == 0u);
    CHECK((*merged)[0].merged == std::vector<std::size_t>{1});
    CHECK((*merged)[1].before == 1u);
    CHECK_FALSE((*merged)[1].now);
    const auto split = matchHotspots(one, two);
    REQUIRE(split);
    REQUIRE(split->size() == 2);
    CHECK((*split)[0].before == 0u);
    CHECK((*split)[0].split == std::vector<std::size_t>{1});
    CHECK_FALSE((*split)[1].before);
}

TEST_CASE("touching, too small an overlap and nothing at all are no match", "[hotspots][edge]") {
    const std::vector<MultiPolygon> left{square(0, 0, 100)}, touching{square(100, 0, 100)}, corner{square(80, 80, 100)};
    CHECK(matchHotspots(left, touching)->size() == 2);
    CHECK(matchHotspots(left, corner)->size() == 2); // 4 % shared
    CHECK(matchHotspots(left, corner, 0.04)->size() == 1);
    CHECK(matchHotspots({}, {})->empty());
    CHECK(matchHotspots(left, {})->size() == 1);
    CHECK(matchHotspots({}, left)->size() == 1);
    const std::vector<MultiPolygon> empty(1);
    CHECK(matchHotspots(empty, left)->size() == 2);
    for (const double least : {0.0, -1.0, 1.5, std::numeric_limits<double>::quiet_NaN()})
        CHECK(matchHotspots(left, left, least).error().subject == "leastOverlap");
    std::stop_source stop;
    stop.request_stop();
    CHECK(matchHotspots(left, left, 0.3, {stop.get_token(), {}}).error().code == ErrorCode::cancelled);
}

TEST_CASE("the probability is the sum over all counts as unlikely", "[hotspots][oracle]") {
    test::Random random{24};
    for (int i = 0; i < 400; ++i) {
        const std::size_t a = random.below(80), b = random.below(80);
        const double ta = random.between(1, 60), tb = random.between(1, 60);
        INFO(a << " in " << ta << ", " << b << " in " << tb);
        CHECK(equalRatesProbability(a, b, ta, tb) == Approx(bruteForceProbability(a, b, ta / (ta + tb))).epsilon(1e-9));
        CHECK(equalRatesProbability(a, b, ta, tb) == Approx(equalRatesProbability(b, a, tb, ta)).epsilon(1e-12));
    }
    // R, ?poisson.test: poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))
    CHECK(equalRatesProbability(11, 21, 800, 3011) == Approx(0.07967).margin(5e-6));
    // by hand: 2 (1 + 8 + 28)/256 of binomial(8, 1/2)
    CHECK(equalRatesProbability(2, 6) == Approx(74.0 / 256));
    CHECK(equalRatesProbability(0, 0) == 1.0);
    CHECK(equalRatesProbability(7, 7) == Approx(1.0));
}

TEST_CASE("a true null is rejected at most as often as the level says", "[hotspots][property]") {
    for (const double q : {0.5, 0.4, 0.1})
        for (const std::size_t n : {1u, 5u, 12u, 40u, 150u}) {
            double rejected = 0.0;
            for (std::size_t k = 0; k <= n; ++k)
                if (equalRatesProbability(k, n - k, q, 1 - q) < 0.05) rejected += binomial(n, k, q);
            CHECK(rejected < 0.05);
        }
}

TEST_CASE("very large and very unlike counts neither overflow nor vanish", "[hotspots][edge]") {
    CHECK(equalRatesProbability(1'000'000, 1'000'100) == Approx(0.944).margin(2e-3)); // z = 0.07
    CHECK(equalRatesProbability(5000, 0) >= 0.0);
    CHECK(equalRatesProbability(5000, 0) < 1e-250);
    CHECK(equalRatesProbability(30, 0) == Approx(2 * std::pow(0.5, 30)));
}

TEST_CASE("Holm's adjustment is the definition, and keeps the order", "[hotspots][oracle]") {
    CHECK(holmAdjusted(std::vector<double>{}).empty());
    const auto four = holmAdjusted(std::vector<double>{0.04, 0.01, 0.03, 0.02}); // R: p.adjust(, "holm")
    CHECK(four[0] == Approx(0.06));
    CHECK(four[1] == Approx(0.04));
    CHECK(four[2] == Approx(0.06));
    CHECK(four[3] == Approx(0.06));
    test::Random random{25};
    std::vector<double> p;
    for (int i = 0; i < 30; ++i) p.push_back(random.unit() * random.unit() * 0.2);
    const auto adjusted = holmAdjusted(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        double expected = 0.0; // the largest over those not above it of (how many are not below) times it
        for (std::size_t j = 0; j < p.size(); ++j) {
            if (p[j] > p[i]) continue;
            const auto left = std::count_if(p.begin(), p.end(), [&](double other) { return other >= p[j]; });
            expected = std::max(expected, static_cast<double>(left) * p[j]);
        }
        CHECK(adjusted[i] == Approx(std::min(1.0, expected)));
        CHECK(adjusted[i] >= p[i]);
    }
}

TEST_CASE("grown and shrunk are said only beyond chance, by rate where periods differ in length", "[hotspots]") {
    const std::vector<std::size_t> before{100, 100, 10, 40, 0}, now{190, 40, 14, 40, 0};
    const auto changes = judgedChanges(before, now, 30, 30);
    REQUIRE(changes);
    CHECK((*changes)[0].change == Change::grown);
    CHECK((*changes)[1].change == Change::shrunk);
    CHECK((*changes)[2].change == Change::steady);
    CHECK((*changes)[3].change == Change::steady);
    CHECK((*changes)[4].adjusted == 1.0);
    const std::vector<std::size_t> a{300}, b{100}; // 90 days against 30: the same rate
    CHECK(judgedChanges(a, b, 90, 30)->front().change == Change::steady);
    CHECK(judgedChanges(b, a, 90, 30)->front().change == Change::grown);
    CHECK(judgedChanges(a, before, 30, 30).error().subject == "counts");
    for (const double days : {0.0, -1.0, std::numeric_limits<double>::infinity()})
        CHECK(judgedChanges(a, b, days, 30).error().subject == "days");
    CHECK(judgedChanges({}, {}, 30, 30)->empty());
}
