// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

/// Manual pages and shell completion, made from the commands themselves and the catalogue.
namespace patchlight::cli {

/// Page 1 of the command line, in the format of man(7).
[[nodiscard]] std::string commandLinePage(const CLI::App& program);
/// Page 1 of the window.
[[nodiscard]] std::string windowPage();
/// Completion of commands, options, analyses and choices for bash.
[[nodiscard]] std::string bashCompletion(const CLI::App& program);

} // namespace patchlight::cli
