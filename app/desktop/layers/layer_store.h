// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/jobs/job_line.h"
#include "gis/map/map.h"

#include <QObject>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace patchlight::desktop {

/// The map layers of the document, read in the background and kept: showing, hiding and moving a layer reads nothing.
class LayerStore : public QObject {
    Q_OBJECT
public:
    explicit LayerStore(Document& document, QObject* parent = nullptr);

    [[nodiscard]] std::vector<paint::LoadedLayer> shown() const; ///< read and visible, bottom first
    [[nodiscard]] bool running() const { return m_line.running(); }
    [[nodiscard]] std::optional<Error> problemOf(const MapLayerInfo& info) const;
    [[nodiscard]] JobLine& jobs() { return m_line; }

signals:
    void changed(); ///< a layer was read, or failed to

private:
    void readNext();

    struct Entry {
        std::optional<paint::LoadedLayer> layer;
        std::optional<Error> problem;
    };
    Document& m_document;
    std::map<std::string, Entry> m_entries; ///< by path, source layer and label field
    JobLine m_line;
};

} // namespace patchlight::desktop
