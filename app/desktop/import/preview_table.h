// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/import.h"

#include <QTableWidget>

namespace patchlight::desktop {

/// The first rows of an extract. The first line of the table says how each column is understood and can be changed.
class PreviewTable : public QTableWidget {
    Q_OBJECT
public:
    explicit PreviewTable(QWidget* parent = nullptr);
    void setPreview(const ImportPreview& preview);
    /// The mapping as a colleague's mapping file, or null where nothing was changed.
    [[nodiscard]] nlohmann::json changedMapping() const;

    /// True when columns say where an incident was, now or after geocoding.
    [[nodiscard]] bool hasPosition() const;

signals:
    void rolesChanged();

private:
    [[nodiscard]] ColumnRole roleOf(int column) const;
    ColumnMapping m_mapping;
};

/// "Category", "Longitude", for people.
[[nodiscard]] QString roleLabel(ColumnRole role);

} // namespace patchlight::desktop
