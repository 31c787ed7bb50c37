// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geocode/geocode.h"

#include <algorithm>
#include <cmath>

namespace patchlight {

namespace {

constexpr double widestName = 500.0; ///< m from the middle: a long street; further apart, two streets of one name

std::string sectorOf(const std::string& postcode) {
    return postcode.substr(0, postcode.size() - 2);
}

std::optional<std::string> comparable(GazetteerKind kind, std::string_view text) {
    switch (kind) {
    case GazetteerKind::uprn:
        return uprnOf(text);
    case GazetteerKind::postcode:
        return wholePostcode(text);
    case GazetteerKind::name:
        break;
    }
    std::string name = comparableName(text);
    return name.empty() ? std::nullopt : std::optional(std::move(name));
}

LocationLevel levelOf(GazetteerKind kind) {
    return kind == GazetteerKind::uprn       ? LocationLevel::exact
           : kind == GazetteerKind::postcode ? LocationLevel::postcode
                                             : LocationLevel::street;
}

/// The text that a gazetteer of this kind is asked with.
const std::string& textOf(const UnplacedIncident& incident, GazetteerKind kind) {
    return kind == GazetteerKind::uprn       ? incident.uprn
           : kind == GazetteerKind::postcode ? incident.postcode
                                             : incident.place;
}

} // namespace

ProjectedPoint Gazetteer::Sum::middle() const {
    return {east / static_cast<double>(count), north / static_cast<double>(count)};
}

Gazetteer::Gazetteer(GazetteerKind kind, std::span<const GazetteerEntry> entries) : m_kind{kind} {
    const auto add = [](Sum& sum, ProjectedPoint point) {
        sum.east += point.east;
        sum.north += point.north;
        ++sum.count;
    };
    for (const GazetteerEntry& entry : entries) {
        const auto key = comparable(kind, entry.text);
        if (!key) continue;
        add(m_points[*key], entry.point);
        if (kind == GazetteerKind::postcode) add(m_sectors[sectorOf(*key)], entry.point);
    }
    for (const GazetteerEntry& entry : entries) {
        const auto key = comparable(kind, entry.text);
        if (!key) continue;
        Sum& sum = m_points[*key];
        const ProjectedPoint middle = sum.middle();
        sum.furthest =
            std::max(sum.furthest, std::hypot(entry.point.east - middle.east, entry.point.north - middle.north));
    }
}

tl::expected<Gazetteer::Hit, Gazetteer::Miss> Gazetteer::find(std::string_view text) const {
    const auto key = comparable(m_kind, text);
    if (!key) return tl::unexpected(Miss::notOne);
    const auto known = m_points.find(*key);
    if (known != m_points.end()) {
        if (known->second.furthest > widestName) return tl::unexpected(Miss::ambiguous);
        return Hit{known->second.middle(), levelOf(m_kind)};
    }
    if (m_kind == GazetteerKind::postcode)
        if (const auto sector = m_sectors.find(sectorOf(*key)); sector != m_sectors.end())
            return Hit{sector->second.middle(), LocationLevel::area};
    return tl::unexpected(Miss::unknown);
}

std::unordered_set<std::string> wantedTexts(std::span<const UnplacedIncident> incidents, GazetteerKind kind) {
    std::unordered_set<std::string> wanted;
    for (const UnplacedIncident& incident : incidents) {
        const auto key = comparable(kind, textOf(incident, kind));
        if (!key) continue;
        wanted.insert(*key);
        if (kind == GazetteerKind::postcode) wanted.insert(sectorOf(*key));
    }
    return wanted;
}

std::size_t GeocodeReport::placedInAll() const {
    std::size_t count = 0;
    for (const auto& [level, incidents] : placed) count += incidents;
    return count;
}

std::vector<Placement> placementsOf(std::span<const UnplacedIncident> incidents, std::span<const Gazetteer> gazetteers,
                                    GeocodeReport& report) {
    constexpr std::size_t missesKept = 20;
    std::vector<const Gazetteer*> order;
    for (const Gazetteer& gazetteer : gazetteers) order.push_back(&gazetteer);
    std::stable_sort(order.begin(), order.end(),
                     [](const Gazetteer* a, const Gazetteer* b) { return a->kind() < b->kind(); });
    std::vector<Placement> placements;
    std::unordered_map<std::string, std::size_t> misses;
    std::vector<std::size_t> levels(8, 0);
    report.unplaced = incidents.size();
    for (const UnplacedIncident& incident : incidents) {
        std::optional<Gazetteer::Hit> hit;
        bool ambiguous = false;
        std::string asked;
        for (const Gazetteer* gazetteer : order) {
            const std::string& text = textOf(incident, gazetteer->kind());
            if (text.empty()) continue;
            const auto found = gazetteer->find(text);
            if (found && (!hit || hit->level == LocationLevel::area)) {
                hit = *found;
                if (hit->level != LocationLevel::area) break; // a street may be nearer than the middle of a sector
            }
            if (!found && found.error() == Gazetteer::Miss::ambiguous) ambiguous = true;
            if (asked.empty()) asked = text;
        }
        if (hit) {
            placements.push_back({incident.id, hit->point, hit->level});
            ++levels[static_cast<std::size_t>(hit->level)];
            continue;
        }
        if (asked.empty()) {
            ++report.withoutText;
            continue;
        }
        ++(ambiguous ? report.ambiguous : report.unknown);
        ++misses[asked];
    }
    for (const LocationLevel level :
         {LocationLevel::exact, LocationLevel::postcode, LocationLevel::street, LocationLevel::area})
        if (const std::size_t count = levels[static_cast<std::size_t>(level)]; count > 0)
            report.placed.emplace_back(level, count);
    report.misses.assign(misses.begin(), misses.end());
    std::sort(report.misses.begin(), report.misses.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (report.misses.size() > missesKept) report.misses.resize(missesKept);
    return placements;
}

nlohmann::json toJson(const GeocodeReport& report) {
    nlohmann::json placed = nlohmann::json::object(), misses = nlohmann::json::array();
    for (const auto& [level, count] : report.placed) placed[std::string(keyOf(level))] = count;
    for (const auto& [text, count] : report.misses) misses.push_back({{"text", text}, {"count", count}});
    return {{"unplaced", report.unplaced},
            {"placed", report.placedInAll()},
            {"levels", placed},
            {"without_text", report.withoutText},
            {"unknown", report.unknown},
            {"ambiguous", report.ambiguous},
            {"misses", misses}};
}

} // namespace patchlight
