// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/categories/categories.h"
#include "core/geometry/geometry.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The incident table (columns), its filter, and the distinct places of a selection.
namespace patchlight {

using LocalMinute = std::chrono::local_time<std::chrono::minutes>; ///< local civil time as recorded, no zone
using LocalDay = std::chrono::local_days;

/// How exactly a time is known. `month` and `day` are intervals and say so.
enum class TimePrecision : std::uint8_t { none, month, day, minute };

/// How exactly a position is known: an anonymised extract's points are `snapped` to a list of map points.
/// A `street` is the middle of one; an `area` something larger. Stored as numbers: new ones go to the end.
enum class LocationLevel : std::uint8_t { none, exact, snapped, postcode, area, street };
[[nodiscard]] std::string_view keyOf(LocationLevel level); ///< "snapped"; empty for none
/// How far a position of this level is from where it happened, as a rule: 0 m for exact ones, 100 m for a postcode (and
/// a grid reference of 100 m), 250 m for a street, 1000 m for an area; 0 m for anonymised map points too, whose meaning
/// is a rule of its own (see suggestedBandwidth). A method with a shorter distance would take the list of postcodes or
/// areas for places.
[[nodiscard]] double coarsenessInMetres(LocationLevel level);

/// Text with few distinct values: a code a row, and the values. Code 0 is always the empty text.
struct TextColumn {
    std::vector<std::uint32_t> code;
    std::vector<std::string> values{std::string{}};
    [[nodiscard]] std::string_view at(std::size_t row) const { return values[code[row]]; }
};

/// Builds a TextColumn row by row.
class TextColumnBuilder {
public:
    TextColumnBuilder();
    ~TextColumnBuilder();
    TextColumnBuilder(TextColumnBuilder&&) noexcept;
    void reserve(std::size_t rows);
    void add(std::string_view value);
    [[nodiscard]] TextColumn finish();

private:
    struct Index;
    TextColumn m_column;
    std::unique_ptr<Index> m_index;
};

/// The distinct positions of a table's mapped rows, found once when it is loaded: every method that works on distances
/// works on these, with counts, and an anonymised extract has few of them.
struct PlaceIndex {
    std::vector<ProjectedPoint> point; ///< m distinct points, ordered by (east, north)
    std::vector<std::uint32_t> of;     ///< per row its place; `nowhere` where not mapped
    static constexpr auto nowhere = static_cast<std::uint32_t>(-1);
    [[nodiscard]] std::size_t size() const { return point.size(); }
};

/// Columns of equal length, n rows, in the order of the project file. Immutable once built: share it as a
/// `std::shared_ptr<const IncidentTable>`.
struct IncidentTable {
    std::vector<std::int64_t> id;         ///< feature id in the project file
    std::vector<std::uint32_t> sourceRow; ///< record number in its file, header not counted, from 1
    std::vector<ProjectedPoint> position; ///< undefined where not mapped
    std::vector<std::uint8_t> mapped;     ///< 1 where the position is known
    std::vector<LocalMinute> from;        ///< undefined where precision is none
    std::vector<LocalMinute> to;          ///< end of the interval (exclusive for month and day), or `from`
    std::vector<TimePrecision> precision;
    std::vector<LocationLevel> level;
    TextColumn dataset, category, subcategory, place, areaCode;
    CategoryList categories; ///< what the wordings of category and subcategory stand for
    PlaceIndex places;       ///< of `position`; empty in a table made by hand until `indexPlaces`

    [[nodiscard]] std::size_t size() const { return id.size(); }
};

/// Checks that all columns have one length. A table that breaks this is a programmer's mistake.
[[nodiscard]] bool isConsistent(const IncidentTable& table);

/// Fills `places`. cost O(n + m log m)
void indexPlaces(IncidentTable& table);

/// First and last day, both inclusive.
struct Period {
    LocalDay first{};
    LocalDay last{};
    bool operator==(const Period&) const = default;
};

/// Hours of the day, half-open: {22, 4} is 22:00 to 03:59.
struct HourRange {
    int from = 0;
    int to = 24;
    bool operator==(const HourRange&) const = default;
};

/// Which incidents are meant. Empty lists and absent values mean "all".
struct IncidentFilter {
    std::vector<std::string> categories; ///< the source's wording, case does not matter; or else a group of wordings
    std::vector<std::string> groups;     ///< groups of wordings: rows whose category or subcategory belongs to one
    std::vector<std::string> datasets;
    std::optional<Period> period; ///< by an incident's start; a month-only one when its whole month lies inside
    std::optional<HourRange> hours;
    std::vector<std::chrono::weekday> weekdays; ///< a night belongs to the day on which it began
    bool operator==(const IncidentFilter&) const = default;
};

/// The categories and groups that were asked for; none: all incidents.
[[nodiscard]] std::vector<std::string> namesAsked(const IncidentFilter& filter);

struct Selection {
    std::vector<std::uint32_t> rows; ///< ascending row indices of the table
    std::vector<std::string> notes;  ///< sentences: months cut by the period, rows left out for want of a time
};

/// Rows of any of the categories or groups. A name in `categories` that is no wording is taken for a group.
/// errors: invalidParameter (a category, group or dataset that the table does not have, named with the nearest ones
/// that it has; a period that ends before it begins; hours or weekdays asked of rows none of which has a time of day)
[[nodiscard]] Expected<Selection> select(const IncidentTable& table, const IncidentFilter& filter);

struct CategoryCount {
    std::string name;
    std::size_t count = 0;
};
/// Categories with their counts, most frequent first, then by name.
[[nodiscard]] std::vector<CategoryCount> categoriesOf(const IncidentTable& table);
/// Groups that have a row, with how many, by name; a row counts in each of its groups.
[[nodiscard]] std::vector<CategoryCount> groupsOf(const IncidentTable& table);
/// Categories that are in no list, with their counts, most frequent first: their rows belong to no group.
[[nodiscard]] std::vector<CategoryCount> unknownCategories(const IncidentTable& table);
/// True when at least one selected row has a sensitive category or subcategory.
[[nodiscard]] bool anySensitive(const IncidentTable& table, std::span<const std::uint32_t> rows);
[[nodiscard]] std::optional<Period> periodOf(const IncidentTable& table); ///< nothing without a dated row
/// First days of the months that have a dated row, ascending. A month without any row is a gap, not a zero.
[[nodiscard]] std::vector<LocalDay> monthsWithRows(const IncidentTable& table);
/// First days of the months of a period that are not among `months` (ascending first days).
[[nodiscard]] std::vector<LocalDay> missingMonths(std::span<const LocalDay> months, const Period& period);
/// True when at least one selected row lies on an anonymised map point.
[[nodiscard]] bool anySnapped(const IncidentTable& table, std::span<const std::uint32_t> rows);

/// Distinct positions of a selection with how many incidents each has; every distance-based method works on these.
struct Places {
    std::vector<ProjectedPoint> point;  ///< m distinct points, ordered by (east, north)
    std::vector<double> weight;         ///< m counts
    std::vector<std::uint32_t> placeOf; ///< per given point its place
    [[nodiscard]] std::size_t size() const { return point.size(); }
};
[[nodiscard]] Places distinctPlaces(std::span<const ProjectedPoint> points);
/// The same of mapped rows of a table: counts by its place index, without looking at coordinates.
[[nodiscard]] Places distinctPlaces(const IncidentTable& table, std::span<const std::uint32_t> rows);

/// ISO 8601: "2025-07-14", "2025-07" (first day, or with endOfMonth its last). Nothing if it is not a date.
[[nodiscard]] std::optional<LocalDay> parseIsoDay(std::string_view text, bool endOfMonth = false);
[[nodiscard]] LocalDay firstOfMonth(LocalDay day);
[[nodiscard]] LocalDay addedMonths(LocalDay firstOfMonth, std::ptrdiff_t count);
[[nodiscard]] std::string isoDay(LocalDay day);        ///< "2025-07-14"
[[nodiscard]] std::string isoMinute(LocalMinute time); ///< "2025-07-14T21:30"
/// For people: "1 July to 30 September 2025", "July 2025" for whole months.
[[nodiscard]] std::string readablePeriod(const Period& period);
/// Shorter where whole months are meant: "July to September 2025".
[[nodiscard]] std::string readableMonths(const Period& period);
/// "22-04"; "fri,sat" or full names. errors: invalidParameter
[[nodiscard]] Expected<HourRange> parseHours(std::string_view text);
[[nodiscard]] Expected<std::vector<std::chrono::weekday>> parseWeekdays(std::string_view text);

} // namespace patchlight
