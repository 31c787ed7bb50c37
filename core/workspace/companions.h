// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/layouts/layouts.h"

#include <functional>
#include <memory>

/// The further maps that a layout's pages need: the same analysis asked of other incidents.
namespace patchlight {

struct Companion {
    PageKind kind = PageKind::panels; ///< the page it is for: comparison or panels
    PanelsBy by = PanelsBy::category;
    std::string title; ///< what is different: "Robbery", "April to June 2025"
    Recipe recipe;     ///< sizes as the main result used them
    std::shared_ptr<const Result> result;
};

/// Which pages of a layout cannot be made, and why.
struct LeftOutPage {
    PageKind kind = PageKind::panels;
    std::string reason; ///< "choose a period to compare with": ends a sentence
};

struct CompanionPlan {
    std::vector<Companion> companions; ///< without results
    std::vector<LeftOutPage> leftOut;
    std::vector<std::vector<std::size_t>> areaMonths; ///< per area of the main result, by month from monthlyFirst on,
                                                      ///< in its outline, of the filter without its period
};

/// What the layout of an answered recipe needs.
///
/// comparison  the comparison period, in the outlines and classes of the main result
/// category    the chosen categories, or the six most frequent of those mapped; in multiples of each map's own average
/// quarter     back from a period of up to four months in steps of its length, as long as every month has data, six
/// maps
///             in all; a longer one in its calendar quarters, the last eight
[[nodiscard]] CompanionPlan planCompanions(const Recipe& answered, const Result& result, const IncidentTable& table);

/// The plan carried out by `ask` (the caller knows the project), maps of one page in common classes. Where one of
/// several categories has no incident, its map is left out with a note in `plan.leftOut`.
/// errors: those of `ask`; invalidParameter when no page of the layout is left: says why; cancelled
[[nodiscard]] Expected<CompanionPlan> answerCompanions(const Recipe& answered, const Result& result,
                                                       const IncidentTable& table,
                                                       const std::function<Expected<Result>(const Recipe&)>& ask,
                                                       const TaskContext& task = {});

/// Whether maps that are compared, of one page, mean the same by their colours; nothing where none are compared.
[[nodiscard]] std::optional<bool> sameClasses(const CompanionPlan& plan, const Result& main);

/// The same for whom it is: each map as `published`, the earlier map with the areas that the main result may say,
/// months of areas only where no small count is among them. A map of fewer incidents than the threshold is left out.
///
/// main    the main result as published
[[nodiscard]] CompanionPlan publishedCompanions(CompanionPlan plan, const Result& main, const Disclosure& disclosure);

} // namespace patchlight
