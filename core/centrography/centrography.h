// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/geometry.h"

#include <span>

/// Where the middle of a set of incidents lies, how far they spread and which way.
///
/// Throughout: points in the project CRS; weights empty (all 1) or one count > 0 a point, an incident counted as often
/// as its weight. errors: emptyInput (no points), invalidParameter (wrong number of weights; a weight that is not a
/// count; a coordinate that is not a number or beyond 1e12 m). Each costs O(n) but where it says otherwise.
namespace patchlight {

/// sum w x / sum w
[[nodiscard]] Expected<ProjectedPoint> meanCentre(std::span<const ProjectedPoint> points,
                                                  std::span<const double> weights = {});

/// The median of the eastings and that of the northings, each the middle between the two middle ones of an even number.
/// It depends on how the axes lie: CrimeStat's "median centre", not the point of least distance. O(n log n)
[[nodiscard]] Expected<ProjectedPoint> coordinatewiseMedian(std::span<const ProjectedPoint> points,
                                                            std::span<const double> weights = {});

struct MedianCentre {
    ProjectedPoint at;
    Metres meanDistance; ///< from the incidents to it
};

/// The point with the least sum w |x - p| (geometric median, centre of minimum distance). Newton's steps, each kept
/// only if it lowers the sum and else replaced by Weiszfeld's; a point of the data is taken exactly where it is the
/// best one. Incidents on one line have the median along it, of an even number the middle between the two middle ones.
///
/// returns   at to some 1e-8 of the data's width
/// errors    also cancelled
/// source    Weiszfeld (1937); Vardi & Zhang (2000)
[[nodiscard]] Expected<MedianCentre> medianCentre(std::span<const ProjectedPoint> points,
                                                  std::span<const double> weights = {}, const TaskContext& task = {});

/// sqrt(sum w |x - mean centre|^2 / sum w): divided by n, not n - 2.
[[nodiscard]] Expected<Metres> standardDistance(std::span<const ProjectedPoint> points,
                                                std::span<const double> weights = {});

/// Three ellipses go by one name. With v the mean squared deviation along an axis (divided by n):
enum class EllipseScaling {
    oneDeviation, ///< semi-axes sqrt(v) (Yuill 1971): covers 39.3 % of a bivariate normal distribution
    rootTwo,      ///< semi-axes sqrt(2 v): 63.2 %
    crimeStat,    ///< semi-axes sqrt(2 v n / (n - 2)): 63.2 % and CrimeStat's degrees of freedom
};

struct StandardEllipse {
    ProjectedPoint centre; ///< the mean centre
    Metres semiMajor, semiMinor;
    double angle = 0.0; ///< degrees in [0, 180) clockwise from north to the major axis; 0 for a circle
};

/// Standard deviational ellipse: tan(angle) = (A + sqrt(A^2 + 4 C^2)) / (2 C) with A = sum w (x^2 - y^2) and
/// C = sum w x y about the mean centre, which is the direction of the greatest deviation.
///
/// errors    also invalidParameter (crimeStat with fewer than three incidents)
/// source    Yuill (1971); Wang, Shi & Miao (2015) for what it covers; Levine (2015) ch. 4 for CrimeStat's
[[nodiscard]] Expected<StandardEllipse> standardEllipse(std::span<const ProjectedPoint> points,
                                                        std::span<const double> weights = {},
                                                        EllipseScaling scaling = EllipseScaling::oneDeviation);

/// The ellipse as a counter-clockwise ring with corners on it, at least 64; without area if an axis is 0.
[[nodiscard]] Polygon polygonOf(const StandardEllipse& ellipse, std::size_t corners = 96);

struct NearestNeighbourIndex {
    Metres mean;               ///< from an incident to the nearest other one
    Metres expected;           ///< under complete spatial randomness, 0.5 sqrt(A / n)
    double ratio = 1.0;        ///< below 1 clustered, above 1 evenly spread
    double z = 0.0;            ///< (mean - expected) / (0.26136 / sqrt(n^2 / A))
    double pValue = 1.0;       ///< two-sided, normal
    std::size_t samePlace = 0; ///< incidents with another one at the very same place: many of them void the index
};

/// Nearest neighbour index without edge correction.
///
/// weights   whole numbers
/// area      the study area the incidents could have happened in, m^2
/// errors    also emptyInput (fewer than two incidents), invalidParameter (area not positive and finite; weights that
/// are
///           not whole), cancelled
/// cost      O(n log n)
/// source    Clark & Evans (1954)
[[nodiscard]] Expected<NearestNeighbourIndex> nearestNeighbourIndex(std::span<const ProjectedPoint> points,
                                                                    std::span<const double> weights, SquareMetres area,
                                                                    const TaskContext& task = {});

} // namespace patchlight
