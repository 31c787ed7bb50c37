// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/project_data.h"
#include "app/desktop/jobs/job_line.h"
#include "core/quality/quality.h"

#include <QDialog>

class QLabel;
class QTableWidget;

namespace patchlight::desktop {

/// The rows that a finding is about, with their source's text.
class FindingRowsDialog : public QDialog {
    Q_OBJECT
public:
    FindingRowsDialog(const std::shared_ptr<const ProjectData>& project, const Finding& finding,
                      QWidget* parent = nullptr);

private:
    void show(const FindingRows& rows);

    QLabel* m_message;
    QTableWidget* m_rows;
    JobLine m_line;
};

} // namespace patchlight::desktop
