// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/board_map/page_preview.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace patchlight::desktop {

namespace {
constexpr int drawAfterMilliseconds = 120;
constexpr double margin = 16.0;
constexpr double shadow = 4.0;
} // namespace

PagePreview::PagePreview(QWidget* parent) : QWidget(parent) {
    setObjectName("page-preview");
    setAccessibleName(tr("Preview of the page"));
    setMinimumSize(360, 300);
    setFocusPolicy(Qt::StrongFocus);
    m_soon.setSingleShot(true);
    m_soon.setInterval(drawAfterMilliseconds);
    connect(&m_soon, &QTimer::timeout, this, &PagePreview::draw);
}

void PagePreview::setPages(std::vector<paint::BoardMap> pages) {
    m_pages = std::move(pages);
    turnTo(m_shown);
}

void PagePreview::turnTo(std::size_t page) {
    m_shown = m_pages.empty() ? 0 : std::min(page, m_pages.size() - 1);
    if (const auto* shown = this->page()) setAccessibleDescription(shown->title + ". " + shown->subtitle);
    m_stale = true;
    m_soon.start();
    update();
    emit turned();
}

void PagePreview::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_PageDown || event->key() == Qt::Key_Right) return turnTo(m_shown + 1);
    if ((event->key() == Qt::Key_PageUp || event->key() == Qt::Key_Left)) return turnTo(m_shown > 0 ? m_shown - 1 : 0);
    QWidget::keyPressEvent(event);
}

QRectF PagePreview::pageBox() const {
    const QSizeF paper = page() ? page()->paper : QSizeF(297, 210);
    const double scale = std::min((width() - 2 * margin) / paper.width(), (height() - 2 * margin) / paper.height());
    const QSizeF size = paper * std::max(scale, 0.1);
    return {(width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()};
}

void PagePreview::draw() {
    if (!page() || m_line.running()) return;
    m_stale = false;
    const double dotsPerMillimetre = pageBox().width() * devicePixelRatioF() / page()->paper.width();
    m_line.start<QImage>(
        tr("Drawing the page"),
        [page = *page(), dotsPerMillimetre](const TaskContext&) -> Expected<QImage> {
            QImage image((page.paper * dotsPerMillimetre).toSize(), QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing |
                                   QPainter::SmoothPixmapTransform);
            painter.scale(dotsPerMillimetre, dotsPerMillimetre);
            if (auto done = paint::drawPage(painter, page, dotsPerMillimetre); !done) return fail(done.error());
            return image;
        },
        [this](Expected<QImage> image) {
            m_problem = image ? QString() : toQt(image.error().message);
            if (image) m_picture = std::move(*image);
            update();
            if (m_stale)
                draw();
            else
                emit drawn();
        });
}

void PagePreview::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colours().panel);
    const auto box = pageBox();
    painter.fillRect(box.translated(shadow, shadow), QColor(0, 0, 0, 40));
    painter.fillRect(box, Qt::white);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_picture) painter.drawImage(box, *m_picture);
    if (m_problem.isEmpty()) return;
    painter.setPen(QColor(0xb3, 0x14, 0x2b));
    painter.drawText(box.adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, m_problem);
}

void PagePreview::resizeEvent(QResizeEvent*) {
    m_stale = true;
    m_soon.start();
}

} // namespace patchlight::desktop
