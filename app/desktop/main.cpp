// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/error_box.h"
#include "app/desktop/appearance/log.h"
#include "app/desktop/appearance/text.h"
#include "app/desktop/document/recent.h"
#include "app/desktop/main_window/main_window.h"
#include "app/desktop/main_window/self_test.h"
#include "core/base/version.h"
#include "gis/crs/crs.h"
#include "gis/map/fonts.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QMessageBox>

using namespace patchlight;
using namespace patchlight::desktop;

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QApplication::setApplicationName("Patchlight");
    QApplication::setOrganizationName("Patchlight");
    QApplication::setApplicationVersion(toQt(versionAndBuild()));
    QCommandLineParser parser;
    parser.setApplicationDescription(QApplication::tr("Crime-hotspot analysis: from an extract to a board map."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption test("self-test", QApplication::tr("Open the sample project, draw its map, and quit."));
    parser.addOption(test);
    parser.addPositionalArgument("project", QApplication::tr("Project file to open (.gpkg)."), "[PROJECT.gpkg]");
    parser.process(application);
    startLog();
    paint::addShippedFonts();

    const auto appearance = settings().contains("dark")
                                ? (settings().value("dark").toBool() ? Appearance::dark : Appearance::light)
                                : systemAppearance(application);
    applyAppearance(application, appearance);
    const auto ready = gis::initialise();
    if (parser.isSet(test)) {
        if (ready) return selfTest();
        std::fprintf(stderr, "%s\n", ready.error().message.c_str());
        return 1;
    }
    if (!ready) { // without PROJ's database every map would be nonsense
        QMessageBox::critical(nullptr, QApplication::applicationName(), toQt(ready.error().message));
        return 1;
    }
    MainWindow window;
    window.show();
    const auto arguments = parser.positionalArguments();
    if (!arguments.isEmpty()) window.openProject(pathFrom(QFileInfo(arguments.front()).absoluteFilePath()));
    return QApplication::exec();
}
