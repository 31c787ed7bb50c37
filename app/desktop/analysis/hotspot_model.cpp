// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/hotspot_model.h"

#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace patchlight::desktop {

namespace {

double changeOf(const HotspotArea& area) {
    if (!area.comparisonIncidents) return 0.0;
    if (*area.comparisonIncidents == 0) return std::numeric_limits<double>::infinity();
    const auto before = static_cast<double>(*area.comparisonIncidents);
    return (static_cast<double>(area.incidents) - before) / before;
}

} // namespace

QString changeText(std::size_t now, std::size_t before) {
    if (before == 0) return HotspotModel::tr("new");
    const double change = (static_cast<double>(now) - static_cast<double>(before)) / static_cast<double>(before);
    const auto points = std::lround(change * 100.0);
    if (points == 0) return HotspotModel::tr("no change");
    return (points > 0 ? HotspotModel::tr("\u25b2 %1 %") : HotspotModel::tr("\u25bc %1 %")).arg(std::labs(points));
}

void HotspotModel::setAnswer(std::shared_ptr<const Answer> answer) {
    beginResetModel();
    m_answer = std::move(answer);
    endResetModel();
}

const HotspotArea* HotspotModel::areaAt(int row) const {
    if (!m_answer || row < 0 || row >= rowCount()) return nullptr;
    return &m_answer->shown->areas[static_cast<std::size_t>(row)];
}

int HotspotModel::rowOfRank(std::size_t rank) const {
    for (int row = 0; row < rowCount(); ++row)
        if (areaAt(row)->rank == rank) return row;
    return -1;
}

bool HotspotModel::hasComparison() const {
    return m_answer && m_answer->recipe.comparison.has_value();
}

int HotspotModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_answer ? 0 : static_cast<int>(m_answer->shown->areas.size());
}

int HotspotModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columnTotal;
}

/// All that is known of an area, for the tool tip.
QString HotspotModel::factsOf(const HotspotArea& area) {
    QStringList facts{tr("%1. %2: %3 at %4, largest stack at one point %5")
                          .arg(area.rank)
                          .arg(toQt(area.name), toQt(counted(area.incidents, "incident", "incidents")),
                               toQt(counted(area.places, "place", "places")), toQt(groupedCount(area.largestStack)))};
    if (area.areaKm2 > 0.0)
        facts << tr("%1 km\u00b2, %2 per km\u00b2")
                     .arg(toQt(fixedDecimal(area.areaKm2, 2)), toQt(readableNumber(area.densityPerKm2)));
    if (area.weight) facts << tr("weight %1").arg(toQt(readableNumber(*area.weight)));
    if (area.perThousand)
        facts << tr("%1 people, %2 incidents per 1,000")
                     .arg(toQt(groupedCount(static_cast<std::size_t>(std::llround(area.population.value_or(0.0))))),
                          toQt(readableNumber(*area.perThousand)));
    if (area.peakMonth)
        facts << tr("busiest month %1")
                     .arg(toQt(
                         readablePeriod({*area.peakMonth, addedMonths(*area.peakMonth, 1) - std::chrono::days{1}})));
    if (area.peakHour) facts << tr("busiest hour from %1:00").arg(*area.peakHour, 2, 10, QChar('0'));
    if (!area.id.empty()) facts << tr("at %1").arg(toQt(area.id));
    return facts.join(QStringLiteral("\n"));
}

QVariant HotspotModel::data(const QModelIndex& index, int role) const {
    const auto* area = areaAt(index.row());
    if (!area) return {};
    if (role == Qt::UserRole) return sortValue(*area, index.column());
    if (role == Qt::TextAlignmentRole)
        return QVariant(index.column() == nameColumn ? Qt::AlignLeft | Qt::AlignVCenter
                                                     : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) return factsOf(*area);
    if (role != Qt::DisplayRole && role != Qt::EditRole) return {};
    switch (index.column()) {
    case rankColumn:
        return static_cast<qulonglong>(area->rank);
    case nameColumn:
        return toQt(area->name);
    case incidentsColumn:
        return toQt(groupedCount(area->incidents));
    case changeColumn:
        if (area->comparisonIncidents) return changeText(area->incidents, *area->comparisonIncidents);
        return hasComparison() ? tr("no data") : QString(); // a month without rows is a gap, not a zero
    case shareColumn:
        return toQt(percent(area->share));
    case paiColumn:
        return area->areaShare > 0.0 ? toQt(fixedDecimal(area->pai, 1)) : QString("–");
    default:
        return {};
    }
}

QVariant HotspotModel::sortValue(const HotspotArea& area, int column) const {
    switch (column) {
    case nameColumn:
        return toQt(area.name);
    case incidentsColumn:
        return static_cast<qulonglong>(area.incidents);
    case changeColumn:
        return changeOf(area);
    case shareColumn:
        return area.share;
    case paiColumn:
        return area.pai;
    default:
        return static_cast<qulonglong>(area.rank);
    }
}

QVariant HotspotModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == nameColumn ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        switch (section) {
        case nameColumn:
            return tr("The street names most frequent in it; double click to give another name");
        case incidentsColumn:
            return tr("Incidents inside the hotspot");
        case changeColumn:
            return tr("Incidents in the same area against the comparison period");
        case shareColumn:
            return tr("Hit rate: share of all mapped incidents that lie in it");
        case paiColumn:
            return tr("Prediction accuracy index: share of incidents divided by share of the area");
        default:
            return {};
        }
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
    case rankColumn:
        return QString("#");
    case nameColumn:
        return tr("Around");
    case incidentsColumn:
        return tr("n");
    case changeColumn:
        return tr("Change");
    case shareColumn:
        return tr("Share");
    case paiColumn:
        return tr("PAI");
    default:
        return {};
    }
}

Qt::ItemFlags HotspotModel::flags(const QModelIndex& index) const {
    auto flags = QAbstractTableModel::flags(index);
    if (index.column() == nameColumn) flags |= Qt::ItemIsEditable;
    return flags;
}

bool HotspotModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || index.column() != nameColumn || !areaAt(index.row())) return false;
    const auto& found = m_answer->found->areas[static_cast<std::size_t>(index.row())].name;
    const auto name = value.toString().simplified();
    if (name == toQt(areaAt(index.row())->name)) return false;
    emit renameAsked(toQt(found), name == toQt(found) ? QString() : name);
    return true;
}

QString HotspotModel::asText() const {
    QStringList lines;
    const auto cell = [](QString text) {
        text.replace('\t', ' ');
        const bool formula = !text.isEmpty() && QStringLiteral("=+-@").contains(text.front());
        return formula ? '\'' + text : text;
    };
    for (int row = -1; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < columnTotal; ++column) {
            if (column == changeColumn && !hasComparison()) continue;
            cells << cell(row < 0 ? headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()
                                  : data(index(row, column), Qt::DisplayRole).toString());
        }
        lines << cells.join('\t');
    }
    return lines.join('\n') + '\n';
}

} // namespace patchlight::desktop
