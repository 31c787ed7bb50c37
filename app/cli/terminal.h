// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stop_token>
#include <thread>

/// What differs between consoles: whether somebody is looking, and Ctrl-C.
namespace patchlight::cli {

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
