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
    enum class State { good, caution, stop };
    State state = State::good;
    QString text, toolTip;
};
/// For the panel beside the map: of the core's checks inside those that matter now, then what the window alone knows,
/// anonymised positions and the missing grid.
[[nodiscard]] std::vector<Check> checksOf(const Answer& answer);
/// For the board map: all of the core's and the window's own.
[[nodiscard]] std::vector<Check> checksOf(const Answer& answer, const std::vector<patchlight::Check>& found);

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
