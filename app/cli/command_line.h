// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

/// The catalogue on the command line (ARCHITECTURE.md: commands, options, JSON, exit codes).
namespace patchlight::cli {

/// Exit codes that scripts rely on.
enum ExitCode { done = 0, failed = 1, wrongUsage = 2, cancelled = 3 };

/// Runs one command. Pages need a QGuiApplication, which the caller has made. Never throws.
[[nodiscard]] int runCommandLine(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

} // namespace patchlight::cli
