// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/import/preview_table.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"

#include <QComboBox>
#include <QHeaderView>

namespace patchlight::desktop {

namespace {

constexpr ColumnRole allRoles[] = {
    ColumnRole::other,     ColumnRole::reference, ColumnRole::category, ColumnRole::subcategory,
    ColumnRole::month,     ColumnRole::from,      ColumnRole::to,       ColumnRole::recorded,
    ColumnRole::longitude, ColumnRole::latitude,  ColumnRole::easting,  ColumnRole::northing,
    ColumnRole::place,     ColumnRole::areaCode,  ColumnRole::outcome,  ColumnRole::reportedBy};
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
    case ColumnRole::to:
        return PreviewTable::tr("To");
    case ColumnRole::recorded:
        return PreviewTable::tr("Recorded");
    case ColumnRole::longitude:
        return PreviewTable::tr("Longitude");
    case ColumnRole::latitude:
        return PreviewTable::tr("Latitude");
    case ColumnRole::easting:
        return PreviewTable::tr("Easting");
    case ColumnRole::northing:
        return PreviewTable::tr("Northing");
    case ColumnRole::place:
        return PreviewTable::tr("Place");
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

void PreviewTable::setPreview(const ImportPreview& preview) {
    clear();
    m_mapping = preview.mapping;
    const int columns = static_cast<int>(m_mapping.header.size());
    setColumnCount(columns);
    setRowCount(1 + static_cast<int>(preview.rows.size()));
    QStringList header;
    for (const auto& name : m_mapping.header) header << toQt(name);
    setHorizontalHeaderLabels(header);
    for (int column = 0; column < columns; ++column) {
        const auto role = m_mapping.roles[static_cast<std::size_t>(column)];
        auto* combo = new QComboBox;
        combo->setObjectName(QString("role-%1").arg(column));
        combo->setAccessibleName(tr("Meaning of %1").arg(header[column]));
        for (const auto each : allRoles) combo->addItem(roleLabel(each), static_cast<int>(each));
        combo->setCurrentIndex(combo->findData(static_cast<int>(role)));
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
    const auto has = [this](ColumnRole role) {
        for (int column = 0; column < columnCount(); ++column)
            if (roleOf(column) == role) return true;
        return false;
    };
    return (has(ColumnRole::longitude) && has(ColumnRole::latitude)) ||
           (has(ColumnRole::easting) && has(ColumnRole::northing));
}

nlohmann::json PreviewTable::changedMapping() const {
    auto columns = nlohmann::json::object();
    bool changed = false;
    for (int column = 0; column < columnCount(); ++column) {
        const auto role = roleOf(column);
        changed = changed || role != m_mapping.roles[static_cast<std::size_t>(column)];
        if (role != ColumnRole::other)
            columns[m_mapping.header[static_cast<std::size_t>(column)]] = std::string(roleKey(role));
    }
    if (!changed) return nullptr;
    auto mapping = nlohmann::json{{"columns", columns}};
    if (m_mapping.crsEpsg != 0) mapping["crs"] = m_mapping.crsEpsg;
    return mapping;
}

} // namespace patchlight::desktop
