// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/jobs/job_line.h"
#include "gis/sources/sources.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace patchlight::desktop {

/// Asks how a file becomes a map layer: its name, which layer of the file, which field names its features, and whether
/// its areas can be chosen as study area. The file is looked at in the background.
class AddLayerDialog : public QDialog {
    Q_OBJECT
public:
    AddLayerDialog(Document& document, std::filesystem::path file, QWidget* parent = nullptr);
    /// File dialog filter for what the map can show.
    [[nodiscard]] static QString fileFilter();

    void accept() override; ///< adds the layer, then closes

private:
    struct Look {
        gis::LayerSummary summary;
        std::string sourceLayer;
        MapLayerInfo info;
        std::vector<std::string> fields;
        bool polygons = false;
    };
    void look(const std::string& sourceLayer);
    void fill(const Look& look);
    void add(MapLayerInfo info, std::vector<AreaLayer> areaLayers);

    Document& m_document;
    std::filesystem::path m_file;
    JobLine m_line;
    QLabel* m_state;
    QLineEdit* m_name;
    QLabel* m_sourceLabel;
    QComboBox* m_source;
    QLabel* m_fieldLabel;
    QComboBox* m_field;
    QComboBox* m_role;
    QLabel* m_roleLabel;
    QCheckBox* m_asAreas;
    QDialogButtonBox* m_buttons;
    MapLayerInfo m_info;
};

} // namespace patchlight::desktop
