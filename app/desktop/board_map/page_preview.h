// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/jobs/job_line.h"
#include "gis/layout/layout.h"

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <optional>

namespace patchlight::desktop {

/// The page as it will be printed, drawn by paint::drawPage in the background.
class PagePreview : public QWidget {
    Q_OBJECT
public:
    explicit PagePreview(QWidget* parent = nullptr);
    void setPage(const paint::BoardMap& page);
    [[nodiscard]] const std::optional<QImage>& picture() const { return m_picture; }
    [[nodiscard]] QSize sizeHint() const override { return {720, 520}; }

signals:
    void drawn();

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;

private:
    void draw();
    [[nodiscard]] QRectF pageBox() const; ///< where the sheet lies in the widget

    std::optional<paint::BoardMap> m_page;
    std::optional<QImage> m_picture;
    QString m_problem;
    bool m_stale = false;
    QTimer m_soon;
    JobLine m_line;
};

} // namespace patchlight::desktop
