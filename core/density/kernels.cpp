// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include <cmath>
#include <numbers>

namespace patchlight {

// Each constant makes the integral over the plane one: with u = d/h, 2 pi h^2 int_0^1 shape(u) u du = 1/constant.
// quartic: int (1-u^2)^2 u = 1/6; Epanechnikov: int (1-u^2) u = 1/4; triangular: int (1-u) u = 1/6; uniform: 1/2.
double kernelPerSquareMetre(Kernel kernel, Metres distance, Metres bandwidth) {
    const double d = distance.value(), h = bandwidth.value(); // m
    const double u = d / h, unit = 1.0 / (std::numbers::pi * h * h);
    if (kernel == Kernel::gaussian) return d <= 8.5 * h ? unit / 2 * std::exp(-0.5 * u * u) : 0.0;
    if (!(d < h)) return 0.0;
    switch (kernel) {
    case Kernel::quartic:
        return 3 * unit * (1 - u * u) * (1 - u * u);
    case Kernel::epanechnikov:
        return 2 * unit * (1 - u * u);
    case Kernel::triangular:
        return 3 * unit * (1 - u);
    default:
        return unit;
    }
}

Metres kernelReach(Kernel kernel, Metres bandwidth) {
    return kernel == Kernel::gaussian ? Metres{8.5 * bandwidth.value()} : bandwidth;
}

Metres kernelMargin(Kernel kernel, Metres bandwidth) {
    return kernel == Kernel::gaussian ? Metres{3 * bandwidth.value()} : bandwidth;
}

} // namespace patchlight
