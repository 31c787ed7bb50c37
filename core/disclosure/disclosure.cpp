// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/disclosure.h"

#include "core/base/text.h"
#include "core/quality/quality.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace patchlight {

namespace {

constexpr std::size_t fewIncidents = 50, fewForSignificance = 30; // METHODS 3.6, 3.8; under 30 a test has no power
constexpr double noteworthyLevel = 0.05;                          // a level that fewer have changes no map

Check check(CheckState state, const char* id, std::string text) {
    return {state, id, std::move(text)};
}

bool isPublic(const DisclosureFacts& facts) {
    return facts.disclosure.profile == Profile::publicRelease;
}
/// As bad as it gets: a stop for the public, a look inside.
CheckState worst(const DisclosureFacts& facts) {
    return isPublic(facts) ? CheckState::stop : CheckState::look;
}

Check mappedShare(const DisclosureFacts& facts) {
    const Result& result = facts.result;
    const double share =
        result.incidents > 0 ? static_cast<double>(result.mapped) / static_cast<double>(result.incidents) : 0.0;
    return check(share >= minimumMappedShare ? CheckState::pass : CheckState::look, "mapped-share",
                 "Mapped " + percent(share) + " (needs " + percent(minimumMappedShare, 0) + ")");
}

Check smallCounts(const DisclosureFacts& facts) {
    const char* id = "small-counts";
    const std::size_t asked = facts.disclosure.smallBelow(), below = asked > 0 ? asked : Disclosure::usualThreshold;
    std::size_t small = 0;
    const auto add = [&](std::size_t count) { small += count > 0 && count < below; };
    for (const Region& region : facts.result.regions) add(region.incidents);
    for (const HotspotArea& area : facts.result.areas) {
        if (facts.result.regions.empty()) add(area.incidents); // else they are among the regions
        if (area.comparisonIncidents) add(*area.comparisonIncidents);
    }
    const std::string under = " under " + std::to_string(below);
    if (!facts.isProtected)
        return check(worst(facts), id,
                     counted(small, "count", "counts") + under +
                         " could be worked out from the total, whatever is left out");
    if (small == 0) return check(CheckState::pass, id, "No count is" + under);
    if (asked > 0) return check(CheckState::pass, id, counted(small, "count", "counts") + under + " withheld");
    return check(CheckState::look, id, counted(small, "count is", "counts are") + under);
}

Check oneAddress(const DisclosureFacts& facts) {
    const auto resting = static_cast<std::size_t>(
        std::count_if(facts.result.areas.begin(), facts.result.areas.end(), [](const HotspotArea& area) {
            return area.places == 1 || 2 * area.largestStack > area.incidents;
        }));
    if (resting == 0) return check(CheckState::pass, "one-address", "No hotspot rests on one address");
    return check(CheckState::look, "one-address",
                 counted(resting, "hotspot rests", "hotspots rest") + " on one address");
}

Check oneDate(const DisclosureFacts& facts) {
    if (facts.rows.oneDate.empty()) return check(CheckState::pass, "one-date", "No hotspot rests on one date");
    return check(CheckState::look, "one-date",
                 counted(facts.rows.oneDate.size(), "hotspot rests", "hotspots rest") + " on one date");
}

Check sensitive(const DisclosureFacts& facts) {
    const char* id = "sensitive";
    if (!facts.result.sensitive) return check(CheckState::pass, id, "No sensitive category is among the incidents");
    const auto scale = finestScale(facts.result);
    const bool smallAreas = facts.showsIncidents || (scale && scale->value() < streetScaleMetres);
    if (smallAreas)
        return check(worst(facts), id,
                     std::string("Sensitive categories are shown as points or at the scale of single streets (under ") +
                         fixedDecimal(streetScaleMetres, 0) + " m)");
    return check(CheckState::look, id,
                 "Sensitive categories are among the incidents: no points, no small areas, no single streets");
}

Check points(const DisclosureFacts& facts) {
    if (facts.showsIncidents) return check(worst(facts), "points", "Single incidents are shown");
    if (facts.result.analysis == "repeat-places")
        return check(worst(facts), "points", "Repeat locations are single addresses");
    return check(CheckState::pass, "points", "No single incident is shown");
}

Check enoughIncidents(const DisclosureFacts& facts) {
    const char* id = "few-incidents";
    const std::size_t mapped = facts.result.mapped;
    const std::string only = "Only " + counted(mapped, "incident", "incidents");
    if (isPublic(facts) && mapped < 2 * facts.disclosure.smallBelow())
        return check(CheckState::stop, id,
                     "So few incidents are mapped that a map would point to them (it needs " +
                         std::to_string(2 * facts.disclosure.smallBelow()) + ")");
    if (mapped < fewForSignificance && claimsSignificance(facts.result))
        return check(worst(facts), id,
                     only + ": too few to say what chance would do (needs " + std::to_string(fewForSignificance) + ")");
    if (mapped < fewIncidents) return check(CheckState::look, id, only + ": too few to rely on");
    return check(CheckState::pass, id, "There are enough incidents (" + std::to_string(fewIncidents) + " or more)");
}

Check mixedLevels(const DisclosureFacts& facts) {
    std::size_t all = 0;
    for (const auto& [level, count] : facts.rows.levels) all += count;
    std::vector<std::string> kinds;
    for (const auto& [level, count] : facts.rows.levels) {
        const double share = static_cast<double>(count) / static_cast<double>(std::max<std::size_t>(all, 1));
        if (share >= noteworthyLevel) kinds.push_back(percent(share, 0) + " by " + std::string(nameOf(level)));
    }
    if (kinds.size() < 2) return check(CheckState::pass, "mixed-levels", "Positions are all of one kind");
    return check(CheckState::look, "mixed-levels", "Positions are of different kinds: " + listed(kinds));
}

Check missing(const DisclosureFacts& facts) {
    std::vector<std::string> parts;
    const auto add = [&](const std::vector<LocalDay>& months, const std::string& what) {
        if (!months.empty())
            parts.push_back(counted(months.size(), "month", "months") + " of the " + what + " (from " +
                            isoDay(months.front()).substr(0, 7) + ")");
    };
    add(facts.rows.missingMonths, "period");
    add(facts.rows.missingComparisonMonths, "comparison period");
    if (parts.empty()) return check(CheckState::pass, "missing-months", "No month of the period is without data");
    return check(CheckState::look, "missing-months", "Without data: " + listed(parts));
}

Check streetScale(const DisclosureFacts& facts) {
    const char* id = "street-scale";
    if (!facts.rows.anonymised) return check(CheckState::pass, id, "Positions are not anonymised map points");
    const auto scale = finestScale(facts.result);
    if (!scale || scale->value() >= streetScaleMetres)
        return check(CheckState::pass, id, "Positions are anonymised and used at the scale of neighbourhoods");
    return check(CheckState::look, id,
                 "Positions are anonymised but used at the scale of streets (under " +
                     fixedDecimal(streetScaleMetres, 0) + " m): each lies on a map point, not where it happened");
}

Check comparedClasses(const DisclosureFacts& facts) {
    const char* id = "compared-classes";
    if (!facts.sameClasses) return check(CheckState::pass, id, "No maps are compared");
    if (*facts.sameClasses) return check(CheckState::pass, id, "Compared maps have the same legend");
    return check(CheckState::look, id, "Compared maps have legends with different classes");
}

Check contrast(const DisclosureFacts& facts) {
    std::vector<std::string> weak;
    for (const ContrastPair& pair : facts.contrast)
        if (pair.ratio < pair.needed)
            weak.push_back(
                fmt::format("{} ({:.1f}:1, needs {}:1)", pair.what, pair.ratio, readableNumber(pair.needed)));
    if (weak.empty()) return check(CheckState::pass, "contrast", "Outlines, numbers and text stand out (WCAG 2.2)");
    return check(CheckState::look, "contrast", "Hard to see: " + listed(weak));
}

/// Ranks of areas more than half of whose incidents are of one day, of those with a day.
std::vector<std::size_t> restingOnOneDate(const Result& result, const IncidentTable& table) {
    std::vector<std::map<LocalDay, std::size_t>> days(result.areas.size());
    for (std::size_t i = 0; i < result.rows.size() && i < result.areaOf.size(); ++i) {
        const std::uint32_t row = result.rows[i], rank = result.areaOf[i];
        if (rank == 0 || rank > days.size()) continue;
        if (table.precision[row] == TimePrecision::day || table.precision[row] == TimePrecision::minute)
            ++days[rank - 1][std::chrono::floor<std::chrono::days>(table.from[row])];
    }
    std::vector<std::size_t> ranks;
    for (std::size_t i = 0; i < days.size(); ++i)
        if (std::any_of(days[i].begin(), days[i].end(),
                        [&](const auto& day) { return 2 * day.second > result.areas[i].incidents; }))
            ranks.push_back(result.areas[i].rank);
    return ranks;
}

} // namespace

std::string_view keyOf(CheckState state) {
    return state == CheckState::pass ? "pass" : state == CheckState::look ? "look" : "stop";
}

nlohmann::json toJson(const std::vector<Check>& checks) {
    nlohmann::json list = nlohmann::json::array();
    for (const Check& one : checks)
        list.push_back({{"id", one.id}, {"state", std::string(keyOf(one.state))}, {"text", one.text}});
    return list;
}

RowFacts rowFacts(const Result& result, const Recipe& recipe, const IncidentTable& table) {
    RowFacts facts;
    std::map<LocationLevel, std::size_t> levels;
    for (const std::uint32_t row : result.rows) ++levels[table.level[row]];
    facts.levels.assign(levels.begin(), levels.end());
    std::stable_sort(facts.levels.begin(), facts.levels.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
    facts.oneDate = restingOnOneDate(result, table);
    const std::vector<LocalDay> months = monthsWithRows(table);
    // Without a chosen period it is the data's own: a gap inside it is no zero either.
    if (const auto period = recipe.filter.period ? recipe.filter.period : periodOf(table))
        facts.missingMonths = missingMonths(months, *period);
    if (recipe.comparison) facts.missingComparisonMonths = missingMonths(months, *recipe.comparison);
    facts.anonymised = anySnapped(table, result.rows);
    return facts;
}

std::vector<Check> checksBeforePublishing(const DisclosureFacts& facts) {
    return {mappedShare(facts), smallCounts(facts), oneAddress(facts),      oneDate(facts),
            sensitive(facts),   points(facts),      enoughIncidents(facts), mixedLevels(facts),
            missing(facts),     streetScale(facts), comparedClasses(facts), contrast(facts)};
}

std::optional<std::string> disclosureStop(const std::vector<Check>& checks) {
    for (const Check& one : checks)
        if (one.state == CheckState::stop) return "Not for the public (" + one.id + "): " + one.text + ".";
    return std::nullopt;
}

std::optional<Metres> finestScale(const Result& result) {
    if (result.analysis == "centre") return std::nullopt;
    if (result.analysis == "repeat-places") return Metres{0.0};
    const auto number = [&](const char* key) -> std::optional<Metres> {
        if (!result.parameters.is_object()) return std::nullopt;
        const auto found = result.parameters.find(key);
        if (found == result.parameters.end() || !found->is_number()) return std::nullopt;
        return Metres{found->get<double>()};
    };
    if (result.analysis == "area-counts") {
        if (result.parameters.value("shape", std::string{}) == "layer") return std::nullopt;
        return number("size");
    }
    if (const auto bandwidth = number("bandwidth")) return bandwidth;
    if (result.analysis == "k-means") return std::nullopt; // parts of the whole area, in squares of 100 m outside
    if (const auto distance = number("distance")) return distance;
    return number("eps").value_or(Metres{0.0});
}

bool sameClasses(const Result& a, const Result& b) {
    return a.measure == b.measure && a.ramp == b.ramp &&
           std::equal(
               a.classes.begin(), a.classes.end(), b.classes.begin(), b.classes.end(),
               [](const DensityClass& x, const DensityClass& y) { return x.from == y.from && x.below == y.below; });
}

bool claimsSignificance(const Result& result) {
    return result.analysis == "dual-density" ||
           (result.statistics.is_object() && result.statistics.contains("p_value"));
}

} // namespace patchlight
