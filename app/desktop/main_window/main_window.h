// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/analysis/analysis_runner.h"
#include "app/desktop/analysis/question_panel.h"
#include "app/desktop/document/document.h"
#include "app/desktop/filter/filter_sentence.h"
#include "app/desktop/jobs/job_status.h"
#include "app/desktop/layers/layer_store.h"
#include "app/desktop/layers/layers_panel.h"
#include "app/desktop/main_window/place_status.h"
#include "app/desktop/main_window/welcome_page.h"
#include "app/desktop/map/map_widget.h"

#include <QMainWindow>

class QSplitter;
class QStackedWidget;

namespace patchlight::desktop {

class ImportDialog;
class BoardMapDialog;

/// The window: puts the parts together and knows what the menus do. The parts know the document, not each other.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    void openProject(const std::filesystem::path& path);
    void openSample();
    ImportDialog* importInto(bool newProject); ///< opens the dialog and returns it
    void openQuality();
    void openCategories();
    void openGeocode();             ///< of a project that is open
    BoardMapDialog* openBoardMap(); ///< null where there is no answer yet
    void addLayer(const std::filesystem::path& file);

    [[nodiscard]] Document& document() { return m_document; }
    [[nodiscard]] AnalysisRunner& runner() { return m_runner; }
    [[nodiscard]] MapWidget& map() { return *m_map; }
    [[nodiscard]] bool settled() const; ///< no job is running or waiting

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void addMenus();
    void addFileMenu();
    void addEditMenu();
    void addMapMenu();
    void addAnalysisMenu();
    void addViewMenu();
    void addHelpMenu();
    void connectParts();
    void fillRecent();
    void take(const std::shared_ptr<const ProjectData>& project);
    void sayOpenElsewhere();
    void showProject();
    void updateMap();
    void updateActions();
    void chooseHotspot(std::optional<std::size_t> rank);
    void askOpen();
    void askAddLayer();
    void askAreaFile();
    void askExportIncidents();
    void copyMap();
    void copyTable();
    void showLog();
    void about();
    QAction* add(QMenu* menu, const QString& text, const QString& name, const QKeySequence& keys,
                 void (MainWindow::*slot)());

    Document m_document;
    AnalysisRunner m_runner;
    LayerStore m_layers;
    JobLine m_opening, m_exporting;
    FilterSentence* m_filter;
    LayersPanel* m_layersPanel;
    MapWidget* m_map;
    QuestionPanel* m_question;
    WelcomePage* m_welcome;
    QStackedWidget* m_pages;
    QSplitter* m_splitter;
    JobStatus* m_jobs;
    PlaceStatus* m_place;
    QMenu* m_recent = nullptr;
    std::vector<QAction*> m_needProject, m_needAnswer;
};

} // namespace patchlight::desktop
