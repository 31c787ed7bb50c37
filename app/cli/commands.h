// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"

#include <CLI/CLI.hpp>
#include <functional>

/// One function a command: adds it to the program and returns what to do when it was chosen.
namespace patchlight::cli {

struct Command {
    CLI::App* app = nullptr;
    std::function<int(const Console&)> run;
};

[[nodiscard]] Command importCommand(CLI::App& program);
[[nodiscard]] Command infoCommand(CLI::App& program);
[[nodiscard]] Command layerCommand(CLI::App& program);
[[nodiscard]] Command qualityCommand(CLI::App& program);
[[nodiscard]] Command categoriesCommand(CLI::App& program);
[[nodiscard]] Command geocodeCommand(CLI::App& program);
[[nodiscard]] Command removeCommand(CLI::App& program);
[[nodiscard]] Command analysesCommand(CLI::App& program);
[[nodiscard]] Command helpCommand(CLI::App& program);
[[nodiscard]] Command runCommand(CLI::App& program);
[[nodiscard]] Command suggestCommand(CLI::App& program);
[[nodiscard]] Command renderCommand(CLI::App& program);
[[nodiscard]] Command sampleCommand(CLI::App& program);
[[nodiscard]] Command selfTestCommand(CLI::App& program);
[[nodiscard]] Command manualCommand(CLI::App& program);

} // namespace patchlight::cli
