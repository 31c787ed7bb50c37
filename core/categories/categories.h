// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// What the wordings of sources stand for: groups such as the partnership's priorities, whether they are sensitive, how
/// much harm one incident does. A shipped list, and a project's own entries over it.
namespace patchlight {

struct CategoryMeaning {
    std::vector<std::string> groups; ///< "ASB", "Serious violence"; empty: known, and in none of them
    bool sensitive = false;          ///< not for points or small areas on a public map
    std::optional<double> harm;      ///< weight of one incident, in the unit of the user's table (days, points), >= 0
    bool operator==(const CategoryMeaning&) const = default;
};

struct CategoryEntry {
    std::string wording; ///< as the source writes it
    CategoryMeaning meaning;
    bool operator==(const CategoryEntry&) const = default;
};

/// Small letters and digits alone: "Anti-social behaviour", "ANTI SOCIAL BEHAVIOUR" and "Antisocial behaviour " are
/// one. Letters outside ASCII stay as they are.
[[nodiscard]] std::string wordingKey(std::string_view wording);

/// Entries by wording, each wording once (by its key), in the order in which they were first set.
class CategoryList {
public:
    CategoryList() = default;
    explicit CategoryList(std::vector<CategoryEntry> entries);
    /// Null for a wording that is in no list: its incidents belong to no group until somebody says where.
    [[nodiscard]] const CategoryMeaning* find(std::string_view wording) const;
    void set(CategoryEntry entry); ///< in the place of an entry with the same key
    [[nodiscard]] const std::vector<CategoryEntry>& entries() const { return m_entries; }
    [[nodiscard]] std::vector<std::string> groups() const; ///< by name, each once

private:
    std::vector<CategoryEntry> m_entries;
    std::unordered_map<std::string, std::size_t> m_byKey;
};

/// The lists of `resources/categories`, which are built in: data.police.uk's types, the Home Office's offence groups,
/// kinds of anti-social behaviour as councils and police name them, the words of the partnership's priorities.
[[nodiscard]] const CategoryList& shippedCategories();
/// The shipped lists with a project's own entries over them.
[[nodiscard]] CategoryList categoriesWith(const std::vector<CategoryEntry>& own);

/// A table of categories, as it was read: what it has no column for stays as it was.
struct CategoryTable {
    bool hasGroups = false, hasSensitive = false, hasHarm = false;
    std::vector<CategoryEntry> entries;
};
/// header   names; "wording" (category, offence, crime type) and at least one of "groups" (group, priority; several
///          parted by semicolons), "sensitive" (yes, no), "harm" (weight, score, days) in any order, others passed over
/// fields   rows x header, row-major
/// errors   fileFormat (columns missing; a row without a wording, with a sensitivity or harm that cannot be read, or
///          that says something else of a wording than an earlier one), naming row and column
[[nodiscard]] Expected<CategoryTable> categoryTableFrom(const std::vector<std::string>& header,
                                                        const std::vector<std::vector<std::string>>& rows);
/// The project's own entries after a table was taken in: only wordings whose meaning it changes are added.
[[nodiscard]] std::vector<CategoryEntry> withTable(std::vector<CategoryEntry> own, const CategoryTable& table);

} // namespace patchlight
