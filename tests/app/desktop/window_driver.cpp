// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktop/window_driver.h"

#include "core/import/import.h"
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"

#include <QApplication>
#include <QElapsedTimer>
#include <fmt/format.h>

namespace patchlight::desktop::test {

bool waitFor(const std::function<bool()>& holds, int milliseconds) {
    QElapsedTimer clock;
    clock.start();
    while (!holds()) {
        if (clock.elapsed() > milliseconds) return false;
        QTest::qWait(5);
    }
    return true;
}

QWidget* topLevel(const QString& name) {
    for (auto* widget : QApplication::topLevelWidgets())
        if (widget->objectName() == name && widget->isVisible()) return widget;
    return nullptr;
}

QWidget* waitForTopLevel(const QString& name) {
    QWidget* found = nullptr;
    INFO("waiting for " << name.toStdString());
    REQUIRE(waitFor([&] { return (found = topLevel(name)) != nullptr; }));
    return found;
}

std::string smallExtract() {
    std::string text =
        "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
        "Last outcome category,Context\n";
    int number = 0;
    const auto add = [&](double longitude, double latitude, const std::string& place, const std::string& category) {
        ++number;
        text += fmt::format("{:064x},2025-{:02d},Dorset Police,Dorset Police,{},{},On or near {},E01015000,Bournemouth "
                            "001A,{},,\n",
                            number, 7 + number % 3, longitude == 0.0 ? "" : fmt::format("{:.6f}", longitude),
                            longitude == 0.0 ? "" : fmt::format("{:.6f}", latitude), place, category);
    };
    for (int i = 0; i < 60; ++i)
        add(-1.8754 + 0.0004 * (i % 6), 50.7206 + 0.0003 * (i / 6 % 4), "Old Christchurch Road", "Burglary");
    for (int i = 0; i < 30; ++i) add(-1.9354 + 0.0004 * (i % 5), 50.7276 + 0.0003 * (i % 3), "Ashley Road", "Drugs");
    for (int i = 0; i < 20; ++i)
        add(-1.98 + 0.008 * i, 50.71 + 0.005 * (i * 7 % 10), "Lane " + std::to_string(i), "Burglary");
    for (int i = 0; i < 3; ++i) add(0.0, 0.0, "No Location", "Drugs");
    return text;
}

WindowOnProject::WindowOnProject() {
    const auto extract = m_folder.write("2025-07-dorset-street.csv", smallExtract());
    auto extracts = gis::openExtracts({extract});
    REQUIRE(extracts.has_value());
    const auto imported = importExtracts(project(), std::move(extracts->sources), gis::projectorFactory(), {});
    if (!imported) FAIL(imported.error().message);
    m_window.resize(1300, 820);
    m_window.show();
    m_window.openProject(project());
    REQUIRE(waitFor([&] { return m_window.document().isOpen(); }));
    settle();
}

void WindowOnProject::settle() {
    REQUIRE(waitFor([&] { return m_window.settled(); }));
    QCoreApplication::processEvents();
}

} // namespace patchlight::desktop::test
