// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/filter/sentence_button.h"

class QTreeWidget;
class QTreeWidgetItem;

namespace patchlight::desktop {

/// Where: everything, a boundary layer of the project or one of its areas, or the polygons of a file.
class AreaPopup : public SentencePopup {
    Q_OBJECT
public:
    AreaPopup(Document& document, QWidget* button);

signals:
    void fileAsked();

private:
    void fill();
    void choose(const QTreeWidgetItem* item);

    Document& m_document;
    QTreeWidget* m_tree;
};

/// "Everywhere", "Wards", "Boscombe East", "bcp_outline".
[[nodiscard]] QString areaText(const StudyAreaSpec& area);

} // namespace patchlight::desktop
