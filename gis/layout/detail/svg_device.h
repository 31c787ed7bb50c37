// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainterPath>
#include <QSizeF>

/// A paint device that writes SVG: one user unit is a millimetre, text stays text, sizes need no unit.
///
/// Paths, polygons, lines, rectangles, ellipses, text, pictures (PNG in base64), pens with dashes, opacity and clips
/// (nested, so that they intersect). Gradients and brush patterns arrive as pictures, since the engine does not claim
/// them. Qt's own generator is not used: Qt Svg is absent from the Windows build, and it writes point sizes without
/// unit.
namespace patchlight::paint {

class SvgEngine : public QPaintEngine {
public:
    SvgEngine();
    bool begin(QPaintDevice* device) override;
    bool end() override;
    void updateState(const QPaintEngineState& now) override;
    void drawPath(const QPainterPath& path) override;
    void drawPolygon(const QPointF* points, int count, PolygonDrawMode mode) override;
    void drawImage(const QRectF& target, const QImage& image, const QRectF& source,
                   Qt::ImageConversionFlags flags) override;
    void drawPixmap(const QRectF& target, const QPixmap& pixmap, const QRectF& source) override;
    void drawTextItem(const QPointF& position, const QTextItem& item) override;
    Type type() const override { return User; }

    QByteArray body; ///< elements of the page, groups closed after end()

private:
    void takeClip(const QPainterPath& devicePath, Qt::ClipOperation operation);
    void enterClip();
    void write(const QPainterPath& logical, bool filled, bool stroked, bool evenOdd);
    [[nodiscard]] QByteArray strokeOf(const QPen& pen) const;

    QTransform m_toMillimetres; ///< the painter's transform, then to millimetres
    QPen m_pen;
    QBrush m_brush;
    double m_opacity = 1.0;
    int m_clip = 0;           ///< id of the clip in force, 0 for none
    int m_clips = 0;          ///< ids given so far
    int m_written = 0;        ///< clip of the group that is open
    QByteArray m_definitions; ///< clips not yet written
};

class SvgDevice : public QPaintDevice {
public:
    explicit SvgDevice(QSizeF millimetres);
    QPaintEngine* paintEngine() const override { return &m_engine; }
    /// The whole document. Title and description are for those who do not see it.
    [[nodiscard]] QByteArray document(const QString& title, const QString& description,
                                      const QByteArray& metadata) const;

    static constexpr double unitsPerMillimetre = 100.0; ///< device units: whole-numbered clips stay fine

protected:
    int metric(PaintDeviceMetric which) const override;

private:
    QSizeF m_size;
    mutable SvgEngine m_engine;
};

} // namespace patchlight::paint
