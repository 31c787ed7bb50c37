// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace patchlight::detail {

/// e^x for finite x <= 0 to 1e-13; below -700 about 1e-304. Plain arithmetic without branches: a loop over it becomes
/// vector code, and the digits are the same with every compiler and library.
[[nodiscard]] inline double expOfNegative(double x) {
    // The larger of x and -700; written as a choice, GCC would not make vector code of it.
    const double far = x + 700.0;
    x = 0.5 * (far + std::abs(far)) - 700.0;
    // x = k log 2 + r with |r| <= log(2)/2; adding and taking away 1.5 * 2^52 rounds to a whole number.
    constexpr double magic = 6755399441055744.0, perLog2 = 1.4426950408889634;
    constexpr double log2High = 0.6931471803691238, log2Low = 1.9082149292705877e-10;
    const double shifted = x * perLog2 + magic;
    const double k = shifted - magic;
    const double r = (x - k * log2High) - k * log2Low;
    // Taylor's series: the term left out is below 2e-16.
    double sum = 1.0 / 479001600;
    sum = sum * r + 1.0 / 39916800;
    sum = sum * r + 1.0 / 3628800;
    sum = sum * r + 1.0 / 362880;
    sum = sum * r + 1.0 / 40320;
    sum = sum * r + 1.0 / 5040;
    sum = sum * r + 1.0 / 720;
    sum = sum * r + 1.0 / 120;
    sum = sum * r + 1.0 / 24;
    sum = sum * r + 1.0 / 6;
    sum = sum * r + 0.5;
    sum = sum * r + 1.0;
    sum = sum * r + 1.0;
    // 2^k: the low bits of `shifted` hold k.
    const std::uint64_t exponent = (std::bit_cast<std::uint64_t>(shifted) + 1023) << 52;
    return sum * std::bit_cast<double>(exponent);
}

} // namespace patchlight::detail
