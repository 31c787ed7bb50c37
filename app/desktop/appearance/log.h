// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace patchlight::desktop {

/// Folder of the log file, made if it is not there.
[[nodiscard]] QString logFolder();
/// Sends Qt's and our messages to `patchlight.log` in logFolder(), and to the console as before. The log of the run
/// before is kept once; no incident data is ever written to it.
void startLog();

} // namespace patchlight::desktop
