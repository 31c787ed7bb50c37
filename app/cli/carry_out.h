// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/answer.h"

#include <CLI/CLI.hpp>

namespace patchlight::cli {

/// What of the counts may be said, as given; what is not given stays as the recipe has it.
struct DisclosureOptions {
    std::optional<std::size_t> threshold, round;
    void addTo(CLI::App& app);
};
/// errors: invalidParameter
[[nodiscard]] Expected<void> setDisclosure(Disclosure& disclosure, const DisclosureOptions& given,
                                           const Console& console);

/// What a run writes beside what it says.
struct Outputs {
    std::vector<std::string> out;
    std::string outIncidents;
    DisclosureOptions disclosure;
    bool again = false; ///< a recipe carried out again: what of its data differs is said
};
/// Carries out the recipe, says the checks, writes the outputs, prints the result; returns the exit code.
[[nodiscard]] int carryOut(const LoadedProject& loaded, Recipe recipe, const Outputs& given, const Console& console);

} // namespace patchlight::cli
