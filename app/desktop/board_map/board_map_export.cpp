// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/board_map/board_map_dialog.h"
#include "app/desktop/document/recent.h"
#include "core/base/text.h"

#include <QCheckBox>
#include <QDesktopServices>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QUrl>

/// How the board map dialog writes its files.
namespace patchlight::desktop {

void BoardMapDialog::chooseFolder() {
    const auto folder = QFileDialog::getExistingDirectory(this, tr("Folder of the exported files"), m_folder->text());
    if (!folder.isEmpty()) m_folder->setText(folder);
}

std::vector<std::filesystem::path> BoardMapDialog::chosenFiles() const {
    std::vector<std::filesystem::path> files;
    const auto folder = pathFrom(m_folder->text().trimmed());
    for (const auto* kind : m_kinds)
        if (kind->isChecked())
            files.push_back(folder / pathFrom(m_name->text().trimmed() + '.' + kind->property("ending").toString()));
    return files;
}

bool BoardMapDialog::mayReplace(const std::vector<std::filesystem::path>& files) {
    QStringList there;
    auto all = files;
    for (const auto& file : files) // pictures are a file a page
        if (file.extension() == ".png" || file.extension() == ".svg")
            for (std::size_t page = 2; page <= m_preview->pageCount(); ++page)
                all.push_back(paint::pageFile(file, page));
    for (const auto& file : all) {
        std::error_code ignored;
        if (!std::filesystem::exists(file, ignored)) continue;
        if (std::filesystem::equivalent(file, m_answer->data->path, ignored)) {
            showError(this, tr("That is the project file."),
                      {ErrorCode::fileNotWritable,
                       "The project itself has this name; choose another name for the export.", fromQt(toQt(file))});
            return false;
        }
        there << toQt(file.filename());
    }
    if (there.isEmpty()) return true;
    return QMessageBox::question(this, tr("Replace files?"),
                                 tr("Already in that folder: %1. Replace?").arg(there.join(", "))) == QMessageBox::Yes;
}

void BoardMapDialog::startExport() {
    if (m_line.running()) return;
    const auto files = chosenFiles();
    if (files.empty() || m_name->text().trimmed().isEmpty()) {
        m_state->setText(files.empty() ? tr("Tick what to export.") : tr("Give the files a name."));
        return;
    }
    if (!mayReplace(files)) return;
    rememberFolder("export", m_folder->text().trimmed());
    m_export->setEnabled(false);
    m_openFolder->hide();
    m_bar->show();
    m_bar->setRange(0, 0);
    m_state->setText(tr("Exporting\u2026"));
    const auto asked = recipe();
    m_line.start<QStringList>(
        tr("Exporting"),
        [files, asked, pages = pagesOf(asked), answer = m_answer, leaving = m_publication,
         checks = toJson(m_found)](const TaskContext& task) -> Expected<QStringList> {
            QStringList written;
            for (const auto& file : files) {
                if (task.cancelled()) return failCancelled();
                task.report("Exporting", static_cast<double>(&file - files.data()) / static_cast<double>(files.size()));
                const paint::OutputSource source{asked, *leaving.result, pages, answer->data->crs};
                const auto done = paint::writeOutput(source, file);
                if (!done) return fail(done.error());
                for (const auto& one : *done) written << toQt(one);
            }
            // The record of what left the building; a project on a read-only share cannot have one.
            if (auto project = Project::open(answer->data->path, OpenMode::readWrite)) {
                const char* profile = asked.disclosure.profile == Profile::publicRelease ? "public" : "internal";
                for (const auto& file : written)
                    if (auto kept =
                            project->recordExport(fromQt(file), toJson(asked), profile, checks, leaving.withheld);
                        !kept)
                        return fail(kept.error());
            }
            return written;
        },
        [this](Expected<QStringList> written) {
            showWhetherItMayLeave();
            m_bar->hide();
            if (!written) {
                m_state->setText(written.error().code == ErrorCode::cancelled ? tr("Cancelled.")
                                                                              : tr("The export failed."));
                showError(this, tr("The export failed."), written.error());
                return;
            }
            m_state->setText(
                tr("Saved %1 in %2.")
                    .arg(toQt(counted(static_cast<std::size_t>(written->size()), "file", "files")), m_folder->text()));
            m_openFolder->show();
            m_openFolder->disconnect();
            connect(m_openFolder, &QPushButton::clicked, this,
                    [folder = m_folder->text()] { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
            emit exported(*written);
        });
}

void BoardMapDialog::reject() {
    if (m_line.running()) {
        m_line.cancel();
        m_state->setText(tr("Stopping\u2026"));
        return;
    }
    QDialog::reject();
}

} // namespace patchlight::desktop
