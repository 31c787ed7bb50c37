// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/shapes.h"

#include "gis/map/detail/memo.h"

#include <array>
#include <cmath>
#include <unordered_map>

namespace patchlight::paint {

namespace {

using PageLine = std::vector<QPointF>;

double squaredDistance(QPointF a, QPointF b) {
    const QPointF d = a - b;
    return d.x() * d.x() + d.y() * d.y();
}

double squaredDistanceToSegment(QPointF p, QPointF a, QPointF b) {
    const QPointF along = b - a;
    const double length2 = along.x() * along.x() + along.y() * along.y();
    if (length2 == 0.0) return squaredDistance(p, a);
    const double t = std::clamp(QPointF::dotProduct(p - a, along) / length2, 0.0, 1.0);
    return squaredDistance(p, a + t * along);
}

/// Page points, those that lie within half the tolerance of the one before left out, with their bounds.
struct PagePoints {
    PageLine points;
    QRectF bounds;
};
PagePoints pagePoints(std::span<const ProjectedPoint> ground, const MapFrame& frame) {
    constexpr double step2 = pageTolerance * pageTolerance / 4;
    PagePoints result;
    result.points.reserve(std::min<std::size_t>(ground.size(), 4096));
    double left = 0, right = 0, top = 0, bottom = 0;
    for (std::size_t i = 0; i < ground.size(); ++i) {
        const QPointF p = frame.toPage(ground[i]);
        left = i == 0 ? p.x() : std::min(left, p.x());
        right = i == 0 ? p.x() : std::max(right, p.x());
        top = i == 0 ? p.y() : std::min(top, p.y());
        bottom = i == 0 ? p.y() : std::max(bottom, p.y());
        if (result.points.empty() || i + 1 == ground.size() || squaredDistance(p, result.points.back()) > step2)
            result.points.push_back(p);
    }
    result.bounds = QRectF(QPointF(left, top), QPointF(right, bottom));
    return result;
}

bool misses(const QRectF& bounds, const QRectF& clip) { // QRectF::intersects is false for flat rectangles
    return bounds.right() < clip.left() || bounds.left() > clip.right() || bounds.bottom() < clip.top() ||
           bounds.top() > clip.bottom();
}
bool within(const QRectF& bounds, const QRectF& clip) {
    return bounds.left() >= clip.left() && bounds.right() <= clip.right() && bounds.top() >= clip.top() &&
           bounds.bottom() <= clip.bottom();
}

/// Douglas and Peucker (1973): the fewest of its own points that keep within the tolerance.
PageLine simplified(const PageLine& line) {
    if (line.size() < 3) return line;
    std::vector<std::uint8_t> kept(line.size(), 0);
    kept.front() = kept.back() = 1;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, line.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double farthest = pageTolerance * pageTolerance;
        std::size_t at = 0;
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double d = squaredDistanceToSegment(line[i], line[first], line[last]); d > farthest) {
                farthest = d;
                at = i;
            }
        if (at == 0) continue;
        kept[at] = 1;
        open.emplace_back(first, at);
        open.emplace_back(at, last);
    }
    PageLine result;
    for (std::size_t i = 0; i < line.size(); ++i)
        if (kept[i]) result.push_back(line[i]);
    return result;
}

void addOpen(QPainterPath& path, const PageLine& line) {
    const PageLine points = simplified(line);
    if (points.size() < 2) return;
    path.moveTo(points.front());
    for (std::size_t i = 1; i < points.size(); ++i) path.lineTo(points[i]);
}

/// Liang and Barsky (1984): the part of a segment inside the rectangle as parameters of its ends.
std::optional<std::pair<double, double>> insidePart(QPointF a, QPointF b, const QRectF& clip) {
    const double dx = b.x() - a.x(), dy = b.y() - a.y();
    double from = 0.0, to = 1.0;
    for (const auto& [p, q] : std::array<std::pair<double, double>, 4>{{{-dx, a.x() - clip.left()},
                                                                        {dx, clip.right() - a.x()},
                                                                        {-dy, a.y() - clip.top()},
                                                                        {dy, clip.bottom() - a.y()}}}) {
        if (p == 0.0) {
            if (q < 0.0) return std::nullopt;
        } else if (p < 0.0) {
            from = std::max(from, q / p);
        } else {
            to = std::min(to, q / p);
        }
    }
    if (from > to) return std::nullopt;
    return std::pair{from, to};
}

/// Sutherland and Hodgman (1974), one side after the other. Parts joined along the rim lie outside the page.
PageLine clippedRing(PageLine ring, const QRectF& clip) {
    const auto cut = [](const PageLine& in, auto inside, auto crossing) {
        PageLine out;
        for (std::size_t i = 0; i < in.size(); ++i) {
            const QPointF a = in[i == 0 ? in.size() - 1 : i - 1], b = in[i];
            if (inside(a) != inside(b)) out.push_back(crossing(a, b));
            if (inside(b)) out.push_back(b);
        }
        return out;
    };
    const auto atX = [](double x) {
        return
            [x](QPointF a, QPointF b) { return QPointF(x, a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x())); };
    };
    const auto atY = [](double y) {
        return
            [y](QPointF a, QPointF b) { return QPointF(a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()), y); };
    };
    ring = cut(
        ring, [&](QPointF p) { return p.x() >= clip.left(); }, atX(clip.left()));
    ring = cut(
        ring, [&](QPointF p) { return p.x() <= clip.right(); }, atX(clip.right()));
    ring = cut(
        ring, [&](QPointF p) { return p.y() >= clip.top(); }, atY(clip.top()));
    return cut(
        ring, [&](QPointF p) { return p.y() <= clip.bottom(); }, atY(clip.bottom()));
}

struct EdgeKey {
    std::array<std::int64_t, 4> ends; // centimetres, the lesser end first
    bool operator==(const EdgeKey&) const = default;
};
struct EdgeHash {
    std::size_t operator()(const EdgeKey& key) const {
        std::uint64_t hash = 14695981039346656037ULL;
        for (const std::int64_t v : key.ends) {
            hash = (hash ^ static_cast<std::uint64_t>(v)) * 0x9e3779b97f4a7c15ULL;
            hash ^= hash >> 29;
        }
        return static_cast<std::size_t>(hash);
    }
};
EdgeKey keyOf(ProjectedPoint a, ProjectedPoint b) {
    if (b < a) std::swap(a, b);
    const auto centimetres = [](double metres) { return static_cast<std::int64_t>(std::llround(metres * 100)); };
    return {{centimetres(a.east), centimetres(a.north), centimetres(b.east), centimetres(b.north)}};
}

/// The runs of a ring's edges for which `wanted` holds.
template <class Wanted>
void addRuns(std::vector<std::vector<ProjectedPoint>>& runs, std::span<const ProjectedPoint> ring, Wanted wanted) {
    bool open = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const bool take = wanted(keyOf(ring[i - 1], ring[i]));
        if (take && !open) runs.push_back({ring[i - 1]});
        if (take) runs.back().push_back(ring[i]);
        open = take;
    }
}

LayerEdges findEdges(const gis::VectorLayer& layer) {
    std::unordered_map<EdgeKey, int, EdgeHash> rings;
    for (const auto& feature : layer.features)
        for (const auto& ring : feature.lines)
            for (std::size_t i = 1; i < ring.size(); ++i) ++rings[keyOf(ring[i - 1], ring[i])];
    LayerEdges edges;
    for (const auto& feature : layer.features)
        for (const auto& ring : feature.lines) {
            addRuns(edges.outer, ring, [&](const EdgeKey& key) { return rings[key] == 1; });
            addRuns(edges.inner, ring, [&](const EdgeKey& key) {
                int& count = rings[key];
                if (count <= 1) return false;
                count = 0; // the other rings leave it out
                return true;
            });
        }
    return edges;
}

} // namespace

PageView viewOf(const MapFrame& frame) {
    constexpr double rim = 4.0; // mm: wider than any stroke
    return {frame, frame.page.adjusted(-rim, -rim, rim, rim)};
}

void addLine(QPainterPath& path, std::span<const ProjectedPoint> line, const PageView& view) {
    const PagePoints page = pagePoints(line, view.frame);
    if (page.points.size() < 2 || misses(page.bounds, view.clip)) return;
    if (within(page.bounds, view.clip)) return addOpen(path, page.points);
    PageLine part;
    for (std::size_t i = 1; i < page.points.size(); ++i) {
        const QPointF a = page.points[i - 1], b = page.points[i];
        const auto inside = insidePart(a, b, view.clip);
        if (!inside || inside->first > 0.0) {
            addOpen(path, part);
            part.clear();
        }
        if (!inside) continue;
        if (part.empty()) part.push_back(a + inside->first * (b - a));
        part.push_back(a + inside->second * (b - a));
        if (inside->second < 1.0) {
            addOpen(path, part);
            part.clear();
        }
    }
    addOpen(path, part);
}

void addRing(QPainterPath& path, std::span<const ProjectedPoint> ring, const PageView& view) {
    PagePoints page = pagePoints(ring, view.frame);
    if (page.points.size() < 4 || misses(page.bounds, view.clip)) return;
    if (page.bounds.width() < pageTolerance && page.bounds.height() < pageTolerance) return;
    if (page.points.front() == page.points.back()) page.points.pop_back();
    PageLine points =
        within(page.bounds, view.clip) ? std::move(page.points) : clippedRing(std::move(page.points), view.clip);
    if (points.size() < 3) return;
    points.push_back(points.front());
    // A ring is simplified as two lines, cut where it is farthest from its start.
    std::size_t far = 0;
    for (std::size_t i = 1; i < points.size(); ++i)
        if (squaredDistance(points[i], points[0]) > squaredDistance(points[far], points[0])) far = i;
    const auto middle = points.begin() + static_cast<std::ptrdiff_t>(far);
    const PageLine there = simplified(PageLine(points.begin(), middle + 1));
    const PageLine back = simplified(PageLine(middle, points.end()));
    path.moveTo(there.front());
    for (std::size_t i = 1; i < there.size(); ++i) path.lineTo(there[i]);
    for (std::size_t i = 1; i + 1 < back.size(); ++i) path.lineTo(back[i]);
    path.closeSubpath();
}

void addPolygons(QPainterPath& path, const MultiPolygon& polygons, const PageView& view) {
    for (const Polygon& polygon : polygons.parts) {
        addRing(path, polygon.outer, view);
        for (const Ring& hole : polygon.holes) addRing(path, hole, view);
    }
}

QPainterPath pathOf(const MultiPolygon& polygons, const PageView& view) {
    QPainterPath path; // filled odd-even
    addPolygons(path, polygons, view);
    return path;
}

void strokeLines(QPainter& painter, const QPainterPath& path, const QPen& pen) {
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    QPainterPath one;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        if (!element.isMoveTo()) {
            one.lineTo(element);
            continue;
        }
        if (one.elementCount() > 1) painter.drawPath(one);
        one.clear();
        one.moveTo(element);
    }
    if (one.elementCount() > 1) painter.drawPath(one);
}

std::shared_ptr<const LayerEdges> edgesOf(const std::shared_ptr<const gis::VectorLayer>& layer) {
    static Memo<gis::VectorLayer, LayerEdges> memo{16};
    return *memo.get(layer, [&]() -> Expected<LayerEdges> { return findEdges(*layer); });
}

} // namespace patchlight::paint
