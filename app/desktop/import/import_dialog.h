// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/jobs/job_line.h"
#include "core/import/import.h"

#include <QDialog>
#include <filesystem>
#include <optional>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace patchlight::desktop {

class PreviewTable;

/// From extracts to a project in one dialog: choose files, a folder of months or the ZIP as downloaded; see how the
/// first rows are understood; import with progress and cancel; read what was noticed. The project file is touched by
/// the import's one transaction only.
class ImportDialog : public QDialog {
    Q_OBJECT
public:
    /// project: the one to import into; nothing: a new one, whose file the dialog asks for
    explicit ImportDialog(std::optional<std::filesystem::path> project, QWidget* parent = nullptr);

    void setInputs(const std::vector<std::filesystem::path>& inputs);
    void setProjectFile(const std::filesystem::path& project);
    /// Takes a colleague's mapping file for the chosen files.
    void loadMapping(const std::filesystem::path& file);
    void saveMapping(const std::filesystem::path& file);
    /// Starts the import as the button does.
    void startImport();
    [[nodiscard]] bool busy() const { return m_line.running(); }

    void reject() override; ///< while importing: cancels the import

signals:
    void imported(const std::filesystem::path& project);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* choosePage();
    QWidget* runPage();
    QWidget* reportPage();
    void addInputs(const QStringList& paths);
    void preview();
    void sayWhatWasSeen();   ///< files, size, what they are; or that the position is missing
    void sayHowUnderstood(); ///< the first rows as the import will read them, and the guesses least sure
    void askMappingFile();
    void askSaveMapping();
    void askDates(const Error& error); ///< day first or month first, then imports
    void chooseProjectFile();
    void sayRepeated(const Error& error);
    void showReport(const ImportReport& report);
    void updateButtons();
    [[nodiscard]] ImportOptions options() const;
    [[nodiscard]] bool roomOnDisk();

    std::optional<std::filesystem::path> m_project;
    bool m_newProject;
    std::vector<std::filesystem::path> m_inputs;
    std::uint64_t m_bytes = 0;
    bool m_previewed = false;
    QString m_seen;
    DateOrder m_dates = DateOrder::notTold; ///< as answered
    JobLine m_line;

    QStackedWidget* m_pages;
    QLabel* m_inputLabel;
    QLabel* m_message;
    PreviewTable* m_preview;
    QLabel* m_understood;
    QPushButton* m_mappingMenu;
    QLineEdit* m_projectFile = nullptr;
    QButtonGroup* m_repeats = nullptr;
    QLabel* m_phase;
    QProgressBar* m_bar;
    QLabel* m_summary;
    QListWidget* m_findings;
    QPushButton* m_import;
    QPushButton* m_close;
};

} // namespace patchlight::desktop
