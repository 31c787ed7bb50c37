// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/terminal.h"
#include "gis/map/fonts.h"

#include <QGuiApplication>
#include <iostream>

namespace {

/// Standard error holds our sentences alone: Qt's remarks on the platform do not concern a user of the command line.
void keepQuiet(QtMsgType type, const QMessageLogContext&, const QString& text) {
    if (type == QtCriticalMsg || type == QtFatalMsg) std::cerr << text.toStdString() << '\n';
}

} // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen"); // no display is needed
    const auto arguments = patchlight::cli::commandLineArguments(argc, argv);
    qInstallMessageHandler(keepQuiet);
    int ownArguments = 1; // Qt reads none of ours
    QGuiApplication application(ownArguments, argv);
    patchlight::paint::addShippedFonts();
    return patchlight::cli::runCommandLine(arguments, std::cout, std::cerr);
}
