// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/import.h"
#include "core/store/store.h"

#include <unordered_map>
#include <unordered_set>

/// Positions for incidents that came without one: by UPRN, by postcode, by the name of a street or place. All offline,
/// from files of the user's or layers of the project.
namespace patchlight {

enum class GazetteerKind { uprn, postcode, name };

/// "BH1 2EF" of a whole UK postcode in any writing; nothing if it is not one.
[[nodiscard]] std::optional<std::string> wholePostcode(std::string_view text);
/// The digits of a UPRN without leading zeros; nothing if it is not one to twelve digits ("1.00062E+11", as Excel
/// writes it, has lost its end).
[[nodiscard]] std::optional<std::string> uprnOf(std::string_view text);
/// A street or place name as it is compared: lower case, without "on or near", house numbers and punctuation,
/// "St", "Rd", "Ave" ... at its end written out.
[[nodiscard]] std::string comparableName(std::string_view text);

struct GazetteerEntry {
    std::string text; ///< postcode, UPRN or name, in any writing
    ProjectedPoint point;
};

/// Texts and where they lie.
class Gazetteer {
public:
    Gazetteer(GazetteerKind kind, std::span<const GazetteerEntry> entries);
    [[nodiscard]] GazetteerKind kind() const { return m_kind; }
    [[nodiscard]] std::size_t size() const { return m_points.size(); }

    struct Hit {
        ProjectedPoint point;
        LocationLevel level = LocationLevel::none;
    };
    enum class Miss { notOne, unknown, ambiguous };
    /// UPRNs give exact positions, postcodes their unit's, names the middle of the entries of that name if these lie
    /// within 500 m of it. A postcode that is not listed (new, or abolished) gets the middle of its sector, as an area.
    [[nodiscard]] tl::expected<Hit, Miss> find(std::string_view text) const;

private:
    struct Sum {
        double east = 0.0, north = 0.0;
        std::size_t count = 0;
        double furthest = 0.0; ///< of an entry from the middle, m
        [[nodiscard]] ProjectedPoint middle() const;
    };
    GazetteerKind m_kind;
    std::unordered_map<std::string, Sum> m_points;
    std::unordered_map<std::string, Sum> m_sectors;
};

/// Entries of a CSV file: Code-Point Open (with or without its header line), ONSPD, OS Open UPRN, or any table with a
/// column of that kind and easting/northing or longitude/latitude. Rows at 0, 0 have no position and are left out.
///
/// wanted  comparable texts (whole postcodes' sectors too) to keep; empty: all. A list of every UPRN in the country has
///         40 million rows.
/// errors  fileNotReadable, fileFormat (no such columns, naming those found), cancelled, what the projector gives
[[nodiscard]] Expected<std::vector<GazetteerEntry>>
readGazetteer(ExtractSource source, GazetteerKind kind, const ProjectorFactory& projector, const ProjectCrs& crs,
              const std::unordered_set<std::string>& wanted, const TaskContext& task = {});
/// The texts of these incidents that a gazetteer of this kind is asked for, as readGazetteer compares them.
[[nodiscard]] std::unordered_set<std::string> wantedTexts(std::span<const UnplacedIncident> incidents,
                                                          GazetteerKind kind);

struct GeocodeReport {
    std::size_t unplaced = 0;                                  ///< incidents without a position before
    std::vector<std::pair<LocationLevel, std::size_t>> placed; ///< by level, most exact first
    std::size_t withoutText = 0;                               ///< nothing to go by
    std::size_t unknown = 0, ambiguous = 0; ///< had a text that was not found, or found in several places
    std::vector<std::pair<std::string, std::size_t>> misses; ///< the twenty most frequent texts among these
    [[nodiscard]] std::size_t placedInAll() const;
};
/// Where these incidents lie, by UPRN, then postcode, then name, whichever gazetteers there are.
[[nodiscard]] std::vector<Placement> placementsOf(std::span<const UnplacedIncident> incidents,
                                                  std::span<const Gazetteer> gazetteers, GeocodeReport& report);
[[nodiscard]] nlohmann::json toJson(const GeocodeReport& report);

} // namespace patchlight
