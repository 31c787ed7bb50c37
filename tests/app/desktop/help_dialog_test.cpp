// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/analysis/help_dialog.h"
#include "core/analysis/analysis.h"
#include "tests/app/desktop/window_driver.h"

#include <QTextBrowser>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

TEST_CASE("the help dialog shows an analysis's page and is used again", "[help]") {
    QWidget window;
    window.show();
    showHelp("kernel-density", &window);
    auto& dialog = named<HelpDialog>("help-dialog", &window);
    auto& page = named<QTextBrowser>("help-page", &dialog);
    CHECK(dialog.isVisible());
    CHECK_FALSE(dialog.isModal());
    CHECK(dialog.windowTitle() == "Kernel density");
    CHECK(page.toPlainText().startsWith("Kernel density"));
    CHECK(page.toPlainText().contains("Jones-Diggle; keeps the number of incidents"));
    CHECK_FALSE(page.toPlainText().contains("**"));

    QWidget inside(&window); // any part of the window asks for the same dialog
    showHelp("dbscan", &inside);
    CHECK(window.findChildren<HelpDialog*>().size() == 1);
    CHECK(dialog.windowTitle() == "Groups (DBSCAN)");
    CHECK(page.toPlainText().startsWith("Groups (DBSCAN)"));
}

TEST_CASE("Esc closes the help dialog, and asking again opens it", "[help]") {
    QWidget window;
    window.show();
    showHelp("centre", &window);
    QTest::keyClick(&named<QTextBrowser>("help-page", &window), Qt::Key_Escape);
    REQUIRE(waitFor([&] { return window.findChild<HelpDialog*>() == nullptr; }));
    showHelp("centre", &window);
    CHECK(named<HelpDialog>("help-dialog", &window).isVisible());
}
