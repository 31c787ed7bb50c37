// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/question_panel.h"

#include "app/desktop/analysis/help_dialog.h"
#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {

std::string firstOfGroup(const std::string& group) {
    for (const auto& analysis : catalogue())
        if (analysis.group == group) return std::string(analysis.id);
    return {};
}

/// Shows only the current page's height, so that a short form leaves its room to the table.
class FittingStack : public QStackedWidget {
public:
    [[nodiscard]] QSize sizeHint() const override {
        return currentWidget() ? currentWidget()->sizeHint() : QStackedWidget::sizeHint();
    }
    [[nodiscard]] QSize minimumSizeHint() const override {
        return currentWidget() ? currentWidget()->minimumSizeHint() : QStackedWidget::minimumSizeHint();
    }
};

} // namespace

QuestionPanel::QuestionPanel(Document& document, AnalysisRunner& runner, QWidget* parent)
    : QWidget(parent), m_document{document}, m_runner{runner}, m_tabs(new QButtonGroup(this)), m_method(new QComboBox),
      m_title(new QLabel), m_summary(mutedText({})), m_forms(new FittingStack), m_problem(new QLabel),
      m_table(new HotspotTable), m_checks(new ChecksView) {
    setObjectName("page");
    m_title->setObjectName("analysis-title");
    m_title->setProperty("role", "title");
    m_method->setObjectName("analysis-method");
    m_method->setAccessibleName(tr("Method"));
    m_problem->setObjectName("analysis-problem");
    m_problem->setProperty("role", "bad");
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_forms->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 12);
    column->setSpacing(8);
    addTabs(*column);
    column->addWidget(separator());
    column->addWidget(m_method);
    column->addWidget(m_title);
    auto* summary = new QHBoxLayout;
    summary->setSpacing(6);
    summary->addWidget(m_summary, 1);
    auto* help = new QToolButton;
    help->setObjectName("analysis-help");
    help->setText("?");
    help->setToolTip(tr("How this method works, and how to read its map"));
    help->setAccessibleName(tr("Help on this method"));
    help->setShortcut(QKeySequence::HelpContents);
    connect(help, &QToolButton::clicked, this, [this] { showHelp(m_document.workspace().analysis, window()); });
    summary->addWidget(help, 0, Qt::AlignTop);
    column->addLayout(summary);
    column->addWidget(m_forms);
    column->addWidget(m_problem);
    column->addSpacing(2);
    column->addWidget(separator());
    column->addWidget(m_table, 1);
    column->addWidget(separator());
    column->addWidget(m_checks);

    for (const auto& analysis : catalogue()) {
        const std::string id(analysis.id);
        auto* form = new ParameterForm(analysis.parameters());
        form->setObjectName("form-" + toQt(id));
        m_formOf[id] = form;
        m_forms->addWidget(form);
        form->setFurtherAvailable(analysis.suggestFurther != nullptr);
        connect(form, &ParameterForm::furtherAsked, &m_runner, &AnalysisRunner::suggestFurther);
        connect(form, &ParameterForm::changed, this, [this, id](const ParameterValue& changed) {
            m_document.apply(
                {fromQt(tr("Change %1").arg(changed.key)), SetParameter{id, fromQt(changed.key), changed.value}});
        });
    }
    connect(m_method, &QComboBox::activated, this, [this] {
        m_document.apply({fromQt(tr("Change method")), SetAnalysis{fromQt(m_method->currentData().toString())}});
    });
    connect(m_table, &HotspotTable::renameAsked, this, [this](const QString& found, const QString& name) {
        m_document.apply({fromQt(tr("Rename hotspot")), RenameArea{fromQt(found), fromQt(name)}});
    });
    connect(&document, &Document::projectChanged, this, &QuestionPanel::showProject);
    connect(&document, &Document::questionChanged, this, &QuestionPanel::showQuestion);
    connect(&document, &Document::parameterChanged, this, &QuestionPanel::showQuestion);
    connect(&runner, &AnalysisRunner::answered, this, &QuestionPanel::showAnswer);
    connect(&runner, &AnalysisRunner::renamed, this, &QuestionPanel::showAnswer);
    connect(&runner, &AnalysisRunner::unsuitable, this, [this](const AnalysisRunner::Reasons& reasons) {
        m_unsuitable = reasons;
        showQuestion();
    });
    connect(&runner, &AnalysisRunner::furtherSuggested, this, [this](const std::vector<Suggestion>& suggestions) {
        m_formOf.at(m_document.workspace().analysis)->addSuggestions(suggestions);
    });
    connect(&runner, &AnalysisRunner::furtherFailed, this, [this](const QString& message) {
        m_formOf.at(m_document.workspace().analysis)->addSuggestions({});
        m_problem->setText(message);
        m_problem->show();
    });
    showQuestion();
}

void QuestionPanel::addTabs(QVBoxLayout& column) {
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (const auto& analysis : catalogue()) {
        const std::string group(analysis.group);
        if (std::find(m_groups.begin(), m_groups.end(), group) != m_groups.end()) continue;
        auto* tab = new QPushButton(toQt(group));
        tab->setObjectName("tab-" + toQt(group));
        tab->setProperty("tab", true);
        tab->setCheckable(true);
        m_tabs->addButton(tab, static_cast<int>(m_groups.size()));
        m_groups.push_back(group);
        row->addWidget(tab);
    }
    row->addStretch();
    column.addLayout(row);
    connect(m_tabs, &QButtonGroup::idClicked, this, [this](int id) {
        const auto first = firstOfGroup(m_groups[static_cast<std::size_t>(id)]);
        const auto* now = findAnalysis(m_document.workspace().analysis);
        if (now && now->group == m_groups[static_cast<std::size_t>(id)]) return;
        m_document.apply({fromQt(tr("Change method")), SetAnalysis{first}});
    });
}

void QuestionPanel::showProject() {
    ProjectChoices choices;
    if (const auto project = m_document.data()) {
        for (const AreaLayer& layer : project->areaLayers) choices.layers.push_back(layer.name);
        for (const CategoryCount& group : project->categoryGroups) choices.categories.push_back(group.name);
        for (const CategoryCount& category : project->categories)
            if (!category.name.empty()) choices.categories.push_back(category.name);
        choices.columns = project->numberColumns;
    }
    m_unsuitable.clear();
    for (auto& [id, form] : m_formOf) form->setProjectChoices(choices);
    showQuestion();
}

/// Methods that would mislead on these incidents are greyed, with the reason.
void QuestionPanel::greyUnsuitable() {
    auto* model = qobject_cast<QStandardItemModel*>(m_method->model());
    for (int i = 0; model && i < m_method->count(); ++i) {
        const auto reason = m_unsuitable.find(fromQt(m_method->itemData(i).toString()));
        model->item(i)->setEnabled(reason == m_unsuitable.end());
        model->item(i)->setToolTip(reason == m_unsuitable.end() ? QString() : toQt(reason->second));
    }
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const auto all = catalogue();
        const auto blocked = std::find_if(all.begin(), all.end(), [&](const Analysis& each) {
            return each.group == m_groups[g] && m_unsuitable.contains(std::string(each.id));
        });
        const bool whole = std::all_of(all.begin(), all.end(), [&](const Analysis& each) {
            return each.group != m_groups[g] || m_unsuitable.contains(std::string(each.id));
        });
        auto* tab = m_tabs->button(static_cast<int>(g));
        tab->setEnabled(!whole || tab->isChecked());
        tab->setToolTip(whole && blocked != all.end() ? toQt(m_unsuitable.at(std::string(blocked->id))) : QString());
    }
}

void QuestionPanel::showQuestion() {
    const auto& workspace = m_document.workspace();
    const auto* analysis = findAnalysis(workspace.analysis);
    if (!analysis) return;
    const auto group = std::find(m_groups.begin(), m_groups.end(), std::string(analysis->group));
    if (auto* tab = m_tabs->button(static_cast<int>(group - m_groups.begin()))) tab->setChecked(true);
    const QSignalBlocker quiet(m_method);
    m_method->clear();
    for (const auto& each : catalogue())
        if (each.group == analysis->group) m_method->addItem(toQt(each.title), toQt(each.id));
    m_method->setCurrentIndex(m_method->findData(toQt(analysis->id)));
    m_method->setVisible(m_method->count() > 1);
    greyUnsuitable();
    m_title->setText(toQt(analysis->title));
    m_title->setVisible(m_method->count() <= 1);
    m_title->setToolTip(toQt(analysis->source));
    m_summary->setText(toQt(analysis->summary));
    m_summary->setToolTip(toQt(analysis->source));
    auto* form = m_formOf.at(workspace.analysis);
    const auto values = workspace.parameters.find(workspace.analysis);
    form->setValues(values == workspace.parameters.end() ? nlohmann::json::object() : values->second);
    m_forms->setCurrentWidget(form);
    m_forms->updateGeometry();
}

void QuestionPanel::showAnswer() {
    const auto answer = m_runner.answer();
    const auto& problem = m_runner.problem();
    m_problem->setVisible(problem && problem->code != ErrorCode::cancelled);
    if (problem) m_problem->setText(toQt(problem->message));
    if (answer) m_formOf.at(answer->recipe.analysis)->setSuggestions(answer->suggestions);
    m_table->setAnswer(answer);
    m_checks->setChecks(answer ? checksOf(*answer) : std::vector<Check>{});
}

} // namespace patchlight::desktop
