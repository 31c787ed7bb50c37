// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "app/desktop/import/import_dialog.h"
#include "app/desktop/import/preview_table.h"
#include "core/base/path_text.h"

#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>

/// What the import dialog asks beside the files: mapping files, the order of dates.
namespace patchlight::desktop {

void ImportDialog::askMappingFile() {
    const auto file = QFileDialog::getOpenFileName(this, tr("Take a mapping from a file"), lastFolder("mapping"),
                                                   tr("Mapping (*.json)"));
    if (file.isEmpty()) return;
    rememberFolder("mapping", file);
    loadMapping(pathFrom(file));
}

void ImportDialog::askSaveMapping() {
    const auto file = QFileDialog::getSaveFileName(
        this, tr("Save this mapping"), lastFolder("mapping") + '/' + tr("mapping") + ".json", tr("Mapping (*.json)"));
    if (file.isEmpty()) return;
    rememberFolder("mapping", file);
    saveMapping(pathFrom(file));
}

void ImportDialog::loadMapping(const std::filesystem::path& path) {
    const auto wrong = [&](const std::string& problem) {
        showError(this, tr("The mapping was not taken."),
                  {ErrorCode::fileFormat, utf8Text(path) + ": " + problem, utf8Text(path)});
    };
    QFile file(toQt(path));
    if (!file.open(QIODevice::ReadOnly)) return wrong("it cannot be read.");
    const auto json = nlohmann::json::parse(file.readAll().toStdString(), nullptr, false);
    if (json.is_discarded()) return wrong("it is no JSON.");
    const ColumnMapping shown = m_preview->mapping();
    const auto mapping = mappingFromJson(mappingForHeader(json, shown.header), shown.header, shown.separator);
    if (!mapping) return wrong(mapping.error().message);
    m_preview->setMapping(*mapping);
    sayWhatWasSeen();
}

void ImportDialog::saveMapping(const std::filesystem::path& path) {
    QSaveFile file(toQt(path));
    const auto text = QByteArray::fromStdString(toJson(m_preview->mapping()).dump(2) + '\n');
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit()) return;
    showError(
        this, tr("The mapping was not saved."),
        {ErrorCode::fileNotWritable, utf8Text(path) + " cannot be written; choose another place.", utf8Text(path)});
}

void ImportDialog::askDates(const Error& error) {
    QMessageBox box(QMessageBox::Question, tr("Which comes first?"),
                    tr("The dates of this file can be read in two ways. Which is meant by 03/04/2025?"),
                    QMessageBox::Cancel, this);
    box.setObjectName("import-dates");
    box.setInformativeText(toQt(error.message.substr(0, error.message.rfind("; say which"))) + '.');
    auto* day = box.addButton(tr("3 &April (day first)"), QMessageBox::AcceptRole);
    auto* month = box.addButton(tr("4 &March (month first)"), QMessageBox::AcceptRole);
    box.exec();
    if (box.clickedButton() != day && box.clickedButton() != month) return;
    m_dates = box.clickedButton() == day ? DateOrder::dayFirst : DateOrder::monthFirst;
    startImport();
}

} // namespace patchlight::desktop
