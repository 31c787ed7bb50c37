// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include "app/cli/commands.h"
#include "app/cli/terminal.h"
#include "core/base/parallel.h"
#include "core/base/version.h"
#include "gis/crs/crs.h"

#include <algorithm>
#include <exception>
#include <fmt/format.h>
#include <ostream>

namespace patchlight::cli {

namespace {

/// Options that stand after any command's name.
void addCommonOptions(CLI::App& command, CommonOptions& options) {
    command.add_flag("--json", options.json, "One JSON object on standard output");
    command.add_flag("--quiet", options.quiet, "No progress and no summary");
    command.add_option("--threads", options.threads, "How many threads to use; 0: all");
    command.add_option("--seed", options.seed, "Start of random numbers, for analyses with a seed");
    command
        .add_option("--profile", options.profile,
                    "internal (as ever), or public: withholds what must not leave, or refuses")
        ->check(CLI::IsMember({"internal", "public"}));
}

/// Progress as one line that is written over, at most ten times a second.
class ProgressLine {
public:
    ProgressLine(std::ostream& err, bool shown) : m_err{err}, m_shown{shown} {}
    ~ProgressLine() {
        if (m_written) m_err << "\r\x1b[K" << std::flush;
    }
    void show(Progress progress) {
        const auto now = std::chrono::steady_clock::now();
        if (!m_shown || now - m_last < std::chrono::milliseconds(100)) return;
        m_last = now;
        m_written = true;
        m_err << fmt::format("\r\x1b[K{} {:.0f} %", progress.phase, progress.fraction * 100.0) << std::flush;
    }

private:
    std::ostream& m_err;
    bool m_shown;
    bool m_written = false;
    std::chrono::steady_clock::time_point m_last{};
};

int runChosen(const Command& command, const CommonOptions& options, std::ostream& out, std::ostream& err) {
    std::stop_source stop;
    const InterruptWatch watch(stop);
    ProgressLine line(err, !options.quiet && standardErrorIsTerminal());
    const ThreadLimit limit(options.threads);
    const TaskContext task{stop.get_token(), [&](Progress progress) { line.show(progress); }};
    const Console console{out, err, options, task};
    if (auto ready = gis::initialise(); !ready) return console.fail(ready.error());
    return command.run(console);
}

int parseAndRun(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
    CLI::App program{"Patchlight: finds where incidents concentrate and makes the board map of it.", "patchlight-cli"};
    program.set_version_flag("--version", "patchlight-cli " + versionAndBuild());
    program.allow_windows_style_options(false); // "//server/share/extract.csv" is a file there too
    program.require_subcommand(1);
    CommonOptions options;
    const std::vector<Command> commands{importCommand(program), infoCommand(program),     qualityCommand(program),
                                        removeCommand(program), geocodeCommand(program),  categoriesCommand(program),
                                        layerCommand(program),  analysesCommand(program), helpCommand(program),
                                        runCommand(program),    suggestCommand(program),  renderCommand(program),
                                        sampleCommand(program), selfTestCommand(program), manualCommand(program)};
    for (const Command& command : commands) addCommonOptions(*command.app, options);
    try {
        std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
        program.parse(reversed);
    } catch (const CLI::ParseError& problem) {
        return program.exit(problem, out, err) == 0 ? done : wrongUsage; // --help and --version end with 0
    }
    for (const Command& command : commands)
        if (command.app->parsed()) return runChosen(command, options, out, err);
    return wrongUsage;
}

} // namespace

int runCommandLine(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err) {
    try {
        return parseAndRun(arguments, out, err);
    } catch (const std::bad_alloc&) {
        err << "patchlight-cli: There is not enough memory for this; close other programs or take a smaller extract.\n";
    } catch (const std::exception& problem) {
        err << "patchlight-cli: Something went wrong that should not (" << problem.what() << "); please report it.\n";
    }
    return failed;
}

} // namespace patchlight::cli
