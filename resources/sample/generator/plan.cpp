// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/plan.h"

#include "resources/sample/generator/portable.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace patchlight::sample {

namespace {

// Where the whole plan numbers lie before bending, metres from the middle of the town and from the waterline.
constexpr std::array radials{-3500.0, -2400.0, -1300.0, -450.0, 420.0, 1500.0, 2600.0, 3600.0};
constexpr std::array bands{45.0, 330.0, 700.0, 1300.0, 2050.0, 2900.0, 3800.0};

/// Between the nodes linearly, beyond them with the last spacing.
double interpolated(std::span<const double> nodes, double at) {
    const auto last = static_cast<int>(nodes.size()) - 2;
    const int i = std::clamp(static_cast<int>(std::floor(at)), 0, last);
    const auto k = static_cast<std::size_t>(i);
    return nodes[k] + (nodes[k + 1] - nodes[k]) * (at - i);
}

double rounded(double metres) {
    return std::floor(metres * 10 + 0.5) / 10;
}

/// Ramer-Douglas-Peucker.
void thin(const Line& line, std::size_t first, std::size_t last, double tolerance, std::vector<bool>& keep) {
    const Point a = line[first];
    const Point b = line[last];
    const double length = distance(a, b);
    double worst = tolerance;
    std::size_t at = 0;
    for (std::size_t i = first + 1; i < last; ++i) {
        const double cross =
            (b.east - a.east) * (line[i].north - a.north) - (b.north - a.north) * (line[i].east - a.east);
        const double away = length > 0 ? std::abs(cross) / length : distance(a, line[i]);
        if (away <= worst) continue;
        worst = away;
        at = i;
    }
    if (at == 0) return;
    keep[at] = true;
    thin(line, first, at, tolerance, keep);
    thin(line, at, last, tolerance, keep);
}

} // namespace

Point onGround(PlanPoint plan) {
    // Waves that fade towards the promenade, so that it stays at one distance from the sea.
    const double wave = std::clamp(plan.inland, 0.0, 1.0);
    double q = interpolated(bands, plan.inland);
    const double s = interpolated(radials, plan.along) + 120 * wave * sine(q / 1000 + plan.along * 2.1);
    q += 75 * wave * sine(s / 950 + plan.inland * 1.7);

    const double fan = 0.72 + 0.28 * q / 2000;
    const double u = s * fan;
    const double coast = 480 * sine(u / 1900 + 0.7) + 130 * sine(u / 800 + 1.3);
    const double v = q + coast / (1 + (q / 3000) * (q / 3000));
    return {340000 + u + 170 * sine(v / 1300 + u / 2600), 78000 + v + 140 * sine(u / 1500 - v / 1900 + 2)};
}

double distance(Point a, Point b) {
    const double dx = a.east - b.east;
    const double dy = a.north - b.north;
    return std::sqrt(dx * dx + dy * dy); // correctly rounded everywhere, unlike hypot
}

double groundDistance(PlanPoint a, PlanPoint b) {
    return distance(onGround(a), onGround(b));
}

PlanPoint riverAt(double inland) {
    return {1.42 + 0.22 * sine(inland * 1.3 + 0.4), inland};
}

double riverHalfWidth(double inland) {
    return 11 + 75 / (1 + 4 * (inland - waterline) * (inland - waterline));
}

bool inRiver(PlanPoint plan) {
    const PlanPoint middle = riverAt(plan.inland);
    if (std::abs(middle.along - plan.along) > 0.4) return false;
    return groundDistance(middle, plan) < riverHalfWidth(plan.inland) + 22;
}

Line drawn(const PlanLine& plan) {
    Line dense{onGround(plan.front())};
    for (std::size_t i = 1; i < plan.size(); ++i) {
        const PlanPoint a = plan[i - 1];
        const PlanPoint b = plan[i];
        const int steps = std::max(1, static_cast<int>(std::ceil(groundDistance(a, b) / 40)));
        for (int k = 1; k <= steps; ++k) {
            const double t = double(k) / steps;
            dense.push_back(onGround({a.along + (b.along - a.along) * t, a.inland + (b.inland - a.inland) * t}));
        }
    }
    std::vector<bool> keep(dense.size(), false);
    keep.front() = keep.back() = true;
    thin(dense, 0, dense.size() - 1, 0.6, keep);
    Line line;
    for (std::size_t i = 0; i < dense.size(); ++i)
        if (keep[i]) line.push_back({rounded(dense[i].east), rounded(dense[i].north)});
    return line;
}

double lengthOf(const Line& line) {
    double sum = 0.0;
    for (std::size_t i = 1; i < line.size(); ++i) sum += distance(line[i - 1], line[i]);
    return sum;
}

bool contains(const Line& ring, Point p) {
    bool inside = false;
    for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
        const Point a = ring[i];
        const Point b = ring[j];
        if ((a.north > p.north) == (b.north > p.north)) continue;
        if (p.east < (b.east - a.east) * (p.north - a.north) / (b.north - a.north) + a.east) inside = !inside;
    }
    return inside;
}

} // namespace patchlight::sample
