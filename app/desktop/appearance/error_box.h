// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QString>

class QWidget;

namespace patchlight::desktop {

/// Says an error in a box with "Copy details" and writes it to the log. A cancelled job is no error: nothing is shown.
/// Does not block; the box is named "error-box".
void showError(QWidget* parent, const QString& whatFailed, const Error& error);
/// What "Copy details" copies: the sentence, its subject and code, version and system.
[[nodiscard]] QString errorDetails(const QString& whatFailed, const Error& error);

} // namespace patchlight::desktop
