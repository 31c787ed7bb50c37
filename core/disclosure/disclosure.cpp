// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/disclosure.h"

#include "core/base/text.h"

#include <algorithm>

namespace patchlight {

namespace {

Check mappedShare(const Result& result) {
    const double share =
        result.incidents > 0 ? static_cast<double>(result.mapped) / static_cast<double>(result.incidents) : 0.0;
    return {share >= minimumMappedShare ? CheckState::pass : CheckState::look, "mapped-share",
            "Mapped " + percent(share) + " (needs " + percent(minimumMappedShare, 0) + ")"};
}

Check smallAreas(const Result& result, CheckState bad) {
    const auto small = static_cast<std::size_t>(std::count_if(
        result.areas.begin(), result.areas.end(), [](const HotspotArea& area) { return area.incidents < smallCount; }));
    if (small == 0) return {CheckState::pass, "small-counts", "No area shows fewer than 5 incidents"};
    return {bad, "small-counts", counted(small, "area shows", "areas show") + " fewer than 5 incidents"};
}

Check oneAddress(const Result& result) {
    const auto resting =
        static_cast<std::size_t>(std::count_if(result.areas.begin(), result.areas.end(), [](const HotspotArea& area) {
            return area.places == 1 || 2 * area.largestStack > area.incidents;
        }));
    if (resting == 0) return {CheckState::pass, "one-address", "No hotspot rests on one address"};
    return {CheckState::look, "one-address", counted(resting, "hotspot rests", "hotspots rest") + " on one address"};
}

} // namespace

std::vector<Check> checksBeforePublishing(const Result& result, bool showsIncidents, Profile profile) {
    const CheckState bad = profile == Profile::publicRelease ? CheckState::stop : CheckState::look;
    std::vector<Check> checks{mappedShare(result), smallAreas(result, bad), oneAddress(result)};
    if (result.mapped < 50)
        checks.push_back({CheckState::look, "few-incidents",
                          "Only " + counted(result.mapped, "incident", "incidents") + ": too few to rely on"});
    if (result.sensitive)
        checks.push_back(
            {CheckState::look, "sensitive",
             "Sensitive categories are among the incidents: no points, no small areas, no single streets"});
    if (showsIncidents && profile == Profile::publicRelease)
        checks.push_back({CheckState::stop, "points", "Single incidents are shown as points"});
    return checks;
}

std::optional<std::string> disclosureStop(const std::vector<Check>& checks) {
    for (const Check& check : checks)
        if (check.state == CheckState::stop) return "Not for the public (" + check.id + "): " + check.text + ".";
    return std::nullopt;
}

} // namespace patchlight
