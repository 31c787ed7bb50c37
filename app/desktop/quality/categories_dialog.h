// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/project_data.h"
#include "app/desktop/jobs/job_line.h"

#include <QDialog>
#include <set>

class QTableWidget;
class QPushButton;

namespace patchlight::desktop {

/// What the categories of the project stand for: groups, whether they are sensitive, harm. Unknown ones stand first. A
/// table of a colleague's can be taken in and all can be saved as one.
class CategoriesDialog : public QDialog {
    Q_OBJECT
public:
    explicit CategoriesDialog(std::shared_ptr<const ProjectData> project, QWidget* parent = nullptr);

    void takeTable(const std::filesystem::path& file); ///< into the rows shown and, on saving, the project
    void saveTable(const std::filesystem::path& file);
    void save(); ///< into the project, and closes

signals:
    void categoriesChanged(const std::filesystem::path& project);

private:
    void fill();
    void askTable();
    void askSaveTable();
    /// The project's own entries with what was changed here. errors: fileFormat (a harm that is no number)
    [[nodiscard]] Expected<std::vector<CategoryEntry>> wanted() const;

    std::shared_ptr<const ProjectData> m_project;
    std::vector<CategoryEntry> m_own; ///< as in the project, with tables that were taken
    std::set<int> m_changed;          ///< rows edited by hand
    bool m_filling = false;
    QTableWidget* m_table;
    QPushButton* m_save;
    JobLine m_line;
};

} // namespace patchlight::desktop
