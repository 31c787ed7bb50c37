// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/publication.h"

#include "core/base/text.h"
#include "core/disclosure/detail/public_shapes.h"
#include "core/disclosure/suppression.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>

namespace patchlight {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// A result on its way out, with the record of what was done to it.
struct Work {
    const Result& found;
    Result result;
    Disclosure rules;
    std::vector<std::string> withheld;
    bool isProtected = true;
    [[nodiscard]] std::size_t below() const { return result.smallBelow; }
    [[nodiscard]] std::size_t round() const { return result.roundedTo; }
    void say(std::size_t count, std::string_view one, std::string_view many) {
        if (count > 0) withheld.push_back(counted(count, one, many) + ".");
    }
    [[nodiscard]] std::string under() const { return "under " + std::to_string(below()); }
};

std::size_t counting(const std::vector<Shown>& cells, Shown what) {
    return static_cast<std::size_t>(std::count(cells.begin(), cells.end(), what));
}

std::size_t sumOf(const std::vector<std::size_t>& counts) {
    std::size_t sum = 0;
    for (const std::size_t count : counts) sum += count;
    return sum;
}

void record(Work& work, const std::vector<Shown>& cells, const std::string& what) {
    const std::size_t small = counting(cells, Shown::small), hidden = counting(cells, Shown::hidden);
    const std::string plural = what + "s";
    work.say(small, "count " + work.under() + " of " + what + " is not said",
             "counts " + work.under() + " of " + plural + " are not said");
    work.say(hidden, "further count of " + what + " is withheld, so that those cannot be worked out",
             "further counts of " + plural + " are withheld, so that those cannot be worked out");
}

std::vector<Shown> suppressed(Work& work, const CountColumn& column) {
    Suppressed done = suppress(column, {work.below(), work.round()});
    work.isProtected = work.isProtected && done.isProtected;
    return std::move(done.cells);
}

/// Figures of an area that follow from its count.
void setCount(HotspotArea& area, Shown shown, const Work& work) {
    area.shown = shown;
    if (shown == Shown::exact) return;
    area.weekHours.clear(); // they add up to the count
    area.weight.reset();
    if (shown == Shown::rounded) {
        area.incidents = roundedCount(area.incidents, work.round());
        const auto count = static_cast<double>(area.incidents);
        area.share = work.result.mapped > 0 ? count / static_cast<double>(work.result.mapped) : 0.0;
        area.densityPerKm2 = area.areaKm2 > 0.0 ? count / area.areaKm2 : 0.0;
        area.pai = area.areaShare > 0.0 ? area.share / area.areaShare : 0.0;
        if (area.perThousand && area.population && *area.population > 0.0)
            area.perThousand = 1000.0 * count / *area.population;
        return;
    }
    area.incidents = area.places = area.largestStack = 0;
    area.share = area.densityPerKm2 = area.pai = nothing;
    area.perThousand.reset();
    area.peakMonth.reset();
    area.peakHour.reset();
}

/// What a value of a region is made of: its own count and things that are known, or the counts of all.
enum class ValueOf { ownCount, ownShare, all };
ValueOf valueOf(const Result& result) {
    const std::string measure =
        result.parameters.is_object() ? result.parameters.value("measure", std::string{}) : std::string{};
    if (measure == "count" || measure == "per-km2" || measure == "per-1000") return ValueOf::ownCount;
    return measure == "area-quotient" ? ValueOf::ownShare : ValueOf::all;
}

void setCount(Region& region, Shown shown, ValueOf made, const Work& work) {
    region.shown = shown;
    if (shown == Shown::exact) return;
    region.lower.reset();
    region.upper.reset();
    if (shown == Shown::rounded) {
        const std::size_t count = roundedCount(region.incidents, work.round());
        if (region.value && region.incidents > 0 && made != ValueOf::all) {
            *region.value *= static_cast<double>(count) / static_cast<double>(region.incidents);
            if (made == ValueOf::ownShare && work.result.mapped > 0)
                *region.value *= static_cast<double>(work.found.mapped) / static_cast<double>(work.result.mapped);
        } else if (made == ValueOf::all) {
            region.value.reset();
        }
        region.incidents = count;
        return;
    }
    region.incidents = 0;
    region.value.reset();
    region.classIndex.reset();
}

/// Smoothed rates and quotients of one offence among all are made from every count: with one of them hidden the others
/// would tell it. The class on the map stays.
void withholdSharedValues(Work& work) {
    const auto hides = [](const Region& region) { return !hasFigure(region.shown); };
    if (valueOf(work.found) != ValueOf::all ||
        !std::any_of(work.result.regions.begin(), work.result.regions.end(), hides))
        return;
    for (Region& region : work.result.regions) {
        region.value.reset();
        region.lower.reset();
        region.upper.reset();
    }
    work.withheld.push_back("The values of all areas are withheld, since each is made from the counts of all; the map "
                            "shows their classes.");
}

void withholdRegions(Work& work) {
    std::vector<Region>& regions = work.result.regions;
    if (regions.empty()) return;
    CountColumn column;
    for (const Region& region : regions) column.counts.push_back(region.incidents);
    const std::size_t sum = sumOf(column.counts);
    // How many lie in none of the areas is said in a note, unless they are few: then the total is that of all mapped.
    const bool fewOutside = work.found.mapped > sum && work.found.mapped - sum < work.below();
    column.total = fewOutside ? work.found.mapped : sum;
    column.complete = !fewOutside;
    const std::vector<Shown> shown = suppressed(work, column);
    const ValueOf made = valueOf(work.found);
    for (std::size_t i = 0; i < regions.size(); ++i) setCount(regions[i], shown[i], made, work);
    record(work, shown, "area");
    withholdSharedValues(work);
}

/// Takes areas out of the list; the others close up.
void leaveOut(Work& work, const std::vector<bool>& out) {
    std::vector<HotspotArea> kept;
    std::vector<std::uint32_t> rankOf(work.result.areas.size() + 1, 0);
    for (std::size_t i = 0; i < work.result.areas.size(); ++i) {
        if (out[i]) continue;
        kept.push_back(std::move(work.result.areas[i]));
        kept.back().rank = kept.size();
        rankOf[i + 1] = static_cast<std::uint32_t>(kept.size());
    }
    const std::size_t left = work.result.areas.size() - kept.size();
    work.result.areas = std::move(kept);
    for (std::uint32_t& area : work.result.areaOf)
        if (area < rankOf.size()) area = rankOf[area];
    work.say(left, "hotspot is left out, since being listed would tell its count",
             "hotspots are left out, since being listed would tell their counts");
}

bool samePolygon(const MultiPolygon& a, const MultiPolygon& b) {
    return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                      [](const Polygon& x, const Polygon& y) { return x.outer == y.outer && x.holes == y.holes; });
}

/// Hotspots that are areas of counting: what may be said of the one may be said of the other. A small area that is
/// listed has a value above the threshold, which would tell its count.
void withholdHotRegions(Work& work) {
    std::vector<bool> out;
    for (HotspotArea& area : work.result.areas) {
        const auto region = std::find_if(work.result.regions.begin(), work.result.regions.end(),
                                         [&](const Region& one) { return samePolygon(one.polygon, area.outline); });
        const Shown shown = region == work.result.regions.end() ? Shown::hidden : region->shown;
        out.push_back(!hasFigure(shown));
        setCount(area, shown, work);
    }
    leaveOut(work, out);
}

void withholdAreas(Work& work) {
    std::vector<HotspotArea>& areas = work.result.areas;
    const std::size_t least = leastOfAnArea(work.found);
    if (least > 1 && least < work.below()) {
        std::vector<bool> out;
        for (const HotspotArea& area : areas) out.push_back(area.incidents < work.below());
        leaveOut(work, out);
    }
    CountColumn column;
    for (const HotspotArea& area : areas) column.counts.push_back(area.incidents);
    const std::size_t sum = sumOf(column.counts);
    if (sum <= work.found.mapped) column.total = work.found.mapped;
    column.complete = work.found.analysis == "k-means" && sum == work.found.mapped; // every incident is in a part
    column.descending = std::is_sorted(column.counts.rbegin(), column.counts.rend());
    const std::vector<Shown> shown = suppressed(work, column);
    for (std::size_t i = 0; i < areas.size(); ++i) setCount(areas[i], shown[i], work);
    record(work, shown, "hotspot");
}

/// The comparison period's counts are a column of their own; changes are only said where both counts are.
void withholdComparison(Work& work) {
    CountColumn column;
    std::vector<HotspotArea*> compared;
    for (HotspotArea& area : work.result.areas)
        if (area.comparisonIncidents) {
            compared.push_back(&area);
            column.counts.push_back(*area.comparisonIncidents);
        }
    const std::vector<Shown> shown = suppressed(work, column);
    for (std::size_t i = 0; i < compared.size(); ++i) {
        HotspotArea& area = *compared[i];
        area.comparisonShown = shown[i];
        area.comparisonIncidents = hasFigure(shown[i]) ? roundedCount(*area.comparisonIncidents, work.round()) : 0;
    }
    record(work, shown, "hotspot in the comparison period");
}

void withholdTotals(Work& work) {
    Result& result = work.result;
    const std::size_t unplaced = result.incidents > result.mapped ? result.incidents - result.mapped : 0;
    result.mapped = roundedCount(result.mapped, work.round());
    result.incidents = roundedCount(result.incidents, work.round());
    if (work.round() > 0) result.incidentsShown = Shown::rounded;
    // Rounded to the same they would say that all were mapped.
    if (unplaced == 0 || (unplaced >= work.below() && result.incidents > result.mapped)) return;
    result.incidents = result.mapped;
    result.incidentsShown = Shown::hidden;
    if (unplaced >= work.below()) return;
    work.withheld.push_back("How many incidents could not be mapped (" + work.under() + ") is not said.");
}

/// A bar of fewer than the threshold could be worked out from the others and the total, so they go together; and their
/// sum would tell a total that is withheld.
void withholdMonths(Work& work) {
    Result& result = work.result;
    const bool small = std::any_of(result.monthly.begin(), result.monthly.end(),
                                   [&](std::size_t count) { return count > 0 && count < work.below(); });
    if (result.monthly.empty()) return;
    if (small || (result.incidentsShown == Shown::hidden && work.round() == 0)) {
        result.monthly.clear();
        result.monthlyFirst.reset();
        result.monthlyCovered.clear();
        work.withheld.push_back(small ? "Counts by month are withheld: a month has " + work.under() + "."
                                      : std::string("Counts by month are withheld: their sum would tell how many could "
                                                    "not be mapped."));
        return;
    }
    for (std::size_t& count : result.monthly) count = roundedCount(count, work.round());
}

/// Hours of the week as shades: every day has none or enough, and a shade is at least as wide as what is not said.
bool mayShowHours(const std::vector<std::uint32_t>& hours, std::size_t below) {
    constexpr std::size_t shades = 5, hoursOfDay = 24;
    std::size_t most = 0;
    for (std::size_t start = 0; start < hours.size(); start += hoursOfDay) {
        std::size_t day = 0;
        for (std::size_t i = start; i < std::min(start + hoursOfDay, hours.size()); ++i) {
            day += hours[i];
            most = std::max<std::size_t>(most, hours[i]);
        }
        if (day > 0 && day < below) return false;
    }
    return (most + shades) / shades >= below;
}

void withholdHours(Work& work) {
    std::size_t taken = 0;
    const auto look = [&](std::vector<std::uint32_t>& hours) {
        if (hours.empty() || (work.round() == 0 && mayShowHours(hours, work.below()))) return;
        hours.clear();
        ++taken;
    };
    look(work.result.weekHours);
    for (HotspotArea& area : work.result.areas) look(area.weekHours);
    work.say(taken, "chart of hours is withheld, since some hold few incidents",
             "charts of hours are withheld, since some hold few incidents");
}

/// Whether a sentence says a count of incidents that may not be said: "3 incidents lie far from the rest". A limit
/// ("fewer than 3 incidents", "at least 3 incidents") is none.
bool saysTooMuch(const std::string& note, const Work& work) {
    for (std::size_t at = note.find(" incident"); at != std::string::npos; at = note.find(" incident", at + 1)) {
        std::size_t begin = at;
        while (begin > 0 && (std::isdigit(static_cast<unsigned char>(note[begin - 1])) != 0 || note[begin - 1] == ','))
            --begin;
        if (begin == at) continue;
        const std::string before = note.substr(0, begin);
        if (before.ends_with("fewer than ") || before.ends_with("at least ")) continue;
        std::string digits = note.substr(begin, at - begin);
        std::erase(digits, ',');
        const auto count = parseInteger(digits);
        if (work.round() > 0 || !count || (*count > 0 && static_cast<std::size_t>(*count) < work.below())) return true;
    }
    return false;
}

void withholdNotes(Work& work) {
    auto& notes = work.result.notes;
    const std::size_t before = notes.size();
    std::erase_if(notes, [&](const std::string& note) { return saysTooMuch(note, work); });
    work.say(before - notes.size(), "note with a count of incidents is withheld",
             "notes with counts of incidents are withheld");
}

/// What the public never gets, however large the counts.
void makePublic(Work& work) {
    Result& result = work.result;
    result.forPublic = true;
    result.rows.clear();
    result.areaOf.clear();
    result.statistics = nlohmann::json::object();
    result.places = result.largestStack = 0;
    for (HotspotArea& area : result.areas) area.places = area.largestStack = 0;
    work.withheld.push_back("Single incidents, distinct places, largest stacks and further statistics are left out.");
    if (result.regions.empty() && result.analysis != "centre") {
        std::map<std::string, std::size_t> taken;
        for (HotspotArea& area : result.areas) {
            area.name = withoutHouseNumber(area.name);
            if (const std::size_t times = ++taken[area.name]; times > 1)
                area.name += " (" + std::to_string(times) + ")";
        }
    }
    const auto hides = [](const HotspotArea& area) { return !hasFigure(area.shown); };
    if (!result.marks.empty() && std::any_of(result.areas.begin(), result.areas.end(), hides)) {
        result.marks.clear();
        work.withheld.push_back("The centres of groups are left out: that of a small group lies among its incidents.");
    }
    if (detail::drawFromCells(result)) {
        result.notes.push_back("Groups are outlined in squares of 100 m.");
        work.withheld.push_back("The hulls of groups are left out: their corners are incidents.");
    }
    if (!result.surface) return;
    detail::reduceToClasses(result);
    work.withheld.push_back("The surface has the lower ends of its legend classes alone.");
}

} // namespace

std::size_t leastOfAnArea(const Result& result) {
    std::size_t least = 1;
    if (!result.parameters.is_object()) return least;
    const auto atLeast = [&](const char* key) {
        const auto found = result.parameters.find(key);
        if (found != result.parameters.end() && found->is_number_unsigned())
            least = std::max(least, found->get<std::size_t>());
    };
    atLeast("least");
    if (result.analysis == "hdbscan")
        atLeast("min-cluster-size"); // its min-points are neighbours for the density
    else
        atLeast("min-points");
    return least;
}

std::string withoutHouseNumber(std::string_view name) {
    const std::string whole(trimmed(name));
    std::string_view rest = whole;
    const auto isNumber = [](std::string_view word) {
        if (word.empty() || std::isdigit(static_cast<unsigned char>(word.front())) == 0) return false;
        const std::string folded = foldedCase(word);
        for (const char* ordinal : {"st", "nd", "rd", "th"})
            if (folded.ends_with(ordinal)) return false;
        return true;
    };
    for (bool again = true; again;) {
        again = false;
        const auto blank = rest.find(' ');
        if (blank == std::string_view::npos) break;
        std::string_view word = rest.substr(0, blank), after = trimmed(rest.substr(blank));
        while (!word.empty() && word.back() == ',') word.remove_suffix(1);
        const std::string folded = foldedCase(word);
        if (folded == "flat" || folded == "apartment" || folded == "apt" || folded == "unit" || folded == "room") {
            const auto next = after.find_first_of(" ,");
            if (next == std::string_view::npos) break;
            after.remove_prefix(next);
            while (!after.empty() && (after.front() == ',' || after.front() == ' ')) after.remove_prefix(1);
            if (after.empty()) break;
            rest = after;
            again = true;
        } else if (isNumber(word) && !after.empty()) {
            rest = after;
            again = true;
        }
    }
    return std::string(rest);
}

Publication published(std::shared_ptr<const Result> result, const Disclosure& disclosure) {
    const bool forPublic = disclosure.profile == Profile::publicRelease;
    if (!forPublic && disclosure.smallBelow() == 0 && disclosure.roundTo == 0) return {std::move(result), {}, true};
    Work work{*result, *result, disclosure, {}, true};
    work.result.smallBelow = disclosure.smallBelow();
    work.result.roundedTo = disclosure.roundTo;
    withholdTotals(work);
    withholdRegions(work);
    if (work.result.regions.empty())
        withholdAreas(work);
    else
        withholdHotRegions(work);
    withholdComparison(work);
    withholdMonths(work);
    withholdHours(work);
    withholdNotes(work);
    if (work.round() > 0)
        work.withheld.push_back("Counts are rounded to the nearest " + std::to_string(work.round()) + ".");
    if (forPublic) makePublic(work);
    return {std::make_shared<const Result>(std::move(work.result)), std::move(work.withheld), work.isProtected};
}

} // namespace patchlight
