// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace patchlight::detail {

/// Where the line of column names stands.
struct HeaderPlace {
    char separator = ',';
    std::size_t offset = 0;          ///< bytes before it
    std::vector<std::string> titles; ///< lines that stand above it, without separators at their ends
};
/// Looks at the first 20 records. The separator (comma, semicolon, tab or pipe) is the one most frequent in the header.
/// Lines above the header are those with at most a third as many filled fields as most records have, where the record
/// below them has as many as most, more than half of them filled and no number among them; there are none in tables of
/// fewer than three columns.
///
/// start  the first bytes of the file, UTF-8 without a byte order mark
/// whole  true if that is all of it
[[nodiscard]] HeaderPlace findHeader(std::string_view start, bool whole);

} // namespace patchlight::detail
