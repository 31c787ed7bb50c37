// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/names.h"

#include "core/base/text.h"
#include "gis/map/detail/memo.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight::paint {

namespace {

struct Name {
    QPointF centre;
    QString text;
    TextStyle style;
    double room = 0.0;       ///< mm: the widest it may be; 0 for any width
    bool besideMark = false; ///< starts right of its centre
    bool needed = false;     ///< rather over a hotspot than left out
};

/// Where a polygon's name stands: inside its largest part, found once a layer.
struct Anchor {
    ProjectedPoint point;
    double width = 0.0; ///< m
};
using Anchors = std::vector<std::optional<Anchor>>;

std::optional<Anchor> anchorOf(const gis::VectorFeature& feature) {
    if (feature.label.empty() || feature.lines.empty()) return std::nullopt;
    if (feature.kind == gis::GeometryKind::point) return Anchor{feature.lines.front().front(), 0.0};
    const auto width = [](const std::vector<ProjectedPoint>& line) { return boxOf(line).width(); };
    const auto& widest = *std::ranges::max_element(feature.lines, {}, width);
    if (widest.size() < 4) return std::nullopt;
    return Anchor{labelPoint({{{widest, {}}}}), width(widest)};
}

std::shared_ptr<const Anchors> anchorsOf(const std::shared_ptr<const gis::VectorLayer>& layer) {
    static Memo<gis::VectorLayer, Anchors> memo{16};
    return *memo.get(layer, [&]() -> Expected<Anchors> {
        Anchors anchors;
        for (const auto& feature : layer->features) anchors.push_back(anchorOf(feature));
        return anchors;
    });
}

TextStyle styleOf(const Drawing& d, const LoadedLayer& layer, const gis::VectorFeature& feature) {
    const double size = d.style.textSize;
    TextStyle style{.size = size, .colour = d.palette.name, .weight = QFont::DemiBold, .halo = d.palette.halo};
    style.halo.setAlphaF(static_cast<float>(haloOpacity));
    style.haloWidth = 0.12 * size;
    if (hasRole(layer, "water")) {
        style.colour = d.palette.waterName;
        style.weight = QFont::Normal;
        style.italic = true;
        style.halo = QColor();
        style.size = 1.05 * size;
    } else if (hasRole(layer, "boundaries")) {
        style.colour = d.palette.boundaryName;
        style.weight = QFont::Normal;
        style.size = 0.88 * size;
    } else if (const auto settlement = settlementSize(feature.kindField)) {
        constexpr std::array scale{1.45, 1.2, 1.0, 0.9};
        style.size = scale[static_cast<std::size_t>(*settlement)] * size;
        if (*settlement >= 3) style.weight = QFont::Normal;
    } else {
        style.weight = QFont::Normal;
        style.size = 0.9 * size;
    }
    return style;
}

bool named(const LoadedLayer& layer) {
    return layer.info.visible && layer.vector &&
           (hasRole(layer, "places") || hasRole(layer, "boundaries") || hasRole(layer, "water"));
}

/// Draws the name at its place or, where that is taken or would hide a hotspot, a little above or below.
void drawIfFree(const Drawing& d, const Name& name, FreeRoom& room) {
    const TextSize size = measured(name.text, name.style);
    if (name.room > 0.0 && size.width > name.room) return;
    const double em = name.style.size, apart = 0.3 * em;
    const double left = name.besideMark ? name.centre.x() + 0.5 * em : name.centre.x() - size.width / 2;
    const auto startAt = [&](double down) { return QPointF(left, name.centre.y() + size.ascent / 2 + down * em); };
    const auto boxAt = [&](double down) {
        const QPointF start = startAt(down);
        return QRectF(start.x() - apart, start.y() - size.ascent - apart, size.width + 2 * apart,
                      size.height() + 2 * apart);
    };
    std::optional<double> chosen;
    const bool movable = !name.besideMark;
    for (const double down : {0.0, 1.2, -1.2, 2.2, -2.2}) {
        if (down != 0.0 && !movable) break;
        if (!room.isFree(boxAt(down))) continue;
        if (room.hidesNothing(boxAt(down))) {
            chosen = down;
            break;
        }
        if (!chosen && name.needed) chosen = down;
    }
    if (!chosen) return;
    room.take(boxAt(*chosen));
    drawText(d.painter, startAt(*chosen), name.text, name.style);
}

} // namespace

bool FreeRoom::isFree(const QRectF& area) const {
    return m_page.contains(area) &&
           std::ranges::none_of(m_taken, [&](const QRectF& taken) { return taken.intersects(area); });
}

bool FreeRoom::hidesNothing(const QRectF& area) const {
    return std::ranges::none_of(m_spared, [&](const QRectF& spared) {
        const bool small = spared.width() < 2 * area.width() || !spared.contains(area);
        return small && spared.intersects(area);
    });
}

std::optional<int> settlementSize(std::string_view kindField) {
    constexpr std::array<std::pair<std::string_view, int>, 12> sizes{{{"city", 0},
                                                                      {"town", 1},
                                                                      {"suburb", 2},
                                                                      {"village", 2},
                                                                      {"district", 2},
                                                                      {"quarter", 2},
                                                                      {"borough", 1},
                                                                      {"hamlet", 3},
                                                                      {"neighbourhood", 3},
                                                                      {"locality", 3},
                                                                      {"settlement", 3},
                                                                      {"populated", 2}}};
    const std::string kind = foldedCase(kindField);
    for (const auto& [word, size] : sizes)
        if (kind.find(word) != std::string::npos) return size;
    return std::nullopt;
}

bool hasMarks(const LoadedLayer& layer) {
    if (!hasRole(layer, "places") || !layer.vector || layer.vector->kind != gis::GeometryKind::point) return false;
    // Places that say nothing of their kind but have names are settlements; marks are for the rest.
    return std::ranges::any_of(layer.vector->features, [](const gis::VectorFeature& feature) {
        return !settlementSize(feature.kindField) && (feature.label.empty() || !feature.kindField.empty());
    });
}

void drawPlaceMarks(const Drawing& d) {
    for (const LoadedLayer& layer : d.content.layers) {
        if (!layer.info.visible || !hasMarks(layer)) continue;
        d.painter.setBrush(d.palette.halo);
        d.painter.setPen(QPen(d.palette.name, 0.3));
        for (const auto& feature : layer.vector->features) {
            if (settlementSize(feature.kindField) || feature.lines.empty()) continue;
            const ProjectedPoint at = feature.lines.front().front();
            if (d.frame.ground.contains(at)) d.painter.drawEllipse(d.frame.toPage(at), 0.5, 0.5);
        }
    }
}

void drawNames(const Drawing& d, FreeRoom& room) {
    struct Ranked {
        int order = 0;
        Name name;
    };
    std::vector<Ranked> names;
    const double scale = d.frame.metresPerMillimetre();
    for (const LoadedLayer& layer : d.content.layers) {
        if (!named(layer) || !layer.box.intersects(d.frame.ground)) continue;
        const auto anchors = anchorsOf(layer.vector);
        const bool marks = hasMarks(layer);
        for (std::size_t i = 0; i < anchors->size(); ++i) {
            const auto& anchor = (*anchors)[i];
            if (!anchor || !d.frame.ground.contains(anchor->point)) continue;
            const auto& feature = layer.vector->features[i];
            const auto settlement = settlementSize(feature.kindField);
            const int order = hasRole(layer, "water")        ? 10
                              : hasRole(layer, "boundaries") ? 11
                              : settlement                   ? *settlement
                              : marks                        ? 12
                                                             : 2;
            names.push_back({order,
                             {d.frame.toPage(anchor->point), QString::fromStdString(feature.label),
                              styleOf(d, layer, feature), anchor->width / scale, marks && !settlement, order <= 1}});
        }
    }
    std::ranges::stable_sort(names, {}, &Ranked::order);
    for (const Ranked& one : names) drawIfFree(d, one.name, room);
}

} // namespace patchlight::paint
