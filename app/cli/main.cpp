// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include <QGuiApplication>
#include <iostream>

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen"); // no display is needed
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    int ownArguments = 1; // Qt reads none of ours
    QGuiApplication application(ownArguments, argv);
    return patchlight::cli::runCommandLine(arguments, std::cout, std::cerr);
}
