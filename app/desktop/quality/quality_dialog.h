// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/project_data.h"
#include "app/desktop/jobs/job_line.h"
#include "core/quality/quality.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QTabWidget;
class QTableWidget;

namespace patchlight::desktop {

/// How good the project's data are: the share that has a position by source, category and month, which months there
/// are, what the imports noticed. A finding opens as the rows it is about; the page can be saved; a dataset can be
/// taken out again.
class QualityDialog : public QDialog {
    Q_OBJECT
public:
    explicit QualityDialog(std::shared_ptr<const ProjectData> project, QWidget* parent = nullptr);

    void openFinding(int row);
    void save(const QString& file); ///< .html, .csv or .json

signals:
    void datasetRemoved(const std::filesystem::path& project);

private:
    QWidget* mappedPage();
    QWidget* coveragePage();
    QWidget* findingsPage();
    QWidget* datasetsPage();
    void askSave();
    void askRemove();
    void remove(const std::string& dataset);

    std::shared_ptr<const ProjectData> m_project;
    QualityReport m_report;
    QTabWidget* m_tabs;
    QTableWidget* m_findings = nullptr;
    QTableWidget* m_datasets = nullptr;
    QPushButton* m_remove = nullptr;
    JobLine m_line;
};

} // namespace patchlight::desktop
