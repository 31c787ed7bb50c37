// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "app/desktop/import/import_dialog.h"
#include "app/desktop/import/preview_table.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

/// How the import dialog is put together.
namespace patchlight::desktop {

ImportDialog::ImportDialog(std::optional<std::filesystem::path> project, QWidget* parent)
    : QDialog(parent), m_project{std::move(project)}, m_newProject{!m_project}, m_pages(new QStackedWidget),
      m_inputLabel(new QLabel(tr("Nothing chosen yet"))), m_message(mutedText({})), m_preview(new PreviewTable),
      m_understood(new QLabel), m_mappingMenu(new QPushButton(tr("&Mapping"))), m_phase(new QLabel),
      m_bar(new QProgressBar), m_summary(new QLabel), m_findings(new QListWidget),
      m_import(new QPushButton(tr("&Import"))), m_close(new QPushButton(tr("Cancel"))) {
    setObjectName("import-dialog");
    setWindowTitle(m_newProject ? tr("Import an extract into a new project") : tr("Import an extract"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    m_import->setObjectName("import-start");
    m_import->setProperty("primary", true);
    m_import->setDefault(true);
    m_close->setObjectName("import-close");
    m_pages->addWidget(choosePage());
    m_pages->addWidget(runPage());
    m_pages->addWidget(reportPage());
    m_mappingMenu->setObjectName("import-mapping");
    auto* mapping = new QMenu(m_mappingMenu);
    mapping->addAction(tr("&Take from a file\u2026"), this, &ImportDialog::askMappingFile);
    mapping->addAction(tr("&Save as a file\u2026"), this, &ImportDialog::askSaveMapping);
    m_mappingMenu->setMenu(mapping);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_mappingMenu);
    buttons->addStretch();
    buttons->addWidget(m_close);
    buttons->addWidget(m_import);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    column->addWidget(m_pages, 1);
    column->addLayout(buttons);
    resize(900, 620);

    for (auto* button : findChildren<QPushButton*>()) button->setAutoDefault(button == m_import); // Enter imports
    m_import->setDefault(true);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::startImport);
    connect(m_close, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_preview, &PreviewTable::rolesChanged, this, &ImportDialog::sayWhatWasSeen);
    connect(&m_line, &JobLine::progressed, this, [this](const QString& phase, double fraction) {
        m_phase->setText(phase);
        m_bar->setRange(0, 1000);
        m_bar->setValue(static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 1000));
    });
    updateButtons();
}

QWidget* ImportDialog::choosePage() {
    m_inputLabel->setObjectName("import-inputs");
    m_inputLabel->setProperty("role", "section");
    m_inputLabel->setWordWrap(true);
    m_message->setObjectName("import-message");
    auto* files = new QPushButton(tr("&Files or ZIP\u2026"));
    files->setObjectName("import-files");
    auto* folder = new QPushButton(tr("F&older\u2026"));
    folder->setObjectName("import-folder");
    auto* choose = new QHBoxLayout;
    choose->addWidget(files);
    choose->addWidget(folder);
    choose->addWidget(m_inputLabel, 1);
    connect(files, &QPushButton::clicked, this, [this] {
        addInputs(
            QFileDialog::getOpenFileNames(this, tr("Choose extracts"), lastFolder("import"),
                                          tr("Extracts (*.csv *.tsv *.tab *.txt *.zip *.xlsx *.ods *.gpkg *.shp *.shz "
                                             "*.geojson *.fgb *.kml);;All files (*)")));
    });
    connect(folder, &QPushButton::clicked, this, [this] {
        const auto path =
            QFileDialog::getExistingDirectory(this, tr("Choose a folder of extracts"), lastFolder("import"));
        if (!path.isEmpty()) addInputs({path});
    });

    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(mutedText(
        tr("Street-level files from data.police.uk (one, a folder of months, or the ZIP as it was downloaded); any "
           "CSV or workbook with coordinates, grid references, postcodes or UPRNs; layers of points "
           "(GeoPackage, Shapefile, GeoJSON ...). Files can also be dropped here.")));
    column->addLayout(choose);
    column->addWidget(m_message);
    column->addWidget(m_preview, 1);
    m_preview->hide();
    m_understood->setObjectName("import-understood");
    m_understood->setWordWrap(true);
    m_understood->setTextFormat(Qt::RichText);
    column->addWidget(m_understood);
    m_understood->hide();
    if (m_newProject) {
        m_projectFile = new QLineEdit;
        m_projectFile->setObjectName("import-project");
        auto* label = new QLabel(tr("&Project file"));
        label->setBuddy(m_projectFile);
        auto* change = new QPushButton(tr("&Change\u2026"));
        auto* row = new QHBoxLayout;
        row->addWidget(label);
        row->addWidget(m_projectFile, 1);
        row->addWidget(change);
        column->addLayout(row);
        connect(change, &QPushButton::clicked, this, &ImportDialog::chooseProjectFile);
        connect(m_projectFile, &QLineEdit::textChanged, this, &ImportDialog::updateButtons);
    } else {
        auto* row = new QHBoxLayout;
        row->addWidget(new QLabel(tr("Months that are in the project already:")));
        m_repeats = new QButtonGroup(this);
        int id = 0;
        for (const auto& [text, name] :
             {std::pair{tr("&refuse"), "import-refuse"}, std::pair{tr("re&place"), "import-update"},
              std::pair{tr("&keep both"), "import-keep-both"}}) {
            auto* choice = new QRadioButton(text);
            choice->setObjectName(name);
            choice->setChecked(id == 0);
            m_repeats->addButton(choice, id++);
            row->addWidget(choice);
        }
        row->addStretch();
        column->addLayout(row);
    }
    column->addStretch();
    return page;
}

QWidget* ImportDialog::runPage() {
    m_phase->setObjectName("import-phase");
    m_phase->setAlignment(Qt::AlignCenter);
    m_bar->setObjectName("import-progress");
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addStretch();
    column->addWidget(m_phase);
    column->addWidget(m_bar);
    column->addWidget(mutedText(tr("The project file stays as it was until the whole import is done.")), 0,
                      Qt::AlignCenter);
    column->addStretch();
    return page;
}

QWidget* ImportDialog::reportPage() {
    m_summary->setObjectName("import-summary");
    m_summary->setWordWrap(true);
    m_findings->setObjectName("import-findings");
    m_findings->setProperty("boxed", true);
    m_findings->setAccessibleName(tr("What was noticed"));
    m_findings->setWordWrap(true);
    m_findings->setSelectionMode(QAbstractItemView::NoSelection);
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(m_summary);
    column->addWidget(sectionTitle(tr("What was noticed")));
    column->addWidget(m_findings, 1);
    return page;
}

void ImportDialog::chooseProjectFile() {
    const auto file = QFileDialog::getSaveFileName(
        this, tr("New project"), m_projectFile->text().isEmpty() ? lastFolder("project") : m_projectFile->text(),
        tr("Patchlight project (*.gpkg)"));
    if (!file.isEmpty()) setProjectFile(pathFrom(file));
}

} // namespace patchlight::desktop
