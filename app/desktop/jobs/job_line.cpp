// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/jobs/job_line.h"

#include <QMetaObject>
#include <chrono>

namespace patchlight::desktop {

namespace {
constexpr std::chrono::milliseconds progressInterval{50};
}

JobLine::JobLine(QObject* parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
}

JobLine::~JobLine() {
    m_stop.request_stop();
    m_pool.waitForDone();
}

void JobLine::run(const QString& title, std::function<Finish(const TaskContext&)> work) {
    m_stop.request_stop();
    m_stop = std::stop_source{};
    m_title = title;
    m_running = true;
    const auto number = ++m_number;
    emit started();
    m_pool.start([this, number, work = std::move(work), token = m_stop.get_token()] {
        TaskContext task;
        task.stop = token;
        auto last = std::chrono::steady_clock::now() - progressInterval;
        task.onProgress = [this, number, last](Progress progress) mutable {
            const auto now = std::chrono::steady_clock::now();
            if (now - last < progressInterval) return;
            last = now;
            const auto phase = QString::fromUtf8(progress.phase.data(), static_cast<qsizetype>(progress.phase.size()));
            QMetaObject::invokeMethod(
                this,
                [this, number, phase, fraction = progress.fraction] {
                    if (number == m_number && m_running) emit progressed(phase, fraction);
                },
                Qt::QueuedConnection);
        };
        auto finish = work(task);
        QMetaObject::invokeMethod(
            this,
            [this, number, finish = std::move(finish)] {
                if (number != m_number || !m_running) return;
                m_running = false;
                emit finished(); // before `done`, which may start the next job
                finish();
            },
            Qt::QueuedConnection);
    });
}

void JobLine::cancel() {
    m_stop.request_stop();
}

void JobLine::drop() {
    if (!m_running) return;
    m_stop.request_stop();
    m_running = false;
    ++m_number;
    emit finished();
}

} // namespace patchlight::desktop
