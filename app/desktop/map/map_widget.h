// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/jobs/job_line.h"
#include "gis/map/map.h"

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <optional>

class QToolButton;

namespace patchlight::desktop {

/// The map on the screen. It is drawn by paint::renderMap in a job; while a new picture is made, the last one is shown
/// shifted and scaled, so that pan and zoom never wait. The hotspot under the pointer and the chosen one are outlined
/// over the picture at once. Mouse: drag, wheel, double click; keys: arrows, plus, minus, Home.
class MapWidget : public QWidget {
    Q_OBJECT
public:
    explicit MapWidget(QWidget* parent = nullptr);

    void setContent(const paint::MapContent& content);
    [[nodiscard]] const paint::MapContent& content() const { return m_content; }
    void setHighlighted(std::optional<std::size_t> rank);
    [[nodiscard]] std::optional<std::size_t> highlighted() const { return m_highlighted; }

    void zoomIn();
    void zoomOut();
    void showWholeExtent();
    void showBox(const Box& box); ///< with some room round it
    void showArea(std::size_t rank);
    void reveal(std::size_t rank); ///< moves the map if the hotspot is not on it
    [[nodiscard]] bool showsWholeExtent() const { return m_fit; }
    void setView(ProjectedPoint centre, double metresPerMillimetre);
    [[nodiscard]] ProjectedPoint centre() const { return m_centre; }
    [[nodiscard]] double metresPerMillimetre() const;
    [[nodiscard]] paint::MapFrame frame() const; ///< what the widget shows; page in millimetres
    [[nodiscard]] ProjectedPoint groundAt(QPointF widgetPosition) const;
    [[nodiscard]] QPointF positionOf(ProjectedPoint point) const;

    [[nodiscard]] QImage snapshot() const; ///< what is on the screen, for "Copy map"
    [[nodiscard]] bool upToDate() const { return !m_stale && !m_line.running(); }
    [[nodiscard]] JobLine& jobs() { return m_line; }

    [[nodiscard]] QSize sizeHint() const override { return {760, 560}; }

signals:
    void pointedAt(patchlight::ProjectedPoint point); ///< under the pointer
    void pointerLeft();
    void viewChanged();
    void hotspotChosen(std::optional<std::size_t> rank); ///< clicked; nothing: beside all of them
    void drawn();                                        ///< a new picture is shown
    void failed(const patchlight::Error& error);

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void leaveEvent(QEvent*) override;
    bool event(QEvent*) override;

private:
    struct Picture {
        QImage image;
        paint::MapFrame frame;
    };
    void moved();
    void drawSoon();
    void draw();
    void zoomAt(QPointF position, double factor);
    void pan(QPointF pixels);
    void hover(QPointF position);
    void drawOutline(QPainter& painter, std::size_t rank, bool chosen) const;
    [[nodiscard]] double metresPerPixel() const { return m_metresPerPixel; }
    [[nodiscard]] const HotspotArea* areaOfRank(std::size_t rank) const;
    [[nodiscard]] paint::MapStyle style() const;
    QToolButton* addButton(const QString& text, const QString& name, const QString& toolTip);

    paint::MapContent m_content;
    ProjectedPoint m_centre;
    double m_metresPerPixel = 10.0;
    bool m_fit = true; ///< keep showing the whole extent until the user moves the map
    std::optional<Picture> m_picture;
    JobLine m_line;
    QTimer m_drawSoon;
    bool m_stale = true;
    std::optional<std::size_t> m_highlighted, m_hovered;
    QPointF m_pressed, m_last;
    bool m_dragging = false;
};

} // namespace patchlight::desktop
