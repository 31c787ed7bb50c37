// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bandwidth/bandwidth.h"

#include "core/bandwidth/detail/criteria.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace patchlight {
namespace {

using detail::CrossValidation;

constexpr double mostPairs = 1e8;
constexpr double leastLow = 1e-6; // m: below are not places but rounded coordinates
constexpr int trials = 16;
constexpr int halvings = 10;          // below the range, to see whether the criterion falls to the ties
constexpr double goldenWidth = 0.005; // of log h, where the search ends
constexpr double notedSharing = 0.1;  // share of incidents not alone at their place from which the reason says so
constexpr std::string_view phase = "bandwidth";

/// A criterion to be made small, with the best value so far. Cancelled evaluations count as worst and end the search.
class Search {
public:
    Search(const CrossValidation& places, bool likelihood, const TaskContext& task)
        : m_places{places}, m_likelihood{likelihood}, m_task{task} {}

    double at(double h) {
        if (m_cancelled) return std::numeric_limits<double>::infinity();
        const auto value = m_likelihood ? m_places.likelihood(h, m_task) : m_places.leastSquares(h, m_task);
        if (!value) {
            m_cancelled = true;
            return std::numeric_limits<double>::infinity();
        }
        constexpr double most = trials + halvings + 12; // evaluations of a usual search
        m_task.report(phase, std::min(++m_done / most, 1.0));
        const double cost = m_likelihood ? -*value : *value;
        if (cost < m_least) {
            m_least = cost;
            m_best = h;
        }
        return cost;
    }
    [[nodiscard]] bool cancelled() const { return m_cancelled; }
    [[nodiscard]] double best() const { return m_best; }
    [[nodiscard]] double least() const { return m_least; }

private:
    const CrossValidation& m_places;
    bool m_likelihood;
    const TaskContext& m_task;
    bool m_cancelled = false;
    double m_done = 0.0, m_best = 0.0, m_least = std::numeric_limits<double>::infinity();
};

/// Trial values in equal ratios from low to high, then golden section between the neighbours of the best.
void searchBetween(Search& search, double low, double high) {
    const double step = std::log(high / low) / (trials - 1);
    const auto trial = [&](int i) { return i == trials - 1 ? high : low * std::exp(step * i); };
    int best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < trials; ++i)
        if (const double cost = search.at(trial(i)); cost < least) {
            least = cost;
            best = i;
        }
    double a = std::log(trial(std::max(best - 1, 0))), b = std::log(trial(std::min(best + 1, trials - 1)));
    const double golden = 1.0 / std::numbers::phi;
    double left = b - golden * (b - a), right = a + golden * (b - a);
    double atLeft = search.at(std::exp(left)), atRight = search.at(std::exp(right));
    while (b - a > goldenWidth && !search.cancelled()) {
        if (atLeft <= atRight) {
            b = right;
            right = left;
            atRight = atLeft;
            left = b - golden * (b - a);
            atLeft = search.at(std::exp(left));
        } else {
            a = left;
            left = right;
            atLeft = atRight;
            right = a + golden * (b - a);
            atRight = search.at(std::exp(right));
        }
    }
}

std::string metres(double length) {
    return readableNumber(length) + " m";
}

std::string whyCollapsed(const detail::CountedPlaces& places, double low) {
    if (places.sharing > 0.0)
        return fmt::format("Not usable: {} of {} share their place with another, so cross-validation asks for less and "
                           "less below {} (half the usual distance between places): give each place once, or choose "
                           "another rule.",
                           groupedCount(static_cast<std::size_t>(places.sharing)),
                           counted(static_cast<std::size_t>(places.incidents), "incident", "incidents"), metres(low));
    return fmt::format("Not usable: many places lie so close to another that cross-validation asks for less than {} "
                       "(half the usual distance between places): choose another rule.",
                       metres(low));
}

Expected<SuggestedBandwidth> byCrossValidation(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                               bool likelihood, const TaskContext& task) {
    const auto places = detail::countedPlaces(points, weights);
    if (!places) return fail(places.error());
    SuggestedBandwidth result;
    if (auto why = detail::whyTooFew(*places)) {
        result.reason = std::move(*why);
        return result;
    }
    task.report(phase, 0.0);
    CrossValidation validation(*places, mostPairs);
    if (!validation.findNeighbours(task)) return failCancelled();
    const double low = std::max(validation.medianSpacing() / 2, leastLow);
    const double high = detail::referenceBandwidth(*places, detail::oversmoothing);
    if (!(low < high)) {
        result.reason =
            fmt::format("Not usable: half the usual distance between places, {}, is not below {}, the widest "
                        "that the incidents' spread can call for ({}).",
                        metres(low), metres(high), detail::sizeOf(*places));
        return result;
    }
    Search search(validation, likelihood, task);
    searchBetween(search, low, high);
    const double best = search.best(), least = search.least();
    for (int halving = 1; halving <= halvings; ++halving) search.at(low * std::exp2(-halving));
    if (search.cancelled()) return failCancelled();
    task.report(phase, 1.0);
    if (search.least() < least) {
        result.reason = whyCollapsed(*places, low);
        return result;
    }
    result.bandwidth = Metres{best};
    std::string basis = detail::sizeOf(*places);
    if (places->sharing > notedSharing * places->incidents)
        basis += fmt::format(", {} of them not alone at theirs, which draws the bandwidth down",
                             groupedCount(static_cast<std::size_t>(places->sharing)));
    if (validation.isSample())
        basis += fmt::format(", judged at a sample of {}",
                             counted(static_cast<std::size_t>(validation.sampled()), "incident", "incidents"));
    result.reason = fmt::format("{}, of all between {} and {} ({}){}.",
                                likelihood ? "Foretells each incident best from the others"
                                           : "Has the least squared error, judged by leaving each incident out",
                                metres(low), metres(high), basis,
                                best > high * (1 - 2 * goldenWidth) ? ": the widest tried, so an upper limit" : "");
    return result;
}

Expected<double> criterionAt(std::span<const ProjectedPoint> points, std::span<const double> weights, double h,
                             bool likelihood, const TaskContext& task) {
    if (!(h >= 1e-100 && h <= 1e100)) // within which its square and what is divided by it are numbers
        return fail(ErrorCode::invalidParameter, "The bandwidth must be a positive number of metres.", "bandwidth");
    const auto places = detail::countedPlaces(points, weights);
    if (!places) return fail(places.error());
    if (places->size() < 2)
        return fail(ErrorCode::invalidParameter, "Leaving one out needs incidents at two places or more.", "points");
    CrossValidation validation(*places, std::numeric_limits<double>::infinity());
    if (!validation.findNeighbours(task)) return failCancelled();
    const auto value = likelihood ? validation.likelihood(h, task) : validation.leastSquares(h, task);
    if (!value) return failCancelled();
    return *value;
}

} // namespace

Expected<SuggestedBandwidth> likelihoodBandwidth(std::span<const ProjectedPoint> points,
                                                 std::span<const double> weights, const TaskContext& task) {
    return byCrossValidation(points, weights, true, task);
}

Expected<SuggestedBandwidth> leastSquaresBandwidth(std::span<const ProjectedPoint> points,
                                                   std::span<const double> weights, const TaskContext& task) {
    return byCrossValidation(points, weights, false, task);
}

Expected<double> likelihoodCriterion(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                     Metres standardDeviation, const TaskContext& task) {
    return criterionAt(points, weights, standardDeviation.value(), true, task);
}

Expected<double> leastSquaresCriterion(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                       Metres standardDeviation, const TaskContext& task) {
    return criterionAt(points, weights, standardDeviation.value(), false, task);
}

} // namespace patchlight
