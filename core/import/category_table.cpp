// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import.h"

#include <fmt/format.h>

namespace patchlight {

Expected<CategoryTable> readCategoryTable(ExtractSource source) {
    const std::string name = source.name;
    auto records = recordsOf(std::move(source), {});
    if (!records) return fail(records.error());
    std::vector<std::vector<std::string>> rows;
    RecordBlock block;
    const std::size_t columns = records->header.size();
    while (true) {
        const auto more = records->next(block);
        if (!more) return fail(more.error());
        if (!*more) break;
        for (std::size_t row = 0; row < block.rows; ++row) {
            const auto first = block.fields.begin() + static_cast<std::ptrdiff_t>(row * columns);
            rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(columns));
        }
    }
    auto table = categoryTableFrom(records->header, rows);
    if (!table) return fail(table.error().code, fmt::format("{}: {}", name, table.error().message), name);
    return table;
}

} // namespace patchlight
