// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace patchlight::detail {

/// Lower-tail probability of the gamma distribution with shape a and scale 1 at x; a > 0, x >= 0. Relative error of the
/// smaller tail about 1e-13 up to a = 1e6, growing with a.
struct GammaTails {
    double below = 0.0, above = 1.0;
};
[[nodiscard]] GammaTails gammaTails(double a, double x);
/// The x at which the gamma distribution with shape a has `below` under it, 0 < below < 1.
[[nodiscard]] double gammaQuantile(double a, double below);
/// The z that a standard normal stays under with probability p, 0 < p < 1.
[[nodiscard]] double normalQuantile(double p);

} // namespace patchlight::detail
