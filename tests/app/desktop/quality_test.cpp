// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/quality/quality_dialog.h"

#include "tests/app/desktop/window_driver.h"

#include <QAction>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QTimer>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

TEST_CASE("the quality dialog says the mapped share, the coverage and opens a finding's rows", "[quality]") {
    WindowOnProject on;
    named<QAction>("action-quality", &on.window()).trigger();
    auto* dialog = qobject_cast<QualityDialog*>(waitForTopLevel("quality-dialog"));
    REQUIRE(dialog != nullptr);
    CHECK(named<QLabel>("quality-summary", dialog).text().contains("110 of 113 incidents (97.3 %) have a position"));
    auto& counts = named<QTableWidget>("quality-mapped", dialog);
    CHECK(counts.rowCount() >= 1 + 2 + 3);
    auto& months = named<QTableWidget>("quality-coverage", dialog);
    CHECK(months.rowCount() == 3);

    auto& findings = named<QTableWidget>("quality-findings", dialog);
    int noPosition = -1;
    for (int row = 0; row < findings.rowCount(); ++row)
        if (findings.item(row, 2)->text() == "3") noPosition = row;
    REQUIRE(noPosition >= 0);
    findings.selectRow(noPosition);
    CHECK(named<QPushButton>("quality-rows", dialog).isEnabled());
    dialog->openFinding(noPosition);
    auto* rows = waitForTopLevel("finding-rows-dialog");
    REQUIRE(rows != nullptr);
    auto& table = named<QTableWidget>("finding-rows", rows);
    REQUIRE(waitFor([&] { return table.rowCount() == 3; }));
    CHECK(table.columnCount() > 4);

    const auto page = on.folder().path() / "quality.html";
    dialog->save(QString::fromStdString(page.string()));
    CHECK(patchlight::test::readFile(page).find("97.3 %") != std::string::npos);
}

TEST_CASE("a dataset is taken out after a question, and the window shows what is left", "[quality]") {
    WindowOnProject on;
    REQUIRE(on.window().document().data()->incidents() == 113);
    on.window().openQuality();
    auto* dialog = waitForTopLevel("quality-dialog");
    REQUIRE(dialog != nullptr);
    named<QTableWidget>("quality-datasets", dialog).selectRow(0);
    QTimer::singleShot(0, [] {
        QMessageBox* box = nullptr;
        for (auto* widget : QApplication::topLevelWidgets())
            if (auto* question = qobject_cast<QMessageBox*>(widget)) box = question;
        if (box) box->button(QMessageBox::Yes)->click();
    });
    named<QPushButton>("quality-remove", dialog).click();
    REQUIRE(
        waitFor([&] { return on.window().document().isOpen() && on.window().document().data()->incidents() == 0; }));
}
