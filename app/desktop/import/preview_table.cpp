// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/import/preview_table.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"

#include <QComboBox>
#include <QHeaderView>

namespace patchlight::desktop {

namespace {

constexpr ColumnRole allRoles[] = {
    ColumnRole::other,         ColumnRole::reference,  ColumnRole::category,     ColumnRole::subcategory,
    ColumnRole::month,         ColumnRole::from,       ColumnRole::fromTime,     ColumnRole::to,
    ColumnRole::toTime,        ColumnRole::recorded,   ColumnRole::recordedTime, ColumnRole::year,
    ColumnRole::monthOfYear,   ColumnRole::dayOfMonth, ColumnRole::hour,         ColumnRole::minute,
    ColumnRole::longitude,     ColumnRole::latitude,   ColumnRole::easting,      ColumnRole::northing,
    ColumnRole::gridReference, ColumnRole::place,      ColumnRole::postcode,     ColumnRole::uprn,
    ColumnRole::areaCode,      ColumnRole::outcome,    ColumnRole::reportedBy};
constexpr int widestColumn = 190;

} // namespace

QString roleLabel(ColumnRole role) {
    switch (role) {
    case ColumnRole::other:
        return PreviewTable::tr("kept as it is");
    case ColumnRole::reference:
        return PreviewTable::tr("Reference");
    case ColumnRole::category:
        return PreviewTable::tr("Category");
    case ColumnRole::subcategory:
        return PreviewTable::tr("Subcategory");
    case ColumnRole::month:
        return PreviewTable::tr("Month");
    case ColumnRole::from:
        return PreviewTable::tr("From");
    case ColumnRole::fromTime:
        return PreviewTable::tr("From, time");
    case ColumnRole::to:
        return PreviewTable::tr("To");
    case ColumnRole::toTime:
        return PreviewTable::tr("To, time");
    case ColumnRole::recorded:
        return PreviewTable::tr("Recorded");
    case ColumnRole::recordedTime:
        return PreviewTable::tr("Recorded, time");
    case ColumnRole::year:
        return PreviewTable::tr("Year");
    case ColumnRole::monthOfYear:
        return PreviewTable::tr("Month of the year");
    case ColumnRole::dayOfMonth:
        return PreviewTable::tr("Day of the month");
    case ColumnRole::hour:
        return PreviewTable::tr("Hour");
    case ColumnRole::minute:
        return PreviewTable::tr("Minute");
    case ColumnRole::longitude:
        return PreviewTable::tr("Longitude");
    case ColumnRole::latitude:
        return PreviewTable::tr("Latitude");
    case ColumnRole::easting:
        return PreviewTable::tr("Easting");
    case ColumnRole::northing:
        return PreviewTable::tr("Northing");
    case ColumnRole::gridReference:
        return PreviewTable::tr("Grid reference");
    case ColumnRole::place:
        return PreviewTable::tr("Place");
    case ColumnRole::postcode:
        return PreviewTable::tr("Postcode");
    case ColumnRole::uprn:
        return PreviewTable::tr("UPRN");
    case ColumnRole::areaCode:
        return PreviewTable::tr("Area code");
    case ColumnRole::outcome:
        return PreviewTable::tr("Outcome");
    case ColumnRole::reportedBy:
        return PreviewTable::tr("Reported by");
    }
    return {};
}

PreviewTable::PreviewTable(QWidget* parent) : QTableWidget(parent) {
    setObjectName("import-preview");
    setProperty("boxed", true);
    setAccessibleName(tr("First rows and how their columns are understood"));
    setEditTriggers(NoEditTriggers);
    setSelectionMode(NoSelection);
    setShowGrid(false);
    verticalHeader()->hide();
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setTabKeyNavigation(false);
}

void PreviewTable::setMapping(const ColumnMapping& mapping) {
    ImportPreview preview{mapping, m_preview.rows, {}};
    setPreview(preview);
    m_fromFile = true;
}

void PreviewTable::setPreview(const ImportPreview& preview) {
    clear();
    m_preview = preview;
    m_fromFile = false;
    const ColumnMapping& shown = m_preview.mapping;
    const int columns = static_cast<int>(shown.header.size());
    setColumnCount(columns);
    setRowCount(1 + static_cast<int>(preview.rows.size()));
    QStringList header;
    for (const auto& name : shown.header) header << toQt(name);
    setHorizontalHeaderLabels(header);
    for (int column = 0; column < columns; ++column) {
        const auto role = shown.roles[static_cast<std::size_t>(column)];
        auto* combo = new QComboBox;
        combo->setObjectName(QString("role-%1").arg(column));
        combo->setAccessibleName(tr("Meaning of %1").arg(header[column]));
        for (const auto each : allRoles) combo->addItem(roleLabel(each), static_cast<int>(each));
        combo->setCurrentIndex(combo->findData(static_cast<int>(role)));
        if (!shown.guesses.empty()) combo->setToolTip(toQt(shown.guesses[static_cast<std::size_t>(column)].reason));
        connect(combo, &QComboBox::currentIndexChanged, this, &PreviewTable::rolesChanged);
        setCellWidget(0, column, combo);
        for (std::size_t row = 0; row < preview.rows.size(); ++row) {
            const auto& cells = preview.rows[row];
            const auto text = static_cast<std::size_t>(column) < cells.size()
                                  ? toQt(cells[static_cast<std::size_t>(column)])
                                  : QString();
            auto* item = new QTableWidgetItem(text);
            item->setToolTip(text);
            if (role == ColumnRole::other) item->setForeground(colours().muted);
            setItem(static_cast<int>(row) + 1, column, item);
        }
    }
    setRowHeight(0, 34);
    resizeColumnsToContents();
    for (int column = 0; column < columns; ++column)
        setColumnWidth(column, std::clamp(columnWidth(column), 130, widestColumn));
}

ColumnRole PreviewTable::roleOf(int column) const {
    const auto* combo = qobject_cast<QComboBox*>(cellWidget(0, column));
    return combo ? static_cast<ColumnRole>(combo->currentData().toInt()) : ColumnRole::other;
}

bool PreviewTable::hasPosition() const {
    std::vector<ColumnRole> roles;
    for (int column = 0; column < columnCount(); ++column) roles.push_back(roleOf(column));
    return canBePlaced(roles);
}

ColumnMapping PreviewTable::mapping() const {
    ColumnMapping mapping = m_preview.mapping;
    for (int column = 0; column < columnCount(); ++column)
        mapping.roles[static_cast<std::size_t>(column)] = roleOf(column);
    return mapping;
}

nlohmann::json PreviewTable::toldMapping() const {
    const ColumnMapping told = mapping();
    return told.roles == m_preview.mapping.roles && !m_fromFile ? nlohmann::json{} : toJson(told);
}

} // namespace patchlight::desktop
