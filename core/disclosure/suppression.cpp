// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/suppression.h"

#include <algorithm>
#include <numeric>

namespace patchlight {

namespace {

/// What is said of one cell alone.
CountRange saidOf(std::size_t count, Shown shown, const SuppressionRules& rules) {
    switch (shown) {
    case Shown::small:
        return {1, rules.smallBelow - 1};
    case Shown::hidden:
        return {std::max<std::size_t>(rules.smallBelow, 1), noLimit};
    case Shown::rounded: {
        if (rules.roundTo == 0 || count == 0) return {count, count};
        // The counts that are rounded to the same: halves go up, and nothing but 0 goes to 0.
        const std::size_t said = roundedCount(count, rules.roundTo), below = rules.roundTo / 2,
                          above = (rules.roundTo - 1) / 2;
        const std::size_t least = said == rules.roundTo ? 1 : said - below;
        return {std::max(least, rules.smallBelow), said + above};
    }
    default:
        return {count, count};
    }
}

std::size_t added(std::size_t a, std::size_t b) {
    return std::min(a + b, noLimit);
}
std::size_t lessOrNone(std::size_t a, std::size_t b) {
    return a > b ? a - b : 0;
}

/// Sums that a descending list can have with its cell i at v: they have no gaps, so these two say it all.
struct Sums {
    std::size_t least = 0, most = 0;
};
Sums sumsWith(const std::vector<CountRange>& ranges, std::size_t i, std::size_t v) {
    Sums sums{v, v};
    for (std::size_t j = 0; j < ranges.size(); ++j) {
        if (j == i) continue;
        sums.least += j < i ? std::max(ranges[j].least, v) : ranges[j].least;
        sums.most = added(sums.most, j < i ? ranges[j].most : std::min(ranges[j].most, v));
    }
    return sums;
}

/// Both sums grow with v, so what is possible is one stretch of numbers: its ends by halving.
CountRange inOrder(const std::vector<CountRange>& ranges, std::size_t i, std::size_t least, std::size_t total) {
    const std::size_t low = ranges[i].least, high = std::min(ranges[i].most, total);
    if (high < low) return {low, low};
    const auto firstWhere = [&](auto holds) {
        std::size_t from = low, to = high + 1;
        while (from < to) {
            const std::size_t middle = from + (to - from) / 2;
            if (holds(middle))
                to = middle;
            else
                from = middle + 1;
        }
        return from;
    };
    const std::size_t first = firstWhere([&](std::size_t v) { return sumsWith(ranges, i, v).most >= least; });
    const std::size_t tooMuch = firstWhere([&](std::size_t v) { return sumsWith(ranges, i, v).least > total; });
    return {first, tooMuch == 0 ? 0 : tooMuch - 1};
}

std::size_t sumOf(const std::vector<std::size_t>& counts) {
    return std::accumulate(counts.begin(), counts.end(), std::size_t{0});
}

/// How well a column is protected: 0 not at all, 1 two numbers for each, 2 as many as there are small ones.
int protection(const CountColumn& column, const std::vector<Shown>& cells, const SuppressionRules& rules) {
    const std::vector<CountRange> ranges = feasibleCounts(column, cells, rules);
    const std::size_t wanted = std::max<std::size_t>(2, rules.smallBelow - 1);
    const auto levelOf = [&](const CountRange& range) {
        return range.values() >= wanted ? 2 : range.values() >= 2 ? 1 : 0;
    };
    int least = 2;
    for (std::size_t i = 0; i < cells.size() && least > 0; ++i)
        if (!hasFigure(cells[i])) least = std::min(least, levelOf(ranges[i]));
    if (column.total && !column.complete) {
        const std::size_t rest = lessOrNone(*column.total, sumOf(column.counts));
        if (rest > 0 && rest < rules.smallBelow) least = std::min(least, levelOf(ranges.back()));
    }
    return least;
}

} // namespace

std::size_t roundedCount(std::size_t count, std::size_t multiple) {
    if (multiple == 0 || count == 0) return count;
    return std::max(multiple, (count + multiple / 2) / multiple * multiple);
}

std::vector<CountRange> feasibleCounts(const CountColumn& column, std::span<const Shown> shown,
                                       const SuppressionRules& rules) {
    const std::size_t n = column.counts.size();
    std::vector<CountRange> ranges;
    for (std::size_t i = 0; i < n; ++i) ranges.push_back(saidOf(column.counts[i], shown[i], rules));
    if (column.descending) {
        for (std::size_t i = 1; i < n; ++i) ranges[i].most = std::min(ranges[i].most, ranges[i - 1].most);
        for (std::size_t i = n; i-- > 1;) ranges[i - 1].least = std::max(ranges[i - 1].least, ranges[i].least);
    }
    std::size_t leastSum = 0, mostSum = 0;
    for (const CountRange& range : ranges) {
        leastSum += range.least;
        mostSum = added(mostSum, range.most);
    }
    if (!column.total) {
        ranges.push_back({0, noLimit});
        return ranges;
    }
    const std::size_t total = *column.total, leastTotal = column.complete ? total : 0;
    std::vector<CountRange> possible;
    for (std::size_t i = 0; i < n; ++i) {
        if (hasFigure(shown[i]) && !(shown[i] == Shown::rounded)) {
            possible.push_back(ranges[i]);
            continue;
        }
        if (column.descending) {
            possible.push_back(inOrder(ranges, i, leastTotal, total));
            continue;
        }
        const std::size_t others = leastSum - ranges[i].least;
        std::size_t most = std::min(ranges[i].most, lessOrNone(total, others)), least = ranges[i].least;
        if (column.complete) {
            std::size_t mostOthers = 0;
            if (mostSum < noLimit)
                mostOthers = mostSum - ranges[i].most;
            else
                for (std::size_t j = 0; j < n; ++j)
                    if (j != i) mostOthers = added(mostOthers, ranges[j].most);
            least = std::max(least, lessOrNone(total, mostOthers));
        }
        possible.push_back({least, most});
    }
    possible.push_back(column.complete ? CountRange{0, 0}
                                       : CountRange{lessOrNone(total, mostSum), lessOrNone(total, leastSum)});
    return possible;
}

Suppressed suppress(const CountColumn& column, const SuppressionRules& rules) {
    Suppressed result;
    for (const std::size_t count : column.counts) {
        const bool small = count > 0 && count < rules.smallBelow;
        result.cells.push_back(small ? Shown::small : rules.roundTo > 0 ? Shown::rounded : Shown::exact);
    }
    if (rules.smallBelow == 0) return result;
    std::vector<std::size_t> order; // what may be hidden in addition, the smallest first, of equals the last listed
    for (std::size_t i = column.counts.size(); i-- > 0;)
        if (column.counts[i] >= rules.smallBelow) order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return column.counts[a] < column.counts[b]; });
    const auto suffices = [&](std::size_t cell) {
        std::vector<Shown> tried = result.cells;
        tried[cell] = Shown::hidden;
        return protection(column, tried, rules) == 2;
    };
    int reached = protection(column, result.cells, rules);
    std::optional<std::vector<Shown>> enough; // the first that leaves two numbers each, should more not be had
    while (reached < 2 && !order.empty()) {
        if (reached == 1 && !enough) enough = result.cells;
        // Larger counts hide better, so the first that is enough is the smallest.
        auto next = std::find_if(order.begin(), order.end(), suffices);
        if (next == order.end()) next = order.begin();
        result.cells[*next] = Shown::hidden;
        order.erase(next);
        reached = protection(column, result.cells, rules);
    }
    if (reached < 2 && enough) {
        result.cells = std::move(*enough);
        reached = 1;
    }
    result.isProtected = reached >= 1;
    return result;
}

} // namespace patchlight
