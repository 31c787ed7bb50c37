// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"
#include "app/desktop/filter/sentence_button.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace patchlight::desktop {

/// The filter as a sentence along the top: these incidents, in this period, compared with that one, in this area; and
/// how many of how many are left. At its end the primary button.
class FilterSentence : public QWidget {
    Q_OBJECT
public:
    explicit FilterSentence(Document& document, QWidget* parent = nullptr);
    void setCount(std::size_t chosen);
    void setBoardMapEnabled(bool enabled);

signals:
    void boardMapAsked();
    void areaFileAsked();

private:
    void showFilter();

    Document& m_document;
    SentenceButton* m_incidents;
    SentenceButton* m_period;
    SentenceButton* m_comparison;
    SentenceButton* m_area;
    QLabel* m_count;
    QPushButton* m_boardMap;
};

} // namespace patchlight::desktop
