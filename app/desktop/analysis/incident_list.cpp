// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/incident_list.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {

enum Column { categoryColumn, whenColumn, placeColumn, datasetColumn, rowColumn, columnTotal };

QString whenText(const IncidentTable& table, std::uint32_t row) {
    const auto day = std::chrono::floor<std::chrono::days>(table.from[row]);
    switch (table.precision[row]) {
    case TimePrecision::none:
        return {};
    case TimePrecision::month:
        return toQt(isoDay(day)).left(7);
    case TimePrecision::day:
        return toQt(isoDay(day));
    case TimePrecision::minute:
        return toQt(isoMinute(table.from[row])).replace('T', ' ');
    }
    return {};
}

} // namespace

IncidentListModel::IncidentListModel(std::shared_ptr<const Answer> answer, std::size_t rank, QObject* parent)
    : QAbstractTableModel(parent), m_answer{std::move(answer)} {
    const auto& result = *m_answer->found;
    for (std::size_t i = 0; i < result.rows.size() && i < result.areaOf.size(); ++i)
        if (result.areaOf[i] == rank) m_rows.push_back(result.rows[i]);
}

int IncidentListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int IncidentListModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columnTotal;
}

QVariant IncidentListModel::data(const QModelIndex& index, int role) const {
    if (role != Qt::DisplayRole) return {};
    const auto& table = *m_answer->data->table;
    const auto row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case categoryColumn:
        return toQt(table.category.at(row));
    case whenColumn:
        return whenText(table, row);
    case placeColumn:
        return toQt(table.place.at(row));
    case datasetColumn:
        return toQt(table.dataset.at(row));
    case rowColumn:
        return table.sourceRow[row];
    default:
        return {};
    }
}

QVariant IncidentListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case categoryColumn:
        return tr("Category");
    case whenColumn:
        return tr("When");
    case placeColumn:
        return tr("Place");
    case datasetColumn:
        return tr("Dataset");
    case rowColumn:
        return tr("Row");
    default:
        return {};
    }
}

IncidentListDialog::IncidentListDialog(const std::shared_ptr<const Answer>& answer, std::size_t rank, QWidget* parent)
    : QDialog(parent) {
    setObjectName("incident-list");
    setAttribute(Qt::WA_DeleteOnClose);
    const auto& area = answer->shown->areas[rank - 1];
    setWindowTitle(tr("Incidents in %1").arg(toQt(area.name)));
    auto* model = new IncidentListModel(answer, rank, this);
    auto* sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(model);
    auto* view = new QTableView;
    view->setModel(sorted);
    view->setSortingEnabled(true);
    view->sortByColumn(whenColumn, Qt::AscendingOrder);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setShowGrid(false);
    view->verticalHeader()->hide();
    view->horizontalHeader()->setStretchLastSection(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(sectionTitle(
        tr("%1. %2: %3").arg(rank).arg(toQt(area.name), toQt(counted(area.incidents, "incident", "incidents")))));
    column->addWidget(view, 1);
    column->addWidget(buttons);
    resize(760, 480);
    view->resizeColumnsToContents();
}

} // namespace patchlight::desktop
