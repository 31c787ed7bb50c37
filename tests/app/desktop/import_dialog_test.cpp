// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/import/findings.h"
#include "app/desktop/import/import_dialog.h"
#include "tests/app/desktop/window_driver.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableWidget>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

namespace {

bool previewed(ImportDialog& dialog) {
    return waitFor([&] { return named<QPushButton>("import-start", &dialog).isEnabled(); });
}

} // namespace

TEST_CASE("the preview shows the first rows and how they are understood", "[import-dialog]") {
    const TemporaryFolder folder;
    auto* dialog = new ImportDialog(std::nullopt);
    dialog->open();
    CHECK_FALSE(named<QPushButton>("import-start", dialog).isEnabled());
    dialog->setInputs({folder.write("2025-07-dorset-street.csv", smallExtract())});
    REQUIRE(previewed(*dialog));
    auto& table = named<QTableWidget>("import-preview", dialog);
    CHECK(table.columnCount() == 12);
    CHECK(table.rowCount() == 7); // roles and six rows
    CHECK(named<QComboBox>("role-9", dialog).currentText() == "Category");
    CHECK(named<QComboBox>("role-4", dialog).currentText() == "Longitude");
    CHECK(table.item(1, 9)->text() == "Burglary");
    CHECK(named<QLabel>("import-message", dialog).text().contains("data.police.uk"));
    dialog->reject();
}

TEST_CASE("a file without columns for the position is named and waits for them", "[import-dialog][bad-input]") {
    const TemporaryFolder folder;
    auto* dialog = new ImportDialog(std::nullopt);
    dialog->open();
    dialog->setInputs({folder.write("shopping.csv", "item,price\nmilk,1.20\n")});
    auto& message = named<QLabel>("import-message", dialog);
    REQUIRE(waitFor([&] { return message.text().contains("shopping.csv"); }));
    auto& start = named<QPushButton>("import-start", dialog);
    CHECK_FALSE(start.isEnabled());
    const auto choose = [&](int column, ColumnRole role) {
        auto& combo = named<QComboBox>(QString("role-%1").arg(column), dialog);
        combo.setCurrentIndex(combo.findData(static_cast<int>(role)));
    };
    choose(0, ColumnRole::easting);
    CHECK_FALSE(start.isEnabled());
    choose(1, ColumnRole::northing);
    CHECK(start.isEnabled());
    dialog->reject();
}

TEST_CASE("an import that is refused leaves the project as it was and says why", "[import-dialog][bad-input]") {
    WindowOnProject on;
    auto bad = smallExtract();
    bad.replace(bad.find("Ashley"), 6, "Castle"); // the same months of the same source with other bytes
    auto* dialog = on.window().importInto(false);
    REQUIRE(dialog != nullptr);
    const auto before = patchlight::test::readFile(on.project());
    dialog->setInputs({on.folder().write("again/2025-07-dorset-street.csv", bad)});
    REQUIRE(previewed(*dialog));
    dialog->startImport();
    auto* box = qobject_cast<QMessageBox*>(waitForTopLevel("error-box"));
    REQUIRE(box != nullptr);
    CHECK(box->informativeText().contains("2025-07-dorset-street"));
    auto& copy = named<QPushButton>("copy-details", box);
    copy.click();
    CHECK(box->isVisible());
    box->close();
    CHECK(patchlight::test::readFile(on.project()) == before);
    dialog->reject();
    CHECK(on.window().document().data()->incidents() == 113);
}

TEST_CASE("rows more into the open project are there at once", "[import-dialog]") {
    WindowOnProject on;
    auto* dialog = on.window().importInto(false);
    REQUIRE(dialog != nullptr);
    auto more = smallExtract();
    for (std::size_t at = 0; (at = more.find(",2025-0", at)) != std::string::npos;) more.replace(at, 6, ",2024-");
    dialog->setInputs({on.folder().write("2024-07-dorset-street.csv", more)});
    REQUIRE(previewed(*dialog));
    dialog->startImport();
    REQUIRE(waitFor([&] { return named<QLabel>("import-summary", dialog).text().contains("113 rows read"); }));
    CHECK(named<QListWidget>("import-findings", dialog).count() >= 1);
    dialog->reject();
    REQUIRE(waitFor([&] { return on.window().document().data()->incidents() == 226; }));
    on.settle();
}

TEST_CASE("findings of one kind are put together", "[import-dialog]") {
    const std::vector<Finding> findings{{"no-position", "No coordinates.", 2, {3, 9}, "July"},
                                        {"repeated-reference", "Reference seen before.", 7, {1}, "July"},
                                        {"no-position", "No coordinates.", 4, {5}, "August"}};
    const auto lines = findingLines(findings);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].startsWith("7 rows"));
    CHECK(lines[1].startsWith("6 rows: No coordinates."));
    CHECK(lines[1].contains("July"));
}
