// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/quality/quality.h"

/// What may leave: the checks before a map is published.
namespace patchlight {

enum class CheckState { pass, look, stop };

struct Check {
    CheckState state = CheckState::pass;
    std::string id;   ///< stays: "mapped-share"
    std::string text; ///< for people: "Mapped 97.4 % (needs 85 %)"
};

inline constexpr std::size_t smallCount = 5; ///< counts below it are unsafe to publish (METHODS 3.6)

/// In the order they are shown. For the internal profile nothing is worse than `look`; for a public release an area
/// under five incidents and incident points on the map are a `stop`.
/// source: METHODS.md 3.3, 3.6
[[nodiscard]] std::vector<Check> checksBeforePublishing(const Result& result, bool showsIncidents, Profile profile);

/// The first `stop`, as one sentence; nothing if the map may leave.
[[nodiscard]] std::optional<std::string> disclosureStop(const std::vector<Check>& checks);

} // namespace patchlight
