// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/detail/styles.h"

#include "core/base/text.h"
#include "gis/export/detail/text_file.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <span>

namespace patchlight::gis::detail {

namespace {

constexpr const char* qmlStart = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
                                 "<qgis version=\"3.22.0\" styleCategories=\"Symbology|Labeling\">\n";

/// A fill as QGIS writes it; properties as `prop`, which every 3.x reads.
std::string qmlFill(std::size_t name, const Colour& fill, int opacity, const Colour& edge, int edgeOpacity,
                    double edgeMillimetres) {
    return fmt::format(
        "<symbol type=\"fill\" name=\"{}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\"><layer "
        "class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><prop k=\"color\" v=\"{},{},{},{}\"/><prop "
        "k=\"style\" v=\"solid\"/><prop k=\"outline_color\" v=\"{},{},{},{}\"/><prop k=\"outline_style\" "
        "v=\"solid\"/><prop k=\"outline_width\" v=\"{}\"/><prop k=\"outline_width_unit\" v=\"MM\"/><prop "
        "k=\"joinstyle\" v=\"round\"/></layer></symbol>\n",
        name, fill.red, fill.green, fill.blue, opacity, edge.red, edge.green, edge.blue, edgeOpacity, edgeMillimetres);
}

std::string sldPolygon(const Colour& fill, double opacity, const Colour& edge, double edgePixels) {
    return fmt::format("<se:PolygonSymbolizer><se:Fill><se:SvgParameter name=\"fill\">{}</se:SvgParameter>"
                       "<se:SvgParameter name=\"fill-opacity\">{}</se:SvgParameter></se:Fill><se:Stroke>"
                       "<se:SvgParameter name=\"stroke\">{}</se:SvgParameter><se:SvgParameter name=\"stroke-width\">{}"
                       "</se:SvgParameter></se:Stroke></se:PolygonSymbolizer>",
                       fill.hex(), opacity, edge.hex(), edgePixels);
}

std::string sld(const std::string& layer, const std::string& rules) {
    return fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<StyledLayerDescriptor version=\"1.1.0\" "
                       "xmlns=\"http://www.opengis.net/sld\" xmlns:se=\"http://www.opengis.net/se\" "
                       "xmlns:ogc=\"http://www.opengis.net/ogc\">\n<NamedLayer><se:Name>{0}</se:Name><UserStyle>"
                       "<se:Name>{0}</se:Name><se:FeatureTypeStyle>\n{1}</se:FeatureTypeStyle></UserStyle>"
                       "</NamedLayer></StyledLayerDescriptor>\n",
                       layer, rules);
}

/// Where a class ends: at the next one's start. The first and last are as wide as numbers go.
struct Range {
    double from = 0.0, to = 0.0;
};
std::vector<Range> rangesOf(const Result& result) {
    double highest = 0.0, lowest = 0.0;
    for (const Region& region : result.regions)
        if (region.value && std::isfinite(*region.value)) {
            highest = std::max(highest, *region.value);
            lowest = std::min(lowest, *region.value);
        }
    std::vector<Range> ranges;
    for (std::size_t i = 0; i < result.classes.size(); ++i) {
        const double from = std::isfinite(result.classes[i].from) ? result.classes[i].from : lowest;
        const double to = i + 1 < result.classes.size() ? result.classes[i + 1].from : std::max(highest, from);
        ranges.push_back({from, to});
    }
    return ranges;
}

std::string labelRule() {
    return "<se:Rule><se:TextSymbolizer><se:Label><ogc:PropertyName>rank</ogc:PropertyName></se:Label>"
           "<se:Fill><se:SvgParameter "
           "name=\"fill\">#10263b</se:SvgParameter></se:Fill></se:TextSymbolizer></se:Rule>\n";
}

} // namespace

LayerStyle hotspotStyle() {
    LayerStyle style{"hotspots", "Patchlight hotspots", qmlStart, {}};
    style.qml +=
        "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\"><symbols>\n" +
        qmlFill(0, hotspotFill, 71, hotspotEdge, 255, 0.42) +
        "</symbols></renderer-v2>\n"
        "<labeling type=\"simple\"><settings calloutType=\"simple\"><text-style fieldName=\"rank\" "
        "fontSize=\"10\" fontSizeUnit=\"Point\" textColor=\"16,38,59,255\" fontWeight=\"75\"><text-buffer "
        "bufferDraw=\"1\" bufferSize=\"1\" bufferSizeUnits=\"MM\" bufferColor=\"255,255,255,255\"/>"
        "</text-style><placement placement=\"1\" centroidInside=\"1\"/></settings></labeling>\n</qgis>\n";
    style.sld =
        sld("hotspots", "<se:Rule>" + sldPolygon(hotspotFill, 0.28, hotspotEdge, 1.5) + "</se:Rule>\n" + labelRule());
    return style;
}

LayerStyle countsStyle(const Result& result) {
    constexpr Colour edge{0x8d, 0x97, 0xa3};
    LayerStyle style{"counts", "Patchlight counts", qmlStart, {}};
    const std::vector<Colour> colours = classColours(result);
    const std::vector<Range> ranges = rangesOf(result);
    std::string symbols, classes, rules;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        const std::string label = xmlText(result.classes[i].label), from = shortestDecimal(ranges[i].from),
                          to = shortestDecimal(ranges[i].to);
        symbols += qmlFill(i, colours[i], 255, edge, 115, 0.12);
        classes += fmt::format("<range lower=\"{}\" upper=\"{}\" symbol=\"{}\" label=\"{}\" render=\"true\"/>\n", from,
                               to, i, label);
        const bool last = i + 1 == ranges.size();
        rules += fmt::format(
            "<se:Rule><se:Name>{0}</se:Name><ogc:Filter><ogc:And><ogc:PropertyIsGreaterThanOrEqualTo><ogc:PropertyName>"
            "value</ogc:PropertyName><ogc:Literal>{1}</ogc:Literal></ogc:PropertyIsGreaterThanOrEqualTo>"
            "<ogc:PropertyIsLessThan{2}><ogc:PropertyName>value</ogc:PropertyName><ogc:Literal>{3}</ogc:Literal>"
            "</ogc:PropertyIsLessThan{2}></ogc:And></ogc:Filter>{4}</se:Rule>\n",
            label, from, last ? "OrEqualTo" : "", to, sldPolygon(colours[i], 1.0, edge, 0.5));
    }
    style.qml += "<renderer-v2 type=\"graduatedSymbol\" attr=\"value\" graduatedMethod=\"GraduatedColor\" "
                 "symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n<ranges>\n" +
                 classes + "</ranges>\n<symbols>\n" + symbols + "</symbols></renderer-v2>\n</qgis>\n";
    style.sld = sld("counts", rules);
    return style;
}

} // namespace patchlight::gis::detail
