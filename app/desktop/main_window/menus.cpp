// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/log.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "app/desktop/import/import_dialog.h"
#include "app/desktop/layers/add_layer_dialog.h"
#include "app/desktop/main_window/main_window.h"
#include "core/base/version.h"
#include "gis/crs/crs.h"
#include "gis/export/export.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QUrl>

/// The menus and what they do. Each entry works; entries that need a project or a result wait for one.
namespace patchlight::desktop {

QAction* MainWindow::add(QMenu* menu, const QString& text, const QString& name, const QKeySequence& keys,
                         void (MainWindow::*slot)()) {
    auto* action = menu->addAction(text);
    action->setObjectName(name);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void MainWindow::addMenus() {
    addFileMenu();
    addEditMenu();
    addMapMenu();
    addAnalysisMenu();
    addViewMenu();
    addHelpMenu();
}

void MainWindow::addFileMenu() {
    auto* menu = menuBar()->addMenu(tr("&File"));
    auto* fresh = menu->addAction(tr("&New project from import\u2026"));
    fresh->setObjectName("action-new");
    fresh->setShortcut(QKeySequence::New);
    connect(fresh, &QAction::triggered, this, [this] { importInto(true); });
    add(menu, tr("&Open\u2026"), "action-open", QKeySequence::Open, &MainWindow::askOpen);
    add(menu, tr("Open &sample project"), "action-sample", {}, &MainWindow::openSample);
    m_recent = menu->addMenu(tr("Open &recent"));
    fillRecent();
    menu->addSeparator();
    auto* import = menu->addAction(tr("&Import into this project\u2026"));
    import->setObjectName("action-import");
    import->setShortcut(QKeySequence("Ctrl+I"));
    connect(import, &QAction::triggered, this, [this] { importInto(false); });
    m_needProject.push_back(import);
    m_needProject.push_back(
        add(menu, tr("&Data quality\u2026"), "action-quality", QKeySequence("Ctrl+D"), &MainWindow::openQuality));
    m_needProject.push_back(add(menu, tr("Find &positions\u2026"), "action-geocode", {}, &MainWindow::openGeocode));
    m_needProject.push_back(add(menu, tr("Ca&tegories\u2026"), "action-categories", {}, &MainWindow::openCategories));
    m_needAnswer.push_back(add(menu, tr("&Export filtered incidents\u2026"), "action-export-incidents", {},
                               &MainWindow::askExportIncidents));
    auto* board = menu->addAction(tr("&Board map\u2026"));
    board->setObjectName("action-board-map");
    board->setShortcut(QKeySequence("Ctrl+B"));
    connect(board, &QAction::triggered, this, [this] { openBoardMap(); });
    m_needAnswer.push_back(board);
    menu->addSeparator();
    auto* close = menu->addAction(tr("&Close project"));
    close->setObjectName("action-close");
    close->setShortcut(QKeySequence::Close);
    connect(close, &QAction::triggered, &m_document, &Document::close);
    m_needProject.push_back(close);
    auto* quit = menu->addAction(tr("&Quit"));
    quit->setObjectName("action-quit");
    quit->setShortcut(QKeySequence("Ctrl+Q"));
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::addEditMenu() {
    auto* menu = menuBar()->addMenu(tr("&Edit"));
    auto* undo = m_document.undoStack().createUndoAction(this, tr("&Undo"));
    undo->setObjectName("action-undo");
    undo->setShortcut(QKeySequence::Undo);
    auto* redo = m_document.undoStack().createRedoAction(this, tr("&Redo"));
    redo->setObjectName("action-redo");
    redo->setShortcut(QKeySequence::Redo);
    menu->addAction(undo);
    menu->addAction(redo);
    menu->addSeparator();
    m_needProject.push_back(
        add(menu, tr("Copy &map"), "action-copy-map", QKeySequence("Ctrl+Shift+C"), &MainWindow::copyMap));
    m_needAnswer.push_back(
        add(menu, tr("Copy &table"), "action-copy-table", QKeySequence("Ctrl+Shift+T"), &MainWindow::copyTable));
}

void MainWindow::addMapMenu() {
    auto* menu = menuBar()->addMenu(tr("&Map"));
    const auto addMap = [&](const QString& text, const QString& name, const QKeySequence& keys,
                            void (MapWidget::*slot)()) {
        auto* action = menu->addAction(text);
        action->setObjectName(name);
        action->setShortcut(keys);
        connect(action, &QAction::triggered, m_map, slot);
        m_needProject.push_back(action);
    };
    addMap(tr("Zoom &in"), "action-zoom-in", QKeySequence::ZoomIn, &MapWidget::zoomIn);
    addMap(tr("Zoom &out"), "action-zoom-out", QKeySequence::ZoomOut, &MapWidget::zoomOut);
    addMap(tr("&Whole extent"), "action-whole-extent", QKeySequence("Ctrl+0"), &MapWidget::showWholeExtent);
    menu->addSeparator();
    m_needProject.push_back(
        add(menu, tr("&Add layer\u2026"), "action-add-layer", QKeySequence("Ctrl+L"), &MainWindow::askAddLayer));
}

void MainWindow::addAnalysisMenu() {
    auto* menu = menuBar()->addMenu(tr("&Analysis"));
    auto* again = menu->addAction(tr("&Run again"));
    again->setObjectName("action-run");
    again->setShortcut(QKeySequence::Refresh);
    connect(again, &QAction::triggered, &m_runner, &AnalysisRunner::run);
    m_needProject.push_back(again);
    auto* cancel = menu->addAction(tr("&Cancel running work"));
    cancel->setObjectName("action-cancel");
    cancel->setShortcut(QKeySequence(Qt::Key_Escape));
    connect(cancel, &QAction::triggered, m_jobs, &JobStatus::cancel);
    m_needProject.push_back(cancel);
}

void MainWindow::addViewMenu() {
    auto* menu = menuBar()->addMenu(tr("&View"));
    auto* dark = menu->addAction(tr("&Dark colours"));
    dark->setObjectName("action-dark");
    dark->setCheckable(true);
    dark->setChecked(currentAppearance() == Appearance::dark);
    connect(dark, &QAction::toggled, this, [this](bool on) {
        settings().setValue("dark", on);
        applyAppearance(*static_cast<QApplication*>(QApplication::instance()),
                        on ? Appearance::dark : Appearance::light);
        emit m_document.shownChanged(); // lists and map take the new colours
        emit m_runner.answered();
    });
}

void MainWindow::addHelpMenu() {
    auto* menu = menuBar()->addMenu(tr("&Help"));
    add(menu, tr("Open &log folder"), "action-log", {}, &MainWindow::showLog);
    add(menu, tr("&About Patchlight"), "action-about", {}, &MainWindow::about);
}

void MainWindow::fillRecent() {
    if (!m_recent) return;
    m_recent->clear();
    for (const auto& path : recentProjects()) {
        auto* action = m_recent->addAction(QFileInfo(path).completeBaseName());
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { openProject(pathFrom(path)); });
    }
    m_recent->menuAction()->setVisible(!m_recent->isEmpty());
}

void MainWindow::askOpen() {
    const auto file = QFileDialog::getOpenFileName(this, tr("Open a project"), lastFolder("project"),
                                                   tr("Patchlight project (*.gpkg)"));
    if (file.isEmpty()) return;
    rememberFolder("project", file);
    openProject(pathFrom(file));
}

void MainWindow::askAddLayer() {
    const auto file =
        QFileDialog::getOpenFileName(this, tr("Add a map layer"), lastFolder("layer"), AddLayerDialog::fileFilter());
    if (file.isEmpty()) return;
    rememberFolder("layer", file);
    addLayer(pathFrom(file));
}

void MainWindow::askAreaFile() {
    const auto file =
        QFileDialog::getOpenFileName(this, tr("Study area from a file"), lastFolder("layer"),
                                     tr("Boundaries (*.gpkg *.geojson *.json *.shp *.zip *.kml *.gml *.fgb);;"
                                        "All files (*)"));
    if (file.isEmpty()) return;
    rememberFolder("layer", file);
    StudyAreaSpec area;
    area.kind = StudyAreaSpec::Kind::file;
    area.source = fromQt(file);
    m_document.apply({fromQt(tr("Change area")), SetArea{area}});
}

void MainWindow::askExportIncidents() {
    const auto answer = m_runner.answer();
    if (!answer) return;
    const auto start = lastFolder("export") + '/' + toQt(answer->data->path.stem()) + tr(" incidents.csv");
    const auto file = QFileDialog::getSaveFileName(this, tr("Export filtered incidents"), start,
                                                   tr("CSV (*.csv);;GeoPackage (*.gpkg)"));
    if (file.isEmpty()) return;
    rememberFolder("export", file);
    m_exporting.start<bool>(
        tr("Exporting incidents"),
        [answer, path = pathFrom(file)](const TaskContext&) -> Expected<bool> {
            std::error_code ignored;
            if (std::filesystem::equivalent(path, answer->data->path, ignored))
                return fail(ErrorCode::fileNotWritable, "That is the project file itself; choose another name.");
            if (auto done = gis::writeIncidents(*answer->found, *answer->data->table, answer->data->crs, path); !done)
                return fail(done.error());
            DisclosureFacts facts{*answer->found, {}, answer->rows};
            facts.showsIncidents = true;
            if (auto project = Project::open(answer->data->path, OpenMode::readWrite))
                if (auto kept = project->recordExport(fromQt(toQt(path)), toJson(answer->recipe), "internal",
                                                      toJson(checksBeforePublishing(facts)));
                    !kept)
                    return fail(kept.error());
            return true;
        },
        [this, file](Expected<bool> done) {
            if (done)
                m_place->showNote(tr("Saved %1").arg(QFileInfo(file).fileName()));
            else
                showError(this, tr("The incidents could not be exported."), done.error());
        });
}

void MainWindow::copyMap() {
    QApplication::clipboard()->setImage(m_map->snapshot());
    m_place->showNote(tr("Map copied"));
}

void MainWindow::copyTable() {
    QApplication::clipboard()->setText(m_question->table().asText());
    m_place->showNote(tr("Table copied"));
}

void MainWindow::showLog() {
    QDesktopServices::openUrl(QUrl::fromLocalFile(logFolder()));
}

void MainWindow::about() {
    const auto grid = gis::ostn15Grid();
    QMessageBox::about(this, tr("About Patchlight"),
                       tr("<h3>Patchlight %1</h3><p>Where crime concentrates, and how sure that is.</p>"
                          "<p>Free software under the GNU General Public License, version 3 or later. "
                          "It comes without any warranty.</p><p>OSTN15 grid: %2<br>Log: %3</p>")
                           .arg(toQt(versionAndBuild()), grid ? toQt(*grid) : tr("not found"), logFolder()));
}

} // namespace patchlight::desktop
