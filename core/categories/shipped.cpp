// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/categories/categories.h"
#include "core/categories/detail/shipped_tables.h"

namespace patchlight {

namespace {

std::vector<std::string> cut(std::string_view text, char at) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(at, start), text.size());
        parts.emplace_back(text.substr(start, end - start));
        if (!parts.back().empty() && parts.back().back() == '\r') parts.back().pop_back();
        start = end + 1;
    }
    return parts;
}

CategoryList readShipped() {
    CategoryList list;
    for (const std::string_view text : detail::shippedTables()) {
        std::vector<std::vector<std::string>> rows;
        for (const std::string& line : cut(text, '\n')) rows.push_back(cut(line, ','));
        const std::vector<std::string> header = rows.front();
        rows.erase(rows.begin());
        const auto table = categoryTableFrom(header, rows); // a test reads each file, so this cannot fail
        if (!table) continue;
        for (const CategoryEntry& entry : table->entries)
            if (!list.find(entry.wording)) list.set(entry);
    }
    return list;
}

} // namespace

const CategoryList& shippedCategories() {
    static const CategoryList list = readShipped();
    return list;
}

} // namespace patchlight
