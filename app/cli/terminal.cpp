// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include <chrono>
#include <csignal>
#ifdef _WIN32
#include <io.h>
#else
#include <unistd.h>
#endif

namespace patchlight::cli {

namespace {
volatile std::sig_atomic_t interrupted = 0;
extern "C" void onInterrupt(int) {
    interrupted = 1;
}
} // namespace

bool standardErrorIsTerminal() {
#ifdef _WIN32
    return _isatty(2) != 0;
#else
    return isatty(2) != 0;
#endif
}

InterruptWatch::InterruptWatch(std::stop_source source) {
    interrupted = 0;
    std::signal(SIGINT, onInterrupt);
    m_watcher = std::jthread([source = std::move(source)](const std::stop_token& ended) mutable {
        while (!ended.stop_requested()) {
            if (interrupted) source.request_stop();
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    });
}

InterruptWatch::~InterruptWatch() {
    std::signal(SIGINT, SIG_DFL);
}

} // namespace patchlight::cli
