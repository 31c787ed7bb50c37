// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/incident_marks.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double markRadius = 0.52; // mm, one incident, at the usual size of text

/// Larger beside larger text and in close views.
double radiusOf(const Drawing& d) {
    const double zoom = std::clamp(std::sqrt(20.0 / d.frame.metresPerMillimetre()), 1.0, 1.8);
    return markRadius * zoom * d.style.textSize / MapStyle{}.textSize;
}

void drawMarks(const Drawing& d, const Box& view) {
    std::vector<ProjectedPoint> points = d.content.incidents->within(view);
    std::ranges::sort(points);
    struct Mark {
        QPointF centre;
        std::size_t count = 0;
    };
    std::vector<Mark> marks; // one a place: incidents on one spot make it larger
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i > 0 && points[i] == points[i - 1]) {
            ++marks.back().count;
        } else {
            marks.push_back({d.frame.toPage(points[i]), 1});
        }
    }
    const double single = radiusOf(d);
    std::ranges::stable_sort(marks, std::ranges::greater{}, &Mark::count);
    d.painter.setBrush(d.palette.incident);
    d.painter.setPen(QPen(d.palette.incidentEdge, 0.16));
    for (const Mark& mark : marks) {
        const double radius = single * std::min(2.2, std::pow(static_cast<double>(mark.count), 0.25));
        d.painter.drawEllipse(mark.centre, radius, radius);
    }
}

} // namespace

double dotRadius(std::size_t inView, const QRectF& page) {
    constexpr double share = 0.15; // of the page under dots, had each its own place
    const double room = page.width() * page.height() * share / static_cast<double>(std::max<std::size_t>(inView, 1));
    return std::clamp(std::sqrt(room / 3.15), 0.28, 0.5);
}

bool drawnAsMarks(std::size_t inView, const QRectF& page) {
    constexpr double share = 0.3; // of the page under marks, had each its own place
    const double covered = static_cast<double>(inView) * 3.15 * markRadius * markRadius;
    return inView <= mostMarks && covered <= share * page.width() * page.height();
}

QImage pictureOfCounts(const std::vector<std::uint32_t>& counts, std::size_t width, std::size_t height,
                       double discRadius, const QColor& colour) {
    constexpr double faintest = 0.6, strongest = 1.0;
    const std::uint32_t most = counts.empty() ? 0 : *std::ranges::max_element(counts);
    const double scale = most > 1 ? (strongest - faintest) / std::log(static_cast<double>(most)) : 0.0;

    struct Step {
        std::ptrdiff_t x = 0, y = 0;
        double cover = 0.0; // of the pixel by the disc
    };
    std::vector<Step> disc;
    const auto reach = static_cast<std::ptrdiff_t>(std::ceil(discRadius));
    for (std::ptrdiff_t y = -reach; y <= reach; ++y)
        for (std::ptrdiff_t x = -reach; x <= reach; ++x) {
            const double away = std::hypot(static_cast<double>(x), static_cast<double>(y));
            const double cover = x == 0 && y == 0 ? 1.0 : std::clamp(discRadius + 0.5 - away, 0.0, 1.0);
            if (cover > 0.0) disc.push_back({x, y, cover});
        }
    std::vector<std::uint8_t> alpha(width * height, 0);
    const auto stepsRight = static_cast<std::ptrdiff_t>(width), stepsDown = static_cast<std::ptrdiff_t>(height);
    for (std::ptrdiff_t y = 0; y < stepsDown; ++y)
        for (std::ptrdiff_t x = 0; x < stepsRight; ++x) {
            const std::uint32_t count = counts[static_cast<std::size_t>(y * stepsRight + x)];
            if (count == 0) continue;
            const double opacity = 255.0 * (faintest + scale * std::log(static_cast<double>(count)));
            for (const Step& step : disc) {
                const std::ptrdiff_t column = x + step.x, row = y + step.y;
                if (column < 0 || row < 0 || column >= stepsRight || row >= stepsDown) continue;
                std::uint8_t& pixel = alpha[static_cast<std::size_t>(row * stepsRight + column)];
                pixel = std::max(pixel, static_cast<std::uint8_t>(opacity * step.cover));
            }
        }
    QImage image(static_cast<int>(width), static_cast<int>(height), QImage::Format_ARGB32_Premultiplied);
    std::array<QRgb, 256> colours{};
    for (int a = 0; a < 256; ++a)
        colours[static_cast<std::size_t>(a)] = qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), a));
    for (std::size_t y = 0; y < height; ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(static_cast<int>(y)));
        for (std::size_t x = 0; x < width; ++x) line[x] = colours[alpha[y * width + x]];
    }
    return image;
}

void drawIncidents(const Drawing& d) {
    if (!d.content.incidents || !d.content.showIncidents) return;
    const Box view = grownBy(d.frame.ground, Metres{2 * radiusOf(d) * d.frame.metresPerMillimetre()});
    const std::size_t count = d.content.incidents->countWithin(view);
    if (count == 0) return;
    if (drawnAsMarks(count, d.frame.page)) return drawMarks(d, view);
    const double scale = d.style.pixelsPerMillimetre;
    const auto width = static_cast<std::size_t>(std::max(1.0, std::round(d.frame.page.width() * scale)));
    const auto height = static_cast<std::size_t>(std::max(1.0, std::round(d.frame.page.height() * scale)));
    const auto counts = d.content.incidents->countsPerPixel(d.frame.ground, width, height);
    d.painter.setRenderHint(QPainter::LosslessImageRendering);
    d.painter.drawImage(d.frame.page, pictureOfCounts(counts, width, height, dotRadius(count, d.frame.page) * scale,
                                                      d.palette.incident));
}

} // namespace patchlight::paint
