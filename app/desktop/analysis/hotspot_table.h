// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/analysis/hotspot_model.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace patchlight::desktop {

/// The ranked hotspots: choosing a row shows it on the map, and the other way round.
class HotspotTable : public QWidget {
    Q_OBJECT
public:
    explicit HotspotTable(QWidget* parent = nullptr);
    void setAnswer(std::shared_ptr<const Answer> answer);
    void select(std::optional<std::size_t> rank); ///< from the map; does not emit chosen()
    [[nodiscard]] std::optional<std::size_t> selected() const;
    [[nodiscard]] QString asText() const { return m_model->asText(); }
    [[nodiscard]] QTableView* view() const { return m_view; }

signals:
    void chosen(std::optional<std::size_t> rank);
    void zoomAsked(std::size_t rank);
    void incidentsAsked(std::size_t rank);
    void renameAsked(const QString& found, const QString& name);

private:
    void showMenu(const QPoint& position);

    HotspotModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QTableView* m_view;
    QLabel* m_summary;
    bool m_quiet = false;
};

} // namespace patchlight::desktop
