// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace patchlight {

/// A stream of random numbers for one item (a replication, a start) of one run: it depends on (seed, item) only, never
/// on a thread, and is the same on every platform, unlike the standard library's distributions. source    SplitMix64:
/// Steele, Lea & Flood (2014)
class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::uint64_t item) : m_state{mixed(seed + 0x9e3779b97f4a7c15u) ^ item} {
        m_state = mixed(m_state + 0x9e3779b97f4a7c15u);
    }
    std::uint64_t bits() { return mixed(m_state += 0x9e3779b97f4a7c15u); }
    double unit() { return static_cast<double>(bits() >> 11) * 0x1p-53; } ///< [0, 1)
    double between(double low, double high) { return low + unit() * (high - low); }

private:
    static constexpr std::uint64_t mixed(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    std::uint64_t m_state;
};

} // namespace patchlight
