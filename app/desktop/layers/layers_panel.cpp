// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/layers_panel.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/layers/dataset_summary.h"
#include "core/base/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {

/// What an item of the list stands for: a part of the result, or a map layer (its index in the workspace).
constexpr int partRole = Qt::UserRole;
enum Part { areasPart = -3, surfacePart = -2, incidentsPart = -1 };

QColor colourOf(const std::string& role) {
    if (role == "land") return QColor("#d9dfe4");
    if (role == "water") return QColor("#9fc5e0");
    if (role == "roads") return QColor("#b9c2ca");
    if (role == "boundaries") return QColor("#5f6b76");
    if (role == "places") return QColor("#34495e");
    return QColor("#8f9aa5");
}

QToolButton* smallButton(const QString& text, const QString& name, const QString& toolTip) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setObjectName(name);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

LayersPanel::LayersPanel(Document& document, LayerStore& store, QWidget* parent)
    : QWidget(parent), m_document{document}, m_store{store}, m_list(new QListWidget), m_legend(new LegendView),
      m_warning(new QLabel), m_datasets(new QVBoxLayout) {
    setObjectName("page");
    m_list->setObjectName("layers");
    m_list->setAccessibleName(tr("Layers"));
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setIconSize({16, 16});
    auto* add = new QPushButton(tr("&Add layer\u2026"));
    add->setObjectName("add-layer");
    add->setProperty("quiet", true);
    m_up = smallButton("\u25b4", "layer-up", tr("Draw this layer above the next"));
    m_down = smallButton("\u25be", "layer-down", tr("Draw this layer below the next"));
    m_remove = smallButton("\u2715", "layer-remove", tr("Remove this layer from the map (its file stays)"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    buttons->addWidget(add);
    buttons->addStretch();
    for (auto* button : {m_up, m_down, m_remove}) buttons->addWidget(button);

    m_warning->setObjectName("grid-warning");
    m_warning->setProperty("role", "warning");
    m_warning->setWordWrap(true);
    m_datasets->setSpacing(6);
    auto* import = new QPushButton(tr("&Import\u2026"));
    import->setObjectName("import");

    auto* content = new QWidget;
    content->setObjectName("page");
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 12, 10, 12);
    column->setSpacing(6);
    column->addWidget(sectionTitle(tr("Layers")));
    column->addWidget(m_list);
    column->addLayout(buttons);
    column->addSpacing(4);
    column->addWidget(separator());
    column->addSpacing(6);
    column->addWidget(m_legend);
    column->addSpacing(4);
    column->addWidget(separator());
    column->addSpacing(6);
    column->addWidget(sectionTitle(tr("Data")));
    column->addLayout(m_datasets);
    column->addWidget(m_warning);
    column->addWidget(import, 0, Qt::AlignLeft);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(content);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);

    connect(add, &QPushButton::clicked, this, &LayersPanel::addLayerAsked);
    connect(import, &QPushButton::clicked, this, &LayersPanel::importAsked);
    connect(m_up, &QToolButton::clicked, this, [this] { moveCurrent(+1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveCurrent(-1); });
    connect(m_remove, &QToolButton::clicked, this, &LayersPanel::removeCurrent);
    connect(m_list, &QListWidget::itemChanged, this, &LayersPanel::itemChanged);
    connect(m_list, &QListWidget::currentItemChanged, this, &LayersPanel::updateButtons);
    connect(&document, &Document::projectChanged, this, [this] {
        fillLayers();
        fillData();
    });
    connect(&document, &Document::layersChanged, this, &LayersPanel::fillLayers);
    connect(&document, &Document::shownChanged, this, &LayersPanel::fillLayers);
    connect(&document, &Document::shownChanged, this, &LayersPanel::fillData); // its colours may be others now
    connect(&store, &LayerStore::changed, this, &LayersPanel::fillLayers);
}

void LayersPanel::showMap(const paint::MapContent& content) {
    m_content = content;
    m_legend->setLegend(paint::legendOf(content));
    fillLayers();
}

void LayersPanel::fillLayers() {
    const int row = m_list->currentRow();
    m_filling = true;
    m_list->clear();
    const auto add = [this](const QString& text, const QIcon& icon, bool ticked, int part) {
        auto* item = new QListWidgetItem(icon, text, m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
        item->setData(partRole, part);
        item->setToolTip(text);
        return item;
    };
    const auto& workspace = m_document.workspace();
    const auto* result = m_content.result.get();
    const auto count = result ? QString(" (%1)").arg(result->areas.size()) : QString();
    add(tr("Hotspot areas") + count, swatch(Qt::transparent, colours().bad), workspace.showAreas, areasPart);
    if (!result || result->surface || !result->regions.empty())
        add(result && !result->regions.empty() ? tr("Counts") : tr("Density"), swatch(paint::densityRamp()[2]),
            workspace.showSurface, surfacePart);
    add(tr("Incidents"), swatch(QColor("#2166ac")), workspace.showIncidents, incidentsPart);
    for (std::size_t i = workspace.layers.size(); i-- > 0;) { // the topmost first
        const auto& layer = workspace.layers[i];
        auto* item = add(toQt(layer.name), swatch(colourOf(layer.role)), layer.visible, static_cast<int>(i));
        if (const auto problem = m_store.problemOf(layer)) {
            item->setText(tr("! %1").arg(toQt(layer.name)));
            item->setForeground(colours().warning);
            item->setToolTip(toQt(problem->message));
        }
    }
    m_list->setFixedHeight(std::max(1, std::min(m_list->count(), 12)) * std::max(m_list->sizeHintForRow(0), 22) + 6);
    m_list->setCurrentRow(std::min(row, m_list->count() - 1));
    m_filling = false;
    updateButtons();
}

void LayersPanel::itemChanged(QListWidgetItem* item) {
    if (m_filling) return;
    const bool ticked = item->checkState() == Qt::Checked;
    const int part = item->data(partRole).toInt();
    const auto& workspace = m_document.workspace();
    // Applied after the list is done with the click: the edit fills the list anew.
    if (part < 0) {
        SetShown shown{workspace.showAreas, workspace.showSurface, workspace.showIncidents};
        if (part == areasPart) shown.areas = ticked;
        if (part == surfacePart) shown.surface = ticked;
        if (part == incidentsPart) shown.incidents = ticked;
        const Edit edit{fromQt(ticked ? tr("Show layer") : tr("Hide layer")), shown};
        QMetaObject::invokeMethod(
            this, [this, edit] { m_document.apply(edit); }, Qt::QueuedConnection);
        return;
    }
    auto layers = workspace.layers;
    if (static_cast<std::size_t>(part) >= layers.size()) return;
    layers[static_cast<std::size_t>(part)].visible = ticked;
    const Edit edit{fromQt(ticked ? tr("Show layer") : tr("Hide layer")), SetLayers{std::move(layers)}};
    QMetaObject::invokeMethod(
        this, [this, edit] { m_document.apply(edit); }, Qt::QueuedConnection);
}

std::optional<std::size_t> LayersPanel::currentLayer() const {
    const auto* item = m_list->currentItem();
    if (!item || item->data(partRole).toInt() < 0) return std::nullopt;
    return static_cast<std::size_t>(item->data(partRole).toInt());
}

void LayersPanel::updateButtons() {
    const auto layer = currentLayer();
    const auto count = m_document.workspace().layers.size();
    m_remove->setVisible(count > 0);
    m_up->setVisible(count > 1);
    m_down->setVisible(count > 1);
    m_remove->setEnabled(layer.has_value());
    m_up->setEnabled(layer && *layer + 1 < count);
    m_down->setEnabled(layer && *layer > 0);
}

void LayersPanel::moveCurrent(int by) {
    const auto layer = currentLayer();
    if (!layer) return;
    auto layers = m_document.workspace().layers;
    std::swap(layers[*layer], layers[*layer + static_cast<std::size_t>(by)]);
    for (std::size_t i = 0; i < layers.size(); ++i) layers[i].order = static_cast<int>(i);
    m_list->setCurrentRow(m_list->currentRow() - by);
    m_document.apply({fromQt(tr("Move layer")), SetLayers{std::move(layers)}});
}

void LayersPanel::removeCurrent() {
    const auto layer = currentLayer();
    if (!layer) return;
    auto layers = m_document.workspace().layers;
    layers.erase(layers.begin() + static_cast<std::ptrdiff_t>(*layer));
    m_document.apply({fromQt(tr("Remove layer")), SetLayers{std::move(layers)}});
}

void LayersPanel::fillData() {
    while (auto* item = m_datasets->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_warning->setVisible(false);
    if (!m_document.isOpen()) return;
    const auto& known = *m_document.data();
    for (const auto& group : groupedDatasets(known.datasets)) {
        auto* label = new QLabel(QString("%1<br><span style='color:%2; font-size:12px'>%3</span>")
                                     .arg(group.name.toHtmlEscaped(), colours().muted.name(), group.figures));
        label->setToolTip(group.files.join('\n'));
        label->setWordWrap(true);
        m_datasets->addWidget(label);
    }
    if (!known.findings.empty()) {
        auto* findings = new QPushButton(tr("What the import noticed\u2026"));
        findings->setObjectName("findings");
        findings->setProperty("quiet", true);
        connect(findings, &QPushButton::clicked, this, &LayersPanel::findingsAsked);
        m_datasets->addWidget(findings, 0, Qt::AlignLeft);
    }
    auto words = toQt(known.crs.warning);
    m_warning->setText(words.replace('_', "_\u200b")); // a file's long name may break at its underscores
    m_warning->setVisible(!known.crs.warning.empty());
}

} // namespace patchlight::desktop
