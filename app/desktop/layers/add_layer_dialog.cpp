// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/add_layer_dialog.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/text.h"
#include "core/base/path_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {

Expected<std::vector<AreaLayer>> keepAreas(const std::filesystem::path& projectFile, const std::filesystem::path& file,
                                           const MapLayerInfo& info, int epsg) {
    auto areas = gis::readAreas(file, info.name, info.sourceLayer, info.labelField, {}, {}, epsg);
    if (!areas) return fail(areas.error());
    auto project = Project::open(projectFile, OpenMode::readWrite);
    if (!project) return fail(project.error());
    if (auto added = project->addAreas(*areas); !added) return fail(added.error());
    const std::string from = utf8Text(file.filename()) + " " + info.sourceLayer;
    if (auto kept = project->setLayerOrigin({info.name, from, info.licence}); !kept) return fail(kept.error());
    AreaLayer layer{info.name, {}};
    for (const auto& area : *areas) layer.features.push_back(area.name.empty() ? area.code : area.name);
    std::sort(layer.features.begin(), layer.features.end());
    return std::vector<AreaLayer>{std::move(layer)};
}

} // namespace

QString AddLayerDialog::fileFilter() {
    return tr("Map layers (*.gpkg *.geojson *.json *.shp *.zip *.kml *.gml *.fgb *.tif *.tiff *.mbtiles *.csv *.pbf);;"
              "All files (*)");
}

AddLayerDialog::AddLayerDialog(Document& document, std::filesystem::path file, QWidget* parent)
    : QDialog(parent), m_document{document}, m_file{std::move(file)},
      m_state(mutedText(tr("Looking at the file\u2026"))), m_name(new QLineEdit),
      m_sourceLabel(new QLabel(tr("&Layer in the file"))), m_source(new QComboBox),
      m_fieldLabel(new QLabel(tr("Na&mes from"))), m_field(new QComboBox), m_role(new QComboBox),
      m_roleLabel(new QLabel(tr("&Draw as"))), m_asAreas(new QCheckBox(tr("Its areas can be chosen as &study area"))),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel)) {
    setObjectName("add-layer-dialog");
    setWindowTitle(tr("Add layer"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_name->setObjectName("layer-name");
    m_name->setText(toQt(m_file.stem()).replace('_', ' '));
    m_source->setObjectName("layer-source");
    m_field->setObjectName("layer-field");
    m_role->setObjectName("layer-role");
    m_asAreas->setObjectName("layer-as-areas");
    for (const auto& [key, label] :
         {std::pair{"land", tr("Land")}, std::pair{"water", tr("Water")}, std::pair{"roads", tr("Roads")},
          std::pair{"boundaries", tr("Boundaries")}, std::pair{"places", tr("Places")}})
        m_role->addItem(label, QString(key));
    m_sourceLabel->setBuddy(m_source);
    m_fieldLabel->setBuddy(m_field);
    m_roleLabel->setBuddy(m_role);
    auto* add = m_buttons->button(QDialogButtonBox::Ok);
    add->setText(tr("Add layer"));
    add->setProperty("primary", true);
    add->setEnabled(false);

    auto* form = new QFormLayout;
    form->setHorizontalSpacing(14);
    form->addRow(tr("&Name"), m_name);
    form->addRow(m_sourceLabel, m_source);
    form->addRow(m_roleLabel, m_role);
    form->addRow(m_fieldLabel, m_field);
    form->addRow(m_asAreas);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(12);
    auto* title = sectionTitle(toQt(m_file.filename()));
    column->addWidget(title);
    column->addWidget(m_state);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(m_buttons);
    setMinimumWidth(440);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_sourceLabel, m_source, m_roleLabel, m_role, m_fieldLabel,
                                                           m_field, m_asAreas})
        widget->hide();

    connect(m_buttons, &QDialogButtonBox::accepted, this, &AddLayerDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &AddLayerDialog::reject);
    connect(m_source, &QComboBox::currentTextChanged, this, [this](const QString& text) { look(fromQt(text)); });
    look({});
}

void AddLayerDialog::look(const std::string& sourceLayer) {
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    m_state->setText(tr("Looking at the file\u2026"));
    m_state->show();
    m_line.start<Look>(
        tr("Looking at %1").arg(toQt(m_file.filename())),
        [file = m_file, project = m_document.data()->path, epsg = m_document.data()->crs.epsg,
         sourceLayer](const TaskContext& task) -> Expected<Look> {
            auto summary = gis::describeFile(file);
            if (!summary) return fail(summary.error());
            Look look;
            look.summary = std::move(*summary);
            look.sourceLayer = sourceLayer;
            if (look.sourceLayer.empty() && look.summary.vectorLayers.size() > 1)
                look.sourceLayer = look.summary.vectorLayers.front();
            auto info = gis::mapLayerFor(project, file, {}, look.sourceLayer, {});
            if (!info) return fail(info.error());
            look.info = std::move(*info);
            if (look.summary.vectorLayers.empty()) return look;
            const auto layer = gis::readVectorLayer(file, look.sourceLayer, {}, epsg, task);
            if (!layer) return fail(layer.error());
            look.fields = layer->fields;
            look.polygons = layer->kind == gis::GeometryKind::polygon;
            return look;
        },
        [this](Expected<Look> look) {
            if (look)
                fill(*look);
            else if (look.error().code != ErrorCode::cancelled)
                m_state->setText(toQt(look.error().message));
        });
}

void AddLayerDialog::fill(const Look& look) {
    m_info = look.info;
    m_state->hide();
    const QSignalBlocker quiet(m_source);
    m_source->clear();
    for (const auto& name : look.summary.vectorLayers) m_source->addItem(toQt(name));
    m_source->setCurrentText(toQt(look.sourceLayer));
    const bool several = look.summary.vectorLayers.size() > 1;
    m_sourceLabel->setVisible(several);
    m_source->setVisible(several);
    m_field->clear();
    m_field->addItem(tr("No names"), QString());
    for (const auto& field : look.fields) m_field->addItem(toQt(field), toQt(field));
    m_field->setCurrentIndex(std::max(0, m_field->findData(toQt(look.info.labelField))));
    m_fieldLabel->setVisible(!look.fields.empty());
    m_field->setVisible(!look.fields.empty());
    const int role = m_role->findData(toQt(look.info.role));
    m_role->setCurrentIndex(std::max(0, role));
    m_roleLabel->setVisible(role >= 0);
    m_role->setVisible(role >= 0);
    m_asAreas->setVisible(look.polygons);
    m_asAreas->setChecked(look.polygons && look.info.role == "boundaries");
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(true);
    adjustSize();
}

void AddLayerDialog::accept() {
    if (!m_buttons->button(QDialogButtonBox::Ok)->isEnabled()) return;
    auto info = m_info;
    info.name = fromQt(m_name->text().trimmed());
    if (info.name.empty()) info.name = fromQt(toQt(m_file.stem()));
    info.labelField = fromQt(m_field->currentData().toString());
    if (!m_role->isHidden()) info.role = fromQt(m_role->currentData().toString());
    info.visible = true;
    if (m_asAreas->isHidden() || !m_asAreas->isChecked()) {
        add(info, {});
        return;
    }
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    m_state->setText(tr("Taking the areas into the project\u2026"));
    m_state->show();
    const auto source = m_source->count() > 1 ? fromQt(m_source->currentText()) : std::string{};
    auto asked = info;
    if (asked.sourceLayer.empty()) asked.sourceLayer = source;
    m_line.start<std::vector<AreaLayer>>(
        tr("Adding %1").arg(toQt(info.name)),
        [project = m_document.data()->path, file = m_file, asked,
         epsg = m_document.data()->crs.epsg](const TaskContext&) { return keepAreas(project, file, asked, epsg); },
        [this, info](Expected<std::vector<AreaLayer>> layers) {
            m_buttons->button(QDialogButtonBox::Ok)->setEnabled(true);
            m_state->hide();
            if (layers)
                add(info, std::move(*layers));
            else
                showError(this, tr("The areas could not be taken into the project."), layers.error());
        });
}

void AddLayerDialog::add(MapLayerInfo info, std::vector<AreaLayer> areaLayers) {
    if (!areaLayers.empty()) m_document.addAreaLayers(std::move(areaLayers));
    auto layers = m_document.workspace().layers;
    const bool ground = info.role == "land" || info.role == "water" || info.role == "picture";
    layers.insert(ground ? layers.begin() : layers.end(), std::move(info));
    for (std::size_t i = 0; i < layers.size(); ++i) layers[i].order = static_cast<int>(i);
    m_document.apply({fromQt(tr("Add layer")), SetLayers{std::move(layers)}});
    QDialog::accept();
}

} // namespace patchlight::desktop
