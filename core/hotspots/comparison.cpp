// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hotspots/comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace patchlight {

namespace {

constexpr double level = 0.05;

/// Two outlines that can be one hotspot.
struct Candidate {
    std::size_t before = 0, now = 0;
    double ground = 0.0, overlap = 0.0; // m^2; of the smaller
};

Expected<std::vector<Candidate>> candidatesOf(std::span<const MultiPolygon> before, std::span<const MultiPolygon> now,
                                              double leastOverlap, const TaskContext& task) {
    std::vector<Box> boxes;
    std::vector<double> areas;
    for (const MultiPolygon& outline : before) {
        boxes.push_back(boxOf(outline));
        areas.push_back(areaOf(outline).value());
    }
    std::vector<Candidate> candidates;
    for (std::size_t j = 0; j < now.size(); ++j) {
        const Box box = boxOf(now[j]);
        const double area = areaOf(now[j]).value();
        for (std::size_t i = 0; i < before.size(); ++i) {
            if (task.cancelled()) return failCancelled();
            const double smaller = std::min(area, areas[i]);
            if (!(smaller > 0.0) || !box.intersects(boxes[i])) continue;
            const auto shared = intersectionOf(before[i], now[j]);
            if (!shared) return fail(shared.error());
            const double ground = areaOf(*shared).value();
            if (ground >= leastOverlap * smaller) candidates.push_back({i, j, ground, std::min(1.0, ground / smaller)});
        }
    }
    return candidates;
}

} // namespace

Expected<std::vector<HotspotMatch>> matchHotspots(std::span<const MultiPolygon> before,
                                                  std::span<const MultiPolygon> now, double leastOverlap,
                                                  const TaskContext& task) {
    if (!(leastOverlap > 0.0 && leastOverlap <= 1.0))
        return fail(ErrorCode::invalidParameter, "The least overlap must be above 0 and at most 1.", "leastOverlap");
    auto candidates = candidatesOf(before, now, leastOverlap, task);
    if (!candidates) return fail(candidates.error());
    std::sort(candidates->begin(), candidates->end(), [](const Candidate& a, const Candidate& b) {
        return std::tie(b.ground, a.now, a.before) < std::tie(a.ground, b.now, b.before);
    });
    std::vector<HotspotMatch> matches(now.size());
    std::vector<std::optional<std::size_t>> matchOf(before.size()); // its place in matches
    for (std::size_t j = 0; j < now.size(); ++j) matches[j].now = j;
    for (const Candidate& one : *candidates) {
        if (matches[one.now].before || matchOf[one.before]) continue;
        matches[one.now].before = one.before;
        matches[one.now].overlap = one.overlap;
        matchOf[one.before] = one.now;
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (matchOf[i]) continue;
        matchOf[i] = matches.size();
        matches.push_back({i, std::nullopt, 0.0, {}, {}});
    }
    for (const Candidate& one : *candidates) {
        HotspotMatch& later = matches[one.now];
        HotspotMatch& earlier = matches[*matchOf[one.before]];
        if (later.before == one.before) continue;
        if (!earlier.now) later.merged.push_back(one.before); // gone, and here is where it went
        if (!later.before) earlier.split.push_back(one.now);  // new, and here is where it came from
    }
    for (HotspotMatch& match : matches) {
        std::sort(match.merged.begin(), match.merged.end());
        std::sort(match.split.begin(), match.split.end());
    }
    return matches;
}

double equalRatesProbability(std::size_t a, std::size_t b, double exposureA, double exposureB) {
    const std::size_t n = a + b;
    if (n == 0) return 1.0;
    const double q = exposureA / (exposureA + exposureB), odds = q / (1.0 - q), count = static_cast<double>(n);
    // Weights relative to the most likely count, so that nothing overflows and no factorial is needed.
    const auto mode = static_cast<std::size_t>(std::min(count, std::floor((count + 1.0) * q)));
    const auto up = [&](std::size_t k) { return odds * static_cast<double>(n - k) / static_cast<double>(k + 1); };
    double observed = 1.0;
    for (std::size_t k = mode; k < a; ++k) observed *= up(k);
    for (std::size_t k = mode; k > a; --k) observed /= up(k - 1);
    const double bound = observed * (1.0 + 1e-7); // equal likelihoods differ in their last digits
    double all = 0.0, unlike = 0.0;
    const auto add = [&](double weight) {
        all += weight;
        if (weight <= bound) unlike += weight;
    };
    constexpr double nothing = 1e-300;
    double weight = 1.0;
    for (std::size_t k = mode;; ++k) {
        add(weight);
        if (k == n || weight < nothing) break;
        weight *= up(k);
    }
    weight = 1.0;
    for (std::size_t k = mode; k > 0 && weight >= nothing; --k) add(weight /= up(k - 1));
    return std::min(1.0, unlike / all);
}

std::vector<double> holmAdjusted(std::span<const double> probabilities) {
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return probabilities[a] < probabilities[b]; });
    std::vector<double> adjusted(probabilities.size());
    double largest = 0.0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        largest = std::max(largest, static_cast<double>(order.size() - i) * probabilities[order[i]]);
        adjusted[order[i]] = std::min(1.0, largest);
    }
    return adjusted;
}

Expected<std::vector<CountChange>> judgedChanges(std::span<const std::size_t> before, std::span<const std::size_t> now,
                                                 double daysBefore, double daysNow) {
    if (before.size() != now.size())
        return fail(ErrorCode::invalidParameter, "There must be as many counts before as now.", "counts");
    if (!(daysBefore > 0.0) || !(daysNow > 0.0) || !std::isfinite(daysBefore + daysNow))
        return fail(ErrorCode::invalidParameter, "Both periods must have days.", "days");
    std::vector<CountChange> changes;
    std::vector<double> probabilities;
    for (std::size_t i = 0; i < now.size(); ++i) {
        probabilities.push_back(equalRatesProbability(now[i], before[i], daysNow, daysBefore));
        changes.push_back({before[i], now[i], probabilities.back(), 1.0, Change::steady});
    }
    const std::vector<double> adjusted = holmAdjusted(probabilities);
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CountChange& change = changes[i];
        change.adjusted = adjusted[i];
        if (!(change.adjusted < level)) continue;
        const bool more = static_cast<double>(change.now) * daysBefore > static_cast<double>(change.before) * daysNow;
        change.change = more ? Change::grown : Change::shrunk;
    }
    return changes;
}

} // namespace patchlight
