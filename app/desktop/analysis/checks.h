// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/analysis/analysis_runner.h"

#include <QString>
#include <QWidget>
#include <vector>

class QGridLayout;

namespace patchlight::desktop {

/// A line of "Checks before publishing".
struct Check {
    enum class State { good, caution };
    State state = State::good;
    QString text, toolTip;
};
/// The core's checks for the internal profile, then what the window alone knows: gaps in the comparison period,
/// anonymised positions, the missing grid.
[[nodiscard]] std::vector<Check> checksOf(const Answer& answer);

/// The checks as a list.
class ChecksView : public QWidget {
    Q_OBJECT
public:
    explicit ChecksView(QWidget* parent = nullptr);
    void setChecks(const std::vector<Check>& checks);

private:
    QGridLayout* m_lines;
};

} // namespace patchlight::desktop
