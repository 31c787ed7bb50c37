// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

/// Numbers that are the same bits on every platform: random streams of our own, and sine and exponential from
/// additions and multiplications alone (a C library's may differ in the last bit, which a rounded coordinate or a drawn
/// incident would show).
namespace patchlight::sample {

inline constexpr double pi = 3.14159265358979323846;

/// Absolute error below 1e-9 for |x| < 1e6.
[[nodiscard]] double sine(double radians);
[[nodiscard]] double cosine(double radians);
/// Relative error below 1e-12 for x in [-700, 700]; 0 below.
[[nodiscard]] double exponential(double x);
/// exp(-(x - mean)^2 / (2 sd^2))
[[nodiscard]] double bell(double x, double mean, double sd);

/// SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"). One stream a purpose, so
/// that a change to one part of the town leaves the draws of the others as they are.
class Random {
public:
    Random(std::uint64_t seed, std::uint64_t stream);
    [[nodiscard]] std::uint64_t bits();
    [[nodiscard]] double uniform(); ///< in [0, 1)
    [[nodiscard]] double between(double low, double high) { return low + (high - low) * uniform(); }
    [[nodiscard]] std::size_t below(std::size_t count) { return static_cast<std::size_t>(uniform() * double(count)); }
    [[nodiscard]] bool chance(double probability) { return uniform() < probability; }

private:
    std::uint64_t m_state;
};

/// Draws indices with probability proportional to weights >= 0 (at least one above 0).
class WeightedChoice {
public:
    explicit WeightedChoice(const std::vector<double>& weights);
    [[nodiscard]] std::size_t draw(Random& random) const;

private:
    std::vector<double> m_cumulative;
};

} // namespace patchlight::sample
