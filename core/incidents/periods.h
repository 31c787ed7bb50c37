// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/incidents/incidents.h"

/// Periods that another one is compared with.
namespace patchlight {

[[nodiscard]] bool isWholeMonths(const Period& period);
[[nodiscard]] std::size_t daysOf(const Period& period); ///< both ends counted
/// The period just before, of the same length: whole months stay as many whole months.
[[nodiscard]] Period previousPeriod(const Period& period);
/// The same days a year before, 29 February as the 28th; whole months stay whole.
[[nodiscard]] Period yearBefore(const Period& period);

} // namespace patchlight
