// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quality/quality.h"

#include <algorithm>
#include <unordered_map>

namespace patchlight {

namespace {

/// The incidents of a dataset by their record number.
std::unordered_map<std::uint32_t, std::int64_t> idsByRow(const IncidentTable& table, const std::string& dataset) {
    std::unordered_map<std::uint32_t, std::int64_t> ids;
    const auto& names = table.dataset.values;
    const auto code = static_cast<std::size_t>(std::find(names.begin(), names.end(), dataset) - names.begin());
    for (std::size_t row = 0; row < table.size(); ++row)
        if (table.dataset.code[row] == code) ids.emplace(table.sourceRow[row], table.id[row]);
    return ids;
}

} // namespace

Expected<FindingRows> rowsOf(const Finding& finding, const Project& project, const IncidentTable& table,
                             std::size_t most) {
    const auto ids = idsByRow(table, finding.dataset);
    const bool anyValues = !finding.values.empty();
    FindingRows found;
    found.header = {"Row"};
    if (anyValues) found.header.emplace_back("Found");
    const std::size_t fixed = found.header.size();
    std::unordered_map<std::string, std::size_t> columns;
    for (std::size_t i = 0; i < std::min(most, finding.rows.size()); ++i) {
        std::vector<std::string> cells{std::to_string(finding.rows[i])};
        if (anyValues) cells.push_back(i < finding.values.size() ? finding.values[i] : std::string{});
        if (const auto id = ids.find(finding.rows[i]); id != ids.end()) { // a row of totals is no incident
            const auto details = project.incidentDetails(id->second);
            if (!details) return fail(details.error());
            for (const auto& [title, text] : *details) {
                if (title == "Dataset" || title == "Row") continue;
                const auto [column, isNew] = columns.emplace(title, found.header.size());
                if (isNew) found.header.push_back(title);
                cells.resize(std::max(cells.size(), column->second + 1));
                cells[column->second] = text;
            }
        }
        found.rows.push_back(std::move(cells));
    }
    for (auto& cells : found.rows) cells.resize(std::max(found.header.size(), fixed));
    return found;
}

} // namespace patchlight
