// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/analysis/analysis_runner.h"

#include <QAbstractTableModel>
#include <QDialog>

namespace patchlight::desktop {

/// The incidents behind one hotspot, straight from the table in memory.
class IncidentListModel : public QAbstractTableModel {
    Q_OBJECT
public:
    IncidentListModel(std::shared_ptr<const Answer> answer, std::size_t rank, QObject* parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const Answer> m_answer;
    std::vector<std::uint32_t> m_rows; ///< of the incident table
};

/// A window with that list.
class IncidentListDialog : public QDialog {
    Q_OBJECT
public:
    IncidentListDialog(const std::shared_ptr<const Answer>& answer, std::size_t rank, QWidget* parent = nullptr);
};

} // namespace patchlight::desktop
