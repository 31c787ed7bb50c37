// SPDX-License-Identifier: GPL-3.0-or-later
#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include "app/desktop/appearance/appearance.h"
#include "gis/crs/crs.h"
#include "tests/support/shared_data.h"

#include <QApplication>
#include <QSettings>
#include <QStandardPaths>
#include <cstdio>

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QApplication::setApplicationName("Patchlight");
    QApplication::setOrganizationName("Patchlight");
    QStandardPaths::setTestModeEnabled(true); // nothing of the user's is read or written
    const patchlight::test::TemporaryFolder settings;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, QString::fromStdString(settings.path().string()));
    patchlight::desktop::applyAppearance(application, patchlight::desktop::Appearance::light);
    if (const auto ready = patchlight::gis::initialise(); !ready) {
        std::fprintf(stderr, "%s\n", ready.error().message.c_str());
        return 1;
    }
    return Catch::Session().run(argc, argv);
}
