// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/parameter_form.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace patchlight::desktop {

namespace {

constexpr int sliderSteps = 200;
constexpr double sliderSpan = 4.0; ///< from a quarter of the suggestion to four times of it

/// Shows "300" and "0.5" as people write them, not "300.00".
class PlainSpinBox : public QDoubleSpinBox {
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    [[nodiscard]] QString textFromValue(double value) const override { return toQt(shortestDecimal(value)); }
    void wheelEvent(QWheelEvent* event) override {
        if (hasFocus())
            QDoubleSpinBox::wheelEvent(event);
        else
            event->ignore(); // scrolling past must not change a value
    }
};

double stepOf(const ParameterSpec& spec) {
    switch (spec.kind) {
    case ParameterKind::length:
        return spec.maximum <= 1000.0 ? 5.0 : 10.0;
    case ParameterKind::count:
        return 1.0;
    case ParameterKind::number:
        return spec.maximum <= 1.0 ? 0.01 : spec.maximum <= 20.0 ? 0.5 : 1.0;
    default:
        return 1.0;
    }
}

/// Texts that name something, or nothing.
bool isChosen(ParameterKind kind) {
    return kind == ParameterKind::choice || kind == ParameterKind::layer || kind == ParameterKind::column ||
           kind == ParameterKind::category;
}

} // namespace

ParameterForm::ParameterForm(const std::vector<ParameterSpec>& specs, QWidget* parent)
    : QWidget(parent), m_specs{specs} {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int line = 0;
    bool sliderGiven = false;
    for (const auto& spec : m_specs) {
        if (spec.further && !m_more) {
            m_more = new QPushButton(tr("More settings"));
            m_more->setObjectName("more-settings");
            m_more->setProperty("quiet", true);
            m_more->setCheckable(true);
            connect(m_more, &QPushButton::toggled, this, &ParameterForm::fold);
            grid->addWidget(m_more, line++, 0, 1, 3, Qt::AlignLeft);
        }
        m_rows.push_back(std::make_unique<Row>());
        m_rows.back()->spec = spec;
        const bool withSlider = !sliderGiven && spec.suggestible && spec.kind == ParameterKind::length;
        sliderGiven = sliderGiven || withSlider;
        addRow(*m_rows.back(), *grid, line, withSlider);
    }
    setValues(nlohmann::json::object());
    fold();
}

/// Shows or hides the rarely changed ones; those that differ from their default stay in sight.
void ParameterForm::fold() {
    if (!m_more) return;
    m_more->setText(m_more->isChecked() ? tr("Fewer settings") : tr("More settings"));
    for (auto& row : m_rows)
        if (row->spec.further)
            for (QWidget* widget : row->widgets) widget->setVisible(m_more->isChecked());
    updateGeometry();
    if (parentWidget()) parentWidget()->updateGeometry();
}

void ParameterForm::addChoice(Row& row, QGridLayout& grid, int line) {
    const auto& spec = row.spec;
    row.choice = new QComboBox;
    if (spec.kind != ParameterKind::choice && spec.choices.empty()) row.choice->addItem(tr("none"), QString());
    for (const auto& choice : spec.choices) row.choice->addItem(toQt(choice.label), toQt(choice.key));
    row.choice->setObjectName("parameter-" + toQt(spec.key));
    row.choice->setToolTip(toQt(spec.help));
    row.choice->setAccessibleName(toQt(spec.label));
    row.choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row.choice->setMinimumContentsLength(14);
    grid.addWidget(row.choice, line, 1, 1, 3);
    row.widgets.push_back(row.choice);
    connect(row.choice, &QComboBox::currentIndexChanged, this, [this, &row] {
        emit changed({toQt(row.spec.key), fromQt(row.choice->currentData().toString())});
    });
}

void ParameterForm::addSlider(Row& row, QGridLayout& grid, int line) {
    row.slider = new QSlider(Qt::Horizontal);
    row.slider->setObjectName("slider-" + toQt(row.spec.key));
    row.slider->setAccessibleName(tr("%1, slider").arg(toQt(row.spec.label)));
    row.slider->setToolTip(tr("Drag: the map follows"));
    row.slider->setRange(0, sliderSteps);
    row.slider->setPageStep(sliderSteps / 10);
    row.widgets.push_back(row.slider);
    connect(row.slider, &QSlider::valueChanged, this, [&row](int step) {
        const double factor = std::pow(sliderSpan, 2.0 * step / sliderSteps - 1.0);
        const double unit = stepOf(row.spec) / 2;
        row.number->setValue(std::round(sliderBase(row) * factor / unit) * unit);
    });
    grid.addWidget(row.slider, line, 1, 1, 3);
}

void ParameterForm::addRow(Row& row, QGridLayout& grid, int& line, bool withSlider) {
    const auto& spec = row.spec;
    const auto name = toQt(spec.key);
    auto* label = new QLabel(toQt(spec.label));
    label->setToolTip(toQt(spec.help));
    row.widgets.push_back(label);
    grid.addWidget(label, line, 0);
    if (isChosen(spec.kind)) {
        addChoice(row, grid, line++);
        label->setBuddy(row.choice);
        return;
    }
    row.number = new PlainSpinBox;
    row.number->setObjectName("parameter-" + name);
    row.number->setToolTip(toQt(spec.help));
    row.number->setAccessibleName(toQt(spec.label));
    const bool fine = spec.minimum > 0.0 && spec.minimum < 0.01;
    row.number->setDecimals(spec.kind == ParameterKind::count ? 0 : fine ? 4 : 2);
    row.number->setRange(spec.minimum, spec.maximum);
    row.number->setSingleStep(stepOf(spec));
    row.number->setKeyboardTracking(false);
    row.number->setLocale(QLocale::c());
    if (!spec.unit.empty()) row.number->setSuffix(' ' + toQt(spec.unit));
    label->setBuddy(row.number);
    row.widgets.push_back(row.number);
    connect(row.number, &QDoubleSpinBox::valueChanged, this, [this, &row](double value) { numberChanged(row, value); });
    grid.addWidget(row.number, line, 1, 1, spec.suggestible ? 1 : 3);
    if (spec.suggestible) {
        row.suggest = new QPushButton;
        row.suggest->setObjectName("suggest-" + name);
        row.suggest->setProperty("quiet", true);
        connect(row.suggest, &QPushButton::clicked, this, [this, &row] {
            showRow(row, nullptr);
            emit changed({toQt(row.spec.key), nullptr});
        });
        grid.addWidget(row.suggest, line, 2);
        row.rules = new QToolButton;
        row.rules->setObjectName("rules-" + name);
        row.rules->setText(QStringLiteral("…"));
        row.rules->setToolTip(tr("Other rules, with their reasons"));
        row.rules->setAccessibleName(tr("%1: other rules").arg(toQt(spec.label)));
        row.rules->setPopupMode(QToolButton::InstantPopup);
        row.rules->setMenu(new QMenu(row.rules));
        row.rules->menu()->setToolTipsVisible(true);
        row.rules->hide();
        grid.addWidget(row.rules, line, 3);
    }
    ++line;
    if (withSlider) addSlider(row, grid, line++);
}

/// The rules there are, each with its value or the reason why it has none.
void ParameterForm::fillRules(Row& row) {
    if (!row.rules) return;
    QMenu& menu = *row.rules->menu();
    menu.clear();
    for (const Suggestion& each : row.others) {
        const auto value = each.value
                               ? toQt(shortestDecimal(*each.value) + (row.spec.unit.empty() ? "" : " " + row.spec.unit))
                               : tr("not here");
        auto* action = menu.addAction(tr("%1: %2").arg(toQt(each.name), value));
        action->setToolTip(toQt(each.reason));
        action->setEnabled(each.value.has_value());
        if (!each.value) continue;
        connect(action, &QAction::triggered, this, [&row, value = *each.value] { row.number->setValue(value); });
    }
    const bool offersMore = m_furtherAvailable && row.spec.key == "bandwidth";
    if (offersMore) {
        menu.addSeparator();
        auto* more = menu.addAction(m_waiting ? tr("Looking…") : tr("Find by cross-validation and nearest places"));
        more->setEnabled(!m_waiting);
        connect(more, &QAction::triggered, this, [this, &row] {
            m_waiting = true;
            fillRules(row);
            emit furtherAsked();
        });
    }
    row.rules->setVisible(!menu.isEmpty());
}

void ParameterForm::addSuggestions(const std::vector<Suggestion>& suggestions) {
    m_waiting = false;
    auto all = m_suggestions;
    all.insert(all.end(), suggestions.begin(), suggestions.end());
    setSuggestions(all);
    for (auto& row : m_rows)
        if (row->rules && row->rules->isVisible() && !suggestions.empty() && row->spec.key == suggestions.front().key)
            row->rules->showMenu();
}

void ParameterForm::setProjectChoices(const ProjectChoices& choices) {
    for (auto& row : m_rows) {
        if (!row->choice || row->spec.kind == ParameterKind::choice) continue;
        const auto& names = row->spec.kind == ParameterKind::layer    ? choices.layers
                            : row->spec.kind == ParameterKind::column ? choices.columns
                                                                      : choices.categories;
        const QSignalBlocker quiet(row->choice);
        const QVariant chosen = row->choice->currentData();
        const int fixed = std::max(static_cast<int>(row->spec.choices.size()), row->spec.choices.empty() ? 1 : 0);
        while (row->choice->count() > fixed) row->choice->removeItem(fixed);
        for (const auto& name : names) row->choice->addItem(toQt(name), toQt(name));
        row->choice->setCurrentIndex(std::max(row->choice->findData(chosen), 0));
    }
}

double ParameterForm::sliderBase(const Row& row) {
    return row.suggestion && row.suggestion->value ? *row.suggestion->value
                                                   : std::sqrt(row.spec.minimum * row.spec.maximum);
}

nlohmann::json ParameterForm::jsonOf(const Row& row, double value) const {
    if (row.spec.kind == ParameterKind::count) return static_cast<std::size_t>(std::llround(value));
    return value;
}

void ParameterForm::numberChanged(Row& row, double value) {
    row.open = false;
    showRow(row, jsonOf(row, value));
    emit changed({toQt(row.spec.key), jsonOf(row, value)});
}

void ParameterForm::setValues(const nlohmann::json& values) {
    for (auto& row : m_rows) {
        const auto found = values.is_object() ? values.find(row->spec.key) : values.end();
        const bool given = values.is_object() && found != values.end() && !found->is_null();
        showRow(*row, given ? *found : row->spec.defaultValue);
    }
}

void ParameterForm::setSuggestions(const std::vector<Suggestion>& suggestions) {
    m_suggestions = suggestions;
    for (auto& row : m_rows) {
        row->suggestion.reset();
        row->others.clear();
        for (const Suggestion& each : suggestions) {
            if (each.key != row->spec.key) continue;
            if (!row->suggestion && each.name.empty())
                row->suggestion = each;
            else
                row->others.push_back(each);
        }
        fillRules(*row);
        if (row->number && row->spec.suggestible)
            showRow(*row, row->open ? nlohmann::json(nullptr) : jsonOf(*row, row->number->value()));
    }
}

void ParameterForm::showRow(Row& row, const nlohmann::json& value) {
    if (row.choice) {
        const QSignalBlocker quiet(row.choice);
        if (!value.is_string()) return;
        const auto text = toQt(value.get<std::string>());
        // A name that the project has lost stays in sight, so that nothing else is shown in its place.
        if (row.choice->findData(text) < 0) row.choice->addItem(text, text);
        row.choice->setCurrentIndex(row.choice->findData(text));
        return;
    }
    const QSignalBlocker quiet(row.number);
    row.open = row.spec.suggestible && !value.is_number();
    if (value.is_number())
        row.number->setValue(value.get<double>());
    else if (row.suggestion && row.suggestion->value)
        row.number->setValue(*row.suggestion->value);
    if (row.suggest) {
        const bool usable = row.suggestion && row.suggestion->value;
        const auto suggested = usable ? toQt(shortestDecimal(*row.suggestion->value)) : QString();
        row.suggest->setVisible(usable);
        row.suggest->setEnabled(!row.open);
        row.suggest->setText(row.open ? tr("suggested") : tr("suggested: %1").arg(suggested));
        row.suggest->setToolTip(row.suggestion ? toQt(row.suggestion->reason) : QString());
        row.suggest->setAccessibleName(tr("%1: take the suggested value %2").arg(toQt(row.spec.label), suggested));
    }
    if (!row.slider) return;
    const QSignalBlocker quietSlider(row.slider);
    const double factor = row.number->value() / sliderBase(row);
    row.slider->setValue(
        static_cast<int>(std::lround((std::log(factor) / std::log(sliderSpan) + 1.0) * sliderSteps / 2)));
}

} // namespace patchlight::desktop
