// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/detail/header_place.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace patchlight::detail {

namespace {

constexpr std::array<char, 4> separators{',', ';', '\t', '|'};
constexpr std::size_t recordsLookedAt = 20;

struct Record {
    std::size_t offset = 0, fields = 0, filled = 0;
    bool numbers = false; ///< a field is a number
    std::string_view text;
};

/// Ends of the first records; line breaks in quotes do not count.
std::vector<std::string_view> firstRecords(std::string_view start, bool whole) {
    std::vector<std::string_view> records;
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < start.size() && records.size() < recordsLookedAt; ++at) {
        if (start[at] == '"') quoted = !quoted;
        if (quoted || (start[at] != '\n' && start[at] != '\r')) continue;
        if (at > begin) records.push_back(start.substr(begin, at - begin));
        begin = at + 1;
    }
    if (whole && records.size() < recordsLookedAt && begin < start.size()) records.push_back(start.substr(begin));
    return records;
}

Record split(std::string_view text, std::size_t offset, char separator) {
    Record record{.offset = offset, .text = text};
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at < text.size() && text[at] == '"') quoted = !quoted;
        if (at < text.size() && (quoted || text[at] != separator)) continue;
        std::string_view field = trimmed(text.substr(begin, at - begin));
        if (field.size() >= 2 && field.front() == '"') field = trimmed(field.substr(1, field.size() - 2));
        begin = at + 1;
        ++record.fields;
        if (field.empty()) continue;
        ++record.filled;
        record.numbers = record.numbers || parseDecimal(field).has_value();
    }
    return record;
}

char mostFrequentSeparator(std::string_view record) {
    std::array<std::size_t, separators.size()> counts{};
    bool quoted = false;
    for (const char c : record) {
        if (c == '"') quoted = !quoted;
        for (std::size_t i = 0; i < separators.size() && !quoted; ++i) counts[i] += c == separators[i] ? 1 : 0;
    }
    return separators[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

/// How many fields most records have, and how many records.
std::pair<std::size_t, std::size_t> usualFields(const std::vector<Record>& records) {
    std::map<std::size_t, std::size_t> counts;
    for (const Record& record : records) ++counts[record.fields];
    const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) {
        return a.first * a.second < b.first * b.second;
    });
    return *most;
}

} // namespace

HeaderPlace findHeader(std::string_view start, bool whole) {
    const std::vector<std::string_view> texts = firstRecords(start, whole);
    if (texts.empty()) return {.separator = mostFrequentSeparator(start)};
    HeaderPlace plain{.separator = mostFrequentSeparator(texts.front())};
    std::vector<Record> best;
    std::size_t usual = 0, bestScore = 0;
    char separator = plain.separator;
    for (const char candidate : separators) {
        std::vector<Record> records;
        for (const std::string_view text : texts)
            records.push_back(split(text, static_cast<std::size_t>(text.data() - start.data()), candidate));
        const auto [fields, count] = usualFields(records);
        if (fields < 3 || fields * count <= bestScore) continue;
        bestScore = fields * count, usual = fields, separator = candidate;
        best = std::move(records);
    }
    const auto header =
        std::find_if(best.begin(), best.end(), [&](const Record& record) { return record.filled * 3 > usual; });
    if (header == best.begin() || header == best.end() || header->filled * 2 <= usual || header->numbers) return plain;
    const auto below = std::count_if(header, best.end(), [&](const Record& record) { return record.fields == usual; });
    if (header->fields != usual || below < 2 || below * 2 < best.end() - header) return plain; // no table
    HeaderPlace place{.separator = separator, .offset = header->offset};
    for (auto title = best.begin(); title != header; ++title) {
        std::string_view text = trimmed(title->text);
        while (!text.empty() && text.back() == separator) text = trimmed(text.substr(0, text.size() - 1));
        if (!text.empty()) place.titles.emplace_back(text);
    }
    return place;
}

} // namespace patchlight::detail
