// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/categories/categories.h"

#include <algorithm>

namespace patchlight {

std::string wordingKey(std::string_view wording) {
    std::string key;
    for (const char c : wording) {
        const auto byte = static_cast<unsigned char>(c);
        if (c >= 'A' && c <= 'Z')
            key += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80)
            key += c;
    }
    return key;
}

CategoryList::CategoryList(std::vector<CategoryEntry> entries) {
    for (CategoryEntry& entry : entries) set(std::move(entry));
}

const CategoryMeaning* CategoryList::find(std::string_view wording) const {
    const auto found = m_byKey.find(wordingKey(wording));
    return found == m_byKey.end() ? nullptr : &m_entries[found->second].meaning;
}

void CategoryList::set(CategoryEntry entry) {
    const auto [at, fresh] = m_byKey.emplace(wordingKey(entry.wording), m_entries.size());
    if (fresh)
        m_entries.push_back(std::move(entry));
    else
        m_entries[at->second] = std::move(entry);
}

std::vector<std::string> CategoryList::groups() const {
    std::vector<std::string> names;
    for (const CategoryEntry& entry : m_entries)
        names.insert(names.end(), entry.meaning.groups.begin(), entry.meaning.groups.end());
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

CategoryList categoriesWith(const std::vector<CategoryEntry>& own) {
    CategoryList list = shippedCategories();
    for (const CategoryEntry& entry : own) list.set(entry);
    return list;
}

std::vector<CategoryEntry> withTable(std::vector<CategoryEntry> own, const CategoryTable& table) {
    CategoryList before = categoriesWith(own);
    CategoryList mine(std::move(own));
    for (const CategoryEntry& entry : table.entries) {
        const CategoryMeaning* known = before.find(entry.wording);
        CategoryMeaning meaning = known ? *known : CategoryMeaning{};
        if (table.hasGroups) meaning.groups = entry.meaning.groups;
        if (table.hasSensitive) meaning.sensitive = entry.meaning.sensitive;
        if (table.hasHarm) meaning.harm = entry.meaning.harm;
        if (!known || meaning != *known) mine.set({entry.wording, std::move(meaning)});
    }
    return mine.entries();
}

} // namespace patchlight
