// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

#include <QWidget>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

class QGridLayout;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QToolButton;

namespace patchlight::desktop {

/// What a project offers for parameters that name something of it.
struct ProjectChoices {
    std::vector<std::string> layers, columns, categories;
};

/// What a form tells: a parameter and its new value. (A type of its own, since on Windows Qt and nlohmann-json cannot
/// make the JSON itself an argument of a signal.)
struct ParameterValue {
    QString key;
    nlohmann::json value; ///< null: open again
};

/// A form made from a catalogue entry's parameters. An open (suggestible) value shows the suggestion until the user
/// gives one; "suggested: 287" gives it back, and where there are several rules a menu offers each with its reason. The
/// first length that can be left open has a slider: the map follows it. Rarely changed ones are folded away.
/// Editors are named "parameter-KEY", sliders "slider-KEY", the way back "suggest-KEY", the menu "rules-KEY".
class ParameterForm : public QWidget {
    Q_OBJECT
public:
    explicit ParameterForm(const std::vector<ParameterSpec>& specs, QWidget* parent = nullptr);

    /// The values that are not open; does not emit changed().
    void setValues(const nlohmann::json& values);
    void setSuggestions(const std::vector<Suggestion>& suggestions);
    /// Further ones, beside the last given: they end the wait that furtherAsked() began.
    void addSuggestions(const std::vector<Suggestion>& suggestions);
    void setFurtherAvailable(bool available) { m_furtherAvailable = available; }
    void setProjectChoices(const ProjectChoices& choices);
    [[nodiscard]] const std::vector<ParameterSpec>& specs() const { return m_specs; }

signals:
    void changed(const patchlight::desktop::ParameterValue& value);
    void furtherAsked(); ///< somebody wants the starts that take seconds to find

private:
    struct Row {
        ParameterSpec spec;
        QComboBox* choice = nullptr;
        QDoubleSpinBox* number = nullptr;
        QSlider* slider = nullptr;
        QPushButton* suggest = nullptr;
        QToolButton* rules = nullptr;
        bool open = false;
        std::optional<Suggestion> suggestion;
        std::vector<Suggestion> others;
        std::vector<QWidget*> widgets;
    };
    void addRow(Row& row, QGridLayout& grid, int& line, bool withSlider);
    void addChoice(Row& row, QGridLayout& grid, int line);
    void addSlider(Row& row, QGridLayout& grid, int line);
    void fillRules(Row& row);
    void fold();
    void showRow(Row& row, const nlohmann::json& value);
    void numberChanged(Row& row, double value);
    [[nodiscard]] nlohmann::json jsonOf(const Row& row, double value) const;
    [[nodiscard]] static double sliderBase(const Row& row);

    std::vector<ParameterSpec> m_specs;
    std::vector<std::unique_ptr<Row>> m_rows;
    std::vector<Suggestion> m_suggestions;
    QPushButton* m_more = nullptr;
    bool m_furtherAvailable = false;
    bool m_waiting = false; ///< for further suggestions
};

} // namespace patchlight::desktop
