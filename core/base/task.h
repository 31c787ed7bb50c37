// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

namespace patchlight {

struct Progress {
    std::string_view phase;
    double fraction = 0.0; ///< in [0, 1], never falls within a phase
};

/// What long work gets from its caller: a way to hear "stop" and a way to say how far it is.
/// onProgress is called from the thread that called the function, or from one worker at a time.
struct TaskContext {
    std::stop_token stop{};
    std::function<void(Progress)> onProgress{};

    [[nodiscard]] bool cancelled() const { return stop.stop_requested(); }
    void report(std::string_view phase, double fraction) const {
        if (onProgress) onProgress({phase, fraction});
    }
};

} // namespace patchlight
