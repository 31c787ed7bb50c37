// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/disclosure/publication.h"

/// What may leave: the checks before a map, a table or a data file is published.
namespace patchlight {

enum class CheckState { pass, look, stop };
[[nodiscard]] std::string_view keyOf(CheckState state); ///< "pass", "look", "stop"

struct Check {
    CheckState state = CheckState::pass;
    std::string id;   ///< stays: "mapped-share"
    std::string text; ///< for people, without a full stop: "Mapped 97.4 % (needs 85 %)"
};
[[nodiscard]] nlohmann::json toJson(const std::vector<Check>& checks); ///< [{"id", "state", "text"}]

/// Two colours that must be told apart, as the map uses them. source: WCAG 2.2, 1.4.3 and 1.4.11
struct ContrastPair {
    std::string what; ///< "hotspot outline on the darkest class"
    double ratio = 1.0, needed = 3.0;
};

/// What the rows that counted say.
struct RowFacts {
    std::vector<std::pair<LocationLevel, std::size_t>> levels; ///< of the mapped, most frequent first
    std::vector<std::size_t> oneDate;                          ///< ranks of areas with more than half on one day
    std::vector<LocalDay> missingMonths, missingComparisonMonths;
    bool anonymised = false;
};
/// cost: a pass over the rows
[[nodiscard]] RowFacts rowFacts(const Result& result, const Recipe& recipe, const IncidentTable& table);

/// What the checks look at.
struct DisclosureFacts {
    const Result& result; ///< as found, not as published
    Disclosure disclosure = {};
    RowFacts rows = {};
    bool isProtected = true;              ///< of the publication
    bool showsIncidents = false;          ///< single incidents, as points on the map or as rows of a file
    std::optional<bool> sameClasses = {}; ///< of compared maps; nothing where none are compared
    std::vector<ContrastPair> contrast = {};
};

/// One line a check, those that pass too, always in the same order: mapped-share, small-counts, one-address, one-date,
/// sensitive, points, few-incidents, mixed-levels, missing-months, street-scale, compared-classes, contrast. Inside
/// nothing is worse than `look`. For the public these stop: single incidents and repeat locations; sensitive categories
/// at small-area scale; small counts that cannot be protected; fewer than twice the threshold mapped, and fewer than 30
/// where significance is claimed.
/// source: METHODS.md 3.1, 3.3, 3.6, 3.8
[[nodiscard]] std::vector<Check> checksBeforePublishing(const DisclosureFacts& facts);

/// The first `stop`, as one sentence; nothing if the map may leave.
[[nodiscard]] std::optional<std::string> disclosureStop(const std::vector<Check>& checks);

/// How far apart things may be and still be told apart: the bandwidth, the side of a cell, the distance of neighbours;
/// 0 for repeat locations and for groups that follow the incidents themselves. Nothing for boundaries and the centre.
[[nodiscard]] std::optional<Metres> finestScale(const Result& result);
inline constexpr double streetScaleMetres = 300.0; ///< METHODS 3.1: below it anonymised points are read as streets
/// The same measure in the same classes: colours of two maps mean the same.
[[nodiscard]] bool sameClasses(const Result& a, const Result& b);
[[nodiscard]] bool claimsSignificance(const Result& result); ///< it says what chance would do

} // namespace patchlight
