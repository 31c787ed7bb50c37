// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/layers/layer_store.h"
#include "app/desktop/layers/legend_view.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QListWidgetItem;
class QToolButton;
class QVBoxLayout;

namespace patchlight::desktop {

/// The left side: what is drawn (a tick each), the legend, and the data it rests on.
class LayersPanel : public QWidget {
    Q_OBJECT
public:
    LayersPanel(Document& document, LayerStore& store, QWidget* parent = nullptr);
    /// Numbers beside the result's layers and the legend of what the map shows.
    void showMap(const paint::MapContent& content);

signals:
    void addLayerAsked();
    void importAsked();
    void findingsAsked();

private:
    void fillLayers();
    void fillData();
    void itemChanged(QListWidgetItem* item);
    void moveCurrent(int by);
    void removeCurrent();
    void updateButtons();
    [[nodiscard]] std::optional<std::size_t> currentLayer() const; ///< index in the workspace's layers

    Document& m_document;
    LayerStore& m_store;
    paint::MapContent m_content;
    QListWidget* m_list;
    QToolButton* m_up;
    QToolButton* m_down;
    QToolButton* m_remove;
    LegendView* m_legend;
    QLabel* m_warning;
    QVBoxLayout* m_datasets;
    bool m_filling = false;
};

} // namespace patchlight::desktop
