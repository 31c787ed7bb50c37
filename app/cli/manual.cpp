// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/manual.h"

#include "core/analysis/analysis.h"
#include "core/base/text.h"
#include "core/base/version.h"
#include "core/layouts/layouts.h"

#include <fmt/format.h>

namespace patchlight::cli {

namespace {

/// Text as man(7) wants it: hyphens that can be copied, no line that begins like a request.
std::string plain(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '\\')
            out += "\\e";
        else if (letter == '-')
            out += "\\-";
        else
            out += letter == '\n' ? ' ' : letter;
    }
    if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
    return out;
}

std::string heading(std::string_view name, std::string_view about) {
    return fmt::format(".\\\" Made by the program from its own commands.\n.TH {} 1 \"\" \"Patchlight {}\" \"User "
                       "commands\"\n.SH NAME\n{} \\- {}\n",
                       name == "patchlight" ? "PATCHLIGHT" : "PATCHLIGHT\\-CLI", version(), plain(name), plain(about));
}

std::vector<const CLI::App*> commandsOf(const CLI::App& program) {
    return program.get_subcommands([](const CLI::App* app) { return !app->get_group().empty(); });
}

std::vector<const CLI::Option*> optionsOf(const CLI::App& app) {
    return app.get_options([](const CLI::Option* option) { return !option->get_group().empty(); });
}

std::string commandSection(const CLI::App& command) {
    std::string text = ".SS " + plain(command.get_name()) + "\n" + plain(command.get_description()) + ".\n";
    for (const CLI::Option* option : optionsOf(command)) {
        const std::string name = option->get_name(true, true);
        if (name == "-h,--help") continue;
        text += ".TP\n.B " + plain(name) + "\n" + plain(option->get_description()) + "\n";
    }
    return text;
}

std::string analysisSection(const Analysis& analysis) {
    std::string text =
        ".SS " + plain(analysis.id) + "\n" + plain(analysis.summary) + "\nSource: " + plain(analysis.source) + ".\n";
    for (const ParameterSpec& spec : analysis.parameters()) {
        text += ".TP\n.B " + plain(spec.key) + "\n" + plain(spec.help);
        std::vector<std::string> choices;
        for (const ParameterChoice& choice : spec.choices) choices.push_back(choice.key);
        if (!choices.empty()) text += " One of " + plain(listed(choices)) + ".";
        text += "\n";
    }
    return text;
}

/// Words for completion, without those that hold what a shell would read.
std::string words(const std::vector<std::string>& all) {
    std::string line;
    for (const std::string& word : all) line += (line.empty() ? "" : " ") + word;
    return line;
}

std::vector<std::string> longOptions(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : optionsOf(app))
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

} // namespace

std::string commandLinePage(const CLI::App& program) {
    std::string text = heading("patchlight-cli", "finds where incidents concentrate and makes the board map of it");
    text +=
        ".SH SYNOPSIS\n.B patchlight\\-cli\n.I command\n[options]\n.SH DESCRIPTION\n" +
        plain("Imports incident extracts into a project (a GeoPackage), runs the analyses of the catalogue on them "
              "and writes maps, tables and data, offline. It speaks the same recipes as the window patchlight(1).") +
        "\n.SH COMMANDS\n";
    for (const CLI::App* command : commandsOf(program)) text += commandSection(*command);
    text += ".SH ANALYSES\nParameters are given as\n.BR \\-\\-set\n.IR key=value .\n";
    for (const Analysis& analysis : catalogue()) text += analysisSection(analysis);
    text += ".SH LAYOUTS\nGiven as\n.BR \"\\-\\-layout template=\"\\fIid\\fR.\n";
    for (const LayoutTemplate& layout : layoutTemplates())
        text += ".TP\n.B " + plain(layout.id) + "\n" + plain(layout.about) + "\n";
    text += ".SH EXIT STATUS\n0 done, 1 failed (one sentence on standard error), 2 wrong usage, 3 cancelled.\n"
            ".SH ENVIRONMENT\n.TP\n.B PATCHLIGHT_DATA\nFolder of the program's own data, where it does not lie beside "
            "the program.\n.SH SEE ALSO\n.BR patchlight (1)\n";
    return text;
}

std::string windowPage() {
    return heading("patchlight", "hotspot maps of crime and anti-social behaviour") +
           ".SH SYNOPSIS\n.B patchlight\n[\\fIproject.gpkg\\fR]\n.SH DESCRIPTION\n" +
           plain(
               "Opens the window, with the project if one is named. A project is a GeoPackage; other programs open it "
               "as it is. Everything works offline; nothing is sent anywhere.") +
           "\n.SH ENVIRONMENT\n.TP\n.B PATCHLIGHT_DATA\nFolder of the program's own data, where it does not lie beside "
           "the program.\n.SH SEE ALSO\n.BR patchlight\\-cli (1)\n";
}

std::string bashCompletion(const CLI::App& program) {
    std::vector<std::string> commands, analyses, layouts;
    for (const CLI::App* command : commandsOf(program)) commands.push_back(command->get_name());
    for (const Analysis& analysis : catalogue()) analyses.emplace_back(analysis.id);
    for (const LayoutTemplate& layout : layoutTemplates()) layouts.push_back("template=" + layout.id);
    std::string text = "# bash completion for patchlight-cli; made by the program from its own commands\n"
                       "_patchlight_cli() {\n"
                       "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options=\n"
                       "    COMPREPLY=()\n"
                       "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
                       "        COMPREPLY=($(compgen -W \"" +
                       words(commands) +
                       " --help --version\" -- \"$cur\"))\n        return\n    fi\n"
                       "    case $prev in\n"
                       "        run|suggest|analyses|help) COMPREPLY=($(compgen -W \"" +
                       words(analyses) +
                       "\" -- \"$cur\")); return ;;\n"
                       "        --profile) COMPREPLY=($(compgen -W \"internal public\" -- \"$cur\")); return ;;\n"
                       "        --layout) COMPREPLY=($(compgen -W \"" +
                       words(layouts) +
                       "\" -- \"$cur\")); return ;;\n"
                       "    esac\n"
                       "    case ${COMP_WORDS[1]} in\n";
    for (const CLI::App* command : commandsOf(program))
        text += "        " + command->get_name() + ") options=\"" + words(longOptions(*command)) + "\" ;;\n";
    return text + "    esac\n"
                  "    case $cur in\n"
                  "        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
                  "        *) COMPREPLY=($(compgen -f -- \"$cur\")) ;;\n"
                  "    esac\n"
                  "}\n"
                  "complete -o filenames -F _patchlight_cli patchlight-cli\n";
}

} // namespace patchlight::cli
