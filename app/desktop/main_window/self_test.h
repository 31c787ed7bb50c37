// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace patchlight::desktop {

/// `patchlight --self-test`: finds its data, opens the sample project in a window, runs the first analysis and draws
/// the map; says each step on standard output. Returns an exit code. Works with the offscreen platform.
[[nodiscard]] int selfTest();

} // namespace patchlight::desktop
