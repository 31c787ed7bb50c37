// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/filter_sentence.h"

#include "app/desktop/appearance/text.h"
#include "app/desktop/filter/area_popup.h"
#include "app/desktop/filter/category_popup.h"
#include "app/desktop/filter/comparison_popup.h"
#include "app/desktop/filter/period_popup.h"
#include "core/base/text.h"

#include <QHBoxLayout>
#include <QLabel>

namespace patchlight::desktop {

FilterSentence::FilterSentence(Document& document, QWidget* parent)
    : QWidget(parent), m_document{document}, m_incidents(new SentenceButton(tr("Incidents"), "filter-incidents")),
      m_period(new SentenceButton(tr("Period"), "filter-period")),
      m_comparison(new SentenceButton(tr("Compared with"), "filter-comparison")),
      m_area(new SentenceButton(tr("Area"), "filter-area")), m_count(new QLabel),
      m_boardMap(new QPushButton(tr("&Board map\u2026"))) {
    setObjectName("page");
    m_count->setObjectName("filter-count");
    m_count->setProperty("role", "section");
    m_boardMap->setObjectName("board-map");
    m_boardMap->setProperty("primary", true);
    m_boardMap->setToolTip(tr("Make the map for the board paper: preview, checks, export (Ctrl+B)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 12, 8);
    row->setSpacing(8);
    for (auto* button : {m_incidents, m_period, m_comparison, m_area}) row->addWidget(button);
    row->addSpacing(8);
    row->addWidget(m_count);
    row->addStretch();
    row->addWidget(m_boardMap);

    connect(m_incidents, &SentenceButton::popupAsked, this,
            [this] { (new CategoryPopup(m_document, m_incidents))->showBelow(); });
    connect(m_period, &SentenceButton::popupAsked, this,
            [this] { (new PeriodPopup(m_document, m_period))->showBelow(); });
    connect(m_comparison, &SentenceButton::popupAsked, this,
            [this] { (new ComparisonPopup(m_document, m_comparison))->showBelow(); });
    connect(m_area, &SentenceButton::popupAsked, this, [this] {
        auto* popup = new AreaPopup(m_document, m_area);
        connect(popup, &AreaPopup::fileAsked, this, &FilterSentence::areaFileAsked);
        popup->showBelow();
    });
    connect(m_boardMap, &QPushButton::clicked, this, &FilterSentence::boardMapAsked);
    connect(&document, &Document::projectChanged, this, &FilterSentence::showFilter);
    connect(&document, &Document::questionChanged, this, &FilterSentence::showFilter);
    showFilter();
}

void FilterSentence::showFilter() {
    setVisible(m_document.isOpen());
    if (!m_document.isOpen()) return;
    const auto& workspace = m_document.workspace();
    m_incidents->setValue(categoriesText(workspace.filter));
    m_period->setValue(periodText(*m_document.data(), workspace.filter));
    m_comparison->setValue(comparisonText(workspace));
    m_area->setValue(areaText(workspace.area));
    if (m_count->text().isEmpty()) setCount(m_document.data()->incidents());
}

void FilterSentence::setCount(std::size_t chosen) {
    const auto all = m_document.isOpen() ? m_document.data()->incidents() : 0;
    m_count->setText(tr("%1 of %2").arg(toQt(groupedCount(chosen)), toQt(counted(all, "incident", "incidents"))));
}

void FilterSentence::setBoardMapEnabled(bool enabled) {
    m_boardMap->setEnabled(enabled);
}

} // namespace patchlight::desktop
