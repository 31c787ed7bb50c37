// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/place_tree.h"

#include "core/base/parallel.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <limits>
#include <set>

using namespace patchlight;
using patchlight::test::Random;

TEST_CASE("a place tree holds every place once, in boxes that fit", "[geometry][property]") {
    const std::size_t count = GENERATE(std::size_t{1}, std::size_t{2}, std::size_t{8}, std::size_t{9}, std::size_t{17},
                                       std::size_t{100}, std::size_t{1023}, std::size_t{5000});
    auto points = Random{count}.pointsIn({0, 0, 100, 3000}, count);
    for (std::size_t i = 0; i < count; i += 3) points[i] = points[0];
    const PlaceTree tree(points);
    std::set<std::uint32_t> inputs;
    for (std::size_t leaf = tree.leaves(); leaf < tree.nodes(); ++leaf) {
        CHECK(tree.end(leaf) > tree.begin(leaf));
        CHECK(tree.end(leaf) - tree.begin(leaf) <= 8);
        for (std::size_t i = tree.begin(leaf); i < tree.end(leaf); ++i) {
            inputs.insert(tree.input(i));
            CHECK(tree.place(i) == points[tree.input(i)]);
            for (std::size_t node = leaf; node > 0; node /= 2) CHECK(tree.box(node).contains(tree.place(i)));
        }
    }
    CHECK(inputs.size() == count);
    CHECK(tree.box(1) == boxOf(points));
    std::set<std::size_t> visited;
    tree.outwardFrom(
        tree.leaves(), [](std::size_t) { return 0.0; }, [](std::size_t, double) { return true; },
        [&](std::size_t leaf, double) { CHECK(visited.insert(leaf).second); });
    CHECK(visited.size() == tree.leaves());
}

TEST_CASE("a large tree is cut at the medians, however its places come", "[geometry][property]") {
    // Above 262,144 places the median is found in steps.
    const std::size_t order = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{2});
    auto points = Random{31}.pointsIn({0, 0, 900, 500}, 600'000);
    if (order == 1) std::sort(points.begin(), points.end());
    if (order == 2)
        for (std::size_t i = 0; i < points.size(); i += 2) points[i] = {450.0, 250.0}; // half of them in one place
    const PlaceTree tree(points);
    bool cut = true;
    for (std::size_t node = 1; node < 64; ++node) {
        const Box whole = tree.box(node), first = tree.box(2 * node), second = tree.box(2 * node + 1);
        cut = cut && (whole.width() >= whole.height() ? first.east <= second.west : first.north <= second.south);
    }
    CHECK(cut);
    std::vector<bool> seen(points.size(), false);
    for (std::size_t i = 0; i < tree.size(); ++i) {
        cut = cut && !seen[tree.input(i)] && tree.place(i) == points[tree.input(i)];
        seen[tree.input(i)] = true;
    }
    CHECK(cut);
    std::stop_source source;
    source.request_stop();
    CHECK(PlaceTree(points, {source.get_token(), {}}).size() == points.size()); // of no use, and no harm
}

TEST_CASE("walking outward from a leaf finds the nearest place", "[geometry][oracle]") {
    const auto points = Random{3}.pointsIn({0, 0, 500, 500}, 700);
    const PlaceTree tree(points);
    for (std::size_t leaf = tree.leaves(); leaf < tree.nodes(); ++leaf)
        for (std::size_t i = tree.begin(leaf); i < tree.end(leaf); ++i) {
            const ProjectedPoint p = tree.place(i);
            double nearest2 = std::numeric_limits<double>::infinity(), slow2 = nearest2;
            std::size_t leavesSeen = 0;
            tree.outwardFrom(
                leaf, [&](std::size_t node) { return squaredDistance(p, tree.box(node)); },
                [&](std::size_t, double d2) { return d2 < nearest2; },
                [&](std::size_t other, double) {
                    ++leavesSeen;
                    for (std::size_t j = tree.begin(other); j < tree.end(other); ++j)
                        if (j != i) nearest2 = std::min(nearest2, squaredDistance(p, tree.place(j)));
                });
            for (std::size_t j = 0; j < points.size(); ++j)
                if (j != tree.input(i)) slow2 = std::min(slow2, squaredDistance(p, points[j]));
            CHECK(nearest2 == slow2);
            CHECK(leavesSeen < 30);
        }
}

TEST_CASE("a place tree is the same on any number of threads", "[geometry][property]") {
    const auto points = Random{4}.pointsIn({0, 0, 500, 500}, 3000);
    const auto order = [&](std::size_t threads) {
        const ThreadLimit limit{threads};
        const PlaceTree tree(points);
        std::vector<std::uint32_t> inputs;
        for (std::size_t i = 0; i < tree.size(); ++i) inputs.push_back(tree.input(i));
        return inputs;
    };
    CHECK(order(1) == order(2));
    CHECK(order(1) == order(7));
}
