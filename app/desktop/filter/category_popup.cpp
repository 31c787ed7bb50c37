// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/category_popup.h"

#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {
constexpr int nameRole = Qt::UserRole;
}

QString categoriesText(const IncidentFilter& filter) {
    const auto names = namesAsked(filter);
    if (names.empty()) return CategoryPopup::tr("All incidents");
    const auto first = toQt(names.front());
    if (names.size() == 1) return first;
    return CategoryPopup::tr("%1 +%2").arg(first).arg(names.size() - 1);
}

CategoryPopup::CategoryPopup(Document& document, QWidget* button)
    : SentencePopup("category-popup", button), m_document{document}, m_list(new QListWidget) {
    auto* search = new QLineEdit;
    search->setObjectName("category-search");
    search->setPlaceholderText(tr("Search categories"));
    search->setClearButtonEnabled(true);
    m_list->setObjectName("categories");
    m_list->setAccessibleName(tr("Categories"));
    m_list->setMinimumSize(330, 300);
    auto* all = new QPushButton(tr("&All"));
    all->setObjectName("categories-all");
    auto* none = new QPushButton(tr("&None"));
    none->setObjectName("categories-none");
    auto* done = new QPushButton(tr("&Done"));
    done->setObjectName("categories-done");
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(all);
    buttons->addWidget(none);
    buttons->addStretch();
    buttons->addWidget(done);
    m_group = new QComboBox;
    m_group->setObjectName("category-group");
    m_group->setAccessibleName(tr("Group of categories"));
    m_group->addItem(tr("No group: choose below"));
    const auto& filter = document.workspace().filter;
    for (const auto& group : document.data()->categoryGroups) {
        m_group->addItem(tr("Group: %1   %2").arg(toQt(group.name), toQt(groupedCount(group.count))), toQt(group.name));
        if (!filter.groups.empty() && equalIgnoringCase(filter.groups.front(), group.name))
            m_group->setCurrentIndex(m_group->count() - 1);
    }
    m_group->setVisible(m_group->count() > 1);
    column().addWidget(m_group);
    column().addWidget(search);
    column().addWidget(m_list, 1);
    column().addLayout(buttons);

    const auto& chosen = filter.categories;
    for (const auto& category : document.data()->categories) {
        auto* item = new QListWidgetItem(m_list);
        const auto name = category.name.empty() ? tr("(without a category)") : toQt(category.name);
        item->setText(tr("%1   %2").arg(name, toQt(groupedCount(category.count))));
        item->setData(nameRole, toQt(category.name));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool ticked =
            namesAsked(filter).empty() || std::any_of(chosen.begin(), chosen.end(), [&](const std::string& each) {
                return equalIgnoringCase(each, category.name);
            });
        item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    }
    m_filling = false;
    connect(search, &QLineEdit::textChanged, this, [this](const QString& text) {
        for (int row = 0; row < m_list->count(); ++row)
            m_list->item(row)->setHidden(!m_list->item(row)->text().contains(text.trimmed(), Qt::CaseInsensitive));
    });
    connect(m_list, &QListWidget::itemChanged, this, [this] { send(); });
    connect(m_group, &QComboBox::activated, this, [this](int index) { tickAll(index == 0); });
    connect(all, &QPushButton::clicked, this, [this] {
        m_group->setCurrentIndex(0);
        tickAll(true);
    });
    connect(none, &QPushButton::clicked, this, [this] { tickAll(false); });
    connect(done, &QPushButton::clicked, this, &QWidget::close);
    setFocusProxy(search);
    search->setFocus();
}

void CategoryPopup::tickAll(bool ticked) {
    m_filling = true;
    for (int row = 0; row < m_list->count(); ++row)
        if (!m_list->item(row)->isHidden()) m_list->item(row)->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    m_filling = false;
    send();
}

void CategoryPopup::send() {
    if (m_filling) return;
    auto filter = m_document.workspace().filter;
    filter.categories.clear();
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->checkState() == Qt::Checked)
            filter.categories.push_back(fromQt(m_list->item(row)->data(nameRole).toString()));
    filter.groups.clear();
    if (m_group->currentIndex() > 0) filter.groups = {fromQt(m_group->currentData().toString())};
    const bool all = filter.categories.size() == static_cast<std::size_t>(m_list->count());
    if (namesAsked(filter).empty() && !all) return; // nothing is no question: wait for the first tick
    if (all) {
        filter.categories.clear();
        filter.groups.clear();
    }
    if (filter == m_document.workspace().filter) return;
    m_document.apply({fromQt(tr("Change incidents")), SetFilter{filter}});
}

} // namespace patchlight::desktop
