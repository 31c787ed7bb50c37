// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/filter/sentence_button.h"

class QComboBox;
class QListWidget;

namespace patchlight::desktop {

/// Which incidents: the categories with their counts, to be ticked; a field to search them.
class CategoryPopup : public SentencePopup {
    Q_OBJECT
public:
    CategoryPopup(Document& document, QWidget* button);

private:
    void send();
    void tickAll(bool ticked);

    Document& m_document;
    QListWidget* m_list;
    QComboBox* m_group = nullptr;
    bool m_filling = true;
};

/// "All incidents", "Burglary", "Burglary +2".
[[nodiscard]] QString categoriesText(const IncidentFilter& filter);

} // namespace patchlight::desktop
