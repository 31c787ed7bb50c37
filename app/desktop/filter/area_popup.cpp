// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/area_popup.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {
constexpr int layerRole = Qt::UserRole;
constexpr int featureRole = Qt::UserRole + 1;
} // namespace

QString areaText(const StudyAreaSpec& area) {
    switch (area.kind) {
    case StudyAreaSpec::Kind::everything:
        return AreaPopup::tr("Everywhere");
    case StudyAreaSpec::Kind::box:
        return AreaPopup::tr("A rectangle");
    case StudyAreaSpec::Kind::file:
        return toQt(pathFrom(toQt(area.source)).stem());
    case StudyAreaSpec::Kind::layer:
        return toQt(area.feature.empty() ? area.source : area.feature);
    }
    return {};
}

AreaPopup::AreaPopup(Document& document, QWidget* button)
    : SentencePopup("area-popup", button), m_document{document}, m_tree(new QTreeWidget) {
    auto* search = new QLineEdit;
    search->setObjectName("area-search");
    search->setPlaceholderText(tr("Search areas"));
    search->setClearButtonEnabled(true);
    m_tree->setObjectName("areas");
    m_tree->setAccessibleName(tr("Study area"));
    m_tree->setHeaderHidden(true);
    m_tree->setMinimumSize(290, 260);
    auto* file = new QPushButton(tr("From a &file\u2026"));
    file->setObjectName("area-file");
    fill();
    const bool any = !document.data()->areaLayers.empty();
    search->setVisible(any);
    column().addWidget(search);
    column().addWidget(m_tree, 1);
    if (!any) {
        m_tree->setMinimumHeight(40);
        m_tree->setMaximumHeight(40);
        column().addWidget(mutedText(tr("Boundaries added with \u201cAdd layer\u2026\u201d can be chosen here.")));
    }
    column().addWidget(file, 0, Qt::AlignLeft);
    connect(search, &QLineEdit::textChanged, this, [this](const QString& text) {
        for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
            auto* layer = m_tree->topLevelItem(i);
            bool anyShown = layer->text(0).contains(text.trimmed(), Qt::CaseInsensitive);
            for (int k = 0; k < layer->childCount(); ++k) {
                const bool shown = layer->child(k)->text(0).contains(text.trimmed(), Qt::CaseInsensitive);
                layer->child(k)->setHidden(!shown);
                anyShown = anyShown || shown;
            }
            layer->setHidden(!anyShown);
            layer->setExpanded(!text.isEmpty());
        }
    });
    connect(search, &QLineEdit::returnPressed, this, [this, search] {
        if (search->text().trimmed().isEmpty()) return;
        for (QTreeWidgetItemIterator each(m_tree); *each; ++each) { // the first that is shown and matches
            const bool matches = (*each)->text(0).contains(search->text().trimmed(), Qt::CaseInsensitive);
            if (matches && !(*each)->isHidden()) return choose(*each);
        }
    });
    connect(m_tree, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) { choose(item); });
    connect(m_tree, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item) { choose(item); });
    connect(file, &QPushButton::clicked, this, [this] {
        emit fileAsked();
        close();
    });
    if (any)
        search->setFocus();
    else
        m_tree->setFocus();
}

void AreaPopup::fill() {
    const auto& area = m_document.workspace().area;
    auto* everything = new QTreeWidgetItem(m_tree, {tr("Everywhere")});
    if (area.kind == StudyAreaSpec::Kind::everything) m_tree->setCurrentItem(everything);
    for (const auto& layer : m_document.data()->areaLayers) {
        auto* parent =
            new QTreeWidgetItem(m_tree, {tr("%1 (all %2)").arg(toQt(layer.name)).arg(layer.features.size())});
        parent->setData(0, layerRole, toQt(layer.name));
        if (area.source == layer.name && area.feature.empty()) m_tree->setCurrentItem(parent);
        for (const auto& feature : layer.features) {
            auto* child = new QTreeWidgetItem(parent, {toQt(feature)});
            child->setData(0, layerRole, toQt(layer.name));
            child->setData(0, featureRole, toQt(feature));
            if (area.source == layer.name && area.feature == feature) m_tree->setCurrentItem(child);
        }
        parent->setExpanded(layer.features.size() <= 30);
    }
}

void AreaPopup::choose(const QTreeWidgetItem* item) {
    StudyAreaSpec area;
    const auto layer = item->data(0, layerRole).toString();
    if (!layer.isEmpty()) {
        area.kind = StudyAreaSpec::Kind::layer;
        area.source = fromQt(layer);
        area.feature = fromQt(item->data(0, featureRole).toString());
    }
    if (!(area == m_document.workspace().area)) m_document.apply({fromQt(tr("Change area")), SetArea{area}});
    close();
}

} // namespace patchlight::desktop
