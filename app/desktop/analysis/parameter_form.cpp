// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/parameter_form.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
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
        return spec.maximum <= 20.0 ? 0.5 : 1.0;
    case ParameterKind::choice:
        break;
    }
    return 1.0;
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
        m_rows.push_back(std::make_unique<Row>());
        m_rows.back()->spec = spec;
        const bool withSlider = !sliderGiven && spec.suggestible && spec.kind == ParameterKind::length;
        sliderGiven = sliderGiven || withSlider;
        addRow(*m_rows.back(), *grid, line, withSlider);
    }
    setValues(nlohmann::json::object());
}

void ParameterForm::addRow(Row& row, QGridLayout& grid, int& line, bool withSlider) {
    const auto& spec = row.spec;
    const auto name = toQt(spec.key);
    auto* label = new QLabel(toQt(spec.label));
    label->setToolTip(toQt(spec.help));
    grid.addWidget(label, line, 0);
    if (spec.kind == ParameterKind::choice) {
        row.choice = new QComboBox;
        for (const auto& choice : spec.choices) row.choice->addItem(toQt(choice.label), toQt(choice.key));
        row.choice->setObjectName("parameter-" + name);
        row.choice->setToolTip(toQt(spec.help));
        row.choice->setAccessibleName(toQt(spec.label));
        label->setBuddy(row.choice);
        grid.addWidget(row.choice, line++, 1, 1, 2);
        connect(row.choice, &QComboBox::currentIndexChanged, this,
                [this, &row] { emit changed(toQt(row.spec.key), fromQt(row.choice->currentData().toString())); });
        return;
    }
    row.number = new PlainSpinBox;
    row.number->setObjectName("parameter-" + name);
    row.number->setToolTip(toQt(spec.help));
    row.number->setAccessibleName(toQt(spec.label));
    row.number->setDecimals(spec.kind == ParameterKind::count ? 0 : 2);
    row.number->setRange(spec.minimum, spec.maximum);
    row.number->setSingleStep(stepOf(spec));
    row.number->setKeyboardTracking(false);
    row.number->setLocale(QLocale::c());
    if (!spec.unit.empty()) row.number->setSuffix(' ' + toQt(spec.unit));
    label->setBuddy(row.number);
    connect(row.number, &QDoubleSpinBox::valueChanged, this, [this, &row](double value) { numberChanged(row, value); });
    grid.addWidget(row.number, line, 1, 1, spec.suggestible ? 1 : 2);
    if (spec.suggestible) {
        row.suggest = new QPushButton;
        row.suggest->setObjectName("suggest-" + name);
        row.suggest->setProperty("quiet", true);
        connect(row.suggest, &QPushButton::clicked, this, [this, &row] {
            showRow(row, nullptr);
            emit changed(toQt(row.spec.key), nullptr);
        });
        grid.addWidget(row.suggest, line, 2);
    }
    ++line;
    if (!withSlider) return;
    row.slider = new QSlider(Qt::Horizontal);
    row.slider->setObjectName("slider-" + name);
    row.slider->setAccessibleName(tr("%1, slider").arg(toQt(spec.label)));
    row.slider->setToolTip(tr("Drag: the map follows"));
    row.slider->setRange(0, sliderSteps);
    row.slider->setPageStep(sliderSteps / 10);
    connect(row.slider, &QSlider::valueChanged, this, [&row](int step) {
        const double factor = std::pow(sliderSpan, 2.0 * step / sliderSteps - 1.0);
        const double unit = stepOf(row.spec) / 2;
        row.number->setValue(std::round(sliderBase(row) * factor / unit) * unit);
    });
    grid.addWidget(row.slider, line++, 1, 1, 2);
}

double ParameterForm::sliderBase(const Row& row) {
    return row.suggestion ? row.suggestion->value : std::sqrt(row.spec.minimum * row.spec.maximum);
}

nlohmann::json ParameterForm::jsonOf(const Row& row, double value) const {
    if (row.spec.kind == ParameterKind::count) return static_cast<std::size_t>(std::llround(value));
    return value;
}

void ParameterForm::numberChanged(Row& row, double value) {
    row.open = false;
    showRow(row, jsonOf(row, value));
    emit changed(toQt(row.spec.key), jsonOf(row, value));
}

void ParameterForm::setValues(const nlohmann::json& values) {
    for (auto& row : m_rows) {
        const auto found = values.is_object() ? values.find(row->spec.key) : values.end();
        const bool given = values.is_object() && found != values.end() && !found->is_null();
        showRow(*row, given ? *found : row->spec.defaultValue);
    }
}

void ParameterForm::setSuggestions(const std::vector<Suggestion>& suggestions) {
    for (auto& row : m_rows) {
        const auto found = std::find_if(suggestions.begin(), suggestions.end(),
                                        [&](const Suggestion& each) { return each.key == row->spec.key; });
        row->suggestion = found == suggestions.end() ? std::nullopt : std::optional(*found);
        if (row->number && row->spec.suggestible)
            showRow(*row, row->open ? nlohmann::json(nullptr) : jsonOf(*row, row->number->value()));
    }
}

void ParameterForm::showRow(Row& row, const nlohmann::json& value) {
    if (row.choice) {
        const QSignalBlocker quiet(row.choice);
        if (value.is_string()) row.choice->setCurrentIndex(row.choice->findData(toQt(value.get<std::string>())));
        return;
    }
    const QSignalBlocker quiet(row.number);
    row.open = row.spec.suggestible && !value.is_number();
    if (value.is_number())
        row.number->setValue(value.get<double>());
    else if (row.suggestion)
        row.number->setValue(row.suggestion->value);
    if (row.suggest) {
        const auto suggested = row.suggestion ? toQt(shortestDecimal(row.suggestion->value)) : QString();
        row.suggest->setVisible(row.suggestion.has_value());
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
