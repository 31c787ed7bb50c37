// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/hotspot_changes.h"

#include "core/base/text.h"

#include "core/incidents/periods.h"

#include <algorithm>
#include <array>

namespace patchlight {

namespace {

std::vector<MultiPolygon> outlinesOf(const Result& result) {
    std::vector<MultiPolygon> outlines;
    for (const HotspotArea& area : result.areas) outlines.push_back(area.outline);
    return outlines;
}

/// The positions of the incidents that counted, by easting: a hotspot looks at its own strip alone.
std::vector<ProjectedPoint> pointsOf(const Result& result, const IncidentTable& table) {
    std::vector<ProjectedPoint> points;
    points.reserve(result.rows.size());
    for (const std::uint32_t row : result.rows) points.push_back(table.position[row]);
    std::sort(points.begin(), points.end());
    return points;
}

std::size_t countIn(const MultiPolygon& ground, const std::vector<ProjectedPoint>& points) {
    const Box box = boxOf(ground);
    const PointInPolygon inside(ground);
    const auto first = std::lower_bound(points.begin(), points.end(), ProjectedPoint{box.west, box.south});
    std::size_t count = 0;
    for (auto point = first; point != points.end() && point->east <= box.east; ++point)
        count += box.contains(*point) && inside.contains(*point) ? 1 : 0;
    return count;
}

std::string nameOf(const HotspotArea& area) {
    return area.name.empty() ? "place " + std::to_string(area.rank) : area.name;
}

std::vector<std::string> namesOf(const std::vector<std::size_t>& indices, const Result& result) {
    std::vector<std::string> names;
    for (const std::size_t index : indices) names.push_back(nameOf(result.areas[index]));
    return names;
}

Fate fateOf(Change change) {
    if (change == Change::grown) return Fate::grown;
    return change == Change::shrunk ? Fate::shrunk : Fate::steady;
}

} // namespace

std::string_view wordsOf(Fate fate) {
    constexpr std::array<std::string_view, 5> words{"new", "grown", "shrunk", "about the same", "gone"};
    return words[static_cast<std::size_t>(fate)];
}

Expected<std::vector<HotspotChange>> hotspotChanges(const Result& before, const Period& beforePeriod, const Result& now,
                                                    const Period& nowPeriod, const IncidentTable& table,
                                                    const TaskContext& task) {
    const auto matches = matchHotspots(outlinesOf(before), outlinesOf(now), 0.3, task);
    if (!matches) return fail(matches.error());
    const auto pointsBefore = pointsOf(before, table), pointsNow = pointsOf(now, table);
    std::vector<HotspotChange> changes;
    std::vector<std::size_t> pairs, countsBefore, countsNow;
    for (const HotspotMatch& match : *matches) {
        if (task.cancelled()) return failCancelled();
        const HotspotArea* later = match.now ? &now.areas[*match.now] : nullptr;
        const HotspotArea* earlier = match.before ? &before.areas[*match.before] : nullptr;
        MultiPolygon ground = (later ? later : earlier)->outline;
        if (later && earlier) {
            auto both = unionOf(std::array{earlier->outline, later->outline});
            if (!both) return fail(both.error());
            ground = std::move(*both);
        }
        HotspotChange change;
        change.fate = !earlier ? Fate::fresh : !later ? Fate::gone : Fate::steady;
        if (later) change.rankNow = later->rank;
        if (earlier) change.rankBefore = earlier->rank;
        change.name = nameOf(later ? *later : *earlier);
        change.before = countIn(ground, pointsBefore);
        change.now = countIn(ground, pointsNow);
        change.overlap = match.overlap;
        change.merged = namesOf(match.merged, before);
        change.split = namesOf(match.split, now);
        if (later && earlier) {
            pairs.push_back(changes.size());
            countsBefore.push_back(change.before);
            countsNow.push_back(change.now);
        }
        changes.push_back(std::move(change));
    }
    const auto judged = judgedChanges(countsBefore, countsNow, static_cast<double>(daysOf(beforePeriod)),
                                      static_cast<double>(daysOf(nowPeriod)));
    if (!judged) return fail(judged.error());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        changes[pairs[i]].probability = (*judged)[i].adjusted;
        changes[pairs[i]].fate = fateOf((*judged)[i].change);
    }
    return changes;
}

} // namespace patchlight
