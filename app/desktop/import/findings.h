// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <QStringList>

namespace patchlight::desktop {

/// Findings of one kind put together, most rows first: "271 rows: No coordinates. (rows 3, 17, 20 ...)".
[[nodiscard]] QStringList findingLines(const std::vector<Finding>& findings);

} // namespace patchlight::desktop
