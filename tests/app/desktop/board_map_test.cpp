// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/board_map/board_map_dialog.h"
#include "tests/app/desktop/window_driver.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QUndoStack>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

namespace {

void choose(QComboBox& combo, const QString& key) {
    REQUIRE(combo.findData(key) >= 0);
    combo.setCurrentIndex(combo.findData(key));
}

} // namespace

TEST_CASE("a layout of several pages is made, turned and exported", "[window][board-map]") {
    WindowOnProject on;
    auto* board = on.window().openBoardMap();
    REQUIRE(board != nullptr);
    auto& preview = named<PagePreview>("page-preview", board);
    REQUIRE(waitFor([&] { return preview.picture().has_value(); }));
    CHECK(preview.pageCount() == 1);
    CHECK_FALSE(named<QPushButton>("page-on", board).isVisible());

    choose(named<QComboBox>("layout-template", board), "hotspot-pages");
    REQUIRE(waitFor([&] { return preview.pageCount() > 1; }));
    CHECK(on.window().document().workspace().layout.templateName == "hotspot-pages");
    const auto pages = preview.pageCount();
    CHECK(named<QLabel>("page-number", board).text() == QString("Page 1 of %1").arg(pages));
    named<QPushButton>("page-on", board).click();
    CHECK(preview.shownPage() == 1);
    QTest::keyClick(&preview, Qt::Key_PageUp);
    CHECK(preview.shownPage() == 0);
    CHECK_FALSE(named<QPushButton>("page-back", board).isEnabled());
    for (std::size_t i = 0; i < pages + 3; ++i) QTest::keyClick(&preview, Qt::Key_PageDown);
    CHECK(preview.shownPage() == pages - 1);
    CHECK_FALSE(named<QPushButton>("page-on", board).isEnabled());

    named<QCheckBox>("export-svg", board).setChecked(true);
    named<QLineEdit>("export-name", board).setText("pack");
    named<QLineEdit>("export-folder", board).setText(QString::fromStdString(on.folder().path().string()));
    REQUIRE(waitFor([&] { return named<QPushButton>("export-start", board).isEnabled(); }));
    named<QPushButton>("export-start", board).click();
    const QString saved = QString("Saved %1 files").arg(pages + 1); // a PDF, and a drawing a page
    REQUIRE(waitFor([&] { return named<QLabel>("export-state", board).text().startsWith(saved); }));
    CHECK(std::filesystem::exists(on.folder().path() / ("pack-" + std::to_string(pages) + ".svg")));
    board->reject();
}

TEST_CASE("a layout that cannot be made says why and nothing is exported", "[window][board-map][bad-input]") {
    WindowOnProject on;
    auto* board = on.window().openBoardMap();
    REQUIRE(board != nullptr);
    choose(named<QComboBox>("layout-template", board), "before-after");
    auto& reason = named<QLabel>("layout-left-out", board);
    REQUIRE(waitFor([&] { return reason.text().contains("period to compare with"); }));
    CHECK_FALSE(named<QPushButton>("export-start", board).isEnabled());
    choose(named<QComboBox>("layout-template", board), "map");
    REQUIRE(waitFor([&] { return named<QPushButton>("export-start", board).isEnabled(); }));
    CHECK(reason.isHidden());
    board->reject();
}

TEST_CASE("whom the page is for is chosen, undone and recorded", "[window][board-map][disclosure]") {
    WindowOnProject on;
    auto* board = on.window().openBoardMap();
    REQUIRE(board != nullptr);
    auto& profile = named<QComboBox>("disclosure-profile", board);
    auto& rounding = named<QComboBox>("disclosure-rounding", board);
    profile.setCurrentIndex(1);
    rounding.setCurrentIndex(1);
    CHECK(on.window().document().workspace().disclosure.profile == Profile::publicRelease);
    CHECK(on.window().document().workspace().disclosure.roundTo == 5);

    named<QCheckBox>("export-pdf", board).setChecked(false);
    named<QCheckBox>("export-json", board).setChecked(true);
    named<QLineEdit>("export-name", board).setText("public");
    named<QLineEdit>("export-folder", board).setText(QString::fromStdString(on.folder().path().string()));
    REQUIRE(named<QPushButton>("export-start", board).isEnabled());
    named<QPushButton>("export-start", board).click();
    REQUIRE(waitFor([&] { return named<QLabel>("export-state", board).text().startsWith("Saved 1 file"); }));
    const auto recipe = nlohmann::json::parse(patchlight::test::readFile(on.folder().path() / "public.json"));
    CHECK(recipe["disclosure"]["profile"] == "public");

    on.window().document().undoStack().undo();
    on.window().document().undoStack().undo();
    CHECK(profile.currentIndex() == 0);
    CHECK(rounding.currentIndex() == 0);
    board->reject();
}
