// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include <chrono>
#include <csignal>
#ifdef _WIN32
#include "core/base/path_text.h"

#include <filesystem>
#include <io.h>
#define WIN32_LEAN_AND_MEAN
#include <windows.h>

#include <shellapi.h>
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

std::vector<std::string> commandLineArguments([[maybe_unused]] int argc, [[maybe_unused]] char** argv) {
#ifdef _WIN32
    SetConsoleOutputCP(CP_UTF8);
    int count = 0;
    wchar_t** const words = CommandLineToArgvW(GetCommandLineW(), &count); // argv is in the machine's code page
    std::vector<std::string> arguments;
    for (int i = 1; words != nullptr && i < count; ++i) arguments.push_back(utf8Text(std::filesystem::path(words[i])));
    LocalFree(words);
    return arguments;
#else
    return {argv + 1, argv + argc};
#endif
}

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
