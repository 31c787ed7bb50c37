// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/jobs/job_status.h"

#include "app/desktop/jobs/job_line.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <algorithm>

namespace patchlight::desktop {

namespace {
constexpr int appearAfterMilliseconds = 250;
constexpr int barSteps = 1000;
} // namespace

JobStatus::JobStatus(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_bar(new QProgressBar), m_cancel(new QToolButton) {
    setObjectName("job-status");
    m_title->setObjectName("job-title");
    m_bar->setObjectName("job-progress");
    m_bar->setTextVisible(false);
    m_bar->setFixedSize(120, 8);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel->setObjectName("job-cancel");
    m_cancel->setText(tr("Cancel"));
    m_cancel->setFocusPolicy(Qt::TabFocus);
    m_cancel->setToolTip(tr("Stop the running work (Esc)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_bar);
    row->addWidget(m_cancel);
    hide();
    m_appear.setSingleShot(true);
    m_appear.setInterval(appearAfterMilliseconds);
    connect(&m_appear, &QTimer::timeout, this, &JobStatus::refresh);
    connect(m_cancel, &QToolButton::clicked, this, &JobStatus::cancel);
}

void JobStatus::watch(JobLine* line) {
    m_lines.push_back(line);
    connect(line, &JobLine::started, this, [this] {
        m_bar->setRange(0, 0);
        if (!isVisible())
            m_appear.start();
        else
            refresh();
    });
    connect(line, &JobLine::finished, this, [this] {
        if (!busy()) {
            m_appear.stop();
            hide();
        }
    });
    connect(line, &JobLine::progressed, this, [this, line](const QString& phase, double fraction) {
        m_title->setText(phase.isEmpty() ? line->title() : phase);
        m_bar->setRange(0, barSteps);
        m_bar->setValue(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * barSteps));
    });
}

bool JobStatus::busy() const {
    return std::any_of(m_lines.begin(), m_lines.end(), [](const JobLine* line) { return line->running(); });
}

void JobStatus::cancel() {
    for (auto* line : m_lines)
        if (line->running()) line->cancel();
}

void JobStatus::refresh() {
    const auto line = std::find_if(m_lines.begin(), m_lines.end(), [](const JobLine* each) { return each->running(); });
    if (line == m_lines.end()) return;
    m_title->setText((*line)->title());
    show();
}

} // namespace patchlight::desktop
