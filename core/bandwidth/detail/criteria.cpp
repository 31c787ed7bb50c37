// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bandwidth/detail/criteria.h"

#include "core/bandwidth/detail/exponential.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numbers>

namespace patchlight::detail {
namespace {

constexpr double reach = 8.5; // bandwidths; a Gaussian is e^-36 of its middle there
constexpr std::size_t targetsAtATime = 8;
constexpr std::size_t placesAtATime = 1024;

/// count e^((offset - squared distance) factor) of the places begin to end, into `values`.
void kernelValues(const PlaceTree& tree, std::uint32_t begin, std::uint32_t end, double east, double north,
                  double offset, double factor, std::array<double, PlaceTree::leafSize>& values) {
    for (std::uint32_t i = begin; i < end; ++i) {
        const double dx = tree.east(i) - east, dy = tree.north(i) - north;
        values[i - begin] = expOfNegative((offset - (dx * dx + dy * dy)) * factor);
    }
}

} // namespace

CrossValidation::CrossValidation(const CountedPlaces& places, double mostPairs)
    : m_tree(places), m_incidents{places.incidents} {
    const auto size = static_cast<double>(m_tree.size());
    m_isSample = size * size > mostPairs;
    if (!m_isSample) {
        m_sampled = m_incidents;
        for (std::uint32_t i = 0; i < m_tree.size(); ++i) m_targets.push_back({i, m_tree.count(i)});
        return;
    }
    // Every n/wanted-th incident in the order of the leaves, where neighbours stand side by side: each part of the map
    // gets its share.
    m_sampled = std::min(std::max(std::floor(mostPairs / size), static_cast<double>(leastSample)), m_incidents);
    double before = 0.0, taken = 0.0;
    for (std::uint32_t i = 0; i < m_tree.size(); ++i) {
        before += m_tree.count(i);
        const double upTo = std::floor(before / m_incidents * m_sampled + 0.5);
        if (upTo > taken) m_targets.push_back({i, upTo - taken});
        taken = upTo;
    }
}

template <class Body> bool CrossValidation::overTargets(const TaskContext& task, Body&& body) const {
    std::atomic<bool> cancelled{false};
    forEachBlock(m_targets.size(), targetsAtATime, [&](std::size_t begin, std::size_t end) {
        if (cancelled || task.cancelled()) {
            cancelled = true;
            return;
        }
        for (std::size_t target = begin; target < end; ++target) body(target);
    });
    return !cancelled;
}

bool CrossValidation::findNeighbours(const TaskContext& task) {
    m_squaredSpacing.assign(m_tree.size(), 0.0);
    std::atomic<bool> cancelled{false};
    forEachBlock(m_tree.size(), placesAtATime, [&](std::size_t begin, std::size_t end) {
        if (cancelled || task.cancelled()) {
            cancelled = true;
            return;
        }
        for (std::size_t i = begin; i < end; ++i) m_squaredSpacing[i] = m_tree.squaredDistanceToNearest(i, 1);
    });
    return !cancelled;
}

double CrossValidation::medianSpacing() const {
    std::vector<double> spacing;
    for (const double squared : m_squaredSpacing) spacing.push_back(std::sqrt(squared));
    return medianOf(std::move(spacing));
}

std::optional<double> CrossValidation::likelihood(double h, const TaskContext& task) const {
    const double factor = 1.0 / (2 * h * h);
    std::vector<double> logs(m_targets.size());
    const bool done = overTargets(task, [&](std::size_t target) {
        const std::uint32_t place = m_targets[target].place;
        // Values are taken relative to the largest, so that a lonely place does not come out as log 0.
        const bool tied = m_tree.count(place) > 1.0;
        const double nearest = tied ? 0.0 : m_squaredSpacing[place];
        double sum = tied ? m_tree.count(place) - 1.0 : 0.0;
        std::array<double, PlaceTree::leafSize> values;
        const double east = m_tree.east(place), north = m_tree.north(place);
        m_tree.forEachLeafWithin(east, north, nearest + reach * h * reach * h,
                                 [&](std::uint32_t begin, std::uint32_t end) {
                                     kernelValues(m_tree, begin, end, east, north, nearest, factor, values);
                                     for (std::uint32_t i = begin; i < end; ++i)
                                         if (i != place) sum += m_tree.count(i) * values[i - begin];
                                 });
        logs[target] = std::log(sum) - nearest * factor;
    });
    if (!done) return std::nullopt;
    double sum = 0.0;
    for (std::size_t target = 0; target < m_targets.size(); ++target) sum += m_targets[target].incidents * logs[target];
    return sum / m_sampled - std::log(2 * std::numbers::pi * h * h * (m_incidents - 1));
}

std::optional<double> CrossValidation::leastSquares(double h, const TaskContext& task) const {
    // With e = e^(-d²/4h²) the kernel of bandwidth sqrt(2) h is e/(4 pi h²) and that of h is e²/(2 pi h²).
    const double factor = 1.0 / (4 * h * h);
    struct Sums {
        double wide = 0.0, narrow = 0.0;
    };
    std::vector<Sums> sums(m_targets.size());
    const bool done = overTargets(task, [&](std::size_t target) {
        const std::uint32_t place = m_targets[target].place;
        std::array<double, PlaceTree::leafSize> values;
        Sums& own = sums[target];
        const double east = m_tree.east(place), north = m_tree.north(place);
        m_tree.forEachLeafWithin(east, north, 2 * reach * h * reach * h, [&](std::uint32_t begin, std::uint32_t end) {
            kernelValues(m_tree, begin, end, east, north, 0.0, factor, values);
            for (std::uint32_t i = begin; i < end; ++i) {
                if (i == place) continue;
                const double value = values[i - begin], counted = m_tree.count(i) * value;
                own.wide += counted;
                own.narrow += counted * value;
            }
        });
    });
    if (!done) return std::nullopt;
    double wide = 0.0, narrow = 0.0;
    for (std::size_t target = 0; target < m_targets.size(); ++target) {
        wide += m_targets[target].incidents * sums[target].wide;
        narrow += m_targets[target].incidents * sums[target].narrow;
    }
    wide *= m_incidents / m_sampled;
    narrow *= m_incidents / m_sampled;
    for (std::size_t i = 0; i < m_tree.size(); ++i) { // incidents with themselves and with others at their place
        const double count = m_tree.count(i);
        wide += count * count;
        narrow += count * (count - 1.0);
    }
    const double n = m_incidents, circle = 2 * std::numbers::pi * h * h;
    return wide / (n * n) / (2 * circle) - 2.0 / (n * (n - 1)) * narrow / circle;
}

} // namespace patchlight::detail
