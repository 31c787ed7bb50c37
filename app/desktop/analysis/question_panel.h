// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/analysis/analysis_runner.h"
#include "app/desktop/analysis/checks.h"
#include "app/desktop/analysis/hotspot_table.h"
#include "app/desktop/analysis/parameter_form.h"

#include <QWidget>
#include <map>

class QButtonGroup;
class QComboBox;
class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace patchlight::desktop {

/// The right side: the question (a tab for each group of the catalogue, a form for each analysis), the ranked answer,
/// and the checks before it is published.
class QuestionPanel : public QWidget {
    Q_OBJECT
public:
    QuestionPanel(Document& document, AnalysisRunner& runner, QWidget* parent = nullptr);
    [[nodiscard]] HotspotTable& table() { return *m_table; }

private:
    void addTabs(QVBoxLayout& column);
    void showProject();
    void showQuestion();
    void greyUnsuitable();
    void showAnswer();

    Document& m_document;
    AnalysisRunner& m_runner;
    QButtonGroup* m_tabs;
    std::vector<std::string> m_groups;
    QComboBox* m_method;
    QLabel* m_title;
    QLabel* m_summary;
    QStackedWidget* m_forms;
    std::map<std::string, ParameterForm*> m_formOf;
    AnalysisRunner::Reasons m_unsuitable;
    QLabel* m_problem;
    HotspotTable* m_table;
    ChecksView* m_checks;
};

} // namespace patchlight::desktop
