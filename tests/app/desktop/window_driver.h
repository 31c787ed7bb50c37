// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/main_window/main_window.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <QTest>
#include <functional>
#include <string>

/// Drives the window as a user would: waits, finds widgets by their names, presses.
namespace patchlight::desktop::test {

using patchlight::test::TemporaryFolder;

/// Runs the event loop until it holds; false after the patience.
[[nodiscard]] bool waitFor(const std::function<bool()>& holds, int milliseconds = 20000);

/// The widget or action of that name under a parent, or in any window; fails the test where there is none.
template <class T> T& named(const QString& name, QObject* parent) {
    auto* found = parent->findChild<T*>(name);
    INFO("looking for " << name.toStdString());
    REQUIRE(found != nullptr);
    return *found;
}
[[nodiscard]] QWidget* topLevel(const QString& name); ///< a dialog or popup; null where there is none
[[nodiscard]] QWidget* waitForTopLevel(const QString& name);

/// An extract as data.police.uk gives it: two tight places and a scatter in Dorset, two categories, three months of
/// 2025. 60 rows of "Burglary" round Old Christchurch Road, 30 of "Drugs" round Ashley Road, 20 scattered, 3 without
/// position.
[[nodiscard]] std::string smallExtract();

/// A window on a project made from smallExtract(), with its first result shown.
class WindowOnProject {
public:
    WindowOnProject();
    [[nodiscard]] MainWindow& window() { return m_window; }
    [[nodiscard]] const TemporaryFolder& folder() const { return m_folder; }
    [[nodiscard]] std::filesystem::path project() const { return m_folder.path() / "town.gpkg"; }
    void settle();

private:
    TemporaryFolder m_folder;
    MainWindow m_window;
};

} // namespace patchlight::desktop::test
