// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <vector>

class QLabel;
class QProgressBar;
class QToolButton;

namespace patchlight::desktop {

class JobLine;

/// Shows the running job of several lines in the status bar, with its progress and a cancel button. Appears only when
/// a job takes longer than a blink.
class JobStatus : public QWidget {
    Q_OBJECT
public:
    explicit JobStatus(QWidget* parent = nullptr);
    void watch(JobLine* line);
    [[nodiscard]] bool busy() const; ///< a watched line is running
    void cancel();                   ///< asks every watched line to stop

private:
    void refresh();

    std::vector<JobLine*> m_lines;
    QLabel* m_title;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QTimer m_appear;
};

} // namespace patchlight::desktop
