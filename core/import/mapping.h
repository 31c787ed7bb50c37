// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What the columns of an extract mean: guessed from names and contents, or told in a mapping file.
namespace patchlight {

/// What a column means. Others are kept as they are.
enum class ColumnRole {
    other,
    reference,
    category,
    subcategory,
    month,
    from,
    fromTime, ///< a clock beside the date in `from`
    to,
    toTime,
    recorded,
    recordedTime,
    year, ///< with the next four the incident's start in separate columns
    monthOfYear,
    dayOfMonth,
    hour,
    minute,
    longitude,
    latitude,
    easting,
    northing,
    gridReference,
    place,
    postcode,
    uprn,
    areaCode,
    outcome,
    reportedBy,
};

/// How dates in numbers are written ("05/07/2025"). Not told: day first, unless the column shows that it is not, which
/// refuses the file.
enum class DateOrder { notTold, dayFirst, monthFirst };

/// What the clock times of a file are. `local`: as recorded, whatever zone the text names. `utc`: converted to civil
/// time in Britain. `offset`: converted to the civil time that far east of UTC. Times without a zone in a file that is
/// not local are UTC.
struct SourceZone {
    enum class Kind { local, utc, offset };
    Kind kind = Kind::local;
    std::chrono::minutes offset{0};
    bool operator==(const SourceZone&) const = default;
};

/// Why a column was given its role.
struct ColumnGuess {
    double confidence = 0.0; ///< 0 to 1
    std::string reason;      ///< "named like an easting; 98 of 100 values lie in Great Britain"
};

/// Which column is which, by position in the header.
struct ColumnMapping {
    std::vector<std::string> header;
    std::vector<ColumnRole> roles; ///< as many as header
    bool anonymised = false;       ///< the exact data.police.uk street header
    int crsEpsg = 0;               ///< of easting/northing or longitude/latitude; 0: to be taken as 27700 or 4326
    char separator = ',';          ///< the file's
    DateOrder dates = DateOrder::notTold;
    SourceZone zone;
    bool decimalComma = false;        ///< "-75,56" is a number (always so where semicolons separate)
    bool headerTold = false;          ///< the names come from the mapping: the file begins with data
    std::vector<ColumnGuess> guesses; ///< as many as header where the mapping was guessed, else empty; not in the JSON
};

/// Guessed from the header's names and from a sample of the rows. Where a file has both pairs, longitude and latitude
/// are taken unless a CRS is told.
///
/// header     names of the columns
/// sample     fields of some rows, row-major, rows x header; empty: by the names alone
/// toldEpsg   `--crs`; 0: not told
/// errors     fileFormat: neither a pair of columns for the position nor a postcode, UPRN or place, naming what was
///            looked for and found; coordinates whose CRS cannot be known (feet, metres of another grid)
/// cost       O(sample)
[[nodiscard]] Expected<ColumnMapping> guessMapping(const std::vector<std::string>& header, char separator,
                                                   std::span<const std::string_view> sample = {}, int toldEpsg = 0);
/// True if the roles say where an incident was, now or after geocoding.
[[nodiscard]] bool canBePlaced(std::span<const ColumnRole> roles);
[[nodiscard]] std::string_view roleKey(ColumnRole role); ///< "longitude"
/// Every column by a name of its own: an empty one is "column 3", the second "Date" is "Date (2)".
[[nodiscard]] std::vector<std::string> columnNames(const std::vector<std::string>& header);
/// The same text for the same columns in the same order, whatever their case, blanks and punctuation: by it a confirmed
/// mapping is found again for next month's file.
[[nodiscard]] std::string mappingKey(const std::vector<std::string>& header);

/// {"columns": {"Eastings": "easting", ...}, "crs": 27700, "dates": "day-first", "zone": "-05:00", "decimal-comma":
/// true, "header": [names]}; what is not told is left out.
[[nodiscard]] nlohmann::json toJson(const ColumnMapping& mapping);
/// A colleague's mapping file, applied to this header. "separator" and "anonymised", which older projects hold, follow
/// from the file and are passed over.
/// errors: fileFormat (unknown key, role or value, with a list of those there are; a column the header does not have;
/// a role given twice; nothing that places an incident)
[[nodiscard]] Expected<ColumnMapping> mappingFromJson(const nlohmann::json& json,
                                                      const std::vector<std::string>& header, char separator);
/// A mapping for other columns of the same key, with the names that this header gives them. What it says of columns
/// that are not there stays as it is.
[[nodiscard]] nlohmann::json mappingForHeader(const nlohmann::json& mapping, const std::vector<std::string>& header);
/// The names of a mapping for files that begin with data; nothing where it has none.
/// errors: fileFormat ("header" is not a list of names)
[[nodiscard]] Expected<std::optional<std::vector<std::string>>> toldHeader(const nlohmann::json& mapping);

/// "day-first" or "month-first"; nothing otherwise.
[[nodiscard]] std::optional<DateOrder> dateOrderOf(std::string_view key);

} // namespace patchlight
