// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/portable.h"

#include <algorithm>
#include <cmath>

namespace patchlight::sample {

double sine(double radians) {
    const double x = radians - 2 * pi * std::floor(radians / (2 * pi) + 0.5); // in [-pi, pi]
    const double x2 = x * x;
    double sum = 0.0;
    for (int k = 27; k >= 3; k -= 2) sum = (1.0 + sum) * -x2 / (k * (k - 1)); // Horner over Taylor's terms
    return x * (1.0 + sum);
}

double cosine(double radians) {
    return sine(radians + pi / 2);
}

double exponential(double x) {
    if (x < -700.0) return 0.0;
    const double reduced = x / 1024; // exp(x) = exp(x / 2^10)^(2^10)
    double sum = 1.0;
    for (int k = 14; k >= 1; --k) sum = 1.0 + reduced * sum / k;
    for (int i = 0; i < 10; ++i) sum *= sum;
    return sum;
}

double bell(double x, double mean, double sd) {
    return exponential(-(x - mean) * (x - mean) / (2 * sd * sd));
}

Random::Random(std::uint64_t seed, std::uint64_t stream)
    : m_state{seed * 0x9e3779b97f4a7c15U + stream * 0xd1342543de82ef95U} {
    (void)bits();
}

std::uint64_t Random::bits() {
    m_state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

double Random::uniform() {
    return static_cast<double>(bits() >> 11U) * 0x1.0p-53;
}

WeightedChoice::WeightedChoice(const std::vector<double>& weights) : m_cumulative(weights.size()) {
    double sum = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) m_cumulative[i] = sum += weights[i];
}

std::size_t WeightedChoice::draw(Random& random) const {
    const double at = random.uniform() * m_cumulative.back();
    return static_cast<std::size_t>(std::upper_bound(m_cumulative.begin(), m_cumulative.end(), at) -
                                    m_cumulative.begin());
}

} // namespace patchlight::sample
