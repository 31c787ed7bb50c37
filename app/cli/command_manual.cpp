// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/manual.h"

#include <memory>
#include <ostream>

namespace patchlight::cli {

Command manualCommand(CLI::App& program) {
    auto what = std::make_shared<std::string>();
    CLI::App* app = program.add_subcommand("manual", "Print a manual page or the completion, for packages");
    app->group(""); // not among the commands for people
    app->add_option("what", *what, "page, window-page or bash")
        ->required()
        ->check(CLI::IsMember({"page", "window-page", "bash"}));
    return {app, [what, &program](const Console& console) -> int {
                console.out << (*what == "page"          ? commandLinePage(program)
                                : *what == "window-page" ? windowPage()
                                                         : bashCompletion(program));
                return done;
            }};
}

} // namespace patchlight::cli
