// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/suppression.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <functional>
#include <numeric>

using namespace patchlight;

namespace {

std::size_t sumOf(const std::vector<std::size_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

/// Every column of counts up to `most` each that looks as the published one does, given to `visit` with its rest.
void everyColumnLike(const CountColumn& column, const std::vector<Shown>& shown, const SuppressionRules& rules,
                     std::size_t most, const std::function<void(const std::vector<std::size_t>&, std::size_t)>& visit) {
    std::vector<std::size_t> tried(column.counts.size());
    const auto looksAlike = [&](std::size_t i, std::size_t count) {
        const bool small = count > 0 && count < rules.smallBelow;
        switch (shown[i]) {
        case Shown::exact:
            return count == column.counts[i];
        case Shown::rounded:
            return !small && roundedCount(count, rules.roundTo) == roundedCount(column.counts[i], rules.roundTo);
        case Shown::small:
            return small;
        default:
            return count >= rules.smallBelow;
        }
    };
    const std::function<void(std::size_t)> next = [&](std::size_t i) {
        if (i == tried.size()) {
            const std::size_t sum = sumOf(tried);
            if (column.complete ? sum != *column.total : sum > *column.total) return;
            if (column.descending && !std::is_sorted(tried.rbegin(), tried.rend())) return;
            visit(tried, *column.total - sum);
            return;
        }
        for (std::size_t count = 0; count <= most; ++count) {
            if (!looksAlike(i, count)) continue;
            tried[i] = count;
            next(i + 1);
        }
    };
    next(0);
}

/// Rank of the known linear equations with and without one more: equal ranks mean that the unknown is determined.
std::size_t rankOf(std::vector<std::vector<double>> rows) {
    std::size_t rank = 0;
    const std::size_t columns = rows.empty() ? 0 : rows.front().size();
    for (std::size_t column = 0; column < columns && rank < rows.size(); ++column) {
        std::size_t pivot = rank;
        for (std::size_t i = rank; i < rows.size(); ++i)
            if (std::abs(rows[i][column]) > std::abs(rows[pivot][column])) pivot = i;
        if (std::abs(rows[pivot][column]) < 1e-9) continue;
        std::swap(rows[pivot], rows[rank]);
        for (std::size_t i = rank + 1; i < rows.size(); ++i) {
            const double factor = rows[i][column] / rows[rank][column];
            for (std::size_t k = column; k < columns; ++k) rows[i][k] -= factor * rows[rank][k];
        }
        ++rank;
    }
    return rank;
}

CountColumn columnOf(std::vector<std::size_t> counts, bool complete = true, std::size_t rest = 0) {
    const std::size_t total = sumOf(counts) + rest;
    return {std::move(counts), total, complete, false};
}

} // namespace

TEST_CASE("counts are rounded to the nearest multiple, never to nothing", "[disclosure]") {
    CHECK(roundedCount(0, 5) == 0);
    CHECK(roundedCount(1, 5) == 5);
    CHECK(roundedCount(7, 5) == 5);
    CHECK(roundedCount(8, 5) == 10);
    CHECK(roundedCount(15, 10) == 20);
    CHECK(roundedCount(14, 10) == 10);
    CHECK(roundedCount(4812, 0) == 4812);
}

TEST_CASE("small counts are marked and zeros are said", "[disclosure]") {
    const auto shown = suppress({{0, 1, 4, 5, 100}, std::nullopt}, {.smallBelow = 5}).cells;
    CHECK(shown == std::vector{Shown::exact, Shown::small, Shown::small, Shown::exact, Shown::exact});
    CHECK(suppress(columnOf({1, 2, 3}), {.smallBelow = 0}).cells == std::vector(3, Shown::exact));
}

TEST_CASE("one small count beside a total takes a second one with it", "[disclosure]") {
    // 3 = 70 - 40 - 20 - 7 without it. 7 leaves 1 to 4 for the small one: 10 together, and the other is at least 5.
    const auto done = suppress(columnOf({40, 20, 3, 7}), {.smallBelow = 5});
    CHECK(done.cells == std::vector{Shown::exact, Shown::exact, Shown::small, Shown::hidden});
    CHECK(done.isProtected);
    // 5 would leave 1 alone for the 1: it takes a larger one.
    CHECK(suppress(columnOf({40, 9, 1, 5}), {.smallBelow = 5}).cells ==
          std::vector{Shown::exact, Shown::hidden, Shown::small, Shown::exact});
}

TEST_CASE("where the list does not cover everything, the rest hides a small count", "[disclosure]") {
    const auto wide = suppress(columnOf({40, 20, 3}, false, 200), {.smallBelow = 5});
    CHECK(wide.cells == std::vector{Shown::exact, Shown::exact, Shown::small});
    const auto narrow =
        suppress(columnOf({40, 20, 1}, false, 0), {.smallBelow = 5}); // 1 = 61 - 60, were nothing else hidden
    CHECK(narrow.cells == std::vector{Shown::exact, Shown::hidden, Shown::small});
    // Few outside the list can be worked out too.
    const auto few = suppress(columnOf({40, 20, 9}, false, 2), {.smallBelow = 5});
    CHECK(few.cells == std::vector{Shown::exact, Shown::exact, Shown::hidden});
}

TEST_CASE("what cannot be protected is said so", "[disclosure]") {
    CHECK_FALSE(suppress(columnOf({4, 4}), {.smallBelow = 5}).isProtected); // 8: four each
    CHECK_FALSE(suppress(columnOf({1, 0, 0}), {.smallBelow = 5}).isProtected);
    CHECK(suppress(columnOf({3, 2}), {.smallBelow = 5}).isProtected);
    // Two numbers each is enough where more cannot be had, and no more is hidden for it than need be.
    const auto scarce = suppress(columnOf({1, 2, 5}), {.smallBelow = 5});
    CHECK(scarce.isProtected);
    CHECK(scarce.cells == std::vector{Shown::small, Shown::small, Shown::exact});
}

TEST_CASE("a place in a ranked list does not tell a hidden count", "[disclosure]") {
    CountColumn column = columnOf({30, 9, 9, 9, 2});
    column.descending = true;
    const auto done = suppress(column, {.smallBelow = 5});
    REQUIRE(done.isProtected);
    const auto ranges = feasibleCounts(column, done.cells, {.smallBelow = 5});
    for (std::size_t i = 0; i < done.cells.size(); ++i)
        if (!hasFigure(done.cells[i])) CHECK(ranges[i].values() >= 2);
    // Between two nines stands a nine.
    const std::vector<Shown> naive{Shown::exact, Shown::exact, Shown::hidden, Shown::exact, Shown::small};
    CHECK(feasibleCounts(column, naive, {.smallBelow = 5})[2].values() == 1);
}

TEST_CASE("the ranges are those of every table that looks the same", "[disclosure][property]") {
    test::Random random(7);
    constexpr std::size_t most = 14;
    for (int round = 0; round < 400; ++round) {
        const std::size_t n = 2 + random.below(3);
        std::vector<std::size_t> counts;
        for (std::size_t i = 0; i < n; ++i) counts.push_back(random.below(10));
        const bool complete = random.below(2) == 0;
        CountColumn column = columnOf(counts, complete, complete ? 0 : random.below(6));
        if (random.below(2) == 0) {
            std::sort(column.counts.rbegin(), column.counts.rend());
            column.descending = true;
        }
        const SuppressionRules rules{.smallBelow = 3 + random.below(3), .roundTo = random.below(2) == 0 ? 0u : 5u};
        const Suppressed done = suppress(column, rules);
        const auto ranges = feasibleCounts(column, done.cells, rules);
        std::vector<CountRange> found(n + 1, CountRange{noLimit, 0});
        everyColumnLike(column, done.cells, rules, std::max(most, *column.total),
                        [&](const std::vector<std::size_t>& tried, std::size_t rest) {
                            for (std::size_t i = 0; i <= n; ++i) {
                                const std::size_t value = i < n ? tried[i] : rest;
                                found[i].least = std::min(found[i].least, value);
                                found[i].most = std::max(found[i].most, value);
                            }
                        });
        for (std::size_t i = 0; i < n; ++i) {
            INFO("cell " << i << " of round " << round);
            if (!hasFigure(done.cells[i])) {
                CHECK(ranges[i].least == found[i].least);
                CHECK(ranges[i].most == found[i].most);
                if (done.isProtected) CHECK(found[i].most > found[i].least);
            }
        }
        if (complete) continue;
        CHECK(ranges[n].least == found[n].least);
        CHECK(ranges[n].most == found[n].most);
    }
}

TEST_CASE("no hidden cell of a large table is a solution of its totals", "[disclosure][property]") {
    test::Random random(11);
    for (int round = 0; round < 40; ++round) {
        const std::size_t rows = 20 + random.below(60);
        constexpr std::size_t columns = 2; // now, before
        // Unknown: every cell that is not said. Known: the sums of the columns.
        std::vector<std::vector<double>> equations(columns);
        std::vector<std::pair<std::size_t, std::size_t>> unknown;
        for (std::size_t k = 0; k < columns; ++k) {
            std::vector<std::size_t> counts;
            for (std::size_t i = 0; i < rows; ++i) counts.push_back(random.below(random.below(4) == 0 ? 8 : 300));
            const Suppressed done = suppress(columnOf(counts), {.smallBelow = 5});
            REQUIRE(done.isProtected);
            for (std::size_t i = 0; i < rows; ++i)
                if (!hasFigure(done.cells[i])) unknown.emplace_back(i, k);
        }
        for (std::size_t k = 0; k < columns; ++k)
            for (const auto& cell : unknown) equations[k].push_back(cell.second == k ? 1.0 : 0.0);
        const std::size_t rank = rankOf(equations);
        for (std::size_t i = 0; i < unknown.size(); ++i) {
            auto more = equations;
            more.emplace_back(unknown.size(), 0.0).at(i) = 1.0;
            CHECK(rankOf(more) == rank + 1); // were it determined, it would be one of the equations
        }
    }
}

TEST_CASE("thousands of areas are suppressed at once", "[disclosure]") {
    test::Random random(3);
    std::vector<std::size_t> counts;
    for (int i = 0; i < 20000; ++i) counts.push_back(random.below(40));
    const Suppressed done = suppress(columnOf(counts), {.smallBelow = 5});
    CHECK(done.isProtected);
    CHECK(std::count(done.cells.begin(), done.cells.end(), Shown::hidden) == 0); // many small ones hide each other
}
