// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/import/import_dialog.h"

#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "app/desktop/import/findings.h"
#include "app/desktop/import/preview_table.h"
#include "core/base/text.h"
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"

#include <QButtonGroup>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>

namespace patchlight::desktop {

namespace {

constexpr std::size_t previewRows = 6;
constexpr std::size_t understoodRowsShown = 3;
constexpr double unsureBelow = 0.7;        ///< confidence of a guess by contents alone
constexpr double bytesNeededPerByte = 2.5; ///< of project file and journal, for a byte of extract
enum Page { chosen, running, report };

/// What the project remembers of earlier files; nothing where there is no project yet.
std::vector<KnownMapping> mappingsOf(const std::optional<std::filesystem::path>& project) {
    if (!project) return {};
    const auto opened = Project::open(*project, OpenMode::readOnly);
    if (!opened) return {};
    return opened->mappings().value_or(std::vector<KnownMapping>{});
}

std::uint64_t bytesOf(const gis::Extracts& extracts) {
    std::uint64_t bytes = 0;
    for (const auto& source : extracts.sources) bytes += source.bytes;
    return bytes;
}

} // namespace

void ImportDialog::setInputs(const std::vector<std::filesystem::path>& inputs) {
    m_inputs = inputs;
    QStringList names;
    for (const auto& input : inputs)
        names << toQt(input.filename().empty() ? input.parent_path().filename() : input.filename());
    m_inputLabel->setText(names.isEmpty() ? tr("Nothing chosen yet")
                          : names.size() <= 3
                              ? names.join(", ")
                              : tr("%1 and %2 more").arg(names.mid(0, 2).join(", ")).arg(names.size() - 2));
    if (m_newProject && m_projectFile->text().isEmpty() && !inputs.empty()) {
        const auto stem = inputs.size() == 1 ? QFileInfo(toQt(inputs.front())).completeBaseName() : tr("incidents");
        setProjectFile(pathFrom(lastFolder("project") + '/' + (stem.isEmpty() ? tr("incidents") : stem) + ".gpkg"));
    }
    preview();
}

void ImportDialog::setProjectFile(const std::filesystem::path& project) {
    if (m_projectFile) m_projectFile->setText(toQt(project));
    updateButtons();
}

void ImportDialog::addInputs(const QStringList& paths) {
    if (paths.isEmpty()) return;
    rememberFolder("import", paths.front());
    std::vector<std::filesystem::path> inputs;
    for (const auto& path : paths) inputs.push_back(pathFrom(path));
    setInputs(inputs);
}

void ImportDialog::preview() {
    m_previewed = false;
    m_dates = DateOrder::notTold;
    m_preview->hide();
    m_understood->hide();
    m_message->setText(m_inputs.empty() ? QString() : tr("Looking at the files\u2026"));
    updateButtons();
    if (m_inputs.empty()) return;
    struct Look {
        ImportPreview preview;
        std::uint64_t bytes = 0;
        std::size_t files = 0;
        std::vector<std::string> skipped;
    };
    m_line.start<Look>(
        tr("Looking at the files"),
        [inputs = m_inputs, project = m_newProject ? std::nullopt : m_project](const TaskContext&) -> Expected<Look> {
            auto extracts = gis::openExtracts(inputs);
            if (!extracts) return fail(extracts.error());
            Look look{{}, bytesOf(*extracts), extracts->sources.size(), extracts->skipped};
            const auto name = extracts->sources.front().name;
            auto first = previewExtract(std::move(extracts->sources.front()), previewRows, mappingsOf(project));
            if (!first) {
                auto error = first.error();
                if (error.message.find(name) == std::string::npos) error.message = name + ": " + error.message;
                return fail(std::move(error));
            }
            look.preview = std::move(*first);
            return look;
        },
        [this](Expected<Look> look) {
            if (!look) {
                if (look.error().code != ErrorCode::cancelled) m_message->setText(toQt(look.error().message));
                updateButtons();
                return;
            }
            m_bytes = look->bytes;
            QStringList said{tr("%1, %2 MB.")
                                 .arg(toQt(counted(look->files, "file", "files")),
                                      toQt(fixedDecimal(static_cast<double>(look->bytes) / 1e6, 1)))};
            if (look->preview.mapping.anonymised) said << tr("Recognised: data.police.uk street extract (anonymised).");
            if (!look->preview.confirmedFor.empty())
                said << tr("The columns are known from %1.").arg(toQt(look->preview.confirmedFor));
            if (!look->skipped.empty())
                said << tr("%1 left out: no incidents in them.")
                            .arg(toQt(counted(look->skipped.size(), "file is", "files are")));
            m_seen = said.join(' ');
            m_preview->setPreview(look->preview);
            m_preview->show();
            m_previewed = true;
            sayWhatWasSeen();
        });
}

void ImportDialog::sayWhatWasSeen() {
    const auto name = m_inputLabel->text();
    m_message->setText(
        m_preview->hasPosition()
            ? m_seen
            : tr("In %1 no columns were recognised that say where an incident was. Choose below which are "
                 "longitude and latitude, or easting and northing.")
                  .arg(name));
    sayHowUnderstood();
    updateButtons();
}

void ImportDialog::sayHowUnderstood() {
    const ColumnMapping mapping = m_preview->mapping();
    QStringList lines;
    auto rows = m_preview->rows();
    rows.resize(std::min(rows.size(), understoodRowsShown));
    for (const auto& text : understoodRows(mapping, rows)) lines << toQt(text);
    QStringList unsure;
    for (std::size_t i = 0; i < mapping.guesses.size(); ++i)
        if (mapping.roles[i] != ColumnRole::other && mapping.guesses[i].confidence < unsureBelow)
            unsure << tr("%1 as %2").arg(toQt(mapping.header[i]), roleLabel(mapping.roles[i]));
    QString text = tr("<b>How the first rows will be understood</b>");
    for (int row = 0; row < lines.size(); ++row)
        text += QString("<br>%1. %2").arg(row + 1).arg(lines[row].toHtmlEscaped());
    if (!unsure.isEmpty()) text += tr("<br>Least sure, please check: %1.").arg(unsure.join(", ").toHtmlEscaped());
    m_understood->setText(text);
    m_understood->setVisible(m_previewed && !lines.isEmpty());
}

ImportOptions ImportDialog::options() const {
    ImportOptions options;
    options.mapping = m_preview->toldMapping();
    options.dates = m_dates;
    options.confirmed = true; // the preview was there to be looked at
    const int repeats = m_repeats ? m_repeats->checkedId() : 0;
    options.update = repeats == 1;
    options.keepBoth = repeats == 2;
    return options;
}

bool ImportDialog::roomOnDisk() {
    std::error_code problem;
    const auto room = std::filesystem::space(m_project->parent_path(), problem);
    const auto needed = static_cast<double>(m_bytes) * bytesNeededPerByte;
    if (problem || static_cast<double>(room.available) >= needed) return true;
    showError(this, tr("There is too little free disk space for this import."),
              {ErrorCode::fileNotWritable,
               "About " + fixedDecimal(needed / 1e6, 0) + " MB are needed in " +
                   fromQt(toQt(m_project->parent_path())) + ", " +
                   fixedDecimal(static_cast<double>(room.available) / 1e6, 0) +
                   " MB are free; make room or choose another folder.",
               fromQt(toQt(*m_project))});
    return false;
}

void ImportDialog::startImport() {
    if (!m_previewed || !m_preview->hasPosition() || m_line.running()) return;
    if (m_newProject) {
        auto file = m_projectFile->text().trimmed();
        if (file.isEmpty()) return;
        if (!file.endsWith(".gpkg", Qt::CaseInsensitive)) file += ".gpkg";
        m_project = pathFrom(file);
        rememberFolder("project", file);
    }
    if (!roomOnDisk()) return;
    m_pages->setCurrentIndex(Page::running);
    m_bar->setRange(0, 0);
    m_phase->setText(tr("Reading\u2026"));
    m_line.start<ImportReport>(
        tr("Importing"),
        [inputs = m_inputs, project = *m_project, options = options(),
         fresh = m_newProject](const TaskContext& task) -> Expected<ImportReport> {
            if (fresh && std::filesystem::exists(project))
                return fail(ErrorCode::fileNotWritable,
                            "The file " + fromQt(toQt(project)) +
                                " is already there; choose another name, or open that project and import into it.",
                            fromQt(toQt(project)));
            auto extracts = gis::openExtracts(inputs);
            if (!extracts) return fail(extracts.error());
            return importExtracts(project, std::move(extracts->sources), gis::projectorFactory(), options, task);
        },
        [this](Expected<ImportReport> done) {
            if (done) {
                showReport(*done);
                emit imported(*m_project);
                return;
            }
            m_pages->setCurrentIndex(Page::chosen);
            m_message->setText(done.error().code == ErrorCode::cancelled
                                   ? tr("Cancelled. The project is as it was.")
                                   : tr("Nothing was imported. %1").arg(toQt(done.error().message)));
            updateButtons();
            if (done.error().subject == "dates" && m_dates == DateOrder::notTold)
                askDates(done.error());
            else if (done.error().code == ErrorCode::refused && !m_newProject)
                sayRepeated(done.error());
            else
                showError(this, tr("The import failed; the project is as it was."), done.error());
        });
    updateButtons();
}

void ImportDialog::sayRepeated(const Error& error) {
    showError(this, tr("These months are in the project already: choose replace or keep both."), error);
}

void ImportDialog::showReport(const ImportReport& report) {
    const double share =
        report.stored > 0 ? static_cast<double>(report.mapped) / static_cast<double>(report.stored) : 0.0;
    m_summary->setText(tr("<b>%1 read, %2 stored, %3 mapped</b> in %4 s from %5.")
                           .arg(toQt(counted(report.read, "row", "rows")), toQt(groupedCount(report.stored)),
                                toQt(percent(share)), toQt(fixedDecimal(report.seconds, 1)),
                                toQt(counted(report.datasets.size(), "file", "files"))));
    m_findings->clear();
    for (const auto& note : report.notes) m_findings->addItem(toQt(note));
    for (const auto& line : findingLines(report.findings)) m_findings->addItem(line);
    if (m_findings->count() == 0) m_findings->addItem(tr("Nothing odd was found."));
    m_pages->setCurrentIndex(Page::report);
    updateButtons();
}

void ImportDialog::updateButtons() {
    const auto page = m_pages->currentIndex();
    m_mappingMenu->setVisible(page == Page::chosen);
    m_mappingMenu->setEnabled(m_previewed);
    m_import->setVisible(page == Page::chosen);
    m_import->setEnabled(m_previewed && m_preview->hasPosition() &&
                         (!m_newProject || !m_projectFile->text().trimmed().isEmpty()));
    m_close->setText(page == Page::report ? tr("&Show the map") : tr("Cancel"));
    m_close->setProperty("primary", page == Page::report);
    m_close->setStyleSheet(m_close->styleSheet()); // takes the changed property
    if (page == Page::report) m_close->setFocus();
}

void ImportDialog::reject() {
    if (m_pages->currentIndex() == Page::running && m_line.running()) {
        m_phase->setText(tr("Stopping\u2026"));
        m_line.cancel();
        return;
    }
    m_line.drop();
    QDialog::reject();
}

void ImportDialog::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() && m_pages->currentIndex() == Page::chosen) event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const auto& url : event->mimeData()->urls())
        if (url.isLocalFile()) paths << url.toLocalFile();
    addInputs(paths);
}

} // namespace patchlight::desktop
