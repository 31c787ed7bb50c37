// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/categories/categories.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace patchlight {

namespace {

/// Index of the first column with one of these names (by their keys, in this order); -1 for none.
int columnNamed(const std::vector<std::string>& header, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < header.size(); ++i)
            if (wordingKey(header[i]) == name) return static_cast<int>(i);
    return -1;
}

struct Columns {
    int wording, groups, sensitive, harm;
};

Expected<Columns> columnsOf(const std::vector<std::string>& header) {
    const Columns columns{columnNamed(header, {"wording", "category", "crimetype", "incidenttype", "offence", "type"}),
                          columnNamed(header, {"groups", "group", "priorities", "priority"}),
                          columnNamed(header, {"sensitive"}),
                          columnNamed(header, {"harm", "harmweight", "weight", "harmscore", "score", "days"})};
    if (columns.wording < 0)
        return fail(ErrorCode::fileFormat,
                    fmt::format("There is no column \"wording\" (or \"category\", \"offence\") among {}.",
                                header.empty() ? "its columns" : listed(header)),
                    "wording");
    if (columns.groups < 0 && columns.sensitive < 0 && columns.harm < 0)
        return fail(ErrorCode::fileFormat,
                    fmt::format("Beside the wording a column \"groups\", \"sensitive\" or \"harm\" is needed; there "
                                "are {}.",
                                listed(header)),
                    "groups");
    return columns;
}

std::vector<std::string> groupsOf(std::string_view text) {
    std::vector<std::string> groups;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(';', start), text.size());
        const std::string group(trimmed(text.substr(start, end - start)));
        if (!group.empty() && std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
        start = end + 1;
    }
    return groups;
}

std::optional<bool> yesOrNo(std::string_view text) {
    for (const char* word : {"", "no", "n", "false", "0"})
        if (equalIgnoringCase(text, word)) return false;
    for (const char* word : {"yes", "y", "true", "1", "x"})
        if (equalIgnoringCase(text, word)) return true;
    return std::nullopt;
}

} // namespace

Expected<CategoryTable> categoryTableFrom(const std::vector<std::string>& header,
                                          const std::vector<std::vector<std::string>>& rows) {
    const auto columns = columnsOf(header);
    if (!columns) return fail(columns.error());
    CategoryTable table{columns->groups >= 0, columns->sensitive >= 0, columns->harm >= 0, {}};
    std::unordered_map<std::string, std::size_t> rowOf;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto field = [&](int column) {
            return column >= 0 && static_cast<std::size_t>(column) < rows[i].size()
                       ? trimmed(rows[i][static_cast<std::size_t>(column)])
                       : std::string_view{};
        };
        const auto wrong = [&](std::string_view column, std::string_view problem) {
            return fail(ErrorCode::fileFormat, fmt::format("Row {}, \"{}\": {}.", i + 1, column, problem),
                        std::string(column));
        };
        CategoryEntry entry{std::string(field(columns->wording)), {groupsOf(field(columns->groups)), false, {}}};
        const std::string key = wordingKey(entry.wording);
        if (key.empty()) {
            if (std::all_of(rows[i].begin(), rows[i].end(), [](const auto& text) { return trimmed(text).empty(); }))
                continue;
            return wrong("wording", "it is empty, so the row says nothing of any category");
        }
        const auto sensitive = yesOrNo(field(columns->sensitive));
        if (!sensitive)
            return wrong("sensitive", fmt::format("\"{}\" is neither yes nor no", field(columns->sensitive)));
        entry.meaning.sensitive = *sensitive;
        if (const auto text = field(columns->harm); !text.empty()) {
            entry.meaning.harm = parseDecimal(text);
            if (!entry.meaning.harm || !std::isfinite(*entry.meaning.harm) || *entry.meaning.harm < 0.0)
                return wrong("harm", fmt::format("\"{}\" is not a number of 0 or more", text));
        }
        const auto [earlier, fresh] = rowOf.emplace(key, table.entries.size());
        if (fresh)
            table.entries.push_back(std::move(entry));
        else if (table.entries[earlier->second].meaning != entry.meaning)
            return wrong("wording", fmt::format("\"{}\" has another meaning here than further up", entry.wording));
    }
    return table;
}

} // namespace patchlight
