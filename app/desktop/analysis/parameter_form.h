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

namespace patchlight::desktop {

/// A form made from a catalogue entry's parameters. An open (suggestible) value shows the suggestion until the user
/// gives one; "suggested: 287" gives it back. The first length that can be left open has a slider: the map follows it.
/// Editors are named "parameter-KEY", sliders "slider-KEY", the way back "suggest-KEY".
class ParameterForm : public QWidget {
    Q_OBJECT
public:
    explicit ParameterForm(const std::vector<ParameterSpec>& specs, QWidget* parent = nullptr);

    /// The values that are not open; does not emit changed().
    void setValues(const nlohmann::json& values);
    void setSuggestions(const std::vector<Suggestion>& suggestions);
    [[nodiscard]] const std::vector<ParameterSpec>& specs() const { return m_specs; }

signals:
    /// null: open again
    void changed(const QString& key, const nlohmann::json& value);

private:
    struct Row {
        ParameterSpec spec;
        QComboBox* choice = nullptr;
        QDoubleSpinBox* number = nullptr;
        QSlider* slider = nullptr;
        QPushButton* suggest = nullptr;
        bool open = false;
        std::optional<Suggestion> suggestion;
    };
    void addRow(Row& row, QGridLayout& grid, int& line, bool withSlider);
    void showRow(Row& row, const nlohmann::json& value);
    void numberChanged(Row& row, double value);
    [[nodiscard]] nlohmann::json jsonOf(const Row& row, double value) const;
    [[nodiscard]] static double sliderBase(const Row& row);

    std::vector<ParameterSpec> m_specs;
    std::vector<std::unique_ptr<Row>> m_rows;
};

} // namespace patchlight::desktop
