// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/jobs/job_line.h"
#include "gis/layout/layout.h"

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

namespace patchlight::desktop {

/// The pages as they will be printed, one at a time, drawn by paint::drawPage in the background. The keys Page Up and
/// Page Down turn them.
class PagePreview : public QWidget {
    Q_OBJECT
public:
    explicit PagePreview(QWidget* parent = nullptr);
    void setPages(std::vector<paint::BoardMap> pages); ///< stays at the page it shows, where there still is one
    void turnTo(std::size_t page);                     ///< from 0; beyond the last: the last
    [[nodiscard]] std::size_t pageCount() const { return m_pages.size(); }
    [[nodiscard]] std::size_t shownPage() const { return m_shown; }
    [[nodiscard]] const std::optional<QImage>& picture() const { return m_picture; }
    [[nodiscard]] QSize sizeHint() const override { return {720, 520}; }

signals:
    void drawn();
    void turned(); ///< shownPage() or pageCount() has changed

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void draw();
    [[nodiscard]] QRectF pageBox() const; ///< where the sheet lies in the widget

    [[nodiscard]] const paint::BoardMap* page() const { return m_pages.empty() ? nullptr : &m_pages[m_shown]; }

    std::vector<paint::BoardMap> m_pages;
    std::size_t m_shown = 0;
    std::optional<QImage> m_picture;
    QString m_problem;
    bool m_stale = false;
    QTimer m_soon;
    JobLine m_line;
};

} // namespace patchlight::desktop
