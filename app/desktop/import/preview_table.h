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
    /// As setPreview did for the same rows, with the roles and settings of a mapping file.
    void setMapping(const ColumnMapping& mapping);
    /// As shown, with what was changed.
    [[nodiscard]] ColumnMapping mapping() const;
    /// The mapping as a colleague's mapping file, or null where nothing was changed or taken from a file.
    [[nodiscard]] nlohmann::json toldMapping() const;
    [[nodiscard]] const std::vector<std::vector<std::string>>& rows() const { return m_preview.rows; }

    /// True when columns say where an incident was, now or after geocoding.
    [[nodiscard]] bool hasPosition() const;

signals:
    void rolesChanged();

private:
    [[nodiscard]] ColumnRole roleOf(int column) const;
    ImportPreview m_preview;
    bool m_fromFile = false;
};

/// "Category", "Longitude", for people.
[[nodiscard]] QString roleLabel(ColumnRole role);

} // namespace patchlight::desktop
