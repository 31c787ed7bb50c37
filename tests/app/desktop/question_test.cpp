// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/checks.h"
#include "app/desktop/analysis/hotspot_model.h"
#include "app/desktop/analysis/parameter_form.h"
#include "tests/app/desktop/window_driver.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QPushButton>
#include <QSlider>
#include <QStandardItemModel>
#include <QTableView>
#include <QToolButton>
#include <algorithm>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

TEST_CASE("the forms have exactly the catalogue's parameters", "[question][forms]") {
    WindowOnProject on;
    for (const auto& analysis : catalogue()) {
        auto& form = named<ParameterForm>("form-" + QString::fromStdString(std::string(analysis.id)), &on.window());
        const auto specs = analysis.parameters();
        REQUIRE(form.specs().size() == specs.size());
        for (const auto& spec : specs) {
            const auto name = "parameter-" + QString::fromStdString(spec.key);
            if (spec.kind == ParameterKind::layer || spec.kind == ParameterKind::column ||
                spec.kind == ParameterKind::category) {
                const auto& combo = named<QComboBox>(name, &form);
                CHECK(combo.count() >= std::max(static_cast<int>(spec.choices.size()), 1));
                CHECK(combo.currentData().toString().toStdString() == spec.defaultValue.get<std::string>());
            } else if (spec.kind == ParameterKind::choice) {
                const auto& combo = named<QComboBox>(name, &form);
                REQUIRE(combo.count() == static_cast<int>(spec.choices.size()));
                CHECK(combo.currentData().toString().toStdString() == spec.defaultValue.get<std::string>());
            } else {
                const auto& number = named<QDoubleSpinBox>(name, &form);
                CHECK(number.minimum() == Approx(spec.minimum));
                CHECK(number.maximum() == Approx(spec.maximum));
                if (!spec.suggestible) CHECK(number.value() == Approx(spec.defaultValue.get<double>()));
            }
            const bool canBeOpen =
                form.findChild<QPushButton*>("suggest-" + QString::fromStdString(spec.key)) != nullptr;
            CHECK(canBeOpen == spec.suggestible);
        }
        const auto group = "tab-" + QString::fromStdString(std::string(analysis.group));
        CHECK(on.window().findChild<QPushButton*>(group) != nullptr);
    }
}

TEST_CASE("an open value shows the suggestion, a given one can be taken back", "[question][forms]") {
    ParameterForm form(findAnalysis("kernel-density")->parameters());
    form.setSuggestions({{"bandwidth", 287.0, "because"}});
    auto& number = named<QDoubleSpinBox>("parameter-bandwidth", &form);
    auto& suggest = named<QPushButton>("suggest-bandwidth", &form);
    CHECK(number.value() == 287.0);
    CHECK_FALSE(suggest.isEnabled());
    std::vector<std::pair<QString, nlohmann::json>> told;
    QObject::connect(&form, &ParameterForm::changed, &form,
                     [&](const ParameterValue& changed) { told.emplace_back(changed.key, changed.value); });
    number.setValue(300.0);
    REQUIRE(told.size() == 1);
    CHECK(told[0].first == "bandwidth");
    CHECK(told[0].second == 300.0);
    CHECK(suggest.isEnabled());
    CHECK(suggest.text().contains("287"));
    suggest.click();
    REQUIRE(told.size() == 2);
    CHECK(told[1].second.is_null());
    CHECK(number.value() == 287.0);
}

TEST_CASE("the slider in its middle is the suggestion and its ends four times away", "[question][forms]") {
    ParameterForm form(findAnalysis("kernel-density")->parameters());
    form.setSuggestions({{"bandwidth", 200.0, {}}});
    auto& slider = named<QSlider>("slider-bandwidth", &form);
    auto& number = named<QDoubleSpinBox>("parameter-bandwidth", &form);
    slider.setValue(slider.maximum());
    CHECK(number.value() == Approx(800.0));
    slider.setValue(slider.minimum());
    CHECK(number.value() == Approx(50.0));
    slider.setValue(slider.maximum() / 2);
    CHECK(number.value() == Approx(200.0));
}

TEST_CASE("other rules stand in a menu, each with its value or the reason why it has none", "[question][forms]") {
    ParameterForm form(findAnalysis("kernel-density")->parameters());
    form.setFurtherAvailable(true);
    form.setSuggestions({{"bandwidth", 250.0, "Five cells."},
                         {"bandwidth", 840.0, "For one round cluster.", "Normal reference"},
                         {"bandwidth", std::nullopt, "Ties spoil it.", "Least squares"}});
    CHECK(named<QDoubleSpinBox>("parameter-bandwidth", &form).value() == 250.0);
    auto actions = named<QToolButton>("rules-bandwidth", &form).menu()->actions();
    REQUIRE(actions.size() == 4); // two rules, a line, the way to more
    CHECK(actions[0]->text() == "Normal reference: 840 m");
    CHECK_FALSE(actions[1]->isEnabled());
    CHECK(actions[1]->toolTip() == "Ties spoil it.");
    actions[0]->trigger();
    CHECK(named<QDoubleSpinBox>("parameter-bandwidth", &form).value() == 840.0);
    bool asked = false;
    QObject::connect(&form, &ParameterForm::furtherAsked, &form, [&] { asked = true; });
    actions = named<QToolButton>("rules-bandwidth", &form).menu()->actions();
    actions[3]->trigger();
    CHECK(asked);
    form.addSuggestions({{"bandwidth", 310.0, "Foretells best.", "Likelihood"}});
    actions = named<QToolButton>("rules-bandwidth", &form).menu()->actions();
    CHECK(actions[2]->text() == "Likelihood: 310 m");
}

TEST_CASE("rarely changed settings are folded away, and what the project has can be chosen", "[question][forms]") {
    ParameterForm form(findAnalysis("kernel-density")->parameters());
    auto& weight = named<QComboBox>("parameter-weight", &form);
    CHECK(weight.isHidden());
    named<QPushButton>("more-settings", &form).click();
    CHECK_FALSE(weight.isHidden());
    form.setProjectChoices({{"Wards"}, {"damage"}, {}});
    CHECK(weight.findData("damage") >= 0);
    CHECK(weight.currentData() == "count");
    CHECK(named<QComboBox>("parameter-population", &form).findData("Wards") >= 0);
    form.setValues({{"population", "Beats of last year"}});
    CHECK(named<QComboBox>("parameter-population", &form).currentText() == "Beats of last year");
}

TEST_CASE("methods that anonymised months would mislead are greyed with the reason", "[question][window]") {
    WindowOnProject on;
    auto& places = named<QPushButton>("tab-Places", &on.window());
    REQUIRE(waitFor([&] { return !places.isEnabled(); }));
    CHECK(places.toolTip().contains("anonymised map points"));
    named<QPushButton>("tab-Groups", &on.window()).click();
    on.settle();
    auto& method = named<QComboBox>("analysis-method", &on.window());
    const auto* model = qobject_cast<QStandardItemModel*>(method.model());
    REQUIRE(model != nullptr);
    const int row = method.findData("space-time-groups");
    REQUIRE(row >= 0);
    CHECK_FALSE(model->item(row)->isEnabled());
    CHECK(model->item(row)->toolTip().contains("month alone"));
    CHECK(model->item(method.findData("hdbscan"))->isEnabled());
}

TEST_CASE("every method runs in the window and draws something", "[question][window]") {
    WindowOnProject on;
    for (const auto& analysis : catalogue()) {
        on.window().document().apply({"Change method", SetAnalysis{std::string(analysis.id)}});
        on.settle();
        const auto answer = on.window().runner().answer();
        INFO(analysis.id);
        if (answer) {
            CHECK(answer->found->analysis == analysis.id);
            CHECK_FALSE(on.window().map().grab().toImage().isNull());
        } else {
            REQUIRE(on.window().runner().problem());
            CHECK_FALSE(on.window().runner().problem()->message.empty());
        }
    }
}

TEST_CASE("changes against the comparison period in words", "[question]") {
    CHECK(changeText(131, 100).contains("31 %"));
    CHECK(changeText(92, 100).contains("8 %"));
    CHECK(changeText(100, 100) == "no change");
    CHECK(changeText(3, 0) == "new");
}

TEST_CASE("the table, the map and the tabs speak with each other", "[question][window]") {
    WindowOnProject on;
    auto& window = on.window();
    auto& table = named<QTableView>("hotspots", &window);
    const auto answer = window.runner().answer();
    REQUIRE(answer);
    REQUIRE(answer->shown->areas.size() >= 2);
    REQUIRE(table.model()->rowCount() == static_cast<int>(answer->shown->areas.size()));
    CHECK(table.model()->index(0, HotspotModel::nameColumn).data().toString() == "Old Christchurch Road");

    SECTION("a row chosen is the hotspot outlined on the map") {
        table.selectRow(1);
        CHECK(window.map().highlighted() == 2u);
    }
    SECTION("a hotspot clicked on the map is the row chosen") {
        const auto& area = answer->shown->areas.front();
        window.map().showArea(area.rank);
        window.map().setHighlighted(std::nullopt);
        const auto position = window.map().positionOf(labelPoint(area.outline)).toPoint();
        QTest::mouseClick(&window.map(), Qt::LeftButton, {}, position);
        CHECK(window.map().highlighted() == area.rank);
        REQUIRE(table.selectionModel()->selectedRows().size() == 1);
        CHECK(table.selectionModel()->selectedRows().front().row() == 0);
    }
    SECTION("a hotspot renamed keeps its name when the question is asked again") {
        auto* model = table.model();
        REQUIRE(model->setData(model->index(0, HotspotModel::nameColumn), "Town centre", Qt::EditRole));
        CHECK(model->index(0, HotspotModel::nameColumn).data().toString() == "Town centre");
        window.runner().run();
        on.settle();
        CHECK(model->index(0, HotspotModel::nameColumn).data().toString() == "Town centre");
        named<QAction>("action-undo", &window).trigger();
        CHECK(model->index(0, HotspotModel::nameColumn).data().toString() == "Old Christchurch Road");
    }
    SECTION("a parameter changed asks again") {
        auto& form = named<ParameterForm>("form-kernel-density", &window);
        named<QDoubleSpinBox>("parameter-bandwidth", &form).setValue(450.0);
        on.settle();
        REQUIRE(window.runner().answer());
        CHECK(window.runner().answer()->found->parameters["bandwidth"] == 450.0);
    }
    SECTION("another tab is another analysis") {
        named<QPushButton>("tab-Groups", &window).click();
        on.settle();
        REQUIRE(window.runner().answer());
        CHECK(window.runner().answer()->found->analysis == "dbscan");
        CHECK(window.document().workspace().analysis == "dbscan");
    }
    SECTION("the table is copied with tabs, a header and all rows") {
        const auto text = named<HotspotTable>("hotspot-table", &window).asText();
        const auto lines = text.trimmed().split('\n');
        CHECK(lines.size() == 1 + static_cast<qsizetype>(answer->shown->areas.size()));
        CHECK(lines[0].startsWith("#\tAround\tn"));
        CHECK(lines[1].contains("Old Christchurch Road"));
    }
}

TEST_CASE("checks say what an analyst must know before publishing", "[question][checks]") {
    WindowOnProject on;
    const auto answer = on.window().runner().answer();
    REQUIRE(answer);
    const auto checks = checksOf(*answer);
    const auto find = [&](const QString& part) {
        return std::find_if(checks.begin(), checks.end(),
                            [&](const desktop::Check& check) { return check.text.contains(part); });
    };
    REQUIRE(find("Mapped") != checks.end());
    CHECK(find("Mapped")->text.contains("97.3 %")); // 110 of 113
    CHECK(find("Mapped")->state == desktop::Check::State::good);
    REQUIRE(find("Anonymised") != checks.end());
    CHECK(find("Anonymised")->state == desktop::Check::State::caution);

    auto poor = *answer;
    auto result = std::make_shared<Result>(*answer->shown);
    result->incidents = 200;
    result->areas.front().incidents = 4;
    result->areas.front().largestStack = 4;
    poor.shown = result;
    const auto poorChecks = checksOf(poor);
    CHECK(poorChecks[0].state == desktop::Check::State::caution);
    CHECK(std::count_if(poorChecks.begin(), poorChecks.end(), [](const desktop::Check& check) {
              return check.state == desktop::Check::State::caution;
          }) >= 4);
}
