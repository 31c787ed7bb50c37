// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/incident_marks.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <array>
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

namespace {

/// A pixel of a mark's disc: where it lies from the middle and how much of it is covered, of 256.
struct DiscPixel {
    std::ptrdiff_t x = 0, y = 0;
    std::uint16_t cover = 0;
};

std::vector<DiscPixel> discOf(double radius) {
    std::vector<DiscPixel> disc;
    const auto reach = static_cast<std::ptrdiff_t>(std::ceil(radius));
    for (std::ptrdiff_t y = -reach; y <= reach; ++y)
        for (std::ptrdiff_t x = -reach; x <= reach; ++x) {
            const double away = std::hypot(static_cast<double>(x), static_cast<double>(y));
            const double cover = x == 0 && y == 0 ? 1.0 : std::clamp(radius + 0.5 - away, 0.0, 1.0);
            if (const auto whole = static_cast<std::uint16_t>(std::lround(cover * 256.0)))
                disc.push_back({x, y, whole});
        }
    return disc;
}

/// Opacity of a pixel by its count, of 255: more on a logarithmic scale. Counts beyond the table are as the last.
std::vector<std::uint8_t> opacitiesUpTo(std::uint32_t most) {
    constexpr double faintest = 0.6, strongest = 1.0;
    const double scale = most > 1 ? (strongest - faintest) / std::log(static_cast<double>(most)) : 0.0;
    std::vector<std::uint8_t> opacities{0};
    for (std::uint32_t count = 1; count <= std::min(most, 65535u); ++count)
        opacities.push_back(
            static_cast<std::uint8_t>(255.0 * (faintest + scale * std::log(static_cast<double>(count)))));
    return opacities;
}

/// to[x] = max(to[x], from[x] x cover): what one pixel of all discs adds to a row.
void spreadRow(const std::uint8_t* from, std::uint8_t* to, std::size_t count, std::uint16_t cover) {
    for (std::size_t x = 0; x < count; ++x) {
        const auto value = static_cast<std::uint8_t>((from[x] * cover) >> 8);
        to[x] = to[x] > value ? to[x] : value;
    }
}

constexpr std::size_t rowsAtATime = 32;

} // namespace

QImage pictureOfCounts(const std::vector<std::uint32_t>& counts, std::size_t width, std::size_t height,
                       double discRadius, const QColor& colour) {
    const std::vector<std::uint8_t> opacities = opacitiesUpTo(counts.empty() ? 0 : *std::ranges::max_element(counts));
    std::vector<std::uint8_t> marked(width * height);
    forEachBlock(height, rowsAtATime, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin * width; i < end * width; ++i)
            marked[i] = opacities[std::min<std::size_t>(counts[i], opacities.size() - 1)];
    });
    const std::vector<DiscPixel> disc = discOf(discRadius);
    std::array<QRgb, 256> colours{};
    for (int a = 0; a < 256; ++a)
        colours[static_cast<std::size_t>(a)] = qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), a));
    QImage image(static_cast<int>(width), static_cast<int>(height), QImage::Format_ARGB32_Premultiplied);
    uchar* const pixels = image.bits();
    const auto bytesPerLine = static_cast<std::size_t>(image.bytesPerLine());
    // Whole rows at a time, whatever is on them: the cost is that of the picture, not of the incidents.
    forEachBlock(height, rowsAtATime, [&](std::size_t begin, std::size_t end) {
        std::vector<std::uint8_t> alpha(width);
        for (std::size_t row = begin; row < end; ++row) {
            std::ranges::fill(alpha, std::uint8_t{0});
            for (const DiscPixel& each : disc) {
                const auto from = static_cast<std::ptrdiff_t>(row) - each.y;
                const auto shift = static_cast<std::size_t>(std::abs(each.x));
                if (from < 0 || from >= static_cast<std::ptrdiff_t>(height) || shift >= width) continue;
                const std::uint8_t* const source = &marked[static_cast<std::size_t>(from) * width];
                if (each.x >= 0)
                    spreadRow(source, alpha.data() + shift, width - shift, each.cover);
                else
                    spreadRow(source + shift, alpha.data(), width - shift, each.cover);
            }
            auto* const line = reinterpret_cast<QRgb*>(pixels + row * bytesPerLine);
            for (std::size_t x = 0; x < width; ++x) line[x] = colours[alpha[x]];
        }
    });
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
