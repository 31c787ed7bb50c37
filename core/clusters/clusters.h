// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/geometry/study_area.h"

#include <chrono>
#include <optional>

/// Density-based clusters of places.
namespace patchlight {

struct DbscanLabels {
    std::vector<std::int32_t> cluster; ///< per place: 0, 1, ... in order of the cluster's first core place; -1 noise
    std::vector<std::uint8_t> core;    ///< per place 1 or 0
    std::size_t clusters = 0;
};

/// DBSCAN on weighted places: a place is core when the weights within eps (distance <= eps, itself counted) reach
/// minPoints; clusters are core places connected within eps; a border place goes to its nearest core place, ties to the
/// lowest cluster. Equal to DBSCAN on the single incidents, whose rows at one place share its label.
///
/// points    m distinct places, project CRS; weights empty (all 1) or m counts > 0
/// errors    invalidParameter (eps not positive and finite; minPoints 0; wrong number of weights; not finite),
///           cancelled
/// cost      O(m) with the places in cells of eps/sqrt(2), for bounded numbers of places within eps
/// source    Ester, Kriegel, Sander & Xu (1996)
[[nodiscard]] Expected<DbscanLabels> dbscan(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                            Metres eps, std::size_t minPoints, const TaskContext& task = {});

/// DBSCAN in space and time: events are neighbours when they lie within eps and within epsTime of each other (both
/// limits included). An event is core when the weights of its neighbours, its own counted, reach minPoints; clusters
/// are core events connected as neighbours; a border event goes to its neighbouring core event nearest in space, of
/// equally near ones nearest in time, of those to the lowest cluster. Without Birant & Kut's third limit, on a measured
/// value.
///
/// points    n events, project CRS, several at one place and time allowed
/// times     n, at any one precision: with whole days, an epsTime of 7 days is 7 days; events without a time are the
///           caller's to leave out
/// weights   empty (all 1) or n counts > 0
/// errors    invalidParameter (eps not positive and finite, or below 2e-9 of the data's width; epsTime negative;
/// minPoints
///           0; wrong number of times or weights; not finite; a time beyond 1e12 minutes), cancelled
/// cost      O(n log n) for bounded numbers of events within eps and epsTime
/// source    Birant & Kut (2007)
[[nodiscard]] Expected<DbscanLabels>
spaceTimeDbscan(std::span<const ProjectedPoint> points,
                std::span<const std::chrono::local_time<std::chrono::minutes>> times, std::span<const double> weights,
                Metres eps, std::chrono::minutes epsTime, std::size_t minPoints, const TaskContext& task = {});

struct HdbscanParameters {
    std::size_t minPoints = 10;      ///< incidents that make a neighbourhood dense, the incident itself counted
    std::size_t minClusterSize = 10; ///< incidents; smaller groups that split off are noise
    Metres resolution{1.0};          ///< distances below are not told apart: the places within it merge at once
};

struct HdbscanLabels {
    std::vector<std::int32_t> cluster; ///< per place: 0, 1, ... in order of the cluster's first place; -1 noise
    std::vector<double> probability;   ///< per place in [0, 1]: how deep in its cluster it lies; 0 for noise
    std::vector<double> stability;     ///< per cluster, incidents per metre
    double treeWeight = 0.0;           ///< m, minimum spanning tree of the incidents' mutual reachability
    [[nodiscard]] std::size_t clusters() const { return stability.size(); }
};

/// HDBSCAN: the clusters of all distances at once, of which those are taken that last longest (excess of mass).
/// Two incidents' mutual reachability distance is max(core(a), core(b), |a - b|), core(a) the distance within which
/// there are minPoints incidents, a itself counted. Falling distance takes groups apart; with lambda = 1 /
/// max(distance, resolution), a group of at least minClusterSize is born when it parts from another such group and
/// loses what parts from it in smaller groups. Its stability is the sum over its incidents of lambda when they leave
/// minus lambda at its birth; a cluster is kept if its stability is at least its kept descendants' together. The whole
/// data are no cluster. A place's probability is min(lambda when it leaves, m) / m, with m the lambda at which the
/// cluster ends.
///
/// points    m distinct places, project CRS; weights empty (all 1) or m whole numbers > 0 of incidents. Equal to
/// HDBSCAN
///           on the single incidents; fewer than minPoints in all are noise, with a tree weight of 0
/// errors    invalidParameter (minPoints 0; minClusterSize below 2; resolution not positive and finite; wrong number of
///           weights; not finite, not whole, beyond 1e12 m), cancelled
/// cost      O(m log m) for bounded densities
/// source    Campello, Moulavi & Sander (2013)
[[nodiscard]] Expected<HdbscanLabels> hdbscan(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                              const HdbscanParameters& parameters = {}, const TaskContext& task = {});

struct KMeansParameters {
    std::size_t clusters = 5;
    std::size_t starts = 10;              ///< seedings tried, of which the best result is kept
    std::size_t mostRounds = 300;         ///< of assigning and averaging, a start
    std::size_t mostForSilhouette = 5000; ///< places up to which the silhouette is taken over all of them
    std::uint64_t seed = 1;
};

struct KMeansClusters {
    std::vector<std::int32_t> cluster;   ///< per place: 0 the one with most incidents, of equal ones the westernmost
    std::vector<ProjectedPoint> centres; ///< per cluster: the mean centre of its incidents
    std::vector<double> weights;         ///< per cluster: incidents
    double withinSquares = 0.0;          ///< m^2: sum over incidents of the squared distance to their cluster's centre
    double silhouette = 0.0;             ///< mean over incidents, in [-1, 1]; 0 for a single cluster
    std::size_t silhouettePlaces = 0;    ///< places it was taken over: all, or a sample
    std::size_t rounds = 0;              ///< of the start that was kept
    bool converged = false; ///< no place changed its cluster in the last round; else mostRounds was reached
};

/// K-means: the starts begin at places drawn by k-means++ (the next with probability proportional to w times the
/// squared distance to the nearest drawn one), then places go to their nearest centre (of equally near ones the first
/// drawn) and centres to their places' mean until nothing changes (Lloyd); the start with the least sum of squares is
/// kept, of equal ones the first. A centre without places moves to the place farthest from its own centre. The
/// silhouette of an incident is (b - a) / max(a, b), a the mean distance to the others of its cluster, b the least mean
/// distance to another cluster's incidents, 0 where it is alone in its cluster. Above mostForSilhouette places it is
/// taken over every k-th place in the order of the input, with k so that they suffice, against the same places.
///
/// points    m places, project CRS; weights empty (all 1) or m whole numbers > 0 of incidents. Fewer distinct places
///           than clusters give as many clusters as there are distinct places
/// errors    invalidParameter (clusters, starts or mostRounds 0; more than 1000 clusters; wrong number of weights; not
///           finite, not whole, beyond 1e12 m), cancelled
/// cost      O(starts x rounds x m x clusters) at most, and O(mostForSilhouette^2)
/// source    Arthur & Vassilvitskii (2007); Lloyd (1982); Rousseeuw (1987)
[[nodiscard]] Expected<KMeansClusters> kMeans(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                              const KMeansParameters& parameters = {}, const TaskContext& task = {});

struct NnhParameters {
    std::optional<Metres> distance; ///< fixed threshold; none: the random nearest neighbour distance at `probability`
    double probability = 0.1;       ///< that a random mean nearest neighbour distance is below the threshold
    std::size_t minPoints = 10;     ///< incidents a cluster needs
    std::size_t minCentres = 2;     ///< clusters of one order that a cluster of the next needs
};

struct NnhOrder {
    Metres distance;                     ///< threshold
    std::vector<std::int32_t> cluster;   ///< per place, or per cluster of the order below: in the order found; -1 none
    std::vector<ProjectedPoint> centres; ///< per cluster: mean of its incidents, or of the centres it joins
    std::vector<double> incidents;       ///< per cluster
};

struct NnhClusters {
    std::vector<NnhOrder> orders; ///< the first always; further ones while they have clusters
};

/// 0.5 sqrt(A / N) - t 0.26136 / sqrt(N^2 / A), t the normal quantile of 1 - probability: the lower one-sided limit of
/// the mean nearest neighbour distance of N random points (Student's t is within 1 % of it from N = 100 on).
/// errors    invalidParameter (area not positive and finite; probability not between 0 and 1; a limit that is not
///           positive), emptyInput (no incidents)
[[nodiscard]] Expected<Metres> randomNeighbourDistance(double incidents, SquareMetres area, double probability);

/// Nearest-neighbour hierarchical clusters: the place with most incidents within the threshold distance (its own and
/// those at exactly the distance counted, incidents already in a cluster not; ties: the westernmost, then the
/// southernmost) takes all of them as a cluster, again and again while there are minPoints of them. Then the centres
/// are clustered in the same way, each counted once, with the threshold for their number, until none join.
///
/// points    m places, project CRS; weights empty (all 1) or m whole numbers > 0 of incidents
/// area      the study area, for the threshold; the incidents should lie in it
/// errors    invalidParameter (distance not positive and finite, or below 2e-9 of the data's width; as
///           randomNeighbourDistance where it is asked; no study area; minPoints 0; minCentres below 2; wrong number of
///           weights; not finite, not whole, beyond 1e12 m), cancelled
/// cost      O(m log m) for bounded numbers of places within the distance
/// source    Levine (2015), CrimeStat IV, ch. 7; Clark & Evans (1954)
[[nodiscard]] Expected<NnhClusters> nearestNeighbourClusters(std::span<const ProjectedPoint> points,
                                                             std::span<const double> weights, const StudyArea& area,
                                                             const NnhParameters& parameters = {},
                                                             const TaskContext& task = {});

struct NnhSimulation {
    std::vector<std::size_t> clusters; ///< of first order, per replication, ascending
    double pValue = 1.0;               ///< (1 + replications with at least the observed number) / (1 + replications)
    /// The smallest number that at least this share (0 to 1) of the replications do not exceed.
    [[nodiscard]] std::size_t percentile(double share) const;
};

/// How many first-order clusters as many incidents have when they fall anywhere in the study area with equal chance.
///
/// incidents     at most 10 million
/// area          a box, or a polygon that fills more than a millionth of its box
/// errors        invalidParameter (no study area or one without area; too many incidents; distance not positive and
///               finite, or below 2e-9 of the area's width; minPoints or replications 0), cancelled
/// cost          O(replications x incidents log incidents)
[[nodiscard]] Expected<NnhSimulation>
simulatedNearestNeighbourClusters(std::size_t incidents, const StudyArea& area, Metres distance, std::size_t minPoints,
                                  std::size_t observed, std::size_t replications = 999, std::uint64_t seed = 1,
                                  const TaskContext& task = {});

/// A start for eps: the median distance to the k-th nearest other place, rounded to 10 m, within 25 to 500 m.
[[nodiscard]] Metres suggestedEps(std::span<const ProjectedPoint> points, std::size_t neighbours);

} // namespace patchlight
