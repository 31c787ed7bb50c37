// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>

namespace patchlight {

/// A number with a unit in its type, so that a length is never passed where a rate is asked for.
template <class Unit> class Quantity {
public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(double value) : m_value{value} {}
    [[nodiscard]] constexpr double value() const { return m_value; }
    constexpr auto operator<=>(const Quantity&) const = default;

private:
    double m_value = 0.0;
};

using Metres = Quantity<struct MetreUnit>;
using SquareMetres = Quantity<struct SquareMetreUnit>;
using PerSquareKilometre = Quantity<struct PerSquareKilometreUnit>;

inline constexpr double squareMetresPerSquareKilometre = 1e6;

[[nodiscard]] constexpr double squareKilometres(SquareMetres area) {
    return area.value() / squareMetresPerSquareKilometre;
}

} // namespace patchlight
