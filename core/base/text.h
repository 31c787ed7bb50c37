// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchlight {

/// The shortest decimal that reads back as the same double, with a point whatever the locale ("0.1", "1e-09").
[[nodiscard]] std::string shortestDecimal(double value);

/// A double from all of `text` (decimal point, surrounding blanks allowed); nothing if anything else is there.
[[nodiscard]] std::optional<double> parseDecimal(std::string_view text);
[[nodiscard]] std::optional<long long> parseInteger(std::string_view text);

/// For people: 4812 as "4,812"; 12.345 with 1 decimal as "12.3"; 0.974 as "97.4 %".
[[nodiscard]] std::string groupedCount(std::size_t count);
[[nodiscard]] std::string fixedDecimal(double value, int decimals);
[[nodiscard]] std::string percent(double fraction, int decimals = 1);
/// For people: a length in m or km ("300 m", "1.5 km"), a density with three significant figures ("41", "1,230",
/// "0.41").
[[nodiscard]] std::string readableNumber(double value);
/// "1 incident", "4,812 incidents"
[[nodiscard]] std::string counted(std::size_t count, std::string_view one, std::string_view many);
/// "a", "a and b", "a, b and c"
[[nodiscard]] std::string listed(const std::vector<std::string>& items);

[[nodiscard]] std::string_view trimmed(std::string_view text);
/// Lower case of ASCII letters only; other bytes stay. Enough for comparing source wordings.
[[nodiscard]] std::string foldedCase(std::string_view text);
[[nodiscard]] bool equalIgnoringCase(std::string_view a, std::string_view b);
/// Byte offset of the first byte that is not UTF-8, or nothing when all of it is.
[[nodiscard]] std::optional<std::size_t> firstInvalidUtf8(std::string_view text);

} // namespace patchlight
