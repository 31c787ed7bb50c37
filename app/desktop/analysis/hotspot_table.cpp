// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/hotspot_table.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace patchlight::desktop {

namespace {

constexpr int rowHeight = 26;

QString summaryOf(const Result& result) {
    if (result.areas.empty()) return {};
    double area = 0.0, share = 0.0;
    for (const auto& each : result.areas) {
        area += each.areaShare;
        share += each.share;
    }
    return HotspotTable::tr("%1 \u00b7 %2 of the area \u00b7 %3 of incidents")
        .arg(toQt(counted(result.areas.size(), "area", "areas")), toQt(percent(area)), toQt(percent(share, 0)));
}

} // namespace

HotspotTable::HotspotTable(QWidget* parent)
    : QWidget(parent), m_model(new HotspotModel(this)), m_sorted(new QSortFilterProxyModel(this)),
      m_view(new QTableView), m_summary(mutedText({})) {
    setObjectName("hotspot-table");
    m_summary->setObjectName("hotspot-summary");
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_view->setObjectName("hotspots");
    m_view->setAccessibleName(tr("Hotspots"));
    m_view->setModel(m_sorted);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(HotspotModel::rankColumn, Qt::AscendingOrder);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setMinimumHeight(5 * rowHeight);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(rowHeight);
    auto* header = m_view->horizontalHeader();
    header->setHighlightSections(false);
    header->setSortIndicatorShown(false);
    header->setMinimumSectionSize(24);
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(HotspotModel::nameColumn, QHeaderView::Stretch);

    auto* titleRow = new QHBoxLayout;
    titleRow->addWidget(sectionTitle(tr("Hotspots")));
    titleRow->addWidget(m_summary, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(titleRow);
    column->addWidget(m_view, 1);

    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_quiet) emit chosen(selected());
    });
    connect(m_view, &QTableView::activated, this, [this] {
        if (const auto rank = selected()) emit zoomAsked(*rank);
    });
    connect(m_view, &QWidget::customContextMenuRequested, this, &HotspotTable::showMenu);
    connect(m_model, &HotspotModel::renameAsked, this, &HotspotTable::renameAsked);
}

void HotspotTable::setAnswer(std::shared_ptr<const Answer> answer) {
    m_quiet = true;
    const auto before = selected();
    m_summary->setText(answer ? summaryOf(*answer->shown) : QString());
    m_model->setAnswer(std::move(answer));
    m_view->setColumnHidden(HotspotModel::changeColumn, !m_model->hasComparison());
    m_view->setColumnHidden(HotspotModel::shareColumn, m_model->hasComparison()); // names need the room
    m_quiet = false;
    select(before);
}

void HotspotTable::select(std::optional<std::size_t> rank) {
    const int row = rank ? m_model->rowOfRank(*rank) : -1;
    m_quiet = true;
    if (row < 0) {
        m_view->clearSelection();
        m_view->setCurrentIndex({});
    } else {
        const auto index = m_sorted->mapFromSource(m_model->index(row, HotspotModel::nameColumn));
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index);
    }
    m_quiet = false;
}

std::optional<std::size_t> HotspotTable::selected() const {
    const auto rows = m_view->selectionModel()->selectedRows();
    if (rows.isEmpty()) return std::nullopt;
    const auto* area = m_model->areaAt(m_sorted->mapToSource(rows.front()).row());
    return area ? std::optional(area->rank) : std::nullopt;
}

void HotspotTable::showMenu(const QPoint& position) {
    const auto rank = selected();
    if (!rank) return;
    QMenu menu;
    auto* zoom = menu.addAction(tr("&Show on the map"));
    auto* rename = menu.addAction(tr("&Rename\u2026"));
    auto* incidents = menu.addAction(tr("&Incidents in it\u2026"));
    const auto* picked = menu.exec(m_view->viewport()->mapToGlobal(position));
    if (picked == zoom)
        emit zoomAsked(*rank);
    else if (picked == incidents)
        emit incidentsAsked(*rank);
    else if (picked == rename) {
        const int row = m_model->rowOfRank(*rank);
        m_view->edit(m_sorted->mapFromSource(m_model->index(row, HotspotModel::nameColumn)));
    }
}

} // namespace patchlight::desktop
