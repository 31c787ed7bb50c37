// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include <cmath>
#include <numbers>

namespace patchlight {

// Each constant makes the integral over the plane one: with u = d/h, 2 pi h^2 int_0^1 shape(u) u du = 1/constant.
// quartic: int (1-u^2)^2 u = 1/6; Epanechnikov: int (1-u^2) u = 1/4; triweight: int (1-u^2)^3 u = 1/8;
// triangular: int (1-u) u = 1/6; uniform: 1/2; negative exponential, without end: int e^-u u = 1.
double kernelPerSquareMetre(Kernel kernel, Metres distance, Metres bandwidth) {
    const double d = distance.value(), h = bandwidth.value(); // m
    const double u = d / h, unit = 1.0 / (std::numbers::pi * h * h);
    if (kernel == Kernel::gaussian) return d <= gaussianReach * h ? unit / 2 * std::exp(-0.5 * u * u) : 0.0;
    if (kernel == Kernel::negativeExponential) return d < negativeExponentialReach * h ? unit / 2 * std::exp(-u) : 0.0;
    if (!(d < h)) return 0.0;
    switch (kernel) {
    case Kernel::quartic:
        return 3 * unit * (1 - u * u) * (1 - u * u);
    case Kernel::epanechnikov:
        return 2 * unit * (1 - u * u);
    case Kernel::triweight:
        return 4 * unit * (1 - u * u) * (1 - u * u) * (1 - u * u);
    case Kernel::triangular:
        return 3 * unit * (1 - u);
    default:
        return unit;
    }
}

Metres kernelReach(Kernel kernel, Metres bandwidth) {
    switch (kernel) {
    case Kernel::gaussian:
        return Metres{gaussianReach * bandwidth.value()};
    case Kernel::negativeExponential:
        return Metres{negativeExponentialReach * bandwidth.value()};
    default:
        return bandwidth;
    }
}

Metres kernelMargin(Kernel kernel, Metres bandwidth) {
    switch (kernel) {
    case Kernel::gaussian:
        return Metres{3 * bandwidth.value()};
    case Kernel::negativeExponential:
        return Metres{5 * bandwidth.value()};
    default:
        return bandwidth;
    }
}

// The variance on one axis is half the mean of d²: 2 pi c int u^3 shape(u) du h²/2 for the constant c.
double deviationOnAxis(Kernel kernel) {
    switch (kernel) {
    case Kernel::quartic:
        return std::sqrt(1.0 / 8);
    case Kernel::epanechnikov:
        return std::sqrt(1.0 / 6);
    case Kernel::triweight:
        return std::sqrt(1.0 / 10);
    case Kernel::triangular:
        return std::sqrt(3.0 / 20);
    case Kernel::uniform:
        return 0.5;
    case Kernel::gaussian:
        return 1.0;
    case Kernel::negativeExponential:
        return std::sqrt(3.0);
    }
    return 1.0;
}

} // namespace patchlight
