// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/lanes.h"
#include "core/base/parallel.h"
#include "core/density/detail/sums.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <deque>
#include <limits>
#include <numbers>

// A Gaussian is a narrow one widened by a second: with s² = a² + b² and g = exp(-d²/2s²),
//     g_s(d) = s/(sqrt(2 pi) a b) integral g_a(u) g_b(d - u) du   on each axis.
// The places are spread by g_a on the nodes of a grid, and the nodes widened by g_b along columns and rows, since g_b
// is separable. The nodes give the trapezoidal sum in place of the integral; for nodes D apart its relative error on an
// axis is 2 exp(-2 pi² a² b²/(s² D²)) (Trefethen & Weideman 2014), below 4e-15 with s >= 4 D and a = 1.4 D. Nodes are
// as far apart as this allows, so that the work hardly grows with the bandwidth. A deviation under four cells is spread
// on the cells themselves, without a second step.
namespace patchlight::detail {
namespace {

constexpr double reachInDeviations = 8.5, leastDeviationInNodes = 4.0, spreadInNodes = 1.4;

/// amplitude x exp(-d²/(2 deviation²))
struct Bell {
    double north = 0.0, east = 0.0;
    double deviation = 0.0; ///< m
    double amplitude = 0.0; ///< per km², or its square
};

double deviationOf(double bandwidth, KernelTerm term) {
    return term == KernelTerm::plain ? bandwidth : bandwidth / std::numbers::sqrt2;
}

Bell bellOf(const WeightedPlace& place, KernelTerm term) {
    const double constant = squareMetresPerSquareKilometre / (2 * std::numbers::pi * place.bandwidth * place.bandwidth);
    return {place.north, place.east, deviationOf(place.bandwidth, term),
            place.weight * (term == KernelTerm::plain ? constant : constant * constant)};
}

/// Bells of similar deviations, whose nodes are `step` cells apart.
struct Level {
    std::size_t step = 1;
    double widening = 0.0; ///< deviation of the second Gaussian, m; 0: none
    KernelTerm term = KernelTerm::plain;
    PlaceBuckets buckets;
    [[nodiscard]] double spreadOf(double deviation) const {
        return std::sqrt(deviation * deviation - widening * widening);
    }
};

std::vector<Level> levelsOf(const PlaceSource& places, const GridFrame& frame, KernelTerm term,
                            const TaskContext& task) {
    constexpr int highest = 40;
    const double cell = frame.cellSize.value();
    struct Members {
        std::vector<std::uint32_t> places; ///< not filled for one bandwidth: all of them
        double least = std::numeric_limits<double>::infinity(), most = 0.0;
    };
    std::array<Members, highest + 2> byLevel;
    const auto take = [&](double bandwidth) -> Members& {
        const double deviation = deviationOf(bandwidth, term);
        const double ratio = std::floor(std::log2(deviation / (leastDeviationInNodes * cell)));
        Members& members = byLevel[static_cast<std::size_t>(std::clamp(ratio, -1.0, double{highest}) + 1)];
        members.least = std::min(members.least, deviation);
        members.most = std::max(members.most, deviation);
        return members;
    };
    if (places.bandwidths.size() == 1)
        take(places.bandwidths.front());
    else
        for (std::size_t i = 0; i < places.size(); ++i)
            if (const WeightedPlace place = places[i]; place.weight > 0.0)
                take(place.bandwidth).places.push_back(static_cast<std::uint32_t>(i));
    std::vector<Level> levels;
    for (std::size_t i = 0; i < byLevel.size(); ++i) {
        Members& members = byLevel[i];
        if (members.most == 0.0) continue;
        Level& level = levels.emplace_back();
        level.term = term;
        if (i > 0) {
            level.step = std::size_t{1} << (i - 1);
            const double spread = spreadInNodes * cell * static_cast<double>(level.step);
            level.widening = std::sqrt(members.least * members.least - spread * spread);
        }
        level.buckets = placeBuckets({places.points, places.weights, places.bandwidths, std::move(members.places)},
                                     frame, reachInDeviations * members.most, task);
    }
    return levels;
}

/// Nodes along one axis: those that some bell is spread on and that reach some cell.
struct NodeLine {
    double origin = 0.0;    ///< of node 0, m
    double step = 1.0;      ///< m
    std::int64_t first = 0; ///< node 0 in steps from the first cell's centre
    std::size_t count = 0;
};

NodeLine nodesBetween(double low, double high, double firstCentre, std::size_t cells, const Level& level, double cell) {
    NodeLine line;
    line.step = cell * static_cast<double>(level.step);
    const double margin = level.widening > 0.0 ? reachInDeviations * level.widening / line.step + 1 : 0.0;
    const double last = static_cast<double>(cells - 1) / static_cast<double>(level.step);
    const double begin = std::floor(std::max((low - firstCentre) / line.step, -margin));
    const double end = std::ceil(std::min((high - firstCentre) / line.step, last + margin));
    line.first = static_cast<std::int64_t>(std::clamp(begin, -1e15, 1e15));
    line.count = end < begin ? 0 : static_cast<std::size_t>(end - begin) + 1;
    line.origin = firstCentre + begin * line.step;
    return line;
}

// ---- Spreading -----------------------------------------------------------------------------------------------------

/// exp(-(k step - x)²/2a²) at the nodes k of [0, count) within reach of x: `first` and on.
struct Factors {
    std::size_t first = 0, count = 0;
    std::vector<double> values; ///< count, padded to whole lanes
};

template <class V>
PATCHLIGHT_INLINE void factorsAround(double x, double deviation, double step, std::size_t count, Factors& factors) {
    const double reach = reachInDeviations * deviation;
    const double begin = std::max(std::ceil((x - reach) / step), 0.0);
    const double end = std::min(std::floor((x + reach) / step), static_cast<double>(count) - 1.0);
    factors.count = 0;
    if (!(begin <= end)) return;
    factors.first = static_cast<std::size_t>(begin);
    factors.count = static_cast<std::size_t>(end - begin) + 1;
    factors.values.resize((factors.count + 7) / 8 * 8);
    const double exponent = 0.5 / (deviation * deviation);
    constexpr std::size_t n = lanesOf<V>;
    for (std::size_t i = 0; i < factors.values.size(); i += n) {
        V away{};
        for (std::size_t l = 0; l < n; ++l) {
            // The padding repeats the last node.
            const std::size_t k = i + l < factors.count ? i + l : factors.count - 1;
            setLane(away, l, (begin + static_cast<double>(k)) * step - x);
        }
        const V value = expOfMinus(V{away * away * exponent});
        for (std::size_t l = 0; l < n; ++l) factors.values[i + l] = lane(value, l);
    }
}

struct SpreadBlock {
    std::span<const WeightedPlace> places;
    const Level* level;
    NodeLine rows; ///< of this block alone
    NodeLine columns;
    double* sums; ///< rows x columns
    Factors up, across;
};

template <class V> PATCHLIGHT_INLINE void spreadOn(SpreadBlock& block) {
    for (const WeightedPlace& place : block.places) {
        const Bell bell = bellOf(place, block.level->term);
        const double spread = block.level->spreadOf(bell.deviation);
        factorsAround<V>(bell.north - block.rows.origin, spread, block.rows.step, block.rows.count, block.up);
        if (block.up.count == 0) continue;
        factorsAround<V>(bell.east - block.columns.origin, spread, block.columns.step, block.columns.count,
                         block.across);
        double amplitude = bell.amplitude;
        if (block.level->widening > 0.0) amplitude *= (bell.deviation * bell.deviation) / (spread * spread);
        const double* const PATCHLIGHT_RESTRICT across = block.across.values.data();
        for (std::size_t r = 0; r < block.up.count; ++r) {
            const double factor = amplitude * block.up.values[r];
            double* const PATCHLIGHT_RESTRICT row =
                block.sums + (block.up.first + r) * block.columns.count + block.across.first;
            for (std::size_t c = 0; c < block.across.count; ++c) row[c] += factor * across[c];
        }
    }
}

// ---- Widening ------------------------------------------------------------------------------------------------------

constexpr std::size_t lot = 32; ///< columns widened at once, in registers

/// How nodes along an axis add up to a cell: for each cell the nodes from `begin` on and their weights.
struct Taps {
    struct Cell {
        std::size_t begin = 0, count = 0, weights = 0;
    };
    std::vector<Cell> cells;
    std::vector<double> weights;
};

Taps tapsOf(const NodeLine& nodes, const Level& level, double cell, std::size_t cells) {
    const double reach = reachInDeviations * level.widening, exponent = -0.5 / (level.widening * level.widening);
    const double constant = nodes.step / (std::sqrt(2 * std::numbers::pi) * level.widening);
    const auto most = static_cast<std::int64_t>(std::ceil(reach / nodes.step)) + 1;
    Taps taps;
    // Cells a whole step apart have the same weights: one table for each place between two nodes.
    const auto across = static_cast<std::size_t>(2 * most + 1);
    const std::size_t phases = std::min(level.step, cells);
    for (std::size_t phase = 0; phase < phases; ++phase)
        for (std::int64_t j = -most; j <= most; ++j) {
            const double away = static_cast<double>(j) * nodes.step - static_cast<double>(phase) * cell;
            taps.weights.push_back(std::abs(away) <= reach ? constant * std::exp(exponent * away * away) : 0.0);
        }
    for (std::size_t c = 0; c < cells; ++c) {
        const auto nearest = static_cast<std::int64_t>(c / level.step) - nodes.first; // node at or before the cell
        const std::int64_t begin = std::max<std::int64_t>(nearest - most, 0);
        const std::int64_t end = std::min<std::int64_t>(nearest + most + 1, static_cast<std::int64_t>(nodes.count));
        if (begin >= end) {
            taps.cells.push_back({});
            continue;
        }
        taps.cells.push_back({static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin),
                              (c % level.step) * across + static_cast<std::size_t>(begin - (nearest - most))});
    }
    return taps;
}

/// out[c] = sum over the cell's nodes k, in their order, of weight x in[k]; rows of `lot`.
template <class V> PATCHLIGHT_INLINE void widenLot(const Taps& taps, const double* in, double* out) {
    constexpr std::size_t n = lanesOf<V>, parts = lot / n;
    for (const Taps::Cell& cell : taps.cells) {
        V sums[parts]{};
        for (std::size_t k = 0; k < cell.count; ++k) {
            const double weight = taps.weights[cell.weights + k];
            const double* const row = in + (cell.begin + k) * lot;
            for (std::size_t p = 0; p < parts; ++p) sums[p] += weight * loaded<V>(row + p * n);
        }
        for (std::size_t p = 0; p < parts; ++p) store(sums[p], out + p * n);
        out += lot;
    }
}

// ---- On each path --------------------------------------------------------------------------------------------------

struct OnPath {
    void (*spread)(SpreadBlock&);
    void (*widen)(const Taps&, const double*, double*);
};

#if PATCHLIGHT_HAS_VECTOR_COPIES
void spreadPlain(SpreadBlock& block) {
    spreadOn<Lanes2>(block);
}
void widenPlain(const Taps& taps, const double* in, double* out) {
    widenLot<Lanes2>(taps, in, out);
}
PATCHLIGHT_AVX2 void spreadAvx2(SpreadBlock& block) {
    spreadOn<Lanes4>(block);
}
PATCHLIGHT_AVX2 void widenAvx2(const Taps& taps, const double* in, double* out) {
    widenLot<Lanes4>(taps, in, out);
}
PATCHLIGHT_AVX512 void spreadAvx512(SpreadBlock& block) {
    spreadOn<Lanes8>(block);
}
PATCHLIGHT_AVX512 void widenAvx512(const Taps& taps, const double* in, double* out) {
    widenLot<Lanes8>(taps, in, out);
}
#else
void spreadPlain(SpreadBlock& block) {
    spreadOn<double>(block);
}
void widenPlain(const Taps& taps, const double* in, double* out) {
    widenLot<double>(taps, in, out);
}
#endif

OnPath copyFor([[maybe_unused]] VectorPath path) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    if (path == VectorPath::avx512) return {&spreadAvx512, &widenAvx512};
    if (path == VectorPath::avx2) return {&spreadAvx2, &widenAvx2};
#endif
    return {&spreadPlain, &widenPlain};
}

/// One level of bells added to the cells.
class LevelSum {
public:
    LevelSum(const Level& level, const GridFrame& frame, const OnPath& path)
        : m_level{level}, m_frame{frame}, m_path{path} {
        Box reached;
        for (const WeightedPlace& p : level.buckets.places) {
            const double reach = reachInDeviations * level.spreadOf(deviationOf(p.bandwidth, level.term));
            m_widest = std::max(m_widest, reach);
            reached = united(reached, {p.east - reach, p.north - reach, p.east + reach, p.north + reach});
        }
        const ProjectedPoint first = frame.centre(0, 0);
        const double cell = frame.cellSize.value();
        m_rows = nodesBetween(reached.south, reached.north, first.north, frame.rows, level, cell);
        m_columns = nodesBetween(reached.west, reached.east, first.east, frame.columns, level, cell);
    }

    /// Rows of nodes and of cells that are gone through.
    [[nodiscard]] std::size_t work() const { return m_rows.count + m_frame.rows; }

    /// False when cancelled.
    bool addTo(std::vector<double>& sums, const TaskContext& task, SharedProgress& progress) {
        if (m_rows.count > 0 && m_columns.count > 0) {
            m_nodes.assign(m_rows.count * m_columns.count, 0.0);
            spreadAll(task, progress);
            if (!m_cancelled && m_level.widening > 0.0) return widenAll(sums, task, progress);
            if (!m_cancelled) copyTo(sums);
        } else {
            progress.add(m_rows.count);
        }
        progress.add(m_frame.rows);
        return !m_cancelled;
    }

private:
    bool stopped(const TaskContext& task) {
        if (task.cancelled()) m_cancelled = true;
        return m_cancelled;
    }

    void spreadAll(const TaskContext& task, SharedProgress& progress) {
        constexpr std::size_t rowsAtATime = 32, placesBetweenPolls = 512;
        const PlaceBuckets& buckets = m_level.buckets;
        const auto bucketRow = [&](double north) {
            const double row = (north - buckets.south) / buckets.side;
            return static_cast<std::size_t>(std::clamp(row, 0.0, static_cast<double>(buckets.rows - 1)));
        };
        forEachBlock(m_rows.count, rowsAtATime, [&](std::size_t begin, std::size_t end) {
            NodeLine rows = m_rows;
            rows.origin += static_cast<double>(begin) * rows.step;
            rows.count = end - begin;
            const double north = rows.origin + static_cast<double>(rows.count - 1) * rows.step;
            // A step more on either side: a place may lie a rounding outside its bucket.
            std::size_t at = buckets.first[bucketRow(rows.origin - m_widest - rows.step) * buckets.columns];
            const std::size_t stop = buckets.first[(bucketRow(north + m_widest + rows.step) + 1) * buckets.columns];
            SpreadBlock block{{}, &m_level, rows, m_columns, &m_nodes[begin * m_columns.count], {}, {}};
            for (; at < stop; at += block.places.size()) {
                if (stopped(task)) return;
                block.places = std::span(buckets.places).subspan(at, std::min(stop - at, placesBetweenPolls));
                m_path.spread(block);
            }
            progress.add(end - begin);
        });
    }

    void copyTo(std::vector<double>& sums) const { // nodes are cells, all of them inside the frame
        for (std::size_t r = 0; r < m_rows.count; ++r) {
            const std::size_t row = static_cast<std::size_t>(m_rows.first) + r;
            double* const to = &sums[row * m_frame.columns + static_cast<std::size_t>(m_columns.first)];
            for (std::size_t c = 0; c < m_columns.count; ++c) to[c] += m_nodes[r * m_columns.count + c];
        }
    }

    /// Along columns first, giving node columns at cell rows; then along rows, a lot of rows turned on its side at
    /// once.
    bool widenAll(std::vector<double>& sums, const TaskContext& task, SharedProgress& progress) {
        const double cell = m_frame.cellSize.value();
        const std::size_t padded = (m_columns.count + lot - 1) / lot * lot;
        std::vector<double> between(m_frame.rows * padded);
        const Taps up = tapsOf(m_rows, m_level, cell, m_frame.rows);
        forEachBlock(padded, lot, [&](std::size_t begin, std::size_t) {
            if (stopped(task)) return;
            const std::size_t width = std::min(lot, m_columns.count - begin);
            std::vector<double> in(m_rows.count * lot, 0.0), out(m_frame.rows * lot);
            for (std::size_t k = 0; k < m_rows.count; ++k)
                std::copy_n(&m_nodes[k * m_columns.count + begin], width, &in[k * lot]);
            m_path.widen(up, in.data(), out.data());
            for (std::size_t r = 0; r < m_frame.rows; ++r)
                std::copy_n(&out[r * lot], lot, &between[r * padded + begin]);
        });
        const Taps across = tapsOf(m_columns, m_level, cell, m_frame.columns);
        forEachBlock(m_frame.rows, lot, [&](std::size_t begin, std::size_t end) {
            if (stopped(task)) return;
            std::vector<double> in(m_columns.count * lot, 0.0), out(m_frame.columns * lot);
            for (std::size_t r = begin; r < end; ++r)
                for (std::size_t k = 0; k < m_columns.count; ++k) in[k * lot + (r - begin)] = between[r * padded + k];
            m_path.widen(across, in.data(), out.data());
            for (std::size_t r = begin; r < end; ++r)
                for (std::size_t c = 0; c < m_frame.columns; ++c)
                    sums[r * m_frame.columns + c] += out[c * lot + (r - begin)];
            progress.add(end - begin);
        });
        return !m_cancelled;
    }

    const Level& m_level;
    const GridFrame& m_frame;
    const OnPath& m_path;
    double m_widest = 0.0; ///< m
    NodeLine m_rows, m_columns;
    std::vector<double> m_nodes;
    std::atomic<bool> m_cancelled{false};
};

} // namespace

bool addGaussianKernel(const PlaceSource& places, const GridFrame& frame, KernelTerm term, VectorPath path,
                       const TaskContext& task, std::vector<double>& sums) {
    const OnPath copies = copyFor(path);
    const std::vector<Level> levels = levelsOf(places, frame, term, task);
    if (task.cancelled()) return false;
    std::deque<LevelSum> parts;
    std::size_t work = 0;
    for (const Level& level : levels) work += parts.emplace_back(level, frame, copies).work();
    SharedProgress progress(task, "density", work);
    return std::all_of(parts.begin(), parts.end(),
                       [&](LevelSum& part) { return !task.cancelled() && part.addTo(sums, task, progress); });
}

} // namespace patchlight::detail
