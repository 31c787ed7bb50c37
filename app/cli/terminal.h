// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <string>
#include <thread>
#include <vector>

/// What differs between consoles: how words come in and go out, whether somebody is looking, and Ctrl-C.
namespace patchlight::cli {

/// What stands after the program's name, as UTF-8; on Windows also sets the console to show UTF-8.
[[nodiscard]] std::vector<std::string> commandLineArguments(int argc, char** argv);

[[nodiscard]] bool standardErrorIsTerminal();

/// While it lives, Ctrl-C requests a stop instead of ending the program half way.
class InterruptWatch {
public:
    explicit InterruptWatch(std::stop_source source);
    ~InterruptWatch();
    InterruptWatch(const InterruptWatch&) = delete;
    InterruptWatch& operator=(const InterruptWatch&) = delete;

private:
    std::jthread m_watcher;
};

} // namespace patchlight::cli
