// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/fonts.h"

#include <QGuiApplication>

namespace patchlight::test {

/// The one QGuiApplication of a test program, for fonts and pictures; offscreen unless the environment says otherwise.
/// It lives until the program ends: taking fonts down in the order of statics is not worth a crash.
inline QGuiApplication& guiApplication() {
    static QGuiApplication* application = [] {
        if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
        static int count = 1;
        static char name[] = "patchlight-tests";
        static char* arguments[] = {name, nullptr};
        auto* const made = new QGuiApplication(count, arguments);
        paint::addShippedFonts();
        return made;
    }();
    return *application;
}

} // namespace patchlight::test
