// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/detail/number_columns.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

namespace patchlight::store {
namespace {

constexpr std::size_t pollInterval = 16384;

/// "1250", "1,250.50", "£1,250": as people write amounts. Nothing where it is none.
std::optional<double> amountOf(std::string_view text) {
    constexpr std::string_view pound = "£";
    text = trimmed(text);
    if (text.starts_with(pound)) text.remove_prefix(pound.size());
    std::string plain(text);
    std::erase(plain, ',');
    const auto value = parseDecimal(plain);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<double> numberAt(const nlohmann::json& value) {
    if (value.is_number()) return value.get<double>();
    return value.is_string() ? amountOf(value.get_ref<const std::string&>()) : std::nullopt;
}

bool isBlank(const nlohmann::json& value) {
    return value.is_null() || (value.is_string() && trimmed(value.get_ref<const std::string&>()).empty());
}

} // namespace

Expected<std::vector<std::string>> numberColumns(Database& database) {
    // The first rows of each dataset tell; reading all of a large project would take seconds.
    struct Seen {
        std::size_t numbers = 0, others = 0;
    };
    std::map<std::string, Seen> columns;
    auto done = database.each(
        "SELECT other FROM (SELECT other, row_number() OVER (PARTITION BY dataset_id ORDER BY fid) AS place "
        "FROM incidents WHERE fid IN (SELECT fid FROM incidents ORDER BY fid LIMIT 20000)) WHERE place <= 1000 "
        "AND other IS NOT NULL",
        [&](Statement& row) {
            const auto other = nlohmann::json::parse(row.text(0), nullptr, false);
            if (!other.is_object()) return;
            for (const auto& [name, value] : other.items())
                if (!isBlank(value)) ++(numberAt(value) ? columns[name].numbers : columns[name].others);
        });
    if (!done) return fail(done.error());
    std::vector<std::string> names;
    for (const auto& [name, seen] : columns)
        if (seen.numbers > 0 && seen.others * 20 <= seen.numbers) names.push_back(name); // a stray "n/a" does no harm
    return names;
}

Expected<std::vector<double>> numbersOf(Database& database, const std::string& column, const TaskContext& task) {
    std::vector<double> numbers;
    return database
        .each("SELECT other FROM incidents ORDER BY fid",
              [&](Statement& row) -> Expected<void> {
                  if (numbers.size() % pollInterval == 0 && task.cancelled()) return failCancelled();
                  const auto other = nlohmann::json::parse(row.text(0), nullptr, false);
                  const auto found = other.is_object() ? other.find(column) : other.end();
                  const auto number = other.is_object() && found != other.end() ? numberAt(*found) : std::nullopt;
                  numbers.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
                  return {};
              })
        .map([&] { return std::move(numbers); });
}

} // namespace patchlight::store
