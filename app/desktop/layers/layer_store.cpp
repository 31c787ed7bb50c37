// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/layer_store.h"

namespace patchlight::desktop {

namespace {
std::string keyOf(const MapLayerInfo& info) {
    return info.path + '\n' + info.sourceLayer + '\n' + info.labelField + '\n' + info.role;
}
} // namespace

LayerStore::LayerStore(Document& document, QObject* parent) : QObject(parent), m_document{document} {
    connect(&document, &Document::projectChanged, this, [this] {
        m_line.drop();
        m_entries.clear();
        emit changed();
        readNext();
    });
    connect(&document, &Document::layersChanged, this, [this] {
        emit changed();
        readNext();
    });
}

std::vector<paint::LoadedLayer> LayerStore::shown() const {
    std::vector<paint::LoadedLayer> layers;
    for (const auto& info : m_document.workspace().layers) {
        const auto entry = m_entries.find(keyOf(info));
        if (!info.visible || entry == m_entries.end() || !entry->second.layer) continue;
        layers.push_back(*entry->second.layer);
        layers.back().info = info;
    }
    return layers;
}

std::optional<Error> LayerStore::problemOf(const MapLayerInfo& info) const {
    const auto entry = m_entries.find(keyOf(info));
    return entry == m_entries.end() ? std::nullopt : entry->second.problem;
}

void LayerStore::readNext() {
    if (m_line.running() || !m_document.isOpen()) return;
    for (const auto& info : m_document.workspace().layers) {
        const auto key = keyOf(info);
        if (!info.visible || m_entries.contains(key)) continue;
        m_line.start<paint::LoadedLayer>(
            tr("Reading %1").arg(QString::fromStdString(info.name)),
            [path = m_document.data()->path, info, epsg = m_document.data()->crs.epsg](const TaskContext& task) {
                return paint::loadLayer(path, info, epsg, task);
            },
            [this, key](Expected<paint::LoadedLayer> layer) {
                auto& entry = m_entries[key];
                if (layer)
                    entry.layer = std::move(*layer);
                else
                    entry.problem = layer.error();
                emit changed();
                readNext();
            });
        return;
    }
}

} // namespace patchlight::desktop
