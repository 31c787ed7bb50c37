// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace patchlight::test {

/// SplitMix64: the same numbers on every platform, unlike the standard library's distributions.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_state{seed} {}
    std::uint64_t bits() {
        std::uint64_t z = m_state += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; } ///< [0, 1)
    double between(double low, double high) { return low + unit() * (high - low); }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(bits() % count); }

    std::vector<ProjectedPoint> pointsIn(const Box& box, std::size_t count) {
        std::vector<ProjectedPoint> points(count);
        for (ProjectedPoint& p : points) p = {between(box.west, box.east), between(box.south, box.north)};
        return points;
    }
    template <class T> void shuffle(std::vector<T>& items) {
        for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
    }

private:
    std::uint64_t m_state;
};

} // namespace patchlight::test
