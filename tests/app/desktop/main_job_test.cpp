// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/board_map/board_map_dialog.h"
#include "app/desktop/import/import_dialog.h"
#include "tests/app/desktop/window_driver.h"

#include <QCheckBox>
#include <QClipboard>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

TEST_CASE("from an extract to a board map through the window", "[window][main-job]") {
    const TemporaryFolder folder;
    MainWindow window;
    window.resize(1300, 820);
    window.show();
    CHECK(named<QPushButton>("welcome-import", &window).isVisible());
    CHECK_FALSE(named<QPushButton>("board-map", &window).isVisible());

    named<QPushButton>("welcome-import", &window).click();
    auto* import = qobject_cast<ImportDialog*>(waitForTopLevel("import-dialog"));
    REQUIRE(import != nullptr);
    import->setInputs({folder.write("2025-07-dorset-street.csv", smallExtract())});
    import->setProjectFile(folder.path() / "town.gpkg");
    auto& start = named<QPushButton>("import-start", import);
    REQUIRE(waitFor([&] { return start.isEnabled(); }));
    start.click();
    REQUIRE(waitFor([&] { return window.document().isOpen(); }));
    CHECK(named<QLabel>("import-summary", import).text().contains("113 rows read"));
    named<QPushButton>("import-close", import).click();

    // The first hotspot map is there before a question was asked.
    REQUIRE(waitFor([&] { return window.settled() && window.runner().answer(); }));
    CHECK(named<QTableView>("hotspots", &window).model()->rowCount() >= 1);
    CHECK(window.windowTitle().startsWith("town"));

    named<QPushButton>("board-map", &window).click();
    auto* board = qobject_cast<BoardMapDialog*>(waitForTopLevel("board-map-dialog"));
    REQUIRE(board != nullptr);
    auto& preview = named<PagePreview>("page-preview", board);
    REQUIRE(waitFor([&] { return preview.picture().has_value(); }));
    CHECK_FALSE(named<QLineEdit>("layout-title", board).placeholderText().isEmpty());
    QTest::keyClicks(&named<QLineEdit>("layout-title", board), "Two places to look at first");
    QTest::keyClick(&named<QLineEdit>("layout-title", board), Qt::Key_Return);
    CHECK(window.document().workspace().layout.title == "Two places to look at first");

    named<QCheckBox>("export-png", board).setChecked(true);
    named<QCheckBox>("export-gpkg", board).setChecked(true);
    named<QCheckBox>("export-tif", board).setChecked(true);
    named<QLineEdit>("export-name", board).setText("board");
    named<QLineEdit>("export-folder", board).setText(QString::fromStdString(folder.path().string()));
    named<QPushButton>("export-start", board).click();
    REQUIRE(waitFor([&] { return named<QLabel>("export-state", board).text().startsWith("Saved 4 files"); }));
    CHECK(patchlight::test::readFile(folder.path() / "board.pdf").starts_with("%PDF-"));
    CHECK(QImage(QString::fromStdString((folder.path() / "board.png").string())).width() > 3000);
    CHECK(std::filesystem::file_size(folder.path() / "board.gpkg") > 0);
    CHECK(std::filesystem::file_size(folder.path() / "board.tif") > 0);
    board->reject();
}

TEST_CASE("an export into a folder that is not there says so", "[window][bad-input]") {
    WindowOnProject on;
    auto* board = on.window().openBoardMap();
    REQUIRE(board != nullptr);
    named<QLineEdit>("export-folder", board).setText(QString::fromStdString((on.folder().path() / "gone").string()));
    named<QPushButton>("export-start", board).click();
    auto* box = qobject_cast<QMessageBox*>(waitForTopLevel("error-box"));
    REQUIRE(box != nullptr);
    CHECK(box->informativeText().contains("gone"));
    box->close();
    board->reject();
}

TEST_CASE("the export never replaces the project", "[window][bad-input]") {
    WindowOnProject on;
    REQUIRE(on.window().document().save().has_value());
    const auto before = patchlight::test::readFile(on.project());
    auto* board = on.window().openBoardMap();
    REQUIRE(board != nullptr);
    named<QCheckBox>("export-pdf", board).setChecked(false);
    named<QCheckBox>("export-gpkg", board).setChecked(true);
    named<QLineEdit>("export-name", board).setText("town");
    named<QLineEdit>("export-folder", board).setText(QString::fromStdString(on.folder().path().string()));
    named<QPushButton>("export-start", board).click();
    auto* box = waitForTopLevel("error-box");
    box->close();
    board->reject();
    CHECK(patchlight::test::readFile(on.project()) == before);
}

TEST_CASE("a project that cannot be opened is said and the window stays", "[window][bad-input]") {
    const TemporaryFolder folder;
    MainWindow window;
    window.show();
    window.openProject(folder.path() / "missing.gpkg");
    auto* box = qobject_cast<QMessageBox*>(waitForTopLevel("error-box"));
    REQUIRE(box != nullptr);
    CHECK(box->informativeText().contains("missing.gpkg"));
    box->close();
    CHECK(named<QPushButton>("welcome-open", &window).isVisible());
}

TEST_CASE("map and table go to the clipboard", "[window]") {
    WindowOnProject on;
    named<QAction>("action-copy-map", &on.window()).trigger();
    CHECK(QApplication::clipboard()->image().width() >= on.window().map().width());
    named<QAction>("action-copy-table", &on.window()).trigger();
    CHECK(QApplication::clipboard()->text().contains("Old Christchurch Road"));
}

TEST_CASE("a running analysis can be cancelled and asked again", "[window]") {
    WindowOnProject on;
    auto& runner = on.window().runner();
    runner.run();
    runner.cancel();
    REQUIRE(waitFor([&] { return runner.settled(); }));
    // Either it had been ready already, or it says that it was cancelled; then it can be run again.
    if (runner.problem()) CHECK(runner.problem()->code == ErrorCode::cancelled);
    named<QAction>("action-run", &on.window()).trigger();
    on.settle();
    CHECK(runner.answer() != nullptr);
}
