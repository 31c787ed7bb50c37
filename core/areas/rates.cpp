// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/rates.h"

#include "core/areas/detail/checks.h"
#include "core/areas/detail/poisson.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

constexpr double perThousand = 1000.0;

Expected<void> checkedConfidence(double confidence) {
    if (!(confidence > 0.0 && confidence < 1.0))
        return fail(ErrorCode::invalidParameter, "The confidence must lie between 0 and 1, such as 0.95.",
                    "confidence");
    return {};
}

constexpr double leastDenominator = 1e-9, mostDenominator = 1e15; // less is 0; more is no number of anything

bool usable(std::optional<double> denominator) {
    return denominator && *denominator >= leastDenominator;
}

Expected<void> checkedDenominators(std::span<const double> counts,
                                   std::span<const std::optional<double>> denominators) {
    if (const auto ok = detail::checkedCounts(counts); !ok) return fail(ok.error());
    if (denominators.size() != counts.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} denominators for {} counts: give one for each area.", denominators.size(),
                                counts.size()),
                    "denominator");
    for (std::size_t i = 0; i < denominators.size(); ++i)
        if (denominators[i] && !(*denominators[i] >= 0.0 && *denominators[i] <= mostDenominator))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Denominator {} is {}: people, dwellings and areas are numbers from 0 up; leave "
                                    "unknown ones empty.",
                                    i + 1, shortestDecimal(*denominators[i])),
                        "denominator");
    return {};
}

ConfidenceInterval intervalOfCount(double count, double confidence) {
    const double tail = (1.0 - confidence) / 2;
    return {count > 0.0 ? detail::gammaQuantile(count, tail) : 0.0, detail::gammaQuantile(count + 1.0, 1.0 - tail)};
}

Expected<Rates> rates(std::span<const double> counts, std::span<const std::optional<double>> denominators, double per,
                      double confidence) {
    if (const auto ok = checkedConfidence(confidence); !ok) return fail(ok.error());
    if (const auto ok = checkedDenominators(counts, denominators); !ok) return fail(ok.error());
    Rates result;
    double incidents = 0.0, denominator = 0.0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        result.rate.emplace_back();
        if (!usable(denominators[i])) {
            ++result.without;
            continue;
        }
        const double scale = per / *denominators[i];
        const ConfidenceInterval interval = intervalOfCount(counts[i], confidence);
        result.rate.back() = Rate{counts[i] * scale, {interval.low * scale, interval.high * scale}};
        incidents += counts[i];
        denominator += *denominators[i];
    }
    if (denominator > 0.0) result.overall = per * incidents / denominator;
    return result;
}

/// What Marshall's estimate needs of the areas that visitAreas(f) runs f over.
struct Prior {
    double mean = 0.0;    ///< incidents a person
    double between = 0.0; ///< variance of the rates beyond chance
};
template <class VisitAreas>
Prior priorOf(std::span<const double> counts, std::span<const std::optional<double>> people, VisitAreas&& visitAreas) {
    double incidents = 0.0, all = 0.0, areas = 0.0;
    visitAreas([&](std::size_t j) {
        incidents += counts[j];
        all += *people[j];
        areas += 1.0;
    });
    if (!(incidents > 0.0)) return {};
    const double mean = incidents / all;
    double spread = 0.0;
    visitAreas([&](std::size_t j) {
        const double off = counts[j] / *people[j] - mean;
        spread += *people[j] * off * off;
    });
    return {mean, std::max(0.0, spread / all - mean * areas / all)};
}
double shrunk(const Prior& prior, double count, double people) {
    if (!(prior.mean > 0.0)) return 0.0;
    return prior.mean + prior.between / (prior.between + prior.mean / people) * (count / people - prior.mean);
}

std::optional<ConfidenceInterval> onLogScale(double value, double variance, double confidence) {
    if (!(variance > 0.0)) return std::nullopt;
    const double factor = std::exp(detail::normalQuantile(0.5 + confidence / 2) * std::sqrt(variance));
    return ConfidenceInterval{value / factor, value * factor};
}

} // namespace

Expected<ConfidenceInterval> poissonInterval(double count, double confidence) {
    if (const auto ok = checkedConfidence(confidence); !ok) return fail(ok.error());
    if (const auto ok = detail::checkedCounts({&count, 1}); !ok) return fail(ok.error());
    return intervalOfCount(count, confidence);
}

Expected<Rates> ratesPerThousand(std::span<const double> counts, std::span<const std::optional<double>> people,
                                 double confidence) {
    return rates(counts, people, perThousand, confidence);
}

Expected<Rates> ratesPerSquareKilometre(std::span<const double> counts, std::span<const SquareMetres> areas,
                                        double confidence) {
    std::vector<std::optional<double>> denominators;
    for (const SquareMetres area : areas) denominators.emplace_back(squareKilometres(area));
    return rates(counts, denominators, 1.0, confidence);
}

Expected<std::vector<std::optional<double>>>
smoothedRatesPerThousand(std::span<const double> counts, std::span<const std::optional<double>> people,
                         std::span<const std::vector<std::uint32_t>> neighbours) {
    if (const auto ok = checkedDenominators(counts, people); !ok) return fail(ok.error());
    if (!neighbours.empty() && neighbours.size() != counts.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} lists of neighbours for {} areas: give one for each area, or none.",
                                neighbours.size(), counts.size()),
                    "neighbours");
    for (std::size_t i = 0; i < neighbours.size(); ++i)
        for (const std::uint32_t j : neighbours[i])
            if (j >= counts.size() || j == i)
                return fail(ErrorCode::invalidParameter,
                            fmt::format("The neighbours of area {} include number {}, which is {}.", i + 1, j + 1,
                                        j == i ? "the area itself" : "no area"),
                            "neighbours");
    const Prior everywhere = priorOf(counts, people, [&](auto&& visit) {
        for (std::size_t j = 0; j < counts.size(); ++j)
            if (usable(people[j])) visit(j);
    });
    std::vector<std::optional<double>> result(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!usable(people[i])) continue;
        const auto around = [&](auto&& visit) {
            visit(i);
            for (const std::uint32_t j : neighbours[i])
                if (usable(people[j])) visit(j);
        };
        const Prior prior = neighbours.empty() ? everywhere : priorOf(counts, people, around);
        result[i] = perThousand * shrunk(prior, counts[i], *people[i]);
    }
    return result;
}

Expected<std::vector<std::optional<LocationQuotient>>>
areaLocationQuotients(std::span<const double> counts, std::span<const std::optional<double>> measure,
                      double confidence) {
    if (const auto ok = checkedConfidence(confidence); !ok) return fail(ok.error());
    if (const auto ok = checkedDenominators(counts, measure); !ok) return fail(ok.error());
    double incidents = 0.0, whole = 0.0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!usable(measure[i])) continue;
        incidents += counts[i];
        whole += *measure[i];
    }
    std::vector<std::optional<LocationQuotient>> result(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!usable(measure[i]) || !(incidents > 0.0)) continue;
        LocationQuotient quotient{(counts[i] / incidents) / (*measure[i] / whole), std::nullopt};
        if (counts[i] > 0.0)
            quotient.interval = onLogScale(quotient.value, 1.0 / counts[i] - 1.0 / incidents, confidence);
        result[i] = quotient;
    }
    return result;
}

Expected<std::vector<std::optional<LocationQuotient>>>
offenceLocationQuotients(std::span<const double> counts, std::span<const double> reference, double confidence) {
    if (const auto ok = checkedConfidence(confidence); !ok) return fail(ok.error());
    if (const auto ok = detail::checkedCounts(counts); !ok) return fail(ok.error());
    if (const auto ok = detail::checkedCounts(reference); !ok) return fail(ok.error());
    if (reference.size() != counts.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} reference counts for {} counts: give one for each area.",
                                reference.size(), counts.size()),
                    "reference");
    double kind = 0.0, all = 0.0, within = 0.0; // within: sum of C_j p_j (1 - p_j)
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] > reference[i])
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Area {} has {} incidents but {} in the reference: the reference must hold all of "
                                    "them.",
                                    i + 1, shortestDecimal(counts[i]), shortestDecimal(reference[i])),
                        "reference");
        kind += counts[i];
        all += reference[i];
        if (reference[i] > 0.0) within += counts[i] * (1.0 - counts[i] / reference[i]);
    }
    std::vector<std::optional<LocationQuotient>> result(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!(reference[i] > 0.0) || !(kind > 0.0)) continue;
        const double share = counts[i] / reference[i];
        LocationQuotient quotient{share / (kind / all), std::nullopt};
        if (counts[i] > 0.0 && counts[i] < reference[i])
            quotient.interval =
                onLogScale(quotient.value,
                           (1.0 - share) / counts[i] - 2.0 * (1.0 - share) / kind + within / (kind * kind), confidence);
        result[i] = quotient;
    }
    return result;
}

} // namespace patchlight
