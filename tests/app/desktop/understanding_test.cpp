// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/category_popup.h"
#include "app/desktop/import/import_dialog.h"
#include "app/desktop/quality/categories_dialog.h"
#include "app/desktop/quality/geocode_dialog.h"
#include "tests/app/desktop/window_driver.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;
using patchlight::test::readFile;

namespace {

/// Council rows whose dates could all be either, over several months.
std::string ambiguousExtract() {
    std::string text = "Ref,Date,Easting,Northing,Category\n";
    for (int i = 0; i < 24; ++i) // days 8 and 9 of the months 1 to 7
        text += std::to_string(i) + ",0" + std::to_string(8 + i % 2) + "/0" + std::to_string(1 + i % 7) + "/2025," +
                std::to_string(407000 + 20 * i) + ",91200,Noise\n";
    return text;
}

/// Presses a button of the next message box, found by a part of its text.
void answerNext(const QString& part) {
    auto* timer = new QTimer(qApp);
    QObject::connect(timer, &QTimer::timeout, [timer, part] {
        for (auto* widget : QApplication::topLevelWidgets()) {
            auto* box = qobject_cast<QMessageBox*>(widget);
            if (!box || !box->isVisible()) continue;
            for (auto* button : box->buttons())
                if (button->text().contains(part)) {
                    timer->deleteLater();
                    button->click();
                    return;
                }
        }
    });
    timer->start(20);
}

ImportDialog* dialogOn(MainWindow& window, const std::filesystem::path& file) {
    auto* dialog = window.importInto(false);
    REQUIRE(dialog != nullptr);
    dialog->setInputs({file});
    REQUIRE(waitFor([&] { return named<QPushButton>("import-start", dialog).isEnabled(); }));
    return dialog;
}

} // namespace

TEST_CASE("dates that could be either are asked about, and the answer is remembered", "[import-dialog]") {
    WindowOnProject on;
    auto* dialog = dialogOn(on.window(), on.folder().write("asb-may.csv", ambiguousExtract()));
    CHECK(named<QLabel>("import-understood", dialog)
              .text()
              .contains("1. 8 January 2025; 407000 east, 91200 north; Noise"));
    answerNext("month first");
    dialog->startImport();
    REQUIRE(waitFor([&] { return named<QLabel>("import-summary", dialog).text().contains("24 rows read"); }));
    dialog->reject();
    REQUIRE(waitFor([&] { return on.window().document().data()->incidents() == 137; }));
    const auto known = Project::open(on.project(), OpenMode::readOnly)->mappings();
    REQUIRE(known);
    REQUIRE(known->size() == 1);
    CHECK(known->front().mapping.value("dates", "") == "month-first");

    auto* again = dialogOn(on.window(),
                           on.folder().write("asb-june.csv", ambiguousExtract() + "x,08/01/2025,407000,91200,Noise\n"));
    CHECK(named<QLabel>("import-message", again).text().contains("The columns are known from asb-may.csv."));
    again->reject();
}

TEST_CASE("a mapping is written and taken as a file", "[import-dialog]") {
    WindowOnProject on;
    const auto csv = on.folder().write("a.csv", "Ref,Wo,Easting,Northing,Kind\n1,High Street,407000,91200,Noise\n");
    auto* dialog = dialogOn(on.window(), csv);
    const auto file = on.folder().path() / "mapping.json";
    auto& combo = named<QComboBox>("role-1", dialog);
    combo.setCurrentIndex(combo.findData(static_cast<int>(ColumnRole::place)));
    dialog->saveMapping(file);
    const auto json = nlohmann::json::parse(readFile(file));
    CHECK(json["columns"]["Wo"] == "place");
    dialog->reject();

    auto* other = dialogOn(on.window(), csv);
    CHECK(named<QComboBox>("role-1", other).currentText() != "Place");
    other->loadMapping(file);
    CHECK(waitFor([&] { return named<QComboBox>("role-1", other).currentText() == "Place"; })); // old boxes go first
    other->loadMapping(on.folder().write("bad.json", "{\"columns\": 7}"));
    auto* box = qobject_cast<QMessageBox*>(waitForTopLevel("error-box"));
    REQUIRE(box != nullptr);
    CHECK(box->informativeText().contains("bad.json: The mapping has no \"columns\""));
    box->close();
    other->reject();
}

TEST_CASE("cancelling an import leaves the project as it was", "[import-dialog]") {
    WindowOnProject on;
    std::string big = "Ref,Date,Easting,Northing,Category\n";
    for (int i = 0; i < 400'000; ++i)
        big += std::to_string(i) + ",25/05/2025," + std::to_string(407000 + i % 5000) + ",91200,Noise\n";
    const auto contents = [&] { // the window may save its own settings meanwhile
        const auto project = Project::open(on.project(), OpenMode::readOnly);
        REQUIRE(project);
        return *project->fingerprint() + ' ' + std::to_string(project->incidents()->size()) + ' ' +
               std::to_string(project->findings()->size());
    };
    const auto before = contents();
    auto* dialog = dialogOn(on.window(), on.folder().write("big.csv", big));
    dialog->startImport();
    REQUIRE(waitFor([&] { return dialog->busy(); }));
    dialog->reject(); // while it runs: cancels
    REQUIRE(waitFor([&] { return !dialog->busy(); }));
    CHECK(named<QLabel>("import-message", dialog).text().contains("Cancelled. The project is as it was."));
    if (auto* box = topLevel("error-box")) box->close();
    CHECK(contents() == before);
    dialog->reject();
}

TEST_CASE("categories are given groups in the window, and the filter takes a group", "[categories]") {
    WindowOnProject on;
    named<QAction>("action-categories", &on.window()).trigger();
    auto* dialog = qobject_cast<CategoriesDialog*>(waitForTopLevel("categories-dialog"));
    REQUIRE(dialog != nullptr);
    auto& table = named<QTableWidget>("categories-table", dialog);
    REQUIRE(table.rowCount() == 2);
    CHECK(table.item(0, 0)->text() == "Burglary");
    CHECK(table.item(0, 2)->text() == "Acquisitive crime");
    table.item(0, 2)->setText("Acquisitive crime; Our group");
    table.item(0, 3)->setCheckState(Qt::Checked);
    table.item(0, 4)->setText("much");
    dialog->save();
    auto* box = qobject_cast<QMessageBox*>(waitForTopLevel("error-box"));
    REQUIRE(box != nullptr);
    CHECK(box->informativeText().contains("\"much\" is not a number"));
    box->close();
    table.item(0, 4)->setText("12.5");
    dialog->save();
    REQUIRE(waitFor([&] {
        const auto& groups = on.window().document().data()->categoryGroups;
        return std::any_of(groups.begin(), groups.end(), [](const auto& group) { return group.name == "Our group"; });
    }));
    const CategoryMeaning* meaning = on.window().document().data()->table->categories.find("burglary");
    CHECK(meaning->sensitive);
    CHECK(meaning->harm == 12.5);

    QPushButton button;
    auto* popup = new CategoryPopup(on.window().document(), &button);
    auto& group = named<QComboBox>("category-group", popup);
    group.setCurrentIndex(group.findData("Our group"));
    emit group.activated(group.currentIndex());
    CHECK(on.window().document().workspace().filter.groups == std::vector<std::string>{"Our group"});
    CHECK(categoriesText(on.window().document().workspace().filter) == "Our group");
    named<QPushButton>("categories-all", popup).click();
    CHECK(on.window().document().workspace().filter == IncidentFilter{});
    delete popup;
    on.settle();
}

TEST_CASE("incidents without a position are found in a list of the user's, looked at before they are placed",
          "[geocode]") {
    WindowOnProject on;
    auto* import = dialogOn(on.window(),
                            on.folder().write("council.csv", "Ref,Date,Category,Postcode\n1,25/05/2025,Noise,BH1 1AA\n"
                                                             "2,26/05/2025,Noise,BH9 9ZZ\n3,26/05/2025,Noise,\n"));
    import->startImport();
    REQUIRE(waitFor([&] { return named<QLabel>("import-summary", import).text().contains("3 rows read"); }));
    import->reject();
    REQUIRE(waitFor([&] { return on.window().document().data()->incidents() == 116; }));
    const auto mapped = on.window().document().data()->mapped;
    named<QAction>("action-geocode", &on.window()).trigger();
    auto* dialog = qobject_cast<GeocodeDialog*>(waitForTopLevel("geocode-dialog"));
    REQUIRE(dialog != nullptr);
    CHECK_FALSE(named<QPushButton>("geocode-look", dialog).isEnabled());
    auto& answer = named<QLabel>("geocode-answer", dialog);
    named<QLineEdit>("geocode-postcodes", dialog).setText("/nowhere/list.csv");
    dialog->start(true);
    REQUIRE(waitFor([&] { return answer.text().contains("neither a file nor a layer of places"); }));
    const auto list = on.folder().write("postcodes.csv", "Postcode,Eastings,Northings\nBH1 1AA,408700,91300\n");
    named<QLineEdit>("geocode-postcodes", dialog).setText(QString::fromStdString(list.string()));
    dialog->start(true);
    REQUIRE(waitFor([&] { return answer.text().contains("1 of 6 can be placed."); }));
    CHECK(on.window().document().data()->mapped == mapped);
    CHECK(named<QPushButton>("geocode-place", dialog).isEnabled());
    dialog->start(false);
    REQUIRE(waitFor([&] { return on.window().document().data()->mapped == mapped + 1; }));
    CHECK(answer.text().contains("1 of 6 were placed."));
    dialog->reject();
    on.settle();
}
