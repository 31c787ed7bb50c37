// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/sample/generator/names.h"
#include "resources/sample/generator/town.h"

#include <algorithm>
#include <cmath>

namespace patchlight::sample {

namespace {

PlanLine withTheCoast(double inland, double from, double to) {
    return {{from, inland}, {to, inland}};
}
PlanLine inlandFrom(double along, double from, double to) {
    return {{along, from}, {along, to}};
}

void addMainRoads(std::vector<Street>& streets) {
    const auto add = [&](const char* name, const char* highway, const PlanLine& plan, bool inTown = true) {
        streets.push_back({name, highway, drawn(plan), inTown});
    };
    // With the coast.
    add("West Parade", "secondary", withTheCoast(0, 0.2, 2.5));
    add("Marine Parade", "secondary", withTheCoast(0, 2.5, 4.6));
    add("East Parade", "secondary", withTheCoast(0, 4.6, 7));
    add("High Street", "pedestrian", withTheCoast(1, 3, 4));
    add("Westgate", "tertiary", withTheCoast(1, 1.9, 3));
    add("Eastgate", "tertiary", withTheCoast(1, 4, 5));
    add("Saltmarsh Road", "primary", withTheCoast(2, -6, 0), false);
    add("Westcliff Road", "primary", withTheCoast(2, 0, 2));
    add("Haven Road", "primary", withTheCoast(2, 2, 5));
    add("Gullcombe Road", "primary", withTheCoast(2, 5, 7));
    add("Gullcombe Hill", "primary", withTheCoast(2, 7, 13), false);
    add("Mill Lane", "tertiary", withTheCoast(3, 0, 3));
    add("Priory Street", "tertiary", withTheCoast(3, 3, 5));
    add("Netherfield Lane", "tertiary", withTheCoast(3, 5, 6.6));
    add("Millbrook Road", "secondary", withTheCoast(4, 0, 3));
    add("Rowan Hill", "secondary", withTheCoast(4, 3, 5));
    add("Fairmead Road", "secondary", withTheCoast(4, 5, 7));
    add("Copse Lane", "tertiary", withTheCoast(5, 1, 6));
    add("Sandhaven Bypass", "trunk", {{-6, 5.2}, {-2, 5.75}, {0, 6}, {7, 6}, {9, 5.75}, {13, 5.3}}, false);
    // Inland.
    add("Cliff Road", "tertiary", inlandFrom(0, 0.9, 4));
    add("Harbour Lane", "tertiary", inlandFrom(1, 0, 4));
    add("Harbour Road", "secondary", inlandFrom(2, 0, 4));
    add("Wychford Road", "secondary", inlandFrom(2, 4, 6));
    add("Wychford Lane", "secondary", inlandFrom(2, 6, 13), false);
    add("Quay Street", "tertiary", inlandFrom(3, 0, 2));
    add("Station Road", "primary", inlandFrom(3, 2, 4));
    add("London Road", "primary", inlandFrom(3, 4, 6));
    add("Old London Road", "primary", inlandFrom(3, 6, 14), false);
    add("Pier Street", "pedestrian", inlandFrom(3.62, 0, 1));
    add("Castle Street", "tertiary", inlandFrom(4, 0, 2));
    add("Abbey Road", "secondary", inlandFrom(4, 2, 6));
    add("Park Road", "tertiary", inlandFrom(5, 0, 3));
    add("Fairmead Avenue", "tertiary", inlandFrom(5, 3, 6));
    add("Fairmead Down", "secondary", inlandFrom(5, 6, 12), false);
    add("Lighthouse Road", "tertiary", inlandFrom(6, 0, 5));
    add("Point Road", "tertiary", inlandFrom(7, 0.4, 4));
}

/// One block between main roads, filled in its own pattern; a and b in 0..1 are its own axes (with the coast, inland).
class Block {
public:
    Block(PlanPoint low, PlanPoint high, std::vector<Street>& streets, StreetNames& names, Random& random)
        : m_low{low}, m_high{high}, m_streets{streets}, m_names{names}, m_random{random},
          m_width{groundDistance({low.along, middle(low.inland, high.inland)},
                                 {high.along, middle(low.inland, high.inland)})},
          m_height{groundDistance({middle(low.along, high.along), low.inland},
                                  {middle(low.along, high.along), high.inland})} {}

    void terraces(double spacing) {
        const int count = std::max(2, static_cast<int>(m_width / spacing + 0.5));
        for (int i = 1; i < count; ++i) {
            const double a = (i + m_random.between(-0.08, 0.08)) / count;
            add({{a, 0}, {a + m_random.between(-0.02, 0.02), 1}}, StreetForm::through);
        }
        const int crossings = static_cast<int>(m_height / 260);
        for (int k = 1; k <= crossings; ++k) {
            const double b = (k + m_random.between(-0.1, 0.1)) / (crossings + 1);
            add({{0, b}, {1, b + m_random.between(-0.03, 0.03)}}, StreetForm::through);
        }
    }

    void avenues(double spacing, bool closes) {
        const int count = std::max(2, static_cast<int>(m_height / spacing + 0.5));
        const double bend = m_random.between(-0.35, 0.35) / count;
        const double turn = m_random.between(0, 2 * pi);
        const auto row = [&](int k, double a) {
            return (k + 0.0) / count + bend * (sine(2 * pi * a * 0.8 + turn) - sine(turn)) * sine(pi * a);
        };
        for (int k = 1; k < count; ++k) {
            PlanLine line;
            const double end = m_random.chance(0.25) ? m_random.between(0.75, 0.9) : 1.0;
            for (int i = 0; i <= 12; ++i) line.push_back({end * i / 12, row(k, end * i / 12)});
            add(line, StreetForm::through);
        }
        const double link = m_random.between(0.35, 0.65);
        PlanLine line{{link, 0}};
        for (int k = 1; k < count; ++k) line.push_back({link, row(k, link)});
        line.push_back({link, 1});
        add(line, StreetForm::through);
        if (!closes) return;
        for (int k = 1; k < count; ++k)
            for (double a = m_random.between(0.1, 0.2); a < 0.9; a += m_random.between(0.16, 0.3)) {
                if (std::abs(a - link) < 0.09) continue;
                const double side = m_random.chance(0.5) ? 1 : -1;
                const double reach = side * m_random.between(0.42, 0.62) / count;
                const double b = row(k, a);
                add({{a, b}, {a + m_random.between(-0.02, 0.02), b + reach}}, StreetForm::close);
            }
    }

    void crescents() {
        const bool upward = m_random.chance(0.5);
        const double middleA = m_random.between(0.44, 0.56);
        const auto flip = [&](double b) { return upward ? b : 1 - b; };
        add({{middleA, 0}, {middleA, 1}}, StreetForm::through);
        for (const double r : {0.95, 0.66, 0.36}) {
            PlanLine line;
            for (int i = 0; i <= 18; ++i) {
                const double t = pi * i / 18;
                line.push_back({middleA - 0.44 * r * cosine(t), flip(0.9 * r * sine(t))});
            }
            add(line, StreetForm::crescent);
        }
        for (const double side : {-1.0, 1.0}) {
            const double a = middleA + side * 0.44 * 0.95 * cosine(pi / 4);
            add({{a, flip(0.9 * 0.95 * sine(pi / 4))}, {side < 0 ? 0.04 : 0.96, flip(0.93)}}, StreetForm::close);
        }
    }

    /// A ring with closes inside and two ways out.
    void loop() {
        const double halfA = m_random.between(0.28, 0.34);
        const double halfB = m_random.between(0.28, 0.33);
        PlanLine ring;
        for (int i = 0; i <= 24; ++i) {
            const double t = 2 * pi * i / 24;
            const double c = cosine(t);
            const double s = sine(t);
            const double round = 1 / std::sqrt(std::sqrt(c * c * c * c + s * s * s * s)); // a squarish ellipse
            ring.push_back({0.5 + halfA * c * round, 0.5 + halfB * s * round});
        }
        add(ring, StreetForm::crescent);
        add({{0.5 - halfA, 0.5}, {0, m_random.between(0.4, 0.6)}}, StreetForm::through);
        add({{m_random.between(0.45, 0.55), 0}, {0.5, 0.5 - halfB}}, StreetForm::through);
        add({{0.5 + halfA, 0.5}, {1, 0.5}}, StreetForm::through);
        for (int i = -1; i <= 1; ++i) {
            const double a = 0.5 + halfA * 0.6 * i;
            add({{a, 0.5 + halfB}, {a, 0.54 + 0.02 * i}}, StreetForm::close);
            if (i != 0) add({{a, 0.5 - halfB}, {a, 0.44}}, StreetForm::close);
            add({{a, 0.5 + halfB}, {a + 0.02, 0.94}}, StreetForm::close);
        }
    }

    void sparse() {
        const double b = m_random.between(0.4, 0.6);
        add({{0, b}, {0.45, b + 0.06}, {0.8, b}}, StreetForm::through);
        add({{0.45, b + 0.06}, {0.5, 0.9}}, StreetForm::close);
    }

private:
    static double middle(double a, double b) { return (a + b) / 2; }

    /// Cut where the river runs; pieces under 45 m are left out.
    void add(const PlanLine& local, StreetForm form) {
        PlanLine dense;
        for (std::size_t i = 0; i < local.size(); ++i) {
            const PlanPoint to = inTown(local[i]);
            if (i > 0) {
                const PlanPoint from = inTown(local[i - 1]);
                const int steps = std::max(1, static_cast<int>(groundDistance(from, to) / 25));
                for (int k = 1; k < steps; ++k)
                    dense.push_back({from.along + (to.along - from.along) * k / steps,
                                     from.inland + (to.inland - from.inland) * k / steps});
            }
            dense.push_back(to);
        }
        PlanLine piece;
        const auto finish = [&] {
            if (piece.size() > 1) {
                const Line line = drawn(piece);
                if (lengthOf(line) >= 45) m_streets.push_back({m_names.next(form), "residential", line, true});
            }
            piece.clear();
        };
        for (const PlanPoint p : dense) {
            if (inRiver(p))
                finish();
            else
                piece.push_back(p);
        }
        finish();
    }

    PlanPoint inTown(PlanPoint local) const {
        return {m_low.along + (m_high.along - m_low.along) * local.along,
                m_low.inland + (m_high.inland - m_low.inland) * local.inland};
    }

    PlanPoint m_low, m_high;
    std::vector<Street>& m_streets;
    StreetNames& m_names;
    Random& m_random;
    double m_width, m_height;
};

/// How built-up a block is: terraces round the centre, then suburbs, then fields.
void fill(Block block, PlanPoint middle, Random& random) {
    const double across = (middle.along - 3.5) / 3.9;
    const double inland = middle.inland / 6.1;
    const double away = across * across + inland * inland;
    if (away > 1.12) return;
    if (away > 0.95 && random.chance(0.45)) return block.sparse();
    if (middle.along > 3 && middle.along < 4 && middle.inland < 2) return block.terraces(72);
    if (away < 0.14) return block.terraces(88);
    if (away < 0.3) return random.chance(0.65) ? block.terraces(98) : block.avenues(112, false);
    switch (random.below(5)) {
    case 0:
        return block.avenues(125, false);
    case 1:
        return block.crescents();
    case 2:
        return block.loop();
    default:
        return block.avenues(150, true);
    }
}

} // namespace

std::vector<Street> buildStreets(std::uint64_t seed) {
    std::vector<Street> streets;
    addMainRoads(streets);
    StreetNames names{Random{seed, 1}};
    Random random{seed, 2};
    for (int band = 0; band < lastBand; ++band)
        for (int radial = 0; radial < lastRadial; ++radial) {
            const double split = radial + random.between(0.42, 0.58);
            const bool park = (radial == 4 && band == 3) || (radial == 2 && band == 4);
            if (park) continue;
            const PlanPoint low{double(radial), double(band)};
            const PlanPoint high{radial + 1.0, band + 1.0};
            const double width = groundDistance(low, {high.along, low.inland});
            if (width < 760 || band < 2) {
                fill({low, high, streets, names, random}, {radial + 0.5, band + 0.5}, random);
                continue;
            }
            if ((radial > 0 && radial < 6) || band < 4)
                streets.push_back({names.next(StreetForm::through), "residential",
                                   drawn(inlandFrom(split, low.inland, high.inland)), true});
            fill({low, {split, high.inland}, streets, names, random}, {(low.along + split) / 2, band + 0.5}, random);
            fill({{split, low.inland}, high, streets, names, random}, {(split + high.along) / 2, band + 0.5}, random);
        }
    return streets;
}

} // namespace patchlight::sample
