// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/main_window/main_window.h"

#include "app/desktop/analysis/incident_list.h"
#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/board_map/board_map_dialog.h"
#include "app/desktop/document/recent.h"
#include "app/desktop/document/sample.h"
#include "app/desktop/import/import_dialog.h"
#include "app/desktop/layers/add_layer_dialog.h"
#include "app/desktop/quality/categories_dialog.h"
#include "app/desktop/quality/geocode_dialog.h"
#include "app/desktop/quality/quality_dialog.h"
#include "core/base/text.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {
constexpr int layersWidth = 250;
constexpr int questionWidth = 420;
constexpr QSize startSize{1440, 900};
constexpr double mostOfScreen = 0.94; ///< leaves room for title bar and task bar
enum Page { welcomePage, projectPage };
} // namespace

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent), m_runner{m_document}, m_layers{m_document}, m_filter(new FilterSentence(m_document)),
      m_layersPanel(new LayersPanel(m_document, m_layers)), m_map(new MapWidget),
      m_question(new QuestionPanel(m_document, m_runner)), m_welcome(new WelcomePage), m_pages(new QStackedWidget),
      m_splitter(new QSplitter), m_jobs(new JobStatus), m_place(new PlaceStatus(m_document)) {
    setObjectName("main-window");
    setWindowIcon(programIcon());
    m_splitter->setObjectName("panels");
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_layersPanel->setMinimumWidth(200);
    auto* question = new QScrollArea; // small screens and large letters
    question->setWidgetResizable(true);
    question->setFrameShape(QFrame::NoFrame);
    question->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    question->setMinimumWidth(340);
    question->setWidget(m_question);
    for (QWidget* part : std::initializer_list<QWidget*>{m_layersPanel, m_map, question}) m_splitter->addWidget(part);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({layersWidth, 790, questionWidth});
    m_pages->setObjectName("pages");
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_splitter);
    auto* central = new QWidget;
    central->setObjectName("page");
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(separator());
    column->addWidget(m_filter);
    column->addWidget(separator());
    column->addWidget(m_pages, 1);
    setCentralWidget(central);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_place, 1);
    statusBar()->addPermanentWidget(m_jobs);
    auto* marking = new QLabel;
    marking->setObjectName("status-marking");
    statusBar()->addPermanentWidget(marking);
    const auto showMarking = [this, marking] {
        marking->setText(m_document.isOpen()
                             ? "<b>" + toQt(m_document.workspace().layout.marking).toHtmlEscaped() + "</b>"
                             : QString());
    };
    connect(&m_document, &Document::projectChanged, this, showMarking);
    connect(&m_document, &Document::layoutChanged, this, showMarking);
    addMenus();
    connectParts();
    const auto room = screen()->availableSize();
    resize(room.width() <= startSize.width() || room.height() <= startSize.height() ? room * mostOfScreen : startSize);
    if (auto stored = settings(); stored.contains("window")) restoreGeometry(stored.value("window").toByteArray());
    showProject();
}

MainWindow::~MainWindow() {
    m_document.disconnect(this);
}

void MainWindow::connectParts() {
    for (auto* line : {&m_opening, &m_exporting, &m_runner.jobs(), &m_layers.jobs()}) m_jobs->watch(line);
    connect(m_welcome, &WelcomePage::sampleAsked, this, &MainWindow::openSample);
    connect(m_welcome, &WelcomePage::importAsked, this, [this] { importInto(true); });
    connect(m_welcome, &WelcomePage::openAsked, this, &MainWindow::askOpen);
    connect(m_welcome, &WelcomePage::recentAsked, this, [this](const QString& path) { openProject(pathFrom(path)); });
    connect(m_filter, &FilterSentence::boardMapAsked, this, [this] { openBoardMap(); });
    connect(m_filter, &FilterSentence::areaFileAsked, this, &MainWindow::askAreaFile);
    connect(m_layersPanel, &LayersPanel::importAsked, this, [this] { importInto(false); });
    connect(m_layersPanel, &LayersPanel::addLayerAsked, this, &MainWindow::askAddLayer);
    connect(m_layersPanel, &LayersPanel::findingsAsked, this, &MainWindow::openQuality);

    connect(&m_document, &Document::projectChanged, this, &MainWindow::showProject);
    connect(&m_document, &Document::shownChanged, this, &MainWindow::updateMap);
    connect(&m_document, &Document::failed, this,
            [this](const Error& error) { showError(this, tr("That did not work."), error); });
    connect(&m_document, &Document::saveFailed, this, [this](const Error& error) {
        showError(this, tr("The settings of this project could not be saved. Your work goes on; exports still work."),
                  error);
    });
    connect(&m_layers, &LayerStore::changed, this, &MainWindow::updateMap);
    connect(&m_runner, &AnalysisRunner::counted, this,
            [this](qulonglong chosen) { m_filter->setCount(static_cast<std::size_t>(chosen)); });
    connect(&m_runner, &AnalysisRunner::answered, this, [this] {
        updateMap();
        if (const auto answer = m_runner.answer())
            m_place->showNote(
                tr("%1 ready in %2 ms")
                    .arg(toQt(answer->found->title), toQt(fixedDecimal(answer->found->seconds * 1000.0, 0))));
        else
            m_place->showNote({});
    });
    connect(&m_runner, &AnalysisRunner::renamed, this, &MainWindow::updateMap);

    connect(m_map, &MapWidget::pointedAt, m_place, &PlaceStatus::showPlace);
    connect(m_map, &MapWidget::pointerLeft, m_place, &PlaceStatus::clearPlace);
    connect(m_map, &MapWidget::hotspotChosen, this, &MainWindow::chooseHotspot);
    connect(m_map, &MapWidget::failed, this,
            [this](const Error& error) { showError(this, tr("The map could not be drawn."), error); });
    connect(m_map, &MapWidget::viewChanged, this, [this] {
        m_place->showScale(m_map->metresPerMillimetre());
        if (m_map->showsWholeExtent())
            m_document.setView({});
        else
            m_document.setView({m_map->centre(), m_map->metresPerMillimetre()});
    });
    connect(&m_question->table(), &HotspotTable::chosen, this, [this](std::optional<std::size_t> rank) {
        m_map->setHighlighted(rank);
        if (rank) m_map->reveal(*rank);
    });
    connect(&m_question->table(), &HotspotTable::zoomAsked, this, [this](std::size_t rank) { m_map->showArea(rank); });
    connect(&m_question->table(), &HotspotTable::incidentsAsked, this, [this](std::size_t rank) {
        if (const auto answer = m_runner.answer()) (new IncidentListDialog(answer, rank, this))->open();
    });
}

void MainWindow::openProject(const std::filesystem::path& path) {
    m_opening.start<std::shared_ptr<const ProjectData>>(
        tr("Opening %1").arg(toQt(path.filename())),
        [path](const TaskContext& task) { return readProject(path, task); },
        [this](Expected<std::shared_ptr<const ProjectData>> read) {
            if (read)
                take(*read);
            else
                showError(this, tr("The project could not be opened."), read.error());
        });
}

void MainWindow::openSample() {
    const auto folder = pathFrom(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation));
    m_opening.start<std::shared_ptr<const ProjectData>>(
        tr("Opening the sample project"),
        [folder](const TaskContext& task) -> Expected<std::shared_ptr<const ProjectData>> {
            const auto path = desktop::openSample(folder, task);
            if (!path) return fail(path.error());
            return readProject(*path, task);
        },
        [this](Expected<std::shared_ptr<const ProjectData>> read) {
            if (read)
                take(*read);
            else
                showError(this, tr("The sample project could not be opened."), read.error());
        });
}

void MainWindow::take(const std::shared_ptr<const ProjectData>& project) {
    rememberProject(toQt(project->path));
    fillRecent();
    m_document.open(project);
    if (m_document.openElsewhere()) sayOpenElsewhere();
}

void MainWindow::sayOpenElsewhere() {
    const QString machine = *m_document.openElsewhere();
    const QString where = machine.isEmpty()        ? QString()
                          : isThisMachine(machine) ? tr(" on this computer")
                                                   : tr(" on %1").arg(machine);
    auto* box = new QMessageBox(
        QMessageBox::Information, QApplication::applicationName(),
        tr("%1 is already open in another Patchlight window%2.").arg(toQt(m_document.data()->path.filename()), where),
        QMessageBox::NoButton, this);
    box->setObjectName("open-elsewhere");
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(
        tr("You can look, analyse and export here. Settings are saved by the other window alone, and "
           "nothing can be imported from here. If that window is gone, take the project over."));
    auto* takeOver = box->addButton(tr("&Take over"), QMessageBox::ActionRole);
    takeOver->setObjectName("take-over");
    connect(takeOver, &QPushButton::clicked, this, [this] {
        m_document.takeOver();
        openProject(m_document.data()->path);
    });
    box->setDefaultButton(box->addButton(tr("&Look only"), QMessageBox::RejectRole));
    box->open();
}

void MainWindow::showProject() {
    const bool open = m_document.isOpen();
    m_pages->setCurrentIndex(open ? Page::projectPage : Page::welcomePage);
    if (!open) m_welcome->showRecent();
    const QString state = m_document.openElsewhere() ? tr(" (open elsewhere, not saved from here)") : QString();
    setWindowTitle(open ? tr("%1%2 \u2013 Patchlight").arg(toQt(m_document.data()->path.stem()), state)
                        : tr("Patchlight"));
    setWindowFilePath(open ? toQt(m_document.data()->path) : QString());
    if (open) {
        m_filter->setCount(m_document.data()->incidents());
        const auto view = m_document.workspace().view;
        updateMap();
        if (view.metresPerMillimetre > 0.0)
            m_map->setView(view.centre, view.metresPerMillimetre);
        else
            m_map->showWholeExtent();
        m_map->setFocus();
    }
    updateActions();
}

void MainWindow::updateMap() {
    paint::MapContent content;
    if (m_document.isOpen()) {
        const auto& workspace = m_document.workspace();
        content.layers = m_layers.shown();
        content.epsg = m_document.data()->crs.epsg;
        content.showAreas = workspace.showAreas;
        content.showSurface = workspace.showSurface;
        content.showIncidents = workspace.showIncidents;
        if (const auto answer = m_runner.answer()) {
            content.result = answer->shown;
            content.incidents = answer->incidents;
            content.studyArea = answer->area.polygon;
        }
    }
    m_map->setContent(content);
    m_layersPanel->showMap(content);
    updateActions();
}

void MainWindow::updateActions() {
    for (auto* action : m_needProject) action->setEnabled(m_document.isOpen());
    for (auto* action : m_needAnswer) action->setEnabled(m_runner.answer() != nullptr);
    m_filter->setBoardMapEnabled(m_runner.answer() != nullptr);
}

void MainWindow::chooseHotspot(std::optional<std::size_t> rank) {
    m_question->table().select(rank);
}

ImportDialog* MainWindow::importInto(bool newProject) {
    std::optional<std::filesystem::path> project;
    if (!newProject && m_document.isOpen()) project = m_document.data()->path;
    if (project) {
        if (auto saved = m_document.save(); !saved) {
            showError(this, tr("The project cannot be written."), saved.error());
            return nullptr;
        }
    }
    auto* dialog = new ImportDialog(project, this);
    connect(dialog, &ImportDialog::imported, this, &MainWindow::openProject);
    dialog->open();
    return dialog;
}

void MainWindow::openQuality() {
    auto* dialog = new QualityDialog(m_document.data(), this);
    connect(dialog, &QualityDialog::datasetRemoved, this, &MainWindow::openProject);
    dialog->open();
}

void MainWindow::openCategories() {
    auto* dialog = new CategoriesDialog(m_document.data(), this);
    connect(dialog, &CategoriesDialog::categoriesChanged, this, &MainWindow::openProject);
    dialog->open();
}

void MainWindow::openGeocode() {
    auto* dialog = new GeocodeDialog(m_document.data(), this);
    connect(dialog, &GeocodeDialog::placed, this, &MainWindow::openProject);
    dialog->open();
}

BoardMapDialog* MainWindow::openBoardMap() {
    const auto answer = m_runner.answer();
    if (!answer) return nullptr;
    auto content = m_map->content();
    content.highlightedRank.reset();
    auto* dialog = new BoardMapDialog(m_document, answer, content, this);
    dialog->open();
    return dialog;
}

void MainWindow::addLayer(const std::filesystem::path& file) {
    if (m_document.isOpen()) (new AddLayerDialog(m_document, file, this))->open();
}

bool MainWindow::settled() const {
    return !m_opening.running() && !m_exporting.running() && m_runner.settled() && !m_layers.running() &&
           m_map->upToDate();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    settings().setValue("window", saveGeometry());
    if (auto saved = m_document.save(); !saved)
        qWarning("The workspace could not be saved: %s", saved.error().message.c_str());
    event->accept();
}

} // namespace patchlight::desktop
