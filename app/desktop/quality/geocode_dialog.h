// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/project_data.h"
#include "app/desktop/jobs/job_line.h"
#include "gis/sources/sources.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace patchlight::desktop {

/// Finds positions for incidents that came without one, offline: by UPRN, postcode and the names of streets and places.
/// Looks first and says what would be found; placing is a second press.
class GeocodeDialog : public QDialog {
    Q_OBJECT
public:
    explicit GeocodeDialog(std::shared_ptr<const ProjectData> project, QWidget* parent = nullptr);
    void start(bool dryRun);
    void reject() override; ///< cancels what runs

signals:
    void placed(const std::filesystem::path& project);

private:
    QLineEdit* addList(QVBoxLayout* column, const QString& title, const QString& name, const QString& hint);
    void show(const GeocodeReport& report, bool dryRun);
    void updateButtons();
    [[nodiscard]] gis::GeocodeLists lists() const;

    std::shared_ptr<const ProjectData> m_project;
    QLineEdit *m_uprns, *m_postcodes, *m_names;
    QLabel* m_answer;
    QPushButton *m_look, *m_place, *m_close;
    bool m_found = false; ///< the last look would place some
    JobLine m_line;
};

} // namespace patchlight::desktop
