// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/lanes.h"
#include "core/density/detail/sums.h"

#include <numbers>

/// The kernels that end, as functions of the squared distance d² = dy² + dx²: what belongs to a row of cells and to a
/// column is worked out once, `value` for each cell. Multiplied by the weight and brought to per km². 0 from the reach
/// on. Squares of kernels are shapes of their own.
namespace patchlight::detail {

/// A place as a shape needs it at a tile: from a place whose weight was replaced by what `scaled` says.
struct ShapePlace {
    double east, north;
    double reach2; ///< m²
    double p, q;   ///< a shape's own constants
};

/// The constant of a kernel of unit volume, per km²: over pi h², see kernels.cpp.
[[nodiscard]] PATCHLIGHT_INLINE double constantPerKm2(double factor, double bandwidth) {
    return factor * squareMetresPerSquareKilometre / (std::numbers::pi * bandwidth * bandwidth);
}

/// weight x constant x (1 - d²/h²)^Power; with t = s (h² - d²) for Power 1 and 2, whose s holds weight and constant.
template <int Power> struct PolynomialShape {
    static constexpr bool hasMoments = Power == 2;
    static double scaled(const WeightedPlace& place, double constant) {
        const double h2 = place.bandwidth * place.bandwidth;
        const double amount = place.weight * constant;
        if constexpr (Power == 1) return amount / h2;
        if constexpr (Power == 2) return std::sqrt(amount) / h2;
        return amount;
    }
    static PATCHLIGHT_INLINE ShapePlace of(const WeightedPlace& place) {
        const double h2 = place.bandwidth * place.bandwidth;
        return {place.east, place.north, h2, Power <= 2 ? place.weight : 1.0 / h2, place.weight};
    }
    template <class V> static PATCHLIGHT_INLINE V rowTerm(V dy2, const ShapePlace& place) {
        return place.p * (place.reach2 - dy2);
    }
    template <class V> static PATCHLIGHT_INLINE V columnTerm(V dx2, const ShapePlace& place) { return place.p * dx2; }
    template <class V>
    static PATCHLIGHT_INLINE V value(double row, V column, [[maybe_unused]] const ShapePlace& place) {
        const V t = atLeastZero(row - column);
        if constexpr (Power == 1) return t;
        if constexpr (Power == 2) return t * t;
        if constexpr (Power == 3) return place.q * (t * t * t);
        if constexpr (Power == 4) return place.q * ((t * t) * (t * t));
        if constexpr (Power == 6) return place.q * ((t * t * t) * (t * t * t));
    }
};

/// Shapes that need the squared distance itself.
struct DistanceShape {
    static constexpr bool hasMoments = false;
    static double scaled(const WeightedPlace& place, double constant) { return place.weight * constant; }
    template <class V> static PATCHLIGHT_INLINE V rowTerm(V dy2, const ShapePlace&) { return dy2; }
    template <class V> static PATCHLIGHT_INLINE V columnTerm(V dx2, const ShapePlace&) { return dx2; }
};

/// weight x constant x (1 - d/h)^Power
template <int Power> struct TriangularShape : DistanceShape {
    static PATCHLIGHT_INLINE ShapePlace of(const WeightedPlace& place) {
        return {place.east, place.north, place.bandwidth * place.bandwidth, 1.0 / place.bandwidth, place.weight};
    }
    template <class V> static PATCHLIGHT_INLINE V value(double row, V column, const ShapePlace& place) {
        const V t = atLeastZero(1.0 - rootOf(row + column) * place.p);
        return place.q * (Power == 1 ? t : t * t);
    }
};

/// weight x constant where d < h
struct UniformShape : DistanceShape {
    static PATCHLIGHT_INLINE ShapePlace of(const WeightedPlace& place) {
        return {place.east, place.north, place.bandwidth * place.bandwidth, 0.0, place.weight};
    }
    template <class V> static PATCHLIGHT_INLINE V value(double row, V column, const ShapePlace& place) {
        return whereBelow(row + column, broadcast<V>(place.reach2), broadcast<V>(place.q));
    }
};

/// weight x constant x exp(-Power d/h) where d <= 40 h
template <int Power> struct ExponentialShape : DistanceShape {
    static PATCHLIGHT_INLINE ShapePlace of(const WeightedPlace& place) {
        const double reach = negativeExponentialReach * place.bandwidth;
        return {place.east, place.north, reach * reach, Power / place.bandwidth, place.weight};
    }
    template <class V> static PATCHLIGHT_INLINE V value(double row, V column, const ShapePlace& place) {
        const V d2 = row + column;
        const V inReach = whereBelow(d2, broadcast<V>(place.reach2), d2); // beyond: any number in the series' domain
        return whereBelow(d2, broadcast<V>(place.reach2), place.q * expOfMinus(rootOf(inReach) * place.p));
    }
};

} // namespace patchlight::detail
