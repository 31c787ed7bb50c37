// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <cmath>
#include <span>

namespace patchlight::detail {

/// Whole numbers below this add up exactly.
inline constexpr double mostIncidents = 1e15;

/// errors: invalidParameter (a count that is negative, above mostIncidents or not whole)
[[nodiscard]] inline Expected<void> checkedCounts(std::span<const double> counts, const char* subject) {
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (!(counts[i] >= 0.0 && counts[i] <= mostIncidents) || counts[i] != std::floor(counts[i]))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Count {} is {}: counts of incidents are whole numbers from 0 up.", i + 1,
                                    shortestDecimal(counts[i])),
                        subject);
    return {};
}

} // namespace patchlight::detail
