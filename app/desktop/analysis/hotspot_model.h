// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/analysis/analysis_runner.h"

#include <QAbstractTableModel>

namespace patchlight::desktop {

/// The hotspots by rank. The name can be edited: it asks for a rename.
class HotspotModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { rankColumn, nameColumn, incidentsColumn, changeColumn, shareColumn, paiColumn, columnTotal };
    using QAbstractTableModel::QAbstractTableModel;

    void setAnswer(std::shared_ptr<const Answer> answer);
    [[nodiscard]] const HotspotArea* areaAt(int row) const;
    [[nodiscard]] int rowOfRank(std::size_t rank) const; ///< -1: there is none
    [[nodiscard]] bool hasComparison() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;

    /// Header and rows with tabs between, for the clipboard. No cell can start a formula in a spreadsheet.
    [[nodiscard]] QString asText() const;

signals:
    /// found: the name as the analysis gave it; an empty name takes it back
    void renameAsked(const QString& found, const QString& name);

private:
    [[nodiscard]] static QString factsOf(const HotspotArea& area);
    [[nodiscard]] QVariant sortValue(const HotspotArea& area, int column) const;
    std::shared_ptr<const Answer> m_answer;
};

/// "+31 %", "new", "-8 %" of a hotspot against the comparison period.
[[nodiscard]] QString changeText(std::size_t now, std::size_t before);

} // namespace patchlight::desktop
