// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/answer.h"

namespace patchlight::cli {

/// What a run writes beside what it says.
struct Outputs {
    std::vector<std::string> out;
    std::string outIncidents;
};
[[nodiscard]] Profile profileOf(const Console& console);
/// Carries out the recipe, writes the outputs, prints the result; returns the exit code.
[[nodiscard]] int carryOut(const LoadedProject& loaded, Recipe recipe, const Outputs& given, const Console& console);

} // namespace patchlight::cli
