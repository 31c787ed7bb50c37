// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace patchlight::desktop {

/// What a first start shows: three plain buttons and the projects opened last.
class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);
    void showRecent(); ///< reads the list anew

signals:
    void sampleAsked();
    void importAsked();
    void openAsked();
    void recentAsked(const QString& path);

private:
    QVBoxLayout* m_recent;
};

} // namespace patchlight::desktop
