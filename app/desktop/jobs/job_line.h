// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <stop_token>

namespace patchlight::desktop {

/// One line of background work, one job at a time. Starting a new job asks the running one to stop and drops its
/// result; the new one begins when the old one has noticed. `work` runs on a thread of the line and must own all it
/// touches (a snapshot); `done` runs on the thread of the JobLine. What `work` throws becomes an Error.
class JobLine : public QObject {
    Q_OBJECT
public:
    explicit JobLine(QObject* parent = nullptr);
    ~JobLine() override; ///< asks the running job to stop and waits for it

    template <class T>
    void start(const QString& title, std::function<Expected<T>(const TaskContext&)> work,
               std::function<void(Expected<T>)> done) {
        run(title, [work = std::move(work), done = std::move(done)](const TaskContext& task) -> std::function<void()> {
            auto outcome = std::make_shared<Expected<T>>(caught<T>(work, task));
            return [outcome, done] { done(std::move(*outcome)); };
        });
    }
    /// Asks the running job to stop; its `done` gets ErrorCode::cancelled (or a result that was ready).
    void cancel();
    /// Cancels and drops the result: `done` is not called.
    void drop();
    [[nodiscard]] bool running() const { return m_running; }
    [[nodiscard]] QString title() const { return m_title; }

signals:
    void started();
    void progressed(const QString& phase, double fraction); ///< at most twenty times a second
    void finished();

private:
    using Finish = std::function<void()>;
    void run(const QString& title, std::function<Finish(const TaskContext&)> work);

    template <class T>
    static Expected<T> caught(const std::function<Expected<T>(const TaskContext&)>& work, const TaskContext& task) {
        try {
            return work(task);
        } catch (const std::bad_alloc&) {
            return fail(ErrorCode::refused,
                        "There is not enough memory for this; choose fewer incidents or larger cells.");
        } catch (const std::exception& exception) {
            return fail(ErrorCode::refused, std::string("Something failed inside the program: ") + exception.what());
        }
    }

    QThreadPool m_pool;
    std::stop_source m_stop;
    QString m_title;
    quint64 m_number = 0;
    bool m_running = false;
};

} // namespace patchlight::desktop
