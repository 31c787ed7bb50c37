// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/base_map.h"
#include "gis/map/detail/hotspots.h"
#include "gis/map/map.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double forGraphics = 3.0, forText = 4.5; // WCAG 2.2, 1.4.11 and 1.4.3

double luminance(const QColor& colour) {
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

QColor over(const QColor& above, double opacity, const QColor& below) {
    const auto mixed = [&](int a, int b) { return static_cast<int>(std::lround(b + opacity * (a - b))); };
    return {mixed(above.red(), below.red()), mixed(above.green(), below.green()), mixed(above.blue(), below.blue())};
}

/// A dark line in a light casing is seen by whichever edge is stronger: line on ground, or line on casing where the
/// casing stands out itself.
double lineContrast(const Palette& palette, const QColor& ground) {
    const QColor casing = over(palette.hotspotCasing, casingOpacity, ground);
    return std::max(contrastRatio(palette.hotspotEdge, ground),
                    std::min(contrastRatio(palette.hotspotEdge, casing), contrastRatio(casing, ground)));
}

} // namespace

double contrastRatio(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

std::vector<ContrastPair> contrastsOf(const MapContent& content) {
    const Palette& palette = paletteFor(false);
    std::vector<ContrastPair> pairs;
    const auto text = [&](const std::string& what, const QColor& letters, const QColor& ground) {
        pairs.push_back({what, contrastRatio(letters, ground), forText});
    };
    std::vector<std::pair<std::string, QColor>> grounds{{"land", palette.land}, {"water", palette.water}};
    if (content.result && content.showSurface && (content.result->surface || !content.result->regions.empty())) {
        const std::vector<QColor> colours = classColours(*content.result);
        for (std::size_t i = 0; i < colours.size(); ++i)
            grounds.emplace_back("the class " + content.result->classes[i].label, colours[i]);
    }
    const bool areas = content.result && content.showAreas && !content.result->areas.empty();
    for (const auto& [name, colour] : grounds) {
        if (areas) pairs.push_back({"hotspot outlines on " + name, lineContrast(palette, colour), forGraphics});
        const QColor halo = over(palette.halo, haloOpacity, colour);
        text("names on " + name, palette.name, halo);
        text("boundary names on " + name, palette.boundaryName, halo);
    }
    text("names of water", palette.waterName, palette.water);
    if (areas) text("hotspot numbers", palette.badgeText, palette.badge);
    if (content.studyArea)
        pairs.push_back({"the edge of the study area", contrastRatio(palette.studyArea, palette.land), forGraphics});
    text("the legend", palette.text, QColor(Qt::white));
    return pairs;
}

} // namespace patchlight::paint
