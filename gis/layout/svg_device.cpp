// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/svg_device.h"

#include <QBuffer>
#include <QFont>
#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double dotsPerInch = SvgDevice::unitsPerMillimetre * 25.4;

/// Millimetres to a micrometre, without trailing zeros and whatever the locale.
QByteArray number(double value) {
    const auto thousandths = std::llround(value * 1000.0);
    QByteArray text = QByteArray::number(std::abs(thousandths) / 1000);
    if (const auto rest = std::abs(thousandths) % 1000; rest != 0) {
        QByteArray decimals = QByteArray::number(1000 + rest).mid(1);
        while (decimals.endsWith('0')) decimals.chop(1);
        text += '.' + decimals;
    }
    return thousandths < 0 ? '-' + text : text;
}

QByteArray pair(QPointF point) {
    return number(point.x()) + ' ' + number(point.y());
}

QByteArray attribute(const char* name, const QByteArray& value) {
    return ' ' + QByteArray(name) + "=\"" + value + '"';
}

QByteArray escaped(const QString& text) {
    QString clean;
    for (const QChar c : text) // control characters have no place in XML
        if (c.unicode() >= 0x20 || c == '\n' || c == '\t') clean += c;
    return clean.toHtmlEscaped().toUtf8();
}

double scaleOf(const QTransform& transform) {
    return std::sqrt(std::abs(transform.determinant()));
}

QByteArray dataOf(const QPainterPath& path, const QTransform& transform) {
    QByteArray data;
    for (int i = 0; i < path.elementCount(); ++i) {
        const QPainterPath::Element element = path.elementAt(i);
        const QByteArray point = pair(transform.map(QPointF(element)));
        if (element.isMoveTo()) {
            // A subpath that ends where it began is closed, so that its corner is joined.
            data += (data.isEmpty() ? "M" : " M") + point;
        } else if (element.isLineTo()) {
            data += " L" + point;
        } else if (element.type == QPainterPath::CurveToElement) {
            data += " C" + point;
        } else {
            data += ' ' + point;
        }
        const bool last = i + 1 == path.elementCount() || path.elementAt(i + 1).isMoveTo();
        if (!last || element.isMoveTo()) continue;
        int start = i;
        while (!path.elementAt(start).isMoveTo()) --start;
        if (QPointF(path.elementAt(start)) == QPointF(element)) data += " Z";
    }
    return data;
}

QByteArray colourOf(const char* name, const QColor& colour, double opacity) {
    QByteArray text = attribute(name, colour.name(QColor::HexRgb).toLatin1());
    const double alpha = colour.alphaF() * opacity;
    if (alpha < 0.9995) text += attribute((QByteArray(name) + "-opacity").constData(), number(alpha));
    return text;
}

} // namespace

SvgEngine::SvgEngine()
    : QPaintEngine(PrimitiveTransform | PixmapTransform | AlphaBlend | PainterPaths | Antialiasing | ConstantOpacity |
                   PaintOutsidePaintEvent) {}

bool SvgEngine::begin(QPaintDevice*) {
    body.clear();
    m_clip = m_clips = m_written = 0;
    setActive(true);
    return true;
}

bool SvgEngine::end() {
    if (m_written != 0) body += "</g>\n";
    m_written = 0;
    setActive(false);
    return true;
}

void SvgEngine::updateState(const QPaintEngineState& now) {
    const DirtyFlags flags = now.state();
    if (flags & DirtyTransform)
        m_toMillimetres = now.transform() *
                          QTransform::fromScale(1 / SvgDevice::unitsPerMillimetre, 1 / SvgDevice::unitsPerMillimetre);
    if (flags & DirtyPen) m_pen = now.pen();
    if (flags & DirtyBrush) m_brush = now.brush();
    if (flags & DirtyOpacity) m_opacity = now.opacity();
    if (flags & DirtyClipEnabled && !now.isClipEnabled()) m_clip = 0;
    if (flags & DirtyClipPath) takeClip(m_toMillimetres.map(now.clipPath()), now.clipOperation());
    if (flags & DirtyClipRegion) {
        QPainterPath path;
        path.addRegion(now.clipRegion());
        takeClip(m_toMillimetres.map(path), now.clipOperation());
    }
}

void SvgEngine::takeClip(const QPainterPath& devicePath, Qt::ClipOperation operation) {
    if (operation == Qt::NoClip) {
        m_clip = 0;
        return;
    }
    const int outer = operation == Qt::IntersectClip ? m_clip : 0;
    m_clip = ++m_clips;
    m_definitions += "<clipPath" + attribute("id", "c" + QByteArray::number(m_clip));
    if (outer != 0) m_definitions += attribute("clip-path", "url(#c" + QByteArray::number(outer) + ")");
    m_definitions += "><path" + attribute("d", dataOf(devicePath, {}));
    if (devicePath.fillRule() == Qt::OddEvenFill) m_definitions += attribute("clip-rule", "evenodd");
    m_definitions += "/></clipPath>\n";
}

void SvgEngine::enterClip() {
    const int clip = painter() && painter()->hasClipping() ? m_clip : 0;
    if (clip == m_written) return;
    if (m_written != 0) body += "</g>\n";
    body += m_definitions;
    m_definitions.clear();
    if (clip != 0) body += "<g" + attribute("clip-path", "url(#c" + QByteArray::number(clip) + ")") + ">\n";
    m_written = clip;
}

QByteArray SvgEngine::strokeOf(const QPen& pen) const {
    // A cosmetic pen's width is in pixels of a screen; a tenth of a millimetre is about as thin.
    const double width = pen.isCosmetic() ? std::max(pen.widthF(), 1.0) * 0.1
                                          : (pen.widthF() > 0.0 ? pen.widthF() : 1.0) * scaleOf(m_toMillimetres);
    QByteArray text = colourOf("stroke", pen.color(), m_opacity) + attribute("stroke-width", number(width));
    if (pen.capStyle() != Qt::FlatCap)
        text += attribute("stroke-linecap", pen.capStyle() == Qt::RoundCap ? "round" : "square");
    if (pen.joinStyle() == Qt::RoundJoin) text += attribute("stroke-linejoin", "round");
    if (pen.joinStyle() == Qt::BevelJoin) text += attribute("stroke-linejoin", "bevel");
    if (pen.style() != Qt::SolidLine) {
        QByteArray dashes;
        for (const double dash : pen.dashPattern()) dashes += (dashes.isEmpty() ? "" : " ") + number(dash * width);
        text += attribute("stroke-dasharray", dashes);
        if (pen.dashOffset() != 0.0) text += attribute("stroke-dashoffset", number(pen.dashOffset() * width));
    }
    return text;
}

void SvgEngine::write(const QPainterPath& logical, bool filled, bool stroked, bool evenOdd) {
    filled = filled && m_brush.style() != Qt::NoBrush;
    stroked = stroked && m_pen.style() != Qt::NoPen;
    if ((!filled && !stroked) || logical.isEmpty()) return;
    enterClip();
    body += "<path" + attribute("d", dataOf(logical, m_toMillimetres));
    body += filled ? colourOf("fill", m_brush.color(), m_opacity) : attribute("fill", "none");
    if (filled && evenOdd) body += attribute("fill-rule", "evenodd");
    if (stroked) body += strokeOf(m_pen);
    body += "/>\n";
}

void SvgEngine::drawPath(const QPainterPath& path) {
    write(path, true, true, path.fillRule() == Qt::OddEvenFill);
}

void SvgEngine::drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) {
    if (count < 1) return;
    QPainterPath path(points[0]);
    for (int i = 1; i < count; ++i) path.lineTo(points[i]);
    if (mode != PolylineMode) path.closeSubpath();
    write(path, mode != PolylineMode, true, mode == OddEvenMode);
}

void SvgEngine::drawImage(const QRectF& target, const QImage& image, const QRectF& source, Qt::ImageConversionFlags) {
    const QImage part = source.toAlignedRect() == image.rect() ? image : image.copy(source.toAlignedRect());
    if (part.isNull()) return;
    QByteArray png;
    QBuffer buffer(&png);
    buffer.open(QIODevice::WriteOnly);
    if (!part.save(&buffer, "PNG")) return;
    enterClip();
    const QTransform& t = m_toMillimetres;
    body += "<image" + attribute("x", number(target.x())) + attribute("y", number(target.y())) +
            attribute("width", number(target.width())) + attribute("height", number(target.height())) +
            attribute("preserveAspectRatio", "none");
    if (m_opacity < 0.9995) body += attribute("opacity", number(m_opacity));
    if (!painter()->testRenderHint(QPainter::SmoothPixmapTransform))
        body += attribute("image-rendering", "optimizeSpeed");
    // More digits than lengths need: a picture is scaled by these.
    QByteArray matrix;
    for (const double value : {t.m11(), t.m12(), t.m21(), t.m22(), t.dx(), t.dy()})
        matrix += (matrix.isEmpty() ? "" : " ") + QByteArray::number(value, 'g', 10);
    body += attribute("transform", "matrix(" + matrix + ")");
    body += attribute("xlink:href", "data:image/png;base64," + png.toBase64()) + "/>\n";
}

void SvgEngine::drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) {
    drawImage(target, pixmap.toImage(), source, Qt::AutoColor);
}

void SvgEngine::drawTextItem(const QPointF& position, const QTextItem& item) {
    if (item.text().trimmed().isEmpty()) return;
    enterClip();
    const QFont font = item.font();
    const double pixels = font.pixelSize() > 0 ? font.pixelSize() : font.pointSizeF() * dotsPerInch / 72.0;
    const QTransform& t = m_toMillimetres;
    const double scale = scaleOf(t);
    const bool upright = std::abs(t.m12()) < 1e-9 && std::abs(t.m21()) < 1e-9 && t.m11() > 0 && t.m22() > 0;
    body += "<text";
    if (upright) {
        const QPointF start = t.map(position);
        body += attribute("x", number(start.x())) + attribute("y", number(start.y()));
    } else {
        const QPointF start = t.map(position);
        QByteArray matrix;
        for (const double value : {t.m11() / scale, t.m12() / scale, t.m21() / scale, t.m22() / scale})
            matrix += QByteArray::number(value, 'g', 8) + ' ';
        body += attribute("transform", "matrix(" + matrix + pair(start) + ")");
    }
    body += attribute("font-size", number(pixels * scale));
    if (font.weight() >= QFont::DemiBold) body += attribute("font-weight", "bold");
    if (font.italic()) body += attribute("font-style", "italic");
    if (font.letterSpacingType() == QFont::AbsoluteSpacing && font.letterSpacing() != 0.0)
        body += attribute("letter-spacing", number(font.letterSpacing() * scale));
    if (font.wordSpacing() != 0.0) body += attribute("word-spacing", number(font.wordSpacing() * scale));
    body += colourOf("fill", m_pen.color(), m_opacity);
    body += attribute("xml:space", "preserve") + '>' + escaped(item.text()) + "</text>\n";
}

SvgDevice::SvgDevice(QSizeF millimetres) : m_size(millimetres) {}

int SvgDevice::metric(PaintDeviceMetric which) const {
    switch (which) {
    case PdmWidth:
        return int(std::lround(m_size.width() * unitsPerMillimetre));
    case PdmHeight:
        return int(std::lround(m_size.height() * unitsPerMillimetre));
    case PdmWidthMM:
        return int(std::lround(m_size.width()));
    case PdmHeightMM:
        return int(std::lround(m_size.height()));
    case PdmDpiX:
    case PdmDpiY:
    case PdmPhysicalDpiX:
    case PdmPhysicalDpiY:
        return int(dotsPerInch);
    case PdmDepth:
        return 32;
    case PdmNumColors:
        return 1 << 24;
    case PdmDevicePixelRatio:
        return 1;
    case PdmDevicePixelRatioScaled:
        return int(devicePixelRatioFScale());
    default:
        return 0;
    }
}

QByteArray SvgDevice::document(const QString& title, const QString& description, const QByteArray& metadata) const {
    const QByteArray width = number(m_size.width()), height = number(m_size.height());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
           "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"" +
           width + "mm\" height=\"" + height + "mm\" viewBox=\"0 0 " + width + ' ' + height +
           "\" xml:lang=\"en-GB\" role=\"img\" aria-labelledby=\"title description\" "
           "font-family=\"Liberation Sans, Arial, Helvetica, sans-serif\">\n<title id=\"title\">" +
           escaped(title) + "</title>\n<desc id=\"description\">" + escaped(description) + "</desc>\n<metadata>" +
           metadata + "</metadata>\n" + m_engine.body + "</svg>\n";
}

} // namespace patchlight::paint
