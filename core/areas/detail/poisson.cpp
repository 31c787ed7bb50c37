// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/detail/poisson.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace patchlight::detail {
namespace {

/// log of x^a e^-x / Gamma(a + 1), taken about a so that no digits are lost where x and a are large and near.
double logPower(double a, double x) {
    // Stirling: log Gamma(a + 1) = a log a - a + log(2 pi a)/2 + series.
    if (a >= 15.0) {
        const double a2 = a * a;
        const double series = (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / a2) / a2) / a2) / a;
        const double t = (x - a) / a;
        // a log(x/a) - (x - a) = a (log(1 + t) - t)
        return a * (std::log1p(t) - t) - 0.5 * std::log(2 * std::numbers::pi * a) - series;
    }
    // Gamma(a + 1) = Gamma(a + 1 + k) / ((a + 1)...(a + k))
    double product = 1.0, shifted = a;
    while (shifted < 15.0) product *= ++shifted;
    return logPower(shifted, shifted) + shifted - shifted * std::log(shifted) + a * std::log(x) - x + std::log(product);
}

} // namespace

GammaTails gammaTails(double a, double x) {
    if (!(x > 0.0)) return {0.0, 1.0};
    const double power = std::exp(logPower(a, x)); // x^a e^-x / Gamma(a + 1)
    if (x < a + 1.0) {
        // below = power (1 + x/(a + 1) + x²/((a + 1)(a + 2)) + ...)
        double term = 1.0, sum = 1.0;
        for (double n = a + 1.0; term > 1e-17 * sum; n += 1.0) sum += term *= x / n;
        const double below = std::min(power * sum, 1.0);
        return {below, 1.0 - below};
    }
    // above by Lentz's evaluation of the continued fraction 1/(x + 1 - a - 1(1 - a)/(x + 3 - a - ...)).
    constexpr double tiny = 1e-300;
    double b = x + 1.0 - a, c = 1.0 / tiny, d = 1.0 / b, fraction = d;
    for (double n = 1.0; n < 1e7; n += 1.0) {
        const double an = -n * (n - a);
        b += 2.0;
        d = an * d + b;
        c = b + an / c;
        if (std::abs(d) < tiny) d = tiny;
        if (std::abs(c) < tiny) c = tiny;
        d = 1.0 / d;
        const double change = d * c;
        fraction *= change;
        if (std::abs(change - 1.0) < 1e-16) break;
    }
    const double above = std::min(power * a * fraction, 1.0); // power a = x^a e^-x / Gamma(a)
    return {1.0 - above, above};
}

double normalQuantile(double p) {
    // Halving on erfc: sixty steps to the last digit, and no table of constants to mistype.
    double low = -40.0, high = 40.0;
    for (int step = 0; step < 64; ++step) {
        const double z = (low + high) / 2;
        (0.5 * std::erfc(-z / std::numbers::sqrt2) < p ? low : high) = z;
    }
    return (low + high) / 2;
}

double gammaQuantile(double a, double below) {
    const double z = normalQuantile(below);
    const double cube = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * std::sqrt(a));
    const double start = a * cube * cube * cube; // Wilson & Hilferty (1931)
    if (a > 1e8) return start;
    // A bracket round the start, then Newton kept within it.
    double low = 0.0, high = std::max(2.0 * std::abs(start), a + 10.0);
    while (gammaTails(a, high).below < below) high *= 2.0;
    double x = start > 0.0 ? start : std::min(1.0, a) * below;
    for (int step = 0; step < 200; ++step) {
        const GammaTails tails = gammaTails(a, x);
        // The difference of the smaller tail keeps its digits.
        const double over = below < 0.5 ? tails.below - below : (1.0 - below) - tails.above;
        (over < 0.0 ? low : high) = x;
        const double slope = std::exp(logPower(a, x)) * a / x;
        double next = x - over / slope;
        if (!(next > low && next < high)) next = (low + high) / 2;
        if (std::abs(next - x) <= 1e-15 * x) return next;
        x = next;
    }
    return x;
}

} // namespace patchlight::detail
